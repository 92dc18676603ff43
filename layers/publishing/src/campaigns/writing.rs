//! What a campaign says, as somebody wants it: read exactly, refused with every reason at its field, kept in one transaction.

use chrono::{Months, NaiveDate};
use sea_orm::Iterable;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::campaign::{self, Campaign, Column, Entity, PORTAL, State};
use super::kpi::{self, Kpi, Measure};
use super::member::{self, Member};
use super::{duty, rights};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::channels::platform::PLATFORMS;
use crate::estimates::money;
use crate::news::kind::Tag;
use crate::people::agency::brief::Known;
use crate::web::{Error, Obstacle};

pub const TITLE_LETTERS_MAX: usize = 200;
pub const OBJECTIVE_LETTERS_MAX: usize = 4_000;
pub const KPIS_MAX: usize = 8;
const NAME_LETTERS_MAX: usize = 120;
const MONTHS_MAX: u32 = 36;
pub const AGENCIES_MAX: usize = 300;

/// A line of the form about what is to be reached, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedKpi {
    pub name: String,
    pub measure: String,
    pub unit: String,
    pub target: String,
}

impl TypedKpi {
    /// Nothing was typed into it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        [&self.name, &self.unit, &self.target].iter().all(|one| one.trim().is_empty())
    }
}

/// What stands in the form.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub title: String,
    pub objective: String,
    pub starts_on: String,
    pub ends_on: String,
    pub audiences: Vec<String>,
    pub messages: Vec<String>,
    pub channels: Vec<String>,
    pub budget: String,
    pub kpis: Vec<TypedKpi>,
    pub duties: Vec<Uuid>,
    /// What the names came to; see [`crate::duties::naming`].
    pub agencies: Vec<Uuid>,
}

/// What it means.
#[derive(Clone, Debug)]
struct Read {
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    budget: Option<i64>,
    kpis: Vec<(String, Measure, String, i64)>,
}

/// The channels that a campaign may have: the portal and every platform.
#[must_use]
pub fn channels() -> Vec<&'static str> {
    std::iter::once(PORTAL).chain(PLATFORMS.iter().map(|platform| platform.code())).collect()
}

fn known_channels(typed: &Typed) -> Vec<&'static str> {
    channels().into_iter().filter(|code| typed.channels.iter().any(|one| one == code)).collect()
}

fn day(typed: &str, field: &'static str, wrong: &mut Vec<Obstacle>) -> NaiveDate {
    time::read_day(typed).unwrap_or_else(|| {
        wrong.push(Obstacle::new("campaign-day-wrong").at(field));
        NaiveDate::MIN
    })
}

fn read(typed: &Typed) -> Result<Read, Vec<Obstacle>> {
    let mut wrong = Vec::new();
    let mut say = |is: bool, key: &'static str, field: &'static str| {
        if is {
            wrong.push(Obstacle::new(key).at(field));
        }
    };
    let title = typed.title.trim();
    say(title.is_empty(), "campaign-needs-title", "title");
    say(title.chars().count() > TITLE_LETTERS_MAX, "campaign-title-long", "title");
    say(typed.objective.trim().is_empty(), "campaign-needs-objective", "objective");
    say(typed.objective.chars().count() > OBJECTIVE_LETTERS_MAX, "campaign-objective-long", "objective");
    let audiences = Tag::known(Tag::audiences(), &typed.audiences);
    say(audiences.is_empty(), "campaign-needs-audiences", "audiences");
    say(Tag::known(Tag::messages(), &typed.messages).is_empty(), "campaign-needs-messages", "messages");
    say(known_channels(typed).is_empty(), "campaign-needs-channels", "channels");
    say(typed.agencies.len() > AGENCIES_MAX, "campaign-agencies-many", "names");
    let (starts_on, ends_on) = (day(&typed.starts_on, "starts_on", &mut wrong), day(&typed.ends_on, "ends_on", &mut wrong));
    let are_days = starts_on != NaiveDate::MIN && ends_on != NaiveDate::MIN;
    if are_days && ends_on < starts_on {
        wrong.push(Obstacle::new("campaign-ends-before").with("day", time::day(starts_on)).at("ends_on"));
    }
    if are_days && starts_on.checked_add_months(Months::new(MONTHS_MAX)).is_some_and(|most| ends_on > most) {
        wrong.push(Obstacle::new("campaign-too-long").with("n", MONTHS_MAX).at("ends_on"));
    }
    let budget = match typed.budget.trim() {
        "" => None,
        sum => money::read(sum).map_err(|obstacle| wrong.push(obstacle.at("budget"))).ok(),
    };
    let kpis = kpis(&typed.kpis, &mut wrong);
    if wrong.is_empty() { Ok(Read { starts_on, ends_on, budget, kpis }) } else { Err(wrong) }
}

