//! Which lines are headings, and how far they hold.

use super::Section::{Difficulties as D, Proposals as P, Results as R};
use super::*;

fn parts(text: &str) -> Vec<Section> {
    split(text).into_iter().map(|(section, _)| section).collect()
}

#[test]
fn headings_set_difficulties_and_proposals_apart() {
    let text = "Đã mở 12 lớp.\nII. Khó khăn, vướng mắc\n- Thiếu kinh phí.\nThiếu người.\n\n3) Kiến nghị, đề xuất: Bổ sung kinh phí.\nSớm có hướng dẫn.\nIV. Phương hướng\nMở thêm lớp.";
    assert_eq!(parts(text), [R, D, D, D, P, P, R, R]);
    let words: Vec<&str> = split(text).into_iter().map(|(_, words)| words).collect();
    assert_eq!(words.join("\n"), text.replace("\n\n", "\n"), "nothing is lost or reworded");
}

#[test]
fn words_that_only_begin_alike_are_no_headings() {
    for text in ["Kho khănh là tên riêng.", "Hạn chếm.", "Không có khó khăn.", "Khó khăn.", "Kiến nghị;"] {
        assert_eq!(parts(text), [R], "{text}");
    }
    assert!(split(" \n \n").is_empty());
    assert_eq!(of_heading("Khó khăn, vướng mắc trong kỳ"), D);
    assert_eq!((of_heading("Kiến nghị"), of_heading("Số lớp đã mở")), (P, R));
    assert_eq!(of_heading("2. Những khó khăn lớn nhất khi làm việc với báo chí"), D);
}

#[test]
fn a_sentence_that_begins_with_the_words_of_a_heading_is_none() {
    assert_eq!(parts("Hạn chế tin giả bằng 12 bản tin.\nĐã mở 12 lớp tập huấn.\n- Đã phát 300 tờ rơi."), [R, R, R]);
    let text = "Đề xuất của phường đã được UBND chấp thuận.\nĐã treo 20 băng rôn.\nIII. Giải pháp thời gian tới\nMở thêm lớp.";
    assert_eq!(parts(text), [R, R, R, R]);
    assert_eq!(
        parts("1. Kiến nghị của cử tri về nước sạch đã được trả lời.\n2. Đề xuất lắp loa đã được duyệt.\nĐã lắp 5 loa."),
        [R; 3]
    );
}

#[test]
fn an_unknown_heading_of_the_same_or_a_higher_rank_ends_the_part() {
    let text = "I. KẾT QUẢ\nĐã mở 12 lớp.\nII. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN\n1. Thiếu kinh phí.\n2. Thiếu người.\n10. Thiếu máy.\nIII. Hoạt động khác\n1. Đã in tài liệu.";
    assert_eq!(parts(text), [R, R, D, D, D, D, R, R]);
    let text = "1. Công việc đã làm\na) Khó khăn:\n- Thiếu loa.\nb) Phối hợp với công an xã\n- Đã họp 3 lần.\n2. Chuyển đổi số\nĐã mở lớp.";
    assert_eq!(parts(text), [R, D, D, R, R, R, R]);
    // A list within the part that counts anew is the part's own.
    let text = "Khó khăn:\n1. Thiếu loa\n2. Thiếu người\nII. Việc tiếp theo\nLắp loa.";
    assert_eq!(parts(text), [D, D, D, R, R]);
}

#[test]
fn realistic_reports_of_communes_stand_where_they_belong() {
    let text = "Đài truyền thanh phát 45 lượt.\n* Khó khăn\n+ Cụm loa số 3 hỏng.\n+ 1.200 hộ ở xa chưa nghe được.\n* Kiến nghị\n+ Thay cụm loa.";
    assert_eq!(parts(text), [R, D, D, D, P, P]);
    let text = "Kết quả: Đã mở 12 lớp.\nKhó khăn: Thiếu kinh phí.\nNgày 20.6.2026 đã họp tổ công nghệ số.";
    assert_eq!(parts(text), [R, D, R], "a sentence behind a name speaks for itself");
    let text = "2.1. Kết quả 6 tháng đầu năm 2026\nĐã phát 30/6 bản tin.\n2.2. Những khó khăn, vướng mắc trong quá trình thực hiện\nThiếu người.\n2.3. Công tác phối hợp\nĐã họp.";
    assert_eq!(parts(text), [R, R, D, D, R, R]);
    let text = "IV. ĐỀ XUẤT, KIẾN NGHỊ:\n1. Đối với tỉnh: Cấp kinh phí.\n2. Đối với sở: Tập huấn.\nV. PHỤ LỤC\nẢnh kèm theo.";
    assert_eq!(parts(text), [P, P, P, R, R]);
    let text = "**Tồn tại, hạn chế**\nMạng yếu.\nPhương hướng thời gian tới:\nLắp thêm trạm.";
    assert_eq!(parts(text), [D, D, R, R]);
}
