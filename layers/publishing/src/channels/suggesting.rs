//! Suggested variants: the first sentences of an article, as many as a platform takes. A pure function: the same article and the
//! same limits give the same words. It cuts between sentences, else between words, never within a letter and its marks.

pub mod model;

use platforms::{Limits, Unit};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

/// What a suggestion is made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    pub title: String,
    pub summary: String,
    /// HTML that the newsroom let through.
    pub body: String,
    pub link: String,
    /// The library's images that the article uses, its lead first.
    pub images: Vec<Uuid>,
}

/// What is suggested for one platform.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variant {
    pub title: String,
    pub text: String,
    pub link: String,
    pub images: Vec<Uuid>,
}

/// More of an article than this is its whole, not its lead.
const LEAD_LETTERS_MAX: usize = 1_200;

/// A line as it is sent: composed, one space between words.
#[must_use]
pub fn tidy_line(typed: &str) -> String {
    let composed = vietnamese::normalise(typed).replace('\0', "");
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as it is sent: composed, its paragraphs kept.
#[must_use]
pub fn tidy(typed: &str) -> String {
    vietnamese::normalise(typed.trim()).replace("\r\n", "\n").replace('\0', "")
}

/// What may be said of it within these limits.
#[must_use]
pub fn variant(source: &Source, limits: &Limits) -> Variant {
    let images: Vec<Uuid> =
        source.images.iter().copied().take(usize::try_from(limits.images_max).unwrap_or_default().min(1)).collect();
    let max = if !images.is_empty() && limits.caption_max > 0 { limits.caption_max } else { limits.text_max };
    let title = tidy_line(&source.title);
    let own_title = limits.title_max > 0;
    // Room for the address, in whatever way the platform appends it.
    let room = max.saturating_sub(if source.link.is_empty() { 0 } else { limits.unit.count(&source.link) + 2 });
    let head = if own_title { String::new() } else { title.clone() };
    let lead = if source.summary.trim().is_empty() { plain(&source.body) } else { tidy(&source.summary) };
    let text = composed(&head, &lead, limits.unit, room);
    let title = if own_title { fitting_words(&title, title_unit(limits), limits.title_max) } else { String::new() };
    Variant { title, text, link: source.link.clone(), images }
}

/// The unit in which a title is counted: that of the text, but a letter is a letter where the text is counted in bytes.
fn title_unit(limits: &Limits) -> Unit {
    if limits.unit == Unit::Byte { Unit::CodePoint } else { limits.unit }
}

fn composed(head: &str, lead: &str, unit: Unit, room: u32) -> String {
    if head.is_empty() {
        return fitting(lead, unit, room);
    }
    let head = fitting_words(head, unit, room);
    let left = room.saturating_sub(unit.count(&head) + 2);
    let rest = fitting(lead, unit, left);
    if rest.is_empty() { head } else { format!("{head}\n\n{rest}") }
}

/// As many whole sentences as there is room for; of the first one as many words, where it has no room.
#[must_use]
pub fn fitting(text: &str, unit: Unit, room: u32) -> String {
    let mut kept = String::new();
    for sentence in sentences(text) {
        let longer = if kept.is_empty() { sentence.to_owned() } else { format!("{kept} {sentence}") };
        let is_lead = kept.is_empty() || longer.chars().count() <= LEAD_LETTERS_MAX;
        if unit.count(&longer) > room || !is_lead {
            break;
        }
        kept = longer;
    }
    if kept.is_empty() { fitting_words(text.trim(), unit, room) } else { kept }
}

/// As many whole words as there is room for, and … for what is left out. A word alone that has no room is left out, too.
fn fitting_words(text: &str, unit: Unit, room: u32) -> String {
    let text: String = text.nfc().collect();
    if unit.count(&text) <= room {
        return text;
    }
    let mut kept = String::new();
    for word in text.split_whitespace() {
        let longer = if kept.is_empty() { word.to_owned() } else { format!("{kept} {word}") };
        if unit.count(&longer) + unit.count("…") > room {
            break;
        }
        kept = longer;
    }
    let kept = kept.trim_end_matches([',', ';', ':', '-', '–', '.']).trim_end();
    if kept.is_empty() { String::new() } else { format!("{kept}…") }
}

/// The sentences of a text: they end with . ! ? … before a space and a letter that is not small, or with a line.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut from = 0;
        for (at, letter) in line.char_indices() {
            if !matches!(letter, '.' | '!' | '?' | '…') {
                continue;
            }
            let end = at + letter.len_utf8();
            let rest = &line[end..];
            let next = rest.trim_start().chars().next();
            let is_end = rest.starts_with(char::is_whitespace)
                && next.is_some_and(|next| !next.is_lowercase())
                && !is_abbreviated(&line[from..at]);
            if is_end {
                found.push(line[from..end].trim());
                from = end;
            }
        }
        let last = line[from..].trim();
        if !last.is_empty() {
            found.push(last);
        }
    }
    found
}

