//! `lantoa agencies import|export FILE`: the files of the desk, without a desk.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;

use crate::base::{App, By, Clock, Config, time};
use crate::capabilities::CAPABILITIES;
use crate::people::agency::boundary::matching::{Fate, Matches};
use crate::people::agency::boundary::{self, importing as boundaries};
use crate::people::agency::directory::{self, Filter};
use crate::people::agency::importing::comparison::{Comparison, Outcome};
use crate::people::agency::importing::{self, Done};
use crate::people::agency::table::file::{self, FILE_BYTES_MAX, Opened};
use crate::people::agency::table::writing::{Table, shown};
use crate::people::agency::table::{Sheet, key_of};
use crate::server;
use crate::web::{Error, Locale, Obstacle};

#[derive(Subcommand)]
pub enum Agencies {
    /// Write all agencies as CSV, XLSX or GeoJSON, by the file's ending.
    Export { file: PathBuf },
    /// Read agencies from CSV or XLSX; boundaries from GeoJSON. When anything is wrong, nothing is written.
    Import { file: PathBuf },
}

impl Agencies {
    /// Runs the command; a file that can not be used is said on standard error with cause and remedy, and exit code 1.
    ///
    /// # Errors
    /// The file or the database failed.
    pub async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let app = server::prepare(config, CAPABILITIES, Clock::Machine, false).await?;
        let outcome = match &self {
            Self::Export { file } => export(&app, file).await,
            Self::Import { file } => import(&app, file).await,
        };
        app.db.close_by_ref().await?;
        outcome
    }
}

/// The words of the command line are Vietnamese, as those of `lantoa plan`.
const L: Locale = Locale(crate::web::Lang::Vi);

async fn export(app: &App, file: &Path) -> anyhow::Result<ExitCode> {
    let filter = Filter { state: "all".into(), ..Filter::default() };
    let day = time::local_date(app.clock.now());
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let bytes = match ending.as_str() {
        "csv" => Table::load(&app.db, L, &filter, day).await.and_then(|table| table.csv()),
        "xlsx" => Table::load(&app.db, L, &filter, day).await.and_then(|table| table.xlsx()),
        "geojson" | "json" => boundary::export(&app.db, &directory::find(&app.db, &filter, day).await?).await,
        _ => anyhow::bail!("{}", L.t("agency-file-ending")),
    };
    std::fs::write(file, bytes.map_err(in_words)?).with_context(|| format!("không ghi được {}", file.display()))?;
    writeln!(std::io::stdout(), "{}", L.t1("agency-file-written", "file", file.display()))?;
    Ok(ExitCode::SUCCESS)
}

async fn import(app: &App, path: &Path) -> anyhow::Result<ExitCode> {
    let bytes = bounded(path)?;
    let by = By::system().because(format!("lantoa agencies import {}", path.file_name().unwrap_or_default().to_string_lossy()));
    let lines = match file::open(&bytes) {
        Err(obstacle) => Err(vec![obstacle.text(L)]),
        Ok(Opened::Table(sheet)) => table(app, &sheet, &by).await?,
        Ok(Opened::Boundaries(text)) => match boundary::reading::read(&text) {
            Err(obstacle) => Err(vec![obstacle.text(L)]),
            Ok(collection) => shapes(app, &collection, &by).await?,
        },
    };
    let (lines, code) = match lines {
        Ok(lines) => (lines, ExitCode::SUCCESS),
        Err(lines) => {
            eprintln!("lantoa: {}: {}", path.display(), L.t("agency-file-nothing-written"));
            (lines, ExitCode::FAILURE)
        }
    };
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(code)
}

/// What was done, line by line; or what is wrong.
type Told = Result<Vec<String>, Vec<String>>;

async fn table(app: &App, sheet: &Sheet, by: &By) -> anyhow::Result<Told> {
    let (comparison, done) = importing::run(app, sheet, by).await.map_err(in_words)?;
    let mut lines: Vec<String> = sheet.unknown.iter().map(|head| L.t1("agency-file-unknown-head", "name", head)).collect();
    match done {
        _ if comparison.wrong().next().is_some() => Ok(Err(mistakes(&comparison))),
        None => {
            lines.push(L.t("agency-file-obstacle-nothing"));
            Ok(Ok(lines))
        }
        Some(Done { created, changed }) => {
            lines.extend(changes(&comparison));
            lines.push(L.t2("agency-file-done", "created", created, "changed", changed));
            Ok(Ok(lines))
        }
    }
}

fn mistakes(comparison: &Comparison) -> Vec<String> {
    let of = |number: u32, (field, obstacle): &(&'static str, Obstacle)| {
        let words = [("n", number.to_string()), ("field", L.t(key_of(field))), ("cause", obstacle.text(L))];
        L.with("agency-file-line-wrong", &words)
    };
    let wrong = comparison.wrong().filter_map(|line| match &line.outcome {
        Outcome::Wrong(mistakes) => Some((line.number, mistakes)),
        _ => None,
    });
    wrong.flat_map(|(number, mistakes)| mistakes.iter().map(move |mistake| of(number, mistake))).collect()
}

fn changes(comparison: &Comparison) -> Vec<String> {
    let mut lines = Vec::new();
    for line in &comparison.lines {
        match &line.outcome {
            Outcome::New => lines.push(format!("+ {} {}", line.code, line.name)),
            Outcome::Changed(changes) => lines.extend(changes.iter().map(|change| {
                let (from, to) = (shown(L, &change.field, &change.from), shown(L, &change.field, &change.to));
                let words = [("field", L.t(key_of(&change.field))), ("from", from), ("to", to)];
                format!("~ {} {}", line.code, L.with("agency-change", &words))
            })),
            Outcome::Same | Outcome::Wrong(_) => {}
        }
    }
    lines
}

async fn shapes(app: &App, collection: &boundary::Collection, by: &By) -> anyhow::Result<Told> {
    let (matches, written) = boundaries::run(app, collection, by).await.map_err(in_words)?;
    let wrong: Vec<String> = matches.wrong().map(|one| format!("{} {}: {}", one.number, one.called, cause(&one.fate))).collect();
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let mut lines = unmatched(&matches);
    lines.push(match written {
        Some(written) => L.t1("agency-boundary-done", "n", written),
        None => L.t("agency-boundary-obstacle-nothing"),
    });
    Ok(Ok(lines))
}

fn unmatched(matches: &Matches) -> Vec<String> {
    let nobody = matches.matches.iter().filter(|one| one.fate == Fate::Unmatched);
    nobody.map(|one| format!("? {} {}: {}", one.number, one.called, L.t("agency-boundary-unmatched"))).collect()
}

fn cause(fate: &Fate) -> String {
    match fate {
        Fate::Wrong(obstacle) => obstacle.text(L),
        _ => String::new(),
    }
}

/// Reads no more than a file may have, however large it is.
fn bounded(file: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let source = std::fs::File::open(file).with_context(|| format!("không mở được {}", file.display()))?;
    let read = source.take(FILE_BYTES_MAX as u64 + 1).read_to_end(&mut bytes);
    read.with_context(|| format!("không đọc được {}", file.display()))?;
    Ok(bytes)
}

fn in_words(error: Error) -> anyhow::Error {
    match error {
        Error::Internal(error) => error,
        Error::Stale => anyhow::anyhow!("{}", L.t("failure-stale")),
        Error::Refused(obstacles) => {
            anyhow::anyhow!("{}", obstacles.iter().map(|obstacle| obstacle.text(L)).collect::<Vec<_>>().join(" "))
        }
        other => anyhow::anyhow!("{other:?}"),
    }
}
