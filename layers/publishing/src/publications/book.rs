//! An edition as the book that is set: its parts, its pictures, its words, in its own language.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use typesetting::{Block, Book, Figure, Inline, Media, Part, Picture, Words};

use super::edition::frozen::Change;
use super::edition::{Edition, Frozen, Pictures, Shot};
use super::picturing;
use super::publication::Publication;
use super::reading;
use crate::base::{App, time};
use crate::library::rendition::Rendition;
use crate::library::storage::Store;
use crate::news::article::Language;
use crate::web::{Lang, Locale};

/// The widest picture of a book, pixels.
const WIDTH_MAX: i32 = 1280;

/// The words of the book's language.
#[must_use]
pub fn locale(language: Language) -> Locale {
    Locale(if language == Language::En { Lang::En } else { Lang::Vi })
}

/// The book of an edition.
///
/// # Errors
/// The database or the store failed.
pub async fn of(app: &App, publication: &Publication, edition: &Edition, sections: &[Frozen]) -> anyhow::Result<Book> {
    let l = locale(publication.language);
    let shots = edition.pictures();
    let mut parts: Vec<Part> = sections.iter().map(|one| part(l, edition, one, &shots)).collect();
    parts.extend(changes(l, edition, sections));
    let cover = picturing::cover_of(edition);
    let day = time::day(time::local_date(edition.at));
    Ok(Book {
        id: format!("urn:uuid:{}", edition.id),
        title: edition.title.clone(),
        subtitle: String::new(),
        owner: edition.owner.clone(),
        language: publication.language.tag().into(),
        edition: l.t2("publication-edition-of", "n", edition.number, "day", day),
        description: edition.summary.clone(),
        date: time::local_date(edition.at),
        modified: edition.at,
        address: format!("{}{}", app.config.public_url(), publication.edition_path(edition.number)),
        origin: app.config.public_url(),
        cover: cover.map(|(_, shot)| Figure { picture: name(&shot), alt: shot.alt, ..Figure::default() }),
        imprint: edition.imprint(),
        words: words(l),
        parts,
        pictures: pictures(app, &shots).await?,
    })
}

fn words(l: Locale) -> Words {
    Words {
        contents: l.t("publication-contents"),
        cover: l.t("publication-cover"),
        imprint: l.t("publication-imprint"),
        notes: l.t("publication-notes"),
        back: l.t("publication-note-back"),
        next: l.t("publication-next"),
        previous: l.t("publication-previous"),
        accessibility: l.t("publication-accessibility"),
    }
}

/// What the file of a picture is called in a book.
fn name(shot: &Shot) -> String {
    format!("{}.jpg", shot.sha256.get(..20).unwrap_or(&shot.sha256))
}

/// A section, its figures with what was said of their pictures.
fn part(l: Locale, edition: &Edition, frozen: &Frozen, shots: &Pictures) -> Part {
    let read = reading::read(&frozen.body);
    let mut blocks = read.blocks;
    for block in &mut blocks {
        block.each_figure(&mut |figure| dress(figure, shots));
    }
    if frozen.change != Change::Same {
        let words = if frozen.change == Change::Added { l.t("publication-section-added") } else { frozen.note.clone() };
        let title = l.t1("publication-changed-in", "n", edition.number);
        blocks.insert(0, Block::Aside { title, blocks: vec![Block::paragraph(words)] });
    }
    Part { anchor: frozen.anchor.clone(), title: frozen.title.clone(), blocks, notes: read.notes }
}

/// What the text says of its picture, or else what the library did when the edition came out.
pub fn dress(figure: &mut Figure, shots: &Pictures) {
    let Some(shot) = picturing::asset_of(&figure.picture).and_then(|id| shots.get(&id)) else { return };
    figure.picture = name(shot);
    if figure.alt.is_empty() {
        figure.alt.clone_from(&shot.alt);
    }
    figure.credit.clone_from(&shot.credit);
}

/// What changed since the edition before, collected at the end; nothing where nothing did.
fn changes(l: Locale, edition: &Edition, sections: &[Frozen]) -> Option<Part> {
    let link = |one: &Frozen| Inline::Link { href: format!("#{}", one.anchor), content: vec![Inline::text(&one.title)] };
    let mut items: Vec<Vec<Block>> = sections
        .iter()
        .filter(|one| one.change != Change::Same)
        .map(|one| {
            let words = if one.change == Change::Added { l.t("publication-section-added") } else { one.note.clone() };
            vec![Block::Paragraph { content: vec![link(one), Inline::text(format!(": {words}"))] }]
        })
        .collect();
    let removed = edition.removed();
    items.extend(removed.iter().map(|title| vec![Block::paragraph(l.t1("publication-section-removed", "name", title))]));
    if items.is_empty() {
        return None;
    }
    let mut anchor = format!("thay-doi-lan-{}", edition.number);
    while sections.iter().any(|one| one.anchor == anchor) {
        anchor.push_str("-a");
    }
    let title = l.t1("publication-changes-since", "n", edition.number - 1);
    let blocks = vec![Block::List { ordered: false, start: 1, items }];
    Some(Part { anchor, title, blocks, notes: Vec::new() })
}

/// The bytes of the pictures: of each the widest that is not too wide.
async fn pictures(app: &App, shots: &Pictures) -> anyhow::Result<BTreeMap<String, Picture>> {
    let hashes: Vec<String> = shots.values().map(|shot| shot.sha256.clone()).collect();
    let made = if hashes.is_empty() { Vec::new() } else { Rendition::of(&app.db, &hashes).await? };
    let store = Store::of(app)?;
    let mut found = BTreeMap::new();
    for shot in shots.values() {
        let own = || made.iter().filter(|one| one.sha256 == shot.sha256);
        let Some(one) = own().rfind(|one| one.width <= WIDTH_MAX).or_else(|| own().next()) else { continue };
        let object = Rendition::object(&one.sha256, one.width);
        let Some(stream) = store.read(&object, None).await? else { continue };
        let pieces: Vec<bytes::Bytes> = stream.try_collect().await?;
        let picture = Picture {
            media: Media::Jpeg,
            bytes: pieces.concat(),
            width: u32::try_from(one.width)?,
            height: u32::try_from(one.height)?,
        };
        found.insert(name(shot), picture);
    }
    Ok(found)
}
