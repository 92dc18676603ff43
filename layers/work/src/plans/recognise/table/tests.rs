use official_document::PartKind;

use super::super::model::{DeadlineKind, Kind, Origin, Provision};
use super::super::samples::{part, table};
use super::*;

fn rows(columns: &[&str], cells: &[&[&str]], kind: Option<Kind>) -> Vec<Provision> {
    let mut found = Found::default();
    let scope = Scope { path: "PL1".into(), kind, ..Scope::default() };
    read(Gazetteer::standard(), &table(columns, cells), &scope, &mut found);
    found.provisions
}

#[test]
fn a_table_of_tasks_is_read_row_by_row() {
    let found = rows(
        &["TT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Kết quả", "Thời gian hoàn thành"],
        &[
            &["I", "Cải cách thể chế", "", "", "", ""],
            &["1", "Rà soát văn bản", "Sở Tư pháp", "Các sở, ban, ngành; UBND các xã, phường", "Quyết định", "Quý I/2026"],
            &["II", "Chính quyền số", "", "", "", ""],
            &["2", "Kết nối dữ liệu", "Công an tỉnh", "", "", "nt"],
            &["3", "Mở lớp", "nt", "Sở Nội vụ", "02 lớp", ""],
        ],
        None,
    );
    let paths: Vec<_> = found.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(paths, ["PL1.I.1", "PL1.II.2", "PL1.II.3"]);
    assert_eq!(found[0].leads, ["Sở Tư pháp"]);
    assert_eq!(found[0].cooperates, ["Các sở, ban, ngành", "UBND các xã, phường"]);
    assert_eq!((found[0].deadline.kind, found[0].deadline.source), (DeadlineKind::Quarter, Some(Origin::Column)));
    assert_eq!(found[0].result.as_deref(), Some("Quyết định"));
    assert_eq!(found[0].headings, ["Cải cách thể chế"]);
    assert_eq!(found[1].deadline.quarter, Some(1), "nt repeats the cell above");
    assert_eq!((found[2].leads[0].as_str(), found[2].deadline.kind), ("Công an tỉnh", DeadlineKind::None));
    assert!(found.iter().all(|one| one.kind == Kind::Task && one.lead_source == Some(Origin::Column)));
}

#[test]
fn columns_have_many_names() {
    for (columns, lead, deadline) in [
        (["Số TT", "Nội dung công việc", "Đơn vị thực hiện", "Tiến độ", "Ghi chú"], "Sở Y tế", 2026),
        (["STT", "Nhiệm vụ, giải pháp", "Phân công thực hiện", "Thời hạn hoàn thành", "Sản phẩm đầu ra"], "Sở Y tế", 2026),
        (["TT", "Hoạt động", "Cơ quan thực hiện / Chủ trì", "Thời gian", "Kinh phí"], "Sở Y tế", 2026),
        (["", "", "", "", ""], "Sở Y tế", 2026),
    ] {
        let found = rows(
            &columns,
            &[
                &["1", "Lập kế hoạch truyền thông cho người dân vùng sâu", lead, "2026", ""],
                &["2", "Mở lớp tập huấn cho cộng tác viên", "Sở Nội vụ", "2027", ""],
            ],
            Some(Kind::Task),
        );
        let first = found.first().map(|one| (one.leads.clone(), one.deadline.year));
        assert_eq!(first, Some((vec![lead.to_owned()], Some(deadline))), "{columns:?}");
    }
}

