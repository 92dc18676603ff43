use super::*;

fn target(text: &str) -> Target {
    read(&Words::new(text), Kind::Target).unwrap_or_default()
}

fn parts(target: &Target) -> (&str, f64, &str, &str, &str) {
    let text =
        |value: &'_ Option<String>| -> &str { value.as_deref().map_or("", |text| Box::leak(text.to_owned().into_boxed_str())) };
    (text(&target.op), target.value.unwrap_or(f64::NAN), text(&target.unit), text(&target.subject), text(&target.raw))
}

#[test]
fn percentages_say_of_whom() {
    for (text, expected) in [
        (
            "100% các sở, ban, ngành thuộc Ủy ban nhân dân tỉnh xây dựng, ban hành Kế hoạch.",
            ("=", 100.0, "%", "các sở, ban, ngành thuộc Ủy ban nhân dân tỉnh", "100%"),
        ),
        (
            "100% lãnh đạo, công chức trong cơ quan nhà nước, đơn vị sự nghiệp đều được tuyên truyền.",
            ("=", 100.0, "%", "lãnh đạo, công chức trong cơ quan nhà nước, đơn vị sự nghiệp", "100%"),
        ),
        (
            "100% các nội dung quan điểm chỉ đạo của Nghị quyết được cung cấp kịp thời.",
            ("=", 100.0, "%", "các nội dung quan điểm chỉ đạo của Nghị quyết", "100%"),
        ),
        ("Ít nhất 80% người dân tiếp cận thông tin.", (">=", 80.0, "%", "người dân", "Ít nhất 80%")),
        (
            "Tỉ lệ học sinh hoàn thành trung học đạt từ 85% trở lên.",
            (">=", 85.0, "%", "Tỉ lệ học sinh hoàn thành trung học", "từ 85% trở lên"),
        ),
        ("Tỷ lệ chất thải chôn lấp không quá 45%.", ("<=", 45.0, "%", "Tỷ lệ chất thải chôn lấp", "không quá 45%")),
        ("Trên 60% hộ gia đình thực hiện phân loại rác.", (">", 60.0, "%", "hộ gia đình", "Trên 60%")),
    ] {
        let found = target(text);
        assert_eq!(parts(&found), expected, "{text}");
    }
}

#[test]
fn counts_have_units() {
    let found =
        target("Xây dựng ít nhất 03 chương trình đào tạo, bồi dưỡng phù hợp cho từng đối tượng cụ thể nhằm cung cấp thông tin.");
    assert_eq!(
        parts(&found),
        (">=", 3.0, "chương trình đào tạo, bồi dưỡng", "từng đối tượng cụ thể", "ít nhất 03 chương trình đào tạo, bồi dưỡng")
    );
    let found = target("Đón trên 200.000 lượt khách trong năm.");
    assert_eq!((found.op.as_deref(), found.value, found.unit.as_deref()), (Some(">"), Some(200_000.0), Some("lượt khách")));
    let found = target("Mỗi người dân đọc bình quân từ 4 đến 6 cuốn sách một năm.");
    assert_eq!((found.op.as_deref(), found.value, found.value_to), (Some("range"), Some(4.0), Some(6.0)));
}

#[test]
fn exclusions_stay_with_their_brackets() {
    let found = target("100% các nhiệm vụ có sử dụng ngân sách  (trừ những nhiệm vụ mật)  được phổ biến.");
    assert_eq!(found.exclude.as_deref(), Some("(trừ những nhiệm vụ mật)"));
    assert_eq!(found.subject.as_deref(), Some("các nhiệm vụ có sử dụng ngân sách"));
}

#[test]
fn dates_orders_and_numbers_of_documents_are_no_targets() {
    for text in [
        "Thực hiện Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024.",
        "Nâng hạng chỉ số trong năm 2026.",
        "Định danh điện tử mức độ 2.",
        "Theo Điều 5 và khoản 2 Điều 7.",
    ] {
        assert_eq!(read(&Words::new(text), Kind::Target), None, "{text}");
    }
    assert_eq!(read(&Words::new("Giám sát ổ dịch trong vòng 48 giờ, trực 24/24."), Kind::Task), None);
    assert!(read(&Words::new("Tổ chức 03 lớp tập huấn."), Kind::Task).is_some());
    assert!(read(&Words::new("Cấp cho 3 xã."), Kind::Task).is_none());
}

#[test]
fn further_bounds_are_kept() {
    let found = target("Duy trì 85 câu lạc bộ; có tối thiểu 30 câu lạc bộ sinh hoạt hằng tháng.");
    assert_eq!((found.value, found.more.len(), found.more[0].value), (Some(85.0), 1, Some(30.0)));
}

#[test]
fn cells_of_every_form_are_read() {
    for (text, op, value, to) in [
        ("≥ 30", Some(">="), Some(30.0), None),
        (">= 30", Some(">="), Some(30.0), None),
        ("<= 4", Some("<="), Some(4.0), None),
        ("> 80", Some(">"), Some(80.0), None),
        ("50 - 60", Some("range"), Some(50.0), Some(60.0)),
        ("0,7", Some("="), Some(0.7), None),
        ("09", Some("="), Some(9.0), None),
        ("≥ 03", Some(">="), Some(3.0), None),
        ("100%", Some("="), Some(100.0), None),
        ("Nhóm 15", None, None, None),
    ] {
        let found = read_cell(text, Some("%"), "Tỷ lệ").unwrap();
        assert_eq!(
            (found.op.as_deref(), found.value, found.value_to, found.raw.as_deref()),
            (op, value, to, Some(text)),
            "{text}"
        );
    }
    assert_eq!(read_cell(" - ", None, ""), None);
    let two = read_cell("≤ 3 Đông Nam Á; ≤ 50 Thế giới", None, "Xếp hạng").unwrap();
    assert_eq!((two.value, two.unit.as_deref(), two.more[0].value), (Some(3.0), Some("Đông Nam Á"), Some(50.0)));
}

#[test]
fn months_and_years_are_no_targets() {
    for text in
        ["Ban hành kế hoạch trong tháng 6-2026 và báo cáo kết quả.", "Bố trí vốn trung hạn giai đoạn 2026 - 2030 cho các dự án."]
    {
        assert_eq!(read(&Words::new(text), Kind::Task), None, "{text}");
    }
}
