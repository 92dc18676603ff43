//! Administrators look after accounts.

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::door::{facts, with_password};
use crate::base::config::Smtp;
use crate::base::fact::Change;
use crate::base::mail::Mail;
use crate::base::{App, Fact, Grant, Role};
use crate::people::agency::Kind;
use crate::people::{Agency, Person, grant, person, session};
use crate::story;
use crate::testing::{House, Visitor};

const SENTENCE: &str = "mùa nước nổi năm nay về sớm";

/// The link that a page shows, as a path.
fn link_in(page: &str) -> String {
    let start = page.find("/desk/invitation/").expect("a link");
    page[start..].chars().take_while(|letter| !"\"<& ".contains(*letter)).collect()
}

async fn named(app: &App, email: &str) -> Person {
    Person::find_by_email(&app.db, email).await.expect("a row").expect("a person")
}

fn path(id: Uuid, rest: &str) -> String {
    format!("/desk/people/{id}{rest}")
}

async fn two_agencies(house: &House) -> (Agency, Agency) {
    (house.agency("Sở Thử nghiệm", Kind::Department).await, house.agency("xã Minh Họa 1", Kind::Commune).await)
}

async fn give(house: &House, person: Uuid, role: Role, agency: Option<Uuid>) {
    let by = crate::base::By::system();
    grant::Model::give(&house.app, &house.app.db, person, Grant { role, agency }, &by).await.expect("given");
}

async fn version(house: &House, id: Uuid) -> String {
    Person::find(&house.app.db, id).await.expect("a person").version.to_string()
}

story!(somebody_is_invited_and_comes_in, |house| {
    let (department, _) = two_agencies(&house).await;
    let who = house.someone(Role::AgencyAdministrator, Some(&department)).await;
    who.get("/desk/people/new").await.expect(200).says("Mời người").says("chưa cài gửi thư").says_not("system_administrator");
    let agency = department.id.to_string();
    let bad = [("name", " "), ("email", "không phải thư"), ("agency", agency.as_str())];
    let page = who.post("/desk/people", &bad).await.expect(422);
    page.says("Chưa có họ tên").says("chưa đúng dạng").says("aria-invalid").says("value=\"không phải thư\"");
    let fields = [
        ("name", "Chuyên  viên <b>mới</b>"),
        ("email", " Moi@So.example "),
        ("title", "Chuyên viên"),
        ("agency", agency.as_str()),
        ("role", "officer"),
        ("role", "reviewer"),
    ];
    let page = who.post("/desk/people", &fields).await.expect(200).says("Đã mời Chuyên viên &#60;b&#62;mới&#60;/b&#62;");
    let link = link_in(&page.text());
    let person = named(&house.app, "moi@so.example").await;
    let expected = [Role::Officer, Role::Reviewer].map(|role| Grant { role, agency: Some(department.id) });
    assert_eq!(grant::Model::of(&house.app.db, person.id).await.expect("grants"), expected);
    let told = facts(&house.app, person.id).await;
    assert!(told.contains(&Fact::PersonAdded { name: person.name.clone() }), "{told:?}");
    assert!(told.contains(&Fact::InvitationMade { purpose: "invitation".into() }), "{told:?}");
    // Sent twice, as by a double click or a reload: no second account.
    who.post("/desk/people", &fields).await.expect(422).says("đã có tài khoản");
    who.get(&path(person.id, "")).await.expect(200).says("Chưa vào lần nào").says("Gửi lại lời mời").says_not(&link);
    let newcomer = house.visitor();
    newcomer.post(&link, &[("password", SENTENCE)]).await.expect(303);
    newcomer.get("/desk/ui").await.expect(200);
    who.get(&path(person.id, "")).await.expect(200).says("Đang dùng").says("Làm liên kết đặt mật khẩu mới");
});

