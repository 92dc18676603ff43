use super::super::model::Interval;
use super::*;

mod occasions;
mod several;

fn cell(text: &str) -> Deadline {
    whole(text, Origin::Column)
}

fn task(text: &str) -> Deadline {
    read(&Words::new(text), super::super::model::Kind::Task, true, None).deadline.unwrap_or_default()
}

fn short(deadline: &Deadline) -> String {
    let number = |value: Option<u32>, letter: &str| value.map(|value| format!(" {letter}{value}")).unwrap_or_default();
    let code = serde_json::to_value(deadline.kind).unwrap();
    let interval = deadline
        .interval
        .map(|interval| format!(" {}", serde_json::to_value(interval).unwrap().as_str().unwrap()))
        .unwrap_or_default();
    format!(
        "{}{}{}{}{}{interval}{}",
        code.as_str().unwrap(),
        deadline.year.map(|year| format!(" {year}")).unwrap_or_default(),
        number(deadline.quarter, "q"),
        number(deadline.month, "m"),
        number(deadline.day, "d"),
        if deadline.before { " before" } else { "" }
    )
}

#[test]
fn cells_of_every_form_are_read() {
    for (text, expected) in [
        ("2025", "year 2025"),
        ("Năm 2026", "year 2026"),
        ("6/2026", "month 2026 m6"),
        ("Tháng 12/2026", "month 2026 m12"),
        ("tháng 8 năm 2026", "month 2026 m8"),
        ("T6/2026", "month 2026 m6"),
        ("Quý II/2025", "quarter 2025 q2"),
        ("quý 1/2019", "quarter 2019 q1"),
        ("Quý IV năm 2026", "quarter 2026 q4"),
        ("30/6/2026", "date 2026 m6 d30"),
        ("30.6.2026", "date 2026 m6 d30"),
        ("ngày 30 tháng 6 năm 2026", "date 2026 m6 d30"),
        ("Trước 30/9/2026", "date 2026 m9 d30 before"),
        ("Chậm nhất ngày 15/6/2026", "date 2026 m6 d15"),
        ("2025 - 2026", "range 2026"),
        ("2026-2030", "range 2030"),
        ("Giai đoạn 2026 - 2030", "range 2030"),
        ("Từ năm 2026 đến năm 2030", "range 2030"),
        ("Tháng 11, 12/2013", "range 2013 m12"),
        ("Quý I - Quý III/2026", "range 2026 q3"),
        ("từ ngày 11/9 đến hết năm 2026", "range 2026"),
        ("Từ tháng 3 đến tháng 5/2026", "range 2026 m5"),
        ("2025 và những năm tiếp theo", "recurring_from 2025 yearly"),
        ("Tháng 11, 12/2013 và bổ sung hàng năm", "recurring_from 2013 m11 yearly"),
        ("Từ tháng 11/2013 trở đi", "recurring_from 2013 m11"),
        ("Từ năm 2013 đến năm 2020 và tiếp theo", "recurring_from 2013"),
        ("từ quý II/2026", "recurring_from 2026 q2"),
        ("Từ năm 2026", "recurring_from 2026 yearly"),
        ("Thường xuyên", "recurring continuous"),
        ("Nhiệm vụ thường xuyên", "recurring continuous"),
        ("Nhiệm vụ thường xuyên (bắt đầu từ năm 2026)", "recurring_from 2026 continuous"),
        ("Hằng năm", "recurring yearly"),
        ("Hàng quý", "recurring quarterly"),
        ("6 tháng, hằng năm và định kỳ", "recurring half_yearly"),
        ("02 lần/tháng", "recurring monthly"),
        ("2 tuần/lần", "recurring biweekly"),
        ("Định kỳ 6 tháng một lần", "recurring half_yearly"),
        ("6 tháng đầu năm 2026", "month 2026 m6"),
        ("Cuối năm 2027", "year 2027"),
        ("Cả năm 2026", "year 2026"),
        ("Năm học 2026 - 2027", "range 2027"),
        ("", "none"),
        ("-", "none"),
    ] {
        assert_eq!(short(&cell(text)), expected, "{text}");
    }
}

