//! Whether an amending plan has to do with the one that it is to replace. When it has little, somebody chose the wrong plan
//! or the wrong file, and adopting it would take everything of the other out of force; so it is a doubt that a person settles.

use std::collections::HashSet;

use sea_orm::entity::prelude::*;

use super::{Column, Entity, Model, State};
use crate::base::{App, By, Fact, Who};
use crate::plans::provision::carrying::as_recognised;
use crate::plans::recognise::compare::{self, Comparison};
use crate::plans::recognise::{self, Warning};
use crate::plans::{Provision, provision};
use crate::web::{Error, Locale, Obstacle};

/// The kind of the warning that stands for the doubt; it goes when a person confirms.
const KIND: &str = "amends_unrelated";
/// An amendment goes on from at least this part of what the other plan says.
const KEPT_MIN: f64 = 0.2;
/// Subjects that share fewer of their words are of different things.
const SUBJECT_MIN: f64 = 0.3;

/// Two plans, one to take the place of the other.
pub struct Relation {
    /// Provisions of the old plan that go on in the new one, changed or not.
    kept: usize,
    before: usize,
    /// Old and new, where they differ.
    issuers: Option<(String, String)>,
    subjects: Option<(String, String)>,
}

impl Relation {
    /// Of the two heads, and what a comparison of their provisions found.
    #[must_use]
    pub fn of(old: &Model, new: &Model, comparison: &Comparison) -> Self {
        let kept = comparison.carried.len() + comparison.changed.len();
        let both = |one: &String, other: &String| (!one.is_empty() && !other.is_empty()).then(|| (one.clone(), other.clone()));
        Self {
            kept,
            before: kept + comparison.gone.len(),
            issuers: both(&old.issuer, &new.issuer).filter(|(old, new)| !vietnamese::same_name(old, new)),
            subjects: both(&old.subject, &new.subject).filter(|(old, new)| likeness(old, new) < SUBJECT_MIN),
        }
    }

    fn keeps_little(&self) -> bool {
        self.before > 0 && (self.kept as f64) < KEPT_MIN * self.before as f64
    }

    /// Whether a person should say that it is an amendment. A subject of other words alone does not make it doubtful:
    /// "amending plan 118" is a subject too.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.keeps_little() || self.issuers.is_some()
    }

    /// What is odd about it; empty when nothing is.
    #[must_use]
    pub fn reasons(&self, l: Locale) -> Vec<String> {
        let mut found = Vec::new();
        if self.keeps_little() {
            found.push(Obstacle::new("relation-keeps-little").with("kept", self.kept).with("before", self.before));
        }
        if let Some((old, new)) = &self.issuers {
            found.push(Obstacle::new("relation-issuer").with("old", old).with("new", new));
        }
        if let Some((old, new)) = self.subjects.as_ref().filter(|_| self.is_doubtful()) {
            found.push(Obstacle::new("relation-subject").with("old", old).with("new", new));
        }
        found.iter().map(|obstacle| obstacle.text(l)).collect()
    }
}

/// The words that two texts share, of all that they have.
fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (vietnamese::fold(one), vietnamese::fold(other));
    let (one, other): (HashSet<&str>, HashSet<&str>) = (one.split_whitespace().collect(), other.split_whitespace().collect());
    one.intersection(&other).count() as f64 / one.union(&other).count().max(1) as f64
}

/// The draft with the doubt among its warnings, when it amends a plan that it has little to do with.
///
/// # Errors
/// The database failed.
pub(super) async fn doubted(app: &App, draft: Model, provisions: &[recognise::Provision]) -> Result<Model, Error> {
    let Some(old) = draft.amended(&app.db).await? else { return Ok(draft) };
    let before = as_recognised(&app.db, old.id, &Provision::of(&app.db, old.id).await?).await?;
    let relation = Relation::of(&old, &draft, &compare::compare(&before, provisions));
    if !relation.is_doubtful() {
        return Ok(draft);
    }
    let message = relation.reasons(Locale::default()).join(" ");
    let doubt = Warning { path: String::new(), kind: KIND.into(), message };
    let warnings: Vec<Warning> = std::iter::once(doubt).chain(draft.warnings()).collect();
    Ok(Model { warnings: serde_json::to_string(&warnings)?, ..draft })
}

impl Model {
    /// Whether a person should still say that it amends the plan that it is to replace.
    #[must_use]
    pub fn is_amendment_doubtful(&self) -> bool {
        self.warnings().iter().any(|warning| warning.kind == KIND)
    }

    /// How many doubts a person should still settle: those of provisions, and whether it is an amendment.
    ///
    /// # Errors
    /// The database failed.
    pub async fn count_doubts(&self, on: &impl ConnectionTrait) -> Result<u64, DbErr> {
        Ok(provision::count_doubtful(on, self.id).await? + u64::from(self.is_amendment_doubtful()))
    }

    /// Says, for a reason, that it does amend that plan.
    ///
    /// # Errors
    /// Stale when someone was quicker.
    pub async fn confirm_amendment(&self, app: &App, who: &Who, why: &str) -> Result<(), Error> {
        let amends = self.amends.filter(|_| self.is_amendment_doubtful()).ok_or(Error::Stale)?;
        let left: Vec<Warning> = self.warnings().into_iter().filter(|warning| warning.kind != KIND).collect();
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::Warnings, Expr::value(serde_json::to_string(&left)?))
            .col_expr(Column::Version, Expr::value(self.version + 1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(State::Draft))
            .filter(Column::Version.eq(self.version))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, self.id, Fact::AmendmentConfirmed { amends }, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
