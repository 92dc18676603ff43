//! Plans on their way from a file to a programme, in words.

use super::changes::{of_plan, of_provision};
use super::{Teller, Telling};
use crate::base::Fact;

impl Teller<'_> {
    pub(super) fn plan(&self, fact: &Fact) -> Telling {
        let l = self.l;
        Telling::new(match fact {
            Fact::PlanRead { file, provisions } => l.t2("ledger-plan-read", "file", file, "count", provisions),
            Fact::PlanEdited { changes } => {
                return Telling::new(l.t("ledger-plan-edited")).with(self.each(changes, of_plan));
            }
            Fact::ProvisionAdded { path } => l.t1("ledger-provision-added", "path", path),
            Fact::ProvisionCorrected { path, changes } => {
                return Telling::new(l.t1("ledger-provision-corrected", "path", path)).with(self.each(changes, of_provision));
            }
            Fact::ProvisionConfirmed { path } => l.t1("ledger-provision-confirmed", "path", path),
            Fact::ProvisionsConfirmed { paths } => {
                return Telling::new(l.t1("ledger-provisions-confirmed", "count", paths.len())).with(vec![paths.join(", ")]);
            }
            Fact::AmendmentConfirmed { .. } => l.t("ledger-amendment-confirmed"),
            Fact::ProvisionRemoved { path } => l.t1("ledger-provision-removed", "path", path),
            Fact::PlanAdopted { provisions, amends: None } => l.t1("ledger-plan-adopted", "count", provisions),
            Fact::PlanAdopted { provisions, amends: Some(_) } => l.t1("ledger-plan-adopted-amending", "count", provisions),
            Fact::PlanReplaced { .. } => l.t("ledger-plan-replaced"),
            Fact::PlanDiscarded => l.t("ledger-plan-discarded"),
            Fact::ProgressPublished => l.t("ledger-progress-published"),
            Fact::ProgressWithdrawn => l.t("ledger-progress-withdrawn"),
            _ => return self.unknown(),
        })
    }
}
