//! What happened to registers, in words: which register and what, never which record by its name.

use super::Telling;
use crate::base::Fact;
use crate::web::Locale;

pub(super) fn of_register(l: Locale, fact: &Fact) -> Telling {
    let named = |register: &str| l.t(&format!("register-kind-{register}"));
    Telling::new(match fact {
        Fact::RegisterDrafted { register } => l.t1("ledger-register-drafted", "name", named(register)),
        Fact::RegisterChanged { register, fields } => {
            let field = |field: &String| l.t(&format!("register-field-{}", field.replace('_', "-")));
            let told = Telling::new(l.t1("ledger-register-changed", "name", named(register)));
            return told.with(fields.iter().map(field).collect());
        }
        Fact::RegisterConfirmed { register, version } => l.t2("ledger-register-confirmed", "name", named(register), "n", version),
        Fact::RegisterReturned { register } => l.t1("ledger-register-returned", "name", named(register)),
        Fact::RegisterWithdrawn { register } => l.t1("ledger-register-withdrawn", "name", named(register)),
        Fact::RegisterEvidenceAdded { register } => l.t1("ledger-register-evidence-added", "name", named(register)),
        Fact::RegisterEvidenceRemoved { register } => l.t1("ledger-register-evidence-removed", "name", named(register)),
        Fact::RegisterImported { register, created, changed } => {
            let words = [("name", named(register)), ("created", created.to_string()), ("changed", changed.to_string())];
            l.with("ledger-register-imported", &words)
        }
        Fact::RegisterMadeSecret { year, files: 0, .. } => l.t1("ledger-register-made-secret", "year", year),
        Fact::RegisterMadeSecret { year, files, .. } => l.t2("ledger-register-made-secret-files", "year", year, "count", files),
        Fact::SecretCountSaved { year, count } => l.t2("ledger-secret-saved", "year", year, "count", count),
        Fact::SecretCountSigned { year, count, document } => {
            let words = [("year", year.to_string()), ("count", count.to_string()), ("name", document.clone())];
            l.with("ledger-secret-signed", &words)
        }
        _ => l.t("agency-fact-other"),
    })
}
