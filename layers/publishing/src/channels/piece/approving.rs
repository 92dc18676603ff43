//! From the draft to the queue. One approval for the piece as a whole, by somebody who wrote none of it.

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, DatabaseTransaction};

use super::{Piece, State};
use crate::base::{App, By, Fact, Who, time};
use crate::channels::account::{self, Account};
use crate::channels::delivery::{self, Delivery, State as Way, Why, moving};
use crate::channels::preflight;
use crate::channels::rights::{self, Verb};
use crate::library::Place;
use crate::library::usage;
use crate::news::Article;
use crate::news::article::reviewing::reason;
use crate::web::{Error, Locale, Obstacle};

/// What the library calls a piece among the places that use its files.
pub const PLACE: &str = "channel-piece";

impl Piece {
    /// Why it can not be approved now, besides what its variants lack: the page shows the same list before anyone presses.
    ///
    /// # Errors
    /// The database failed.
    pub async fn obstacles(&self, app: &App) -> Result<Vec<Obstacle>, Error> {
        let mut obstacles = Vec::new();
        let now = app.clock.now();
        if self.due_at.is_some_and(|due| due <= now) {
            obstacles.push(Obstacle::new("channel-due-past").with("now", time::minute(now)).at("due"));
        }
        if let Some(article) = self.article {
            match Article::find(&app.db, article).await {
                Ok(article) if article.state.is_public() => {
                    if article.published_revision != self.revision {
                        obstacles.push(Obstacle::new("channel-obstacle-article-changed"));
                    }
                }
                Ok(_) | Err(Error::NotFound) => obstacles.push(Obstacle::new("channel-obstacle-article-not-out")),
                Err(error) => return Err(error),
            }
        }
        Ok(obstacles)
    }

    async fn find_in(app: &App, who: &Who, id: Uuid, (verb, states): (Verb, &[State]), seen: i32) -> Result<Self, Error> {
        let piece = Self::find_for(app, who, id).await?;
        rights::require(who, verb, piece.agency)?;
        if piece.version != seen || !states.contains(&piece.state) { Err(Error::Stale) } else { Ok(piece) }
    }

    /// Hands it in. What hinders an approval hinders nobody here: the approver sees the same list.
    ///
    /// # Errors
    /// Forbidden to others; stale when it is no draft or somebody was quicker; or the database failed.
    pub async fn submit(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let piece = Self::find_in(app, who, id, (Verb::Write, &[State::Draft]), seen).await?;
        let fact = Fact::PieceSubmitted { title: piece.title.clone() };
        let piece = Self { state: State::Submitted, notice: String::new(), ..piece };
        let transaction = app.begin().await?;
        piece.settle(app, transaction, seen, fact, &By::from(who)).await
    }

    /// Takes it back to the draft before it was approved.
    ///
    /// # Errors
    /// Forbidden to others; stale when it was decided or somebody was quicker; or the database failed.
    pub async fn take_back(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let piece = Self::find_in(app, who, id, (Verb::Write, &[State::Submitted]), seen).await?;
        let fact = Fact::PieceEdited { title: piece.title.clone(), channel: String::new() };
        let transaction = app.begin().await?;
        Self { state: State::Draft, ..piece }.settle(app, transaction, seen, fact, &By::from(who)).await
    }

    /// Sends it back to those who wrote it.
    ///
    /// # Errors
    /// Forbidden to others; refused without a reason; stale when somebody was quicker; or the database failed.
    pub async fn send_back(app: &App, who: &Who, id: Uuid, why: &str, seen: i32) -> Result<(), Error> {
        let piece = Self::find_in(app, who, id, (Verb::Approve, &[State::Submitted]), seen).await?;
        let why = reason(why, "why", "channel-needs-why")?;
        let fact = Fact::PieceReturned { title: piece.title.clone() };
        let piece = Self { state: State::Draft, notice: why.clone(), ..piece };
        let transaction = app.begin().await?;
        piece.settle(app, transaction, seen, fact, &By::from(who).because(why)).await
    }

    /// Its article was corrected while it was handed in: it goes back to those who wrote it, who are told.
    pub(in crate::channels) async fn outdated(self, app: &App, by: &By) -> Result<(), Error> {
        let notice = Locale::default().t("channel-returned-corrected");
        let fact = Fact::PieceReturned { title: self.title.clone() };
        let seen = self.version;
        let transaction = app.begin().await?;
        let by = By { why: Some(notice.clone()), ..by.clone() };
        Self { state: State::Draft, notice, ..self }.settle(app, transaction, seen, fact, &by).await
    }

