//! Writing an agency's plan: its document, its years, and the ticks beside the duties it covers. One form for a new
//! one and for a draft; looking for a duty or ticking all comes back with everything that was typed.

use std::collections::HashSet;

use askama::Template;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::Datelike;
use serde::Deserialize;
use uuid::Uuid;

use crate::agency_plans::AgencyPlan;
use crate::agency_plans::agency_plan::draft::Typed;
use crate::agency_plans::agency_plan::keeping::Upload;
use crate::agency_plans::agency_plan::{FILE_BYTES_MAX, State as PlanState};
use crate::base::{App, Who, new_id, time};
use crate::duties::held::{self, Held};
use crate::plans::Plan;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

/// A duty with its tick.
pub struct Row {
    pub held: Held,
    pub part: String,
    pub ticked: bool,
    /// Left out by the search; its tick is kept.
    pub hidden: bool,
    /// The document seems to cover it.
    pub proposed: bool,
}

/// What the form is filled with.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    pub typed: Typed,
    pub q: String,
    pub proposed: Option<HashSet<Uuid>>,
    pub errors: Vec<Obstacle>,
    pub conflict: bool,
    /// The id that a new plan will have: made by the page, so that pressing twice makes one.
    pub fresh: Uuid,
}

#[derive(Template)]
#[template(path = "agency_plans/staff/form.html")]
pub struct FormPage {
    l: Locale,
    shell: Shell,
    /// The draft; None for a new one.
    id: Option<Uuid>,
    seen: i32,
    plan: String,
    slug: String,
    others: Vec<(String, String)>,
    file: String,
    filled: Filled,
    rows: Vec<Row>,
    errors: Mistakes,
    obstacles: Vec<String>,
    replaces: Vec<String>,
}

impl FormPage {
    fn action(&self) -> String {
        self.id.map_or_else(|| "/desk/agency-plans".to_owned(), AgencyPlan::desk_path)
    }

    fn here_words(&self) -> String {
        self.l.t(if self.id.is_none() { "agency-plan-new" } else { "agency-plan-state-draft" })
    }

    fn heading(&self) -> String {
        if self.id.is_none() { self.l.t("agency-plan-new") } else { self.filled.typed.title.clone() }
    }

    /// The one thing to do is to keep a new plan; later it is to issue it.
    fn keep_kind(&self) -> &'static str {
        if self.id.is_none() { "primary" } else { "strong" }
    }

    fn ticked(&self) -> usize {
        self.rows.iter().filter(|row| row.ticked).count()
    }

    fn shown(&self) -> usize {
        self.rows.iter().filter(|row| !row.hidden).count()
    }

    fn proposals(&self) -> usize {
        self.rows.iter().filter(|row| row.proposed).count()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    plan: String,
}

