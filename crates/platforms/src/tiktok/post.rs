//! Beginning a post and handing over what it shows.

use http::{Method, StatusCode};
use serde_json::{Value, json as value};

use crate::wire::{cut, refusal, request, says, stopped, undecided};
use crate::{Journal, Line, Media, MediaKind, Message, Outcome, Refusal, Response, Why};

use super::answer::{self, Trouble};
use super::{Account, Privacy, parts};

/// What the creator's account allows at this moment. To be asked before every post ("Query Creator Info").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Creator {
    pub username: String,
    pub nickname: String,
    /// TikTok's words for them, such as `SELF_ONLY`.
    pub privacy_levels: Vec<String>,
    pub comments_off: bool,
    pub duets_off: bool,
    pub stitches_off: bool,
    pub video_s_max: u64,
}

impl Creator {
    #[must_use]
    pub fn allows(&self, privacy: Privacy) -> bool {
        self.privacy_levels.iter().any(|level| level == privacy.word())
    }
}

/// Asks what the account allows.
///
/// # Errors
/// As TikTok refuses, among others [`Why::Quota`] when the account may post no more today.
pub async fn creator<L: Line>(line: &L, account: &Account) -> Result<Creator, Refusal> {
    let path = "/v2/post/publish/creator_info/query/";
    let data = answer::data(line, account, path, &value!({})).await.map_err(Trouble::harmless)?;
    let text = |name: &str| data[name].as_str().unwrap_or_default().to_owned();
    let is = |name: &str| data[name].as_bool().unwrap_or_default();
    let Some(levels) = data["privacy_level_options"].as_array() else {
        return Err(refusal(Why::Protocol, &format!("creator_info without privacy_level_options: {data}")));
    };
    Ok(Creator {
        username: text("creator_username"),
        nickname: text("creator_nickname"),
        privacy_levels: levels.iter().filter_map(|level| level.as_str().map(str::to_owned)).collect(),
        comments_off: is("comment_disabled"),
        duets_off: is("duet_disabled"),
        stitches_off: is("stitch_disabled"),
        video_s_max: data["max_video_post_duration_sec"].as_u64().unwrap_or(600),
    })
}

/// Asks what the account allows, begins the post, tells the journal its name and hands over the video; photos go out in one call.
///
/// The message's link is not shown: TikTok makes none of it and its sharing rules forbid promotional ones.
pub async fn publish<L: Line, J: Journal>(line: &L, account: &Account, message: &Message, journal: &mut J) -> Outcome {
    let creator = match creator(line, account).await {
        Ok(creator) => creator,
        Err(refusal) => return Outcome::Refused(refusal),
    };
    if !creator.allows(account.privacy) {
        let says = format!("{} is not among {:?}", account.privacy.word(), creator.privacy_levels);
        return Outcome::Refused(refusal(Why::Permission, &says));
    }
    match message.media.iter().find(|media| media.kind == MediaKind::Video) {
        Some(video) if video.bytes.is_empty() => Outcome::Refused(refusal(Why::Media, "an empty video")),
        Some(video) if video.duration_ms > creator.video_s_max.saturating_mul(1_000) => {
            let says = format!("{} ms, the account may post {} s", video.duration_ms, creator.video_s_max);
            Outcome::Refused(refusal(Why::Media, &says))
        }
        Some(video) => post_video(line, account, &creator, message, video, journal).await,
        None => post_photos(line, account, &creator, message, journal).await,
    }
}

async fn post_video<L: Line, J: Journal>(
    line: &L,
    account: &Account,
    creator: &Creator,
    message: &Message,
    video: &Media,
    journal: &mut J,
) -> Outcome {
    let size = video.bytes.len() as u64;
    let (part, count) = parts(size, account.part_bytes);
    let body = value!({
        "post_info": {
            "title": message.text,
            "privacy_level": account.privacy.word(),
            "disable_comment": creator.comments_off || !account.comments,
            "disable_duet": creator.duets_off || !account.duets,
            "disable_stitch": creator.stitches_off || !account.stitches,
        },
        "source_info": {"source": "FILE_UPLOAD", "video_size": size, "chunk_size": part, "total_chunk_count": count},
    });
    // Without its bytes nothing is posted, whatever came of this call.
    let begun = match answer::data(line, account, "/v2/post/publish/video/init/", &body).await {
        Ok(begun) => begun,
        Err(trouble) => return Outcome::Refused(trouble.harmless()),
    };
    let (Some(name), Some(address)) = (begun["publish_id"].as_str(), begun["upload_url"].as_str()) else {
        return Outcome::Refused(refusal(Why::Protocol, &format!("a post without a name or an address: {begun}")));
    };
    if let Err(stop) = journal.handle_known(name).await {
        return stopped(&stop);
    }
    for at in 0..count {
        let is_last = at + 1 == count;
        if is_last && let Err(stop) = journal.about_to_publish().await {
            return stopped(&stop);
        }
        let range = (at * part, if is_last { size } else { (at + 1) * part });
        match hand_over(line, address, video, range, is_last).await {
            Ok(()) => {}
            Err(outcome) => return outcome,
        }
    }
    Outcome::Accepted { handle: name.to_owned() }
}

