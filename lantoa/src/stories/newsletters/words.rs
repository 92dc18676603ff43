//! Every word that is put together at run time is there, in both languages.

use sea_orm::Iterable;

use crate::newsletters::delivery::{Bounce, State as Way};
use crate::newsletters::issue::State;
use crate::newsletters::newsletter::{self, Rhythm, Scope};
use crate::newsletters::staff::list::{SHOWS, show_key};
use crate::newsletters::subscriber;
use crate::web::{Lang, Locale};

#[test]
fn states_and_choices_have_words() {
    let keys: Vec<String> = State::iter()
        .map(State::key)
        .chain(Way::iter().map(Way::key))
        .chain(Bounce::iter().map(Bounce::key))
        .chain(Rhythm::iter().map(Rhythm::key))
        .chain(Scope::iter().map(Scope::key))
        .chain(newsletter::State::iter().map(newsletter::State::key))
        .chain(subscriber::State::iter().map(subscriber::State::key))
        .chain((1..=7).map(|n| format!("newsletter-weekday-{n}")))
        .chain(SHOWS.iter().map(|code| show_key(code)))
        .chain(["page", "import"].map(|origin| format!("subscriber-origin-{origin}")))
        .chain(["corrected", "withdrawn", "restored"].map(|cause| format!("issue-held-{cause}")))
        .chain(["delivered", "bounced", "unknown"].map(|metric| format!("metric-{metric}")))
        .collect();
    for key in keys {
        for l in [Locale(Lang::Vi), Locale(Lang::En)] {
            assert!(!l.t1(&key, "n", 5).contains("Unknown localization"), "{key}");
        }
    }
}
