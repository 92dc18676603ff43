//! Recorded files: what is measured and what is refused (scenario C-4: three hours, silence, a wrong sample rate).

use std::io::Cursor;

use loudspeakers::audio::{Finding, Kind, Limits, Refusal, inspect, length_ms};

const MP3: &[u8] = include_bytes!("sounds/tone.mp3");
const OGG: &[u8] = include_bytes!("sounds/tone.ogg");
const AAC: &[u8] = include_bytes!("sounds/tone.aac");
const M4A: &[u8] = include_bytes!("sounds/tone.m4a");
const OPUS: &[u8] = include_bytes!("sounds/opus.ogg");

fn limits() -> Limits {
    Limits { bytes_max: 1 << 30, duration_ms_min: 500, duration_ms_max: 60_000, ..Limits::default() }
}

fn look(bytes: &[u8]) -> Finding {
    inspect(Cursor::new(bytes.to_vec()), &limits())
}

/// A WAV file of 16 bits, mono.
fn wav(rate_hz: u32, samples: impl Iterator<Item = f64>) -> Vec<u8> {
    let data: Vec<u8> = samples.flat_map(|sample| ((sample.clamp(-1.0, 1.0) * 32_767.0) as i16).to_le_bytes()).collect();
    let mut file = b"RIFF".to_vec();
    file.extend((36 + data.len() as u32).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(rate_hz.to_le_bytes());
    file.extend((rate_hz * 2).to_le_bytes());
    file.extend(b"\x02\0\x10\0data");
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(data);
    file
}

/// A sine of 440 Hz.
fn tone(rate_hz: u32, ms: u32, loud: f64) -> impl Iterator<Item = f64> {
    let step = std::f64::consts::TAU * 440.0 / f64::from(rate_hz);
    (0..rate_hz * ms / 1000).map(move |at| loud * (step * f64::from(at)).sin())
}

fn silence(rate_hz: u32, ms: u32) -> impl Iterator<Item = f64> {
    (0..rate_hz * ms / 1000).map(|_| 0.0)
}

#[test]
fn every_kind_is_heard() {
    let wave = wav(22_050, tone(22_050, 2000, 0.25));
    for (bytes, kind) in [(&wave[..], Kind::Wav), (MP3, Kind::Mp3), (OGG, Kind::Ogg), (AAC, Kind::Aac), (M4A, Kind::M4a)] {
        let finding = look(bytes);
        let audio = finding.audio.as_ref().unwrap_or_else(|| panic!("{kind:?}: {:?}", finding.refusals));
        assert_eq!(finding.refusals, [], "{kind:?}");
        assert_eq!((audio.kind, audio.sample_rate_hz, audio.channels), (kind, 22_050, 1));
        assert!((1_950..=2_150).contains(&audio.duration_ms), "{kind:?} {}", audio.duration_ms);
        assert!(audio.silent_share < 0.06 && audio.clipped_share == 0.0, "{kind:?} {audio:?}");
        // A quarter of full scale is 12 dB below it; a sine's loudness is 3 dB below its peak, less what BS.1770 weighs.
        let (peak, lufs) = (audio.peak_dbfs.unwrap(), audio.loudness_lufs.unwrap());
        // The AAC encoder that made the file overshoots at its first frame.
        assert!((-13.0..=-5.0).contains(&peak) && (-17.0..=-14.0).contains(&lufs), "{kind:?} {peak} {lufs}");
    }
}

#[test]
fn the_length_of_a_sound_is_known_without_decoding_it() {
    let wave = wav(22_050, tone(22_050, 2000, 0.25));
    for bytes in [&wave[..], MP3, OGG, AAC, M4A] {
        let heard = look(bytes).audio.unwrap().duration_ms;
        let told = length_ms(Cursor::new(bytes.to_vec())).unwrap();
        assert!(told.abs_diff(heard) <= 150, "{told} {heard}");
    }
    assert_eq!(length_ms(Cursor::new(wave)), Some(2_000));
    // A header that was written before the length was known promises nothing.
    let mut endless = wav(16_000, tone(16_000, 3000, 0.25));
    endless[4..8].fill(0xFF);
    let told = length_ms(Cursor::new(endless)).unwrap();
    assert!(told.abs_diff(3_000) <= 150, "{told}");
    assert_eq!(length_ms(Cursor::new(b"no sound at all, but some bytes".to_vec())), None);
    assert_eq!(length_ms(Cursor::new(Vec::new())), None);
}

#[test]
fn silence_is_measured() {
    let rate = 16_000;
    let gap = wav(rate, tone(rate, 2000, 0.3).chain(silence(rate, 1000)).chain(tone(rate, 1000, 0.3)));
    let audio = look(&gap).audio.unwrap();
    assert_eq!((audio.silent_share, audio.longest_silence_ms, audio.is_silent()), (0.25, 1000, false));
    let strict = Limits { silence_ms_max: 900, silent_share_max: 0.2, ..limits() };
    let refusals = inspect(Cursor::new(gap), &strict).refusals;
    assert_eq!(refusals, [Refusal::MostlySilent { share: 0.25, max: 0.2 }, Refusal::Gap { ms: 1000, max: 900 }]);
    assert_eq!(look(&wav(rate, silence(rate, 2000))).refusals, [Refusal::Silent]);
    assert_eq!(look(&wav(rate, tone(rate, 2000, 0.001))).refusals, [Refusal::Silent]);
    assert!(matches!(look(&wav(rate, tone(rate, 2000, 0.008))).refusals[..], [Refusal::Quiet { .. }]));
}

#[test]
fn a_cut_off_wave_is_told_from_a_loud_one() {
    let loud = look(&wav(44_100, tone(44_100, 1000, 0.99)));
    assert_eq!((loud.refusals.len(), loud.audio.unwrap().clipped_share), (0, 0.0));
    let clipped = look(&wav(44_100, tone(44_100, 1000, 3.0)));
    assert!(matches!(clipped.refusals[..], [Refusal::Clipped { share, .. }] if share > 0.5));
}

#[test]
fn what_does_not_fit_is_refused_with_its_reason() {
    let tone_at = |rate, ms| wav(rate, tone(rate, ms, 0.25));
    assert_eq!(look(&tone_at(11_025, 1000)).refusals, [Refusal::SampleRate { hz: 11_025 }]);
    assert_eq!(look(&tone_at(16_000, 200)).refusals, [Refusal::Short { ms: 200, min: 500 }]);
    assert_eq!(look(b"%PDF-1.7 and so on").refusals, [Refusal::NotAudio]);
    assert_eq!(look(b"").refusals, [Refusal::Empty]);
    assert!(matches!(look(OPUS).refusals[..], [Refusal::NotDecodable { .. }]));
    let small = Limits { bytes_max: 100, ..limits() };
    assert!(matches!(inspect(Cursor::new(MP3), &small).refusals[..], [Refusal::Large { max: 100, .. }]));
    let mut noise = b"RIFF\0\0\0\0WAVE".to_vec();
    noise.extend(std::iter::repeat_n(7, 5000));
    assert!(!look(&noise).is_taken());
}

#[test]
fn a_broken_off_file_is_told() {
    let wave = wav(22_050, tone(22_050, 2000, 0.25));
    for (bytes, name) in [(&wave[..], "wav"), (MP3, "mp3"), (OGG, "ogg"), (M4A, "m4a")] {
        let finding = look(&bytes[..bytes.len() * 6 / 10]);
        assert!(finding.refusals.contains(&Refusal::Truncated), "{name}: {finding:?}");
    }
}

/// Three hours of silence that are made as they are read.
struct ThreeHours {
    head: Vec<u8>,
    bytes: u64,
    at: u64,
    read: u64,
}

impl std::io::Read for ThreeHours {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = (buffer.len() as u64).min(self.bytes - self.at) as usize;
        for (i, byte) in buffer[..count].iter_mut().enumerate() {
            *byte = self.head.get(self.at as usize + i).copied().unwrap_or(0);
        }
        self.at += count as u64;
        self.read += count as u64;
        assert!(self.read < 4 << 20, "a file that is too long is not read to its end");
        Ok(count)
    }
}

