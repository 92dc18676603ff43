//! A Zalo article that is out is broadcast to those who follow the account: after the article, once, whatever Zalo does.

use doubles::zalo::{App, Zalo};
use doubles::{Double, Trick};

use super::platforms::picture;
use super::*;
use crate::channels::delivery::{Errand, Part, Why};
use crate::stories::news::{act as act_on_article, id as news_id};
use crate::story;

/// An Official Account that runs until it is dropped.
async fn official() -> Double<Zalo> {
    let app = App { app_id: "77".into(), secret_key: "khoa-ung-dung".into(), oa_secret_key: "khoa-oa".into() };
    Double::start(Zalo::new(app, "het-han", "lam-moi-1")).await.expect("a port")
}

fn settings<'a>(id: &'a str, api: &'a str, broadcast: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("id", id),
        ("platform", "zalo"),
        ("name", "OA"),
        ("app_id", "77"),
        ("author", "Sở Y tế"),
        ("broadcast", broadcast),
        ("broadcasts_per_month", "4"),
        ("per_minute", "600"),
        ("api", api),
    ]
}

async fn zalo(cast: &Cast<'_>, at: &Double<Zalo>, broadcast: &str) -> Uuid {
    let id = new_id();
    let (text, api) = (id.to_string(), at.base());
    let mut fields = settings(&text, &api, broadcast);
    fields.extend([("app_secret", "khoa-ung-dung"), ("refresh_token", "lam-moi-1")]);
    cast.administrator.post("/desk/channels/accounts", &fields).await.expect(303);
    id
}

/// The keeper lets articles of the account be broadcast, or not any more.
async fn allowed(house: &House, cast: &Cast<'_>, at: &Double<Zalo>, account: Uuid, broadcast: &str) {
    let (text, api) = (account.to_string(), at.base());
    let version = the_account(house, account).await.version.to_string();
    let mut fields = settings(&text, &api, broadcast);
    fields.push(("version", version.as_str()));
    cast.administrator.post(&Account::path(account), &fields).await.expect(303);
}

async fn part(house: &House, path: &str, part: Part) -> Delivery {
    deliveries(house, path).await.into_iter().find(|row| row.part == part).expect("a delivery")
}

/// Where the article and its broadcast stand.
async fn states(house: &House, path: &str) -> (State, State) {
    (part(house, path, Part::Whole).await.state, part(house, path, Part::Broadcast).await.state)
}

/// Saves the article of a piece; `on` broadcasts it.
async fn saved(house: &House, who: &Visitor<'_>, path: &str, picture: Uuid, broadcast: &str) {
    let row = part(house, path, Part::Whole).await;
    let (version, picture) = (row.version.to_string(), picture.to_string());
    let title = at_path(house, path).await.title;
    let fields = [
        ("version", version.as_str()),
        ("title", &title),
        ("text", "Lời của bài"),
        ("link", ""),
        ("media", &picture),
        ("broadcast", broadcast),
    ];
    who.post(&format!("/desk/channels/pieces/{}/variants/{}", row.piece, row.id), &fields).await.expect(303);
}

/// An article that is to be broadcast, approved; and time enough for both.
async fn out(house: &House, cast: &Cast<'_>, title: &str, (account, picture): (Uuid, Uuid)) -> String {
    let path = piece(house, &cast.author, title, &[account], &[]).await;
    saved(house, &cast.author, &path, picture, "on").await;
    approved(house, cast, &path).await;
    for _ in 0..4 {
        after(house, 40).await;
    }
    path
}