story!(an_invitation_goes_by_mail_where_there_is_a_relay, |house| {
    let settings = Smtp { url: "smtp://127.0.0.1:9".into(), from: "Lan Tỏa <a@province.example>".into() };
    let house = house.configured(|config| config.smtp = Some(settings));
    let who = house.someone(Role::SystemAdministrator, None).await;
    who.get("/desk/people/new").await.expect(200).says("gửi bằng thư điện tử");
    let page = who.post("/desk/people", &[("name", "Người mới"), ("email", "moi@so.example")]).await.expect(200);
    let first = link_in(&page.says("Thư đang được gửi đến moi@so.example").text());
    let person = named(&house.app, "moi@so.example").await;
    let mail = Mail::latest(&house.app.db, person.id).await.expect("a row").expect("a letter");
    assert_eq!((mail.topic.as_str(), mail.recipient.as_str()), ("invitation", "moi@so.example"));
    assert!(mail.expires_at > house.app.clock.now() + TimeDelta::days(6));
    who.get(&path(person.id, "")).await.expect(200).says("Đang chờ gửi thư mời đến moi@so.example");
    let second = link_in(&who.post(&path(person.id, "/link"), &[]).await.expect(200).text());
    house.visitor().get(&first).await.expect(410);
    house.visitor().get(&second).await.expect(200);
    // With another address the link that went to the old one lets nobody in.
    let fields = [("name", "Người mới"), ("email", "dung@so.example"), ("version", "1"), ("agency", "")];
    who.post(&path(person.id, "/edit"), &fields).await.expect(303);
    house.visitor().get(&second).await.expect(410);
    let told = facts(&house.app, person.id).await;
    let withdrawn = Fact::MailFailed { topic: "invitation".into(), to: "moi@so.example".into(), cause: "withdrawn".into() };
    assert!(told.contains(&withdrawn), "{told:?}");
});

story!(the_list_is_searched_without_accents_and_filtered, |house| {
    let (department, commune) = two_agencies(&house).await;
    let who = house.someone(Role::SystemAdministrator, None).await;
    for (name, email, agency, role) in [
        ("Nguyễn Văn Điện", "dien@so.example", &department, "officer"),
        ("Trần Thị Ánh", "anh@so.example", &department, "approver"),
        ("Lê Út", "ut@xa.example", &commune, "officer"),
    ] {
        let agency = agency.id.to_string();
        let fields = [("name", name), ("email", email), ("agency", agency.as_str()), ("role", role)];
        who.post("/desk/people", &fields).await.expect(200);
    }
    let page = who.get("/desk/people?q=dien").await.expect(200);
    page.says("Nguyễn Văn Điện").says_not("Lê Út").says("1 người").says("Bỏ điều kiện");
    who.get("/desk/people?q=TRAN%20anh%20so").await.expect(200).says("Trần Thị Ánh").says_not("Nguyễn Văn");
    who.get(&format!("/desk/people?agency={}", commune.slug)).await.expect(200).says("Lê Út").says_not("Trần Thị");
    who.get("/desk/people?role=approver").await.expect(200).says("Trần Thị Ánh").says_not("Lê Út");
    who.get("/desk/people?state=invited&q=ut").await.expect(200).says("Lê Út").says("Chưa vào lần nào");
    who.get("/desk/people?state=disabled").await.expect(200).says("Không có ai khớp").says("Bỏ lọc");
    who.get("/desk/people?agency=khong-co").await.expect(200).says("Không có ai khớp");
    who.get("/desk/people?page=900&role=%C4%91&state=x").await.expect(200).says("Không có ai khớp");
    let before = house.statements();
    who.get("/desk/people").await.expect(200);
    assert!(house.statements() - before <= 8, "{} statements", house.statements() - before);
});

story!(a_long_list_has_pages, |house| {
    let who = house.someone(Role::SystemAdministrator, None).await;
    let rows = (0..120).map(|number| person::ActiveModel {
        id: sea_orm::ActiveValue::Set(crate::base::new_id()),
        name: sea_orm::ActiveValue::Set(format!("Chuyên viên số {number}")),
        email: sea_orm::ActiveValue::Set(format!("n{number}@so.example")),
        title: sea_orm::ActiveValue::Set(String::new()),
        created_at: sea_orm::ActiveValue::Set(house.app.clock.now()),
        version: sea_orm::ActiveValue::Set(1),
        ..Default::default()
    });
    person::Entity::insert_many(rows.collect::<Vec<_>>()).exec_without_returning(&house.app.db).await.expect("people");
    let first = who.get("/desk/people?q=so").await.expect(200);
    first.says("120 người").says("Chuyên viên số 9<").says("1–50 trong 120").says("/desk/people?q=so&#38;page=2");
    who.get("/desk/people?q=so&page=3")
        .await
        .expect(200)
        .says("101–120 trong 120")
        .says("Chuyên viên số 119")
        .says_not("rel=\"next\"");
});

