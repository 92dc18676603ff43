use std::time::Duration;

use doubles::telegram::Telegram;
use doubles::{Double, Platform, Trick};
use platforms::telegram::Account as Bot;
use platforms::{Account, Found, Message, Note, Obstacle, Outcome, Why};

use crate::stage::{Diary, Loopback, id, kind, picture, refused, sought, video, with, words};

pub const CHANNEL: &str = "@kenh_thu";
const LOOKUP: &str = "@noi_tra_cuu";

pub async fn house() -> (Double<Telegram>, Account) {
    let double = Double::start(Telegram::new("token-of-the-test", &[CHANNEL, LOOKUP])).await.expect("a port");
    let account = Account::Telegram(Bot {
        api: double.base(),
        token: "token-of-the-test".into(),
        chat: CHANNEL.to_owned(),
        lookup_chat: Some(LOOKUP.to_owned()),
    });
    (double, account)
}

async fn publish(account: &Account, message: &Message) -> Outcome {
    account.publish(&Loopback, message, &mut Diary::default()).await
}

#[tokio::test]
async fn a_message_is_written_changed_and_deleted() {
    let (double, account) = house().await;
    let message = Message { link: Some("https://cong.example/tin/1".to_owned()), ..words("Ngày Chuyển đổi số") };
    let outcome = publish(&account, &message).await;
    let Outcome::Published(copy) = &outcome else { panic!("{outcome:?}") };
    assert_eq!(copy.address.as_deref(), Some("https://t.me/kenh_thu/1"));
    assert_eq!(double.platform().count(CHANNEL, "Ngày Chuyển đổi số\n\nhttps://cong.example/tin/1"), 1);

    let changed = words("Ngày Chuyển đổi số 10/10");
    assert_eq!(id(account.edit(&Loopback, &copy.id, &changed).await), copy.id);
    assert_eq!(double.platform().count(CHANNEL, "Ngày Chuyển đổi số 10/10"), 1);
    // The same once more says that it is so already.
    assert_eq!(kind(&account.edit(&Loopback, &copy.id, &changed).await), Ok("published"));

    assert_eq!(kind(&account.retract(&Loopback, &copy.id).await), Ok("published"));
    assert_eq!(kind(&account.retract(&Loopback, &copy.id).await), Err(Why::Gone));
    assert_eq!(double.platform().count(CHANNEL, "Ngày Chuyển đổi số 10/10"), 0);
}

#[tokio::test]
async fn a_channel_is_found_in_whatever_case_its_name_is_written() {
    let (double, account) = house().await;
    let Account::Telegram(bot) = &account else { panic!("a bot") };
    let shouted = Account::Telegram(Bot { chat: CHANNEL.to_ascii_uppercase(), ..bot.clone() });
    let outcome = publish(&shouted, &words("Một tin")).await;
    let Outcome::Published(copy) = &outcome else { panic!("{outcome:?}") };
    assert_eq!(copy.address.as_deref(), Some("https://t.me/kenh_thu/1"), "as the channel writes itself");
    assert_eq!(double.platform().count(CHANNEL, "Một tin"), 1);
    let other = Account::Telegram(Bot { chat: "@kenh_khac".to_owned(), ..bot.clone() });
    assert_eq!(kind(&publish(&other, &words("Một tin")).await), Err(Why::Gone));
}

#[tokio::test]
async fn media_go_alone_or_as_an_album() {
    let (double, account) = house().await;
    let one = id(publish(&account, &with("Một ảnh", vec![picture()])).await);
    assert_eq!(one, "1");
    assert_eq!(id(publish(&account, &with("Một video", vec![video()])).await), "2");
    let album = id(publish(&account, &with("Ba ảnh", vec![picture(), video(), picture()])).await);
    assert_eq!(album, "3,4,5");
    assert_eq!(id(account.edit(&Loopback, &album, &with("Ba ảnh, sửa", vec![picture()])).await), album);
    assert_eq!(double.platform().count(CHANNEL, "Ba ảnh, sửa"), 1);
    account.retract(&Loopback, &album).await;
    let left = double.platform().receipts().into_iter().filter(|receipt| receipt.state == "published").count();
    assert_eq!(left, 2);
}

#[tokio::test]
async fn what_passes_the_check_is_taken_and_what_does_not_is_refused() {
    let (_double, account) = house().await;
    // Decomposed, each letter is three code points; composed it is one unit. An emoji is two.
    let fits = words(&format!("{}{}", "e\u{302}\u{323}".repeat(4094), "🌱"));
    assert_eq!(account.check(&fits), []);
    assert_eq!(kind(&publish(&account, &fits).await), Ok("published"));
    let long = words(&format!("{}{}", "a".repeat(4095), "🌱"));
    assert_eq!(account.check(&long), [Obstacle::TextLong { count: 4097, max: 4096 }]);
    assert_eq!(kind(&publish(&account, &long).await), Err(Why::Content));
    // As a caption 1024, and the link counts.
    let linked = Message { link: Some("https://a.vn/1".to_owned()), ..with(&"a".repeat(1024), vec![picture()]) };
    assert_eq!(account.check(&linked), [Obstacle::TextLong { count: 1040, max: 1024 }]);
    let many = with("Mười một ảnh", vec![picture(); 11]);
    assert_eq!(account.check(&many), [Obstacle::ImagesMany { count: 11, max: 10 }]);
    let mixed = [vec![picture(); 6], vec![video(); 5]].concat();
    assert_eq!(account.check(&with("Quá nhiều", mixed)), [Obstacle::ImagesMany { count: 11, max: 10 }]);
    assert_eq!(account.check(&words(" \n")), [Obstacle::Empty]);
    let mut strip = picture();
    strip.height_px = 50;
    assert_eq!(account.check(&with("Dài", vec![strip])), [Obstacle::MediaShape { at: 0 }]);
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
        (Trick::ErrorInside, Err(Why::Permission)),
        (Trick::TooMany { retry_after_s: 35 }, Err(Why::Rate)),
        (Trick::Expired, Err(Why::Token)),
    ];
    for (trick, wanted) in cases {
        double.play("sendMessage", trick);
        let outcome = publish(&account, &words(&format!("{trick:?}"))).await;
        assert_eq!(kind(&outcome), wanted, "{trick:?}");
        assert!(!format!("{outcome:?}").contains("token-of-the-test"), "{outcome:?}");
    }
    double.play("sendMessage", Trick::TooMany { retry_after_s: 35 });
    assert_eq!(refused(publish(&account, &words("x")).await).again_after, Some(Duration::from_secs(35)));
    drop(double);
    tokio::task::yield_now().await;
    let nobody = publish(&account, &words("không ai nghe")).await;
    assert_eq!(kind(&nobody), Err(Why::Unavailable), "{nobody:?}");
    assert!(!format!("{account:?}{nobody:?}").contains("token-of-the-test"));
}