    /// Says that it goes out: all its deliveries are queued in this transaction. Those whose account stands still are held.
    ///
    /// # Errors
    /// Forbidden to others; refused when it is their own (noted), or with each obstacle; stale when it was decided or somebody was
    /// quicker; or the database failed.
    pub async fn approve(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let piece = Self::find_in(app, who, id, (Verb::Approve, &[State::Submitted]), seen).await?;
        let by = By::from(who);
        if piece.is_own_of(who.person) {
            let transaction = app.begin().await?;
            app.record(&transaction, id, Fact::OwnApprovalRefused { title: piece.title }, &by).await?;
            app.commit(transaction).await?;
            return Err(Error::refused("channel-own"));
        }
        let deliveries = Delivery::of(&app.db, id).await?;
        let accounts = Account::of(&app.db, Some(piece.agency)).await?;
        let mut obstacles = piece.obstacles(app).await?;
        obstacles.extend(preflight::all(app, &deliveries, &accounts).await?.into_iter().flat_map(|(_, found)| found));
        if deliveries.is_empty() {
            obstacles.push(Obstacle::new("channel-needs-account"));
        }
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let now = app.clock.now();
        let due = piece.due_at.unwrap_or(now);
        let transaction = app.begin().await?;
        for row in &deliveries {
            let account = account::Entity::find_by_id(row.account).one(&transaction).await?.ok_or(Error::Stale)?;
            let queued = Delivery { due_at: Some(due), attempts: 0, ..row.clone().queued(due) };
            // Its article says when.
            let queued = if row.is_broadcast() { Delivery { run_at: None, ..queued } } else { queued };
            let (state, why) = match account.state {
                account::State::Active => (Way::Queued, Why::None),
                account::State::Paused => (Way::Held, Why::AccountPaused),
                account::State::Dead => (Way::Held, Why::AccountDead),
            };
            Delivery { state, why, ..queued }.put(app, &transaction, row, &by).await?;
        }
        piece.note_uses(app, &transaction, &deliveries, true, &by).await?;
        let fact = Fact::PieceApproved {
            title: piece.title.clone(),
            channels: u32::try_from(deliveries.iter().filter(|row| !row.is_broadcast()).count()).unwrap_or(u32::MAX),
            at: time::machine(due),
        };
        let approved = (Some(who.person), Some(now));
        let piece = Self { state: State::Approved, approved_by: approved.0, approved_at: approved.1, ..piece };
        piece.settle(app, transaction, seen, fact, &by).await
    }

    /// Withdraws it: what has not gone does not go. What is out stays out until somebody retracts it.
    ///
    /// # Errors
    /// Forbidden to others; refused without a reason; stale when it was withdrawn or somebody was quicker; or the database failed.
    pub async fn withdraw(app: &App, who: &Who, id: Uuid, why: &str, seen: i32) -> Result<(), Error> {
        let piece = Self::find_in(app, who, id, (Verb::Retract, &[State::Approved]), seen).await?;
        let why = reason(why, "why", "channel-needs-why")?;
        let transaction = app.begin().await?;
        piece.stop(app, transaction, &By::from(who).because(why)).await
    }

    /// Stops it, by a person or because its article is gone; the reason is with `by`.
    pub(in crate::channels) async fn stop(self, app: &App, transaction: DatabaseTransaction, by: &By) -> Result<(), Error> {
        let its = || Condition::all().add(delivery::Column::Piece.eq(self.id));
        let queued = moving::all(app, &transaction, its(), (Way::Queued, Way::Planned), Why::None, by).await?;
        let held = moving::all(app, &transaction, its(), (Way::Held, Way::Planned), Why::None, by).await?;
        let stopped = u32::try_from(queued.len() + held.len()).unwrap_or(u32::MAX);
        let fact = Fact::PieceWithdrawn { title: self.title.clone(), stopped };
        let (seen, notice) = (self.version, by.why.clone().unwrap_or_default());
        Self { state: State::Withdrawn, notice, ..self }.settle(app, transaction, seen, fact, by).await
    }

    /// Says in the library what it uses. Platforms fetch some pictures themselves, so from the approval on anybody may.
    async fn note_uses(
        &self,
        app: &App,
        on: &impl ConnectionTrait,
        deliveries: &[Delivery],
        public: bool,
        by: &By,
    ) -> Result<(), Error> {
        let mut assets: Vec<Uuid> = deliveries.iter().flat_map(Delivery::media).collect();
        assets.sort();
        assets.dedup();
        let place = Place { kind: PLACE, about: self.id, title: self.title.clone(), href: Self::path(self.id), public };
        usage::settle(app, on, &place, &assets, by).await
    }

    /// Writes it with its fact, and commits.
    async fn settle(self, app: &App, transaction: DatabaseTransaction, seen: i32, fact: Fact, by: &By) -> Result<(), Error> {
        let id = self.id;
        Self { changed_at: app.clock.now(), ..self }.put(&transaction, seen).await?;
        app.record(&transaction, id, fact, by).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
