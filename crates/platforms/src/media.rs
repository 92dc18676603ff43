//! Whether pictures and videos fit what a platform takes.

use crate::{Limits, Media, MediaKind, Message, Obstacle};

/// Everything about the media that does not fit, in the order of the list.
pub(crate) fn obstacles(limits: &Limits, message: &Message) -> Vec<Obstacle> {
    let count = |kind| u32::try_from(message.media.iter().filter(|media| media.kind == kind).count()).unwrap_or(u32::MAX);
    let (images, videos) = (count(MediaKind::Image), count(MediaKind::Video));
    let mut obstacles = Vec::new();
    if limits.images_max > 0 && images > limits.images_max {
        obstacles.push(Obstacle::ImagesMany { count: images, max: limits.images_max });
    }
    if limits.videos_max > 0 && videos > limits.videos_max {
        obstacles.push(Obstacle::VideosMany { count: videos, max: limits.videos_max });
    }
    if !limits.needs.is_empty() && !message.media.iter().any(|media| limits.needs.contains(&media.kind)) {
        obstacles.push(Obstacle::MediaMissing { one_of: limits.needs });
    }
    let of_one = message.media.iter().enumerate().filter_map(|(at, media)| obstacle(limits, at, media));
    obstacles.extend(of_one);
    obstacles
}

fn obstacle(limits: &Limits, at: usize, media: &Media) -> Option<Obstacle> {
    let (many, bytes_max) = match media.kind {
        MediaKind::Image => (limits.images_max, limits.image_bytes_max),
        MediaKind::Video => (limits.videos_max, limits.video_bytes_max),
        MediaKind::Audio => (0, 0),
    };
    let bytes = media.bytes.len() as u64;
    if many == 0 {
        Some(Obstacle::MediaKindNotTaken { at })
    } else if !limits.mimes.contains(&media.mime.as_str()) {
        Some(Obstacle::MediaTypeNotTaken { at, mime: media.mime.clone() })
    } else if bytes > bytes_max {
        Some(Obstacle::MediaLarge { at, bytes, max: bytes_max })
    } else if media.kind == MediaKind::Video && media.duration_ms > limits.video_ms_max {
        Some(Obstacle::VideoLong { at, ms: media.duration_ms, max: limits.video_ms_max })
    } else {
        None
    }
}
