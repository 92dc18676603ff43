//! What the system itself counts, so that nobody has to type it: an open list. A capability that comes later adds a line here
//! for the facts that it records; this one calls none of them.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{Condition, FromQueryResult, PaginatorTrait, QueryOrder, QuerySelect};

use crate::base::time::{self, VIETNAM};
use crate::base::{App, Who, fact};
use crate::duties::answer;
use crate::duties::duty;
use crate::duties::proof;
use crate::duties::slot::{self, Slot};
use crate::duties::standing;
use crate::people::telling;
use crate::web::{Locale, cut};
use ::measures::Amount;

/// As many lines as a list behind a figure shows.
pub const LINES_MAX: u64 = 200;
const TITLE_LETTERS: usize = 160;

/// Something that is counted for an agency within a stretch of time.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// The word in forms, addresses and Fluent keys.
    pub code: &'static str,
    counted: Counted,
}

#[derive(Clone, Copy, Debug)]
enum Counted {
    /// Slots due in the time that were handed in and not sent back.
    Done,
    /// Slots due in the time that came late, or are overdue.
    Late,
    Proofs(proof::Kind),
    /// Facts of that kind that somebody of the agency brought about.
    By(&'static str),
    /// Facts of that kind that name the agency, whoever brought them about.
    Naming(&'static str),
}

/// Everything that can be counted.
pub const SOURCES: [Source; 10] = [
    Source { code: "slots-done", counted: Counted::Done },
    Source { code: "slots-late", counted: Counted::Late },
    Source { code: "proof-files", counted: Counted::Proofs(proof::Kind::File) },
    Source { code: "proof-links", counted: Counted::Proofs(proof::Kind::Link) },
    Source { code: "cases-raised", counted: Counted::By("CaseRaised") },
    Source { code: "cases-solved", counted: Counted::By("CaseSolved") },
    Source { code: "findings-answered", counted: Counted::By("FindingAnswered") },
    Source { code: "findings-remedied", counted: Counted::Naming("FindingRemedied") },
    Source { code: "agency-plans-issued", counted: Counted::By("AgencyPlanIssued") },
    Source { code: "airings-settled", counted: Counted::By("AiringSettled") },
];

/// One of what was counted.
#[derive(Clone, Debug)]
pub struct Line {
    pub title: String,
    pub when: String,
    /// Where it is looked at; empty when it has no page of its own.
    pub href: String,
}

/// A piece of evidence that was counted, with whoever counted it: the same is the same bytes, or the same address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub name: String,
    /// Of a link; empty for a file.
    pub address: String,
    /// Agency and the slot that it hangs on; an agency stands twice when two of its slots carry it.
    pub claims: Vec<(Uuid, Uuid)>,
}

impl Piece {
    /// Whether several agencies handed it in.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.claims.iter().any(|(agency, _)| Some(agency) != self.claims.first().map(|(first, _)| first))
    }
}

/// A piece with one of those who claim it, as the database has it.
#[derive(FromQueryResult)]
struct Claim {
    sha256: String,
    name: String,
    address: String,
    slot: Uuid,
    agency: Uuid,
    at: DateTimeUtc,
}

