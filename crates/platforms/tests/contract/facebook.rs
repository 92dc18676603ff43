use std::time::Duration;

use doubles::facebook::Facebook;
use doubles::{Double, Platform, Trick};
use platforms::facebook::Account as Page;
use platforms::{Account, Found, Message, Obstacle, Outcome, Reading, Sought, Value, Why};

use crate::stage::{Diary, Loopback, id, kind, picture, refused, sought, video, with, words};

pub async fn house() -> (Double<Facebook>, Account) {
    let double = Double::start(Facebook::new("17", "token-of-the-test")).await.expect("a port");
    let page = Page { api: double.base(), page: "17".to_owned(), token: "token-of-the-test".into() };
    (double, Account::Facebook(page))
}

async fn publish(account: &Account, message: &Message) -> Outcome {
    account.publish(&Loopback, message, &mut Diary::default()).await
}

#[tokio::test]
async fn a_post_is_made_changed_and_deleted() {
    let (double, account) = house().await;
    let message = Message { link: Some("https://cong.example/tin/1".to_owned()), ..words("Ngày Chuyển đổi số") };
    let made = id(publish(&account, &message).await);
    // The link is a place of its own.
    assert_eq!(double.platform().count("Ngày Chuyển đổi số"), 1);
    assert_eq!(id(account.edit(&Loopback, &made, &words("Sửa")).await), made);
    assert_eq!(double.platform().count("Sửa"), 1);
    // Facebook refuses the same words twice in a row.
    assert_eq!(kind(&publish(&account, &words("Sửa")).await), Err(Why::Content));
    assert_eq!(id(account.retract(&Loopback, &made).await), made);
    assert_eq!(kind(&account.retract(&Loopback, &made).await), Err(Why::Gone));
}

#[tokio::test]
async fn what_does_not_exist_for_us_is_not_gone_before_the_page_is_seen() {
    let (double, account) = house().await;
    let made = id(publish(&account, &words("Còn ở đó")).await);
    // Of what we may not see Facebook says the same as of what is not there.
    double.platform().forbid();
    assert_eq!(kind(&account.retract(&Loopback, &made).await), Err(Why::Permission));
    double.platform().allow();
    assert_eq!(double.platform().count("Còn ở đó"), 1);
    double.platform().delete_all();
    assert_eq!(kind(&account.retract(&Loopback, &made).await), Err(Why::Gone), "the page is there, the post is not");
    // Whether it is gone can not be asked just now: that is neither.
    double.platform().limit(1, Duration::from_secs(600));
    assert_eq!(kind(&account.retract(&Loopback, &made).await), Err(Why::Rate));
}

#[tokio::test]
async fn pictures_wait_unseen_for_their_post() {
    let (double, account) = house().await;
    let message = Message { link: Some("https://cong.example/1".to_owned()), ..with("Ba ảnh", vec![picture(); 3]) };
    double.play("photos", Trick::DropDone);
    let mut diary = Diary::default();
    // A picture that may or may not be there is nothing published, and the journal was not troubled.
    assert_eq!(kind(&account.publish(&Loopback, &message, &mut diary).await), Err(Why::Unavailable));
    assert_eq!((diary.begun, double.platform().receipts().len(), double.platform().waiting_pictures()), (0, 0, 1));

    publish(&account, &message).await;
    let receipts = double.platform().receipts();
    assert_eq!((receipts.len(), receipts[0].media), (1, 3));
    assert_eq!(double.platform().count("Ba ảnh\n\nhttps://cong.example/1"), 1);
}

#[tokio::test]
async fn what_passes_the_check_is_taken_and_what_does_not_is_refused() {
    let (_double, account) = house().await;
    // Code points: an emoji is one, a letter with its marks apart is counted composed.
    let fits = words(&format!("{}🌱", "o\u{31b}\u{301}".repeat(63_205)));
    assert_eq!(account.check(&fits), []);
    assert_eq!(kind(&publish(&account, &fits).await), Ok("published"));
    let long = words(&"a".repeat(63_207));
    assert_eq!(account.check(&long), [Obstacle::TextLong { count: 63_207, max: 63_206 }]);
    assert_eq!(kind(&publish(&account, &long).await), Err(Why::Content));
    assert_eq!(account.check(&with("Lẫn", vec![picture(), video()])), [Obstacle::MediaKindNotTaken { at: 1 }]);
    assert_eq!(account.check(&with("Nhiều", vec![picture(); 11])), [Obstacle::ImagesMany { count: 11, max: 10 }]);
    let mut large = picture();
    large.bytes = vec![0; (4 << 20) + 1].into();
    let large = with("Nặng", vec![large]);
    assert_eq!(account.check(&large), [Obstacle::MediaLarge { at: 0, bytes: (4 << 20) + 1, max: 4 << 20 }]);
    assert_eq!(kind(&publish(&account, &large).await), Err(Why::Media));
}

#[tokio::test]
async fn an_outcome_says_no_more_than_is_known() {
    let (double, account) = house().await;
    let cases = [
        (Trick::DropUndone, Ok("unknown")),
        (Trick::DropDone, Ok("unknown")),
        (Trick::BrokenUndone, Ok("unknown")),
        (Trick::BrokenDone, Ok("unknown")),
        (Trick::GarbledDone, Ok("unknown")),
        // With status 200.
        (Trick::ErrorInside, Err(Why::Blocked)),
        (Trick::TooMany { retry_after_s: 120 }, Err(Why::Rate)),
        (Trick::Expired, Err(Why::Token)),
    ];
    for (trick, wanted) in cases {
        double.play("feed", trick);
        let outcome = publish(&account, &words(&format!("{trick:?}"))).await;
        assert_eq!(kind(&outcome), wanted, "{trick:?}");
        assert!(!format!("{outcome:?}").contains("token-of-the-test"), "{outcome:?}");
    }
    double.play("feed", Trick::TooMany { retry_after_s: 120 });
    assert_eq!(refused(publish(&account, &words("x")).await).again_after, Some(Duration::from_secs(120)));
    double.platform().revoke("another-token-of-the-test");
    assert_eq!(kind(&publish(&account, &words("y")).await), Err(Why::Token));
}

