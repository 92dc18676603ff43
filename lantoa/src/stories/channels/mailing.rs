//! Short messages to a list of numbers: each number once, and what became of each is known.

use doubles::Trick;
use doubles::service::Serving;
use doubles::sms::SmsGateway;
use serde_json::json;

use super::*;
use crate::channels::delivery::Why;
use crate::channels::mailing::letter::{self, Letter};
use crate::story;

const NUMBERS: &str = "0901234501\n+84 901 234 502, 0901.234.503\n0901234504;84901234505";

fn gateway(base: &str) -> String {
    let body = json!({ "key": "{secret}", "to": "{to}", "text": "{text}", "from": "{sender}", "coding": "{alphabet}" });
    json!({
        "method": "POST",
        "address": format!("{base}/send"),
        "body_kind": "json",
        "body": body.to_string(),
        "success": { "status_from": 200, "status_to": 299, "at": "/code", "is": ["100"] },
        "id_at": "/data/id",
        "error_at": "/error/code",
        "refused": [{ "code": "101", "why": "token" }, { "code": "103", "why": "quota" }, { "code": "99", "why": "content" }],
    })
    .to_string()
}

async fn sms(cast: &Cast<'_>, at: &Serving<SmsGateway>) -> Uuid {
    let id = new_id();
    let (text, gateway) = (id.to_string(), gateway(&at.base()));
    let fields = [
        ("id", text.as_str()),
        ("platform", "sms"),
        ("name", "Tin nhắn"),
        ("gateway", gateway.as_str()),
        ("sender", "SOYTE"),
        ("secret", "khoa-cong"),
        ("parts_max", "2"),
    ];
    cast.administrator.post("/desk/channels/accounts", &fields).await.expect(303);
    id
}

pub fn list(account: Uuid) -> String {
    format!("/desk/channels/accounts/{account}/recipients")
}

pub async fn listed(cast: &Cast<'_>, account: Uuid) {
    let fields = [("numbers", NUMBERS), ("consent", "Phiếu đăng ký tháng 3/2026")];
    cast.administrator.post(&list(account), &fields).await.expect(303);
}

pub async fn letters(house: &House, account: Uuid) -> Vec<letter::State> {
    let mut all: Vec<letter::State> =
        Letter::of(&house.app.db, of(house, account).await.id).await.expect("letters").into_iter().map(|one| one.state).collect();
    all.sort_by_key(|state| state.key());
    all
}

/// How many messages went out, and how many each number got at most. The double is locked once: a second `double()` in the same
/// statement would wait for the first for ever.
fn went(at: &Serving<SmsGateway>) -> (usize, usize) {
    let double = at.double();
    let mut counts = std::collections::BTreeMap::new();
    for sms in &double.sent {
        *counts.entry(sms.to.as_str()).or_insert(0) += 1;
    }
    (double.sent.len(), counts.into_values().max().unwrap_or_default())
}

/// The secret is sent where the gateway is: another gateway wants it typed again.
async fn the_secret_stays_where_the_gateway_is(cast: &Cast<'_>, account: Uuid) {
    let (id, other) = (account.to_string(), gateway("http://127.0.0.1:1"));
    let mut fields = vec![
        ("id", id.as_str()),
        ("version", "1"),
        ("name", "Tin nhắn"),
        ("gateway", other.as_str()),
        ("sender", "SOYTE"),
        ("parts_max", "2"),
    ];
    cast.administrator.post(&Account::path(account), &fields).await.expect(422).says("phải nhập lại mọi mã bí mật");
    fields.push(("secret", "khoa-cong"));
    cast.administrator.post(&Account::path(account), &fields).await.expect(303);
    cast.administrator
        .post(&format!("/desk/channels/accounts/{account}/check"), &[])
        .await
        .expect(200)
        .says("Cổng tin nhắn không có cách hỏi");
}

