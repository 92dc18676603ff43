//! What happened to articles, in words.

use chrono::DateTime;

use super::{Teller, Telling};
use crate::base::fact::Change;
use crate::base::{Fact, time};

impl Teller<'_> {
    pub(super) fn news(&self, fact: &Fact) -> Telling {
        let l = self.l;
        Telling::new(match fact {
            Fact::ArticleDrafted { title } => l.t1("ledger-article-drafted", "name", title),
            Fact::ArticleEdited { title, revision } => l.t2("ledger-article-edited", "name", title, "version", revision),
            Fact::ArticleRestored { from, revision } => l.t2("ledger-article-restored", "from", from, "version", revision),
            Fact::ArticleSubmitted { title } => l.t1("ledger-article-submitted", "name", title),
            Fact::ArticlePassed { title, step } => l.t2("ledger-article-passed", "name", title, "n", step),
            Fact::ArticleReturned { title } => l.t1("ledger-article-returned", "name", title),
            Fact::ArticleRecalled { title } => l.t1("ledger-article-recalled", "name", title),
            Fact::ArticleApproved { title, means } if means == "link" => l.t1("ledger-article-approved-by-link", "name", title),
            Fact::ArticleApproved { title, .. } => l.t1("ledger-article-approved", "name", title),
            Fact::ApprovalOverridden { title, steps } => l.t2("ledger-approval-overridden", "name", title, "count", steps),
            Fact::OwnApprovalRefused { title } => l.t1("ledger-own-approval-refused", "name", title),
            Fact::ArticleScheduled { title, at } => l.t2("ledger-article-scheduled", "name", title, "at", minute(at)),
            Fact::ArticleUnscheduled { title } => l.t1("ledger-article-unscheduled", "name", title),
            Fact::ArticleMissed { title, at, cause } => {
                return Telling::new(l.t2("ledger-article-missed", "name", title, "at", minute(at))).with(vec![cause.clone()]);
            }
            Fact::ArticlePublished { title, .. } => l.t1("ledger-article-published", "name", title),
            Fact::ArticleCorrected { title, .. } => l.t1("ledger-article-corrected", "name", title),
            Fact::ArticleWithdrawn { title } => l.t1("ledger-article-withdrawn", "name", title),
            Fact::ArticleTakenDown { title } => l.t1("ledger-article-taken-down", "name", title),
            Fact::ArticleLockTaken { title, .. } => l.t1("ledger-article-lock-taken", "name", title),
            Fact::ArticleLinkMade { step, until } => l.t2("ledger-article-link-made", "n", step, "at", minute(until)),
            Fact::EnglishItemNamed { item, title } => l.t2("ledger-english-item-named", "name", title, "item", item),
            Fact::EmbedHostAdded { host } => l.t1("ledger-embed-host-added", "name", host),
            Fact::EmbedHostRemoved { host } => l.t1("ledger-embed-host-removed", "name", host),
            Fact::SectionMade { name } => l.t1("ledger-section-made", "name", name),
            Fact::SectionChanged { name, changes } => {
                return Telling::new(l.t1("ledger-section-changed", "name", name)).with(self.fields(changes, "section-field"));
            }
            Fact::ArticlesImported { created, changed, .. } => {
                l.t2("ledger-articles-imported", "created", created, "changed", changed)
            }
            Fact::SiteFactsChanged { changes } => {
                return Telling::new(l.t("ledger-site-facts-changed")).with(self.fields(changes, "site-field"));
            }
            _ => return self.unknown(),
        })
    }

    /// Each field by its name, with what it was and is; steps are data, so only that they changed is said.
    fn fields(&self, changes: &[Change], family: &str) -> Vec<String> {
        let line = |change: &Change| {
            let name = self.l.t(&format!("{family}-{}", change.field.replace('_', "-")));
            let shown = |text: &str| if text.is_empty() { self.l.t("ledger-empty-value") } else { text.to_owned() };
            if change.field == "steps" { name } else { format!("{name}: {} → {}", shown(&change.from), shown(&change.to)) }
        };
        changes.iter().map(line).collect()
    }
}

/// A time as facts hold it, as people write it.
fn minute(at: &str) -> String {
    DateTime::parse_from_rfc3339(at).map_or_else(|_| at.to_owned(), |at| time::minute(at.to_utc()))
}
