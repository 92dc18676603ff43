//! Silence, clipping and loudness of samples as they come.

use ebur128::{EbuR128, Mode};

/// The window in which power is taken.
pub(super) const WINDOW_MS: u64 = 50;
/// A sample this loud is at full scale (16 bits: 32,766 of 32,767).
const FULL_SCALE: f32 = 0.9999;
/// So many in a row are a cut-off wave; fewer are its tip.
const CLIPPED_RUN: u64 = 3;

pub(super) struct Measure {
    channels: usize,
    window_frames: u64,
    /// Mean power below which a window is silent.
    silent_power: f64,
    pub frames: u64,
    energy: f64,
    in_window: u64,
    windows: u64,
    silent: u64,
    silent_run: u64,
    longest_run: u64,
    /// For each channel, how many samples at full scale were met in a row.
    full_runs: Vec<u64>,
    clipped: u64,
    peak: f32,
    loudness: Option<EbuR128>,
}

/// What came out.
pub(super) struct Measured {
    pub silent_share: f64,
    pub longest_silence_ms: u64,
    pub clipped_share: f64,
    pub peak_dbfs: Option<f64>,
    pub loudness_lufs: Option<f64>,
}

impl Measure {
    pub fn new(channels: u32, rate_hz: u32, silence_below_dbfs: f64) -> Self {
        // The histogram keeps integrated loudness in a fixed amount of memory.
        let loudness = EbuR128::new(channels, rate_hz, Mode::I | Mode::HISTOGRAM).ok();
        Self {
            channels: channels.max(1) as usize,
            window_frames: (u64::from(rate_hz) * WINDOW_MS / 1000).max(1),
            silent_power: 10f64.powf(silence_below_dbfs / 10.0),
            frames: 0,
            energy: 0.0,
            in_window: 0,
            windows: 0,
            silent: 0,
            silent_run: 0,
            longest_run: 0,
            full_runs: vec![0; channels.max(1) as usize],
            clipped: 0,
            peak: 0.0,
            loudness,
        }
    }

    /// Interleaved samples, whole frames, full scale at 1.
    pub fn take(&mut self, samples: &[f32]) {
        for frame in samples.chunks_exact(self.channels) {
            for (channel, sample) in frame.iter().enumerate() {
                self.take_sample(channel, if sample.is_finite() { *sample } else { 0.0 });
            }
            self.frames += 1;
            self.in_window += 1;
            if self.in_window == self.window_frames {
                self.close_window();
            }
        }
        if self.loudness.as_mut().is_some_and(|meter| meter.add_frames_f32(samples).is_err()) {
            self.loudness = None;
        }
    }

    fn take_sample(&mut self, channel: usize, sample: f32) {
        let loud = sample.abs();
        self.energy += f64::from(sample) * f64::from(sample);
        self.peak = self.peak.max(loud);
        let run = &mut self.full_runs[channel];
        *run = if loud >= FULL_SCALE { *run + 1 } else { 0 };
        match (*run).cmp(&CLIPPED_RUN) {
            std::cmp::Ordering::Less => {}
            std::cmp::Ordering::Equal => self.clipped += CLIPPED_RUN,
            std::cmp::Ordering::Greater => self.clipped += 1,
        }
    }

    fn close_window(&mut self) {
        let power = self.energy / (self.in_window * self.channels as u64) as f64;
        self.windows += 1;
        if power < self.silent_power {
            self.silent += 1;
            self.silent_run += 1;
            self.longest_run = self.longest_run.max(self.silent_run);
        } else {
            self.silent_run = 0;
        }
        (self.energy, self.in_window) = (0.0, 0);
    }

    pub fn measured(mut self) -> Measured {
        if self.in_window > 0 {
            self.close_window();
        }
        let samples = self.frames * self.channels as u64;
        let lufs = self.loudness.and_then(|meter| meter.loudness_global().ok()).filter(|lufs| lufs.is_finite());
        Measured {
            silent_share: share(self.silent, self.windows),
            longest_silence_ms: self.longest_run * WINDOW_MS,
            clipped_share: share(self.clipped, samples),
            peak_dbfs: (self.peak > 0.0).then(|| 20.0 * f64::from(self.peak).log10()),
            loudness_lufs: lufs,
        }
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}
