//! Sounds as people bring them.

/// A WAV file of 16 bits, mono.
pub fn wav(rate_hz: u32, samples: impl Iterator<Item = f64>) -> Vec<u8> {
    let data: Vec<u8> = samples.flat_map(|sample| ((sample.clamp(-1.0, 1.0) * 32_767.0) as i16).to_le_bytes()).collect();
    header(rate_hz, 2, &data)
}

fn header(rate_hz: u32, bytes: u32, data: &[u8]) -> Vec<u8> {
    let mut file = b"RIFF".to_vec();
    file.extend((36 + data.len() as u32).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(rate_hz.to_le_bytes());
    file.extend((rate_hz * bytes).to_le_bytes());
    file.extend((bytes as u16).to_le_bytes());
    file.extend((bytes as u16 * 8).to_le_bytes());
    file.extend(b"data");
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(data);
    file
}

/// A sine of 440 Hz at 22,050 Hz, a quarter of full scale.
pub fn tone(seconds: u32) -> Vec<u8> {
    tone_at(22_050, seconds)
}

pub fn tone_at(rate_hz: u32, seconds: u32) -> Vec<u8> {
    let step = std::f64::consts::TAU * 440.0 / f64::from(rate_hz);
    wav(rate_hz, (0..rate_hz * seconds).map(move |at| 0.25 * (step * f64::from(at)).sin()))
}

pub fn silence(seconds: u32) -> Vec<u8> {
    wav(22_050, (0..22_050 * seconds).map(|_| 0.0))
}

/// Three hours in five megabytes.
pub fn three_hours() -> Vec<u8> {
    header(520, 1, &vec![128; 520 * 10_801])
}