story!(what_is_known_is_changed_unless_someone_was_quicker, |house| {
    let (department, commune) = two_agencies(&house).await;
    let person = house.person(Role::Officer, Some(&department)).await;
    let other = house.person(Role::Officer, Some(&department)).await;
    let who = house.someone(Role::AgencyAdministrator, Some(&department)).await;
    let edit = path(person.id, "/edit");
    who.get(&edit).await.expect(200).says("Sở Thử nghiệm").says("Quản trị hệ thống chuyển người");
    let elsewhere = commune.id.to_string();
    let fields = [("name", "Tên đúng"), ("email", "dung@so.example"), ("identifier", "CB-01"), ("version", "1")];
    who.post(&edit, &fields).await.expect(303);
    let after = Person::find(&house.app.db, person.id).await.expect("a person");
    assert_eq!((after.agency, after.version), (Some(department.id), 2));
    let page = who.post(&edit, &[("name", "Khác"), ("email", "khac@so.example"), ("version", "1")]).await.expect(409);
    page.says("trước bạn");
    let taken = [("name", "Tên đúng"), ("email", other.email.as_str()), ("version", "2")];
    who.post(&edit, &taken).await.expect(422).says("đã có tài khoản");
    let long = "a".repeat(200);
    who.post(&edit, &[("name", &long), ("email", "x"), ("version", "2")])
        .await
        .expect(422)
        .says("dài quá")
        .says("chưa đúng dạng");
    let system = house.someone(Role::SystemAdministrator, None).await;
    let moved =
        [("name", "Tên đúng"), ("email", "dung@so.example"), ("identifier", "CB-01"), ("agency", &elsewhere), ("version", "2")];
    system.post(&edit, &moved).await.expect(303);
    let nowhere = Uuid::from_u128(9).to_string();
    let fields = [("name", "Tên đúng"), ("email", "dung@so.example"), ("agency", nowhere.as_str()), ("version", "3")];
    system.post(&edit, &fields).await.expect(422).says("chọn một cơ quan");
    let change = Change { field: "agency".into(), from: department.id.to_string(), to: commune.id.to_string() };
    assert!(facts(&house.app, person.id).await.contains(&Fact::PersonEdited { changes: vec![change] }));
    system.get(&path(person.id, "")).await.expect(200).says("Cơ quan: Sở Thử nghiệm → xã Minh Họa 1");
});

story!(the_people_of_another_agency_do_not_exist, |house| {
    let (department, commune) = two_agencies(&house).await;
    let other = house.person(Role::Officer, Some(&commune)).await;
    let who = house.someone(Role::AgencyAdministrator, Some(&department)).await;
    who.get("/desk/people").await.expect(200).says_not(&other.email);
    who.get("/desk/people?agency=xa-minh-hoa-1&q=chuyen").await.expect(200).says_not(&other.email);
    for page in ["", "/edit"] {
        who.get(&path(other.id, page)).await.expect(404);
    }
    let session = Uuid::from_u128(5);
    for act in [
        "/desk/people/{id}/edit",
        "/desk/people/{id}/roles",
        "/desk/people/{id}/roles/removal",
        "/desk/people/{id}/link",
        "/desk/people/{id}/second-step/removal",
        "/desk/people/{id}/passkeys/{passkey}/removal",
        "/desk/people/{id}/sessions/revocation",
        "/desk/people/{id}/sessions/{session}/revocation",
        "/desk/people/{id}/disabling",
        "/desk/people/{id}/enabling",
    ] {
        let act = act.replace("{id}", &other.id.to_string()).replace("{session}", &session.to_string());
        let act = act.replace("{passkey}", &session.to_string());
        let fields = [("name", "x"), ("email", "x@y.example"), ("version", "1"), ("why", "thử"), ("role", "officer")];
        who.post(&act, &fields).await.expect(404);
        assert!(facts(&house.app, other.id).await.contains(&Fact::AccessRefused { path: act.clone() }), "{act} leaves an entry");
    }
    // Nor are people put there.
    let agency = commune.id.to_string();
    let fields = [("name", "Người lạ"), ("email", "la@xa.example"), ("agency", agency.as_str()), ("role", "officer")];
    who.post("/desk/people", &fields).await.expect(422);
    who.post("/desk/people", &[("name", "Người lạ"), ("email", "la@xa.example")]).await.expect(422).says("Hãy chọn một cơ quan");
    assert!(Person::find_by_email(&house.app.db, "la@xa.example").await.expect("a row").is_none());
    let own = house.person(Role::Officer, Some(&department)).await;
    for (role, agency) in [("officer", agency.as_str()), ("system_administrator", ""), ("coordinator", "")] {
        who.post(&path(own.id, "/roles"), &[("role", role), ("agency", agency)]).await.expect(422);
    }
});

