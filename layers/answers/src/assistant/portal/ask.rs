//! `/hoi-dap`: a question and what is said to it. Without script each question is a page; with script the conversation is kept on the
//! visitor's own device and nothing but the questions travels.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use sea_orm::{QueryOrder, QuerySelect};
use serde::Deserialize;

use crate::assistant::asking::{self, Asked};
use crate::assistant::rejoinder::{self, Rejoinder};
use crate::assistant::said::{Cited, How, Line, Said};
use crate::assistant::{gap, gate, model};
use crate::base::App;
use crate::people::session::Origin;
use crate::questions::question::{Column, valid};
use crate::web::{Locale, Markup, Mistakes, Page, Result, Shell};

/// Answered questions below the conversation.
const ANSWERED: u64 = 5;

/// What a form sends, or an address says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    pub q: String,
    /// The question before, as it was searched.
    pub truoc: String,
    /// The body on whose portal it is asked, by its slug.
    pub co_quan: String,
}

/// What was said, as a page shows it.
pub struct Shown {
    pub question: String,
    pub said: Said,
}

impl Shown {
    /// The sources of a line with their numbers.
    #[must_use]
    pub fn of<'a>(&'a self, line: &'a Line) -> Vec<(usize, &'a Cited)> {
        line.sources.iter().filter_map(|number| Some((*number, self.said.sources.get(number.checked_sub(1)?)?))).collect()
    }

    /// Whether a person may get the question as it stands.
    #[must_use]
    pub const fn can_be_handed_over(&self) -> bool {
        match self.said.how {
            How::Rejoined(rejoinder) => rejoinder.can_be_handed_over(),
            _ => true,
        }
    }

    /// It accuses somebody.
    #[must_use]
    pub fn is_for_the_protected(&self) -> bool {
        self.said.how == How::Rejoined(Rejoinder::Denunciation)
    }

    /// Whether pages are shown beside it: those that may help where nothing answers, and where the rest of an exact answer stands.
    #[must_use]
    pub fn shows_near(&self) -> bool {
        !self.said.near.is_empty() && (!self.said.is_answered() || self.said.how == How::Exact)
    }

    /// Whether the sources are shown as an answer's, or as what may have to do with it.
    #[must_use]
    pub const fn is_answered(&self) -> bool {
        self.said.is_answered()
    }
}

/// Asks, with everything that goes with it: the limit, the count of what was not answered, the model.
///
/// # Errors
/// Too many; or the index or the database failed.
pub async fn said(app: &App, l: Locale, origin: &Origin, sent: &Sent) -> Result<Shown> {
    gate::pass(app, &origin.address)?;
    let before: Vec<String> = Some(sent.truoc.clone()).filter(|one| !one.trim().is_empty()).into_iter().collect();
    let said = asking::answer(app, l, &Asked { question: sent.q.clone(), before }).await?;
    gap::count(app, &said).await;
    let said =
        if gate::may_write(app, &origin.address) { model::written(app, said, &l.t("assistant-written")).await } else { said };
    Ok(Shown { question: sent.q.chars().take(rejoinder::LETTERS_MAX).collect(), said })
}

/// The conversation itself, on whichever page it stands.
#[derive(Template)]
#[template(path = "assistant/portal/conversation.html")]
pub struct Conversation {
    pub l: Locale,
    pub shell: Shell,
    pub shown: Option<Shown>,
    pub errors: Mistakes,
    pub email: String,
    /// Whether it stands in a frame of another portal.
    pub is_framed: bool,
    /// The body whose portal that is, by its slug.
    pub agency: String,
}

impl Conversation {
    /// With what was asked, if anything was, on the portal of that body.
    #[must_use]
    pub fn new(shell: Shell, shown: Option<Shown>, agency: String) -> Self {
        Self { l: shell.l, shell, shown, errors: Mistakes::default(), email: String::new(), is_framed: false, agency }
    }

    fn letters_max(&self) -> usize {
        rejoinder::LETTERS_MAX
    }

    /// Where the form goes.
    fn action(&self) -> &'static str {
        if self.is_framed { "/nhung/tro-ly" } else { "/hoi-dap" }
    }

    fn kind(&self, kind: &str) -> String {
        self.l.t(&format!("search-kind-{kind}"))
    }

    /// What the next question goes on from.
    fn before(&self) -> String {
        self.shown.as_ref().filter(|shown| shown.is_answered()).map(|shown| shown.said.asked.clone()).unwrap_or_default()
    }

    /// As markup.
    ///
    /// # Errors
    /// The template failed.
    pub fn drawn(&self) -> Result<Markup> {
        Ok(Markup(self.render()?))
    }
}

#[derive(Template)]
#[template(path = "assistant/portal/ask.html")]
pub struct Ask {
    l: Locale,
    shell: Shell,
    conversation: Markup,
    /// Address and title of questions that were answered lately.
    answered: Vec<(String, String)>,
    canonical: String,
}

/// The page around a conversation: one statement.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, conversation: &Conversation) -> Result<Ask> {
    let latest = valid().order_by_desc(Column::AnsweredAt).order_by_desc(Column::Id).limit(ANSWERED);
    let latest = latest.all(&app.db).await?;
    Ok(Ask {
        l: conversation.l,
        shell: conversation.shell.clone(),
        conversation: conversation.drawn()?,
        answered: latest.iter().map(|one| (one.public_path(), one.title.clone())).collect(),
        canonical: format!("{}/hoi-dap", app.config.public_url()),
    })
}

/// `GET /hoi-dap`; with `?q=` the answer too, so that a question can be a link.
pub async fn show(shell: Shell, Shared(app): Shared<App>, origin: Origin, Query(sent): Query<Sent>) -> Result<Page<Ask>> {
    let shown = if sent.q.is_empty() { None } else { Some(said(&app, shell.l, &origin, &sent).await?) };
    Ok(Page(page(&app, &Conversation::new(shell, shown, sent.co_quan)).await?))
}

/// `POST /hoi-dap`: what is asked stands in no address.
pub async fn ask(shell: Shell, Shared(app): Shared<App>, origin: Origin, Form(sent): Form<Sent>) -> Result<Page<Ask>> {
    let shown = said(&app, shell.l, &origin, &sent).await?;
    Ok(Page(page(&app, &Conversation::new(shell, Some(shown), sent.co_quan)).await?))
}
