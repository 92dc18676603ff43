//! What was done with a denunciation, and who opened it: its own ledger, sealed as well. // recorded by itself: the common ledger must
//! not know that there is one

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use crate::base::installation_key::InstallationKey;
use crate::base::{App, new_id};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "denunciation_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub denunciation: Uuid,
    pub kind: Kind,
    /// Words, encrypted; empty where there are none.
    #[sea_orm(column_type = "Text")]
    pub sealed: String,
    pub person: Option<Uuid>,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Entry = Model;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Kind {
    Received,
    /// Brought here from among the questions.
    Brought,
    Opened,
    Taken,
    Noted,
    Replied,
    Closed,
    /// Who wrote it wrote more.
    Added,
    /// Given back as a question. What was written here stays: who read it is not forgotten by that.
    Released,
}

impl Kind {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("denunciation-entry-{}", self.to_value())
    }
}

/// Writes a line.
///
/// # Errors
/// The installation's key or the database failed.
pub async fn write(
    app: &App,
    on: &impl ConnectionTrait,
    denunciation: Uuid,
    (kind, text): (Kind, &str),
    person: Option<Uuid>,
) -> anyhow::Result<()> {
    let id = new_id();
    let sealed = if text.is_empty() { String::new() } else { InstallationKey::of(app)?.encrypt(id, text)? };
    let line = Model { id, denunciation, kind, sealed, person, at: app.clock.now() };
    Entity::insert(ActiveModel::from(line)).exec_without_returning(on).await?;
    Ok(())
}

impl Model {
    /// Those of one, latest first, with their words.
    ///
    /// # Errors
    /// The installation's key does not open them, or the database failed.
    pub async fn of(app: &App, denunciation: Uuid) -> anyhow::Result<Vec<(Self, String)>> {
        let key = InstallationKey::of(app)?;
        let rows =
            Entity::find().filter(Column::Denunciation.eq(denunciation)).order_by_desc(Column::At).order_by_desc(Column::Id);
        let open = |row: Self| {
            let text = if row.sealed.is_empty() { String::new() } else { key.decrypt(row.id, &row.sealed)? };
            anyhow::Ok((row, text))
        };
        rows.all(&app.db).await?.into_iter().map(open).collect()
    }
}
