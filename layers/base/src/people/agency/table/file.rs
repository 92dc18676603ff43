//! Which kind of file somebody dropped in, by its first bytes; a name may lie. Bounds: 16 MB a file, 64 MB unpacked.

use std::io::{Cursor, Read};
use std::sync::LazyLock;
use std::time::Duration;

use tokio::sync::Semaphore;
use zip::ZipArchive;

use super::{Sheet, head, lines, workbook};
use crate::web::Obstacle;

pub const FILE_BYTES_MAX: usize = 16 * 1024 * 1024;
const UNPACKED_BYTES_MAX: u64 = 64 * 1024 * 1024;
const ENTRIES_MAX: usize = 500;
/// Shared strings that a workbook may announce: the reader makes room for as many as it says.
const STRINGS_MAX: u64 = 1_000_000;
const READING_TIMEOUT_S: u64 = 60;
static AT_ONCE: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// Reads on a thread of its own, two at once in a node: a hostile file holds up nobody else.
///
/// # Errors
/// Only when the house stops; what is wrong with the file is in the inner result.
pub async fn aside<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, Obstacle> + Send + 'static,
) -> anyhow::Result<Result<T, Obstacle>> {
    let _turn = AT_ONCE.acquire().await?;
    match tokio::time::timeout(Duration::from_secs(READING_TIMEOUT_S), tokio::task::spawn_blocking(read)).await {
        Ok(Ok(read)) => Ok(read),
        // The reader of workbooks gave up on what it was given.
        Ok(Err(panicked)) => {
            tracing::warn!(%panicked, "a file could not be read");
            Ok(Err(Obstacle::new("agency-file-damaged")))
        }
        Err(_) => Ok(Err(Obstacle::new("agency-file-slow"))),
    }
}

/// What a file can be to us.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    Table(Sheet),
    /// GeoJSON, as text.
    Boundaries(String),
}

/// Reads a file; pure and blocking.
///
/// # Errors
/// Why it can not be used, and what to do.
pub fn open(bytes: &[u8]) -> Result<Opened, Obstacle> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Obstacle::new("agency-file-too-large").with("n", FILE_BYTES_MAX / 1024 / 1024));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Obstacle::new("agency-file-empty"));
    }
    match kind(bytes) {
        Kind::Zip => workbook(bytes),
        Kind::OldExcel => Err(Obstacle::new("agency-file-old-excel")),
        Kind::Foreign => Err(Obstacle::new("agency-file-foreign")),
        Kind::Text => text(bytes),
    }
}

enum Kind {
    Zip,
    /// A compound file: `.xls`, or a workbook under a password.
    OldExcel,
    Foreign,
    Text,
}

fn kind(bytes: &[u8]) -> Kind {
    const SIGNS: [(&[u8], Kind); 8] = [
        (b"PK", Kind::Zip),
        (b"\xd0\xcf\x11\xe0", Kind::OldExcel),
        (b"%PDF", Kind::Foreign),
        (b"\x89PNG", Kind::Foreign),
        (b"\xff\xd8\xff", Kind::Foreign),
        (b"GIF8", Kind::Foreign),
        (b"{\\rtf", Kind::Foreign),
        (b"\x1f\x8b", Kind::Foreign),
    ];
    SIGNS.into_iter().find(|(sign, _)| bytes.starts_with(sign)).map_or(Kind::Text, |(_, kind)| kind)
}

fn text(bytes: &[u8]) -> Result<Opened, Obstacle> {
    let text = lines::decode(bytes)?;
    let begin = text.trim_start();
    let lower: String = begin.chars().take(400).collect::<String>().to_lowercase();
    if lower.starts_with('<') || lower.starts_with("mime-version:") || lower.contains("<table") {
        return Err(Obstacle::new("agency-file-web-page"));
    }
    if begin.starts_with(['{', '[']) {
        return Ok(Opened::Boundaries(text));
    }
    head::read(lines::grid(&text)?).map(Opened::Table)
}

fn workbook(bytes: &[u8]) -> Result<Opened, Obstacle> {
    bounded(bytes)?;
    workbook::sheet(bytes).map(Opened::Table)
}

/// Unpacks every part once, counting, before a reader without limits sees the file.
///
/// # Errors
/// It is no workbook, or too large.
pub fn bounded(bytes: &[u8]) -> Result<(), Obstacle> {
    let damaged = || Obstacle::new("agency-file-damaged");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let huge = || Obstacle::new("agency-file-unpacks-too-large").with("n", UNPACKED_BYTES_MAX / 1024 / 1024);
    if archive.len() > ENTRIES_MAX {
        return Err(huge());
    }
    let mut left = UNPACKED_BYTES_MAX;
    let mut is_workbook = false;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|_| Obstacle::new("agency-file-locked"))?;
        is_workbook |= entry.name().is_ok_and(|name| name.eq_ignore_ascii_case("xl/workbook.xml"));
        let mut part = Vec::new();
        entry.take(left + 1).read_to_end(&mut part).map_err(|_| damaged())?;
        left = left.checked_sub(part.len() as u64).ok_or_else(huge)?;
        if announces_too_much(&part) {
            return Err(huge());
        }
    }
    if is_workbook { Ok(()) } else { Err(Obstacle::new("agency-file-other-office")) }
}

/// `uniqueCount="…"` beyond what any such file has.
fn announces_too_much(part: &[u8]) -> bool {
    const NAME: &[u8] = b"uniqueCount";
    let Some(at) = part.windows(NAME.len()).position(|window| window == NAME) else { return false };
    let digits: Vec<u8> = part[at + NAME.len()..]
        .iter()
        .skip_while(|byte| !byte.is_ascii_digit())
        .take_while(|byte| byte.is_ascii_digit())
        .copied()
        .collect();
    std::str::from_utf8(&digits).ok().and_then(|digits| digits.parse::<u64>().ok()).is_none_or(|count| count > STRINGS_MAX)
}
