//! PDF: lines, paragraphs, tables and furniture from places on pages; files that can not be read.

#[path = "../../../fuzz/bodies/document_invariants.rs"]
mod invariants;

use official_document::{Document, Limits, Media, PartKind, ReadError, read};
use pdf_extract::{Dictionary, Document as File, Object, Stream, dictionary};

fn fixture(name: &str) -> Document {
    let path = format!("{}/tests/documents/{name}", env!("CARGO_MANIFEST_DIR"));
    opened(&std::fs::read(path).expect("a document of the tests"))
}

fn opened(bytes: &[u8]) -> Document {
    let document = read(bytes, "thu.pdf", &Limits::default()).expect("a document");
    invariants::check(&document);
    document
}

fn code(bytes: &[u8]) -> &'static str {
    read(bytes, "thu.pdf", &Limits::default()).map_or_else(|error| error.code(), |_| "read")
}

/// A page and what is special about it.
#[derive(Default)]
struct Sheet {
    drawing: String,
    properties: Dictionary,
    forms: Vec<(&'static str, Stream)>,
}

impl Sheet {
    fn of(drawing: impl Into<String>) -> Self {
        Self { drawing: drawing.into(), ..Self::default() }
    }
}

/// A file with a font whose codes are those of ASCII.
fn file(sheets: Vec<Sheet>) -> File {
    let mut file = File::with_version("1.5");
    let pages = file.new_object_id();
    let font = file.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier" });
    let mut kids: Vec<Object> = Vec::new();
    for sheet in sheets {
        let mut forms = Dictionary::new();
        for (name, form) in sheet.forms {
            forms.set(name, file.add_object(form));
        }
        let content = file.add_object(Stream::new(Dictionary::new(), sheet.drawing.into_bytes()));
        let mut page = dictionary! {
            "Type" => "Page",
            "Parent" => pages,
            "Contents" => content,
            "Resources" => dictionary! { "Font" => dictionary! { "F" => font }, "XObject" => forms },
        };
        page.extend(&sheet.properties);
        kids.push(file.add_object(page).into());
    }
    let count = i64::try_from(kids.len()).expect("few pages");
    let corners: Vec<Object> = vec![0.into(), 0.into(), 595.into(), 842.into()];
    let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count, "MediaBox" => corners };
    file.objects.insert(pages, tree.into());
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    file.trailer.set("Root", catalog);
    file
}

fn bytes(mut file: File) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("the file");
    bytes
}

fn sheets(sheets: Vec<Sheet>) -> Vec<u8> {
    bytes(file(sheets))
}

/// Words at a place, 10 points high and 6 wide.
fn at(x: u32, y: u32, words: &str) -> String {
    format!("BT /F 10 Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n")
}

/// Lines from the top at the left margin, 14 points apart.
fn lines(words: &[&str]) -> String {
    (0u32..).zip(words).map(|(place, words)| at(70, 770 - 14 * place, words)).collect()
}

const LONG: &str = "Mot doan van ban du dai de trang nay khong bi coi la trang anh chup.";

fn read_lines(bytes: &[u8]) -> Vec<String> {
    opened(bytes).text.lines().map(str::to_owned).collect()
}

/// Kind, label and words of every part, with the rows of tables.
fn shape(document: &Document) -> Vec<(usize, PartKind, String, String)> {
    let words = |text: &str| text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    let rows = |part: &official_document::Part| {
        format!(
            "{:?}",
            part.table.as_ref().map(|table| {
                let cells = table.rows.iter().map(|row| row.cells.iter().map(|cell| words(&cell.text)).collect::<Vec<_>>());
                (table.columns.clone(), cells.collect::<Vec<_>>())
            })
        )
    };
    document.walk().map(|(depth, part)| (depth, part.kind, part.label.clone(), words(&part.text) + &rows(part))).collect()
}

