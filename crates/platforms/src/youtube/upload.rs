//! Sending a video in parts ("Resumable Uploads").

use bytes::Bytes;
use http::{Method, StatusCode, header};
use serde_json::{Value, json as value};

use crate::wire::{cut, json, request, says, stopped, unavailable};
use crate::{Journal, Line, LineError, Media, MediaKind, Message, Outcome, Refusal, Response, Why};

use super::{Account, answer, title};

/// How often one upload may be taken up again where it was cut.
const RESUMED_MAX: u32 = 5;

/// Where a session is.
pub(super) enum Session {
    /// So many bytes are there, and no video yet.
    Has(u64),
    /// The video is made: its resource.
    Done(Value),
    /// It is over, or was never there (404, 410).
    Gone(String),
    /// What it says is no answer to the question.
    Unclear(String),
}

/// Opens a session, tells the journal its address, sends the parts, and tells it again before the part that makes the video.
/// Where a part is cut off, the session is asked how far it came and is gone on with: it makes one video at most.
pub async fn publish<L: Line, J: Journal>(line: &L, account: &Account, message: &Message, journal: &mut J) -> Outcome {
    let Some(video) = message.media.iter().find(|media| media.kind == MediaKind::Video && !media.bytes.is_empty()) else {
        return Outcome::Refused(crate::wire::refusal(Why::Media, "no video"));
    };
    let address = match open(line, account, message, video).await {
        Ok(address) => address,
        Err(refusal) => return Outcome::Refused(refusal),
    };
    if let Err(stop) = journal.handle_known(&address).await {
        return stopped(&stop);
    }
    Upload { line, account, video, address, resumed: 0, irrevocable: false }.run(journal).await
}

/// `POST …/upload/youtube/v3/videos?uploadType=resumable`: the address of a session, on the same host.
async fn open<L: Line>(line: &L, account: &Account, message: &Message, video: &Media) -> Result<String, Refusal> {
    let address = format!("{}/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status", account.api);
    let body = value!({
        "snippet": {
            "title": title(message),
            "description": message.with_link(),
            "categoryId": account.category,
            "tags": account.tags,
        },
        "status": {"privacyStatus": account.privacy.word(), "selfDeclaredMadeForKids": false},
    });
    let (bearer, length) = (format!("Bearer {}", account.access_token.reveal()), video.bytes.len().to_string());
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json; charset=UTF-8"),
        ("x-upload-content-length", &length),
        ("x-upload-content-type", &video.mime),
    ];
    let opening = request(Method::POST, &address, &headers, body.to_string())?;
    let host = opening.uri().authority().cloned();
    let answer = line.exchange(opening).await.map_err(|error| unavailable(&error))?;
    if answer.status() != StatusCode::OK {
        return Err(answer::refusal(&answer));
    }
    let location = answer.headers().get(header::LOCATION).and_then(|location| location.to_str().ok()).unwrap_or_default();
    // The token goes along with every part, so it goes nowhere else.
    match location.parse::<http::Uri>() {
        Ok(uri) if uri.authority().is_some() && uri.authority() == host.as_ref() => Ok(location.to_owned()),
        _ => Err(crate::wire::refusal(Why::Protocol, &format!("a session without an address on the same host: {location}"))),
    }
}

struct Upload<'a, L> {
    line: &'a L,
    account: &'a Account,
    video: &'a Media,
    address: String,
    resumed: u32,
    /// The part with the last byte was sent once.
    irrevocable: bool,
}

/// What one part came to.
enum Step {
    From(u64),
    End(Outcome),
}

