//! What another body makes of a criterion: kept beside what the agency said, one version after the other, none ever changed. The newest
//! counts. Whoever scored, and whoever works at the agency, can not (rule 7).

use std::collections::HashMap;

use ::scoring::{ExtraSource, Given, Set, Source};
use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, SqlErr};

use super::edition::Edition;
use super::set::{CriteriaSet, State};
use super::sheet::{Said, Sheet, submission};
use super::{reading, rights};
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::web::{Error, Obstacle};

const SAMPLE_MAX: i32 = 10_000_000;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "criteria_appraisal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub sheet: Uuid,
    pub code: String,
    /// From 1, for each criterion of a sheet.
    pub number: i32,
    /// [`Given`] as JSON.
    #[sea_orm(column_type = "Text")]
    pub given: String,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// Of a survey: how many answered.
    pub sample: Option<i32>,
    /// Of a survey: its last day.
    pub sampled_on: Option<Date>,
    pub person: Uuid,
    pub agency: Option<Uuid>,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Appraisal = Model;

/// What stands in the form.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub value: String,
    pub does_not_apply: bool,
    pub note: String,
    pub sample: String,
    pub sampled_on: String,
    /// The number of the appraisal that the person saw; 0: none.
    pub seen: i32,
}

/// What it means.
struct Read {
    given: Given,
    note: String,
    sample: Option<i32>,
    sampled_on: Option<NaiveDate>,
}

impl Model {
    #[must_use]
    pub fn given(&self) -> Given {
        serde_json::from_str(&self.given).unwrap_or_default()
    }

    /// Every one of a criterion, the newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn history(on: &impl ConnectionTrait, sheet: Uuid, code: &str) -> Result<Vec<Self>, DbErr> {
        let all = Entity::find().filter(Column::Sheet.eq(sheet)).filter(Column::Code.eq(code));
        all.order_by_desc(Column::Number).all(on).await
    }

    /// The newest of each criterion of these sheets.
    ///
    /// # Errors
    /// The database failed.
    pub async fn newest(on: &impl ConnectionTrait, sheets: &[Uuid]) -> Result<HashMap<(Uuid, String), Self>, DbErr> {
        if sheets.is_empty() {
            return Ok(HashMap::new());
        }
        let all = Entity::find().filter(Column::Sheet.is_in(sheets.iter().copied())).order_by_asc(Column::Number);
        Ok(all.all(on).await?.into_iter().map(|one| ((one.sheet, one.code.clone()), one)).collect())
    }
}

fn read(tree: &Set, code: &str, typed: &Typed, today: NaiveDate) -> Result<(String, Read), Vec<Obstacle>> {
    let note = vietnamese::normalise(typed.note.trim()).into_owned();
    let plain = |given| Read { given, note: note.clone(), sample: None, sampled_on: None };
    if note.chars().count() > reading::NOTE_LETTERS_MAX {
        return Err(vec![Obstacle::new("criteria-too-long").at("note")]);
    }
    if let Some(extra) = tree.extra_of(code).filter(|extra| extra.source == ExtraSource::Own) {
        let given = reading::times(&typed.value).map_err(|obstacle| vec![obstacle.at("value")])?;
        return Ok((extra.name.clone(), plain(given)));
    }
    let (node, criterion) = tree.criterion(code).ok_or_else(|| vec![Obstacle::new("criteria-no-such-node")])?;
    let given = reading::given(criterion, node.points, &typed.value, typed.does_not_apply);
    let given = given.map_err(|obstacle| vec![obstacle.at("value")])?;
    if given == Given::Missing {
        return Err(vec![Obstacle::new("criteria-unanswered").with("name", &node.name).at("value")]);
    }
    if criterion.source != Source::Survey || given == Given::NotApplicable {
        return Ok((node.name.clone(), plain(given)));
    }
    let mut wrong = Vec::new();
    let sample: Option<i32> = typed.sample.trim().replace('.', "").parse().ok().filter(|count| (1..=SAMPLE_MAX).contains(count));
    if sample.is_none() {
        wrong.push(Obstacle::new("criteria-sample-wrong").at("sample"));
    }
    let sampled_on: Option<NaiveDate> = typed.sampled_on.trim().parse().ok().filter(|day| *day <= today);
    if sampled_on.is_none() {
        wrong.push(Obstacle::new("criteria-sampled-wrong").at("sampled_on"));
    }
    if wrong.is_empty() { Ok((node.name.clone(), Read { sample, sampled_on, ..plain(given) })) } else { Err(wrong) }
}

