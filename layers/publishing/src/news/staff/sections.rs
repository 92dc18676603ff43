//! The sections, and through which steps their articles go.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::form::Choice;
use super::list::keeps_sections;
use crate::base::{App, Role, Who, time};
use crate::news::section::editing::{NAME_LETTERS_MAX, Wanted};
use crate::news::section::{Kind, Section};
use crate::news::step::{Act, STEPS_MAX, Step};
use crate::news::view;
use crate::people::agency::brief::Known;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

/// A section as a line.
pub struct Line {
    pub href: String,
    pub name: String,
    pub whose: String,
    pub steps: String,
    pub kind: String,
    pub is_mine: bool,
}

#[derive(Template)]
#[template(path = "news/staff/sections.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    lines: Vec<Line>,
}

/// A step as it stands in the form.
#[derive(Clone, Debug, Default)]
pub struct Field {
    pub act: String,
    pub role: String,
    pub agency: String,
    pub hours: String,
}

#[derive(Template)]
#[template(path = "news/staff/section.html")]
pub struct SectionForm {
    l: Locale,
    shell: Shell,
    /// None while it is made.
    section: Option<Section>,
    version: i32,
    name: String,
    name_en: String,
    kind: String,
    topic: String,
    parent: String,
    position: String,
    whose: String,
    fields: Vec<Field>,
    agencies: Vec<Choice>,
    parents: Vec<Choice>,
    /// Whose it may be: the province's (empty) or the person's agency's.
    owners: Vec<Choice>,
    errors: Mistakes,
    conflict: bool,
}

impl SectionForm {
    fn action(&self) -> String {
        self.section.as_ref().map_or_else(|| "/desk/news/sections".into(), |section| Section::desk_path(section.id))
    }

    fn heading(&self) -> String {
        self.section.as_ref().map_or_else(|| self.l.t("section-new"), |section| section.name.clone())
    }

    fn kinds(&self) -> Vec<Choice> {
        [Kind::Column, Kind::Special]
            .into_iter()
            .map(|kind| Choice { value: kind.code(), label: self.l.t(&kind.key()) })
            .collect()
    }

    fn acts(&self) -> Vec<Choice> {
        let label = |act: Act| self.l.t(&format!("section-step-{}", act.code()));
        Act::ALL.into_iter().map(|act| Choice { value: act.code().into(), label: label(act) }).collect()
    }

    fn roles(&self) -> Vec<Choice> {
        Step::ROLES.into_iter().map(|role| Choice { value: role.code().into(), label: self.l.t(&role.key()) }).collect()
    }

    fn name_max(&self) -> usize {
        NAME_LETTERS_MAX
    }
}

/// `GET /desk/news/sections`
pub async fn list(who: Signed, shell: Shell, State(app): State<App>) -> Result<Page<List>> {
    if !keeps_sections(&who) {
        return Err(Error::Forbidden);
    }
    let l = shell.l;
    let known = Known::now(&app).await?;
    let line = |section: &Section| Line {
        href: Section::desk_path(section.id),
        name: section.label(l).to_owned(),
        whose: whose(l, section.agency, &known),
        steps: section
            .steps()
            .iter()
            .map(|step| view::step(l, step, section.agency.unwrap_or_default(), &known))
            .collect::<Vec<_>>()
            .join(" → "),
        kind: l.t(&section.kind.key()),
        is_mine: section.is_kept_by(&who),
    };
    let lines = Section::all(&app.db).await?.iter().map(line).collect();
    Ok(Page(List { lines, l, shell }))
}

fn whose(l: Locale, agency: Option<Uuid>, known: &Known) -> String {
    match agency {
        Some(agency) => known.get(&agency).map(|body| body.label()).unwrap_or_default(),
        None => l.t("section-of-province"),
    }
}

async fn blank(app: &App, who: &Who, shell: Shell) -> Result<SectionForm> {
    if !keeps_sections(who) {
        return Err(Error::Forbidden);
    }
    let l = shell.l;
    let known = Known::now(app).await?;
    let day = time::local_date(app.clock.now());
    let mut open: Vec<_> = known.values().filter(|body| body.is_open_on(day)).collect();
    open.sort_by_key(|body| known.rank(body.id));
    let over = who.is_any(&[Role::Coordinator, Role::SystemAdministrator]);
    let province = over.then(|| Choice { value: String::new(), label: l.t("section-of-province") });
    let own = who.agency.map(|id| Choice { value: id.to_string(), label: whose(l, Some(id), &known) });
    let parents = Section::all(&app.db).await?;
    Ok(SectionForm {
        section: None,
        version: 0,
        name: String::new(),
        name_en: String::new(),
        kind: Kind::default().code(),
        topic: String::new(),
        parent: String::new(),
        position: "10".into(),
        whose: String::new(),
        fields: fields(&Step::usual()),
        agencies: open.into_iter().map(|body| Choice { value: body.id.to_string(), label: body.name.clone() }).collect(),
        parents: parents
            .iter()
            .filter(|one| one.parent.is_none())
            .map(|one| Choice { value: one.id.to_string(), label: one.label(l).to_owned() })
            .collect(),
        owners: province.into_iter().chain(own).collect(),
        errors: Mistakes::default(),
        conflict: false,
        l,
        shell,
    })
}