#[tokio::test]
async fn a_window_that_is_used_up_says_when() {
    let (double, account) = house().await;
    double.platform().limit(2, Duration::from_secs(60));
    publish(&account, &words("một")).await;
    publish(&account, &words("hai")).await;
    let refusal = refused(publish(&account, &words("ba")).await);
    assert_eq!(refusal.why, Why::Rate);
    assert!(refusal.again_after.is_some_and(|wait| (1..=60).contains(&wait.as_secs())), "{refusal:?}");
}

#[tokio::test]
async fn nothing_is_sent_when_the_journal_stops() {
    let (double, account) = house().await;
    let mut diary = Diary { is_stopped: true, ..Diary::default() };
    assert_eq!(kind(&account.publish(&Loopback, &words("rút lại"), &mut diary).await), Err(Why::Unavailable));
    assert_eq!(double.platform().receipts(), []);
}

#[tokio::test]
async fn an_unknown_message_is_looked_up_behind_the_newest_known_one() {
    let (double, account) = house().await;
    let known = [id(publish(&account, &words("trước đó")).await)];
    double.platform().overhear(CHANNEL, "người khác viết");
    let message = with("cần tìm", vec![picture(), picture()]);
    assert_eq!(account.find(&Loopback, &sought(&message, None, &known)).await, Found::No);
    double.play("sendMediaGroup", Trick::DropDone);
    assert_eq!(kind(&publish(&account, &message).await), Ok("unknown"));
    let found = account.find(&Loopback, &sought(&message, None, &known)).await;
    let Found::Yes(copy) = found else { panic!("{found:?}") };
    assert_eq!(copy.id, "3,4");
    // The one before it is somebody else's attempt, and what broke off just now may still come.
    let mut again = sought(&message, None, std::slice::from_ref(&copy.id));
    assert_eq!(account.find(&Loopback, &again).await, Found::No);
    again.now_s = again.since_s + 20;
    assert_eq!(account.find(&Loopback, &again).await, Found::Pending);
    // Nothing of the looking stays in the other chat.
    let left = double.platform().receipts().into_iter().filter(|one| one.id.starts_with(LOOKUP) && one.state == "published");
    assert_eq!(left.count(), 0);
}

#[tokio::test]
async fn an_attempt_is_found_before_a_later_one_that_is_known_already() {
    let (double, account) = house().await;
    publish(&account, &words("xưa")).await;
    double.play("sendMessage", Trick::DropDone);
    let message = words("đứt giữa chừng");
    assert_eq!(kind(&publish(&account, &message).await), Ok("unknown"));
    let later = id(publish(&account, &words("gửi sau, biết trước")).await);
    let known = [later];
    let found = account.find(&Loopback, &sought(&message, None, &known)).await;
    assert!(matches!(&found, Found::Yes(copy) if copy.id == "2"), "{found:?}");
    // What is another's is not taken for it.
    let known = ["2".to_owned(), known[0].clone()];
    assert_eq!(account.find(&Loopback, &sought(&message, None, &known)).await, Found::No);
    // Too far back to be looked through at once: nothing is claimed.
    (0..30).for_each(|at| double.platform().overhear(CHANNEL, &at.to_string()));
    let newest = [id(publish(&account, &words("mới nhất")).await)];
    let told = account.find(&Loopback, &sought(&message, None, &newest)).await;
    assert!(matches!(&told, Found::CanNotTell { says } if Note::of(says) == Some(Note::ManySince)), "{told:?}");
}

#[tokio::test]
async fn without_a_place_to_look_from_nothing_is_claimed() {
    let (double, account) = house().await;
    let message = words("cần tìm");
    assert!(matches!(account.find(&Loopback, &sought(&message, None, &[])).await, Found::CanNotTell { .. }));
    // So many wrote since that the end is not reached.
    let known = ["1".to_owned()];
    (0..40).for_each(|at| double.platform().overhear(CHANNEL, &at.to_string()));
    assert!(matches!(account.find(&Loopback, &sought(&message, None, &known)).await, Found::CanNotTell { .. }));
    let Account::Telegram(bot) = account else { panic!("a bot") };
    let blind = Account::Telegram(Bot { lookup_chat: None, ..bot });
    assert!(matches!(blind.find(&Loopback, &sought(&message, None, &known)).await, Found::CanNotTell { .. }));
}
