//! DOCX: what a reader sees of what the file holds.

#[path = "../../../fuzz/bodies/document_invariants.rs"]
mod invariants;

use std::io::{Cursor, Write};

use official_document::{Document, Limits, Media, Part, PartKind, ReadError, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// An archive of the given entries.
fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in entries {
        writer.start_file(*path, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(content.as_bytes()).expect("an entry");
    }
    writer.finish().expect("an archive").into_inner()
}

/// A document with the given body, styles and lists.
fn package(body: &str, styles: &str, numbering: &str) -> Vec<u8> {
    let relations = |inner: &str| format!("<Relationships>{inner}</Relationships>");
    let root = relations("<Relationship Id=\"r\" Type=\"x/officeDocument\" Target=\"word/document.xml\"/>");
    let own = relations(
        "<Relationship Id=\"s\" Type=\"x/styles\" Target=\"styles.xml\"/>\
         <Relationship Id=\"n\" Type=\"x/numbering\" Target=\"/word/numbering.xml\"/>",
    );
    let part = |root: &str, inner: &str| {
        format!("<?xml version=\"1.0\"?><w:{root} xmlns:w=\"{NAMESPACE}\" xmlns:mc=\"m\">{inner}</w:{root}>")
    };
    archive(&[
        ("_rels/.rels", &root),
        ("word/_rels/document.xml.rels", &own),
        ("word/document.xml", &part("document", &format!("<w:body>{body}</w:body>"))),
        ("word/styles.xml", &part("styles", styles)),
        ("word/numbering.xml", &part("numbering", numbering)),
    ])
}

fn opened(bytes: &[u8]) -> Document {
    let document = read(bytes, "thu.docx", &Limits::default()).expect("a document");
    invariants::check(&document);
    document
}

/// The lines of the text read from a body.
fn lines(body: &str) -> Vec<String> {
    opened(&package(body, "", "")).text.lines().map(str::to_owned).collect()
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn paragraph(text: &str) -> String {
    format!("<w:p>{}</w:p>", run(text))
}

fn cell(properties: &str, inner: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>")
}

fn code(bytes: &[u8]) -> &'static str {
    read(bytes, "thu.docx", &Limits::default()).map_or_else(|error| error.code(), |_| "read")
}

#[track_caller]
fn find<'a>(document: &'a Document, words: &str) -> &'a Part {
    document.walk().map(|(_, part)| part).find(|part| part.text.contains(words)).expect("the part")
}

#[test]
fn a_plan_saved_by_libreoffice() {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/documents/skills.docx")).expect("the file");
    let plan = opened(&bytes);
    assert_eq!(plan.source.media, Media::Docx);
    let value = |field: &Option<official_document::Field>| field.clone().map(|field| field.value).unwrap_or_default();
    assert_eq!(value(&plan.header.superior), "ỦY BAN NHÂN DÂN TỈNH MẪU");
    assert_eq!(value(&plan.header.symbol), "45/KH-SKHCN");
    let subject = "Phổ biến kỹ năng số cho người dân nông thôn trên địa bàn tỉnh Mẫu giai đoạn 2026 - 2028";
    assert_eq!(value(&plan.header.subject), subject);
    assert_eq!((plan.bases.len(), plan.preamble.len(), plan.recipients.len()), (2, 1, 3));
    let markers: Vec<&str> = plan.parts.iter().map(|part| part.marker.as_str()).collect();
    assert_eq!(markers, ["I.", "II.", "III."], "automatic numbers");
    assert!(plan.parts[0].emphasis.bold && !find(&plan, "sổ tay").emphasis.bold);
    assert!(find(&plan, "50%").text.ends_with("trực tuyến."), "the note's mark is left out");
    assert!(find(&plan, "phim ngắn").text.ends_with("hướng dẫn. Nhiệm vụ thường xuyên."), "what was inserted stays");
    assert!(!plan.text.contains("tờ rơi") && !plan.text.contains("điều tra"), "deletions and notes are left out");
    assert_eq!(plan.signature.and_then(|signature| signature.position).as_deref(), Some("PHÓ GIÁM ĐỐC"));
    assert_eq!(plan.appendices[0].title, "MẪU PHIẾU KHẢO SÁT");
    assert_eq!(plan.warnings, []);
}

#[test]
fn a_table_saved_by_libreoffice() {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/documents/skills.docx")).expect("the file");
    let plan = opened(&bytes);
    let table = plan.walk().find_map(|(_, part)| part.table.as_ref()).expect("a table");
    assert_eq!(table.columns, ["TT", "Nhiệm vụ", "Cơ quan / Chủ trì", "Cơ quan / Phối hợp", "Thời gian"]);
    assert_eq!(table.rows.len(), 14);
    assert!(table.rows[0].group && table.rows[3].group && !table.rows[4].group);
    let cell = &table.rows[1].cells[4];
    assert_eq!((cell.text.as_str(), plan.words(cell.span)), ("Quý II/2026", "Quý II/2026"));
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let moved = format!("<w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo>", run("cũ "), run("mới "));
    let body = format!("<w:p><w:ins>{}</w:ins><w:del><w:r><w:delText>bỏ </w:delText></w:r></w:del>{moved}</w:p>", run("thêm "));
    assert_eq!(lines(&body), ["thêm mới"]);
    let torn = format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>{}", run("Đoạn một "), paragraph("và hai."));
    assert_eq!(lines(&torn), ["Đoạn một và hai."]);
    let old_style = "<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange></w:pPr>";
    assert_eq!(lines(&format!("{old_style}{}</w:p>", run("Giữ"))), ["Giữ"]);
}

