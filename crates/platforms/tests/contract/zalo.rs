use std::time::Duration;

use doubles::zalo::{App, Zalo};
use doubles::{Double, Platform, Trick};
use platforms::zalo::{self, Account as Official, Business, Notice, Refreshed, Target, broadcast, notify, refresh};
use platforms::zns::{self, Template};
use platforms::{Account, Found, Message, Obstacle, Outcome, Secret, Value, Why};

use crate::stage::{Diary, Loopback, id, kind, picture, refused, sought, video, with, words};

pub fn app() -> App {
    App {
        app_id: "app-of-the-test".to_owned(),
        secret_key: "secret-of-the-test".to_owned(),
        oa_secret_key: "key-of-the-test".to_owned(),
    }
}

fn official(double: &Double<Zalo>, access_token: &str) -> Official {
    Official {
        api: double.base(),
        access_token: access_token.into(),
        author: "Cổng thông tin điện tử".to_owned(),
        is_commented: true,
    }
}

pub async fn house() -> (Double<Zalo>, Account) {
    let double = Double::start(Zalo::new(app(), "access-of-the-test", "refresh-of-the-test")).await.expect("a port");
    let account = official(&double, "access-of-the-test");
    (double, Account::Zalo(account))
}

async fn publish(account: &Account, message: &Message) -> Outcome {
    account.publish(&Loopback, message, &mut Diary::default()).await
}

fn article(text: &str) -> Message {
    with(text, vec![picture(), picture()])
}

