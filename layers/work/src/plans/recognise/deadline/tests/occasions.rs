//! Times by where they stand and what they hang on.

use super::super::super::model::Kind;
use super::super::super::words::Words;
use super::super::read;
use super::{cell, short, task};

fn target(text: &str) -> String {
    short(&read(&Words::new(text), Kind::Target, false, None).deadline.unwrap_or_default())
}

#[test]
fn what_hangs_on_something_else_is_unknown() {
    for text in [
        "Hoàn thành hồ sơ trong thời hạn 04 ngày làm việc kể từ ngày có khối lượng được nghiệm thu.",
        "Gửi danh sách về Hội chậm nhất 15 ngày trước mỗi đợt.",
        "Công khai kết quả trong vòng 5 ngày làm việc sau khi có kết quả kiểm tra.",
        "Trả lời kiến nghị không quá 10 ngày làm việc kể từ khi tiếp nhận.",
        "Cấp giấy xác nhận cho học viên sau khi kết thúc khóa học.",
        "Ngay sau khi có kết quả, công khai danh sách.",
        "Phân bổ dự phòng ngân sách khi có thiên tai xảy ra.",
        "Hoàn thành trong thời gian sớm nhất.",
    ] {
        assert!(short(&task(text)).starts_with("unknown"), "{text}: {}", short(&task(text)));
    }
    for text in [
        "Xử lý thông tin trong vòng 48 giờ.",
        "Thông báo lịch cho khách hàng ít nhất 05 ngày trước khi thực hiện.",
        "Hướng dẫn kê khai sau khi bỏ thuế khoán; hỗ trợ tại các chợ.",
    ] {
        assert_eq!(short(&task(text)), "none", "{text}");
    }
}

#[test]
fn days_of_what_is_held_are_its_time() {
    for (text, expected) in [
        ("Đợt 1: tổ chức ngày 07/4/2026 tại Nhà văn hóa.", "date 2026 m4 d7"),
        ("Tổ chức lễ phát động ngày 05 tháng 6 năm 2026 tại Quảng trường.", "date 2026 m6 d5"),
        ("Tổ chức thi thử trong hai ngày 15 và 16/5/2026.", "range 2026 m5 d16"),
        ("Hợp long trước ngày Quốc khánh 02/9/2026.", "date 2026 m9 d2 before"),
        ("Trồng 50 ha rừng vào vụ Xuân năm 2027.", "year 2027"),
        ("Trong Tháng hành động vì môi trường (tháng 6/2026), tổ chức ra quân.", "month 2026 m6"),
        ("Giai đoạn 1 (2026 - 2027): xây dựng 10 trạm.", "range 2027"),
        ("Tham mưu tổ chức sơ kết năm 2028.", "year 2028"),
        ("Trình tại phiên họp tháng 6/2026.", "month 2026 m6"),
        ("Thực hiện Kế hoạch số 12/KH-UBND ngày 10/01/2025.", "none"),
    ] {
        assert_eq!(short(&task(text)), expected, "{text}");
    }
}

#[test]
fn the_latest_and_the_first_words_of_a_sentence() {
    for (text, expected) in [
        ("Đến hết ngày 31 tháng 01 năm 2027, giải ngân đạt 98%.", "date 2027 m1 d31"),
        ("Quyết toán các dự án hoàn thành từ năm 2025 trở về trước, chậm nhất trong quý IV năm 2026.", "quarter 2026 q4"),
        ("Phê duyệt giá đất, không để kéo dài quá ngày 31/8/2026.", "date 2026 m8 d31"),
        ("Riêng năm 2027, đưa vào khai thác 02 trung tâm.", "year 2027"),
        ("Năm 2026 mở 10 lớp.", "year 2026"),
        ("Cấp màn cho người đi rừng trong hai năm 2026-2027.", "range 2027"),
        ("Đào tạo 120 cô đỡ trong giai đoạn 2026 - 2027, ưu tiên vùng xa.", "range 2027"),
        ("Thực hiện trong nhiệm kỳ 2025 - 2030.", "range 2030"),
        ("Hoàn thành trong tuần thứ hai của tháng 5/2026.", "month 2026 m5"),
        ("Hoàn thành trong 9 tháng đầu năm 2026.", "month 2026 m9"),
        ("Lập bộ thuế đối với các thửa đất mới, thường xuyên.", "recurring continuous"),
        ("Xây dựng 10 trạm, trong đó năm 2026 là 3 trạm, năm 2027 là 7 trạm.", "year 2027"),
        ("Đưa nhiệm vụ vào chương trình công tác hằng năm của cấp ủy.", "none"),
        ("Họp định kỳ chiều thứ Sáu tuần cuối của tháng.", "recurring monthly"),
    ] {
        assert_eq!(short(&task(text)), expected, "{text}");
    }
    assert_eq!(short(&cell("Từ 01/7 đến 31/8")), "unknown m8 d31");
}

#[test]
fn a_target_is_for_the_year_it_names() {
    for (text, expected) in [
        ("Sản lượng vận chuyển năm 2026 đạt 9,8 triệu lượt, tăng 15% so với năm 2025.", "year 2026"),
        ("Giảm số cặp tảo hôn năm 2026 xuống không quá 05 cặp (năm 2025 có 13 cặp).", "year 2026"),
        ("Năm 2027, sản lượng đạt 32.000 tấn; năm 2028 đạt 40.000 tấn.", "year 2028"),
        ("Đến năm 2028, vận tải công cộng đạt 12%; đến năm 2030 đạt 18%.", "year 2030"),
        ("Tỷ lệ hộ nghèo theo chuẩn năm 2021 dưới 3%.", "none"),
        ("Tăng 10% so với năm 2025.", "none"),
    ] {
        assert_eq!(target(text), expected, "{text}");
    }
}
