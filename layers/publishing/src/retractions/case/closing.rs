//! A case is closed by a person, when nothing is left to be done.

use sea_orm::entity::prelude::*;

use super::{Retraction, State};
use crate::base::{App, By, Fact, Who};
use crate::news::article::reviewing::REASON_LETTERS_MAX;
use crate::retractions::entry::{Entry, Kind};
use crate::retractions::found::{self, Found};
use crate::retractions::looking::look;
use crate::retractions::rights;
use crate::web::{Error, Obstacle};

/// Why a case can not be closed: one obstacle for each copy that is not settled.
#[must_use]
pub fn obstacles(found: &[Found]) -> Vec<Obstacle> {
    let open = found.iter().filter(|one| !one.is_settled);
    open.map(|one| Obstacle::new("retraction-obstacle-copy").with("name", &one.place)).collect()
}

impl Retraction {
    /// Closes it. Each copy is looked at once more before.
    ///
    /// # Errors
    /// Hidden or forbidden; refused while copies are not settled; stale when it is closed or somebody was quicker; or the database
    /// failed.
    pub async fn close(app: &App, who: &Who, id: Uuid, words: &str, seen: i32) -> Result<(), Error> {
        let (before, _) = Self::find_for(app, who, id).await?;
        rights::require(rights::may_work(who, before.agency))?;
        if !before.is_open() || before.version != seen {
            return Err(Error::Stale);
        }
        let words = vietnamese::normalise(words.trim()).replace("\r\n", "\n").replace('\0', "");
        if words.chars().count() > REASON_LETTERS_MAX {
            return Err(Error::Refused(vec![Obstacle::new("article-too-long").with("n", REASON_LETTERS_MAX).at("closing")]));
        }
        look(app, id).await?;
        let (case, now) = (Self::find(&app.db, id).await?, app.clock.now());
        let version = case.version;
        let transaction = app.begin().await?;
        let found = Found::of(&transaction, id).await?;
        let wrong = obstacles(&found);
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        let left = u32::try_from(found.iter().filter(|one| one.is_left()).count()).unwrap_or(u32::MAX);
        let title = case.title.clone();
        let closed =
            Self { state: State::Closed, open_for: None, closed_at: Some(now), closing: words.clone(), unsettled: 0, ..case };
        closed.put(&transaction, version).await?;
        let line = Entry { text: words.clone(), person: Some(who.person), ..Entry::new(id, Kind::Closed, now) };
        line.write(&transaction).await?;
        app.record(&transaction, id, Fact::RetractionClosed { title, left }, &By::from(who).because(words)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// How many cases of an agency's people are open, and how many of these are late; `all` for who oversees.
    ///
    /// # Errors
    /// The database failed.
    pub async fn waiting(app: &App, agencies: &[Uuid]) -> Result<(i64, i64), DbErr> {
        use sea_orm::{Condition, QuerySelect, QueryTrait};
        let theirs = found::Entity::find()
            .select_only()
            .column(found::Column::Retraction)
            .filter(found::Column::Agency.is_in(agencies.iter().copied()))
            .filter(found::Column::IsSettled.eq(false));
        let concerned = Condition::any()
            .add(super::Column::Agency.is_in(agencies.iter().copied()))
            .add(super::Column::Id.in_subquery(theirs.into_query()));
        let open = super::Entity::find().select_only().column(super::Column::DueAt);
        let open = open.filter(super::Column::State.eq(State::Open)).filter(concerned);
        let due: Vec<DateTimeUtc> = open.into_tuple().all(&app.db).await?;
        let now = app.clock.now();
        let late = due.iter().filter(|at| **at < now).count();
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        Ok((number(due.len()), number(late)))
    }
}
