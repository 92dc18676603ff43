//! One criterion of one agency: what it says, the evidence, what was appraised beside it and by whom, the objection and its answer.

use std::collections::HashMap;

use ::scoring::{Body, Criterion, ExtraSource, Given, Rule, Source};
use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::lines::{points, shown};
use super::tree::rule_words;
use crate::base::{App, Who, time};
use crate::criteria::appeal::Appeal;
use crate::criteria::appraisal::{self, Appraisal};
use crate::criteria::evidence::{Evidence, Kind};
use crate::criteria::gathering::Gathered;
use crate::criteria::reading;
use crate::criteria::rights;
use crate::criteria::set::CriteriaSet;
use crate::criteria::sheet::Sheet;
use crate::duties::staff::link_state::{self, LinkState};
use crate::people::person;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

/// A piece of evidence as a line.
pub struct Proof {
    pub id: Uuid,
    pub kind: String,
    pub name: String,
    pub href: String,
    /// Of a link that was asked.
    pub link: Option<LinkState>,
}

/// A version of what was appraised.
pub struct Version {
    pub number: i32,
    pub given: String,
    pub points: String,
    pub note: String,
    pub survey: String,
    pub who: String,
    pub when: String,
}

#[derive(Template)]
#[template(path = "criteria/staff/criterion.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    set: CriteriaSet,
    sheet: Sheet,
    code: String,
    name: String,
    note: String,
    rule: String,
    most: String,
    /// `yes_no`, `number`, or empty: nothing is appraised here.
    asks: &'static str,
    unit: String,
    may_not_apply: bool,
    is_survey: bool,
    own: String,
    own_points: String,
    own_note: String,
    counted: String,
    counted_href: String,
    proofs: Vec<Proof>,
    versions: Vec<Version>,
    /// The value that stands, as it is typed.
    typed: String,
    typed_na: bool,
    appeal: Option<Appeal>,
    may_prove: bool,
    may_appraise: bool,
    may_appeal: bool,
    may_answer: bool,
    /// What was typed, where it was refused.
    sent: Sent,
    errors: Mistakes,
}

impl Shown {
    fn here(&self) -> String {
        Sheet::path_of(self.sheet.id, &self.code)
    }

    fn sheet_href(&self) -> String {
        Sheet::path(self.sheet.id)
    }

    fn seen(&self) -> i32 {
        self.versions.first().map_or(0, |one| one.number)
    }

    fn appeal_until(&self) -> String {
        self.set.appeal_until.map(time::day).unwrap_or_default()
    }
}

/// A criterion or an extra, in the words of the page.
struct About {
    name: String,
    note: String,
    rule: String,
    most: ::measures::Amount,
    criterion: Option<Criterion>,
    asks: &'static str,
    unit: String,
}

fn about(l: Locale, gathered: &Gathered, sheet: &Sheet, code: &str) -> Result<About> {
    let set = gathered.set_of(sheet)?;
    if let Some(extra) = set.extra_of(code) {
        let is_own = extra.source == ExtraSource::Own;
        return Ok(About {
            name: extra.name.clone(),
            note: String::new(),
            rule: l.t2("criteria-extra-words", "each", extra.each.shown(), "most", extra.most.shown()),
            most: extra.most,
            criterion: None,
            asks: if is_own { "number" } else { "" },
            unit: l.t("criteria-times"),
        });
    }
    let (node, criterion) = set.criterion(code).ok_or(Error::NotFound)?;
    Ok(About {
        name: node.name.clone(),
        note: node.note.clone(),
        rule: rule_words(l, node),
        most: node.points,
        asks: if criterion.rule == Rule::YesNo { "yes_no" } else { "number" },
        unit: criterion.unit.clone(),
        criterion: match &node.body {
            Body::Criterion(criterion) => Some(criterion.clone()),
            Body::Group { .. } => None,
        },
    })
}

impl About {
    fn points(&self, l: Locale, given: Given) -> String {
        match &self.criterion {
            Some(criterion) => points(l, criterion.rule.points(&given, self.most)),
            None => String::new(),
        }
    }
}

