//! What happened to campaigns, in words.

use super::Telling;
use super::changes::day;
use crate::base::Fact;
use crate::web::Locale;

pub(super) fn of_campaign(l: Locale, fact: &Fact) -> Telling {
    Telling::new(match fact {
        Fact::CampaignDrafted { title } => l.t1("ledger-campaign-drafted", "name", title),
        Fact::CampaignEdited { title, changes } => {
            let shown = |text: &str| if text.is_empty() { l.t("ledger-empty-value") } else { text.to_owned() };
            let line = |one: &crate::base::fact::Change| {
                let name = l.t(&format!("campaign-change-{}", one.field.replace('_', "-")));
                if one.field == "objective" { name } else { format!("{name}: {} → {}", shown(&one.from), shown(&one.to)) }
            };
            return Telling::new(l.t1("ledger-campaign-edited", "name", title)).with(changes.iter().map(line).collect());
        }
        Fact::CampaignStarted { title, agencies } => l.t2("ledger-campaign-started", "name", title, "count", agencies),
        Fact::CampaignDropped { title } => l.t1("ledger-campaign-dropped", "name", title),
        Fact::CampaignItemClaimed { title, item } => l.t2("ledger-campaign-claimed", "name", title, "item", item),
        Fact::CampaignItemReleased { title, item } => l.t2("ledger-campaign-released", "name", title, "item", item),
        Fact::CampaignAsked { title, agencies, due } => {
            let words = [("name", title.clone()), ("count", agencies.to_string()), ("day", day(due))];
            l.with("ledger-campaign-asked", &words)
        }
        Fact::CampaignClosed { title, items, sha256 } => {
            let told = Telling::new(l.t2("ledger-campaign-closed", "name", title, "count", items));
            return told.with(vec![format!("SHA-256 {sha256}")]);
        }
        Fact::CampaignShown { title } => l.t1("ledger-campaign-shown", "name", title),
        Fact::CampaignHidden { title } => l.t1("ledger-campaign-hidden", "name", title),
        _ => l.t("agency-fact-other"),
    })
}
