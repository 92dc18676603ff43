//! The words of a template with their places, written as Zalo shows them: `Kính gửi <ten>`. How long a value may be can be said with
//! the place: `<ten:30>`. The values of a message are a line each, `ten: …`.

use unicode_normalization::UnicodeNormalization;

use crate::Obstacle;

/// So long may be what is filled in where the place says nothing.
pub const PLACE_LETTERS_MAX: u32 = 200;

/// A template as it is kept in settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// Zalo's number of it.
    pub id: String,
    /// Its words, places and all.
    pub words: String,
}

/// A place in the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub name: String,
    pub letters_max: u32,
}

/// A part of the words.
enum Part<'a> {
    Words(&'a str),
    /// What stands between `<` and `>`.
    Between(&'a str),
}

fn parts(words: &str) -> Vec<Part<'_>> {
    let (mut parts, mut rest) = (Vec::new(), words);
    while let Some((before, behind)) = rest.split_once('<') {
        let Some((between, after)) = behind.split_once('>') else { break };
        parts.extend([Part::Words(before), Part::Between(between)]);
        rest = after;
    }
    parts.push(Part::Words(rest));
    parts
}

/// `ten` and `ten:30`; None for what is no place.
fn place(between: &str) -> Option<Place> {
    let (name, max) = between.split_once(':').unwrap_or((between, ""));
    let is_name = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'_';
    let letters_max = if max.is_empty() { Some(PLACE_LETTERS_MAX) } else { max.parse().ok().filter(|max: &u32| *max > 0) };
    let is_place = !name.is_empty() && name.bytes().all(is_name);
    letters_max.filter(|_| is_place).map(|letters_max| Place { name: name.to_owned(), letters_max })
}

impl Template {
    /// The places in their order, each once.
    #[must_use]
    pub fn places(&self) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for part in parts(&self.words) {
            if let Part::Between(between) = part
                && let Some(place) = place(between)
                && !places.iter().any(|one| one.name == place.name)
            {
                places.push(place);
            }
        }
        places
    }

    /// What stands between `<` and `>` and is no place; None when all are.
    #[must_use]
    pub fn malformed(&self) -> Option<String> {
        parts(&self.words).into_iter().find_map(|part| match part {
            Part::Between(between) if place(between).is_none() => Some(between.to_owned()),
            _ => None,
        })
    }

    /// The words as people will read them. A place that nothing is filled into stays as it is.
    #[must_use]
    pub fn filled(&self, values: &[(String, String)]) -> String {
        let value =
            |name: &str| values.iter().find(|(of, value)| of == name && !value.is_empty()).map(|(_, value)| value.as_str());
        let mut text = String::new();
        for part in parts(&self.words) {
            match part {
                Part::Words(words) => text.push_str(words),
                Part::Between(between) => match place(between).as_ref().and_then(|place| value(&place.name)) {
                    Some(value) => text.push_str(value),
                    None => text.extend(["<", between, ">"]),
                },
            }
        }
        text
    }

    pub(super) fn obstacles(&self, values: &[(String, String)]) -> Vec<Obstacle> {
        let places = self.places();
        let mut obstacles = Vec::new();
        for Place { name, letters_max } in &places {
            let value = values.iter().find(|(of, _)| of == name).map_or("", |(_, value)| value.as_str());
            let count = u32::try_from(value.chars().count()).unwrap_or(u32::MAX);
            if count == 0 {
                obstacles.push(Obstacle::PlaceEmpty { name: name.clone() });
            } else if count > *letters_max {
                obstacles.push(Obstacle::PlaceLong { name: name.clone(), count, max: *letters_max });
            }
        }
        let unknown = values.iter().filter(|(of, _)| !places.iter().any(|place| place.name == *of));
        obstacles.extend(unknown.map(|(name, _)| Obstacle::PlaceUnknown { name: name.clone() }));
        obstacles
    }
}

/// The values that a text brings: name and value of each line, composed.
#[must_use]
pub fn values(text: &str) -> Vec<(String, String)> {
    let composed = |text: &str| text.trim().nfc().collect::<String>();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| line.split_once(':').unwrap_or((line, ""))).map(|(name, value)| (composed(name), composed(value))).collect()
}

/// The text that brings these values; what is empty is left out, and a value is one line.
#[must_use]
pub fn written<'a>(values: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let one_line = |value: &str| value.split_whitespace().collect::<Vec<_>>().join(" ");
    let filled = values.into_iter().map(|(name, value)| (name, one_line(value))).filter(|(_, value)| !value.is_empty());
    filled.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template() -> Template {
        Template {
            id: "7".into(), words: "Kính mời <ten:20> dự <su_kien> lúc <gio>. <ten> nhớ mang giấy mời; a < b.".into()
        }
    }

    #[test]
    fn places_are_found_in_their_order_and_once() {
        let places = template().places();
        let found: Vec<(&str, u32)> = places.iter().map(|one| (one.name.as_str(), one.letters_max)).collect();
        assert_eq!(found, [("ten", 20), ("su_kien", PLACE_LETTERS_MAX), ("gio", PLACE_LETTERS_MAX)]);
        assert_eq!(template().malformed(), None, "a < that nothing closes is a word");
        let wrong = Template { words: "Mời <tên khách>".into(), ..template() };
        assert_eq!((wrong.places().len(), wrong.malformed().as_deref()), (0, Some("tên khách")));
        assert_eq!(Template { words: "<gio:0>".into(), ..template() }.malformed().as_deref(), Some("gio:0"));
    }

    #[test]
    fn values_are_filled_in_and_stay_words() {
        let text = written([("ten", "bà <gio>"), ("gio", "16:00\n ngày 2/3"), ("su_kien", "")]);
        assert_eq!(text, "ten: bà <gio>\ngio: 16:00 ngày 2/3");
        let filled = template().filled(&values(&text));
        assert!(filled.starts_with("Kính mời bà <gio> dự <su_kien> lúc 16:00 ngày 2/3. bà <gio> nhớ"), "{filled}");
    }

    #[test]
    fn what_is_missing_too_long_or_too_much_is_said() {
        let values = values("ten: một cái tên dài hơn hai mươi chữ\nsu_kien: Ngày hội\nkhac: x");
        let wanted = [
            Obstacle::PlaceLong { name: "ten".into(), count: 32, max: 20 },
            Obstacle::PlaceEmpty { name: "gio".into() },
            Obstacle::PlaceUnknown { name: "khac".into() },
        ];
        assert_eq!(template().obstacles(&values), wanted);
    }
}
