//! What people type or paste, made into HTML that may stand on a page: a narrow list of elements, everything else taken out
//! and its text kept. The same for the form, the editor, what Word puts on the clipboard, and imports.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{Options, Parser, html as cmark};

use super::{figures, marks};

/// What may stand in an article.
const TAGS: [&str; 28] = [
    "p",
    "br",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "strong",
    "em",
    "u",
    "s",
    "sub",
    "sup",
    // A note: see `figures`.
    "small",
    "a",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "caption",
    "figure",
    "figcaption",
    "img",
    "hr",
];

static NARROW: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes: HashMap<&str, HashSet<&str>> = HashMap::from([
        ("a", HashSet::from(["href", "title"])),
        ("img", HashSet::from(["src", "alt", "title"])),
        ("figure", HashSet::from(["data-embed"])),
        ("th", HashSet::from(["scope", "colspan", "rowspan"])),
        ("td", HashSet::from(["colspan", "rowspan"])),
        ("ol", HashSet::from(["start"])),
    ]);
    let mut narrow = Builder::new();
    narrow
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(["script", "style", "title", "xml"]))
        .tag_attributes(attributes)
        .allowed_classes(HashMap::from([("small", HashSet::from(["note"]))]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(Some("noopener noreferrer"))
        .strip_comments(true);
    narrow
});

/// HTML from what was typed: HTML where it begins with an element, else the plain marks of Markdown. Never fails: what can
/// not be read is text.
#[must_use]
pub fn body(typed: &str) -> String {
    let typed = typed.trim();
    if is_html(typed) { html(typed) } else { markdown(typed) }
}

/// HTML that may stand on a page, from any.
#[must_use]
pub fn html(dirty: &str) -> String {
    tidy(dirty)
}

/// HTML from the plain marks of Markdown.
#[must_use]
pub fn markdown(typed: &str) -> String {
    tidy(&marked_up(typed))
}

/// HTML from a text without marks: an empty line begins a paragraph.
#[must_use]
pub fn plain(text: &str) -> String {
    let escaped = text.replace("\r\n", "\n").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let paragraphs = escaped.split("\n\n").map(str::trim).filter(|one| !one.is_empty());
    tidy(&paragraphs.map(|one| format!("<p>{}</p>", one.replace('\n', "<br>"))).collect::<String>())
}

/// Whether what was typed is HTML.
#[must_use]
pub fn is_html(typed: &str) -> bool {
    let inside = typed.trim_start().strip_prefix('<');
    inside.is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '!'))
}

fn marked_up(typed: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut out = String::new();
    cmark::push_html(&mut out, Parser::new_ext(&marks::expanded(typed), options));
    out
}

/// Takes out what may not stand there: Word's own elements go, their text stays; a heading of the first rank becomes one of
/// the second, since the title is the first; paragraphs of nothing go.
fn tidy(dirty: &str) -> String {
    let renamed = dirty
        .replace("<h1", "<h2")
        .replace("</h1>", "</h2>")
        .replace("<b>", "<strong>")
        .replace("<b ", "<strong ")
        .replace("</b>", "</strong>")
        .replace("<i>", "<em>")
        .replace("<i ", "<em ")
        .replace("</i>", "</em>");
    let clean = NARROW.clean(&renamed).to_string();
    let composed = vietnamese::normalise(&clean).replace('\0', "").replace("\r\n", "\n");
    without_empty_paragraphs(&figures::settled(&composed))
}

