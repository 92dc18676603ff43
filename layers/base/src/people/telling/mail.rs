//! What became of letters, in words.

use super::{Teller, Telling};
use crate::base::Fact;

impl Teller<'_> {
    pub(super) fn mail(&self, fact: &Fact) -> Telling {
        let l = self.l;
        let say =
            |key: &str, topic: &str, to: &str| Telling::new(l.t2(key, "what", l.t(&format!("mail-topic-{topic}")), "to", to));
        match fact {
            Fact::MailPlanned { topic, to } => say("ledger-mail-planned", topic, to),
            Fact::MailSent { topic, to } => say("ledger-mail-sent", topic, to),
            Fact::MailFailed { topic, to, cause } => {
                let key = format!("mail-cause-{cause}");
                let cause = if l.has(&key) { l.t(&key) } else { l.t1("mail-cause-refused", "words", cause) };
                say("ledger-mail-failed", topic, to).with(vec![cause])
            }
            Fact::MailUnknown { topic, to } => say("ledger-mail-unknown", topic, to).with(vec![l.t("mail-unknown-why")]),
            _ => self.unknown(),
        }
    }
}
