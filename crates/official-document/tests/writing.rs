//! What is written: the same words in both files, read back without loss, whatever it is made of.

#[path = "../examples/report/demo.rs"]
mod demo;
#[path = "writing/hostile.rs"]
mod hostile;
#[path = "../../../fuzz/bodies/document_invariants.rs"]
mod invariants;
#[path = "writing/round.rs"]
mod round;

use std::io::{Cursor, Read as _};

use official_document::write::{Draft, Urgency, docx, pdf, plain};
use official_document::{Document, Limits, one_line, read};

fn opened(bytes: &[u8], name: &str) -> Document {
    let document = read(bytes, name, &Limits::default()).expect("a document that is read");
    invariants::check(&document);
    document
}

fn both(draft: &Draft) -> [Document; 2] {
    [opened(&docx(draft).expect("a DOCX"), "van-ban.docx"), opened(&pdf(draft).expect("a PDF"), "van-ban.pdf")]
}

/// The words, whatever stands between them.
fn words(text: &str) -> Vec<String> {
    one_line(text).split_whitespace().map(str::to_owned).collect()
}

fn sorted(text: &str) -> Vec<String> {
    let mut words = words(text);
    words.sort();
    words
}

fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

#[test]
fn both_files_say_the_same() {
    for draft in [demo::report(122), demo::letter(), demo::decision()] {
        let expected = plain(&draft);
        let [docx, pdf] = both(&draft);
        assert_eq!(words(&docx.text), words(&expected), "word by word, in the same order");
        // The two columns of head and closing lie beside each other on the page: the same words, each once.
        let (found, expected) = (sorted(&pdf.text), sorted(&expected));
        let missing: Vec<_> = expected.iter().filter(|word| !found.contains(word)).collect();
        assert!(found == expected, "missing {missing:?} of {expected:?} in {}", pdf.text);
    }
}

#[test]
fn a_report_has_every_element() {
    let text = plain(&demo::report(3));
    for line in [
        "ỦY BAN NHÂN DÂN TỈNH MẪU\nSỞ KHOA HỌC VÀ CÔNG NGHỆ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n",
        "\nSố: 05/BC-SKHCN\nTỉnh Mẫu, ngày 03 tháng 02 năm 2027\nBÁO CÁO\nKết quả thực hiện",
        "\nKính gửi: Ủy ban nhân dân tỉnh Mẫu\n",
        "\nI. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH\n1. Ban hành văn bản\na) Có 85 cơ quan",
        "kính báo cáo Ủy ban nhân dân tỉnh./.\nNơi nhận:\n- Như trên;\n",
        "\n- Lưu: VT, CĐS (Ng.).\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nHọ Và Tên\nPhụ lục I\nKẾT QUẢ THEO CƠ QUAN\n(Kèm theo Báo cáo số 05/BC-SKHCN",
    ] {
        assert!(text.contains(line), "{line:?} is not in {text}");
    }
    let letter = plain(&demo::letter());
    assert!(
        letter.contains("V/v báo cáo kết quả")
            && letter.contains("Kính gửi:\n- Các sở, ban, ngành tỉnh;\n- Ủy ban nhân dân các xã, phường.\n"),
        "{letter}"
    );
    let decision = plain(&demo::decision());
    assert!(decision.contains("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU\nCăn cứ Luật Tổ chức chính quyền địa phương;\n"), "{decision}");
    assert!(decision.contains("ngày 05 tháng 01 năm 2026.\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành"), "{decision}");
    assert!(decision.contains("\nTHƯỢNG KHẨN\nTỉnh Mẫu, ngày 09 tháng 01 năm 2026\n"), "{decision}");
}

#[test]
fn the_docx_is_set_as_the_decree_asks() {
    let bytes = docx(&demo::report(40)).expect("a DOCX");
    let document = part(&bytes, "word/document.xml");
    assert_eq!(document.matches("<w:sectPr>").count(), 3, "the body and two appendices");
    assert_eq!(document.matches("<w:titlePg/>").count(), 3, "no number on a first page");
    assert_eq!(document.matches("w:orient=\"landscape\"").count(), 1);
    assert_eq!(
        document.matches("w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\"").count(),
        3,
        "20, 15, 20, 30 mm"
    );
    assert_eq!(document.matches("<w:tblHeader/>").count(), 3, "heads of tables are repeated");
    let rows = document.matches("<w:tr>").count();
    assert_eq!(document.matches("<w:cantSplit/>").count(), rows, "no row is torn");
    assert!(
        document.contains("descr=\"Biểu đồ cột:") && document.contains("<asvg:svgBlip"),
        "pictures with words, as SVG and points"
    );
    assert!(
        part(&bytes, "word/media/picture1.svg").contains("<path") && !part(&bytes, "word/media/picture1.svg").contains("<text")
    );
    assert!(part(&bytes, "word/styles.xml").contains("w:ascii=\"Times New Roman\""));
    assert!(part(&bytes, "word/header1.xml").contains(" PAGE "));
    assert!(part(&bytes, "word/footer1.xml").contains("skhcn@mau.example"));
    assert_eq!(bytes, docx(&demo::report(40)).expect("again"), "the same draft makes the same bytes");
}

#[test]
fn the_pdf_is_tagged_and_kept() {
    let draft = demo::report(10);
    let bytes = pdf(&draft).expect("a PDF");
    let whole = String::from_utf8_lossy(&bytes);
    for mark in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "2027-02-03",
    ] {
        assert!(whole.contains(mark), "{mark}");
    }
    let document = pdf_extract::Document::load_mem(&bytes).expect("a file");
    let catalog = document.catalog().expect("a catalogue");
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines"), "{catalog:?}");
    assert_eq!(catalog.get(b"Lang").and_then(pdf_extract::Object::as_str).expect("a language"), b"vi");
    let tags: Vec<&[u8]> =
        document.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"S").ok()?.as_name().ok()).collect();
    for tag in [&b"H1"[..], b"H2", b"H3", b"Figure", b"Table", b"TH", b"Link"] {
        assert!(tags.contains(&tag), "no {}", String::from_utf8_lossy(tag));
    }
    let pictures = document.objects.values().filter_map(|object| object.as_stream().ok());
    let points = pictures
        .filter(|stream| stream.dict.get(b"Subtype").and_then(pdf_extract::Object::as_name).is_ok_and(|name| name == b"Image"));
    assert_eq!(points.count(), 0, "charts and maps are drawn, not points");
    assert_eq!(bytes, pdf(&draft).expect("again"), "the same draft makes the same bytes");
}

#[test]
fn a_draft_without_number_and_day_has_gaps_for_them() {
    let mut draft = demo::letter();
    (draft.heading.number, draft.heading.date) = (None, None);
    draft.heading.urgency = Some(Urgency::Urgent);
    assert!(plain(&draft).contains("Số: ……/SKHCN-CĐS") && plain(&draft).contains("ngày … tháng … năm …"), "{}", plain(&draft));
    for document in both(&draft) {
        assert_eq!(document.header.number, None);
        assert_eq!(document.header.symbol.map(|symbol| symbol.value).as_deref(), Some("/SKHCN-CĐS"));
        assert_eq!(document.header.issued_on, None);
    }
    let whole = pdf(&draft).expect("a PDF");
    assert!(!String::from_utf8_lossy(&whole).contains("pdfaid:part"), "nobody keeps a draft without a day");
}

#[test]
fn a_number_of_ten_or_more_and_a_month_from_march_have_no_zero() {
    let text = plain(&demo::letter());
    assert!(text.contains("Số: 112/SKHCN-CĐS") && text.contains("ngày 20 tháng 11 năm 2026"), "{text}");
}
