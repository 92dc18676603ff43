//! Slots and answers as JSON: who sees what, and answering.

use super::answering::first_slot;
use super::*;
use crate::base::{Role, fact};
use crate::stories::web::api::{Caller, province_token, token};
use crate::story;
use sea_orm::PaginatorTrait;
use serde_json::{Value, json};

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().expect("items").iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}

fn answer(text: &str, seen: i32) -> Value {
    json!({ "outcome": "reported", "text": text, "seen_version": seen })
}

story!(everyone_reads_duties_with_counts_only, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let everyone = Caller::of(&house, None).await;
    let before = house.statements();
    let page = everyone.get(&format!("/api/v1/plans/{}/duties", plan.slug)).await.expect(200).json();
    assert!(house.statements() - before <= 4, "{} statements", house.statements() - before);
    let duties = page["items"].as_array().expect("items");
    assert!(duties.iter().any(|duty| duty["progress"]["expected"].as_i64() > Some(100)), "{duties:#?}");
    assert!(duties.iter().all(|duty| duty["progress"]["submitted"] == 0));
    let (_, slot) = first_slot(&house).await;
    everyone.get(&format!("/api/v1/slots/{}", slot.id)).await.expect(401);
});

story!(counts_that_were_taken_from_the_public_are_for_the_province_only, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let coordinator = house.someone(Role::Coordinator, Some(&standing)).await;
    coordinator.post(&format!("/desk/plans/{}/progress-publication", plan.id), &[("public", "no")]).await.expect(303);
    let (builders, _) = first_slot(&house).await;
    let own = token(&house, &builders, &["duties:read"]).await;
    let all = province_token(&house, &standing, &["duties:read"]).await;
    let scopeless = province_token(&house, &standing, &["plans:read"]).await;
    for (token, sees) in [(None, false), (Some(own), false), (Some(scopeless), false), (Some(all), true)] {
        let caller = Caller::of(&house, token.as_deref()).await;
        let page = caller.get(&format!("/api/v1/plans/{}/duties", plan.slug)).await.expect(200).json();
        let duties = page["items"].as_array().expect("items");
        assert!(!duties.is_empty() && duties.iter().all(|duty| duty["progress"].is_object() == sees), "{token:?}: {page:#}");
    }
});

story!(a_token_sees_the_slots_of_its_agency_and_one_of_the_province_all, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let own = Caller::of(&house, Some(&token(&house, &builders, &["duties:read"]).await)).await;
    let mine = own.get("/api/v1/slots?limit=500").await.expect(200).json();
    assert_eq!(ids(&mine).len(), slots(&house, &builders).await.len());
    assert!(mine["items"].as_array().expect("items").iter().all(|one| one["agency"] == builders.id.to_string()));
    let one = own.get(&format!("/api/v1/slots/{}", slot.id)).await.expect(200).json();
    assert_eq!((one["standing"].as_str(), one["version"].as_i64()), (Some("open"), Some(0)));

    let finance = agency(&house, "so-tai-chinh").await;
    let other = Caller::of(&house, Some(&token(&house, &finance, &["duties:read", "answers:read"]).await)).await;
    other.get(&format!("/api/v1/slots/{}", slot.id)).await.expect(404);
    other.get(&format!("/api/v1/slots/{}/answers", slot.id)).await.expect(404);
    other.get("/api/v1/slots?agency=so-xay-dung").await.expect(404);
    let refused = fact::Entity::find().filter(fact::Column::Kind.eq("AccessRefused")).count(&house.app.db).await;
    assert_eq!(refused.expect("facts"), 3);

    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let all = Caller::of(&house, Some(&province_token(&house, &standing, &["duties:read"]).await)).await;
    let page = all.get(&format!("/api/v1/slots?plan={}&agency=so-xay-dung&limit=500", plan.slug)).await.expect(200).json();
    assert_eq!(ids(&page), ids(&mine));
    all.get(&format!("/api/v1/slots/{}", slot.id)).await.expect(200);
    let lacking = all.get(&format!("/api/v1/slots/{}/answers", slot.id)).await.expect(403);
    assert!(lacking.header("www-authenticate").ends_with("scope=\"answers:read\""), "{:?}", lacking.headers);
    let wrong = lacking.json()["errors"][0].clone();
    assert_eq!((wrong["code"].as_str(), wrong["parameter"].as_str()), (Some("api-lacks-scope"), Some("Authorization")));
    assert!(wrong["detail"].as_str().is_some_and(|detail| detail.contains("answers:read")), "{wrong}");
});

