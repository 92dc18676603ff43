//! What every contract test needs: a line to the loopback address, a journal that remembers, chance that repeats itself.

use bytes::Bytes;
use doubles::Failure;
use platforms::{Journal, Line, LineError, Media, MediaKind, Message, Request, Response, Stopped};

pub struct Loopback;

impl Line for Loopback {
    async fn exchange(&self, request: Request) -> Result<Response, LineError> {
        doubles::exchange(request).await.map_err(|failure| match failure {
            Failure::NotSent(says) => LineError::NotSent(says),
            Failure::Cut(says) => LineError::Cut(says),
        })
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