#[test]
fn what_is_not_certain_is_unknown() {
    for text in
        ["Trong năm", "2O26", "Năm 2O26", "Quý I - Quý III", "Tháng 10", "khi có hướng dẫn của cấp trên", "Theo tiến độ của Bộ"]
    {
        assert_eq!(cell(text).kind, DeadlineKind::Unknown, "{text}");
        assert_eq!(cell(text).raw.as_deref(), Some(text));
    }
    for text in [
        "Lập kế hoạch. Hoàn thành trong năm.",
        "Lập kế hoạch. Hoàn thành trong năm 2O26.",
        "Lập kế hoạch, hoàn thành trước ngày 30/6.",
        "Tổ chức hội thi trong quý III.",
    ] {
        assert_eq!(task(text).kind, DeadlineKind::Unknown, "{text}");
    }
}

#[test]
fn the_mark_wins_over_the_body() {
    for (text, expected, source) in [
        ("Duy trì chuyên mục hằng tuần.  Nhiệm vụ thường xuyên.", "recurring continuous", Origin::Trailing),
        ("Lập quỹ. Nhiệm vụ thường xuyên  (bắt đầu từ năm 2026) .", "recurring_from 2026 continuous", Origin::Trailing),
        ("Lập bản đồ, hoàn thành năm 2025. Duy trì các lớp dữ liệu.", "year 2025", Origin::Body),
        ("Mở lớp dạy nghề (hoàn thành trong quý III/2026).", "quarter 2026 q3", Origin::Trailing),
        ("Đến năm 2030, phủ kín hạ tầng.", "year 2030", Origin::Leading),
        ("Hằng năm, xây dựng dự toán gửi Sở Tài chính tổng hợp báo cáo cấp trên.", "recurring yearly", Origin::Leading),
        ("Đưa vào vận hành nền tảng; từ quý II/2026.", "recurring_from 2026 q2", Origin::Body),
        ("Phun hóa chất, hoàn thành trước mùa mưa năm 2026.", "year 2026 before", Origin::Body),
        ("Bố trí biên chế; thực hiện hằng năm.", "recurring yearly", Origin::Body),
        ("Tổ chức hội thi. Tháng 10 hằng năm.", "recurring m10 yearly", Origin::Trailing),
    ] {
        let found = task(text);
        assert_eq!((short(&found).as_str(), found.source), (expected, Some(source)), "{text}");
    }
}

#[test]
fn reports_have_cycles() {
    for (text, expected, raw) in [
        (
            "Định kỳ trước ngày 20 tháng 6 và trước ngày 20 tháng 12 hằng năm hoặc đột xuất khi có yêu cầu, gửi báo cáo về Sở Y tế.",
            "report_cycle d20 half_yearly before",
            "Định kỳ trước ngày 20 tháng 6 và trước ngày 20 tháng 12 hằng năm hoặc đột xuất khi có yêu cầu",
        ),
        (
            "Tham gia. Định kỳ ngày 20 hằng tháng hoặc khi có yêu cầu gửi báo cáo về Sở.",
            "report_cycle d20 monthly",
            "Định kỳ ngày 20 hằng tháng hoặc khi có yêu cầu",
        ),
        (
            "Báo cáo kết quả về Sở trước ngày 10 của tháng cuối quý.",
            "report_cycle d10 quarterly before",
            "trước ngày 10 của tháng cuối quý",
        ),
        ("Báo cáo kết quả thực hiện 6 tháng, hằng năm.", "report_cycle half_yearly", "6 tháng, hằng năm"),
        ("Gửi số liệu trước ngày 31 tháng 3 hằng năm.", "report_cycle m3 d31 yearly before", "trước ngày 31 tháng 3 hằng năm"),
        ("Báo cáo định kỳ 2 tuần/lần.", "report_cycle biweekly", "định kỳ 2 tuần/lần"),
        ("Định kỳ 02 tuần báo cáo tiến độ về Sở.", "report_cycle biweekly", "Định kỳ 02 tuần"),
    ] {
        let found = task(text);
        assert_eq!((short(&found).as_str(), found.raw.as_deref()), (expected, Some(raw)), "{text}");
    }
}

