//! An agency's sheet: what it says of itself beside what was appraised. While scoring is open it is the form in which the agency scores
//! itself, group by group, and which keeps what is typed.

use std::collections::HashMap;

use ::scoring::{Body, Criterion, ExtraSource, Given, Node, Rule, Score, Set, Source};
use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;

use crate::base::{App, Who, time};
use crate::channels::staff::one;
use crate::criteria::appeal::Appeal;
use crate::criteria::gathering::Gathered;
use crate::criteria::handing_in;
use crate::criteria::rights;
use crate::criteria::set::CriteriaSet;
use crate::criteria::sheet::{Sheet, Typed};
use crate::criteria::staff::standing::{NOT_YET, appraised_total, extra_numbers};
use crate::criteria::staff::tree::rule_words;
use crate::duties::staff::link_state::{self, LinkState};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell};

/// Tells the page's script which version of the draft it has now.
const DRAFT_VERSION: HeaderName = HeaderName::from_static("x-draft");
/// Sent by the page's script: it wants no page back.
const SCRIPT: &str = "x-autosave";

/// A group, a criterion, a bonus or a penalty as a line.
pub struct Line {
    pub number: String,
    pub code: String,
    pub name: String,
    pub note: String,
    pub rule: String,
    pub most: String,
    pub is_group: bool,
    /// A bonus or a penalty.
    pub is_extra: bool,
    /// `yes_no`, `number`, or empty: nothing is typed for it.
    pub asks: &'static str,
    pub unit: String,
    pub may_not_apply: bool,
    pub typed: String,
    pub typed_note: String,
    pub typed_na: bool,
    pub own: String,
    pub own_points: String,
    pub appraised: String,
    pub points: String,
    /// Another than the agency said.
    pub differs: bool,
    pub evidence: usize,
    pub lost: usize,
    pub appealed: bool,
    pub href: String,
    pub error: String,
}

#[derive(Template)]
#[template(path = "criteria/staff/sheet.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    set: CriteriaSet,
    sheet: Sheet,
    lines: Vec<Line>,
    answered: usize,
    asked: usize,
    own_total: String,
    total: String,
    /// How much of it was appraised, where not all was.
    total_note: String,
    bonus: String,
    penalty: String,
    may_score: bool,
    may_agree: bool,
    draft: i32,
    conflict: bool,
    errors: Vec<(String, String)>,
    printed: String,
}

impl Shown {
    fn here(&self) -> String {
        Sheet::path(self.sheet.id)
    }

    fn set_href(&self) -> String {
        CriteriaSet::path(self.set.id)
    }

    fn until(&self) -> String {
        self.set.score_until.map(time::day).unwrap_or_default()
    }

    fn saved(&self) -> String {
        self.sheet.drafted_at.map(|at| self.l.t1("draft-saved", "time", time::minute(at))).unwrap_or_default()
    }
}

/// An answer in words.
#[must_use]
pub fn shown(l: Locale, given: Given, unit: &str) -> String {
    match given {
        Given::Value { amount } => format!("{} {unit}", amount.shown()).trim().to_owned(),
        Given::Yes => l.t("criteria-yes"),
        Given::No => l.t("criteria-no"),
        Given::NotApplicable => l.t("criteria-not-applicable"),
        Given::Missing => l.t("criteria-missing"),
    }
}

/// Points in words; what does not apply has none.
#[must_use]
pub fn points(l: Locale, points: Option<::measures::Amount>) -> String {
    points.map_or_else(|| l.t("criteria-not-applicable"), ::measures::Amount::shown)
}

/// What lines are made of.
struct Making<'a> {
    l: Locale,
    gathered: &'a Gathered,
    sheet: &'a Sheet,
    own: Score,
    /// Of what was appraised, and what the system counts.
    score: Score,
    typed: Typed,
    links: HashMap<String, LinkState>,
    appeals: Vec<Appeal>,
}

