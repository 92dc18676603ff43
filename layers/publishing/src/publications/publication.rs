//! A publication: what it is and where it stands. Its text is in its sections, and in its editions.

pub mod publishing;
pub mod reviewing;
pub mod writing;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::kind::{self, Kind};
use crate::base::{App, Who};
use crate::news::article::{Language, slug_of};
use crate::news::rights::{self, Verb};
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publication")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The same for a publication and its translations.
    pub work: Uuid,
    pub language: Language,
    pub agency: Uuid,
    /// [`Kind::code`]
    pub kind: String,
    #[sea_orm(unique)]
    pub slug: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    /// Title and summary folded, to be searched on the desk.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    /// An image of the library.
    pub cover: Option<Uuid>,
    pub state: State,
    /// The number of the last edition; 0 before the first.
    pub edition: i32,
    /// Who wrote since the last edition, as a JSON list: nobody of them approves.
    #[sea_orm(column_type = "Text")]
    pub writers: String,
    pub author: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    /// When the last edition came out; None when nothing is out.
    pub published_at: Option<DateTimeUtc>,
    /// Why it was sent back.
    #[sea_orm(column_type = "Text")]
    pub notice: String,
    pub noticed_at: Option<DateTimeUtc>,
    /// The last edition that was withdrawn, with those before it; 0: none was.
    pub withdrawn_upto: i32,
    /// Why, for everyone.
    #[sea_orm(column_type = "Text")]
    pub withdrawn_why: String,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub demo: bool,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Publication = Model;

/// Where what is being written stands. The last edition is out whatever it is, unless it was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(15))", rename_all = "snake_case")]
pub enum State {
    Draft,
    /// Sent back with a reason: a draft again.
    Returned,
    InReview,
    Approved,
    /// The last edition says all that is written.
    Published,
    /// Its page says why; it is on no list.
    Withdrawn,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("publication-state-{}", self.to_value().replace('_', "-"))
    }

    /// Whether its text may be changed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned | Self::Published | Self::Withdrawn)
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Returned => "returned",
            Self::InReview => "waiting",
            Self::Approved => "on-time",
            Self::Published => "issued",
            Self::Withdrawn => "superseded",
        }
    }
}

impl Model {
    /// The publication with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// The publication, when the person may see it on the desk; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        use crate::base::Role;
        const WITHIN: &[Role] = &[Role::Officer, Role::Reviewer, Role::Approver, Role::AgencyAdministrator];
        let row = Self::find(&app.db, id).await?;
        let sees = who.is_any(rights::OVERSEERS) || rights::holds(who, WITHIN, row.agency);
        if sees { Ok(row) } else { Err(Error::Hidden(id)) }
    }

    /// The publication at that address.
    ///
    /// # Errors
    /// [`Error::NotFound`] while nothing of it is or was out, or the database failed.
    pub async fn at(on: &impl ConnectionTrait, slug: &str) -> Result<Self, Error> {
        let found = Entity::find().filter(Column::Slug.eq(slug)).filter(Column::Edition.gt(0));
        found.one(on).await?.ok_or(Error::NotFound)
    }

    /// Those of the same work that are out, it among them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn siblings_out(&self, on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        let same = Entity::find().filter(Column::Work.eq(self.work)).filter(Column::PublishedAt.is_not_null());
        same.order_by_asc(Column::Language).all(on).await
    }

    /// What sort; the last one where its own ships no more.
    #[must_use]
    pub fn kind(&self) -> &'static Kind {
        kind_of(&self.kind)
    }

    /// Whether anybody may read an edition of it.
    #[must_use]
    pub fn is_out(&self) -> bool {
        self.published_at.is_some()
    }

    /// Whether it was out and is not any more.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.edition > 0 && !self.is_out()
    }

    /// Whether that edition was withdrawn: its address says why, also when a newer one is out.
    #[must_use]
    pub fn is_withdrawn(&self, edition: i32) -> bool {
        edition <= self.withdrawn_upto
    }

    /// Who wrote since the last edition.
    #[must_use]
    pub fn writers(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.writers).unwrap_or_default()
    }

    /// Whether the person wrote some of it: they do not approve it.
    #[must_use]
    pub fn is_own_of(&self, person: Uuid) -> bool {
        self.author == Some(person) || self.writers().contains(&person)
    }

    /// Whether the person may change the text now.
    #[must_use]
    pub fn may_be_written_by(&self, who: &Who) -> bool {
        self.state.is_open() && rights::may(who, Verb::Write, self.agency)
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/publications/{id}")
    }

    /// Its page for the public.
    #[must_use]
    pub fn public_path(&self) -> String {
        format!("/an-pham/{}", self.slug)
    }

    /// The text of an edition.
    #[must_use]
    pub fn edition_path(&self, number: i32) -> String {
        format!("/an-pham/{}/lan-{number}", self.slug)
    }

    /// Writes the row where nobody did since `seen`. // recorded by the verb that changed it, in the same transaction
    ///
    /// # Errors
    /// Stale when somebody was quicker, or the database failed.
    pub(in crate::publications) async fn put(self, on: &impl ConnectionTrait, seen: i32) -> Result<(), Error> {
        let id = self.id;
        let row = ActiveModel::from(Self { version: seen + 1, ..self }).reset_all();
        let same = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Version.eq(seen));
        if same.exec(on).await?.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }
}

/// The kind of that code; the last one where it ships no more.
#[must_use]
pub fn kind_of(code: &str) -> &'static Kind {
    let all = kind::all();
    kind::of(code).unwrap_or(&all[all.len() - 1])
}

/// An address for that title that no publication but `own` has.
///
/// # Errors
/// The database failed.
pub async fn fresh_slug(on: &impl ConnectionTrait, title: &str, own: Option<Uuid>) -> Result<String, DbErr> {
    let base = slug_of(title).unwrap_or_else(|| "an-pham".into());
    let alike = Entity::find().filter(Column::Slug.starts_with(&base)).select_only().column(Column::Slug).column(Column::Id);
    let taken: Vec<(String, Uuid)> = alike.into_tuple().all(on).await?;
    let is_free = |slug: &String| taken.iter().all(|(used, id)| used != slug || Some(*id) == own);
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    Ok(std::iter::once(base.clone()).chain(numbered).find(is_free).unwrap_or(base))
}
