//! The contract with YouTube, against the double.

use crate::attempt::{Settled, settle};
use crate::loopback::{Chance, Kept, Loopback, message, video};
use doubles::Trick;
use doubles::service::Serving;
use doubles::youtube::YouTube;
use platforms::youtube::{Account, PART_UNIT_BYTES, Privacy, Project};
use platforms::{Found, MediaKind, Message, Obstacle, Outcome, Sought, Value, Why};

const TOKEN: &str = "token-of-the-test";

async fn channel(change: impl FnOnce(&mut YouTube)) -> (Serving<YouTube>, Account) {
    let mut double = YouTube::new(TOKEN);
    change(&mut double);
    let serving = Serving::start(double, 0).await.expect("a port");
    let account = Account {
        api: serving.base(),
        access_token: TOKEN.into(),
        privacy: Privacy::Public,
        category: "25".to_owned(),
        tags: vec!["chuyển đổi số".to_owned()],
        part_bytes: PART_UNIT_BYTES,
    };
    (serving, account)
}

/// 700,000 bytes: two parts and a rest.
fn film(title: &str) -> Message {
    message(title, vec![video(700_000)])
}

async fn publish(account: &Account, message: &Message, kept: &mut Kept) -> Outcome {
    platforms::youtube::publish(&Loopback, account, message, kept).await
}

#[tokio::test]
async fn a_video_arrives_whole_and_is_there_when_it_is_processed() {
    let (serving, account) = channel(|double| double.asked_until_processed = 1).await;
    let (sent, mut kept) = (film("Bản tin 1"), Kept::default());
    let outcome = publish(&account, &sent, &mut kept).await;
    let Outcome::Accepted { handle } = outcome else { panic!("{outcome:?}") };
    assert_eq!(kept.published, 1);
    assert_eq!(serving.double().videos[0].bytes, sent.media[0].bytes);
    assert_eq!(serving.double().videos[0].snippet["description"], sent.with_link());
    assert_eq!(platforms::youtube::status(&Loopback, &account, &handle).await, Found::Pending);
    let Found::Yes(copy) = platforms::youtube::status(&Loopback, &account, &handle).await else { panic!("not there") };
    assert_eq!(copy.address, Some(format!("https://www.youtube.com/watch?v={}", copy.id)));
}

#[tokio::test]
async fn a_cut_part_is_gone_on_with_where_the_session_stands() {
    use Trick::{BrokenDone, DropDone, DropUndone};
    // Opened, then every part is troubled; each is asked after.
    let (serving, account) =
        channel(|double| double.tricks.0 = [None, Some(DropDone), None, Some(DropUndone), None, Some(BrokenDone)].into()).await;
    let (sent, mut kept) = (film("Bản tin 2"), Kept::default());
    let outcome = publish(&account, &sent, &mut kept).await;
    assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
    assert_eq!(serving.double().videos.len(), 1);
    assert_eq!(serving.double().videos[0].bytes, sent.media[0].bytes);
}

#[tokio::test]
async fn an_upload_that_nobody_answers_for_is_unknown_and_found_by_its_session() {
    use Trick::{DropDone, DropUndone};
    let (serving, account) = channel(|double| {
        double.tricks.0 = [None, None, None, Some(DropDone), Some(DropUndone)].into();
    })
    .await;
    let (sent, mut kept) = (film("Bản tin 3"), Kept::default());
    let outcome = publish(&account, &sent, &mut kept).await;
    assert!(matches!(outcome, Outcome::Unknown { .. }), "{outcome:?}");
    let sought = Sought { message: &sent, handle: kept.handle.as_deref(), since_s: 0, now_s: 1_795_000_000, known: &[] };
    let found = platforms::youtube::find(&Loopback, &account, &sought).await;
    assert!(matches!(found, Found::Yes(_)), "{found:?}");
    // The session is over: the list of uploads shows it, unless that copy is another attempt's.
    serving.double().forgetful = true;
    let found = platforms::youtube::find(&Loopback, &account, &sought).await;
    assert!(matches!(found, Found::Yes(_)), "{found:?}");
    let known = [serving.double().videos[0].id.clone()];
    let others = Sought { known: &known, ..sought };
    assert_eq!(platforms::youtube::find(&Loopback, &account, &others).await, Found::No);
    let young = Sought { now_s: 3_599, ..others };
    assert_eq!(platforms::youtube::find(&Loopback, &account, &young).await, Found::Pending, "the list lags behind");
}