#[test]
fn signs_inside_runs() {
    let hyphen = "<w:p><w:r><w:t>57</w:t><w:noBreakHyphen/><w:t>NQ/TW</w:t><w:softHyphen/><w:tab/><w:t>một</w:t></w:r></w:p>";
    assert_eq!(lines(hyphen), ["57-NQ/TW\tmột"]);
    assert_eq!(
        lines("<w:p><w:r><w:sym w:font=\"Symbol\" w:char=\"F0B7\"/><w:t xml:space=\"preserve\"> Việc</w:t></w:r></w:p>"),
        ["• Việc"]
    );
    assert_eq!(lines("<w:p><w:r><w:t>KH&amp;CN &#7841; &lt;a&gt;</w:t></w:r></w:p>"), ["KH&CN ạ <a>"]);
    assert_eq!(lines("<w:p><w:r><w:t> gọn </w:t><w:t xml:space=\"preserve\"> rộng</w:t></w:r></w:p>"), ["gọn rộng"]);
    let code = "<w:p><w:r><w:fldChar/><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>7</w:t></w:r></w:p>";
    assert_eq!(lines(code), ["7"]);
}

#[test]
fn breaks_inside_paragraphs() {
    let broken = |above: &str, below: &str| lines(&format!("<w:p>{}<w:r><w:br/></w:r>{}</w:p>", run(above), run(below)));
    assert_eq!(broken("ỦY BAN NHÂN DÂN", "TỈNH MẪU"), ["ỦY BAN NHÂN DÂN TỈNH MẪU"]);
    assert_eq!(broken("KẾ HOẠCH", "Truyền thông năm 2026"), ["KẾ HOẠCH", "Truyền thông năm 2026"]);
    assert_eq!(broken("Việc một.", "- Việc hai."), ["Việc một.", "- Việc hai."]);
    assert_eq!(broken("Việc một,", "việc hai."), ["Việc một, việc hai."]);
}

#[test]
fn looks_come_from_runs_and_styles() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:name w:val=\"Tiêu đề\"/><w:rPr><w:b/><w:caps/></w:rPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"B\"><w:basedOn w:val=\"A\"/></w:style>";
    let body = format!("<w:p><w:pPr><w:pStyle w:val=\"B\"/></w:pPr>{}</w:p>{}", run("I. Mục tiêu"), paragraph("1. Một"));
    let document = opened(&package(&body, styles, ""));
    assert_eq!(document.parts[0].text, "MỤC TIÊU");
    assert!(document.parts[0].emphasis.bold && document.parts[0].emphasis.caps);
    let hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:rPr><w:i/><w:b w:val=\"0\"/></w:rPr><w:t>hiện</w:t></w:r></w:p>";
    let document = opened(&package(hidden, "", ""));
    assert_eq!(document.text.trim(), "hiện");
}

#[test]
fn lists_of_styles_and_contents_left_out() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Muc\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"TOC1\"><w:name w:val=\"toc 1\"/></w:style>";
    let lists = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
        <w:lvl w:ilvl=\"1\"><w:pStyle w:val=\"Muc\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%2.\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    let styled = |style: &str, words: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(words));
    let body = styled("TOC1", "I. MỤC TIÊU 2") + &styled("Muc", "Một") + &styled("Muc", "Hai");
    assert_eq!(opened(&package(&body, styles, lists)).text, "1. Một\n2. Hai\n");
}

#[test]
fn text_boxes_are_read_once() {
    let shape = |inner: &str| format!("<w:txbxContent>{inner}</w:txbxContent>");
    let both = format!(
        "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
        shape(&paragraph("trong khung")),
        shape(&paragraph("trong khung"))
    );
    assert_eq!(lines(&format!("<w:p>{}<w:r>{both}</w:r>{}</w:p>", run("trước "), run("sau"))), ["trước sau", "trong khung"]);
    let control =
        format!("<w:sdt><w:sdtPr><w:t>gợi ý</w:t></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", paragraph("nội dung"));
    assert_eq!(lines(&control), ["nội dung"]);
}

