//! What agencies wrote, moved about: nothing vanishes; a machine's words wait for a person, and its numbers are checked.

use doubles::models::Models;
use doubles::service::Serving;

use super::*;
use crate::base::config::Suggestions;
use crate::reports::report::composing::compose;
use crate::reports::report::narrative::Part;

async fn turn(house: &House, who: &Visitor<'_>, id: Uuid, fields: &[(&str, &str)]) -> Answer {
    let version = the(house, id).await.version.to_string();
    let mut all = vec![("version", version.as_str()), ("part", "results")];
    all.extend(fields);
    who.post(&format!("/desk/reports/{id}/sentences"), &all).await
}

/// Keys of the first sentences under a provision.
async fn keys(house: &House, id: Uuid, count: usize) -> Vec<String> {
    let made = compose(&house.app, &the(house, id).await).await.expect("a document");
    let group = made.arranged.groups(Part::Results).iter().find(|group| !group.path.is_empty()).expect("a provision");
    group.items.iter().take(count).map(|item| item.id.clone()).collect()
}

async fn counted(house: &House, id: Uuid) -> (usize, usize, usize) {
    let counted = compose(&house.app, &the(house, id).await).await.expect("a document").composed.counted;
    assert_eq!(counted.in_text + counted.in_annex, counted.sentences, "each stands in one place");
    (counted.sentences, counted.in_text, counted.in_annex)
}

async fn ready(house: &House) -> Uuid {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(house).await;
    seeding::settle(&house.app).await.expect("templates");
    let report = half_yearly(house, &plan).await;
    answered_but(house, &report, &[]).await;
    house.on("2026-06-25T09:00:00").await;
    drafted(house, &report).await
}

story!(no_sentence_vanishes_whatever_is_done_to_it, |house| {
    let id = ready(&house).await;
    let who = someone(&house, Role::Officer).await;
    let page = who.get(&format!("/desk/reports/{id}/sentences")).await.expect(200);
    // Each stands under the task whose words it has, with its source; what all wrote stands once.
    let page =
        page.says("Lập danh mục tuyến ống cần thay").says("Đã lập danh mục 1 tuyến ống cần thay.").says("bản 1, 18/6/2026");
    assert_eq!(page.text().matches("Đã họp tổ công tác.").count(), 1);
    let (all, in_text, in_annex) = counted(&house, id).await;
    let chosen = keys(&house, id, 3).await;
    turn(&house, &who, id, &[("act", "move"), ("to", "annex")]).await.expect(422).says("Chưa chọn câu nào");
    turn(&house, &who, id, &[("act", "move"), ("to", "annex"), ("keys", &chosen[0])]).await.expect(303);
    assert_eq!(counted(&house, id).await, (all, in_text - 1, in_annex + 1));
    let merge =
        [("act", "merge"), ("keys", chosen[1].as_str()), ("keys", chosen[2].as_str()), ("text", "Hai cơ quan đã lập danh mục.")];
    turn(&house, &who, id, &merge).await.expect(303);
    assert_eq!(counted(&house, id).await, (all, in_text - 3, in_annex + 3));
    let document = who.get(&format!("/desk/reports/{id}")).await.expect(200).says("Hai cơ quan đã lập danh mục.");
    document.says("(đã gộp)").says("(để lại phụ lục)");
    let merged = the(&house, id).await.arrangement().merged[0].id.clone();
    turn(&house, &who, id, &[("act", "unmerge"), ("id", &merged)]).await.expect(303);
    turn(&house, &who, id, &[("act", "move"), ("to", ""), ("keys", &chosen[0])]).await.expect(303);
    assert_eq!(counted(&house, id).await, (all, in_text, in_annex));
    turn(&house, &who, id, &[("act", "merge"), ("keys", &chosen[0]), ("text", " ")]).await.expect(422).says("Hãy viết câu gộp");
    // What is typed for a document that somebody changed meanwhile is still there, with what was ticked.
    let beaten = [("version", "0"), ("part", "results"), ("act", "merge"), ("keys", &chosen[0]), ("text", "Câu gõ dở")];
    let beaten = who.post(&format!("/desk/reports/{id}/sentences"), &beaten).await.expect(409);
    beaten.says("Có người vừa sửa văn bản này").says("Câu gõ dở</textarea>").says("\" checked>");
    turn(&house, &who, id, &[("act", "shorten"), ("keys", &chosen[0])]).await.expect(422);
    // An outline without room for difficulties: they go to the annex.
    let report = the(&house, id).await;
    let mut outline = report.outline();
    outline.sections.retain(|section| section.of != crate::reports::template::outline::Of::Difficulties);
    let fields = form(&Report { outline: serde_json::to_string(&outline).expect("JSON"), ..report }, &FILLED);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    who.post(&format!("/desk/reports/{id}"), &fields).await.expect(303);
    who.get(&format!("/desk/reports/{id}")).await.expect(200).says("đề cương không có phần này").says("Thiếu kinh phí.");
    counted(&house, id).await;
});

story!(a_machines_words_wait_and_its_numbers_are_checked, |house| {
    let model =
        Serving::start(Models::saying("khoa-mo-hinh", "Các cơ quan đã lập danh mục tuyến ống."), 0).await.expect("a port");
    let endpoint = format!("{}/v1", model.base());
    let house = house.configured(|config| {
        config.suggestions =
            Some(Suggestions { endpoint, model: "viet-8b".into(), key: "khoa-mo-hinh".into(), key_file: None, timeout_s: 5 });
    });
    let id = ready(&house).await;
    let who = someone(&house, Role::Officer).await;
    save(&house, &who, id, &FILLED).await.expect(303);
    let chosen = keys(&house, id, 2).await;
    let shorten = [("act", "shorten"), ("keys", chosen[0].as_str()), ("keys", chosen[1].as_str())];
    turn(&house, &who, id, &shorten).await.expect(303);
    who.get(&format!("/desk/reports/{id}/sentences"))
        .await
        .expect(200)
        .says("Máy gợi ý")
        .says("Các cơ quan đã lập danh mục tuyến ống.");
    // Until a person takes them over they stand in no document, and it can not be handed in.
    who.get(&format!("/desk/reports/{id}")).await.expect(200).says_not("Các cơ quan đã lập danh mục tuyến ống.");
    press(&house, &who, id, "submit", &[]).await.expect(422).says("chưa có người nhận");
    let merged = the(&house, id).await.arrangement().merged[0].id.clone();
    let confirm = [("act", "confirm"), ("id", merged.as_str()), ("text", "Các cơ quan đã lập danh mục tuyến ống.")];
    turn(&house, &who, id, &confirm).await.expect(303);
    who.get(&format!("/desk/reports/{id}")).await.expect(200).says("Các cơ quan đã lập danh mục tuyến ống.");
    // A number that none of the sentences has is refused.
    let lying = Serving::start(Models::saying("khoa-mo-hinh", "Đã lập 4711 danh mục."), 0).await.expect("a port");
    let endpoint = format!("{}/v1", lying.base());
    let house = house.configured(|config| {
        config.suggestions =
            Some(Suggestions { endpoint, model: "viet-8b".into(), key: "khoa-mo-hinh".into(), key_file: None, timeout_s: 5 });
    });
    let who = someone(&house, Role::Officer).await;
    let more = keys(&house, id, 2).await;
    let refused = turn(&house, &who, id, &[("act", "shorten"), ("keys", more[1].as_str())]).await.expect(422);
    refused.says("4711");
});