#[tokio::test]
async fn a_session_without_its_last_bytes_has_made_nothing() {
    let (serving, account) = channel(|_| {}).await;
    let (sent, mut kept) = (film("Bản tin 4"), Kept { stops: true, ..Kept::default() });
    let outcome = publish(&account, &sent, &mut kept).await;
    assert!(matches!(outcome, Outcome::Refused(_)), "{outcome:?}");
    let handle = kept.handle.expect("a session");
    assert_eq!(platforms::youtube::status(&Loopback, &account, &handle).await, Found::No);
    assert!(serving.double().videos.is_empty());
}

#[tokio::test]
async fn what_an_unaudited_project_uploads_is_said_to_be_private() {
    let (_serving, account) = channel(|double| double.unaudited = true).await;
    let outcome = publish(&account, &film("Bản tin 5"), &mut Kept::default()).await;
    let Outcome::Accepted { handle } = outcome else { panic!("{outcome:?}") };
    let found = platforms::youtube::status(&Loopback, &account, &handle).await;
    let Found::Refused(refusal) = found else { panic!("{found:?}") };
    assert_eq!(refusal.why, Why::Permission);
    assert!(refusal.says.contains(&handle), "{}", refusal.says);
}

#[tokio::test]
async fn refusals_say_why() {
    let (serving, account) = channel(|double| double.uploads_left = 0).await;
    let outcome = publish(&account, &film("Bản tin 6"), &mut Kept::default()).await;
    let Outcome::Refused(refusal) = outcome else { panic!("{outcome:?}") };
    assert_eq!((refusal.why, refusal.again_after.map(|wait| wait.as_secs())), (Why::Quota, Some(86_400)));
    for (trick, why) in [
        (Trick::TooMany { retry_after_s: 60 }, Why::Rate),
        (Trick::Expired, Why::Token),
        (Trick::ErrorInside, Why::Protocol),
        (Trick::BrokenUndone, Why::Unavailable),
        (Trick::DropUndone, Why::Unavailable),
    ] {
        serving.double().tricks.0 = [Some(trick)].into();
        let outcome = publish(&account, &film("Bản tin 6"), &mut Kept::default()).await;
        let Outcome::Refused(refusal) = outcome else { panic!("{trick:?}: {outcome:?}") };
        assert_eq!(refusal.why, why, "{trick:?}: {}", refusal.says);
    }
    let rejecting = channel(|double| double.rejects = Some("duplicate".to_owned())).await;
    let outcome = publish(&rejecting.1, &film("Bản tin 6"), &mut Kept::default()).await;
    let Outcome::Accepted { handle } = outcome else { panic!("{outcome:?}") };
    let found = platforms::youtube::status(&Loopback, &rejecting.1, &handle).await;
    assert!(matches!(&found, Found::Refused(refusal) if refusal.why == Why::Media), "{found:?}");
}

