//! From a draft to what both files say: every word with the signs of the form, every width.

mod body;
mod table;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use typesetting::fonts::width;

use super::form;
use super::measure::{Centred, left_column};
use super::model::{Annex, Draft, Heading, Language, Title, Urgency};
use super::settle::{capitals, item, line};
pub(super) use body::{Laid, Look, Stretch};
pub(super) use table::{Align, LaidCell, LaidHead, LaidTable};

#[derive(Debug, Serialize)]
pub(super) struct Composed {
    pub language: &'static str,
    /// For catalogues: type and subject on one line.
    pub title: String,
    pub author: String,
    pub day: Option<Day>,
    pub head: Head,
    /// The type and the subject under it.
    pub named: Option<(String, Centred)>,
    /// "Kính gửi: …": the first with the label, the others under it.
    pub addressees: Vec<String>,
    pub authority: Option<Centred>,
    pub bases: Vec<String>,
    pub decides: String,
    pub body: Vec<Stretch>,
    pub closing: Option<Closing>,
    pub annexes: Vec<LaidAnnex>,
}

#[derive(Debug, Serialize)]
pub(super) struct Day {
    pub year: i32,
    pub month: u32,
    pub day: u32,
}

#[derive(Debug, Serialize)]
pub(super) struct Head {
    /// Width of the left column in points; the right one has the rest.
    pub left: f32,
    pub superior: Option<Centred>,
    pub issuer: Centred,
    pub nation: &'static str,
    pub motto: &'static str,
    pub motto_width: f32,
    pub number: String,
    pub about: Option<Centred>,
    /// The stamp and its size in millimetres.
    pub stamp: Option<(&'static str, f32, f32)>,
    pub dated: String,
    pub contact: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Closing {
    /// With their signs, without the label; empty: nothing stands there.
    pub recipients: Vec<String>,
    /// In whose name, and the post.
    pub posts: Vec<String>,
    pub name: String,
}

#[derive(Debug, Serialize)]
pub(super) struct LaidAnnex {
    pub label: String,
    pub title: Centred,
    pub note: Option<Centred>,
    pub rule: f32,
    pub body: Vec<Stretch>,
    pub is_wide: bool,
}

/// Composes a draft.
pub(super) fn compose(draft: &Draft) -> Composed {
    let heading = &draft.heading;
    let (type_name, subject) = match &heading.title {
        Title::Named { type_name, subject } => (capitals(type_name), line(subject)),
        Title::Letter { subject } => (String::new(), format!("V/v {}", line(subject))),
    };
    let named =
        (!type_name.is_empty()).then(|| (type_name.clone(), Centred::of(subject.clone(), form::TITLE, form::UPRIGHT * 0.9)));
    let mut levels = body::Levels::under(u8::from(named.is_some()));
    let enacted = draft.enactment.as_deref().map(capitals).filter(|words| !words.is_empty());
    let title = format!("{} {subject}", vietnamese::capitalised(&type_name.to_lowercase()));
    Composed {
        language: if draft.language == Language::English { "en" } else { "vi" },
        title: line(&title),
        author: line(&heading.issuer),
        day: heading.date.map(|date| Day { year: date.year(), month: date.month(), day: date.day() }),
        head: head(heading),
        decides: if enacted.is_some() { format!("{type_name}:") } else { String::new() },
        authority: enacted.map(|words| Centred::of(words, form::TITLE, form::UPRIGHT)),
        named,
        addressees: addressees(&draft.addressees),
        bases: signed(draft.bases.iter().map(|basis| item(basis))),
        body: body::stretches(&draft.blocks, draft.closing_mark, &mut levels),
        closing: closing(draft),
        annexes: draft.appendices.iter().map(annex).collect(),
    }
}

fn head(heading: &Heading) -> Head {
    let left = left_column();
    let column = |words: String, type_| Centred::of(words, type_, left - 8.0);
    let about = match &heading.title {
        Title::Letter { subject } if !line(subject).is_empty() => Some(column(format!("V/v {}", line(subject)), form::ABOUT)),
        _ => None,
    };
    Head {
        left,
        superior: heading
            .superior
            .as_deref()
            .map(capitals)
            .filter(|words| !words.is_empty())
            .map(|words| column(words, form::SUPERIOR)),
        issuer: column(capitals(&heading.issuer), form::ISSUER),
        nation: form::NATION_WORDS,
        motto: form::MOTTO_WORDS,
        motto_width: width(form::MOTTO.face, form::MOTTO.points, form::MOTTO_WORDS),
        number: number(heading.number, &line(&heading.symbol)),
        about,
        stamp: heading.urgency.map(|urgency| match urgency {
            Urgency::Urgent => ("KHẨN", 20.0, 8.0),
            Urgency::VeryUrgent => ("THƯỢNG KHẨN", 40.0, 8.0),
            Urgency::Express => ("HỎA TỐC", 30.0, 8.0),
        }),
        dated: dated(&line(&heading.place), heading.date),
        contact: line(&heading.contact),
    }
}

/// "Số: 05/BC-SKHCN": a number under 10 takes a leading zero.
fn number(number: Option<u32>, symbol: &str) -> String {
    let number = number.map_or_else(|| "……".to_owned(), |number| format!("{number:02}"));
    if symbol.is_empty() { format!("Số: {number}") } else { format!("Số: {number}/{symbol}") }
}

/// "Tỉnh Mẫu, ngày 03 tháng 02 năm 2026": days under 10, January and February take a leading zero.
pub(super) fn dated(place: &str, date: Option<NaiveDate>) -> String {
    let day = date.map_or_else(
        || "ngày … tháng … năm …".to_owned(),
        |date| {
            let month = if date.month() < 3 { format!("{:02}", date.month()) } else { date.month().to_string() };
            format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
        },
    );
    if place.is_empty() { day } else { format!("{place}, {day}") }
}

/// One stands beside the label, several under it, with dashes.
fn addressees(all: &[String]) -> Vec<String> {
    let all: Vec<String> = all.iter().map(|one| item(one)).filter(|one| !one.is_empty()).collect();
    match all.as_slice() {
        [] => Vec::new(),
        [one] => vec![format!("{} {one}", form::ADDRESSED)],
        _ => [form::ADDRESSED.to_owned()].into_iter().chain(dashed(all)).collect(),
    }
}

/// Each ends with ";", the last with ".".
fn signed(all: impl Iterator<Item = String>) -> Vec<String> {
    let all: Vec<String> = all.filter(|one| !one.is_empty()).collect();
    let last = all.len();
    (1..).zip(all).map(|(place, one)| format!("{one}{}", if place == last { '.' } else { ';' })).collect()
}

fn dashed(all: Vec<String>) -> Vec<String> {
    signed(all.into_iter()).into_iter().map(|one| format!("- {one}")).collect()
}

fn closing(draft: &Draft) -> Option<Closing> {
    let listed = draft.recipients.iter().chain([&draft.archive]).map(|one| item(one)).filter(|one| !one.is_empty());
    let signers = &draft.signature;
    let posts = signers.authority.iter().chain([&signers.position]).map(|one| capitals(one));
    let closing = Closing {
        recipients: dashed(listed.collect()),
        posts: posts.filter(|one| !one.is_empty()).collect(),
        name: signers.name.as_deref().map(line).unwrap_or_default(),
    };
    let is_empty = closing.recipients.is_empty() && closing.posts.is_empty() && closing.name.is_empty();
    (!is_empty).then_some(closing)
}

fn annex(annex: &Annex) -> LaidAnnex {
    let mut levels = body::Levels::under(1);
    let mut stretches = body::stretches(&annex.blocks, false, &mut levels);
    let is_wide = annex.landscape || stretches.iter().any(|stretch| stretch.is_wide);
    if is_wide {
        // One side for the whole: a table that stands upright beside a wide one would be read by turning the paper.
        stretches = body::all_wide(&annex.blocks, &mut body::Levels::under(1));
    }
    let room = if is_wide { form::WIDE } else { form::UPRIGHT } * 0.9;
    let note = line(annex.issued_with.trim().trim_start_matches('(').trim_end_matches(')'));
    let note = (!note.is_empty()).then(|| Centred::of(format!("({note})"), form::NOTE, room));
    let title = Centred::of(capitals(&annex.title), form::TITLE, room);
    let rule = note.as_ref().map_or(title.rule, |note| note.rule).min(room * 0.25);
    LaidAnnex { label: line(&annex.label), title, note, rule, body: stretches, is_wide }
}
