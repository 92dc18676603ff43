//! Somebody asks for a correction or a removal: who, by which document, when it was received.

use super::*;
use crate::base::Role;
use crate::retractions::case::{Aim, Cause};
use crate::story;

fn form<'a>(key: &'a str, article: &'a str, cause: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("key", key),
        ("article", article),
        ("cause", cause),
        ("asked_by", "Sở Thông tin (ví dụ)"),
        ("ground", "Điều 1 (ví dụ)"),
        ("document", "12/VD"),
        ("received_at", "2026-03-02T09:00"),
        ("why", "Số liệu sai"),
    ]
}

story!(a_request_opens_a_case_whose_clock_runs_from_its_receipt, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Bài bị khiếu nại").await;
    let article = article_id(&path).to_owned();
    cast.author.get(&path).await.expect(200).says(&format!("/desk/retractions/new?article={article}"));
    cast.author.get(&format!("/desk/retractions/new?article={article}")).await.expect(200).says("<span>Yêu cầu gỡ bỏ</span>");
    cast.stranger.get(&format!("/desk/retractions/new?article={article}")).await.expect(403);
    cast.author.get("/desk/retractions/new").await.expect(404);
    let empty = [("key", "k"), ("article", article.as_str()), ("received_at", "hôm qua"), ("ground", "Giữ lại")];
    let refused =
        cast.author.post("/desk/retractions", &empty).await.expect(422).says("Hãy chọn yêu cầu").says("Hãy ghi nơi yêu cầu");
    refused.says("Hãy ghi nội dung").says("Hãy chọn ngày giờ nhận").says("Giữ lại");
    let mut ahead = form("k", &article, "request_removal");
    ahead[6].1 = "2026-03-03T09:00";
    cast.author.post("/desk/retractions", &ahead).await.expect(422).says("phải đã qua");
    cast.stranger.post("/desk/retractions", &form("k", &article, "request_removal")).await.expect(403);
    let opened = cast.author.post("/desk/retractions", &form("k1", &article, "request_removal")).await.expect(303);
    let again = cast.author.post("/desk/retractions", &form("k1", &article, "request_removal")).await.expect(303);
    assert_eq!(opened.location(), again.location(), "pressed twice");
    let case = the_case(&house, &path).await;
    assert_eq!((case.cause, case.aim, case.unsettled), (Cause::RequestRemoval, Aim::Retract, 1));
    let page = cast.approver.get(opened.location()).await.expect(200).says("12/VD").says("Điều 1 (ví dụ)").says("3/3/2026 09:00");
    page.says("Trang của bài").says("còn 19 giờ");
    act(&house, &cast.approver, &path, "closing", &[]).await.expect(422).says("“Bài bị khiếu nại” chưa xong");
    gone(&house, &cast.administrator, &path, "takedown").await;
    looked(&house, 60).await;
    let joined = the_case(&house, &path).await;
    assert_eq!((joined.id, joined.cause, joined.unsettled), (case.id, Cause::RequestRemoval, 0));
    assert_eq!(facts(&house, case.id, "RetractionJoined").await, 1);
    act(&house, &cast.approver, &path, "closing", &[]).await.expect(303);
});

story!(a_request_joins_the_case_that_is_open_and_one_without_copies_is_a_case_too, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Bài sửa trước").await;
    let article = article_id(&path).to_owned();
    says(&path, &[copy(&house, cast.agency.id, ("facebook", "Trang"), Stand::Out)]);
    corrected(&house, &cast, &path, "Đúng.").await;
    let case = the_case(&house, &path).await;
    cast.author.get(&format!("/desk/retractions/new?article={article}")).await.expect(200).says("đang có vụ mở");
    let to =
        cast.author.post("/desk/retractions", &form("k2", &article, "request_removal")).await.expect(303).location().to_owned();
    assert_eq!(to, format!("/desk/retractions/{}", case.id));
    let joined = the_case(&house, &path).await;
    assert_eq!((joined.aim, joined.document.as_str()), (Aim::Retract, "12/VD"));
    cast.approver.get(&to).await.expect(200).says("Thêm vào vụ: Yêu cầu gỡ bỏ").says("Sở Thông tin (ví dụ)");
    let draft = cast.draft("Bài còn viết").await;
    let draft = article_id(&draft).to_owned();
    cast.author.post("/desk/retractions", &form("k3", &draft, "request_correction")).await.expect(422).says("chưa đăng");
});

story!(terms_are_data_with_their_source_and_defaults_say_that_they_are, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let keeper = house.someone(Role::Coordinator, None).await;
    cast.approver.get("/desk/retractions/terms").await.expect(403);
    keeper.get("/desk/retractions/terms").await.expect(200).says("mặc định của hệ thống").says("Bài bị gỡ");
    let set = |hours: &'static str, counting: &'static str, version: &'static str| {
        [
            ("cause", "request_correction"),
            ("hours", hours),
            ("counting", counting),
            ("source", "QĐ 1 (ví dụ)"),
            ("version", version),
        ]
    };
    let url = "/desk/retractions/terms";
    keeper.post(url, &set("0", "real", "0")).await.expect(422).says("Số giờ là số nguyên").says("QĐ 1 (ví dụ)");
    keeper.post(url, &set("12", "never", "0")).await.expect(422).says("Hãy chọn cách tính");
    keeper.post(url, &set("8", "working", "0")).await.expect(303);
    keeper.post(url, &set("9", "working", "0")).await.expect(409);
    keeper.get(url).await.expect(200).says("QĐ 1 (ví dụ)");
    let path = cast.published(&house, "Bài có hạn riêng").await;
    let article = article_id(&path).to_owned();
    // Received Monday 09:00: eight working hours end on Tuesday 09:00 (7:00–11:30, 13:30–17:00).
    let to = cast
        .author
        .post("/desk/retractions", &form("k4", &article, "request_correction"))
        .await
        .expect(303)
        .location()
        .to_owned();
    cast.approver.get(&to).await.expect(200).says("3/3/2026 09:00");
});
