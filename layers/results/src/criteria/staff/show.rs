//! A set on one page: where the round stands, what is next and what is in the way, the agencies with their scores, what happened.

use askama::Template;
use axum::extract::State as Shared;
use axum::response::{IntoResponse, Redirect, Response};
use sea_orm::entity::prelude::*;

use super::acting::Pressed;
use super::form::Choice;
use super::lines::points;
use super::standing::appraised_total;
use crate::base::{App, Who, fact, time};
use crate::criteria::appeal::Appeal;
use crate::criteria::appraiser;
use crate::criteria::edition::Edition;
use crate::criteria::publication::Publication;
use crate::criteria::rights;
use crate::criteria::set::{CriteriaSet, State};
use crate::criteria::sheet::{self, Sheet};
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Shell};

const HISTORY_MAX: u64 = 50;

/// An agency as a row.
pub struct Row {
    pub name: String,
    pub href: String,
    pub mark: &'static str,
    pub word: String,
    pub own: String,
    pub total: String,
    /// How much of it was appraised, where not all was; that nothing was handed in.
    pub note: String,
    pub rank: String,
    pub edition: i32,
}

/// What the person may do here now.
#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    pub edits: bool,
    pub submits: bool,
    pub issues: bool,
    pub takes_back: bool,
    pub opens: bool,
    pub extends: bool,
    pub names: bool,
    pub appraises: bool,
    pub appeals: bool,
    pub publishes: bool,
    pub drops: bool,
}

#[derive(Template)]
#[template(path = "criteria/staff/show.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    set: CriteriaSet,
    keeper: String,
    appraiser: String,
    class: String,
    rows: Vec<Row>,
    handed_in: usize,
    open_appeals: usize,
    editions: Vec<(i32, String, String)>,
    publications: Vec<(i32, String, String)>,
    obstacles: Vec<Obstacle>,
    /// Why appraisal can not begin yet.
    not_yet: Vec<Obstacle>,
    /// Agencies may score themselves still.
    is_early: bool,
    /// The bodies that can be named to appraise too.
    appraisers: Vec<Choice>,
    events: Events,
    may: May,
    /// The act that was refused, and what was typed for it; empty where none was.
    act: String,
    pressed: Pressed,
    errors: Mistakes,
}

impl Shown {
    fn here(&self) -> String {
        CriteriaSet::path(self.set.id)
    }

    fn words(&self, obstacle: &Obstacle) -> String {
        obstacle.text(self.l)
    }

    /// The keeper is scored itself, and nobody else appraises.
    fn is_alone(&self) -> bool {
        self.obstacles.iter().any(|one| one.key == "criteria-keeper-alone")
    }

