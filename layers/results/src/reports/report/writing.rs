//! Beginning a document and writing on it, while it is a draft.

use std::collections::BTreeMap;

use chrono::Datelike;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, SqlErr};

use super::arranging::{Arrangement, Merged};
use super::figures::FIELD;
use super::{ActiveModel, Column, Entity, Head, Report, State, composing, typing};
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::duties::closing::Closing;
use crate::duties::form::Form;
use crate::duties::form::field::{Definition, Kind};
use crate::people::Agency;
use crate::plans::Plan;
use crate::reports::template::outline::{Of, Outline, filled};
use crate::reports::template::{Template, reading};
use crate::reports::{regime, rights};
use crate::web::{Error, Obstacle, cut};

const SUBJECT_LETTERS: usize = 300;
const HEAD_LETTERS_MAX: usize = 300;
const TEXT_LETTERS_MAX: usize = 4_000;

/// What a document is begun as.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub id: Uuid,
    pub template: String,
    pub agency: Uuid,
    pub own: bool,
    pub duty: Option<Uuid>,
    pub period: String,
    /// 0: the last one.
    pub closing: i32,
}

/// What stands in its form.
#[derive(Clone, Debug, Default)]
pub struct Saved {
    pub head: Head,
    pub outline: Outline,
    pub typed: BTreeMap<String, String>,
    pub fields: BTreeMap<String, String>,
    /// What was typed over figures, can be read in two ways, and is meant as it stands.
    pub sure: Vec<String>,
}

/// What is done with sentences.
#[derive(Clone, Debug)]
pub enum Turn {
    /// To a provision, to none ([`super::arranging::GENERAL`]), to the annex; back where they were when empty.
    Move {
        keys: Vec<String>,
        to: String,
    },
    Merge {
        keys: Vec<String>,
        text: String,
    },
    Unmerge {
        id: String,
    },
    /// The words of a machine are a person's now.
    Confirm {
        id: String,
        text: String,
    },
}

/// Whether a document of that template tells who reported.
fn is_of_a_period(template: &Template) -> bool {
    [Of::Absent, Of::Agencies, Of::Totals].into_iter().any(|of| template.outline().has(of))
}

impl Report {
    /// Begins a document for a person.
    ///
    /// # Errors
    /// Forbidden; refused when there is one for the period already; or the database failed.
    pub async fn begin_for(app: &App, who: &Who, wanted: &Wanted) -> Result<Uuid, Error> {
        rights::require(rights::writes(who, wanted.agency))?;
        if let Some(there) = Entity::find_by_id(wanted.id).one(&app.db).await? {
            return if there.made_by == Some(who.person) { Ok(there.id) } else { Err(Error::Stale) };
        }
        Self::begin(app, &By::from(who), wanted).await
    }

    /// Begins a document.
    ///
    /// # Errors
    /// Not found when template or regime is not there; refused when there is one for the period already; or the database failed.
    pub async fn begin(app: &App, by: &By, wanted: &Wanted) -> Result<Uuid, Error> {
        let template = Template::newest(&app.db, &wanted.template).await?.ok_or(Error::NotFound)?;
        if wanted.duty.is_none() && is_of_a_period(&template) {
            // It would say that all of nobody reported.
            return Err(Error::Refused(vec![Obstacle::new("report-needs-period").at("of")]));
        }
        let (plan, closing) = stands_on(app, wanted).await?;
        let place = wanted.duty.map(|duty| Self::place_of(duty, &wanted.period, wanted.agency, 1));
        let now = app.clock.now();
        let head = head_of(app, wanted.agency, plan.as_ref()).await?;
        let row = Self {
            id: wanted.id,
            work: wanted.id,
            edition: 1,
            replaces: None,
            place,
            kind: template.kind,
            template: template.code.clone(),
            template_version: template.version,
            agency: wanted.agency,
            own: wanted.own,
            plan: plan.as_ref().map(|plan| plan.id),
            duty: wanted.duty,
            period: wanted.period.clone(),
            closing,
            subject: String::new(),
            state: State::Draft,
            head: serde_json::to_string(&head)?,
            outline: template.body.clone(),
            arrangement: serde_json::to_string(&Arrangement::default())?,
            writers: "[]".into(),
            made_by: by.person,
            made_at: now,
            changed_at: now,
            submitted_by: None,
            signed_by: None,
            signed_at: None,
            number: None,
            year: None,
            issued_on: None,
            frozen: String::new(),
            frozen_sha256: String::new(),
            differences: "[]".into(),
            notice: String::new(),
            public: false,
            slug: None,
            demo: template.demo,
            version: 1,
        };
        row.named(app).await?.inserted(app, by).await
    }