#[test]
fn the_same_document_as_docx() {
    let (pdf, docx) = (fixture("skills.pdf"), fixture("skills.docx"));
    for (found, expected) in shape(&pdf).into_iter().zip(shape(&docx)) {
        assert_eq!(found, expected);
    }
    assert_eq!(pdf.walk().count(), docx.walk().count());
    assert_eq!((pdf.source.media, pdf.source.pages), (Media::Pdf, Some(4)));
    let value = |field: &Option<official_document::Field>| field.clone().map(|field| field.value);
    assert_eq!(value(&pdf.header.superior), value(&docx.header.superior));
    assert_eq!(value(&pdf.header.issuer), value(&docx.header.issuer));
    assert_eq!(value(&pdf.header.subject), value(&docx.header.subject));
    assert_eq!(pdf.header.issued_on, docx.header.issued_on);
    assert_eq!(pdf.recipients.len(), 3);
    assert_eq!(pdf.signature.and_then(|signature| signature.position).as_deref(), Some("PHÓ GIÁM ĐỐC"));
    assert_eq!(pdf.appendices[0].title, "MẪU PHIẾU KHẢO SÁT");
    assert_eq!(pdf.footnotes.len(), 1);
    assert_eq!(pdf.footnotes[0].text, "Theo số liệu điều tra năm 2025 của tỉnh.");
    assert_eq!(pdf.warnings, []);
}

#[test]
fn lines_of_a_paragraph_are_joined() {
    let full = "Dong thu nhat cua mot doan van dai den tan le phai cua trang giay nay,";
    let words = [full, "dong thu hai cua doan.", "I. MUC TIEU", full, "va dong cuoi."];
    assert_eq!(
        read_lines(&sheets(vec![Sheet::of(lines(&words))])),
        [format!("{full} dong thu hai cua doan."), "I. MUC TIEU".to_owned(), format!("{full} va dong cuoi."),]
    );
}

#[test]
fn a_paragraph_goes_on_over_the_page() {
    let full = "Dong cuoi cung cua trang thu nhat keo dai den tan le phai cua trang,";
    let first = lines(&["Dong dau tien cua trang.", full]) + &at(290, 30, "1");
    let second = lines(&["dong dau cua trang thu hai."]) + &at(290, 30, "2");
    assert_eq!(
        read_lines(&sheets(vec![Sheet::of(first), Sheet::of(second)])),
        ["Dong dau tien cua trang.".to_owned(), format!("{full} dong dau cua trang thu hai."),]
    );
}

#[test]
fn running_titles_are_left_out() {
    let sheet = |words: &str| Sheet::of(at(70, 800, "UBND tinh Mau - Ke hoach") + &at(70, 700, words) + &at(70, 680, LONG));
    let text = opened(&sheets(vec![sheet("Mot."), sheet("Hai."), sheet("Ba.")])).text;
    assert!(!text.contains("UBND"), "{text}");
}

#[test]
fn what_the_file_marks_as_furniture_is_left_out() {
    let marked = format!("/Artifact <</Type /Pagination>> BDC {} EMC\n", at(70, 600, "Dau trang"));
    let text = opened(&sheets(vec![Sheet::of(marked + &lines(&[LONG]))])).text;
    assert_eq!(text.trim(), LONG);
}

#[test]
fn turned_pages_are_set_upright() {
    let turned: String = [("1 0 0 1 70 500", 0), ("0 1 -1 0 95 70", 90), ("-1 0 0 -1 525 342", 180), ("0 -1 1 0 500 772", 270)]
        .iter()
        .map(|(placing, turn)| {
            let drawing = format!("BT /F 10 Tf {placing} Tm ({LONG}) Tj ET BT /F 10 Tf {placing} Tm 0 -14 Td (Dong hai.) Tj ET");
            let properties = dictionary! { "Rotate" => *turn };
            let lines = read_lines(&sheets(vec![Sheet { drawing, properties, ..Sheet::default() }]));
            format!("{turn}: {} {}; ", lines[0] == LONG, lines[1])
        })
        .collect();
    assert_eq!(turned, "0: true Dong hai.; 90: true Dong hai.; 180: true Dong hai.; 270: true Dong hai.; ");
}

#[test]
fn forms_are_drawn_in_place_and_pictures_passed_over() {
    let form = |words: &str| {
        let properties = dictionary! { "Type" => "XObject", "Subtype" => "Form", "Matrix" => vec![1.into(), 0.into(), 0.into(), 1.into(), 0.into(), Object::from(-300)] };
        Stream::new(properties, at(70, 800, words).into_bytes())
    };
    let picture = Stream::new(dictionary! { "Type" => "XObject", "Subtype" => "Image" }, vec![0xff; 64]);
    let drawing = lines(&[LONG]) + "q 200 0 0 200 0 0 cm /Anh Do Q /Khung Do /Thieu Do";
    let forms = vec![("Khung", form("Trong khung.")), ("Anh", picture)];
    assert_eq!(read_lines(&sheets(vec![Sheet { drawing, forms, ..Sheet::default() }])), [LONG, "Trong khung."]);
}