impl Making<'_> {
    fn text(&self, key: &str) -> String {
        self.typed.get(key).cloned().unwrap_or_default()
    }

    fn blank(&self, number: String, code: &str, name: &str) -> Line {
        let evidence = self.gathered.evidence.get(&(self.sheet.id, code.to_owned())).map_or(&[][..], Vec::as_slice);
        let is_lost = |hash: &str| self.links.get(hash).is_some_and(|link| link.mark == "late");
        Line {
            number,
            code: code.to_owned(),
            name: name.to_owned(),
            note: String::new(),
            rule: String::new(),
            most: String::new(),
            is_group: false,
            is_extra: false,
            asks: "",
            unit: String::new(),
            may_not_apply: false,
            typed: self.text(code),
            typed_note: self.text(&format!("{code}.note")),
            typed_na: !self.text(&format!("{code}.na")).is_empty(),
            own: String::new(),
            own_points: String::new(),
            appraised: String::new(),
            points: String::new(),
            differs: false,
            lost: evidence.iter().filter(|one| is_lost(&one.sha256)).count(),
            evidence: evidence.len(),
            appealed: self.appeals.iter().any(|appeal| appeal.code == code),
            href: Sheet::path_of(self.sheet.id, code),
            error: String::new(),
        }
    }

    fn is_settled(&self, code: &str) -> bool {
        self.gathered.is_settled(self.sheet, code)
    }

    /// Whether anything in it is settled.
    fn has_points(&self, node: &Node) -> bool {
        match &node.body {
            Body::Group { nodes } => nodes.iter().any(|node| self.has_points(node)),
            Body::Criterion(_) => self.is_settled(&node.code),
        }
    }

    fn node(&self, number: String, node: &Node) -> Line {
        let own = if self.sheet.submission > 0 { points(self.l, self.own.points(&node.code)) } else { NOT_YET.into() };
        let appraised = if self.has_points(node) { points(self.l, self.score.points(&node.code)) } else { NOT_YET.into() };
        let line = Line {
            note: node.note.clone(),
            rule: rule_words(self.l, node),
            most: node.points.shown(),
            own_points: own,
            points: appraised,
            ..self.blank(number, &node.code, &node.name)
        };
        match &node.body {
            Body::Group { .. } => Line { is_group: true, ..line },
            Body::Criterion(criterion) => self.criterion(line, criterion),
        }
    }

    fn criterion(&self, line: Line, criterion: &Criterion) -> Line {
        let (settled, appraised) = (self.is_settled(&line.code), self.gathered.given(self.sheet, &line.code));
        let is_own = criterion.source == Source::Own;
        let own = if is_own { self.gathered.own(self.sheet, &line.code) } else { Given::Missing };
        Line {
            asks: match (&criterion.rule, is_own) {
                (_, false) => "",
                (Rule::YesNo, true) => "yes_no",
                (_, true) => "number",
            },
            unit: criterion.unit.clone(),
            may_not_apply: criterion.may_not_apply,
            own: if is_own { shown(self.l, own, &criterion.unit) } else { String::new() },
            appraised: if settled { shown(self.l, appraised, &criterion.unit) } else { NOT_YET.into() },
            differs: settled && is_own && own != appraised,
            ..line
        }
    }

    fn extra(&self, number: String, extra: &::scoring::Extra) -> Line {
        let is_own = extra.source == ExtraSource::Own;
        let times = self.gathered.times(self.sheet, &extra.code, extra.source);
        let (own, settled) = (self.gathered.own(self.sheet, &extra.code), self.is_settled(&extra.code));
        let stands = |shown: String| if settled { shown } else { NOT_YET.to_owned() };
        Line {
            is_extra: true,
            rule: self.l.t2("criteria-extra-words", "each", extra.each.shown(), "most", extra.most.shown()),
            most: extra.most.shown(),
            asks: if is_own { "number" } else { "" },
            unit: self.l.t("criteria-times"),
            own: if is_own { shown(self.l, own, "") } else { String::new() },
            appraised: stands(times.to_string()),
            points: stands(extra.each.times(i128::from(times)).min(extra.most).shown()),
            ..self.blank(number, &extra.code, &extra.name)
        }
    }
}

fn lines(making: &Making<'_>, set: &Set) -> Vec<Line> {
    let mut lines: Vec<Line> = set.numbered().into_iter().map(|(number, node)| making.node(number, node)).collect();
    lines.extend(extra_numbers(making.l, &set.extras).into_iter().zip(&set.extras).map(|(at, extra)| making.extra(at, extra)));
    lines
}

async fn page(app: &App, who: &Who, shell: Shell, (sheet, set): (Sheet, CriteriaSet), typed: Option<Typed>) -> Result<Shown> {
    let l = shell.l;
    let gathered = set.gathered(app, Some(&sheet)).await?;
    let tree = gathered.set_of(&sheet)?;
    let hashes = gathered.evidence.values().flatten().map(|one| one.sha256.as_str());
    let own_agency = rights::scores(who, sheet.agency);
    let making = Making {
        l,
        own: tree.score(&gathered.own_inputs(&sheet)),
        score: tree.score(&gathered.settled_inputs(&sheet)),
        // What is not handed in yet is the agency's alone.
        typed: typed.unwrap_or_else(|| if own_agency { sheet.typed() } else { Typed::new() }),
        links: link_state::of(&app.db, l, hashes).await?,
        appeals: Appeal::of(&app.db, &[sheet.id]).await?,
        gathered: &gathered,
        sheet: &sheet,
    };
    let lines = lines(&making, tree);
    let is_asked = |line: &&Line| !line.asks.is_empty() && !line.is_extra;
    let answered = lines.iter().filter(is_asked).filter(|line| !line.typed.trim().is_empty() || line.typed_na).count();
    let asked = lines.iter().filter(is_asked).count();
    let own_total = points(l, making.own.total);
    let (total, total_note) = appraised_total(l, &gathered, &set, &sheet);
    let stands = |amount: ::measures::Amount| if total == NOT_YET { NOT_YET.to_owned() } else { amount.shown() };
    let (bonus, penalty) = (stands(making.score.bonus), stands(making.score.penalty));
    Ok(Shown {
        own_total: if sheet.submission > 0 { own_total } else { NOT_YET.into() },
        total,
        total_note,
        bonus,
        penalty,
        answered,
        asked,
        may_score: own_agency && set.takes_scores(app),
        may_agree: set.state.is_appraised() && sheet.submission > 0 && rights::appraises(who, &set, &sheet),
        draft: sheet.draft_version,
        conflict: false,
        errors: Vec::new(),
        printed: time::minute(app.clock.now()),
        lines,
        set,
        sheet,
        l,
        shell,
    })
}

