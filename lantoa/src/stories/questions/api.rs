//! Questions as JSON.

use axum::body::Body;
use serde_json::json;

use super::*;
use crate::stories::web::api::{Caller, token};
use crate::story;

story!(programs_ask_follow_and_read_what_was_answered, |house| {
    let cast = Cast::of(&house).await;
    let caller = Caller::of(&house, None).await;
    let body = json!({ "question": TEXT, "to_agency": "so-xay-dung" });
    let taken = caller.post("/api/v1/questions", "k-1", &body).await.expect(201).json();
    let code = taken["code"].as_str().expect("a code").to_owned();
    let again = caller.post("/api/v1/questions", "k-1", &body).await.expect(201).json();
    assert_eq!(again["code"], taken["code"], "the same key asks once");
    let other = caller
        .post("/api/v1/questions", "k-1", &json!({ "question": "Một câu khác hẳn của người khác?" }))
        .await
        .expect(201)
        .json();
    assert_ne!(other["code"], taken["code"], "a key guessed by somebody else opens nothing");
    caller.post("/api/v1/questions", "k-2", &json!({ "question": "😀" })).await.expect(422).says("question-needs-words");
    caller.post("/api/v1/questions", "k-3", &json!({ "text": "x" })).await.expect(400);
    let request = format!("/api/v1/questions/requests/{code}");
    let status = caller.get(&request).await.expect(200).json();
    assert_eq!((status["status"].as_str(), status["with_agency"].as_str()), (Some("open"), Some("so-xay-dung")));
    caller.get("/api/v1/questions/requests/aaaa-bbbb-cccc").await.expect(404);
    press(&house, &cast.builder, &code, "answer", &[("answer", "Thứ Bảy, gọi 0907654321"), ("shows", "on")]).await.expect(303);
    assert_eq!(caller.get(&request).await.expect(200).json()["status"], "answered");
    let list = caller.get("/api/v1/questions?agency=so-xay-dung&q=ky nang".replace(' ', "%20").as_str()).await.expect(200).json();
    let item = &list["items"][0];
    assert_eq!(item["answer"], "Thứ Bảy, gọi [đã ẩn số điện thoại]");
    let slug = item["slug"].as_str().expect("a slug").to_owned();
    assert_eq!(caller.get(&format!("/api/v1/questions/{slug}")).await.expect(200).json()["title"], item["title"]);
    caller.get("/api/v1/questions/khong-co").await.expect(404);
    caller.get("/api/v1/questions?nothing=1").await.expect(400);
    let counts = caller.get("/api/v1/questions/agencies").await.expect(200).json();
    let of = counts["items"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|one| one["with_agency"] == "so-xay-dung")
        .expect("its counts")
        .clone();
    assert_eq!((of["asked"].as_u64(), of["answered"].as_u64(), of["in_time"].as_u64()), (Some(1), Some(1), Some(1)));
    let accused = json!({ "question": "Tôi tố cáo cán bộ xã nhận hối lộ của dân" });
    let shut = caller.post("/api/v1/questions", "k-9", &accused).await.expect(201).json();
    assert_eq!(shut["protected"], true);
    let path = format!("/api/v1/questions/requests/{}", shut["code"].as_str().expect("a code"));
    assert_eq!(caller.get(&path).await.expect(200).json()["status"], "protected");
});

story!(letters_are_handed_over_with_a_token, |house| {
    let cast = Cast::of(&house).await;
    let letter = format!("From: hoi@thu.vn\r\nSubject: Hoi\r\nMessage-ID: <9@thu.vn>\r\n\r\n{TEXT}");
    let head = [("content-type", "message/rfc822")];
    let nobody = Caller::of(&house, None).await;
    nobody.send("POST", "/api/v1/questions/letters", &head, Body::from(letter.clone())).await.expect(401);
    let other = token(&house, &cast.standing, &["bounces:write"]).await;
    let other = Caller::of(&house, Some(&other)).await;
    other.send("POST", "/api/v1/questions/letters", &head, Body::from(letter.clone())).await.expect(403);
    let token = token(&house, &cast.standing, &["questions:write"]).await;
    let server = Caller::of(&house, Some(&token)).await;
    let done = server.send("POST", "/api/v1/questions/letters", &head, Body::from(letter)).await.expect(200).json();
    assert_eq!((done["outcome"].as_str(), done["cause"].is_null()), (Some("asked"), true));
});
