//! The looks of a picture that leaves the house: written into each part, since Word, LibreOffice and readers of PDF know little of style
//! sheets. Black and white is enough to tell series apart: by dash, mark and filling. The colours are those of the light theme;
//! `web/tokens.test.mjs` compares them.

use super::canvas::{PAPER_WIDE, Tone, escaped, place};

/// Tokens of `web/styles/tokens.css`, light.
const COLOURS: [(&str, &str); 21] = [
    ("ink", "#122528"),
    ("ink-soft", "#3f5455"),
    ("line", "#dfdbce"),
    ("line-strong", "#6e8684"),
    ("paper-sunken", "#f5f1e8"),
    ("chart-1", "#0c6c68"),
    ("chart-2", "#a96a19"),
    ("chart-3", "#3c61a7"),
    ("chart-4", "#994f90"),
    ("on-time-bar", "#3f8c5e"),
    ("soon-bar", "#b77b1e"),
    ("late-bar", "#c24432"),
    ("waiting-bar", "#5178b2"),
    ("returned-bar", "#8f61aa"),
    ("unknown-bar", "#808b8f"),
    ("open-bar", "#62908f"),
    ("band-1", "#dcf0ed"),
    ("band-2", "#aed8d1"),
    ("band-3", "#7dbcb5"),
    ("band-4", "#257470"),
    ("band-5", "#094a48"),
];
const MARGIN: f64 = 16.0;
/// The line of the title, and that of the key.
const TITLE: f64 = 34.0;
const KEY: f64 = 24.0;

/// A token in the light theme.
#[must_use]
pub fn colour(token: &str) -> &'static str {
    COLOURS.iter().find(|(known, _)| *known == token).map_or("#122528", |(_, colour)| colour)
}

/// The dash of a series.
#[must_use]
pub fn dash(tone: Tone) -> &'static str {
    match (tone.state, tone.series) {
        ("unknown", _) => "5 4",
        ("", 2) => "8 4",
        ("", 3) => "3 3",
        ("", 4) => "10 3 3 3",
        _ => "",
    }
}

/// The attributes of a part, with a space before them.
#[must_use]
pub fn look(part: &str, tone: Tone) -> String {
    let own = match (tone.state, tone.series) {
        ("", 0) => colour("chart-1"),
        ("", series) => colour(&format!("chart-{series}")),
        (state, _) => colour(&format!("{state}-bar")),
    };
    let stroke = |colour: &str, wide: &str, dash: &str| {
        let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
        format!(" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{wide}\" stroke-linecap=\"butt\"{dash}")
    };
    match part {
        "grid" => stroke(colour("line"), "1", ""),
        "axis" => stroke(colour("line-strong"), "1", ""),
        "goal" => stroke(colour("ink"), "2", "4 3"),
        "goal-tick" => stroke(colour("ink"), "3", ""),
        "break" => stroke(colour("ink-soft"), "1", "2 3"),
        "stroke" => stroke(own, "2", dash(tone)),
        "whisker" => format!(" stroke=\"{own}\" stroke-width=\"6\" stroke-opacity=\"0.25\""),
        "band" => format!(" fill=\"{own}\" fill-opacity=\"0.18\""),
        "ground" => format!(" fill=\"{}\"", colour("paper-sunken")),
        "tick" => format!(" fill=\"{}\"", colour("ink-soft")),
        "word" => format!(" fill=\"{}\"", colour("ink")),
        "bar" => match tone.series {
            2 => format!(" fill=\"#ffffff\" stroke=\"{own}\" stroke-width=\"2\""),
            3 => format!(" fill=\"{own}\" fill-opacity=\"0.45\" stroke=\"{own}\" stroke-width=\"1\""),
            4 => format!(" fill=\"#ffffff\" stroke=\"{own}\" stroke-width=\"2\" stroke-dasharray=\"4 3\""),
            _ => format!(" fill=\"{own}\""),
        },
        _ => format!(" fill=\"{own}\""),
    }
}

/// Begins a picture so high: with its title, and what each series looks like where there are several.
#[must_use]
pub fn open(high: f64, title: &str, names: &str, key: &[(String, Tone)]) -> String {
    let head = TITLE + if key.len() > 1 { KEY } else { 0.0 };
    let (wide, high) = (place(PAPER_WIDE + 2.0 * MARGIN), place(high + head + 2.0 * MARGIN));
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" viewBox=\"0 0 {wide} {high}\" role=\"img\" \
         font-family=\"Be Vietnam Pro, Arial, sans-serif\" font-size=\"13\">{names}<rect width=\"{wide}\" height=\"{high}\" \
         fill=\"#ffffff\"/><text x=\"{MARGIN}\" y=\"32\" font-size=\"16\" font-weight=\"600\"{}>{}</text>",
        look("word", Tone::default()),
        escaped(title)
    );
    let each = PAPER_WIDE / key.len().max(1) as f64;
    for (turn, (name, tone)) in key.iter().enumerate().filter(|_| key.len() > 1) {
        let x = MARGIN + turn as f64 * each;
        let (from, to, words) = (place(x), place(x + 28.0), place(x + 36.0));
        let (line, word) = (look("stroke", *tone), look("word", Tone::default()));
        text.push_str(&format!("<line x1=\"{from}\" y1=\"52\" x2=\"{to}\" y2=\"52\"{line}/>"));
        text.push_str(&format!("<text x=\"{words}\" y=\"56\"{word}>{}</text>", escaped(name)));
    }
    text.push_str(&format!("<g transform=\"translate({MARGIN} {})\">", place(head + MARGIN)));
    text
}
