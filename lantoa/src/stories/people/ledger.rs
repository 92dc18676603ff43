//! The ledger is read.

use chrono::{TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use uuid::Uuid;

use crate::base::fact::{self, Change};
use crate::base::seal::{self, checking};
use crate::base::{App, By, Fact, Role, new_id};
use crate::people::agency::Kind;
use crate::people::ledger::group::Group;
use crate::story;

async fn record(app: &App, about: Uuid, fact: Fact, by: &By) {
    app.record(&app.db, about, fact, by).await.expect("recorded");
    app.clock.advance(TimeDelta::seconds(1));
}

/// The address of the next page.
fn next(page: &str) -> String {
    let link = page.split("rel=\"next\" href=\"").nth(1).expect("a next page");
    link.split('"').next().expect("an address").replace("&#38;", "&").replace("&amp;", "&")
}

story!(the_ledger_says_what_happened_to_whom_by_whom_and_why, |house| {
    let agency = house.agency("Sở Thử nghiệm", Kind::Department).await;
    let person = house.person(Role::Officer, Some(&agency)).await;
    let reader = house.someone(Role::Auditor, None).await;
    let by = By { person: Some(person.id), agency: Some(agency.id), why: None }.because("theo <công văn> số 7");
    let changes = vec![Change { field: "name".into(), from: "Tên cũ".into(), to: "Tên <mới>".into() }];
    record(&house.app, agency.id, Fact::AgencyEdited { changes }, &by).await;
    record(&house.app, person.id, Fact::RoleGranted { role: Role::Officer, agency: Some(agency.id) }, &By::system()).await;
    let page = reader.get("/desk/ledger").await.expect(200);
    let page = page.says("Sửa thông tin").says("Tên đầy đủ: Tên cũ → Tên &#60;mới&#62;").says("theo &#60;công văn&#62; số 7");
    let page = page.says(&person.name).says("Sở Thử nghiệm").says("Giao vai trò Chuyên viên ở Sở Thử nghiệm").says("Hệ thống");
    let page = page.says(&format!("/desk/agencies/{}\">Sở Thử nghiệm", agency.id));
    page.says(&format!("/desk/ledger?about={}", person.id)).says("Chờ niêm");
    let system = house.someone(Role::SystemAdministrator, None).await;
    system.get("/desk/ledger").await.expect(200).says(&format!("/desk/people/{}", person.id));
    let before = house.statements();
    reader.get("/desk/ledger").await.expect(200);
    assert!(house.statements() - before <= 9, "{} statements", house.statements() - before);
});

story!(the_ledger_is_for_auditors_and_system_administrators, |house| {
    let agency = house.agency("Sở Thử nghiệm", Kind::Department).await;
    for role in Role::ALL {
        let who = house.someone(role, Some(&agency)).await;
        let sees = matches!(role, Role::Auditor | Role::SystemAdministrator);
        for page in ["/desk/ledger", "/desk/ledger/export/csv"] {
            who.get(page).await.expect(if sees { 200 } else { 403 });
        }
        who.post("/desk/ledger/check", &[]).await.expect(if sees { 303 } else { 403 });
        let page = who.get("/desk/account").await.expect(200);
        assert_eq!(page.text().contains("href=\"/desk/ledger\""), sees, "{role:?}");
    }
    house.visitor().get("/desk/ledger").await.expect(303);
});

story!(filters_live_in_the_address, |house| {
    let (one, two) = (house.agency("Sở Thử nghiệm", Kind::Department).await, house.agency("xã Minh Họa 1", Kind::Commune).await);
    let (ann, ben) = (house.person(Role::Officer, Some(&one)).await, house.person(Role::Officer, Some(&two)).await);
    let by = |person: &crate::people::Person| By { person: Some(person.id), agency: person.agency, why: None };
    record(&house.app, one.id, Fact::AgencyConfirmed, &by(&ann)).await;
    record(&house.app, Uuid::from_u128(1), Fact::PlanRead { file: "Kế hoạch Đường.docx".into(), provisions: 3 }, &by(&ben)).await;
    house.app.clock.advance(TimeDelta::days(2));
    record(&house.app, Uuid::from_u128(1), Fact::PlanDiscarded, &by(&ben)).await;
    record(&house.app, ann.id, Fact::AccessRefused { path: "/desk/plans/7".into() }, &by(&ann)).await;
    let reader = house.someone(Role::Auditor, None).await;
    let page = async |query: &str| reader.get(&format!("/desk/ledger?{query}")).await.expect(200);
    page("group=plans").await.says("Bỏ bản nháp").says("Đường.docx").says_not("Xác nhận thông tin");
    page("group=refusals").await.says("/desk/plans/7").says_not("Bỏ bản nháp");
    page("agency=xa-minh-hoa-1").await.says("Bỏ bản nháp").says_not("Xác nhận thông tin");
    page("agency=xa-minh-hoa-1&group=plans&q=duong").await.says("Đường.docx").says_not("Bỏ bản nháp");
    page(&format!("person={}", ben.email)).await.says("Bỏ bản nháp").says_not("Xác nhận thông tin");
    page(&format!("person={}&group=agencies", ann.email)).await.says("Xác nhận thông tin").says_not("/desk/plans/7<");
    page(&format!("about={}", Uuid::from_u128(1))).await.says("Bỏ bản nháp").says("Đường.docx").says_not("Xác nhận");
    page(&format!("about={}&group=agencies", one.id)).await.says("Xác nhận thông tin").says_not("Bỏ bản nháp");
    page("from=2026-03-03").await.says("Bỏ bản nháp").says_not("Xác nhận thông tin");
    page("to=2/3/2026").await.says("Xác nhận thông tin").says_not("Bỏ bản nháp");
    page("from=31/2/2026").await.says("Không hiểu ngày “31/2/2026”");
    page("q=XAC+nhan").await.says("Xác nhận thông tin").says_not("Bỏ bản nháp");
    page("q=khong-he-co").await.says("Không có mục nào").says("Bỏ lọc");
    for nothing in ["person=khong-ai-ca", "agency=khong-co", "group=khong-co", "about=khong-phai-ma"] {
        page(nothing).await.says("Không có mục nào");
    }
    page("before=linh-tinh&q=%00%27%22%3Cscript%3E").await.says_not("<script>");
});

story!(pages_go_on_where_the_one_before_ended, |house| {
    let reader = house.someone(Role::Auditor, None).await;
    for number in 0..60 {
        // Several in the same moment: the id decides.
        let fact = Fact::ProvisionAdded { path: format!("mục-{number}-") };
        house.app.record(&house.app.db, Uuid::from_u128(1), fact, &By::system()).await.expect("recorded");
        if number % 7 == 0 {
            house.app.clock.advance(TimeDelta::seconds(1));
        }
    }
    for filter in ["", "?group=plans", "?q=them+muc"] {
        let first = reader.get(&format!("/desk/ledger{filter}")).await.expect(200).text();
        let second = reader.get(&next(&first)).await.expect(200).text();
        let both = format!("{first}{second}");
        for number in 0..60 {
            assert_eq!(both.matches(&format!("mục-{number}-")).count(), 1, "entry {number} with {filter:?}");
        }
        assert!(!second.contains("rel=\"next\"") && second.contains("Về mục mới nhất"));
    }
});

story!(words_are_looked_for_in_bounded_steps, |house| {
    let reader = house.someone(Role::Auditor, None).await;
    let body = serde_json::to_string(&Fact::SignedOut).expect("JSON");
    let start = house.app.clock.now() - TimeDelta::days(30);
    for chunk in 0..12 {
        let rows = (0..1000_i64).map(|number| fact::ActiveModel {
            id: Set(new_id()),
            kind: Set("SignedOut".into()),
            body: Set(body.clone()),
            about: Set(Uuid::from_u128(1)),
            person: Set(None),
            agency: Set(None),
            at: Set(start + TimeDelta::seconds(chunk * 1000 + number)),
            why: Set((chunk == 0 && number == 5).then(|| "cái kim đáy bể".to_owned())),
        });
        fact::Entity::insert_many(rows.collect::<Vec<_>>()).exec_without_returning(&house.app.db).await.expect("facts");
    }
    let page = reader.get("/desk/ledger?q=cai+kim").await.expect(200).says("Đã tìm trong 10000 mục").text();
    let link = page.split("/desk/ledger?q=").last().and_then(|rest| rest.split('"').next()).expect("a link on");
    let on = format!("/desk/ledger?q={}", link.replace("&#38;", "&"));
    reader.get(&on).await.expect(200).says("cái kim đáy bể");
});

story!(the_seal_of_each_entry_and_of_the_whole_is_shown, |house| {
    let reader = house.someone(Role::Auditor, None).await;
    reader.get("/desk/ledger").await.expect(200).says("Chưa có niêm nào được kiểm tra").says("Chờ niêm");
    for _ in 0..3 {
        record(&house.app, Uuid::from_u128(1), Fact::PlanDiscarded, &By::system()).await;
        house.app.clock.advance(TimeDelta::minutes(1));
        seal::seal(&house.app).await.expect("sealed");
    }
    reader.post("/desk/ledger/check", &[]).await.expect(303);
    let page = reader.get("/desk/ledger").await.expect(200);
    page.says("Sổ ghi còn nguyên").says("trong 3 niêm").says("Niêm 3").says_not("Chờ niêm");
    // Somebody changes an entry in the database itself.
    house.app.db.execute_unprepared("UPDATE fact SET why = 'khác' WHERE kind = 'PlanDiscarded'").await.expect("tampered");
    reader.post("/desk/ledger/check", &[]).await.expect(303);
    reader.get("/desk/ledger").await.expect(200).says("Sổ ghi không khớp với niêm").says("Niêm bị lệch: 1, 2, 3");
});

story!(the_seals_are_looked_through_bit_by_bit, |house| {
    for _ in 0..4 {
        record(&house.app, Uuid::from_u128(1), Fact::PlanDiscarded, &By::system()).await;
        record(&house.app, Uuid::from_u128(1), Fact::PlanDiscarded, &By::system()).await;
        house.app.clock.advance(TimeDelta::minutes(1));
        seal::seal(&house.app).await.expect("sealed");
    }
    for _ in 0..2 {
        assert!(checking::check(&house.app, 3).await.expect("checked").last.is_none(), "half-way");
    }
    let (verdict, _) = checking::check(&house.app, 3).await.expect("checked").last.expect("a whole round");
    assert_eq!((verdict.seals, verdict.facts, verdict.broken), (4, 8, vec![]));
    house.app.db.execute_unprepared("DELETE FROM seal WHERE number = 2").await.expect("removed");
    let known = checking::check(&house.app, 100).await.expect("checked");
    assert!(!known.broken().is_empty(), "a seal that is gone shows");
    assert_eq!(checking::known(&house.app.db).await.expect("known"), known);
});

story!(the_list_is_taken_along_as_a_file, |house| {
    let reader = house.someone(Role::Auditor, None).await;
    let by = By::system().because("=HYPERLINK(\"http://x\")");
    for number in 0..1200 {
        let fact = Fact::ProvisionAdded { path: format!("m{number}") };
        house.app.record(&house.app.db, Uuid::from_u128(1), fact, &by).await.expect("recorded");
    }
    record(&house.app, Uuid::from_u128(1), Fact::PlanDiscarded, &By::system()).await;
    let answer = reader.get("/desk/ledger/export/csv?group=plans").await.expect(200);
    assert!(answer.headers["content-type"].to_str().expect("a type").starts_with("text/csv"));
    let text = answer.text();
    assert!(text.starts_with("\u{feff}\"Lúc\",\"Việc\""), "{}", &text[..60]);
    let mut lines = csv_lines(&text);
    assert_eq!(lines.len(), 1202, "the head and every entry once");
    assert_eq!(lines[1][1], "Bỏ bản nháp", "newest first");
    assert_eq!(lines[2][6], "'=HYPERLINK(\"http://x\")", "no formula");
    lines.sort();
    lines.dedup();
    assert_eq!(lines.len(), 1202);
});

fn csv_lines(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|line| line.expect("a line").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn every_kind_is_in_one_group() {
    let source = include_str!("../../../../layers/base/src/base/fact.rs");
    let body = source.split("pub enum Fact {").nth(1).and_then(|rest| rest.split("\n}").next()).expect("the facts");
    let variants = body.lines().filter_map(|line| line.strip_prefix("    "));
    let variants = variants.filter(|line| line.starts_with(|letter: char| letter.is_ascii_uppercase()));
    let mut kinds: Vec<&str> = variants.filter_map(|line| line.split([' ', '{', ',']).next()).collect();
    let mut grouped: Vec<&str> = Group::ALL.into_iter().flat_map(Group::kinds).copied().collect();
    kinds.sort_unstable();
    grouped.sort_unstable();
    assert_eq!(grouped, kinds, "put the new kind into a group of people/ledger/group.rs");
}

/// The ledger is read by time, so an entry made later stands first whatever its id.
#[test]
fn a_place_in_the_list_is_written_and_read() {
    use crate::people::ledger::Place;
    let place = Place { at: chrono::DateTime::<Utc>::from_timestamp_millis(1_772_434_800_123).expect("a time"), id: new_id() };
    assert_eq!(Place::of_text(&place.to_string()), Some(place));
    for text in ["", "-", "x-y", "1-", "99999999999999999999-0"] {
        assert_eq!(Place::of_text(text), None, "{text}");
    }
}

story!(
    /// Nobody is led to a page that they may not open.
    links_lead_only_where_the_reader_may_go, |house| {
    let (auditor, system) = (house.someone(Role::Auditor, None).await, house.someone(Role::SystemAdministrator, None).await);
    let about = new_id();
    let changes = Fact::WebhookChanged { host: "vi-du.vn".into(), changes: Vec::new() };
    record(&house.app, about, changes, &By::system()).await;
    let case = new_id();
    record(&house.app, case, Fact::CaseSolved { holder: new_id() }, &By::system()).await;
    let connection = format!("/desk/webhooks/{about}");
    auditor.get("/desk/ledger").await.expect(200).says_not(&connection).says(&format!("/desk/cases/{case}\">Mở vụ việc"));
    let page = system.get("/desk/ledger").await.expect(200).says(&format!("{connection}\">Mở kết nối"));
    page.says_not(&format!("/desk/cases/{case}"));
});