    /// With what it is about, as far as that is known.
    pub(super) async fn named(self, app: &App) -> Result<Self, Error> {
        let plan = match self.plan {
            Some(plan) => Some(Plan::find(&app.db, plan).await?),
            None => None,
        };
        let agency = Agency::find(&app.db, self.agency).await?;
        let year = self.period.get(..4).and_then(|year| year.parse().ok());
        let year = year.unwrap_or_else(|| time::local_date(self.made_at).year());
        let known = composing::basics(&self, plan.as_ref(), &agency.name, year);
        let subject = cut(&filled(&self.outline().subject, &known).0, SUBJECT_LETTERS);
        Ok(Self { subject, ..self })
    }

    /// Writes it down as a new draft; refused when its place is taken.
    pub(super) async fn inserted(self, app: &App, by: &By) -> Result<Uuid, Error> {
        let (id, title) = (self.id, self.subject.clone());
        let transaction = app.begin().await?;
        if let Err(error) = Entity::insert(ActiveModel::from(self)).exec_without_returning(&transaction).await {
            return Err(match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => Error::refused("report-is-there"),
                _ => error.into(),
            });
        }
        app.record(&transaction, id, Fact::ReportDrafted { title }, by).await?;
        app.commit(transaction).await?;
        Ok(id)
    }

    /// Keeps what stands in its form.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn save(&self, app: &App, who: &Who, saved: Saved, seen: i32) -> Result<(), Error> {
        self.open_to(who, seen)?;
        let mut wrong = reading::obstacles(&saved.outline);
        let head = &saved.head;
        let around = [&head.superior, &head.issuer, &head.symbol, &head.place, &head.position, &head.signer];
        let long = |text: &&String| text.chars().count() > HEAD_LETTERS_MAX;
        if around.iter().any(long) || head.authority.iter().any(|line| long(&line)) {
            wrong.push(Obstacle::new("report-lines-long").with("n", HEAD_LETTERS_MAX).at("issuer"));
        }
        if head.authority.len() > reading::LINES_MAX {
            wrong.push(Obstacle::new("report-lines-many").with("n", reading::LINES_MAX).at("issuer"));
        }
        if saved.fields.values().chain(saved.typed.values()).any(|text| text.chars().count() > TEXT_LETTERS_MAX) {
            wrong.push(Obstacle::new("report-lines-long").with("n", TEXT_LETTERS_MAX).at("fields"));
        }
        let typed = self.read(app, &saved, &mut wrong).await?;
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        self.saying(&Saved { typed, ..saved })?.named(app).await?.edited(app, who, seen).await
    }

    /// What was typed over figures, as it is printed. What a form asks in words or days may be typed in words.
    async fn read(&self, app: &App, saved: &Saved, wrong: &mut Vec<Obstacle>) -> Result<BTreeMap<String, String>, Error> {
        let form = match self.duty.filter(|_| !saved.typed.is_empty()) {
            Some(duty) => Form::newest(&app.db, duty).await?.map(|form| form.definition()).unwrap_or_default(),
            None => Definition::default(),
        };
        let named = saved.outline.figures();
        let mut read = BTreeMap::new();
        for (code, text) in &saved.typed {
            let field = code.strip_prefix(FIELD).and_then(|code| form.field(code));
            if field.is_some_and(|(_, field)| !field.kind.is_figure() && field.kind != Kind::Ratio) {
                read.insert(code.clone(), text.clone());
                continue;
            }
            let own = field.map_or(code, |(_, field)| &field.label);
            let label = named.iter().find(|(one, label)| one == code && !label.is_empty()).map_or(own, |(_, label)| label);
            match typing::read((code, label), text, &saved.sure) {
                Ok(figure) => drop(read.insert(code.clone(), figure)),
                Err(obstacle) => wrong.push(obstacle),
            }
        }
        Ok(read)
    }

    /// With what stands in the form; nothing is kept.
    ///
    /// # Errors
    /// Never, in memory.
    pub fn saying(&self, saved: &Saved) -> Result<Self, Error> {
        let arrangement = Arrangement { typed: saved.typed.clone(), fields: saved.fields.clone(), ..self.arrangement() };
        Ok(Self {
            head: serde_json::to_string(&saved.head)?,
            outline: serde_json::to_string(&saved.outline)?,
            arrangement: serde_json::to_string(&arrangement)?,
            ..self.clone()
        })
    }

    /// Puts sentences elsewhere, makes one of several, or lets them go their own ways again.
    ///
    /// # Errors
    /// Forbidden; refused without sentences or words; stale when somebody was quicker; or the database failed.
    pub async fn rearrange(&self, app: &App, who: &Who, turn: Turn, seen: i32) -> Result<(), Error> {
        self.open_to(who, seen)?;
        let mut arrangement = self.arrangement();
        match turn {
            Turn::Move { keys, to } => {
                some(&keys)?;
                for key in keys {
                    match to.as_str() {
                        "" => arrangement.moved.remove(&key),
                        to => arrangement.moved.insert(key, to.to_owned()),
                    };
                }
            }
            Turn::Merge { keys, text } => {
                some(&keys)?;
                let text = worded(&text)?;
                arrangement.merged.retain(|merged| !merged.keys.iter().any(|key| keys.contains(key)));
                let id = new_id().simple().to_string();
                arrangement.merged.push(Merged { id, keys, text, machine: false, confirmed_by: None });
            }
            Turn::Unmerge { id } => arrangement.merged.retain(|merged| merged.id != id),
            Turn::Confirm { id, text } => {
                let merged = arrangement.merged.iter_mut().find(|merged| merged.id == id).ok_or(Error::NotFound)?;
                merged.text = worded(&text)?;
                merged.confirmed_by = Some(who.person);
            }
        }
        self.arranged(&arrangement)?.edited(app, who, seen).await
    }

    pub(super) fn arranged(&self, arrangement: &Arrangement) -> Result<Self, Error> {
        Ok(Self { arrangement: serde_json::to_string(arrangement)?, ..self.clone() })
    }

    pub(super) async fn edited(self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        let (id, title) = (self.id, self.subject.clone());
        let row = Self { changed_at: app.clock.now(), ..self.written_by(who.person)? };
        let transaction = app.begin().await?;
        row.put(&transaction, seen).await?;
        app.record(&transaction, id, Fact::ReportEdited { title }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Refuses who may not write on it now.
    pub(super) fn open_to(&self, who: &Who, seen: i32) -> Result<(), Error> {
        rights::require(rights::writes(who, self.agency))?;
        if self.version != seen {
            return Err(Error::Stale);
        }
        if self.state.is_open() { Ok(()) } else { Err(Error::refused("report-is-frozen")) }
    }
}

/// The plan of a regime, and the closing that a report of all stands on.
async fn stands_on(app: &App, wanted: &Wanted) -> Result<(Option<Plan>, i32), Error> {
    let Some(duty) = wanted.duty else { return Ok((None, 0)) };
    let (_, plan) = regime::find(app, duty).await?;
    if wanted.own || wanted.closing > 0 {
        return Ok((Some(plan), wanted.closing));
    }
    let last = Closing::of(&app.db, duty, &wanted.period).await?.last().map_or(0, |last| last.version);
    Ok((Some(plan), last))
}

fn some(keys: &[String]) -> Result<(), Error> {
    if keys.is_empty() {
        return Err(Error::Refused(vec![Obstacle::new("report-needs-sentences").at("keys")]));
    }
    Ok(())
}

fn worded(text: &str) -> Result<String, Error> {
    let text = vietnamese::normalise(text.trim()).replace(['\n', '\r', '\0'], " ");
    if !text.chars().any(char::is_alphanumeric) || text.chars().count() > TEXT_LETTERS_MAX {
        return Err(Error::Refused(vec![Obstacle::new("report-needs-words").with("n", TEXT_LETTERS_MAX).at("text")]));
    }
    Ok(text)
}

/// What stood around the last document of the agency; of the first, what is known of it.
async fn head_of(app: &App, agency: Uuid, plan: Option<&Plan>) -> Result<Head, Error> {
    let last = Entity::find().filter(Column::Agency.eq(agency)).order_by_desc(Column::ChangedAt).one(&app.db).await?;
    if let Some(last) = last {
        return Ok(last.head());
    }
    let body = Agency::find(&app.db, agency).await?;
    let above = match body.parent {
        Some(parent) => Agency::find(&app.db, parent).await?.name,
        None if body.kind.is_local() => String::new(),
        None => plan.map(|plan| plan.issuer.replace('\n', " ")).unwrap_or_default(),
    };
    let symbol = if body.kind.is_local() { "UBND".to_owned() } else { body.code.clone() };
    Ok(Head {
        superior: above,
        issuer: body.name.clone(),
        symbol,
        place: plan.map(|plan| plan.place.clone()).unwrap_or_default(),
        ..Head::default()
    })
}
