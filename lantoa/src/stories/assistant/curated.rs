//! Written answers: another person approves, they hold between their days, and what has ended answers nothing.

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;

use super::*;
use crate::assistant::curated::{self, Curated, State, expiring};
use crate::base::new_id;
use crate::story;

const QUESTION: &str = "Đăng ký nhãn hiệu cho xoài ở đâu?";
const BODY: &str = "Nộp hồ sơ tại Cục Sở hữu trí tuệ. Sở hướng dẫn miễn phí cho hộ kinh doanh.";

async fn the(house: &House, id: Uuid) -> Curated {
    curated::Entity::find_by_id(id).one(&house.app.db).await.expect("rows").expect("an answer")
}

async fn written(who: &Visitor<'_>, until: &str) -> Uuid {
    let id = new_id();
    let text = id.to_string();
    let fields = [
        ("id", text.as_str()),
        ("title", QUESTION),
        ("body", BODY),
        ("ground", "Hướng dẫn của Sở"),
        ("from_on", "2026-03-01"),
        ("until_on", until),
    ];
    who.post("/desk/assistant/answers", &fields).await.expect(303);
    id
}

async fn act(house: &House, who: &Visitor<'_>, id: Uuid, act: &str, why: &str) -> Answer {
    let version = the(house, id).await.version.to_string();
    who.post(&format!("/desk/assistant/answers/{id}/acts/{act}"), &[("version", &version), ("why", why)]).await
}

story!(an_answer_is_given_once_another_person_approved_it, |house| {
    let cast = Cast::of(&house).await;
    assert_eq!(ask(&house, QUESTION).await["answered"], json!(false));
    cast.author.get("/desk/assistant/answers").await.expect(200).says("Chưa có giải đáp nào");
    cast.author.get("/desk/assistant/answers/new?title=Xin%20h%E1%BB%8Fi").await.expect(200).says("Xin hỏi");
    cast.author
        .post("/desk/assistant/answers", &[("id", &new_id().to_string()), ("title", "?")])
        .await
        .expect(422)
        .says("ít nhất 10");
    let id = written(&cast.author, "2026-03-31").await;
    let page = format!("/desk/assistant/answers/{id}");
    cast.author.get(&page).await.expect(200).says("Chờ duyệt").says(BODY).says_not("Đang dùng");
    cast.stranger.get(&page).await.expect(404);
    act(&house, &cast.author, id, "approve", "").await.expect(403);
    let own = written(&cast.approver, "").await;
    act(&house, &cast.approver, own, "approve", "").await.expect(422).says("người khác duyệt");
    act(&house, &cast.approver, own, "withdraw", "Soạn trùng").await.expect(303);
    act(&house, &cast.approver, id, "send-back", "").await.expect(422).says("Hãy ghi lý do");
    act(&house, &cast.approver, id, "send-back", "Thêm căn cứ pháp lý").await.expect(303);
    cast.author.get(&page).await.expect(200).says("Thêm căn cứ pháp lý").says("chờ người viết sửa");
    cast.approver.get("/desk").await.expect(200).says_not("giải đáp chờ bạn duyệt");
    cast.approver.get("/desk/assistant/answers?waiting=on").await.expect(200).says_not(&page);
    cast.author.get("/desk").await.expect(200).says("1 giải đáp của bạn được trả lại để sửa");
    act(&house, &cast.approver, id, "approve", "").await.expect(422).says("Không có bản nào chờ duyệt");
    let version = the(&house, id).await.version.to_string();
    let mended = [
        ("version", version.as_str()),
        ("title", QUESTION),
        ("body", BODY),
        ("ground", "Hướng dẫn của Sở, Luật Sở hữu trí tuệ"),
        ("from_on", "2026-03-01"),
        ("until_on", "2026-03-31"),
    ];
    cast.author.post(&page, &mended).await.expect(303);
    cast.author.get("/desk").await.expect(200).says_not("được trả lại để sửa");
    cast.approver.get("/desk").await.expect(200).says("giải đáp chờ bạn duyệt");
    act(&house, &cast.approver, id, "approve", "").await.expect(303);
    follow(&house).await;
    for question in [QUESTION, "dang ky nhan hieu cho xoai o dau"] {
        let said = ask(&house, question).await;
        assert_eq!((&said["answered"], &said["how"]), (&json!(true), &json!("answered")), "{said}");
        assert_eq!(quotes(&said), [BODY]);
        assert!(said["sources"][0]["url"].as_str().is_some_and(|url| url.contains(&format!("/hoi-dap/giai-dap/{id}"))), "{said}");
    }
    house.visitor().get(&format!("/hoi-dap/giai-dap/{id}")).await.expect(200).says(BODY).says("31/3/2026");
    assert_eq!(the(&house, id).await.state, State::Approved);
});

