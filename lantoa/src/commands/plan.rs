//! `lantoa plan read FILE --format json`: the contract for machines. No database, no settings.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Subcommand, ValueEnum};

use crate::plans::plan::reading::{self, FILE_BYTES_MAX, Unread};
use crate::plans::recognise::{self, Gazetteer};

/// Exit code of a text that was read and is no plan; 2 is a mistyped command.
const NO_PLAN: u8 = 3;

#[derive(Subcommand)]
pub enum Plan {
    /// Read a document and print its provisions. Exit code 1: it can not be read; 3: it is no plan.
    Read {
        /// A .txt, .docx or .pdf file.
        file: PathBuf,
        #[arg(long, value_enum, default_value = "json")]
        format: Format,
        /// Recognise the letters of a scanned document (needs tesseract with `vie`).
        #[arg(long)]
        ocr: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Json,
}

impl Plan {
    /// Runs the command; a document that can not be read is said on standard error with cause and remedy, and exit code 1.
    /// A text that is no plan is printed with its warning, said on standard error too, and exit code 3.
    ///
    /// # Errors
    /// The file can not be opened, or standard output not be written.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let Self::Read { file, format: Format::Json, ocr } = self;
        let bytes = bounded(&file)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        match reading::read(&bytes, &name, ocr, Gazetteer::standard()) {
            Ok(reading) => {
                let recognition = reading.into_recognition();
                let mut out = std::io::stdout().lock();
                serde_json::to_writer(&mut out, &recognition)?;
                writeln!(out)?;
                if let Some(warning) = recognition.warnings.iter().find(|warning| warning.kind == recognise::NO_PLAN) {
                    eprintln!("lantoa: {}: {}", file.display(), warning.message);
                    return Ok(ExitCode::from(NO_PLAN));
                }
                Ok(ExitCode::SUCCESS)
            }
            Err(cause) => {
                cause.log(&name);
                eprintln!("lantoa: {}: {}", file.display(), words(&cause));
                Ok(ExitCode::FAILURE)
            }
        }
    }
}

/// Reads no more than a file may have, however large it is.
fn bounded(file: &Path) -> anyhow::Result<Vec<u8>> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let source = std::fs::File::open(file).with_context(|| format!("không mở được {}", file.display()))?;
    source
        .take(FILE_BYTES_MAX as u64 + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("không đọc được {}", file.display()))?;
    anyhow::ensure!(bytes.len() <= FILE_BYTES_MAX, "{} lớn hơn {} MB", file.display(), FILE_BYTES_MAX / 1024 / 1024);
    Ok(bytes)
}

fn words(cause: &Unread) -> String {
    match cause {
        Unread::Document(error) => error.to_string(),
        Unread::Secret(mark) => format!("văn bản có dấu “{mark}”: không đọc văn bản thuộc bí mật nhà nước"),
        Unread::TimedOut => "đọc quá lâu nên đã dừng".into(),
    }
}
