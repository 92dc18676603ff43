//! The ledger, newest first, and whether it fits its seals.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use uuid::Uuid;

use super::Reader;
use crate::base::seal::checking::{self, Known};
use crate::base::{App, Role, Who, time};
use crate::people::agency::brief::Brief;
use crate::people::ledger::group::Group;
use crate::people::ledger::reading::{Entry, Sheet};
use crate::people::ledger::{Asked, Filter};
use crate::people::staff::people::Choice;
use crate::people::staff::people::list::Chip;
use crate::people::telling::Agencies;
use crate::web::{Locale, Page, Result, Said, Shell};

pub const PATH: &str = "/desk/ledger";
const SIZE: u64 = 50;

#[derive(Template)]
#[template(path = "people/staff/ledger/show.html")]
pub struct Show {
    l: Locale,
    shell: Shell,
    filter: Filter,
    asked: Asked,
    sheet: Sheet,
    known: Known,
    groups: Vec<Choice>,
    agencies: Vec<Choice>,
    chips: Vec<Chip>,
    /// What agencies are called.
    names: HashMap<Uuid, String>,
    who: Who,
    /// Opens the pages of people.
    is_administrator: bool,
    now: String,
}

impl Show {
    fn here(&self) -> &'static str {
        PATH
    }

    fn clear(&self) -> &'static str {
        if self.filter.narrows() { PATH } else { "" }
    }

    fn minute(&self, at: &chrono::DateTime<chrono::Utc>) -> String {
        time::minute(*at)
    }

    fn machine(&self, at: &chrono::DateTime<chrono::Utc>) -> String {
        time::machine(*at)
    }

    /// The thing an entry is about: its words and its page.
    fn about(&self, entry: &Entry) -> Option<(String, String)> {
        let group = Group::of_kind(&entry.fact.kind)?;
        let about = entry.fact.about;
        if let Some(page) = group.page_of(&self.who, about).filter(|_| self.is_one_thing(entry)) {
            let words = self.names.get(&about).cloned().unwrap_or_else(|| self.l.t(&group.open_key()));
            return Some((words, page));
        }
        if !group.is_about_a_person() || entry.whose.is_empty() {
            return None;
        }
        let page = if self.is_administrator { format!("/desk/people/{about}") } else { self.all_about(entry) };
        Some((entry.whose.clone(), page))
    }

    /// An import is about many agencies, and its id is that of the file; a draft of an agency is nobody else's, and what was
    /// removed is not there.
    fn is_one_thing(&self, entry: &Entry) -> bool {
        const NO_PAGE: [&str; 6] = [
            "AgenciesImported",
            "BoundariesImported",
            "AgencyPlanDrafted",
            "AgencyPlanEdited",
            "AgencyPlanRemoved",
            "WebhookRemoved",
        ];
        !NO_PAGE.contains(&entry.fact.kind.as_str())
    }

    fn all_about(&self, entry: &Entry) -> String {
        format!("{PATH}?about={}", entry.fact.about)
    }

    fn next(&self) -> String {
        self.sheet.next.map(|place| format!("{PATH}{}", self.filter.with("before", &place.to_string()))).unwrap_or_default()
    }

    /// The newest page; empty when this is it.
    fn newest(&self) -> String {
        if self.filter.before.is_empty() { String::new() } else { format!("{PATH}{}", self.filter.query()) }
    }

    /// What the last whole look found, unless there was nothing to look at: facts, seals, when.
    fn sealed(&self) -> Option<(u64, u64, String)> {
        let (verdict, at) = self.known.last.as_ref().filter(|(verdict, _)| verdict.seals > 0)?;
        Some((verdict.facts, verdict.seals, time::minute(*at)))
    }

    fn broken(&self) -> String {
        self.known.broken().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }
}

/// `GET /desk/ledger`
pub async fn show(who: Reader, shell: Shell, State(app): State<App>, Query(filter): Query<Filter>) -> Result<Page<Show>> {
    let l = shell.l;
    let agencies = Brief::all(&app.db).await?;
    let asked = filter.understood(&app.db, &agencies).await?;
    let sheet = asked.sheet(&app.db, l, &agencies, SIZE).await?;
    let groups = Group::ALL.into_iter().map(|group| Choice {
        value: group.code().into(),
        label: l.t(&group.key()),
        chosen: group.code() == filter.group,
    });
    let groups: Vec<Choice> = groups.collect();
    let names = agencies.values().map(|agency| (agency.id, agency.short_name.clone())).collect();
    let agencies = agency_choices(&agencies, &filter.agency);
    Ok(Page(Show {
        chips: chips(l, &filter, &groups, &agencies),
        known: checking::known(&app.db).await?,
        is_administrator: who.is(Role::SystemAdministrator),
        who: who.0,
        now: time::minute(app.clock.now()),
        l,
        shell,
        filter,
        asked,
        sheet,
        groups,
        agencies,
        names,
    }))
}

fn agency_choices(agencies: &Agencies, chosen: &str) -> Vec<Choice> {
    let mut all: Vec<&Brief> = agencies.values().collect();
    all.sort_by(|one, other| vietnamese::order::compare_natural(&one.name, &other.name));
    let choice =
        |agency: &Brief| Choice { value: agency.slug.clone(), label: agency.name.clone(), chosen: agency.slug == chosen };
    all.into_iter().map(choice).collect()
}

fn chips(l: Locale, filter: &Filter, groups: &[Choice], agencies: &[Choice]) -> Vec<Chip> {
    let chosen = |choices: &[Choice]| choices.iter().find(|choice| choice.chosen).map(|choice| choice.label.clone());
    let text = |value: &str| Some(value.trim().to_owned()).filter(|value| !value.is_empty());
    let found = [
        ("group", chosen(groups)),
        ("person", text(&filter.person)),
        ("agency", chosen(agencies)),
        ("from", text(&filter.from).map(|day| l.t1("ledger-from-day", "day", day))),
        ("to", text(&filter.to).map(|day| l.t1("ledger-to-day", "day", day))),
        ("q", text(&filter.q).map(|words| format!("“{words}”"))),
        ("about", text(&filter.about).map(|_| l.t("ledger-one-thing"))),
    ];
    let chip =
        |(field, text): (&str, Option<String>)| Some(Chip { text: text?, href: format!("{PATH}{}", filter.with(field, "")) });
    found.into_iter().filter_map(chip).collect()
}

/// `POST /desk/ledger/check`: looks at the seals now, as far as one go reaches; the chore does the rest.
pub async fn check(_who: Reader, State(app): State<App>) -> Result<Said> {
    let known = checking::check(&app, checking::FACTS_A_TURN).await?;
    Ok(Said::to(PATH, if known.broken().is_empty() { "ledger-checked" } else { "ledger-checked-broken" }))
}
