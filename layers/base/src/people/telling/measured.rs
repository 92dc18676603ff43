//! What happened to measures, in words.

use super::Telling;
use crate::base::Fact;
use crate::base::fact::Change;
use crate::web::Locale;

pub(super) fn of_measure(l: Locale, fact: &Fact) -> Telling {
    Telling::new(match fact {
        Fact::MeasureSuggested { title, .. } => l.t1("ledger-measure-suggested", "name", title),
        Fact::MeasureDefined { title, .. } => l.t1("ledger-measure-defined", "name", title),
        Fact::MeasureRedefined { title, version, changes, .. } => {
            let shown = |text: &str| if text.is_empty() { l.t("ledger-empty-value") } else { text.to_owned() };
            let line = |one: &Change| {
                format!("{}: {} → {}", l.t(&format!("measure-field-{}", one.field)), shown(&one.from), shown(&one.to))
            };
            let told = Telling::new(l.t2("ledger-measure-redefined", "name", title, "version", version));
            return told.with(changes.iter().map(line).collect());
        }
        Fact::MeasureConfirmed { title, .. } => l.t1("ledger-measure-confirmed", "name", title),
        Fact::MeasureRetired { title, .. } => l.t1("ledger-measure-retired", "name", title),
        Fact::MeasuresSettled { year, measures, rows, sha256 } => {
            let words = [("year", year.to_string()), ("count", measures.to_string()), ("rows", rows.to_string())];
            return Telling::new(l.with("ledger-measures-settled", &words)).with(vec![format!("SHA-256 {sha256}")]);
        }
        Fact::MeasuresFrozen { period, rows, .. } => l.t2("ledger-measures-frozen", "period", period, "rows", rows),
        _ => l.t("agency-fact-other"),
    })
}

/// Values of other systems.
pub(super) fn of_outside(l: Locale, fact: &Fact) -> Telling {
    Telling::new(match fact {
        Fact::OutsideValuesImported { source, taken_on, rows, .. } => {
            let words = [("rows", rows.to_string()), ("name", source.clone()), ("on", taken_on.clone())];
            l.with("ledger-outside-imported", &words)
        }
        Fact::OutsideValuesWithdrawn { source, rows } => l.t2("ledger-outside-withdrawn", "rows", rows, "name", source),
        _ => l.t("agency-fact-other"),
    })
}
