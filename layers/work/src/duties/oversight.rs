//! Oversight of a duty's answers: which bodies review them besides the one that keeps the plan, over which of the holders, and
//! whether every answer needs the word of the agency's own approver. Nobody reviews what their own body answered.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{Condition, QueryOrder};

use super::duty::Duty;
use super::naming::{self, Named};
use super::slot::{self, Slot};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Role, Who, fact, new_id};
use crate::people::agency::brief::Known;
use crate::people::{Notice, Words, class};
use crate::web::{Error, Locale};

pub use reviewer::Model as Reviewer;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "duty_oversight")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub duty: Uuid,
    /// Every answer needs the agency's approver, whatever the agency set.
    pub clears: bool,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// A further reviewing body of a duty.
pub mod reviewer {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "duty_reviewer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub duty: Uuid,
        pub position: i32,
        /// The body that reviews.
        pub reviewer: Uuid,
        /// The holder whose answers it reviews; with no class either, those of all.
        pub agency: Option<Uuid>,
        /// Code of a class of holders, see `people::class`.
        pub class: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Whose answers a body reviews: one holder's, a class's, or (None) all.
pub type Over = Option<Named>;

impl Reviewer {
    /// Whose answers.
    #[must_use]
    pub fn over(&self) -> Over {
        self.agency.map(Named::Agency).or_else(|| self.class.clone().map(Named::Class))
    }
}

/// Whether it covers an agency; one that took over is in the place of its predecessor.
#[must_use]
pub fn covers(over: &Over, agency: Uuid, known: &Known) -> bool {
    match over {
        None => true,
        Some(Named::Agency(id)) => *id == agency,
        Some(Named::Class(code)) => {
            let of = known.get(&agency);
            of.is_some_and(|agency| class::parts(code).iter().any(|class| class.admits(agency.kind, &agency.code)))
        }
    }
}

/// What a person wants it to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub clears: bool,
    pub reviewers: Vec<(Uuid, Over)>,
}

impl Wanted {
    /// How it is, and its version.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, duty: Uuid) -> Result<(Self, i32), DbErr> {
        let row = Entity::find_by_id(duty).one(on).await?;
        let reviewers = of_duty(on, duty).await?.iter().map(|one| (one.reviewer, one.over())).collect();
        let (clears, version) = row.map_or((false, 0), |row| (row.clears, row.version));
        Ok((Self { clears, reviewers }, version))
    }

    /// In the words of the province, as they are read in the ledger.
    fn words(&self, known: &Known) -> (String, String) {
        let l = Locale::default();
        let one = |(reviewer, over): &(Uuid, Over)| {
            let name = known.get(reviewer).map(|agency| agency.name.clone()).unwrap_or_default();
            l.t2("oversight-words", "name", name, "over", over_words(l, over, known))
        };
        let clears = l.t(if self.clears { "oversight-clears-yes" } else { "oversight-clears-no" });
        (clears, self.reviewers.iter().map(one).collect::<Vec<_>>().join("; "))
    }
}

/// Whose answers, in words.
#[must_use]
pub fn over_words(l: Locale, over: &Over, known: &Known) -> String {
    over.as_ref().map_or_else(|| l.t("oversight-over-all"), |named| naming::name(named, known, l.0))
}

/// The further reviewers of a duty in their order.
///
/// # Errors
/// The database failed.
pub async fn of_duty(on: &impl ConnectionTrait, duty: Uuid) -> Result<Vec<Reviewer>, DbErr> {
    let rows = reviewer::Entity::find().filter(reviewer::Column::Duty.eq(duty));
    rows.order_by_asc(reviewer::Column::Position).all(on).await
}

/// Whether answers to a duty always need the agency's approver.
///
/// # Errors
/// The database failed.
pub async fn clears(on: &impl ConnectionTrait, duty: Uuid) -> Result<bool, DbErr> {
    Ok(Entity::find_by_id(duty).one(on).await?.is_some_and(|row| row.clears))
}

/// The bodies that review what is answered for a slot: the one that keeps the plan, and those named for it.
#[derive(Clone, Debug)]
pub struct Reviewers {
    standing_body: Uuid,
    further: Vec<Uuid>,
}

impl Reviewers {
    /// Reads them; no statement for whoever reviews for no body, or for the one that keeps the plan.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, who: &Who, slot: &Slot, standing_body: Uuid) -> Result<Self, DbErr> {
        let Some(own) = who.agency.filter(|own| *own != standing_body && who.is_in(Role::Reviewer, *own)) else {
            return Ok(Self { standing_body, further: Vec::new() });
        };
        let named = reviewer::Entity::find()
            .filter(reviewer::Column::Duty.eq(slot.duty))
            .filter(reviewer::Column::Reviewer.eq(own))
            .all(&app.db)
            .await?;
        let known = Known::now(app).await?;
        let further = named.iter().filter(|one| covers(&one.over(), slot.agency, &known)).map(|one| one.reviewer).collect();
        Ok(Self { standing_body, further })
    }

    /// Whether the person reviews for one of them.
    #[must_use]
    pub fn has(&self, who: &Who) -> bool {
        let reviews = |body: Uuid| body == self.standing_body || self.further.contains(&body);
        who.agency.is_some_and(|own| reviews(own) && who.is_in(Role::Reviewer, own))
    }
}