story!(slots_are_filtered_by_day_and_standing_and_turned_in_pages, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let own = Caller::of(&house, Some(&token(&house, &builders, &["duties:read"]).await)).await;
    let count = async |query: &str| ids(&own.get(&format!("/api/v1/slots?limit=500&{query}")).await.expect(200).json()).len();
    let whole = ids(&own.get("/api/v1/slots?limit=500").await.expect(200).json());
    assert_eq!(count("due_from=2026-06-19&due_until=2026-06-19").await, {
        let all = slots(&house, &builders).await;
        all.iter().filter(|slot| slot.due_on == day("2026-06-19")).count()
    });
    assert_eq!(count("standing=open").await, whole.len());
    at(&house, "2026-07-10T09:00:00");
    let overdue = count("standing=overdue").await;
    assert!(overdue > 0 && overdue < whole.len(), "{overdue} of {}", whole.len());
    let who = officer(&house, &builders).await;
    let fields =
        [("key", "k"), ("seen", "0"), ("outcome", "reported"), ("text", "Xong"), ("late_reason", "Bão"), ("excusable", "yes")];
    who.post(&format!("/desk/duties/{}/answer", slot.id), &fields).await.expect(303);
    assert_eq!((count("standing=overdue").await, count("standing=submitted").await), (overdue - 1, 1));
    for (verdict, standing) in [("return", "returned"), ("accept", "accepted")] {
        if verdict == "accept" {
            let mut again = fields.to_vec();
            again[..2].copy_from_slice(&[("key", "k2"), ("seen", "1")]);
            who.post(&format!("/desk/duties/{}/answer", slot.id), &again).await.expect(303);
            assert_eq!((count("standing=submitted").await, count("standing=returned").await), (1, 0), "a newer version waits");
        }
        reviewed(&house, slot.id, verdict).await;
        assert_eq!((count(&format!("standing={standing}")).await, count("standing=submitted").await), (1, 0), "{standing}");
    }
    for query in ["standing=lost", "due_from=hom-nay", "plan=khong-co", "agency=khong-co"] {
        own.get(&format!("/api/v1/slots?{query}")).await.expect(400);
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = own.get(&format!("/api/v1/slots?limit=2{cursor}")).await.expect(200).json();
        seen.extend(ids(&page));
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen, whole);
});

/// The standing body's reviewer says it to the last answer.
async fn reviewed(house: &House, slot: Uuid, verdict: &str) {
    let standing = agency(house, "so-khoa-hoc-va-cong-nghe").await;
    let who = house.someone(Role::Reviewer, Some(&standing)).await;
    let last = crate::duties::answer::Answer::of(&house.app.db, &[slot]).await.expect("answers").pop().expect("an answer");
    let id = last.id.to_string();
    let fields = [("answer", id.as_str()), ("verdict", verdict), ("whole", "Xem lại số liệu")];
    who.post(&format!("/desk/duties/{slot}/review"), &fields).await.expect(303);
}

story!(an_answer_is_handed_in_once_however_often_it_is_sent, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let caller = Caller::of(&house, Some(&token(&house, &builders, &["answers:read", "answers:write"]).await)).await;
    let path = format!("/api/v1/slots/{}/answers", slot.id);
    let mut body = answer("Đã thay 3 km ống", 0);
    body["figures"] = json!([{ "name": "Chiều dài", "value": 3.25, "unit": "km" }, { "name": "Sự cố", "value": 0 }]);
    let made = caller.post(&path, "lan-1", &body).await.expect(201).json();
    assert_eq!((made["version"].as_i64(), made["figures"][0]["value"].as_f64()), (Some(1), Some(3.25)));
    assert_eq!(made["figures"][1]["value"], 0.0, "zero is a value");
    let again = caller.post(&path, "lan-1", &body).await.expect(200).json();
    assert_eq!(again["id"], made["id"]);
    caller.post(&path, "lan-1", &answer("Khác", 0)).await.expect(409);
    caller.post(&path, "lan-2", &answer("Người thứ hai", 0)).await.expect(409);
    caller.post(&path, "lan-2", &answer("Bản hai", 1)).await.expect(201);
    let list = caller.get(&path).await.expect(200).json();
    assert_eq!(ids(&list).len(), 2);
    assert_eq!(list["items"][0]["person"], "Chuyên viên officer", "in the name of whom the token acts for");
    officer(&house, &builders).await.get(&format!("/desk/duties/{}", slot.id)).await.expect(200).says("Bản hai").says("3,25");
});

