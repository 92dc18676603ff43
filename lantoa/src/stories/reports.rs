//! Stories of reports, over HTTP, on both engines.

mod ahead;
mod issuing;
mod mapping;
mod regimes;
mod results;
mod sentences;
mod twentieth;
mod versions;
mod writing;

use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QueryOrder};

use crate::base::{Role, new_id};
use crate::duties::answer::{self, Outcome};
use crate::duties::duty::{self, Kind};
use crate::duties::rule::{Often, Rule};
use crate::duties::{Duty, holder, slot};
use crate::people::Agency;
use crate::plans::plan;
use crate::reports::report::{self, Report, State};
use crate::reports::seeding;
use crate::stories::duties::{adopted, agency, day, officer, slots};
use crate::story;
use crate::testing::{Answer, House, Visitor};

/// The half-year report of the plan.
async fn half_yearly(house: &House, plan: &plan::Model) -> Duty {
    let duties = Duty::of_plan(&house.app.db, plan.id).await.expect("duties");
    duties.into_iter().find(|duty| duty.kind == Kind::Report).expect("the report")
}

/// Every agency answered its first half-year in time but these; each says how many classes it opened.
async fn answered_but(house: &House, report: &Duty, absent: &[&Agency]) -> Vec<slot::Model> {
    let of = slot::Entity::find().filter(slot::Column::Duty.eq(report.id)).filter(slot::Column::Period.eq("2026-H1"));
    let slots = of.order_by_asc(slot::Column::Id).all(&house.app.db).await.expect("slots");
    let owing = slots.iter().filter(|slot| absent.iter().all(|one| one.id != slot.agency));
    let answers = owing.zip(1..).map(|(slot, number)| answer::Model {
        id: new_id(),
        slot: slot.id,
        version: 1,
        key: slot.id.to_string(),
        outcome: Outcome::Reported,
        text: format!("Đã lập danh mục {number} tuyến ống cần thay. Đã họp tổ công tác.\nKhó khăn, vướng mắc:\nThiếu kinh phí."),
        figures: "[]".into(),
        reason: String::new(),
        late_reason: String::new(),
        excusable: None,
        agency: slot.agency,
        person: new_id(),
        at: house.app.clock.now(),
        on_day: day("2026-06-18"),
    });
    let rows: Vec<answer::ActiveModel> = answers.map(answer::ActiveModel::from).collect();
    answer::Entity::insert_many(rows).exec_without_returning(&house.app.db).await.expect("answers");
    slots
}

/// A monthly report of the 20th that an agency owes for June.
async fn monthly(house: &House, plan: &plan::Model, press: &Agency) -> (Duty, slot::Model) {
    let duty = Duty {
        id: new_id(),
        plan: plan.id,
        provision: None,
        path: "III.9".into(),
        position: 900,
        title: "Định kỳ ngày 20 hằng tháng gửi báo cáo tin bài đã đăng, phát".into(),
        kind: Kind::Report,
        rule: Some(serde_json::to_string(&Rule::plain(Often::Monthly { day: 20 })).expect("a rule")),
        starts_on: day("2026-01-05"),
        ends_on: day("2026-12-31"),
        created_at: house.app.clock.now(),
        ended_on: None,
        version: 1,
    };
    let slot = slot::Model {
        id: new_id(),
        duty: duty.id,
        plan: plan.id,
        agency: press.id,
        part: holder::Part::Lead,
        period: "2026-06".into(),
        start_on: day("2026-06-01"),
        end_on: day("2026-06-30"),
        due_on: day("2026-06-20"),
        in_time_until: day("2026-06-20"),
        voided_on: None,
        void_reason: None,
    };
    let db = &house.app.db;
    duty::Entity::insert(duty::ActiveModel::from(duty.clone())).exec_without_returning(db).await.expect("a duty");
    slot::Entity::insert(slot::ActiveModel::from(slot.clone())).exec_without_returning(db).await.expect("a slot");
    (duty, slot)
}

async fn standing(house: &House) -> Agency {
    agency(house, "so-khoa-hoc-va-cong-nghe").await
}

async fn someone(house: &House, role: Role) -> Visitor<'_> {
    let standing = standing(house).await;
    house.someone(role, Some(&standing)).await
}

