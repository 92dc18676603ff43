//! Files as people bring them.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::file::{Opened, open};
use super::{Fault, Sheet};

fn table(bytes: &[u8]) -> Sheet {
    match open(bytes) {
        Ok(Opened::Table(sheet)) => sheet,
        other => panic!("no table: {other:?}"),
    }
}

fn refused(bytes: &[u8]) -> &'static str {
    open(bytes).expect_err("refused").key
}

fn cell<'a>(sheet: &'a Sheet, row: usize, field: &str) -> &'a str {
    sheet.rows[row].cells.get(field).map_or("(no column)", String::as_str)
}

#[test]
fn heads_are_known_in_every_form_and_order() {
    for text in [
        "Mã,Điện thoại\nSKHCN,0277 3851 234\n",
        "\u{feff}Điện thoại;Mã\r\n0277 3851 234;SKHCN\r\n",
        "phone\tcode\n0277 3851 234\tSKHCN\n",
        "sep=;\nma;dien thoai\nSKHCN;0277 3851 234\n",
        "DANH BẠ NĂM 2026,\n,\nMã (bắt buộc),Số điện thoại *\nSKHCN,0277 3851 234\n\n,\n",
        "Code,Telephone\nSKHCN,0277 3851 234",
        "Ma\u{303},Đie\u{302}\u{323}n thoại\nSKHCN,0277 3851 234",
    ] {
        let sheet = table(text.as_bytes());
        assert_eq!(sheet.rows.len(), 1, "{text}");
        assert_eq!((cell(&sheet, 0, "code"), cell(&sheet, 0, "phone")), ("SKHCN", "0277 3851 234"), "{text}");
        assert_eq!(cell(&sheet, 0, "name"), "(no column)", "a column that is not there says nothing");
    }
    let utf_16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("Mã\tĐiện thoại\nA\t113\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(cell(&table(&utf_16), 0, "phone"), "113");
}

#[test]
fn rows_keep_their_numbers_and_unknown_columns_are_named() {
    let sheet = table("Danh sách\n\nMã,Tên đầy đủ,Fax,Ghi chú\nA,\"Một\nhai\",1,\n,,,\nB,Ba\n".as_bytes());
    let numbers: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [4, 7], "as a spreadsheet shows them: {sheet:?}");
    assert_eq!(sheet.unknown, ["Fax"]);
    assert_eq!(cell(&sheet, 1, "note"), "", "a short row has empty cells");
}

