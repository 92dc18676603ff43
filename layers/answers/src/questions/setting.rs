//! Which body coordinates questions, and how long bodies have. Data: the province sets it.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who, time};
use crate::cases::case::{Kind, is_open};
use crate::cases::rung::{self, Rung};
use crate::people::agency::brief::Known;
use crate::web::{Error, Obstacle};

/// The one row.
const ID: Uuid = Uuid::nil();
/// Working hours to say whose it is: one day.
const ROUTE_HOURS: i32 = 8;
/// Working hours to answer what can be answered at once: three days (Luật Tiếp cận thông tin 2016, điều 29).
const ANSWER_HOURS: i32 = 24;
/// Fifteen days, twice: the law gives no more.
pub const HOURS_MAX: i32 = 240;
const LETTERS_MAX: usize = 200;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "question_setting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The body that says whose a question is, and has it after the third bounce.
    pub agency: Uuid,
    /// Working hours that it has for that.
    pub route_hours: i32,
    /// Working hours of the body that answers.
    pub answer_hours: i32,
    /// Where questions come by letter, and by telephone: said on the public's pages; empty where there is none.
    pub mailbox: String,
    pub telephone: String,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Setting = Model;

/// As it is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub seen: i32,
    pub agency: Option<Uuid>,
    pub route_hours: i32,
    pub answer_hours: i32,
    pub mailbox: String,
    pub telephone: String,
}

impl Model {
    /// The setting; made at the first use of the body that difficulties come to first, which is the standing one of the programme.
    /// None where there is no such body yet.
    ///
    /// # Errors
    /// The database failed.
    pub async fn settled(app: &App) -> Result<Option<Self>, Error> {
        if let Some(there) = Entity::find().one(&app.db).await? {
            return Ok(Some(there));
        }
        rung::settle(app).await?;
        let ladder = Rung::ladder(&app.db, Kind::Difficulty).await?;
        let known = Known::now(app).await?;
        let today = time::local_date(app.clock.now());
        let Some(first) = rung::above(&ladder, -1, &[], &known, today) else { return Ok(None) };
        let (mailbox, telephone) = (String::new(), String::new());
        let row = Self {
            id: ID,
            agency: first.agency,
            route_hours: ROUTE_HOURS,
            answer_hours: ANSWER_HOURS,
            mailbox,
            telephone,
            version: 1,
        };
        let transaction = app.begin().await?;
        let once = sea_orm::sea_query::OnConflict::column(Column::Id).do_nothing().to_owned();
        let made = Entity::insert(ActiveModel::from(row)).on_conflict(once).exec_without_returning(&transaction).await?;
        if made > 0 {
            let change = Change { field: "agency".into(), from: String::new(), to: first.agency.to_string() };
            app.record(&transaction, ID, Fact::QuestionSettingsChanged { changes: vec![change] }, &By::system()).await?;
        }
        app.commit(transaction).await?;
        Ok(Entity::find().one(&app.db).await?)
    }

    /// Changes it, where it is still what was seen.
    ///
    /// # Errors
    /// Refused at its fields; stale when somebody changed it since; or the database failed.
    pub async fn change(app: &App, who: &Who, wanted: &Wanted) -> Result<(), Error> {
        let before = Self::settled(app).await?.ok_or(Error::NotFound)?;
        let known = Known::now(app).await?;
        let today = time::local_date(app.clock.now());
        let mut wrong = Vec::new();
        let agency = wanted.agency.filter(|agency| is_open(&known, *agency, today));
        if agency.is_none() {
            wrong.push(Obstacle::new("question-setting-needs-body").at("agency"));
        }
        for (hours, field) in [(wanted.route_hours, "route_hours"), (wanted.answer_hours, "answer_hours")] {
            if !(1..=HOURS_MAX).contains(&hours) {
                wrong.push(Obstacle::new("question-setting-hours").with("most", HOURS_MAX).at(field));
            }
        }
        let mailbox = wanted.mailbox.trim();
        if !mailbox.is_empty() && letters::Address::read(mailbox).is_err() {
            wrong.push(Obstacle::new("question-email-wrong").at("mailbox"));
        }
        let telephone: String = wanted.telephone.trim().chars().take(LETTERS_MAX).collect();
        let (Some(agency), true) = (agency, wrong.is_empty()) else { return Err(Error::Refused(wrong)) };
        let name = |id: Uuid| known.get(&id).map(|body| body.label()).unwrap_or_default();
        let after = [
            ("agency", name(before.agency), name(agency)),
            ("route_hours", before.route_hours.to_string(), wanted.route_hours.to_string()),
            ("answer_hours", before.answer_hours.to_string(), wanted.answer_hours.to_string()),
            ("mailbox", before.mailbox.clone(), mailbox.to_owned()),
            ("telephone", before.telephone.clone(), telephone.clone()),
        ];
        let is_change = |(_, from, to): &(&str, String, String)| from != to;
        let change = |(field, from, to): (&str, String, String)| Change { field: field.into(), from, to };
        let changes: Vec<Change> = after.into_iter().filter(is_change).map(change).collect();
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::Agency, Expr::value(agency))
            .col_expr(Column::RouteHours, Expr::value(wanted.route_hours))
            .col_expr(Column::AnswerHours, Expr::value(wanted.answer_hours))
            .col_expr(Column::Mailbox, Expr::value(mailbox))
            .col_expr(Column::Telephone, Expr::value(&telephone))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(ID))
            .filter(Column::Version.eq(wanted.seen))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, ID, Fact::QuestionSettingsChanged { changes }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
