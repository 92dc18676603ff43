//! Asking after a video, changing its words, deleting it, reading its figures.

use chrono::DateTime;
use http::{Method, StatusCode};
use serde_json::{Value as Json, json as value};

use crate::wire::{call, confirmed, cut, form, json, refusal, says, unavailable, undecided};
use crate::{Found, Line, Message, Outcome, Reading, Refusal, Sought, Value, Why};

use super::upload::{self, Session};
use super::{Account, DEFINITION, answer, title};

/// The figures that are asked for, by YouTube's names.
const FIGURES: [&str; 3] = ["viewCount", "likeCount", "commentCount"];

/// How long a new upload may be missing in the list.
const LAG_S: i64 = 3_600;
/// Uploads on a page of the list.
const LISTED: usize = 50;
/// Clocks differ by so much at most.
const CLOCKS_S: i64 = 120;

/// How it stands with a handle: the address of a session, or the id of a video.
///
/// A session that is not complete has made no video ([`Found::No`]). One that is over can not tell: whether it made a video,
/// [`find`] sees.
pub async fn status<L: Line>(line: &L, account: &Account, handle: &str) -> Found {
    if !handle.starts_with("http") {
        return by_id(line, account, handle).await;
    }
    match upload::ask(line, account, handle, None).await {
        Ok(Session::Done(video)) => match video["id"].as_str() {
            Some(id) => by_id(line, account, id).await,
            None => Found::CanNotTell { says: cut(&video.to_string()) },
        },
        Ok(Session::Has(_)) => Found::No,
        Ok(Session::Gone(says) | Session::Unclear(says)) | Err(says) => Found::CanNotTell { says },
    }
}

async fn by_id<L: Line>(line: &L, account: &Account, id: &str) -> Found {
    match video(line, account, "status", id).await {
        Ok(Some(video)) => answer::found(&video, account.privacy),
        // An id that YouTube gave and knows no longer: it was there, so nobody sends it again by himself.
        Ok(None) => Found::Refused(refusal(Why::Gone, &format!("YouTube lists no video {id}"))),
        Err(refusal) => Found::CanNotTell { says: refusal.says },
    }
}

/// Looks for what an attempt left behind: by its handle and, when that can not tell, among the channel's newest uploads by title
/// and description. The list lags behind: not seeing it there says something after an hour only.
pub async fn find<L: Line>(line: &L, account: &Account, sought: &Sought<'_>) -> Found {
    let mut unclear = "no handle".to_owned();
    if let Some(handle) = sought.handle {
        match status(line, account, handle).await {
            Found::CanNotTell { says } => unclear = says,
            told => return told,
        }
    }
    let uploads = match newest(line, account).await {
        Ok(uploads) => uploads,
        Err(refusal) => return Found::CanNotTell { says: cut(&format!("{unclear}; {}", refusal.says)) },
    };
    match uploads.iter().filter(|snippet| is_it(snippet, sought)).find_map(id_of) {
        Some(id) => by_id(line, account, id).await,
        None if sought.age_s() < LAG_S => Found::Pending,
        None if uploads.len() < LISTED || uploads.iter().any(|snippet| is_older(snippet, sought)) => Found::No,
        None => Found::CanNotTell { says: cut(&format!("{unclear}; and {LISTED} uploads since")) },
    }
}

fn published_s(snippet: &Json) -> Option<i64> {
    DateTime::parse_from_rfc3339(snippet["publishedAt"].as_str()?).ok().map(|time| time.timestamp())
}

/// From before the attempt, so the list reaches back to it.
fn is_older(snippet: &Json, sought: &Sought<'_>) -> bool {
    published_s(snippet).is_some_and(|at_s| at_s + CLOCKS_S < sought.since_s)
}

fn id_of(snippet: &Json) -> Option<&str> {
    snippet["resourceId"]["videoId"].as_str()
}

/// The same words, uploaded since, and not known as another attempt's.
fn is_it(snippet: &Json, sought: &Sought<'_>) -> bool {
    published_s(snippet).is_some_and(|at_s| at_s + CLOCKS_S >= sought.since_s)
        && snippet["title"] == title(sought.message).as_str()
        && snippet["description"].as_str().map(str::trim) == Some(sought.message.with_link().trim())
        && id_of(snippet).is_some_and(|id| !sought.known.iter().any(|known| known == id))
}

/// The name of the channel that the token speaks for: a question that changes nothing, to see whether it is let in.
///
/// # Errors
/// As YouTube refuses; [`Why::Permission`] when the token is of a person without a channel.
pub async fn channel<L: Line>(line: &L, account: &Account) -> Result<String, Refusal> {
    let channel = get(line, account, "channels", &[("part", "snippet"), ("mine", "true")]).await?;
    match channel["items"][0]["snippet"]["title"].as_str() {
        Some(name) => Ok(name.to_owned()),
        None => Err(refusal(Why::Permission, "no channel belongs to this token")),
    }
}

