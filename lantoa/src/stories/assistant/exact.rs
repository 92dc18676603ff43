//! Questions about a plan are answered from its provisions, exactly, or not at all.

use super::*;
use crate::stories::plans::PLAN;
use crate::story;

story!(who_when_how_much_and_report_days_come_from_provisions, |house| {
    let _cast = Cast::of(&house).await;
    for question in [
        "Ai chủ trì lập danh mục tuyến đường cần trồng cây?",
        "ai chu tri lap danh muc tuyen duong can trong cay",
        "Cơ quan nào chủ trì lập danh mục tuyến đường?",
    ] {
        let said = ask(&house, question).await;
        assert_eq!((&said["answered"], &said["how"]), (&json!(true), &json!("exact")), "{question}: {said}");
        assert!(text(&said).contains("Chủ trì: Sở Xây dựng [1]"), "{said}");
        assert!(quotes(&said)[0].starts_with("Lập danh mục tuyến đường cần trồng cây"), "{said}");
        let url = said["sources"][0]["url"].as_str().unwrap_or_default();
        assert!(url.starts_with("http://localhost/ke-hoach/ke-hoach-07-kh-ubnd#II-1"), "opens at the provision: {url}");
        assert!(said["sources"][0]["external_id"].is_null() && said["handed_over"] == false && said["machine"] == true);
    }
    let when = ask(&house, "Lập danh mục tuyến đường cần trồng cây hạn khi nào?").await;
    assert!(text(&when).contains("trong năm 2026"), "{when}");
    let with = ask(&house, "Lập danh mục tuyến đường cần trồng cây phối hợp với ai?").await;
    assert!(text(&with).contains("Phối hợp: Sở Tài chính"), "{with}");
    let share = ask(&house, "Bao nhiêu phần trăm tuyến đường xã có cây xanh?").await;
    assert!(text(&share).contains("80") && share["how"] == "exact", "{share}");
    let report = ask(&house, "bao cao dinh ky gui truoc ngay may").await;
    assert!(text(&report).contains("20 tháng 6") && text(&report).contains("20 tháng 12"), "{report}");
    // The quote is the provision's own words.
    for said in [when, with, share, report] {
        for quote in quotes(&said) {
            assert!(PLAN.contains(quote.trim()), "{quote}");
        }
    }
});

story!(what_no_provision_says_is_not_guessed, |house| {
    let _cast = Cast::of(&house).await;
    for question in [
        "Ai chủ trì xây cầu vượt sông?",
        "Ai ký Kế hoạch 07/KH-UBND?",
        "Kinh phí trồng cây bên đường năm 2026 là bao nhiêu tỷ đồng?",
        "Giá vàng hôm nay bao nhiêu một lượng?",
    ] {
        let said = ask(&house, question).await;
        assert_eq!(said["answered"], json!(false), "{question}: {said}");
        assert!(said["handover_url"].as_str().is_some_and(|url| url.starts_with("http://localhost/hoi-dap/gui?q=")), "{said}");
    }
    assert!(text(&ask(&house, "Ai ký Kế hoạch 07/KH-UBND?").await).contains("không ghi ai ký"));
    assert!(
        text(&ask(&house, "Kinh phí trồng cây bên đường năm 2026 là bao nhiêu tỷ đồng?").await).contains("không nêu số tiền")
    );
});

story!(a_plan_that_is_named_is_the_one_that_is_meant, |house| {
    let cast = Cast::of(&house).await;
    let other = PLAN.replace("07/KH", "08/KH").replace("Trồng cây bên đường năm 2026", "Cây xanh trường học năm 2026");
    let other = other.replace("1. Sở Xây dựng chủ trì", "1. Sở Nội vụ chủ trì");
    let id = crate::stories::plans::drop_in(&cast.coordinator, "khac.txt", other.as_bytes()).await;
    crate::stories::plans::confirm_all(&cast.coordinator, id).await;
    cast.coordinator.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(303);
    follow(&house).await;
    let both = ask(&house, "Ai chủ trì lập danh mục tuyến đường cần trồng cây?").await;
    assert_eq!(both["how"], json!("several"), "two say it: both are shown, none is guessed: {both}");
    assert!(text(&both).contains("Sở Xây dựng") && text(&both).contains("Sở Nội vụ"));
    let one = ask(&house, "Theo Kế hoạch 08/KH-UBND, ai chủ trì lập danh mục tuyến đường cần trồng cây?").await;
    assert!(text(&one).contains("Chủ trì: Sở Nội vụ") && !text(&one).contains("Sở Xây dựng"), "{one}");
});

