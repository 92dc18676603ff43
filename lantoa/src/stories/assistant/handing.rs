//! A question goes to a person only when who asked wants it, with what the assistant found; a good answer becomes one of the assistant.

use super::*;
use crate::questions::question;
use crate::story;
use sea_orm::EntityTrait;

story!(a_question_is_handed_over_with_what_was_found, |house| {
    let cast = Cast::of(&house).await;
    let visitor = house.visitor();
    let asked = "Xã tôi bao giờ mở lớp dạy bơi cho trẻ em trong dịp hè?";
    visitor.post("/hoi-dap", &[("q", asked)]).await.expect(200);
    assert!(question::Entity::find().all(&house.app.db).await.expect("rows").is_empty(), "nothing goes by itself");
    let taken = visitor.post("/hoi-dap/chuyen", &[("q", asked), ("email", "sai"), ("co_quan", "so-xay-dung")]).await.expect(422);
    taken.says("Địa chỉ thư điện tử chưa đúng").says("name=\"co_quan\" value=\"so-xay-dung\"");
    visitor.post("/hoi-dap/chuyen", &[("q", asked), ("website", "x")]).await.expect(422);
    visitor.post("/hoi-dap/chuyen", &[("q", asked)]).await.expect(200).says("Mã theo dõi của bạn").says("/hoi-dap/theo-doi/");
    let rows = question::Entity::find().all(&house.app.db).await.expect("rows");
    assert_eq!(rows.len(), 1);
    let id = rows[0].id;
    cast.coordinator
        .get(&format!("/desk/questions/{id}"))
        .await
        .expect(200)
        .says("mở lớp dạy bơi")
        .says_not("Đưa thành giải đáp của trợ lý");
    let form = cast.coordinator.get(&format!("/desk/assistant/answers/new?question={id}")).await.expect(200);
    form.says("mở lớp dạy bơi").says("Trả lời câu hỏi của người dân");
});

story!(an_accusation_that_is_handed_over_is_protected, |house| {
    let _cast = Cast::of(&house).await;
    let fields = [("q", "Tôi xin tố cáo ông chủ tịch xã nhận tiền của dân")];
    house.visitor().post("/hoi-dap/chuyen", &fields).await.expect(200).says("Đã nhận vào kênh bảo vệ");
    assert!(question::Entity::find().all(&house.app.db).await.expect("rows").is_empty());
});

story!(a_published_answer_is_what_the_assistant_then_cites, |house| {
    use crate::stories::questions::{Cast as Askers, TEXT, answered, of_code};
    let cast = Askers::of(&house).await;
    follow(&house).await;
    assert_eq!(ask(&house, TEXT).await["answered"], json!(false), "nobody said anything about it yet");
    let code = answered(&house, &cast, TEXT).await;
    follow(&house).await;
    let said = ask(&house, TEXT).await;
    assert_eq!((&said["answered"], &said["how"]), (&json!(true), &json!("answered")), "{said}");
    let row = of_code(&house, &code).await;
    // Now that it has an answer, that can become one of the assistant's own.
    cast.coordinator.get(&format!("/desk/questions/{}", row.id)).await.expect(200).says("Đưa thành giải đáp của trợ lý");
    assert!(said["sources"][0]["url"].as_str().is_some_and(|url| url.contains(&row.public_path())), "{said}");
    assert!(!quotes(&said)[0].is_empty());
});

story!(what_was_asked_before_goes_with_it_and_no_address_has_personal_data, |house| {
    let cast = Cast::of(&house).await;
    let said = ask(&house, "Nhà tôi bị ngập, gọi số 0912 345 678 thì ai giúp?").await;
    let href = said["handover_url"].as_str().expect("an address");
    assert!(href.contains("/hoi-dap/gui?q=") && !href.contains("0912"), "{href}");
    let fields = [
        ("q", "Xã tôi bao giờ mở lớp dạy bơi cho trẻ em trong dịp hè?"),
        ("truoc", "Lớp dạy bơi có thu tiền không?\nTrẻ mấy tuổi được học bơi?"),
    ];
    house.visitor().post("/hoi-dap/chuyen", &fields).await.expect(200);
    let rows = question::Entity::find().all(&house.app.db).await.expect("rows");
    let page = cast.coordinator.get(&format!("/desk/questions/{}", rows[0].id)).await.expect(200);
    page.says("Đã hỏi trước đó").says("Trẻ mấy tuổi được học bơi?").says("mở lớp dạy bơi");
});
