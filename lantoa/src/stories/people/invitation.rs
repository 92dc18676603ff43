//! One-time links.

use chrono::TimeDelta;
use sea_orm::EntityTrait;

use super::door::{facts, with_password};
use crate::base::{By, Fact, Grant, Role};
use crate::people::invitation::{self, Invitation, Purpose, administrator};
use crate::people::{Person, grant, session};
use crate::story;
use crate::testing::House;

const SENTENCE: &str = "mùa nước nổi năm nay về sớm";

/// The path of a link's address.
fn path(link: &invitation::Link) -> String {
    link.address.strip_prefix("http://localhost").expect("our own address").to_owned()
}

async fn make(house: &House, purpose: Purpose, person: Option<&Person>) -> String {
    let made = Invitation::make(&house.app, &house.app.db, purpose, person, &By::system()).await.expect("a link");
    path(&made)
}

story!(the_first_administrator_comes_in_by_the_link_of_the_console, |house| {
    invitation::offer_first_administrator(&house.app).await.expect("a link is printed");
    let rows = invitation::Entity::find().all(&house.app.db).await.expect("links");
    assert_eq!(rows.len(), 1);
    let link = path(&administrator::administrator_link(&house.app).await.expect("a link"));
    let pattern = "/desk/invitation/{token}";
    assert!(link.starts_with(pattern.trim_end_matches("{token}")));
    let visitor = house.visitor();
    visitor.get(&link).await.expect(200).says("Lập tài khoản quản trị hệ thống");
    let bad = [("name", " "), ("email", "không phải thư"), ("password", "123")];
    let page = visitor.post(&link, &bad).await.expect(422);
    page.says("Chưa có họ tên").says("chưa đúng dạng").says("ngắn hơn 12 ký tự").says("aria-invalid");
    let good = [("name", "Quản trị viên"), ("email", "Quan.Tri@dongthap.gov.vn"), ("password", SENTENCE)];
    assert_eq!(visitor.post(&link, &good).await.expect(303).location(), "/desk");
    visitor.get("/desk/ui").await.expect(200).says("Quản trị viên");
    let person = Person::find_by_email(&house.app.db, "quan.tri@dongthap.gov.vn").await.expect("a row").expect("a person");
    let grants = grant::Model::of(&house.app.db, person.id).await.expect("grants");
    assert_eq!(grants, [Grant { role: Role::SystemAdministrator, agency: None }]);
    visitor.get(&link).await.expect(410).says("lantoa admin-link");
    visitor.post(&link, &good).await.expect(410);
    // Now that there is one, the next start prints nothing.
    invitation::offer_first_administrator(&house.app).await.expect("nothing to do");
    assert_eq!(invitation::Entity::find().all(&house.app.db).await.expect("links").len(), 2);
});

story!(each_start_has_a_fresh_link_and_ends_the_old_one, |house| {
    let first = path(&administrator::administrator_link(&house.app).await.expect("a link"));
    let second = path(&administrator::administrator_link(&house.app).await.expect("a link"));
    house.visitor().get(&first).await.expect(410).says("không dùng được nữa");
    house.visitor().get(&second).await.expect(200);
    house.app.clock.advance(TimeDelta::hours(25));
    house.visitor().get(&second).await.expect(410);
});

story!(a_locked_out_administrator_comes_back_by_the_console, |house| {
    let person = with_password(&house, Role::Officer).await;
    person.choose_password(&house.app, &house.app.db, String::new(), None, &By::system()).await.expect("a broken hash");
    let link = path(&administrator::administrator_link(&house.app).await.expect("a link"));
    let fields = [("name", "không đổi tên"), ("email", person.email.as_str()), ("password", SENTENCE)];
    house.visitor().post(&link, &fields).await.expect(303);
    let again = Person::find(&house.app.db, person.id).await.expect("the same person");
    assert_eq!(again.name, person.name);
    let fields = [("email", person.email.as_str()), ("password", SENTENCE)];
    house.visitor().post("/desk/sign-in", &fields).await.expect(303);
    assert!(facts(&house.app, person.id).await.contains(&Fact::RoleGranted { role: Role::SystemAdministrator, agency: None }));
});

story!(an_invited_person_chooses_a_password_and_is_in, |house| {
    let person = house.person(Role::Officer, None).await;
    let link = make(&house, Purpose::Invitation, Some(&person)).await;
    let visitor = house.visitor();
    visitor.get(&link).await.expect(200).says(&person.email);
    let own = person.email.split('@').next().expect("a name");
    visitor.post(&link, &[("password", own)]).await.expect(422).says("trùng với địa chỉ thư");
    visitor.post(&link, &[("password", "matkhau2025!!")]).await.expect(422).says("dễ bị đoán");
    visitor.post(&link, &[("password", SENTENCE)]).await.expect(303);
    visitor.get("/desk/ui").await.expect(200).says(&person.name);
    house.app.clock.advance(TimeDelta::days(31));
    invitation::clear(&house.app).await.expect("cleared");
    let left = invitation::Entity::find().all(&house.app.db).await.expect("links");
    assert_eq!(left.len(), 1, "kept for a month after its end");
    house.app.clock.advance(TimeDelta::days(10));
    invitation::clear(&house.app).await.expect("cleared");
    assert!(invitation::Entity::find().all(&house.app.db).await.expect("links").is_empty());
});

story!(a_new_password_ends_every_session_and_asks_to_sign_in, |house| {
    let person = with_password(&house, Role::Officer).await;
    let fields = [("email", person.email.as_str()), ("password", "con đò nhỏ qua sông Tiền")];
    let thief = house.visitor();
    thief.post("/desk/sign-in", &fields).await.expect(303);
    let link = make(&house, Purpose::Password, Some(&person)).await;
    let answer = house.visitor().post(&link, &[("password", SENTENCE)]).await.expect(303);
    assert_eq!(answer.location(), "/desk/sign-in");
    thief.get("/desk/sign-in").await.expect(200);
    assert!(session::Model::open_of(&house.app, person.id).await.expect("sessions").is_empty());
    house.visitor().post("/desk/sign-in", &fields).await.expect(422);
});

story!(a_link_is_used_once_however_fast_it_is_clicked, |house| {
    let person = house.person(Role::Officer, None).await;
    let link = make(&house, Purpose::Invitation, Some(&person)).await;
    let (one, two) = (house.visitor(), house.visitor());
    let fields = [("password", SENTENCE)];
    let (one, two) = tokio::join!(one.post(&link, &fields), two.post(&link, &fields));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410]);
});
