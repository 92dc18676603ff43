//! What of notices waits for a person, on the first screen of the desk.

use futures_util::future::BoxFuture;

use super::order::resuming;
use crate::base::capability::Todo;
use crate::base::{App, Who};
use crate::web::{Locale, Result};

/// Asked when a person opens the desk.
pub fn todos<'a>(app: &'a App, who: &'a Who, l: Locale) -> BoxFuture<'a, Result<Vec<Todo>>> {
    Box::pin(found(app, who, l))
}

/// One statement, none for who announces nothing.
async fn found(app: &App, who: &Who, l: Locale) -> Result<Vec<Todo>> {
    let held = resuming::count_restored(&app.db, who).await?;
    if held == 0 {
        return Ok(Vec::new());
    }
    let words = l.t1("push-restored-held", "count", held);
    Ok(vec![Todo { words, href: "/desk/push#restored".into(), state: "returned" }])
}
