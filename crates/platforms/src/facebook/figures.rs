//! Figures of a post or a video. Facebook removes and renames them by date for all versions at once ("Insights", deprecated
//! metrics), and refuses a whole question for one name that it does not know: then each is asked for by itself.

use serde_json::Value as Json;

use super::{Account, DEFINITION, answer, calls};
use crate::{Line, Reading, Refusal, Value, Why};

/// A figure with the names it has and had, the newest first: where the newest is not known (yet, or any more), an older one is asked for.
type Names = &'static [&'static str];

/// Media views took the place of impressions in November 2025.
const OF_POST: &[Names] = &[
    &["post_media_view", "post_impressions"],
    &["post_total_media_view_unique", "post_impressions_unique"],
    &["post_clicks"],
    &["post_reactions_like_total"],
];
const OF_VIDEO: &[Names] = &[&["total_video_views"], &["total_video_views_unique"]];
/// Counts that hang on the post itself.
const COUNTED: &[&str] = &["reactions", "comments", "shares"];

/// # Errors
/// Nothing could be read at all: the token is over, the post is gone, the rate is used up.
pub async fn metrics<L: Line>(line: &L, account: &Account, id: &str) -> Result<Vec<Reading>, Refusal> {
    let (edge, figures) = if calls::is_post(id) { ("insights", OF_POST) } else { ("video_insights", OF_VIDEO) };
    let path = format!("{id}/{edge}");
    let newest: Vec<&str> = figures.iter().filter_map(|names| names.first().copied()).collect();
    let mut readings = match ask(line, account, &path, &newest).await {
        Ok(readings) => readings,
        Err(refusal) if refusal.why == Why::Content => one_by_one(line, account, &path, figures).await?,
        Err(refusal) => return Err(refusal),
    };
    if calls::is_post(id) {
        readings.extend(counted(line, account, id).await);
    }
    Ok(readings)
}

async fn ask<L: Line>(line: &L, account: &Account, path: &str, names: &[&str]) -> Result<Vec<Reading>, Refusal> {
    let query = [("metric", names.join(",")), ("period", "lifetime".to_owned())];
    let query = query.each_ref().map(|(name, value)| (*name, value.as_str()));
    let answer = answer::get(line, account, path, &query).await.preparing()?;
    Ok(names.iter().map(|name| reading(name, value(&answer, name))).collect())
}

async fn one_by_one<L: Line>(line: &L, account: &Account, path: &str, figures: &[Names]) -> Result<Vec<Reading>, Refusal> {
    let mut readings = Vec::new();
    for names in figures {
        readings.push(by_any_name(line, account, path, names).await?);
    }
    Ok(readings)
}

/// The figure under the first of its names that the platform knows; missing under the newest, in the words that refused that.
async fn by_any_name<L: Line>(line: &L, account: &Account, path: &str, names: Names) -> Result<Reading, Refusal> {
    let mut missing = None;
    for name in names {
        match ask(line, account, path, &[name]).await {
            Ok(one) => {
                if let Some(one) = one.into_iter().next() {
                    return Ok(one);
                }
            }
            Err(refusal) if refusal.why == Why::Content => {
                missing = missing.or_else(|| Some(reading(name, Value::Missing(refusal.says))));
            }
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(missing.unwrap_or_else(|| reading(names.first().unwrap_or(&""), Value::Missing(String::new()))))
}

fn value(answer: &Json, name: &str) -> Value {
    let all = answer["data"].as_array().map_or(&[][..], Vec::as_slice);
    let given = all.iter().find(|one| one["name"] == name).and_then(|one| one["values"][0]["value"].as_u64());
    given.map_or_else(|| Value::Missing("not in the answer".to_owned()), Value::Count)
}

/// Reactions, comments and shares. A post that nobody shared has no `shares`, which says nothing of it being none.
async fn counted<L: Line>(line: &L, account: &Account, id: &str) -> Vec<Reading> {
    let query = [("fields", "reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count),shares")];
    let post = answer::get(line, account, id, &query).await.preparing();
    let count = |name: &&str| match &post {
        Ok(post) => {
            let given = post[name]["summary"]["total_count"].as_u64().or_else(|| post[name]["count"].as_u64());
            given.map_or_else(|| Value::Missing("not in the answer".to_owned()), Value::Count)
        }
        Err(refusal) => Value::Missing(refusal.says.clone()),
    };
    COUNTED.iter().map(|name| reading(name, count(name))).collect()
}

fn reading(name: &str, value: Value) -> Reading {
    Reading { name: name.to_owned(), definition: DEFINITION, value }
}
