//! What somebody is writing: kept as it is typed, so that nothing is lost. It is forgotten when it is saved. Articles and the
//! sections of publications keep theirs here; no two things have one id.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::article::writing::{SUMMARY_LETTERS_MAX, TEXT_LETTERS_MAX, TITLE_LETTERS_MAX};
use super::lock;
use crate::base::{App, Who};
use crate::web::Error;

/// Of all fields beside the text, letters.
const BESIDE_LETTERS_MAX: usize = 20_000;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// The thing that is written: an article, a section of a publication.
    pub article: Uuid,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    #[sea_orm(column_type = "Text")]
    pub source: String,
    /// [`Typed::beside`].
    #[sea_orm(column_type = "Text")]
    pub beside: String,
    /// The revision of an article, or the version of a section, that it goes on from.
    pub base: i32,
    pub person: Uuid,
    pub at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Draft = Model;

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub title: String,
    pub summary: String,
    pub text: String,
    /// The other fields of the form, as JSON; only the form reads it.
    pub beside: String,
}

/// What is written, as it stood when the form was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    pub id: Uuid,
    /// The revision of an article, or the version of a section.
    pub base: i32,
}

impl Typed {
    /// Whether a field is longer than is kept.
    #[must_use]
    pub fn is_too_long(&self) -> bool {
        let long = |text: &str, most: usize| text.len() > most && text.chars().count() > most;
        long(&self.title, TITLE_LETTERS_MAX * 4)
            || long(&self.summary, SUMMARY_LETTERS_MAX * 4)
            || long(&self.text, TEXT_LETTERS_MAX)
            || long(&self.beside, BESIDE_LETTERS_MAX)
    }
}

impl Model {
    /// What is being written of it; nothing when it was saved since.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, of: Subject) -> Result<Option<Self>, DbErr> {
        let draft = Entity::find_by_id(of.id).one(on).await?;
        Ok(draft.filter(|draft| draft.base == of.base))
    }

    /// Keeps what is typed, in a form that goes on from `base`, when nobody else wrote since `seen` (0: there was no draft).
    /// Returns the new version. Working memory: what counts is recorded when it is saved.
    // recorded by Article::save and Publication::write_section
    ///
    /// # Errors
    /// Stale when somebody else wrote or saved meanwhile, or holds the lock; refused when too long; or the database failed.
    pub async fn keep(app: &App, who: &Who, of: Subject, typed: &Typed, seen: i32, base: i32) -> Result<i32, Error> {
        if typed.is_too_long() {
            return Err(Error::refused("article-too-long-to-keep"));
        }
        if base != of.base {
            return Err(Error::Stale);
        }
        let transaction = app.begin().await?;
        if !lock::Model::hold(app, &transaction, who, of.id).await? {
            return Err(Error::Stale);
        }
        // What went on from an earlier revision is done with.
        Entity::delete_many().filter(Column::Article.eq(of.id)).filter(Column::Base.ne(base)).exec(&transaction).await?;
        let version = seen.checked_add(1).ok_or(Error::Stale)?;
        let row = ActiveModel {
            article: Set(of.id),
            title: Set(typed.title.clone()),
            summary: Set(typed.summary.clone()),
            source: Set(typed.text.clone()),
            beside: Set(typed.beside.clone()),
            base: Set(base),
            person: Set(who.person),
            at: Set(app.clock.now()),
            version: Set(version),
        };
        let written = if seen == 0 {
            let once = OnConflict::column(Column::Article).do_nothing().to_owned();
            Entity::insert(row).on_conflict(once).exec_without_returning(&transaction).await?
        } else {
            let same = Entity::update_many().set(row.reset_all()).filter(Column::Article.eq(of.id));
            same.filter(Column::Version.eq(seen)).exec(&transaction).await?.rows_affected
        };
        if written == 0 {
            return Err(Error::Stale);
        }
        app.commit(transaction).await?;
        Ok(version)
    }

    /// What was typed.
    #[must_use]
    pub fn typed(&self) -> Typed {
        Typed { title: self.title.clone(), summary: self.summary.clone(), text: self.source.clone(), beside: self.beside.clone() }
    }

    /// Forgets what was being written. // recorded by the verb that saves it
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget(on: &impl ConnectionTrait, id: Uuid) -> Result<(), DbErr> {
        Entity::delete_by_id(id).exec(on).await.map(|_| ())
    }
}
