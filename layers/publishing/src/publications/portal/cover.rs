//! `/an-pham/{slug}`: a book's page: what it is, its contents, what changed, what can be taken away, its editions.

use askama::Template;
use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use uuid::Uuid;

use crate::base::{App, time};
use crate::library::Picture;
use crate::news::portal::kept::Stamp;
use crate::people::agency::brief::Known;
use crate::publications::edition::frozen::Change;
use crate::publications::edition::{Edition, Frozen};
use crate::publications::kept::Format;
use crate::publications::publication::Publication;
use crate::web::{Locale, Page, Path, Result, Shell};

/// A line of the contents.
pub struct Line {
    pub href: String,
    pub title: String,
    /// What was changed; empty where nothing was.
    pub change: String,
}

/// An edition among those of the book.
pub struct Past {
    pub href: String,
    pub words: String,
    pub current: bool,
}

#[derive(Template)]
#[template(path = "publications/portal/cover.html")]
pub struct Cover {
    l: Locale,
    shell: Shell,
    publication: Publication,
    edition: Edition,
    kind: String,
    agency_href: String,
    day: String,
    machine: String,
    lines: Vec<Line>,
    removed: Vec<String>,
    editions: Vec<Past>,
    /// Address, ending in capitals, what it is good for.
    files: Vec<(String, String, String)>,
    picture: Option<Picture>,
    /// Language, address and name of each text that is out.
    siblings: Vec<(String, String, String)>,
    canonical: String,
    json_ld: String,
    printed: String,
}

impl Cover {
    fn has_changes(&self) -> bool {
        !self.removed.is_empty() || self.lines.iter().any(|line| !line.change.is_empty())
    }

    fn text_href(&self) -> String {
        self.publication.edition_path(self.edition.number)
    }
}

/// What is to be read of a publication, or of an edition, that was withdrawn.
#[derive(Template)]
#[template(path = "publications/portal/withdrawn.html")]
pub struct Withdrawn {
    l: Locale,
    shell: Shell,
    publication: Publication,
    day: String,
}

impl Withdrawn {
    fn newest(&self) -> String {
        self.publication.edition_path(self.publication.edition)
    }

    /// A newer edition may be out.
    fn title(&self) -> String {
        let key = if self.publication.is_out() { "publication-edition-was-withdrawn-on" } else { "publication-was-withdrawn-on" };
        self.l.t1(key, "day", &self.day)
    }
}

/// The page that says why it is not there any more.
#[must_use]
pub fn withdrawn(shell: Shell, publication: Publication) -> Response {
    let day = publication.withdrawn_at.map(|at| time::day(time::local_date(at))).unwrap_or_default();
    Page(Withdrawn { l: shell.l, shell, publication, day }).into_response()
}

/// What a page about an edition is the same as long as.
#[must_use]
pub fn stamp(app: &App, shell: &Shell, publication: &Publication, edition: &Edition, more: &str) -> Stamp {
    let who = if shell.person.is_some() { "signed" } else { "" };
    let parts = [
        format!("{}.{}.{}", publication.id, publication.version, edition.hash),
        format!("{}.{}.{who}", shell.lang, shell.theme),
        shell.said.clone().unwrap_or_default(),
        format!("{}.{}.{}", app.site_version(), env!("CARGO_PKG_VERSION"), typesetting::VERSION),
        shell.asset("app.css"),
        more.to_owned(),
    ];
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Stamp::of(&parts, None)
}

/// `GET /an-pham/{slug}`
pub async fn show(shell: Shell, Shared(app): Shared<App>, Path(slug): Path<String>, headers: HeaderMap) -> Result<Response> {
    let publication = Publication::at(&app.db, &slug).await?;
    if !publication.is_out() {
        return Ok(withdrawn(shell, publication));
    }
    let editions = Edition::all(&app.db, publication.id).await?;
    let siblings = publication.siblings_out(&app.db).await?;
    let Some(edition) = editions.first().cloned() else { return Err(crate::web::Error::NotFound) };
    let known = Known::now(&app).await?;
    let more: Vec<String> = siblings.iter().map(|one| format!("{}.{}", one.id, one.version)).collect();
    let stamp = stamp(&app, &shell, &publication, &edition, &format!("{}.{}", more.join(","), known.stamp));
    if stamp.is_known(&headers) {
        return Ok(stamp.unchanged());
    }
    let page = page(&app, shell, (publication, edition), &editions, &siblings).await?;
    Ok(stamp.on(Page(page).into_response()))
}

