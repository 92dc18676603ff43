//! Decodes a file a packet at a time.

use std::io::{self, Read, Seek, SeekFrom};

use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::common::Limit;
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, Track, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream};
use symphonia::core::meta::MetadataOptions;

use super::kind::kind_of;
use super::measure::Measure;
use super::{Audio, Kind, Limits, Refusal};

/// Of a broken file, no more packets are tried in a row.
const BROKEN_MAX: u32 = 64;

pub(super) fn decoded<R: Read + Seek + Send + Sync>(source: R, limits: &Limits) -> Result<Audio, Refusal> {
    let mut source = Source { inner: source, bytes: 0 };
    let ends = looked_at(&mut source, limits).map_err(|error| unreadable(&error))??;
    let format = probed(source, ends.is_open)?;
    let track = format.default_track(TrackType::Audio).ok_or_else(|| not_decodable("no audio track"))?;
    let track_id = track.id;
    let parameters = track.codec_params.as_ref().and_then(|parameters| parameters.audio());
    let parameters = parameters.ok_or_else(|| not_decodable("no codec"))?;
    let promised = if ends.is_endless { None } else { promised_frames(track) };
    if let Some(ms) =
        promised.zip(parameters.sample_rate).map(|(frames, rate)| frames.saturating_mul(1000) / u64::from(rate.max(1)))
        && ms > limits.duration_ms_max
        && is_credible(ms, ends.bytes)
    {
        return Err(Refusal::Long { ms, max: limits.duration_ms_max });
    }
    let decoder = symphonia::default::get_codecs().make_audio_decoder(parameters, &AudioDecoderOptions::default());
    let decoder = decoder.map_err(|error| not_decodable(&error.to_string()))?;
    let heard =
        Hearing { format, decoder, track_id, limits, measure: None, broken: 0, ends_badly: false, stopped: false }.heard()?;
    Ok(heard.into_audio(&ends, promised))
}

/// What the file promises, or its packets added up; nothing is decoded. None where nobody can tell.
pub(super) fn length_ms<R: Read + Seek + Send + Sync>(source: R) -> Option<u64> {
    let mut source = Source { inner: source, bytes: 0 };
    let ends = looked_at(&mut source, &Limits { bytes_max: u64::MAX, ..Limits::default() }).ok()?.ok()?;
    let mut format = probed(source, ends.is_open).ok()?;
    let track = format.default_track(TrackType::Audio)?;
    let rate = track.codec_params.as_ref()?.audio()?.sample_rate.filter(|rate| *rate > 0)?;
    let (id, base) = (track.id, track.time_base);
    let promised = if ends.is_endless { None } else { promised_frames(track) };
    let promised = promised.map(|frames| frames.saturating_mul(1000) / u64::from(rate));
    if let Some(ms) = promised.filter(|ms| is_credible(*ms, ends.bytes)) {
        return Some(ms);
    }
    let base = base?;
    let mut ticks = 0_u64;
    while let Ok(Some(packet)) = format.next_packet() {
        if packet.track_id == id {
            ticks = ticks.saturating_add(packet.dur.get());
        }
    }
    let ms = u128::from(ticks) * 1000 * u128::from(base.numer.get()) / u128::from(base.denom.get());
    u64::try_from(ms).ok().filter(|ms| *ms > 0)
}

/// A file is not longer than its bytes at 4 kbit/s: more is an invented header.
fn is_credible(ms: u64, bytes: u64) -> bool {
    ms / 2 <= bytes
}

/// What the ends of the file say.
struct Ends {
    kind: Kind,
    bytes: u64,
    /// A header written before the length was known: what it promises is nothing.
    is_endless: bool,
    /// An OGG stream without its last page, an M4A file that breaks off within a box.
    is_open: bool,
}

