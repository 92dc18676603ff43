//! Every word that is put together at run time is there, in both languages.

use sea_orm::Iterable;

use crate::cases::case::{Kind, State};
use crate::cases::entry;
use crate::cases::listing::View;
use crate::web::{Lang, Locale};

#[test]
fn kinds_states_lines_and_views_have_words() {
    let keys = Kind::iter()
        .map(Kind::key)
        .chain(State::iter().map(State::key))
        .chain(entry::Kind::iter().map(entry::Kind::key))
        .chain(View::ALL.into_iter().map(|view| format!("cases-view-{}", view.code())));
    for key in keys {
        for l in [Locale(Lang::Vi), Locale(Lang::En)] {
            let words = l.with(&key, &[("to", "một".into()), ("count", "1".into())]);
            assert!(!words.contains("nknown localization") && !words.contains('{'), "{key}: {words}");
        }
    }
}
