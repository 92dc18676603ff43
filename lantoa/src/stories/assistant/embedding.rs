//! The assistant on other portals: a script that anybody may load, a frame that only listed portals may show.

use sea_orm::EntityTrait;

use super::*;
use crate::assistant::origin;
use crate::story;
use crate::web::assets;

story!(only_listed_portals_frame_the_assistant, |house| {
    let cast = Cast::of(&house).await;
    cast.author.get("/desk/assistant/portals").await.expect(403);
    let page = cast.coordinator.get("/desk/assistant/portals").await.expect(200);
    page.says("http://localhost/nhung/tro-ly.js").says("Chưa có cổng nào");
    let add = |origin: &'static str, name: &'static str| {
        let who = &cast.coordinator;
        async move { who.post("/desk/assistant/portals", &[("origin", origin), ("name", name)]).await }
    };
    add("http://xa.example.gov.vn", "Xã").await.expect(422).says("cần một tên miền dùng https");
    add("https://xa.example.gov.vn", "").await.expect(422).says("Hãy ghi cổng của ai");
    add("https://xa.example.gov.vn/trang-chu", "Cổng xã mẫu").await.expect(303);
    add("https://xa.example.gov.vn", "Cổng xã mẫu").await.expect(422).says("đã có trong danh sách");
    let policy = |answer: &Answer| answer.headers["content-security-policy"].to_str().expect("a policy").to_owned();
    let frame = house.visitor().get("/nhung/tro-ly?co_quan=so-xay-dung").await.expect(200);
    assert!(policy(&frame).contains("frame-ancestors https://xa.example.gov.vn 'self'"), "{}", policy(&frame));
    frame.says("data-agency=\"so-xay-dung\"").says("action=\"/nhung/tro-ly\"");
    let other = house.visitor().get("/hoi-dap").await.expect(200);
    assert!(policy(&other).contains("frame-ancestors 'none'"));
    let fields = [("q", "Ai chủ trì lập danh mục tuyến đường cần trồng cây?"), ("co_quan", "so-xay-dung")];
    let said = house.visitor().post("/nhung/tro-ly", &fields).await.expect(200);
    said.says("Chủ trì: Sở Xây dựng").says("data-agency=\"so-xay-dung\"");
    let row = origin::Entity::find().one(&house.app.db).await.expect("rows").expect("a portal");
    cast.coordinator.post(&format!("/desk/assistant/portals/{}/removal", row.id), &[]).await.expect(303);
    let gone = house.visitor().get("/nhung/tro-ly").await.expect(200);
    assert!(policy(&gone).contains("frame-ancestors 'self'"), "{}", policy(&gone));
});

story!(the_script_is_small_and_asked_for_again, |house| {
    let answer = house.visitor().get("/nhung/tro-ly.js").await;
    if !assets::are_built() {
        answer.expect(404);
        return;
    }
    let answer = answer.expect(200);
    assert!(answer.bytes.len() < 15_000, "{} bytes", answer.bytes.len());
    assert_eq!(answer.headers["cross-origin-resource-policy"], "cross-origin");
    answer.says("/nhung/tro-ly").says_not("eval(");
});

story!(a_portal_that_is_not_listed_gets_no_button, |house| {
    if !assets::are_built() {
        return;
    }
    let cast = Cast::of(&house).await;
    let from = |referer: &'static str| {
        let request = Request::get("/nhung/tro-ly.js").header("referer", referer).body(Body::empty()).expect("a request");
        let visitor = house.visitor();
        async move { visitor.send(request).await.expect(200) }
    };
    from("https://xa.example.gov.vn/trang-chu").await.says_not("attachShadow");
    let fields = [("origin", "https://xa.example.gov.vn"), ("name", "Cổng xã mẫu")];
    cast.coordinator.post("/desk/assistant/portals", &fields).await.expect(303);
    let listed = from("https://xa.example.gov.vn/trang-chu").await;
    let varies = listed.headers.get_all("vary").iter().any(|value| value == "referer");
    assert!(varies, "no cache mixes them up: {:?}", listed.headers);
    listed.says("attachShadow");
    from("http://localhost/hoi-dap").await.says("attachShadow");
});
