//! Who runs the site: the facts that the law wants on every page (NĐ 174/2026). They come from the settings of the node and
//! are overridden field by field by what a system administrator wrote on the desk. Each node keeps them at hand, since every
//! page shows them.

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::config::Site;
use super::fact::Change;
use super::{App, By, Fact};
use crate::web::{Error, Obstacle};

/// How soon another node shows what was changed on one.
const REREAD_S: u64 = 15;
/// There is one row.
const ONLY: i32 = 1;
/// The longest of these facts, letters.
pub const LETTERS_MAX: usize = 200;
/// The fields, as the form and the ledger call them.
pub const FIELDS: [&str; 6] = ["name", "owner", "address", "phone", "email", "responsible"];
/// Those without which nothing is published.
pub const REQUIRED: [&str; 5] = ["owner", "address", "phone", "email", "responsible"];

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "site")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub owner: String,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    #[sea_orm(column_type = "Text")]
    pub phone: String,
    #[sea_orm(column_type = "Text")]
    pub email: String,
    #[sea_orm(column_type = "Text")]
    pub responsible: String,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// What a node has at hand: the row as it was last read.
#[derive(Default)]
pub struct AtHand(RwLock<Option<Model>>);

impl Site {
    /// A field by the name that the form gives it.
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        match name {
            "name" => &self.name,
            "owner" => &self.owner,
            "address" => &self.address,
            "phone" => &self.phone,
            "email" => &self.email,
            "responsible" => &self.responsible,
            _ => "",
        }
    }

    /// The required fields that say nothing.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        REQUIRED.into_iter().filter(|name| self.field(name).trim().is_empty()).collect()
    }
}

impl App {
    /// The facts of the site as its pages show them.
    #[must_use]
    pub fn site(&self) -> Site {
        let mut site = self.config.site.clone();
        let kept = self.site.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(row) = kept.as_ref() {
            let fields = [
                (&mut site.name, &row.name),
                (&mut site.owner, &row.owner),
                (&mut site.address, &row.address),
                (&mut site.phone, &row.phone),
                (&mut site.email, &row.email),
                (&mut site.responsible, &row.responsible),
            ];
            for (shown, written) in fields {
                if !written.is_empty() {
                    written.clone_into(shown);
                }
            }
        }
        site
    }

    /// The version of what was written on the desk; 0 when nothing was.
    #[must_use]
    pub fn site_version(&self) -> i32 {
        self.site.0.read().unwrap_or_else(PoisonError::into_inner).as_ref().map_or(0, |row| row.version)
    }

    /// Reads what was written on the desk.
    ///
    /// # Errors
    /// The database failed.
    pub async fn reread_site(&self) -> Result<(), DbErr> {
        let row = Entity::find_by_id(ONLY).one(&self.db).await?;
        *self.site.0.write().unwrap_or_else(PoisonError::into_inner) = row;
        Ok(())
    }
}

/// Rereads the facts of the site for as long as the node runs: another node may have changed them.
pub async fn keep_up(app: App) {
    loop {
        tokio::time::sleep(Duration::from_secs(REREAD_S)).await;
        if let Err(error) = app.reread_site().await {
            tracing::error!(%error, "the facts of the site could not be read");
        }
    }
}

/// Writes the facts of the site when nobody did since `version`.
///
/// # Errors
/// Refused when a field is too long or the e-mail is none; stale when somebody else was quicker; or the database failed.
pub async fn write(app: &App, given: &Site, version: i32, by: &By) -> Result<(), Error> {
    let site = read(given)?;
    let before = app.site();
    let changes: Vec<Change> =
        FIELDS.into_iter().filter_map(|name| Change::of(name, before.field(name), site.field(name))).collect();
    if changes.is_empty() {
        return Ok(());
    }
    let transaction = app.begin().await?;
    let there = Entity::find_by_id(ONLY).one(&transaction).await?.map_or(0, |row| row.version);
    if there != version {
        return Err(Error::Stale);
    }
    let row = ActiveModel {
        id: Set(ONLY),
        name: Set(site.name),
        owner: Set(site.owner),
        address: Set(site.address),
        phone: Set(site.phone),
        email: Set(site.email),
        responsible: Set(site.responsible),
        version: Set(version + 1),
    };
    if version == 0 {
        Entity::insert(row).exec_without_returning(&transaction).await?;
    } else {
        let same = Entity::update_many().set(row.reset_all()).filter(Column::Id.eq(ONLY)).filter(Column::Version.eq(version));
        if same.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
    }
    app.record(&transaction, Uuid::nil(), Fact::SiteFactsChanged { changes }, by).await?;
    app.commit(transaction).await?;
    app.reread_site().await?;
    Ok(())
}

/// The facts as they are kept, or what is wrong with them.
fn read(given: &Site) -> Result<Site, Error> {
    let mut wrong = Vec::new();
    let mut line = |name: &'static str| {
        let text = vietnamese::normalise::squeeze_spaces(&vietnamese::normalise(given.field(name).trim()).replace('\0', ""))
            .into_owned();
        if text.chars().count() > LETTERS_MAX {
            wrong.push(Obstacle::new("site-too-long").with("n", LETTERS_MAX).at(name));
        }
        text
    };
    let site = Site {
        name: line("name"),
        owner: line("owner"),
        address: line("address"),
        phone: line("phone"),
        email: line("email"),
        responsible: line("responsible"),
    };
    if !site.email.is_empty() && !site.email.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.')) {
        wrong.push(Obstacle::new("site-no-email").at("email"));
    }
    if wrong.is_empty() { Ok(site) } else { Err(Error::Refused(wrong)) }
}
