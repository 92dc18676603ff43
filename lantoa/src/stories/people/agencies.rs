//! The directory of agencies, over HTTP: who reads, who changes, and that nothing of the past is lost.

mod closing;
mod contacts;
mod dividing;
mod list;
mod merging;
mod profile;
mod renaming;
mod sheet;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::base::{Fact, Role, fact};
use crate::people::resolve::Resolution;
use crate::people::{Agency, Resolver, province};
use crate::testing::{House, Visitor};

/// The default province, and somebody who keeps its directory.
pub async fn keeper(house: &House) -> Visitor<'_> {
    province::settle(&house.app).await.expect("the default province");
    house.someone(Role::SystemAdministrator, None).await
}

/// The agency with that code, as it is now.
pub async fn coded(house: &House, code: &str) -> Agency {
    Agency::find_by_code(&house.app.db, code).await.expect("the database").unwrap_or_else(|| panic!("no agency {code}"))
}

/// What happened to it last.
pub async fn last(house: &House, about: Uuid) -> fact::Model {
    fact::Model::history(&house.app.db, about, 1).await.expect("facts").remove(0)
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// What a name in a document means on a day.
pub async fn means(house: &House, name: &str, on: &str) -> Resolution {
    Resolver::load(&house.app.db).await.expect("a resolver").resolve(name, day(on))
}

/// The facts of one kind about a thing.
pub async fn count(house: &House, about: Uuid, is: fn(&Fact) -> bool) -> usize {
    let rows = fact::Model::history(&house.app.db, about, 100).await.expect("facts");
    rows.iter().filter_map(fact::Model::fact).filter(is).count()
}

/// The hidden fields of a page's last form, as a browser would send them back.
pub fn hidden(page: &str) -> Vec<(String, String)> {
    let unescaped = |text: &str| {
        text.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#39;", "'").replace("&#38;", "&")
    };
    let part = |input: &str, name: &str| {
        let after = input.split(&format!("{name}=\"")).nth(1)?;
        Some(unescaped(after.split('"').next()?))
    };
    let main = page.split("<main").nth(1).unwrap_or_default();
    let inputs = main.split("<input type=\"hidden\"").skip(1);
    inputs.filter_map(|input| Some((part(input, "name")?, part(input, "value")?))).collect()
}

/// Presses a button of the page: sends its hidden fields and the button's step.
pub async fn press(who: &Visitor<'_>, path: &str, page: &str, step: &str) -> crate::testing::Answer {
    let fields = hidden(page);
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("step", step));
    who.post(path, &fields).await
}
