//! One agency of a publication: each criterion with its points, why, and the way down to what is behind it.

use std::collections::HashSet;

use ::scoring::{Body as NodeBody, Given};
use askama::Template;
use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;

use super::show::found;
use crate::base::{App, time};
use crate::criteria::publication::{Beside, Body, Publication, Way};
use crate::criteria::set::CriteriaSet;
use crate::criteria::staff::lines::{points, shown};
use crate::criteria::staff::publication::{names, told};
use crate::criteria::staff::standing::extra_numbers;
use crate::criteria::staff::tree::rule_words;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

/// A group, a criterion, a bonus or a penalty as a line.
pub struct Line {
    pub number: String,
    pub name: String,
    pub rule: String,
    pub is_group: bool,
    pub most: String,
    pub points: String,
    pub own: String,
    pub given: String,
    /// How the agency explained what it said.
    pub explained: String,
    pub note: String,
    pub survey: String,
    pub ways: Vec<Way>,
    pub revised: bool,
}

#[derive(Template)]
#[template(path = "criteria/portal/agency.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    publication: Publication,
    title: String,
    year: i32,
    name: String,
    agency_href: String,
    rank: String,
    by: String,
    total: String,
    base: String,
    bonus: String,
    penalty: String,
    demo: bool,
    lines: Vec<Line>,
    revised: bool,
    canonical: String,
    printed: String,
}

impl Shown {
    fn publication_href(&self) -> String {
        self.publication.path()
    }
}

fn lines(l: Locale, body: &Body, agency: &str, beside: &Beside, revised: &HashSet<String>) -> Result<Vec<Line>> {
    let sheet = body.counted.round.sheet(agency).ok_or(Error::NotFound)?;
    let score = &body.counted.result(agency).ok_or(Error::NotFound)?.score;
    let set = body.counted.round.editions.get(&sheet.edition).ok_or(Error::NotFound)?;
    let stands = |words: String| if body.counted.round.leaves_out(sheet) { "–".to_owned() } else { words };
    let blank = |number: String, code: &str, name: &str| Line {
        number,
        name: name.to_owned(),
        rule: String::new(),
        is_group: false,
        most: String::new(),
        points: String::new(),
        own: String::new(),
        given: String::new(),
        explained: beside.explained.get(code).cloned().unwrap_or_default(),
        note: beside.notes.get(code).cloned().unwrap_or_default(),
        survey: beside.surveys.get(code).map(|one| surveyed(l, one.sample, &one.until)).unwrap_or_default(),
        ways: beside.ways.get(code).map_or(&[][..], Vec::as_slice).iter().map(|way| named(l, way)).collect(),
        revised: revised.contains(code),
    };
    let mut lines = Vec::new();
    for (number, node) in set.numbered() {
        let (unit, is_group) = match &node.body {
            NodeBody::Criterion(criterion) => (criterion.unit.as_str(), false),
            NodeBody::Group { .. } => ("", true),
        };
        let word = |given: Option<&Given>| given.map(|given| shown(l, *given, unit)).unwrap_or_default();
        lines.push(Line {
            rule: rule_words(l, node),
            is_group,
            most: node.points.shown(),
            points: stands(points(l, score.points(&node.code))),
            own: word(beside.own.get(&node.code)),
            given: stands(word(sheet.inputs.given.get(&node.code))),
            ..blank(number, &node.code, &node.name)
        });
    }
    for (number, extra) in extra_numbers(l, &set.extras).into_iter().zip(&set.extras) {
        let times = sheet.inputs.times.get(&extra.code).copied().unwrap_or_default();
        let sign = if extra.sign == ::scoring::Sign::Penalty { "−" } else { "+" };
        lines.push(Line {
            rule: l.t2("criteria-extra-words", "each", extra.each.shown(), "most", extra.most.shown()),
            most: extra.most.shown(),
            points: stands(format!("{sign}{}", extra.each.times(i128::from(times)).min(extra.most).shown())),
            given: stands(format!("{times} {}", l.t("criteria-times"))),
            ..blank(number, &extra.code, &extra.name)
        });
    }
    Ok(lines)
}

/// A measure is named with the version of its definition.
fn named(l: Locale, way: &Way) -> Way {
    match way.version {
        Some(version) => Way { name: l.t2("criteria-by-version", "name", &way.name, "n", version), ..way.clone() },
        None => way.clone(),
    }
}

fn surveyed(l: Locale, sample: i32, until: &str) -> String {
    let day = until.parse().map(time::day).unwrap_or_else(|_| until.to_owned());
    l.t2("criteria-surveyed", "count", sample, "day", day)
}

/// `GET /bo-tieu-chi/{year}/{publication}/co-quan/{slug}`
pub async fn show(
    shell: Shell,
    Shared(app): Shared<App>,
    Path((year, id, slug)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let l = shell.l;
    let (publication, body) = found(&app, &year, &id).await?;
    let (agency, beside) = body.beside.iter().find(|(_, one)| one.slug == slug).ok_or(Error::NotFound)?;
    let result = body.counted.result(agency).ok_or(Error::NotFound)?;
    let set = CriteriaSet::find(&app.db, publication.criteria_set).await?;
    let differences = set.revised(&app, &body).await?;
    let moved = differences.iter().filter(|one| one.agency == *agency);
    let revised: HashSet<String> = moved.map(|one| one.code.clone()).collect();
    let left_out = body.counted.round.sheet(agency).is_some_and(|sheet| body.counted.round.leaves_out(sheet));
    let nothing = || l.t(if left_out { "criteria-absent" } else { "criteria-not-assessed" });
    let amount = |amount: Option<::measures::Amount>| amount.map_or_else(nothing, ::measures::Amount::shown);
    let counted = |amount: ::measures::Amount| if left_out { "–".to_owned() } else { amount.shown() };
    let nonce = shell.nonce.clone();
    let page = Shown {
        lines: lines(l, &body, agency, beside, &revised)?,
        name: body.counted.round.sheet(agency).map(|sheet| sheet.name.clone()).unwrap_or_default(),
        agency_href: format!("/co-quan/{slug}"),
        rank: result.place.rank.map_or_else(nothing, |rank| rank.to_string()),
        by: told(l, &names(&body), &result.place),
        total: amount(result.score.total),
        base: amount(result.score.base),
        bonus: counted(result.score.bonus),
        penalty: counted(result.score.penalty),
        revised: !revised.is_empty(),
        canonical: format!("{}{}/co-quan/{slug}", app.config.public_url(), publication.path()),
        printed: time::minute(app.clock.now()),
        title: body.title.clone(),
        year: body.year,
        demo: body.demo,
        publication,
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}
