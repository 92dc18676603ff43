//! A register as a table in a CSV or XLSX file: what goes out is read back without a difference. The heads are read in Vietnamese, in
//! English or by the field's own name, in any order.

use rust_xlsxwriter::{Format, FormatAlign, Workbook};

use super::kind::{self, Field, Kind};
use super::record::{Content, Record};
use super::typed::Typed;
use crate::base::time;
use crate::people::agency::brief::Known;
use crate::web::download::harmless;
use crate::web::{Lang, Locale, Result};

/// A column: the field, the Fluent key of its head, and other heads that people write, without marks.
pub struct Column {
    pub field: &'static str,
    pub key: &'static str,
    pub also: &'static [&'static str],
}

const fn column(field: &'static str, key: &'static str, also: &'static [&'static str]) -> Column {
    Column { field, key, also }
}

/// Every column, in the order of the file.
pub static COLUMNS: [Column; 15] = [
    column("agency", "register-column-agency", &["co quan", "don vi", "ma don vi", "don vi quan ly"]),
    column("code", "register-code", &["ma", "ma nhiem vu", "so hieu", "ky hieu", "ma vi tri"]),
    column("title", "register-title", &["ten", "ten nhiem vu", "noi dung", "ten chuong trinh", "vi tri", "chuc danh"]),
    column("lead", "register-lead", &["to chuc chu tri", "don vi chu tri", "co quan chu tri"]),
    column("category", "register-category", &["loai", "nhom", "thanh phan"]),
    column("from_on", "register-from", &["tu ngay", "ngay bat dau", "bat dau", "ngay to chuc", "ngay"]),
    column("until_on", "register-until", &["den ngay", "ngay ket thuc", "ket thuc", "han cung cap", "thoi han"]),
    column("trained_on", "register-trained", &["ngay dao tao", "da dao tao ngay"]),
    column("part", "register-part", &["da quan triet", "so da quan triet"]),
    column("whole", "register-whole", &["tong so", "tong so can bo"]),
    column("listed", "register-listed", &["dong y cong khai"]),
    column("evidence", "register-evidence", &["duong dan", "link", "minh chung", "dia chi"]),
    column("evidence_on", "register-column-evidence-on", &["ngay dang", "ngay cong bo"]),
    column("note", "register-note", &["ghi chu"]),
    column("secrecy", "register-column-secrecy", &["do mat", "muc do mat", "mat"]),
];

/// The column with that head; what stands in brackets or after an asterisk is an explanation.
#[must_use]
pub fn column_of(head: &str) -> Option<&'static Column> {
    let bounded: String = head.chars().take(100).collect();
    let plain = bounded.split(['(', '*', ':']).next().unwrap_or_default().trim();
    let asked = vietnamese::fold(plain).split_whitespace().collect::<Vec<_>>().join(" ");
    let called = |column: &Column, lang| vietnamese::fold(&Locale(lang).t(column.key)) == asked;
    COLUMNS.iter().find(|column| {
        column.field == asked || column.also.contains(&asked.as_str()) || called(column, Lang::Vi) || called(column, Lang::En)
    })
}

/// The columns that a kind has in a file that goes out.
fn columns(kind: &Kind) -> Vec<&'static Column> {
    let has = |column: &&Column| match column.field {
        "code" => kind.coded,
        "lead" => kind.has(Field::Lead),
        "category" => kind.has(Field::Category),
        "until_on" => kind.ends,
        "trained_on" => kind.has(Field::Trained),
        "part" | "whole" => kind.has(Field::Figures),
        "listed" => kind.has(Field::Listed),
        "evidence_on" | "secrecy" => false,
        _ => true,
    };
    COLUMNS.iter().filter(has).collect()
}

/// A row that goes out.
pub struct Out<'a> {
    pub record: &'a Record,
    /// Addresses, parted by spaces.
    pub evidence: String,
}

fn cell(l: Locale, known: &Known, row: &Out<'_>, field: &str) -> String {
    let Content { title, code, from_on, until_on, lead, category, listed, trained_on, part, whole, note } = row.record.content();
    let number = |number: Option<i64>| number.map(vietnamese::number::format_integer).unwrap_or_default();
    match field {
        "agency" => known.get(&row.record.agency).map(|body| body.code.clone()).unwrap_or_default(),
        "code" => code,
        "title" => title,
        "lead" => lead,
        "category" => kind::category(l, &category),
        "from_on" => time::day(from_on),
        "until_on" => until_on.map(time::day).unwrap_or_default(),
        "trained_on" => trained_on.map(time::day).unwrap_or_default(),
        "part" => number(part),
        "whole" => number(whole),
        "listed" if listed => l.t("register-yes"),
        "evidence" => row.evidence.clone(),
        "note" => note,
        _ => String::new(),
    }
}

