//! The templates: a list, and each with its preview. The preview is of an empty document: what is standing shows, what is filled in later
//! stays in its braces.

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::{ActiveEnum, Iterable};

use super::editing;
use super::paper;
use crate::base::{App, By, time};
use crate::reports::kind::Kind;
use crate::reports::report::Head;
use crate::reports::report::arranging::Counted;
use crate::reports::report::composed::{Annex, Caption, Composed, Piece, Span};
use crate::reports::template::outline::{Of, Outline, Section};
use crate::reports::template::{Template as Pattern, Wanted, reading};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Markup, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

crate::admits! {
    /// Who keeps templates.
    Keeper: Coordinator
}

/// The word in addresses for a template that is not there yet.
const NEW: &str = "moi";
/// Words that addresses of templates have for other pages: no template is called by them.
const PAGES: [&str; 2] = [NEW, "preview"];
const NAME_LETTERS_MAX: usize = 200;
const CODE_BYTES_MAX: usize = 60;

/// A template as a row.
pub struct Row {
    pub href: String,
    pub name: String,
    pub kind: String,
    pub version: String,
    pub when: String,
}

#[derive(Template)]
#[template(path = "reports/staff/templates.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
}

/// `GET /desk/reports/templates`
pub async fn list(_who: Keeper, shell: Shell, Shared(app): Shared<App>) -> Result<Page<List>> {
    let l = shell.l;
    let row = |one: &Pattern| Row {
        href: Pattern::path(&one.code),
        name: one.name.clone(),
        kind: l.t(&one.kind.key()),
        version: l.t1("report-template-version", "n", one.version),
        when: time::minute(one.at),
    };
    Ok(Page(List { rows: Pattern::all(&app.db).await?.iter().map(row).collect(), l, shell }))
}

/// `POST /desk/reports/templates`: takes those that ship, and their new versions where the office changed nothing.
pub async fn fill(_who: Keeper, Shared(app): Shared<App>) -> Result<Said> {
    crate::reports::seeding::settle(&app).await?;
    Ok(Said::to("/desk/reports/templates", "report-templates-were-filled"))
}

#[derive(Template)]
#[template(path = "reports/staff/template.html")]
pub struct Edited {
    l: Locale,
    shell: Shell,
    code: String,
    name: String,
    version: i32,
    kinds: Vec<editing::Choice>,
    outline: Markup,
    paper: Markup,
    errors: Mistakes,
    conflict: bool,
}

impl Edited {
    fn here(&self) -> String {
        Pattern::path(if self.code.is_empty() { NEW } else { &self.code })
    }
}

/// A document of a template in which nothing is filled.
fn empty(l: Locale, kind: Kind, outline: &Outline) -> Composed {
    let mut pieces = Vec::new();
    let mut annexes = Vec::new();
    for section in &outline.sections {
        if section.of.is_annex() {
            let about = Piece::Paragraph(vec![Span::italic(l.t(&section.of.key()))]);
            annexes.push(Annex { title: section.title.clone(), pieces: vec![about], ..Annex::default() });
            continue;
        }
        if section.level > 0 && !section.title.is_empty() {
            let caption = Caption { level: section.level, marker: String::new(), text: section.title.clone() };
            pieces.push(Piece::Heading(caption));
        }
        pieces.extend(standing(l, section));
    }
    Composed {
        kind,
        edition: 1,
        head: Head { issuer: l.t("report-preview-issuer"), symbol: "…".into(), place: "…".into(), ..Head::default() },
        number: None,
        date: None,
        subject: outline.subject.clone(),
        addressees: outline.addressees.clone(),
        bases: outline.bases.clone(),
        pieces,
        recipients: outline.recipients.clone(),
        archive: outline.archive.clone(),
        annexes,
        figures: Vec::new(),
        sentences: Vec::new(),
        present: Vec::new(),
        absent: Vec::new(),
        remarks: Vec::new(),
        counted: Counted::default(),
    }
}

fn standing(l: Locale, section: &Section) -> Vec<Piece> {
    match section.of {
        Of::Words => {
            let lines = section.text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines.map(|line| Piece::Paragraph(vec![Span::text(line)])).collect()
        }
        of => vec![Piece::Paragraph(vec![Span::italic(l.t(&of.key()))])],
    }
}

/// What is edited.
struct Given {
    code: String,
    name: String,
    kind: Kind,
    version: i32,
    outline: Outline,
}