fn kpis(typed: &[TypedKpi], wrong: &mut Vec<Obstacle>) -> Vec<(String, Measure, String, i64)> {
    let mut read = Vec::new();
    for (at, one) in typed.iter().filter(|one| !one.is_blank()).enumerate() {
        let (name, unit, number) = (one.name.trim(), one.unit.trim(), at + 1);
        let mut say = |is: bool, key: &'static str| {
            if is {
                wrong.push(Obstacle::new(key).with("n", number).at("kpis"));
            }
            is
        };
        let long = name.chars().count() > NAME_LETTERS_MAX || unit.chars().count() > NAME_LETTERS_MAX;
        let lacks = [
            say(name.is_empty(), "campaign-kpi-no-name"),
            say(unit.is_empty(), "campaign-kpi-no-unit"),
            say(long, "campaign-kpi-long"),
        ];
        let measure = Measure::iter().find(|measure| measure.to_value() == one.measure).unwrap_or(Measure::Elsewhere);
        match kpi::target(&one.target) {
            Ok(target) if !lacks.contains(&true) => read.push((name.to_owned(), measure, unit.to_owned(), target)),
            Ok(_) => {}
            Err(obstacle) => wrong.push(obstacle.with("n", number).at("kpis")),
        }
    }
    if read.len() > KPIS_MAX {
        wrong.push(Obstacle::new("campaign-kpis-many").with("n", KPIS_MAX).at("kpis"));
    }
    read
}

