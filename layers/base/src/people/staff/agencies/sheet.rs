//! Everything that is written about an agency, as one form: for a new one, and to correct one that is there.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::filled::Filled;
use super::{Choice, Group, Keeper, PATH, because, confidences, grouped, kinds};
use crate::base::{App, time};
use crate::people::Agency;
use crate::people::agency::directory::{self, Line};
use crate::people::agency::draft::{Draft, Fields, Mistakes};
use crate::people::agency::editing;
use crate::people::agency::name;
use crate::people::agency::opening::{Failure, Opened};
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell};

#[derive(Template)]
#[template(path = "people/staff/agencies/sheet.html")]
pub struct Sheet {
    l: Locale,
    shell: Shell,
    /// The agency that is corrected; None for a new one.
    agency: Option<Agency>,
    filled: Filled<Fields>,
    kinds: Vec<Choice>,
    confidences: Vec<Choice>,
    parents: Vec<Group>,
}

impl Sheet {
    async fn of(app: &App, shell: Shell, agency: Option<Agency>, fields: Fields, mistakes: Mistakes) -> Result<Self> {
        let l = shell.l;
        let lines = directory::all(&app.db).await?;
        let today = time::local_date(app.clock.now());
        let own = agency.as_ref().map(|agency| agency.id);
        // A parent that has closed is offered only where it is the one written down.
        let parents = lines.iter().filter(|line| Some(line.id) != own);
        let parents = parents.filter(|line| line.closed_on.is_none_or(|last| today <= last) || line.code == fields.parent);
        Ok(Self {
            kinds: kinds(l, &fields.kind),
            confidences: confidences(l, &fields.confidence),
            parents: grouped(l, parents, |line: &Line| line.code.clone(), |line| line.code == fields.parent),
            filled: Filled::of(
                l,
                agency.as_ref().map_or_else(|| PATH.to_owned(), |one| Agency::desk_path(one.id)),
                fields,
                mistakes,
            ),
            l,
            shell,
            agency,
        })
    }

    fn title(&self) -> String {
        self.l.t(if self.agency.is_some() { "agency-edit" } else { "agencies-new" })
    }

    /// Where the form goes.
    fn action(&self) -> String {
        self.agency.as_ref().map_or_else(|| PATH.to_owned(), |agency| format!("{}/edit", Agency::desk_path(agency.id)))
    }

    fn name_help(&self) -> String {
        self.l.t(if self.agency.is_some() { "agency-help-name-edit" } else { "agency-help-name" })
    }
}

/// The page again, with what is wrong beside the fields.
async fn again(app: &App, shell: Shell, agency: Option<Agency>, fields: Fields, mistakes: Mistakes) -> Result<Response> {
    Ok(Page(Sheet::of(app, shell, agency, fields, mistakes).await?).status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// `GET /desk/agencies/new`
pub async fn new(_who: Keeper, shell: Shell, State(app): State<App>) -> Result<Page<Sheet>> {
    Ok(Page(Sheet::of(&app, shell, None, Fields::default(), Mistakes::default()).await?))
}

/// `POST /desk/agencies`: opens it. The same one sent twice is opened once.
pub async fn open(who: Keeper, shell: Shell, State(app): State<App>, Form(fields): Form<Fields>) -> Result<Response> {
    let (draft, by) = match read(&who, &fields) {
        Ok(read) => read,
        Err(mistakes) => return again(&app, shell, None, fields, mistakes).await,
    };
    match Agency::open(&app, &draft, &by).await {
        Ok(Opened::New(agency)) => Ok(said(&agency, "agency-opened")),
        Ok(Opened::Already(agency)) => Ok(said(&agency, "agency-already")),
        Err(Failure::Mistakes(mistakes)) => again(&app, shell, None, fields, mistakes).await,
        Err(Failure::Error(error)) => Err(error),
    }
}

fn said(agency: &Agency, key: &'static str) -> Response {
    Said::to(Agency::desk_path(agency.id), key).with("name", &agency.name).into_response()
}

/// `GET /desk/agencies/{id}/edit`
pub async fn edit(_who: Keeper, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<Sheet>> {
    let agency = Agency::find(&app.db, id).await?;
    let names = name::Model::of(&app.db, id).await?;
    let parent = match agency.parent {
        Some(parent) => Agency::find(&app.db, parent).await?.code,
        None => String::new(),
    };
    let fields = Fields::of(&agency, &parent, &editing::aliases(&names));
    let fields = as_written(fields, &agency);
    Ok(Page(Sheet::of(&app, shell, Some(agency), fields, Mistakes::default()).await?))
}

/// Days and numbers the way people write them; [`Fields::read`] takes both.
fn as_written(fields: Fields, agency: &Agency) -> Fields {
    let comma = |number: String| number.replace('.', ",");
    Fields {
        open_from: time::day(agency.open_from),
        latitude: comma(fields.latitude),
        longitude: comma(fields.longitude),
        area_km2: comma(fields.area_km2),
        ..fields
    }
}

/// `POST /desk/agencies/{id}/edit`
pub async fn correct(
    who: Keeper,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let agency = Agency::find(&app.db, id).await?;
    let version = version(&fields)?;
    if version != agency.version {
        return Err(Error::Stale);
    }
    let (draft, by) = match read(&who, &fields) {
        Ok(read) => read,
        Err(mistakes) => return again(&app, shell, Some(agency), fields, mistakes).await,
    };
    match Agency::edit(&app, id, &draft, version, &by).await {
        Ok(changed) => Ok(Said::to(Agency::desk_path(id), if changed { "agency-saved" } else { "agency-same" }).into_response()),
        Err(Failure::Mistakes(mistakes)) => again(&app, shell, Some(agency), fields, mistakes).await,
        Err(Failure::Error(error)) => Err(error),
    }
}

/// The version that the form was made from.
///
/// # Errors
/// There is none: the form is not ours.
pub fn version(fields: &Fields) -> Result<i32> {
    fields.version.parse().map_err(|_| Error::bad("failure-bad-request"))
}

fn read(who: &Keeper, fields: &Fields) -> Result<(Draft, crate::base::By), Mistakes> {
    let (draft, mut mistakes) = match fields.read() {
        Ok(draft) => (Some(draft), Mistakes::default()),
        Err(mistakes) => (None, mistakes),
    };
    let by = because(who, &fields.why, &mut mistakes);
    match draft {
        Some(draft) if mistakes.is_empty() => Ok((draft, by)),
        _ => Err(mistakes),
    }
}
