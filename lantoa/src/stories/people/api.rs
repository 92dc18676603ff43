//! Agencies as JSON.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::base::Role;
use crate::people::province;
use crate::stories::web::api::{Caller, token};
use crate::story;

fn codes(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("items");
    items.iter().map(|item| item["code"].as_str().expect("a code").to_owned()).collect()
}

story!(agencies_are_read_page_by_page_and_each_once, |house| {
    province::settle(&house.app).await.expect("the default province");
    let caller = Caller::of(&house, None).await;
    let whole = codes(&caller.get("/api/v1/agencies?limit=500").await.expect(200).json());
    assert!(whole.len() > 100, "{}", whole.len());
    let (mut seen, mut path, mut pages) = (Vec::new(), "/api/v1/agencies?limit=50".to_owned(), 0);
    loop {
        let before = house.statements();
        let answer = caller.get(&path).await.expect(200);
        assert_eq!(house.statements() - before, 1, "a page is one statement");
        seen.extend(codes(&answer.json()));
        pages += 1;
        let Some(next) = answer.json()["next"].as_str().map(str::to_owned) else { break };
        assert!(answer.header("link").contains(&next), "{}", answer.header("link"));
        path = format!("/api/v1/agencies?limit=50&cursor={next}");
    }
    assert_eq!(seen, whole);
    assert_eq!(pages, whole.len().div_ceil(50));
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), whole.len());
});

story!(filters_narrow_and_say_what_is_wrong_with_them, |house| {
    province::settle(&house.app).await.expect("the default province");
    let caller = Caller::of(&house, None).await;
    let wards = caller.get("/api/v1/agencies?kind=ward&open_on=2026-01-01&limit=500").await.expect(200).json();
    assert!(wards["items"].as_array().expect("items").iter().all(|agency| agency["kind"] == "ward"));
    assert!(codes(&caller.get("/api/v1/agencies?open_on=1990-01-01").await.expect(200).json()).is_empty());
    for (query, field) in [
        ("kind=nothing", "kind"),
        ("open_on=20/6/2026", "open_on"),
        ("open_on=2026-02-30", "open_on"),
        ("limit=501", "limit"),
        ("limit=0", "limit"),
        ("cursor=xyz", "cursor"),
    ] {
        let wrong = caller.get(&format!("/api/v1/agencies?{query}")).await.expect(400).json();
        assert_eq!(wrong["errors"][0]["parameter"], field, "{query}");
    }
    let misspelt = caller.get("/api/v1/agencies?knd=ward").await.expect(400).json();
    assert_eq!(misspelt["errors"][0]["code"], "api-parameter-unknown");
});

story!(one_agency_is_found_by_slug_code_and_id, |house| {
    province::settle(&house.app).await.expect("the default province");
    let caller = Caller::of(&house, None).await;
    let answer = caller.get("/api/v1/agencies/so-xay-dung").await.expect(200);
    let (agency, tag) = (answer.json(), answer.header("etag").to_owned());
    let text = |field: &str| agency[field].as_str().expect("a text").to_owned();
    for name in [text("code"), text("id")] {
        assert_eq!(caller.get(&format!("/api/v1/agencies/{name}")).await.expect(200).json(), agency);
    }
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    caller.get_with("/api/v1/agencies/so-xay-dung", &[("if-none-match", &tag)]).await.expect(304);
    caller.get_with("/api/v1/agencies/so-xay-dung", &[("if-none-match", "\"other\"")]).await.expect(200);
    assert!(agency.get("staffed").is_none(), "who has people is not public");
    let own = crate::people::Agency::find_by_slug(&house.app.db, "so-xay-dung").await.expect("it");
    let secret = token(&house, &own, &["agencies:read"]).await;
    let with = Caller::of(&house, Some(&secret)).await.get("/api/v1/agencies/so-xay-dung").await.expect(200);
    assert_eq!(with.json()["staffed"], true);
    assert_eq!(with.header("access-control-allow-origin"), "", "what a token sees is not for pages of other sites");
});

story!(a_cookie_opens_nothing_here, |house| {
    let leader = house.someone(Role::SystemAdministrator, None).await;
    leader.get("/api/v1/token").await.expect(401);
    leader.get("/api/v1/slots").await.expect(401);
});