/// Refuses whoever may not appraise the sheet: of its agency, or one of those who handed it in. Returns what the agency said last.
pub(super) async fn require(app: &App, who: &Who, set: &CriteriaSet, sheet: &Sheet) -> Result<Said, Error> {
    let sent = submission::of(&app.db, &[sheet.id]).await?;
    let own = sent.iter().any(|one| one.person == who.person) || sheet.drafted_by == Some(who.person);
    if own || (rights::is_of_appraisers(who, set) && who.agency == Some(sheet.agency)) {
        return Err(Error::refused("criteria-own-appraisal"));
    }
    rights::require(rights::appraises(who, set, sheet))?;
    if !set.state.is_appraised() {
        return Err(Error::refused("criteria-not-appraising"));
    }
    Ok(sent.last().map(submission::Model::said).unwrap_or_default())
}

impl Sheet {
    /// Appraises one criterion. Another value than the agency's, one that the system counts otherwise, and every change after publication
    /// needs a reason.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when another appraiser was quicker; or the database failed.
    pub async fn appraise(&self, app: &App, who: &Who, set: &CriteriaSet, code: &str, typed: &Typed) -> Result<(), Error> {
        let said = require(app, who, set, self).await?;
        let tree = Edition::numbered(&app.db, set.id, self.edition).await?.set()?;
        let (name, read) = read(&tree, code, typed, time::local_date(app.clock.now())).map_err(Error::Refused)?;
        let last = Appraisal::history(&app.db, self.id, code).await?.into_iter().next();
        if last.as_ref().map_or(0, |last| last.number) != typed.seen {
            return Err(Error::Stale);
        }
        let agrees = said.get(code).is_some_and(|own| own.given == read.given);
        let is_survey = read.sample.is_some();
        if read.note.is_empty() && (set.state == State::Published || !(agrees || is_survey)) {
            return Err(Error::Refused(vec![Obstacle::new("criteria-appraisal-why").with("name", &name).at("note")]));
        }
        let from = last.map_or_else(String::new, |last| ::scoring::round::written(last.given()));
        let to = ::scoring::round::written(read.given);
        let why = read.note.clone();
        let row = row(app, who, self.id, (code, typed.seen + 1), read)?;
        let transaction = app.begin().await?;
        if let Err(error) = Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await {
            let quicker = matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)));
            return if quicker { Err(Error::Stale) } else { Err(error.into()) };
        }
        let fact = Fact::CriteriaAppraised { name: self.name.clone(), criterion: name, from, to };
        app.record(&transaction, self.id, fact, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Agrees with everything that the agency said and nobody appraised yet. Returns how many.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when another appraiser was quicker; or the database failed.
    pub async fn agree(&self, app: &App, who: &Who, set: &CriteriaSet) -> Result<u32, Error> {
        let said = require(app, who, set, self).await?;
        let done = Appraisal::newest(&app.db, &[self.id]).await?;
        let mut rows = Vec::new();
        for (code, own) in said.iter().filter(|(code, _)| !done.contains_key(&(self.id, (*code).clone()))) {
            let read = Read { given: own.given, note: String::new(), sample: None, sampled_on: None };
            rows.push(ActiveModel::from(row(app, who, self.id, (code.as_str(), 1), read)?));
        }
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        if count == 0 {
            return Ok(0);
        }
        let transaction = app.begin().await?;
        if let Err(error) = Entity::insert_many(rows).exec_without_returning(&transaction).await {
            let quicker = matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)));
            return if quicker { Err(Error::Stale) } else { Err(error.into()) };
        }
        app.record(&transaction, self.id, Fact::CriteriaAgreed { name: self.name.clone(), count }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(count)
    }
}

fn row(app: &App, who: &Who, sheet: Uuid, (code, number): (&str, i32), read: Read) -> Result<Appraisal, Error> {
    Ok(Appraisal {
        id: new_id(),
        sheet,
        code: code.to_owned(),
        number,
        given: serde_json::to_string(&read.given)?,
        note: read.note,
        sample: read.sample,
        sampled_on: read.sampled_on,
        person: who.person,
        agency: who.agency,
        at: app.clock.now(),
    })
}
