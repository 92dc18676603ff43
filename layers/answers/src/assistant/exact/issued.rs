//! When a plan was issued, and by whom: from its own number, day and issuer. Pure.

use super::intent;
use super::matching::SHOWN_MAX;
use crate::assistant::said::{Cited, How, Line, Said};
use crate::base::time;
use crate::plans::plan::Plan;
use crate::web::Locale;

/// Folded runs that ask for the day.
const DAY: &[&str] = &[
    "ban hanh ngay nao",
    "ban hanh vao ngay nao",
    "ban hanh ngay may",
    "ban hanh khi nao",
    "ban hanh tu khi nao",
    "ban hanh luc nao",
    "ban hanh bao gio",
    "ban hanh nam nao",
    "khi nao ban hanh",
    "bao gio ban hanh",
    "ngay ban hanh",
    "ra ngay nao",
    "ky ngay nao",
    "ngay ky",
];
/// Those that ask for the body.
const ISSUER: &[&str] =
    &["ai ban hanh", "co quan nao ban hanh", "don vi nao ban hanh", "so nao ban hanh", "co quan ban hanh", "noi ban hanh"];
/// What else such a question says; with other words it asks for something that the plan tells of.
const OWN: &[&str] = &[
    "ban", "hanh", "ngay", "ky", "ke", "hoach", "co", "quan", "don", "vi", "noi", "nam", "luc", "so", "uy", "nhan", "dan",
    "tinh", "van", "ubnd", "kh",
];

/// From the plans that the question names; `question` is it without their numbers. None when it asks for something else, or they do not
/// say it.
#[must_use]
pub fn answer<'a>(l: Locale, question: &str, plans: impl Iterator<Item = &'a Plan>) -> Option<Said> {
    let words = intent::words(question);
    if words.iter().any(|word| !intent::is_empty(word) && !OWN.contains(&word.as_str())) {
        return None;
    }
    let asked = format!(" {} ", words.join(" "));
    let asks = |runs: &[&str]| runs.iter().any(|run| asked.contains(&format!(" {run} ")));
    let (day, issuer) = (asks(DAY), asks(ISSUER));
    if !day && !issuer {
        return None;
    }
    let mut said = Said { how: How::Exact, ..Said::default() };
    for plan in plans.take(SHOWN_MAX) {
        let issued = plan.issued_on.filter(|_| day).map(|on| l.t1("assistant-exact-issued", "day", time::day(on)));
        let by =
            Some(&plan.issuer).filter(|name| issuer && !name.is_empty()).map(|name| l.t1("assistant-exact-issuer", "who", name));
        if issued.is_none() && by.is_none() {
            continue;
        }
        said.sources.push(Cited {
            id: format!("plan:{}", plan.id),
            kind: "plan".into(),
            title: plan.title(),
            path: plan.public_path(),
            lead: plan.number.clone(),
            quote: plan.subject.clone(),
            ..Cited::default()
        });
        let sources = vec![said.sources.len()];
        said.lines.extend(issued.into_iter().chain(by).map(|text| Line { text, sources: sources.clone() }));
    }
    if said.sources.len() > 1 {
        said.how = How::Several;
        said.intro = l.t1("assistant-exact-several", "n", said.sources.len());
    }
    Some(said).filter(|said| !said.sources.is_empty())
}
