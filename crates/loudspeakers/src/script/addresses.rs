//! E-mail and web addresses: spelled, or left out.

use vietnamese::spelling::letter_name;

use super::Why;
use super::reading::{Heard, Reading};

const ENDINGS: [&str; 10] = [".vn", ".com", ".org", ".net", ".edu", ".info", ".io", ".gov", ".asia", ".eu"];

pub(super) fn address(reading: &Reading, at: usize) -> Option<Heard> {
    if reading.character_before(at).is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '@')) {
        return None;
    }
    let rest = reading.rest(at);
    let run = &rest[..rest.find(|c: char| !is_of_address(c)).unwrap_or(rest.len())];
    let run = run.trim_end_matches(['.', '-', '/', '?', '=', '&', ':', '_', '~', '#', '%']);
    if !is_address(run) {
        return None;
    }
    let end = at + run.len();
    let said = if reading.manner.addresses_said { spelled_out(run) } else { String::new() };
    Heard::doubted(said, end, Why::Address)
}

fn is_of_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '~' | '/' | '?' | '=' | '&' | ':' | '@' | '%' | '#' | '+')
}

fn is_address(run: &str) -> bool {
    let lower = run.to_ascii_lowercase();
    if ["http://", "https://", "www."].iter().any(|start| lower.len() > start.len() && lower.starts_with(start)) {
        return true;
    }
    let host = lower.split(['/', '?', ':', '#']).next().unwrap_or_default();
    let (name, domain) = host.split_once('@').map_or((None, host), |(name, domain)| (Some(name), domain));
    let is_domain = domain.split('.').count() > 1 && domain.split('.').all(|part| !part.is_empty());
    match name {
        Some(name) => !name.is_empty() && is_domain,
        None => is_domain && ENDINGS.iter().any(|ending| domain.ends_with(ending)) && domain.starts_with(char::is_alphanumeric),
    }
}

/// Signs by name, everything else letter by letter. The scheme and `www.` are not said.
fn spelled_out(run: &str) -> String {
    let lower = run.to_ascii_lowercase();
    let bare = lower.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let name = |c: char| match c {
        '.' => Some("chấm"),
        '@' => Some("a còng"),
        '/' => Some("gạch chéo"),
        '-' => Some("gạch ngang"),
        '_' => Some("gạch dưới"),
        ':' => Some("hai chấm"),
        '?' => Some("dấu hỏi"),
        '=' => Some("bằng"),
        '&' => Some("và"),
        '%' => Some("phần trăm"),
        '#' => Some("thăng"),
        '+' => Some("cộng"),
        '~' => Some("ngã"),
        _ => letter_name(c),
    };
    let digit = |c: char| c.is_ascii_digit().then(|| vietnamese::number::digits_in_words(c.encode_utf8(&mut [0; 4])));
    let said: Vec<String> = bare.chars().filter_map(|c| digit(c).or_else(|| name(c).map(str::to_owned))).collect();
    said.join(" ")
}
