//! A person corrects what was recognised, or confirms it as it is. Both make the doubts go.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use serde::Deserialize;

use super::{Column, Entity, Model, NO_DOUBTS, keeping};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who, time};
use crate::people::Resolver;
use crate::plans::party::{self, Part, Party, Resolution};
use crate::plans::recognise::{Deadline, DeadlineKind, Interval, Kind, Role, Target};
use crate::plans::{Plan, due};
use crate::web::{Error, Locale, Obstacle};

/// A corrected provision as the form sends it. Bodies stand one a line, as in the document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Correction {
    pub version: i32,
    pub kind: String,
    pub text: String,
    pub role: String,
    pub leads: String,
    pub cooperates: String,
    pub recipients: String,
    pub deadline_kind: String,
    pub year: String,
    pub month: String,
    pub day: String,
    pub quarter: String,
    pub interval: String,
    pub before: String,
    pub target_op: String,
    pub target_value: String,
    pub target_unit: String,
    pub target_subject: String,
    pub target_exclude: String,
    pub result: String,
}

/// What a form means, once it is understood.
struct Meant {
    kind: Kind,
    text: String,
    role: Role,
    parties: Vec<(Part, String)>,
    deadline: Deadline,
    target: Option<Target>,
    result: Option<String>,
}

const TEXT_MAX: usize = 20_000;
const NAMES_MAX: usize = 200;

impl Correction {
    fn meant(&self, old: &Model) -> Result<Meant, Vec<Obstacle>> {
        let mut obstacles = Vec::new();
        let kind = Kind::of_code(&self.kind).unwrap_or_else(|| old.kind());
        let text = clean(&self.text);
        if text.is_empty() {
            obstacles.push(Obstacle::new("provision-text-missing"));
        }
        if text.chars().count() > TEXT_MAX {
            obstacles.push(Obstacle::new("provision-text-long").with("n", TEXT_MAX));
        }
        let parties = self.parties();
        if parties.len() > NAMES_MAX {
            obstacles.push(Obstacle::new("provision-names-many").with("n", NAMES_MAX));
        }
        let deadline = self.deadline(&old.deadline()).unwrap_or_else(|obstacle| {
            obstacles.push(obstacle);
            Deadline::default()
        });
        let target = self.target(old.target()).unwrap_or_else(|obstacle| {
            obstacles.push(obstacle);
            None
        });
        let role = if self.role == "support" { Role::Support } else { Role::Lead };
        let result = Some(clean(&self.result)).filter(|result| !result.is_empty());
        if obstacles.is_empty() { Ok(Meant { kind, text, role, parties, deadline, target, result }) } else { Err(obstacles) }
    }

    fn parties(&self) -> Vec<(Part, String)> {
        let named = [(Part::Lead, &self.leads), (Part::Support, &self.cooperates), (Part::Recipient, &self.recipients)];
        let lines = named.into_iter().flat_map(|(part, lines)| lines.lines().map(move |line| (part, clean(line))));
        lines.filter(|(_, name)| !name.is_empty()).collect()
    }

    fn deadline(&self, old: &Deadline) -> Result<Deadline, Obstacle> {
        let kind: DeadlineKind = variant(&self.deadline_kind).unwrap_or_default();
        let number = |text: &str| -> Result<Option<u32>, Obstacle> {
            let text = text.trim();
            if text.is_empty() {
                Ok(None)
            } else {
                text.parse().map(Some).map_err(|_| Obstacle::new("due-not-a-number").with("text", text))
            }
        };
        let year = number(&self.year)?.and_then(|year| i32::try_from(year).ok());
        let mut deadline = Deadline {
            kind,
            year,
            month: number(&self.month)?,
            day: number(&self.day)?,
            quarter: number(&self.quarter)?,
            interval: variant::<Interval>(&self.interval),
            before: !self.before.is_empty(),
            ..old.clone()
        };
        if year.is_some_and(|year| !(1990..=2100).contains(&year)) {
            return Err(Obstacle::new("due-year-odd").with("text", &self.year));
        }
        let dated = matches!(kind, DeadlineKind::Year | DeadlineKind::Month | DeadlineKind::Quarter | DeadlineKind::Date);
        if dated && year.is_none() {
            return Err(Obstacle::new("due-year-missing"));
        }
        if dated && due::last_day(&deadline).is_none() {
            return Err(Obstacle::new("due-no-such-day"));
        }
        if kind != old.kind {
            deadline.from = None;
            deadline.dates.clear();
        }
        Ok(deadline)
    }

