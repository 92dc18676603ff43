//! The kit of an article: an archive that is written while it is sent, so that none of it lies in memory or on disk.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::extract::State as Shared;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use uuid::Uuid;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::ninjs::{self, Told};
use crate::base::App;
use crate::library::rendition::Rendition;
use crate::library::storage::Store;
use crate::news::Article;
use crate::web::{Error, Lang, Locale, Path, Result};

/// What goes into the archive.
enum Entry {
    Text(String, String),
    /// An object of the library's store: packed already.
    Object(String, String),
}

/// What was written and not sent yet.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self) -> Bytes {
        Bytes::from(std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Writing {
    app: App,
    entries: VecDeque<Entry>,
    /// None when it is finished.
    archive: Option<ZipWriter<StreamWriter<Written>>>,
    written: Written,
    /// The object whose bytes are being written.
    open: Option<BoxStream<'static, object_store::Result<Bytes>>>,
}

impl Writing {
    fn of(app: &App, entries: VecDeque<Entry>) -> Self {
        let written = Written::default();
        let archive = Some(ZipWriter::new_stream(written.clone()));
        Self { app: app.clone(), entries, archive, written, open: None }
    }

    /// The next bytes; None at the end.
    async fn next(&mut self) -> io::Result<Option<Bytes>> {
        loop {
            let Some(archive) = &mut self.archive else { return Ok(None) };
            if let Some(open) = &mut self.open {
                match open.next().await {
                    Some(chunk) => archive.write_all(&chunk.map_err(io::Error::other)?)?,
                    None => self.open = None,
                }
            } else {
                match self.entries.pop_front() {
                    Some(Entry::Text(name, text)) => {
                        archive.start_file(name, SimpleFileOptions::default())?;
                        archive.write_all(text.as_bytes())?;
                    }
                    Some(Entry::Object(name, object)) => {
                        let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
                        archive.start_file(name, packed)?;
                        let store = Store::of(&self.app).map_err(io::Error::other)?;
                        self.open = store.read(&object, None).await.map_err(io::Error::other)?;
                    }
                    None => {
                        if let Some(archive) = self.archive.take() {
                            archive.finish()?;
                        }
                    }
                }
            }
            let bytes = self.written.take();
            if !bytes.is_empty() {
                return Ok(Some(bytes));
            }
        }
    }
}

fn entries(app: &App, told: &Told) -> VecDeque<Entry> {
    let article = &told.article;
    let l = Locale(Lang::from_tag(article.language.tag()));
    let address = format!("{}{}", app.config.public_url(), article.public_path());
    let head = format!("{}\n\n{}\n\n", article.title, article.summary);
    let foot = format!("\n\n{}\n{address}\n", told.rights);
    let page = format!(
        "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><title>{2}</title><h1>{2}</h1><p>{3}</p>{1}<p>{4}</p><p>{address}</p></html>\n",
        article.language.tag(),
        told.html,
        crate::news::markup::escaped(&article.title),
        crate::news::markup::escaped(&article.summary),
        crate::news::markup::escaped(&told.rights),
    );
    let mut found = VecDeque::from([
        Entry::Text("ninjs.json".into(), serde_json::to_string_pretty(&ninjs::item(app, told)).unwrap_or_default()),
        Entry::Text("bai.txt".into(), format!("{head}{}{foot}", told.text)),
        Entry::Text("bai.html".into(), page),
    ]);
    let mut credits = String::new();
    for (number, still) in told.stills.iter().enumerate() {
        let name = format!("anh/{:02}.jpg", number + 1);
        let line =
            [still.asset.caption.as_str(), still.alt.as_str()].into_iter().find(|line| !line.is_empty()).unwrap_or_default();
        credits.push_str(&format!(
            "{name}\n{line}\n{}\n{}\n\n",
            l.t1("picture-credit", "name", &still.credit),
            still.asset.copyright
        ));
        found.push_back(Entry::Object(name, Rendition::object(&still.largest.sha256, still.largest.width)));
    }
    if !credits.is_empty() {
        found.push_back(Entry::Text("anh/ghi-cong.txt".into(), credits));
    }
    found
}

/// `GET /bao-chi/{article}/tu-lieu.zip`
pub async fn take(Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let article = Article::find(&app.db, id).await?;
    let told = ninjs::told(&app, article).await?.ok_or(Error::NotFound)?;
    let writing = Writing::of(&app, entries(&app, &told));
    let bytes = stream::unfold(Some(writing), |writing| async move {
        let mut writing = writing?;
        match writing.next().await {
            Ok(Some(bytes)) => Some((Ok(bytes), Some(writing))),
            Ok(None) => None,
            Err(error) => {
                tracing::error!(%error, "a kit for the press could not be written to its end");
                Some((Err(error), None))
            }
        }
    });
    let name = format!("attachment; filename=\"{}.zip\"", told.article.slug);
    let head = [(CONTENT_TYPE, "application/zip"), (CONTENT_DISPOSITION, name.as_str()), (CACHE_CONTROL, "no-store")];
    // Whoever compresses an answer asks once more after the end.
    Ok((head, Body::from_stream(bytes.fuse())).into_response())
}
