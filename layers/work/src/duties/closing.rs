//! Closing a period: who is in, with which version of the answer, and who is absent, by name, written down once. What comes
//! afterwards goes into the next version; the one before stays as it was.

pub mod line;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, SqlErr};

pub use line::{Line, Outcome};

use super::duty::{Duty, Kind};
use super::request::may_run;
use crate::base::{App, By, Fact, Who, fact, new_id, time};
use crate::plans::Plan;
use crate::web::{Error, Locale, Obstacle};

const NOTE_LETTERS_MAX: usize = 2_000;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "closing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub duty: Uuid,
    /// As in [`super::slot::Model::period`].
    pub period: String,
    /// From 1.
    pub version: i32,
    /// The body that closed.
    pub agency: Option<Uuid>,
    pub person: Uuid,
    pub at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub note: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Closing = Model;

/// What the press of the button brings.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The version that the person saw; 0 when there was none.
    pub seen: i32,
    pub note: String,
}

impl Model {
    /// The versions of a period, earliest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, duty: Uuid, period: &str) -> Result<Vec<Self>, DbErr> {
        let versions = Entity::find().filter(Column::Duty.eq(duty)).filter(Column::Period.eq(period));
        versions.order_by_asc(Column::Version).all(on).await
    }

    /// All versions of the periods of these duties, earliest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_duties(on: &impl ConnectionTrait, duties: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Duty.is_in(duties.iter().copied())).order_by_asc(Column::Version).all(on).await
    }

    /// The version that a fact tells of: its words name the period as people do.
    ///
    /// # Errors
    /// The database failed.
    pub async fn told_by(on: &impl ConnectionTrait, recorded: &fact::Model) -> Result<Option<Self>, DbErr> {
        let closings = Self::of_duties(on, &[recorded.about]).await?;
        Ok(closings.into_iter().filter(|one| one.at <= recorded.at).max_by_key(|one| one.at))
    }

    /// Where the desk closes a period.
    #[must_use]
    pub fn desk_path(duty: Uuid, period: &str) -> String {
        format!("/desk/closings/{duty}/{period}")
    }

    /// Writes the next version down. The second press of the same person is the same version.
    ///
    /// # Errors
    /// Forbidden; refused while somebody still has time, or when nothing differs from the version before; stale when
    /// somebody else closed meanwhile; or the database failed.
    pub async fn make(app: &App, who: &Who, plan: &Plan, duty: &Duty, period: &str, wanted: &Wanted) -> Result<i32, Error> {
        if !may_run(who, plan) {
            return Err(Error::Forbidden);
        }
        let note = wanted.note.trim();
        if note.chars().count() > NOTE_LETTERS_MAX {
            return Err(Error::Refused(vec![Obstacle::new("closing-note-long").with("n", NOTE_LETTERS_MAX).at("note")]));
        }
        let today = time::local_date(app.clock.now());
        let transaction = app.begin().await?;
        super::opening::hold(&transaction, plan.id).await?;
        let last = Self::of(&transaction, duty.id, period).await?.pop();
        let version = last.as_ref().map_or(0, |last| last.version);
        if version != wanted.seen {
            let again = last.is_some_and(|last| last.person == who.person && version == wanted.seen + 1 && last.note == note);
            return if again { Ok(version) } else { Err(Error::Stale) };
        }
        let lines = line::now(app, &transaction, duty.id, period, today).await?;
        let before = match &last {
            Some(last) => Some(Line::of(&transaction, last.id).await?),
            None => None,
        };
        refuse(&lines, before.as_deref())?;
        let closing = Self {
            id: new_id(),
            duty: duty.id,
            period: period.to_owned(),
            version: version + 1,
            agency: who.agency,
            person: who.person,
            at: app.clock.now(),
            note: note.to_owned(),
        };
        let id = closing.id;
        if let Err(error) = Entity::insert(ActiveModel::from(closing)).exec_without_returning(&transaction).await {
            return Err(match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
                _ => error.into(),
            });
        }
        let fact = written(period, version + 1, &lines.list);
        line::write(&transaction, id, lines.list).await?;
        app.record(&transaction, duty.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(version + 1)
    }
}

/// In the words of the province, as they are read in the ledger.
fn written(period: &str, version: i32, lines: &[Line]) -> Fact {
    Fact::PeriodClosed {
        period: super::view::period(Locale::default(), period),
        version: version.unsigned_abs(),
        present: count(lines, true),
        absent: count(lines, false),
    }
}

/// How many lines are in, or are not.
#[must_use]
pub fn count(lines: &[Line], present: bool) -> u32 {
    u32::try_from(lines.iter().filter(|line| line.outcome.is_in() == present).count()).unwrap_or(u32::MAX)
}

