use super::{coded, day, keeper, last};
use crate::base::{Fact, Role};
use crate::people::agency::Confidence;
use crate::story;

story!(an_agency_is_shown_with_all_that_is_known, |house| {
    let who = keeper(&house).await;
    let ward = coded(&house, "28249").await;
    let page = who.get(&format!("/desk/agencies/{}", ward.id)).await.expect(200);
    let page = page.says("Ủy ban nhân dân phường Đạo Thạnh").says("Lập từ").says("Phường 4 (thành phố Mỹ Tho)");
    let page = page
        .says("UBND phường Đạo Thạnh")
        .says("từ 1/7/2025")
        .says("14,3 km²")
        .says("<dt>Tên chính thức</dt><dd>Ủy ban nhân dân phường Đạo Thạnh<")
        .says("10,38103")
        .says("Chưa có liên hệ");
    page.says("Thêm cơ quan: Ủy ban nhân dân phường Đạo Thạnh").says("Hệ thống").says("/co-quan/phuong-dao-thanh");
    let committee = coded(&house, "UBND").await;
    let page = who.get(&format!("/desk/agencies/{}", committee.id)).await.expect(200);
    page.says("Cơ quan trực thuộc").says("Sở Khoa học và Công nghệ");
    let department = coded(&house, "SKHCN").await;
    let before = house.statements();
    let page = who.get(&format!("/desk/agencies/{}", department.id)).await.expect(200);
    let page = page.says(&format!("href=\"/desk/agencies/{}\"", committee.id)).says("Thuộc nhóm").says("Các sở");
    // One unit with its short form, not two.
    page.says("Sở Thông tin và Truyền thông (Sở TT").says_not("<li>Sở TT");
    assert!(house.statements() - before <= 11, "{} statements", house.statements() - before);
});

story!(what_is_not_there_is_not_found, |house| {
    let who = keeper(&house).await;
    who.get("/desk/agencies/00000000-0000-7000-8000-000000000000").await.expect(404).says("Không tìm thấy");
    who.get("/desk/agencies/khong-phai-ma").await.expect(404);
    who.get("/desk/agencies/00000000-0000-7000-8000-000000000000/edit").await.expect(404);
});

story!(only_those_who_keep_the_directory_change_it, |house| {
    keeper(&house).await;
    let agency = coded(&house, "SYT").await;
    let here = format!("/desk/agencies/{}", agency.id);
    let pages = ["edit", "renaming", "closing", "dividing"];
    for role in Role::ALL {
        let who = house.someone(role, Some(&agency)).await;
        let keeps = [Role::SystemAdministrator, Role::Coordinator].contains(&role);
        let expected = if keeps { 200 } else { 403 };
        let sight = who.get(&here).await.expect(200);
        let _ = if keeps { sight.says("Đổi tên từ một ngày") } else { sight.says_not("Đổi tên từ một ngày") };
        for page in pages {
            who.get(&format!("{here}/{page}")).await.expect(expected);
        }
        who.get("/desk/agencies/new").await.expect(expected);
        who.get("/desk/agencies/merging").await.expect(expected);
        if !keeps {
            for verb in ["edit", "renaming", "closing", "dividing", "confirmation", "reopening"] {
                who.post(&format!("{here}/{verb}"), &[("version", "1"), ("step", "do")]).await.expect(403);
            }
            who.post("/desk/agencies", &[("name", "Sở Mới")]).await.expect(403);
            who.post("/desk/agencies/merging", &[("step", "do")]).await.expect(403);
        }
    }
    for verb in ["edit", "renaming", "closing", "dividing", "contacts"] {
        house.visitor().get(&format!("{here}/{verb}")).await.expect(303);
    }
    assert_eq!(coded(&house, "SYT").await, agency);
});

story!(someone_who_knows_confirms_what_was_shipped, |house| {
    let who = keeper(&house).await;
    let agency = coded(&house, "SDTTG").await;
    let here = format!("/desk/agencies/{}", agency.id);
    let page = who.get(&here).await.expect(200).says("Cần xác nhận").says("Chưa thấy văn bản xác nhận; cần tỉnh kiểm tra.");
    page.says(&format!("action=\"{here}/confirmation\""));
    // Whoever reads sees the mark, without the button.
    house.someone(Role::Officer, None).await.get(&here).await.expect(200).says("Cần xác nhận").says_not("/confirmation");
    let confirmation = format!("/desk/agencies/{}/confirmation", agency.id);
    who.post(&confirmation, &[("version", "9")]).await.expect(409).says("trước bạn");
    who.post(&confirmation, &[]).await.expect(400);
    who.post(&confirmation, &[("version", "1")]).await.expect(303);
    // Pressed twice, it is confirmed once.
    who.post(&confirmation, &[("version", "1")]).await.expect(303);
    let after = coded(&house, "SDTTG").await;
    assert_eq!((after.confidence, after.version), (Confidence::High, 2));
    assert_eq!(last(&house, agency.id).await.fact(), Some(Fact::AgencyConfirmed));
    who.get(&here).await.expect(200).says("Xác nhận thông tin").says_not("class=\"notice\"");
});

story!(an_agency_that_has_ended_shows_what_can_no_longer_be_done, |house| {
    let who = keeper(&house).await;
    let agency = coded(&house, "STP").await;
    let here = format!("/desk/agencies/{}", agency.id);
    who.post(&format!("{here}/closing"), &[("last_day", "2025-12-31"), ("version", "1"), ("step", "do")]).await.expect(303);
    assert_eq!(coded(&house, "STP").await.closed_on, Some(day("2025-12-31")));
    let page = who.get(&here).await.expect(200).says("Đã kết thúc").says("từ 1/7/2025 đến 31/12/2025");
    let page = page.says("Cơ quan đã kết thúc ngày 31/12/2025").says("aria-disabled=\"true\"");
    page.says("Cho hoạt động lại").says_not(&format!("{here}/dividing")).says_not("/desk/agencies/merging?from=");
});