#[test]
fn tables_with_merged_cells() {
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let plain = |words: &str| cell("", &paragraph(words));
    let restart = |words: &str| cell("<w:vMerge w:val=\"restart\"/>", &paragraph(words));
    let below = || cell("<w:vMerge/>", "<w:p/>");
    let nested = format!("<w:tbl>{}</w:tbl>", row(&[plain("trong"), plain("bảng")]));
    let body = format!(
        "<w:tbl>{}{}{}{}<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr></w:tbl>",
        row(&[plain("TT"), plain("Nhiệm vụ"), plain("Đơn vị")]),
        row(&[plain("1"), plain("Việc một"), restart("Sở Mẫu")]),
        row(&[plain("2"), cell("", &(paragraph("Việc hai") + &nested)), below()]),
        row(&[cell("<w:gridSpan w:val=\"3\"/>", &paragraph("Nhóm"))]),
        plain("hàng đã bỏ"),
    );
    let document = opened(&package(&(paragraph("I. VIỆC") + &body), "", ""));
    let table = document.parts[0].children[0].table.as_ref().expect("a table");
    let cells: Vec<Vec<&str>> = table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect();
    assert_eq!(cells, [vec!["1", "Việc một", "Sở Mẫu"], vec!["2", "Việc hai\ntrong\nbảng", "Sở Mẫu"], vec!["Nhóm", "", ""]]);
    assert!(table.rows[2].group);
    assert_eq!(document.parts[0].children[0].kind, PartKind::Table);
}

#[test]
fn tables_that_only_set_text_side_by_side() {
    let columns = |left: &str, right: &str| {
        format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("", &paragraph(left)), cell("", &paragraph(right)))
    };
    let body = columns("UBND TỈNH MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + &paragraph("KẾ HOẠCH")
        + &paragraph("I. VIỆC")
        + &columns("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN")
        + &format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell("", &paragraph("khung")));
    let document = opened(&package(&body, "", ""));
    assert_eq!(document.header.issuer.map(|field| field.value).as_deref(), Some("UBND TỈNH MẪU"));
    assert_eq!(document.signature.and_then(|signature| signature.authority).as_deref(), Some("TM. ỦY BAN NHÂN DÂN"));
}

#[test]
fn files_that_can_not_be_read_say_why() {
    let whole = package(&paragraph("Việc"), "", "");
    assert_eq!(code(&whole[..whole.len() / 2]), "corrupt");
    assert_eq!(code(b"PK\x03\x04rac"), "corrupt");
    assert_eq!(code(&package("<w:p>", "", "")), "corrupt");
    assert_eq!(code(&package("", "", "")), "empty");
    assert_eq!(code(&archive(&[("xl/workbook.xml", "<a/>")])), "unknown-format");
    let relations = "<Relationships><Relationship Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
    assert_eq!(code(&archive(&[("_rels/.rels", relations), ("xl/workbook.xml", "<workbook/>")])), "unknown-format");
    let entity = "<!DOCTYPE a [<!ENTITY b \"c\">]><w:document xmlns:w=\"wordprocessingml\"/>";
    let relations = "<Relationships><Relationship Type=\"x/officeDocument\" Target=\"d.xml\"/></Relationships>";
    assert_eq!(code(&archive(&[("_rels/.rels", relations), ("d.xml", entity)])), "corrupt");
}

#[test]
fn compound_files_are_encrypted_or_old() {
    let compound = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 512], &name].concat()
    };
    assert_eq!(code(&compound("EncryptedPackage")), "encrypted");
    assert_eq!(code(&compound("WordDocument")), "legacy-doc");
}

#[test]
fn archives_made_to_burst() {
    let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
    let bomb = package(&paragraph(&"việc ".repeat(1 << 19)), "", "");
    assert!(bomb.len() < 64 << 10);
    assert_eq!(read(&bomb, "bom.docx", &limits), Err(ReadError::ZipBomb { limit: 1 << 20 }));
    let names: Vec<String> = (0..50).map(|place| format!("word/{place}.xml")).collect();
    let entries: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    let limits = Limits { entries: 40, ..Limits::default() };
    assert_eq!(read(&archive(&entries), "bom.docx", &limits).map_err(|error| error.code()), Err("zip-bomb"));
    let limits = Limits { paragraphs: 10, ..Limits::default() };
    let long = package(&paragraph("- việc").repeat(11), "", "");
    assert_eq!(read(&long, "dai.docx", &limits), Err(ReadError::TooManyParts { limit: 10 }));
    let limits = Limits { time: std::time::Duration::ZERO, ..Limits::default() };
    assert_eq!(read(&long, "lau.docx", &limits).map_err(|error| error.code()), Err("timed-out"));
}

#[test]
fn nesting_without_end() {
    let open = "<w:tbl><w:tr><w:tc>".repeat(2000);
    let close = "</w:tc></w:tr></w:tbl>".repeat(2000);
    let body = format!("{open}{}{close}{}", paragraph("sâu"), paragraph("Việc"));
    assert_eq!(code(&package(&body, "", "")), "read");
    let boxes = format!(
        "{}{}{}",
        "<w:p><w:r><w:txbxContent>".repeat(2000),
        paragraph("sâu"),
        "</w:txbxContent></w:r></w:p>".repeat(2000)
    );
    assert_eq!(code(&package(&boxes, "", "")), "read");
}