async fn proofs(app: &App, l: Locale, evidence: &[Evidence]) -> Result<Vec<Proof>> {
    let hashes = evidence.iter().filter(|one| one.kind == Kind::Link).map(|one| one.sha256.as_str());
    let links: HashMap<String, LinkState> = link_state::of(&app.db, l, hashes).await?;
    let proof = |one: &Evidence| Proof {
        id: one.id,
        kind: l.t(&format!("criteria-evidence-{}", one.kind.to_value())),
        name: one.name.clone(),
        href: one.href(),
        link: if one.kind == Kind::Link { links.get(&one.sha256).cloned() } else { None },
    };
    Ok(evidence.iter().map(proof).collect())
}

async fn versions(app: &App, l: Locale, about: &About, all: &[Appraisal]) -> Result<Vec<Version>> {
    let people: Vec<Uuid> = all.iter().map(|one| one.person).collect();
    let names = person::names(&app.db, &people).await?;
    let survey = |one: &Appraisal| {
        let day = one.sampled_on.map(time::day).unwrap_or_default();
        one.sample.map(|sample| l.t2("criteria-surveyed", "count", sample, "day", day)).unwrap_or_default()
    };
    let version = |one: &Appraisal| Version {
        number: one.number,
        given: shown(l, one.given(), &about.unit),
        points: about.points(l, one.given()),
        note: one.note.clone(),
        survey: survey(one),
        who: names.get(&one.person).cloned().unwrap_or_default(),
        when: time::minute(one.at),
    };
    Ok(all.iter().map(version).collect())
}

async fn page(app: &App, who: &Who, shell: Shell, (sheet, set): (Sheet, CriteriaSet), code: String) -> Result<Shown> {
    let l = shell.l;
    let gathered = set.gathered(app, Some(&sheet)).await?;
    let about = about(l, &gathered, &sheet, &code)?;
    let source = about.criterion.as_ref().map(|criterion| criterion.source.clone());
    let counted = match &source {
        Some(Source::Measure { code }) => gathered.counted(&sheet, code),
        _ => None,
    };
    let own_said = gathered.said.get(&sheet.id).and_then(|said| said.get(&code)).cloned().unwrap_or_default();
    let is_own = matches!(source, None | Some(Source::Own)) && !about.asks.is_empty();
    let history = Appraisal::history(&app.db, sheet.id, &code).await?;
    let stands = gathered.given(&sheet, &code);
    let appeal = Appeal::of(&app.db, &[sheet.id]).await?.into_iter().find(|appeal| appeal.code == code);
    let (scores, appraises) = (rights::scores(who, sheet.agency), rights::appraises(who, &set, &sheet));
    let evidence = gathered.evidence.get(&(sheet.id, code.clone())).cloned().unwrap_or_default();
    Ok(Shown {
        own: if is_own { shown(l, own_said.given, &about.unit) } else { String::new() },
        own_points: if is_own { about.points(l, own_said.given) } else { String::new() },
        own_note: own_said.note,
        counted: counted.and_then(|one| one.value.map(|value| format!("{} {}", value.shown(), one.unit))).unwrap_or_default(),
        counted_href: counted.map(|one| one.href.clone()).unwrap_or_default(),
        proofs: proofs(app, l, &evidence).await?,
        versions: versions(app, l, &about, &history).await?,
        typed: reading::typed(stands),
        typed_na: stands == Given::NotApplicable,
        may_prove: scores && is_own && set.takes_scores(app),
        may_appraise: appraises && set.state.is_appraised() && !about.asks.is_empty(),
        may_appeal: scores && set.takes_appeals(app) && appeal.is_none(),
        may_answer: appraises && appeal.as_ref().is_some_and(|appeal| appeal.answered_at.is_none()),
        may_not_apply: about.criterion.as_ref().is_some_and(|criterion| criterion.may_not_apply),
        is_survey: source == Some(Source::Survey),
        most: about.most.shown(),
        name: about.name,
        note: about.note,
        rule: about.rule,
        asks: about.asks,
        unit: about.unit,
        sent: Sent::default(),
        errors: Mistakes::default(),
        appeal,
        code,
        set,
        sheet,
        l,
        shell,
    })
}

