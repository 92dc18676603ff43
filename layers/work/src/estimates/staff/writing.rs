//! Writing the lines of an estimate, and submitting it. Nothing that was typed is lost, whatever the press of a button comes to.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::sheet::{self, Form as Given, with_rows};
use crate::base::{App, Who};
use crate::duties::held;
use crate::estimates::Estimate;
use crate::estimates::estimate::State as Stands;
use crate::estimates::estimate::line::LINES_MAX;
use crate::estimates::estimate::typed::{Content, Reading, Typed, Wrong};
use crate::estimates::source::Source;
use crate::web::who::Signed;
use crate::web::{Error, Page, Path, Result, Said, Shell};

/// The fields of the form; rows come as equal names.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    fn seen(&self) -> i32 {
        self.one("seen").parse().unwrap_or_default()
    }

    fn lines(&self) -> Vec<Typed> {
        let names = ["duty", "source", "narrative", "unit", "quantity", "unit_price", "amount"];
        let columns = names.map(|name| self.all(name));
        let cell = |column: usize, at: usize| columns[column].get(at).copied().unwrap_or_default().to_owned();
        let count = columns[0].len().min(LINES_MAX + 1);
        let line = |at: usize| Typed {
            duty: cell(0, at),
            source: cell(1, at),
            narrative: cell(2, at),
            unit: cell(3, at),
            quantity: cell(4, at),
            unit_price: cell(5, at),
            amount: cell(6, at),
        };
        (0..count).map(line).collect()
    }
}

/// Reads lines against what the agency holds in that year.
///
/// # Errors
/// The database failed; what is wrong with the lines is in the inner result.
pub async fn read(app: &App, estimate: &Estimate, lines: &[Typed]) -> Result<Result<Vec<Content>, Vec<Wrong>>> {
    let held = held::by(&app.db, estimate.plan, estimate.agency, Some(estimate.year)).await?;
    let duties: Vec<Uuid> = held.iter().map(|held| held.duty).collect();
    let sources = Source::all(&app.db).await?;
    Ok(Reading { duties: &duties, sources: &sources }.read(lines))
}

/// `POST /desk/estimates/{id}/rows`: the form again with a row more, or one less; nothing is kept yet.
pub async fn rows(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let estimate = Estimate::find_for(&app.db, &who, id).await?;
    let fields = Fields(fields);
    let mut lines = fields.lines();
    if let Ok(at) = fields.one("drop").parse::<usize>()
        && at < lines.len()
    {
        lines.remove(at);
    } else if lines.len() < LINES_MAX {
        let last = lines.last().cloned().unwrap_or_default();
        lines.push(Typed { duty: last.duty, source: last.source, ..Typed::default() });
    }
    let given = Given { seen: fields.seen(), lines: with_rows(lines), wrong: Vec::new() };
    Ok(Page(sheet::page(&app, &who, shell, estimate, Some(given)).await?).into_response())
}

/// `POST /desk/estimates/{id}`: keeps the lines. Who comes second keeps what was typed.
pub async fn save(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let estimate = Estimate::find_for(&app.db, &who, id).await?;
    let fields = Fields(fields);
    let (seen, lines) = (fields.seen(), fields.lines());
    let contents = match read(&app, &estimate, &lines).await? {
        Ok(contents) => contents,
        Err(wrong) if estimate.state == Stands::Draft && estimate.is_written_by(&who) => {
            let given = Given { seen, lines, wrong };
            let page = sheet::page(&app, &who, shell, estimate, Some(given)).await?;
            return Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY));
        }
        Err(_) => Vec::new(),
    };
    match estimate.write(&app, &who, seen, contents).await {
        Ok(()) => Ok(Said::to(Estimate::desk_path(id), "estimate-kept").into_response()),
        Err(Error::Stale | Error::Refused(_)) => conflict(&app, &who, shell, id, lines).await,
        Err(error) => Err(error),
    }
}

/// The newest version is now the one seen: pressing again keeps what stands in the form.
async fn conflict(app: &App, who: &Who, shell: Shell, id: Uuid, lines: Vec<Typed>) -> Result<Response> {
    let newest = Estimate::find_for(&app.db, who, id).await?;
    if newest.state != Stands::Draft {
        let line =
            |line: &Typed| [line.narrative.as_str(), &line.quantity, &line.unit, &line.unit_price, &line.amount].join("\t");
        let lost = lines.iter().filter(|line| !line.is_blank()).map(line).collect::<Vec<_>>().join("\n");
        let mut page = sheet::page(app, who, shell, newest, None).await?;
        (page.conflict, page.lost) = (true, lost);
        return Ok(Page(page).status(StatusCode::CONFLICT));
    }
    let given = Given { seen: newest.version, lines: with_rows(lines), wrong: Vec::new() };
    let mut page = sheet::page(app, who, shell, newest, Some(given)).await?;
    page.conflict = true;
    Ok(Page(page).status(StatusCode::CONFLICT))
}

#[derive(Debug, Deserialize)]
pub struct Seen {
    seen: i32,
}

/// `POST /desk/estimates/{id}/submission`
pub async fn submit(who: Signed, State(app): State<App>, Path(id): Path<Uuid>, Form(form): Form<Seen>) -> Result<Said> {
    let estimate = Estimate::find_for(&app.db, &who, id).await?;
    estimate.submit(&app, &who, form.seen).await?;
    Ok(Said::to(Estimate::desk_path(id), "estimate-submitted"))
}