/// The snippets of the 50 newest uploads: one unit of quota for each of the two calls, where a search would cost a hundred.
async fn newest<L: Line>(line: &L, account: &Account) -> Result<Vec<Json>, Refusal> {
    let channel = get(line, account, "channels", &[("part", "contentDetails"), ("mine", "true")]).await?;
    let Some(list) = channel["items"][0]["contentDetails"]["relatedPlaylists"]["uploads"].as_str() else {
        return Err(refusal(Why::Protocol, &format!("a channel without uploads: {channel}")));
    };
    let asked = [("part", "snippet"), ("maxResults", &LISTED.to_string()), ("playlistId", list)];
    let page = get(line, account, "playlistItems", &asked).await?;
    let items = page["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(items.iter().map(|item| item["snippet"].clone()).collect())
}

/// Gives the video the words of this message; everything else of its snippet stays (what is left out would be deleted).
pub async fn edit<L: Line>(line: &L, account: &Account, id: &str, message: &Message) -> Outcome {
    let mut snippet = match video(line, account, "snippet", id).await {
        Ok(Some(video)) => video["snippet"].clone(),
        Ok(None) => return Outcome::Refused(refusal(Why::Gone, &format!("no video {id}"))),
        Err(refusal) => return Outcome::Refused(refusal),
    };
    snippet["title"] = value!(title(message));
    snippet["description"] = value!(message.with_link());
    let kept = ["title", "description", "categoryId", "tags", "defaultLanguage"];
    if let Some(fields) = snippet.as_object_mut() {
        fields.retain(|name, _| kept.contains(&name.as_str()));
    }
    let address = format!("{}/youtube/v3/videos?part=snippet", account.api);
    let changing = match call(Method::PUT, &address, account.access_token.reveal(), &value!({"id": id, "snippet": snippet})) {
        Ok(changing) => changing,
        Err(refusal) => return Outcome::Refused(refusal),
    };
    match line.exchange(changing).await {
        Ok(answer) if answer.status() == StatusCode::OK && json(&answer)["id"] == id => confirmed(id, Some(answer::address(id))),
        Ok(answer) if answer.status().is_client_error() => Outcome::Refused(answer::refusal(&answer)),
        Ok(answer) => Outcome::Unknown { says: says(&answer) },
        Err(error) => undecided(&error),
    }
}

/// Deletes the video.
pub async fn retract<L: Line>(line: &L, account: &Account, id: &str) -> Outcome {
    let address = format!("{}/youtube/v3/videos?{}", account.api, form(&[("id", id)]));
    let deleting = match call(Method::DELETE, &address, account.access_token.reveal(), &Json::Null) {
        Ok(deleting) => deleting,
        Err(refusal) => return Outcome::Refused(refusal),
    };
    match line.exchange(deleting).await {
        Ok(answer) if answer.status() == StatusCode::NO_CONTENT => confirmed(id, None),
        Ok(answer) if answer.status().is_client_error() => Outcome::Refused(answer::refusal(&answer)),
        Ok(answer) => Outcome::Unknown { says: says(&answer) },
        Err(error) => undecided(&error),
    }
}

/// Views, likes and comments. One that YouTube leaves out (hidden likes, closed comments) is missing, the others stand.
///
/// # Errors
/// The video can not be read at all; [`Why::Gone`] when it is not there.
pub async fn metrics<L: Line>(line: &L, account: &Account, id: &str) -> Result<Vec<Reading>, Refusal> {
    let Some(video) = video(line, account, "statistics", id).await? else {
        return Err(refusal(Why::Gone, &format!("no video {id}")));
    };
    Ok(FIGURES.map(|name| Reading { name: name.to_owned(), definition: DEFINITION, value: figure(&video, name) }).to_vec())
}

/// Counts come as text: they may be larger than a number of JavaScript's.
fn figure(video: &Json, name: &str) -> Value {
    let given = &video["statistics"][name];
    match given.as_str().map_or_else(|| given.as_u64(), |digits| digits.parse().ok()) {
        Some(count) => Value::Count(count),
        None => Value::Missing(format!("statistics.{name} is {given}")),
    }
}

/// One video with this part of it; none when YouTube does not know it (any more).
async fn video<L: Line>(line: &L, account: &Account, part: &str, id: &str) -> Result<Option<Json>, Refusal> {
    let answer = get(line, account, "videos", &[("part", part), ("id", id)]).await?;
    match answer["items"].as_array() {
        Some(items) => Ok(items.iter().find(|item| item["id"] == id).cloned()),
        None => Err(refusal(Why::Protocol, &format!("no list of videos: {answer}"))),
    }
}

async fn get<L: Line>(line: &L, account: &Account, what: &str, pairs: &[(&str, &str)]) -> Result<Json, Refusal> {
    let address = format!("{}/youtube/v3/{what}?{}", account.api, form(pairs));
    let asking = call(Method::GET, &address, account.access_token.reveal(), &Json::Null)?;
    let answer = line.exchange(asking).await.map_err(|error| unavailable(&error))?;
    if answer.status() == StatusCode::OK { Ok(json(&answer)) } else { Err(answer::refusal(&answer)) }
}
