//! What of questions waits for a person, on the first screen of the desk.

use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;

use super::denunciation::{self, reader};
use super::listing::{self, View};
use super::question::{Column, State};
use crate::base::capability::Todo;
use crate::base::{App, Role, Who};
use crate::cases::case::acts_for;
use crate::web::{Locale, Result};

/// Asked when a person opens the desk.
pub fn todos<'a>(app: &'a App, who: &'a Who, l: Locale) -> BoxFuture<'a, Result<Vec<Todo>>> {
    Box::pin(found(app, who, l))
}

async fn found(app: &App, who: &Who, l: Locale) -> Result<Vec<Todo>> {
    let mut todos = Vec::new();
    if let Some(own) = who.agency.filter(|own| acts_for(who, *own)) {
        let mine = || listing::of(who, View::With).filter(Column::State.is_in([State::New, State::Open]));
        let (all, late) = (mine().count(&app.db).await?, mine().filter(listing::overdue(app.clock.now())).count(&app.db).await?);
        if late > 0 {
            let href = "/desk/questions?view=with&state=overdue".to_owned();
            todos.push(Todo { words: l.t1("home-questions-late", "count", late), href, state: "late" });
        } else if all > 0 {
            let href = "/desk/questions?view=with".to_owned();
            todos.push(Todo { words: l.t1("home-questions-waiting", "count", all), href, state: "open" });
        }
        if who.is_in(Role::Approver, own) {
            let count = listing::of(who, View::Approving).count(&app.db).await?;
            if count > 0 {
                let href = "/desk/questions?view=approving".to_owned();
                todos.push(Todo { words: l.t1("home-questions-approving", "count", count), href, state: "waiting" });
            }
        }
    }
    if reader::is_cleared(app, who).await? {
        let new = denunciation::Entity::find().filter(denunciation::Column::State.eq(denunciation::State::New));
        let count = new.count(&app.db).await?;
        if count > 0 {
            let href = "/desk/denunciations".to_owned();
            todos.push(Todo { words: l.t1("home-denunciations", "count", count), href, state: "waiting" });
        }
        let added = denunciation::added::unread(&app.db, who.person).await?.len();
        if added > 0 {
            let href = "/desk/denunciations".to_owned();
            todos.push(Todo { words: l.t1("home-denunciations-added", "count", added), href, state: "waiting" });
        }
    }
    Ok(todos)
}