impl<L: Line> Upload<'_, L> {
    async fn run<J: Journal>(mut self, journal: &mut J) -> Outcome {
        let total = self.video.bytes.len() as u64;
        let mut from = 0;
        loop {
            let to = (from + self.account.part() as u64).min(total);
            if to == total && !self.irrevocable {
                if let Err(stop) = journal.about_to_publish().await {
                    return stopped(&stop);
                }
                self.irrevocable = true;
            }
            match self.send(from, to, total).await {
                Step::From(next) => from = next,
                Step::End(outcome) => return outcome,
            }
        }
    }

    async fn send(&mut self, from: u64, to: u64, total: u64) -> Step {
        let part = usize::try_from(from).ok().zip(usize::try_from(to).ok()).map(|(from, to)| self.video.bytes.slice(from..to));
        let range = format!("bytes {from}-{}/{total}", to.saturating_sub(1));
        match put(self.line, self.account, &self.address, &range, &self.video.mime, part.unwrap_or_default()).await {
            Ok(answer) => match session(&answer) {
                Session::Unclear(_) if answer.status().is_server_error() => self.take_up(&says(&answer), total).await,
                state => self.conclude(state, &answer, from, total),
            },
            Err(Trouble::Line(LineError::NotSent(words)) | Trouble::Line(LineError::Cut(words))) => {
                self.take_up(&words, total).await
            }
            Err(Trouble::Impossible(refusal)) => Step::End(Outcome::Refused(refusal)),
        }
    }

    /// What the answer to a part means.
    fn conclude(&mut self, state: Session, answer: &Response, from: u64, total: u64) -> Step {
        match state {
            Session::Done(video) => Step::End(accepted(&video)),
            Session::Has(has) if has > from && has < total => Step::From(has),
            // The session took nothing of it, or wants bytes that do not exist: once more from where it says, not for ever.
            Session::Has(has) if has <= from && self.resumed < RESUMED_MAX => {
                self.resumed += 1;
                Step::From(has)
            }
            // Over before its time, for a session that came that far: what became of its bytes is not said.
            Session::Gone(says) => Step::End(self.lost(&says)),
            // No video is made of a last part that is refused with a reason.
            _ if answer.status().is_client_error() && (!self.irrevocable || !json(answer)["error"].is_null()) => {
                Step::End(Outcome::Refused(answer::refusal(answer)))
            }
            _ => Step::End(self.lost(&says(answer))),
        }
    }

    /// After a part without an answer: asks the session how far it came, and goes on from there.
    async fn take_up(&mut self, words: &str, total: u64) -> Step {
        if self.resumed == RESUMED_MAX {
            return Step::End(self.lost(words));
        }
        self.resumed += 1;
        match ask(self.line, self.account, &self.address, Some(total)).await {
            Ok(Session::Done(video)) => Step::End(accepted(&video)),
            Ok(Session::Has(has)) if has < total => Step::From(has),
            Ok(Session::Has(_)) => Step::End(self.lost(words)),
            Ok(Session::Gone(says) | Session::Unclear(says)) | Err(says) => {
                Step::End(self.lost(&format!("{words}; asked again: {says}")))
            }
        }
    }

    /// The upload goes no further. Without its last part there is certainly no video.
    fn lost(&self, words: &str) -> Outcome {
        if self.irrevocable {
            Outcome::Unknown { says: cut(words) }
        } else {
            Outcome::Refused(crate::wire::refusal(Why::Unavailable, words))
        }
    }
}

fn accepted(video: &Value) -> Outcome {
    match video["id"].as_str() {
        Some(id) => Outcome::Accepted { handle: id.to_owned() },
        None => Outcome::Unknown { says: cut(&format!("uploaded without an id: {video}")) },
    }
}

enum Trouble {
    Impossible(Refusal),
    Line(LineError),
}

async fn put<L: Line>(
    line: &L,
    account: &Account,
    address: &str,
    range: &str,
    mime: &str,
    part: Bytes,
) -> Result<Response, Trouble> {
    let (bearer, length) = (format!("Bearer {}", account.access_token.reveal()), part.len().to_string());
    let headers =
        [("authorization", bearer.as_str()), ("content-type", mime), ("content-length", &length), ("content-range", range)];
    let putting = request(Method::PUT, address, &headers, part).map_err(Trouble::Impossible)?;
    line.exchange(putting).await.map_err(Trouble::Line)
}

/// How far a session came: `PUT` of nothing with `Content-Range: bytes */N` (`*` when the size is not known).
pub(super) async fn ask<L: Line>(line: &L, account: &Account, address: &str, total: Option<u64>) -> Result<Session, String> {
    let range = format!("bytes */{}", total.map_or_else(|| "*".to_owned(), |total| total.to_string()));
    match put(line, account, address, &range, "application/octet-stream", Bytes::new()).await {
        Ok(answer) => Ok(session(&answer)),
        Err(Trouble::Line(error)) => Err(error.to_string()),
        Err(Trouble::Impossible(refusal)) => Err(refusal.says),
    }
}

/// 200 or 201 with the video; 308 with `Range: bytes=0-LAST` (none when nothing came); 404 or 410 when it is over.
fn session(answer: &Response) -> Session {
    let body = json(answer);
    match answer.status() {
        StatusCode::OK | StatusCode::CREATED if body["id"].is_string() => Session::Done(body),
        StatusCode::PERMANENT_REDIRECT => match answer.headers().get(header::RANGE) {
            None => Session::Has(0),
            Some(range) => range
                .to_str()
                .ok()
                .and_then(|range| range.strip_prefix("bytes=0-")?.parse::<u64>().ok())
                .map_or_else(|| Session::Unclear(says(answer)), |last| Session::Has(last.saturating_add(1))),
        },
        StatusCode::NOT_FOUND | StatusCode::GONE => Session::Gone(says(answer)),
        _ => Session::Unclear(says(answer)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, range: Option<&str>, body: &'static str) -> Session {
        let mut building = http::Response::builder().status(status);
        if let Some(range) = range {
            building = building.header("range", range);
        }
        session(&building.body(Bytes::from_static(body.as_bytes())).expect("an answer"))
    }

    #[test]
    fn a_session_says_how_far_it_came() {
        assert!(matches!(answered(308, Some("bytes=0-262143"), ""), Session::Has(262_144)));
        assert!(matches!(answered(308, None, ""), Session::Has(0)));
        assert!(matches!(answered(308, Some("bytes=7-9"), ""), Session::Unclear(_)));
        assert!(matches!(answered(201, None, r#"{"id": "v"}"#), Session::Done(_)));
        // An answer of success that names no video is not believed.
        assert!(matches!(answered(200, None, r#"{"error": {"code": 403}}"#), Session::Unclear(_)));
        assert!(matches!(answered(410, None, ""), Session::Gone(_)));
    }
}
