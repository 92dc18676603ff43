//! `/an-pham/{slug}/lan-{n}`: the text of an edition on one page, its contents beside it. An old one says where a newer text is,
//! and which words differ. `…/lan-{n}.epub`, `.pdf`, `.zip`: the same to take away.

use std::collections::{BTreeSet, HashMap};

use askama::Template;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use typesetting::Part;
use typesetting::xhtml::{Dress, Shown};
use uuid::Uuid;

use super::cover::{json_ld, stamp, withdrawn};
use crate::base::{App, time};
use crate::library::{Asset, Picture};
use crate::news::clean;
use crate::news::portal::kept::Stamp;
use crate::publications::edition::frozen::Change;
use crate::publications::edition::{Edition, Frozen, Pictures};
use crate::publications::kept::{self, Format};
use crate::publications::publication::Publication;
use crate::publications::{book, picturing, reading};
use crate::web::download::Download;
use crate::web::{Error, Locale, Markup, Page, Path, Result, Shell, difference};

/// A section as the page shows it.
pub struct Chapter {
    pub anchor: String,
    pub title: String,
    pub html: Markup,
    /// What was changed when this edition came out.
    pub change: String,
    /// Where its text is heard; empty: it was not recorded.
    pub audio: String,
    pub newer: Option<Newer>,
}

/// What became of a section of an old edition.
pub struct Newer {
    pub words: String,
    /// Empty: the section is no more.
    pub href: String,
    /// The newer text with what went and what came.
    pub difference: Option<Markup>,
}

#[derive(Template)]
#[template(path = "publications/portal/text.html")]
pub struct Text {
    l: Locale,
    shell: Shell,
    publication: Publication,
    edition: Edition,
    day: String,
    sections: Vec<Chapter>,
    canonical: String,
    json_ld: String,
    printed: String,
    /// Shown on the desk before it is out.
    preview: bool,
}

impl Text {
    fn is_old(&self) -> bool {
        !self.preview && self.edition.number < self.publication.edition
    }

    fn newest(&self) -> String {
        self.publication.edition_path(self.publication.edition)
    }

    fn cover_href(&self) -> String {
        if self.preview { Publication::desk_path(self.publication.id) } else { self.publication.public_path() }
    }

    fn file(&self, ending: &str) -> String {
        format!("{}.{ending}", self.publication.edition_path(self.edition.number))
    }
}

/// `lan-2`, `lan-2.pdf`.
fn asked(name: &str) -> Option<(i32, Option<Format>)> {
    let rest = name.strip_prefix("lan-")?;
    let (number, format) = match rest.split_once('.') {
        None => (rest, None),
        Some((number, ending)) => (number, Some(Format::of_ending(ending)?)),
    };
    // `lan-02` and `lan-+2` are no addresses of it.
    let plain = number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
    number.parse().ok().filter(|_| plain).map(|number| (number, format))
}

