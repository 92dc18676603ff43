//! Notices after a template to a list of numbers: each number once, each with its own outcome.

use doubles::zalo::{App, Zalo};
use doubles::{Double, Trick};

use super::mailing::{letters, list, listed};
use super::*;
use crate::channels::delivery::Why;
use crate::channels::mailing::letter::State as Way;
use crate::story;

const WORDS: &str = "Kính mời <ten:20> dự <su_kien> lúc <gio>.";

/// An Official Account with one template that runs until it is dropped.
async fn official() -> Double<Zalo> {
    let app = App { app_id: "78".into(), secret_key: "khoa-ung-dung".into(), oa_secret_key: "khoa-oa".into() };
    let at = Double::start(Zalo::new(app, "het-han", "lam-moi-1")).await.expect("a port");
    at.platform().approve("7895a", &["ten", "su_kien", "gio"]);
    at
}

fn settings<'a>(id: &'a str, api: &'a str, words: &'a str) -> [(&'a str, &'a str); 10] {
    [
        ("id", id),
        ("platform", "zns"),
        ("name", "Thông báo"),
        ("app_id", "78"),
        ("app_secret", "khoa-ung-dung"),
        ("refresh_token", "lam-moi-1"),
        ("template", "7895a"),
        ("words", words),
        ("price", "100"),
        ("api", api),
    ]
}

async fn zns(cast: &Cast<'_>, at: &Double<Zalo>) -> Uuid {
    let id = new_id();
    let (text, api) = (id.to_string(), at.base());
    cast.administrator.post("/desk/channels/accounts", &settings(&text, &api, WORDS)).await.expect(303);
    id
}

async fn filled(who: &Visitor<'_>, row: &Delivery, values: [&str; 3]) -> Answer {
    let version = row.version.to_string();
    let [name, event, hour] = values;
    let fields = [("version", version.as_str()), ("place-ten", name), ("place-su_kien", event), ("place-gio", hour)];
    who.post(&format!("/desk/channels/pieces/{}/variants/{}", row.piece, row.id), &fields).await
}

/// A piece that is filled in, to numbers that are listed.
async fn ready(house: &House, cast: &Cast<'_>, account: Uuid) -> String {
    listed(cast, account).await;
    let path = piece(house, &cast.author, "Mời dự", &[account], &[]).await;
    filled(&cast.author, &of(house, account).await, ["bà con", "Ngày hội", "16 giờ"]).await.expect(303);
    path
}

/// How many notices went out, and to how many numbers.
fn went(at: &Double<Zalo>) -> (usize, usize) {
    let notices = at.platform().notices();
    let numbers: std::collections::BTreeSet<&String> = notices.iter().map(|(number, _)| number).collect();
    (notices.len(), numbers.len())
}

story!(a_template_is_looked_at_before_anything_is_sent, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = official().await;
    let form = cast.administrator.get("/desk/channels/accounts/new?platform=zns").await.expect(200);
    form.says("Mã mẫu ZNS").says("Lời của mẫu");
    let (text, api) = (new_id().to_string(), at.base());
    let wrong = settings(&text, &api, "Kính mời <tên khách>");
    cast.administrator.post("/desk/channels/accounts", &wrong).await.expect(422).says("chưa phải chỗ điền");
    let account = zns(&cast, &at).await;
    let check = format!("{}/check", Account::path(account));
    cast.administrator.post(&check, &[]).await.expect(200).says("Mẫu của bản giả lập · 500 / 500");
    at.platform().approve("7895a", &["ten", "khac"]);
    cast.administrator.post(&check, &[]).await.expect(200).says("có các chỗ điền khác: ten, khac");
    at.platform().approve("1", &[]);
    cast.administrator.post(&check, &[]).await.expect(200).says("Tài khoản chưa được phép làm việc này").says("-109");
    assert_eq!(at.platform().sent(), 0, "questions send nothing");
    // A refresh token works once: two accounts with one app would take it from each other.
    let id = new_id().to_string();
    let fields = [
        ("id", id.as_str()),
        ("platform", "zalo"),
        ("name", "OA"),
        ("app_id", "78"),
        ("app_secret", "khoa-ung-dung"),
        ("refresh_token", "lam-moi-1"),
        ("author", "Sở Y tế"),
    ];
    cast.administrator.post("/desk/channels/accounts", &fields).await.expect(422).says("Zalo ZNS · Thông báo");
    // The list of numbers is that of SMS, with the same consent and the same rights.
    cast.author.post(&list(account), &[("numbers", "0901234501"), ("consent", "Phiếu")]).await.expect(403);
    cast.stranger.get(&list(account)).await.expect(404);
});

