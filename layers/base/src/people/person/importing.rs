//! Many people are invited from a list: pasted from a spreadsheet, or a CSV file. The list is shown as understood
//! before anything happens; then all of it is done, or nothing. What a browser sends back is read again from the start.

use std::collections::{HashMap, HashSet};

use sea_orm::entity::prelude::*;
use sea_orm::{ColumnTrait, QuerySelect};

use super::editing::Details;
use super::inviting::{Sent, obstacles_to_inviting};
use super::keeping::Keeper;
use super::{Column, Entity, Model as Person, normal_email};
use crate::base::{App, Grant, Role, time};
use crate::people::agency::brief::Brief;
use crate::people::agency::table::{Cell, file, workbook};
use crate::people::telling::Agencies;
use crate::web::{Error, Locale, Obstacle, Result};

pub const ROWS_MAX: usize = 500;
pub const TEXT_BYTES_MAX: usize = 512 * 1024;

/// The columns: what they are called in forms, and other heads people write, without marks.
const COLUMNS: [(&str, &[&str]); 6] = [
    ("name", &["ho va ten", "ho ten", "ten", "name"]),
    ("email", &["thu dien tu", "email", "e-mail", "dia chi thu", "thu"]),
    ("title", &["chuc vu", "chuc danh", "title", "post"]),
    ("agency", &["co quan", "don vi", "agency"]),
    ("roles", &["vai tro", "roles", "role"]),
    ("identifier", &["ma dinh danh", "ma can bo", "identifier"]),
];

/// What is to become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    New,
    /// There is an account with that address already: it is left as it is.
    Known,
    Wrong(Vec<Obstacle>),
}

/// A row as understood.
#[derive(Clone, Debug)]
pub struct Row {
    /// From 1, as a spreadsheet counts.
    pub number: usize,
    pub details: Details,
    /// The agency as written.
    pub agency: String,
    pub grants: Vec<Grant>,
    pub outcome: Outcome,
}

/// Reads bytes of a file as text: UTF-8, or an old Vietnamese encoding.
#[must_use]
pub fn decoded(bytes: &[u8]) -> String {
    match String::from_utf8(bytes.to_vec()) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => match vietnamese::legacy::detect(bytes) {
            Some(encoding) => vietnamese::legacy::decode(bytes, encoding),
            None => String::from_utf8_lossy(bytes).into_owned(),
        },
    }
}

/// The list of a workbook (XLSX) as text: the first sheet with the heads of a list in it. Pure and blocking.
///
/// # Errors
/// It is no workbook, has no such sheet, or a cell can not be read.
pub fn of_workbook(bytes: &[u8]) -> Result<String, Obstacle> {
    file::bounded(bytes)?;
    workbook::first(bytes, "people-import-no-head", as_text)
}

/// Cells with tabs between; an empty row stays a line, so that the lines are the spreadsheet's.
fn as_text(grid: Vec<(u32, Vec<Cell>)>) -> Result<String, Obstacle> {
    let no_head = || Obstacle::new("people-import-no-head");
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').flexible(true).from_writer(Vec::new());
    let mut line = grid.first().ok_or_else(no_head)?.0;
    for (number, cells) in grid {
        let gap = (number - line).min(u32::try_from(ROWS_MAX).unwrap_or_default());
        let texts = cells.iter().map(|cell| text_of(cell, number)).collect::<Result<Vec<_>, _>>()?;
        for row in vec![vec![String::new()]; gap as usize].iter().chain([&texts]) {
            writer.write_record(row).map_err(|_| no_head())?;
        }
        line = number + 1;
    }
    let text = writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(no_head)?;
    table(&text).map(|_| text)
}

fn text_of(cell: &Cell, line: u32) -> Result<String, Obstacle> {
    match cell {
        Cell::Text(text) | Cell::Day(text) => Ok(text.clone()),
        Cell::Number(number) => Ok(number.to_string()),
        Cell::Unreadable(_) => Err(Obstacle::new("people-import-cell").with("n", line)),
    }
}

