//! `lantoa doctor`: what is missing or misconfigured, and how to mend it. It looks and touches nothing: no schema is
//! changed, no mail is sent; the one file it makes in the data folder, to see that it can, is removed again.

mod broker;
mod database;
mod finding;
mod house;
mod key;
mod reach;
mod report;
mod settings;
mod storage;
#[cfg(test)]
mod tests;
mod tools;

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::base::{Clock, Config};
use crate::web::{Lang, Locale};
use finding::{Finding, State};

#[derive(Args)]
pub struct Doctor {
    /// Print one JSON object for programs instead of lines for people.
    #[arg(long)]
    json: bool,
    /// The language of the findings.
    #[arg(long, value_enum, default_value = "vi")]
    language: Language,
    /// Leave out what lies outside this machine and its database: mail, sign-on, installed tools.
    #[arg(long)]
    inside: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    Vi,
    En,
}

impl Doctor {
    /// Runs the command: exit code 1 when something is broken, 0 otherwise.
    ///
    /// # Errors
    /// Standard output can not be written.
    pub async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let mut findings = inside(&config, &Clock::Machine).await;
        if !self.inside {
            findings.extend(reach::examine(&config).await);
            findings.extend(broker::examine(&config).await);
            findings.extend(tools::examine().await);
        }
        self.tell(&findings)
    }

    /// Reports settings that can not be read, which is all there is to say then.
    ///
    /// # Errors
    /// Standard output can not be written.
    pub fn unreadable(&self, error: &figment::Error) -> anyhow::Result<ExitCode> {
        self.tell(&[settings::unreadable(error)])
    }

    fn tell(&self, findings: &[Finding]) -> anyhow::Result<ExitCode> {
        let l = Locale(match self.language {
            Language::Vi => Lang::Vi,
            Language::En => Lang::En,
        });
        let mut out = std::io::stdout().lock();
        if self.json {
            report::machine(&mut out, l, findings)?
        } else {
            report::people(&mut out, l, findings)?
        }
        let broken = findings.iter().any(|finding| finding.state == State::Broken);
        Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

/// Everything on this machine and in its database.
async fn inside(config: &Config, clock: &Clock) -> Vec<Finding> {
    let mut findings = settings::examine(config, clock);
    findings.extend(storage::examine(config));
    findings.push(storage::examine_library(config).await);
    findings.extend(key::examine(config));
    let (found, open) = database::examine(config, clock).await;
    findings.extend(found);
    if let Some(app) = open {
        findings.extend(house::examine(&app).await);
        let _ = app.db.close_by_ref().await;
    }
    findings
}
