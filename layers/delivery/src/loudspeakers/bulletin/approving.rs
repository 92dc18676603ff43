//! From the draft to what may be aired. One approval for words, sound and board, by somebody who wrote none of it and says that they
//! listened.

use sea_orm::{DatabaseTransaction, EntityTrait, QuerySelect};

use super::{Bulletin, State};
use crate::base::{App, By, Fact, Who};
use crate::library::{Place, usage};
use crate::loudspeakers::airing::stopping;
use crate::loudspeakers::rights::{self, Verb};
use crate::news::article::reviewing::reason;
use crate::news::{Article, article};
use crate::web::{Error, Obstacle};
use sea_orm::entity::prelude::Uuid;

/// What the library calls a bulletin among the places that use its files.
pub const PLACE: &str = "loudspeaker-bulletin";

impl Bulletin {
    /// Why it can not be approved now: the page shows the same list before anyone presses.
    ///
    /// # Errors
    /// The database failed.
    pub async fn obstacles(&self, app: &App) -> Result<Vec<Obstacle>, Error> {
        let mut found = Vec::new();
        let open = self.doubts().iter().filter(|doubt| !doubt.settled).count();
        if open > 0 {
            found.push(Obstacle::new("loud-obstacle-doubts").with("count", open));
        }
        if self.sound.is_none() && !self.is_for_boards() {
            found.push(Obstacle::new("loud-obstacle-no-sound"));
        }
        if self.sound.is_some() && self.script.trim().is_empty() {
            found.push(Obstacle::new("loud-obstacle-no-script"));
        }
        if self.is_sound_stale() {
            found.push(Obstacle::new("loud-obstacle-sound-stale"));
        }
        if let Some(article) = self.article {
            match Article::find(&app.db, article).await {
                Ok(article) if article.state.is_public() => {
                    if article.published_revision != self.revision {
                        found.push(Obstacle::new("loud-obstacle-article-changed"));
                    }
                }
                Ok(_) | Err(Error::NotFound) => found.push(Obstacle::new("loud-obstacle-article-not-out")),
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }

    async fn find_in(app: &App, who: &Who, id: Uuid, (verb, states): (Verb, &[State]), seen: i32) -> Result<Self, Error> {
        let bulletin = Self::find_for(app, who, id).await?;
        rights::require(who, verb, bulletin.agency)?;
        if bulletin.version != seen || !states.contains(&bulletin.state) { Err(Error::Stale) } else { Ok(bulletin) }
    }

    /// Hands it in. What hinders an approval hinders nobody here: the approver sees the same list.
    ///
    /// # Errors
    /// Forbidden to others; stale when it is no draft or somebody was quicker; or the database failed.
    pub async fn submit(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let bulletin = Self::find_in(app, who, id, (Verb::Write, &[State::Draft]), seen).await?;
        let fact = Fact::BulletinSubmitted { title: bulletin.title.clone() };
        let transaction = app.begin().await?;
        let bulletin = Self { state: State::Submitted, notice: String::new(), ..bulletin };
        bulletin.settle(app, transaction, seen, fact, &By::from(who)).await
    }

    /// Takes it back to the draft before it was approved.
    ///
    /// # Errors
    /// Forbidden to others; stale when it was decided or somebody was quicker; or the database failed.
    pub async fn take_back(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let bulletin = Self::find_in(app, who, id, (Verb::Write, &[State::Submitted]), seen).await?;
        let fact = Fact::BulletinEdited { title: bulletin.title.clone(), what: String::new() };
        let transaction = app.begin().await?;
        Self { state: State::Draft, ..bulletin }.settle(app, transaction, seen, fact, &By::from(who)).await
    }

    /// Sends it back to those who wrote it.
    ///
    /// # Errors
    /// Forbidden to others; refused without a reason; stale when somebody was quicker; or the database failed.
    pub async fn send_back(app: &App, who: &Who, id: Uuid, why: &str, seen: i32) -> Result<(), Error> {
        let bulletin = Self::find_in(app, who, id, (Verb::Approve, &[State::Submitted]), seen).await?;
        let why = reason(why, "why", "channel-needs-why")?;
        let fact = Fact::BulletinReturned { title: bulletin.title.clone() };
        let bulletin = Self { state: State::Draft, notice: why.clone(), ..bulletin };
        let transaction = app.begin().await?;
        bulletin.settle(app, transaction, seen, fact, &By::from(who).because(why)).await
    }

    /// Says that it may be aired. From now on anybody may fetch its sound: devices do.
    ///
    /// # Errors
    /// Forbidden to others; refused when it is their own (noted), when they did not listen, or with each obstacle; stale when it was
    /// decided or somebody was quicker; or the database failed.
    pub async fn approve(app: &App, who: &Who, id: Uuid, listened: bool, seen: i32) -> Result<(), Error> {
        let bulletin = Self::find_in(app, who, id, (Verb::Approve, &[State::Submitted]), seen).await?;
        let by = By::from(who);
        if bulletin.is_own_of(who.person) {
            let transaction = app.begin().await?;
            app.record(&transaction, id, Fact::OwnApprovalRefused { title: bulletin.title }, &by).await?;
            app.commit(transaction).await?;
            return Err(Error::refused("loud-own"));
        }
        let mut obstacles = bulletin.obstacles(app).await?;
        if bulletin.sound.is_some() && !listened {
            obstacles.push(Obstacle::new("loud-needs-listening").at("listened"));
        }
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let transaction = app.begin().await?;
        bulletin.note_use(app, &transaction, true, &by).await?;
        // After the files, in the order in which an article is corrected: of two that want both, none waits for the other for ever.
        if !bulletin.article_stays(&transaction).await? {
            return Err(Error::Stale); // corrected, or gone, since the obstacles were looked for
        }
        let fact = Fact::BulletinApproved { title: bulletin.title.clone() };
        let digest = bulletin.digest();
        let bulletin = Self {
            state: State::Approved,
            approved_by: Some(who.person),
            approved_at: Some(app.clock.now()),
            approved_digest: digest,
            notice: String::new(),
            ..bulletin
        };
        bulletin.settle(app, transaction, seen, fact, &by).await
    }

    /// Whether its article is out in the text that it was made from, and stays so until the transaction ends: whoever corrects it or takes
    /// it back meanwhile waits, and what follows from that, on any node, finds the bulletin approved.
    async fn article_stays(&self, on: &DatabaseTransaction) -> Result<bool, Error> {
        let Some(id) = self.article else { return Ok(true) };
        let held = article::Entity::find_by_id(id).lock_shared().one(on).await?;
        Ok(held.is_some_and(|one| one.state.is_public() && one.published_revision == self.revision))
    }

    /// Withdraws it: what waits is not aired, and what plays stops.
    ///
    /// # Errors
    /// Forbidden to others; refused without a reason; stale when somebody was quicker; or the database failed.
    pub async fn withdraw(app: &App, who: &Who, id: Uuid, why: &str, seen: i32) -> Result<(), Error> {
        let all = [State::Draft, State::Submitted, State::Approved];
        let bulletin = Self::find_in(app, who, id, (Verb::Stop, &all), seen).await?;
        let why = reason(why, "why", "channel-needs-why")?;
        let transaction = app.begin().await?;
        bulletin.take_off(app, transaction, &By::from(who).because(why)).await
    }

    /// Takes it off, by a person or because its article is gone; the reason is with `by`.
    pub(in crate::loudspeakers) async fn take_off(
        self,
        app: &App,
        transaction: DatabaseTransaction,
        by: &By,
    ) -> Result<(), Error> {
        let stopped = stopping::end_all(app, &transaction, self.id, by).await?;
        let fact = Fact::BulletinWithdrawn { title: self.title.clone(), stopped };
        let (seen, notice) = (self.version, by.why.clone().unwrap_or_default());
        Self { state: State::Withdrawn, notice, ..self }.settle(app, transaction, seen, fact, by).await
    }

    /// Says in the library what it uses.
    pub(super) async fn note_use(&self, app: &App, on: &DatabaseTransaction, public: bool, by: &By) -> Result<(), Error> {
        let assets: Vec<Uuid> = self.sound.into_iter().chain(self.picture).collect();
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
