//! What of retractions waits for a person, on the first screen of the desk.

use futures_util::future::BoxFuture;

use super::case::Retraction;
use super::rights;
use crate::base::capability::Todo;
use crate::base::{App, Who};
use crate::web::{Locale, Result};

/// Asked when a person opens the desk: one statement, none for who works for no agency.
pub fn todos<'a>(app: &'a App, who: &'a Who, l: Locale) -> BoxFuture<'a, Result<Vec<Todo>>> {
    Box::pin(async move {
        let own = rights::own(who);
        if own.is_empty() {
            return Ok(Vec::new());
        }
        let (open, late) = Retraction::waiting(app, &own).await?;
        let mut todos = Vec::new();
        let mut say = |count: i64, key: &str, state: &'static str, asked: &str| {
            if count > 0 {
                todos.push(Todo { words: l.t1(key, "count", count), href: format!("/desk/retractions?state={asked}"), state });
            }
        };
        say(late, "home-retractions-late", "late", "overdue");
        say(open - late, "home-retractions-open", "soon", "open");
        Ok(todos)
    })
}
