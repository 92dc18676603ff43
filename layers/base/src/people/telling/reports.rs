//! What happened to reports and other documents, in words.

use super::Telling;
use crate::base::Fact;
use crate::web::Locale;

pub(super) fn of_report(l: Locale, fact: &Fact) -> Telling {
    let sealed = |key: &str, title: &String, sha256: &String| {
        Telling::new(l.t1(key, "name", title)).with(vec![format!("SHA-256 {sha256}")])
    };
    Telling::new(match fact {
        Fact::ReportTemplateSaved { name, version } => l.t2("ledger-report-template-saved", "name", name, "n", version),
        Fact::ReportRegimeSet { name, changes } => {
            let shown = |text: &str| if text.is_empty() { l.t("ledger-empty-value") } else { text.to_owned() };
            let line = |one: &crate::base::fact::Change| {
                let field = l.t(&format!("report-change-{}", one.field.replace('_', "-")));
                format!("{field}: {} → {}", shown(&one.from), shown(&one.to))
            };
            return Telling::new(l.t1("ledger-report-regime-set", "name", name)).with(changes.iter().map(line).collect());
        }
        Fact::ReportDrafted { title } => l.t1("ledger-report-drafted", "name", title),
        Fact::ReportEdited { title } => l.t1("ledger-report-edited", "name", title),
        Fact::ReportSubmitted { title, sha256 } => return sealed("ledger-report-submitted", title, sha256),
        Fact::ReportRecalled { title } => l.t1("ledger-report-recalled", "name", title),
        Fact::ReportReturned { title } => l.t1("ledger-report-returned", "name", title),
        Fact::ReportSigned { title, sha256 } => return sealed("ledger-report-signed", title, sha256),
        Fact::ReportDropped { title } => l.t1("ledger-report-dropped", "name", title),
        Fact::ReportIssued { title, number, sha256 } => {
            let told = Telling::new(l.t2("ledger-report-issued", "name", title, "number", number));
            return told.with(vec![format!("SHA-256 {sha256}")]);
        }
        Fact::ReportReplaced { title, number } => l.t2("ledger-report-replaced", "name", title, "number", number),
        Fact::ReportShown { title } => l.t1("ledger-report-shown", "name", title),
        Fact::ReportHidden { title } => l.t1("ledger-report-hidden", "name", title),
        Fact::ReportNumberTaken { number, subject } => {
            l.t2("ledger-report-number-taken", "number", format!("{number:02}"), "name", subject)
        }
        Fact::ReportNumberCancelled { number, subject } => {
            l.t2("ledger-report-number-cancelled", "number", format!("{number:02}"), "name", subject)
        }
        _ => l.t("agency-fact-other"),
    })
}
