//! What a coordinator does with a measure: defines it, changes its definition (a new version), confirms what was suggested, puts it away.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{DatabaseTransaction, QuerySelect, SqlErr};

use ::measures::checking::flaws;
use ::measures::{Definition, Of};

use super::measure::{Column, Entity, Measure, State};
use super::surroundings::There;
use super::{rights, version, words};
use crate::base::capability::{Thing, needs};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who, new_id};
use crate::plans::{Plan, Provision};
use crate::web::{Error, Locale, Obstacle};

pub const TITLE_LETTERS_MAX: usize = 200;
pub const MEANING_LETTERS_MAX: usize = 2_000;
const CODE_LETTERS_MAX: usize = 60;
/// Addresses of the desk that are no measure.
const NOT_A_CODE: [&str; 4] = ["new", "preview", "recomputation", "targets"];

/// What comes with the form.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub code: String,
    pub title: String,
    pub meaning: String,
    pub provision: Option<Uuid>,
    pub public: bool,
    pub why: String,
    pub definition: Definition,
}

/// Why a definition can not be kept; empty when it can. A source that nothing keeps yet stays where the rules suggested it.
#[must_use]
pub fn obstacles(l: Locale, typed: &Typed, there: &There, before: Option<&Measure>) -> Vec<Obstacle> {
    let mut found = Vec::new();
    if typed.title.is_empty() || typed.title.chars().count() > TITLE_LETTERS_MAX {
        found.push(Obstacle::new("measure-title-needed").with("n", TITLE_LETTERS_MAX).at("title"));
    }
    if typed.meaning.is_empty() || typed.meaning.chars().count() > MEANING_LETTERS_MAX {
        found.push(Obstacle::new("measure-meaning-needed").with("n", MEANING_LETTERS_MAX).at("meaning"));
    }
    let slug = vietnamese::slug(&typed.code);
    if before.is_none() && (slug.as_deref() != Some(typed.code.as_str()) || typed.code.len() > CODE_LETTERS_MAX) {
        found.push(Obstacle::new("measure-code-wrong").with("code", &typed.code).at("code"));
    }
    if before.is_none() && NOT_A_CODE.contains(&typed.code.as_str()) {
        found.push(Obstacle::new("measure-code-reserved").with("code", &typed.code).at("code"));
    }
    if before.is_none() && there.known.measures.contains_key(&typed.code) {
        found.push(Obstacle::new("measure-code-taken").with("code", &typed.code).at("code"));
    }
    let mut known = there.known.clone();
    let suggested = before.filter(|one| !one.rule.is_empty()).map(Measure::definition).unwrap_or_default();
    known.sources.extend(suggested.sources().map(str::to_owned));
    found.extend(flaws(&typed.code, &typed.definition, &known).iter().map(|flaw| words::flaw(l, flaw)));
    found
}