/// The slots that a body was named to review, to be asked within another question; and what that question is called, since
/// lists are remembered by it. None when it was named for nothing. One statement.
///
/// # Errors
/// The database failed.
pub async fn scope(app: &App, body: Uuid) -> Result<Option<(String, Condition)>, DbErr> {
    let named = reviewer::Entity::find().filter(reviewer::Column::Reviewer.eq(body)).all(&app.db).await?;
    if named.is_empty() {
        return Ok(None);
    }
    let known = Known::now(app).await?;
    let mut duties: BTreeMap<Over, BTreeSet<Uuid>> = BTreeMap::new();
    for one in &named {
        duties.entry(one.over()).or_default().insert(one.duty);
    }
    let mut any = Condition::any();
    for (over, duties) in &duties {
        let mut these = Condition::all().add(slot::Column::Duty.is_in(duties.iter().copied()));
        if over.is_some() {
            let covered: Vec<Uuid> = known.keys().copied().filter(|agency| covers(over, *agency, &known)).collect();
            these = these.add(slot::Column::Agency.is_in(covered));
        }
        any = any.add(these);
    }
    Ok(Some((format!("{:?}.{}", duties, known.stamp), any)))
}

/// Sets the oversight of these duties, all at once. What is so already is left alone.
///
/// # Errors
/// Stale when somebody changed the first of them since version `seen`; or the database failed.
pub async fn set(app: &App, who: &Who, duties: &[Duty], seen: i32, wanted: &Wanted) -> Result<usize, Error> {
    let known = Known::now(app).await?;
    let transaction = app.begin().await?;
    let mut done = 0;
    for (place, duty) in duties.iter().enumerate() {
        let (before, version) = Wanted::of(&transaction, duty.id).await?;
        if before == *wanted {
            continue;
        }
        if place == 0 && version != seen {
            return Err(Error::Stale);
        }
        write(&transaction, duty.id, version, wanted).await?;
        let (old, new) = (before.words(&known), wanted.words(&known));
        let changes = [Change::of("clears", &old.0, &new.0), Change::of("reviewers", &old.1, &new.1)].into_iter().flatten();
        let was = |body: &Uuid| before.reviewers.iter().any(|(reviewer, _)| reviewer == body);
        let named: BTreeSet<Uuid> = wanted.reviewers.iter().map(|(body, _)| *body).filter(|body| !was(body)).collect();
        let fact = Fact::OversightChanged { changes: changes.collect(), named: named.into_iter().collect() };
        app.record(&transaction, duty.id, fact, &By::from(who)).await?;
        done += 1;
    }
    app.commit(transaction).await?;
    Ok(done)
}

async fn write(on: &impl ConnectionTrait, duty: Uuid, version: i32, wanted: &Wanted) -> Result<(), Error> {
    let row = ActiveModel { duty: Set(duty), clears: Set(wanted.clears), version: Set(version + 1) };
    let written = if version == 0 {
        let once = OnConflict::column(Column::Duty).do_nothing().to_owned();
        Entity::insert(row).on_conflict(once).exec_without_returning(on).await?
    } else {
        let same = Entity::update_many().set(row).filter(Column::Duty.eq(duty)).filter(Column::Version.eq(version));
        same.exec(on).await?.rows_affected
    };
    if written == 0 {
        return Err(Error::Stale);
    }
    reviewer::Entity::delete_many().filter(reviewer::Column::Duty.eq(duty)).exec(on).await?;
    let rows = (1..).zip(&wanted.reviewers).map(|(position, (body, over))| {
        let (agency, class) = match over {
            Some(Named::Agency(id)) => (Some(*id), None),
            Some(Named::Class(code)) => (None, Some(code.clone())),
            None => (None, None),
        };
        reviewer::ActiveModel::from(Reviewer { id: new_id(), duty, position, reviewer: *body, agency, class })
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        reviewer::Entity::insert_many(rows).exec_without_returning(on).await?;
    }
    Ok(())
}

/// Tells the bodies that were named.
///
/// # Errors
/// The duty is not there, or the database failed.
pub async fn tell(app: &App, recorded: &fact::Model, named: &[Uuid]) -> anyhow::Result<()> {
    if named.is_empty() {
        return Ok(());
    }
    let duty = Duty::find(&app.db, recorded.about).await.map_err(|_| anyhow::anyhow!("the duty is not there"))?;
    let title = crate::web::cut(&duty.title, 120);
    for body in named {
        let words = Words { key: "notice-reviewer-named", name: &title, href: "/desk/reviews" };
        Notice::tell(app, recorded, *body, words).await?;
    }
    Ok(())
}
