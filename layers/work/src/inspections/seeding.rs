//! An inspection that the demo province starts with: one conclusion published with findings, one visit still to be filled
//! in. Its title and the page say that it is made up.

use chrono::{Days, NaiveDate, TimeDelta};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, PaginatorTrait};

use super::finding::{self, Finding};
use super::inspection::{self, Inspection};
use super::item::{self, Item, Verdict};
use super::planning::{self, Read};
use super::reply::{self, Kind, Reply};
use super::visit::{self, Visit};
use crate::base::{App, By, Fact, new_id, time};
use crate::people::Agency;
use crate::web::Error;

/// The standing body of the programme.
const LEADER: &str = "SKHCN";

/// The inspection, unless there is one already.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    fill(app).await.map_err(|error| anyhow::anyhow!("the demo's inspection: {error:?}"))
}

async fn fill(app: &App) -> Result<(), Error> {
    if inspection::Entity::find().count(&app.db).await? > 0 {
        return Ok(());
    }
    let today = time::local_date(app.clock.now());
    let open = Agency::open_on(&app.db, today).await?;
    let communes: Vec<&Agency> = open.iter().filter(|body| body.kind.is_local()).take(2).collect();
    let leader = open.iter().find(|body| body.code == LEADER);
    let (&[first, second], Some(leader)) = (communes.as_slice(), leader) else { return Ok(()) };
    let read = plan(app, leader.id, (first.id, second.id), today);
    let by = By { agency: Some(leader.id), ..By::system() };
    let transaction = app.begin().await?;
    let id = planning::write(&transaction, &read, &std::collections::HashMap::new()).await?;
    let fact = Fact::InspectionPlanned { title: read.inspection.title, agencies: read.agencies };
    app.record(&transaction, id, fact, &by).await?;
    let visit = Visit::at(&transaction, id, first.id).await?.ok_or(Error::NotFound)?;
    let findings = conclude(app, &transaction, &visit, today).await?;
    app.record(&transaction, id, Fact::ConclusionPublished { agency: first.id, findings }, &by).await?;
    app.commit(transaction).await?;
    Ok(())
}

fn before(today: NaiveDate, days: u64) -> NaiveDate {
    today.checked_sub_days(Days::new(days)).unwrap_or(today)
}

fn plan(app: &App, leader: Uuid, (first, second): (Uuid, Uuid), today: NaiveDate) -> Read {
    let checklist = [
        "Có phân công người phụ trách truyền thông",
        "Nộp báo cáo đúng kỳ, số liệu có minh chứng",
        "Tin bài có nguồn và được duyệt trước khi đăng",
        "Loa truyền thanh phát đúng lịch",
        "Trả lời câu hỏi của người dân đúng hạn",
    ];
    let inspection = Inspection {
        id: new_id(),
        key: new_id().simple().to_string(),
        title: "Kiểm tra công tác truyền thông ở cơ sở (minh họa)".into(),
        decision: "01/QĐ-MINHHOA".into(),
        decided_on: Some(before(today, 40)),
        from_on: before(today, 30),
        until_on: today.checked_add_days(Days::new(10)).unwrap_or(today),
        leader,
        person: None,
        planned_at: app.clock.now() - TimeDelta::days(40),
        demo: true,
        withdrawn_at: None,
        withdrawn_by: None,
        withdrawn_why: String::new(),
    };
    Read { inspection, agencies: vec![first, second], checklist: checklist.map(str::to_owned).into() }
}

/// Verdicts, findings, one remedy, and the conclusion of a visit; tells how many findings.
async fn conclude(app: &App, on: &impl ConnectionTrait, visit: &Visit, today: NaiveDate) -> Result<u32, Error> {
    let at = app.clock.now() - TimeDelta::days(20);
    let seen = [
        (Verdict::Meets, "Có quyết định phân công"),
        (Verdict::Fails, "Hai kỳ báo cáo chưa có minh chứng"),
        (Verdict::Meets, ""),
        (Verdict::Fails, "Một cụm loa hỏng từ đầu năm"),
        (Verdict::NotApplicable, "Chưa có câu hỏi nào"),
    ];
    let items = Item::of(on, &[visit.id]).await?;
    for (item, (verdict, note)) in items.iter().zip(seen) {
        let changed = Item { verdict, note: note.into(), ..item.clone() };
        item::Entity::update(item::ActiveModel::from(changed).reset_all()).exec(on).await?;
    }
    let texts = [
        ("Hai kỳ báo cáo có số liệu nhưng không kèm minh chứng.", "Bổ sung minh chứng cho hai kỳ đã nộp.", 5, 1),
        ("Cụm loa ở một ấp không hoạt động.", "Sửa hoặc thay loa, bảo đảm phát đúng lịch.", 20, 3),
    ];
    let finding = |(text, remedy, days, place): (&str, &str, u64, usize)| Finding {
        id: new_id(),
        visit: visit.id,
        item: items.get(place).map(|item| item.id),
        text: text.into(),
        remedy: remedy.into(),
        due_on: today.checked_add_days(Days::new(days)).unwrap_or(today),
        at,
    };
    let findings = texts.map(finding);
    let answered = findings[0].id;
    finding::Entity::insert_many(findings.map(finding::ActiveModel::from)).exec_without_returning(on).await?;
    remedy(app, on, (answered, visit.agency)).await?;
    let concluded = visit::ActiveModel {
        id: Set(visit.id),
        visited_on: Set(Some(before(today, 22))),
        conclusion: Set("Cơ quan tổ chức công tác truyền thông nền nếp. Còn hai việc cần khắc phục nêu dưới đây.".into()),
        published_at: Set(Some(at)),
        ..Default::default()
    };
    visit::Entity::update(concluded).exec(on).await?;
    Ok(2)
}

/// What the agency says it did about a finding.
async fn remedy(app: &App, on: &impl ConnectionTrait, (finding, agency): (Uuid, Uuid)) -> Result<(), Error> {
    let said = Reply {
        id: new_id(),
        finding,
        number: 1,
        kind: Kind::Remedy,
        text: "Đã bổ sung ảnh và danh sách người dự cho cả hai kỳ.".into(),
        due_on: None,
        agency,
        person: None,
        at: app.clock.now() - TimeDelta::days(2),
    };
    reply::Entity::insert(reply::ActiveModel::from(said)).exec_without_returning(on).await?;
    Ok(())
}
