//! The list of plans, and bringing a new one in.

use askama::Template;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, post};
use uuid::Uuid;

use super::Editor;
use crate::base::{App, Role, time};
use crate::plans::Plan;
use crate::plans::plan::State as PlanState;
use crate::plans::plan::reading::{FILE_BYTES_MAX, Upload};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Obstacle, Page, Result, Said, Shell};

/// One plan in the list.
pub struct Line {
    pub href: String,
    pub title: String,
    pub subject: String,
    pub issuer: String,
    pub issued: String,
    pub state: &'static str,
    pub at: String,
}

#[derive(Template)]
#[template(path = "plans/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    lines: Vec<Line>,
    may_add: bool,
}

/// `GET /desk/plans`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>) -> Result<Page<List>> {
    let lines = Plan::all_for(&app, &who).await?.iter().map(|plan| line(shell.l, plan)).collect();
    let may_add = who.is_any(&[Role::Coordinator, Role::Officer, Role::Approver]);
    Ok(Page(List { l: shell.l, shell, lines, may_add }))
}

fn line(l: Locale, plan: &Plan) -> Line {
    let draft = plan.state == PlanState::Draft;
    let title = plan.title();
    Line {
        href: if draft { format!("{}/review", Plan::desk_path(plan.id)) } else { Plan::desk_path(plan.id) },
        title: if title.is_empty() { l.t("plan-untitled") } else { title },
        subject: plan.subject.clone(),
        issuer: plan.issuer.clone(),
        issued: plan.issued_on.map(time::day).unwrap_or_default(),
        state: state_mark(plan.state),
        at: time::minute(plan.adopted_at.unwrap_or(plan.created_at)),
    }
}

/// The mark of the design system's set of states.
#[must_use]
pub fn state_mark(state: PlanState) -> &'static str {
    match state {
        PlanState::Draft => "draft",
        PlanState::Adopted => "issued",
        PlanState::Replaced | PlanState::Discarded => "superseded",
    }
}

#[derive(Template)]
#[template(path = "plans/staff/new.html")]
pub struct New {
    l: Locale,
    shell: Shell,
    /// Plans in force that the new one may amend.
    adopted: Vec<(Uuid, String)>,
    amends: Option<Uuid>,
    error: String,
    ocr: bool,
    has_ocr: bool,
}

impl New {
    fn amends_is(&self, id: &Uuid) -> bool {
        self.amends.as_ref() == Some(id)
    }

    async fn page(app: &App, who: &Editor, shell: Shell, amends: Option<Uuid>, error: String, ocr: bool) -> Result<Self> {
        let adopted = Plan::adopted(&app.db).await?.into_iter().filter(|plan| plan.is_edited_by(who));
        Ok(Self {
            l: shell.l,
            shell,
            adopted: adopted.map(|plan| (plan.id, plan.title())).collect(),
            amends,
            error,
            ocr,
            has_ocr: official_document::ocr::available(),
        })
    }
}

/// `GET /desk/plans/new`
pub async fn new(who: Editor, shell: Shell, State(app): State<App>) -> Result<Page<New>> {
    Ok(Page(New::page(&app, &who, shell, None, String::new(), false).await?))
}

/// `POST /desk/plans`, which takes larger bodies than the rest of the house.
pub fn taking() -> MethodRouter<App> {
    post(create).layer(DefaultBodyLimit::max(FILE_BYTES_MAX + 64 * 1024))
}

struct Form {
    upload: Upload,
    amends: Option<Uuid>,
}

async fn form(mut parts: Multipart) -> Result<Form> {
    let mut form = Form { upload: Upload { name: String::new(), bytes: Vec::new(), with_ocr: false }, amends: None };
    let too_large = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge((FILE_BYTES_MAX / 1024 / 1024) as u64),
        _ => Error::bad("upload-broken"),
    };
    while let Some(field) = parts.next_field().await.map_err(too_large)? {
        match field.name().unwrap_or_default() {
            "file" => {
                form.upload.name = field.file_name().unwrap_or_default().chars().take(200).collect();
                form.upload.bytes = field.bytes().await.map_err(too_large)?.to_vec();
            }
            "amends" => match field.text().await.map_err(too_large)?.trim() {
                "" => {}
                id => form.amends = Some(id.parse().map_err(|_| Error::NotFound)?),
            },
            "ocr" => form.upload.with_ocr = true,
            _ => {}
        }
    }
    Ok(form)
}

/// `POST /desk/plans`: reads the file and goes to its review; a refusal comes back with the form.
pub async fn create(who: Editor, shell: Shell, State(app): State<App>, parts: Multipart) -> Result<Response> {
    let form = form(parts).await?;
    let agency = who.agency.ok_or_else(|| Error::refused("plan-no-agency"))?;
    let (amends, ocr) = (form.amends, form.upload.with_ocr);
    if let Some(id) = amends {
        let amended = Plan::find_for(&app, &who, id).await?;
        if !amended.is_edited_by(&who) {
            return Err(Error::Forbidden);
        }
        if amended.state != PlanState::Adopted {
            return Err(Error::Refused(vec![Obstacle::new("plan-obstacle-amended").with("name", amended.title())]));
        }
    }
    let outcome = if form.upload.bytes.is_empty() {
        Err(Error::refused("plan-no-file"))
    } else {
        Plan::draft(&app, &who, agency, form.upload, amends).await
    };
    match outcome {
        Ok(id) => Ok(Said::to(format!("/desk/plans/{id}/review"), "plan-read").into_response()),
        Err(Error::Refused(obstacles)) => {
            let error = obstacles.iter().map(|obstacle| obstacle.text(shell.l)).collect::<Vec<_>>().join(" ");
            Ok(Page(New::page(&app, &who, shell, amends, error, ocr).await?).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