/// `GET /desk/agency-plans/new`
pub async fn new(who: Signed, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<FormPage>> {
    let agency = writer(&who)?;
    let plan = province_plan(&app, &ask.plan).await?;
    let year = time::local_date(app.clock.now()).year().to_string();
    let duties = held::by(&app.db, plan.id, agency, None).await?.iter().map(|held| held.duty).collect();
    let typed = Typed { from_year: year.clone(), until_year: year, duties, ..Typed::default() };
    Ok(Page(page(&app, shell, (agency, &plan), None, Filled { typed, fresh: new_id(), ..Filled::default() }).await?))
}

fn writer(who: &Who) -> Result<Uuid> {
    let agency = who.agency.ok_or_else(|| Error::refused("agency-plan-without-agency"))?;
    if AgencyPlan::may_write(who, agency) { Ok(agency) } else { Err(Error::Forbidden) }
}

/// The plan of the province at that address; the newest in force when it is empty.
///
/// # Errors
/// Refused when none is in force; not found; or the database failed.
pub async fn province_plan(app: &App, slug: &str) -> Result<Plan> {
    if slug.is_empty() {
        return Plan::adopted(&app.db).await?.into_iter().next().ok_or_else(|| Error::refused("progress-without-plan"));
    }
    Plan::find_by_slug(&app.db, slug).await
}

/// The page with these things in the form.
///
/// # Errors
/// The database failed.
pub async fn page(
    app: &App,
    shell: Shell,
    (agency, plan): (Uuid, &Plan),
    draft: Option<&AgencyPlan>,
    filled: Filled,
) -> Result<FormPage> {
    let l = shell.l;
    let folded = vietnamese::fold(&filled.q).into_owned();
    let ticked = |held: &Held| {
        filled.proposed.as_ref().map_or_else(|| filled.typed.duties.contains(&held.duty), |ids| ids.contains(&held.duty))
    };
    let row = |held: Held| Row {
        part: l.t(&held.part.key()),
        ticked: ticked(&held),
        hidden: !folded.trim().is_empty() && !vietnamese::fold(&format!("{} {}", held.path, held.title)).contains(folded.trim()),
        proposed: filled.proposed.as_ref().is_some_and(|ids| ids.contains(&held.duty)),
        held,
    };
    let rows: Vec<Row> = held::by(&app.db, plan.id, agency, None).await?.into_iter().map(row).collect();
    let (mut obstacles, mut replaces) = (Vec::new(), Vec::new());
    if let Some(draft) = draft {
        let covers = AgencyPlan::duties(&app.db, &[draft.id]).await?.len();
        obstacles = draft.obstacles_to_issuing(covers).iter().map(|one| one.text(l)).collect();
        replaces = draft.replaces(&app.db).await?.iter().map(AgencyPlan::name).collect();
    }
    let others = if draft.is_some() { Vec::new() } else { Plan::adopted(&app.db).await? };
    Ok(FormPage {
        id: draft.map(|draft| draft.id),
        seen: draft.map_or(0, |draft| draft.version),
        plan: plan.title(),
        slug: plan.slug.clone(),
        others: others.into_iter().map(|plan| (plan.slug.clone(), plan.title())).collect(),
        file: draft.map(|draft| draft.file_name.clone()).unwrap_or_default(),
        errors: Mistakes::told(&filled.errors, l),
        filled,
        rows,
        obstacles,
        replaces,
        l,
        shell,
    })
}

/// What a press of one of the form's buttons brought.
#[derive(Default)]
struct Given {
    typed: Typed,
    upload: Upload,
    /// `save`, `search`, `all` or `none`.
    act: String,
    q: String,
    seen: i32,
    plan: String,
    /// See [`Filled::fresh`].
    fresh: Option<Uuid>,
}

async fn given(mut parts: Multipart) -> Result<Given> {
    let wrong = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge((FILE_BYTES_MAX / 1024 / 1024) as u64),
        _ => Error::bad("upload-broken"),
    };
    let mut given = Given::default();
    while let Some(field) = parts.next_field().await.map_err(wrong)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            given.upload.name = field.file_name().unwrap_or_default().to_owned();
            given.upload.bytes = field.bytes().await.map_err(wrong)?.to_vec();
            continue;
        }
        let value = field.text().await.map_err(wrong)?;
        match name.as_str() {
            "number" => given.typed.number = value,
            "title" => given.typed.title = value,
            "issued_on" => given.typed.issued_on = value,
            "from_year" => given.typed.from_year = value,
            "until_year" => given.typed.until_year = value,
            "note" => given.typed.note = value,
            "duty" => given.typed.duties.extend(value.parse::<Uuid>()),
            "do" => given.act = value,
            "q" => given.q = value,
            "seen" => given.seen = value.parse().unwrap_or_default(),
            "plan" => given.plan = value,
            "id" => given.fresh = value.parse().ok(),
            _ => {}
        }
    }
    Ok(given)
}

