//! Making a newsletter, and changing what it is.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::{ActiveModel, Column, Entity, Newsletter, Rhythm, Scope, State};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who};
use crate::channels::rights::{self, Verb};
use crate::news::article::Language;
use crate::news::kind::Kind;
use crate::news::section::Section;
use crate::newsletters::issue::writing::tidy;
use crate::web::{Error, Obstacle};

pub const NAME_LETTERS_MAX: usize = 120;
pub const TEXT_LETTERS_MAX: usize = 2_000;
/// Words of addresses that mean something else.
const TAKEN: [&str; 3] = ["xac-nhan", "tuy-chon", "huy"];

/// A newsletter as it is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Made by the form, so that pressing twice makes one.
    pub id: Uuid,
    pub name: String,
    pub about: String,
    pub purpose: String,
    pub sender_name: String,
    pub language: Language,
    pub scope: Scope,
    pub sections: Vec<Uuid>,
    pub kinds: Vec<String>,
    pub rhythm: Rhythm,
    pub hour: String,
    pub weekday: String,
    pub by_itself: bool,
    pub open: bool,
}

impl Newsletter {
    /// Makes one for the person's agency; articles from now on are in its first issue.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; or the database failed.
    pub async fn make(app: &App, who: &Who, wanted: &Wanted) -> Result<Uuid, Error> {
        let agency = rights::own_agency(who)?;
        rights::require(who, Verb::Keep, agency)?;
        let now = app.clock.now();
        let blank = Self {
            id: wanted.id,
            agency,
            slug: String::new(),
            name: String::new(),
            about: String::new(),
            language: wanted.language,
            scope: wanted.scope,
            sections: "[]".into(),
            kinds: "[]".into(),
            rhythm: wanted.rhythm,
            hour: 0,
            weekday: 1,
            by_itself: false,
            sender_name: String::new(),
            purpose: String::new(),
            text_version: 1,
            state: State::Open,
            drawn_until: now,
            next_at: None,
            made_by: who.person,
            made_at: now,
            version: 1,
        };
        if Entity::find_by_id(wanted.id).one(&app.db).await?.is_some() {
            return Err(Error::refused("newsletter-is-made"));
        }
        let row = blank.wanted_so(app, wanted).await?;
        let row = Self { slug: free_slug(app, &row.name).await?, text_version: 1, ..row };
        let (id, name) = (row.id, row.name.clone());
        let transaction = app.begin().await?;
        Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await?;
        app.record(&transaction, id, Fact::NewsletterMade { name }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(id)
    }

    /// Changes what it is. Another purpose counts as another version of the words: who agreed to the earlier one is still known.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; stale when somebody was quicker; or the database failed.
    pub async fn change(app: &App, who: &Who, id: Uuid, wanted: &Wanted, seen: i32) -> Result<(), Error> {
        let before = Self::find_for(app, who, id).await?;
        rights::require(who, Verb::Keep, before.agency)?;
        if before.version != seen {
            return Err(Error::Stale);
        }
        let row = before.clone().wanted_so(app, wanted).await?;
        let fact = Fact::NewsletterChanged { name: row.name.clone(), changes: before.changes_to(&row) };
        let transaction = app.begin().await?;
        let model = ActiveModel::from(Self { version: seen + 1, ..row }).reset_all();
        let same = Entity::update_many().set(model).filter(Column::Id.eq(id)).filter(Column::Version.eq(seen));
        if same.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    async fn wanted_so(self, app: &App, wanted: &Wanted) -> Result<Self, Error> {
        let (hour, weekday) = (wanted.hour.trim().parse::<i32>(), wanted.weekday.trim().parse::<i32>());
        let (name, sender_name) = (letters::header::one_line(&wanted.name), letters::header::one_line(&wanted.sender_name));
        let (about, purpose) = (tidy(&wanted.about), tidy(&wanted.purpose));
        let mut wrong = Vec::new();
        if !name.chars().any(char::is_alphanumeric) {
            wrong.push(Obstacle::new("newsletter-needs-name").at("name"));
        }
        if purpose.is_empty() {
            wrong.push(Obstacle::new("newsletter-needs-purpose").at("purpose"));
        }
        let texts = [("name", &name, NAME_LETTERS_MAX), ("sender_name", &sender_name, NAME_LETTERS_MAX)];
        for (field, text, most) in
            texts.into_iter().chain([("about", &about, TEXT_LETTERS_MAX), ("purpose", &purpose, TEXT_LETTERS_MAX)])
        {
            if text.chars().count() > most {
                wrong.push(Obstacle::new("article-too-long").with("n", most).at(field));
            }
        }
        if !matches!(hour, Ok(0..=23)) {
            wrong.push(Obstacle::new("newsletter-hour-malformed").at("hour"));
        }
        if !matches!(weekday, Ok(1..=7)) {
            wrong.push(Obstacle::new("newsletter-weekday-malformed").at("weekday"));
        }
        let known: BTreeSet<Uuid> = Section::all(&app.db).await?.iter().map(|section| section.id).collect();
        let sections: Vec<Uuid> = wanted.sections.iter().copied().filter(|id| known.contains(id)).collect();
        let kinds: Vec<&String> = wanted.kinds.iter().filter(|code| Kind::of(code).is_some()).collect();
        let (Ok(hour), Ok(weekday), true) = (hour, weekday, wrong.is_empty()) else { return Err(Error::Refused(wrong)) };
        let state = if wanted.open { State::Open } else { State::Closed };
        let next_at = if wanted.open { wanted.rhythm.next(app.clock.now(), hour, weekday) } else { None };
        Ok(Self {
            text_version: if purpose == self.purpose { self.text_version } else { self.text_version + 1 },
            sections: serde_json::json!(sections).to_string(),
            kinds: serde_json::json!(kinds).to_string(),
            name,
            about,
            purpose,
            sender_name,
            language: wanted.language,
            scope: wanted.scope,
            rhythm: wanted.rhythm,
            hour,
            weekday,
            by_itself: wanted.by_itself,
            state,
            next_at,
            ..self
        })
    }

    /// What is another, in codes and as typed.
    fn changes_to(&self, other: &Self) -> Vec<Change> {
        let fields = |one: &Self| {
            [
                ("name", one.name.clone()),
                ("about", one.about.clone()),
                ("purpose", one.purpose.clone()),
                ("sender_name", one.sender_name.clone()),
                ("language", one.language.tag().to_owned()),
                ("scope", one.scope.to_value()),
                ("sections", one.section_ids().len().to_string()),
                ("kinds", one.kind_codes().join(", ")),
                ("rhythm", one.rhythm.to_value()),
                ("hour", one.hour.to_string()),
                ("weekday", one.weekday.to_string()),
                ("by_itself", one.by_itself.to_string()),
                ("state", one.state.to_value()),
            ]
        };
        let pairs = fields(self).into_iter().zip(fields(other));
        let changed = pairs.filter(|((_, from), (_, to))| from != to);
        changed.map(|((field, from), (_, to))| Change { field: field.into(), from, to }).collect()
    }
}

/// An address that nobody has.
async fn free_slug(app: &App, name: &str) -> Result<String, Error> {
    let base: String = vietnamese::slug(name).unwrap_or_else(|| "ban-tin".into()).chars().take(60).collect();
    let base = base.trim_matches('-').to_owned();
    for n in 1..1_000 {
        let slug = if n == 1 { base.clone() } else { format!("{base}-{n}") };
        let is_free = Entity::find().filter(Column::Slug.eq(&slug)).one(&app.db).await?.is_none();
        if is_free && !TAKEN.contains(&slug.as_str()) {
            return Ok(slug);
        }
    }
    Err(Error::refused("newsletter-needs-name"))
}

/// Says until when articles were drawn. Of two who draw at once, one has them. // recorded by `IssueDrafted`
///
/// # Errors
/// [`Error::Stale`] when somebody was quicker, or the database failed.
pub async fn drawn(on: &impl ConnectionTrait, newsletter: &Newsletter, until: DateTime<Utc>) -> Result<(), Error> {
    let done = Entity::update_many()
        .col_expr(Column::DrawnUntil, Expr::value(until))
        .filter(Column::Id.eq(newsletter.id))
        .filter(Column::DrawnUntil.eq(newsletter.drawn_until))
        .exec(on)
        .await?;
    if done.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
}

/// Says when the next issue is drafted by itself; false when another node did. // recorded by `IssueDrafted`, where there is one
///
/// # Errors
/// The database failed.
pub async fn wound_up(on: &impl ConnectionTrait, newsletter: &Newsletter, next: Option<DateTime<Utc>>) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::NextAt, Expr::value(next))
        .filter(Column::Id.eq(newsletter.id))
        .filter(Expr::col(Column::NextAt).eq(newsletter.next_at))
        .exec(on)
        .await?;
    Ok(done.rows_affected == 1)
}
