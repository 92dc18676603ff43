//! Several times for one thing, and times that say what already is.

use super::super::super::model::Kind;
use super::super::super::words::Words;
use super::super::read;
use super::{cell, short, task};

fn target(text: &str) -> String {
    short(&read(&Words::new(text), Kind::Target, false, None).deadline.unwrap_or_default())
}

/// A task of a document of 2026.
fn dated(text: &str) -> String {
    short(&read(&Words::new(text), Kind::Task, true, Some(2026)).deadline.unwrap_or_default())
}

#[test]
fn of_the_values_of_a_target_the_last_counts() {
    for (text, expected) in [
        ("Tỷ trọng kinh tế số đạt 20% trong năm 2026 và 35% vào năm 2030.", "year 2030"),
        ("Tỷ lệ hộ dùng nước sạch đạt 80% năm 2026, 85% năm 2027 và 95% năm 2030.", "year 2030"),
        ("Đạt trên 15 bác sĩ/vạn dân năm 2027, hướng đến 19 bác sĩ/vạn dân năm 2030.", "year 2030"),
        ("Phấn đấu hết năm 2026 có 30 xã và đến hết năm 2028 có 60 xã đạt chuẩn.", "year 2028"),
        ("Đến hết quý II/2026 đạt trên 40%, đến ngày 31/12/2026 đạt 100%.", "date 2026 m12 d31"),
        ("Có ít nhất 20 doanh nghiệp vào năm 2027; đến năm 2030 có 50 doanh nghiệp.", "year 2030"),
        ("Ít nhất 85% hộ cam kết trong quý II, 95% trong quý IV/2026.", "quarter 2026 q4"),
        ("Đến năm 2030, 90% hộ có nước sạch, tầm nhìn đến năm 2045 đạt 100%.", "year 2030"),
        ("Thu ngân sách năm 2026 đạt 25.000 tỷ đồng, tăng 12% so với năm 2025.", "year 2026"),
    ] {
        assert_eq!(target(text), expected, "{text}");
    }
}

#[test]
fn a_target_may_come_again() {
    for (text, expected) in [
        ("100% bếp ăn được kiểm tra ít nhất 01 lần/năm.", "recurring yearly"),
        ("Giảm 5% số vụ cháy hằng năm so với năm trước.", "recurring yearly"),
        ("Đào tạo nghề cho 5.000 lao động mỗi năm.", "recurring yearly"),
        ("Tăng trưởng bình quân hằng năm đạt 10%.", "none"),
        ("Bình quân mỗi người dân đọc 05 bản sách/năm.", "none"),
        ("Có 30 câu lạc bộ sinh hoạt hằng tháng.", "none"),
        ("Sản lượng đạt 150.000 tấn/năm.", "none"),
    ] {
        assert_eq!(target(text), expected, "{text}");
    }
}

#[test]
fn of_rounds_reports_and_stages_the_last_counts() {
    for (text, expected) in [
        ("Điều tra xã hội học, lần thứ nhất năm 2027, lần thứ hai năm 2029.", "year 2029"),
        ("Kiểm tra 02 đợt: đợt I xong trước 30/5/2026; đợt II xong trước 30/11/2026.", "date 2026 m11 d30 before"),
        ("Kiểm tra liên ngành: đợt 1 (tháng 3/2026), đợt 2 (tháng 9/2026).", "month 2026 m9"),
        ("Giai đoạn 2026 - 2028, hỗ trợ 50 mô hình; giai đoạn 2029 - 2030, hỗ trợ 80 mô hình.", "range 2030"),
        ("Năm 2026 trồng 20 ha, năm 2027 trồng 30 ha, năm 2028 trồng 50 ha.", "year 2028"),
        ("Giai đoạn 1 hoàn thành năm 2026, giai đoạn 2 hoàn thành năm 2028.", "year 2028"),
        ("Đánh giá giữa kỳ năm 2028, đánh giá cuối kỳ năm 2030.", "year 2030"),
        ("Khởi công trong quý II/2026, hoàn thành quý IV/2027.", "quarter 2027 q4"),
        ("Báo cáo Sở trước ngày 15/6/2026, báo cáo năm trước ngày 15/12/2026.", "date 2026 m12 d15 before"),
        ("Báo cáo (quý, 6 tháng, 9 tháng, năm) trước ngày 15 của tháng cuối kỳ.", "report_cycle d15 quarterly before"),
        ("Gửi báo cáo (tháng, quý, năm) về Sở Nội vụ.", "report_cycle monthly"),
        ("Hoàn thành trong tháng 3/2026 đối với cấp tỉnh, tháng 4/2026 đối với cấp xã.", "month 2026 m4"),
        ("Cấp tỉnh hoàn thành trước ngày 30/4/2026, cấp xã hoàn thành trước ngày 30/5/2026.", "date 2026 m5 d30 before"),
        ("Báo cáo tuần vào 15 giờ thứ Năm về Văn phòng.", "report_cycle weekly"),
        ("Cứ 6 tháng tổ chức đối thoại một lần.", "recurring half_yearly"),
        ("Bố trí lịch họp vào tuần cuối của tháng để nghe báo cáo tiến độ.", "recurring monthly"),
        ("Trình Hội đồng nhân dân tại kỳ họp gần nhất.", "unknown"),
        ("Thực hiện Đề án A; đến năm 2028 hình thành 30 chuỗi liên kết.", "year 2028"),
        ("Thực hiện Chương trình B, đến năm 2028 có 50 sản phẩm.", "year 2028"),
        ("Thực hiện Chiến lược phát triển du lịch đến năm 2030.", "none"),
        ("Trình tại phiên họp thường kỳ tháng 6/2026 của Ủy ban.", "month 2026 m6"),
        ("Ban hành tiêu chí sau khi có hướng dẫn của Bộ Văn hóa, Thể thao và Du lịch.", "unknown"),
        ("Trả lời bằng văn bản trong tuần này.", "unknown"),
    ] {
        assert_eq!(short(&task(text)), expected, "{text}");
    }
    assert_eq!(short(&cell("Quý, 6 tháng, năm")), "recurring quarterly");
    assert_eq!(short(&cell("Kỳ họp thường lệ giữa năm 2026 (tháng 7/2026)")), "month 2026 m7");
}

#[test]
fn what_was_is_no_deadline() {
    for (text, expected) in [
        ("Quyết toán 12 dự án đã đưa vào sử dụng trước năm 2025 trong quý III năm 2026.", "quarter 2026 q3"),
        ("Xác định nguồn gốc đất khai hoang trước năm 1993.", "none"),
        ("Sửa các phòng học xây dựng trước năm 2000, hoàn thành trước tháng 9/2026.", "month 2026 m9 before"),
        ("Lập danh sách hộ đang hoạt động đến ngày 31/12/2026, xong trước ngày 15/01/2027.", "date 2027 m1 d15 before"),
        ("Chốt số liệu đến ngày 31/5/2026, báo cáo trước ngày 10/6/2026.", "date 2026 m6 d10 before"),
        ("Hoàn thành các nhiệm vụ đã được giao trước ngày 30/6/2026.", "date 2026 m6 d30 before"),
        ("Hoàn thành đưa vào sử dụng trước ngày 30/11/2026 tuyến đường ven biển.", "date 2026 m11 d30 before"),
        ("Phê duyệt cấp độ cho hệ thống đang vận hành trong quý IV/2026.", "quarter 2026 q4"),
    ] {
        assert_eq!(dated(text), expected, "{text}");
    }
}