#[tokio::test]
async fn a_video_is_changed_counted_and_deleted() {
    let (serving, account) = channel(|_| {}).await;
    let Outcome::Accepted { handle: id } = publish(&account, &film("Bản tin 7"), &mut Kept::default()).await else {
        panic!("not accepted")
    };
    serving.double().videos[0].snippet["tags"] = ["chuyển đổi số"].into();
    let corrected = Message { text: "Đính chính: họp ngày 5.".to_owned(), ..film("Bản tin 7 (đính chính)") };
    let outcome = platforms::youtube::edit(&Loopback, &account, &id, &corrected).await;
    assert!(matches!(outcome, Outcome::Published(_)), "{outcome:?}");
    let snippet = serving.double().videos[0].snippet.clone();
    assert_eq!((&snippet["title"], &snippet["tags"][0]), (&"Bản tin 7 (đính chính)".into(), &"chuyển đổi số".into()));

    serving.double().videos[0].statistics = serde_json::json!({"viewCount": "9007199254740993", "commentCount": "0"});
    let readings = platforms::youtube::metrics(&Loopback, &account, &id).await.expect("figures");
    assert_eq!(readings[0].value, Value::Count(9_007_199_254_740_993));
    assert!(matches!(readings[1].value, Value::Missing(_)), "hidden likes are not zero");
    assert_eq!(readings[2].value, Value::Count(0));

    let outcome = platforms::youtube::retract(&Loopback, &account, &id).await;
    assert!(matches!(outcome, Outcome::Published(_)), "{outcome:?}");
    let again = platforms::youtube::retract(&Loopback, &account, &id).await;
    assert!(matches!(&again, Outcome::Refused(refusal) if refusal.why == Why::Gone), "{again:?}");
    let gone = platforms::youtube::metrics(&Loopback, &account, &id).await.expect_err("no figures");
    assert_eq!(gone.why, Why::Gone);
}

#[tokio::test]
async fn a_token_is_renewed_until_its_refresh_token_is_over() {
    let (serving, account) = channel(|_| {}).await;
    let address = format!("{}/token", serving.base());
    let secret = "secret-of-the-test".into();
    let project = Project { token_address: &address, client_id: "project", client_secret: &secret };
    let renewed = platforms::youtube::renew(&Loopback, &project, &"refresh-of-the-test".into()).await.expect("a token");
    let account = Account { access_token: renewed.access_token, ..account };
    let outcome = publish(&account, &film("Bản tin 8"), &mut Kept::default()).await;
    assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
    let over = platforms::youtube::renew(&Loopback, &project, &"another".into()).await.expect_err("no token");
    assert_eq!(over.why, Why::Token);
}

#[tokio::test]
async fn what_does_not_fit_is_said_before() {
    let (_serving, account) = channel(|_| {}).await;
    let check = |message: &Message| platforms::youtube::check(&account, message);
    assert_eq!(check(&film(&"ệ".repeat(100))), []);
    assert_eq!(check(&film(&"ệ".repeat(101))), [Obstacle::TitleLong { count: 101, max: 100 }]);
    assert_eq!(check(&film("a < b")), [Obstacle::CharacterNotTaken { character: '<' }]);
    let long = Message { text: "ệ".repeat(1_667), link: None, ..film("Dài") };
    assert_eq!(check(&long), [Obstacle::TextLong { count: 5_001, max: 5_000 }]);
    assert_eq!(check(&message("Không có phim", vec![])), [Obstacle::MediaMissing { one_of: &[MediaKind::Video] }]);
}

/// 100 uploads, each troubled anew at every step: none is there twice, and what is said to be there is there.
#[tokio::test]
async fn a_hundred_bad_days_make_no_video_twice() {
    let (serving, account) = channel(|double| double.uploads_left = 10_000).await;
    let account = platforms::Account::YouTube(account);
    let mut chance = Chance(0x2026_1126);
    let mut there = 0;
    for run in 0..100 {
        let next = |chance: &mut Chance| match chance.below(10) {
            0..4 => Some(Trick::ALL[usize::try_from(chance.below(8)).expect("small")].1),
            _ => None,
        };
        serving.double().tricks.0 = (0..40).map(|_| next(&mut chance)).collect();
        serving.double().asked_until_processed = u32::try_from(chance.below(3)).expect("small");
        let title = format!("Bản tin ngày xấu {run}");
        let settled = settle(&account, &film(&title)).await;
        let videos = serving.double().videos.iter().filter(|video| video.snippet["title"] == title.as_str()).count();
        match settled {
            Settled::There(_) => assert_eq!(videos, 1, "{title}"),
            Settled::NotThere => assert_eq!(videos, 0, "{title}"),
            Settled::Person => assert!(videos <= 1, "{title} is there {videos} times"),
        }
        there += videos;
    }
    assert!((30..=100).contains(&there), "{there} of 100 arrived");
}
