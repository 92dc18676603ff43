//! An article: what an agency tells the public, from its first draft to its last address.

pub mod illustrating;
pub mod publishing;
pub mod retracting;
pub mod reviewing;
pub mod translating;
pub mod writing;

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::draft::Subject;
use super::kind::Kind;
use super::rights;
use super::step::Step;
use crate::base::{App, Who};
use crate::web::{Error, Lang};

pub use translating::Translated;

/// The longest address made from a title, letters.
const SLUG_LETTERS: usize = 90;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it was called where it was imported from.
    #[sea_orm(unique)]
    pub external_id: Option<String>,
    /// The same for an article and its translations.
    pub work: Uuid,
    pub language: Language,
    /// Of a translation: how it was made; None while nobody said.
    pub translated: Option<Translated>,
    /// Who checked what a machine translated, in words.
    #[sea_orm(column_type = "Text")]
    pub checked_by: String,
    /// Whose article it is: its canonical place.
    pub agency: Uuid,
    pub section: Uuid,
    /// [`Kind::code`]
    pub kind: String,
    #[sea_orm(unique)]
    pub slug: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    /// HTML that [`super::clean`] let through.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// What was typed, where that was not HTML; the form shows it again.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    /// Title and summary folded, to be searched on the desk.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    #[sea_orm(column_type = "Text")]
    pub media_url: String,
    #[sea_orm(column_type = "Text")]
    pub media_alt: String,
    #[sea_orm(column_type = "Text")]
    pub media_credit: String,
    /// Codes as a JSON list.
    #[sea_orm(column_type = "Text")]
    pub audiences: String,
    #[sea_orm(column_type = "Text")]
    pub messages: String,
    pub state: State,
    /// The [`Step`]s of its section when it was handed in, as JSON.
    #[sea_orm(column_type = "Text")]
    pub steps: String,
    /// The step it stands at, from 0.
    pub step: i32,
    pub step_due_at: Option<DateTimeUtc>,
    pub schedule_at: Option<DateTimeUtc>,
    pub embargo_until: Option<DateTimeUtc>,
    /// The last day it is on lists.
    pub expires_on: Option<Date>,
    /// The minute at which it was to go out and could not.
    pub missed_at: Option<DateTimeUtc>,
    /// Who began it; None when it was imported.
    pub author: Option<Uuid>,
    /// Who wrote the last revision.
    pub editor: Option<Uuid>,
    pub revision: i32,
    pub published_revision: Option<i32>,
    pub created_at: DateTimeUtc,
    pub published_at: Option<DateTimeUtc>,
    /// Set while it is on lists, in feeds and in the sitemap: the order in which they show it.
    pub listed_at: Option<DateTimeUtc>,
    pub changed_at: DateTimeUtc,
    /// What was corrected, or why it was withdrawn or taken down.
    #[sea_orm(column_type = "Text")]
    pub notice: String,
    pub noticed_at: Option<DateTimeUtc>,
    pub demo: bool,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Article = Model;

/// The language of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(5))", rename_all = "snake_case")]
pub enum Language {
    #[default]
    Vi,
    En,
}

impl Language {
    /// BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// Reads a tag exactly: `en_US` and `vn` are none.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        [Self::Vi, Self::En].into_iter().find(|one| one.tag() == tag)
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("article-language-{}", self.tag())
    }
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        if lang == Lang::En { Self::En } else { Self::Vi }
    }
}

/// Where an article stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(15))", rename_all = "snake_case")]
pub enum State {
    Draft,
    /// Sent back with a reason: a draft again.
    Returned,
    InReview,
    Approved,
    Scheduled,
    Published,
    /// Published, and its text was changed in sight of everyone.
    Corrected,
    /// Its page says why; it is on no list.
    Withdrawn,
    /// Gone: 410.
    TakenDown,
}

impl State {
    /// The word in addresses and data.
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("article-state-{}", self.to_value().replace('_', "-"))
    }

    /// Whether its text may be changed by who writes.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// Whether anyone may read it.
    #[must_use]
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Published | Self::Corrected)
    }

    /// Whether its address shows a page about it.
    #[must_use]
    pub const fn is_readable(self) -> bool {
        matches!(self, Self::Published | Self::Corrected | Self::Withdrawn)
    }

    /// Whether it was approved and has not gone out.
    #[must_use]
    pub const fn is_approved(self) -> bool {
        matches!(self, Self::Approved | Self::Scheduled)
    }
}