impl Campaign {
    /// Begins a draft. The same id again is the same campaign.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; or the database failed.
    pub async fn begin(app: &App, who: &Who, id: Uuid, typed: &Typed) -> Result<(), Error> {
        let agency = who.agency.ok_or(Error::Forbidden)?;
        rights::require(rights::writes(who, agency))?;
        if let Some(there) = Entity::find_by_id(id).one(&app.db).await? {
            return if there.made_by == who.person { Ok(()) } else { Err(Error::Stale) };
        }
        let read = read(typed).map_err(Error::Refused)?;
        let now = app.clock.now();
        let row = Self {
            id,
            agency,
            title: String::new(),
            words: String::new(),
            objective: String::new(),
            starts_on: read.starts_on,
            ends_on: read.ends_on,
            state: State::Draft,
            audiences: String::new(),
            messages: String::new(),
            channels: String::new(),
            budget: None,
            request: None,
            made_by: who.person,
            made_at: now,
            changed_at: now,
            closed_at: None,
            frozen: String::new(),
            frozen_sha256: String::new(),
            public: false,
            slug: None,
            demo: false,
            version: 1,
        };
        let row = row.saying(app, typed, &read)?;
        let known = Known::now(app).await?;
        let title = row.title.clone();
        let transaction = app.begin().await?;
        Entity::insert(campaign::ActiveModel::from(row)).exec_without_returning(&transaction).await?;
        around(app, &transaction, (id, State::Draft), typed, (&read, &known)).await?;
        app.record(&transaction, id, Fact::CampaignDrafted { title }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Changes what it says, while it is a draft or runs.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn change(&self, app: &App, who: &Who, typed: &Typed, seen: i32) -> Result<(), Error> {
        rights::require(rights::writes(who, self.agency))?;
        if !matches!(self.state, State::Draft | State::Running) {
            return Err(Error::refused("campaign-is-closed"));
        }
        let read = read(typed).map_err(Error::Refused)?;
        let row = self.clone().saying(app, typed, &read)?;
        let known = Known::now(app).await?;
        let before: Vec<Member> = Member::of(&app.db, self.id).await?;
        let changes = self.changes(&row, (before.iter().filter(|one| one.left_on.is_none()).count(), typed.agencies.len()));
        let title = row.title.clone();
        let transaction = app.begin().await?;
        let row = campaign::ActiveModel::from(Self { version: seen + 1, ..row }).reset_all();
        let same = Entity::update_many().set(row).filter(Column::Id.eq(self.id)).filter(Column::Version.eq(seen));
        if same.filter(Expr::col(Column::State).eq(self.state.to_value())).exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        around(app, &transaction, (self.id, self.state), typed, (&read, &known)).await?;
        app.record(&transaction, self.id, Fact::CampaignEdited { title, changes }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    fn saying(self, app: &App, typed: &Typed, read: &Read) -> Result<Self, Error> {
        let title = vietnamese::normalise(typed.title.trim()).replace(['\n', '\r', '\0'], " ");
        Ok(Self {
            words: vietnamese::fold(&title).into_owned(),
            title,
            objective: vietnamese::normalise(typed.objective.trim()).replace("\r\n", "\n").replace('\0', ""),
            starts_on: read.starts_on,
            ends_on: read.ends_on,
            audiences: serde_json::to_string(&Tag::known(Tag::audiences(), &typed.audiences))?,
            messages: serde_json::to_string(&Tag::known(Tag::messages(), &typed.messages))?,
            channels: serde_json::to_string(&known_channels(typed))?,
            budget: read.budget,
            changed_at: app.clock.now(),
            ..self
        })
    }

    fn changes(&self, now: &Self, (before, after): (usize, usize)) -> Vec<Change> {
        let sum = |budget: Option<i64>| budget.map(money::shown).unwrap_or_default();
        let fields = [
            ("title", self.title.clone(), now.title.clone()),
            ("objective", self.objective.clone(), now.objective.clone()),
            ("starts_on", time::day(self.starts_on), time::day(now.starts_on)),
            ("ends_on", time::day(self.ends_on), time::day(now.ends_on)),
            ("audiences", self.audiences().join(", "), now.audiences().join(", ")),
            ("messages", self.messages().join(", "), now.messages().join(", ")),
            ("channels", self.channels().join(", "), now.channels().join(", ")),
            ("budget", sum(self.budget), sum(now.budget)),
            ("agencies", before.to_string(), after.to_string()),
        ];
        fields.iter().filter_map(|(field, from, to)| Change::of(field, from, to)).collect()
    }
}

/// Its agencies, duties and what is to be reached.
async fn around(
    app: &App,
    on: &impl ConnectionTrait,
    (id, state): (Uuid, State),
    typed: &Typed,
    (read, known): (&Read, &Known),
) -> Result<(), DbErr> {
    let today = time::local_date(app.clock.now());
    member::settle(on, id, &typed.agencies, known, (today, state == State::Running)).await?;
    duty::settle(on, id, &typed.duties).await?;
    kpi::Entity::delete_many().filter(kpi::Column::Campaign.eq(id)).exec(on).await?;
    let rows = (1..).zip(&read.kpis).map(|(position, (name, measure, unit, target))| {
        kpi::ActiveModel::from(Kpi {
            id: new_id(),
            campaign: id,
            position,
            name: name.clone(),
            measure: *measure,
            unit: unit.clone(),
            target: *target,
        })
    });
    let rows: Vec<kpi::ActiveModel> = rows.collect();
    if !rows.is_empty() {
        kpi::Entity::insert_many(rows).exec_without_returning(on).await?;
    }
    Ok(())
}
