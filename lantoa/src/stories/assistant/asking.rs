//! The page and the API: quotes with sources, refusals with a way on, follow-ups, the stream, the limit.

use super::*;
use crate::stories::news::lawful;
use crate::story;

story!(the_page_answers_without_script_and_says_that_it_is_a_machine, |house| {
    let _cast = Cast::of(&house).await;
    let visitor = house.visitor();
    let page = visitor.get("/hoi-dap").await.expect(200);
    page.says("Trợ lý là máy, không phải người").says("action=\"/hoi-dap\"").says("/hoi-dap/cau-hoi");
    let said = visitor.post("/hoi-dap", &[("q", "Ai chủ trì lập danh mục tuyến đường cần trồng cây?")]).await.expect(200);
    said.says("Chủ trì: Sở Xây dựng")
        .says("/ke-hoach/ke-hoach-07-kh-ubnd#II-1")
        .says("Lập danh mục tuyến đường cần trồng cây")
        .says("Chuyển cho cán bộ trả lời");
    // What goes on keeps what it is about.
    let next = [("q", "Thế hạn khi nào?"), ("truoc", "Ai chủ trì lập danh mục tuyến đường cần trồng cây?")];
    visitor.post("/hoi-dap", &next).await.expect(200).says("trong năm 2026");
    let link = crate::web::address::query(&[("q", "Giá vàng hôm nay bao nhiêu một lượng?")]);
    visitor.get(&format!("/hoi-dap{link}")).await.expect(200).says("nên không trả lời").says("action=\"/hoi-dap/chuyen\"");
    // The way to it stands on every public page.
    visitor.get("/ke-hoach").await.expect(200).says("data-ask-machine").says("href=\"/hoi-dap\"");
    visitor.get("/hoi-dap").await.expect(200).says_not("data-ask-machine");
});

story!(a_follow_up_in_the_api_keeps_its_topic, |house| {
    let _cast = Cast::of(&house).await;
    let before = ["Ai chủ trì lập danh mục tuyến đường cần trồng cây?"];
    let said = ask_after(&house, &before, "Thế hạn khi nào?").await;
    assert!(text(&said).contains("trong năm 2026"), "{said}");
    let alone = ask(&house, "Thế hạn khi nào?").await;
    assert_eq!(alone["answered"], json!(false), "without what it goes on from it is about nothing: {alone}");
});

story!(sentences_of_articles_are_quoted_byte_for_byte, |house| {
    let house = lawful(house);
    seeds(&house).await;
    let said = ask(&house, SEEDS).await;
    assert_eq!((&said["answered"], &said["how"]), (&json!(true), &json!("quoted")), "{said}");
    let source = &said["sources"][0];
    let quote = source["quote"].as_str().expect("a quote");
    assert!(SEEDS_TEXT.contains(quote) && quote.contains("Chi cục Trồng trọt"), "the very bytes: {quote}");
    let url = source["url"].as_str().expect("an address");
    assert!(url.starts_with("http://localhost/tin-tuc/"), "{url}");
    let path = url.trim_start_matches("http://localhost").split('#').next().expect("a path").to_owned();
    house.visitor().get(&path).await.expect(200).says("Cấp mã số vùng trồng");
});

story!(its_own_words_are_in_the_language_that_is_asked_for, |house| {
    let _cast = Cast::of(&house).await;
    let body = json!({ "question": "Giá vàng hôm nay bao nhiêu một lượng?", "language": "en" });
    let said = post(&house, &body, "application/json").await.expect(200).json();
    assert!(text(&said).contains("I found no answer"), "{said}");
    // Questions of an evaluation are no work for editors.
    let request = Request::post("/api/v1/assistant/answers").header(CONTENT_TYPE, "application/json");
    let request = request.header(crate::assistant::evaluating::HEADER, "1");
    let body = json!({ "question": "Giá bạc hôm nay bao nhiêu một lượng?" }).to_string();
    house.visitor().send(request.body(Body::from(body)).expect("a request")).await.expect(200);
    let gaps = crate::assistant::gap::Gap::open(&house.app.db, (0, 10)).await.expect("gaps");
    assert!(gaps.iter().all(|gap| !gap.question.contains("bạc")), "{gaps:?}");
});

story!(a_stream_says_sources_lines_and_the_whole, |house| {
    let _cast = Cast::of(&house).await;
    let body = json!({ "question": "Ai chủ trì lập danh mục tuyến đường cần trồng cây?" });
    let answer = post(&house, &body, "text/event-stream").await.expect(200);
    assert!(answer.headers["content-type"].to_str().is_ok_and(|kind| kind.starts_with("text/event-stream")));
    let text = answer.text();
    let at = |name: &str| text.find(&format!("event: {name}")).unwrap_or_else(|| panic!("no {name} in {text}"));
    assert!(at("sources") < at("line") && at("line") < at("done"), "{text}");
    let done = text.split("event: done\ndata: ").nth(1).and_then(|rest| rest.lines().next()).expect("the whole");
    let whole: Value = serde_json::from_str(done).expect("JSON");
    assert_eq!((&whole["answered"], whole["sources"].as_array().map(Vec::len)), (&json!(true), Some(1)));
});

story!(an_address_that_asks_too_often_is_told_to_wait, |house| {
    let house = house.configured(|config| config.assistant.per_minute = 3);
    province(&house).await;
    follow(&house).await;
    for _ in 0..3 {
        ask(&house, "Ai chủ trì?").await;
    }
    let answer = post(&house, &json!({ "question": "Ai chủ trì?" }), "application/json").await.expect(429);
    assert!(answer.headers.contains_key("retry-after"));
    house.visitor().post("/hoi-dap", &[("q", "Ai chủ trì?")]).await.expect(429);
    post(&house, &json!({ "hoi": 1 }), "application/json").await.expect(400);
});
