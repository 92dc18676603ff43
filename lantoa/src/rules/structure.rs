//! Who may call whom, how long a file may be, who writes a table.

use super::sources::{self, Source};
use crate::capabilities::CAPABILITIES;

const FILE_LINES_MAX: usize = 400;
/// One line for each thing that can happen, and its group: as long as that is, and split nowhere.
const LISTS_OF_FACTS: [&str; 2] = ["../layers/base/src/base/fact.rs", "../layers/base/src/people/ledger/group/kinds.rs"];
const TEMPLATE_LINES_MAX: usize = 120;
/// Where the leaves lie, as seen from the roof. The product's own layers know the product, and are no leaves.
const LEAVES: [&str; 11] = [
    "../crates/vietnamese/src",
    "../crates/official-document/src",
    "../crates/retrieval/src",
    "../crates/grounding/src",
    "../crates/pictures/src",
    "../crates/typesetting/src",
    "../crates/letters/src",
    "../crates/measures/src",
    "../crates/scoring/src",
    "../crates/loudspeakers/src",
    "../crates/platforms/src",
];
const GROUND: [&str; 3] = ["base", "web", "search"];
/// The roof may see everything.
const ROOF: [&str; 7] = ["main", "lib", "capabilities", "reactions", "server", "commands", "demo"];

fn home(source: &Source) -> String {
    let inside = source.path.rsplit_once("src/").map_or(source.path.as_str(), |(_, inside)| inside);
    inside.split(['/', '.']).next().unwrap_or_default().to_owned()
}

fn product() -> Vec<Source> {
    sources::product(".rs").into_iter().filter(|source| !source.is_test()).collect()
}

/// Product and leaves.
fn ours() -> impl Iterator<Item = Source> {
    sources::product(".rs").into_iter().chain(LEAVES.iter().flat_map(|folder| sources::below(folder, ".rs")))
}

/// A capability calls only those listed before it; the ground calls none.
#[test]
fn the_staircase() {
    let order: Vec<&str> = CAPABILITIES.iter().map(|capability| capability.name).collect();
    let mut broken = Vec::new();
    for source in product() {
        let home = home(&source);
        if ROOF.contains(&home.as_str()) {
            continue;
        }
        let step = order.iter().position(|name| *name == home);
        assert!(
            step.is_some() || GROUND.contains(&home.as_str()),
            "{}: is neither roof, ground nor a listed capability",
            source.path
        );
        for (place, name) in order.iter().enumerate() {
            let may = step.is_some_and(|step| place <= step);
            if !may && uses(source.code(), name) {
                broken.push(format!("{} uses crate::{name}", source.path));
            }
        }
        for name in ["reactions", "server", "demo", "commands"] {
            if uses(source.code(), name) {
                broken.push(format!("{} uses crate::{name}, which is the roof", source.path));
            }
        }
    }
    assert!(broken.is_empty(), "record a Fact and answer it in reactions.rs instead of calling upwards: {broken:#?}");
}

fn uses(code: &str, name: &str) -> bool {
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    code.contains(&format!("crate::{name}::"))
        || code.contains(&format!("crate::{name};"))
        || code
            .split("use crate::{")
            .skip(1)
            .any(|list| list.split('}').next().unwrap_or_default().split(',').any(|one| one.trim().starts_with(name)))
}

/// Only the capability that owns a table writes it.
#[test]
fn only_the_owner_writes_a_table() {
    let mut broken = Vec::new();
    for source in product() {
        let home = home(&source);
        for capability in CAPABILITIES.iter().filter(|capability| capability.name != home) {
            for line in source.code().lines().filter(|line| line.contains(&format!("{}::", capability.name))) {
                if ["ActiveModel", "Entity::insert", "Entity::update", "Entity::delete"].iter().any(|write| line.contains(write))
                {
                    broken.push(format!("{}: {}", source.path, line.trim()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "ask the owner for a verb instead: {broken:#?}");
}

/// What changes a table also records a fact, in the same file.
#[test]
fn every_state_change_records_a_fact() {
    // Working memory of the ground and of sign-in: nothing that anybody will ask about later.
    const BOOKKEEPING: [&str; 6] =
        ["src/base/", "people/notice.rs", "people/ceremony.rs", "people/attempts.rs", "people/session.rs", "plans/source.rs"];
    let mut silent = Vec::new();
    for source in product() {
        let writes = ["Entity::insert", "Entity::update_many", "Entity::update(", "Entity::delete"];
        let code = source.code();
        let bookkeeping = BOOKKEEPING.iter().any(|path| source.path.contains(path));
        if !bookkeeping
            && writes.iter().any(|write| code.contains(write))
            && !code.contains(".record(")
            && !code.contains("// recorded by ")
        {
            silent.push(source.path);
        }
    }
    assert!(
        silent.is_empty(),
        "a state changes without a Fact in {silent:#?} (say `// recorded by <verb>` where the caller does it)"
    );
}

#[test]
fn files_and_templates_fit_in_a_sitting() {
    let long: Vec<String> = ours()
        .filter(|source| !source.is_test() && !LISTS_OF_FACTS.contains(&source.path.as_str()))
        .filter(|source| source.code().lines().count() > FILE_LINES_MAX)
        .map(|source| source.path)
        .chain(
            sources::product(".html")
                .into_iter()
                .filter(|source| source.text.lines().count() > TEMPLATE_LINES_MAX)
                .map(|source| source.path),
        )
        .collect();
    assert!(long.is_empty(), "split by verb or by part: {long:#?}");
}

#[test]
fn nothing_is_called_by_what_it_is_not() {
    const EMPTY_WORDS: [&str; 6] = ["utils", "util", "helpers", "helper", "common", "misc"];
    for source in ours() {
        let named = source.path.split(['/', '.']).any(|part| EMPTY_WORDS.contains(&part));
        assert!(!named, "{}: name it after what it does", source.path);
    }
}

/// The leaves know no product.
#[test]
fn the_leaves_know_no_product() {
    for leaf in LEAVES {
        let leaf = &leaf.replace("/src", "/Cargo.toml");
        assert!(!sources::read(leaf).contains("lantoa"), "{leaf} depends on the product");
    }
}

/// Within a call of a macro the names of its own parameters come first: `text("code", value = name)` shows the word "code".
#[test]
fn no_field_shows_its_own_name() {
    for source in sources::product(".html") {
        for call in source.text.split("call form::").skip(1) {
            let call = call.split("%}").next().unwrap_or_default();
            for shadowed in ["= name,", "= name)", "= label,", "= label)"] {
                assert!(!call.contains(shadowed), "{}: write `= self.…` in form::{call}", source.path);
            }
        }
    }
}