/// The steps with empty ones behind them, as many as there may be.
fn fields(steps: &[Step]) -> Vec<Field> {
    let field = |step: &Step| Field {
        act: step.act.code().into(),
        role: step.role.code().into(),
        agency: step.agency.map(|id| id.to_string()).unwrap_or_default(),
        hours: step.hours.to_string(),
    };
    let mut fields: Vec<Field> = steps.iter().map(field).collect();
    fields.resize(STEPS_MAX, Field::default());
    fields
}

/// `GET /desk/news/sections/new`
pub async fn new(who: Signed, shell: Shell, State(app): State<App>) -> Result<Page<SectionForm>> {
    Ok(Page(blank(&app, &who, shell).await?))
}

/// `GET /desk/news/sections/{id}`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<SectionForm>> {
    let section = Section::find(&app.db, id).await?;
    if !section.is_kept_by(&who) {
        return Err(Error::Forbidden);
    }
    let page = blank(&app, &who, shell).await?;
    Ok(Page(SectionForm {
        version: section.version,
        name: section.name.clone(),
        name_en: section.name_en.clone(),
        kind: section.kind.code(),
        topic: section.topic.clone(),
        parent: section.parent.map(|id| id.to_string()).unwrap_or_default(),
        position: section.position.to_string(),
        fields: fields(&section.steps()),
        section: Some(section),
        ..page
    }))
}

/// What the form sends: rows of steps come as equal names.
struct Sent(Vec<(String, String)>);

impl Sent {
    fn one(&self, name: &str) -> String {
        let line = self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default();
        vietnamese::normalise::squeeze_spaces(&vietnamese::normalise(line).replace('\0', "")).into_owned()
    }

    fn fields(&self) -> Vec<Field> {
        let all =
            |name: &str| self.0.iter().filter(|(field, _)| field == name).map(|(_, value)| value.clone()).collect::<Vec<_>>();
        let (acts, roles, agencies, hours) = (all("act"), all("role"), all("agency"), all("hours"));
        let row = |(at, act): (usize, &String)| Field {
            act: act.clone(),
            role: roles.get(at).cloned().unwrap_or_default(),
            agency: agencies.get(at).cloned().unwrap_or_default(),
            hours: hours.get(at).cloned().unwrap_or_default(),
        };
        acts.iter().enumerate().take(STEPS_MAX).map(row).collect()
    }

    fn wanted(&self) -> Wanted {
        let step = |field: Field| {
            let act = Act::from_code(&field.act)?;
            let role = Role::from_code(&field.role).unwrap_or(Role::Officer);
            // What is no number is refused as one that is out of bounds.
            Some(Step { act, role, agency: field.agency.parse().ok(), hours: field.hours.trim().parse().unwrap_or_default() })
        };
        Wanted {
            name: self.one("name"),
            name_en: self.one("name_en"),
            kind: if self.one("kind") == Kind::Special.code() { Kind::Special } else { Kind::Column },
            parent: self.one("parent").parse().ok(),
            agency: self.one("whose").parse().ok(),
            topic: self.one("topic"),
            steps: self.fields().into_iter().filter_map(step).collect(),
            position: self.one("position").parse().unwrap_or_default(),
        }
    }

    fn onto(&self, page: SectionForm) -> SectionForm {
        let mut fields = self.fields();
        fields.resize(STEPS_MAX, Field::default());
        SectionForm {
            name: self.one("name"),
            name_en: self.one("name_en"),
            kind: self.one("kind"),
            topic: self.one("topic"),
            parent: self.one("parent"),
            position: self.one("position"),
            whose: self.one("whose"),
            fields,
            ..page
        }
    }
}

/// `POST /desk/news/sections`
pub async fn make(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let sent = Sent(fields);
    match Section::make(&app, &who, &sent.wanted()).await {
        Ok(_) => Ok(Said::to("/desk/news/sections", "section-was-made").into_response()),
        Err(Error::Refused(obstacles)) => {
            let page = sent.onto(blank(&app, &who, shell).await?);
            Ok(Page(SectionForm { errors: Mistakes::told(&obstacles, page.l), ..page }).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/news/sections/{id}`
pub async fn change(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let sent = Sent(fields);
    let version = sent.one("version").parse().map_err(|_| Error::bad("failure-bad-request"))?;
    let (status, obstacles) = match Section::change(&app, &who, id, &sent.wanted(), version).await {
        Ok(()) => return Ok(Said::to("/desk/news/sections", "section-was-changed").into_response()),
        Err(error) => error.handed_back()?,
    };
    let section = Section::find(&app.db, id).await?;
    let page = sent.onto(blank(&app, &who, shell).await?);
    let (errors, conflict) = (Mistakes::told(&obstacles, page.l), status == StatusCode::CONFLICT);
    Ok(Page(SectionForm { version: section.version, section: Some(section), errors, conflict, ..page }).status(status))
}

/// The sections by their id.
///
/// # Errors
/// The database failed.
pub async fn by_id(app: &App) -> Result<HashMap<Uuid, Section>> {
    Ok(Section::all(&app.db).await?.into_iter().map(|one| (one.id, one)).collect())
}