story!(an_article_is_broadcast_once_it_is_out_and_not_before, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = official().await;
    let account = zalo(&cast, &at, "yes").await;
    let picture = picture(&house, &cast.author).await;
    let path = piece(&house, &cast.author, "Lễ hội sen", &[account], &[]).await;
    let article = part(&house, &path, Part::Whole).await;
    let form = cast.author.get(&format!("{path}/variants/{}", article.id)).await.expect(200);
    form.says("Phát bài này tới người quan tâm OA");
    saved(&house, &cast.author, &path, picture, "on").await;
    saved(&house, &cast.author, &path, picture, "").await;
    assert_eq!(deliveries(&house, &path).await.len(), 1, "left out again");
    saved(&house, &cast.author, &path, picture, "on").await;
    let page = cast.author.get(&path).await.expect(200);
    page.says("Zalo Broadcast · OA").says("Tháng này đã phát 0 / 4 lượt").says("không gỡ được khỏi tin nhắn");
    // It has no words of its own.
    let broadcast = part(&house, &path, Part::Broadcast).await;
    assert_eq!((broadcast.title.as_str(), broadcast.media()), ("Lễ hội sen", vec![picture]));
    cast.author.get(&format!("{path}/variants/{}", broadcast.id)).await.expect(200).says_not("name=\"text\"");
    written(&cast.author, &broadcast, "Lời khác").await.expect(404);
    at.platform().take_time(1);
    act(&house, &cast.author, &path, "submission", "").await.expect(303);
    cast.approver.get(&path).await.expect(200).says("Duyệt một lần cho 1 kênh");
    act(&house, &cast.approver, &path, "approval", "").await.expect(303);
    after(&house, 1).await;
    assert_eq!(states(&house, &path).await, (State::Accepted, State::Queued));
    cast.author.get(&path).await.expect(200).says("Chờ bài lên Zalo");
    for _ in 0..4 {
        after(&house, 40).await;
    }
    assert_eq!(states(&house, &path).await, (State::Confirmed, State::Confirmed));
    let (article, broadcast) = (part(&house, &path, Part::Whole).await, part(&house, &path, Part::Broadcast).await);
    assert_eq!((at.platform().broadcasts(&article.external_id), at.platform().sent()), (1, 1));
    assert_eq!(facts(&house, id(&path), "DeliveryConfirmed").await, 2);
    cast.author.get("/desk/channels/pieces").await.expect(200).says("Zalo Broadcast · OA: Đã lên");
    cast.author.get("/desk/channels/pieces.json").await.expect(200).says("\"part\": \"broadcast\"");
    cast.administrator.get(&Account::path(account)).await.expect(200).says("Lượt phát trong tháng").says("1 / 4");
    // It lies in people's messages.
    let refused = decide(&house, &cast.approver, &broadcast, "retraction", &[("why", "Nhầm")]).await.expect(422);
    refused.says("không cho sửa hay gỡ từ bên ngoài");
    // The next month begins with all of them.
    house.app.clock.advance(TimeDelta::days(31));
    let cast = anew(&house, &cast).await;
    cast.administrator.get(&Account::path(account)).await.expect(200).says("0 / 4");
});

story!(a_broadcast_that_nobody_knows_of_is_never_made_twice, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = official().await;
    let account = zalo(&cast, &at, "yes").await;
    let picture = picture(&house, &cast.author).await;
    for (number, trick) in [Trick::DropDone, Trick::BrokenDone, Trick::GarbledDone].into_iter().enumerate() {
        let cast = anew(&house, &cast).await;
        at.play("/oa/message", trick);
        let path = out(&house, &cast, &format!("Tin {number}"), (account, picture)).await;
        assert_eq!(states(&house, &path).await, (State::Confirmed, State::Unknown), "{trick:?}");
        // Days of questions, to which Zalo has no answer.
        for _ in 0..30 {
            after(&house, 3_600).await;
        }
        let row = part(&house, &path, Part::Broadcast).await;
        assert_eq!((row.state, row.why), (State::Unknown, Why::Silent), "{trick:?}");
        let article = part(&house, &path, Part::Whole).await;
        assert_eq!(at.platform().broadcasts(&article.external_id), 1, "{trick:?}");
        let cast = anew(&house, &cast).await;
        let page = cast.author.get(&format!("{path}/variants/{}", row.id)).await.expect(200);
        page.says("Xem mục Broadcast ở trang quản trị OA").says("không cho hỏi tin đã tới đâu");
        decide(&house, &cast.author, &row, "there", &[]).await.expect(303);
        assert_eq!(states(&house, &path).await, (State::Confirmed, State::Confirmed));
    }
    assert_eq!(at.platform().sent(), 3);
});

story!(a_month_without_broadcasts_holds_no_article, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = official().await;
    let account = zalo(&cast, &at, "yes").await;
    let picture = picture(&house, &cast.author).await;
    at.platform().leave_broadcasts(0);
    let path = out(&house, &cast, "Tin một", (account, picture)).await;
    let row = part(&house, &path, Part::Broadcast).await;
    assert_eq!((row.state, row.why), (State::Failed, Why::Quota), "{row:?}");
    assert!(row.says.starts_with("-211"), "{row:?}");
    cast.author.get(&path).await.expect(200).says("Hết số lượt của nền tảng").says("-211");
    assert_eq!(heard(&house, &cast.author, "notice-delivery-failed").await, 1);
    // The next article goes at once.
    let second = piece(&house, &cast.author, "Tin hai", &[account], &[]).await;
    saved(&house, &cast.author, &second, picture, "").await;
    approved(&house, &cast, &second).await;
    after(&house, 1).await;
    assert_eq!(part(&house, &second, Part::Whole).await.state, State::Accepted);
    // A person sends it when there are some again; too fast is asked again when Zalo says, and goes once.
    at.platform().leave_broadcasts(5);
    at.play("/oa/message", Trick::TooMany { retry_after_s: 30 });
    decide(&house, &cast.author, &row, "sending", &[]).await.expect(303);
    for _ in 0..2 {
        after(&house, 1).await;
    }
    let row = part(&house, &path, Part::Broadcast).await;
    assert_eq!((row.state, row.why), (State::Queued, Why::Rate), "{row:?}");
    for _ in 0..4 {
        after(&house, 40).await;
    }
    assert_eq!(states(&house, &path).await, (State::Confirmed, State::Confirmed));
    assert_eq!(at.platform().sent(), 1);
});

