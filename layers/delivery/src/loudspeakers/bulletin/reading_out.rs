//! A script read out by machine: by an installed espeak-ng, or by a speech endpoint in the manner of OpenAI where one is configured.
//! Both end in time and within a size, whatever they do; the words are never part of a command line.

use std::process::Stdio;
use std::time::Duration;

use axum::http::{Request, header};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::base::outgoing::{self, Broken};
use crate::base::{App, new_id};
use crate::web::{Error, Obstacle};

const PROGRAM: &str = "espeak-ng";
/// Half an hour of speech takes a few seconds.
const READING_S: u64 = 120;
const SOUND_BYTES_MAX: u64 = 200 * 1024 * 1024;
/// Words a minute: the pace of a reader for loudspeakers.
const WORDS_PER_MINUTE: &str = "150";

fn refused(key: &'static str) -> Error {
    Error::Refused(vec![Obstacle::new(key).at("sound")])
}

/// Whether there is a program that reads Vietnamese, by its own word; None when there is none.
pub async fn espeak_version() -> Option<String> {
    let asked = Command::new(PROGRAM).arg("--version").stdin(Stdio::null()).kill_on_drop(true).output();
    let said = tokio::time::timeout(Duration::from_secs(5), asked).await.ok()?.ok()?;
    let text = String::from_utf8_lossy(&said.stdout);
    said.status.success().then(|| text.lines().next().unwrap_or_default().trim().to_owned())
}

/// Whether a machine may read: espeak-ng is asked for once a minute at most.
pub async fn has_espeak(app: &App) -> bool {
    let asked = app.lately("espeak", 60, async { Ok::<_, std::convert::Infallible>(espeak_version().await.is_some()) });
    asked.await.is_ok_and(|there| *there)
}

/// A WAV file of the script.
///
/// # Errors
/// Refused when there is no such program, or it did not end in time or brought nothing.
pub async fn by_espeak(app: &App, script: &str) -> Result<Vec<u8>, Error> {
    let folder = app.config.data.join("loudspeaker-work");
    tokio::fs::create_dir_all(&folder).await?;
    let path = folder.join(format!("{}.wav", new_id().simple()));
    let read = spoken(&path, script).await;
    let bytes = match tokio::fs::metadata(&path).await {
        Ok(file) if read.is_ok() && file.len() <= SOUND_BYTES_MAX => tokio::fs::read(&path).await.ok(),
        _ => None,
    };
    let _ = tokio::fs::remove_file(&path).await;
    read?;
    bytes.filter(|bytes| !bytes.is_empty()).ok_or_else(|| refused("loud-read-failed"))
}

async fn spoken(path: &std::path::Path, script: &str) -> Result<(), Error> {
    let mut child = Command::new(PROGRAM)
        .args(["-v", "vi", "-s", WORDS_PER_MINUTE, "--stdin", "-w"])
        .arg(path)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|_| refused("loud-read-no-espeak"))?;
    let words = child.stdin.take();
    let read = async {
        if let Some(mut words) = words {
            words.write_all(script.as_bytes()).await?;
            words.shutdown().await?;
        }
        child.wait().await
    };
    match tokio::time::timeout(Duration::from_secs(READING_S), read).await {
        Ok(Ok(status)) if status.success() => Ok(()),
        Ok(_) => Err(refused("loud-read-failed")),
        Err(_) => Err(refused("loud-read-slow")),
    }
}

/// An MP3 file of the script, from the endpoint that the settings name.
///
/// # Errors
/// Refused when none is configured, or it did not answer with a sound.
pub async fn by_endpoint(app: &App, script: &str) -> Result<Vec<u8>, Error> {
    let Some(speech) = &app.config.loudspeakers.speech else { return Err(refused("loud-read-no-endpoint")) };
    let body = serde_json::json!({
        "model": speech.model,
        "voice": speech.voice,
        "input": script,
        "response_format": "mp3",
    });
    let request = Request::post(format!("{}/audio/speech", speech.url.trim_end_matches('/')))
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, format!("Bearer {}", speech.key))
        .body(serde_json::to_vec(&body)?)?;
    // The address is the operator's own word in the settings; it may lie inside.
    let answer = outgoing::fetch_large(request, true, usize::try_from(SOUND_BYTES_MAX)?).await;
    match answer {
        Ok(answer) if answer.status().is_success() && !answer.body().is_empty() => Ok(answer.into_body()),
        Ok(answer) => {
            tracing::warn!(status = %answer.status(), "the speech endpoint did not answer with a sound");
            Err(refused("loud-read-endpoint"))
        }
        Err(Broken::NotSent(why) | Broken::Cut(why)) => {
            tracing::warn!(why, "the speech endpoint did not answer");
            Err(refused("loud-read-endpoint"))
        }
    }
}
