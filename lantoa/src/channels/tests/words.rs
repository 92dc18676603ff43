//! Every word that is put together at run time is there, in both languages.

use sea_orm::{ActiveEnum, Iterable};

use crate::channels::account::{self, Missed};
use crate::channels::delivery::{self, Origin, Why};
use crate::channels::piece;
use crate::channels::platform::PLATFORMS;
use crate::web::{Lang, Locale};

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
        .chain(["all", "stuck", "submitted", "draft", "approved", "withdrawn"].map(|show| format!("channel-show-{show}")))
        .collect();
    for key in keys {
        for l in [Locale(Lang::Vi), Locale(Lang::En)] {
            assert!(!l.t1(&key, "n", 5).contains("Unknown localization"), "{key}");
        }
    }
    assert_eq!(Why::AccountDead.to_value(), "account_dead", "as facts keep it");
}