/// Brings another plan in: the small one with its lines about tasks replaced.
async fn other_plan(house: &House, cast: &Cast<'_>, lines: &str) {
    let (head, rest) = PLAN.split_once("- Lập danh mục").expect("the tasks");
    let tail = rest.split_once("2. Các sở, ban, ngành, địa phương\n- Vận động").expect("the classes").1;
    let text = format!("{head}{lines}\n2. Các sở, ban, ngành, địa phương\n- Vận động{tail}").replace("07/KH", "09/KH");
    let text = text.replace("Trồng cây bên đường năm 2026", "Hàng cây chắn gió");
    let id = crate::stories::plans::drop_in(&cast.coordinator, "khac.txt", text.as_bytes()).await;
    crate::stories::plans::confirm_all(&cast.coordinator, id).await;
    cast.coordinator.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(303);
    follow(house).await;
}

story!(a_deadline_is_the_one_of_the_clause_that_is_asked_about, |house| {
    let cast = Cast::of(&house).await;
    other_plan(&house, &cast, "- Kiểm tra hàng cây chắn gió; sơ kết vào quý IV năm 2028, tổng kết trong năm 2030.").await;
    let first = ask(&house, "Theo Kế hoạch 09/KH-UBND, sơ kết hàng cây chắn gió khi nào?").await;
    assert!(text(&first).contains("Thời hạn: vào quý IV năm 2028"), "{first}");
    let last = ask(&house, "Theo Kế hoạch 09/KH-UBND, tổng kết hàng cây chắn gió khi nào?").await;
    assert!(text(&last).contains("Thời hạn: trong năm 2030"), "{last}");
    let unsure = ask(&house, "Theo Kế hoạch 09/KH-UBND, kiểm tra hàng cây chắn gió khi nào?").await;
    assert!(
        !text(&unsure).contains("Thời hạn:") && text(&unsure).contains("quý IV năm 2028"),
        "quoted, and not guessed: {unsure}"
    );
});

story!(a_plans_day_and_issuer_are_its_own, |house| {
    let _cast = Cast::of(&house).await;
    let said = ask(&house, "Kế hoạch 07/KH-UBND ban hành ngày nào, do ai ban hành?").await;
    assert_eq!((&said["answered"], &said["how"]), (&json!(true), &json!("exact")), "{said}");
    assert!(text(&said).contains("Ngày ban hành: 5/3/2026"), "{said}");
    assert!(text(&said).to_lowercase().contains("cơ quan ban hành: ủy ban nhân dân"), "{said}");
});

story!(what_a_provision_does_not_state_is_said_to_be_missing, |house| {
    let _cast = Cast::of(&house).await;
    let who = ask(&house, "Ai lập danh mục tuyến đường cần trồng cây?").await;
    assert!(text(&who).contains("Chủ trì: Sở Xây dựng"), "{who}");
    let when = ask(&house, "Bố trí kinh phí theo quy định khi nào xong?").await;
    assert_eq!(when["answered"], json!(false), "{when}");
    assert!(text(&when).contains("không nêu thời hạn"), "{when}");
    assert!(quotes(&when).iter().any(|quote| quote.contains("Bố trí kinh phí")), "{when}");
});

story!(an_agency_is_found_by_its_names_and_answered_by_what_is_known_of_it, |house| {
    let cast = Cast::of(&house).await;
    let leads = ask(&house, "Sở Xây dựng chủ trì những nhiệm vụ nào?").await;
    assert_eq!((&leads["answered"], &leads["how"]), (&json!(true), &json!("exact")), "{leads}");
    assert!(quotes(&leads).iter().any(|quote| quote.starts_with("Lập danh mục")), "{leads}");
    assert!(leads["near"][0]["url"].as_str().is_some_and(|url| url.ends_with("/nhiem-vu")), "{leads}");
    // No name of an agency is quoted as if it said something.
    let named = ask(&house, "Sở Khoa học và Công nghệ có mấy phòng họp?").await;
    assert_eq!(named["answered"], json!(false), "{named}");
    assert!(!named["sources"].as_array().expect("sources").iter().any(|one| one["kind"] == "agency"), "{named}");
    let page = format!("/co-quan/{}", cast.standing.slug);
    assert!(named["near"][0]["url"].as_str().is_some_and(|url| url.ends_with(&page)), "its page is the nearest: {named}");
    let call = ask(&house, "Số điện thoại của Sở Khoa học và Công nghệ?").await;
    match cast.standing.phone.as_deref().filter(|phone| !phone.is_empty()) {
        Some(phone) => assert!(text(&call).contains(phone), "{call}"),
        None => assert!(call["answered"] == json!(false) && text(&call).contains("chưa công bố điều này"), "{call}"),
    }
});
