//! Stories of the ground: assets, preferences, fences.

pub mod api;
pub mod chart;
pub mod guide;
use axum::body::Body;
use axum::http::Request;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY};

use crate::base::Role;
use crate::story;
use crate::web::assets;

story!(assets_are_kept_for_ever_and_come_compressed, |house| {
    let style = assets::address("app.css");
    assert!(assets::are_built() && style.starts_with("/assets/"), "run `make assets` first");
    let request = Request::get(&style).header(ACCEPT_ENCODING, "br").body(Body::empty()).expect("a request");
    let answer = house.visitor().send(request).await.expect(200);
    assert_eq!(answer.headers[CONTENT_ENCODING], "br");
    assert!(answer.headers[CACHE_CONTROL].to_str().expect("text").contains("immutable"));
    house.visitor().get("/assets/../Cargo.toml").await.expect(404);
});

story!(language_and_theme_are_kept_and_lead_back_to_this_site_only, |house| {
    let visitor = house.visitor();
    let answer = visitor.post("/preferences", &[("language", "en"), ("back", "/ke-hoach?q=a")]).await.expect(303);
    assert_eq!(answer.location(), "/ke-hoach?q=a");
    visitor.get("/ke-hoach").await.expect(200).says("lang=\"en\"").says("Programmes");
    visitor.post("/preferences", &[("theme", "dark"), ("back", "/")]).await.expect(303);
    visitor.get("/").await.expect(200).says("data-theme=\"dark\"");
    for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"] {
        let answer = visitor.post("/preferences", &[("theme", "auto"), ("back", elsewhere)]).await.expect(303);
        assert_eq!(answer.location(), "/", "{elsewhere}");
    }
});

story!(every_page_has_its_fences, |house| {
    let answer = house.visitor().get("/").await.expect(200);
    let policy = answer.headers[CONTENT_SECURITY_POLICY].to_str().expect("text").to_owned();
    assert!(policy.contains("default-src 'none'") && policy.contains("'nonce-") && !policy.contains("unsafe"), "{policy}");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    let answer = answer.says(&format!("nonce=\"{nonce}\""));
    assert!(!answer.text().contains("style=\""), "no inline style passes the policy");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    let cross = Request::post("/preferences").header("sec-fetch-site", "cross-site").header("origin", "https://evil.example");
    let cross =
        cross.header("content-type", "application/x-www-form-urlencoded").body(Body::from("theme=dark")).expect("a request");
    house.visitor().send(cross).await.expect(400).says("từ một trang web khác");
});

story!(a_refusal_leads_back_to_the_page_it_came_from_and_nowhere_else, |house| {
    let back = "Quay lại trang trước";
    let sent_from = async |referer: &str| {
        let request = Request::post("/desk/sign-in/passkey").header("referer", referer);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        house.visitor().send(request.body(Body::from("credential=x")).expect("a request")).await.expect(422)
    };
    sent_from("http://localhost/desk/sign-in?then=/desk").await.says(back).says("href=\"/desk/sign-in?then=/desk\"");
    for elsewhere in
        ["http://evil.example/desk", "http://localhost//evil.example", "javascript:alert(1)", "", "http://localhost/\\x"]
    {
        sent_from(elsewhere).await.says_not(back);
    }
});

story!(a_letter_that_no_text_can_hold_is_an_error_of_the_sender, |house| {
    for path in ["/ke-hoach/%00", "/co-quan/a%00/nhiem-vu"] {
        let status = house.visitor().get(path).await.status.as_u16();
        assert!(matches!(status, 400 | 404), "{path}: {status}");
    }
    let fields = [("email", "a\0@b.vn"), ("password", "x")];
    let status = house.visitor().post("/desk/sign-in", &fields).await.status.as_u16();
    assert!((400..500).contains(&status), "{status}");
});

story!(an_address_that_names_nothing_is_not_found_and_a_wrong_method_is_told_the_right_ones, |house| {
    let who = house.someone(Role::Coordinator, None).await;
    let id = uuid::Uuid::from_u128(9);
    for path in ["/desk/plans/khong-phai-ma", "/desk/plans/7/review", "/desk/agencies/x", "/desk/people/1"] {
        let status = who.get(path).await.status.as_u16();
        assert!(matches!(status, 403 | 404), "{path}: {status}");
    }
    who.get("/desk/plans/khong-phai-ma").await.expect(404).says("Không tìm thấy trang này");
    who.post("/desk/plans/khong-phai-ma/adoption", &[]).await.expect(404);
    house.visitor().get("/desk/plans/khong-phai-ma").await.expect(303);
    let allowed = |answer: crate::testing::Answer| answer.headers["allow"].to_str().expect("text").to_owned();
    let page = who.get(&format!("/desk/plans/{id}/adoption")).await.expect(405).says("không nhận cách gửi đó");
    assert_eq!(allowed(page), "POST");
    assert!(allowed(who.post("/co-quan", &[]).await.expect(405)).contains("GET"));
    let put = Request::put("/desk/plans").body(Body::empty()).expect("a request");
    let both = allowed(who.send(put).await.expect(405));
    assert!(both.contains("GET") && both.contains("POST"), "{both}");
});

story!(it_says_that_it_lives_and_how_it_does, |house| {
    house.visitor().get("/healthz").await.expect(200).says("ok");
    house.visitor().get("/readyz").await.expect(200).says("ready");
    house.visitor().get("/").await.expect(200);
    house.visitor().get("/metrics").await.expect(200).says("lantoa_request_seconds").says("lantoa_reactions_waiting");
    house.visitor().get("/khong-co").await.expect(404).says("<h1>");
});

story!(the_gallery_shows_every_component_and_the_samples_can_be_taken, |house| {
    let who = house.someone(Role::Coordinator, None).await;
    who.get("/desk/ui").await.expect(200).says("data-state=\"late\"").says("data-kind=\"primary\"");
    let sample = house.visitor().get("/mau/ke-hoach-mau.txt").await.expect(200);
    sample.says("KẾ HOẠCH");
    house.visitor().get("/mau/khac.txt").await.expect(404);
});
