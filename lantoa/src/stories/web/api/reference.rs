//! The document and its page.

use super::Caller;
use crate::story;
use crate::web::{Lang, Locale};

story!(the_document_is_openapi_3_1_and_the_page_tells_all_of_it, |house| {
    let visitor = house.visitor();
    let answer = visitor.get("/api/v1/openapi.json").await.expect(200);
    let document = answer.json();
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")), "{}", document["openapi"]);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let before = house.statements();
    let page = visitor.get("/api/v1").await.expect(200);
    assert_eq!(house.statements(), before, "the reference asks the database for nothing");
    for (path, methods) in document["paths"].as_object().expect("paths") {
        assert!(page.text().contains(path.as_str()), "{path} is not on the page");
        for operation in methods.as_object().expect("methods").values() {
            let id = operation["operationId"].as_str().expect("an id");
            assert!(page.text().contains(&format!("id=\"op-{id}\"")), "{id} is not on the page");
            let named = |l: Locale| l.has(&format!("api-op-{id}")) && l.has(&format!("api-op-{id}-words"));
            assert!(named(Locale(Lang::Vi)) && named(Locale(Lang::En)), "{id} has no words");
        }
    }
    for key in ["nknown localization", "{ $", "<script>"] {
        assert!(!page.text().contains(key), "{key} on the page");
    }
    let tag = page.header("etag").to_owned();
    assert!(!tag.is_empty(), "the page has a tag");
});

story!(what_is_not_there_is_a_problem_and_no_page, |house| {
    let caller = Caller::of(&house, None).await;
    for path in ["/api", "/api/v1/nothing", "/api/v2/plans", "/api/v1/agencies/khong-co"] {
        let answer = caller.get(path).await.expect(404);
        assert_eq!(answer.json()["status"], 404, "{path}");
        assert!(answer.json()["type"].as_str().is_some_and(|kind| kind.ends_with("/api/v1#not-found")));
    }
    let wrong = caller.send("DELETE", "/api/v1/plans", &[], axum::body::Body::empty()).await.expect(405);
    assert!(wrong.header("allow").contains("GET"), "{:?}", wrong.headers);
    let english = caller.get_with("/api/v1/slots", &[("accept-language", "en")]).await.expect(401);
    assert_eq!(english.json()["title"], "No token, or none that holds");
    assert!(english.header("www-authenticate").starts_with("Bearer"));
});
