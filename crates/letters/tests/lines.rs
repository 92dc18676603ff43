//! Lines against a server that counts, and that misbehaves (scenario C-3, one line alone).

use std::time::{Duration, Instant};

use doubles::sink::{Habits, Sink};
use letters::{Address, Letter, Line, Outcome, Phase, Relay};

fn relay(sink: &Sink) -> Relay {
    let mut relay = Relay::read(&sink.url()).expect("a relay");
    (relay.command_timeout, relay.body_timeout) = (Duration::from_secs(3), Duration::from_secs(3));
    relay
}

/// Sends to all, in their order, opening another line where one is gone.
async fn send(sink: &Sink, recipients: &[&str]) -> Vec<Outcome> {
    let relay = relay(sink);
    let addresses: Vec<Address> =
        recipients.iter().map(|one| Address::read(&format!("{one}@example.vn")).expect("one")).collect();
    let bytes: Vec<Vec<u8>> = recipients.iter().map(|one| format!("Message-ID: <{one}>\r\n\r\n.text\r\n").into_bytes()).collect();
    let letter = |n: usize| Letter { return_path: Some("b@lantoa.vn"), recipient: &addresses[n], bytes: &bytes[n] };
    let mut line: Option<Line> = None;
    let mut outcomes = Vec::new();
    for n in 0..recipients.len() {
        let mut open = match line.take().filter(Line::is_open) {
            Some(line) => line,
            None => Line::open(&relay).await.expect("a line"),
        };
        let next = (n + 1 < recipients.len()).then(|| letter(n + 1));
        let mut phases = Vec::new();
        let outcome = open
            .send(&letter(n), next.as_ref(), |phase| {
                phases.push(matches!(phase, Phase::About));
                true
            })
            .await;
        assert_eq!(phases.last(), Some(&false), "the outcome is told");
        if matches!(outcome, Outcome::Unknown(_) | Outcome::Taken(_)) {
            assert_eq!(phases, [true, false], "what may be out was announced first");
        }
        outcomes.push(outcome);
        line = Some(open);
    }
    outcomes
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Taken(_) => "taken",
        Outcome::Refused(_) => "refused",
        Outcome::Later(_) => "later",
        Outcome::NotSent(_) => "not sent",
        Outcome::Unknown(_) => "unknown",
    }
}

fn words(outcomes: &[Outcome]) -> Vec<&'static str> {
    outcomes.iter().map(word).collect()
}

#[tokio::test]
async fn each_letter_has_its_own_outcome() {
    for pipelining in [true, false] {
        let sink = Sink::start(Habits { pipelining, ..Habits::default() }, 0).await.expect("a sink");
        let outcomes = send(&sink, &["a", "gone-1", "b", "grey-1", "c", "spam-1", "d", "full-1", "e"]).await;
        let expected = ["taken", "refused", "taken", "later", "taken", "refused", "taken", "later", "taken"];
        assert_eq!(words(&outcomes), expected, "{outcomes:?}");
        assert_eq!((sink.taken(), sink.lines()), (5, 1), "over one line");
        assert!(sink.letters().iter().all(|letter| letter.bytes.ends_with(b"\r\n\r\n.text\r\n")));
        assert_eq!(words(&send(&sink, &["grey-1"]).await), ["taken"]);
    }
}

#[tokio::test]
async fn what_was_cut_is_unknown_and_what_was_announced_is_not() {
    for pipelining in [true, false] {
        let sink = Sink::start(Habits { pipelining, ..Habits::default() }, 0).await.expect("a sink");
        let outcomes = send(&sink, &["a", "cut-1", "b", "lost-1", "c", "leave-1", "d"]).await;
        assert_eq!(words(&outcomes), ["taken", "unknown", "taken", "unknown", "taken", "not sent", "taken"], "{outcomes:?}");
        assert_eq!(sink.taken(), 5);
        assert!(sink.twice().is_empty());
    }
}

#[tokio::test]
async fn a_line_that_is_closed_after_some_loses_nothing() {
    let sink = Sink::start(Habits { close_after: Some(3), ..Habits::default() }, 0).await.expect("a sink");
    let names: Vec<String> = (0..10).map(|n| format!("n{n}")).collect();
    let outcomes = send(&sink, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    // The fourth was announced when the line was closed: it is known that it did not go, and it goes over the next line.
    assert_eq!(words(&outcomes), vec!["taken"; 10], "{outcomes:?}");
    assert_eq!(sink.lines(), 4);
    assert_eq!((sink.taken(), sink.distinct()), (10, 10));
}

#[tokio::test]
async fn letters_of_other_scripts_need_a_relay_that_takes_them() {
    let plain = Sink::start(Habits { utf8: false, ..Habits::default() }, 0).await.expect("a sink");
    assert_eq!(words(&send(&plain, &["nguyễn", "an"]).await), ["refused", "taken"]);
    let modern = Sink::start(Habits::default(), 0).await.expect("a sink");
    assert_eq!(words(&send(&modern, &["nguyễn", "an"]).await), ["taken", "taken"]);
}

#[tokio::test]
async fn nobody_there_is_said() {
    let mut relay = Relay::read("smtp://127.0.0.1:1").expect("a relay");
    relay.command_timeout = Duration::from_secs(2);
    assert!(Line::open(&relay).await.is_err());
    // Signing in where no way is offered.
    let sink = Sink::start(Habits::default(), 0).await.expect("a sink");
    let relay = Relay::read(&format!("smtp://user:password@{}", sink.address)).expect("a relay");
    assert!(Line::open(&relay).await.err().is_some_and(|words| words.contains("sign in")));
    let relay = Relay::read(&format!("smtp://{}?tls=required", sink.address)).expect("a relay");
    assert!(Line::open(&relay).await.is_err(), "no TLS, no line");
}

/// Not a figure, only a floor: the sink and a line keep up with what the product is held to.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_quick_enough() {
    let sink = Sink::start(Habits { keeps: false, ..Habits::default() }, 0).await.expect("a sink");
    let names: Vec<String> = (0..2_000).map(|n| format!("n{n}")).collect();
    let began = Instant::now();
    let outcomes = send(&sink, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    println!("{:.0} letters a second over one line", 2_000.0 / began.elapsed().as_secs_f64());
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Taken(_))));
    assert_eq!(sink.distinct(), 2_000);
}

#[tokio::test]
async fn what_can_not_be_written_down_does_not_go() {
    let sink = Sink::start(Habits::default(), 0).await.expect("a sink");
    let mut line = Line::open(&relay(&sink)).await.expect("a line");
    let address = Address::read("an@example.vn").expect("an address");
    let letter = Letter { return_path: None, recipient: &address, bytes: b"A: b\r\n\r\n" };
    assert!(matches!(line.send(&letter, None, |_| false).await, Outcome::NotSent(_)));
    assert!(!line.is_open());
    assert_eq!(sink.taken(), 0);
}
