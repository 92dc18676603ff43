//! An agency's sheet: what it says of itself beside what was appraised. While scoring is open it is the form in which the agency scores
//! itself, group by group, and which keeps what is typed.

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;

use super::lines::{Line, Making, points};
use super::standing::{NOT_YET, appraised_total};
use crate::base::{App, Who, time};
use crate::channels::staff::one;
use crate::criteria::appeal::Appeal;
use crate::criteria::handing_in;
use crate::criteria::rights;
use crate::criteria::set::CriteriaSet;
use crate::criteria::sheet::{Sheet, Typed};
use crate::duties::staff::link_state;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Obstacle, Page, Path, Result, Said, Shell};

/// Tells the page's script which version of the draft it has now.
const DRAFT_VERSION: HeaderName = HeaderName::from_static("x-draft");
/// Sent by the page's script: it wants no page back.
const SCRIPT: &str = "x-autosave";

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
    let lines = making.lines(tree);
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
        Err(Error::Refused(found)) => refused(&app, &who, shell, (sheet, set), Some(typed), &found).await,
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

/// The page again, after the whole was refused. What was typed stays in its form, also where the time for it is over.
async fn refused(
    app: &App,
    who: &Who,
    shell: Shell,
    at: (Sheet, CriteriaSet),
    typed: Option<Typed>,
    found: &[Obstacle],
) -> Result<Response> {
    let (l, was_typed) = (shell.l, typed.is_some());
    let mut page = page(app, who, shell, at, typed).await?;
    page.may_score |= was_typed;
    page.errors = found.iter().map(|one| (String::new(), one.text(l))).collect();
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// `POST /desk/criteria/sheets/{sheet}/agreement`: agrees with everything that nobody appraised yet.
pub async fn agree(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let (sheet, set) = Sheet::find_for(&app, &who, id).await?;
    match sheet.agree(&app, &who, &set).await {
        Ok(count) => Ok(Said::to(Sheet::path(id), "criteria-was-agreed").with("count", count).into_response()),
        Err(Error::Refused(found)) => refused(&app, &who, shell, (sheet, set), None, &found).await,
        Err(error) => Err(error),
    }
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
        Err(Error::Refused(found)) => return refused(&app, &who, shell, (sheet, set), Some(typed), &found).await,
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
                return refused(&app, &who, shell, (sheet, set), Some(typed), &found).await;
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