    /// Before its day the button is there for who has all sheets already; it is not what comes next.
    fn begin_kind(&self) -> &'static str {
        if self.is_early { "" } else { "primary" }
    }

    /// What was wrong at a field of that act.
    fn error(&self, act: &str, field: &str) -> String {
        if self.act == act { self.errors.of(field) } else { String::new() }
    }

    /// What was typed at a field of that act.
    fn typed(&self, act: &str, field: &str) -> String {
        match field {
            _ if self.act != act => String::new(),
            "until" => self.pressed.until.clone(),
            "why" => self.pressed.why.clone(),
            "reason" => self.pressed.reason.clone(),
            _ => String::new(),
        }
    }

    /// The page again, after that act was refused.
    pub(super) fn refused(mut self, act: String, pressed: Pressed, found: &[Obstacle]) -> Self {
        for one in &mut self.appraisers {
            one.chosen = one.value == pressed.appraiser;
        }
        self.errors = Mistakes::told(found, self.l);
        (self.act, self.pressed) = (act, pressed);
        self
    }

    fn days(&self) -> String {
        let l = self.l;
        let score = self.set.score_until.map(|day| l.t1("criteria-score-until", "day", time::day(day)));
        let appeal = self.set.appeal_until.map(|day| l.t1("criteria-appeal-until", "day", time::day(day)));
        [score, appeal].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

fn may(who: &Who, set: &CriteriaSet, is_new: bool) -> May {
    let (keeps, submitted) = (rights::keeps(who), set.submitted_by.is_some());
    let state = |state: State| keeps && set.state == state;
    May {
        edits: keeps && set.is_editable(),
        submits: keeps && set.is_editable() && is_new,
        issues: submitted && rights::issues(who, set),
        takes_back: submitted && set.submitted_by == Some(who.person),
        opens: state(State::Issued) && !submitted,
        extends: state(State::Scoring),
        names: keeps && set.takes_appraiser(),
        appraises: state(State::Scoring),
        appeals: state(State::Appraisal),
        publishes: state(State::Appeals) || state(State::Published),
        drops: state(State::Draft),
    }
}

/// Rows of agencies, each with what the person may see of it.
async fn rows(app: &App, who: &Who, l: Locale, set: &CriteriaSet) -> Result<Vec<Row>> {
    if !set.state.is_begun() {
        return Ok(Vec::new());
    }
    let gathered = set.gathered(app, None).await?;
    let counted = gathered.counted_up();
    let shows_scores = set.state.is_appraised();
    // Before all is appraised nobody stands anywhere.
    let is_done = |sheet: &Sheet| {
        let (done, of) = gathered.progress(sheet);
        done == of
    };
    let has_ranks = shows_scores && who.is_any(rights::OVERSEERS) && gathered.sheets.iter().all(is_done);
    let nothing = || (String::new(), String::new());
    let row = |sheet: &Sheet| {
        let seen = rights::sees_sheet(who, set, sheet);
        let result = counted.result(&sheet.agency.to_string());
        let own = gathered.set_of(sheet).ok().and_then(|tree| tree.score(&gathered.own_inputs(sheet)).total);
        let (mark, key) = match (sheet.submission, sheet.draft_version) {
            (0, 0) => ("open", "criteria-not-begun"),
            (0, _) => ("draft", "criteria-being-written"),
            _ => ("on-time", "criteria-was-handed-in"),
        };
        let (total, note) = if seen && shows_scores { appraised_total(l, &gathered, set, sheet) } else { nothing() };
        Row {
            name: sheet.name.clone(),
            href: if seen { Sheet::path(sheet.id) } else { String::new() },
            mark,
            word: l.t(key),
            own: if seen && sheet.submission > 0 { points(l, own) } else { String::new() },
            total,
            note,
            rank: match result.and_then(|result| result.place.rank) {
                Some(rank) if has_ranks => rank.to_string(),
                _ => String::new(),
            },
            edition: sheet.edition,
        }
    };
    Ok(gathered.sheets.iter().map(row).collect())
}

async fn obstacles(app: &App, set: &CriteriaSet, may: May) -> Result<Vec<Obstacle>> {
    match set.state {
        _ if may.submits || may.issues => set.obstacles_to_issue(app).await,
        State::Issued | State::Scoring if may.names => Ok(set.appraised_by_nobody(app).await?.into_iter().collect()),
        State::Appraisal if may.appeals => set.obstacles_to_appeals(app).await,
        _ if may.publishes => set.obstacles_to_publish(app).await,
        _ => Ok(Vec::new()),
    }
}

/// The bodies that can be named, the one that is chosen.
async fn appraisers(app: &App, set: &CriteriaSet, may: May) -> Result<Vec<Choice>> {
    if !may.names {
        return Ok(Vec::new());
    }
    let bodies = appraiser::choices(app, Some(set.agency)).await?.into_iter();
    let choice = |(id, label): (Uuid, String)| Choice { value: id.to_string(), label, chosen: set.appraiser == Some(id) };
    Ok(bodies.map(choice).collect())
}

pub(super) async fn page(app: &App, who: &Who, shell: Shell, set: CriteriaSet) -> Result<Shown> {
    let l = shell.l;
    let known = Known::now(app).await?;
    let name = |id: Uuid| known.get(&id).map(|body| body.name.clone()).unwrap_or_default();
    let editions = Edition::of(&app.db, set.id).await?;
    let is_new = editions.last().is_none_or(|last| last.body != set.tree);
    let may = may(who, &set, is_new);
    let sheets = Sheet::of(&app.db, set.id).await?;
    let ids: Vec<Uuid> = sheets.iter().map(|sheet| sheet.id).collect();
    let appeals = Appeal::of(&app.db, &ids).await?;
    let publications = Publication::of(&app.db, set.id).await?;
    let mut facts = fact::Model::history(&app.db, set.id, HISTORY_MAX).await?;
    facts.retain(|fact| fact.kind != "AccessRefused");
    let overlooks = who.is_any(rights::OVERSEERS) || rights::is_of_appraisers(who, &set);
    Ok(Shown {
        keeper: name(set.agency),
        appraiser: set.appraiser.map(name).unwrap_or_default(),
        class: set.class_name(l.0),
        rows: rows(app, who, l, &set).await?,
        handed_in: sheets.iter().filter(|sheet| sheet.submission > 0).count(),
        open_appeals: if overlooks { appeals.iter().filter(|appeal| appeal.answered_at.is_none()).count() } else { 0 },
        editions: editions.into_iter().map(|one| (one.number, time::minute(one.issued_at), one.sha256)).collect(),
        publications: publications.iter().map(|one| (one.number, one.path(), time::minute(one.at))).collect(),
        obstacles: obstacles(app, &set, may).await?,
        not_yet: if may.appraises { set.obstacles_to_appraise(app).await? } else { Vec::new() },
        is_early: set.takes_scores(app),
        appraisers: appraisers(app, &set, may).await?,
        act: String::new(),
        pressed: Pressed::default(),
        errors: Mistakes::default(),
        events: Events::of(&app.db, l, &facts, &known).await?,
        may,
        set,
        l,
        shell,
    })
}

/// `GET /desk/criteria/{id}`: a set; the id of a sheet leads to the sheet, for the ledger knows both.
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let found = CriteriaSet::find_for(&app, &who, id).await;
    if matches!(found, Err(Error::NotFound)) && sheet::Entity::find_by_id(id).one(&app.db).await?.is_some() {
        return Ok(Redirect::to(&Sheet::path(id)).into_response());
    }
    Ok(Page(page(&app, &who, shell, found?).await?).into_response())
}
