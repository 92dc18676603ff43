//! Sources of funds: data with names that the finance body may mend.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use crate::base::{App, By, Fact, Role, Who};
use crate::web::{Error, Obstacle};

const NAME_LETTERS_MAX: usize = 200;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "funding_source")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What lines keep: `budget`, `integrated`, `social`, `other`.
    #[sea_orm(unique)]
    pub code: String,
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Source = Model;

impl Model {
    /// All of them in their order.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        Entity::find().order_by_asc(Column::Position).all(on).await
    }

    /// Who may mend the names.
    #[must_use]
    pub fn may_rename(who: &Who) -> bool {
        who.is_any(&[Role::Finance, Role::Coordinator])
    }

    /// Gives it another name.
    ///
    /// # Errors
    /// Refused when the name is empty, too long or another source's; stale when somebody was quicker.
    pub async fn rename(app: &App, who: &Who, id: Uuid, seen: i32, name: &str) -> Result<(), Error> {
        if !Self::may_rename(who) {
            return Err(Error::Forbidden);
        }
        let name = vietnamese::normalise(name).replace(['\n', '\r', '\0'], " ").trim().to_owned();
        if name.is_empty() || name.chars().count() > NAME_LETTERS_MAX {
            return Err(Error::Refused(vec![Obstacle::new("funding-source-name").with("n", NAME_LETTERS_MAX)]));
        }
        let transaction = app.begin().await?;
        let sources = Self::all(&transaction).await?;
        let source = sources.iter().find(|source| source.id == id).ok_or(Error::NotFound)?;
        let key = vietnamese::name_key(&name);
        if sources.iter().any(|other| other.id != id && vietnamese::name_key(&other.name) == key) {
            return Err(Error::refused("funding-source-twice"));
        }
        let done = Entity::update_many()
            .col_expr(Column::Name, Expr::value(name.clone()))
            .col_expr(Column::Version, Expr::value(seen + 1))
            .filter(Column::Id.eq(id))
            .filter(Column::Version.eq(seen))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let fact = Fact::FundingSourceRenamed { from: source.name.clone(), to: name };
        app.record(&transaction, id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

/// The source of that code.
#[must_use]
pub fn of_code<'a>(sources: &'a [Source], code: &str) -> Option<&'a Source> {
    sources.iter().find(|source| source.code == code)
}

/// The source that a spreadsheet names: by its code, its name with or without marks, or its number from 1.
#[must_use]
pub fn called<'a>(sources: &'a [Source], said: &str) -> Option<&'a Source> {
    let folded = vietnamese::fold(said.trim());
    let number = folded.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let named = sources.iter().find(|source| source.code == *folded || vietnamese::fold(&source.name) == folded);
    named.or_else(|| number.and_then(|at| sources.get(at)))
}
