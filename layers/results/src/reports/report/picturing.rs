//! A drawing for paper: bars with their numbers written out, in ink that prints, whatever theme a screen has. Pure.

use std::fmt::Write;

use super::composed::Drawing;

const ROW: usize = 26;
const LABEL: usize = 240;
const WIDTH: usize = 640;
const BAR: usize = WIDTH - LABEL - 90;

/// A bar: what it is, how many of how many.
pub struct Bar {
    pub label: String,
    pub part: usize,
    pub whole: usize,
}

/// Bars from zero to their wholes, each with its numbers.
#[must_use]
pub fn bars(title: &str, caption: &str, bars: &[Bar]) -> Drawing {
    let most = bars.iter().map(|bar| bar.whole).max().unwrap_or_default().max(1);
    let height = bars.len() * ROW + 8;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\">\
         <title>{}</title><g font-family=\"'Times New Roman', 'Tinos', serif\" font-size=\"14\" fill=\"#111\">",
        escaped(title)
    );
    for (at, bar) in bars.iter().enumerate() {
        let (top, length) = (at * ROW + 6, |count: usize| count * BAR / most);
        let _ = write!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\
             <rect x=\"{LABEL}\" y=\"{top}\" width=\"{}\" height=\"16\" fill=\"none\" stroke=\"#444\"/>\
             <rect x=\"{LABEL}\" y=\"{top}\" width=\"{}\" height=\"16\" fill=\"#1b6b72\"/>\
             <text x=\"{}\" y=\"{}\">{}/{}</text>",
            LABEL - 8,
            top + 13,
            escaped(&bar.label),
            length(bar.whole),
            length(bar.part),
            LABEL + length(bar.whole) + 8,
            top + 13,
            bar.part,
            bar.whole
        );
    }
    svg.push_str("</g></svg>");
    let said: Vec<String> = bars.iter().map(|bar| format!("{}: {}/{}", bar.label, bar.part, bar.whole)).collect();
    Drawing { svg, alt: format!("{title}. {}.", said.join("; ")), caption: caption.to_owned() }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_out_and_nothing_is_longer_than_its_whole() {
        let drawing = bars("Đã nộp", "", &[Bar { label: "Sở <A>".into(), part: 3, whole: 4 }]);
        assert!(drawing.svg.contains(">3/4<") && drawing.svg.contains("Sở &lt;A&gt;"));
        assert_eq!(drawing.alt, "Đã nộp. Sở <A>: 3/4.");
        assert!(bars("Không có", "", &[]).svg.ends_with("</svg>"));
    }
}
