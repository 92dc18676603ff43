//! A line to the loopback address, a journal, messages.

use bytes::Bytes;
use doubles::Failure;
use platforms::{Journal, Line, LineError, Media, MediaKind, Message, Outcome, Refusal, Request, Response, Sought, Stopped, Why};

pub const AN_HOUR_S: i64 = 3600;

pub struct Loopback;

impl Line for Loopback {
    async fn exchange(&self, request: Request) -> Result<Response, LineError> {
        let address = request.uri().to_string();
        // As clients do, the words name the address.
        doubles::exchange(request).await.map_err(|failure| match failure {
            Failure::NotSent(says) => LineError::NotSent(format!("{address}: {says}")),
            Failure::Cut(says) => LineError::Cut(format!("{address}: {says}")),
        })
    }
}

/// What the keeper of the journal was told.
#[derive(Default)]
pub struct Diary {
    pub begun: u32,
    pub handle: Option<String>,
    pub is_stopped: bool,
}

impl Journal for Diary {
    async fn about_to_publish(&mut self) -> Result<(), Stopped> {
        if self.is_stopped {
            return Err(Stopped("withdrawn".to_owned()));
        }
        self.begun += 1;
        Ok(())
    }

    async fn handle_known(&mut self, handle: &str) -> Result<(), Stopped> {
        assert_eq!(self.begun, 1, "a handle before anything was published");
        self.handle = Some(handle.to_owned());
        Ok(())
    }
}

pub fn words(text: &str) -> Message {
    Message { title: format!("Tiêu đề: {text}"), text: text.to_owned(), ..Message::default() }
}

pub fn with(text: &str, media: Vec<Media>) -> Message {
    Message { media, ..words(text) }
}

pub fn picture() -> Media {
    Media {
        kind: MediaKind::Image,
        mime: "image/jpeg".to_owned(),
        bytes: Bytes::from_static(b"\xff\xd8\xff\xe0 as good as a picture"),
        address: Some("https://cong.example/ảnh 1.jpg".to_owned()),
        width_px: 1200,
        height_px: 800,
        duration_ms: 0,
        alt: "Lễ phát động".to_owned(),
    }
}

pub fn video() -> Media {
    Media { kind: MediaKind::Video, mime: "video/mp4".to_owned(), duration_ms: 61_000, ..picture() }
}

/// An attempt of an hour ago, so that what is not listed is not there.
pub fn sought<'a>(message: &'a Message, handle: Option<&'a str>, known: &'a [String]) -> Sought<'a> {
    let since_s = doubles::now_s();
    Sought { message, handle, since_s, now_s: since_s + AN_HOUR_S, known }
}

pub fn refused(outcome: Outcome) -> Refusal {
    match outcome {
        Outcome::Refused(refusal) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

pub fn id(outcome: Outcome) -> String {
    match outcome {
        Outcome::Published(copy) => copy.id,
        other => panic!("not published: {other:?}"),
    }
}

/// The one word for an outcome.
pub fn kind(outcome: &Outcome) -> Result<&'static str, Why> {
    match outcome {
        Outcome::Published(_) => Ok("published"),
        Outcome::Accepted { .. } => Ok("accepted"),
        Outcome::Unknown { .. } => Ok("unknown"),
        Outcome::Refused(refusal) => Err(refusal.why),
    }
}
