//! `lantoa measures recompute`: counts a year anew and says how long that took.

use std::io::Write;

use chrono::Datelike;
use clap::Subcommand;

use crate::base::{Clock, Config, time};
use crate::capabilities::CAPABILITIES;
use crate::measures::recomputing::recompute;
use crate::server;
use crate::web::{Lang, Locale};

#[derive(Subcommand)]
pub enum Measures {
    /// Count all measures of a year anew from what is kept, and write what changed. Nothing that was closed changes.
    Recompute {
        /// The present year unless said.
        #[arg(long)]
        year: Option<i32>,
    },
}

/// The words of the command line are Vietnamese, as those of `lantoa plan`.
const L: Locale = Locale(Lang::Vi);

impl Measures {
    /// Runs the command.
    ///
    /// # Errors
    /// The database failed.
    pub async fn run(self, config: Config) -> anyhow::Result<()> {
        let app = server::prepare(config, CAPABILITIES, Clock::Machine, false).await?;
        let Self::Recompute { year } = self;
        let year = year.unwrap_or_else(|| time::local_date(app.clock.now()).year());
        let outcome = recompute(&app, year, None).await;
        app.db.close_by_ref().await?;
        let pass = outcome.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let words = [
            ("year", pass.year.to_string()),
            ("measures", pass.measures.to_string()),
            ("values", pass.values.to_string()),
            ("changed", pass.changed.to_string()),
            ("ms", pass.took_ms.to_string()),
        ];
        writeln!(std::io::stdout(), "{}", L.with("measures-recomputed", &words))?;
        Ok(())
    }
}
