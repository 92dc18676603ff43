//! One book with everything in it, made as everything there is.

use std::collections::BTreeMap;
use std::process::Command;

use chrono::{NaiveDate, TimeZone, Utc};
use typesetting::{Book, Figure, Media, Part, Picture, Words, epub, html, offline, pdf};

/// A picture of 2 × 1 pixels.
#[rustfmt::skip]
const PNG: &[u8] = &[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x7b, 0x40, 0xe8, 0xdd, 0x00, 0x00, 0x00, 0x0f, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xa8, 0xe8, 0x69, 0x8a, 0xca, 0x4b, 0x01, 0x00, 0x09, 0xe9, 0x02, 0xb3, 0x6b, 0xe0, 0x7f, 0x17, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];

const TEXT: &str = "<h2>Trước khi bắt đầu</h2>\
    <p>Chuẩn bị <strong>điện thoại</strong> và <em>căn cước</em>; xem <a href=\"#bao-mat\">phần bảo mật</a>, \
    <a href=\"/huong-dan\">hướng dẫn</a> và <a href=\"https://vi.example/a?b=1&amp;c=2\">trang ngoài</a>.[^1]</p>\
    <h3>Từng bước</h3><ol start=\"2\"><li>Mở máy</li><li><p>Nhập mã</p><ul><li>sáu số</li></ul></li></ol>\
    <blockquote><p>Không đưa mã cho ai.</p></blockquote>\
    <table><caption>Việc và thời gian</caption><thead><tr><th>Việc</th><th>Phút</th></tr></thead>\
    <tbody><tr><th rowspan=\"2\">Đăng ký</th><td>10</td></tr><tr><td>15</td></tr><tr><td colspan=\"2\">Hết</td></tr></tbody></table>\
    <figure><img src=\"a.png\" alt=\"Ô vuông\"><figcaption>Hình minh họa</figcaption></figure><hr>\
    <p>Ẵ Ậ Ỹ đường dây 1 &lt; 2 &amp; #set text(red) $x$ [^1]</p><p>[^1]: Theo <em>quy định</em> hiện hành.</p>";

fn book() -> Book {
    let read = html::read(TEXT);
    assert!(read.wordless.is_empty() && read.unreached.is_empty());
    let part = |anchor: &str, title: &str, read: html::Read| Part {
        anchor: anchor.into(),
        title: title.into(),
        blocks: read.blocks,
        notes: read.notes,
    };
    let mut parts = vec![
        part("mo-dau", "Mở đầu", read),
        part("bao-mat", "Bảo mật “tài khoản”", html::read("<p>Về <a href=\"#mo-dau\">đầu</a>.</p>")),
    ];
    for figure in parts.iter_mut().flat_map(|part| &mut part.blocks) {
        figure.each_figure(&mut |figure| figure.credit = "Cơ quan minh họa".into());
    }
    let picture = Picture { media: Media::Png, bytes: PNG.into(), width: 2, height: 1 };
    Book {
        id: "urn:uuid:01a21c00-0000-7000-8000-000000000001".into(),
        title: "Sổ tay kỹ năng số".into(),
        subtitle: "Cho người mới bắt đầu".into(),
        owner: "Sở Khoa học và Công nghệ".into(),
        language: "vi".into(),
        edition: "Lần 2".into(),
        description: "Những việc làm được trên điện thoại.".into(),
        date: NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day"),
        modified: Utc.with_ymd_and_hms(2026, 3, 2, 7, 0, 0).single().expect("a second"),
        address: "https://vi.example/an-pham/so-tay/lan-2".into(),
        origin: "https://vi.example".into(),
        cover: Some(Figure { picture: "a.png".into(), alt: "Bìa".into(), ..Figure::default() }),
        imprint: vec![("Chủ quản".into(), "Ủy ban nhân dân tỉnh".into())],
        words: Words {
            contents: "Mục lục".into(),
            cover: "Bìa".into(),
            imprint: "Thông tin xuất bản".into(),
            notes: "Chú thích".into(),
            back: "Về chỗ có chú thích".into(),
            next: "Tiếp".into(),
            previous: "Trước".into(),
            accessibility: "Có mục lục, mô tả hình, đọc được bằng trình đọc màn hình.".into(),
        },
        parts,
        pictures: BTreeMap::from([("a.png".to_owned(), picture)]),
    }
}

