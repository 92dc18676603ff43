//! Every word that is put together at run time is there, in both languages.

use sea_orm::Iterable;

use crate::inspections::finding;
use crate::inspections::inspection::Standing;
use crate::inspections::item::Verdict;
use crate::inspections::listing::View;
use crate::inspections::reply::Kind;
use crate::web::{Lang, Locale};

#[test]
fn verdicts_standings_replies_and_views_have_words() {
    let standings = [Standing::Planned, Standing::Running, Standing::Late, Standing::Concluded, Standing::Withdrawn];
    let standings = standings.map(Standing::key);
    let findings = [
        finding::Standing::Open,
        finding::Standing::Overdue,
        finding::Standing::Answered,
        finding::Standing::Remedied,
        finding::Standing::Dropped,
    ]
    .map(finding::Standing::key);
    let keys = Verdict::iter()
        .map(Verdict::key)
        .chain(Kind::iter().map(Kind::key))
        .chain(standings.into_iter().chain(findings).map(str::to_owned))
        .chain(View::ALL.into_iter().map(|view| format!("inspections-view-{}", view.code())));
    for key in keys {
        for l in [Locale(Lang::Vi), Locale(Lang::En)] {
            let words = l.with(&key, &[("day", "một".into()), ("count", "1".into())]);
            assert!(!words.contains("nknown localization") && !words.contains('{'), "{key}: {words}");
        }
    }
}
