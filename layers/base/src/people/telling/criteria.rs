//! What happened to criteria and the sheets of agencies, in words.

use super::Telling;
use super::changes::day;
use crate::base::Fact;
use crate::web::Locale;

pub(super) fn of_criteria(l: Locale, fact: &Fact) -> Telling {
    match fact {
        Fact::CriteriaDrafted { .. }
        | Fact::CriteriaEdited { .. }
        | Fact::CriteriaSubmitted { .. }
        | Fact::CriteriaReturned { .. }
        | Fact::CriteriaIssued { .. }
        | Fact::CriteriaDropped { .. }
        | Fact::CriteriaAppraiserNamed { .. } => of_set(l, fact),
        Fact::CriteriaScoringOpened { .. }
        | Fact::CriteriaExtended { .. }
        | Fact::CriteriaAppraisalBegan { .. }
        | Fact::CriteriaAppealsOpened { .. }
        | Fact::CriteriaPublished { .. }
        | Fact::CriteriaRecounted { .. } => of_round(l, fact),
        _ => of_sheet(l, fact),
    }
}

fn of_set(l: Locale, fact: &Fact) -> Telling {
    Telling::new(match fact {
        Fact::CriteriaDrafted { title, year } => l.t2("ledger-criteria-drafted", "name", title, "year", year),
        Fact::CriteriaEdited { title, what } if what.is_empty() => l.t1("ledger-criteria-rules", "name", title),
        Fact::CriteriaEdited { title, what } => l.t2("ledger-criteria-edited", "name", title, "what", what),
        Fact::CriteriaSubmitted { title } => l.t1("ledger-criteria-submitted", "name", title),
        Fact::CriteriaReturned { title } => l.t1("ledger-criteria-returned", "name", title),
        Fact::CriteriaIssued { title, edition, sha256 } => {
            let told = Telling::new(l.t2("ledger-criteria-issued", "name", title, "n", edition));
            return told.with(vec![format!("SHA-256 {sha256}")]);
        }
        Fact::CriteriaDropped { title } => l.t1("ledger-criteria-dropped", "name", title),
        Fact::CriteriaAppraiserNamed { title, name } => {
            l.with("ledger-criteria-appraiser", &[("title", title.clone()), ("name", name.clone())])
        }
        _ => l.t("agency-fact-other"),
    })
}

fn of_round(l: Locale, fact: &Fact) -> Telling {
    Telling::new(match fact {
        Fact::CriteriaScoringOpened { title, agencies, until } => {
            let words = [("name", title.clone()), ("count", agencies.to_string()), ("day", day(until))];
            l.with("ledger-criteria-opened", &words)
        }
        Fact::CriteriaExtended { title, until } => l.t2("ledger-criteria-extended", "name", title, "day", day(until)),
        Fact::CriteriaAppraisalBegan { title, absent } => l.t2("ledger-criteria-appraisal", "name", title, "count", absent),
        Fact::CriteriaAppealsOpened { title, until } => l.t2("ledger-criteria-appeals", "name", title, "day", day(until)),
        Fact::CriteriaPublished { title, number, agencies, changed, sha256 } => {
            let words = [("name", title.clone()), ("n", number.to_string()), ("count", agencies.to_string())];
            let told = Telling::new(l.with("ledger-criteria-published", &words));
            let changed = (*changed > 0).then(|| l.t1("ledger-criteria-changed", "count", changed));
            return told.with(changed.into_iter().chain([format!("SHA-256 {sha256}")]).collect());
        }
        Fact::CriteriaRecounted { title, number, same: true } => l.t2("ledger-criteria-recounted", "name", title, "n", number),
        Fact::CriteriaRecounted { title, number, .. } => l.t2("ledger-criteria-recounted-not", "name", title, "n", number),
        _ => l.t("agency-fact-other"),
    })
}

/// An answer as files write it, in words.
fn given(l: Locale, written: &str) -> String {
    match written {
        "yes" => l.t("criteria-yes"),
        "no" => l.t("criteria-no"),
        "n/a" => l.t("criteria-not-applicable"),
        "" => l.t("criteria-missing"),
        plain => ::measures::Amount::read(plain).map_or_else(|| plain.to_owned(), ::measures::Amount::shown),
    }
}

fn of_sheet(l: Locale, fact: &Fact) -> Telling {
    Telling::new(match fact {
        Fact::CriteriaReminded { title, name, until } => {
            let words = [("title", title.clone()), ("name", name.clone()), ("day", day(until))];
            l.with("ledger-criteria-reminded", &words)
        }
        Fact::CriteriaScored { title, name, number } => {
            let words = [("title", title.clone()), ("name", name.clone()), ("n", number.to_string())];
            l.with("ledger-criteria-scored", &words)
        }
        Fact::CriteriaEvidenceAdded { name, what, .. } => l.t2("ledger-criteria-evidence", "name", name, "what", what),
        Fact::CriteriaEvidenceRemoved { name, what, .. } => l.t2("ledger-criteria-evidence-gone", "name", name, "what", what),
        Fact::CriteriaAppraised { name, criterion, from, to } => {
            let told = Telling::new(l.t2("ledger-criteria-appraised", "name", name, "what", criterion));
            return told.with(vec![format!("{} → {}", given(l, from), given(l, to))]);
        }
        Fact::CriteriaAgreed { name, count } => l.t2("ledger-criteria-agreed", "name", name, "count", count),
        Fact::CriteriaAppealed { name, criterion } => l.t2("ledger-criteria-appealed", "name", name, "what", criterion),
        Fact::CriteriaAppealAnswered { name, kept: true } => l.t1("ledger-criteria-appeal-kept", "name", name),
        Fact::CriteriaAppealAnswered { name, .. } => l.t1("ledger-criteria-appeal-granted", "name", name),
        _ => l.t("agency-fact-other"),
    })
}
