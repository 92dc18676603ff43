//! The list behind a figure of the board, and the same counts as a table to take away.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::Uri;
use chrono::{Datelike, NaiveDate};
use sea_orm::Iterable;
use sea_orm::entity::prelude::*;
use serde::Deserialize;
use vietnamese::number::format_integer;

use super::board::{Ask, Choice, Counted, Overseer};
use super::bulk;
use super::mine::{Known, Row};
use crate::base::{App, Who, time};
use crate::duties::duty::Kind;
use crate::duties::progress::{self, Which};
use crate::duties::{Duty, listed, slot, standing, trend, view};
use crate::people::agency::brief::Brief;
use crate::people::{agency, person};
use crate::web::download::{CSV, Download, harmless};
use crate::web::paging::Paging;
use crate::web::unread::UNREAD_LETTERS;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Result, Shell, address, cut};

const ROWS: u64 = 50;
/// The most agencies in a list to choose from.
const AGENCIES_MAX: usize = 400;
/// As much of a duty as a heading holds.
const TITLE_LETTERS: usize = 160;

/// Which list: the board's own question and where on it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Where {
    plan: String,
    part: String,
    /// Periods that are due in this year, the present one when empty; [`progress::ALL_YEARS`] for all of them.
    year: String,
    which: String,
    /// Slug of an agency.
    agency: String,
    /// A kind of agency.
    body: String,
    period: String,
    kind: String,
    /// Id of a duty.
    duty: String,
    /// As it stood in the evening of that day (`2026-06-30`); as it stands now when empty.
    by: String,
    page: Option<u64>,
}

#[derive(Template)]
#[template(path = "duties/staff/slots.html")]
pub struct Slots {
    l: Locale,
    shell: Shell,
    ask: Where,
    heading: String,
    about: String,
    back: String,
    rows: Vec<Row>,
    paging: Paging,
    /// What of the address is not understood.
    unread: String,
    /// What the list can be narrowed by: name in the address, label, choices.
    narrowed: Vec<(&'static str, String, Vec<Choice>)>,
    /// Reminding and unlocking.
    may_act: bool,
    /// Where the list is, to come back to.
    here: String,
    /// The day that an unlock is offered for.
    until: String,
    /// What a refused unlock brought: the reason, what was picked, and what is wrong at which field.
    reason: String,
    picked: Vec<Uuid>,
    errors: Mistakes,
    /// Whom the slots of the one agency can be given to; empty when the list is about several.
    people: Vec<(Uuid, String)>,
}

impl Slots {
    /// The same list with what a refused unlock brought.
    #[must_use]
    pub fn refused(self, (reason, until): (&str, &str), picked: Vec<Uuid>, wrong: &[Obstacle]) -> Self {
        let errors = wrong.iter().map(|one| (if one.field.is_empty() { "until" } else { one.field }, one.text(self.l))).collect();
        Self { reason: reason.to_owned(), until: until.to_owned(), picked, errors, ..self }
    }

    fn is_picked(&self, id: &Uuid) -> bool {
        self.picked.contains(id)
    }

    /// The address of the page so many further on; empty when there is none.
    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        let page = to.to_string();
        let mut pairs = self.ask.pairs().to_vec();
        pairs.push(("page", &page));
        format!("/desk/progress/slots{}", address::query(&pairs))
    }

    /// What stays as it is when the list is narrowed.
    fn kept(&self) -> Vec<(&'static str, &str)> {
        let narrows = |name: &str| self.narrowed.iter().any(|(narrowed, ..)| *narrowed == name);
        self.ask.pairs().into_iter().filter(|(name, value)| !value.is_empty() && !narrows(name)).collect()
    }
}

impl Where {
    /// What the board understands of it, too.
    fn board(&self) -> Ask {
        let (plan, part, kind) = (self.plan.clone(), self.part.clone(), self.kind.clone());
        let year = if self.is_of_all_years() { String::new() } else { self.year.clone() };
        Ask { plan, part, year, kind, ..Ask::default() }
    }

    fn is_of_all_years(&self) -> bool {
        self.year == progress::ALL_YEARS
    }

    /// What of the address is not understood, as it stands there: it narrows nothing, which the page says.
    fn unread(&self) -> String {
        let body = self.body.is_empty() || self.body().is_some();
        let which = self.which.is_empty() || Which::from_code(&self.which).code() == self.which;
        let day = self.by.is_empty() || self.by.parse::<NaiveDate>().is_ok();
        let odd = [(which, &self.which), (day, &self.by), (body, &self.body)].into_iter().filter(|(is_read, _)| !is_read);
        let mut unread = self.board().unread();
        unread.extend(odd.map(|(_, value)| cut(value, UNREAD_LETTERS)));
        unread.join(", ")
    }