story!(refusals_are_those_of_the_page_each_at_its_field, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let caller = Caller::of(&house, Some(&token(&house, &builders, &["answers:write"]).await)).await;
    let path = format!("/api/v1/slots/{}/answers", slot.id);
    let empty = caller.post(&path, "k", &answer("  ", 0)).await.expect(422).json();
    assert_eq!(
        (empty["errors"][0]["code"].as_str(), empty["errors"][0]["pointer"].as_str()),
        (Some("answer-empty"), Some("#/text"))
    );
    let nothing = caller.post(&path, "k", &json!({ "outcome": "nothing", "seen_version": 0 })).await.expect(422).json();
    assert_eq!(nothing["errors"][0]["pointer"], "#/reason");
    let mut figures = answer("x", 0);
    figures["figures"] =
        json!([{ "name": "Lớp", "value": 1 }, { "name": "Tỷ lệ", "value": 120, "unit": "%" }, { "name": "", "value": -1 }]);
    let wrong = caller.post(&path, "k", &figures).await.expect(422).json();
    assert_eq!(
        (wrong["errors"][0]["pointer"].as_str(), wrong["errors"][1]["pointer"].as_str()),
        (Some("#/figures/1"), Some("#/figures/2"))
    );
    let unread = caller.post(&path, "k", &json!({ "outcome": "perhaps", "seen_version": 0 })).await.expect(400).json();
    assert_eq!(unread["errors"][0]["code"], "api-body-unreadable");
    let keyless = caller.post(&path, "", &answer("x", 0)).await.expect(400).json();
    assert_eq!(keyless["errors"][0]["parameter"], "Idempotency-Key");
    let plain = [("content-type", "text/plain"), ("idempotency-key", "k")];
    caller.send("POST", &path, &plain, axum::body::Body::from("{}")).await.expect(415);
    at(&house, "2026-06-20T00:00:00");
    let caller = Caller::of(&house, Some(&token(&house, &builders, &["answers:write"]).await)).await;
    let late = caller.post(&path, "k", &answer("Muộn", 0)).await.expect(422).json();
    assert_eq!(late["errors"][0]["pointer"], "#/late_reason");
    let mut late = answer("Muộn", 0);
    late["late_reason"] = json!("Chờ số liệu");
    late["excusable"] = json!(true);
    let made = caller.post(&path, "k", &late).await.expect(201).json();
    assert_eq!((made["late_reason"].as_str(), made["excusable"].as_bool()), (Some("Chờ số liệu"), Some(true)));
});

story!(nobody_answers_for_another_agency_or_without_the_scope, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let path = format!("/api/v1/slots/{}/answers", slot.id);
    let reads = Caller::of(&house, Some(&token(&house, &builders, &["answers:read", "duties:read"]).await)).await;
    reads.post(&path, "k", &answer("x", 0)).await.expect(403);
    let finance = agency(&house, "so-tai-chinh").await;
    let other = Caller::of(&house, Some(&token(&house, &finance, &["answers:write"]).await)).await;
    other.post(&path, "k", &answer("x", 0)).await.expect(404);
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let all = Caller::of(&house, Some(&province_token(&house, &standing, &["answers:write"]).await)).await;
    all.post(&path, "k", &answer("x", 0)).await.expect(404);
    assert!(crate::duties::answer::Answer::of(&house.app.db, &[slot.id]).await.expect("answers").is_empty());
});
