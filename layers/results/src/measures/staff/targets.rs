//! Every target of the adopted plans with its measure, or what is missing of one.

use std::sync::Arc;

use askama::Template;
use axum::extract::State as Shared;
use chrono::Datelike;

use super::list::{Line, SEEN_AGAIN_S, line, rows};
use crate::base::{App, time};
use crate::measures::measure::Measure;
use crate::measures::surroundings::unseen;
use crate::measures::{rights, suggesting, words};
use crate::plans::{Plan, Provision, target};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Markup, Page, Result, Shell, cut};

const TEXT_LETTERS: usize = 260;

/// A target.
pub struct Target {
    pub path: String,
    pub text: String,
    /// As it was recognised; empty when it is words.
    pub wanted: String,
    pub year: i32,
    /// Measure, and what evidence it lacks.
    pub measures: Vec<(Line, String)>,
    /// Where one is defined.
    pub define: String,
}

/// The targets of a plan.
pub struct OfPlan {
    pub title: String,
    pub href: String,
    pub targets: Vec<Target>,
    pub with_measure: usize,
    pub seen: usize,
}

/// The drawn targets, the same for everybody who may do the same with them.
#[derive(Debug)]
pub struct Drawn {
    html: Markup,
    is_empty: bool,
}

#[derive(Template)]
#[template(path = "measures/staff/plans.html")]
struct Plans<'a> {
    l: Locale,
    /// For its icons; what is drawn here is nobody's own.
    shell: &'a Shell,
    plans: Vec<OfPlan>,
    may_define: bool,
}

#[derive(Template)]
#[template(path = "measures/staff/targets.html")]
pub struct Targets {
    l: Locale,
    shell: Shell,
    drawn: Arc<Drawn>,
    printed: String,
}

impl Target {
    /// Whether nothing is missing from any of its measures.
    fn is_seen(&self) -> bool {
        !self.measures.is_empty() && self.measures.iter().all(|(_, lacks)| lacks.is_empty())
    }
}

/// What evidence a measure lacks, in words; empty when it lacks none.
#[must_use]
pub fn lacks(app: &App, l: Locale, measure: &Measure) -> String {
    let unseen = unseen(app, &measure.definition());
    if unseen.is_empty() {
        return String::new();
    }
    let known = measure.missing(l);
    if known.is_empty() { unseen.iter().map(|code| words::source(l, code)).collect::<Vec<_>>().join(", ") } else { known }
}

/// `GET /desk/measures/targets`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<Targets>> {
    if !rights::sees(&who) {
        return Err(Error::Forbidden);
    }
    let may_define = rights::defines(&who);
    let key = format!("measures.targets.{}.{may_define}", shell.lang);
    let drawn = app.lately(&key, SEEN_AGAIN_S, Drawn::of(&app, &shell, may_define)).await?;
    Ok(Page(Targets { drawn, printed: time::minute(app.clock.now()), l: shell.l, shell }))
}

impl Drawn {
    /// Reads the targets of all adopted plans and draws them.
    async fn of(app: &App, shell: &Shell, may_define: bool) -> Result<Self> {
        let plans = of_plans(app, shell.l).await?;
        let is_empty = plans.is_empty();
        let html = Markup(Plans { l: shell.l, shell, plans, may_define }.render()?);
        Ok(Self { html, is_empty })
    }
}

async fn of_plans(app: &App, l: Locale) -> Result<Vec<OfPlan>> {
    let now = time::local_date(app.clock.now());
    let today = (now.year(), now.month());
    let mut measures = Measure::all(&app.db).await?;
    measures.retain(|one| one.provision.is_some());
    let rows = rows(app, &measures, today.0).await?;
    let mut plans = Vec::new();
    for plan in Plan::adopted(&app.db).await? {
        let provisions = Provision::of(&app.db, plan.id).await?;
        let one = |provision: &Provision| {
            let serving = measures.iter().filter(|one| one.provision == Some(provision.id));
            let shown = |one: &Measure| {
                (line(l, one, rows.get(&one.id).map(Vec::as_slice).unwrap_or_default(), today), lacks(app, l, one))
            };
            Target {
                path: provision.path.clone(),
                text: cut(&provision.text, TEXT_LETTERS),
                wanted: provision.target().map(|wanted| target::short(&wanted)).unwrap_or_default(),
                year: suggesting::year_of(provision, &plan),
                measures: serving.map(shown).collect(),
                define: format!("/desk/measures/new?provision={}", provision.id),
            }
        };
        let targets: Vec<Target> = provisions.iter().filter(|one| suggesting::is_target(one)).map(one).collect();
        plans.push(OfPlan {
            title: plan.title(),
            href: Plan::desk_path(plan.id),
            with_measure: targets.iter().filter(|one| !one.measures.is_empty()).count(),
            seen: targets.iter().filter(|one| one.is_seen()).count(),
            targets,
        });
    }
    Ok(plans)
}