    fn target(&self, old: Option<Target>) -> Result<Option<Target>, Obstacle> {
        let words = |text: &str| Some(clean(text)).filter(|text| !text.is_empty());
        let Some(value) = words(&self.target_value) else {
            let keeps_words = old.is_some_and(|old| old.value.is_none()) && words(&self.target_subject).is_some();
            return Ok(keeps_words.then(|| Target { subject: words(&self.target_subject), ..Target::default() }));
        };
        let value =
            vietnamese::number::parse_number(&value).map_err(|_| Obstacle::new("target-not-a-number").with("text", &value))?;
        Ok(Some(Target {
            op: words(&self.target_op).or_else(|| Some("=".into())),
            value: Some(value.value.as_f64()),
            unit: words(&self.target_unit),
            subject: words(&self.target_subject),
            exclude: words(&self.target_exclude),
            ..old.unwrap_or_default()
        }))
    }
}

/// NFC, no control characters, trimmed.
fn clean(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect();
    vietnamese::normalise(&text).trim().to_owned()
}

fn variant<T: serde::de::DeserializeOwned>(code: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(code.into())).ok()
}

impl Model {
    /// Keeps a correction; returns what changed. Without a change it is a confirmation.
    ///
    /// # Errors
    /// Refused with what is wrong, or stale when someone was quicker.
    pub async fn correct(&self, app: &App, who: &Who, correction: &Correction) -> Result<(), Error> {
        let meant = correction.meant(self).map_err(Error::Refused)?;
        let plan = Plan::find(&app.db, self.plan).await?;
        let day = day_of(&plan, app);
        let old = Party::of_provision(&app.db, self.id).await?;
        let changes = self.changes(&meant, &old)?;
        let resolver = Resolver::load(&app.db).await?;
        let transaction = app.begin().await?;
        self.write(&transaction, app, who, correction.version, Some((&meant, !changes.is_empty()))).await?;
        party::replace(&transaction, self, &meant.parties, &old, &resolver, day).await?;
        let fact = if changes.is_empty() {
            Fact::ProvisionConfirmed { path: self.path.clone() }
        } else {
            Fact::ProvisionCorrected { path: self.path.clone(), changes }
        };
        app.record(&transaction, self.plan, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Says that it was looked at and is right.
    ///
    /// # Errors
    /// Stale when someone was quicker.
    pub async fn confirm(&self, app: &App, who: &Who, version: i32) -> Result<(), Error> {
        let transaction = app.begin().await?;
        self.write(&transaction, app, who, version, None).await?;
        app.record(&transaction, self.plan, Fact::ProvisionConfirmed { path: self.path.clone() }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Takes something out that is no provision.
    ///
    /// # Errors
    /// Stale when someone was quicker.
    pub async fn remove(&self, app: &App, who: &Who, version: i32, why: &str) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let gone =
            Entity::delete_many().filter(Column::Id.eq(self.id)).filter(Column::Version.eq(version)).exec(&transaction).await?;
        if gone.rows_affected == 0 {
            return Err(Error::Stale);
        }
        party::Entity::delete_many().filter(party::Column::Provision.eq(self.id)).exec(&transaction).await?;
        let by = By::from(who).because(why);
        app.record(&transaction, self.plan, Fact::ProvisionRemoved { path: self.path.clone() }, &by).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    async fn write(
        &self,
        on: &impl ConnectionTrait,
        app: &App,
        who: &Who,
        version: i32,
        meant: Option<(&Meant, bool)>,
    ) -> Result<(), Error> {
        let mut update = Entity::update_many()
            .col_expr(Column::Doubts, Expr::value(NO_DOUBTS))
            .col_expr(Column::ConfirmedAt, Expr::value(app.clock.now()))
            .col_expr(Column::ConfirmedBy, Expr::value(who.person))
            .col_expr(Column::Version, Expr::value(version + 1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Version.eq(version));
        if let Some((meant, changed)) = meant {
            let target = meant.target.as_ref().map(serde_json::to_string).transpose()?;
            update = update
                .col_expr(Column::Kind, Expr::value(keeping::code(&meant.kind)?))
                .col_expr(Column::Text, Expr::value(meant.text.clone()))
                .col_expr(Column::Role, Expr::value(keeping::code(&meant.role)?))
                .col_expr(Column::Deadline, Expr::value(serde_json::to_string(&meant.deadline)?))
                .col_expr(Column::DeadlineKind, Expr::value(keeping::code(&meant.deadline.kind)?))
                .col_expr(Column::DueOn, Expr::value(due::last_day(&meant.deadline)))
                .col_expr(Column::Target, Expr::value(target))
                .col_expr(Column::Result, Expr::value(meant.result.clone()))
                .col_expr(Column::Edited, Expr::value(self.edited || changed));
        }
        if update.exec(on).await?.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }

    fn changes(&self, meant: &Meant, old: &[Party]) -> Result<Vec<Change>, Error> {
        let l = Locale::default();
        let before = |part: Part| {
            old.iter().filter(|party| party.part == part).map(|party| party.name.as_str()).collect::<Vec<_>>().join("; ")
        };
        let after = |part: Part| {
            meant.parties.iter().filter(|(one, _)| *one == part).map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("; ")
        };
        let target = |target: Option<&Target>| target.map(crate::plans::target::words).unwrap_or_default();
        let changes = [
            Change::of("kind", &self.kind, &keeping::code(&meant.kind)?),
            Change::of("text", &self.text, &meant.text),
            Change::of("role", &self.role, &keeping::code(&meant.role)?),
            Change::of("leads", &before(Part::Lead), &after(Part::Lead)),
            Change::of("cooperates", &before(Part::Support), &after(Part::Support)),
            Change::of("recipients", &before(Part::Recipient), &after(Part::Recipient)),
            Change::of("deadline", &due::words(l, &self.deadline()), &due::words(l, &meant.deadline)),
            Change::of("target", &target(self.target().as_ref()), &target(meant.target.as_ref())),
            Change::of("result", self.result.as_deref().unwrap_or_default(), meant.result.as_deref().unwrap_or_default()),
        ];
        Ok(changes.into_iter().flatten().collect())
    }
}

/// Ties a name to an agency by hand, or to none.
///
/// # Errors
/// Refused when there is no such agency in the directory.
pub async fn choose(app: &App, who: &Who, provision: &Model, party: &Party, agency: Option<(Uuid, String)>) -> Result<(), Error> {
    let transaction = app.begin().await?;
    let (id, name) = agency.map_or((None, String::new()), |(id, name)| (Some(id), name));
    party::Entity::update_many()
        .col_expr(party::Column::Agency, Expr::value(id))
        .col_expr(party::Column::Class, Expr::value(Option::<String>::None))
        .col_expr(party::Column::Resolution, Expr::value(Resolution::Chosen))
        .filter(party::Column::Id.eq(party.id))
        .exec(&transaction)
        .await?;
    let changes = vec![Change { field: "party".into(), from: party.name.clone(), to: name }];
    app.record(&transaction, provision.plan, Fact::ProvisionCorrected { path: provision.path.clone(), changes }, &By::from(who))
        .await?;
    app.commit(transaction).await?;
    Ok(())
}

/// The day words are resolved on: the plan's own, or today.
#[must_use]
pub fn day_of(plan: &Plan, app: &App) -> NaiveDate {
    plan.issued_on.unwrap_or_else(|| time::local_date(app.clock.now()))
}

/// Takes every doubtful provision of a draft as it is, for one reason. Returns how many.
///
/// # Errors
/// The database failed.
pub async fn confirm_all(app: &App, who: &Who, plan: &Plan, why: &str) -> Result<u64, Error> {
    let transaction = app.begin().await?;
    let done = Entity::update_many()
        .col_expr(Column::Doubts, Expr::value(NO_DOUBTS))
        .col_expr(Column::ConfirmedAt, Expr::value(app.clock.now()))
        .col_expr(Column::ConfirmedBy, Expr::value(who.person))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Plan.eq(plan.id))
        .filter(Column::ConfirmedAt.is_null())
        .filter(Column::Doubts.ne(NO_DOUBTS))
        .exec(&transaction)
        .await?
        .rows_affected;
    let by = By::from(who).because(why);
    app.record(&transaction, plan.id, Fact::ProvisionConfirmed { path: format!("({done})") }, &by).await?;
    app.commit(transaction).await?;
    Ok(done)
}
