//! Every word that is put together at run time is there, in both languages.

use sea_orm::{ActiveEnum, Iterable};

use crate::channels::account::{self, Missed, Values};
use crate::channels::allowance;
use crate::channels::delivery::{self, Origin, Why};
use crate::channels::inbound::trusting::Reason;
use crate::channels::mailing::letter;
use crate::channels::piece;
use crate::channels::platform::{Field, Input, PLATFORMS, Platform};
use crate::web::{Lang, Locale};

/// The words that a field of a form can be.
fn choices(platform: &Platform) -> Vec<String> {
    let of = |field: &Field| match field.input {
        Input::Choice(words) => words.iter().map(|word| format!("{}-{word}", platform.field_key(field.name))).collect(),
        Input::Line | Input::Area => Vec::new(),
    };
    platform.fields.iter().flat_map(of).collect()
}

#[test]
fn states_reasons_and_fields_have_words() {
    let missed = Missed::iter().map(Missed::key);
    let fields = PLATFORMS.iter().flat_map(|platform| platform.fields.iter().map(|field| platform.field_key(field.name)));
    let keys: Vec<String> = delivery::State::iter()
        .map(delivery::State::key)
        .chain(piece::State::iter().map(piece::State::key))
        .chain(account::State::iter().map(account::State::key))
        .chain(Why::iter().filter(|why| *why != Why::None).map(Why::key))
        .chain(Origin::iter().map(Origin::key))
        .chain(missed.flat_map(|key| [format!("{key}-after"), key]))
        .chain(fields.flat_map(|key| [format!("{key}-help"), key]))
        .chain(PLATFORMS.iter().map(|platform| format!("channel-platform-{}", platform.code())))
        .chain(PLATFORMS.iter().flat_map(choices))
        .chain(letter::State::iter().flat_map(|state| [state.key(), format!("{}-count", state.key())]))
        .chain(Reason::ALL.iter().map(|reason| format!("channel-distrust-{}", reason.code())))
        .chain(PLATFORMS.iter().flat_map(|one| allowance::all(one.is, &Values::new())).map(|one| one.key()))
        .chain(["all", "stuck", "submitted", "draft", "approved", "withdrawn"].map(|show| format!("channel-show-{show}")))
        .collect();
    for key in keys {
        for l in [Locale(Lang::Vi), Locale(Lang::En)] {
            assert!(!l.t1(&key, "n", 5).contains("Unknown localization"), "{key}");
        }
    }
    assert_eq!(Why::AccountDead.to_value(), "account_dead", "as facts keep it");
}
