//! Letters by way of a real relay: an installed Postfix, which queues them, brings them to the sink, tries again what is put off, and
//! sends reports of what is refused to the return path of each letter.

#![expect(clippy::print_stdout, reason = "what is left out is said")]

use std::collections::BTreeMap;
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use doubles::postfix::{DOMAIN, Postfix, Reports};
use doubles::sink::{Habits, Sink};
use letters::{Address, Letter, Line, Outcome, Relay, Report, Severity};

const WAIT: Duration = Duration::from_secs(120);
const ORDINARY: usize = 40;

/// None, with a word, where this machine can not run one.
fn postfix(sink: &Sink, reports: &Reports) -> Option<Postfix> {
    match Postfix::start(sink.address, reports) {
        Ok(relay) => Some(relay),
        Err(missing) if missing.is_the_machine() => {
            println!("skipped: {missing}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

fn return_path(n: usize) -> String {
    format!("bounces+c0de{n}@{DOMAIN}")
}

/// Hands all over in their order, over one line.
async fn send(relay: &Postfix, recipients: &[String]) {
    let addresses: Vec<Address> =
        recipients.iter().map(|one| Address::read(&format!("{one}@example.vn")).expect("one")).collect();
    let letter = |n: usize| {
        format!("From: tin@{DOMAIN}\r\nMessage-ID: <n{n}@lantoa.test>\r\nSubject: Tin\r\n\r\n.\r\ntext\r\n").into_bytes()
    };
    let bytes: Vec<Vec<u8>> = (0..recipients.len()).map(letter).collect();
    let paths: Vec<String> = (0..recipients.len()).map(return_path).collect();
    let letter = |n: usize| Letter { return_path: Some(&paths[n]), recipient: &addresses[n], bytes: &bytes[n] };
    let mut line = Line::open(&Relay::read(&relay.url()).expect("a relay")).await.expect("a line");
    for n in 0..recipients.len() {
        let next = (n + 1 < recipients.len()).then(|| letter(n + 1));
        let outcome = line.send(&letter(n), next.as_ref(), |_| true).await;
        assert!(matches!(outcome, Outcome::Taken(_)), "{}: {outcome:?}", recipients[n]);
        assert!(line.is_open());
    }
    assert_eq!(line.taken as usize, recipients.len(), "over one line");
    line.close().await;
}

async fn until(what: &str, relay: &Postfix, mut is: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is() {
        assert!(begun.elapsed() < WAIT, "{what}; the relay says:\n{}", relay.unusual());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.map(|path| std::fs::read(path).expect("a report")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_real_relay_brings_each_letter_once_and_says_what_it_could_not_bring() {
    let sink = Sink::start(Habits::default(), 0).await.expect("a sink");
    let Some(relay) = postfix(&sink, &Reports::Maildir) else { return };
    let mut recipients: Vec<String> = (0..ORDINARY).map(|n| format!("n{n}")).collect();
    let failing = [
        ("gone-1", Severity::Hard, "5.1.1"),
        ("gone-2", Severity::Hard, "5.1.1"),
        // Of another script: the report is one of RFC 6533.
        ("gone-nguyễn", Severity::Hard, "5.1.1"),
        ("spam-1", Severity::Soft, "5.7.1"),
        // Put off until the relay gave it up.
        ("full-1", Severity::Soft, "4.2.2"),
    ];
    recipients.splice(20..20, failing.iter().map(|(name, ..)| (*name).to_owned()));
    recipients.splice(10..10, ["grey-1", "grey-2"].map(str::to_owned));
    send(&relay, &recipients).await;

    let new = relay.maildir().join("new");
    until("all came, or came back", &relay, || sink.distinct() == ORDINARY + 2 && files(&new).len() == failing.len()).await;
    assert_eq!(sink.taken() as usize, ORDINARY + 2);
    assert!(sink.twice().is_empty(), "twice: {:?}", sink.twice());
    assert!(sink.letters().iter().all(|letter| letter.bytes.ends_with(b"\r\n\r\n.\r\ntext\r\n")));
    for name in ["grey-1@example.vn", "grey-2@example.vn"] {
        assert!(
            relay.log().lines().any(|line| line.contains(name) && line.contains("status=deferred")),
            "{name} was put off first"
        );
        assert_eq!(sink.to(name), 1);
    }
    let reports = files(&new).into_iter().map(|bytes| Report::read(&bytes).expect("a report"));
    let mut reports: BTreeMap<String, Report> = reports.map(|report| (report.recipient.clone(), report)).collect();
    for (name, severity, status) in failing {
        let report = reports.remove(&format!("{name}@example.vn")).unwrap_or_else(|| panic!("none of {name} among {reports:?}"));
        let n = recipients.iter().position(|one| one == name).expect("its place");
        assert_eq!((report.severity, report.status.as_str()), (severity, status), "{name}: {report:?}");
        assert_eq!(report.message_id, format!("n{n}@lantoa.test"));
        assert!(report.sent_to.contains(&return_path(n)), "{name}: {report:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_is_handed_to_a_command_until_it_takes_it() {
    let folder = std::path::PathBuf::from(format!("/tmp/letters-reports-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o777)).expect("open to the relay");
    // The first time it asks to come again (EX_TEMPFAIL of sysexits.h), as `lantoa bounces` does while there is no database.
    let script = "cd \"$1\"; [ -e asked ] || { : >asked; exit 75; }; cat >\"$2.part\" && mv \"$2.part\" \"$2\"";
    std::fs::write(folder.join("hand-over"), script).expect("a script");
    let sink = Sink::start(Habits::default(), 0).await.expect("a sink");
    let argv = format!("/bin/sh {0}/hand-over {0} ${{original_recipient}}", folder.display());
    if let Some(relay) = postfix(&sink, &Reports::Command(argv)) {
        send(&relay, &["an".to_owned(), "gone-1".to_owned()]).await;
        let file = folder.join(return_path(1));
        until("the report was handed over", &relay, || file.exists()).await;
        assert!(folder.join("asked").exists());
        let report = Report::read(&std::fs::read(&file).expect("a report")).expect("one");
        assert_eq!((report.severity, report.recipient.as_str()), (Severity::Hard, "gone-1@example.vn"));
        assert_eq!(report.message_id, "n1@lantoa.test");
        until("the other arrived", &relay, || sink.to("an@example.vn") == 1).await;
    }
    std::fs::remove_dir_all(&folder).expect("cleared away");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_says_beforehand_whether_reports_find_their_way() {
    let sink = Sink::start(Habits::default(), 0).await.expect("a sink");
    let Some(relay) = postfix(&sink, &Reports::Maildir) else { return };
    let mut line = Line::open(&Relay::read(&relay.url()).expect("a relay")).await.expect("a line");
    let address = |text: &str| Address::read(text).expect("an address");
    assert_eq!(line.would_take_a_report(&address(&return_path(1))).await, Ok(()));
    let refused = line.would_take_a_report(&address(&format!("nobody+c0de@{DOMAIN}"))).await;
    assert!(refused.as_ref().is_err_and(|words| words.starts_with("550 5.1.1")), "{refused:?}");
    // Letters may go over the line as before.
    let (recipient, path) = (address("an@example.vn"), return_path(1));
    let letter =
        Letter { return_path: Some(&path), recipient: &recipient, bytes: b"Message-ID: <n1@lantoa.test>\r\n\r\ntext\r\n" };
    assert!(matches!(line.send(&letter, None, |_| true).await, Outcome::Taken(_)));
    until("it arrived", &relay, || sink.to("an@example.vn") == 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_a_relay_is_left_when_its_test_fails() {
    let sink = Sink::start(Habits::default(), 0).await.expect("a sink");
    let Some(relay) = postfix(&sink, &Reports::Maildir) else { return };
    let (address, maildir) = (relay.address, relay.maildir());
    assert!(TcpStream::connect(address).is_ok() && maildir.parent().is_some_and(Path::exists));
    let failed = std::thread::spawn(move || {
        let _held = relay;
        std::panic::resume_unwind(Box::new("as an assertion does"));
    });
    assert!(failed.join().is_err());
    assert!(TcpStream::connect(address).is_err(), "it still listens");
    assert!(!maildir.parent().is_some_and(Path::exists), "its folder is still there");
}
