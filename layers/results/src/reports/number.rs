//! The register of numbers ("sổ đăng ký văn bản đi"): per issuer, type and year, from 01 on the first of January, each given once. A number
//! that is cancelled stays cancelled, with its reason; none is skipped, for it is given in the transaction that issues the document.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{QueryOrder, QuerySelect, SqlErr};

use super::kind::Kind;
use super::rights;
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::news::article::reviewing::reason;
use crate::web::{Error, Locale, Obstacle};

/// So many try for the same number at once before somebody is told to press again.
pub const ATTEMPTS: usize = 8;
const SUBJECT_LETTERS_MAX: usize = 300;
/// The latest that a page shows.
pub const LISTED_MAX: u64 = 400;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_number")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The issuer.
    pub agency: Uuid,
    pub kind: Kind,
    pub year: i32,
    /// From 1.
    pub number: i32,
    /// None: a document that was written elsewhere.
    pub report: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    pub person: Option<Uuid>,
    pub at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
    pub cancelled_by: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub cancelled_why: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Number = Model;

/// What a number is wanted for.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub agency: Uuid,
    pub kind: Kind,
    pub year: i32,
    pub report: Option<Uuid>,
    pub subject: String,
    pub person: Uuid,
}

impl Model {
    /// Gives the next number within the caller's transaction; None when somebody else had it in this instant: then the transaction is
    /// of no use any more, and the caller begins anew. // recorded by the verb that calls
    ///
    /// # Errors
    /// The database failed.
    pub async fn give(app: &App, on: &impl ConnectionTrait, wanted: &Wanted) -> Result<Option<i32>, DbErr> {
        let last: Option<Option<i32>> = Entity::find()
            .select_only()
            .expr(Expr::col(Column::Number).max())
            .filter(Column::Agency.eq(wanted.agency))
            .filter(Column::Kind.eq(wanted.kind))
            .filter(Column::Year.eq(wanted.year))
            .into_tuple()
            .one(on)
            .await?;
        let number = last.flatten().unwrap_or_default() + 1;
        let row = Self {
            id: new_id(),
            agency: wanted.agency,
            kind: wanted.kind,
            year: wanted.year,
            number,
            report: wanted.report,
            subject: wanted.subject.clone(),
            person: Some(wanted.person),
            at: app.clock.now(),
            cancelled_at: None,
            cancelled_by: None,
            cancelled_why: String::new(),
        };
        match Entity::insert(ActiveModel::from(row)).exec_without_returning(on).await {
            Ok(_) => Ok(Some(number)),
            Err(error) => match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => Ok(None),
                _ => Err(error),
            },
        }
    }

    /// Takes the next number for a document that was written elsewhere, so that it is given to none here.
    ///
    /// # Errors
    /// Forbidden; refused without a subject; stale when too many press at once; or the database failed.
    pub async fn take(app: &App, who: &Who, kind: Kind, subject: &str) -> Result<i32, Error> {
        use chrono::Datelike;
        let agency = who.agency.ok_or(Error::Forbidden)?;
        rights::require(rights::writes(who, agency))?;
        let subject = vietnamese::normalise(subject.trim()).replace(['\n', '\r', '\0'], " ");
        if !subject.chars().any(char::is_alphanumeric) || subject.chars().count() > SUBJECT_LETTERS_MAX {
            let obstacle = Obstacle::new("report-number-needs-subject").with("n", SUBJECT_LETTERS_MAX);
            return Err(Error::Refused(vec![obstacle.at("subject")]));
        }
        let year = time::local_date(app.clock.now()).year();
        let wanted = Wanted { agency, kind, year, report: None, subject, person: who.person };
        for _ in 0..ATTEMPTS {
            let transaction = app.begin().await?;
            let Some(number) = Self::give(app, &transaction, &wanted).await? else { continue };
            let fact = Fact::ReportNumberTaken { number: number.unsigned_abs(), subject: wanted.subject.clone() };
            app.record(&transaction, Uuid::nil(), fact, &By::from(who)).await?;
            app.commit(transaction).await?;
            return Ok(number);
        }
        Err(Error::Stale)
    }

    /// Cancels the number of a document that was written elsewhere, with the reason. It is never given again.
    ///
    /// # Errors
    /// Forbidden; hidden from other agencies; refused of a document that was signed and issued here, and without a reason; stale when it
    /// is cancelled already; or the database failed.
    pub async fn cancel(app: &App, who: &Who, id: Uuid, why: &str) -> Result<(), Error> {
        let row = Self::find(&app.db, id).await?;
        if who.agency != Some(row.agency) {
            return Err(Error::Hidden(id));
        }
        rights::require(rights::writes(who, row.agency))?;
        if row.report.is_some() {
            // One signed it and another gave the number: no one of them takes it back alone.
            return Err(Error::Refused(vec![Obstacle::new("report-number-issued").with("n", row.shown())]));
        }
        let why = reason(why, "why", "report-number-needs-reason")?;
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::CancelledAt, Expr::value(app.clock.now()))
            .col_expr(Column::CancelledBy, Expr::value(who.person))
            .col_expr(Column::CancelledWhy, Expr::value(why.as_str()))
            .filter(Column::Id.eq(id))
            .filter(Column::CancelledAt.is_null())
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let fact = Fact::ReportNumberCancelled { number: row.number.unsigned_abs(), subject: row.subject };
        app.record(&transaction, row.report.unwrap_or(Uuid::nil()), fact, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// The number of that id.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// The register of an issuer in a year, the latest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_year(on: &impl ConnectionTrait, agency: Uuid, year: i32) -> Result<Vec<Self>, DbErr> {
        let of = Entity::find().filter(Column::Agency.eq(agency)).filter(Column::Year.eq(year));
        of.order_by_desc(Column::At).order_by_desc(Column::Number).limit(LISTED_MAX).all(on).await
    }

    /// The number of a document, if it has one.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_report(on: &impl ConnectionTrait, report: Uuid) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(Column::Report.eq(report)).one(on).await
    }

    /// That it is cancelled, since when and why; None while it holds.
    #[must_use]
    pub fn struck(&self, l: Locale) -> Option<String> {
        let words = |at| [("n", self.shown()), ("day", time::day(time::local_date(at))), ("why", self.cancelled_why.clone())];
        self.cancelled_at.map(|at| l.with("report-number-was-cancelled", &words(at)))
    }

    /// `05/BC`
    #[must_use]
    pub fn shown(&self) -> String {
        format!("{:02}/{}", self.number, self.kind.code())
    }
}