fn looked_at<R: Read + Seek>(source: &mut Source<R>, limits: &Limits) -> io::Result<Result<Ends, Refusal>> {
    source.bytes = source.inner.seek(SeekFrom::End(0))?;
    if source.bytes == 0 {
        return Ok(Err(Refusal::Empty));
    }
    if source.bytes > limits.bytes_max {
        return Ok(Err(Refusal::Large { bytes: source.bytes, max: limits.bytes_max }));
    }
    let head = read_at(&mut source.inner, 0, 12)?;
    let Some(kind) = kind_of(&head) else {
        return Ok(Err(Refusal::NotAudio));
    };
    let is_endless = kind == Kind::Wav && matches!(head[4..8], [0, 0, 0, 0] | [0xFF, 0xFF, 0xFF, 0xFF]);
    let is_open = match kind {
        Kind::Ogg => !ends_with_last_page(&read_at(&mut source.inner, source.bytes.saturating_sub(OGG_PAGE_MAX), OGG_PAGE_MAX)?),
        Kind::M4a => !ends_with_a_box(source)?,
        _ => false,
    };
    source.inner.seek(SeekFrom::Start(0))?;
    Ok(Ok(Ends { kind, bytes: source.bytes, is_endless, is_open }))
}

/// RFC 3533, section 6: a page has at most 65,307 bytes.
const OGG_PAGE_MAX: u64 = 65_307;

/// Whether the last page of an OGG file is there wholly and says that it is the last (RFC 3533: bit 3 of byte 5).
fn ends_with_last_page(tail: &[u8]) -> bool {
    let Some(page) = tail.windows(4).rposition(|bytes| bytes == b"OggS").map(|at| &tail[at..]) else {
        return false;
    };
    let segments = page.get(26).map_or(0, |count| usize::from(*count));
    let body: Option<usize> = page.get(27..27 + segments).map(|sizes| sizes.iter().map(|size| usize::from(*size)).sum());
    page.get(5).is_some_and(|flags| flags & 4 != 0) && body.is_some_and(|body| page.len() >= 27 + segments + body)
}

/// Whether the boxes at the top of an M4A file fill it exactly (ISO/IEC 14496-12, section 4.2). Gives up, and believes it, after a
/// thousand of them.
fn ends_with_a_box<R: Read + Seek>(source: &mut Source<R>) -> io::Result<bool> {
    let mut at = 0u64;
    for _ in 0..1000 {
        if at >= source.bytes {
            return Ok(at == source.bytes);
        }
        let head = read_at(&mut source.inner, at, 16)?;
        let size = match (number(&head, 0..4), number(&head, 8..16)) {
            (Some(0), _) => return Ok(true),
            (Some(1), Some(size)) => size,
            (Some(size), _) => size,
            (None, _) => return Ok(false),
        };
        at = at.saturating_add(size.max(8));
    }
    Ok(true)
}