#[test]
fn the_pdf_is_read_aloud_in_vietnamese() {
    let bytes = pdf::write(&book()).expect("a PDF");
    let text = pdf_extract::extract_text_from_mem(&bytes).expect("text");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["Sổ tay kỹ năng số", "Chuẩn bị điện thoại", "Ẵ Ậ Ỹ đường dây", "#set text(red) $x$", "Theo quy định", "Mục lục"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let document = lopdf::Document::load_mem(&bytes).expect("a document");
    let catalog = document.catalog().expect("a catalogue");
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines"), "{catalog:?}");
    assert_eq!(catalog.get(b"Lang").and_then(lopdf::Object::as_str).expect("a language"), b"vi");
    let whole = String::from_utf8_lossy(&bytes).into_owned();
    assert!(whole.contains("pdfuaid:part"), "says which standard it follows");
    assert!(whole.contains("Sổ tay kỹ năng số"), "its metadata have the title");
    assert_eq!(bytes, pdf::write(&book()).expect("again"), "the same book makes the same bytes");
}

#[test]
fn a_letter_without_a_glyph_is_named() {
    let mut book = book();
    book.parts[1].blocks.push(typesetting::Block::paragraph("Chúc mừng 🎉"));
    assert_eq!(book.parts[1].unprintable(), ['🎉']);
    assert!(book.parts[0].unprintable().is_empty(), "{:?}", book.parts[0].unprintable());
    assert!(pdf::write(&book).is_err());
}

#[test]
fn the_epub_is_valid() {
    let bytes = epub::write(&book()).expect("an EPUB");
    assert_eq!(bytes, epub::write(&book()).expect("again"), "the same book makes the same bytes");
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    if Command::new("epubcheck").arg("--version").output().is_err() {
        println!("skipped: epubcheck is not installed; scripts/setup test brings it");
        return;
    }
    let path = std::env::temp_dir().join(format!("typesetting-{}.epub", std::process::id()));
    std::fs::write(&path, &bytes).expect("a file");
    let checked = Command::new("epubcheck").args(["--failonwarnings"]).arg(&path).output().expect("epubcheck runs");
    let _ = std::fs::remove_file(&path);
    let said = format!("{}{}", String::from_utf8_lossy(&checked.stdout), String::from_utf8_lossy(&checked.stderr));
    assert!(checked.status.success(), "{said}");
}

#[test]
fn the_pages_need_nothing_from_elsewhere() {
    let bytes = offline::write(&book(), "so-tay").expect("an archive");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("an archive");
    let mut page = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("so-tay/phan-001.html").expect("a page"), &mut page).expect("text");
    assert!(page.contains("href=\"phan-002.html\"") && page.contains("src=\"pictures/a.png\""), "{page}");
    assert!(page.contains("href=\"https://vi.example/huong-dan\"") && page.contains("role=\"doc-noteref\""), "{page}");
    assert!(!page.contains("<script") && !page.contains("src=\"http"), "{page}");
    assert!(archive.by_name("so-tay/pictures/a.png").is_ok());
}

#[test]
fn notes_are_numbered_as_the_text_comes_to_them() {
    let read = html::read("<p>Một[^b] hai[^a] ba[^b] bốn[^c]</p>\n<p>[^a]: A\n[^b]: B <strong>đậm</strong>\n[^d]: D</p>");
    assert_eq!(read.notes.len(), 2);
    assert_eq!(typesetting::model::plain(&read.notes[0]), "B đậm");
    assert_eq!((read.wordless, read.unreached), (vec!["c".to_owned()], vec!["d".to_owned()]));
    assert_eq!(read.blocks.len(), 1);
}

#[test]
fn notes_that_stand_in_the_text_and_what_is_shown_from_elsewhere_are_read() {
    let read = html::read(
        "<p>Mở lớp<small class=\"note\">Báo cáo <em>tháng 3</em></small></p><figure data-embed=\"https://vi.example/a\"><figcaption>Phim</figcaption></figure>",
    );
    assert_eq!(read.notes.iter().map(|note| typesetting::model::plain(note)).collect::<Vec<_>>(), ["Báo cáo tháng 3"]);
    assert!(read.wordless.is_empty() && read.unreached.is_empty());
    let part = Part { anchor: "a".into(), title: "A".into(), blocks: read.blocks, notes: read.notes };
    assert_eq!(part.links(), ["https://vi.example/a"]);
}

#[test]
fn sloppy_markup_is_taken_as_well_as_it_goes() {
    for sloppy in
        ["<p>a<b>b", "</p></p>a", "<table><tr><td rowspan=9999 colspan=x>a", "<", "<p", "&#xD800;&nope;&", "<img>", "<ol><li>"]
    {
        let read = html::read(sloppy);
        let part = Part { anchor: "a".into(), title: "A".into(), blocks: read.blocks, notes: read.notes };
        let mut book = book();
        book.parts = vec![part];
        assert!(pdf::write(&book).is_ok(), "{sloppy}: {:?}", pdf::write(&book));
        epub::write(&book).expect("an EPUB");
    }
}