    fn body(&self) -> Option<agency::Kind> {
        agency::Kind::try_from_value(&self.body).ok()
    }

    /// The question as it stands in the address, without the page.
    fn pairs(&self) -> [(&'static str, &str); 10] {
        [
            ("plan", &self.plan),
            ("part", &self.part),
            ("year", &self.year),
            ("which", &self.which),
            ("agency", &self.agency),
            ("body", &self.body),
            ("period", &self.period),
            ("kind", &self.kind),
            ("duty", &self.duty),
            ("by", &self.by),
        ]
    }
}

/// State, agency and kind to choose from; agencies as long as a list of them can be read.
fn narrowed(l: Locale, asked: &Counted, ask: &Where, which: Which) -> Vec<(&'static str, String, Vec<Choice>)> {
    let choice = |value: &str, label: String, chosen: bool| Choice { value: value.into(), label, chosen };
    let all = || choice("", l.t("filter-all"), false);
    let states = Which::ALL.map(|one| choice(one.code(), l.t(&format!("progress-{}", one.code())), one == which));
    let kinds = [Kind::Work, Kind::Report].map(|kind| choice(&kind.to_value(), l.t(&kind.key()), asked.scope.kind == Some(kind)));
    let mut narrowed = vec![
        ("which", l.t("agency-state"), states.into()),
        ("kind", l.t("progress-kind"), std::iter::once(all()).chain(kinds).collect()),
    ];
    let bodies = agency::Kind::iter().filter(|kind| asked.agencies.values().any(|agency| agency.kind == *kind));
    let bodies = bodies.map(|kind| choice(&kind.to_value(), l.t(&kind.key()), asked.scope.body == Some(kind)));
    narrowed.push(("body", l.t("stocktake-head-kind"), std::iter::once(all()).chain(bodies).collect()));
    if asked.agencies.len() <= AGENCIES_MAX {
        let mut agencies: Vec<(&Uuid, &Brief)> = asked.agencies.iter().collect();
        agencies.sort_by_key(|(id, _)| asked.agencies.rank(**id));
        let agencies = agencies.into_iter().map(|(_, one)| choice(&one.slug, one.label(), one.slug == ask.agency));
        narrowed.insert(1, ("agency", l.t("filter-agency"), std::iter::once(all()).chain(agencies).collect()));
    }
    narrowed
}

/// `GET /desk/progress/slots`
pub async fn show(who: Overseer, shell: Shell, State(app): State<App>, Query(ask): Query<Where>) -> Result<Page<Slots>> {
    let here = shell.here.clone();
    Ok(Page(page(&app, &who, shell, ask, here).await?))
}

/// The list that stands at that address.
///
/// # Errors
/// Not found, or the database failed.
pub async fn at(app: &App, who: &Who, shell: Shell, here: String) -> Result<Slots> {
    let ask = here.parse::<Uri>().ok().and_then(|uri| Query::<Where>::try_from_uri(&uri).ok());
    page(app, who, shell, ask.map(|Query(ask)| ask).unwrap_or_default(), here).await
}

/// Whom the slots of one agency can be given to.
async fn people_of(app: &App, asked: &Counted, may_act: bool) -> Result<Vec<(Uuid, String)>> {
    let Some(agency) = asked.scope.agency.filter(|_| may_act) else { return Ok(Vec::new()) };
    let in_charge = asked.agencies.in_charge(agency, time::local_date(app.clock.now()));
    Ok(person::answering_for(&app.db, &in_charge).await?)
}

async fn page(app: &App, who: &Who, shell: Shell, ask: Where, here: String) -> Result<Slots> {
    let (mut asked, day) = (asked(app, &ask).await?, ask.by.parse::<NaiveDate>().ok());
    let agency = asked.agencies.values().find(|agency| agency.slug == ask.agency).cloned();
    if !ask.agency.is_empty() && agency.is_none() {
        return Err(Error::NotFound);
    }
    asked.scope.agency = agency.as_ref().map(|agency| agency.id);
    // The board that it goes back to is of one year always.
    let back = asked.address("/desk/progress", &[]);
    if ask.is_of_all_years() {
        (asked.scope.from, asked.scope.until) = progress::days(None, asked.scope.today);
    }
    let which = Which::from_code(&ask.which);
    let within = match day {
        Some(day) => trend::listing(&asked.scope, which, day),
        None => progress::listing(&asked.scope, which, &ask.period),
    };
    let key = format!("progress.list.{:?}.{which:?}.{}.{day:?}", asked.scope, ask.period);
    let (paging, slots) = listed::page(app, &key, listed::of(within), (ask.page, ROWS)).await?;
    let l = shell.l;
    let about = about(app, l, (&asked, &ask, day), agency.map(|agency| agency.name)).await?;
    let may_act = who.is_any(bulk::Steward::ROLES);
    let people = people_of(app, &asked, may_act).await?;
    Ok(Slots {
        heading: heading(l, which, paging.total),
        narrowed: narrowed(l, &asked, &ask, which),
        about,
        back,
        rows: rows(app, l, &slots).await?,
        unread: ask.unread(),
        may_act,
        people,
        until: bulk::offered_until(app),
        l,
        shell,
        ask,
        paging,
        here,
        reason: String::new(),
        picked: Vec::new(),
        errors: Mistakes::default(),
    })
}

/// What is asked for, in words: the duty, whose, when, of which plan.
async fn about(
    app: &App,
    l: Locale,
    (asked, ask, day): (&Counted, &Where, Option<NaiveDate>),
    agency: Option<String>,
) -> Result<String> {
    let duty = match asked.scope.duty {
        Some(id) => Some(cut(&Duty::find(&app.db, id).await?.title, TITLE_LETTERS)),
        None => None,
    };
    let about = [
        duty,
        agency,
        asked.scope.body.map(|kind| l.t(&kind.key())),
        (!ask.period.is_empty()).then(|| view::column(l, &ask.period)),
        asked.scope.kind.map(|kind| l.t(&kind.key())),
        day.map(|day| l.t1("progress-as-of", "day", time::day(day))),
        Some(year(l, ask, asked)),
        Some(asked.plan.title()),
    ];
    Ok(about.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// Of which year, in words.
fn year(l: Locale, ask: &Where, asked: &Counted) -> String {
    if ask.is_of_all_years() { l.t("progress-all-years") } else { l.t1("progress-due-in", "year", asked.scope.until.year()) }
}

fn heading(l: Locale, which: Which, total: u64) -> String {
    let what = l.t(&format!("progress-{}", which.code()));
    l.t2("progress-list", "what", what, "count", format_integer(total.cast_signed()))
}

/// What the address asks for, understood: the plan and the agencies, nothing counted.
async fn asked(app: &App, ask: &Where) -> Result<Counted> {
    let mut asked = Counted::asked(app, &ask.board()).await?;
    asked.scope.body = ask.body();
    asked.scope.duty = match ask.duty.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| Error::NotFound)?),
    };
    Ok(asked)
}

