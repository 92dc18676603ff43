//! Looking an article up by its title, and its figures: both stand in the list of articles (`article/getslice`).

use serde_json::Value as Json;

use super::answer::number;
use super::{Account, DEFINITION, answer, article};
use crate::wire::{cut, refusal};
use crate::{Copy, Found, Line, Note, Reading, Refusal, Sought, Value, Why};

/// More than ten at once are refused (-201).
const SLICE: usize = 10;
const SLICES: usize = 6;
/// Clocks differ by so much at most.
const CLOCKS_S: i64 = 120;
/// An article is not listed before its pictures are fetched.
pub const LISTED_S: i64 = 600;
const FIGURES: [&str; 2] = ["total_view", "total_share"];

/// By the handle, if one is known; else by the title, among the newest. What is not listed yet is `Pending` for [`LISTED_S`].
pub async fn find<L: Line>(line: &L, account: &Account, sought: &Sought<'_>) -> Found {
    if let Some(handle) = sought.handle {
        match article::status(line, account, handle).await {
            Found::CanNotTell { .. } => {}
            told => return told,
        }
    }
    let title = article::title(sought.message);
    for at in 0..SLICES {
        let articles = match slice(line, account, at * SLICE).await {
            Ok(articles) => articles,
            Err(refusal) => return Found::CanNotTell { says: refusal.says },
        };
        if let Some(copy) = articles.iter().filter(|one| is_it(one, &title, sought)).find_map(copy) {
            return Found::Yes(copy);
        }
        // Newest first: behind an older one there is nothing to be found.
        let is_past = articles.last().and_then(created_s).is_some_and(|date| date + CLOCKS_S < sought.since_s);
        if articles.len() < SLICE || is_past {
            return if sought.age_s() < LISTED_S { Found::Pending } else { Found::No };
        }
    }
    Found::CanNotTell { says: Note::ManySince.words().to_owned() }
}

/// How often it was seen and passed on.
///
/// # Errors
/// The list can not be read, or the article is not among the newest of it ([`Why::Gone`]).
pub async fn metrics<L: Line>(line: &L, account: &Account, id: &str) -> Result<Vec<Reading>, Refusal> {
    for at in 0..SLICES {
        let articles = slice(line, account, at * SLICE).await?;
        if let Some(article) = articles.iter().find(|one| one["id"] == id) {
            return Ok(FIGURES.map(|name| reading(article, name)).to_vec());
        }
        if articles.len() < SLICE {
            break;
        }
    }
    Err(refusal(Why::Gone, &format!("article {id} is not among the newest {}", SLICE * SLICES)))
}

async fn slice<L: Line>(line: &L, account: &Account, offset: usize) -> Result<Vec<Json>, Refusal> {
    let (offset, limit) = (offset.to_string(), SLICE.to_string());
    let query = [("offset", offset.as_str()), ("limit", limit.as_str()), ("type", "normal")];
    let data = answer::get(line, &article::address(account, "getslice"), &account.access_token, &query).await.preparing()?;
    let none = || refusal(Why::Protocol, &cut(&format!("no medias in {data}")));
    data["medias"].as_array().cloned().ok_or_else(none)
}

fn is_it(one: &Json, title: &str, sought: &Sought<'_>) -> bool {
    let is_young = created_s(one).is_none_or(|date| date + CLOCKS_S >= sought.since_s);
    let is_known = sought.known.iter().any(|id| one["id"] == id.as_str());
    is_young && !is_known && one["title"] == title
}

fn copy(one: &Json) -> Option<Copy> {
    Some(Copy { id: one["id"].as_str()?.to_owned(), address: one["link_view"].as_str().map(str::to_owned) })
}

/// In seconds; Zalo gives milliseconds, and has given seconds.
fn created_s(one: &Json) -> Option<i64> {
    let date = number(&one["create_date"]).or_else(|| number(&one["created_date"]))?;
    i64::try_from(if date > 100_000_000_000 { date / 1000 } else { date }).ok()
}

fn reading(article: &Json, name: &str) -> Reading {
    let value = number(&article[name]).map_or_else(|| Value::Missing("not in the answer".to_owned()), Value::Count);
    Reading { name: name.to_owned(), definition: DEFINITION, value }
}