story!(without_its_article_and_its_keepers_word_nothing_is_broadcast, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = official().await;
    let account = zalo(&cast, &at, "no").await;
    let picture = picture(&house, &cast.author).await;
    let path = piece(&house, &cast.author, "Tin", &[account], &[]).await;
    let article = part(&house, &path, Part::Whole).await;
    cast.author.get(&format!("{path}/variants/{}", article.id)).await.expect(200).says_not("Phát bài này");
    saved(&house, &cast.author, &path, picture, "on").await;
    assert_eq!(deliveries(&house, &path).await.len(), 1, "nobody allowed it");
    allowed(&house, &cast, &at, account, "yes").await;
    saved(&house, &cast.author, &path, picture, "on").await;
    allowed(&house, &cast, &at, account, "no").await;
    act(&house, &cast.author, &path, "submission", "").await.expect(303);
    act(&house, &cast.approver, &path, "approval", "").await.expect(422).says("không cho phát bài");
    allowed(&house, &cast, &at, account, "yes").await;
    act(&house, &cast.approver, &path, "approval", "").await.expect(303);
    // Zalo takes the article, and can not fetch its picture.
    at.platform().fetch_nothing();
    after(&house, 1).await;
    after(&house, 16).await;
    assert_eq!(states(&house, &path).await, (State::Failed, State::Held));
    cast.author.get(&path).await.expect(200).says("Bài Zalo chưa lên");
    cast.author.get("/desk").await.expect(200).says("1 tin đang giữ lại, chờ quyết");
    // Sent alone, there is nothing to send; behind the article it goes.
    decide(&house, &cast.author, &part(&house, &path, Part::Broadcast).await, "sending", &[]).await.expect(303);
    after(&house, 1).await;
    let row = part(&house, &path, Part::Broadcast).await;
    assert_eq!((row.state, row.why, at.platform().sent()), (State::Failed, Why::NoArticle, 0));
    at.platform().fetch_again();
    decide(&house, &cast.author, &part(&house, &path, Part::Whole).await, "sending", &[]).await.expect(303);
    decide(&house, &cast.author, &row, "sending", &[]).await.expect(303);
    for _ in 0..5 {
        after(&house, 40).await;
    }
    assert_eq!(states(&house, &path).await, (State::Confirmed, State::Confirmed));
    assert_eq!(at.platform().sent(), 1);
});

story!(a_broadcast_of_an_article_that_goes_stands_on_somebodys_list, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = official().await;
    let account = zalo(&cast, &at, "yes").await;
    let picture = picture(&house, &cast.author).await;
    let article = cast.published(&house, "Bài sẽ rút").await;
    let path = piece(&house, &cast.author, "Ra ngay", &[account], &[("article", news_id(&article))]).await;
    saved(&house, &cast.author, &path, picture, "on").await;
    approved(&house, &cast, &path).await;
    for _ in 0..4 {
        after(&house, 40).await;
    }
    assert_eq!(states(&house, &path).await, (State::Confirmed, State::Confirmed));
    let gone = [("withdrawal", "Sai số liệu"), ("fate", "stays")];
    act_on_article(&house, &cast.approver, &article, "withdrawal", &gone).await.expect(303);
    house.react().await;
    let row = part(&house, &path, Part::Broadcast).await;
    assert_eq!((row.state, row.wanted), (State::Confirmed, Errand::Retract));
    cast.approver.get(&format!("{path}/variants/{}", row.id)).await.expect(200).says("không cho sửa hay gỡ từ bên ngoài");
    decide(&house, &cast.approver, &row, "stand", &[("why", "Thẻ bài không mở được nữa")]).await.expect(303);
    assert_eq!(part(&house, &path, Part::Broadcast).await.wanted, Errand::None);
});