#[tokio::test]
async fn a_video_is_worked_on_and_found() {
    let (double, account) = house().await;
    double.platform().take_time(2);
    let message = with("Một video", vec![video()]);
    let mut diary = Diary::default();
    assert_eq!(kind(&account.publish(&Loopback, &message, &mut diary).await), Ok("accepted"));
    let handle = diary.handle.expect("a handle");
    assert_eq!(account.status(&Loopback, &handle).await, Found::Pending);
    assert_eq!(account.status(&Loopback, &handle).await, Found::Pending);
    let told = account.status(&Loopback, &handle).await;
    assert!(matches!(&told, Found::Yes(copy) if copy.id == handle), "{told:?}");
    // Without the handle, too.
    let found = account.find(&Loopback, &sought(&message, None, &[])).await;
    assert!(matches!(&found, Found::Yes(copy) if copy.id == handle), "{found:?}");
    assert_eq!(id(account.edit(&Loopback, &handle, &with("Sửa", vec![video()])).await), handle);
    assert_eq!(double.platform().count("Sửa"), 1);
}

#[tokio::test]
async fn an_unknown_post_is_looked_up_among_the_published_ones() {
    let (double, account) = house().await;
    let earlier = id(publish(&account, &words("Cùng một câu")).await);
    let message = words("Cùng một câu");
    publish(&account, &words("khác")).await;
    double.play("feed", Trick::BrokenDone);
    assert_eq!(kind(&publish(&account, &message).await), Ok("unknown"));
    let known = [earlier];
    let Found::Yes(copy) = account.find(&Loopback, &sought(&message, None, &known)).await else { panic!("not found") };
    assert_ne!(copy.id, known[0]);
    let both = [known[0].clone(), copy.id];
    assert_eq!(account.find(&Loopback, &sought(&message, None, &both)).await, Found::No);
    // What is not listed yet may still come.
    let absent = words("không có");
    let young = Sought { now_s: doubles::now_s() + 10, ..sought(&absent, None, &[]) };
    assert_eq!(account.find(&Loopback, &young).await, Found::Pending);
    assert_eq!(account.find(&Loopback, &sought(&absent, None, &[])).await, Found::No);
    // Older than the attempt is not the attempt's.
    let later = Sought { since_s: doubles::now_s() + 1000, now_s: doubles::now_s() + 5000, ..sought(&message, None, &[]) };
    assert_eq!(account.find(&Loopback, &later).await, Found::No);
    double.play("published_posts", Trick::GarbledDone);
    assert!(matches!(account.find(&Loopback, &sought(&message, None, &[])).await, Found::CanNotTell { .. }));
}

#[tokio::test]
async fn the_list_is_read_page_by_page() {
    let (double, account) = house().await;
    double.play("feed", Trick::DropDone);
    let message = words("ở trang sau");
    publish(&account, &message).await;
    for at in 0..120 {
        publish(&account, &words(&at.to_string())).await;
    }
    assert!(matches!(account.find(&Loopback, &sought(&message, None, &[])).await, Found::Yes(_)));
}

fn value<'a>(readings: &'a [Reading], name: &str) -> &'a Value {
    &readings.iter().find(|reading| reading.name == name).expect("a reading").value
}

#[tokio::test]
async fn a_figure_that_is_removed_leaves_the_others() {
    let (double, account) = house().await;
    let made = id(publish(&account, &words("Số liệu")).await);
    let all = account.metrics(&Loopback, &made).await.expect("figures");
    assert_eq!(value(&all, "post_media_view"), &Value::Count(100));
    assert!(all.iter().all(|reading| reading.definition == "graph v25.0"));
    double.platform().remove_metric("post_clicks");
    double.platform().rename_metric("post_media_view", "post_views");
    let left = account.metrics(&Loopback, &made).await.expect("figures");
    assert_eq!(value(&left, "post_total_media_view_unique"), &Value::Count(101));
    assert!(matches!(value(&left, "post_clicks"), Value::Missing(_)));
    assert!(matches!(value(&left, "post_media_view"), Value::Missing(_)));
    // Nobody said how many shared it: that is no zero.
    assert!(matches!(value(&left, "shares"), Value::Missing(_)));
    assert_eq!(value(&left, "comments"), &Value::Count(2));
    double.play("insights", Trick::Expired);
    assert_eq!(account.metrics(&Loopback, &made).await.expect_err("a dead token").why, Why::Token);
}

#[tokio::test]
async fn nothing_is_published_when_the_journal_stops() {
    let (double, account) = house().await;
    for message in [words("rút lại"), with("rút lại", vec![picture()]), with("rút lại", vec![video()])] {
        let mut diary = Diary { is_stopped: true, ..Diary::default() };
        assert_eq!(kind(&account.publish(&Loopback, &message, &mut diary).await), Err(Why::Unavailable));
    }
    assert_eq!(double.platform().receipts(), []);
}