story!(a_notice_is_filled_in_and_each_number_has_its_outcome, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = official().await;
    let account = zns(&cast, &at).await;
    let path = piece(&house, &cast.author, "Mời dự", &[account], &[]).await;
    let page = cast.author.get(&path).await.expect(200);
    page.says("Chưa điền ten").says("Mẫu không còn chỗ Lời của Mời dự").says("Kênh chưa có số nhận tin nào");
    listed(&cast, account).await;
    let row = of(&house, account).await;
    let variant = format!("{path}/variants/{}", row.id);
    cast.author.get(&variant).await.expect(200).says("name=\"place-ten\"").says_not("name=\"text\"").says("Nhiều nhất 20 ký tự");
    filled(&cast.author, &row, ["một cái tên dài hơn hai mươi chữ", "Ngày hội", ""]).await.expect(303);
    cast.author.get(&path).await.expect(200).says("Chỗ ten dài 32 ký tự").says("Chưa điền gio").says_not("Mẫu không còn chỗ");
    filled(&cast.author, &of(&house, account).await, ["bà con", "Ngày hội", "16 giờ"]).await.expect(303);
    let page = cast.author.get(&path).await.expect(200);
    page.says("Kính mời bà con dự Ngày hội lúc 16 giờ.").says("Gửi tới 5 số, hết 500 đồng").says_not("Chưa điền");
    // One of the first four arrives and nobody hears of it; the last has no Zalo.
    at.play("/message/template", Trick::DropDone);
    at.platform().forget("84901234505");
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    let row = of(&house, account).await;
    assert_eq!((row.state, row.says.as_str()), (State::Unknown, "3/5"), "{row:?}");
    assert_eq!(letters(&house, account).await, [Way::Refused, Way::Sent, Way::Sent, Way::Sent, Way::Unknown]);
    for _ in 0..30 {
        after(&house, 3_600).await;
    }
    is_in(&house, account, State::Unknown).await;
    assert_eq!(went(&at), (4, 4));
    let notices = at.platform().notices();
    assert!(notices.iter().all(|(_, words)| words.contains("bà con") && words.contains("16 giờ")), "{notices:?}");
    let cast = anew(&house, &cast).await;
    let page = cast.author.get(&variant).await.expect(200);
    page.says("1 không rõ").says("3 đã gửi").says("1 không gửi được").says("-118").says_not("84901234501");
    cast.author.get(&format!("{variant}/numbers.csv")).await.expect(200).says("Không gửi được");
    // A person lets it go on: who may have it gets nothing twice.
    decide(&house, &cast.author, &row, "sending", &[("why", "Gửi nốt")]).await.expect(303);
    after(&house, 1).await;
    assert_eq!(went(&at), (4, 4));
    decide(&house, &cast.author, &of(&house, account).await, "there", &[]).await.expect(303);
    is_in(&house, account, State::Confirmed).await;
});

story!(a_day_without_notices_is_gone_on_with_where_it_stopped, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = official().await;
    let account = zns(&cast, &at).await;
    let path = ready(&house, &cast, account).await;
    at.platform().leave_notices(2);
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    let row = of(&house, account).await;
    assert_eq!((row.state, row.why), (State::Queued, Why::Quota), "{row:?}");
    assert!(row.says.starts_with("2/5"), "{row:?}");
    // Too fast, next; and a token that Zalo refuses before its end, which is renewed.
    at.platform().leave_notices(500);
    at.play("/message/template", Trick::TooMany { retry_after_s: 30 });
    after(&house, 60).await;
    let row = of(&house, account).await;
    assert_eq!((row.state, row.why), (State::Queued, Why::Rate), "{row:?}");
    at.platform().expire();
    for _ in 0..4 {
        after(&house, 60).await;
    }
    let row = of(&house, account).await;
    assert_eq!((row.state, row.external_id.as_str()), (State::Confirmed, "5/5"), "{row:?}");
    assert_eq!(went(&at), (5, 5), "each number once");
    assert_eq!(the_account(&house, account).await.state, account::State::Active);
});

story!(a_template_that_zalo_took_back_stops_before_every_number_is_asked, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = official().await;
    let account = zns(&cast, &at).await;
    let path = ready(&house, &cast, account).await;
    at.platform().approve("khac", &[]);
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    let row = of(&house, account).await;
    assert_eq!((row.state, row.why), (State::Failed, Why::Permission), "{row:?}");
    assert!(row.says.starts_with("0/5") && row.says.contains("-109"), "{row:?}");
    assert_eq!(letters(&house, account).await, [Way::Waiting; 5], "all may still get it");
    at.platform().approve("7895a", &["ten", "su_kien", "gio"]);
    decide(&house, &cast.author, &row, "sending", &[]).await.expect(303);
    after(&house, 30).await;
    is_in(&house, account, State::Confirmed).await;
    assert_eq!(went(&at), (5, 5));
});
