//! What every contract test needs: a line to the loopback address, a journal that remembers, chance that repeats itself.

pub mod attempt;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use platforms::{Journal, Line, LineError, Media, MediaKind, Message, Request, Response, Stopped};
use tokio::net::TcpStream;

/// One connection for one request: not connected is not sent, everything later is cut.
pub struct Loopback;

impl Line for Loopback {
    async fn exchange(&self, request: Request) -> Result<Response, LineError> {
        let not_sent = |says: &dyn std::fmt::Display| LineError::NotSent(says.to_string());
        let Some(authority) = request.uri().authority().cloned() else { return Err(not_sent(&"no authority")) };
        let socket = TcpStream::connect(authority.as_str()).await.map_err(|error| not_sent(&error))?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(socket)).await.map_err(|error| not_sent(&error))?;
        tokio::spawn(async move {
            let _ = connection.await;
        });
        let (mut head, body) = request.into_parts();
        head.headers.insert("host", authority.as_str().parse().expect("a host"));
        head.uri = head.uri.path_and_query().map_or("/", |path| path.as_str()).parse().expect("a path");
        let asking = http::Request::from_parts(head, Full::new(body));
        let cut = |error: hyper::Error| LineError::Cut(error.to_string());
        let (head, body) = sender.send_request(asking).await.map_err(cut)?.into_parts();
        Ok(http::Response::from_parts(head, body.collect().await.map_err(cut)?.to_bytes()))
    }
}

/// What was written down, and whether the keeper stops the next call that can not be taken back.
#[derive(Default)]
pub struct Kept {
    pub handle: Option<String>,
    pub published: u32,
    pub stops: bool,
}

impl Journal for Kept {
    async fn about_to_publish(&mut self) -> Result<(), Stopped> {
        if self.stops {
            return Err(Stopped("withdrawn".to_owned()));
        }
        self.published += 1;
        Ok(())
    }

    async fn handle_known(&mut self, handle: &str) -> Result<(), Stopped> {
        self.handle = Some(handle.to_owned());
        Ok(())
    }
}

/// Numbers that look like chance and are the same in every run (xorshift64*).
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % bound
    }
}

/// A video of so many bytes, no two of which are alike for long.
pub fn video(bytes: usize) -> Media {
    let bytes: Vec<u8> = (0..bytes).map(|at| u8::try_from((at ^ (at >> 8) ^ (at >> 16)) & 0xff).expect("a byte")).collect();
    Media {
        kind: MediaKind::Video,
        mime: "video/mp4".to_owned(),
        bytes: Bytes::from(bytes),
        address: None,
        width_px: 1280,
        height_px: 720,
        duration_ms: 9_000,
        alt: "Cánh đồng sen".to_owned(),
    }
}

pub fn message(title: &str, media: Vec<Media>) -> Message {
    Message {
        title: title.to_owned(),
        text: "Bản tin chuyển đổi số trong tuần.".to_owned(),
        link: Some("https://tinh-mau.example/tin/1".to_owned()),
        media,
        author: "Ban biên tập".to_owned(),
    }
}