impl Model {
    /// The article with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// The article, when the person may see it on the desk; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let article = Self::find(&app.db, id).await?;
        if rights::sees(who, &article) { Ok(article) } else { Err(Error::Hidden(id)) }
    }

    /// It as something that is written at.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        Subject { id: self.id, base: self.revision }
    }

    /// The article and its translation, in no order.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_work(on: &impl ConnectionTrait, work: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Work.eq(work)).all(on).await
    }

    /// Through which steps it goes; none before it is handed in.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        Step::read(&self.steps)
    }

    /// The step it stands at, as an index.
    #[must_use]
    pub fn step_index(&self) -> usize {
        usize::try_from(self.step).unwrap_or_default()
    }

    /// The step that is awaited.
    #[must_use]
    pub fn awaited(&self) -> Option<Step> {
        if self.state == State::InReview { self.steps().into_iter().nth(self.step_index()) } else { None }
    }

    /// What sort of article; the first one where its own ships no more.
    #[must_use]
    pub fn kind(&self) -> &'static Kind {
        Kind::of(&self.kind).unwrap_or(&Kind::all()[0])
    }

    /// The codes of whom it is for.
    #[must_use]
    pub fn audiences(&self) -> Vec<String> {
        serde_json::from_str(&self.audiences).unwrap_or_default()
    }

    /// The codes of what it is to bring across.
    #[must_use]
    pub fn messages(&self) -> Vec<String> {
        serde_json::from_str(&self.messages).unwrap_or_default()
    }

    /// Whether the person began it or wrote its last revision: it is theirs, and they do not approve it.
    #[must_use]
    pub fn is_own_of(&self, person: Uuid) -> bool {
        self.author == Some(person) || self.editor == Some(person)
    }

    /// Whether it is off the lists because its time is over.
    #[must_use]
    pub fn is_over(&self, today: chrono::NaiveDate) -> bool {
        self.expires_on.is_some_and(|last| last < today)
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/news/{id}")
    }

    /// Where the public reads it: one address, in whatever portal it is shown.
    #[must_use]
    pub fn public_path(&self) -> String {
        format!("/tin-tuc/{}", self.slug)
    }
}

/// The address of a title, cut at a word; None when nothing of it can stand in an address.
#[must_use]
pub fn slug_of(title: &str) -> Option<String> {
    // Addresses of pages beside the articles are no article's.
    let slug = vietnamese::slug(title).map(|slug| if slug == "nguon-cap-tin" { format!("bai-{slug}") } else { slug })?;
    if slug.len() <= SLUG_LETTERS {
        return Some(slug);
    }
    let head = &slug[..SLUG_LETTERS];
    Some(head.rfind('-').filter(|at| *at > 0).map_or(head, |at| &head[..at]).to_owned())
}

/// An address for that title that no article but `own` has.
///
/// # Errors
/// The database failed.
pub async fn fresh_slug(on: &impl ConnectionTrait, title: &str, own: Option<Uuid>) -> Result<String, DbErr> {
    let base = slug_of(title).unwrap_or_else(|| "tin".into());
    // One question for all that begin alike: titles that come every week make hundreds.
    let alike = Entity::find().filter(Column::Slug.starts_with(&base)).select_only().column(Column::Slug).column(Column::Id);
    let taken: Vec<(String, Uuid)> = alike.into_tuple().all(on).await?;
    let is_free = |slug: &String| taken.iter().all(|(used, id)| used != slug || Some(*id) == own);
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    Ok(std::iter::once(base.clone()).chain(numbered).find(is_free).unwrap_or(base))
}

#[cfg(test)]
mod unit {
    use super::slug_of;

    #[test]
    fn an_address_has_no_marks_and_ends_with_a_word() {
        assert_eq!(slug_of("Mô hình trồng xoài số ở Cao Lãnh").as_deref(), Some("mo-hinh-trong-xoai-so-o-cao-lanh"));
        assert_eq!(slug_of("Đổi <script>mới</script>").as_deref(), slug_of("đổi script mới script").as_deref());
        assert_eq!(slug_of("🎉🎉"), None);
        let long = slug_of(&"chuyển đổi số ".repeat(60)).expect("an address");
        assert!(long.len() <= 90 && !long.ends_with('-'), "{long}");
    }
}
