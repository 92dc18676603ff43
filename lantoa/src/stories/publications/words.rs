//! Every word that is put together at run time is there, in both languages.

use sea_orm::Iterable;

use crate::publications::kept::Format;
use crate::publications::publication::State;
use crate::web::{Lang, Locale};

#[test]
fn states_and_files_have_words() {
    let keys = State::iter().map(State::key).chain(Format::ALL.map(Format::key));
    for key in keys {
        for l in [Locale(Lang::Vi), Locale(Lang::En)] {
            assert!(l.has(&key), "{key}");
        }
    }
}
