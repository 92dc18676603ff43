//! A record that turned out to be secret may stand in files that wait to be confirmed: its rows are emptied there, and nothing else of the
//! files. Whoever brought one in is told at the row. // recorded by Record::make_secret

use std::collections::HashSet;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::reading::{Row, Sheet};
use super::{ActiveModel, Column, Entity, Upload, comparison};
use crate::base::App;
use crate::people::agency::brief::Known;
use crate::registers::record::{Record, code_key};
use crate::registers::version::Version;
use crate::web::Error;

fn folded(title: &str) -> String {
    vietnamese::fold(title.trim()).into_owned()
}

/// What a record ever was called, folded.
struct Names {
    titles: HashSet<String>,
    codes: HashSet<String>,
}

impl Names {
    async fn of(on: &impl ConnectionTrait, record: &Record) -> Result<Self, DbErr> {
        let earlier = Version::of(on, record.id).await?;
        let contents: Vec<_> = earlier.iter().filter_map(Version::content).chain([record.content(), record.latest()]).collect();
        Ok(Self {
            titles: contents.iter().map(|one| folded(&one.title)).filter(|title| !title.is_empty()).collect(),
            codes: contents.iter().filter_map(|one| code_key(record.agency, &record.register, &one.code)).collect(),
        })
    }

    /// A code is that of one agency, the same title may stand in the file of any.
    fn has(&self, agency: Option<Uuid>, register: &str, row: &Row) -> bool {
        let code = agency.and_then(|agency| code_key(agency, register, &row.typed.code));
        code.is_some_and(|code| self.codes.contains(&code)) || self.titles.contains(&folded(&row.typed.title))
    }

    /// Whether the name of a file says one of them.
    fn name_file(&self, file: &str) -> bool {
        let file = vietnamese::fold(file);
        self.titles.iter().any(|title| file.contains(title.as_str()))
    }
}

/// Empties the rows about a record in files that wait: of each only its number is kept, as of one that says of itself that it is secret.
/// Before its versions go. How many files had one.
///
/// # Errors
/// The database failed.
pub async fn forget(app: &App, on: &impl ConnectionTrait, record: &Record) -> Result<u32, Error> {
    let (names, known) = (Names::of(on, record).await?, Known::now(app).await?);
    let waiting = Entity::find().filter(Column::Register.eq(record.register.as_str())).filter(Column::DoneAt.is_null());
    let mut files = 0;
    for upload in waiting.all(on).await? {
        let mut sheet: Sheet = serde_json::from_str(&upload.body)?;
        let is_it = |row: &&mut Row| {
            !row.secret && names.has(comparison::body(&known, upload.agency, &row.agency), &record.register, row)
        };
        let mut found = false;
        for row in sheet.rows.iter_mut().filter(is_it) {
            *row = Row { number: row.number, secret: true, ..Row::default() };
            found = true;
        }
        if found {
            put(on, &upload, &sheet, names.name_file(&upload.file)).await?;
            files += 1;
        }
    }
    Ok(files)
}

async fn put(on: &impl ConnectionTrait, upload: &Upload, sheet: &Sheet, is_named: bool) -> Result<(), Error> {
    let file = if is_named { "…".to_owned() } else { upload.file.clone() };
    let row = ActiveModel { body: Set(serde_json::to_string(sheet)?), file: Set(file), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(upload.id)).filter(Column::DoneAt.is_null()).exec(on).await?;
    Ok(())
}
