//! The list of agencies, narrowed and sorted by what the address says.

use askama::Template;
use axum::extract::{Query, State};
use chrono::NaiveDate;
use sea_orm::{ActiveEnum, Iterable};
use uuid::Uuid;

use super::{Choice, PATH, is_keeper};
use crate::base::{App, time};
use crate::people::Agency;
use crate::people::agency::directory::{self, Filter, Line};
use crate::people::agency::{Confidence, Kind, Standing};
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell};

const PAGE_ROWS: u64 = 50;

/// One agency as a row of the table.
pub struct Row {
    pub id: Uuid,
    pub href: String,
    pub name: String,
    pub initials: String,
    /// The short name, or the other name by which the search found it.
    pub note: String,
    pub kind: String,
    pub code: String,
    pub since: String,
    pub email: String,
    pub phone: String,
    pub standing: &'static str,
    pub standing_words: String,
    pub is_doubtful: bool,
}

/// A filter that is on, and the address without it.
pub struct Chip {
    pub text: String,
    pub href: String,
}

#[derive(Template)]
#[template(path = "people/staff/agencies/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    filter: Filter,
    kinds: Vec<Choice>,
    states: Vec<Choice>,
    confidences: Vec<Choice>,
    chips: Vec<Chip>,
    rows: Vec<Row>,
    paging: Paging,
    may_change: bool,
    printed: String,
}

impl List {
    /// Where a column's head leads, and how the list is sorted by it now.
    fn order(&self, column: &str) -> &'static str {
        self.filter.sorting(column).0
    }

    fn sorted(&self, column: &str) -> String {
        format!("{PATH}{}", self.filter.sorting(column).1)
    }

    fn page(&self, number: &u64) -> String {
        format!("{PATH}{}", self.filter.with("page", &number.to_string()))
    }

    fn previous(&self) -> String {
        if self.paging.page > 1 { self.page(&(self.paging.page - 1)) } else { String::new() }
    }

    fn next(&self) -> String {
        if self.paging.page < self.paging.last() { self.page(&(self.paging.page + 1)) } else { String::new() }
    }

    /// The numbers shown: first, last, and those about the present one; 0 is a gap.
    fn numbers(&self) -> Vec<u64> {
        let (here, last) = (self.paging.page, self.paging.last());
        let mut numbers = Vec::new();
        for number in (1..=last).filter(|number| *number == 1 || *number == last || number.abs_diff(here) <= 2) {
            if numbers.last().is_some_and(|before| *before + 1 < number) {
                numbers.push(0);
            }
            numbers.push(number);
        }
        numbers
    }

    /// The list as a file: the same filter.
    fn export(&self, format: &str) -> String {
        format!("{PATH}/export/{format}{}", self.filter.with("page", ""))
    }

    fn clear(&self) -> &'static str {
        if self.filter.narrows() { PATH } else { "" }
    }
}

/// `GET /desk/agencies`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Query(filter): Query<Filter>) -> Result<Page<List>> {
    let day = time::local_date(app.clock.now());
    let lines = directory::find(&app.db, &filter, day).await?;
    let l = shell.l;
    let paging = Paging::new(filter.page.parse().ok(), PAGE_ROWS, lines.len() as u64);
    let shown = lines.into_iter().skip(paging.offset() as usize).take(PAGE_ROWS as usize);
    let (kinds, states, confidences) = (kinds(l, &filter.kind), states(l, &filter.state), confidences(l, &filter.confidence));
    Ok(Page(List {
        chips: chips(
            &filter,
            [("kind", &kinds), ("state", &states), ("confidence", &confidences), ("gap", &gaps(l, &filter.gap))],
        ),
        rows: shown.map(|line| row(l, line, day)).collect(),
        may_change: is_keeper(&who),
        printed: time::minute(app.clock.now()),
        l,
        shell,
        filter,
        kinds,
        states,
        confidences,
        paging,
    }))
}

fn row(l: Locale, line: Line, day: NaiveDate) -> Row {
    let standing = line.standing(day);
    Row {
        id: line.id,
        href: Agency::desk_path(line.id),
        initials: line.initials(),
        note: match &line.found_by {
            Some(name) => l.t1("agencies-found-by", "name", name),
            None if line.short_name == line.name => String::new(),
            None => line.short_name.clone(),
        },
        kind: l.t(&line.kind.key()),
        since: time::day(line.open_from),
        email: line.email.unwrap_or_default(),
        phone: line.phone.unwrap_or_default(),
        standing: standing.code(),
        standing_words: match line.closed_on.filter(|_| standing == Standing::Closed) {
            Some(last) => l.t1("agency-closed-after", "day", time::day(last)),
            None => l.t(&standing.key()),
        },
        is_doubtful: line.confidence != Confidence::High,
        name: line.name,
        code: line.code,
    }
}

fn choices(l: Locale, chosen: &str, of: impl Iterator<Item = (String, String)>) -> Vec<Choice> {
    of.map(|(value, key)| super::choice(l, value, &key, chosen)).collect()
}

fn kinds(l: Locale, chosen: &str) -> Vec<Choice> {
    let wide = [("", "agency-kind-any"), ("provincial", "agency-kind-provincial"), ("local", "agency-kind-local")];
    let wide = wide.into_iter().map(|(value, key)| (value.to_owned(), key.to_owned()));
    choices(l, chosen, wide.chain(Kind::iter().map(|kind| (kind.to_value(), kind.key()))))
}

fn states(l: Locale, chosen: &str) -> Vec<Choice> {
    let states = [
        ("", "agency-standing-open"),
        ("not-yet", "agency-standing-not-yet"),
        ("closed", "agency-standing-closed"),
        ("all", "agency-standing-all"),
    ];
    // "open" may stand in an address; it is what nothing means too.
    let chosen = if chosen == "open" { "" } else { chosen };
    choices(l, chosen, states.into_iter().map(|(value, key)| (value.to_owned(), key.to_owned())))
}

fn confidences(l: Locale, chosen: &str) -> Vec<Choice> {
    let wide = [("", "agency-confidence-any"), ("doubtful", "agency-confidence-doubtful")];
    let wide = wide.into_iter().map(|(value, key)| (value.to_owned(), key.to_owned()));
    choices(l, chosen, wide.chain(Confidence::iter().map(|one| (one.to_value(), one.key()))))
}

/// What agencies may lack: reached from the first page of the desk.
fn gaps(l: Locale, chosen: &str) -> Vec<Choice> {
    let gaps = [("contact", "agencies-gap-contact"), ("people", "agencies-gap-people")];
    choices(l, chosen, gaps.into_iter().map(|(value, key)| (value.to_owned(), key.to_owned())))
}

/// What narrows the list, each to be taken off.
fn chips(filter: &Filter, lists: [(&str, &Vec<Choice>); 4]) -> Vec<Chip> {
    let without = |field: &str| format!("{PATH}{}", filter.with(field, ""));
    let chosen = lists.into_iter().filter_map(|(field, choices)| {
        let choice = choices.iter().find(|choice| choice.chosen && !choice.value.is_empty())?;
        Some(Chip { text: choice.label.clone(), href: without(field) })
    });
    let mut chips: Vec<Chip> = chosen.collect();
    let words = filter.q.trim();
    if !words.is_empty() {
        chips.insert(0, Chip { text: format!("“{}”", words.chars().take(60).collect::<String>()), href: without("q") });
    }
    chips
}