story!(numbers_are_listed_with_how_their_owners_agreed, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = Serving::start(SmsGateway::new("khoa-cong"), 0).await.expect("a port");
    let form = cast.administrator.get("/desk/channels/accounts/new?platform=sms").await.expect(200);
    form.says("Cách gọi cổng tin nhắn").says("sms.example.vn").says_not("Địa chỉ giao diện lập trình khác");
    let text = new_id().to_string();
    for (json, words) in [
        ("{", "Đoạn JSON chưa đúng"),
        (
            r#"{"method":"PUT","address":"https://a.vn/{to}{text}","success":{"status_from":200,"status_to":299}}"#,
            "GET hoặc POST",
        ),
    ] {
        let fields =
            [("id", text.as_str()), ("platform", "sms"), ("name", "A"), ("gateway", json), ("sender", "A"), ("secret", "b")];
        cast.administrator.post("/desk/channels/accounts", &fields).await.expect(422).says(words);
    }
    let account = sms(&cast, &at).await;
    cast.administrator.get(&list(account)).await.expect(200).says("Chưa có số nào");
    let bad = [("numbers", "0901234501\n113\n02773851234"), ("consent", "")];
    let refused = cast.administrator.post(&list(account), &bad).await.expect(422);
    refused.says("2 số chưa đọc được: 113, 02773851234").says("Ghi rõ chủ số").says("0901234501");
    cast.author.post(&list(account), &[("numbers", NUMBERS), ("consent", "Phiếu")]).await.expect(403);
    cast.stranger.get(&list(account)).await.expect(404);
    listed(&cast, account).await;
    listed(&cast, account).await;
    let page = cast.administrator.get(&list(account)).await.expect(200);
    page.says("5 số").says("0901234503").says("Phiếu đăng ký tháng 3/2026");
    cast.author.get(&list(account)).await.expect(200).says("8490•••••03").says_not("901234503");
    // The ledger tells how many, and no number: it forgets nothing.
    assert_eq!(facts(&house, account, "ChannelAccountChanged").await, 1);
    for row in fact::Entity::find().all(&house.app.db).await.expect("facts") {
        assert!(!row.body.contains("849012345"), "{row:?}");
    }
    the_secret_stays_where_the_gateway_is(&cast, account).await;
});

story!(a_gateway_leads_into_no_private_network, |house| {
    let house = crate::stories::news::lawful(house);
    let cast = Cast::of(&house).await;
    let (text, gateway) = (new_id().to_string(), gateway("https://127.0.0.1"));
    let fields = [
        ("id", text.as_str()),
        ("platform", "sms"),
        ("name", "A"),
        ("gateway", gateway.as_str()),
        ("sender", "A"),
        ("secret", "b"),
    ];
    cast.administrator.post("/desk/channels/accounts", &fields).await.expect(422).says("name=\"gateway\"");
    assert_eq!(account::Entity::find().all(&house.app.db).await.expect("accounts").len(), 0);
});

story!(each_number_gets_it_once_and_what_became_of_each_is_known, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = Serving::start(SmsGateway::new("khoa-cong"), 0).await.expect("a port");
    let account = sms(&cast, &at).await;
    let path = piece(&house, &cast.author, "Báo lũ", &[account], &[]).await;
    cast.author.get(&path).await.expect(200).says("Kênh chưa có số nhận tin nào");
    listed(&cast, account).await;
    written(&cast.author, &of(&house, account).await, "Nước lên 2 m lúc 18 giờ").await.expect(303);
    let page = cast.author.get(&path).await.expect(200);
    page.says("Có dấu: 1 phần").says("Gửi tới 5 số, tính tiền 5 phần").says("23 / 134").says("data-platform=\"sms\"");
    let counted = format!("/desk/channels/count?platform=sms&account={account}");
    cast.author.post(&counted, &[("text", "khong dau")]).await.expect(200).says("9 / 306");
    // One is refused, one arrives and nobody hears of it.
    at.double().tricks.0.extend([None, Some(Trick::ErrorInside), Some(Trick::DropDone)]);
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    let row = of(&house, account).await;
    assert_eq!((row.state, row.says.as_str()), (State::Unknown, "3/5"), "{row:?}");
    use letter::State::{Refused, Sent, Unknown};
    assert_eq!(letters(&house, account).await, [Refused, Sent, Sent, Sent, Unknown]);
    for _ in 0..30 {
        after(&house, 3_600).await;
    }
    is_in(&house, account, State::Unknown).await;
    let cast = anew(&house, &cast).await;
    let variant = format!("{path}/variants/{}", row.id);
    let page = cast.author.get(&variant).await.expect(200);
    page.says("1 không rõ").says("3 đã gửi").says("8490•••••").says("số không rõ không được gửi lần nữa").says_not("84901234501");
    let file = cast.author.get(&format!("/desk/channels/pieces/{}/variants/{}/numbers.csv", row.piece, row.id)).await.expect(200);
    file.says("Không rõ").says("Không gửi được");
    // A person lets it go on: who may have it gets nothing twice.
    decide(&house, &cast.author, &row, "sending", &[("why", "Gửi nốt")]).await.expect(303);
    after(&house, 1).await;
    is_in(&house, account, State::Unknown).await;
    assert_eq!(went(&at), (4, 1));
    // Nothing can be seen anywhere, so no address is asked for.
    decide(&house, &cast.author, &row, "there", &[]).await.expect(303);
    is_in(&house, account, State::Confirmed).await;
});