/// `GET /desk/criteria/sheets/{sheet}/of/{code}`
pub async fn show(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, code)): Path<(Uuid, String)>,
) -> Result<Page<Shown>> {
    let found = Sheet::find_for(&app, &who, id).await?;
    Ok(Page(page(&app, &who, shell, found, code).await?))
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    what: String,
    value: String,
    does_not_apply: String,
    note: String,
    sample: String,
    sampled_on: String,
    seen: i32,
    reason: String,
    answer: String,
    fate: String,
}

/// Where a criterion is: the sheet, its set, the code.
type At = (Sheet, CriteriaSet, String);

/// The page again with everything that was typed, after it was refused for these reasons: in its form, also where the time for it is over.
async fn again(app: &App, who: &Who, shell: Shell, (sheet, set, code): At, sent: Sent, found: &[Obstacle]) -> Result<Shown> {
    let l = shell.l;
    let mut page = page(app, who, shell, (sheet, set), code).await?;
    page.errors = Mistakes::told(found, l);
    page.may_prove |= !sent.what.is_empty();
    page.may_appraise |= !sent.value.is_empty() || !sent.note.is_empty();
    page.may_appeal |= !sent.reason.is_empty();
    page.may_answer |= !sent.answer.is_empty();
    page.sent = sent;
    Ok(page)
}

/// What was done leads to the page and says so; what was refused is the page with what was typed.
async fn answered(
    app: &App,
    who: &Who,
    shell: Shell,
    at: At,
    sent: Sent,
    (done, key): (Result<()>, &'static str),
) -> Result<Response> {
    match done {
        Ok(()) => Ok(Said::to(Sheet::path_of(at.0.id, &at.2), key).into_response()),
        Err(Error::Refused(found)) => {
            let page = again(app, who, shell, at, sent, &found).await?;
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `POST …/evidence`
pub async fn add(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, code)): Path<(Uuid, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let (sheet, set) = Sheet::find_for(&app, &who, id).await?;
    let done = Evidence::add(&app, &who, (&set, &sheet), &code, &sent.what).await;
    answered(&app, &who, shell, (sheet, set, code), sent, (done, "criteria-evidence-was-added")).await
}

/// `POST …/evidence/{evidence}/removal`
pub async fn remove(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, code, evidence)): Path<(Uuid, String, Uuid)>,
) -> Result<Response> {
    let (sheet, set) = Sheet::find_for(&app, &who, id).await?;
    let done = Evidence::take_back(&app, &who, (&set, &sheet), evidence).await;
    answered(&app, &who, shell, (sheet, set, code), Sent::default(), (done, "criteria-evidence-was-removed")).await
}

/// `POST …/appraisal`
pub async fn appraise(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, code)): Path<(Uuid, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let (sheet, set) = Sheet::find_for(&app, &who, id).await?;
    let typed = appraisal::Typed {
        value: sent.value.clone(),
        does_not_apply: sent.does_not_apply == "on",
        note: sent.note.replace('\0', ""),
        sample: sent.sample.clone(),
        sampled_on: sent.sampled_on.clone(),
        seen: sent.seen,
    };
    match sheet.appraise(&app, &who, &set, &code, &typed).await {
        Ok(()) => Ok(Said::to(Sheet::path_of(id, &code), "criteria-was-appraised").into_response()),
        Err(Error::Refused(found)) => {
            let page = again(&app, &who, shell, (sheet, set, code), sent, &found).await?;
            let page = Shown { typed: typed.value, typed_na: typed.does_not_apply, ..page };
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `POST …/appeal`
pub async fn appeal(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, code)): Path<(Uuid, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let (sheet, set) = Sheet::find_for(&app, &who, id).await?;
    let done = Appeal::make(&app, &who, (&set, &sheet), &code, &sent.reason).await;
    answered(&app, &who, shell, (sheet, set, code), sent, (done, "criteria-was-appealed")).await
}

/// `POST …/answer`
pub async fn answer(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, code)): Path<(Uuid, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let (sheet, set) = Sheet::find_for(&app, &who, id).await?;
    let all = Appeal::of(&app.db, &[sheet.id]).await?;
    let appeal = all.into_iter().find(|appeal| appeal.code == code).ok_or(Error::NotFound)?;
    let done = appeal.answer(&app, &who, (&set, &sheet), (sent.fate == "kept", sent.answer.as_str())).await;
    answered(&app, &who, shell, (sheet, set, code), sent, (done, "criteria-appeal-was-answered")).await
}