story!(only_administrators_see_people, |house| {
    let (department, _) = two_agencies(&house).await;
    let person = house.person(Role::Officer, Some(&department)).await;
    for role in [Role::Officer, Role::Approver, Role::Coordinator, Role::Leader, Role::Auditor, Role::Finance] {
        let who = house.someone(role, Some(&department)).await;
        for page in ["/desk/people".to_owned(), "/desk/people/new".into(), path(person.id, ""), path(person.id, "/edit")] {
            who.get(&page).await.expect(403);
        }
        who.post(&path(person.id, "/disabling"), &[("version", "1"), ("why", "x")]).await.expect(403);
        who.get("/desk/account").await.expect(200).says_not("href=\"/desk/people\"");
    }
    let who = house.someone(Role::AgencyAdministrator, Some(&department)).await;
    who.get("/desk/account").await.expect(200).says("href=\"/desk/people\"");
    house.visitor().get("/desk/people").await.expect(303);
    let system = house.someone(Role::SystemAdministrator, None).await;
    system.get(&path(Uuid::from_u128(1), "")).await.expect(404);
    system.get("/desk/people/khong-phai-ma").await.expect(404);
});

story!(roles_are_given_once_and_taken_back, |house| {
    let (department, commune) = two_agencies(&house).await;
    let person = house.person(Role::Officer, Some(&department)).await;
    let who = house.someone(Role::SystemAdministrator, None).await;
    let (roles, removal) = (path(person.id, "/roles"), path(person.id, "/roles/removal"));
    let agency = commune.id.to_string();
    let fields = [("role", "approver"), ("agency", agency.as_str())];
    who.post(&roles, &fields).await.expect(303);
    who.get(&path(person.id, "")).await.expect(200).says("Đã giao vai trò Người duyệt").says("xã Minh Họa 1");
    who.post(&roles, &fields).await.expect(303);
    who.get(&path(person.id, "")).await.expect(200).says("đã có vai trò Người duyệt");
    who.post(&roles, &[("role", "leader"), ("agency", agency.as_str())]).await.expect(303);
    let grants = grant::Model::of(&house.app.db, person.id).await.expect("grants");
    assert_eq!(grants.len(), 3);
    assert!(grants.contains(&Grant { role: Role::Leader, agency: None }), "over the province, whatever agency is chosen");
    who.post(&removal, &fields).await.expect(303);
    who.post(&removal, &fields).await.expect(409).says("trước bạn");
    who.post(&roles, &[("role", "emperor")]).await.expect(400);
    who.post(&roles, &[("role", "officer")]).await.expect(422).says("Hãy chọn cơ quan");
    who.post(&roles, &[("role", "officer"), ("agency", &Uuid::from_u128(3).to_string())]).await.expect(422);
    let told = facts(&house.app, person.id).await;
    let given = told.iter().filter(|fact| matches!(fact, Fact::RoleGranted { .. })).count();
    assert_eq!(given, 2, "a role that is held already is no fact");
    assert!(told.contains(&Fact::RoleRevoked { role: Role::Approver, agency: Some(commune.id) }));
});

story!(the_last_system_administrator_stays, |house| {
    let who = house.someone(Role::SystemAdministrator, None).await;
    let own = who.person.expect("a person");
    let page = who.get(&path(own, "")).await.expect(200);
    page.says("cuối cùng còn vào được").says("Bạn không tự khóa").says("Tài khoản của tôi");
    let role = [("role", "system_administrator")];
    who.post(&path(own, "/roles/removal"), &role).await.expect(422).says("cuối cùng");
    who.post(&path(own, "/disabling"), &[("version", "1"), ("why", "nghỉ")]).await.expect(422).says("cuối cùng");
    who.post(&path(own, "/link"), &[]).await.expect(422).says("Đây là tài khoản của bạn");
    // With a second one, each may shut the other out, and not both.
    let second = house.someone(Role::SystemAdministrator, None).await;
    let other = second.person.expect("a person");
    let fields = [("version", "1"), ("why", "thử cùng lúc")];
    let (theirs, ours) = (path(other, "/disabling"), path(own, "/disabling"));
    let (one, two) = tokio::join!(who.post(&theirs, &fields), second.post(&ours, &fields));
    let done = [&one, &two].into_iter().filter(|answer| answer.location().starts_with("/desk/people/")).count();
    assert_eq!(done, 1, "{} {}", one.status, two.status);
    let left = grant::Model::holders(&house.app.db, Role::SystemAdministrator, None).await.expect("counted");
    assert_eq!(left, 1);
});

