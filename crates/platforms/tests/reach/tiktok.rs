//! The contract with TikTok, against the double.

use crate::attempt::{Settled, settle};
use crate::loopback::{Chance, Kept, Loopback, message, video};
use doubles::Trick;
use doubles::service::Serving;
use doubles::tiktok::TikTok;
use platforms::tiktok::{Account, Client, Privacy};
use platforms::{Found, Media, MediaKind, Message, Obstacle, Outcome, Sought, Value, Why};

const TOKEN: &str = "token-of-the-test";

async fn creator(change: impl FnOnce(&mut TikTok)) -> (Serving<TikTok>, Account) {
    let mut double = TikTok::new(TOKEN);
    change(&mut double);
    let serving = Serving::start(double, 0).await.expect("a port");
    let account = Account {
        api: serving.base(),
        access_token: TOKEN.into(),
        username: "tinh-mau".to_owned(),
        privacy: Privacy::Everyone,
        comments: true,
        duets: true,
        stitches: true,
        part_bytes: 0,
    };
    (serving, account)
}

fn film() -> Message {
    message("", vec![video(200_000)])
}

fn photos(count: usize) -> Message {
    let photo = |at| Media {
        kind: MediaKind::Image,
        mime: "image/jpeg".to_owned(),
        address: Some(format!("https://tinh-mau.example/anh/{at}.jpg")),
        duration_ms: 0,
        ..video(64)
    };
    message("Ảnh trong tuần", (0..count).map(photo).collect())
}

async fn publish(account: &Account, message: &Message, kept: &mut Kept) -> Outcome {
    platforms::tiktok::publish(&Loopback, account, message, kept).await
}

async fn status(account: &Account, handle: &str) -> Found {
    platforms::tiktok::status(&Loopback, account, handle).await
}

#[tokio::test]
async fn a_video_in_parts_is_worked_on_moderated_and_there() {
    let (serving, account) = creator(|double| double.asked_until_complete = 1).await;
    // Three times five MiB and a rest, which goes with the last part.
    let (sent, mut kept) = (message("", vec![video(16_000_123)]), Kept::default());
    let outcome = publish(&account, &sent, &mut kept).await;
    let Outcome::Accepted { handle } = outcome else { panic!("{outcome:?}") };
    assert_eq!((kept.published, kept.handle.as_deref()), (1, Some(handle.as_str())));
    assert!(serving.double().posts[0].bytes == sent.media[0].bytes);
    assert_eq!(serving.double().posts[0].info["disable_stitch"], true, "the creator allows none");
    assert_eq!(serving.double().posts[0].info["disable_duet"], false);
    assert_eq!(status(&account, &handle).await, Found::Pending, "worked on");
    assert_eq!(status(&account, &handle).await, Found::Pending, "moderated");
    let Found::Yes(copy) = status(&account, &handle).await else { panic!("not there") };
    assert_eq!(copy.address, Some(format!("https://www.tiktok.com/@tinh-mau/video/{}", copy.id)));
    let readings = platforms::tiktok::metrics(&Loopback, &account, &copy.id).await.expect("figures");
    assert_eq!(readings[0].value, Value::Count(120));
    assert_eq!(readings[2].value, Value::Count(0));
    assert!(matches!(readings[3].value, Value::Missing(_)), "no shares are not zero shares");
}

#[tokio::test]
async fn a_client_without_an_audit_is_refused_before_anything_is_sent() {
    let (serving, account) = creator(|double| double.unaudited = true).await;
    let outcome = publish(&account, &film(), &mut Kept::default()).await;
    assert!(matches!(&outcome, Outcome::Refused(refusal) if refusal.why == Why::Permission), "{outcome:?}");
    assert!(serving.double().posts.is_empty());
    // What only the creator sees has no address, and is there all the same.
    let account = Account { privacy: Privacy::Oneself, ..account };
    let Outcome::Accepted { handle } = publish(&account, &film(), &mut Kept::default()).await else { panic!("refused") };
    let Found::Yes(copy) = status(&account, &handle).await else { panic!("not there") };
    assert_eq!(copy.address, None);
}