async fn the(house: &House, id: Uuid) -> Report {
    report::Entity::find_by_id(id).one(&house.app.db).await.expect("rows").expect("a report")
}

async fn reports(house: &House) -> Vec<Report> {
    report::Entity::find().order_by_asc(report::Column::Id).all(&house.app.db).await.expect("reports")
}

async fn press(house: &House, who: &Visitor<'_>, id: Uuid, act: &str, more: &[(&str, &str)]) -> Answer {
    let version = the(house, id).await.version.to_string();
    let mut fields = vec![("version", version.as_str())];
    fields.extend(more);
    who.post(&format!("/desk/reports/{id}/acts/{act}"), &fields).await
}

/// Saves the form as the page has it; `more` takes the place of fields of the same name.
async fn save(house: &House, who: &Visitor<'_>, id: Uuid, more: &[(&str, &str)]) -> Answer {
    let report = the(house, id).await;
    let fields = form(&report, more);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    who.post(&format!("/desk/reports/{id}"), &fields).await
}

/// What the form of a document sends.
fn form(report: &Report, more: &[(&str, &str)]) -> Vec<(String, String)> {
    let (outline, head, arrangement) = (report.outline(), report.head(), report.arrangement());
    let mut all: Vec<(String, String)> = vec![
        ("version".into(), report.version.to_string()),
        ("superior".into(), head.superior.clone()),
        ("issuer".into(), head.issuer.clone()),
        ("symbol".into(), "SKHCN".into()),
        ("place".into(), "Tỉnh Mẫu".into()),
        ("position".into(), "GIÁM ĐỐC".into()),
        ("subject".into(), outline.subject.clone()),
        ("addressees".into(), outline.addressees.join("\n")),
        ("bases".into(), outline.bases.join("\n")),
        ("recipients".into(), outline.recipients.join("\n")),
        ("archive".into(), outline.archive.clone()),
    ];
    for section in &outline.sections {
        all.push(("section_of".into(), section.of.code().into()));
        all.push(("section_level".into(), section.level.to_string()));
        all.push(("section_title".into(), section.title.clone()));
        all.push(("section_text".into(), section.text.clone()));
    }
    all.extend(arrangement.fields.iter().map(|(code, value)| (format!("field.{code}"), value.clone())));
    all.extend(arrangement.typed.iter().map(|(code, value)| (format!("typed.{code}"), value.clone())));
    all.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    all.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    all
}

const FILLED: [(&str, &str); 2] =
    [("field.danh_gia", "Các cơ quan thực hiện đúng kế hoạch."), ("field.phuong_huong", "Tiếp tục thực hiện.")];

/// The province's report of a period that was closed, as its draft.
async fn drafted(house: &House, report: &Duty) -> Uuid {
    let who = someone(house, Role::Coordinator).await;
    let closed = who.post(&format!("/desk/closings/{}/2026-H1", report.id), &[("seen", "0")]).await;
    closed.expect(303);
    house.react().await;
    let found = reports(house).await.into_iter().find(|one| !one.own).expect("a draft");
    assert_eq!((found.state, found.closing, found.made_by), (State::Draft, 1, None));
    found.id
}

/// From the draft to the number.
async fn issued(house: &House, id: Uuid) {
    let (writer, approver) = (someone(house, Role::Officer).await, someone(house, Role::Approver).await);
    press(house, &writer, id, "submit", &[]).await.expect(303);
    press(house, &approver, id, "sign", &[]).await.expect(303);
    press(house, &writer, id, "issue", &[]).await.expect(303);
}

/// A letter that the office wrote, filled in.
async fn letter(house: &House, who: &Visitor<'_>) -> Uuid {
    let id = new_id().to_string();
    let fields = [("id", id.as_str()), ("template", "cong-van"), ("of", "")];
    who.post("/desk/reports", &fields).await.expect(303);
    let id: Uuid = id.parse().expect("an id");
    let filled = [
        ("field.ve_viec", "đôn đốc báo cáo"),
        ("field.gui_toi", "Sở Y tế"),
        ("field.noi_dung", "Kỳ báo cáo sắp hết hạn."),
        ("field.thoi_han", "ngày 19 tháng 6 năm 2026"),
    ];
    save(house, who, id, &filled).await.expect(303);
    id
}
