//! Raising a case: from a slot that the agency owes, or by itself.

use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, SqlErr};

use super::acting::{plain, secret, too_long};
use super::moving::Ground;
use super::{Case, Column, Entity, Kind, State, acts_for};
use crate::base::{App, By, Fact, Who, new_id};
use crate::cases::rung::{self, Rung};
use crate::cases::step::Step;
use crate::cases::{entry, step};
use crate::duties::Slot;
use crate::duties::answer::submitting::says_nothing;
use crate::web::{Error, Obstacle};

pub const TITLE_LETTERS_MAX: usize = 200;
pub const TEXT_LETTERS_MAX: usize = 10_000;
/// The most cases of one agency that are not over: a ladder that is flooded answers nobody.
pub const OPEN_MAX: u64 = 200;

/// A case as it is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The same for every press of the button.
    pub key: String,
    pub title: String,
    pub difficulty: String,
    pub proposal: String,
    pub slot: Option<Uuid>,
    /// [`Kind`] as it was sent; empty for a difficulty.
    pub kind: String,
}

impl Wanted {
    /// With its texts as they are kept, or all that is wrong with it.
    fn read(&self) -> Result<Self, Error> {
        let mut wrong = Vec::new();
        let mut field = |given: &str, name: &'static str, most: usize, missing: &'static str| {
            let text = plain(given, most);
            match &text {
                None => wrong.push(Obstacle::new("case-too-long").with("n", most).at(name)),
                Some(text) if says_nothing(text) => wrong.push(Obstacle::new(missing).at(name)),
                Some(text) => wrong.extend(secret(text, name)),
            }
            text.unwrap_or_default()
        };
        let title = field(&self.title, "title", TITLE_LETTERS_MAX, "case-needs-title");
        let difficulty = field(&self.difficulty, "difficulty", TEXT_LETTERS_MAX, "case-needs-difficulty");
        let proposal = field(&self.proposal, "proposal", TEXT_LETTERS_MAX, "case-needs-proposal");
        let key = plain(&self.key, 60).filter(|key| !key.is_empty()).ok_or_else(|| too_long("title", 60))?;
        let title = vietnamese::normalise::squeeze_spaces(&title).into_owned();
        let kind = self.kind.clone();
        if !kind.is_empty() && Kind::try_from_value(&kind).is_err() {
            wrong.push(Obstacle::new("case-kind-unknown").at("kind"));
        }
        let read = Self { key, title, difficulty, proposal, slot: self.slot, kind };
        if wrong.is_empty() { Ok(read) } else { Err(Error::Refused(wrong)) }
    }
}

/// The slot that a person raises a case about: one of their own agency's. To others it is not there.
///
/// # Errors
/// Not found, hidden, or the database failed.
pub async fn own_slot(app: &App, who: &Who, id: Uuid) -> Result<Slot, Error> {
    let slot = Slot::find(&app.db, id).await?;
    if slot.in_charge(app).await?.is_own(who) { Ok(slot) } else { Err(Error::Hidden(id)) }
}

impl Case {
    /// Raises a difficulty and tells its id. The same key again is the same case.
    ///
    /// # Errors
    /// Forbidden to who acts for no agency; refused when a text is missing or too long, when the agency is closed, or when
    /// no body is above it; hidden when the slot is another agency's; or the database failed.
    pub async fn raise(app: &App, who: &Who, wanted: &Wanted) -> Result<Uuid, Error> {
        let Some(agency) = who.agency.filter(|agency| acts_for(who, *agency)) else { return Err(Error::Forbidden) };
        let wanted = wanted.read()?;
        if let Some(slot) = wanted.slot {
            own_slot(app, who, slot).await?;
        }
        rung::settle(app).await?;
        let ground = Ground::of(app).await?;
        if !ground.is_open(agency) {
            return Err(Error::refused("case-raiser-closed"));
        }
        let transaction = app.begin().await?;
        let own = Entity::find().filter(Column::Agency.eq(agency));
        if let Some(raised) = own.clone().filter(Column::Key.eq(&wanted.key)).one(&transaction).await? {
            return Ok(raised.id);
        }
        let standing = own.filter(Column::State.is_not_in([State::Solved, State::Withdrawn, State::Lapsed]));
        if standing.count(&transaction).await? >= OPEN_MAX {
            return Err(Error::Refused(vec![Obstacle::new("case-too-many").with("n", OPEN_MAX)]));
        }
        let ladder = Rung::ladder(&transaction, Kind::Difficulty).await?;
        let own = ladder.iter().find(|rung| rung.agency == agency).map_or(-1, |rung| rung.position);
        let first = rung::above(&ladder, own, &[agency], &ground.agencies, ground.today);
        let Some(first) = first else { return Err(Error::refused("case-nobody-above")) };
        let id = write(&transaction, &ground, &wanted, first, (agency, Some(who.person)), false).await?;
        app.record(&transaction, id, Fact::CaseRaised { title: wanted.title, holder: first.agency }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(id)
    }
}

/// The case, its first step and the first line of its story.
///
/// # Errors
/// Stale when the same press raised it already; or the database failed.
pub(in crate::cases) async fn write(
    on: &impl ConnectionTrait,
    ground: &Ground,
    wanted: &Wanted,
    first: &Rung,
    (agency, person): (Uuid, Option<Uuid>),
    demo: bool,
) -> Result<Uuid, Error> {
    let id = new_id();
    let begun = Step::beginning(id, 1, (first.agency, first.position, first.hours), ground.now, ground.clock());
    let case = Case {
        id,
        kind: Kind::Difficulty,
        key: wanted.key.clone(),
        title: wanted.title.clone(),
        difficulty: wanted.difficulty.clone(),
        proposal: wanted.proposal.clone(),
        words: vietnamese::fold(&format!("{} {}", wanted.title, wanted.difficulty)).into_owned(),
        slot: wanted.slot,
        agency,
        person,
        raised_at: ground.now,
        state: State::Open,
        holder: first.agency,
        due_at: Some(begun.due_at),
        bounces: 0,
        closed_at: None,
        demo,
        version: 1,
    };
    if let Err(error) = Entity::insert(super::ActiveModel::from(case)).exec_without_returning(on).await {
        return Err(match error.sql_err() {
            // The button was pressed twice at once; the first press has it.
            Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
            _ => error.into(),
        });
    }
    step::Entity::insert(step::ActiveModel::from(begun)).exec_without_returning(on).await?;
    let line = (entry::Kind::Raised, String::new(), Some(first.agency));
    entry::write(on, id, line, (agency, person), ground.now).await?;
    Ok(id)
}
