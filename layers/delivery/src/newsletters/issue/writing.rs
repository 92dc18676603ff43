//! Writing a draft: its subject, the words before the articles, which articles in which order, and its time.

use sea_orm::entity::prelude::*;

use super::{Issue, Item, State};
use crate::base::{App, By, Fact, Who, time};
use crate::channels::rights::{self, Verb};
use crate::news::article::{self, Article};
use crate::news::view;
use crate::web::{Error, Obstacle};

pub const TITLE_LETTERS_MAX: usize = 200;
pub const WORDS_LETTERS_MAX: usize = 10_000;
const ITEM_LETTERS_MAX: usize = 1_000;
const ITEMS_MAX: usize = 60;

/// An issue as it is typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub title: String,
    pub words: String,
    /// A minute of Vietnam, or empty for at once.
    pub due: String,
    pub items: Vec<Item>,
    /// The address of another article to be put in, as it stands in the browser.
    pub add: String,
}

/// Lines end with a line feed; nothing unseen; no more than one empty line.
#[must_use]
pub fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut out = lines.join("\n");
    while out.contains("\n\n\n") {
        out = out.replace("\n\n\n", "\n\n");
    }
    out.trim().to_owned()
}

impl Issue {
    /// Saves what was typed.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; stale when it is no draft or somebody was quicker; or the
    /// database failed.
    pub async fn write(app: &App, who: &Who, id: Uuid, typed: &Typed, seen: i32) -> Result<(), Error> {
        let issue = Self::find_for(app, who, id).await?;
        rights::require(who, Verb::Write, issue.agency)?;
        if issue.version != seen || issue.state != State::Draft {
            return Err(Error::Stale);
        }
        let mut items: Vec<Item> = Vec::new();
        for item in &typed.items {
            if !items.iter().any(|one| one.article == item.article) {
                items.push(Item { words: tidy(&item.words), ..item.clone() });
            }
        }
        let added = added(app, typed).await?;
        if let Some(article) = added
            && !items.iter().any(|one| one.article == article)
        {
            items.push(Item { article, words: String::new() });
        }
        let (title, words) = (letters::header::one_line(&typed.title), tidy(&typed.words));
        let due = looked_at(app, (&title, &words, &typed.due), &items)?;
        let fact = Fact::IssueEdited { title: title.clone() };
        let row = Self {
            title,
            words,
            due_at: due,
            articles: serde_json::to_string(&items)?,
            changed_at: app.clock.now(),
            ..issue.written_at_by(who.person)
        };
        let transaction = app.begin().await?;
        row.put(&transaction, seen).await?;
        app.record(&transaction, id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

/// The time, when everything is well.
fn looked_at(app: &App, (title, words, due): (&str, &str, &str), items: &[Item]) -> Result<Option<DateTimeUtc>, Error> {
    let mut wrong = Vec::new();
    if !title.chars().any(char::is_alphanumeric) {
        wrong.push(Obstacle::new("issue-needs-title").at("title"));
    }
    for (field, text, most) in [("title", title, TITLE_LETTERS_MAX), ("words", words, WORDS_LETTERS_MAX)] {
        if text.chars().count() > most {
            wrong.push(Obstacle::new("article-too-long").with("n", most).at(field));
        }
    }
    if items.len() > ITEMS_MAX {
        wrong.push(Obstacle::new("issue-too-many").with("n", ITEMS_MAX).at("add"));
    }
    if items.iter().any(|item| item.words.chars().count() > ITEM_LETTERS_MAX) {
        wrong.push(Obstacle::new("article-too-long").with("n", ITEM_LETTERS_MAX).at("add"));
    }
    let now = app.clock.now();
    let due = view::minute(due);
    match due {
        Err(()) => wrong.push(Obstacle::new("channel-due-malformed").at("due")),
        Ok(Some(at)) if at <= now => wrong.push(Obstacle::new("channel-due-past").with("now", time::minute(now)).at("due")),
        Ok(_) => {}
    }
    match due {
        Ok(due) if wrong.is_empty() => Ok(due),
        _ => Err(Error::Refused(wrong)),
    }
}

/// The article at an address of the portal.
async fn added(app: &App, typed: &Typed) -> Result<Option<Uuid>, Error> {
    let address = typed.add.trim();
    if address.is_empty() {
        return Ok(None);
    }
    let none = || Error::Refused(vec![Obstacle::new("issue-add-none").at("add")]);
    let slug =
        address.split(['?', '#']).next().and_then(|path| path.trim_end_matches('/').rsplit('/').next()).ok_or_else(none)?;
    let found: Option<Article> = article::Entity::find().filter(article::Column::Slug.eq(slug)).one(&app.db).await?;
    found.filter(|one| one.state.is_public()).map(|one| Some(one.id)).ok_or_else(none)
}