async fn rows(app: &App, l: Locale, slots: &[slot::Model]) -> Result<Vec<Row>> {
    let today = time::local_date(app.clock.now());
    let mut stories = standing::brief(&app.db, slots).await?;
    let known = Known::of(app, slots).await?;
    let row = |slot: &slot::Model| {
        let story = stories.remove(&slot.id).unwrap_or_default();
        known.row(l, slot, story.standing(slot, today), today)
    };
    Ok(slots.iter().map(row).collect())
}

/// `GET /desk/progress/csv`: the counts of the board, one line an agency and period.
pub async fn csv(_who: Overseer, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Download> {
    let counted = Counted::of(&app, &ask).await?;
    let bytes = table(shell.l, &counted)?;
    Ok(Download { name: format!("tien-do-{}.csv", counted.plan.slug), media_type: CSV, bytes })
}

/// The counts as CSV (RFC 4180) with a byte order mark, so that spreadsheets see UTF-8.
///
/// # Errors
/// Writing failed.
pub fn table(l: Locale, counted: &Counted) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let counts = [
        Which::Expected,
        Which::Submitted,
        Which::OnTime,
        Which::Late,
        Which::Excused,
        Which::Nothing,
        Which::Waiting,
        Which::Returned,
        Which::Accepted,
        Which::Overdue,
        Which::Open,
    ];
    let mut head = vec![l.t("agencies-head-name"), l.t("agencies-head-code"), l.t("slot-period"), l.t("slot-due")];
    head.extend(counts.iter().map(|which| l.t(&format!("progress-{}", which.code()))));
    writer.write_record(&head)?;
    for cell in &counted.cells {
        let agency = counted.agencies.get(&cell.agency);
        let mut line = vec![
            harmless(agency.map(|agency| agency.name.as_str()).unwrap_or_default()),
            harmless(agency.map(|agency| agency.code.as_str()).unwrap_or_default()),
            cell.period.clone(),
            cell.due_on.to_string(),
        ];
        line.extend(counts.iter().map(|which| which.of(&cell.tally()).to_string()));
        writer.write_record(&line)?;
    }
    Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?)
}