#[test]
fn cited_and_event_dates_are_no_deadlines() {
    for text in [
        "Quán triệt Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị.",
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 10/01/2025 của Ủy ban nhân dân tỉnh.",
        "Hưởng ứng Ngày Khoa học và Công nghệ Việt Nam (18/5).",
        "Tổ chức Liên hoan (tháng 4 âm lịch).",
        "Thường xuyên truyền thông về các quy định.",
        "Định kỳ tổ chức đánh giá, rút kinh nghiệm.",
        "Triển khai Chương trình phát triển đô thị đến năm 2030 của Chính phủ.",
        "Bố trí từ nguồn chi thường xuyên.",
        "Tăng doanh thu so với năm 2025.",
    ] {
        assert_eq!(task(text).kind, DeadlineKind::None, "{text}: {:?}", task(text));
    }
}

#[test]
fn several_deadlines_are_told() {
    let words = Words::new("Lập kế hoạch gửi Sở trước ngày 31/3/2026; báo cáo kết quả định kỳ vào ngày 20 hằng tháng.");
    let reading = read(&words, super::super::model::Kind::Task, true, None);
    assert_eq!(short(&reading.deadline.unwrap()), "date 2026 m3 d31 before");
    assert_eq!(reading.others, ["định kỳ vào ngày 20 hằng tháng"]);
}

#[test]
fn headings_that_are_times_give_the_deadline() {
    for (text, expected) in [
        ("Năm 2025", "year 2025"),
        ("MỤC TIÊU ĐẾN NĂM 2030", "year 2030"),
        ("Mục tiêu đến năm 2030, tầm nhìn đến năm 2045", "year 2030"),
        ("Giai đoạn 2026 - 2028", "range 2028"),
        ("ĐẾN HẾT NĂM 2026", "year 2026"),
        ("Nhiệm vụ thường xuyên", "recurring continuous"),
        ("MỤC TIÊU CỤ THỂ NĂM 2026", "year 2026"),
    ] {
        assert_eq!(in_heading(&Words::new(text)).map(|found| short(&found)).as_deref(), Some(expected), "{text}");
    }
    for text in ["Mục tiêu chung", "Triển khai Chiến lược đến năm 2030", "Đẩy mạnh truyền thông năm 2026 trên báo chí"]
    {
        assert_eq!(in_heading(&Words::new(text)), None, "{text}");
    }
}

#[test]
fn two_columns_make_a_range() {
    let range = between("Tháng 3/2026", "Tháng 5/2026");
    assert_eq!((short(&range).as_str(), range.from.unwrap().month), ("range 2026 m5", Some(3)));
    assert_eq!(short(&between("", "2027")), "year 2027");
    assert_eq!(cell("Hằng quý").interval, Some(Interval::Quarterly));
}

#[test]
fn times_apart_hang_together() {
    for (text, expected) in [
        ("Hằng năm tổng hợp, báo cáo Sở trước ngày 30/11.", "report_cycle m11 d30 yearly before"),
        ("Báo cáo 6 tháng (trước ngày 10/6) và năm (trước ngày 10/12) về Sở.", "report_cycle d10 half_yearly before"),
        ("Báo cáo nhanh về Sở trước 16 giờ hằng ngày.", "report_cycle daily before"),
        ("Sơ tán dân xong trước 10 giờ ngày 20/9/2026.", "date 2026 m9 d20 before"),
        ("Trực tại điểm thi từ ngày 10 đến ngày 12 tháng 6 năm 2026.", "range 2026 m6 d12"),
        ("Sơ tán dân xong trước 12 giờ 00 ngày 20/9/2026.", "date 2026 m9 d20 before"),
        ("Kiểm tra 10 xã (tháng 5 và tháng 10/2026); Tổ giúp việc thực hiện.", "range 2026 m10"),
        ("Triển khai chương trình khuyến mại từ ngày 01/7 đến ngày 30/9/2026.", "range 2026 m9 d30"),
        ("Phát tin trên truyền thanh, tuần 3 buổi.", "recurring weekly"),
        ("Kiểm tra ít nhất một lần trong năm.", "recurring yearly"),
        ("Bố trí nhân viên, hoàn thành trước năm học 2029 - 2030.", "year 2029 before"),
        ("Trình Hội đồng nhân dân tại kỳ họp cuối năm 2026.", "year 2026"),
        ("Dạy thử từ học kỳ I năm học 2026 - 2027.", "recurring_from 2026 yearly"),
        ("Xây dựng kế hoạch trong vòng 30 ngày kể từ ngày ký ban hành.", "unknown"),
        ("Ký hợp đồng cung cấp trước khai giảng năm học mới.", "unknown before"),
        ("Tổ chức phong trào “Mỗi tuần một kỹ năng”.", "none"),
        ("Giảm số vụ so với cuối năm 2025.", "none"),
        ("Giải quyết hồ sơ trong vòng 05 ngày kể từ ngày nhận đủ giấy tờ.", "unknown"),
        ("Giải quyết hồ sơ trong vòng 05 ngày.", "none"),
    ] {
        assert_eq!(short(&task(text)), expected, "{text}");
    }
}