story!(a_change_waits_and_what_stands_is_given_until_then, |house| {
    let cast = Cast::of(&house).await;
    let id = written(&cast.author, "").await;
    act(&house, &cast.approver, id, "approve", "").await.expect(303);
    follow(&house).await;
    let edit = format!("/desk/assistant/answers/{id}/edit");
    cast.author.get(&edit).await.expect(200).says("Sửa giải đáp đang dùng");
    let version = the(&house, id).await.version.to_string();
    let new = "Nộp hồ sơ trực tuyến tại Cục Sở hữu trí tuệ, không thu phí hướng dẫn.";
    let fields =
        [("version", version.as_str()), ("title", QUESTION), ("body", new), ("ground", "Hướng dẫn"), ("from_on", "2026-03-01")];
    cast.author.post(&format!("/desk/assistant/answers/{id}"), &fields).await.expect(303);
    cast.author.post(&format!("/desk/assistant/answers/{id}"), &fields).await.expect(409);
    assert_eq!(quotes(&ask(&house, QUESTION).await), [BODY]);
    act(&house, &cast.approver, id, "approve", "").await.expect(303);
    follow(&house).await;
    assert_eq!(quotes(&ask(&house, QUESTION).await), [new]);
});

story!(what_has_ended_answers_nothing, |house| {
    let cast = Cast::of(&house).await;
    let id = written(&cast.author, "2026-03-05").await;
    act(&house, &cast.approver, id, "approve", "").await.expect(303);
    follow(&house).await;
    assert_eq!(ask(&house, QUESTION).await["how"], json!("answered"));
    house.app.clock.advance(TimeDelta::days(5));
    // At once, though the index has not been told.
    assert_ne!(ask(&house, QUESTION).await["how"], json!("answered"));
    house.visitor().get(&format!("/hoi-dap/giai-dap/{id}")).await.expect(404);
    expiring::expire(&house.app).await.expect("a turn");
    expiring::expire(&house.app).await.expect("another does no harm");
    assert_eq!(the(&house, id).await.state, State::Expired);
    follow(&house).await;
    let found = house.visitor().get("/api/v1/search?q=nh%C3%A3n%20hi%E1%BB%87u%20xo%C3%A0i").await.expect(200);
    found.says_not(&id.to_string());
});

story!(what_goes_public_word_for_word_has_nobodys_data_in_it, |house| {
    let cast = Cast::of(&house).await;
    let id = new_id().to_string();
    let fields = |body: &'static str, ground: &'static str, until: &'static str| {
        [("id", id.clone()), ("title", QUESTION.into()), ("body", body.into()), ("ground", ground.into())]
            .into_iter()
            .chain([("from_on", "2026-01-01".to_owned()), ("until_on", until.to_owned())])
            .collect::<Vec<(&str, String)>>()
    };
    for (body, ground, until, words) in [
        ("Hỏi người phụ trách theo số 0912 345 678 trong giờ.", "Hướng dẫn", "", "Câu trả lời có thông tin cá nhân"),
        ("Mang theo CCCD 082203012345 khi đến nộp hồ sơ.", "Hướng dẫn", "", "Câu trả lời có thông tin cá nhân"),
        ("Nộp ở số nhà 12/3B Nguyễn Huệ, phường Mỹ Tho.", "Hướng dẫn", "", "Câu trả lời có thông tin cá nhân"),
        (BODY, "Thư của an.le@thu-dien-tu.vn", "", "Căn cứ có thông tin cá nhân"),
        (BODY, "Hướng dẫn", "2026-02-01", "Ngày kết thúc đã qua"),
    ] {
        let typed = fields(body, ground, until);
        let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        cast.author.post("/desk/assistant/answers", &typed).await.expect(422).says(words);
    }
    assert!(curated::Entity::find().all(&house.app.db).await.expect("rows").is_empty());
});

story!(a_price_at_one_market_is_none_at_another, |house| {
    let cast = Cast::of(&house).await;
    let id = new_id();
    let text = id.to_string();
    let fields = [
        ("id", text.as_str()),
        ("title", "Giá thuê mặt bằng chợ Cao Lãnh bao nhiêu?"),
        ("body", "Giá thuê mặt bằng là 200.000 đồng một mét vuông mỗi tháng."),
        ("ground", "Bảng giá của ban quản lý chợ"),
        ("from_on", "2026-03-01"),
        ("until_on", ""),
    ];
    cast.author.post("/desk/assistant/answers", &fields).await.expect(303);
    act(&house, &cast.approver, id, "approve", "").await.expect(303);
    follow(&house).await;
    assert_eq!(ask(&house, "gia thue mat bang cho cao lanh bao nhieu").await["how"], json!("answered"));
    for other in ["Giá thuê mặt bằng chợ Sa Đéc bao nhiêu?", "gia thue mat bang cho sa dec bao nhieu"] {
        let said = ask(&house, other).await;
        assert_eq!(said["answered"], json!(false), "{said}");
    }
});

story!(answers_are_searched_letter_by_letter, |house| {
    let cast = Cast::of(&house).await;
    written(&cast.author, "2026-03-31").await;
    cast.author.get("/desk/assistant/answers?q=nhan+hieu").await.expect(200).says(QUESTION);
    cast.author.get("/desk/assistant/answers?q=nhan_hieu").await.expect(200).says_not(QUESTION);
    cast.author.get("/desk/assistant/answers?q=nhan%25xoai").await.expect(200).says_not(QUESTION);
});
