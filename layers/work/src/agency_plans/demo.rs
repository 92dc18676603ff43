//! Plans of agencies that the demo province starts with: two issued, one being drafted; the others have none.

use chrono::{Datelike, NaiveDate};
use sea_orm::{EntityTrait, PaginatorTrait};
use uuid::Uuid;

use super::agency_plan::draft::Content;
use super::agency_plan::keeping::Upload;
use super::agency_plan::{self, AgencyPlan};
use crate::base::{App, new_id, time};
use crate::duties::held;
use crate::people::demo_people;
use crate::web::Error;

/// Who, the sign of the number, how many in ten of its duties are covered, whether it is issued.
const PLANS: [(&str, &str, usize, bool); 3] =
    [("department_officer", "15/KH-SKHCN", 9, true), ("officer", "08/KH-UBND", 6, true), ("officer_2", "", 4, false)];

/// Makes them, when there are none yet.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App, plan: Uuid) -> anyhow::Result<()> {
    if agency_plan::Entity::find().count(&app.db).await? > 0 {
        return Ok(());
    }
    for (who, number, tenths, issued) in PLANS {
        make(app, plan, (who, number, tenths, issued)).await.map_err(|error| anyhow::anyhow!("a demo plan: {error:?}"))?;
    }
    Ok(())
}

async fn make(app: &App, plan: Uuid, (who, number, tenths, issued): (&str, &str, usize, bool)) -> Result<(), Error> {
    let Some(who) = demo_people::at_work(app, who).await? else { return Ok(()) };
    let Some(agency) = who.agency else { return Ok(()) };
    let year = time::local_date(app.clock.now()).year();
    let held = held::by(&app.db, plan, agency, None).await?;
    let covered = held.iter().take(held.len() * tenths / 10);
    let title = format!("Kế hoạch truyền thông về khoa học, công nghệ và chuyển đổi số của {} (minh họa)", who.agency_name);
    let content = Content {
        number: number.into(),
        title: title.clone(),
        issued_on: NaiveDate::from_ymd_opt(year, 1, 28).filter(|day| issued && *day <= time::local_date(app.clock.now())),
        from_year: year,
        until_year: year + 1,
        note: String::new(),
        duties: covered.clone().map(|held| held.duty).collect(),
    };
    let mut text = format!("{title}\n\nVăn bản này được soạn để dùng thử phần mềm.\n\nI. NHIỆM VỤ\n");
    covered.enumerate().for_each(|(at, held)| text.push_str(&format!("{}. {}\n", at + 1, held.title)));
    let upload = Upload { name: "ke-hoach-minh-hoa.txt".into(), bytes: text.into_bytes() };
    let id = new_id();
    AgencyPlan::begin(app, &who, (id, plan), &content, &upload).await?;
    if content.issued_on.is_some() && !content.duties.is_empty() {
        AgencyPlan::find_for(&app.db, &who, id).await?.issue(app, &who, 1).await?;
    }
    Ok(())
}
