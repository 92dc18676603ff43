//! The list of agencies: searched without accents, filtered, sorted. A province has a few hundred bodies, so the
//! list is read whole (without boundaries) and narrowed here, the way Vietnamese is written.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QuerySelect};
use serde::Deserialize;

use super::asked::{Asked, Fit};
use super::name::{self, NameKind};
use super::{Confidence, Kind, Standing, standing};
use crate::people::person;
use crate::web::address;

/// An agency as a line of a list.
#[derive(Clone, Debug, PartialEq, FromQueryResult)]
pub struct Line {
    pub id: Uuid,
    pub slug: String,
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub kind: Kind,
    pub parent: Option<Uuid>,
    pub open_from: NaiveDate,
    pub closed_on: Option<NaiveDate>,
    pub confidence: Confidence,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub area_km2: Option<f64>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub version: i32,
    /// The other name by which a search found it.
    #[sea_orm(skip)]
    pub found_by: Option<String>,
    /// How well it answers what was asked; None when nothing was.
    #[sea_orm(skip)]
    pub fit: Option<Fit>,
}

impl Line {
    /// Where it stands in time.
    #[must_use]
    pub fn standing(&self, day: NaiveDate) -> Standing {
        standing(self.open_from, self.closed_on, day)
    }

    /// Where the public reads about it.
    #[must_use]
    pub fn public_path(&self) -> String {
        format!("/co-quan/{}", self.slug)
    }

    /// One to three letters that stand for it: `KHCN`, `TP1`.
    #[must_use]
    pub fn initials(&self) -> String {
        initials(self.kind, &self.code, &self.short_name)
    }
}

/// One to three letters that stand for an agency on a small mark or tile.
#[must_use]
pub fn initials(kind: Kind, code: &str, short_name: &str) -> String {
    if kind.is_local() {
        let words = short_name.split_whitespace().skip(1);
        return words.filter_map(|word| word.chars().next()).take(3).collect::<String>().to_uppercase();
    }
    let code: String = code.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let stem = code.strip_prefix('S').filter(|_| kind == Kind::Department).unwrap_or(&code);
    stem.chars().take(3).collect()
}

/// What of the list is asked for; every field is a text of the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Filter {
    pub q: String,
    /// A kind's value, or `local` for communes and wards together.
    pub kind: String,
    /// `open` unless said; `not-yet`, `closed`, `all`.
    pub state: String,
    pub confidence: String,
    /// What it lacks: `contact` (neither telephone nor e-mail), `people` (nobody has an account).
    pub gap: String,
    /// `name` unless said; `code`, `kind`, `since`; with `-` in front downwards.
    pub sort: String,
    pub page: String,
}

