use super::{coded, keeper};
use crate::base::Role;
use crate::story;

story!(everyone_who_is_signed_in_reads_the_list, |house| {
    let admin = keeper(&house).await;
    assert_eq!(house.visitor().get("/desk/agencies").await.expect(303).location(), "/desk/sign-in?then=%2Fdesk%2Fagencies");
    for role in Role::ALL {
        let who = house.someone(role, None).await;
        let page = who.get("/desk/agencies").await.expect(200).says("Sở Khoa học và Công nghệ").says("href=\"/desk/agencies\"");
        let page =
            page.says("/desk/agencies/export/csv").says("/desk/agencies/export/xlsx").says("/desk/agencies/export/geojson");
        if [Role::SystemAdministrator, Role::Coordinator].contains(&role) {
            page.says("href=\"/desk/agencies/new\"").says("name=\"from\"").says("/desk/agencies/import");
        } else {
            page.says_not("/desk/agencies/new").says_not("name=\"from\"").says_not("/desk/agencies/import");
        }
    }
    let before = house.statements();
    admin.get("/desk/agencies").await.expect(200);
    assert!(house.statements() - before <= 5, "{} statements", house.statements() - before);
});

story!(the_list_is_searched_without_accents_and_by_old_names, |house| {
    let who = keeper(&house).await;
    let page = who.get("/desk/agencies?q=so%20khoa%20hoc").await.expect(200);
    page.says("Sở Khoa học và Công nghệ").says_not("Sở Tài chính").says("“so khoa hoc”").says("1 cơ quan");
    // An old ward that went into a new one.
    let page = who.get("/desk/agencies?q=phuong%20tan%20long").await.expect(200);
    page.says("Tìm thấy qua tên “Phường Tân Long”").says("Ủy ban nhân dân phường Mỹ Tho");
    who.get("/desk/agencies?q=28249").await.expect(200).says("phường Đạo Thạnh");
    let nothing = who.get("/desk/agencies?q=khong-co-dau").await.expect(200);
    nothing.says("Không có cơ quan nào như vậy").says("Gõ không dấu cũng tìm được").says_not("<table");
    let long = "a".repeat(10_000);
    who.get(&format!("/desk/agencies?q={long}")).await.expect(200).says("Không có cơ quan nào như vậy");
    let hostile = who.get("/desk/agencies?q=%3Cscript%3Ealert(1)%3C/script%3E").await.expect(200);
    hostile.says_not("<script>alert").says("&#60;script&#62;");
});

story!(the_list_is_filtered_sorted_and_paged_by_its_address, |house| {
    let who = keeper(&house).await;
    who.get("/desk/agencies?kind=local").await.expect(200).says("102 cơ quan").says("1–50 trong 102").says("Các xã, phường");
    who.get("/desk/agencies?kind=local&page=3").await.expect(200).says("101–102 trong 102").says("aria-current=\"page\">3<");
    let past = who.get("/desk/agencies?kind=local&page=999").await.expect(200).says("101–102 trong 102");
    past.says("href=\"/desk/agencies?kind=local&#38;page=2\"");
    who.get("/desk/agencies?page=abc&kind=nonsense").await.expect(200).says("Không có cơ quan nào như vậy");
    let doubtful = who.get("/desk/agencies?confidence=doubtful").await.expect(200);
    doubtful.says("Cần xác nhận").says("Sở Dân tộc và Tôn giáo").says_not("Sở Khoa học và Công nghệ");
    let page = who.get("/desk/agencies?kind=department").await.expect(200).says("aria-sort=\"ascending\"");
    let text = page.text();
    let at = |name: &str| text.find(name).unwrap_or_else(|| panic!("{name} is not on the page"));
    assert!(at(">Sở Công Thương<") < at(">Sở Y tế<"));
    let text = who.get("/desk/agencies?kind=department&sort=-name").await.expect(200).says("aria-sort=\"descending\"").text();
    let at = |name: &str| text.find(name).unwrap_or_else(|| panic!("{name} is not on the page"));
    assert!(at(">Sở Công Thương<") > at(">Sở Y tế<"));
    // The sorting is kept by the filter and by the pages.
    who.get("/desk/agencies?sort=code&kind=local")
        .await
        .expect(200)
        .says("name=\"sort\" value=\"code\"")
        .says("sort=code&#38;page=2");
});

story!(what_has_ended_is_found_where_it_is_asked_for, |house| {
    let who = keeper(&house).await;
    let agency = coded(&house, "STP").await;
    let path = format!("/desk/agencies/{}/closing", agency.id);
    who.post(&path, &[("last_day", "31/12/2025"), ("version", "1"), ("step", "do")]).await.expect(303);
    who.get("/desk/agencies?kind=department").await.expect(200).says_not("Sở Tư pháp");
    let closed = who.get("/desk/agencies?state=closed").await.expect(200).says("Sở Tư pháp").says("Kết thúc 31/12/2025");
    closed.says("1 cơ quan").says("Bỏ điều kiện");
    who.get("/desk/agencies?state=all&kind=department").await.expect(200).says("Sở Tư pháp").says("Sở Y tế");
    who.get("/desk/agencies?state=not-yet").await.expect(200).says("Không có cơ quan nào như vậy");
});