fn without_empty_paragraphs(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<p>") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let inside = &from[3..];
        let end = inside.find("</p>").unwrap_or(inside.len());
        let is_empty = inside[..end]
            .replace("&nbsp;", " ")
            .replace("<br>", " ")
            .trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}')
            .is_empty();
        if is_empty && end < inside.len() {
            rest = &inside[end + 4..];
        } else {
            out.push_str("<p>");
            rest = inside;
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// The text alone, blocks on lines of their own: for the differences between revisions, for feeds, for the index.
#[must_use]
pub fn text(html: &str) -> String {
    const BLOCKS: [&str; 13] =
        ["p", "br", "h2", "h3", "h4", "li", "blockquote", "tr", "table", "figure", "figcaption", "ul", "ol"];
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('>') else { break };
        let name = rest[at + 1..at + end].trim_start_matches('/');
        let name = name.split([' ', '/']).next().unwrap_or_default();
        if BLOCKS.contains(&name) && !out.ends_with('\n') {
            out.push('\n');
        } else if (matches!(name, "td" | "th") || rest[at..].starts_with("<small")) && !out.ends_with(['\n', ' ']) {
            out.push(' ');
        }
        rest = &rest[at + end + 1..];
    }
    if !rest.starts_with('<') {
        out.push_str(rest);
    }
    let plain = out
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    plain.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn plain_marks_become_elements() {
        let html = body("## Kết quả\n\nĐã mở **12 lớp**, xem [báo cáo](https://vi.example/a).\n\n- một\n- hai");
        assert!(html.contains("<h2>Kết quả</h2>") && html.contains("<strong>12 lớp</strong>"), "{html}");
        assert!(html.contains("<li>một</li>") && html.contains("rel=\"noopener noreferrer\""), "{html}");
    }

    #[test]
    fn what_runs_or_hides_is_taken_out() {
        for dirty in [
            "<p onclick=\"alert(1)\">A</p><script>alert(1)</script>",
            "<p>A</p><img src=x onerror=alert(1)>",
            "<a href=\"javascript:alert(1)\">A</a>",
            "<p style=\"position:fixed\">A</p><iframe src=\"https://a.example\"></iframe>",
            "<svg><script>alert(1)</script></svg><p>A</p>",
            "A <script>alert(1)</script>",
            "[A](javascript:alert(1))",
        ] {
            let html = body(dirty);
            assert!(html.contains('A'), "{dirty} → {html}");
            for word in ["alert", "script", "onerror", "style", "iframe", "onclick"] {
                assert!(!html.contains(word), "{dirty} → {html}");
            }
        }
    }

    #[test]
    fn what_word_pastes_keeps_its_text_and_loses_its_clothes() {
        let word = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style><!-- /* Font Definitions */ --></style></head>\
            <body lang=VI style='tab-interval:36.0pt'><!--StartFragment--><p class=MsoNormal style='text-align:justify'><b><span \
            style='font-size:14.0pt;font-family:\"Times New Roman\",serif'>Xã Mỹ Hiệp mở lớp<o:p></o:p></span></b></p>\
            <p class=MsoNormal><span lang=VI>&nbsp;</span></p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>\
            <![if !supportLists]><span style='mso-list:Ignore'>-<span>&nbsp;&nbsp; </span></span><![endif]>Có 30 người học</p>\
            <table class=MsoTableGrid border=1><tr><td width=100><p class=MsoNormal>Ấp</p></td></tr></table><!--EndFragment--></body></html>";
        let html = body(word);
        assert!(html.contains("<strong>Xã Mỹ Hiệp mở lớp</strong>"), "{html}");
        assert!(html.contains("Có 30 người học") && html.contains("<td>"), "{html}");
        for word in ["Mso", "mso", "style", "o:p", "Font Definitions", "lang", "StartFragment", "supportLists", "<span"] {
            assert!(!html.contains(word), "{word}: {html}");
        }
    }

    #[test]
    fn pictures_that_are_elsewhere_become_links() {
        let html = body("<p><img src=\"https://a.example/b/cau.png\" alt=\"Cầu\"><img src=\"/anh/1.png\" alt=\"Kênh\"></p>");
        assert_eq!(
            html,
            "<p><a href=\"https://a.example/b/cau.png\" rel=\"noopener noreferrer\">Cầu</a><a href=\"/anh/1.png\" rel=\"noopener noreferrer\">Kênh</a></p>"
        );
    }

    #[test]
    fn pictures_notes_and_other_sites_keep_their_neutral_form() {
        const ID: &str = "019df0a0-0000-7000-8000-000000000001";
        let html = body(&format!(
            "Mở lớp[^1]\n\n![Cầu](/desk/library/{ID} \"Khởi công\")\n\n@[Phim](https://youtu.be/abc)\n\n[^1]: Báo cáo *tháng 3*"
        ));
        assert_eq!(
            html.replace('\n', ""),
            format!(
                "<p>Mở lớp<small class=\"note\">Báo cáo <em>tháng 3</em></small></p><figure><img src=\"/tu-lieu/{ID}/anh.jpg\" alt=\"Cầu\">\
                 <figcaption>Khởi công</figcaption></figure><figure data-embed=\"https://youtu.be/abc\"><figcaption>Phim</figcaption></figure>"
            )
        );
        assert_eq!(super::html(&html), html, "cleaned once more it is the same");
    }

    #[test]
    fn a_heading_of_the_first_rank_is_the_title_alone() {
        assert_eq!(body("<h1>A</h1><p>B</p><p> </p><p>&nbsp;</p>"), "<h2>A</h2><p>B</p>");
    }

    #[test]
    fn the_text_of_blocks_stands_on_lines() {
        assert_eq!(
            text("<h2>A &amp; B</h2><p>Một<br>hai</p><table><tr><td>x</td><td>y</td></tr></table>"),
            "A & B\nMột\nhai\nx y"
        );
        assert_eq!(text(""), "");
    }
}