/// UTF-8 with a byte order mark, so that Excel reads the accents.
///
/// # Errors
/// Never, in memory.
pub fn csv(l: Locale, kind: &Kind, known: &Known, rows: &[Out<'_>]) -> Result<Vec<u8>> {
    let columns = columns(kind);
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(columns.iter().map(|column| l.t(column.key)))?;
    for row in rows {
        writer.write_record(columns.iter().map(|column| harmless(&cell(l, known, row, column.field))))?;
    }
    Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?)
}

/// What a cell of a workbook holds at most; Excel takes no more.
const CELL_LETTERS_MAX: usize = 32_767;

/// As much as a cell holds, cut between two addresses: forty long ones are more. A CSV file has all of them.
fn fitting(text: &str) -> &str {
    let Some((end, _)) = text.char_indices().nth(CELL_LETTERS_MAX) else { return text };
    text[..end].rsplit_once(' ').map_or("", |(whole, _)| whole)
}

/// A workbook with one sheet.
///
/// # Errors
/// Never, in memory.
pub fn xlsx(l: Locale, kind: &Kind, known: &Known, rows: &[Out<'_>]) -> Result<Vec<u8>> {
    let columns = columns(kind);
    let head = Format::new().set_bold().set_text_wrap();
    let text = Format::new().set_align(FormatAlign::Top).set_text_wrap().set_num_format("@");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(l.t("register-sheet"))?;
    for (at, column) in (0_u16..).zip(&columns) {
        sheet.write_string_with_format(0, at, l.t(column.key), &head)?;
        sheet.set_column_width(at, if column.field == "title" { 60.0 } else { 22.0 })?;
    }
    for (line, row) in (1_u32..).zip(rows) {
        for (at, column) in (0_u16..).zip(&columns) {
            sheet.write_string_with_format(line, at, fitting(&cell(l, known, row, column.field)), &text)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

/// Puts a cell into its field; false for a column that is none of the record's own.
pub fn put(kind: &Kind, typed: &mut Typed, field: &str, text: String) -> bool {
    let place = match field {
        "code" => &mut typed.code,
        "title" => &mut typed.title,
        "lead" => &mut typed.lead,
        "category" => {
            typed.category = category(kind, &text);
            return true;
        }
        "from_on" => &mut typed.from_on,
        "until_on" => &mut typed.until_on,
        "trained_on" => &mut typed.trained_on,
        "part" => &mut typed.part,
        "whole" => &mut typed.whole,
        "listed" => &mut typed.listed,
        "note" => &mut typed.note,
        _ => return false,
    };
    *place = if field == "listed" && is_no(&text) { String::new() } else { text };
    true
}

fn is_no(text: &str) -> bool {
    let folded = vietnamese::fold(text.trim()).into_owned();
    ["", "khong", "no", "0", "false", "chua"].contains(&folded.as_str())
}

/// The code of a category by its name in either language, or by its code; what names none stays as it is, and is refused.
fn category(kind: &Kind, text: &str) -> String {
    let asked = vietnamese::fold(text.trim()).into_owned();
    let called = |code: &&String| {
        asked == **code || [Lang::Vi, Lang::En].iter().any(|lang| vietnamese::fold(&kind::category(Locale(*lang), code)) == asked)
    };
    kind.categories.iter().find(called).cloned().unwrap_or_else(|| text.trim().to_owned())
}

/// Whether a cell says that something is secret.
#[must_use]
pub fn is_secret(text: &str) -> bool {
    let folded = vietnamese::fold(text.trim()).into_owned();
    !folded.is_empty() && !["khong", "thuong", "khong mat", "binh thuong", "no", "0", "-"].contains(&folded.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_cut_between_two_addresses() {
        let address = format!("https://a.vn/{}", "x".repeat(1_000));
        let many = vec![address.as_str(); 40].join(" ");
        let cut = fitting(&many);
        assert!(cut.len() <= CELL_LETTERS_MAX && cut.split(' ').all(|one| one == address));
        assert_eq!(fitting("https://a.vn/1 https://a.vn/2"), "https://a.vn/1 https://a.vn/2");
    }
}