impl Source {
    /// The source of that code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        SOURCES.into_iter().find(|source| source.code == code)
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("form-source-{}", self.code)
    }

    /// How many, for the agency and stretch of a slot.
    ///
    /// # Errors
    /// The database failed.
    pub async fn count(self, on: &impl ConnectionTrait, slot: &Slot, today: NaiveDate) -> Result<Amount, DbErr> {
        let count = match self.counted {
            Counted::Done | Counted::Late => self.slots(on, slot, today).await?.len() as u64,
            Counted::Proofs(kind) => proofs(slot, kind).count(on).await?,
            Counted::By(kind) => facts(slot, kind).filter(fact::Column::Agency.eq(slot.agency)).count(on).await?,
            Counted::Naming(kind) => facts(slot, kind).filter(names(slot)).count(on).await?,
        };
        Ok(Amount::from(count))
    }

    /// How many it was without what goes with the answer of the slot itself; None where nothing goes with it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn count_elsewhere(self, on: &impl ConnectionTrait, slot: &Slot) -> Result<Option<Amount>, DbErr> {
        let Counted::Proofs(kind) = self.counted else { return Ok(None) };
        of_agency(slot, kind).filter(elsewhere(slot)).count(on).await.map(|count| Some(Amount::from(count)))
    }

    /// What was counted, the newest first; at most [`LINES_MAX`].
    ///
    /// # Errors
    /// The database failed.
    pub async fn lines(self, app: &App, who: &Who, l: Locale, slot: &Slot) -> Result<Vec<Line>, DbErr> {
        let on = &app.db;
        let recorded = match self.counted {
            Counted::Done | Counted::Late => {
                return slot_lines(on, self.slots(on, slot, time::local_date(app.clock.now())).await?).await;
            }
            Counted::Proofs(kind) => {
                let proofs = proofs(slot, kind).order_by_desc(proof::Column::At).limit(LINES_MAX).all(on).await?;
                let line = |proof: proof::Model| Line {
                    title: proof.name,
                    when: time::minute(proof.at),
                    href: Slot::desk_path(proof.slot),
                };
                return Ok(proofs.into_iter().map(line).collect());
            }
            Counted::By(kind) => facts(slot, kind).filter(fact::Column::Agency.eq(slot.agency)),
            Counted::Naming(kind) => facts(slot, kind).filter(names(slot)),
        };
        let recorded = recorded.order_by_desc(fact::Column::At).limit(LINES_MAX).all(on).await?;
        let line = |fact: fact::Model| Line {
            title: fact.fact().map(|fact| telling::told(l, &fact).title).unwrap_or_default(),
            when: time::minute(fact.at),
            href: crate::people::ledger::group::Group::of_kind(&fact.kind)
                .and_then(|group| group.page_of(who, fact.about))
                .unwrap_or_default(),
        };
        Ok(recorded.into_iter().map(line).collect())
    }

    /// Whether what it counts is things that several agencies can hand in, so that counts do not add up.
    #[must_use]
    pub const fn is_of_pieces(self) -> bool {
        matches!(self.counted, Counted::Proofs(_))
    }

    /// What these slots of one duty and period counted until they were answered, each piece once, what most agencies share first:
    /// one statement; nothing for other sources.
    ///
    /// # Errors
    /// The database failed.
    pub async fn pieces(self, on: &impl ConnectionTrait, slots: &[(&Slot, DateTimeUtc)]) -> Result<Vec<Piece>, DbErr> {
        let Counted::Proofs(kind) = self.counted else { return Ok(Vec::new()) };
        if slots.is_empty() {
            return Ok(Vec::new());
        }
        let query = claims(slots, kind);
        let claims = Claim::find_by_statement(on.get_database_backend().build(&query)).all(on).await?;
        let mut pieces: BTreeMap<String, Piece> = BTreeMap::new();
        for claim in claims {
            let counts = |(slot, answered): &(&Slot, DateTimeUtc)| {
                let (from, until) = bounds(slot);
                let within = claim.slot == slot.id || (from..until).contains(&claim.at);
                slot.agency == claim.agency && within && claim.at <= *answered
            };
            if slots.iter().any(counts) {
                let Claim { sha256, name, address, slot, agency, .. } = claim;
                let piece = pieces.entry(sha256).or_insert_with(|| Piece { name, address, claims: Vec::new() });
                piece.claims.push((agency, slot));
            }
        }
        let mut pieces: Vec<Piece> = pieces.into_values().collect();
        pieces.sort_by_key(|piece| std::cmp::Reverse(piece.claims.len()));
        Ok(pieces)
    }

    /// The agency's other slots that were due in the time of this one, and are counted.
    async fn slots(self, on: &impl ConnectionTrait, of: &Slot, today: NaiveDate) -> Result<Vec<Slot>, DbErr> {
        let due = slot::Entity::find()
            .filter(slot::Column::Agency.eq(of.agency))
            .filter(slot::Column::DueOn.gte(of.start_on))
            .filter(slot::Column::DueOn.lte(of.end_on))
            .filter(slot::Column::VoidedOn.is_null())
            .filter(slot::Column::Id.ne(of.id));
        let due = due.order_by_desc(slot::Column::DueOn).all(on).await?;
        let mut stories = standing::brief(on, &due).await?;
        let mut counts = |slot: &Slot| {
            let on_time = stories.remove(&slot.id).unwrap_or_default().is_on_time(slot);
            match self.counted {
                Counted::Done => on_time.is_some(),
                _ => on_time == Some(false) || (on_time.is_none() && today > slot.in_time_until),
            }
        };
        Ok(due.into_iter().filter(|slot| counts(slot)).collect())
    }
}