/// Reads the list.
///
/// # Errors
/// [`Error::Refused`] when it is no such list, or the database failed.
pub async fn read(app: &App, keeper: &Keeper, text: &str) -> Result<Vec<Row>> {
    let table = table(text).map_err(|obstacle| Error::Refused(vec![obstacle]))?;
    let agencies = Brief::all(&app.db).await?;
    let known = known(&app.db, table.iter().filter_map(|(_, cells)| cells.get("email"))).await?;
    let reading = Reading { keeper, agencies: &agencies, today: time::local_date(app.clock.now()), known: &known };
    let (mut emails, mut identifiers) = (HashSet::new(), HashSet::new());
    Ok(table.into_iter().map(|(number, cells)| reading.row(number, &cells, &mut emails, &mut identifiers)).collect())
}

/// Invites everyone who is new, in one transaction.
///
/// # Errors
/// [`Error::Refused`] when a row is wrong or nobody is new, or the database failed.
pub async fn invite(app: &App, keeper: &Keeper, rows: Vec<Row>) -> Result<Vec<Sent>> {
    let wrong = rows.iter().filter(|row| matches!(row.outcome, Outcome::Wrong(_))).count();
    if wrong > 0 {
        return Err(Error::Refused(vec![Obstacle::new("people-import-wrong").with("n", wrong)]));
    }
    let new: Vec<Row> = rows.into_iter().filter(|row| row.outcome == Outcome::New).collect();
    if new.is_empty() {
        return Err(Error::refused("people-import-nobody"));
    }
    let transaction = app.begin().await?;
    let mut sent = Vec::new();
    for row in new {
        sent.push(Person::invite_in(app, &transaction, keeper, row.details, &row.grants).await?);
    }
    app.commit(transaction).await?;
    Ok(sent)
}

type Cells = HashMap<&'static str, String>;

/// Rows of named cells. The head is the first line; the separator is what it has most of.
fn table(text: &str) -> Result<Vec<(usize, Cells)>, Obstacle> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(Obstacle::new("people-import-long").with("n", ROWS_MAX));
    }
    let text = text.trim_start_matches('\u{feff}').trim_start_matches(['\r', '\n']);
    let head = text.lines().next().unwrap_or_default();
    let separator = [b'\t', b';', b','].into_iter().max_by_key(|one| head.bytes().filter(|byte| byte == one).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator.unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut columns: Vec<Option<&'static str>> = Vec::new();
    let mut rows = Vec::new();
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|_| Obstacle::new("people-import-unreadable").with("n", at + 1))?;
        let cells: Vec<String> = record.iter().map(|cell| vietnamese::normalise(cell).trim().to_owned()).collect();
        if at == 0 {
            columns = heads(&cells)?;
        } else if cells.iter().any(|cell| !cell.is_empty()) {
            let named = columns.iter().zip(cells).filter_map(|(column, cell)| Some(((*column)?, cell)));
            rows.push((at + 1, named.collect()));
        }
        if rows.len() > ROWS_MAX {
            return Err(Obstacle::new("people-import-long").with("n", ROWS_MAX));
        }
    }
    if rows.is_empty() { Err(Obstacle::new("people-import-empty")) } else { Ok(rows) }
}

/// Which column each head names; a head that means nothing is left out.
fn heads(cells: &[String]) -> Result<Vec<Option<&'static str>>, Obstacle> {
    let column = |cell: &String| {
        let folded = vietnamese::fold(cell);
        COLUMNS.iter().find(|(_, heads)| heads.contains(&folded.as_ref())).map(|(field, _)| *field)
    };
    let columns: Vec<Option<&'static str>> = cells.iter().map(column).collect();
    for needed in ["name", "email"] {
        if !columns.contains(&Some(needed)) {
            return Err(Obstacle::new("people-import-no-head"));
        }
    }
    Ok(columns)
}

/// Which of these addresses have an account.
async fn known(on: &impl ConnectionTrait, emails: impl Iterator<Item = &String>) -> Result<HashSet<String>, DbErr> {
    let emails: Vec<String> = emails.map(|email| normal_email(email)).collect();
    let rows = Entity::find().select_only().column(Column::Email).filter(Column::Email.is_in(emails));
    Ok(rows.into_tuple::<String>().all(on).await?.into_iter().collect())
}

struct Reading<'a> {
    keeper: &'a Keeper,
    agencies: &'a Agencies,
    today: chrono::NaiveDate,
    known: &'a HashSet<String>,
}

