//! The desk's list of questions: what waits for the body, for the person's word, what it answered, or all of them.

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::{Iterable, PaginatorTrait, QueryFilter, QuerySelect};

use crate::base::{App, Role, Who, time};
use crate::cases::case::acts_for;
use crate::cases::case::moving::Ground;
use crate::questions::denunciation::reader;
use crate::questions::listing::{self, Ask, OVERDUE, View};
use crate::questions::question::{Question, State};
use crate::questions::setting::Setting;
use crate::questions::{export, view};
use crate::web::download::{CSV, Download};
use crate::web::paging::Paging;
use crate::web::unread::UNREAD_LETTERS;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Shell, address, cut};

const ROWS: u64 = 50;

/// A question as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub holder: String,
    pub channel: String,
    pub mark: &'static str,
    pub word: String,
    /// How much time is left; empty when the clock runs for nobody.
    pub clock: String,
    pub when: String,
    pub low: bool,
    pub demo: bool,
}

impl Row {
    /// The question as a row.
    #[must_use]
    pub fn of(l: Locale, question: &Question, ground: &Ground, waits: bool) -> Self {
        Self {
            href: Question::desk_path(question.id),
            title: question.title.clone(),
            holder: ground.agencies.get(&question.holder).map(|agency| agency.label()).unwrap_or_default(),
            channel: l.t(&question.channel.key()),
            mark: view::mark(question, ground),
            word: view::word_of(l, question, ground, waits),
            clock: view::clock(l, question, ground),
            when: match question.due_at {
                Some(due) => l.t1("case-due-by", "at", time::minute(due)),
                None => l.t1("question-asked-on", "day", time::day(time::local_date(question.asked_at))),
            },
            low: question.state.runs() && question.reopened > 0,
            demo: question.demo,
        }
    }
}

/// A link with a count.
pub struct Tab {
    pub href: String,
    pub label: String,
    pub current: bool,
}

#[derive(Template)]
#[template(path = "questions/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    ask: Ask,
    view: View,
    heading: String,
    tabs: Vec<Tab>,
    states: Vec<Tab>,
    rows: Vec<Row>,
    paging: Paging,
    may_key_in: bool,
    may_set: bool,
    is_cleared: bool,
    /// Something narrows the list down.
    narrowed: bool,
}

impl List {
    fn csv(&self) -> String {
        format!("/desk/questions/csv{}", self.query(&self.ask.state, &self.ask.q, ""))
    }

    /// The address of the page so many further on; empty when there is none.
    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        format!("/desk/questions{}", self.query(&self.ask.state, &self.ask.q, &to.to_string()))
    }

    /// As much of the state in the address as a notice repeats.
    fn unread(&self) -> String {
        cut(&self.ask.state, UNREAD_LETTERS)
    }

    fn query(&self, state: &str, q: &str, page: &str) -> String {
        address::query(&[("view", self.view.code()), ("state", state), ("q", q), ("page", page)])
    }
}

/// Who asks, and what they may see.
struct Asking {
    views: Vec<View>,
    view: View,
    /// How many of each view.
    counts: Vec<u64>,
}

impl Asking {
    async fn of(app: &App, who: &Who, ask: &Ask) -> Result<Self> {
        let setting = Setting::settled(app).await?.ok_or_else(|| Error::refused("question-nobody-answers"))?;
        let views = View::of(who, &setting);
        let mut counts = Vec::new();
        for view in &views {
            counts.push(listing::of(who, *view).count(&app.db).await?);
        }
        // What waits for the body comes first; where nothing does, what there is.
        let best = views.iter().zip(&counts).find(|(_, count)| **count > 0).map(|(view, _)| *view);
        let asked = View::from_code(&ask.view).filter(|view| views.contains(view));
        let view = asked.or(best).or(views.first().copied()).ok_or(Error::Forbidden)?;
        Ok(Self { views, view, counts })
    }
}

/// `GET /desk/questions`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<List>> {
    let l = shell.l;
    let ground = Ground::of(&app).await?;
    let Asking { views, view, counts } = Asking::of(&app, &who, &ask).await?;
    let wanted = listing::asked(&who, view, &ask, ground.now);
    let paging = Paging::new(ask.page, ROWS, wanted.clone().count(&app.db).await?);
    let questions = wanted.offset(paging.offset()).limit(ROWS).all(&app.db).await?;
    let waiting = listing::whose_answer_waits(&app.db, &questions).await?;
    let late = listing::of(&who, view).filter(listing::overdue(ground.now)).count(&app.db).await?;
    let tab = |(one, count): (&View, &u64)| Tab {
        href: format!("/desk/questions?view={}", one.code()),
        label: l.t1(&format!("questions-view-{}", one.code()), "count", count),
        current: *one == view,
    };
    let states = states(l, view, &ask, late, &listing::counts(&app.db, &who, view).await?);
    let count = counts.iter().zip(&views).find(|(_, one)| **one == view).map_or(0, |(count, _)| *count);
    Ok(Page(List {
        heading: heading(l, view, late, count),
        tabs: views.iter().zip(&counts).map(tab).collect(),
        states,
        rows: questions.iter().map(|question| Row::of(l, question, &ground, waiting.contains(&question.id))).collect(),
        paging,
        may_key_in: who.agency.is_some_and(|own| acts_for(&who, own)),
        may_set: who.is(Role::Coordinator),
        is_cleared: reader::is_cleared(&app, &who).await?,
        narrowed: !ask.state.is_empty() || !ask.q.trim().is_empty(),
        view,
        ask,
        l,
        shell,
    }))
}

/// The answer to "what waits?" in one line.
fn heading(l: Locale, view: View, late: u64, count: u64) -> String {
    match (view, late, count) {
        (View::With, 0, 0) => l.t("questions-heading-calm"),
        (View::With, 0, count) => l.t1("questions-heading-with", "count", count),
        (_, late, _) if late > 0 => l.t1("questions-heading-late", "count", late),
        (_, _, count) => l.t1("questions-heading", "count", count),
    }
}

/// The states that occur, each with how many; first all of them.
fn states(l: Locale, view: View, ask: &Ask, late: u64, counts: &[(State, i64)]) -> Vec<Tab> {
    let tab = |state: &str, label: String| Tab {
        href: format!("/desk/questions{}", address::query(&[("view", view.code()), ("state", state), ("q", &ask.q)])),
        current: ask.state == state,
        label,
    };
    let counted = |state: State| counts.iter().find(|(one, _)| *one == state).map(|(_, count)| *count).filter(|count| *count > 0);
    let mut tabs = vec![tab("", l.t("questions-state-any"))];
    if late > 0 || ask.state == OVERDUE {
        tabs.push(tab(OVERDUE, format!("{} ({late})", l.t("question-state-overdue"))));
    }
    for state in State::iter() {
        if let Some(count) = counted(state).or_else(|| (ask.state == state.code()).then_some(0)) {
            tabs.push(tab(&state.code(), format!("{} ({count})", l.t(&state.key()))));
        }
    }
    tabs
}

/// `GET /desk/questions/csv`: the same list, masked.
pub async fn csv(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Download> {
    let ground = Ground::of(&app).await?;
    let Asking { view, .. } = Asking::of(&app, &who, &ask).await?;
    let questions = listing::asked(&who, view, &ask, ground.now).limit(export::ROWS_MAX).all(&app.db).await?;
    let bytes = export::table(shell.l, &questions, &ground)?;
    Ok(Download { name: format!("hoi-dap-{}.csv", ground.today), media_type: CSV, bytes })
}
