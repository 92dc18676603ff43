//! What a recorded file really is, before it goes on air.
//!
//! A file is decoded once from beginning to end, a packet at a time; memory does not grow with its length.

mod decode;
mod kind;
mod measure;

use std::io::{Read, Seek};

use serde::{Deserialize, Serialize};

pub use kind::{Kind, kind_of};

/// What may go on air. Every product and every station has its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    pub bytes_max: u64,
    pub duration_ms_min: u64,
    pub duration_ms_max: u64,
    /// Empty when every rate is taken.
    pub sample_rates_hz: Vec<u32>,
    pub channels_max: u32,
    /// A window whose mean power is below this is silent; decibels relative to full scale.
    pub silence_below_dbfs: f64,
    /// Of all windows, 0 to 1.
    pub silent_share_max: f64,
    pub silence_ms_max: u64,
    /// Of all samples, 0 to 1.
    pub clipped_share_max: f64,
    /// A recording that was cut out of a stream has one or two at its beginning.
    pub broken_packets_max: u32,
    /// Integrated loudness (ITU-R BS.1770); quieter is not heard over a road.
    pub loudness_lufs_min: f64,
}

impl Default for Limits {
    /// Own assumptions for a bulletin: 5 seconds to 30 minutes of speech at the rates that devices usually play.
    fn default() -> Self {
        Self {
            bytes_max: 200 << 20,
            duration_ms_min: 5_000,
            duration_ms_max: 30 * 60_000,
            sample_rates_hz: vec![16_000, 22_050, 24_000, 32_000, 44_100, 48_000],
            channels_max: 2,
            silence_below_dbfs: -50.0,
            silent_share_max: 0.5,
            silence_ms_max: 10_000,
            clipped_share_max: 0.01,
            broken_packets_max: 2,
            loudness_lufs_min: -40.0,
        }
    }
}

/// What was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Audio {
    pub kind: Kind,
    pub sample_rate_hz: u32,
    pub channels: u32,
    /// As decoded; where `stopped_early`, the least that it is.
    pub duration_ms: u64,
    /// Decoding stopped because the file is longer than allowed: the figures below are of its beginning.
    pub stopped_early: bool,
    /// Of windows of 50 ms, 0 to 1.
    pub silent_share: f64,
    pub longest_silence_ms: u64,
    /// Of all samples, 0 to 1: at full scale at least three times in a row.
    pub clipped_share: f64,
    /// Of the loudest sample; `None` for digital silence.
    pub peak_dbfs: Option<f64>,
    /// Integrated; `None` when nothing is loud enough to be measured.
    pub loudness_lufs: Option<f64>,
    /// Packets that could not be decoded and were passed over.
    pub broken_packets: u32,
    /// The file ends before what it promises.
    pub truncated: bool,
}

impl Audio {
    /// Whether there is nothing to hear at all.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.silent_share >= 1.0
    }
}

/// Why a file does not go on air. What is said to people is said by the product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// By its bytes it is none of [`Kind`].
    NotAudio,
    /// A container that is known with something in it that is not: Opus, a video without sound.
    NotDecodable {
        says: String,
    },
    Unreadable {
        says: String,
    },
    Large {
        bytes: u64,
        max: u64,
    },
    Empty,
    Truncated,
    Broken {
        packets: u32,
    },
    Short {
        ms: u64,
        min: u64,
    },
    /// `ms` is promised by the file, or what was decoded before giving up.
    Long {
        ms: u64,
        max: u64,
    },
    SampleRate {
        hz: u32,
    },
    Channels {
        count: u32,
        max: u32,
    },
    Silent,
    MostlySilent {
        share: f64,
        max: f64,
    },
    Gap {
        ms: u64,
        max: u64,
    },
    Clipped {
        share: f64,
        max: f64,
    },
    Quiet {
        lufs: f64,
        min: f64,
    },
}

/// What is known of a file and why it is not taken; it may go on air when `refusals` is empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// `None` where nothing could be decoded.
    pub audio: Option<Audio>,
    pub refusals: Vec<Refusal>,
}

impl Finding {
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.refusals.is_empty()
    }
}

/// Looks into a file. Reads and decodes as long as it needs: call it where blocking is allowed.
pub fn inspect<R: Read + Seek + Send + Sync>(source: R, limits: &Limits) -> Finding {
    match decode::decoded(source, limits) {
        Ok(audio) => Finding { refusals: refusals(&audio, limits), audio: Some(audio) },
        Err(refusal) => Finding { audio: None, refusals: vec![refusal] },
    }
}

/// How long a sound is, in milliseconds, without decoding it; None where it is none, or where its file does not tell.
pub fn length_ms<R: Read + Seek + Send + Sync>(source: R) -> Option<u64> {
    decode::length_ms(source)
}

/// What speaks against a file that was measured.
#[must_use]
pub fn refusals(audio: &Audio, limits: &Limits) -> Vec<Refusal> {
    let mut found = Vec::new();
    let mut say = |speaks: bool, refusal: Refusal| {
        if speaks {
            found.push(refusal);
        }
    };
    let (ms, rates) = (audio.duration_ms, &limits.sample_rates_hz);
    say(audio.truncated, Refusal::Truncated);
    say(audio.broken_packets > limits.broken_packets_max, Refusal::Broken { packets: audio.broken_packets });
    say(ms < limits.duration_ms_min && !audio.stopped_early, Refusal::Short { ms, min: limits.duration_ms_min });
    say(ms > limits.duration_ms_max, Refusal::Long { ms, max: limits.duration_ms_max });
    say(!rates.is_empty() && !rates.contains(&audio.sample_rate_hz), Refusal::SampleRate { hz: audio.sample_rate_hz });
    say(audio.channels > limits.channels_max, Refusal::Channels { count: audio.channels, max: limits.channels_max });
    let share = audio.clipped_share;
    say(share > limits.clipped_share_max, Refusal::Clipped { share, max: limits.clipped_share_max });
    if audio.is_silent() {
        say(true, Refusal::Silent);
        return found;
    }
    let share = audio.silent_share;
    say(share > limits.silent_share_max, Refusal::MostlySilent { share, max: limits.silent_share_max });
    let gap = audio.longest_silence_ms;
    say(gap > limits.silence_ms_max, Refusal::Gap { ms: gap, max: limits.silence_ms_max });
    if let Some(lufs) = audio.loudness_lufs {
        say(lufs < limits.loudness_lufs_min, Refusal::Quiet { lufs, min: limits.loudness_lufs_min });
    }
    found
}
