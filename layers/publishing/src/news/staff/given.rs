//! What the form of an article sends, as it was typed.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::news::article::writing::Wanted;
use crate::news::article::{Article, Language, Translated};
use crate::news::draft::Typed;
use crate::news::view;
use crate::web::Obstacle;

/// The fields as typed, right or wrong: a refused form comes back with them.
#[derive(Serialize, Deserialize, Clone, Debug, Default)]
#[serde(default)]
pub struct Given {
    pub section: String,
    pub kind: String,
    pub language: String,
    /// [`Translated::code`]; empty: not answered.
    pub translated: String,
    pub checked_by: String,
    pub title: String,
    pub summary: String,
    pub text: String,
    pub media_url: String,
    pub media_alt: String,
    pub media_credit: String,
    pub audiences: Vec<String>,
    pub messages: Vec<String>,
    pub places: Vec<String>,
    pub duties: Vec<String>,
    pub schedule_at: String,
    pub embargo_until: String,
    pub expires_on: String,
    pub note: String,
    /// The article that it translates.
    pub of: String,
    /// The article's version that was seen.
    pub version: i32,
    /// The revision that was seen.
    pub base: i32,
    /// The version of what was kept while typing; 0: nothing was.
    pub draft: i32,
}

impl Given {
    /// From the pairs of the form.
    #[must_use]
    pub fn read(fields: &[(String, String)]) -> Self {
        let one = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone()).unwrap_or_default();
        let all = |name: &str| fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.clone()).collect();
        let number = |name: &str| one(name).parse().unwrap_or_default();
        Self {
            section: one("section"),
            kind: one("kind"),
            language: one("language"),
            translated: one("translated"),
            checked_by: one("checked_by"),
            title: one("title"),
            summary: one("summary"),
            text: one("text"),
            media_url: one("media_url"),
            media_alt: one("media_alt"),
            media_credit: one("media_credit"),
            audiences: all("audiences"),
            messages: all("messages"),
            places: all("places"),
            duties: all("duties"),
            schedule_at: one("schedule_at"),
            embargo_until: one("embargo_until"),
            expires_on: one("expires_on"),
            note: one("note"),
            of: one("of"),
            version: number("version"),
            base: number("base"),
            draft: number("draft"),
        }
    }

    /// What an article says now, with what was being written of it.
    #[must_use]
    pub fn of(article: &Article, draft: Option<(Typed, i32)>, places: &[Uuid], duties: &[Uuid]) -> Self {
        let kept = Typed {
            title: article.title.clone(),
            summary: article.summary.clone(),
            text: typed_text(article),
            ..Typed::default()
        };
        let (typed, version) = draft.unwrap_or((kept, 0));
        let beside = serde_json::from_str(&typed.beside).unwrap_or_else(|_| Self::beside(article, places, duties));
        Self {
            title: typed.title,
            summary: typed.summary,
            text: typed.text,
            version: article.version,
            base: article.revision,
            draft: version,
            ..beside
        }
    }

    /// The fields beside the text, as the article has them.
    fn beside(article: &Article, places: &[Uuid], duties: &[Uuid]) -> Self {
        let ids = |ids: &[Uuid]| ids.iter().map(Uuid::to_string).collect();
        Self {
            section: article.section.to_string(),
            kind: article.kind.clone(),
            language: article.language.tag().into(),
            translated: article.translated.map(|one| one.code().to_owned()).unwrap_or_default(),
            checked_by: article.checked_by.clone(),
            media_url: article.media_url.clone(),
            media_alt: article.media_alt.clone(),
            media_credit: article.media_credit.clone(),
            audiences: article.audiences(),
            messages: article.messages(),
            places: ids(places),
            duties: ids(duties),
            schedule_at: view::typed_minute(article.schedule_at),
            embargo_until: view::typed_minute(article.embargo_until),
            expires_on: article.expires_on.map(|day| day.to_string()).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// What is kept while it is typed.
    #[must_use]
    pub fn typed(&self) -> Typed {
        let kept = |text: &str| text.replace('\0', "");
        let beside = Self { title: String::new(), summary: String::new(), text: String::new(), ..self.clone() };
        let mut beside = serde_json::to_value(&beside).unwrap_or_default();
        without_nul(&mut beside);
        let beside = beside.to_string();
        Typed { title: kept(&self.title), summary: kept(&self.summary), text: kept(&self.text), beside }
    }

    /// As it is wanted, and what could not be read.
    #[must_use]
    pub fn wanted(&self) -> (Wanted, Vec<Obstacle>) {
        let mut wrong = Vec::new();
        let mut at = |typed: &str, field: &'static str| {
            view::minute(typed).unwrap_or_else(|()| {
                wrong.push(Obstacle::new("article-no-minute").at(field));
                None
            })
        };
        let (schedule_at, embargo_until) = (at(&self.schedule_at, "schedule_at"), at(&self.embargo_until, "embargo_until"));
        let expires_on = view::day(&self.expires_on).unwrap_or_else(|()| {
            wrong.push(Obstacle::new("article-no-day").at("expires_on"));
            None
        });
        let language = Language::from_tag(&self.language).unwrap_or_else(|| {
            wrong.push(Obstacle::new("article-no-language").at("language"));
            Language::Vi
        });
        let ids =
            |typed: &[String]| typed.iter().filter_map(|id| id.parse().ok()).collect::<HashSet<Uuid>>().into_iter().collect();
        let wanted = Wanted {
            section: self.section.parse().ok(),
            kind: self.kind.clone(),
            language,
            translated: Translated::from_code(&self.translated),
            checked_by: self.checked_by.clone(),
            title: self.title.clone(),
            summary: self.summary.clone(),
            text: self.text.clone(),
            media_url: self.media_url.clone(),
            media_alt: self.media_alt.clone(),
            media_credit: self.media_credit.clone(),
            audiences: self.audiences.clone(),
            messages: self.messages.clone(),
            places: ids(&self.places),
            duties: ids(&self.duties),
            schedule_at,
            embargo_until,
            expires_on,
            note: self.note.clone(),
        };
        (wanted, wrong)
    }

    /// Whether that is how it was translated, as typed.
    #[must_use]
    pub fn is_translated(&self, code: &str) -> bool {
        self.translated == code
    }

    /// Whether the value of a field with several is among those chosen.
    #[must_use]
    pub fn has(&self, field: &str, value: &str) -> bool {
        let list = match field {
            "audiences" => &self.audiences,
            "messages" => &self.messages,
            "places" => &self.places,
            _ => &self.duties,
        };
        list.iter().any(|one| one == value)
    }
}

/// The text as it is typed again: its source, or the HTML where it came as that.
#[must_use]
pub fn typed_text(article: &Article) -> String {
    if article.source.is_empty() { article.body.clone() } else { article.source.clone() }
}

/// Takes NUL, which PostgreSQL keeps in no text, out of every text within. Not out of the JSON as it is written: whoever types
/// a backslash before `u0000` would lose it all.
fn without_nul(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => text.retain(|letter| letter != '\0'),
        serde_json::Value::Array(each) => each.iter_mut().for_each(without_nul),
        serde_json::Value::Object(each) => each.values_mut().for_each(without_nul),
        _ => {}
    }
}