/// `PUT` of one part: 206 for one of many, 201 for the last.
async fn hand_over<L: Line>(
    line: &L,
    address: &str,
    video: &Media,
    (from, to): (u64, u64),
    is_last: bool,
) -> Result<(), Outcome> {
    let bounds = usize::try_from(from).ok().zip(usize::try_from(to).ok());
    let part = bounds.map(|(from, to)| video.bytes.slice(from..to)).unwrap_or_default();
    let range = format!("bytes {from}-{}/{}", to.saturating_sub(1), video.bytes.len());
    let length = part.len().to_string();
    let headers = [("content-type", video.mime.as_str()), ("content-length", &length), ("content-range", &range)];
    let putting = request(Method::PUT, address, &headers, part).map_err(Outcome::Refused)?;
    match line.exchange(putting).await {
        Ok(answer) => part_answered(&answer, is_last),
        Err(error) if is_last => Err(undecided(&error)),
        Err(error) => Err(Outcome::Refused(crate::wire::unavailable(&error))),
    }
}

/// A part that is refused leaves the post without its last byte, so there is none. A failure at the last part says nothing.
fn part_answered(answer: &Response, is_last: bool) -> Result<(), Outcome> {
    match answer.status() {
        StatusCode::CREATED | StatusCode::OK => Ok(()),
        StatusCode::PARTIAL_CONTENT if !is_last => Ok(()),
        status if status.is_client_error() => Err(Outcome::Refused(match answer::refusal(answer) {
            // The address of an upload is over after an hour: a new post may begin.
            gone if matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND) => Refusal { why: Why::Unavailable, ..gone },
            other => other,
        })),
        _ if is_last => Err(Outcome::Unknown { says: says(answer) }),
        _ => Err(Outcome::Refused(refusal(Why::Unavailable, &says(answer)))),
    }
}

async fn post_photos<L: Line, J: Journal>(
    line: &L,
    account: &Account,
    creator: &Creator,
    message: &Message,
    journal: &mut J,
) -> Outcome {
    let addresses: Vec<&str> = message.media.iter().filter_map(|media| media.address.as_deref()).collect();
    if addresses.is_empty() || addresses.len() != message.media.len() {
        return Outcome::Refused(refusal(Why::Media, "TikTok fetches photos: each needs an address"));
    }
    let body = value!({
        "post_info": {
            "title": message.title,
            "description": message.text,
            "privacy_level": account.privacy.word(),
            "disable_comment": creator.comments_off || !account.comments,
            "auto_add_music": false,
        },
        "source_info": {"source": "PULL_FROM_URL", "photo_cover_index": 0, "photo_images": addresses},
        "post_mode": "DIRECT_POST",
        "media_type": "PHOTO",
    });
    if let Err(stop) = journal.about_to_publish().await {
        return stopped(&stop);
    }
    photos_answered(answer::data(line, account, "/v2/post/publish/content/init/", &body).await)
}

fn photos_answered(answered: Result<Value, Trouble>) -> Outcome {
    match answered {
        Ok(begun) => match begun["publish_id"].as_str() {
            Some(name) => Outcome::Accepted { handle: name.to_owned() },
            None => Outcome::Unknown { says: cut(&format!("begun without a name: {begun}")) },
        },
        Err(Trouble::Refused(refusal)) => Outcome::Refused(refusal),
        Err(Trouble::Unclear(answer)) => Outcome::Unknown { says: says(&answer) },
        Err(Trouble::Line(error)) => undecided(&error),
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    #[test]
    fn a_failure_at_the_last_part_says_nothing_and_before_it_everything() {
        let answer = |status: u16| http::Response::builder().status(status).body(Bytes::new()).expect("an answer");
        assert!(matches!(part_answered(&answer(500), true), Err(Outcome::Unknown { .. })));
        assert!(matches!(part_answered(&answer(500), false), Err(Outcome::Refused(_))));
        // The last part answered like one of many: TikTok may wait for more, or not.
        assert!(matches!(part_answered(&answer(206), true), Err(Outcome::Unknown { .. })));
        assert!(part_answered(&answer(206), false).is_ok());
        assert!(part_answered(&answer(201), true).is_ok());
    }
}
