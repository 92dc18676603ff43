//! The regimes of the plan: eleven things, and who has, who is late, who never signed in.

use super::*;

/// Nghị định 09/2019/NĐ-CP, Điều 7.
const ELEVEN: [&str; 11] = [
    "Tên báo cáo",
    "Nội dung yêu cầu báo cáo",
    "Đối tượng thực hiện",
    "Cơ quan nhận",
    "Phương thức gửi, nhận",
    "Thời hạn gửi",
    "Tần suất",
    "Thời gian chốt số liệu",
    "Mẫu đề cương",
    "Biểu mẫu số liệu",
    "Hướng dẫn quy trình",
];

story!(a_regime_says_eleven_things_and_who_never_signed_in, |house| {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let report = half_yearly(&house, &plan).await;
    let (builders, money) = (agency(&house, "so-xay-dung").await, agency(&house, "so-tai-chinh").await);
    let all = answered_but(&house, &report, &[&builders, &money]).await;
    officer(&house, &builders).await; // one of the two has been here
    house.on("2026-06-25T09:00:00").await;
    let who = someone(&house, Role::Coordinator).await;
    let path = format!("/desk/reports/regimes/{}", report.id);
    who.get("/desk/reports").await.expect(200).says(&path).says(&format!("Đã nộp {}/{}", all.len() - 2, all.len()));
    let before = house.statements();
    let page = who.get(&path).await.expect(200);
    assert!(house.statements() - before <= 30, "{} statements", house.statements() - before);
    for item in ELEVEN {
        assert!(page.text().contains(item), "{item}");
    }
    page.says("2 lần một năm").says("Trước ngày 20/6, 20/12").says("Sở Khoa học và Công nghệ");
    let late = who.get(&format!("{path}?period=2026-H1&show=late")).await.expect(200).says("Sở Xây dựng").says("Sở Tài chính");
    assert_eq!(late.text().matches("data-state=\"late\"").count(), 2);
    let never = who.get(&format!("{path}?period=2026-H1&show=never")).await.expect(200).says("Sở Tài chính");
    let never = never.says("Chưa từng đăng nhập").text();
    assert_eq!(never.matches("data-card=\"title\"").count(), 1, "who answered was here, whatever is known of their sessions");
    // It is set by who runs the plans, once.
    let fields = |version: &'static str, name: &'static str| {
        vec![
            ("version", version),
            ("name", name),
            ("content", "Kết quả sáu tháng"),
            ("receiver", "Sở Khoa học và Công nghệ"),
            ("template", "bao-cao-tong-hop"),
            ("own_template", "bao-cao-co-quan"),
        ]
    };
    let nameless = who.post(&path, &fields("0", "")).await.expect(422).says("Hãy ghi tên chế độ báo cáo");
    nameless.says("Kết quả sáu tháng</textarea>");
    who.post(&path, &fields("0", "Báo cáo sáu tháng")).await.expect(303);
    let beaten = who.post(&path, &fields("0", "Tên khác")).await.expect(409).says("Có người vừa sửa chế độ báo cáo này");
    beaten.says("value=\"Tên khác\"");
    who.get("/desk/reports").await.expect(200).says("Báo cáo sáu tháng");
    someone(&house, Role::Officer).await.post(&path, &fields("1", "Tên của người khác")).await.expect(403);
    // Others see how their own stands on their own pages.
    officer(&house, &money).await.get(&path).await.expect(404);
    who.get(&format!("/desk/reports/regimes/{}", new_id())).await.expect(404);
});

story!(an_agencys_own_report_is_made_of_its_answer, |house| {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let report = half_yearly(&house, &plan).await;
    answered_but(&house, &report, &[]).await;
    let money = agency(&house, "so-tai-chinh").await;
    let who = officer(&house, &money).await;
    let owed = slots(&house, &money).await;
    assert!(owed.iter().any(|slot| slot.duty == report.id), "it owes the report");
    let of = format!("{}/2026-H1/true", report.id);
    who.get("/desk/reports/new").await.expect(200).says(&of).says("Báo cáo của cơ quan");
    let id = new_id();
    let text = id.to_string();
    who.post("/desk/reports", &[("id", text.as_str()), ("template", "bao-cao-co-quan"), ("of", of.as_str())]).await.expect(303);
    let page = who.get(&format!("/desk/reports/{id}")).await.expect(200).says("Đã họp tổ công tác.").says("Thiếu kinh phí.");
    let page = page.says("6 tháng đầu năm 2026").text();
    assert!(!page.contains("[Sở Tài chính, bản 1"), "its own words need no mark");
    assert_eq!(the(&house, id).await.agency, money.id);
    // One of no period: its title has gaps where somebody still has to say of what and of when.
    let id = new_id();
    let text = id.to_string();
    who.post("/desk/reports", &[("id", text.as_str()), ("template", "bao-cao-co-quan"), ("of", "")]).await.expect(303);
    assert_eq!(the(&house, id).await.subject, "Kết quả thực hiện {ke_hoach} {ky}");
    for page in ["/desk/reports".to_owned(), format!("/desk/reports/{id}")] {
        let page = who.get(&page).await.expect(200).says("Kết quả thực hiện … …").text();
        assert!(!page.contains("<h1>Kết quả thực hiện {"), "{page}");
    }
});

story!(a_period_with_everything_in_or_closed_is_not_overdue, |house| {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let report = half_yearly(&house, &plan).await;
    let money = agency(&house, "so-tai-chinh").await;
    let all = answered_but(&house, &report, &[&money]).await;
    house.on("2026-06-25T09:00:00").await;
    let who = someone(&house, Role::Coordinator).await;
    let half = "6 tháng đầu năm 2026";
    who.get("/desk/reports").await.expect(200).says(half).says("Quá hạn");
    who.post(&format!("/desk/closings/{}/2026-H1", report.id), &[("seen", "0")]).await.expect(303);
    who.get("/desk/reports").await.expect(200).says(half).says("Đã chốt").says_not("Quá hạn");
    // What came in late makes it whole.
    let slot = all.iter().find(|slot| slot.agency == money.id).expect("a slot");
    let late = [
        ("key", "late"),
        ("seen", "0"),
        ("draft", "0"),
        ("outcome", "reported"),
        ("text", "Đã cấp đủ vốn."),
        ("late_reason", "Thiếu người"),
        ("excusable", "no"),
    ];
    officer(&house, &money).await.post(&format!("/desk/duties/{}/answer", slot.id), &late).await.expect(303);
    who.get("/desk/reports").await.expect(200).says(&format!("Đã nộp {}/{}", all.len(), all.len())).says_not("Quá hạn");
});
