//! Rows held against agencies.

use super::*;
use crate::people::agency::table::file::{self, Opened};
use crate::people::agency::{Kind, draft};

fn agency(code: &str, name: &str, kind: Kind, parent: Option<Uuid>) -> Agency {
    let fields = draft::Fields {
        code: code.into(),
        name: name.into(),
        short_name: name.into(),
        kind: sea_orm::ActiveEnum::to_value(&kind),
        open_from: "2025-07-01".into(),
        ..draft::Fields::default()
    };
    fields.read().expect("an agency").into_agency(new_id(), code.to_lowercase(), parent)
}

fn known() -> Known {
    let committee = agency("UBND", "Ủy ban nhân dân tỉnh Mẫu", Kind::ProvincialCommittee, None);
    let department = agency("SA", "Sở Thử Nghiệm", Kind::Department, Some(committee.id));
    let commune = agency("00123", "Ủy ban nhân dân xã Thử Nghiệm", Kind::Commune, None);
    Known::of(vec![committee, department, commune])
}

fn compared(text: &str) -> Comparison {
    match file::open(text.as_bytes()) {
        Ok(Opened::Table(sheet)) => Comparison::of(&known(), &sheet),
        other => panic!("no table: {other:?}"),
    }
}

/// The first thing that is wrong with the first wrong row.
fn wrong(text: &str) -> (&'static str, &'static str) {
    let comparison = compared(text);
    let line = comparison.wrong().next().unwrap_or_else(|| panic!("nothing is wrong: {comparison:?}"));
    match &line.outcome {
        Outcome::Wrong(mistakes) => (mistakes[0].0, mistakes[0].1.key),
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_what_the_file_says_changes() {
    let comparison = compared("Mã,Điện thoại\nSA,0277 3851 234\nUBND,\n");
    let Outcome::Changed(changes) = &comparison.lines[0].outcome else { panic!("{comparison:?}") };
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].field.as_str(), changes[0].to.as_str()), ("phone", "0277 3851 234"));
    assert_eq!(comparison.lines[1].outcome, Outcome::Same, "an empty cell over an empty field");
    assert_eq!((comparison.count_new(), comparison.count_changed(), comparison.count_same()), (0, 1, 1));
}

#[test]
fn a_new_agency_may_stand_before_the_one_above_it() {
    let head = "Mã,Tên đầy đủ,Tên gọi,Loại,Hoạt động từ ngày,Cơ quan cấp trên\n";
    let rows = "TT1,Tổ Một,Tổ 1,Loại khác,1/1/2026,PH1\nPH1,Phòng Một,Phòng 1,Loại khác,1/1/2026,TT\nTT,Trung tâm Thử,Trung tâm,Đơn vị sự nghiệp,1/1/2026,sở thử nghiệm\n";
    let comparison = compared(&format!("{head}{rows}"));
    assert_eq!(comparison.count_new(), 3, "{comparison:?}");
    let order: Vec<&str> = comparison.in_order().iter().map(|line| line.code.as_str()).collect();
    assert_eq!(order, ["TT", "PH1", "TT1"]);
    let above = comparison.lines[2].draft.as_ref().and_then(|draft| draft.parent.clone());
    assert_eq!(above.as_deref(), Some("SA"), "found by its name");
}

#[test]
fn what_is_wrong_is_said_by_its_field() {
    let head = "Mã,Tên đầy đủ,Tên gọi,Loại,Hoạt động từ ngày,Cơ quan cấp trên,Ngày cuối cùng,Thư điện tử\n";
    let row = |row: &str| wrong(&format!("{head}{row}\n"));
    assert_eq!(row("Sở X,Tên,Tên,Sở,1/1/2026,,,"), ("code", "agency-wrong-code"));
    assert_eq!(row(",Tên,Tên,Sở,1/1/2026,,,"), ("code", "agency-wrong-missing"));
    assert_eq!(row("X,,Tên,Sở,1/1/2026,,,"), ("name", "agency-wrong-missing"));
    assert_eq!(row("X,Tên,Tên,Bộ,1/1/2026,,,"), ("kind", "agency-wrong-kind"));
    assert_eq!(row("X,Tên,Tên,Sở,31/2/2026,,,"), ("open_from", "agency-wrong-day"));
    assert_eq!(row("X,Tên,Tên,Sở,1/1/2026,KHONG,,"), ("parent", "agency-file-wrong-parent"));
    assert_eq!(row("X,Tên,Tên,Sở,1/1/2026,X,,"), ("parent", "agency-file-wrong-parent"));
    assert_eq!(row("X,Tên,Tên,Sở,1/1/2026,,31/12/2025,"), ("closed_on", "agency-wrong-opens-after-closing"));
    assert_eq!(row("X,Tên,Tên,Sở,1/1/2026,,,a@b"), ("email", "agency-wrong-email"));
    assert_eq!(row("X,S? Khoa h?c,S? KH,Sở,1/1/2026,,,"), ("name", "agency-file-wrong-lost-marks"));
    assert_eq!(row("X,SỞ THỬ NGHIỆM,Sở,Sở,1/1/2026,,,"), ("code", "agency-file-wrong-twin"));
    assert_eq!(row("X,Tên,Tên,Sở,1/1/2026,,,\nx,Tên hai,Tên hai,Sở,1/1/2026,,,"), ("code", "agency-file-wrong-twice"));
    assert_eq!(wrong("Mã,Ngày cuối cùng\nSA,1/1/2026\n"), ("closed_on", "agency-file-wrong-closing"));
    assert_eq!(wrong("Mã,Cơ quan cấp trên\nUBND,SA\n"), ("parent", "agency-file-wrong-circle"));
    assert_eq!(wrong("Mã,Ghi chú\nSA,=A1\n"), ("note", "agency-file-cell-formula"));
    assert_eq!(wrong("Mã,Tên đầy đủ\nSA,\n"), ("name", "agency-wrong-missing"), "a name can not be emptied");
}

#[test]
fn a_commune_that_lost_its_zeros_is_found() {
    let comparison = compared("Mã,Điện thoại\n123,113\n");
    assert_eq!(comparison.lines[0].code, "00123");
    assert!(matches!(comparison.lines[0].outcome, Outcome::Changed(_)));
}

#[test]
fn a_corrected_name_comes_with_a_word_of_warning() {
    let comparison = compared("Mã,Tên đầy đủ\nSA,Sở Thử Nghiệm và Đo Lường\n");
    assert_eq!(comparison.lines[0].notes[0].key, "agency-file-note-name");
}

#[test]
fn equal_comparisons_have_equal_marks() {
    let known = known();
    let sheet = |text: &str| match file::open(text.as_bytes()) {
        Ok(Opened::Table(sheet)) => sheet,
        other => panic!("no table: {other:?}"),
    };
    let one = Comparison::of(&known, &sheet("Mã,Điện thoại\nSA,113\n"));
    assert_eq!(one.mark(), Comparison::of(&known, &sheet("Mã,Điện thoại\nSA,113\n")).mark());
    assert_ne!(one.mark(), Comparison::of(&known, &sheet("Mã,Điện thoại\nSA,114\n")).mark());
    let mut later = known;
    later.agencies[1].version += 1;
    assert_ne!(one.mark(), Comparison::of(&later, &sheet("Mã,Điện thoại\nSA,113\n")).mark());
}
