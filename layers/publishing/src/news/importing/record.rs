//! One line of the file.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use serde::Deserialize;

use crate::base::time::VIETNAM;
use crate::news::article::writing::{TEXT_LETTERS_MAX, TITLE_LETTERS_MAX, line};
use crate::news::article::{Language, slug_of};
use crate::news::clean;
use crate::plans::secrecy;
use crate::web::{Obstacle, cut};

const ID_LETTERS_MAX: usize = 200;
const NAME_LETTERS_MAX: usize = 200;
/// Where a line names no section.
const SECTION: &str = "Tin tức";

/// As it stands in the file.
#[derive(Deserialize)]
struct Line {
    external_id: Option<serde_json::Value>,
    title: Option<String>,
    summary: Option<String>,
    body_html: Option<String>,
    body_markdown: Option<String>,
    body_text: Option<String>,
    section: Option<String>,
    agency: Option<String>,
    language: Option<String>,
    published_at: Option<String>,
}

/// An article as it will be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub external_id: String,
    pub title: String,
    pub summary: String,
    /// Clean HTML.
    pub body: String,
    pub section: String,
    pub agency: String,
    pub language: Language,
    pub published_at: DateTime<Utc>,
    /// The file says when.
    pub is_dated: bool,
    /// The title was longer than one may be.
    pub is_cut: bool,
}

impl Record {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it, and how to mend it.
    pub fn read(text: &str, now: DateTime<Utc>) -> Result<Self, Obstacle> {
        let read: Line = serde_json::from_str(text).map_err(|error| {
            let place = error.column().to_string();
            Obstacle::new("import-no-json").with("n", place).with("cause", cut(&error.to_string(), 120))
        })?;
        let external_id = id(read.external_id.as_ref())?;
        let title = line(&read.title.unwrap_or_default());
        if slug_of(&title).is_none() {
            return Err(Obstacle::new("import-no-title"));
        }
        let is_cut = title.chars().count() > TITLE_LETTERS_MAX;
        let title = if is_cut { cut(&title, TITLE_LETTERS_MAX - 1) } else { title };
        let body = body(read.body_html, read.body_markdown, read.body_text)?;
        let agency = line(&read.agency.unwrap_or_default());
        if agency.is_empty() || agency.chars().count() > NAME_LETTERS_MAX {
            return Err(Obstacle::new("import-no-agency"));
        }
        let language = read.language.unwrap_or_else(|| "vi".into());
        let language =
            Language::from_tag(&language).ok_or_else(|| Obstacle::new("import-no-language").with("name", cut(&language, 20)))?;
        let section = line(&read.section.unwrap_or_default());
        if section.chars().count() > NAME_LETTERS_MAX / 2 {
            return Err(Obstacle::new("section-too-long").with("n", NAME_LETTERS_MAX / 2));
        }
        let given = read.published_at.unwrap_or_default();
        let published_at = if given.trim().is_empty() {
            now
        } else {
            moment(&given).ok_or_else(|| Obstacle::new("import-no-time").with("name", cut(&given, 40)))?
        };
        if published_at > now {
            return Err(Obstacle::new("import-in-the-future").with("name", cut(&given, 40)));
        }
        Ok(Self {
            external_id,
            title,
            summary: line(&read.summary.unwrap_or_default()),
            body,
            section: if section.is_empty() || slug_of(&section).is_none() { SECTION.into() } else { section },
            agency,
            language,
            published_at,
            is_dated: !given.trim().is_empty(),
            is_cut,
        })
    }
}

/// What it is called elsewhere: a text, or a number.
fn id(given: Option<&serde_json::Value>) -> Result<String, Obstacle> {
    let id = match given {
        Some(serde_json::Value::String(id)) => id.trim().to_owned(),
        Some(serde_json::Value::Number(id)) => id.to_string(),
        _ => String::new(),
    };
    let fits = !id.is_empty() && id.chars().count() <= ID_LETTERS_MAX;
    if fits { Ok(id) } else { Err(Obstacle::new("import-no-id").with("n", ID_LETTERS_MAX)) }
}

/// The first of the three that says something, as HTML that may stand on a page.
fn body(html: Option<String>, marked: Option<String>, plain: Option<String>) -> Result<String, Obstacle> {
    let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let body = match (said(html), said(marked), said(plain)) {
        (Some(html), ..) => clean::html(&html),
        (_, Some(marked), _) => clean::markdown(&marked),
        (_, _, Some(plain)) => clean::plain(&plain),
        _ => return Err(Obstacle::new("import-no-body")),
    };
    // Nothing but what may not stand on a page, such as a script.
    if body.trim().is_empty() {
        return Err(Obstacle::new("import-no-body"));
    }
    if body.len() > TEXT_LETTERS_MAX * 4 {
        return Err(Obstacle::new("import-too-long").with("n", TEXT_LETTERS_MAX));
    }
    match secrecy::of_text(&clean::text(&body)) {
        Some(mark) => Err(Obstacle::new("answer-secret").with("mark", mark)),
        None => Ok(body),
    }
}

/// A moment; without an offset it is Vietnam's.
fn moment(given: &str) -> Option<DateTime<Utc>> {
    let given = given.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(given) {
        return Some(at.to_utc());
    }
    let local = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(given, form).ok())
        .or_else(|| NaiveDate::parse_from_str(given, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))?;
    VIETNAM.from_local_datetime(&local).single().map(|at| at.to_utc())
}
