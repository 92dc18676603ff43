//! Pieces of Office Open XML (ECMA-376) that everything written here is made of.

use std::fmt::Write as _;
use std::io::{self, Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::paper::Run;

pub(crate) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
pub(crate) const WORDS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(crate) const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/";

/// What is left of A4 between its margins, upright and on its side, in twentieths of a point.
pub(crate) const UPRIGHT: usize = 9354;
pub(crate) const WIDE: usize = 14286;

/// Times New Roman, 14 points, as NĐ 30/2020/NĐ-CP, Appendix I asks.
pub(crate) const LETTERS: &str = "<w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/><w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault>";

/// What a package of words is made of.
#[derive(Debug, Default)]
pub(crate) struct Package {
    /// For catalogues.
    pub title: String,
    pub author: String,
    /// `2026-07-20`; empty: not said.
    pub day: String,
    /// What stands in `w:body`.
    pub body: String,
    /// What stands in `w:styles`.
    pub styles: String,
    /// Addresses, by the numbers that [`Package::made`] gave them.
    links: Vec<String>,
    /// Further parts beside the document.
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    /// Under `word/`.
    name: String,
    /// The last step of the type of the relation: "header", "image" …
    kind: &'static str,
    /// What is said in `[Content_Types].xml`; none for endings that are known.
    media: Option<String>,
    bytes: Vec<u8>,
}

impl Package {
    /// Without a word yet.
    pub fn new(title: &str, styles: String) -> Self {
        Self { title: title.to_owned(), styles, ..Self::default() }
    }

    /// Adds a part and gives the id of its relation.
    pub fn part(&mut self, name: &str, kind: &'static str, media: Option<&str>, bytes: Vec<u8>) -> String {
        self.parts.push(Part { name: name.to_owned(), kind, media: media.map(str::to_owned), bytes });
        format!("p{}", self.parts.len())
    }

    /// A paragraph of runs; `look` gives the properties of a run that leads nowhere or somewhere.
    pub fn made(&mut self, runs: &[Run], properties: &str, look: impl Fn(&Run) -> String) -> String {
        let mut made = format!("<w:p>{properties}");
        for one in runs {
            let inner = run(&one.text, &look(one));
            if one.href.is_empty() {
                made.push_str(&inner);
                continue;
            }
            let place = self.links.iter().position(|href| *href == one.href).unwrap_or_else(|| {
                self.links.push(one.href.clone());
                self.links.len() - 1
            });
            let _ = write!(made, "<w:hyperlink r:id=\"l{}\">{inner}</w:hyperlink>", place + 1);
        }
        made.push_str("</w:p>");
        made
    }

    fn relations(&self) -> String {
        let mut all = format!("<Relationship Id=\"s\" Type=\"{RELATION}/styles\" Target=\"styles.xml\"/>");
        for (place, href) in (1..).zip(&self.links) {
            let href = escaped(href);
            let _ = write!(
                all,
                "<Relationship Id=\"l{place}\" Type=\"{RELATION}/hyperlink\" Target=\"{href}\" TargetMode=\"External\"/>"
            );
        }
        for (place, Part { name, kind, .. }) in (1..).zip(&self.parts) {
            let _ = write!(all, "<Relationship Id=\"p{place}\" Type=\"{RELATION}/{kind}\" Target=\"{name}\"/>");
        }
        format!("{HEAD}<Relationships xmlns=\"{PACKAGE}relationships\">{all}</Relationships>")
    }

    fn types(&self) -> String {
        let mut all = String::new();
        for (ending, media) in [
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("png", "image/png"),
            ("svg", "image/svg+xml"),
        ] {
            let _ = write!(all, "<Default Extension=\"{ending}\" ContentType=\"{media}\"/>");
        }
        let words = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
        let mut own = vec![
            ("/word/document.xml".to_owned(), format!("{words}document.main+xml")),
            ("/word/styles.xml".to_owned(), format!("{words}styles+xml")),
            ("/docProps/core.xml".to_owned(), "application/vnd.openxmlformats-package.core-properties+xml".to_owned()),
        ];
        own.extend(
            self.parts
                .iter()
                .filter_map(|part| Some((format!("/word/{}", part.name), format!("{words}{}+xml", part.media.as_ref()?)))),
        );
        for (name, media) in own {
            let _ = write!(all, "<Override PartName=\"{name}\" ContentType=\"{media}\"/>");
        }
        format!("{HEAD}<Types xmlns=\"{PACKAGE}content-types\">{all}</Types>")
    }

    fn core(&self) -> String {
        let day = match self.day.as_str() {
            "" => String::new(),
            day => format!("<dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created>"),
        };
        let author = match self.author.as_str() {
            "" => String::new(),
            author => format!("<dc:creator>{}</dc:creator>", escaped(author)),
        };
        format!(
            "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>{author}{day}</cp:coreProperties>",
            escaped(&self.title)
        )
    }

    /// The file.
    ///
    /// # Errors
    /// The package can not be put together.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let root = format!(
            "{HEAD}<Relationships xmlns=\"{PACKAGE}relationships\"><Relationship Id=\"d\" Type=\"{RELATION}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"c\" Type=\"{PACKAGE}relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
        );
        let document =
            format!("{HEAD}<w:document xmlns:w=\"{WORDS}\" xmlns:r=\"{RELATION}\"><w:body>{}</w:body></w:document>", self.body);
        let styles = format!("{HEAD}<w:styles xmlns:w=\"{WORDS}\">{}</w:styles>", self.styles);
        let files = [
            ("[Content_Types].xml", self.types()),
            ("_rels/.rels", root),
            ("docProps/core.xml", self.core()),
            ("word/document.xml", document),
            ("word/styles.xml", styles),
            ("word/_rels/document.xml.rels", self.relations()),
        ];
        let mut package = ZipWriter::new(Cursor::new(Vec::new()));
        let mut put = |name: &str, bytes: &[u8]| -> io::Result<()> {
            package.start_file(name, SimpleFileOptions::default()).map_err(io::Error::other)?;
            package.write_all(bytes)
        };
        files.iter().try_for_each(|(name, text)| put(name, text.as_bytes()))?;
        self.parts.iter().try_for_each(|part| put(&format!("word/{}", part.name), &part.bytes))?;
        Ok(package.finish().map_err(io::Error::other)?.into_inner())
    }
}

/// A4; 20 mm above and below, 30 mm left, 15 mm right (NĐ 30/2020/NĐ-CP, Appendix I, part I.1), in twentieths of a point. `first`
/// and `last` are what else a section says, before and after its page.
pub(crate) fn section(is_wide: bool, first: &str, last: &str) -> String {
    let size = if is_wide { "w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"" } else { "w:w=\"11906\" w:h=\"16838\"" };
    format!(
        "<w:sectPr>{first}<w:pgSz {size}/><w:pgMar w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>{last}</w:sectPr>"
    )
}

/// Words as a run; line ends and tabs stay.
pub(crate) fn run(text: &str, properties: &str) -> String {
    let mut made = format!("<w:r>{properties}");
    for (place, line) in text.split('\n').enumerate() {
        if place > 0 {
            made.push_str("<w:br/>");
        }
        for (place, piece) in line.split('\t').enumerate() {
            if place > 0 {
                made.push_str("<w:tab/>");
            }
            if !piece.is_empty() {
                let _ = write!(made, "<w:t xml:space=\"preserve\">{}</w:t>", escaped(piece));
            }
        }
    }
    made.push_str("</w:r>");
    made
}

/// Text in XML 1.0: letters that it has no place for (section 2.2) are left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            letter => out.push(letter),
        }
    }
    out
}
