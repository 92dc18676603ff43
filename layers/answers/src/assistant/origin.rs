//! Portals of agencies that may show the assistant on their pages: by their origin (scheme, host, port), as browsers name it.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, SqlErr};

use crate::base::{App, By, Fact, Role, Who, new_id};
use crate::web::{Error, Obstacle};

const ORIGINS_MAX: usize = 300;
const NAME_LETTERS_MAX: usize = 120;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assistant_origin")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `https://xa.dongthap.gov.vn`
    #[sea_orm(unique)]
    pub origin: String,
    /// Whose portal it is.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Origin = Model;

/// Who keeps the list.
#[must_use]
pub fn may_keep(who: &Who) -> bool {
    who.is_any(&[Role::SystemAdministrator, Role::Coordinator])
}

/// An origin as browsers name it, of whatever address was typed; plain HTTP on this machine alone.
fn read(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = reqwest::Url::parse(&whole).ok()?;
    let host = url.host_str()?;
    let is_local = matches!(host, "localhost" | "127.0.0.1");
    let is_named = host.contains('.') || is_local;
    let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_local);
    let origin = url.origin().ascii_serialization();
    (is_named && is_safe && url.username().is_empty() && origin.len() <= 200).then_some(origin)
}

impl Model {
    /// All of them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        Entity::find().order_by_asc(Column::Origin).all(on).await
    }

    /// Lets a portal show the assistant.
    ///
    /// # Errors
    /// Forbidden; refused at its field; or the database failed.
    pub async fn add(app: &App, who: &Who, address: &str, name: &str) -> Result<(), Error> {
        if !may_keep(who) {
            return Err(Error::Forbidden);
        }
        let refused = |key: &'static str, field: &'static str| Error::Refused(vec![Obstacle::new(key).at(field)]);
        let name = vietnamese::normalise(name.trim()).replace('\0', "");
        if name.is_empty() || name.chars().count() > NAME_LETTERS_MAX {
            return Err(refused("assistant-origin-needs-name", "name"));
        }
        let origin = read(address).ok_or_else(|| refused("assistant-origin-wrong", "origin"))?;
        if Self::all(&app.db).await?.len() >= ORIGINS_MAX {
            return Err(refused("assistant-origin-many", "origin"));
        }
        let transaction = app.begin().await?;
        let row = Self { id: new_id(), origin: origin.clone(), name, at: app.clock.now() };
        let id = row.id;
        Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await.map_err(|error| {
            match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => refused("assistant-origin-there", "origin"),
                _ => error.into(),
            }
        })?;
        app.record(&transaction, id, Fact::AssistantOriginAdded { origin }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Takes one off the list.
    ///
    /// # Errors
    /// Forbidden; stale when it is gone; or the database failed.
    pub async fn remove(app: &App, who: &Who, id: Uuid) -> Result<(), Error> {
        if !may_keep(who) {
            return Err(Error::Forbidden);
        }
        let one = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        let transaction = app.begin().await?;
        if Entity::delete_many().filter(Column::Id.eq(id)).exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, id, Fact::AssistantOriginRemoved { origin: one.origin }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn an_address_becomes_its_origin() {
        assert_eq!(read("xa.example.gov.vn").as_deref(), Some("https://xa.example.gov.vn"));
        assert_eq!(read(" https://Xa.example.gov.vn/trang-chu?a=1 ").as_deref(), Some("https://xa.example.gov.vn"));
        assert_eq!(read("https://xa.example.gov.vn:8443/").as_deref(), Some("https://xa.example.gov.vn:8443"));
        assert_eq!(read("http://localhost:4000").as_deref(), Some("http://localhost:4000"));
        for wrong in ["", "http://xa.example.gov.vn", "javascript:alert(1)", "https://a:b@xa.example.gov.vn", "*", "xa"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
