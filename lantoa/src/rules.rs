//! The rules of the house, as tests. Each can fail, and says what to do when it does.

mod scenarios;
mod sources;
mod structure;
mod words;

use crate::capabilities::CAPABILITIES;
use crate::{server, story};

/// Pages are tested: every route appears in a story or a browser test.
#[test]
fn every_route_has_a_test() {
    let visited = sources::addresses_in_tests();
    let missing: Vec<String> = server::routes(CAPABILITIES)
        .patterns
        .into_iter()
        .filter(|pattern| !visited.iter().any(|address| sources::answers(&sources::shape(pattern), address)))
        .collect();
    assert!(missing.is_empty(), "no story visits {missing:#?}: write one in stories/<capability>");
}

/// The map in ARCHITECTURE.md lists the capabilities of `capabilities.rs`, in its order.
#[test]
fn the_map_is_true() {
    let map = sources::read("../ARCHITECTURE.md");
    let mut from = 0;
    for capability in CAPABILITIES {
        let line = format!("`{}`", capability.name);
        let found = map[from..].find(&line);
        assert!(found.is_some(), "ARCHITECTURE.md does not list {line} in the order of capabilities.rs");
        from += found.unwrap_or_default();
        assert!(map.contains(capability.vietnamese), "ARCHITECTURE.md does not say {}", capability.vietnamese);
    }
}

story!(the_schema_is_made_on_both_engines_and_twice_does_nothing, |house| {
    let url = house.app.config.database();
    crate::base::database::migrate(&url, CAPABILITIES).await.expect("migrating again does nothing");
});
