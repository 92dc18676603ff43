//! What of campaigns waits for a person, on the first screen of the desk.

use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;
use sea_orm::{QuerySelect, QueryTrait};

use super::campaign::{self, Campaign, State};
use super::{item, member, rights};
use crate::base::capability::Todo;
use crate::base::{App, Who, time};
use crate::web::{Locale, Result};

/// Asked when a person opens the desk.
pub fn todos<'a>(app: &'a App, who: &'a Who, l: Locale) -> BoxFuture<'a, Result<Vec<Todo>>> {
    Box::pin(found(app, who, l))
}

/// Two statements, none for who writes for no agency.
async fn found(app: &App, who: &Who, l: Locale) -> Result<Vec<Todo>> {
    let Some(agency) = who.agency.filter(|own| rights::writes(who, *own)) else { return Ok(Vec::new()) };
    let today = time::local_date(app.clock.now());
    let mut todos = Vec::new();
    let running = || campaign::Entity::find().filter(campaign::Column::State.eq(State::Running));
    if rights::writes_for(who, agency) {
        let mine = member::Entity::find().select_only().column(member::Column::Campaign);
        let mine = mine.filter(member::Column::Agency.eq(agency)).filter(member::Column::LeftOn.is_null());
        let done = item::Entity::find().select_only().column(item::Column::Campaign).filter(item::Column::Agency.eq(agency));
        let owed = running()
            .filter(campaign::Column::StartsOn.lte(today))
            .filter(campaign::Column::EndsOn.gte(today))
            .filter(campaign::Column::Id.in_subquery(mine.into_query()))
            .filter(campaign::Column::Id.not_in_subquery(done.into_query()));
        for one in owed.all(&app.db).await? {
            let words = l.t2("home-campaign-nothing", "name", &one.title, "day", time::day(one.ends_on));
            todos.push(Todo { words, href: Campaign::path(one.id), state: "soon" });
        }
    }
    if rights::decides(who, agency) {
        let over = running().filter(campaign::Column::Agency.eq(agency)).filter(campaign::Column::EndsOn.lt(today));
        for one in over.all(&app.db).await? {
            let words = l.t1("home-campaign-over", "name", &one.title);
            todos.push(Todo { words, href: Campaign::path(one.id), state: "waiting" });
        }
    }
    Ok(todos)
}