fn page(shell: Shell, given: Given, (errors, conflict): (Mistakes, bool)) -> Result<Edited> {
    let l = shell.l;
    let kind = |one: Kind| editing::Choice { value: one.to_value(), label: l.t(&one.key()), chosen: given.kind == one };
    let preview = (true, "/desk/reports/templates/preview".to_owned());
    Ok(Edited {
        kinds: <Kind as Iterable>::iter().map(kind).collect(),
        outline: editing::outline(l, &shell, &given.outline, preview, &errors)?,
        paper: paper::shown(&empty(l, given.kind, &given.outline), false)?,
        code: given.code,
        name: given.name,
        version: given.version,
        errors,
        conflict,
        l,
        shell,
    })
}

/// `GET /desk/reports/templates/{code}`
pub async fn show(_who: Keeper, shell: Shell, Shared(app): Shared<App>, Path(code): Path<String>) -> Result<Page<Edited>> {
    let given = if code == NEW {
        Given { code: String::new(), name: String::new(), kind: Kind::Report, version: 0, outline: Outline::default() }
    } else {
        let one = Pattern::newest(&app.db, &code).await?.ok_or(Error::NotFound)?;
        Given { outline: one.outline(), code: one.code, name: one.name, kind: one.kind, version: one.version }
    };
    Ok(Page(page(shell, given, (Mistakes::default(), false))?))
}

fn given(code: &str, fields: &[(String, String)]) -> Given {
    let name: String = reading::one(fields, "name").trim().replace('\n', " ");
    let slug = || vietnamese::slug::slug_within(&name, CODE_BYTES_MAX).unwrap_or_default();
    let code = if code == NEW { slug() } else { code.to_owned() };
    let code = if PAGES.contains(&code.as_str()) { format!("mau-{code}") } else { code };
    Given {
        code,
        name,
        kind: Kind::of_code(&reading::one(fields, "kind")).unwrap_or(Kind::Report),
        version: reading::one(fields, "version").parse().unwrap_or_default(),
        outline: reading::outline(fields),
    }
}

/// `POST /desk/reports/templates/{code}`
pub async fn save(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(code): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    crate::reports::rights::require(crate::reports::rights::keeps(&who))?;
    let is_new = code == NEW;
    let mut given = given(&code, &fields);
    let is_there = Pattern::newest(&app.db, &given.code).await?.is_some();
    if !is_new && !is_there {
        return Err(Error::NotFound); // only a name makes an address
    }
    let mut wrong = reading::obstacles(&given.outline);
    if is_new && is_there {
        wrong.push(Obstacle::new("report-template-name-taken").at("name"));
    }
    if Kind::of_code(&reading::one(&fields, "kind")).is_none() {
        wrong.push(Obstacle::new("report-template-needs-kind").at("kind"));
    }
    if given.code.is_empty() || given.name.chars().count() > NAME_LETTERS_MAX {
        wrong.push(Obstacle::new("report-template-needs-name").with("n", NAME_LETTERS_MAX).at("name"));
    }
    let (status, errors) = if wrong.is_empty() {
        let (kind, name, outline) = (given.kind, given.name.clone(), given.outline.clone());
        let wanted = Wanted { code: given.code.clone(), kind, name, outline, demo: false };
        match Pattern::save(&app, &By::from(&*who), wanted, given.version).await {
            Ok(_) => return Ok(Said::to(Pattern::path(&given.code), "report-template-was-saved").into_response()),
            Err(Error::Stale) => (StatusCode::CONFLICT, Mistakes::default()),
            Err(error) => return Err(error),
        }
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, Mistakes::told(&wrong, shell.l))
    };
    if is_new {
        // It has an address once it is there: until then its name, too, may change.
        given.code.clear();
    }
    let page = page(shell, given, (errors, status == StatusCode::CONFLICT))?;
    Ok(Page(page).status(status))
}

#[derive(Template)]
#[template(path = "reports/staff/preview.html")]
pub struct Preview {
    l: Locale,
    paper: Markup,
    margin: Vec<(String, String)>,
}

/// `POST /desk/reports/templates/preview`: as it would look, of what is typed now.
pub async fn preview(_who: Keeper, shell: Shell, Form(fields): Form<Vec<(String, String)>>) -> Result<Page<Preview>> {
    let given = given(NEW, &fields);
    let composed = empty(shell.l, given.kind, &given.outline);
    Ok(Page(Preview { l: shell.l, paper: paper::shown(&composed, false)?, margin: Vec::new() }))
}
