//! What happened to agencies and persons, and how they came in.

use super::changes::{day, of_agency, of_person};
use super::{Teller, Telling};
use crate::base::Fact;

impl Teller<'_> {
    pub(super) fn agency(&self, fact: &Fact) -> Telling {
        let l = self.l;
        match fact {
            Fact::AgencyOpened { name } => Telling::new(l.t1("agency-fact-opened", "name", name)),
            Fact::AgencyEdited { changes } => Telling::new(l.t("agency-fact-edited")).with(self.each(changes, of_agency)),
            Fact::AgencyRenamed { from, to, on } => {
                let words = [("from", from.clone()), ("to", to.clone()), ("day", day(on))];
                Telling::new(l.with("agency-fact-renamed", &words))
            }
            Fact::AgencyClosed { on, successors } => {
                let to = self.names(successors);
                let details = if to.is_empty() { Vec::new() } else { vec![l.t1("ledger-successors", "names", to)] };
                Telling::new(l.t1("agency-fact-closed", "day", day(on))).with(details)
            }
            Fact::AgencySucceeded { on, predecessors } => {
                let from = self.names(predecessors);
                let details = if from.is_empty() { Vec::new() } else { vec![l.t1("ledger-predecessors", "names", from)] };
                Telling::new(l.t2("agency-fact-succeeded", "n", predecessors.len(), "day", day(on))).with(details)
            }
            Fact::AgencyConfirmed => Telling::new(l.t("agency-fact-confirmed")),
            Fact::AgenciesImported { created, changed } => {
                Telling::new(l.t2("ledger-agencies-imported", "created", created, "changed", changed))
            }
            Fact::BoundariesImported { matched, unmatched } => {
                Telling::new(l.t2("ledger-boundaries-imported", "matched", matched, "unmatched", unmatched))
            }
            _ => self.unknown(),
        }
    }

    pub(super) fn person(&self, fact: &Fact) -> Telling {
        let l = self.l;
        let title = match fact {
            Fact::PersonAdded { name } => l.t1("ledger-person-added", "name", name),
            Fact::PersonEdited { changes } => {
                return Telling::new(l.t("ledger-person-edited")).with(self.each(changes, of_person));
            }
            Fact::PersonDisabled => l.t("ledger-person-disabled"),
            Fact::PersonEnabled => l.t("ledger-person-enabled"),
            Fact::InvitationMade { purpose } => l.t(&format!("ledger-invitation-made-{purpose}")),
            Fact::InvitationUsed { purpose } => l.t(&format!("ledger-invitation-used-{purpose}")),
            Fact::RoleGranted { role, agency } => {
                l.t2("ledger-role-granted", "role", l.t(&role.key()), "place", self.place(*agency))
            }
            Fact::RoleRevoked { role, agency } => {
                l.t2("ledger-role-revoked", "role", l.t(&role.key()), "place", self.place(*agency))
            }
            _ => return self.unknown(),
        };
        Telling::new(title)
    }

    pub(super) fn access(&self, fact: &Fact) -> Telling {
        let l = self.l;
        Telling::new(match fact {
            Fact::SignedIn { means } => l.t1("ledger-signed-in", "means", self.means(means)),
            Fact::SignInRefused { cause } => l.t1("ledger-sign-in-refused", "cause", self.cause(cause)),
            Fact::SignedOut => l.t("ledger-signed-out"),
            Fact::SessionRevoked { .. } => l.t("ledger-session-revoked"),
            Fact::PasswordChanged => l.t("ledger-password-changed"),
            Fact::TotpEnabled => l.t("ledger-second-step-on"),
            Fact::TotpDisabled => l.t("ledger-second-step-off"),
            Fact::RecoveryCodesMade => l.t("ledger-recovery-codes-made"),
            Fact::RecoveryCodeUsed { left } => l.t1("ledger-recovery-code-used", "n", left),
            Fact::PasskeyAdded { label } => l.t1("ledger-passkey-added", "name", label),
            Fact::PasskeyRemoved { label } => l.t1("ledger-passkey-removed", "name", label),
            Fact::PasskeyRenamed { from, to } => l.t2("ledger-passkey-renamed", "from", from, "to", to),
            Fact::SignOnLinked { provider } => l.t1("ledger-sign-on-linked", "name", provider),
            Fact::SignOnUnlinked { provider } => l.t1("ledger-sign-on-unlinked", "name", provider),
            Fact::ApiTokenMade { label, scopes, until } => {
                let title = Telling::new(l.t2("ledger-api-token-made", "name", label, "day", day(until)));
                let scope = |code: &String| l.t(&format!("api-scope-{}", code.replace(':', "-")));
                return title.with(scopes.iter().map(scope).collect());
            }
            Fact::ApiTokenRevoked { label } => l.t1("ledger-api-token-revoked", "name", label),
            Fact::AccessRefused { path } => l.t1("ledger-access-refused", "path", path),
            _ => return self.unknown(),
        })
    }
}
