//! What people do with an open case besides the work on the copies: somebody answers for it, its deadline moves, a copy is left.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::{Column, Entity, Retraction, State};
use crate::base::{App, By, Fact, Who, time};
use crate::news::article::reviewing::reason;
use crate::news::view;
use crate::people::person;
use crate::retractions::entry::{Entry, Kind};
use crate::retractions::found::{self, Found};
use crate::retractions::looking::{look, number};
use crate::retractions::rights;
use crate::web::{Error, Obstacle};

impl Retraction {
    /// Says who answers for it; None: nobody in particular.
    ///
    /// # Errors
    /// Hidden or forbidden; refused when the person works for none of the agencies concerned; stale when it is closed or somebody was
    /// quicker; or the database failed.
    pub async fn assign(app: &App, who: &Who, id: Uuid, to: Option<Uuid>, seen: i32) -> Result<(), Error> {
        let (case, found) = Self::find_for(app, who, id).await?;
        rights::require(rights::may_work(who, case.agency))?;
        if !case.is_open() || case.version != seen {
            return Err(Error::Stale);
        }
        let name = match to {
            None => String::new(),
            Some(to) => {
                let choices = Self::choices(app, &case, &found).await?;
                let chosen = choices.into_iter().find(|(id, _)| *id == to);
                chosen.ok_or_else(|| Error::Refused(vec![Obstacle::new("retraction-person-wrong").at("person")]))?.1
            }
        };
        let (title, now) = (case.title.clone(), app.clock.now());
        let transaction = app.begin().await?;
        Self { responsible: to, ..case }.put(&transaction, seen).await?;
        let line =
            Entry { became: name.chars().take(120).collect(), person: Some(who.person), ..Entry::new(id, Kind::Assigned, now) };
        line.write(&transaction).await?;
        app.record(&transaction, id, Fact::RetractionAssigned { title, person: to, name }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Who may answer for it: people of the article's agency and of those that have copies.
    ///
    /// # Errors
    /// The database failed.
    pub async fn choices(app: &App, case: &Self, found: &[Found]) -> Result<Vec<(Uuid, String)>, DbErr> {
        let mut agencies: Vec<Uuid> = std::iter::once(case.agency).chain(found.iter().map(|one| one.agency)).collect();
        agencies.sort_unstable();
        agencies.dedup();
        person::answering_for(&app.db, &agencies).await
    }

    /// Moves its deadline, with a reason.
    ///
    /// # Errors
    /// Hidden or forbidden; refused without a moment to come or without a reason; stale when it is closed or somebody was quicker; or
    /// the database failed.
    pub async fn move_due(app: &App, who: &Who, id: Uuid, (due, why): (&str, &str), seen: i32) -> Result<(), Error> {
        let (case, _) = Self::find_for(app, who, id).await?;
        rights::require(rights::may_work(who, case.agency))?;
        if !case.is_open() || case.version != seen {
            return Err(Error::Stale);
        }
        let now = app.clock.now();
        let due = view::minute(due).ok().flatten().filter(|due| *due > now);
        let why = reason(why, "why", "retraction-needs-due-why");
        let mut wrong = match &why {
            Err(Error::Refused(obstacles)) => obstacles.clone(),
            _ => Vec::new(),
        };
        if due.is_none() {
            wrong.push(Obstacle::new("retraction-due-wrong").at("due"));
        }
        let (Some(due), Ok(why), true) = (due, why, wrong.is_empty()) else { return Err(Error::Refused(wrong)) };
        let (title, from, to) = (case.title.clone(), time::machine(case.due_at), time::machine(due));
        let transaction = app.begin().await?;
        Self { due_at: due, ..case }.put(&transaction, seen).await?;
        let line = Entry { was: from.clone(), became: to.clone(), text: why.clone(), ..Entry::new(id, Kind::Due, now) };
        Entry { person: Some(who.person), ..line }.write(&transaction).await?;
        app.record(&transaction, id, Fact::RetractionDueSet { title, from, to }, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Leaves a copy as it stands, with a reason. The word holds for that stand.
    ///
    /// # Errors
    /// Hidden or forbidden; refused without a reason; stale when there is nothing to be decided, when it moved meanwhile, or somebody was
    /// quicker; or the database failed.
    pub async fn leave(app: &App, who: &Who, (id, of): (Uuid, Uuid), why: &str, seen: i32) -> Result<(), Error> {
        Self::find_for(app, who, id).await?;
        // What the person read may be a minute old.
        look(app, id).await?;
        let (case, found) = Self::find_for(app, who, id).await?;
        let row = found.into_iter().find(|one| one.id == of).ok_or(Error::NotFound)?;
        rights::require(rights::may_leave(who, case.agency, row.agency))?;
        if !case.is_open() || row.version != seen || row.is_settled {
            return Err(Error::Stale);
        }
        let (why, now) = (reason(why, "why", "retraction-needs-leave-why")?, app.clock.now());
        let (stand, place, channel) = (row.stand.clone(), row.place.clone(), row.channel.clone());
        let transaction = app.begin().await?;
        let left = Found {
            left_stand: stand.clone(),
            left_why: why.clone(),
            left_by: Some(who.person),
            left_at: Some(now),
            is_settled: true,
            changed_at: now,
            ..row
        };
        left.put(&transaction, seen).await?;
        let line = Entry { found: Some(of), became: stand, text: why.clone(), ..Entry::new(id, Kind::Left, now) };
        Entry { person: Some(who.person), ..line }.write(&transaction).await?;
        recount(&transaction, id).await?;
        let fact = Fact::RetractionCopyLeft { title: case.title, channel, place };
        app.record(&transaction, id, fact, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Takes back that a copy may be left.
    ///
    /// # Errors
    /// Hidden or forbidden; stale when it was not left, or somebody was quicker; or the database failed.
    pub async fn take_up(app: &App, who: &Who, (id, of): (Uuid, Uuid), seen: i32) -> Result<(), Error> {
        let (case, found) = Self::find_for(app, who, id).await?;
        let row = found.into_iter().find(|one| one.id == of).ok_or(Error::NotFound)?;
        rights::require(rights::may_leave(who, case.agency, row.agency))?;
        if !case.is_open() || row.version != seen || !row.is_left() {
            return Err(Error::Stale);
        }
        let (now, place, channel) = (app.clock.now(), row.place.clone(), row.channel.clone());
        let open = Found { left_stand: String::new(), left_why: String::new(), left_by: None, left_at: None, ..row };
        let is_settled = crate::retractions::deciding::is_settled(case.aim, case.since, &open);
        let transaction = app.begin().await?;
        Found { is_settled, changed_at: now, ..open }.put(&transaction, seen).await?;
        let line = Entry { found: Some(of), person: Some(who.person), ..Entry::new(id, Kind::TakenUp, now) };
        line.write(&transaction).await?;
        recount(&transaction, id).await?;
        let fact = Fact::RetractionCopyTakenUp { title: case.title, channel, place };
        app.record(&transaction, id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

/// Counts what is not settled. The first statement holds the case's row, so that two who decide about two copies count one after the
/// other.
async fn recount(on: &impl ConnectionTrait, id: Uuid) -> Result<(), Error> {
    let held = Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(State::Open));
    if held.exec(on).await?.rows_affected == 0 {
        return Err(Error::Stale);
    }
    let open = found::Entity::find().filter(found::Column::Retraction.eq(id)).filter(found::Column::IsSettled.eq(false));
    let open = usize::try_from(open.count(on).await?).unwrap_or(usize::MAX);
    let counted = Entity::update_many().col_expr(Column::Unsettled, Expr::value(number(open))).filter(Column::Id.eq(id));
    counted.exec(on).await?;
    Ok(())
}
