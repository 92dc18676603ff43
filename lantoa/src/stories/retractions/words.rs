//! Every word that is put together at run time is there, in both languages.

use sea_orm::Iterable;

use crate::retractions::case::{Aim, Cause, State};
use crate::retractions::entry;
use crate::retractions::found::Wanted;
use crate::retractions::term::Counting;
use crate::web::{Lang, Locale};

#[test]
fn causes_states_lines_and_clocks_have_words() {
    let clocks = ["left", "late"]
        .into_iter()
        .flat_map(|side| ["minutes", "hours", "days"].map(|unit| format!("retraction-{side}-{unit}")));
    let channels = ["article", "agency-portal", "translation", "publication"].map(|code| format!("copy-channel-{code}"));
    let keys = Cause::iter()
        .map(Cause::key)
        .chain([Cause::RequestCorrection, Cause::RequestRemoval].map(|cause| format!("{}-help", cause.key())))
        .chain(Aim::iter().map(Aim::key))
        .chain(State::iter().map(State::key))
        .chain(entry::Kind::iter().map(entry::Kind::key))
        .chain(Wanted::iter().map(Wanted::key))
        .chain(Counting::iter().map(Counting::key))
        .chain(clocks)
        .chain(channels);
    for key in keys {
        for l in [Locale(Lang::Vi), Locale(Lang::En)] {
            let arguments = ["was", "became", "place", "count"].map(|name| (name, "một".to_owned()));
            let words = l.with(&key, &arguments);
            assert!(!words.contains("nknown localization") && !words.contains('{'), "{key}: {words}");
        }
    }
}