async fn page(
    app: &App,
    shell: Shell,
    (publication, edition): (Publication, Edition),
    editions: &[Edition],
    siblings: &[Publication],
) -> Result<Cover> {
    let l = shell.l;
    let sections = Frozen::all(&app.db, edition.id).await?;
    let text = publication.edition_path(edition.number);
    let known = Known::now(app).await?;
    let covers: Vec<Uuid> = edition.cover.into_iter().collect();
    let picture = if covers.is_empty() { None } else { Picture::of(&app.db, &covers).await?.into_values().next() };
    let origin = app.config.public_url();
    let file = |format: Format| (format!("{text}.{}", format.ending()), format.ending().to_uppercase(), l.t(&format.key()));
    let past = |one: &Edition| {
        let words = l.t2("publication-edition-of", "n", one.number, "day", time::day(time::local_date(one.at)));
        let is_withdrawn = publication.is_withdrawn(one.number);
        Past {
            href: publication.edition_path(one.number),
            words: if is_withdrawn { l.t1("publication-edition-withdrawn", "name", words) } else { words },
            current: one.number == edition.number,
        }
    };
    let sibling =
        |one: &Publication| (one.language.tag().to_owned(), format!("{origin}{}", one.public_path()), l.t(&one.language.key()));
    Ok(Cover {
        kind: publication.kind().name(l).to_owned(),
        agency_href: known.get(&publication.agency).map(|body| body.public_path()).unwrap_or_default(),
        day: time::day(time::local_date(edition.at)),
        machine: time::machine(edition.at),
        lines: sections.iter().map(|one| line(l, &text, one)).collect(),
        removed: edition.removed(),
        editions: editions.iter().map(past).collect(),
        files: Format::ALL.map(file).into(),
        picture,
        siblings: if siblings.len() > 1 { siblings.iter().map(sibling).collect() } else { Vec::new() },
        canonical: format!("{origin}{}", publication.public_path()),
        json_ld: json_ld(&origin, &publication, &edition),
        printed: time::minute(app.clock.now()),
        publication,
        edition,
        l,
        shell,
    })
}

fn line(l: Locale, text: &str, one: &Frozen) -> Line {
    let change = match one.change {
        Change::Same => String::new(),
        Change::Changed => one.note.clone(),
        Change::Added => l.t("publication-section-added"),
    };
    Line { href: format!("{text}#{}", one.anchor), title: one.title.clone(), change }
}

/// schema.org/Book with its edition
#[must_use]
pub fn json_ld(origin: &str, publication: &Publication, edition: &Edition) -> String {
    let address = format!("{origin}{}", publication.public_path());
    let text = format!("{origin}{}", publication.edition_path(edition.number));
    let owner = json!({ "@type": "GovernmentOrganization", "name": edition.owner });
    let at = |format: Format| format!("{text}.{}", format.ending());
    // An e-book is what a reading device takes: pages to print and an archive are encodings of the text.
    let ebook = json!({
        "@type": "Book",
        "bookFormat": "https://schema.org/EBook",
        "encodingFormat": Format::Epub.media_type(),
        "url": at(Format::Epub),
    });
    let file =
        |format: Format| json!({ "@type": "MediaObject", "encodingFormat": format.media_type(), "contentUrl": at(format) });
    let files = [Format::Pdf, Format::Zip].map(file);
    let value = json!({
        "@context": "https://schema.org",
        "@type": "Book",
        "@id": address,
        "url": address,
        "name": edition.title,
        "description": edition.summary,
        "inLanguage": publication.language.tag(),
        "bookEdition": edition.number.to_string(),
        "datePublished": time::machine(edition.at),
        "isAccessibleForFree": true,
        "author": owner,
        "publisher": owner,
        "workExample": [ebook],
        "encoding": files,
    });
    value.to_string().replace('<', "\\u003c")
}
