//! `lantoa import articles FILE.jsonl`: articles from elsewhere, without a desk.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;

use crate::base::{App, Clock, Config};
use crate::capabilities::CAPABILITIES;
use crate::news::importing::wordpress::Posts;
use crate::news::importing::{self, Done, Told};
use crate::people::province;
use crate::server;
use crate::web::{Error, Lang, Locale};

/// The words of the command line are Vietnamese, as those of `lantoa plan`.
const L: Locale = Locale(Lang::Vi);

#[derive(Subcommand)]
pub enum Import {
    /// Articles, one JSON object a line. Lines that can not be read are named; the others go in. Exit code 1: some were not.
    Articles { file: PathBuf },
    /// The published posts of a WordPress export (WXR), as articles of an agency: its code, or its name.
    Wordpress {
        file: PathBuf,
        #[arg(long)]
        agency: String,
    },
}

impl Import {
    /// Runs the command.
    ///
    /// # Errors
    /// The file or the database failed.
    pub async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let app = server::prepare(config, CAPABILITIES, Clock::Machine, false).await?;
        province::settle(&app).await?;
        let outcome = match &self {
            Self::Articles { file } => articles(&app, file, None).await,
            Self::Wordpress { file, agency } => articles(&app, file, Some(agency.as_str())).await,
        };
        app.db.close_by_ref().await?;
        outcome
    }
}

/// `wordpress`: it is an export of that agency's old portal.
async fn articles(app: &App, path: &Path, wordpress: Option<&str>) -> anyhow::Result<ExitCode> {
    let file = File::open(path).with_context(|| format!("không mở được {}", path.display()))?;
    let from = app.clock.now();
    let mut errors = std::io::stderr().lock();
    let reader = BufReader::with_capacity(1 << 20, file);
    let tell = |told: Told<'_>| {
        let _ = match told {
            Told::Wrong(number, obstacle) => writeln!(errors, "{}", L.t2("import-wrong", "n", number, "cause", obstacle.text(L))),
            Told::Noted(number, obstacle) => writeln!(errors, "{}", L.t2("import-noted", "n", number, "cause", obstacle.text(L))),
            Told::Progress(done) => {
                let seconds = (app.clock.now() - from).num_milliseconds().max(1);
                let rate = i64::from(done.lines()) * 1000 / seconds;
                writeln!(errors, "{}", L.t2("import-progress", "count", done.lines(), "rate", rate))
            }
        };
    };
    let outcome = match wordpress {
        Some(agency) => importing::write(app, Posts::new(reader, agency, app.clock.now()), tell).await,
        None => importing::run(app, reader, tell).await,
    };
    drop(errors);
    let done = outcome.map_err(|error| match error {
        Error::Internal(error) => error,
        other => anyhow::anyhow!("{other:?}"),
    })?;
    writeln!(std::io::stdout(), "{}", said(&done))?;
    Ok(if done.wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn said(done: &Done) -> String {
    let counts = [
        ("created", done.created.to_string()),
        ("changed", done.changed.to_string()),
        ("same", done.same.to_string()),
        ("kept", done.kept.to_string()),
        ("wrong", done.wrong.to_string()),
    ];
    L.with("import-done", &counts)
}
