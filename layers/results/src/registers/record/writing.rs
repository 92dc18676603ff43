//! Beginning a record and changing it. What was confirmed keeps standing while a change waits beside it.

use sea_orm::SqlErr;
use sea_orm::entity::prelude::*;

use super::{ActiveModel, Content, Entity, Record, State};
use crate::base::time;
use crate::base::{App, By, Fact, Who};
use crate::registers::kind::Kind;
use crate::registers::rights;
use crate::registers::typed::Typed;
use crate::web::{Error, Obstacle};

/// The code is another record's.
pub(in crate::registers) fn taken(error: DbErr) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::Refused(vec![Obstacle::new("register-code-taken").at("code")]),
        _ => error.into(),
    }
}

impl Record {
    /// A draft that nobody saved yet.
    #[must_use]
    pub fn fresh(app: &App, who: &Who, (id, agency): (Uuid, Uuid), kind: &Kind, content: Content) -> Self {
        let now = app.clock.now();
        let blank = Self {
            id,
            agency,
            register: kind.code.clone(),
            code: String::new(),
            title: String::new(),
            words: String::new(),
            from_on: content.from_on,
            until_on: None,
            lead: String::new(),
            category: String::new(),
            listed: false,
            trained_on: None,
            part: None,
            whole: None,
            note: String::new(),
            state: State::Drafted,
            pending: String::new(),
            writers: serde_json::json!([who.person]).to_string(),
            confirmed_by: None,
            confirmed_at: None,
            notice: String::new(),
            edition: 0,
            demo: false,
            made_at: now,
            changed_at: now,
            version: 1,
            code_key: None,
        };
        blank.saying(content)
    }

    /// Begins a draft. The same id again with the same words is the same press.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when the record is there and says something else; or the database failed.
    pub async fn begin(app: &App, who: &Who, (id, agency): (Uuid, Uuid), kind: &Kind, typed: &Typed) -> Result<(), Error> {
        rights::require(rights::writes(who, agency))?;
        let content = typed.read(kind, time::local_date(app.clock.now())).map_err(Error::Refused)?;
        let fresh = Self::fresh(app, who, (id, agency), kind, content);
        if fresh.is_there(app).await? {
            return Ok(());
        }
        let transaction = app.begin().await?;
        if let Err(error) = fresh.clone().insert_in(app, &transaction, &By::from(who)).await {
            transaction.rollback().await?;
            // Pressed twice at once: then the other press was it.
            return if fresh.is_there(app).await? { Ok(()) } else { Err(error) };
        }
        app.commit(transaction).await?;
        Ok(())
    }

    /// Whether it was begun before, in the same words.
    async fn is_there(&self, app: &App) -> Result<bool, Error> {
        let Some(there) = Entity::find_by_id(self.id).one(&app.db).await? else { return Ok(false) };
        let same = there.agency == self.agency && there.register == self.register && there.latest() == self.content();
        if same { Ok(true) } else { Err(Error::Stale) }
    }

    /// Writes a draft in the caller's transaction.
    ///
    /// # Errors
    /// Refused when another record has the code, or the database failed.
    pub(in crate::registers) async fn insert_in(self, app: &App, on: &impl ConnectionTrait, by: &By) -> Result<(), Error> {
        let (id, register) = (self.id, self.register.clone());
        Entity::insert(ActiveModel::from(self)).exec_without_returning(on).await.map_err(taken)?;
        app.record(on, id, Fact::RegisterDrafted { register }, by).await?;
        Ok(())
    }

    /// Changes a draft, or proposes a change of what is confirmed.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn change(&self, app: &App, who: &Who, typed: &Typed, seen: i32) -> Result<(), Error> {
        rights::require(rights::writes(who, self.agency))?;
        let kind = self.kind().ok_or(Error::NotFound)?;
        let content = typed.read(kind, time::local_date(app.clock.now())).map_err(Error::Refused)?;
        let transaction = app.begin().await?;
        self.change_in(app, &transaction, (who.person, &By::from(who)), content, seen).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// The same in the caller's transaction; what says the same changes nothing.
    ///
    /// # Errors
    /// Refused when it was withdrawn; stale when somebody was quicker; or the database failed.
    pub(in crate::registers) async fn change_in(
        &self,
        app: &App,
        on: &impl ConnectionTrait,
        (person, by): (Uuid, &By),
        content: Content,
        seen: i32,
    ) -> Result<(), Error> {
        let fields = content.differing(&self.latest());
        if fields.is_empty() {
            return if self.version == seen { Ok(()) } else { Err(Error::Stale) };
        }
        let mut writers = self.writers();
        if !writers.contains(&person) {
            writers.push(person);
        }
        let row = Self {
            writers: serde_json::json!(writers).to_string(),
            notice: String::new(),
            changed_at: app.clock.now(),
            ..self.clone()
        };
        let row = match self.state {
            State::Withdrawn => return Err(Error::refused("register-is-withdrawn")),
            State::Drafted => row.saying(content),
            // As it was before: nothing waits any more.
            State::Confirmed if content == self.content() => Self { pending: String::new(), writers: "[]".into(), ..row },
            State::Confirmed => Self { pending: serde_json::to_string(&content)?, ..row },
        };
        row.put(on, seen).await?;
        app.record(on, self.id, Fact::RegisterChanged { register: self.register.clone(), fields }, by).await?;
        Ok(())
    }
}