#[test]
fn periods_close_a_sentence() {
    for (text, expected) in [
        ("Đưa kỹ năng bơi vào hoạt động ngoại khóa từ năm học 2026 - 2027.", "recurring_from 2026 yearly"),
        ("Đưa nội dung vào chương trình giáo dục từ năm học 2026 - 2027.", "recurring_from 2026 yearly"),
        ("Bố trí vốn sửa chữa hồ chứa trong giai đoạn 2026 - 2028.", "range 2028"),
        ("Mở rộng liên kết, bắt đầu từ năm 2026 và thực hiện thường xuyên.", "recurring_from 2026 continuous"),
        ("Chăm sóc cây xanh và thực hiện thường xuyên.", "recurring continuous"),
        ("Duy trì mô hình (thường xuyên trong năm).", "recurring continuous"),
        ("Rà soát quy hoạch theo lộ trình đến năm 2027.", "year 2027"),
        ("Đón đoàn công tác trong tuần cuối tháng 5/2026.", "month 2026 m5"),
        ("Tiếp công dân tối thiểu 02 ngày/tháng.", "recurring monthly"),
        ("Trực cứu hộ trong suốt mùa mưa, bão.", "unknown"),
        ("Rà soát phương án trước khi bước vào năm học mới.", "unknown before"),
        ("Sửa chữa trường lớp trong giai đoạn 2026 - 2028 theo nguồn vốn được giao.", "none"),
    ] {
        assert_eq!(short(&task(text)), expected, "{text}");
    }
}

#[test]
fn what_the_act_waits_for_is_no_date_but_a_time() {
    for (text, expected) in [
        ("Thành lập Tổ công tác trong 10 ngày kể từ ngày ban hành Kế hoạch này.", "unknown"),
        ("Xây dựng kế hoạch, gửi Sở trong vòng 07 ngày kể từ ngày nhận được Công văn này.", "unknown"),
        ("Thí điểm xưởng dùng chung sau khi đề án được phê duyệt.", "unknown"),
        ("Xây dựng kế hoạch của cấp mình sau khi có hướng dẫn của Ban Tổ chức.", "unknown"),
        ("Đầu tư khu liên hợp (giai đoạn 1), khởi công quý II/2027.", "quarter 2027 q2"),
        ("Khởi công quý II/2027, hoàn thành quý IV/2028.", "quarter 2028 q4"),
        ("Báo cáo tại kỳ họp cuối năm 2026 của Hội đồng nhân dân tỉnh.", "year 2026"),
        ("Định kỳ báo cáo Hội đồng nhân dân vào kỳ họp thường lệ cuối năm.", "report_cycle yearly"),
        ("Sau khi học xong, người học được cấp chứng chỉ.", "none"),
    ] {
        assert_eq!(short(&task(text)), expected, "{text}");
    }
}

#[test]
fn a_target_at_an_event_is_due_in_its_year() {
    let target =
        |text: &str| read(&Words::new(text), super::super::model::Kind::Target, false, None).deadline.unwrap_or_default();
    assert_eq!(short(&target("Giữ vững vị trí tốp 5 tại Đại hội Thể thao toàn quốc năm 2026;")), "year 2026");
    assert_eq!(short(&target("Giảm 10% số vụ so với năm 2025.")), "none");
}

