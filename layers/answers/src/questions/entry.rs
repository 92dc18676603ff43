//! The story of a question, line by line. Written once, never changed; what who asked wrote in it is masked.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use crate::base::new_id;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "question_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub question: Uuid,
    pub kind: Kind,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// The body that spoke; None for who asked, and for the system where it parted questions.
    pub agency: Option<Uuid>,
    pub person: Option<Uuid>,
    /// The body, or the question, it went to; of words about another's question, the question of who said them.
    pub to: Option<Uuid>,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Entry = Model;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
pub enum Kind {
    Asked,
    /// What the assistant had found.
    Context,
    Routed,
    TakenBack,
    PassedOn,
    More,
    Reply,
    Presented,
    Returned,
    Answered,
    Corrected,
    Shown,
    Hidden,
    NotSolved,
    Marked,
    Joined,
    Parted,
    Dropped,
    Restored,
    Lapsed,
    Withdrawn,
}

impl Model {
    /// Whether it was said by who asked another question than this one, and follows along: theirs alone to read, beside the
    /// bodies.
    #[must_use]
    pub fn is_of_another(&self, question: Uuid) -> bool {
        matches!(self.kind, Kind::NotSolved | Kind::Marked) && self.to.is_some_and(|of| of != question)
    }
}

impl Kind {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("question-entry-{}", self.to_value().replace('_', "-"))
    }

    /// Whether who asked reads it on the page of their code; the rest is the agencies' own.
    #[must_use]
    pub const fn is_for_the_asker(self) -> bool {
        !matches!(self, Self::Context | Self::Presented | Self::Returned | Self::Shown | Self::Hidden | Self::Parted)
    }
}

/// Who spoke.
#[derive(Clone, Copy, Debug, Default)]
pub struct Speaker {
    pub agency: Option<Uuid>,
    pub person: Option<Uuid>,
}

/// Writes a line: what, in which words, to whom; tells its id.
///
/// # Errors
/// The database failed.
pub async fn write(
    on: &impl ConnectionTrait,
    question: Uuid,
    (kind, text, to): (Kind, String, Option<Uuid>),
    by: Speaker,
    at: DateTimeUtc,
) -> Result<Uuid, DbErr> {
    let id = new_id();
    write_as(on, (id, question), (kind, text, to), by, at).await?;
    Ok(id)
}

/// The same, as the line with that id.
///
/// # Errors
/// It is there already, or the database failed.
pub async fn write_as(
    on: &impl ConnectionTrait,
    (id, question): (Uuid, Uuid),
    (kind, text, to): (Kind, String, Option<Uuid>),
    by: Speaker,
    at: DateTimeUtc,
) -> Result<(), DbErr> {
    let line = Model { id, question, kind, text, agency: by.agency, person: by.person, to, at };
    // recorded by the verb whose line it is, in the same transaction
    Entity::insert(ActiveModel::from(line)).exec_without_returning(on).await?;
    Ok(())
}

/// When each of these questions was last asked for more: one statement.
///
/// # Errors
/// The database failed.
pub async fn waits_since(on: &impl ConnectionTrait, questions: &[Uuid]) -> Result<HashMap<Uuid, DateTimeUtc>, DbErr> {
    let wishes = Entity::find()
        .select_only()
        .columns([Column::Question, Column::At])
        .filter(Column::Question.is_in(questions.iter().copied()))
        .filter(Column::Kind.eq(Kind::More))
        .order_by_asc(Column::At);
    let times: Vec<(Uuid, DateTimeUtc)> = wishes.into_tuple().all(on).await?;
    Ok(times.into_iter().collect()) // the latest comes last
}

impl Model {
    /// The words of the line for who asked: a note that the coordinating body adds for the next one is the officers' own.
    #[must_use]
    pub fn words_for_the_asker(&self) -> &str {
        if matches!(self.kind, Kind::Routed | Kind::TakenBack) { "" } else { &self.text }
    }

    /// Those of a question, first one first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, question: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Question.eq(question)).order_by_asc(Column::At).order_by_asc(Column::Id).all(on).await
    }
}