#[tokio::test]
async fn photos_are_one_call_that_can_not_be_taken_back() {
    let (serving, account) = creator(|_| {}).await;
    let mut kept = Kept::default();
    let Outcome::Accepted { handle } = publish(&account, &photos(3), &mut kept).await else { panic!("refused") };
    assert_eq!(kept.published, 1);
    assert_eq!(serving.double().posts[0].photos.len(), 3);
    assert_eq!(status(&account, &handle).await, Found::Pending);
    let Found::Yes(copy) = status(&account, &handle).await else { panic!("not there") };
    assert!(copy.address.is_some_and(|address| address.contains("/photo/")));
    for trick in [Trick::DropDone, Trick::BrokenDone] {
        serving.double().tricks.0 = [Some(trick)].into();
        let mut kept = Kept::default();
        let (outcome, sent) = (publish(&account, &photos(1), &mut kept).await, photos(1));
        assert!(matches!(outcome, Outcome::Unknown { .. }), "{trick:?}: {outcome:?}");
        let sought = Sought { message: &sent, handle: kept.handle.as_deref(), since_s: 0, now_s: 1_795_000_000, known: &[] };
        let found = platforms::tiktok::find(&Loopback, &account, &sought).await;
        assert!(matches!(found, Found::CanNotTell { .. }), "nothing to ask by: {found:?}");
    }
    assert_eq!(serving.double().posts.len(), 3);
}

#[tokio::test]
async fn a_cut_last_part_is_unknown_and_told_by_its_name() {
    let (serving, account) = creator(|double| double.tricks.0 = [None, Some(Trick::DropDone)].into()).await;
    let (sent, mut kept) = (film(), Kept::default());
    let outcome = publish(&account, &sent, &mut kept).await;
    assert!(matches!(outcome, Outcome::Unknown { .. }), "{outcome:?}");
    let sought = Sought { message: &sent, handle: kept.handle.as_deref(), since_s: 0, now_s: 1_795_000_000, known: &[] };
    assert_eq!(platforms::tiktok::find(&Loopback, &account, &sought).await, Found::Pending);
    assert!(matches!(platforms::tiktok::find(&Loopback, &account, &sought).await, Found::Yes(_)));
    assert_eq!(serving.double().posts.len(), 1);
}

#[tokio::test]
async fn refusals_say_why_and_nothing_is_posted() {
    let (serving, account) = creator(|double| double.posts_left = 1_000).await;
    for (tricks, why, wait_s) in [
        (vec![Some(Trick::TooMany { retry_after_s: 60 })], Why::Rate, Some(60)),
        (vec![Some(Trick::Expired)], Why::Token, None),
        (vec![Some(Trick::ErrorInside)], Why::Quota, None),
        (vec![Some(Trick::BrokenUndone)], Why::Unavailable, None),
        (vec![Some(Trick::DropDone)], Why::Unavailable, None),
        (vec![None, Some(Trick::ErrorInside)], Why::Unavailable, None),
    ] {
        serving.double().tricks.0 = tricks.clone().into();
        let outcome = publish(&account, &film(), &mut Kept::default()).await;
        let Outcome::Refused(refusal) = outcome else { panic!("{tricks:?}: {outcome:?}") };
        assert_eq!((refusal.why, refusal.again_after.map(|wait| wait.as_secs())), (why, wait_s), "{tricks:?}");
    }
    assert!(serving.double().posts.iter().all(|post| !post.is_posted));
    serving.double().posts_left = 0;
    let outcome = publish(&account, &film(), &mut Kept::default()).await;
    assert!(matches!(&outcome, Outcome::Refused(refusal) if refusal.why == Why::Rate), "{outcome:?}");
}

#[tokio::test]
async fn a_post_that_failed_afterwards_says_its_reason() {
    for (reason, why) in [
        ("picture_size_check_failed", Why::Media),
        ("spam_risk_user_banned_from_posting", Why::Blocked),
        ("auth_removed", Why::Token),
        ("internal", Why::Unavailable),
        ("something_new", Why::Content),
    ] {
        let (_serving, account) = creator(|double| double.fails = Some(reason.to_owned())).await;
        let Outcome::Accepted { handle } = publish(&account, &film(), &mut Kept::default()).await else { panic!("refused") };
        let found = status(&account, &handle).await;
        assert!(matches!(&found, Found::Refused(refusal) if refusal.why == why), "{reason}: {found:?}");
    }
}

