//! Every word that is put together at run time is there, in both languages.

use sea_orm::Iterable;

use crate::library::Kind;
use crate::library::describing::SOURCES;
use crate::web::{Lang, Locale};

#[test]
fn kinds_sources_and_what_is_missing_have_words() {
    let kinds = Kind::iter().map(|kind| format!("asset-kind-{}", kind.code()));
    let sources = SOURCES.iter().map(|code| format!("asset-source-{code}"));
    let missing = ["alt", "content", "title", "credit"].map(|one| format!("asset-obstacle-{one}-short"));
    let filters = ["used-yes", "used-no", "missing-alt", "missing-credit"].map(|one| format!("library-{one}"));
    for key in kinds.chain(sources).chain(missing).chain(filters) {
        for l in [Locale(Lang::Vi), Locale(Lang::En)] {
            assert!(l.has(&key), "{key}");
        }
    }
}