async fn made(account: &Account, text: &str) -> String {
    let mut diary = Diary::default();
    let outcome = account.publish(&Loopback, &article(text), &mut diary).await;
    assert_eq!(kind(&outcome), Ok("accepted"), "{outcome:?}");
    match account.status(&Loopback, &diary.handle.expect("a token")).await {
        Found::Yes(copy) => copy.id,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_article_is_made_in_two_steps_changed_and_removed() {
    let (double, account) = house().await;
    double.platform().take_time(2);
    let mut diary = Diary::default();
    let message = article("Đoạn một <b>\n\nĐoạn hai & ba");
    let Outcome::Accepted { handle } = account.publish(&Loopback, &message, &mut diary).await else { panic!("not accepted") };
    assert_eq!(diary.handle.as_ref(), Some(&handle));
    assert_eq!(account.status(&Loopback, &handle).await, Found::Pending);
    assert_eq!(account.status(&Loopback, &handle).await, Found::Pending);
    let Found::Yes(copy) = account.status(&Loopback, &handle).await else { panic!("not done") };
    assert_eq!(copy.address, Some(format!("https://officialaccount.me/d?id={}", copy.id)));
    double.platform().remove_metric("link_view");
    let Found::Yes(bare) = account.status(&Loopback, &handle).await else { panic!("not done") };
    assert_eq!((&bare.id, bare.address), (&copy.id, None), "what Zalo does not say is not made up");

    double.platform().take_time(0);
    let changed = Message { title: "Tiêu đề mới".to_owned(), ..message };
    let Outcome::Accepted { handle } = account.edit(&Loopback, &copy.id, &changed).await else { panic!("not accepted") };
    assert!(matches!(account.status(&Loopback, &handle).await, Found::Yes(same) if same.id == copy.id));
    assert_eq!(double.platform().count("Tiêu đề mới"), 1);
    assert_eq!(id(account.retract(&Loopback, &copy.id).await), copy.id);
    assert_eq!(double.platform().count("Tiêu đề mới"), 0);
}

#[tokio::test]
async fn pictures_that_can_not_be_fetched_end_the_article() {
    let (double, account) = house().await;
    double.platform().fetch_nothing();
    let mut diary = Diary::default();
    account.publish(&Loopback, &article("Ảnh hỏng"), &mut diary).await;
    let told = account.status(&Loopback, &diary.handle.expect("a token")).await;
    assert!(matches!(&told, Found::Refused(refusal) if refusal.why == Why::Media), "{told:?}");
}

#[tokio::test]
async fn what_passes_the_check_is_taken_and_what_does_not_is_said() {
    let (_double, account) = house().await;
    let fits = Message { title: "ê\u{323}".repeat(140), ..article("Đủ") };
    assert_eq!(account.check(&fits), []);
    assert_eq!(kind(&publish(&account, &fits).await), Ok("accepted"));
    let long = Message { title: "a".repeat(151), ..article("Dài") };
    assert_eq!(account.check(&long), [Obstacle::TitleLong { count: 151, max: 140 }]);
    assert_eq!(kind(&publish(&account, &long).await), Err(Why::Content));
    let bare = Message { title: String::new(), ..words("Không ảnh") };
    assert_eq!(account.check(&bare).len(), 2, "title and cover: {:?}", account.check(&bare));
    let mut lonely = picture();
    lonely.address = None;
    assert_eq!(account.check(&with("Ảnh riêng", vec![lonely.clone()])), [Obstacle::MediaWithoutAddress { at: 0 }]);
    assert_eq!(kind(&publish(&account, &with("Ảnh riêng", vec![lonely])).await), Err(Why::Media));
    assert_eq!(account.check(&with("Video", vec![picture(), video()])), [Obstacle::MediaKindNotTaken { at: 1 }]);
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
        (Trick::ErrorInside, Err(Why::Quota)),
        (Trick::TooMany { retry_after_s: 60 }, Err(Why::Rate)),
        (Trick::Expired, Err(Why::Token)),
    ];
    for (trick, wanted) in cases {
        double.play("create", trick);
        assert_eq!(kind(&publish(&account, &article(&format!("{trick:?}"))).await), wanted, "{trick:?}");
    }
    double.platform().limit(0, Duration::from_secs(60));
    assert_eq!(kind(&publish(&account, &article("quá nhanh")).await), Err(Why::Rate));
}

#[tokio::test]
async fn an_unknown_article_is_looked_up_by_its_title() {
    let (double, account) = house().await;
    for at in 0..12 {
        publish(&account, &article(&format!("cũ {at}"))).await;
    }
    let message = article("cần tìm");
    double.play("create", Trick::DropDone);
    assert_eq!(kind(&publish(&account, &message).await), Ok("unknown"));
    let Found::Yes(copy) = account.find(&Loopback, &sought(&message, None, &[])).await else { panic!("not found") };
    assert_eq!(account.find(&Loopback, &sought(&message, None, std::slice::from_ref(&copy.id))).await, Found::No);
    // In the second slice, too.
    assert!(matches!(account.find(&Loopback, &sought(&article("cũ 0"), None, &[])).await, Found::Yes(_)));
    let mut young = sought(&message, None, std::slice::from_ref(&copy.id));
    young.now_s = young.since_s + 60;
    assert_eq!(account.find(&Loopback, &young).await, Found::Pending);
}

#[tokio::test]
async fn a_refresh_token_works_once() {
    let (double, account) = house().await;
    double.platform().expire();
    assert_eq!(kind(&publish(&account, &article("hết hạn")).await), Err(Why::Token));
    let app = zalo::App { oauth: double.base(), app_id: app().app_id, secret_key: app().secret_key.into() };
    let first = Secret::from("refresh-of-the-test");
    let Refreshed::New(pair) = refresh(&Loopback, &app, &first).await else { panic!("no pair") };
    assert_eq!(pair.expires_in, Duration::from_secs(90_000));
    let shown = format!("{pair:?}{app:?}");
    assert!(!shown.contains("secret-of") && !shown.contains("-of-the-double"), "{shown}");
    let renewed = Account::Zalo(official(&double, pair.access_token.reveal()));
    assert_eq!(kind(&publish(&renewed, &article("lại được")).await), Ok("accepted"));
    let again = refresh(&Loopback, &app, &first).await;
    assert!(matches!(&again, Refreshed::Refused(refusal) if refusal.why == Why::Token), "{again:?}");

    // What is no word about the token kills nothing, and uses nothing up.
    double.platform().refuse_refreshes(-14_999, "Something went wrong", 1);
    let refused = refresh(&Loopback, &app, &pair.refresh_token).await;
    assert!(matches!(&refused, Refreshed::Refused(refusal) if refusal.why == Why::Unavailable), "{refused:?}");

    // The pair is lost on the way: that is known to be unknown, and the old one is used up.
    double.play("access_token", Trick::DropDone);
    assert!(matches!(refresh(&Loopback, &app, &pair.refresh_token).await, Refreshed::Unknown { .. }));
    assert!(matches!(refresh(&Loopback, &app, &pair.refresh_token).await, Refreshed::Refused(_)));
    let (_, last) = double.platform().tokens();
    // Lost before it arrived: once more works.
    double.play("access_token", Trick::DropUndone);
    assert!(matches!(refresh(&Loopback, &app, &last.as_str().into()).await, Refreshed::Unknown { .. }));
    assert!(matches!(refresh(&Loopback, &app, &last.as_str().into()).await, Refreshed::New(_)));
}

#[tokio::test]
async fn articles_are_broadcast_and_notices_sent() {
    let (double, account) = house().await;
    let article = made(&account, "Bản tin").await;
    let official = official(&double, "access-of-the-test");
    let target = Target { cities: Some("4".to_owned()), ..Target::default() };
    let outcome = broadcast(&Loopback, &official, &[&article], &target, &mut Diary::default()).await;
    assert_eq!(kind(&outcome), Ok("published"));
    let mut diary = Diary::default();
    let six = vec![article.as_str(); 6];
    assert_eq!(kind(&broadcast(&Loopback, &official, &six, &target, &mut diary).await), Err(Why::Content));
    assert_eq!(diary.begun, 0);

    let business = Business { api: double.base(), access_token: "access-of-the-test".into() };
    let notice = |phone: &str| Notice {
        phone: phone.to_owned(),
        template: "1".to_owned(),
        data: serde_json::Map::from_iter([("ten".to_owned(), "Buổi tập huấn".into())]),
        tracking: "of-the-test".to_owned(),
    };
    assert_eq!(kind(&notify(&Loopback, &business, &notice("84000000000"), &mut Diary::default()).await), Ok("published"));
    assert_eq!(kind(&notify(&Loopback, &business, &notice("0000"), &mut Diary::default()).await), Err(Why::Content));
    double.play("template", Trick::BrokenDone);
    assert_eq!(kind(&notify(&Loopback, &business, &notice("84000000000"), &mut Diary::default()).await), Ok("unknown"));
    assert_eq!(double.platform().sent(), 3);
}

#[tokio::test]
async fn a_figure_that_is_removed_leaves_the_others() {
    let (double, account) = house().await;
    let article = made(&account, "Số liệu").await;
    double.platform().remove_metric("total_share");
    let readings = account.metrics(&Loopback, &article).await.expect("figures");
    assert_eq!(readings[0].value, Value::Count(7));
    assert!(matches!(readings[1].value, Value::Missing(_)));
    assert_eq!(account.metrics(&Loopback, "of-nobody").await.expect_err("no such article").why, Why::Gone);
}

#[tokio::test]
async fn a_late_answer_is_waited_for_without_a_second_call() {
    let (double, account) = house().await;
    double.platform().take_time(3);
    let message = article("trễ");
    double.play("create", Trick::BrokenDone);
    assert_eq!(kind(&publish(&account, &message).await), Ok("unknown"));
    // Not listed while it is worked on, and therefore not yet absent.
    let mut young = sought(&message, None, &[]);
    young.now_s = young.since_s + 30;
    for _ in 0..3 {
        assert_eq!(account.find(&Loopback, &young).await, Found::Pending);
    }
    assert!(matches!(account.find(&Loopback, &young).await, Found::Yes(_)));
    assert_eq!(double.platform().count(&message.title), 1);
    assert_eq!(refused(account.edit(&Loopback, "of-nobody", &message).await).why, Why::Content);
}

#[tokio::test]
async fn nothing_is_published_when_the_journal_stops() {
    let (double, account) = house().await;
    let mut diary = Diary { is_stopped: true, ..Diary::default() };
    assert_eq!(kind(&account.publish(&Loopback, &article("rút lại"), &mut diary).await), Err(Why::Unavailable));
    assert_eq!(double.platform().receipts(), []);
}

#[tokio::test]
async fn a_notice_fills_a_template_that_zalo_approved() {
    let (double, _) = house().await;
    double.platform().approve("77", &["ten", "gio"]);
    let account = |token: &str, template: &str| zns::Account {
        api: double.base(),
        access_token: token.into(),
        template: Template { id: template.to_owned(), words: "Mời <ten:20> lúc <gio>".to_owned() },
        to: "84901234567".to_owned(),
        tracking: "of-the-test".to_owned(),
    };
    let good = account("access-of-the-test", "77");
    let approved = zns::approved(&Loopback, &good).await.expect("a template");
    assert_eq!((approved.status.as_str(), approved.places), (zalo::ENABLED, vec!["ten".to_owned(), "gio".to_owned()]));
    assert_eq!(zns::left_today(&Loopback, &good).await.expect("a quota"), Some((500, 500)));
    let message = |text: &str| Message { text: text.to_owned(), ..Message::default() };
    let whole = message("ten: bà A\ngio: 16:00");
    let one = Account::Zns(good);
    assert_eq!(one.check(&whole), []);
    assert_eq!(one.check(&message("ten: bà A")), [Obstacle::PlaceEmpty { name: "gio".to_owned() }]);
    assert_eq!(kind(&publish(&one, &whole).await), Ok("published"));
    assert_eq!(double.platform().notices().len(), 1);
    assert!(double.platform().notices()[0].1.contains("bà A"));
    // What does not fit leaves the house with nobody, and what is not approved meets every number alike.
    assert_eq!(kind(&publish(&one, &message("ten: bà A")).await), Err(Why::Content));
    let other = Account::Zns(account("access-of-the-test", "78"));
    assert_eq!(kind(&publish(&other, &whole).await), Err(Why::Permission));
    assert_eq!(
        zns::approved(&Loopback, &account("access-of-the-test", "78")).await.expect_err("no such template").why,
        Why::Permission
    );
    assert_eq!(kind(&publish(&Account::Zns(account("of-nobody", "77")), &whole).await), Err(Why::Token));
    double.platform().forget("84901234567");
    assert_eq!(kind(&publish(&one, &whole).await), Err(Why::Gone));
    for (trick, wanted) in [
        (Trick::DropDone, Ok("unknown")),
        (Trick::GarbledDone, Ok("unknown")),
        (Trick::ErrorInside, Err(Why::Quota)),
        (Trick::TooMany { retry_after_s: 60 }, Err(Why::Rate)),
    ] {
        double.play("/message/template", trick);
        assert_eq!(kind(&publish(&one, &whole).await), wanted, "{trick:?}");
    }
}
