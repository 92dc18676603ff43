//! `lantoa plan read FILE --format json`: the contract for machines. No database, no settings.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};

#[derive(Subcommand)]
pub enum Plan {
    /// Read a document and print its provisions.
    Read {
        file: PathBuf,
        #[arg(long, value_enum, default_value = "json")]
        format: Format,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Json,
}

impl Plan {
    /// Runs the command; a document that can not be read is said on standard error, with cause and remedy.
    ///
    /// # Errors
    /// The file can not be opened, or standard output not be written.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        anyhow::bail!("not yet")
    }
}