story!(a_gateway_without_credit_is_gone_on_with_where_it_stopped, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = Serving::start(SmsGateway::new("khoa-cong"), 0).await.expect("a port");
    let account = sms(&cast, &at).await;
    listed(&cast, account).await;
    at.double().credit = 2;
    let path = piece(&house, &cast.author, "Tin", &[account], &[]).await;
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    let row = of(&house, account).await;
    assert_eq!((row.state, row.why), (State::Queued, Why::Quota), "{row:?}");
    assert!(row.says.starts_with("2/5"), "{row:?}");
    // One of those who wait asked to be off the list: off at once.
    let waiting = Letter::waiting(&house.app, row.id).await.expect("letters");
    let numbers = crate::channels::mailing::recipient::Recipient::of(&house.app.db, account).await.expect("numbers");
    let gone = numbers.iter().find(|one| one.number == waiting[0].number).expect("a number").id.to_string();
    let removal = format!("/desk/channels/accounts/{account}/recipients/removal");
    cast.administrator.post(&removal, &[("recipients", &gone)]).await.expect(303);
    at.double().credit = 100;
    after(&house, 60).await;
    after(&house, 60).await;
    let row = of(&house, account).await;
    assert_eq!((row.state, row.external_id.as_str()), (State::Confirmed, "4/5"), "{row:?}");
    assert_eq!(went(&at), (4, 1));
    assert_eq!(at.double().sent[0].sender, "SOYTE");
});

story!(a_node_that_dies_among_the_numbers_sends_none_of_them_twice, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let at = Serving::start(SmsGateway::new("khoa-cong"), 0).await.expect("a port");
    let account = sms(&cast, &at).await;
    listed(&cast, account).await;
    let path = piece(&house, &cast.author, "Tin", &[account], &[]).await;
    approved(&house, &cast, &path).await;
    // As a node leaves it that dies after the first request went: its row and the delivery say `sending`.
    let row = of(&house, account).await;
    Letter::plan(&house.app, account, row.id).await.expect("letters");
    let first = Letter::waiting(&house.app, row.id).await.expect("letters").remove(0);
    assert!(first.begin(&house.app).await.expect("begun"));
    assert!(!first.begin(&house.app).await.expect("begun"), "once");
    let now = house.app.clock.now();
    let left = delivery::ActiveModel {
        id: sea_orm::ActiveValue::Set(row.id),
        state: sea_orm::ActiveValue::Set(State::Sending),
        sent_at: sea_orm::ActiveValue::Set(Some(now)),
        leased_until: sea_orm::ActiveValue::Set(Some(now + TimeDelta::seconds(60))),
        version: sea_orm::ActiveValue::Set(row.version + 1),
        ..Default::default()
    };
    delivery::Entity::update(left).exec(&house.app.db).await.expect("left so");
    after(&house, 61).await;
    is_in(&house, account, State::Unknown).await;
    after(&house, 20).await;
    assert_eq!(at.double().sent.len(), 0, "nothing by itself");
    let row = of(&house, account).await;
    decide(&house, &cast.author, &row, "sending", &[("why", "Gửi nốt")]).await.expect(303);
    after(&house, 1).await;
    assert_eq!(went(&at), (4, 1));
    assert!(at.double().sent.iter().all(|sms| sms.to != first.number), "the one nobody knows of gets nothing");
});
