//! Agencies' plans and estimates in words.

use super::Telling;
use crate::base::Fact;
use crate::web::Locale;

pub(super) fn of_agency_plan(l: Locale, fact: &Fact) -> Telling {
    Telling::new(match fact {
        Fact::AgencyPlanDrafted { name } => l.t1("ledger-agency-plan-drafted", "name", name),
        Fact::AgencyPlanEdited { name } => l.t1("ledger-agency-plan-edited", "name", name),
        Fact::AgencyPlanRemoved { name } => l.t1("ledger-agency-plan-removed", "name", name),
        Fact::AgencyPlanIssued { name, duties } => l.t2("ledger-agency-plan-issued", "name", name, "count", duties),
        Fact::AgencyPlanReplaced { name, by } => l.t2("ledger-agency-plan-replaced", "name", name, "by", by),
        _ => l.t("agency-fact-other"),
    })
}

pub(super) fn of_estimate(l: Locale, fact: &Fact) -> Telling {
    let dong = |sum: &i64| vietnamese::number::format_integer(*sum);
    Telling::new(match fact {
        Fact::EstimateBegun { year } => l.t1("ledger-estimate-begun", "year", year),
        Fact::EstimateEdited { lines, total } => l.t2("ledger-estimate-edited", "count", lines, "total", dong(total)),
        Fact::EstimateSubmitted { version, total } => l.t2("ledger-estimate-submitted", "version", version, "total", dong(total)),
        Fact::EstimateReturned { version } => l.t1("ledger-estimate-returned", "version", version),
        Fact::EstimateAppraised { asked, total } => l.t2("ledger-estimate-appraised", "asked", dong(asked), "total", dong(total)),
        Fact::EstimateApproved { decision, total } => {
            l.t2("ledger-estimate-approved", "decision", decision, "total", dong(total))
        }
        Fact::EstimateSpent { total, whole: true } => l.t1("ledger-estimate-settled", "total", dong(total)),
        Fact::EstimateSpent { total, whole: false } => l.t1("ledger-estimate-spent", "total", dong(total)),
        Fact::FundingSourceRenamed { from, to } => l.t2("ledger-funding-source-renamed", "from", from, "to", to),
        _ => l.t("agency-fact-other"),
    })
}
