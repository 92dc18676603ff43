//! What is missing before work can reach everybody: agencies without a contact or without people, invitations that nobody
//! used yet. Each is the length of a list, and carries its address.

use sea_orm::DbErr;

use super::Agency;
use super::agency::brief::Brief;
use super::agency::directory::{self, Filter};
use super::person::directory::{self as people};
use super::person::keeping::Keeper;
use crate::base::{App, Role, Who, time};

/// How many of something are missing, and where they are listed.
pub struct Gap {
    /// Fluent key of the words, which take `count`.
    pub key: &'static str,
    pub count: usize,
    pub href: String,
}

/// What this person could mend, or have mended; only what is missing at all.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, who: &Who) -> Result<Vec<Gap>, DbErr> {
    let mut gaps = Vec::new();
    let keeper = Keeper::of(who);
    let whole = who.is_any(&[Role::SystemAdministrator, Role::Coordinator]);
    for (gap, key) in [("contact", "gap-contact"), ("people", "gap-people")] {
        let filter = Filter { gap: gap.into(), ..Filter::default() };
        if whole {
            let lines = directory::find(&app.db, &filter, time::local_date(app.clock.now())).await?;
            gaps.push(Gap { key, count: lines.len(), href: format!("/desk/agencies{}", filter.with("", "")) });
        } else if gap == "contact" && keeper.agencies().is_some_and(|own| !own.is_empty()) {
            let lines = directory::find(&app.db, &filter, time::local_date(app.clock.now())).await?;
            let own = lines.iter().filter(|line| keeper.keeps_people_of(Some(line.id)));
            gaps.extend(own.map(|line| Gap {
                key: "gap-own-contact",
                count: 1,
                href: format!("{}/contacts", Agency::desk_path(line.id)),
            }));
        }
    }
    if who.is_any(&[Role::SystemAdministrator, Role::AgencyAdministrator]) {
        let filter = people::Filter { state: "invited".into(), ..people::Filter::default() };
        let count = people::find(&app.db, &keeper, &filter, &Brief::all(&app.db).await?).await?.len();
        gaps.push(Gap { key: "gap-invited", count, href: format!("/desk/people{}", filter.with("", "")) });
    }
    gaps.retain(|gap| gap.count > 0);
    Ok(gaps)
}