#[test]
fn every_way_to_show_text() {
    let drawing = format!(
        "{} BT /F 10 Tf 14 TL 1 0 0 1 70 500 Tm (Mot.) Tj (Hai.) ' 0 0 (Ba.) \" [(Bo) -100 (n.)] TJ T* [(Nam)] TJ ET",
        lines(&[LONG])
    );
    assert_eq!(read_lines(&sheets(vec![Sheet::of(drawing)])), [LONG, "Mot.", "Hai.", "Ba.Bon.", "Nam"]);
}

#[test]
fn a_ruled_table_goes_on_over_the_page() {
    let rules = |ys: &[u32]| {
        let across = ys.iter().map(|y| format!("70 {y} m 470 {y} l S\n"));
        let (top, bottom) = (ys[0], ys[ys.len() - 1]);
        let down = [70, 110, 290, 470].map(|x| format!("{x} {bottom} m {x} {top} l S\n"));
        across.chain(down).collect::<String>()
    };
    let row = |y: u32, cells: [&str; 3]| at(75, y, cells[0]) + &at(115, y, cells[1]) + &at(295, y, cells[2]);
    let first = lines(&[LONG, "1. Danh muc"])
        + &rules(&[140, 120, 100, 60])
        + &row(125, ["TT", "Nhiem vu", "Co quan chu tri"])
        + &row(105, ["1", "Viec mot", "So Mau"])
        + &row(85, ["2", "Viec hai lam trong", "So Mau"])
        + &at(115, 70, "nhieu nam lien");
    let second = rules(&[800, 780, 760, 740])
        + &row(785, ["TT", "Nhiem vu", "Co quan chu tri"])
        + &row(765, ["", "tiep den het ky", ""])
        + &row(745, ["3", "Viec ba", "So Mau"])
        + &at(70, 700, "2. Muc sau");
    let document = opened(&sheets(vec![Sheet::of(first), Sheet::of(second)]));
    let table = document.parts[0].children[0].table.as_ref().expect("a table");
    assert_eq!(table.columns, ["TT", "Nhiem vu", "Co quan chu tri"]);
    let tasks: Vec<&str> = table.rows.iter().map(|row| row.cells[1].text.as_str()).collect();
    assert_eq!(tasks, ["Viec mot", "Viec hai lam trong nhieu nam lien tiep den het ky", "Viec ba"]);
    assert_eq!(document.parts[1].text, "Muc sau");
}

#[test]
fn doubts_about_pages_are_told() {
    let hidden = format!("BT 3 Tr /F 10 Tf 1 0 0 1 70 700 Tm ({LONG}) Tj ET");
    let document = opened(&sheets(vec![Sheet::of(lines(&[LONG, LONG])), Sheet::of(hidden), Sheet::of("")]));
    let codes: Vec<&str> = document.warnings.iter().map(|warning| warning.code.as_str()).collect();
    assert_eq!(codes, ["page-without-text", "hidden-text"]);
    assert_eq!(document.warnings[1].message.split(' ').nth(1), Some("2"));
}

#[test]
fn a_font_without_characters_is_told() {
    let mut file = file(vec![Sheet::of(lines(&[LONG]) + "BT /G 10 Tf 1 0 0 1 70 500 Tm <000100020003000400050006> Tj ET")]);
    let broken = file.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Hong", "Encoding" => "UniKhong-H",
        "DescendantFonts" => vec![dictionary! { "Subtype" => "CIDFontType2", "W" => vec![1.into(), 9.into(), Object::from(600)] }.into()],
    });
    let page = file.page_iter().next().expect("a page");
    let resources = file.get_object_mut(page).and_then(Object::as_dict_mut).and_then(|page| page.get_mut(b"Resources"));
    let fonts = resources.and_then(Object::as_dict_mut).and_then(|resources| resources.get_mut(b"Font"));
    fonts.and_then(Object::as_dict_mut).expect("fonts").set("G", broken);
    let document = opened(&bytes(file));
    assert_eq!(document.text.trim(), LONG);
    assert_eq!(document.warnings.iter().map(|warning| warning.code.as_str()).collect::<Vec<_>>(), ["font-broken"]);
}

