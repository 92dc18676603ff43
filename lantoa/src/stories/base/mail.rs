//! Letters go out through a relay that behaves, and through ones that do not.

pub mod double;

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use self::double::{Double, Wrong};
use crate::base::mail::delivery::{self, deliver};
use crate::base::mail::relay::Relay;
use crate::base::mail::{Column, Entity, Mail, State, Wanted};
use crate::base::{App, By, Chore, Fact, chore, fact};
use crate::story;
use crate::testing::House;

const LINK: &str = "http://localhost/desk/invitation/mot-ma-bi-mat";

pub async fn with_relay(house: House, double: &Double) -> House {
    let settings = double.settings.clone();
    house.configured(|config| config.smtp = Some(settings))
}

async fn plan(app: &App, about: Uuid, recipient: &str) -> Uuid {
    let wanted = Wanted {
        about,
        topic: "invitation",
        recipient: recipient.into(),
        name: "Chuyên viên Sở Thử nghiệm".into(),
        subject: "Lời mời vào Lan Tỏa".into(),
        text: format!("Chào bạn,\n\nHãy mở liên kết này:\n{LINK}\n\n<b>Trân trọng</b>\n"),
        expires_at: app.clock.now() + TimeDelta::days(7),
    };
    let transaction = app.begin().await.expect("a transaction");
    assert!(Mail::plan(app, &transaction, wanted, &By::system()).await.expect("planned"));
    app.commit(transaction).await.expect("committed");
    Mail::latest(&app.db, about).await.expect("a row").expect("a letter").id
}

async fn row(app: &App, id: Uuid) -> Mail {
    Entity::find_by_id(id).one(&app.db).await.expect("a row").expect("a letter")
}

/// A relay that is waited for a short time only.
fn impatient(double: &Double) -> Relay {
    let mut relay = Relay::of(&double.settings).expect("settings");
    relay.command_timeout = Duration::from_millis(300);
    relay.body_timeout = Duration::from_millis(300);
    relay
}

async fn facts(app: &App, about: Uuid) -> Vec<Fact> {
    let mut rows = fact::Model::history(&app.db, about, 100).await.expect("facts");
    rows.reverse();
    rows.iter().filter_map(fact::Model::fact).collect()
}

async fn turn(app: &App) {
    let sending: Chore = delivery::chore();
    chore::enlist(app, &[sending]).await.expect("enlisted");
    app.clock.advance(TimeDelta::seconds(6));
    assert!(chore::turn(app, &sending).await.expect("a turn"));
}