impl Given {
    /// The form again, for a search or for ticking all or none of what is shown; None when it is to be kept.
    async fn again(&mut self, app: &App, agency: Uuid, plan: &Plan) -> Result<bool> {
        if self.act == "all" {
            self.typed.duties = held::by(&app.db, plan.id, agency, None).await?.iter().map(|held| held.duty).collect();
        }
        if self.act == "none" {
            self.typed.duties.clear();
        }
        Ok(["search", "all", "none"].contains(&self.act.as_str()))
    }

    fn filled(self, errors: Vec<Obstacle>) -> Filled {
        let fresh = self.fresh.unwrap_or_else(new_id);
        Filled { typed: self.typed, q: self.q, errors, fresh, ..Filled::default() }
    }
}

/// `POST /desk/agency-plans`: a new draft.
pub async fn create(who: Signed, shell: Shell, State(app): State<App>, parts: Multipart) -> Result<Response> {
    let agency = writer(&who)?;
    let mut given = given(parts).await?;
    let plan = province_plan(&app, &given.plan).await?;
    if given.again(&app, agency, &plan).await? {
        return Ok(Page(page(&app, shell, (agency, &plan), None, given.filled(Vec::new())).await?).into_response());
    }
    let id = *given.fresh.get_or_insert_with(new_id);
    let made = match given.typed.read(time::local_date(app.clock.now())) {
        Ok(content) => match AgencyPlan::begin(&app, &who, (id, plan.id), &content, &given.upload).await {
            // Pressed twice at once: now the first press has made it, or it is another plan.
            Err(Error::Stale) => AgencyPlan::begin(&app, &who, (id, plan.id), &content, &given.upload).await,
            made => made,
        },
        Err(wrong) => Err(Error::Refused(wrong)),
    };
    match made {
        Ok(()) => Ok(Said::to(AgencyPlan::desk_path(id), "agency-plan-kept").into_response()),
        Err(Error::Stale) => {
            // The form of a plan that is kept already came back with other words: they may become a plan of their own.
            let wrong = vec![Obstacle::new("agency-plan-kept-before").at("title")];
            let filled = Filled { fresh: new_id(), ..given.filled(wrong) };
            Ok(Page(page(&app, shell, (agency, &plan), None, filled).await?).status(StatusCode::CONFLICT))
        }
        Err(Error::Refused(wrong)) => {
            let page = page(&app, shell, (agency, &plan), None, given.filled(wrong)).await?;
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/agency-plans/{id}`: changes a draft. Who comes second keeps what was typed.
pub async fn save(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>, parts: Multipart) -> Result<Response> {
    let draft = AgencyPlan::find_for(&app.db, &who, id).await?;
    let plan = Plan::find(&app.db, draft.plan).await?;
    let mut given = given(parts).await?;
    if draft.state == PlanState::Draft && given.again(&app, draft.agency, &plan).await? {
        let page = page(&app, shell, (draft.agency, &plan), Some(&draft), given.filled(Vec::new())).await?;
        return Ok(Page(page).into_response());
    }
    let kept = match given.typed.read(time::local_date(app.clock.now())) {
        Ok(content) => draft.change(&app, &who, given.seen, &content, &given.upload).await,
        Err(wrong) => Err(Error::Refused(wrong)),
    };
    match kept {
        Ok(()) => Ok(Said::to(AgencyPlan::desk_path(id), "agency-plan-kept").into_response()),
        Err(Error::Refused(wrong)) => {
            let page = page(&app, shell, (draft.agency, &plan), Some(&draft), given.filled(wrong)).await?;
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(Error::Stale) => {
            // The newest version is now the one seen: pressing again keeps what stands in the form.
            let newest = AgencyPlan::find_for(&app.db, &who, id).await?;
            let filled = Filled { conflict: true, ..given.filled(Vec::new()) };
            Ok(Page(page(&app, shell, (newest.agency, &plan), Some(&newest), filled).await?).status(StatusCode::CONFLICT))
        }
        Err(error) => Err(error),
    }
}
