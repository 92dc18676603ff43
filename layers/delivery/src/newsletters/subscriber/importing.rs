//! Bringing a list in: addresses with what the agency states about where and when people agreed. Lines that name no address are said by
//! their number; the same mailbox twice is one; who left, or is not written to, is not brought back.

use std::collections::HashSet;

use letters::Address;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::{ActiveModel, Column, Entity, State, Subscriber};
use crate::base::installation_key::InstallationKey;
use crate::base::{App, By, Fact, Who, new_id};
use crate::channels::rights::{self, Verb};
use crate::newsletters::issue::writing::tidy;
use crate::newsletters::newsletter::Newsletter;
use crate::newsletters::subscriber::joining::malformed;
use crate::newsletters::{consent, suppression, token};
use crate::web::download::as_meant;
use crate::web::{Error, Obstacle};

pub const FILE_BYTES_MAX: usize = 64 * 1024 * 1024;
pub const LINES_MAX: usize = 1_000_000;
const STATEMENT_LETTERS_MIN: usize = 20;
const STATEMENT_LETTERS_MAX: usize = 2_000;
const NAME_LETTERS_MAX: usize = 100;
/// Rows in a statement; SQLite counts their values.
const CHUNK: usize = 500;
/// Lines that are shown with what is wrong with them.
const SHOWN_MAX: usize = 200;

/// A line that was not taken: its number in the file, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    pub line: u64,
    pub why: &'static str,
}

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    pub created: usize,
    /// They are in already, or left, or stand twice in the file.
    pub known: usize,
    /// They are not written to.
    pub suppressed: usize,
    pub refused: usize,
    /// The first of those refused.
    pub bad: Vec<Bad>,
}

struct Line {
    address: Address,
    name: String,
}

