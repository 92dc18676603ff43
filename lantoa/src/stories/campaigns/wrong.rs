//! What can not be is refused at its field, and nothing that was typed is lost (scenario D-1: the end before the start, a target without
//! its unit, one work for two campaigns).

use super::*;

story!(a_campaign_that_can_not_be_is_refused_with_every_reason, |house| {
    let house = open(house);
    at(&house, "2026-10-02T09:00:00");
    let cast = Cast::of(&house).await;
    let id = new_id().to_string();
    let post = async |more: &[(&str, &str)]| cast.author.post("/desk/campaigns", &form(&id, "Sở Y tế", more)).await.expect(422);
    post(&[("ends_on", "2026-09-30")]).await.says("Ngày cuối đang trước ngày đầu (1/10/2026)").says("value=\"2026-09-30\"");
    post(&[("starts_on", "31/2/2026")]).await.says("Ngày này không đọc được").says("31/2/2026");
    post(&[("ends_on", "2036-10-01")]).await.says("dài quá 36 tháng");
    post(&[("kpi_unit", "")]).await.says("Chỉ tiêu 1 chưa có đơn vị tính").says("value=\"Tin đã ra\"");
    post(&[("kpi_target", "2,5")]).await.says("“2,5” không phải số nguyên");
    for (sum, words) in [("-5", "-5"), ("1e18", "1e18"), ("1.234,5", "1.234,5"), ("1000000000000000000", "1000000000000000000")] {
        post(&[("budget", sum)]).await.says("id=\"budget-error\"").says(words);
    }
    post(&[("names", "Sở Y tế\nSở Không Có Thật")]).await.says("Sở Không Có Thật");
    let bare = post(&[("title", " "), ("messages", "nothing"), ("audiences", ""), ("objective", "")]).await;
    bare.says("Hãy chọn ít nhất một thông điệp").says("Hãy đặt tên chiến dịch").says("Hãy ghi mục tiêu").says("Sở Y tế");
    assert_eq!(campaign::Entity::find().count(&house.app.db).await.expect("a count"), 0);
    // No agency: it is kept as a draft, and does not start.
    cast.author.post("/desk/campaigns", &form(&id, "", &[])).await.expect(303);
    let id: Uuid = id.parse().expect("an id");
    let page = cast.approver.get(&format!("/desk/campaigns/{id}")).await.expect(200);
    page.says("Chưa có cơ quan nào tham gia").says("aria-disabled");
    press(&house, &cast.approver, id, "start").await.expect(422).says("Chưa có cơ quan nào tham gia");
    press(&house, &cast.author, id, "start").await.expect(403);
    // Two at once: the second is told, and what was typed is still there.
    let (text, first, second) = (id.to_string(), ("title", "Tên mới"), ("title", "Tên khác"));
    let save = |title| form(&text, "Sở Y tế", &[("version", "1"), title]);
    cast.author.get(&format!("/desk/campaigns/{id}/edit")).await.expect(200).says(TITLE).says("150.000.000");
    cast.author.post(&format!("/desk/campaigns/{id}"), &save(first)).await.expect(303);
    let conflict = cast.approver.post(&format!("/desk/campaigns/{id}"), &save(second)).await.expect(409);
    conflict.says("Có người vừa sửa chiến dịch này").says("Tên khác");
    assert_eq!(the(&house, id).await.title, "Tên mới");
    cast.stranger.post(&format!("/desk/campaigns/{id}"), &save(second)).await.expect(404);
    press(&house, &cast.author, id, "drop").await.expect(303);
    cast.author.get("/desk/campaigns").await.expect(200).says_not("Tên mới");
    cast.author.get("/desk/campaigns?state=dropped").await.expect(200).says("Tên mới");
});

story!(a_work_counts_for_one_campaign_alone, |house| {
    let house = open(house);
    at(&house, "2026-10-02T09:00:00");
    let cast = Cast::of(&house).await;
    let coordinator = house.someone(Role::Coordinator, Some(&cast.other_agency)).await;
    let first = running(&house, &coordinator, "Sở Y tế", &[]).await;
    let second = running(&house, &coordinator, "Sở Y tế", &[("title", "Tuần lễ kỹ năng số")]).await;
    coordinator
        .get(&format!("/desk/campaigns/{second}"))
        .await
        .expect(200)
        .says("trùng thời gian, thông điệp và đối tượng")
        .says(TITLE);
    let article = tagged(&cast, "Một bài").await;
    published(&house, &cast, &article).await;
    let path = article_at(&house, &article).await.public_path();
    claim(&cast.author, first, &format!("http://localhost{path}"), &[]).await.expect(303);
    let refused = claim(&cast.author, second, news_id(&article), &[]).await.expect(422);
    refused.says(TITLE).says(&format!("/desk/campaigns/{first}")).says("Một tin chỉ tính cho một chiến dịch");
    assert_eq!((counts(&house, first).await.items.len(), counts(&house, second).await.items.len()), (1, 0));
    claim(&cast.author, second, "khong-co-bai-nay", &[]).await.expect(422).says("Không tìm thấy bài");
    cast.author.post(&format!("/desk/campaigns/{second}/claims"), &[]).await.expect(422).says("Chưa chọn tin nào");
    // Somebody else's draft does not exist.
    let draft = tagged(&cast, "Bản nháp").await;
    claim(&cast.stranger, first, news_id(&draft), &[]).await.expect(422).says("Không tìm thấy bài");
});

story!(of_two_campaigns_that_claim_a_work_in_the_same_moment_one_has_it, |house| {
    let house = open(house);
    at(&house, "2026-10-02T09:00:00");
    let cast = Cast::of(&house).await;
    let coordinator = house.someone(Role::Coordinator, Some(&cast.other_agency)).await;
    let colleague = house.someone(Role::Officer, Some(&cast.agency)).await;
    let first = running(&house, &coordinator, "Sở Y tế", &[]).await;
    let second = running(&house, &coordinator, "Sở Y tế", &[("title", "Tuần lễ kỹ năng số")]).await;
    for number in 0..3 {
        let article = tagged(&cast, &format!("Bài {number}")).await;
        let what = news_id(&article);
        let (one, two) = futures_util::join!(claim(&cast.author, first, what, &[]), claim(&colleague, second, what, &[]));
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert!(matches!(statuses, [303, 409 | 422]), "{statuses:?}");
        published(&house, &cast, &article).await;
    }
    let (one, two) = (counts(&house, first).await, counts(&house, second).await);
    assert_eq!(one.items.len() + two.items.len(), 3, "each work counts once in the province");
    assert_eq!(one.counted().count() + two.counted().count(), 3);
});
