//! `/desk/assistant`: what it could not answer, as work for editors; how the last run went; the ways on.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use serde::Deserialize;
use uuid::Uuid;

use crate::assistant::gap::{self, EDITORS, Gap};
use crate::assistant::origin;
use crate::assistant::run::Run;
use crate::base::{App, time};
use crate::registers::rights;
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell, address};

const ROWS: u64 = 30;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    page: Option<u64>,
}

/// A question that was not answered.
pub struct Row {
    pub id: Uuid,
    pub question: String,
    pub cause: String,
    pub count: i32,
    pub last: String,
    /// Where an answer to it is written.
    pub write: String,
}

#[derive(Template)]
#[template(path = "assistant/staff/overview.html")]
pub struct Overview {
    l: Locale,
    shell: Shell,
    /// Who keeps the list of portals alone does not read what people asked.
    may_see: bool,
    rows: Vec<Row>,
    paging: Paging,
    may_settle: bool,
    may_write: bool,
    may_keep: bool,
    /// In words; empty before the first.
    last_run: String,
    model: String,
}

impl Overview {
    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|to| format!("/desk/assistant?page={to}")).unwrap_or_default()
    }
}

/// `GET /desk/assistant`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Overview>> {
    if !gap::may_open(&who) {
        return Err(Error::Forbidden);
    }
    let (l, may_see) = (shell.l, gap::may_see(&who));
    let paging = Paging::new(ask.page, ROWS, if may_see { Gap::open_count(&app.db).await? } else { 0 });
    let gaps = if may_see { Gap::open(&app.db, (paging.offset(), ROWS)).await? } else { Vec::new() };
    let row = |one: &Gap| Row {
        id: one.id,
        question: one.shown(),
        cause: l.t(&format!("assistant-cause-{}", one.cause)),
        count: one.count,
        last: time::day(time::local_date(one.last_at)),
        write: format!("/desk/assistant/answers/new{}", address::query(&[("title", &one.shown())])),
    };
    let last_run = match Run::latest(&app.db, 1).await?.first() {
        Some(run) => {
            let right = Run::percent(run.answered_right, run.answerable).unwrap_or_else(|| "–".into());
            l.t2("assistant-last-run", "at", time::minute(run.at), "right", right)
        }
        None => String::new(),
    };
    Ok(Page(Overview {
        may_see,
        rows: gaps.iter().map(row).collect(),
        paging,
        may_settle: who.is_any(EDITORS),
        may_write: who.agency.is_some_and(|own| rights::writes(&who, own)),
        may_keep: origin::may_keep(&who),
        last_run,
        model: app.config.assistant.model.as_ref().map(|model| model.model.clone()).unwrap_or_default(),
        l,
        shell,
    }))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    why: String,
}

/// `POST /desk/assistant/gaps/{id}/settlement`
pub async fn settle(who: Signed, Shared(app): Shared<App>, Path(id): Path<Uuid>, Form(pressed): Form<Pressed>) -> Result<Said> {
    Gap::settle(&app, &who, id, &pressed.why).await?;
    Ok(Said::to("/desk/assistant", "assistant-gap-was-settled"))
}
