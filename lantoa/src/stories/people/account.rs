//! One's own account.

use super::door::{facts, with_password};
use crate::base::fact::Change;
use crate::base::{Fact, Role};
use crate::people::{Person, session};
use crate::story;
use crate::testing::Visitor;

const PASSWORD: &str = "con đò nhỏ qua sông Tiền";
const SENTENCE: &str = "mùa nước nổi năm nay về sớm";

async fn come_in(visitor: &Visitor<'_>, person: &Person, password: &str) -> u16 {
    let fields = [("email", person.email.as_str()), ("password", password)];
    visitor.post("/desk/sign-in", &fields).await.status.as_u16()
}

story!(the_account_is_for_who_is_signed_in, |house| {
    let answer = house.visitor().get("/desk/account").await.expect(303);
    assert_eq!(answer.location(), "/desk/sign-in?then=%2Fdesk%2Faccount");
    let visitor = house.someone(Role::Leader, None).await;
    let before = house.statements();
    visitor.get("/desk/account").await.expect(200).says("Lãnh đạo");
    assert!(house.statements() - before <= 8, "{} statements", house.statements() - before);
});

story!(a_name_is_changed_unless_someone_was_quicker, |house| {
    let visitor = house.someone(Role::Officer, None).await;
    let id = visitor.person.expect("a person");
    let old = Person::find(&house.app.db, id).await.expect("a person").name;
    let fields = [("name", "Chuyên  viên tổng hợp"), ("title", "Chuyên viên"), ("version", "1")];
    visitor.post("/desk/account", &fields).await.expect(303);
    visitor.get("/desk/account").await.expect(200).says("value=\"Chuyên viên tổng hợp\"");
    visitor.post("/desk/account", &[("name", "Khác"), ("version", "1")]).await.expect(409).says("trước bạn");
    visitor.post("/desk/account", &[("name", ""), ("version", "2")]).await.expect(422).says("Chưa có họ tên");
    let long = "a".repeat(121);
    visitor.post("/desk/account", &[("name", "Tên"), ("title", &long), ("version", "2")]).await.expect(422).says("dài quá 120");
    let changes = vec![
        Change { field: "name".into(), from: old, to: "Chuyên viên tổng hợp".into() },
        Change { field: "title".into(), from: String::new(), to: "Chuyên viên".into() },
    ];
    assert!(facts(&house.app, id).await.contains(&Fact::PersonEdited { changes }));
});

story!(a_new_password_ends_the_other_sessions_and_keeps_this_one, |house| {
    let person = with_password(&house, Role::Officer).await;
    let (here, elsewhere) = (house.visitor(), house.visitor());
    assert_eq!(come_in(&here, &person, PASSWORD).await, 303);
    assert_eq!(come_in(&elsewhere, &person, PASSWORD).await, 303);
    let wrong = [("current", "không phải mật khẩu"), ("password", SENTENCE)];
    here.post("/desk/account/password", &wrong).await.expect(422).says("Mật khẩu hiện tại không đúng");
    here.post("/desk/account/password", &[("current", PASSWORD), ("password", "ngắn")]).await.expect(422).says("ngắn hơn 12");
    here.post("/desk/account/password", &[("current", PASSWORD), ("password", SENTENCE)]).await.expect(303);
    here.get("/desk/account").await.expect(200).says("Đã đổi mật khẩu.");
    elsewhere.get("/desk/account").await.expect(303);
    assert_eq!(come_in(&house.visitor(), &person, PASSWORD).await, 422);
    assert_eq!(come_in(&house.visitor(), &person, SENTENCE).await, 303);
    assert!(facts(&house.app, person.id).await.contains(&Fact::PasswordChanged));
});

story!(guessing_the_current_password_at_an_open_desk_is_slowed_down, |house| {
    let person = with_password(&house, Role::Officer).await;
    let visitor = house.visitor();
    come_in(&visitor, &person, PASSWORD).await;
    let wrong = [("current", "không phải mật khẩu"), ("password", SENTENCE)];
    for _ in 0..5 {
        visitor.post("/desk/account/password", &wrong).await.expect(422);
    }
    visitor.post("/desk/account/password", &wrong).await.expect(429);
});

story!(sessions_are_seen_and_ended_by_their_owner_alone, |house| {
    let person = with_password(&house, Role::Officer).await;
    let (here, elsewhere, third) = (house.visitor(), house.visitor(), house.visitor());
    for visitor in [&elsewhere, &third, &here] {
        come_in(visitor, &person, PASSWORD).await;
        house.app.clock.advance(chrono::TimeDelta::seconds(1));
    }
    here.get("/desk/account").await.expect(200).says("Phiên này").says("127.0.0.1").says("mật khẩu");
    let open = session::Model::open_of(&house.app, person.id).await.expect("sessions");
    assert_eq!(open.len(), 3);
    let first = open.iter().min_by_key(|session| session.created_at).expect("the first");
    let revocation = format!("/desk/account/sessions/{}/revocation", first.id);
    let stranger = house.someone(Role::SystemAdministrator, None).await;
    stranger.post(&revocation, &[]).await.expect(404);
    assert!(facts(&house.app, person.id).await.contains(&Fact::AccessRefused { path: revocation.clone() }));
    elsewhere.get("/desk/account").await.expect(200);
    here.post(&revocation, &[]).await.expect(303);
    here.post(&revocation, &[]).await.expect(404);
    elsewhere.get("/desk/account").await.expect(303);
    third.get("/desk/account").await.expect(200);
    here.post("/desk/account/sessions/revocation", &[]).await.expect(303);
    here.get("/desk/account").await.expect(200).says("Đã kết thúc 1 phiên khác.");
    third.get("/desk/account").await.expect(303);
    let ended = facts(&house.app, person.id).await.into_iter().filter(|fact| matches!(fact, Fact::SessionRevoked { .. }));
    assert_eq!(ended.count(), 2);
});

#[test]
fn browsers_are_named_in_words() {
    use crate::people::session::agent::in_words;
    let chrome =
        "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36";
    assert_eq!(in_words(chrome), "Chrome, Android");
    assert_eq!(in_words(&format!("{chrome} Edg/131.0")), "Edge, Android");
    assert_eq!(in_words("Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/130.0 Chrome/124.0 Safari/537.36"), "Cốc Cốc, Windows");
    assert_eq!(
        in_words("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"),
        "Safari, iPhone"
    );
    assert_eq!(in_words("curl/8.5.0"), "curl/8.5.0");
    assert_eq!(in_words(""), "");
}
