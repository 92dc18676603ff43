//! An agency objects to what was appraised, once for each criterion and until a day; the body that appraises answers.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, SqlErr};

use super::edition::Edition;
use super::set::CriteriaSet;
use super::sheet::Sheet;
use super::{appraisal, reading, rights};
use crate::base::{App, By, Fact, Who, new_id};
use crate::web::{Error, Obstacle};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "criteria_appeal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub sheet: Uuid,
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub person: Uuid,
    pub at: DateTimeUtc,
    /// Empty while nobody answered.
    #[sea_orm(column_type = "Text")]
    pub answer: String,
    /// Whether what was appraised stays.
    pub kept: Option<bool>,
    pub answered_by: Option<Uuid>,
    pub answered_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Appeal = Model;

fn text(typed: &str, field: &'static str, key: &'static str) -> Result<String, Error> {
    let text = vietnamese::normalise(typed.trim()).replace('\0', "");
    if text.is_empty() || text.chars().count() > reading::NOTE_LETTERS_MAX {
        return Err(Error::Refused(vec![Obstacle::new(key).at(field)]));
    }
    Ok(text)
}

impl Model {
    /// Those of these sheets.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, sheets: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        if sheets.is_empty() {
            return Ok(Vec::new());
        }
        Entity::find().filter(Column::Sheet.is_in(sheets.iter().copied())).order_by_asc(Column::At).all(on).await
    }

    /// Whether it was answered that what was appraised stays.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.kept.unwrap_or_default()
    }

    /// Objects.
    ///
    /// # Errors
    /// Hidden from others; refused without a reason, out of time, or the second time; or the database failed.
    pub async fn make(app: &App, who: &Who, (set, sheet): (&CriteriaSet, &Sheet), code: &str, why: &str) -> Result<(), Error> {
        if !rights::scores(who, sheet.agency) {
            return Err(Error::Hidden(sheet.id));
        }
        if !set.takes_appeals(app) {
            return Err(Error::refused("criteria-not-appealing"));
        }
        let tree = Edition::numbered(&app.db, set.id, sheet.edition).await?.set()?;
        let name = tree.criterion(code).map(|(node, _)| node.name.clone());
        let name = name.or_else(|| tree.extra_of(code).map(|extra| extra.name.clone())).ok_or(Error::NotFound)?;
        let reason = text(why, "reason", "criteria-needs-why")?;
        let row = Self {
            id: new_id(),
            sheet: sheet.id,
            code: code.to_owned(),
            reason: reason.clone(),
            person: who.person,
            at: app.clock.now(),
            answer: String::new(),
            kept: None,
            answered_by: None,
            answered_at: None,
        };
        let transaction = app.begin().await?;
        if let Err(error) = Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await {
            let twice = matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)));
            return if twice { Err(Error::refused("criteria-appealed-already")) } else { Err(error.into()) };
        }
        let fact = Fact::CriteriaAppealed { name: sheet.name.clone(), criterion: name };
        app.record(&transaction, sheet.id, fact, &By::from(who).because(reason)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Answers an objection. Where the appraised score does not stay, it is appraised anew besides.
    ///
    /// # Errors
    /// Forbidden; refused without words, and to who scored; stale when somebody was quicker; or the database failed.
    pub async fn answer(
        &self,
        app: &App,
        who: &Who,
        (set, sheet): (&CriteriaSet, &Sheet),
        (kept, words): (bool, &str),
    ) -> Result<(), Error> {
        rights::require(rights::appraises(who, set, sheet))?;
        appraisal::require(app, who, set, sheet).await?;
        let answer = text(words, "answer", "criteria-needs-answer")?;
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::Answer, Expr::value(answer.as_str()))
            .col_expr(Column::Kept, Expr::value(kept))
            .col_expr(Column::AnsweredBy, Expr::value(who.person))
            .col_expr(Column::AnsweredAt, Expr::value(app.clock.now()))
            .filter(Column::Id.eq(self.id))
            .filter(Column::AnsweredAt.is_null())
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let fact = Fact::CriteriaAppealAnswered { name: sheet.name.clone(), kept };
        app.record(&transaction, sheet.id, fact, &By::from(who).because(answer)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
