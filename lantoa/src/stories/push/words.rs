//! Every word that is put together at run time is there, in both languages.

use sea_orm::Iterable;

use crate::push::order::{Kind, State, delivery};
use crate::push::setting::Mode;
use crate::web::{Lang, Locale};

#[test]
fn states_kinds_and_modes_have_words() {
    let keys = Mode::iter()
        .map(Mode::key)
        .chain(Kind::iter().map(Kind::key))
        .chain(State::iter().map(State::key))
        .chain(delivery::State::iter().map(delivery::State::key))
        .chain(["push-order-any", "copy-channel-push"].map(str::to_owned));
    for key in keys {
        for l in [Locale(Lang::Vi), Locale(Lang::En)] {
            assert!(l.has(&key), "{key}");
        }
    }
}
