//! A newsletter that the demo province starts with: named as made up, with readers whose addresses reach nobody (RFC 2606), and an issue
//! that waits for its approver. Nothing was sent, and nothing says so. // recorded by the verbs that make it

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;

use super::issue::Issue;
use super::newsletter::keeping::Wanted;
use super::newsletter::{self, Newsletter, Rhythm, Scope};
use super::subscriber::importing;
use crate::base::{App, new_id};
use crate::people::demo_people;
use crate::web::Error;

const READERS: usize = 4;
/// Articles of so many days are in the first issue.
const DRAWN_D: i64 = 30;
const STATEMENT: &str = "Địa chỉ minh họa của hệ thống, không thuộc về ai và không nhận được thư.";

/// Fills an empty table; later starts find nothing to do.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    fill(app).await.map_err(|error| anyhow::anyhow!("the demo's newsletter: {error:?}"))
}

async fn fill(app: &App) -> Result<(), Error> {
    if newsletter::Entity::find().one(&app.db).await?.is_some() {
        return Ok(());
    }
    let keeper = demo_people::at_work(app, "department_admin").await?;
    let writer = demo_people::at_work(app, "department_officer").await?;
    let Some((keeper, writer)) = keeper.zip(writer).filter(|(keeper, writer)| keeper.agency == writer.agency) else {
        return Ok(());
    };
    let wanted = Wanted {
        id: new_id(),
        name: "Bản tin chuyển đổi số (minh họa)".into(),
        about: "Việc mới của chuyển đổi số trong tỉnh, mỗi tuần một thư. Bản tin minh họa của hệ thống.".into(),
        purpose: "Chỉ để gửi bản tin này.".into(),
        sender_name: "Bản tin minh họa".into(),
        scope: Scope::Province,
        rhythm: Rhythm::ByHand,
        hour: "7".into(),
        weekday: "1".into(),
        open: true,
        ..Wanted::default()
    };
    let id = Newsletter::make(app, &keeper, &wanted).await?;
    // What came out before it was made is in its first issue.
    let since = app.clock.now() - TimeDelta::days(DRAWN_D);
    newsletter::Entity::update_many()
        .col_expr(newsletter::Column::DrawnUntil, Expr::value(since))
        .filter(newsletter::Column::Id.eq(id))
        .exec(&app.db)
        .await?;
    let readers: String = (1..=READERS).map(|number| format!("ban-doc-{number}@demo.lantoa.example\n")).collect();
    importing::bring(app, &keeper, id, readers.into_bytes(), STATEMENT).await?;
    let issue = Issue::begin(app, &writer, id).await?;
    Issue::submit(app, &writer, issue, 1).await
}