#[test]
fn scans_say_how_many_pages_they_have() {
    let scan = || Sheet::of("q 595 0 0 842 0 0 cm /Anh Do Q");
    let error = read(&sheets(vec![scan(), scan(), scan()]), "scan.pdf", &Limits::default());
    assert_eq!(error, Err(ReadError::NoTextLayer { pages: 3 }));
}

#[test]
fn files_that_can_not_be_read_say_why() {
    let whole = sheets(vec![Sheet::of(lines(&[LONG]))]);
    assert_eq!(code(&whole), "read");
    assert_eq!(code(&whole[..whole.len() / 2]), "corrupt");
    assert_eq!(code(b"%PDF-1.7\nrac"), "corrupt");
    assert_eq!(code(&sheets(vec![])), "corrupt");
    let mut encrypted = file(vec![Sheet::of(lines(&[LONG]))]);
    encrypted.trailer.set("Encrypt", dictionary! { "Filter" => "Standard" });
    assert_eq!(code(&bytes(encrypted)), "encrypted");
    let limits = Limits { pages: 2, ..Limits::default() };
    let error = read(&sheets((0..3).map(|_| Sheet::of("")).collect()), "dai.pdf", &limits);
    assert_eq!(error, Err(ReadError::TooManyPages { pages: 3, limit: 2 }));
    let limits = Limits { time: std::time::Duration::ZERO, ..Limits::default() };
    assert_eq!(read(&whole, "lau.pdf", &limits).map_err(|error| error.code()), Err("timed-out"));
}

#[test]
fn files_made_to_burst() {
    let mut bomb = Stream::new(Dictionary::new(), vec![b' '; 4 << 20]);
    bomb.compress().expect("packed");
    assert!(bomb.content.len() < 64 << 10);
    let mut file = file(vec![Sheet::of(lines(&[LONG]))]);
    file.add_object(bomb);
    let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
    assert_eq!(read(&bytes(file), "bom.pdf", &limits), Err(ReadError::ZipBomb { limit: 1 << 20 }));
}

#[test]
fn circles_end() {
    let mut circle = file(vec![Sheet::of(lines(&[LONG]) + "/Vong Do")]);
    let form = circle.new_object_id();
    let resources = dictionary! { "XObject" => dictionary! { "Vong" => form } };
    let drawing = b"/Vong Do /Vong Do".to_vec();
    circle
        .objects
        .insert(form, Stream::new(dictionary! { "Subtype" => "Form", "Resources" => resources.clone() }, drawing).into());
    let page = circle.page_iter().next().expect("a page");
    let page_dictionary = circle.get_object_mut(page).and_then(Object::as_dict_mut).expect("a page");
    let own = page_dictionary.get_mut(b"Resources").and_then(Object::as_dict_mut).expect("resources");
    own.set("XObject", dictionary! { "Vong" => form });
    let document = opened(&bytes(circle));
    assert_eq!(document.warnings[0].code, "page-unread");
    let mut parent = file(vec![Sheet::of("")]);
    let page = parent.page_iter().next().expect("a page");
    let tree = parent.get_object_mut(page).and_then(Object::as_dict_mut).expect("a page");
    tree.remove(b"Resources");
    tree.set("Parent", page);
    assert_eq!(code(&bytes(parent)), "no-text-layer");
}

#[test]
fn nonsense_among_operations() {
    let nonsense = "BT (khong phong) Tj ET Q Q q /Thieu Tf 1 Tf cm 1 2 cm (a) (b) re m l S f* W n gs /X gs sh 1 1 1 rg /C cs scn \
        EMC EMC BI /W 1 /H 1 /BPC 8 /CS /G ID \u{1} EI BT /F Tf /F (x) Tf ET 1e39 0 0 1 0 0 cm ";
    assert_eq!(
        read_lines(&sheets(vec![Sheet::of(lines(&[LONG, "Dong hai cua trang."])), Sheet::of(nonsense)])),
        [LONG, "Dong hai cua trang."]
    );
}
