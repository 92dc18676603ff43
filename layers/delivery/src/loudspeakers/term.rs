//! How a piece of writing is said: words of the whole province, and of one agency, laid over those that ship.

use loudspeakers::script::{Entry as Said, Lexicon};
use sea_orm::Condition;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::bulletin::writing::{over, tidy_line};
use super::rights::{self, Verb};
use crate::base::{App, By, Fact, Role, Who, new_id};
use crate::web::{Error, Obstacle};

const LETTERS_MAX: usize = 200;
/// As many as one list keeps at hand.
const TERMS_MAX: u64 = 2_000;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "loudspeaker_term")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// None: of the whole province.
    pub agency: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub written: String,
    #[sea_orm(column_type = "Text")]
    pub said: String,
    pub any_case: bool,
    /// Read so behind a number only.
    pub unit: bool,
    pub made_by: Uuid,
    pub made_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Term = Model;

impl Model {
    fn entry(&self) -> Said {
        Said { written: self.written.clone(), said: self.said.clone(), any_case: self.any_case, unit: self.unit }
    }

    /// The province's, and an agency's when there is one, by what is written.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, agency: Option<Uuid>) -> Result<Vec<Self>, DbErr> {
        let mut whose = Condition::any().add(Column::Agency.is_null());
        if let Some(agency) = agency {
            whose = whose.add(Column::Agency.eq(agency));
        }
        let mut terms = Entity::find().filter(whose).order_by_asc(Column::Id).all(on).await?;
        terms.sort_by(|one, other| vietnamese::order::compare_natural(&one.written, &other.written));
        Ok(terms)
    }
}

/// Everything an agency's scripts are read by.
///
/// # Errors
/// The database failed.
pub async fn lexicon(app: &App, agency: Uuid) -> Result<Lexicon, DbErr> {
    let terms = Term::of(&app.db, Some(agency)).await?;
    let of = |own: bool| terms.iter().filter(|one| one.agency.is_some() == own).map(Term::entry).collect();
    Ok(over(of(false), of(true)))
}

/// Whether the person may set words of that agency, or (None) of the province.
#[must_use]
pub fn may_set(who: &Who, agency: Option<Uuid>) -> bool {
    match agency {
        None => who.is(Role::Coordinator),
        Some(agency) => rights::may(who, Verb::Write, agency) || rights::may(who, Verb::Keep, agency),
    }
}

/// Says how something is said; what was said of it before is replaced.
///
/// # Errors
/// Forbidden to others; refused with each obstacle at its field; or the database failed.
pub async fn set(app: &App, who: &Who, agency: Option<Uuid>, entry: &Said) -> Result<(), Error> {
    if !may_set(who, agency) {
        return Err(Error::Forbidden);
    }
    let (written, said) = (tidy_line(&entry.written), tidy_line(&entry.said));
    let mut wrong = Vec::new();
    for (field, value, missing) in [("written", &written, "loud-term-written"), ("said", &said, "loud-term-said")] {
        if !value.chars().any(char::is_alphanumeric) {
            wrong.push(Obstacle::new(missing).at(field));
        } else if value.chars().count() > LETTERS_MAX {
            wrong.push(Obstacle::new("article-too-long").with("n", LETTERS_MAX).at(field));
        }
    }
    let of = |rows: Select<Entity>| match agency {
        Some(agency) => rows.filter(Column::Agency.eq(agency)),
        None => rows.filter(Column::Agency.is_null()),
    };
    if of(Entity::find()).count(&app.db).await? >= TERMS_MAX {
        wrong.push(Obstacle::new("loud-term-many").with("n", TERMS_MAX).at("written"));
    }
    if !wrong.is_empty() {
        return Err(Error::Refused(wrong));
    }
    let transaction = app.begin().await?;
    let same =
        of(Entity::find()).filter(Column::Written.eq(&written)).filter(Column::Unit.eq(entry.unit)).all(&transaction).await?;
    Entity::delete_many().filter(Column::Id.is_in(same.iter().map(|one| one.id))).exec(&transaction).await?;
    let row = Term {
        id: same.first().map_or_else(new_id, |one| one.id),
        agency,
        written: written.clone(),
        said: said.clone(),
        any_case: entry.any_case,
        unit: entry.unit,
        made_by: who.person,
        made_at: app.clock.now(),
        version: same.first().map_or(1, |one| one.version + 1),
    };
    let id = row.id;
    Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await?;
    app.record(&transaction, id, Fact::LoudTermSet { written, said }, &By::from(who)).await?;
    app.commit(transaction).await?;
    Ok(())
}

/// Takes a word away: it is said as before.
///
/// # Errors
/// Not found; forbidden to others; or the database failed.
pub async fn remove(app: &App, who: &Who, id: Uuid) -> Result<(), Error> {
    let term = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
    if !may_set(who, term.agency) {
        return Err(if term.agency.is_none() { Error::Forbidden } else { Error::Hidden(id) });
    }
    let transaction = app.begin().await?;
    if Entity::delete_many().filter(Column::Id.eq(id)).exec(&transaction).await?.rows_affected > 0 {
        app.record(&transaction, id, Fact::LoudTermRemoved { written: term.written }, &By::from(who)).await?;
    }
    app.commit(transaction).await?;
    Ok(())
}