/// `GET /an-pham/{slug}/{edition}`
pub async fn show(
    shell: Shell,
    Shared(app): Shared<App>,
    Path((slug, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let (number, format) = asked(&name).ok_or(Error::NotFound)?;
    let publication = Publication::at(&app.db, &slug).await?;
    let edition = Edition::find(&app.db, publication.id, number).await?;
    if !publication.is_out() || publication.is_withdrawn(number) {
        // A reading program takes what comes with 200 for the book.
        let status = if format.is_some() { StatusCode::GONE } else { StatusCode::OK };
        return Ok((status, withdrawn(shell, publication)).into_response());
    }
    if let Some(format) = format {
        return file(&app, &publication, &edition, format, &headers).await;
    }
    let stamp = stamp(&app, &shell, &publication, &edition, "text");
    if stamp.is_known(&headers) {
        return Ok(stamp.unchanged());
    }
    let page = page(&app, shell, publication, edition).await?;
    Ok(stamp.on(Page(page).into_response()))
}

async fn file(app: &App, publication: &Publication, edition: &Edition, format: Format, headers: &HeaderMap) -> Result<Response> {
    let version = typesetting::VERSION.to_string();
    let stamp = Stamp::of(&[&edition.hash, &version, format.ending()], None);
    if stamp.is_known(headers) {
        return Ok(stamp.unchanged());
    }
    let bytes = kept::file(app, publication, edition, format).await?;
    let name = format!("{}-lan-{}.{}", publication.slug, edition.number, format.ending());
    Ok(stamp.on(Download { name, media_type: format.media_type(), bytes }.into_response()))
}

async fn page(app: &App, shell: Shell, publication: Publication, edition: Edition) -> Result<Text> {
    let sections = Frozen::all(&app.db, edition.id).await?;
    let shots = edition.pictures();
    let ids: Vec<Uuid> = shots.keys().copied().collect();
    let pictures = if ids.is_empty() { HashMap::new() } else { Picture::of(&app.db, &ids).await? };
    let mut newer = HashMap::new();
    if edition.number < publication.edition {
        let last = Edition::find(&app.db, publication.id, publication.edition).await?;
        let after = Frozen::all(&app.db, last.id).await?;
        newer = since(shell.l, &publication, &sections, &after);
    }
    let mut page = composed(app, shell, (publication, edition), &sections, &pictures);
    page.record(app, &sections).await?;
    for (shown, frozen) in page.sections.iter_mut().zip(&sections) {
        shown.newer = newer.remove(&frozen.section);
    }
    Ok(page)
}

/// The page of these sections: of an edition, or of what will be one.
#[must_use]
pub fn composed(
    app: &App,
    shell: Shell,
    (publication, edition): (Publication, Edition),
    sections: &[Frozen],
    pictures: &HashMap<Uuid, Picture>,
) -> Text {
    let l = shell.l;
    let shots = edition.pictures();
    let origin = app.config.public_url();
    let anchors: Vec<&str> = sections.iter().map(|one| one.anchor.as_str()).collect();
    let shown = |one: &Frozen| Chapter {
        anchor: one.anchor.clone(),
        title: one.title.clone(),
        html: html(book::locale(publication.language), one, &anchors, &shots, pictures),
        change: match one.change {
            Change::Same => String::new(),
            Change::Changed => one.note.clone(),
            Change::Added => l.t("publication-section-added"),
        },
        audio: String::new(),
        newer: None,
    };
    Text {
        day: time::day(time::local_date(edition.at)),
        sections: sections.iter().map(shown).collect(),
        canonical: format!("{origin}{}", publication.edition_path(edition.number)),
        json_ld: json_ld(&origin, &publication, &edition),
        printed: time::minute(app.clock.now()),
        preview: false,
        publication,
        edition,
        l,
        shell,
    }
}

impl Text {
    /// The same, shown on the desk before it is out.
    #[must_use]
    pub fn as_preview(self) -> Self {
        Self { preview: true, ..self }
    }

    /// Puts the recordings beside the sections: one statement, where there are any.
    ///
    /// # Errors
    /// The database failed.
    pub async fn record(&mut self, app: &App, sections: &[Frozen]) -> Result<()> {
        let ids: BTreeSet<Uuid> = sections.iter().filter_map(|one| one.audio).collect();
        let there = picturing::images(&app.db, &ids).await?;
        for (shown, frozen) in self.sections.iter_mut().zip(sections) {
            let Some(asset) = there.iter().find(|one| Some(one.id) == frozen.audio && one.deleted_at.is_none()) else { continue };
            shown.audio =
                if self.preview { format!("{}/file", Asset::desk_path(asset.id)) } else { picturing::public_address(asset) };
        }
        Ok(())
    }
}

fn html(l: Locale, one: &Frozen, anchors: &[&str], shots: &Pictures, pictures: &HashMap<Uuid, Picture>) -> Markup {
    let read = reading::read(&one.body);
    let mut blocks = read.blocks;
    for block in &mut blocks {
        block.each_figure(&mut |figure| {
            let Some(shot) = picturing::asset_of(&figure.picture).and_then(|id| shots.get(&id)) else { return };
            if figure.alt.is_empty() {
                figure.alt.clone_from(&shot.alt);
            }
            figure.credit.clone_from(&shot.credit);
        });
    }
    let part = Part { anchor: one.anchor.clone(), title: one.title.clone(), blocks, notes: read.notes };
    let link = |href: &str| match href.strip_prefix('#') {
        Some(anchor) => anchors.contains(&anchor).then(|| href.to_owned()),
        None => Some(href.to_owned()),
    };
    let picture = |figure: &typesetting::Figure| {
        let picture = picturing::asset_of(&figure.picture).and_then(|id| pictures.get(&id))?;
        let (width, height) = (u32::try_from(picture.width).ok()?, u32::try_from(picture.height).ok()?);
        Some(Shown { src: picture.src.clone(), srcset: picture.srcset.clone(), width, height })
    };
    let (notes, back) = (l.t("publication-notes"), l.t("publication-note-back"));
    let prefix = format!("{}-", one.anchor);
    let dress = Dress { rank: 2, epub: false, prefix: &prefix, notes: &notes, back: &back, link: &link, picture: &picture };
    Markup(dress.part(&part))
}

/// What became of each section of an old edition, by the section's id.
fn since(l: Locale, publication: &Publication, old: &[Frozen], new: &[Frozen]) -> HashMap<Uuid, Newer> {
    let after: HashMap<Uuid, &Frozen> = new.iter().map(|one| (one.section, one)).collect();
    let number = publication.edition;
    let mut found = HashMap::new();
    for before in old {
        let newer = match after.get(&before.section) {
            Some(now) if now.hash == before.hash => continue,
            Some(now) => Newer {
                words: l.t1("publication-newer-text", "n", number),
                href: format!("{}#{}", publication.edition_path(number), now.anchor),
                difference: Some(difference::marked(&plain(before), &plain(now))),
            },
            None => Newer { words: l.t1("publication-newer-gone", "n", number), href: String::new(), difference: None },
        };
        found.insert(before.section, newer);
    }
    found
}

fn plain(one: &Frozen) -> String {
    format!("{}\n{}", one.title, clean::text(&one.body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_has_one_address_for_each_of_its_forms() {
        assert_eq!(asked("lan-2"), Some((2, None)));
        assert_eq!(asked("lan-12.pdf"), Some((12, Some(Format::Pdf))));
        for none in ["lan-0", "lan-02", "lan-+2", "lan-", "lan-2.exe", "lan-2.", "2", "lan--1", "lan-99999999999"] {
            assert_eq!(asked(none), None, "{none}");
        }
    }
}