#[test]
fn a_stretch_at_the_end_is_a_deadline_unless_a_document_is_named_so() {
    for (text, expected) in [
        ("Cử 150 nhà giáo đi bồi dưỡng kỹ năng nghề giai đoạn 2026 - 2028.", "range 2028"),
        ("Lồng ghép vào Chương trình phát triển miền núi từ năm 2026.", "recurring_from 2026 yearly"),
        ("Xây dựng Đề án bồi dưỡng nhà giáo giai đoạn 2026 - 2028.", "none"),
        ("Bố trí vốn trong kế hoạch đầu tư công trung hạn giai đoạn 2026 - 2030.", "none"),
        ("Giảm số vụ so với giai đoạn 2021 - 2025.", "none"),
    ] {
        assert_eq!(short(&task(text)), expected, "{text}");
    }
}

#[test]
fn recurrences_stand_apart_or_have_no_name() {
    for (text, expected) in [
        ("Hằng tháng họp Tổ liên gia, báo cáo Công an phường trước ngày 25.", "report_cycle d25 monthly before"),
        ("Thông báo nguồn nước định kỳ 10 ngày một lần.", "recurring"),
        ("Đình chỉ cơ sở vi phạm, thực hiện thường xuyên, không có ngoại lệ.", "recurring continuous"),
        ("Hướng dẫn khai báo tai nạn; cập nhật thường xuyên.", "recurring continuous"),
        ("Hằng tháng họp, công bố trước ngày 25/12/2026.", "recurring monthly"),
    ] {
        assert_eq!(short(&task(text)), expected, "{text}");
    }
}

#[test]
fn money_and_plans_of_every_year_are_no_cadence() {
    for (text, expected) in [
        ("Căn cứ khả năng cân đối ngân sách hằng năm, trình bố trí kinh phí.", "none"),
        ("Bố trí kinh phí trong dự toán ngân sách hằng năm để thực hiện Đề án.", "none"),
        ("Mua sắm theo kế hoạch hằng năm được duyệt.", "none"),
        ("Xây dựng kế hoạch hằng năm để tổ chức triển khai.", "recurring yearly"),
        ("Lồng ghép nhiệm vụ vào kế hoạch hằng năm của đơn vị.", "recurring yearly"),
    ] {
        assert_eq!(short(&task(text)), expected, "{text}");
    }
}

#[test]
fn the_last_review_counts_and_both_reports_are_kept() {
    assert_eq!(short(&task("Tham mưu sơ kết năm 2028, tổng kết năm 2030.")), "year 2030");
    let words = Words::new("Báo cáo Sở trước ngày 25/6 và ngày 05/12/2026.");
    let both = read(&words, super::super::model::Kind::Task, true, None);
    assert_eq!(short(&both.deadline.unwrap()), "date 2026 m12 d5 before");
    assert_eq!(both.others, ["trước ngày 25/6"]);
    let review = Words::new("Sơ kết vào quý IV năm 2028, tổng kết trong năm 2030.");
    assert_eq!(read(&review, super::super::model::Kind::Task, true, None).others, ["vào quý IV năm 2028"]);
    assert_eq!(short(&task("Tổ chức sơ kết vào quý IV/2028, tổng kết vào quý III/2030.")), "quarter 2030 q3");
    assert_eq!(
        short(&task("Sơ kết vào tháng 12 hằng năm, tổng kết vào năm 2028.")),
        "recurring m12 yearly",
        "what comes every year is due first"
    );
    assert_eq!(short(&task("Phấn đấu đến 30/9/2026 giải ngân 70%, đến 31/01/2027 đạt 100%.")), "date 2027 m1 d31");
    assert_eq!(short(&task("Làm cầu; đến 30/9/2026 giải ngân 70%, đến 31/01/2027 đạt 100%.")), "date 2027 m1 d31");
    let found = task("Báo cáo kết quả định kỳ 6 tháng (trước ngày 15/6) và hằng năm (trước ngày 15/12).");
    assert_eq!(short(&found), "report_cycle d15 half_yearly before");
    assert_eq!(found.dates.iter().map(|date| (date.day, date.month)).collect::<Vec<_>>(), [(15, 6), (15, 12)]);
    assert_eq!(short(&task("Cập nhật số liệu lên Hệ thống thông tin báo cáo ngày 18 hằng tháng.")), "recurring d18 monthly");
}