#[test]
fn targets_have_years_and_units() {
    let found = rows(
        &["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2026", "Năm 2030"],
        &[
            &["1", "Tỷ trọng kinh tế số", "%", "≥ 15", "≥ 30"],
            &["2", "Nhân lực số", "", "", ""],
            &["2.1", "Số chuyên gia", "Người", "09", "Nhóm 15"],
        ],
        Some(Kind::Target),
    );
    assert_eq!(found.len(), 2);
    let target = found[0].target.as_ref().unwrap();
    assert_eq!(
        (target.op.as_deref(), target.value, target.unit.as_deref(), target.year),
        (Some(">="), Some(30.0), Some("%"), Some(2030))
    );
    assert_eq!((target.more[0].value, target.more[0].year), (Some(15.0), Some(2026)));
    assert_eq!((found[0].deadline.kind, found[0].deadline.year), (DeadlineKind::Year, Some(2030)));
    assert_eq!((found[1].path.as_str(), found[1].target.as_ref().unwrap().value), ("PL1.2.1", None));
    assert!(found.iter().all(|one| one.kind == Kind::Target));
}

#[test]
fn start_and_end_columns_make_a_range() {
    let found = rows(
        &["TT", "Nhiệm vụ", "Chủ trì", "Thời gian bắt đầu", "Thời gian kết thúc"],
        &[&["1", "Xây cầu", "Sở Xây dựng", "3/2026", "9/2027"]],
        None,
    );
    assert_eq!((found[0].deadline.kind, found[0].deadline.year), (DeadlineKind::Range, Some(2027)));
}

#[test]
fn a_list_of_persons_is_no_plan() {
    assert!(
        rows(&["TT", "Họ và tên", "Chức vụ", "Đơn vị"], &[&["1", "Chuyên viên", "Trưởng phòng", "Sở Y tế"]], Some(Kind::Task))
            .is_empty()
    );
    let mut found = Found::default();
    read(Gazetteer::standard(), &part(PartKind::Table, "", ""), &Scope::default(), &mut found);
    assert!(found.provisions.is_empty());
}

#[test]
fn a_column_of_aims_beside_the_names_holds_values() {
    let found = rows(
        &["TT", "Chỉ tiêu", "Đơn vị tính", "Mục tiêu", "Năm hoàn thành", "Cơ quan theo dõi"],
        &[
            &["1", "Tỷ lệ rác được thu gom", "%", "≥ 97", "2028", "Sở Nông nghiệp và Môi trường"],
            &["2", "Số trạm trung chuyển", "Trạm", "12", "2027", "Sở Xây dựng"],
        ],
        None,
    );
    let target = found[0].target.as_ref().unwrap();
    assert_eq!((target.op.as_deref(), target.value, target.unit.as_deref()), (Some(">="), Some(97.0), Some("%")));
    assert_eq!((found[1].deadline.year, found[1].target.as_ref().unwrap().value), (Some(2027), Some(12.0)));
}

#[test]
fn years_in_a_second_row_belong_to_the_header() {
    let found = rows(
        &["TT", "Chỉ tiêu", "ĐVT", "Mục tiêu", "", ""],
        &[
            &["", "", "", "2026", "2028", "2030"],
            &["1", "Diện tích được đo đạc", "%", "60", "85", "100"],
            &["2", "Số công ty sắp xếp xong", "Công ty", "20", "45", "70"],
        ],
        None,
    );
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].deadline.year, found[0].target.as_ref().unwrap().value), (Some(2030), Some(100.0)));
}

#[test]
fn a_column_of_bodies_has_any_header() {
    let found = super::super::recognise(
        &official_document::read_text(
            "ỦY BAN NHÂN DÂN\nXÃ MẪU\nKẾ HOẠCH\nThử\n\nI. NHIỆM VỤ\nSTT\tCông việc\tĐơn vị làm\tHạn\n\
             1\tSố hóa hồ sơ\tPhòng Văn hóa - Xã hội\tTháng 6/2026\n2\tMở lớp\tTrạm Y tế xã\tQuý III/2026\n\
             II. VIỆC KHÁC\nNội dung\tThực hiện chính\tThời gian\nTuần tra\tCông an xã\tHằng tuần\n",
        ),
        Gazetteer::standard(),
    );
    let leads: Vec<_> = found.provisions.iter().map(|one| one.leads.join(", ")).collect();
    assert_eq!(leads, ["Phòng Văn hóa - Xã hội", "Trạm Y tế xã", "Công an xã"]);
}
