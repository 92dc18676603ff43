//! What happened to the assistant, in words.

use super::Telling;
use crate::base::Fact;
use crate::web::Locale;

pub(super) fn of_assistant(l: Locale, fact: &Fact) -> Telling {
    Telling::new(match fact {
        Fact::CuratedDrafted { title } => l.t1("ledger-curated-drafted", "name", title),
        Fact::CuratedEdited { title } => l.t1("ledger-curated-edited", "name", title),
        Fact::CuratedApproved { title } => l.t1("ledger-curated-approved", "name", title),
        Fact::CuratedBegan { title } => l.t1("ledger-curated-began", "name", title),
        Fact::CuratedReturned { title } => l.t1("ledger-curated-returned", "name", title),
        Fact::CuratedWithdrawn { title } => l.t1("ledger-curated-withdrawn", "name", title),
        Fact::CuratedExpired { title } => l.t1("ledger-curated-expired", "name", title),
        Fact::AssistantGapSettled { count } => l.t1("ledger-assistant-gap-settled", "count", count),
        Fact::AssistantEvaluated { name, questions, right, wrong } => {
            let words = [
                ("name", name.clone()),
                ("questions", questions.to_string()),
                ("right", right.to_string()),
                ("wrong", wrong.to_string()),
            ];
            l.with("ledger-assistant-evaluated", &words)
        }
        Fact::AssistantOriginAdded { origin } => l.t1("ledger-assistant-origin-added", "name", origin),
        Fact::AssistantOriginRemoved { origin } => l.t1("ledger-assistant-origin-removed", "name", origin),
        _ => l.t("agency-fact-other"),
    })
}