fn number(head: &[u8], span: std::ops::Range<usize>) -> Option<u64> {
    head.get(span).map(|bytes| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

fn read_at<R: Read + Seek>(source: &mut R, at: u64, bytes_max: u64) -> io::Result<Vec<u8>> {
    source.seek(SeekFrom::Start(at))?;
    let mut read = Vec::new();
    source.take(bytes_max).read_to_end(&mut read)?;
    Ok(read)
}

fn probed<'s, R: Read + Seek + Send + Sync + 's>(source: Source<R>, cut: bool) -> Result<Box<dyn FormatReader + 's>, Refusal> {
    let stream = MediaSourceStream::new(Box::new(source), Default::default());
    // Pictures in tags are of no use here and may be large.
    let mut tags = MetadataOptions::default();
    (tags.limit_tag_bytes, tags.limit_visual_bytes) = (Limit::Maximum(64 << 10), Limit::Maximum(0));
    let format = symphonia::default::get_probe().probe(&Hint::new(), stream, FormatOptions::default(), tags);
    format.map_err(|error| match error {
        Error::IoError(error) if error.kind() == io::ErrorKind::UnexpectedEof => Refusal::Truncated,
        Error::IoError(error) => unreadable(&error),
        _ if cut => Refusal::Truncated,
        error => not_decodable(&error.to_string()),
    })
}

/// Frames that the file says it has.
fn promised_frames(track: &Track) -> Option<u64> {
    track.num_frames.filter(|frames| *frames > 0)
}

struct Hearing<'s, 'l> {
    format: Box<dyn FormatReader + 's>,
    decoder: Box<dyn AudioDecoder>,
    track_id: u32,
    limits: &'l Limits,
    measure: Option<(Measure, u32, u32)>,
    broken: u32,
    /// The file broke off within something.
    ends_badly: bool,
    stopped: bool,
}

impl Hearing<'_, '_> {
    fn heard(mut self) -> Result<Self, Refusal> {
        let mut samples = Vec::new();
        let mut broken_in_a_row = 0;
        while let Some(packet) = self.next_packet()? {
            match self.decoder.decode(&packet) {
                Ok(buffer) => {
                    broken_in_a_row = 0;
                    let (rate, channels) = (buffer.spec().rate(), buffer.spec().channels().count() as u32);
                    buffer.copy_to_vec_interleaved::<f32>(&mut samples);
                    let silence = self.limits.silence_below_dbfs;
                    let measure = self.measure.get_or_insert_with(|| (Measure::new(channels, rate, silence), rate, channels));
                    if (rate, channels) != (measure.1, measure.2) {
                        return Err(not_decodable("sample rate or channels change within the file"));
                    }
                    measure.0.take(&samples);
                }
                Err(Error::DecodeError(_) | Error::IoError(_)) => {
                    self.broken += 1;
                    broken_in_a_row += 1;
                }
                Err(error) => return Err(not_decodable(&error.to_string())),
            }
            if broken_in_a_row >= BROKEN_MAX {
                break;
            }
            self.stopped = self.duration_ms() > self.limits.duration_ms_max;
            if self.stopped {
                break;
            }
        }
        if self.measure.is_none() {
            Err(if self.broken > 0 { Refusal::Broken { packets: self.broken } } else { Refusal::Truncated })
        } else {
            Ok(self)
        }
    }

    fn next_packet(&mut self) -> Result<Option<symphonia::core::packet::Packet>, Refusal> {
        loop {
            match self.format.next_packet() {
                Ok(Some(packet)) if packet.track_id == self.track_id => return Ok(Some(packet)),
                Ok(Some(_)) => {}
                Ok(None) => return Ok(None),
                Err(Error::IoError(error)) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    self.ends_badly = true;
                    return Ok(None);
                }
                Err(Error::IoError(error)) => return Err(unreadable(&error)),
                Err(Error::ResetRequired) => return Err(not_decodable("several streams in one file")),
                Err(_) => {
                    self.ends_badly = true;
                    return Ok(None);
                }
            }
        }
    }

    fn duration_ms(&self) -> u64 {
        self.measure.as_ref().map_or(0, |(measure, rate, _)| measure.frames * 1000 / u64::from((*rate).max(1)))
    }

    fn into_audio(self, ends: &Ends, promised: Option<u64>) -> Audio {
        let duration_ms = self.duration_ms();
        let (measure, sample_rate_hz, channels) = self.measure.unwrap_or_else(|| (Measure::new(1, 1, 0.0), 1, 1));
        let frames = measure.frames;
        // Encoders add and take away some thousand frames at the ends.
        let slack = 4_096.max(u64::from(sample_rate_hz) / 10);
        let is_short = promised.is_some_and(|promised| frames + slack < promised);
        let measured = measure.measured();
        Audio {
            kind: ends.kind,
            sample_rate_hz,
            channels,
            duration_ms,
            stopped_early: self.stopped,
            silent_share: measured.silent_share,
            longest_silence_ms: measured.longest_silence_ms,
            clipped_share: measured.clipped_share,
            peak_dbfs: measured.peak_dbfs,
            loudness_lufs: measured.loudness_lufs,
            broken_packets: self.broken,
            truncated: !self.stopped && (self.ends_badly || is_short || ends.is_open),
        }
    }
}

fn unreadable(error: &io::Error) -> Refusal {
    Refusal::Unreadable { says: error.to_string() }
}

fn not_decodable(says: &str) -> Refusal {
    Refusal::NotDecodable { says: says.to_owned() }
}

/// A file with its length, as the decoder asks for it.
struct Source<R> {
    inner: R,
    bytes: u64,
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}

impl<R: Seek> Seek for Source<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

impl<R: Read + Seek + Send + Sync> MediaSource for Source<R> {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.bytes)
    }
}