/// `TP. Cao Lãnh`, `PGS. TS. …`, `Nguyễn V. A`: a dot after one or two capitals, or after a number, ends no sentence.
fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let letters = word.rsplit('.').next().unwrap_or_default();
    let short = letters.chars().count() <= 3 && letters.chars().next().is_some_and(char::is_uppercase);
    let capitals = letters.chars().filter(|letter| letter.is_uppercase()).count();
    let is_number = !letters.is_empty() && letters.chars().all(char::is_numeric);
    (short && capitals == letters.chars().count()) || is_number
}

/// The words of HTML, a line for each block.
fn plain(html: &str) -> String {
    let (mut text, mut within) = (String::new(), false);
    for piece in html.split_inclusive(['<', '>']) {
        match piece.chars().last() {
            Some('<') => {
                text.push_str(&piece[..piece.len() - 1]);
                within = true;
            }
            Some('>') if within => {
                let name = piece.trim_start_matches('/');
                if ["p", "h", "li", "br", "div", "blockquote", "figcaption"].iter().any(|block| name.starts_with(block)) {
                    text.push('\n');
                }
                within = false;
            }
            _ => text.push_str(piece),
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", " ");
    let text = text.replace("&#39;", "'").replace("&amp;", "&");
    tidy(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(unit: Unit, text_max: u32, title_max: u32) -> Limits {
        Limits {
            unit,
            title_max,
            title_required: title_max > 0,
            text_max,
            caption_max: 0,
            images_max: 10,
            image_bytes_max: 1,
            videos_max: 0,
            video_bytes_max: 0,
            video_ms_max: 0,
            needs: &[],
            mimes: &[],
        }
    }

    fn source() -> Source {
        Source {
            title: "Lễ hội sen tại TP. Cao Lãnh".into(),
            summary: "Lễ hội mở từ 16 giờ. Người dân xem sen và nghe đờn ca. Vào cửa tự do!".into(),
            body: "<p>Không dùng.</p>".into(),
            link: "https://a.vn/tin-tuc/le-hoi".into(),
            images: vec![Uuid::from_u128(1), Uuid::from_u128(2)],
        }
    }

    #[test]
    fn whole_sentences_within_the_limit() {
        let all = variant(&source(), &limits(Unit::Utf16, 4_096, 0));
        assert_eq!(
            all.text,
            "Lễ hội sen tại TP. Cao Lãnh\n\nLễ hội mở từ 16 giờ. Người dân xem sen và nghe đờn ca. Vào cửa tự do!"
        );
        assert_eq!((all.title.as_str(), all.images.len(), all.link.as_str()), ("", 1, "https://a.vn/tin-tuc/le-hoi"));
        let some = variant(&source(), &limits(Unit::Utf16, 100, 0));
        assert_eq!(some.text, "Lễ hội sen tại TP. Cao Lãnh\n\nLễ hội mở từ 16 giờ.");
        assert_eq!(variant(&source(), &limits(Unit::Utf16, 100, 0)), some, "the same again");
    }

    #[test]
    fn a_platform_with_titles_gets_one() {
        let one = variant(&source(), &limits(Unit::CodePoint, 4_096, 20));
        assert_eq!(one.title, "Lễ hội sen tại TP…");
        assert!(one.text.starts_with("Lễ hội mở từ"));
    }

    #[test]
    fn whatever_the_limit_no_letter_is_cut_and_none_is_exceeded() {
        // The same words, with every mark apart from its letter.
        let apart: String = source().summary.nfd().collect();
        let whole: Vec<String> = source().summary.split_whitespace().map(str::to_owned).collect();
        for unit in [Unit::Utf16, Unit::CodePoint, Unit::Byte, Unit::CodePointWithLinks { link: 23 }] {
            for room in 0..120 {
                let text = fitting(&apart, unit, room);
                assert!(unit.count(&text) <= room, "{unit:?} {room}: {text}");
                let kept = text.nfc().collect::<String>();
                let words = kept.trim_end_matches('…').split_whitespace().map(str::to_owned);
                for (word, original) in words.zip(&whole) {
                    let same = word == *original || original.trim_end_matches([',', '.', '!']) == word;
                    assert!(same, "{word} of {original}");
                }
            }
        }
    }

    #[test]
    fn an_abbreviation_ends_no_sentence() {
        let found = sentences("Ông N.V.A nói ở TP. Cao Lãnh. Điều 1. Phạm vi. PGS. TS. Trần đến");
        assert_eq!(found[0], "Ông N.V.A nói ở TP. Cao Lãnh.");
    }

    #[test]
    fn without_a_summary_the_text_speaks() {
        let one = Source { summary: String::new(), body: "<h2>Mục</h2><p>A &amp; <b>B</b>.</p>".into(), ..source() };
        assert!(variant(&one, &limits(Unit::Utf16, 4_096, 0)).text.ends_with("\n\nMục A & B."), "{one:?}");
    }
}