#[test]
fn what_is_no_table_is_named() {
    assert_eq!(refused(b""), "agency-file-empty");
    assert_eq!(refused(b" \r\n\t "), "agency-file-empty");
    assert_eq!(refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"), "agency-file-old-excel");
    assert_eq!(refused(b"<html><table><tr><td>Ma</td></tr></table>"), "agency-file-web-page");
    assert_eq!(refused(b"\xef\xbb\xbf\n <?xml version=\"1.0\"?><Workbook/>"), "agency-file-web-page");
    assert_eq!(refused(b"MIME-Version: 1.0\r\nContent-Type: multipart/related"), "agency-file-web-page");
    assert_eq!(refused(b"%PDF-1.7"), "agency-file-foreign");
    assert_eq!(refused(b"\x7fELF\x00\x00"), "agency-file-foreign");
    assert_eq!(refused(b"PK\x03\x04 and then nothing"), "agency-file-damaged");
    assert_eq!(refused("Tên,Số\nA,1\n".as_bytes()), "agency-file-no-head");
    assert_eq!(refused("Mã,Fax\nA,1\n".as_bytes()), "agency-file-no-head", "a code alone says nothing");
    assert_eq!(refused("Mã,Tên\n,\n".as_bytes()), "agency-file-no-rows");
    assert_eq!(refused("Mã,Điện thoại,SĐT\nA,1,2\n".as_bytes()), "agency-file-column-twice");
    assert_eq!(refused(&vec![b'a'; super::file::FILE_BYTES_MAX + 1]), "agency-file-too-large");
    let many: String = (0..5000).map(|row| format!("{row},a\n")).collect();
    assert_eq!(refused(format!("Mã,Tên\n{many}").as_bytes()), "agency-file-too-many-rows");
    assert_eq!(refused(format!("Mã,Tên\n{}", ",".repeat(300)).as_bytes()), "agency-file-too-wide");
    assert_eq!(refused("Mã,Tên\nA,\u{0}".as_bytes()), "agency-file-foreign");
}

#[test]
fn ten_megabytes_are_read_or_refused_in_a_moment() {
    let begun = std::time::Instant::now();
    let line = format!("A,{}\n", "ă".repeat(2500));
    assert_eq!(refused(format!("Mã,Tên\n{}", line.repeat(2001)).as_bytes()), "agency-file-too-many-rows");
    let quoted = format!("Mã,Tên\nA,\"{}", "x\n".repeat(5_000_000));
    assert_eq!(table(quoted.as_bytes()).rows.len(), 1, "a quotation mark that never ends");
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[test]
fn older_encodings_are_named() {
    let said = |bytes: &[u8]| {
        let obstacle = open(bytes).expect_err("refused");
        (obstacle.key, obstacle.arguments.first().map(|(_, name)| name.clone()).unwrap_or_default())
    };
    // TCVN3: "Uỷ ban nhân dân tỉnh, Sở Giáo dục", one byte a letter.
    let tcvn3: Vec<u8> = "Ma,Ten\nA,ñy ban nh©n d©n tØnh MÉu ban hµnh KÕ ho¹ch thùc hiÖn\n"
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("a byte"))
        .collect();
    assert_eq!(said(&tcvn3).0, "agency-file-encoding");
    assert!(said(&tcvn3).1.contains("TCVN3"), "{:?}", said(&tcvn3));
    let windows = b"Ma,Ten\nA,K\xea\xec hoa\xf2ch thu\xf2c hi\xea\xf2n nhi\xea\xf2m vu\xf2 n\xe3m 2026 cu\xd2a ti\xd2nh\n";
    assert!(said(windows).1.contains("1258"), "{:?}", said(windows));
    assert_eq!(said(b"Ma,Ten\nA,caf\xe9 na\xefve\n").0, "agency-file-encoding-unknown");
    let misread = "Ma,Ten\nA,Céng hoµ x· héi chñ nghÜa ViÖt Nam\n";
    assert!(said(misread.as_bytes()).1.contains("TCVN3"), "{:?}", said(misread.as_bytes()));
}

#[test]
fn cells_of_a_text_file_are_what_was_meant() {
    let sheet = table("Mã,Tên,Điện thoại,Ghi chú,Địa chỉ\n=\"28249\",'=Sở A,'+84 277,=1+1,#N/A\n".as_bytes());
    assert_eq!(cell(&sheet, 0, "code"), "28249");
    assert_eq!(cell(&sheet, 0, "name"), "=Sở A");
    assert_eq!(cell(&sheet, 0, "phone"), "+84 277");
    assert_eq!(sheet.rows[0].unreadable.get("note"), Some(&Fault::Formula));
    assert_eq!(sheet.rows[0].unreadable.get("address"), Some(&Fault::Error));
}

#[test]
fn a_workbook_has_days_numbers_and_formulas() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Bìa").expect("a name").write_string(0, 0, "Danh bạ cơ quan").expect("a cell");
    let sheet = book.add_worksheet();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for (at, head) in ["Mã", "Hoạt động từ ngày", "Điện thoại", "Vĩ độ", "Ghi chú"].iter().enumerate() {
        sheet.write_string(3, u16::try_from(at).expect("a column"), *head).expect("a head");
    }
    sheet.write_number(4, 0, 28249).expect("a code");
    sheet.write_datetime_with_format(4, 1, ExcelDateTime::from_ymd(2025, 7, 1).expect("a day"), &day).expect("a day");
    sheet.write_number(4, 2, 2_773_851_234.0_f64).expect("a number without its zero");
    sheet.write_number(4, 3, 10.36).expect("a latitude");
    sheet.write_formula(4, 4, Formula::new("=A5&\"x\"").set_result("28249x")).expect("a formula");
    sheet.write_number(6, 0, 28250).expect("a code");
    sheet.write_number(6, 1, 45839).expect("a day as a number");
    let read = table(&book.save_to_buffer().expect("a workbook"));
    assert_eq!(read.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [5, 7]);
    for (field, text) in
        [("code", "28249"), ("open_from", "2025-07-01"), ("phone", "02773851234"), ("latitude", "10.36"), ("note", "28249x")]
    {
        assert_eq!(cell(&read, 0, field), text, "{field}");
    }
    assert_eq!(cell(&read, 1, "open_from"), "2025-07-01");
}

/// A workbook as small as can be, with these rows.
fn workbook(rows: &str) -> Vec<u8> {
    const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    const ROOT: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
    const BOOK: &str = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    );
    packed(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn a_formula_that_was_never_computed_has_no_value() {
    let head = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Mã</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>Ghi chú</t></is></c><c r=\"C1\" t=\"inlineStr\"><is><t>Địa chỉ</t></is></c></row>";
    let row = "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>A</t></is></c><c r=\"B2\"><f>1+1</f></c><c r=\"C2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>";
    let read = table(&workbook(&format!("{head}{row}")));
    assert_eq!(read.rows[0].unreadable.get("note"), Some(&Fault::Formula));
    assert_eq!(read.rows[0].unreadable.get("address"), Some(&Fault::Error));
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(bytes).expect("bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

#[test]
fn archives_that_are_bombs_or_something_else_are_refused() {
    let zeros = vec![b' '; 70 * 1024 * 1024];
    assert_eq!(refused(&packed(&[("xl/workbook.xml", b"<a/>"), ("xl/sheet.xml", &zeros)])), "agency-file-unpacks-too-large");
    let strings = b"<sst uniqueCount=\"99999999999999\"></sst>";
    assert_eq!(
        refused(&packed(&[("xl/workbook.xml", b"<a/>"), ("xl/sharedStrings.xml", strings)])),
        "agency-file-unpacks-too-large"
    );
    assert_eq!(refused(&packed(&[("word/document.xml", b"<a/>")])), "agency-file-other-office");
    assert_eq!(refused(&packed(&[("xl/workbook.xml", b"<not a workbook")])), "agency-file-damaged");
}

#[test]
fn a_cell_far_away_makes_no_room_for_all_between() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Mã").expect("a head");
    sheet.write_string(0, 1, "Tên").expect("a head");
    sheet.write_string(1, 0, "A").expect("a cell");
    sheet.write_string(1_048_575, 16_383, "xa").expect("a cell");
    assert_eq!(table(&book.save_to_buffer().expect("a workbook")).rows.len(), 1);
}
