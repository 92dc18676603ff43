//! Which node has the line. One has it at a time, and says so every few seconds; when it stops saying so, another takes it.
//! // recorded by nobody: which machine speaks is no fact of the province

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::Condition;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::base::{App, new_id};

/// A node that died has the line for so long still.
const LEASE_S: i64 = 10;
const RENEW_S: u64 = 3;
const MQTT: &str = "mqtt";

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "loudspeaker_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub node: Uuid,
    pub leased_until: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Who this node is: kept in its data folder, so that it has its own line again at once after it was started anew.
///
/// # Errors
/// The data folder can not be read or written.
pub fn node(app: &App) -> anyhow::Result<Uuid> {
    let file = app.config.data.join("node.id");
    match std::fs::read_to_string(&file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        kept => match kept.unwrap_or_default().trim().parse::<Uuid>() {
            Ok(id) => Ok(id),
            // None, or half of one, as a power cut leaves it: a new one costs the rest of a lease, no line would cost everything.
            Err(_) => {
                let id = new_id();
                std::fs::write(&file, id.to_string())?;
                Ok(id)
            }
        },
    }
}

/// Takes the line, or holds it longer. False: it is another's.
///
/// # Errors
/// The database failed.
pub async fn take(app: &App, node: Uuid) -> Result<bool, DbErr> {
    let now = app.clock.now();
    let until = now + TimeDelta::seconds(LEASE_S);
    let free = Condition::any().add(Column::Node.eq(node)).add(Column::LeasedUntil.lt(now));
    let done = Entity::update_many()
        .col_expr(Column::Node, Expr::value(node))
        .col_expr(Column::LeasedUntil, Expr::value(until))
        .filter(Column::Name.eq(MQTT))
        .filter(free)
        .exec(&app.db)
        .await?;
    if done.rows_affected > 0 {
        return Ok(true);
    }
    let row = ActiveModel { name: Set(MQTT.into()), node: Set(node), leased_until: Set(until) };
    let once = OnConflict::column(Column::Name).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(once).exec_without_returning(&app.db).await? > 0)
}

/// Holds the line; ends when it is lost, with the reason.
pub async fn keep(app: &App, node: Uuid) -> String {
    loop {
        tokio::time::sleep(Duration::from_secs(RENEW_S)).await;
        match take(app, node).await {
            Ok(true) => {}
            Ok(false) => return "another node has the line".into(),
            Err(error) => return format!("the lease can not be held: {error}"),
        }
    }
}
