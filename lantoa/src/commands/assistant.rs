//! `lantoa assistant evaluate FILE`: asks questions of which somebody says what would be right, and says how it went.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Subcommand;

use crate::assistant::evaluating::{Means, evaluate};
use crate::assistant::run::Run;
use crate::base::{App, Clock, Config};
use crate::capabilities::CAPABILITIES;
use crate::search::following;
use crate::server;
use crate::web::{Lang, Locale};

#[derive(Subcommand)]
pub enum Assistant {
    /// Ask every question of a file: one JSON object with `questions`, or a JSON object a line. Beside a running server it asks
    /// that server. The run is kept and shown on the desk.
    Evaluate {
        file: PathBuf,
        /// The server to ask, e.g. http://127.0.0.1:8080; this process unless said.
        #[arg(long)]
        address: Option<String>,
    },
}

/// The words of the command line are Vietnamese, as those of `lantoa plan`.
const L: Locale = Locale(Lang::Vi);

impl Assistant {
    /// Runs the command.
    ///
    /// # Errors
    /// The file, the index or the database failed.
    pub async fn run(self, config: Config) -> anyhow::Result<()> {
        let app = server::prepare(config, CAPABILITIES, Clock::Machine, false).await?;
        let Self::Evaluate { file, address } = self;
        let outcome = evaluated(&app, &file, address).await;
        app.db.close_by_ref().await?;
        let run = outcome?;
        write!(std::io::stdout(), "{}", said(&run))?;
        Ok(())
    }
}

async fn evaluated(app: &App, file: &Path, address: Option<String>) -> anyhow::Result<Run> {
    let bytes = std::fs::read(file).with_context(|| format!("không mở được {}", file.display()))?;
    let means = match address {
        Some(address) => Means::At(address),
        None => here_or_there(app).await?,
    };
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    evaluate(app, L, (name.as_str(), bytes.as_slice()), &means).await
}

/// The index of this node is open in one process at a time: where a server has it, that server is asked.
async fn here_or_there(app: &App) -> anyhow::Result<Means> {
    match following::follow(app).await {
        Ok(_) => Ok(Means::Here),
        Err(error) => match error.downcast_ref::<retrieval::Error>() {
            Some(retrieval::Error::Busy) => Ok(Means::At(format!("http://127.0.0.1:{}", app.config.listen.port()))),
            _ => Err(error),
        },
    }
}

fn said(run: &Run) -> String {
    let percent = |count: i32, of: i32| Run::percent(count, of).map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"));
    let ms = |us: i64| vietnamese::number::format_f64(us as f64 / 1_000.0, 1).unwrap_or_default();
    let judged = run.answerable + run.unanswerable;
    let rows = [
        ("assistant-run-questions", (judged + run.open).to_string()),
        ("assistant-run-right", percent(run.answered_right, run.answerable)),
        ("assistant-run-wrong", percent(run.wrongly_answered, judged)),
        ("assistant-run-refused", percent(run.wrongly_refused, run.answerable)),
        ("assistant-run-rightly-refused", percent(run.rightly_refused, run.unanswerable)),
        ("assistant-run-source", percent(run.source_right, run.answered_right)),
        ("assistant-run-p50", ms(run.p50_us)),
        ("assistant-run-p95", ms(run.p95_us)),
    ];
    let mut text: String = rows.iter().map(|(key, value)| format!("{}: {value}\n", L.t(key))).collect();
    for one in run.missed() {
        let verdict = L.t(&format!("assistant-verdict-{}", one.verdict));
        text.push_str(&format!("  {} · {verdict}: {}\n", one.id, one.question));
    }
    text
}
