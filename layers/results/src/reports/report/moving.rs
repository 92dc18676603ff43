//! From the draft to the signature. What is handed in is frozen: what is signed, numbered and read is that, to the byte. Nobody signs what
//! is their own (rule 7).

use super::composing::compose;
use super::{Report, State};
use crate::base::digest::sha256;
use crate::base::{App, By, Fact, Who};
use crate::news::article::reviewing::reason;
use crate::reports::rights;
use crate::web::{Error, Obstacle};

impl Report {
    /// Hands it in: puts it together once more and freezes it.
    ///
    /// # Errors
    /// Forbidden; refused with what is missing; stale when somebody was quicker; or the database failed.
    pub async fn submit(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        self.open_to(who, seen)?;
        let made = compose(app, self).await?;
        if !made.obstacles.is_empty() {
            return Err(Error::Refused(made.obstacles));
        }
        let frozen = serde_json::to_string(&made.composed)?;
        let digest = sha256(frozen.as_bytes());
        let fact = Fact::ReportSubmitted { title: made.composed.subject.clone(), sha256: digest.clone() };
        let row = Self {
            subject: made.composed.subject.clone(),
            state: State::Submitted,
            submitted_by: Some(who.person),
            frozen,
            frozen_sha256: digest,
            differences: serde_json::to_string(&made.differences)?,
            notice: String::new(),
            ..self.clone()
        };
        row.moved(app, seen, fact, &By::from(who)).await
    }

    /// Takes it back to the draft, before it is issued.
    ///
    /// # Errors
    /// Forbidden; stale when it is out or somebody was quicker; or the database failed.
    pub async fn recall(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        rights::require(rights::writes(who, self.agency))?;
        if self.version != seen || !matches!(self.state, State::Submitted | State::Signed) {
            return Err(Error::Stale);
        }
        let fact = Fact::ReportRecalled { title: self.subject.clone() };
        self.thawed(State::Draft).moved(app, seen, fact, &By::from(who)).await
    }

    /// Sends it back to those who wrote it.
    ///
    /// # Errors
    /// Forbidden; refused without a reason; stale when somebody was quicker; or the database failed.
    pub async fn send_back(&self, app: &App, who: &Who, why: &str, seen: i32) -> Result<(), Error> {
        rights::require(rights::signs(who, self.agency))?;
        if self.version != seen || self.state != State::Submitted {
            return Err(Error::Stale);
        }
        let why = reason(why, "why", "report-needs-reason")?;
        let row = Self { notice: why.clone(), ..self.thawed(State::Returned) };
        let fact = Fact::ReportReturned { title: self.subject.clone() };
        row.moved(app, seen, fact, &By::from(who).because(why)).await
    }

    /// Signs it off as it is frozen.
    ///
    /// # Errors
    /// Forbidden; refused when it is their own (noted); stale when somebody was quicker; or the database failed.
    pub async fn sign(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        rights::require(rights::signs(who, self.agency))?;
        if self.version != seen || self.state != State::Submitted {
            return Err(Error::Stale);
        }
        if self.is_own_of(who.person) {
            let transaction = app.begin().await?;
            let fact = Fact::OwnApprovalRefused { title: self.subject.clone() };
            app.record(&transaction, self.id, fact, &By::from(who)).await?;
            app.commit(transaction).await?;
            return Err(Error::Refused(vec![Obstacle::new("report-own")]));
        }
        let fact = Fact::ReportSigned { title: self.subject.clone(), sha256: self.frozen_sha256.clone() };
        let (signed_by, signed_at) = (Some(who.person), Some(app.clock.now()));
        let row = Self { state: State::Signed, signed_by, signed_at, ..self.clone() };
        row.moved(app, seen, fact, &By::from(who)).await
    }

    /// Puts a draft away; its place is free again.
    ///
    /// # Errors
    /// Forbidden; stale when it is no draft or somebody was quicker; or the database failed.
    pub async fn drop_draft(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        rights::require(rights::writes(who, self.agency))?;
        if self.version != seen || !self.state.is_open() {
            return Err(Error::Stale);
        }
        let fact = Fact::ReportDropped { title: self.subject.clone() };
        let row = Self { state: State::Dropped, place: None, work: self.id, ..self.clone() };
        row.moved(app, seen, fact, &By::from(who)).await
    }

    fn thawed(&self, state: State) -> Self {
        Self { state, frozen: String::new(), frozen_sha256: String::new(), signed_by: None, signed_at: None, ..self.clone() }
    }

    async fn moved(self, app: &App, seen: i32, fact: Fact, by: &By) -> Result<(), Error> {
        let id = self.id;
        let row = Self { changed_at: app.clock.now(), ..self };
        let transaction = app.begin().await?;
        row.put(&transaction, seen).await?;
        app.record(&transaction, id, fact, by).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
