//! `lantoa bounces`: takes a report that the mail server hands over on standard input, or all in a folder (Maildir), and marks the letters.

#[cfg(test)]
mod tests;

use std::io::{Read, Write};
use std::path::PathBuf;

use clap::Args;

use crate::base::{App, Clock, Config};
use crate::capabilities::CAPABILITIES;
use crate::newsletters::bounces::{self, REPORT_BYTES_MAX, Taken};
use crate::server;
use crate::web::Error;

/// What the command ends with when it failed: EX_TEMPFAIL of sysexits.h. Any other makes a mail server (pipe(8) of Postfix, the pipe of
/// Exim) give the report up, and the letter counts as delivered for ever.
pub const COME_AGAIN: u8 = 75;

#[derive(Args)]
pub struct Bounces {
    /// Where the report was sent to: the envelope's recipient, e.g. ${original_recipient} of Postfix.
    #[arg(long, value_name = "ADDRESS")]
    recipient: Option<String>,
    /// A Maildir whose new letters are taken one after the other and moved to `cur`, instead of standard input.
    #[arg(long, value_name = "FOLDER")]
    maildir: Option<PathBuf>,
}

impl Bounces {
    /// Runs the command: one line a report. What is nobody's or forged is ignored, and that is said; it is no failure.
    ///
    /// # Errors
    /// The database or the disk failed: with [`COME_AGAIN`] the mail server keeps the report and tries again.
    pub async fn run(self, config: Config) -> anyhow::Result<()> {
        let app = server::prepare(config, CAPABILITIES, Clock::Machine, false).await?;
        let outcome = self.take_all(&app).await;
        app.db.close_by_ref().await?;
        outcome
    }

    async fn take_all(&self, app: &App) -> anyhow::Result<()> {
        let Some(folder) = &self.maildir else {
            let bytes = beginning(&mut std::io::stdin().lock())?;
            return one(app, &bytes, self.recipient.as_deref()).await;
        };
        std::fs::create_dir_all(folder.join("cur"))?;
        let mut new: Vec<PathBuf> =
            std::fs::read_dir(folder.join("new"))?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
        new.sort();
        for path in new {
            one(app, &beginning(&mut std::fs::File::open(&path)?)?, None).await?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            std::fs::rename(&path, folder.join("cur").join(format!("{name}:2,S")))?;
        }
        Ok(())
    }
}

/// What a report says comes before the letter that it holds, so that of a very large one the beginning is enough. The rest is read as
/// well: a mail server takes a pipe that is closed early for a failure.
fn beginning(from: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.by_ref().take(REPORT_BYTES_MAX as u64).read_to_end(&mut bytes)?;
    std::io::copy(from, &mut std::io::sink())?;
    Ok(bytes)
}

async fn one(app: &App, bytes: &[u8], recipient: Option<&str>) -> anyhow::Result<()> {
    let words = match bounces::take(app, bytes, recipient).await {
        Ok(Taken::Marked(bounce)) => format!("marked: {}", sea_orm::ActiveEnum::to_value(&bounce)),
        Ok(Taken::Again) => "known".to_owned(),
        Ok(Taken::Ignored(cause)) => format!("ignored: {cause}"),
        Err(Error::Internal(error)) => return Err(error),
        Err(error) => anyhow::bail!("{error:?}"),
    };
    writeln!(std::io::stdout(), "{words}")?;
    Ok(())
}