impl Reading<'_> {
    fn row(&self, number: usize, cells: &Cells, emails: &mut HashSet<String>, identifiers: &mut HashSet<String>) -> Row {
        let cell = |field: &str| cells.get(field).cloned().unwrap_or_default();
        let mut wrong = Vec::new();
        let agency = self.agency(&cell("agency")).unwrap_or_else(|obstacle| {
            wrong.push(obstacle);
            None
        });
        let grants = self.grants(&cell("roles"), agency).unwrap_or_else(|obstacle| {
            wrong.push(obstacle);
            Vec::new()
        });
        let details = Details {
            name: cell("name"),
            email: cell("email"),
            title: cell("title"),
            identifier: Some(cell("identifier")),
            agency,
        };
        let understood = wrong.is_empty();
        let others = obstacles_to_inviting(self.keeper, &details, &grants).into_iter();
        wrong.extend(others.filter(|(field, _)| understood || *field != "agency").map(|(_, obstacle)| obstacle));
        if grants.iter().any(|grant| !self.keeper.may_give(grant)) && wrong.is_empty() {
            wrong.push(Obstacle::new("person-obstacle-role-not-yours"));
        }
        if !emails.insert(normal_email(&details.email)) {
            wrong.push(Obstacle::new("people-import-twice").with("name", &details.email));
        }
        let identifier = cell("identifier");
        if !identifier.is_empty() && !identifiers.insert(identifier.clone()) {
            wrong.push(Obstacle::new("people-import-twice").with("name", identifier));
        }
        let outcome = match (wrong.is_empty(), self.known.contains(&normal_email(&details.email))) {
            (false, _) => Outcome::Wrong(wrong),
            (true, true) => Outcome::Known,
            (true, false) => Outcome::New,
        };
        Row { number, details, agency: cell("agency"), grants, outcome }
    }

    /// The agency of that code, address or name. Left empty, it is the administrator's own.
    fn agency(&self, said: &str) -> Result<Option<Uuid>, Obstacle> {
        if said.is_empty() {
            return Ok(self.keeper.agencies().and_then(|own| own.first().copied()));
        }
        let by_code = |agency: &Brief| agency.code.eq_ignore_ascii_case(said) || agency.slug == said;
        let (key, folded) = (vietnamese::name_key(said), vietnamese::fold(said));
        let by_name = |agency: &Brief| names(agency).any(|name| vietnamese::name_key(name) == key);
        let without_marks = |agency: &Brief| names(agency).any(|name| vietnamese::fold(name) == folded);
        let found = self.only(by_code).or_else(|| self.only(by_name)).or_else(|| self.only(without_marks));
        let within = found.filter(|agency| self.keeper.keeps_people_of(Some(*agency)));
        within.map(Some).ok_or_else(|| Obstacle::new("people-import-agency").with("name", said))
    }

    /// The one agency still open of which this is true.
    fn only(&self, is: impl Fn(&Brief) -> bool) -> Option<Uuid> {
        let open = |agency: &&Brief| agency.closed_on.is_none_or(|last| self.today <= last);
        let mut found = self.agencies.values().filter(open).filter(|agency| is(agency));
        let first = found.next()?;
        found.next().is_none().then_some(first.id)
    }

    /// Roles by their Vietnamese or English names, or their codes, with commas or semicolons between.
    fn grants(&self, said: &str, agency: Option<Uuid>) -> Result<Vec<Grant>, Obstacle> {
        let mut grants: Vec<Grant> = Vec::new();
        for name in said.split([';', ',', '+', '\n']).map(str::trim).filter(|name| !name.is_empty()) {
            let role = role_called(name).ok_or_else(|| Obstacle::new("people-import-role").with("name", name))?;
            let grant = Grant { role, agency: agency.filter(|_| role.is_of_agency()) };
            if !grants.contains(&grant) {
                grants.push(grant);
            }
        }
        Ok(grants)
    }
}

fn names(agency: &Brief) -> impl Iterator<Item = &String> {
    [&agency.name, &agency.short_name].into_iter()
}

fn role_called(name: &str) -> Option<Role> {
    let asked = vietnamese::fold(name);
    let languages = [Locale(crate::web::Lang::Vi), Locale(crate::web::Lang::En)];
    let is_called = |role: &Role| role.code() == asked || languages.iter().any(|l| vietnamese::fold(&l.t(&role.key())) == asked);
    Role::ALL.into_iter().find(is_called)
}
