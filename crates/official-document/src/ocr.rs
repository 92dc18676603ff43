//! Recognition of characters in scans, by an installed `tesseract` (with `vie`) and `pdftoppm` (poppler-utils).
//!
//! Both run as processes of their own, one page after the other, without a shell, in a temporary folder, within a time;
//! pages are drawn at a bounded size. Every word of the result is a guess, and the document says so: its media is
//! [`crate::Media::Ocr`] and it carries the warning "ocr".

mod process;
mod words;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::error::ReadError;
use crate::limits::Limits;
use crate::model::{Document, Media, Source, Warning};
use crate::pdf::{Page, flow};
use crate::{compose, picture};
use process::{Ended, run};

/// The longer side of a page as drawn, in pixels: A4 at 300 dots an inch.
const PAGE_PIXELS: &str = "3508";
/// Points of the longer side of A4.
const PAGE_POINTS: f32 = 842.0;
/// Asking a program for its languages takes no longer than this.
const ASKING: Duration = Duration::from_secs(5);

impl Limits {
    /// Bounds for [`read`]: a page takes some seconds, so fewer pages and more time.
    pub fn for_ocr() -> Self {
        Self { pages: 60, time: Duration::from_secs(110), ..Self::default() }
    }
}

/// Both programs are installed, and the language data for Vietnamese. Asks until the answer is yes, then remembers it.
pub fn available() -> bool {
    static FOUND: AtomicBool = AtomicBool::new(false);
    if !FOUND.load(Ordering::Relaxed) {
        FOUND.store(languages().is_some_and(|languages| languages.lines().any(|line| line.trim() == "vie")), Ordering::Relaxed);
    }
    FOUND.load(Ordering::Relaxed)
}

/// What `tesseract --list-langs` prints; nothing when it or `pdftoppm` is absent.
fn languages() -> Option<String> {
    let folder = tempfile::tempdir().ok()?;
    let deadline = Instant::now() + ASKING;
    run("pdftoppm", &["-v"], folder.path(), deadline).ok()?;
    match run("tesseract", &["--list-langs"], folder.path(), deadline).ok()? {
        Ended { success: true, output } => Some(output),
        Ended { .. } => None,
    }
}

/// Reads a scan: a PDF, a PNG or a JPEG.
///
/// # Errors
/// [`ReadError::OcrUnavailable`] when a program is missing, [`ReadError::OcrFailed`] when it fails, and the errors of
/// [`crate::read`] for files too large, too long, encrypted or empty.
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Document, ReadError> {
    if bytes.len() > limits.bytes {
        return Err(ReadError::TooLarge { bytes: bytes.len(), limit: limits.bytes });
    }
    if !available() {
        return Err(ReadError::OcrUnavailable);
    }
    let folder = tempfile::tempdir().map_err(ReadError::ocr)?;
    let scan = Scan { folder: folder.path(), deadline: Instant::now() + limits.time, limits };
    let pages = match picture::Picture::of(bytes) {
        Some(picture) => scan.picture(bytes, &picture)?,
        None if bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") => scan.pdf(bytes)?,
        None => return Err(ReadError::UnknownFormat { name: name.to_owned() }),
    };
    document(pages, limits)
}

/// A page with how sure the program is of its words, in hundredths.
struct Recognised {
    page: Page,
    sureness: Vec<f32>,
}

struct Scan<'a> {
    folder: &'a Path,
    deadline: Instant,
    limits: &'a Limits,
}

impl Scan<'_> {
    fn picture(&self, bytes: &[u8], picture: &picture::Picture) -> Result<Vec<Recognised>, ReadError> {
        if picture.is_too_large() {
            return Err(ReadError::TooLarge { bytes: bytes.len(), limit: self.limits.bytes });
        }
        std::fs::write(self.folder.join("page.img"), bytes).map_err(ReadError::ocr)?;
        Ok(vec![self.recognise("page.img")?])
    }

    /// Draws and recognises page after page until there is none.
    fn pdf(&self, bytes: &[u8]) -> Result<Vec<Recognised>, ReadError> {
        std::fs::write(self.folder.join("scan.pdf"), bytes).map_err(ReadError::ocr)?;
        let mut pages = Vec::new();
        for number in 1..=self.limits.pages.saturating_add(1) {
            if !self.draw(number)? {
                break;
            }
            if number > self.limits.pages {
                return Err(ReadError::TooManyPages { pages: number, limit: self.limits.pages });
            }
            pages.push(self.recognise("page.png")?);
        }
        Ok(pages)
    }

    /// Draws a page as `page.png`; false when the file has no such page.
    fn draw(&self, number: u32) -> Result<bool, ReadError> {
        let drawn = self.folder.join("page.png");
        let _ = std::fs::remove_file(&drawn);
        let number = number.to_string();
        let arguments =
            ["-png", "-gray", "-singlefile", "-scale-to", PAGE_PIXELS, "-f", &number, "-l", &number, "scan.pdf", "page"];
        let ended = self.run("pdftoppm", &arguments)?;
        if ended.output.contains("Incorrect password") {
            return Err(ReadError::Encrypted);
        }
        match (drawn.exists(), number.as_str()) {
            (false, "1") => Err(ReadError::corrupt("không vẽ được trang nào")),
            (exists, _) => Ok(exists),
        }
    }

    fn recognise(&self, file: &str) -> Result<Recognised, ReadError> {
        let ended = self.run("tesseract", &[file, "words", "-l", "vie", "tsv"])?;
        if !ended.success {
            return Err(ReadError::ocr("tesseract dừng giữa chừng"));
        }
        let table = std::fs::read_to_string(self.folder.join("words.tsv")).map_err(ReadError::ocr)?;
        let (page, sureness) = words::page(&table, PAGE_POINTS);
        Ok(Recognised { page, sureness })
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<Ended, ReadError> {
        run(program, arguments, self.folder, self.deadline).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => ReadError::OcrUnavailable,
            std::io::ErrorKind::TimedOut => ReadError::TimedOut { limit: self.limits.time },
            _ => ReadError::ocr(error),
        })
    }
}

fn document(recognised: Vec<Recognised>, limits: &Limits) -> Result<Document, ReadError> {
    let pages = u32::try_from(recognised.len()).unwrap_or(u32::MAX);
    let (mut read, mut sureness) = (Vec::new(), Vec::new());
    for page in recognised {
        read.push(page.page);
        sureness.extend(page.sureness);
    }
    if sureness.is_empty() {
        return Err(ReadError::Empty);
    }
    let flowed = flow::flow(read, limits.paragraphs)?;
    let source = Source { media: Media::Ocr, pages: Some(pages), encoding: None };
    let mut document = compose::compose(flowed.laid.text, source, flowed.laid.blocks, limits);
    document.footnotes = flowed.footnotes;
    let count = f32::from(u16::try_from(sureness.len()).unwrap_or(u16::MAX));
    let mean = sureness.iter().take(usize::from(u16::MAX)).sum::<f32>() / count;
    let message =
        format!("Chữ do máy nhận dạng từ ảnh chụp, độ tin cậy trung bình {mean:.0}%. Hãy đối chiếu từng mục với bản gốc.");
    document.warnings.insert(0, Warning::new("ocr", message, None));
    Ok(document)
}
