//! Every word that is put together at run time is there, in both languages.

use sea_orm::Iterable;

use crate::syndication::actor::Form;
use crate::syndication::podcast::CATEGORIES;
use crate::web::{Lang, Locale};

#[test]
fn ways_and_categories_have_words() {
    let categories = CATEGORIES.map(|name| format!("podcast-category-{}", vietnamese::slug(name).unwrap_or_default()));
    let keys =
        Form::iter().map(Form::key).chain(categories).chain(["copy-channel-activitypub".into(), "metric-servers-told".into()]);
    for key in keys {
        for l in [Locale(Lang::Vi), Locale(Lang::En)] {
            assert!(l.has(&key), "{key}");
        }
    }
}