#[tokio::test]
async fn a_refresh_token_is_good_for_one_renewal() {
    let (serving, account) = creator(|_| {}).await;
    let address = format!("{}/v2/oauth/token/", serving.base());
    let secret = "secret-of-the-test".into();
    let client = Client { token_address: &address, client_key: "client", client_secret: &secret };
    let first = "refresh-of-the-test".into();
    let renewed = platforms::tiktok::renew(&Loopback, &client, &first).await.expect("a token");
    assert_ne!(renewed.refresh_token.as_ref(), Some(&first));
    let reused = platforms::tiktok::renew(&Loopback, &client, &first).await.expect_err("no token");
    assert_eq!(reused.why, Why::Token);
    let account = Account { access_token: renewed.access_token, ..account };
    assert!(matches!(publish(&account, &film(), &mut Kept::default()).await, Outcome::Accepted { .. }));
}

#[tokio::test]
async fn what_does_not_fit_is_said_before_and_what_can_not_be_done_afterwards() {
    let (_serving, account) = creator(|_| {}).await;
    let check = |message: &Message| platforms::tiktok::check(&account, message);
    assert_eq!(check(&film()), []);
    assert_eq!(check(&photos(35)), []);
    assert_eq!(check(&photos(36)), [Obstacle::ImagesMany { count: 36, max: 35 }]);
    assert_eq!(check(&Message { text: "ắ".repeat(2_201), ..film() }), [Obstacle::TextLong { count: 2_201, max: 2_200 }]);
    assert_eq!(check(&Message { text: "ắ".repeat(2_201), ..photos(1) }), []);
    let mut mixed = photos(1);
    mixed.media.extend(film().media);
    assert_eq!(check(&mixed), [Obstacle::MediaKindNotTaken { at: 0 }]);
    let mut hidden = photos(1);
    hidden.media[0].address = None;
    assert_eq!(check(&hidden), [Obstacle::MediaWithoutAddress { at: 0 }]);
    let outcome = platforms::tiktok::retract(&Loopback, &account, "7300000000000").await;
    assert!(matches!(&outcome, Outcome::Refused(refusal) if refusal.why == Why::Permission), "{outcome:?}");
}

/// 100 posts, each troubled anew at every step: none is there twice, and what is said to be there is there.
#[tokio::test]
async fn a_hundred_bad_days_make_no_post_twice() {
    let (serving, account) = creator(|double| double.posts_left = 10_000).await;
    let account = platforms::Account::TikTok(account);
    let mut chance = Chance(0x1126_2026);
    let mut there = 0;
    for run in 0..100 {
        let next = |chance: &mut Chance| match chance.below(10) {
            0..4 => Some(Trick::ALL[usize::try_from(chance.below(8)).expect("small")].1),
            _ => None,
        };
        serving.double().tricks.0 = (0..40).map(|_| next(&mut chance)).collect();
        serving.double().asked_until_complete = u32::try_from(chance.below(3)).expect("small");
        let text = format!("Bản tin ngày xấu {run}");
        let settled = settle(&account, &Message { text: text.clone(), ..if run % 4 == 0 { photos(2) } else { film() } }).await;
        let is_it = |words: &serde_json::Value| *words == text.as_str();
        let double = serving.double();
        let posts = double.posts.iter().filter(|post| post.is_posted);
        let posts = posts.filter(|post| is_it(&post.info["title"]) || is_it(&post.info["description"])).count();
        match settled {
            Settled::There(_) => assert_eq!(posts, 1, "{text}"),
            Settled::NotThere => assert_eq!(posts, 0, "{text}"),
            Settled::Person => assert!(posts <= 1, "{text} is there {posts} times"),
        }
        there += posts;
    }
    assert!((40..=100).contains(&there), "{there} of 100 arrived");
}