/// Brings the lines of a CSV file in. Columns: address, and name where there is one; separated by commas, semicolons or tabs.
///
/// # Errors
/// Forbidden to others; refused, at its field, without a statement or when the file can not be used; or the database failed.
pub async fn bring(app: &App, who: &Who, newsletter: Uuid, file: Vec<u8>, statement: &str) -> Result<Brought, Error> {
    let newsletter = Newsletter::find_for(app, who, newsletter).await?;
    rights::require(who, Verb::Keep, newsletter.agency)?;
    let statement = tidy(statement);
    let long = statement.chars().count();
    if !(STATEMENT_LETTERS_MIN..=STATEMENT_LETTERS_MAX).contains(&long) {
        let wrong = Obstacle::new("list-import-needs-statement").with("n", STATEMENT_LETTERS_MIN).at("statement");
        return Err(Error::Refused(vec![wrong]));
    }
    let read = tokio::task::spawn_blocking(move || read(&file)).await.map_err(anyhow::Error::from)?;
    let (lines, mut brought) = read.map_err(|key| Error::Refused(vec![Obstacle::new(key).with("n", LINES_MAX).at("file")]))?;
    let key = InstallationKey::of(app)?;
    let mut keyed: Vec<(String, Line)> = Vec::with_capacity(lines.len());
    let mut seen = HashSet::new();
    for line in lines {
        let of = token::address_key(&key, &line.address);
        if seen.insert(of.clone()) {
            keyed.push((of, line));
        } else {
            brought.known += 1;
        }
    }
    let by = By::from(who).because(statement.clone());
    let transaction = app.begin().await?;
    for chunk in keyed.chunks(CHUNK) {
        add(app, &transaction, &newsletter, chunk, (&statement, &by), &mut brought).await?;
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let fact = Fact::SubscribersImported {
        name: newsletter.name.clone(),
        created: count(brought.created),
        known: count(brought.known + brought.suppressed),
        refused: count(brought.refused),
    };
    app.record(&transaction, newsletter.id, fact, &by).await?;
    app.commit(transaction).await?;
    Ok(brought)
}

async fn add(
    app: &App,
    on: &impl ConnectionTrait,
    newsletter: &Newsletter,
    chunk: &[(String, Line)],
    (statement, by): (&str, &By),
    brought: &mut Brought,
) -> Result<(), Error> {
    let keys: Vec<String> = chunk.iter().map(|(key, _)| key.clone()).collect();
    let suppressed: HashSet<String> = suppression::among(on, &keys).await?.into_iter().collect();
    let there = Entity::find().filter(Column::Newsletter.eq(newsletter.id)).filter(Column::AddressKey.is_in(keys));
    let there: HashSet<String> = there.all(on).await?.into_iter().map(|one| one.address_key).collect();
    brought.suppressed += suppressed.len();
    let fresh: Vec<&(String, Line)> = chunk.iter().filter(|(key, _)| !suppressed.contains(key) && !there.contains(key)).collect();
    brought.known += chunk.iter().filter(|(key, _)| there.contains(key) && !suppressed.contains(key)).count();
    if fresh.is_empty() {
        return Ok(());
    }
    let now = app.clock.now();
    let rows: Vec<Subscriber> = fresh
        .iter()
        .map(|(key, line)| Subscriber {
            id: new_id(),
            newsletter: newsletter.id,
            address_key: key.clone(),
            address: line.address.to_string(),
            name: line.name.clone(),
            state: State::Active,
            origin: "import".into(),
            asked_at: now,
            confirmed_at: Some(now),
            left_at: None,
            left_how: String::new(),
            soft_bounces: 0,
            soft_at: None,
            text_version: newsletter.text_version,
        })
        .collect();
    brought.created += rows.len();
    let consents: Vec<consent::ActiveModel> =
        rows.iter().map(|row| consent::row(app, newsletter, row.id, "imported", statement, by)).collect();
    let once = OnConflict::columns([Column::Newsletter, Column::AddressKey]).do_nothing().to_owned();
    let models = rows.into_iter().map(ActiveModel::from);
    Entity::insert_many(models).on_conflict(once).exec_without_returning(on).await?;
    consent::Entity::insert_many(consents).exec_without_returning(on).await?;
    Ok(())
}

/// Reads the file: what is an address, and the lines that are none. A first line without an address is a heading.
fn read(file: &[u8]) -> Result<(Vec<Line>, Brought), &'static str> {
    if file.is_empty() {
        return Err("list-import-empty");
    }
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let text = std::str::from_utf8(file).map_err(|_| "list-import-not-utf8")?;
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b';', b'\t', b','].into_iter().find(|one| first.as_bytes().contains(one)).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let (mut lines, mut brought) = (Vec::new(), Brought::default());
    let mut column = None;
    for record in reader.records() {
        let Ok(record) = record else {
            brought.refuse(lines.len() as u64, "list-import-line-unreadable");
            continue;
        };
        let number = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let place = *column.get_or_insert_with(|| record.iter().position(|cell| cell.contains('@')).unwrap_or(usize::MAX));
        if place == usize::MAX {
            // A heading: the next line says where addresses stand.
            column = heading(&record);
            if number > 1 {
                brought.refuse(number, "address-at");
            }
            continue;
        }
        match Address::read(as_meant(record.get(place).unwrap_or_default())) {
            Ok(address) => {
                let name =
                    record.iter().enumerate().find(|(at, cell)| *at != place && !cell.trim().is_empty()).map(|(_, cell)| cell);
                let name = letters::header::one_line(as_meant(name.unwrap_or_default())).chars().take(NAME_LETTERS_MAX).collect();
                lines.push(Line { address, name });
            }
            Err(error) => brought.refuse(number, malformed(error)),
        }
        if lines.len() > LINES_MAX {
            return Err("list-import-too-many");
        }
    }
    if lines.is_empty() && brought.refused == 0 { Err("list-import-empty") } else { Ok((lines, brought)) }
}

/// Which column a heading names.
fn heading(record: &csv::StringRecord) -> Option<usize> {
    const WORDS: [&str; 6] = ["email", "e-mail", "mail", "address", "địa chỉ", "thư điện tử"];
    record.iter().position(|cell| {
        let cell = cell.trim().to_lowercase();
        WORDS.iter().any(|word| cell.contains(word))
    })
}

impl Brought {
    fn refuse(&mut self, line: u64, why: &'static str) {
        self.refused += 1;
        if self.bad.len() < SHOWN_MAX {
            self.bad.push(Bad { line, why });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_line_by_line() {
        let file = "\u{feff}Họ tên;E-mail\nAn;an@example.vn\n;\nBình;không phải thư\nChi;'=chi@example.vn\nDũng;dũng@thư.vn\n";
        let (lines, brought) = read(file.as_bytes()).unwrap();
        let there: Vec<(String, String)> = lines.iter().map(|line| (line.address.to_string(), line.name.clone())).collect();
        assert_eq!(there[0], ("an@example.vn".into(), "An".into()));
        assert_eq!(there.len(), 3);
        assert_eq!(brought.bad, [Bad { line: 4, why: "address-at" }]);
        let (lines, brought) = read(b"an@example.vn\nb@\n\"x\r\nBcc: y\",c@example.vn\n").unwrap();
        assert_eq!((lines.len(), brought.refused), (1, 2));
        assert_eq!(read(b"").err(), Some("list-import-empty"));
        assert_eq!(read(b"\xff\xfe").err(), Some("list-import-not-utf8"));
    }
}
