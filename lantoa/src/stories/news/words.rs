//! Every word that is put together at run time is there, in both languages.

use sea_orm::Iterable;

use crate::base::site;
use crate::news::article::retracting::Fate;
use crate::news::article::{Language, State, Translated};
use crate::news::decision::Verdict;
use crate::news::listing::View;
use crate::news::section;
use crate::news::step::Act;
use crate::web::{Lang, Locale};

#[test]
fn states_kinds_steps_and_views_have_words() {
    let keys = State::iter()
        .map(State::key)
        .chain([Language::Vi, Language::En].map(Language::key))
        .chain(Verdict::iter().map(Verdict::key))
        .chain(section::Kind::iter().map(section::Kind::key))
        .chain(View::ALL.map(|view| format!("news-view-{}", view.code())))
        .chain(Act::ALL.map(|act| format!("article-step-{}", act.code())))
        .chain(Act::ALL.map(|act| format!("section-step-{}", act.code())))
        .chain(Translated::ALL.map(Translated::key))
        .chain(Fate::ALL.map(|fate| format!("article-fate-{}", fate.code())))
        .chain(site::FIELDS.map(|field| format!("site-field-{field}")))
        .chain(site::FIELDS.map(|field| format!("site-field-{field}-help")))
        .chain(["name", "name-en", "topic", "steps"].map(|field| format!("section-field-{field}")));
    let words = [("count", "1"), ("role", "a"), ("agency", "b")].map(|(name, value)| (name, value.to_owned()));
    for key in keys {
        for l in [Locale(Lang::Vi), Locale(Lang::En)] {
            let said = l.with(&key, &words);
            assert!(!said.contains("nknown localization") && !said.contains('{'), "{key}: {said}");
        }
    }
}
