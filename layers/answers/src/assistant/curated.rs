//! Answers that officers write to questions that are asked again and again, with the days between which they hold. Another person approves;
//! what was approved answers until a change of it is approved, it is withdrawn, or its last day is over.
//!
//! ```text
//!   drafted ──approve──► approved ──change──► approved, a change waits ──approve──► approved
//!      │                    ├── its last day is over ──► expired ──change, approve──► approved
//!      └──────withdraw──────┴──► withdrawn
//! ```

pub mod approving;
pub mod expiring;
pub mod searched;
pub mod writing;

use chrono::NaiveDate;
use retrieval::answering::Reply;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::base::{App, Who, time};
use crate::registers::rights;
use crate::web::Error;

/// The Fluent key that says so of what was sent back.
pub const SENT_BACK: &str = "curated-sent-back";

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Drafted,
    Approved,
    /// Its last day is over: it answers nothing.
    Expired,
    Withdrawn,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("curated-state-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Drafted => "draft",
            Self::Approved => "issued",
            Self::Expired => "late",
            Self::Withdrawn => "superseded",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "curated_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency: Uuid,
    /// The question.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// The question folded, to be searched.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    /// The answer.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// The document or page it rests on, in words.
    #[sea_orm(column_type = "Text")]
    pub ground: String,
    pub from_on: Date,
    /// The last day on which it holds.
    pub until_on: Option<Date>,
    pub state: State,
    /// [`Content`] as JSON that waits to take the place of what stands; empty when nothing does.
    #[sea_orm(column_type = "Text")]
    pub pending: String,
    /// Who wrote since the last approval, as a JSON list: nobody of them approves.
    #[sea_orm(column_type = "Text")]
    pub writers: String,
    /// The question of a citizen that it was made of.
    pub question: Option<Uuid>,
    pub approved_by: Option<Uuid>,
    pub approved_at: Option<DateTimeUtc>,
    /// Why it was sent back or withdrawn; empty again once it is mended.
    #[sea_orm(column_type = "Text")]
    pub notice: String,
    pub changed_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Curated = Model;

/// What an answer says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub title: String,
    pub body: String,
    pub ground: String,
    pub from_on: NaiveDate,
    pub until_on: Option<NaiveDate>,
}

impl Model {
    /// The answer, when the person may see it.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let one = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        if rights::sees(who, one.agency) { Ok(one) } else { Err(Error::Hidden(id)) }
    }

    /// What stands.
    #[must_use]
    pub fn content(&self) -> Content {
        Content {
            title: self.title.clone(),
            body: self.body.clone(),
            ground: self.ground.clone(),
            from_on: self.from_on,
            until_on: self.until_on,
        }
    }

    /// What waits to take its place.
    #[must_use]
    pub fn pending(&self) -> Option<Content> {
        serde_json::from_str(&self.pending).ok()
    }

    /// What was written last.
    #[must_use]
    pub fn latest(&self) -> Content {
        self.pending().unwrap_or_else(|| self.content())
    }

    /// Whether somebody has to approve it.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.is_coming() && self.notice.is_empty()
    }

    /// Whether it was sent back: its writers are to mend it, and nobody approves it meanwhile.
    #[must_use]
    pub fn is_sent_back(&self) -> bool {
        self.is_coming() && !self.notice.is_empty()
    }

    /// Whether something is written that was not approved.
    fn is_coming(&self) -> bool {
        self.state == State::Drafted || (self.state != State::Withdrawn && !self.pending.is_empty())
    }

    /// The Fluent key of where it stands: a draft that was sent back waits for nobody's approval.
    #[must_use]
    pub fn word(&self) -> String {
        if self.state == State::Drafted && self.is_sent_back() { SENT_BACK.to_owned() } else { self.state.key() }
    }

    /// Who wrote since the last approval.
    #[must_use]
    pub fn writers(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.writers).unwrap_or_default()
    }

    /// Whether it answers on that day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.state == State::Approved && self.from_on <= day && self.until_on.is_none_or(|until| day <= until)
    }

    /// It with that content.
    #[must_use]
    pub fn saying(self, content: Content) -> Self {
        let Content { title, body, ground, from_on, until_on } = content;
        let words = vietnamese::fold(&title).into_owned();
        Self { title, words, body, ground, from_on, until_on, ..self }
    }

    /// Writes the row where nobody did since `seen`. // recorded by the verb that changed it, in the same transaction
    ///
    /// # Errors
    /// Stale when somebody was quicker; or the database failed.
    pub(in crate::assistant) async fn put(self, on: &impl ConnectionTrait, seen: i32) -> Result<(), Error> {
        let id = self.id;
        let row = ActiveModel::from(Self { version: seen + 1, ..self }).reset_all();
        let same = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Version.eq(seen));
        if same.exec(on).await?.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn path(id: Uuid) -> String {
        format!("/desk/assistant/answers/{id}")
    }

    /// Where the public reads it while it holds.
    #[must_use]
    pub fn public_path(id: Uuid) -> String {
        format!("/hoi-dap/giai-dap/{id}")
    }
}

/// Those that hold today.
///
/// # Errors
/// The database failed.
pub async fn holding(app: &App, ids: &[Uuid]) -> Result<Vec<Curated>, DbErr> {
    let today = time::local_date(app.clock.now());
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().copied())).filter(Column::State.eq(State::Approved));
    Ok(rows.all(&app.db).await?.into_iter().filter(|one| one.holds_on(today)).collect())
}

/// Takes out of a reply what does not hold today: the index is told of an end a little later than midnight.
///
/// # Errors
/// The database failed.
pub async fn take_out_stale(app: &App, reply: &mut Reply) -> Result<(), Error> {
    let id = |id: &str| id.strip_prefix("curated:").and_then(|id| id.parse::<Uuid>().ok());
    let of_hits = reply.near.iter().filter_map(|hit| id(&hit.document.id));
    let mut found: Vec<Uuid> = of_hits.chain(reply.quotes.iter().filter_map(|quote| id(&quote.document.id))).collect();
    if found.is_empty() {
        return Ok(());
    }
    found.sort();
    found.dedup();
    let today = time::local_date(app.clock.now());
    let rows: Vec<(Uuid, State, Date, Option<Date>)> = Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::State)
        .column(Column::FromOn)
        .column(Column::UntilOn)
        .filter(Column::Id.is_in(found))
        .into_tuple()
        .all(&app.db)
        .await?;
    let holds = |one: &str| {
        id(one).is_none_or(|id| {
            rows.iter().any(|(of, state, from, until)| {
                *of == id && *state == State::Approved && *from <= today && until.is_none_or(|until| today <= until)
            })
        })
    };
    reply.near.retain(|hit| holds(&hit.document.id));
    reply.quotes.retain(|quote| holds(&quote.document.id));
    if reply.quotes.is_empty() {
        reply.standing = retrieval::answering::Standing::Refused;
    }
    Ok(())
}
