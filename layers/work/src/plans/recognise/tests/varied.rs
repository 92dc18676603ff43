//! Documents of other topics, forms and styles, labelled by reading; see `tests/plans`.

use serde_json::Value;

use official_document::{Limits, read};

use super::super::words::canonical;
use super::super::{Gazetteer, recognise};
use super::{as_json, here, truth};

/// How well one document was recognised.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    expected: usize,
    found: usize,
    extra: usize,
    path: usize,
    kind: usize,
    lead: usize,
    deadline: usize,
    whole: usize,
    others: usize,
    receivers: usize,
    target: usize,
}

impl Score {
    fn add(&mut self, other: Self) {
        self.expected += other.expected;
        self.found += other.found;
        self.extra += other.extra;
        self.path += other.path;
        self.kind += other.kind;
        self.lead += other.lead;
        self.deadline += other.deadline;
        self.whole += other.whole;
        self.others += other.others;
        self.receivers += other.receivers;
        self.target += other.target;
    }

    fn line(&self, name: &str) -> String {
        let Self { expected, found, extra, path, kind, lead, deadline, whole, others, receivers, target } = self;
        format!(
            "{name:<34}{expected:>5}{found:>6}{extra:>6}{path:>6}{kind:>6}{lead:>6}{deadline:>6}{whole:>6}{others:>7}{receivers:>7}{target:>7}"
        )
    }
}

fn names(value: &Value) -> Vec<String> {
    let mut names: Vec<String> = value.as_array().into_iter().flatten().filter_map(Value::as_str).map(canonical).collect();
    names.sort();
    names
}

fn same_deadline(expected: &Value, ours: &Value) -> bool {
    let given = |field: &str| expected[field].is_null() || expected[field] == ours[field];
    expected["kind"] == ours["kind"]
        && expected["year"] == ours["year"]
        && given("month")
        && given("day")
        && given("quarter")
        && given("interval")
}

fn same_target(expected: &Value, ours: &Value) -> bool {
    if expected.is_null() {
        return true;
    }
    let percent = |target: &Value| target["unit"].as_str() == Some("%");
    expected["op"] == ours["op"] && expected["value"] == ours["value"] && percent(expected) == percent(ours)
}

fn compare(name: &str, expected: &[Value], ours: &[Value], log: &mut Vec<String>) -> Score {
    let mut score = Score { expected: expected.len(), extra: ours.len(), ..Score::default() };
    let mut free: Vec<&Value> = ours.iter().collect();
    for one in expected {
        let start = canonical(one["text"].as_str().unwrap_or_default());
        let fits = |candidate: &&Value| canonical(candidate["text"].as_str().unwrap_or_default()).starts_with(&start);
        let Some(place) = free.iter().position(fits) else {
            log.push(format!("{name} {}: not found: {start}", one["path"]));
            continue;
        };
        let found = free.remove(place);
        score.found += 1;
        score.extra -= 1;
        let mut check = |what: &str, right: bool| {
            if !right {
                log.push(format!("{name} {} {what}: expected {} got {}", found["path"], shown(one, what), shown(found, what)));
            }
            usize::from(right)
        };
        let lead = check("leads", names(&one["leads"]) == names(&found["leads"]));
        let deadline = check("deadline", same_deadline(&one["deadline"], &found["deadline"]));
        score.path += check(
            "path",
            one["path"].is_null()
                || canonical(one["path"].as_str().unwrap_or_default()) == canonical(found["path"].as_str().unwrap_or_default()),
        );
        score.kind += check("kind", one["kind"] == found["kind"]);
        score.others += check("cooperates", names(&one["cooperates"]) == names(&found["cooperates"]));
        score.receivers +=
            check("recipients", one["recipients"].is_null() || names(&one["recipients"]) == names(&found["recipients"]));
        score.target += check("target", same_target(&one["target"], &found["target"]));
        score.lead += lead;
        score.deadline += deadline;
        score.whole += lead * deadline;
    }
    for one in free {
        log.push(format!("{name} {}: extra: {}", one["path"], one["text"]));
    }
    score
}

fn shown(provision: &Value, what: &str) -> String {
    provision[what].to_string()
}

fn documents(held_out: bool) -> Vec<std::path::PathBuf> {
    let folder = here().join("tests/plans");
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder).expect("tests/plans is there").filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| ["txt", "docx", "pdf"].iter().any(|one| extension == *one)));
    paths.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("h-") == held_out));
    paths.sort();
    paths
}

fn measure(held_out: bool) -> (Score, usize) {
    let mut total = Score::default();
    let mut log = Vec::new();
    println!(
        "{:<34}{:>5}{:>6}{:>6}{:>6}{:>6}{:>6}{:>6}{:>6}{:>7}{:>7}{:>7}",
        "", "all", "found", "extra", "path", "kind", "lead", "due", "whole", "coop", "recip", "target"
    );
    let documents = documents(held_out);
    for path in &documents {
        let bytes = std::fs::read(path).expect("a document of the set");
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let document = read(&bytes, &file, &Limits::default()).unwrap_or_else(|error| panic!("{file}: {error}"));
        let expected = truth(&path.with_extension("truth.json"));
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let ours = as_json(&recognise(&document, Gazetteer::standard()));
        let score = compare(&name, &expected, &ours, &mut log);
        println!("{}", score.line(&name));
        total.add(score);
    }
    println!("{}", total.line("total"));
    log.iter().for_each(|line| println!("{line}"));
    (total, documents.len())
}

#[test]
fn the_varied_set_is_recognised() {
    let (total, documents) = measure(false);
    assert!(documents >= 162, "{documents} documents");
    assert!(total.whole * 100 >= total.expected * 99, "{total:?}");
    assert!(total.extra * 100 <= total.expected * 2, "{total:?}");
}

/// The figure to quote: documents that no rule was mended for (see `tests/plans/README.md`).
#[test]
fn the_held_out_set_is_measured() {
    let (total, documents) = measure(true);
    assert!(documents >= 25, "{documents} documents");
    assert!(total.found * 100 >= total.expected * 95, "{total:?}");
    assert!(total.whole * 100 >= total.expected * 95, "{total:?}");
}
