//! A translation says how it was made. Nothing in a text tells that a machine wrote it, so its writer is asked, and it goes out
//! with no answer as little as without an approval. What a machine translated a person checks, and readers are told of both.

use sea_orm::entity::prelude::*;

use super::{Article, Language};
use crate::web::{Lang, Locale, Obstacle};

/// How a translation was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Translated {
    /// A person translated it.
    Person,
    /// A machine did, and a person checked it.
    Machine,
}

impl Translated {
    pub const ALL: [Self; 2] = [Self::Person, Self::Machine];

    /// The word in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Machine => "machine",
        }
    }

    /// Reads what [`Translated::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("article-translated-{}", self.code())
    }
}

impl Article {
    /// Whether it was begun as the translation of another.
    #[must_use]
    pub fn is_translation(&self) -> bool {
        self.work != self.id
    }

    /// What a translation still does not say of itself.
    #[must_use]
    pub fn lacking_of_translation(&self) -> Vec<Obstacle> {
        if !self.is_translation() {
            return Vec::new();
        }
        match self.translated {
            None => vec![Obstacle::new("article-needs-translated").at("translated")],
            Some(Translated::Machine) if !self.checked_by.chars().any(char::is_alphanumeric) => {
                vec![Obstacle::new("article-needs-checker").at("checked_by")]
            }
            Some(_) => Vec::new(),
        }
    }

    /// What readers are told of a text that a machine translated, in the language of the text.
    #[must_use]
    pub fn machine_label(&self) -> Option<String> {
        machine_label(self.translated.filter(|_| self.is_translation()), self.language, &self.checked_by)
    }

    /// The article that it translates; None when it translates none.
    ///
    /// # Errors
    /// The database failed.
    pub async fn source_text(&self, on: &impl ConnectionTrait) -> Result<Option<Self>, DbErr> {
        if !self.is_translation() {
            return Ok(None);
        }
        let siblings = Self::of_work(on, self.work).await?;
        Ok(siblings.into_iter().find(|one| !one.is_translation()))
    }
}

/// [`Article::machine_label`], wherever an article is known by a few of its fields only.
#[must_use]
pub fn machine_label(translated: Option<Translated>, language: Language, checked_by: &str) -> Option<String> {
    let l = Locale(if language == Language::En { Lang::En } else { Lang::Vi });
    (translated == Some(Translated::Machine)).then(|| l.t1("article-machine-label", "name", checked_by))
}
