//! What a form that is handed back says: why it was refused, sentence by sentence.

use std::borrow::Cow;

use super::{Locale, Obstacle};

/// Why a form was refused, in order: each sentence with the id of its field; an empty id is about the whole form.
/// The macro `form::mistakes` says them above the form.
#[derive(Clone, Debug, Default)]
pub struct Mistakes(Vec<(Cow<'static, str>, String)>);

impl Mistakes {
    /// The obstacles in a language, each at its field.
    #[must_use]
    pub fn told(obstacles: &[Obstacle], l: Locale) -> Self {
        obstacles.iter().map(|one| (one.field, one.text(l))).collect()
    }

    /// A single sentence.
    #[must_use]
    pub fn one(field: impl Into<Cow<'static, str>>, text: String) -> Self {
        Self(vec![(field.into(), text)])
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with a field, all of it in one line; empty when nothing is.
    #[must_use]
    pub fn of(&self, field: &str) -> String {
        self.iter().filter(|(at, _)| *at == field).map(|(_, text)| text).collect::<Vec<_>>().join(" ")
    }

    /// The sentences that stand at none of these fields.
    #[must_use]
    pub fn besides(&self, shown: &[&str]) -> Vec<&str> {
        self.iter().filter(|(at, _)| !shown.contains(at)).map(|(_, text)| text).collect()
    }

    /// Every sentence after the id of its field.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, text)| (&**field, text.as_str()))
    }
}

impl<F: Into<Cow<'static, str>>> FromIterator<(F, String)> for Mistakes {
    fn from_iter<T: IntoIterator<Item = (F, String)>>(sentences: T) -> Self {
        Self(sentences.into_iter().map(|(field, text)| (field.into(), text)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Locale, Mistakes, Obstacle};

    fn found() -> Mistakes {
        [("title", "Thiếu tên."), ("", "Kế hoạch đã đóng."), ("title", "Viết dưới 200 chữ."), ("day", "Ngày đã qua.")]
            .map(|(field, text)| (field, text.to_owned()))
            .into_iter()
            .collect()
    }

    #[test]
    fn a_field_has_all_its_sentences_in_one_line() {
        assert_eq!(found().of("title"), "Thiếu tên. Viết dưới 200 chữ.");
        assert_eq!(found().of("day"), "Ngày đã qua.");
        assert_eq!(found().of("name"), "");
    }

    #[test]
    fn what_is_about_the_whole_form_stands_at_no_field() {
        assert_eq!(found().of(""), "Kế hoạch đã đóng.");
        assert_eq!(found().besides(&["title", "day"]), ["Kế hoạch đã đóng."]);
        assert!(Mistakes::default().is_empty());
        assert!(!Mistakes::one("", "Kế hoạch đã đóng.".to_owned()).is_empty());
    }

    #[test]
    fn sentences_keep_their_order() {
        let fields: Vec<String> = found().iter().map(|(field, _)| field.to_owned()).collect();
        assert_eq!(fields, ["title", "", "title", "day"]);
        let told = Mistakes::told(&[Obstacle::new("form-errors").at("day"), Obstacle::new("form-errors")], Locale::default());
        let fields: Vec<&str> = told.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["day", ""]);
    }
}
