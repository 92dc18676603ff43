//! The scenarios that reports and criteria are held to: each is told by a story that begins with its name.

use super::sources;

/// Area, and how many it has: `r1` to `r14`, `c1` to `c4`. Of the campaigns' scenarios the fifth is about reports.
const SCENARIOS: [(&str, u32, u32); 3] = [("r", 1, 14), ("c", 1, 4), ("d", 5, 5)];

#[test]
fn every_scenario_of_reports_and_criteria_is_told_by_name() {
    let mut stories = sources::product(".rs");
    stories.retain(sources::Source::is_test);
    let is_told = |name: &str| {
        let words = |text: &str| {
            text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).any(|word| word.starts_with(name))
        };
        stories.iter().any(|story| words(&story.text))
    };
    let all = SCENARIOS.iter().flat_map(|(area, from, until)| (*from..=*until).map(move |number| format!("{area}{number}_")));
    let missing: Vec<String> = all.filter(|name| !is_told(name)).collect();
    assert!(missing.is_empty(), "no story's name begins with {missing:#?}: name the one that asserts it, or write it");
}