/// How many still have time, and until when.
#[must_use]
pub fn too_early(lines: &line::Lines) -> Obstacle {
    let until = lines.open_until.map(time::day).unwrap_or_default();
    Obstacle::new("closing-too-early").with("count", lines.with_time.len()).with("day", until)
}

fn refuse(lines: &line::Lines, before: Option<&[Line]>) -> Result<(), Error> {
    if lines.list.is_empty() {
        return Err(Error::NotFound);
    }
    if !lines.with_time.is_empty() {
        return Err(Error::Refused(vec![too_early(lines)]));
    }
    if before.is_some_and(|before| line::differences(before, &lines.list).is_empty()) {
        return Err(Error::refused("closing-nothing-new"));
    }
    Ok(())
}

/// The duty and plan of a period that can be closed, when the person may see them.
///
/// # Errors
/// Not found, hidden, or the database failed.
pub async fn find_for(app: &App, who: &Who, duty: Uuid) -> Result<(Duty, Plan), Error> {
    let duty = Duty::find(&app.db, duty).await?;
    if duty.kind == Kind::Work {
        return Err(Error::NotFound);
    }
    let plan = Plan::find(&app.db, duty.plan).await?;
    if super::request::may_see(who, &plan) { Ok((duty, plan)) } else { Err(Error::Hidden(duty.id)) }
}

/// A period as the list of periods shows it.
#[derive(Clone, Debug, sea_orm::FromQueryResult)]
pub struct Standing {
    pub duty: Uuid,
    pub period: String,
    pub due_on: NaiveDate,
    pub expected: i64,
    /// Handed in and not sent back.
    pub answered: i64,
    /// The last day on which somebody who has not handed in still may in time; None when all have.
    pub open_until: Option<NaiveDate>,
}

impl Standing {
    /// Whether it can be closed: its day is past, and nobody who is missing has time left.
    #[must_use]
    pub fn is_ripe(&self, today: NaiveDate) -> bool {
        self.due_on < today && self.open_until.is_none_or(|until| until < today)
    }
}

/// The periods of reports and requests of these plans that are due by a day, latest first: one statement.
///
/// # Errors
/// The database failed.
pub async fn periods(on: &impl ConnectionTrait, plans: &[Uuid], until: NaiveDate) -> Result<Vec<Standing>, DbErr> {
    use super::{answer, duty, review, slot};
    use sea_orm::FromQueryResult;
    use sea_orm::sea_query::{Alias, CaseStatement, ExprTrait, Func, JoinType, Order, Query};
    let its_review = Expr::col((review::Entity, review::Column::Answer)).equals((answer::Entity, answer::Column::Id));
    let answered = Query::select()
        .column((answer::Entity, answer::Column::Slot))
        .column((review::Entity, review::Column::Verdict))
        .from(answer::Entity)
        .left_join(review::Entity, its_review)
        .and_where(answer::is_newest())
        .take();
    let theirs = Alias::new("answered_slots");
    let said = |column: Alias| Expr::col((Alias::new("answered_slots"), column));
    let returned = said(Alias::new("verdict")).eq(review::Verdict::Return.to_value());
    let unanswered = said(Alias::new("slot")).is_null();
    let done = CaseStatement::new().case(unanswered.clone().or(returned), 0).finally(1);
    let of = |column: slot::Column| Expr::col((slot::Entity, column));
    let query = Query::select()
        .column((slot::Entity, slot::Column::Duty))
        .column((slot::Entity, slot::Column::Period))
        .expr_as(of(slot::Column::DueOn).min(), Alias::new("due_on"))
        .expr_as(of(slot::Column::Id).count(), Alias::new("expected"))
        .expr_as(Func::sum(done).cast_as(Alias::new("bigint")), Alias::new("answered"))
        .expr_as(Func::max(CaseStatement::new().case(unanswered, of(slot::Column::InTimeUntil))), Alias::new("open_until"))
        .from(slot::Entity)
        .inner_join(duty::Entity, Expr::col((duty::Entity, duty::Column::Id)).equals((slot::Entity, slot::Column::Duty)))
        .join_subquery(
            JoinType::LeftJoin,
            answered,
            theirs.clone(),
            Expr::col((theirs, answer::Column::Slot)).equals((slot::Entity, slot::Column::Id)),
        )
        .and_where(of(slot::Column::Plan).is_in(plans.iter().copied()))
        .and_where(of(slot::Column::VoidedOn).is_null())
        .and_where(of(slot::Column::DueOn).lte(until))
        .and_where(Expr::col((duty::Entity, duty::Column::Kind)).ne(Kind::Work.to_value()))
        .group_by_columns([(slot::Entity, slot::Column::Duty), (slot::Entity, slot::Column::Period)])
        .order_by_expr(of(slot::Column::DueOn).min(), Order::Desc)
        .take();
    Standing::find_by_statement(on.get_database_backend().build(&query)).all(on).await
}
