//! Registers that the demo province starts with, marked as made up: roles and organisations, no persons. // recorded by the verbs that
//! make them

use chrono::{Datelike, NaiveDate, TimeDelta};
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::evidence::{self, Wanted};
use super::kind::{self, AWARD_ROUND, DISSEMINATION, NETWORK_MEMBER, OFFICER, ST_TASK, TRAINING_PROGRAMME};
use super::record::{Column, Entity, Record};
use super::secret_count::{self, SecretCount};
use super::typed::Typed;
use crate::base::{App, Who, new_id, time};
use crate::news::article::{self, Article, State};
use crate::people::demo_people;
use crate::web::Error;

/// A record: register, code, title, what else, how many days ago it began, whether it has evidence.
type Row = (&'static str, &'static str, &'static str, &'static str, i64, bool);

/// "What else" is the organisation that leads a task or a programme, the category of a member or an officer, or figures.
const ROWS: [Row; 21] = [
    (ST_TASK, "MH.01/2026", "Nghiên cứu giống lúa chịu mặn cho vùng ven sông (minh họa)", "Viện nghiên cứu minh họa", 300, true),
    (ST_TASK, "MH.02/2026", "Trạm quan trắc độ mặn giá thấp cho nhà vườn (minh họa)", "Trường đại học minh họa", 250, true),
    (ST_TASK, "MH.03/2026", "Truy xuất nguồn gốc xoài bằng mã số vùng trồng (minh họa)", "Hợp tác xã minh họa", 200, true),
    (ST_TASK, "MH.04/2026", "Bản đồ số đê bao và cống ngăn mặn (minh họa)", "Trung tâm minh họa", 150, false),
    (ST_TASK, "MH.05/2026", "Máy sấy năng lượng mặt trời cho làng nghề (minh họa)", "Doanh nghiệp minh họa", 100, false),
    (TRAINING_PROGRAMME, "CT-01", "Kỹ năng số cho tổ công nghệ số cộng đồng (minh họa)", "Sở Khoa học và Công nghệ", 180, true),
    (TRAINING_PROGRAMME, "CT-02", "Viết tin khoa học cho cán bộ văn hóa xã (minh họa)", "Sở Khoa học và Công nghệ", 90, true),
    (NETWORK_MEMBER, "", "Phòng quản lý khoa học (minh họa)", "manager", 200, false),
    (NETWORK_MEMBER, "", "Tổ chuyên gia chuyển đổi số (minh họa)", "expert", 200, false),
    (NETWORK_MEMBER, "", "Tòa soạn báo tỉnh (minh họa)", "press", 180, false),
    (NETWORK_MEMBER, "", "Nhóm nhà khoa học trẻ (minh họa)", "scientist", 160, false),
    (NETWORK_MEMBER, "", "Doanh nghiệp phần mềm (minh họa)", "enterprise", 120, false),
    (NETWORK_MEMBER, "", "Liên hiệp hội khoa học kỹ thuật (minh họa)", "organisation", 120, false),
    (AWARD_ROUND, "", "Giải báo chí về khoa học, đổi mới sáng tạo (minh họa)", "Hội Nhà báo", 60, true),
    (OFFICER, "VT-01", "Viên chức truyền thông, Văn phòng Sở", "communication", 330, true),
    (OFFICER, "VT-02", "Viên chức quản trị cổng thông tin", "communication", 330, true),
    (OFFICER, "VT-03", "Công chức thông tin đối ngoại", "foreign", 200, true),
    (OFFICER, "VT-04", "Công chức thông tin cơ sở", "grassroots", 200, false),
    (OFFICER, "VT-05", "Viên chức biên tập bản tin", "communication", 100, false),
    (DISSEMINATION, "", "Hội nghị quán triệt đợt 1 (minh họa)", "60/98", 220, true),
    (DISSEMINATION, "", "Hội nghị quán triệt đợt 2 (minh họa)", "91/98", 80, true),
];

/// Fills an empty table; later starts find nothing to do.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    fill(app).await.map_err(|error| anyhow::anyhow!("the demo's registers: {error:?}"))
}

async fn fill(app: &App) -> Result<(), Error> {
    if Entity::find().one(&app.db).await?.is_some() {
        return Ok(());
    }
    let writer = demo_people::at_work(app, "department_officer").await?;
    let decider = demo_people::at_work(app, "approver").await?;
    let (Some(writer), Some(decider)) = (writer, decider) else { return Ok(()) };
    let articles = article::Entity::find()
        .filter(article::Column::Demo.eq(true))
        .filter(article::Column::State.eq(State::Published))
        .order_by_asc(article::Column::PublishedAt)
        .all(&app.db)
        .await?;
    if articles.is_empty() {
        return Ok(());
    }
    let today = time::local_date(app.clock.now());
    for (row, article) in ROWS.iter().zip(articles.iter().cycle()) {
        begin(app, (&writer, &decider), row, (article, today)).await?;
    }
    Entity::update_many().col_expr(Column::Demo, Expr::value(true)).filter(Column::Edition.gt(0)).exec(&app.db).await?;
    secret(app, &writer, &decider, today).await
}

async fn begin(
    app: &App,
    (writer, decider): (&Who, &Who),
    row: &Row,
    (article, today): (&Article, NaiveDate),
) -> Result<(), Error> {
    let (register, _, _, _, ago, proven) = *row;
    let Some((kind, agency)) = kind::of(register).zip(writer.agency) else { return Ok(()) };
    let id = new_id();
    Record::begin(app, writer, (id, agency), kind, &typed(row, today - TimeDelta::days(ago))).await?;
    let record = Record::find_for(app, writer, id).await?;
    if proven {
        evidence::add(app, writer, &record, &Wanted { what: article.public_path(), on: String::new() }).await?;
    }
    record.confirm(app, decider, record.version).await
}

fn typed(row: &Row, from_on: NaiveDate) -> Typed {
    let (register, code, title, what, _, proven) = *row;
    let blank = Typed { title: title.into(), code: code.into(), from_on: from_on.to_string(), ..Typed::default() };
    match register {
        NETWORK_MEMBER => Typed { category: what.into(), listed: "on".into(), ..blank },
        OFFICER => {
            let trained = from_on + TimeDelta::days(45);
            Typed { category: what.into(), trained_on: if proven { trained.to_string() } else { String::new() }, ..blank }
        }
        DISSEMINATION => {
            let (part, whole) = what.split_once('/').unwrap_or_default();
            Typed { part: part.into(), whole: whole.into(), ..blank }
        }
        _ => Typed { lead: what.into(), ..blank },
    }
}

async fn secret(app: &App, writer: &Who, decider: &Who, today: NaiveDate) -> Result<(), Error> {
    let Some(agency) = writer.agency else { return Ok(()) };
    let typed = secret_count::Typed {
        year: today.year().to_string(),
        count: "1".into(),
        document: "00/BC-MH".into(),
        signed_on: today.to_string(),
        signer: "Giám đốc (minh họa)".into(),
    };
    SecretCount::save(app, writer, agency, &typed, 0).await?;
    let rows = SecretCount::of(&app.db, Some(agency)).await?;
    for row in &rows {
        row.sign(app, decider, row.version).await?;
    }
    Ok(())
}