impl Filter {
    /// The same list with one field changed, as an address; the page is left out unless it is that field.
    #[must_use]
    pub fn with(&self, field: &str, value: &str) -> String {
        let keep = |name: &'static str, own: &str| if name == field { value.to_owned() } else { own.to_owned() };
        let pairs = [
            ("q", keep("q", &self.q)),
            ("kind", keep("kind", &self.kind)),
            ("state", keep("state", &self.state)),
            ("confidence", keep("confidence", &self.confidence)),
            ("gap", keep("gap", &self.gap)),
            ("sort", keep("sort", &self.sort)),
            ("page", if field == "page" { value.to_owned() } else { String::new() }),
        ];
        address::query(&pairs.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    /// The sorting of a column: its present order (`ascending`, `descending`, or nothing) and what a press asks for.
    #[must_use]
    pub fn sorting(&self, column: &str) -> (&'static str, String) {
        let (asked, down) = self.order();
        let order = match (asked == column, down) {
            (false, _) => "",
            (true, false) => "ascending",
            (true, true) => "descending",
        };
        let next = if order == "ascending" { format!("-{column}") } else { column.to_owned() };
        (order, self.with("sort", &next))
    }

    /// Whether anything narrows the list.
    #[must_use]
    pub fn narrows(&self) -> bool {
        [&self.q, &self.kind, &self.state, &self.confidence, &self.gap].iter().any(|field| !field.trim().is_empty())
    }

    fn order(&self) -> (&str, bool) {
        let column = self.sort.trim_start_matches('-');
        (if column.is_empty() { "name" } else { column }, self.sort.starts_with('-'))
    }

    fn admits(&self, line: &Line, day: NaiveDate) -> bool {
        let kind = match self.kind.as_str() {
            "" => true,
            "local" => line.kind.is_local(),
            "provincial" => !line.kind.is_local(),
            kind => line.kind.to_value() == kind,
        };
        let state = match self.state.as_str() {
            "" => line.standing(day) == Standing::Open,
            "all" => true,
            state => line.standing(day).code() == state,
        };
        let confidence = match self.confidence.as_str() {
            "" => true,
            "doubtful" => line.confidence != Confidence::High,
            confidence => line.confidence.to_value() == confidence,
        };
        kind && state && confidence
    }
}

/// All agencies without what lists do not show.
///
/// # Errors
/// The database failed.
pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Line>, DbErr> {
    use super::Column as C;
    let columns = [
        C::Id,
        C::Slug,
        C::Code,
        C::Name,
        C::ShortName,
        C::Kind,
        C::Parent,
        C::OpenFrom,
        C::ClosedOn,
        C::Confidence,
        C::Latitude,
        C::Longitude,
        C::AreaKm2,
        C::Email,
        C::Phone,
        C::Version,
    ];
    super::Entity::find().select_only().columns(columns).into_model::<Line>().all(on).await
}

/// The lines asked for, in order. One statement, one more when words are searched, and one when those without people are.
///
/// # Errors
/// The database failed.
pub async fn find(on: &impl ConnectionTrait, filter: &Filter, day: NaiveDate) -> Result<Vec<Line>, DbErr> {
    let mut lines = all(on).await?;
    lines.retain(|line| filter.admits(line, day));
    match filter.gap.as_str() {
        "contact" => lines.retain(|line| line.email.is_none() && line.phone.is_none()),
        "people" => {
            let staffed = person::agencies_staffed(on).await?;
            lines.retain(|line| !staffed.contains(&line.id));
        }
        _ => {}
    }
    let asked = Asked::of(&filter.q);
    if !asked.is_empty() {
        let names = name::Entity::find().filter(name::Column::Kind.ne(NameKind::Official)).all(on).await?;
        search(&mut lines, &asked, &names);
    }
    sort(&mut lines, filter);
    if filter.sort.is_empty() {
        // Who chose an order gets it; otherwise what answers best stands first.
        lines.sort_by_key(|line| (line.fit, line.found_by.is_some()));
    }
    Ok(lines)
}

/// Keeps the lines that have every word asked for in one of their names or their code.
fn search(lines: &mut Vec<Line>, asked: &Asked, names: &[name::Model]) {
    lines.retain_mut(|line| {
        line.fit = asked.fit(&format!("{} {} {}", line.name, line.short_name, line.code));
        if line.fit.is_none() {
            let others = names.iter().filter(|name| name.agency == line.id);
            let best = others.filter_map(|name| Some((asked.fit(&name.name)?, &name.name))).min_by_key(|(fit, _)| *fit);
            line.found_by = best.map(|(_, name)| name.clone());
            line.fit = best.map(|(fit, _)| fit);
        }
        line.fit.is_some()
    });
}

fn sort(lines: &mut [Line], filter: &Filter) {
    let (column, down) = filter.order();
    // Bodies by their whole name, communes by the name of the place.
    lines.sort_by_cached_key(|line| {
        let own = if line.kind.is_local() { line.short_name.split_once(' ').map_or("", |(_, place)| place) } else { &line.name };
        let name = vietnamese::order::natural_sort_key(own);
        match column {
            "code" => (line.code.clone(), line.kind, name),
            "since" => (line.open_from.to_string(), line.kind, name),
            "kind" => (String::new(), line.kind, name),
            _ => (String::new(), if line.kind.is_local() { Kind::Ward } else { Kind::ProvincialCommittee }, name),
        }
    });
    if down {
        lines.reverse();
    }
}
