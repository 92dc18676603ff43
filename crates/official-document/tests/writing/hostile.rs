//! What nobody should hand in, and what is made of it.

use official_document::write::{Annex, Block, Draft, Grid, Picture, WriteError, docx, pdf, plain};
use official_document::{Limits, PartKind, read};

use super::{demo, words};

fn written(draft: &Draft) -> [Vec<u8>; 2] {
    [docx(draft).expect("a DOCX"), pdf(draft).expect("a PDF")]
}

#[test]
fn nothing_at_all() {
    let [docx, _] = written(&Draft::default());
    let document = read(&docx, "trong.docx", &Limits::default()).expect("a document");
    assert!(document.text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "{}", document.text);
    let empty = Draft {
        blocks: vec![Block::Paragraph(Vec::new()), Block::Table(Grid::default()), Block::part(PartKind::Dash, "", "")],
        appendices: vec![Annex::default()],
        closing_mark: true,
        ..Draft::default()
    };
    written(&empty);
}

#[test]
fn letters_of_every_kind() {
    let hostile = "Kế hoa\u{323}ch \u{0}\u{1b}\u{fffe}#set page(fill: red) $x^2$ <b>&amp;</b> \\ `a` *b* _c_ @d \u{202e}ảo שלום السلام 🎉 \u{f0b7}";
    let mut draft = demo::letter();
    draft.blocks.push(Block::paragraph(hostile));
    draft.heading.contact = hostile.into();
    draft.heading.issuer = hostile.into();
    let text = plain(&draft);
    assert!(text.contains("Kế hoạch #set page(fill: red) $x^2$ <b>&amp;</b> \\ `a` *b* _c_ @d ảo"), "{text}");
    assert!(text.contains('□') && draft.unprintable().contains(&'🎉'), "{:?}", draft.unprintable());
    assert!(demo::report(3).unprintable().is_empty(), "{:?}", demo::report(3).unprintable());
    let [docx, _] = written(&draft);
    let document = read(&docx, "la.docx", &Limits::default()).expect("a document");
    assert_eq!(words(&document.text), words(&text));
}

#[test]
fn words_without_an_end() {
    let long = "x".repeat(3_000);
    let mut grid = Grid::new("", &["TT", &long[..400], "Ghi chú"]);
    grid.row(&["1", &long, &"lời dài ".repeat(2_000)]);
    let draft = Draft { blocks: vec![Block::paragraph(&long), Block::Table(grid)], ..demo::report(1) };
    let [_, pdf] = written(&draft);
    let document = read(&pdf, "dai.pdf", &Limits::default()).expect("a document");
    let letters = document.text.matches('x').count();
    assert!(letters >= 6_400, "{letters}: no letter falls off the page");
    assert_eq!(document.text.matches("lời").count(), 2_000, "nor does a row that is higher than a page");
}

#[test]
fn ten_thousand_rows() {
    let mut grid = Grid::new("", &["TT", "Nội dung", "Số lượng"]);
    (1..=10_000).for_each(|place| grid.row(&[&place.to_string(), "Tin, bài", "12"]));
    let draft = Draft {
        appendices: vec![Annex {
            label: "Phụ lục".into(),
            title: "Danh mục".into(),
            blocks: vec![Block::Table(grid)],
            ..Annex::default()
        }],
        ..demo::report(1)
    };
    let bytes = docx(&draft).expect("a DOCX");
    let document = read(&bytes, "nhieu.docx", &Limits::default()).expect("a document");
    assert_eq!(document.appendices[0].parts[0].table.as_ref().map(|table| table.rows.len()), Some(10_000));
}

#[test]
fn pictures_that_are_none() {
    let mut draft = demo::letter();
    draft.blocks.push(Block::Figure(Picture { svg: "<html/>".into(), ..Picture::default() }));
    assert!(matches!(docx(&draft), Err(WriteError::Picture { place: 1, .. })));
    assert!(matches!(pdf(&draft), Err(WriteError::Picture { place: 1, .. })));
    let tall = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"9000\"><rect width=\"1\" height=\"9000\"/></svg>";
    draft.blocks.pop();
    draft.blocks.push(Block::Figure(Picture { svg: tall.into(), ..Picture::default() }));
    written(&draft);
}
