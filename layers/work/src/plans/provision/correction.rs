//! A person corrects what was recognised, or confirms it as it is. Both make the doubts go.

pub mod meaning;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use serde::Deserialize;

use super::{Column, Entity, Model, NO_DOUBTS, keeping};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who, time};
use crate::people::Resolver;
use crate::plans::party::{self, Part, Party, Resolution};
use crate::plans::recognise::Target;
use crate::plans::{Plan, due};
use crate::web::{Error, Locale};
use meaning::Meant;

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
/// Stale when somebody settled one of them in the same moment, or the database failed.
pub async fn confirm_all(app: &App, who: &Who, plan: &Plan, why: &str) -> Result<u64, Error> {
    let transaction = app.begin().await?;
    let paths = super::paths_doubtful(&transaction, plan.id).await?;
    let done = Entity::update_many()
        .col_expr(Column::Doubts, Expr::value(NO_DOUBTS))
        .col_expr(Column::ConfirmedAt, Expr::value(app.clock.now()))
        .col_expr(Column::ConfirmedBy, Expr::value(who.person))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(super::doubtful(plan.id))
        .exec(&transaction)
        .await?
        .rows_affected;
    if done != paths.len() as u64 {
        return Err(Error::Stale); // somebody settled one of them between the two statements
    }
    if done > 0 {
        app.record(&transaction, plan.id, Fact::ProvisionsConfirmed { paths }, &By::from(who).because(why)).await?;
    }
    app.commit(transaction).await?;
    Ok(done)
}
