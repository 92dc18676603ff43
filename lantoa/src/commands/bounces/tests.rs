//! A newsletter by way of a real relay, and back: what Postfix could not bring it reports to the return path of each letter.

use std::path::Path;
use std::time::{Duration, Instant};

use doubles::postfix::{DOMAIN, Postfix, Reports};
use doubles::sink::Sink;
use sea_orm::EntityTrait;

use super::*;
use crate::newsletters::delivery::{self, Bounce};
use crate::newsletters::subscriber::State;
use crate::stories::news::Cast;
use crate::stories::newsletters::{accounted, id, made, open, reader, sent, sink, subscribed, tally};
use crate::story;
use crate::testing::House;

const WAIT: Duration = Duration::from_secs(120);

/// None, with a word, where this machine can not run one.
fn relay(sink: &Sink) -> Option<Postfix> {
    match Postfix::start(sink.address, &Reports::Maildir) {
        Ok(relay) => Some(relay),
        Err(missing) if missing.is_the_machine() => {
            println!("skipped: {missing}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

fn by_way_of(relay: &Postfix, house: House, sink: &Sink) -> House {
    let url = relay.url();
    open(house, sink).configured(|config| {
        config.newsletters.relays.iter_mut().for_each(|one| one.url.clone_from(&url));
        config.newsletters.return_path = format!("bounces@{DOMAIN}");
    })
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).expect("a folder").count()
}

story!(what_a_real_relay_could_not_bring_comes_back_to_its_letter, |house| {
    let sink = sink().await;
    let Some(relay) = relay(&sink) else { return };
    let house = by_way_of(&relay, house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    subscribed(&cast, newsletter, &["an", "binh", "gone-1", "spam-1", "full-1", "grey-1"]).await;
    let path = sent(&house, &cast, newsletter).await;
    accounted(&tally(&house, &path).await, 6, &sink);
    assert_eq!(tally(&house, &path).await.sent, 6, "the relay took all");

    let (new, begun) = (relay.maildir().join("new"), Instant::now());
    while sink.distinct() < 3 || files(&new) < 3 {
        assert!(
            begun.elapsed() < WAIT,
            "{} came, {} came back; the relay says:\n{}",
            sink.distinct(),
            files(&new),
            relay.unusual()
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let command = Bounces { recipient: None, maildir: Some(relay.maildir()) };
    command.take_all(&house.app).await.expect("all are taken");
    assert_eq!((files(&new), files(&relay.maildir().join("cur"))), (0, 3));

    for (name, bounce, state) in [
        ("an", Bounce::None, State::Active),
        ("binh", Bounce::None, State::Active),
        // Tried again until it was taken.
        ("grey-1", Bounce::None, State::Active),
        ("gone-1", Bounce::Hard, State::Bounced),
        ("spam-1", Bounce::Soft, State::Active),
        ("full-1", Bounce::Soft, State::Active),
    ] {
        let one = reader(&house, newsletter, &format!("{name}@example.vn")).await;
        let letter = delivery::Entity::find_by_id((id(&path), one.id)).one(&house.app.db).await.expect("rows").expect("a letter");
        assert_eq!((letter.bounce, one.state), (bounce, state), "{name}: {}", letter.says);
    }
    let after = tally(&house, &path).await;
    assert_eq!((after.sent, after.hard, after.soft, after.delivered()), (6, 1, 2, 3));
    assert_eq!(sink.taken(), 3);
    assert!(sink.twice().is_empty(), "twice: {:?}", sink.twice());
});

#[test]
fn of_a_large_report_the_beginning_is_read_and_the_rest_is_taken() {
    let mut bytes = std::io::Cursor::new(vec![b'x'; 2 * REPORT_BYTES_MAX]);
    assert_eq!(mailbox::beginning(&mut bytes, REPORT_BYTES_MAX).expect("bytes").len(), REPORT_BYTES_MAX);
    assert_eq!(bytes.position() as usize, 2 * REPORT_BYTES_MAX);
}
