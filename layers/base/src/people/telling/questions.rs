//! What happened to questions, in words: never in their own.

use super::{Teller, Telling};
use crate::base::Fact;

impl Teller<'_> {
    pub(super) fn question(&self, fact: &Fact) -> Telling {
        let l = self.l;
        let to = |key: &str, agency: uuid::Uuid| l.t1(key, "to", self.place(Some(agency)));
        Telling::new(match fact {
            Fact::QuestionAsked { channel } => l.t1("ledger-question-asked", "name", l.t(&format!("question-channel-{channel}"))),
            Fact::QuestionRouted { to: body } => to("ledger-question-routed", *body),
            Fact::QuestionTakenBack { from } => to("ledger-question-taken-back", *from),
            Fact::QuestionPassedOn { to: body, .. } => to("ledger-question-passed-on", *body),
            Fact::QuestionMoreAsked { .. } => l.t("ledger-question-more"),
            Fact::QuestionReplied { .. } => l.t("ledger-question-replied"),
            Fact::QuestionAnswerPresented { .. } => l.t("ledger-question-presented"),
            Fact::QuestionAnswerReturned { .. } => l.t("ledger-question-returned"),
            Fact::QuestionAnswered { version, alone, .. } => {
                l.t1(if *alone { "ledger-question-answered-alone" } else { "ledger-question-answered" }, "n", version)
            }
            Fact::QuestionShown => l.t("ledger-question-shown"),
            Fact::QuestionHidden => l.t("ledger-question-hidden"),
            Fact::QuestionReopened { cause, .. } => l.t(&format!("ledger-question-reopened-{cause}")),
            Fact::QuestionMarked { mark } => l.t1("ledger-question-marked", "n", mark),
            Fact::QuestionJoined { .. } => l.t("ledger-question-joined"),
            Fact::QuestionParted => l.t("ledger-question-parted"),
            Fact::QuestionDropped => l.t("ledger-question-dropped"),
            Fact::QuestionRestored => l.t("ledger-question-restored"),
            Fact::QuestionLapsed { .. } => l.t("ledger-question-lapsed"),
            Fact::QuestionWithdrawn { .. } => l.t("ledger-question-withdrawn"),
            Fact::QuestionReminded { holder, overdue, .. } => {
                to(if *overdue { "ledger-question-overdue" } else { "ledger-question-soon" }, *holder)
            }
            Fact::QuestionOriginalRead => l.t("ledger-question-original-read"),
            Fact::QuestionRemoved => l.t("ledger-question-removed"),
            Fact::QuestionSettingsChanged { changes } => {
                let line = |one: &crate::base::fact::Change| {
                    format!("{}: {} → {}", l.t(&format!("question-change-{}", one.field.replace('_', "-"))), one.from, one.to)
                };
                return Telling::new(l.t("ledger-question-settings")).with(changes.iter().map(line).collect());
            }
            Fact::ProtectedReaderNamed => l.t("ledger-protected-reader-named"),
            Fact::ProtectedReaderRemoved => l.t("ledger-protected-reader-removed"),
            _ => return self.unknown(),
        })
    }
}