impl std::io::Seek for ThreeHours {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.at = match to {
            std::io::SeekFrom::Start(at) => at,
            std::io::SeekFrom::End(at) => self.bytes.saturating_add_signed(at),
            std::io::SeekFrom::Current(at) => self.at.saturating_add_signed(at),
        };
        Ok(self.at)
    }
}

#[test]
fn three_hours_are_refused_without_being_heard() {
    let samples: u64 = 3 * 3600 * 16_000;
    let mut head = wav(16_000, std::iter::empty());
    head[40..44].copy_from_slice(&(samples as u32 * 2).to_le_bytes());
    head[4..8].copy_from_slice(&(samples as u32 * 2 + 36).to_le_bytes());
    let file = ThreeHours { bytes: 44 + samples * 2, head: head.clone(), at: 0, read: 0 };
    assert_eq!(inspect(file, &limits()).refusals, [Refusal::Long { ms: 10_800_000, max: 60_000 }]);
    // The same without a promise: given up after a minute.
    head[40..44].copy_from_slice(&u32::MAX.to_le_bytes());
    head[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
    let file = ThreeHours { bytes: 44 + samples * 2, head, at: 0, read: 0 };
    let finding = inspect(file, &limits());
    assert!(matches!(finding.refusals[..], [Refusal::Long { .. }, Refusal::Silent]), "{finding:?}");
    assert!(finding.audio.unwrap().stopped_early);
}

#[test]
fn noise_within_a_file_is_passed_over_and_counted() {
    let mut hurt = MP3.to_vec();
    let middle = hurt.len() / 2;
    hurt[middle..middle + 700].fill(0xA5);
    let finding = look(&hurt);
    let audio = finding.audio.unwrap();
    assert!(audio.duration_ms > 1_500, "{audio:?}");
    let strict = Limits { broken_packets_max: 0, ..limits() };
    let is_refused =
        inspect(Cursor::new(hurt), &strict).refusals.iter().any(|why| matches!(why, Refusal::Broken { .. } | Refusal::Truncated));
    assert_eq!(is_refused, audio.broken_packets > 0 || audio.truncated);
}
