//! Programs of an agency that has an approver, and values that nobody asks.

use super::answering::{first_slot, press};
use super::*;
use crate::duties::answer::draft::Draft;
use crate::duties::clearance::{self, State};
use crate::stories::web::api::{Caller, token};
use crate::story;
use serde_json::{Value, json};

fn answer(text: &str) -> Value {
    json!({ "outcome": "reported", "text": text, "seen_version": 0 })
}

story!(a_program_presents_to_the_approver_and_never_over_what_people_write, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let caller = Caller::of(&house, Some(&token(&house, &builders, &["answers:read", "answers:write"]).await)).await;
    let present = format!("/api/v1/slots/{}/presentation", slot.id);
    let answers = format!("/api/v1/slots/{}/answers", slot.id);
    let early = caller.post(&present, "k0", &answer("Xong")).await.expect(422).json();
    assert_eq!(early["errors"][0]["code"], "clearance-not-needed");
    let chief = house.someone(Role::Approver, Some(&builders)).await;
    let needed = caller.post(&answers, "k0", &answer("Xong")).await.expect(422).json();
    assert_eq!(needed["errors"][0]["code"], "clearance-needed");
    let detail = needed["errors"][0]["detail"].as_str().expect("words");
    assert!(detail.contains(&format!("POST {present}")), "what a program does is said, too: {detail}");
    let empty = caller.post(&present, "k0", &answer(" ")).await.expect(422).json();
    assert_eq!(empty["errors"][0]["pointer"], "#/text");
    let made = caller.post(&present, "k1", &answer("Đã thay 3 km ống")).await.expect(201).json();
    assert_eq!((made["state"].as_str(), made["answer"].as_str()), (Some("waiting"), None));
    let again = caller.post(&present, "k1", &answer("Đã thay 3 km ống")).await.expect(200).json();
    assert_eq!(again["id"], made["id"], "two presses are one presentation");
    caller.post(&present, "k1", &answer("Khác")).await.expect(409);
    // What the program itself presented it may correct; what a person typed meanwhile it may not.
    let next = caller.post(&present, "k2", &answer("Đã thay 4 km ống")).await.expect(201).json();
    let who = officer(&house, &builders).await;
    let mut typed = press("", "0", "Tôi đang sửa");
    typed.retain(|(name, _)| *name != "draft");
    typed.push(("draft", "2"));
    who.post(&format!("/desk/duties/{}/draft", slot.id), &typed).await.expect(303);
    caller.post(&present, "k3", &answer("Đã thay 5 km ống")).await.expect(409);
    let kept = Draft::find(&house.app.db, slot.id).await.expect("a statement").expect("a draft");
    assert_eq!(kept.text, "Tôi đang sửa");
    let withdrawn = caller.post(&present, "k2", &answer("Đã thay 4 km ống")).await.expect(200).json();
    assert_eq!((withdrawn["id"].clone(), withdrawn["state"].as_str()), (next["id"].clone(), Some("withdrawn")));
    // The same words as the person's are no loss.
    caller.post(&present, "k4", &answer("Tôi đang sửa")).await.expect(201);
    let all = clearance::Model::of(&house.app.db, slot.id).await.expect("clearances");
    let waiting = all.iter().find(|one| one.state == State::Waiting).expect("one waits");
    chief.post(&format!("/desk/duties/{}/clearance/{}", slot.id, waiting.id), &[("verdict", "clear")]).await.expect(303);
    let cleared = caller.post(&present, "k4", &answer("Tôi đang sửa")).await.expect(200).json();
    let handed = caller.get(&answers).await.expect(200).json();
    assert_eq!(cleared["state"], "cleared");
    assert_eq!(
        (handed["items"][0]["id"].clone(), handed["items"][0]["text"].as_str()),
        (cleared["answer"].clone(), Some("Tôi đang sửa"))
    );
});

story!(nobody_presents_for_another_agency_or_without_the_scope, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    house.someone(Role::Approver, Some(&builders)).await;
    let present = format!("/api/v1/slots/{}/presentation", slot.id);
    let reads = Caller::of(&house, Some(&token(&house, &builders, &["answers:read"]).await)).await;
    reads.post(&present, "k", &answer("x")).await.expect(403);
    let finance = agency(&house, "so-tai-chinh").await;
    let other = Caller::of(&house, Some(&token(&house, &finance, &["answers:write"]).await)).await;
    other.post(&present, "k", &answer("x")).await.expect(404);
    assert!(clearance::Model::of(&house.app.db, slot.id).await.expect("clearances").is_empty());
});

story!(values_of_a_field_that_nobody_asks_are_refused_by_name, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let caller = Caller::of(&house, Some(&token(&house, &builders, &["answers:write"]).await)).await;
    let mut body = answer("Đã mở lớp");
    body["values"] = json!({ "zzz": 1 });
    let refused = caller.post(&format!("/api/v1/slots/{}/answers", slot.id), "k", &body).await.expect(422).json();
    assert_eq!(
        (refused["errors"][0]["code"].as_str(), refused["errors"][0]["pointer"].as_str()),
        (Some("api-value-unknown"), Some("#/values/zzz"))
    );
    assert!(refused["errors"][0]["detail"].as_str().is_some_and(|words| words.contains("zzz")), "{refused}");
    assert!(crate::duties::answer::Answer::of(&house.app.db, &[slot.id]).await.expect("answers").is_empty());
});