/// The parts of a letter, decoded.
pub fn decoded(letter: &str) -> String {
    let mut words = letter.to_owned();
    for part in letter.split("\r\n\r\n") {
        if let Ok(bytes) = STANDARD.decode(part.split("\r\n--").next().unwrap_or_default().replace("\r\n", "")) {
            words.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    unquoted(&words.replace("=\r\n", ""))
}

/// Quoted-printable read back (RFC 2045, 6.7).
fn unquoted(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        let (byte, left) = match code.filter(|_| *first == b'=') {
            Some(byte) => (byte, &after[2..]),
            None => (*first, after),
        };
        bytes.push(byte);
        rest = left;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

story!(a_letter_goes_once_and_its_text_is_wiped, |house| {
    let double = Double::open(Wrong::Nothing).await;
    let house = with_relay(house, &double).await;
    let about = Uuid::from_u128(1);
    let id = plan(&house.app, about, "chuyen.vien@so.example").await;
    let waiting = row(&house.app, id).await;
    assert_eq!(waiting.state, State::Planned);
    assert!(!waiting.body.is_empty() && !waiting.body.contains("invitation"), "kept encrypted");
    turn(&house.app).await;
    turn(&house.app).await;
    let taken = double.taken();
    assert_eq!(taken.len(), 1, "sent once");
    let letter = &taken[0];
    assert!(letter.is_ascii(), "headers and bodies travel in ASCII");
    assert!(letter.contains("Subject: =?utf-8?b?"), "{letter}");
    assert!(
        letter.contains("Auto-Submitted: auto-generated") && letter.contains(&format!("<{id}@province.example>")),
        "{letter}"
    );
    let words = decoded(letter);
    assert!(words.contains(LINK) && words.contains(&format!("<a href=\"{LINK}\">")), "{words}");
    assert!(words.contains("&lt;b&gt;Tr"), "the page shows what was written: {words}");
    let sent = row(&house.app, id).await;
    assert_eq!((sent.state, sent.body.as_str(), sent.attempts), (State::Sent, "", 1));
    let (topic, to) = ("invitation".to_owned(), "chuyen.vien@so.example".to_owned());
    assert_eq!(
        facts(&house.app, about).await,
        [Fact::MailPlanned { topic: topic.clone(), to: to.clone() }, Fact::MailSent { topic, to }]
    );
});

story!(many_letters_share_a_line_even_when_one_is_refused, |house| {
    let double = Double::open(Wrong::Nothing).await;
    let house = with_relay(house, &double).await;
    for number in 1..=5 {
        let recipient = if number == 3 { "không có a còng".to_owned() } else { format!("n{number}@so.example") };
        plan(&house.app, Uuid::from_u128(number), &recipient).await;
    }
    turn(&house.app).await;
    assert_eq!((double.taken().len(), double.connections()), (4, 1));
    let failed = Mail::latest(&house.app.db, Uuid::from_u128(3)).await.expect("a row").expect("a letter");
    assert_eq!(failed.state, State::Failed);
});

story!(a_relay_that_asks_to_wait_is_tried_again_later, |house| {
    let double = Double::open(Wrong::Busy).await;
    let house = with_relay(house, &double).await;
    let id = plan(&house.app, Uuid::from_u128(1), "a@so.example").await;
    let mut tries = 0;
    for wrong in [Wrong::Busy, Wrong::Mute, Wrong::Greylists, Wrong::DropsEarly, Wrong::Full] {
        double.be(wrong);
        deliver(&house.app, &impatient(&double)).await.expect("a turn");
        let waiting = row(&house.app, id).await;
        tries += 1;
        assert_eq!((waiting.state, waiting.attempts), (State::Planned, tries), "{wrong:?}");
        assert!(waiting.error.is_some() && !waiting.body.is_empty(), "{wrong:?} leaves a cause and the letter");
        let connections = double.connections();
        deliver(&house.app, &impatient(&double)).await.expect("a turn");
        assert_eq!(double.connections(), connections, "not before its time");
        house.app.clock.advance(TimeDelta::minutes(33));
    }
    double.be(Wrong::Nothing);
    deliver(&house.app, &impatient(&double)).await.expect("a turn");
    assert_eq!(row(&house.app, id).await.state, State::Sent);
});

story!(what_the_relay_refuses_is_not_tried_again, |house| {
    let double = Double::open(Wrong::KnowsNobody).await;
    let house = with_relay(house, &double).await;
    for (number, wrong, words) in [(1, Wrong::KnowsNobody, "no such mailbox"), (2, Wrong::Spam, "looks like spam")] {
        double.be(wrong);
        let about = Uuid::from_u128(number);
        let id = plan(&house.app, about, "a@so.example").await;
        deliver(&house.app, &impatient(&double)).await.expect("a turn");
        let failed = row(&house.app, id).await;
        assert_eq!((failed.state, failed.body.as_str()), (State::Failed, ""));
        let told = facts(&house.app, about).await;
        assert!(matches!(told.last(), Some(Fact::MailFailed { cause, .. }) if cause.contains(words)), "{told:?}");
    }
});

story!(a_line_that_breaks_after_the_body_leaves_the_outcome_unknown_and_is_not_repeated, |house| {
    let double = Double::open(Wrong::DropsAfterData).await;
    let house = with_relay(house, &double).await;
    for (number, wrong) in [(1, Wrong::DropsAfterData), (2, Wrong::SilentAfterData), (3, Wrong::Garbage)] {
        double.be(wrong);
        let about = Uuid::from_u128(number);
        let id = plan(&house.app, about, "a@so.example").await;
        deliver(&house.app, &impatient(&double)).await.expect("a turn");
        let unknown = row(&house.app, id).await;
        assert_eq!((unknown.state, unknown.body.as_str()), (State::Unknown, ""), "{wrong:?}");
        assert!(matches!(facts(&house.app, about).await.last(), Some(Fact::MailUnknown { .. })));
    }
    double.be(Wrong::Nothing);
    house.app.clock.advance(TimeDelta::hours(2));
    deliver(&house.app, &impatient(&double)).await.expect("a turn");
    assert_eq!(double.taken().len(), 3, "nobody gets it twice");
});

story!(a_node_that_dies_while_sending_leaves_an_unknown_letter, |house| {
    let double = Double::open(Wrong::Nothing).await;
    let house = with_relay(house, &double).await;
    let id = plan(&house.app, Uuid::from_u128(1), "a@so.example").await;
    assert!(delivery::take(&house.app, &row(&house.app, id).await).await.expect("taken"));
    assert!(!delivery::take(&house.app, &row(&house.app, id).await).await.expect("asked"), "two nodes do not both have it");
    turn(&house.app).await;
    assert_eq!(row(&house.app, id).await.state, State::Sending);
    house.app.clock.advance(TimeDelta::minutes(11));
    turn(&house.app).await;
    assert_eq!(row(&house.app, id).await.state, State::Unknown);
    assert!(double.taken().is_empty());
});

story!(a_newer_letter_takes_the_place_of_one_that_waits_and_old_ones_end, |house| {
    let double = Double::open(Wrong::Nothing).await;
    let house = with_relay(house, &double).await;
    let about = Uuid::from_u128(1);
    let first = plan(&house.app, about, "a@so.example").await;
    let second = plan(&house.app, about, "a@so.example").await;
    assert_eq!(row(&house.app, first).await.error.as_deref(), Some("replaced"));
    house.app.clock.advance(TimeDelta::days(8));
    turn(&house.app).await;
    assert_eq!(row(&house.app, second).await.error.as_deref(), Some("expired"));
    assert!(double.taken().is_empty());
});

story!(texts_do_not_become_headers, |house| {
    let double = Double::open(Wrong::Nothing).await;
    let house = with_relay(house, &double).await;
    let wanted = Wanted {
        about: Uuid::from_u128(1),
        topic: "invitation",
        recipient: "a@so.example".into(),
        name: "Tên\r\nBcc: thief@elsewhere.example".into(),
        subject: "Mời\r\nBcc: thief@elsewhere.example\r\n\r\nxin chào".into(),
        text: ".\r\n.\nQUIT\r\n".into(),
        expires_at: house.app.clock.now() + TimeDelta::days(1),
    };
    Mail::plan(&house.app, &house.app.db, wanted, &By::system()).await.expect("planned");
    turn(&house.app).await;
    let taken = double.taken();
    assert_eq!(taken.len(), 1);
    let head = taken[0].split("\r\n\r\n").next().expect("headers");
    assert!(!head.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc")), "{head}");
    for recipient in ["a@so.example\r\nRCPT TO:<b@c.example>", "a@so.example> SIZE=1", ""] {
        let about = Uuid::from_u128(2);
        let id = plan(&house.app, about, recipient).await;
        turn(&house.app).await;
        assert_eq!(row(&house.app, id).await.state, State::Failed, "{recipient:?}");
    }
    assert_eq!(double.taken().len(), 1);
});

story!(without_a_relay_nothing_is_planned, |house| {
    let wanted = Wanted {
        about: Uuid::from_u128(1),
        topic: "invitation",
        recipient: "a@so.example".into(),
        name: String::new(),
        subject: "Mời".into(),
        text: "Chào".into(),
        expires_at: house.app.clock.now(),
    };
    assert!(!Mail::plan(&house.app, &house.app.db, wanted, &By::system()).await.expect("no relay"));
    assert!(Entity::find().filter(Column::State.eq(State::Planned)).one(&house.app.db).await.expect("rows").is_none());
});

#[test]
fn settings_of_the_relay_are_read_or_refused_by_name() {
    let relay = |url: &str, from: &str| Relay::of(&crate::base::config::Smtp { url: url.into(), from: from.into() });
    for url in ["smtp://host", "smtp://host:2525", "smtps://user:p%40ss@host", "smtp://host:587?tls=required", "smtp://[::1]:25"]
    {
        assert!(relay(url, "Lan Tỏa <a@b.example>").is_ok(), "{url}");
    }
    for url in ["", "host:25", "http://host", "smtp://host?tls=perhaps", "smtp://"] {
        let error = relay(url, "a@b.example").err().expect("refused").to_string();
        assert!(error.starts_with("smtp.url"), "{url}: {error}");
    }
    assert!(relay("smtp://host", "no address").err().expect("refused").to_string().starts_with("smtp.from"));
}