async fn provision(app: &App, typed: &Typed) -> Result<Option<(Plan, Provision)>, Error> {
    let Some(id) = typed.provision else { return Ok(None) };
    for plan in Plan::adopted(&app.db).await? {
        match Provision::find(&app.db, plan.id, id).await {
            Ok(provision) => return Ok(Some((plan, provision))),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Err(Error::Refused(vec![Obstacle::new("measure-provision-gone").at("provision")]))
}

fn new(app: &App, who: &Who, typed: &Typed, of: Option<(Plan, Provision)>) -> Result<Measure, Error> {
    let now = app.clock.now();
    Ok(Measure {
        id: new_id(),
        code: typed.code.clone(),
        plan: of.as_ref().map(|(plan, _)| plan.id),
        provision: of.as_ref().map(|(_, provision)| provision.id),
        rule: String::new(),
        position: of.as_ref().map(|(_, provision)| provision.position).unwrap_or_default(),
        title: typed.title.clone(),
        meaning: typed.meaning.clone(),
        body: serde_json::to_string(&typed.definition)?,
        state: State::Confirmed,
        public: typed.public,
        made_by: Some(who.person),
        made_at: now,
        changed_at: now,
        version: 1,
        written_by: Some(who.person),
        agreed_by: None,
    })
}

/// Who puts away what is counted waits for this transaction; who was quicker is seen.
async fn counted_stay(on: &DatabaseTransaction, definition: &Definition) -> Result<(), Error> {
    let counted = Entity::find().filter(Column::Code.is_in(definition.measures())).lock_shared().all(on).await?;
    match counted.iter().find(|one| one.state == State::Retired) {
        Some(gone) => Err(Error::Refused(vec![Obstacle::new("measure-flaw-measure").with("code", &gone.code).at("numerator")])),
        None => Ok(()),
    }
}

impl Measure {
    /// Defines a measure.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; or the database failed.
    pub async fn define(app: &App, l: Locale, who: &Who, typed: &Typed) -> Result<Self, Error> {
        if !rights::defines(who) {
            return Err(Error::Forbidden);
        }
        let there = There::read(app).await?;
        let found = obstacles(l, typed, &there, None);
        if !found.is_empty() {
            return Err(Error::Refused(found));
        }
        let measure = new(app, who, typed, provision(app, typed).await?)?;
        let transaction = app.begin().await?;
        counted_stay(&transaction, &typed.definition).await?;
        if let Err(error) =
            Entity::insert(super::measure::ActiveModel::from(measure.clone())).exec_without_returning(&transaction).await
        {
            return Err(match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => {
                    Error::Refused(vec![Obstacle::new("measure-code-taken").with("code", &measure.code).at("code")])
                }
                _ => error.into(),
            });
        }
        version::keep(&transaction, &measure, Some(who.person), &typed.why).await?;
        let fact = Fact::MeasureDefined { code: measure.code.clone(), title: measure.title.clone() };
        app.record(&transaction, measure.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(measure)
    }

    /// Changes what is counted: the next version. Whoever changes what was suggested confirms it by that.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn redefine(&self, app: &App, l: Locale, who: &Who, typed: &Typed, seen: i32) -> Result<(), Error> {
        if !rights::defines(who) {
            return Err(Error::Forbidden);
        }
        let changes = self.refused_or_changes(app, l, typed).await?;
        let now = app.clock.now();
        let next = Self {
            title: typed.title.clone(),
            meaning: typed.meaning.clone(),
            body: serde_json::to_string(&typed.definition)?,
            changed_at: now,
            version: seen + 1,
            written_by: Some(who.person),
            agreed_by: None,
            ..self.clone()
        };
        let transaction = app.begin().await?;
        counted_stay(&transaction, &typed.definition).await?;
        let done = Entity::update_many()
            .col_expr(Column::Title, Expr::value(next.title.as_str()))
            .col_expr(Column::Meaning, Expr::value(next.meaning.as_str()))
            .col_expr(Column::Body, Expr::value(next.body.as_str()))
            .col_expr(Column::Public, Expr::value(typed.public))
            .col_expr(Column::State, Expr::value(State::Confirmed))
            .col_expr(Column::ChangedAt, Expr::value(now))
            .col_expr(Column::WrittenBy, Expr::value(who.person))
            .col_expr(Column::AgreedBy, Expr::value(None::<Uuid>))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.ne(State::Retired))
            .filter(Column::Version.eq(seen))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        version::keep(&transaction, &next, Some(who.person), &typed.why).await?;
        let version = u32::try_from(next.version).unwrap_or_default();
        let fact = Fact::MeasureRedefined { code: self.code.clone(), title: next.title.clone(), version, changes };
        app.record(&transaction, self.id, fact, &By::from(who).because(typed.why.as_str())).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    async fn refused_or_changes(&self, app: &App, l: Locale, typed: &Typed) -> Result<Vec<Change>, Error> {
        let there = There::read(app).await?;
        let mut found = obstacles(l, typed, &there, Some(self));
        if self.state == State::Retired {
            found.push(Obstacle::new("measure-is-retired"));
        }
        let changes = self.changes(l, typed);
        // Fields of two forms may have the same code, and are then said in the same words.
        if changes.is_empty() && self.definition().fields().eq(typed.definition.fields()) {
            found.push(Obstacle::new("measure-nothing-changed"));
        }
        if found.is_empty() { Ok(changes) } else { Err(Error::Refused(found)) }
    }

    fn changes(&self, l: Locale, typed: &Typed) -> Vec<Change> {
        let mut found = words::differences(l, &self.definition(), &typed.definition);
        let texts = [("title", &self.title, &typed.title), ("meaning", &self.meaning, &typed.meaning)];
        let changed = texts.into_iter().filter(|(_, from, to)| from != to);
        found.extend(changed.map(|(field, from, to)| Change { field: field.into(), from: from.clone(), to: to.clone() }));
        if self.public != typed.public {
            let word = |public| l.t(if public { "measure-public-yes" } else { "measure-public-no" });
            found.push(Change { field: "public".into(), from: word(self.public), to: word(typed.public) });
        }
        found
    }

    /// Confirms what was suggested: from then on it is the measure of its target.
    ///
    /// # Errors
    /// Forbidden; stale when it is no suggestion any more, or was changed; or the database failed.
    pub async fn confirm(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let fact = Fact::MeasureConfirmed { code: self.code.clone(), title: self.title.clone() };
        self.turn(app, &transaction, who, (&[State::Suggested], State::Confirmed), seen, fact).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Agrees that the public reads what a colleague wrote.
    ///
    /// # Errors
    /// Forbidden, also for who wrote it; stale when it does not wait any more, or was changed; or the database failed.
    pub async fn agree(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        if !rights::agrees(who, self) {
            return Err(Error::Forbidden);
        }
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::AgreedBy, Expr::value(who.person))
            .col_expr(Column::ChangedAt, Expr::value(app.clock.now()))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(State::Confirmed))
            .filter(Column::AgreedBy.is_null())
            .filter(Column::Version.eq(seen))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let fact = Fact::MeasureConfirmed { code: self.code.clone(), title: self.title.clone() };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Puts it away: it is counted no more. What counts it has to be changed first.
    ///
    /// # Errors
    /// Forbidden; refused while another, or something of a later capability, counts it; stale when somebody was quicker; or the database failed.
    pub async fn retire(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let fact = Fact::MeasureRetired { code: self.code.clone(), title: self.title.clone() };
        self.turn(app, &transaction, who, (&[State::Suggested, State::Confirmed], State::Retired), seen, fact).await?;
        // Whatever came to count it while the page was open refuses, and with the transaction nothing of this was.
        let counts = |one: &&Self| one.definition().parts().any(|part| part.of == Of::Measure { code: self.code.clone() });
        if let Some(other) = Self::all(&transaction).await?.iter().find(counts) {
            return Err(Error::Refused(vec![Obstacle::new("measure-is-counted").with("name", &other.title)]));
        }
        let needed = needs(app, &transaction, Thing { kind: "measure", id: self.id }).await?;
        if !needed.is_empty() {
            return Err(Error::Refused(needed));
        }
        app.commit(transaction).await?;
        Ok(())
    }

    /// From one state to another, in the caller's transaction.
    async fn turn(
        &self,
        app: &App,
        on: &DatabaseTransaction,
        who: &Who,
        (from, to): (&[State], State),
        seen: i32,
        fact: Fact,
    ) -> Result<(), Error> {
        if !rights::defines(who) {
            return Err(Error::Forbidden);
        }
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(to))
            .col_expr(Column::ChangedAt, Expr::value(app.clock.now()))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.is_in(from.iter().copied()))
            .filter(Column::Version.eq(seen))
            .exec(on)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(on, self.id, fact, &By::from(who)).await?;
        Ok(())
    }
}
