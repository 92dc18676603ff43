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