story!(nobody_strips_themselves, |house| {
    let (department, _) = two_agencies(&house).await;
    let who = house.someone(Role::AgencyAdministrator, Some(&department)).await;
    let own = who.person.expect("a person");
    let agency = department.id.to_string();
    who.get(&path(own, "")).await.expect(200).says("nhờ người quản trị khác thu");
    let fields = [("role", "agency_administrator"), ("agency", agency.as_str())];
    who.post(&path(own, "/roles/removal"), &fields).await.expect(422);
    who.post(&path(own, "/disabling"), &[("version", "1"), ("why", "x")]).await.expect(422).says("không tự khóa");
    who.post(&path(own, "/second-step/removal"), &[("why", "x")]).await.expect(422);
});

story!(who_holds_more_is_not_taken_over_by_an_agencys_administrator, |house| {
    let (department, _) = two_agencies(&house).await;
    let person = with_password(&house, Role::Officer).await;
    let row = person::ActiveModel {
        id: sea_orm::ActiveValue::Unchanged(person.id),
        agency: sea_orm::ActiveValue::Set(Some(department.id)),
        ..Default::default()
    };
    person::Entity::update(row).exec(&house.app.db).await.expect("moved");
    let who = house.someone(Role::AgencyAdministrator, Some(&department)).await;
    let system = house.someone(Role::SystemAdministrator, None).await;
    system.post(&path(person.id, "/roles/removal"), &[("role", "officer"), ("agency", "")]).await;
    grant::Entity::delete_many().exec(&house.app.db).await.expect("without roles");
    for (visitor, role) in [(&who, Role::AgencyAdministrator), (&system, Role::SystemAdministrator)] {
        let agency = Some(department.id).filter(|_| role.is_of_agency());
        give(&house, visitor.person.expect("a person"), role, agency).await;
    }
    // A link that the agency's administrator holds ends when the person is given more.
    let link = link_in(&who.post(&path(person.id, "/link"), &[]).await.expect(200).text());
    house.visitor().get(&link).await.expect(200);
    system.post(&path(person.id, "/roles"), &[("role", "coordinator")]).await.expect(303);
    house.visitor().get(&link).await.expect(410);
    who.get(&path(person.id, "")).await.expect(200).says("giữ vai trò toàn tỉnh").says("aria-disabled");
    for (act, fields) in [
        ("/link", vec![]),
        ("/edit", vec![("name", "Khác"), ("email", "khac@so.example"), ("version", "1")]),
        ("/second-step/removal", vec![("why", "mất máy")]),
        ("/disabling", vec![("version", "1"), ("why", "nghỉ")]),
        ("/sessions/revocation", vec![]),
    ] {
        who.post(&path(person.id, act), &fields).await.expect(422).says("Hãy nhờ quản trị hệ thống");
    }
    who.get(&path(person.id, "/edit")).await.expect(422);
});

story!(a_disabled_person_is_out_at_once_and_comes_back, |house| {
    let (department, _) = two_agencies(&house).await;
    let who = house.someone(Role::AgencyAdministrator, Some(&department)).await;
    let them = house.someone(Role::Officer, Some(&department)).await;
    let id = them.person.expect("a person");
    let link = link_in(&who.post(&path(id, "/link"), &[]).await.expect(200).text());
    them.get("/desk/ui").await.expect(200);
    let disabling = path(id, "/disabling");
    who.post(&disabling, &[("version", "1"), ("why", "  ")]).await.expect(422).says("ghi lý do");
    who.post(&disabling, &[("version", "7"), ("why", "nghỉ việc")]).await.expect(409);
    who.post(&disabling, &[("version", "1"), ("why", "nghỉ việc")]).await.expect(303);
    them.get("/desk/account").await.expect(303);
    house.visitor().get(&link).await.expect(410);
    who.post(&disabling, &[("version", "2"), ("why", "lần nữa")]).await.expect(409);
    let page = who.get(&path(id, "")).await.expect(200);
    page.says("Đã khóa").says("nghỉ việc").says("Hãy mở lại trước");
    who.post(&path(id, "/link"), &[]).await.expect(422).says("đang khóa");
    who.get("/desk/people?state=disabled").await.expect(200).says("Đã khóa");
    let enabling = path(id, "/enabling");
    who.post(&enabling, &[("version", "1")]).await.expect(409);
    who.post(&enabling, &[("version", &version(&house, id).await)]).await.expect(303);
    who.post(&path(id, "/link"), &[]).await.expect(200);
    let told = facts(&house.app, id).await;
    assert!(told.contains(&Fact::PersonDisabled) && told.contains(&Fact::PersonEnabled));
});