/// `GET /desk/criteria/sheets/{sheet}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Shown>> {
    let found = Sheet::find_for(&app, &who, id).await?;
    Ok(Page(page(&app, &who, shell, found, None).await?))
}

type Pairs = Vec<(String, String)>;

/// What was typed, by code; names of fields are `v-`, `x-` and `n-` before the code.
fn typed(fields: &[(String, String)]) -> Typed {
    let mut typed = Typed::new();
    for (name, value) in fields {
        let Some((kind, code)) = name.split_once('-') else { continue };
        let key = match kind {
            "v" => code.to_owned(),
            "x" => format!("{code}.na"),
            "n" => format!("{code}.note"),
            _ => continue,
        };
        let value = vietnamese::normalise(value).replace("\r\n", "\n").replace('\0', "");
        if !value.trim().is_empty() {
            typed.insert(key, value);
        }
    }
    typed
}

/// `POST /desk/criteria/sheets/{sheet}/draft`: keeps what is typed; 409 when a colleague typed meanwhile.
pub async fn draft(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Form(fields): Form<Pairs>,
) -> Result<Response> {
    let (sheet, set) = Sheet::find_for(&app, &who, id).await?;
    let (typed, base) = (typed(&fields), one(&fields, "draft").parse().unwrap_or_default());
    let scripted = headers.contains_key(SCRIPT);
    match sheet.keep(&app, &who, &set, &typed, base).await {
        Ok(version) if scripted => Ok((StatusCode::NO_CONTENT, [(DRAFT_VERSION, HeaderValue::from(version))]).into_response()),
        Ok(_) => Ok(Said::to(Sheet::path(id), "criteria-was-kept").into_response()),
        Err(Error::Stale | Error::Refused(_)) if scripted => Ok(StatusCode::CONFLICT.into_response()),
        Err(Error::Stale) => conflicting(&app, &who, shell, (sheet, set), typed).await,
        Err(error) => Err(error),
    }
}

/// The page with everything that was typed, over what the colleague wrote meanwhile.
async fn conflicting(app: &App, who: &Who, shell: Shell, found: (Sheet, CriteriaSet), typed: Typed) -> Result<Response> {
    let now = Sheet::find_for(app, who, found.0.id).await?;
    let mut page = page(app, who, shell, now, Some(typed)).await?;
    page.conflict = true;
    Ok(Page(page).status(StatusCode::CONFLICT))
}

/// `POST /desk/criteria/sheets/{sheet}`: keeps what is typed and hands it in. A refusal comes back with everything that was typed.
pub async fn hand_in(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Pairs>,
) -> Result<Response> {
    let (sheet, set) = Sheet::find_for(&app, &who, id).await?;
    let (typed, base) = (typed(&fields), one(&fields, "draft").parse().unwrap_or_default());
    match sheet.keep(&app, &who, &set, &typed, base).await {
        Ok(_) => {}
        Err(Error::Stale) => return conflicting(&app, &who, shell, (sheet, set), typed).await,
        Err(error) => return Err(error),
    }
    let (sheet, set) = Sheet::find_for(&app, &who, id).await?;
    let version = sheet.draft_version;
    match sheet.hand_in(&app, &who, &set, version).await {
        Ok(()) => Ok(Said::to(Sheet::path(id), "criteria-was-scored").into_response()),
        Err(Error::Refused(found)) => {
            let l = shell.l;
            let gathered = set.gathered(&app, Some(&sheet)).await?;
            let proved = gathered.evidence.keys().map(|(_, code)| code.clone()).collect();
            let (_, wrong) = handing_in::read(gathered.set_of(&sheet)?, &typed, &proved);
            if wrong.is_empty() {
                return Err(Error::Refused(found));
            }
            let mut page = page(&app, &who, shell, (sheet, set), Some(typed)).await?;
            for (code, obstacle) in wrong {
                if let Some(line) = page.lines.iter_mut().find(|line| line.code == code) {
                    line.error = obstacle.text(l);
                }
                page.errors.push((code, obstacle.text(l)));
            }
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