async fn slot_lines(on: &impl ConnectionTrait, slots: Vec<Slot>) -> Result<Vec<Line>, DbErr> {
    let duties: Vec<Uuid> = slots.iter().map(|slot| slot.duty).collect();
    let titles: Vec<(Uuid, String)> = duty::Entity::find()
        .select_only()
        .columns([duty::Column::Id, duty::Column::Title])
        .filter(duty::Column::Id.is_in(duties))
        .into_tuple()
        .all(on)
        .await?;
    let title = |duty: Uuid| titles.iter().find(|(id, _)| *id == duty).map(|(_, title)| cut(title, TITLE_LETTERS));
    let line = |slot: Slot| Line {
        title: title(slot.duty).unwrap_or_default(),
        when: time::day(slot.due_on),
        href: Slot::desk_path(slot.id),
    };
    Ok(slots.into_iter().take(usize::try_from(LINES_MAX).unwrap_or(usize::MAX)).map(line).collect())
}

/// The first moment of the stretch, and the first after it.
fn bounds(slot: &Slot) -> (DateTimeUtc, DateTimeUtc) {
    let midnight = |day: NaiveDate| {
        day.and_time(NaiveTime::MIN).and_local_timezone(VIETNAM).single().map(|at| at.to_utc()).unwrap_or_default()
    };
    (midnight(slot.start_on), midnight(slot.end_on.succ_opt().unwrap_or(slot.end_on)))
}

/// Proofs of the agency that went with an answer, what several versions of one carry once; and those of the slot itself, which are about its
/// time whenever they are added, and go with the answer that is being written.
fn proofs(slot: &Slot, kind: proof::Kind) -> sea_orm::Select<proof::Entity> {
    let own = Condition::any().add(proof::Column::Answer.is_null()).add(is_sent());
    let own = Condition::all().add(proof::Column::Slot.eq(slot.id)).add(own);
    of_agency(slot, kind).filter(Condition::any().add(elsewhere(slot)).add(own))
}

fn of_agency(slot: &Slot, kind: proof::Kind) -> sea_orm::Select<proof::Entity> {
    let own = slot::Entity::find().select_only().column(slot::Column::Id).filter(slot::Column::Agency.eq(slot.agency));
    proof::Entity::find()
        .filter(proof::Column::Kind.eq(kind))
        .filter(proof::Column::Slot.in_subquery(sea_orm::QueryTrait::into_query(own)))
}

/// Those of other slots, in the time of this one.
fn elsewhere(slot: &Slot) -> Condition {
    let (from, until) = bounds(slot);
    let within = Condition::all().add(proof::Column::At.gte(from)).add(proof::Column::At.lt(until));
    within.add(proof::Column::Slot.ne(slot.id)).add(is_sent())
}

fn is_sent() -> Expr {
    Expr::exists(answer::newest_with(Expr::col((proof::Entity, proof::Column::Answer))))
}

/// The proofs of the agencies of these slots that went with newest answers: to these, or to others in the time of any of them.
fn claims(slots: &[(&Slot, DateTimeUtc)], kind: proof::Kind) -> SelectStatement {
    let of = |column| Expr::col((proof::Entity, column));
    let agency = Expr::col((slot::Entity, slot::Column::Agency));
    let its_slot = Expr::col((slot::Entity, slot::Column::Id)).equals((proof::Entity, proof::Column::Slot));
    let shown = [proof::Column::Sha256, proof::Column::Name, proof::Column::Address, proof::Column::Slot, proof::Column::At];
    let mut query = Query::select();
    query
        .from(proof::Entity)
        .join(JoinType::InnerJoin, slot::Entity, its_slot)
        .columns(shown.map(|column| (proof::Entity, column)))
        .column((slot::Entity, slot::Column::Agency))
        .and_where(of(proof::Column::Kind).eq(kind.to_value()))
        .and_where(agency.is_in(slots.iter().map(|(slot, _)| slot.agency)))
        .and_where(Expr::exists(answer::newest_with(of(proof::Column::Answer))));
    let from = slots.iter().map(|(slot, _)| bounds(slot).0).min();
    let until = slots.iter().map(|(slot, _)| bounds(slot).1).max();
    if let (Some(from), Some(until)) = (from, until) {
        let within = of(proof::Column::At).gte(from).and(of(proof::Column::At).lt(until));
        query.and_where(within.or(of(proof::Column::Slot).is_in(slots.iter().map(|(slot, _)| slot.id))));
    }
    query
}

fn facts(slot: &Slot, kind: &str) -> sea_orm::Select<fact::Entity> {
    let (from, until) = bounds(slot);
    fact::Entity::find().filter(fact::Column::Kind.eq(kind)).filter(fact::Column::At.gte(from)).filter(fact::Column::At.lt(until))
}

fn names(slot: &Slot) -> Condition {
    Condition::all().add(fact::Column::Body.contains(slot.agency.to_string()))
}