story!(an_administrator_helps_who_lost_the_way_in, |house| {
    let (department, _) = two_agencies(&house).await;
    let who = house.someone(Role::SystemAdministrator, None).await;
    let person = with_password(&house, Role::Officer).await;
    let secret = person::ActiveModel {
        id: sea_orm::ActiveValue::Unchanged(person.id),
        agency: sea_orm::ActiveValue::Set(Some(department.id)),
        totp_secret: sea_orm::ActiveValue::Set(Some("mã hóa".into())),
        totp_confirmed_at: sea_orm::ActiveValue::Set(Some(house.app.clock.now())),
        ..Default::default()
    };
    person::Entity::update(secret).exec(&house.app.db).await.expect("a second step");
    let page = who.get(&path(person.id, "")).await.expect(200);
    page.says("Đang bật.").says("Gỡ bước hai").says("Làm liên kết đặt mật khẩu mới");
    let removal = path(person.id, "/second-step/removal");
    who.post(&removal, &[("why", "")]).await.expect(422).says("ghi lý do");
    who.post(&removal, &[("why", "mất điện thoại, đã gặp trực tiếp")]).await.expect(303);
    assert!(!Person::find(&house.app.db, person.id).await.expect("a person").has_second_step());
    let page = who.get(&path(person.id, "")).await.expect(200);
    page.says("Tắt bước hai khi đăng nhập").says("đã gặp trực tiếp");
    let link = link_in(&who.post(&path(person.id, "/link"), &[]).await.expect(200).says("Liên kết đặt mật khẩu").text());
    let answer = house.visitor().post(&link, &[("password", SENTENCE)]).await.expect(303);
    assert_eq!(answer.location(), "/desk/sign-in");
});

story!(an_administrator_ends_sessions, |house| {
    let (department, _) = two_agencies(&house).await;
    let who = house.someone(Role::AgencyAdministrator, Some(&department)).await;
    let them = house.someone(Role::Officer, Some(&department)).await;
    let id = them.person.expect("a person");
    let person = Person::find(&house.app.db, id).await.expect("a person");
    for _ in 0..2 {
        session::Model::begin(&house.app, &person, "test", session::Origin::default()).await.expect("a session");
    }
    who.get(&path(id, "")).await.expect(200).says("Kết thúc mọi phiên");
    let open = session::Model::open_of(&house.app, id).await.expect("sessions");
    let one = path(id, &format!("/sessions/{}/revocation", open[0].id));
    who.post(&one, &[]).await.expect(303);
    who.post(&one, &[]).await.expect(404);
    who.post(&path(id, &format!("/sessions/{}/revocation", Uuid::from_u128(4))), &[]).await.expect(404);
    who.post(&path(id, "/sessions/revocation"), &[]).await.expect(303);
    who.get(&path(id, "")).await.expect(200).says("Đã kết thúc 2 phiên").says("Không có phiên nào");
    them.get("/desk/account").await.expect(303);
    let ended = facts(&house.app, id).await.into_iter().filter(|fact| matches!(fact, Fact::SessionRevoked { .. })).count();
    assert_eq!(ended, 3);
});

story!(two_administrators_invite_the_same_address_at_once, |house| {
    let (one, two): (Visitor<'_>, Visitor<'_>) =
        (house.someone(Role::SystemAdministrator, None).await, house.someone(Role::SystemAdministrator, None).await);
    let fields = [("name", "Người mới"), ("email", "moi@so.example"), ("identifier", "CB-7")];
    let (first, second) = tokio::join!(one.post("/desk/people", &fields), two.post("/desk/people", &fields));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422]);
    let again = [("name", "Người khác"), ("email", "khac@so.example"), ("identifier", "CB-7")];
    one.post("/desk/people", &again).await.expect(422).says("đã gắn với tài khoản khác");
});
