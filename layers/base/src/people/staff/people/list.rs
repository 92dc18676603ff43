//! The list of people.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Query, State};
use uuid::Uuid;

use super::{Administrator, Choice};
use crate::base::{App, Role};
use crate::people::agency::brief::Brief;
use crate::people::person::directory::{self, Filter, Line};
use crate::people::person::keeping::Keeper;
use crate::people::person::standing::Standing;
use crate::people::telling::Agencies;
use crate::web::paging::Paging;
use crate::web::{Locale, Page, Result, Shell};

pub const PATH: &str = "/desk/people";
const SIZE: u64 = 50;

/// A chosen filter and the address without it.
pub struct Chip {
    pub text: String,
    pub href: String,
}

#[derive(Template)]
#[template(path = "people/staff/people/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    lines: Vec<Line>,
    agencies: Agencies,
    filter: Filter,
    paging: Paging,
    agency_choices: Vec<Choice>,
    role_choices: Vec<Choice>,
    state_choices: Vec<Choice>,
    chips: Vec<Chip>,
    /// Nobody at all, however the list is filtered.
    nobody: bool,
}

impl List {
    fn here(&self) -> &'static str {
        PATH
    }

    fn clear(&self) -> &'static str {
        if self.filter.narrows() { PATH } else { "" }
    }

    fn agency(&self, line: &Line) -> String {
        line.agency.and_then(|id| self.agencies.get(&id)).map(|agency| agency.short_name.clone()).unwrap_or_default()
    }

    /// The page so many pages on; empty when there is none.
    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|page| self.page(&page)).unwrap_or_default()
    }

    fn page(&self, page: &u64) -> String {
        format!("{PATH}{}", self.filter.with("page", &page.to_string()))
    }

    /// The first, the last, and those around the present one; 0 is a gap.
    fn pages(&self) -> Vec<u64> {
        let (here, last) = (self.paging.page, self.paging.last());
        let mut pages = Vec::new();
        for page in (1..=last).filter(|page| *page == 1 || *page == last || page.abs_diff(here) <= 1) {
            if pages.last().is_some_and(|before| page.abs_diff(*before) > 1) {
                pages.push(0);
            }
            pages.push(page);
        }
        pages
    }
}

/// `GET /desk/people`
pub async fn show(who: Administrator, shell: Shell, State(app): State<App>, Query(filter): Query<Filter>) -> Result<Page<List>> {
    let (keeper, l) = (Keeper::of(&who), shell.l);
    let agencies = Brief::all(&app.db).await?;
    let all = directory::find(&app.db, &keeper, &filter, &agencies).await?;
    let paging = Paging::new(filter.page.parse().ok(), SIZE, all.len() as u64);
    let nobody = all.is_empty() && !filter.narrows();
    let start = usize::try_from(paging.offset()).unwrap_or_default();
    let agency_choices = agencies_of(&keeper, &agencies, &filter.agency);
    let role_choices = role_choices(l, &filter.role);
    let state_choices = state_choices(l, &filter.state);
    let chips = chips(&filter, &agency_choices, &role_choices, &state_choices);
    let lines = all.into_iter().skip(start).take(SIZE as usize).collect();
    Ok(Page(List { l, shell, lines, agencies, filter, paging, agency_choices, role_choices, state_choices, chips, nobody }))
}

/// The agencies to filter by; none where there is only one.
fn agencies_of(keeper: &Keeper, agencies: &Agencies, chosen: &str) -> Vec<Choice> {
    if keeper.agencies().is_some_and(|own| own.iter().collect::<BTreeSet<&Uuid>>().len() < 2) {
        return Vec::new();
    }
    let mut kept: Vec<&Brief> = agencies.values().filter(|agency| keeper.keeps_people_of(Some(agency.id))).collect();
    kept.sort_by(|one, other| vietnamese::order::compare_natural(&one.name, &other.name));
    let choice =
        |agency: &Brief| Choice { value: agency.slug.clone(), label: agency.name.clone(), chosen: agency.slug == chosen };
    kept.into_iter().map(choice).collect()
}

fn role_choices(l: Locale, chosen: &str) -> Vec<Choice> {
    let choice = |role: Role| Choice { value: role.code().into(), label: l.t(&role.key()), chosen: role.code() == chosen };
    Role::ALL.into_iter().map(choice).collect()
}

fn state_choices(l: Locale, chosen: &str) -> Vec<Choice> {
    let choice =
        |state: Standing| Choice { value: state.code().into(), label: l.t(&state.key()), chosen: state.code() == chosen };
    Standing::ALL.into_iter().map(choice).collect()
}

fn chips(filter: &Filter, agencies: &[Choice], roles: &[Choice], states: &[Choice]) -> Vec<Chip> {
    let mut chips = Vec::new();
    if !filter.q.trim().is_empty() {
        chips.push(Chip { text: format!("“{}”", filter.q.trim()), href: format!("{PATH}{}", filter.with("q", "")) });
    }
    for (field, choices) in [("agency", agencies), ("role", roles), ("state", states)] {
        if let Some(chosen) = choices.iter().find(|choice| choice.chosen) {
            chips.push(Chip { text: chosen.label.clone(), href: format!("{PATH}{}", filter.with(field, "")) });
        }
    }
    chips
}
