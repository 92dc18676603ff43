//! What is the same for every reader is made once: until this node changes something, at most for a moment, and never for who
//! is signed in.

use axum::body::Body;
use axum::http::Request;

use super::*;
use crate::news::views;
use crate::story;

const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0";

/// What an answer was, and how many statements it cost.
async fn asked(house: &House, visitor: &Visitor<'_>, path: &str, headers: &[(&str, &str)]) -> (crate::testing::Answer, u64) {
    let mut request = Request::get(path).header("user-agent", BROWSER);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let before = house.statements();
    let answer = visitor.send(request.body(Body::empty()).expect("a request")).await;
    (answer, house.statements() - before)
}

fn field<'a>(answer: &'a crate::testing::Answer, name: &str) -> &'a str {
    answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

story!(a_page_that_many_read_is_made_once_and_anew_when_something_changes, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Nhiều người đọc").await;
    let visitor = house.visitor();
    let address = "/tin-tuc/nhieu-nguoi-doc";
    let (first, cost) = asked(&house, &visitor, address, &[]).await;
    assert!(cost > 0);
    let (second, cost) = asked(&house, &visitor, address, &[]).await;
    assert_eq!((cost, &second.bytes), (0, &first.bytes), "it is not made again");
    let policy = field(&second, "content-security-policy");
    assert!(policy.contains("nonce-") && !field(&second, "x-request-id").is_empty());
    assert_ne!(field(&first, "x-request-id"), field(&second, "x-request-id"));
    let (known, cost) = asked(&house, &visitor, address, &[("if-none-match", field(&second, "etag"))]).await;
    assert_eq!((known.status.as_u16(), cost, known.bytes.len()), (304, 0, 0));
    assert_eq!((field(&known, "etag"), field(&known, "content-security-policy")), (field(&second, "etag"), ""));
    views::write(&house.app).await.expect("views");
    let id = at_path(&house, &path).await.id;
    assert_eq!(views::of(&house.app, &[id]).await.expect("views")[&id].total, 3, "each reader counts");
    act(&house, &cast.administrator, &path, "takedown", &[("takedown", "Theo văn bản")]).await.expect(303);
    let (gone, _) = asked(&house, &visitor, address, &[]).await;
    gone.expect(410);
});

story!(a_kept_page_is_nobodys_own, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    cast.published(&house, "Của mọi người").await;
    let visitor = house.visitor();
    let address = "/tin-tuc/cua-moi-nguoi";
    asked(&house, &visitor, address, &[]).await.0.expect(200).says("lang=\"vi\"");
    asked(&house, &visitor, address, &[("cookie", "language=en")]).await.0.expect(200).says("lang=\"en\"");
    asked(&house, &visitor, address, &[("cookie", "theme=dark")]).await.0.expect(200).says("dark");
    let (own, cost) = asked(&house, &cast.author, address, &[]).await;
    assert!(cost > 0, "who is signed in gets their own");
    own.expect(200).says("Bàn làm việc").says_not("Cán bộ đăng nhập");
    let (public, _) = asked(&house, &visitor, address, &[]).await;
    public.expect(200).says("Cán bộ đăng nhập");
    let (_, cost) = asked(&house, &visitor, address, &[("range", "bytes=0-9")]).await;
    assert!(cost > 0);
    // What another node changed is seen after a moment.
    let (_, cost) = asked(&house, &visitor, address, &[]).await;
    assert_eq!(cost, 0);
    house.app.clock.advance(chrono::TimeDelta::seconds(2));
    let (_, cost) = asked(&house, &visitor, address, &[]).await;
    assert!(cost > 0);
});

story!(a_kept_page_is_packed_only_for_who_can_unpack_it, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    cast.published(&house, "Gói và không gói").await;
    let visitor = house.visitor();
    let address = "/tin-tuc/goi-va-khong-goi";
    let packed = async |wish: Option<&str>| {
        let wishes: Vec<(&str, &str)> = wish.map(|wish| ("accept-encoding", wish)).into_iter().collect();
        let (answer, _) = asked(&house, &visitor, address, &wishes).await;
        field(&answer, "content-encoding").to_owned()
    };
    // Each pair asks for the same page within the moment that it is kept.
    assert_ne!(packed(Some("*")).await, "br");
    assert_eq!(packed(None).await, "", "what was packed for another is of no use to who unpacks nothing");
    assert_eq!(packed(Some("gzip, deflate, br")).await, "gzip");
    for refusing in ["gzip;q=0", "identity", "gzip; Q=0.000, br"] {
        assert_eq!(packed(Some(refusing)).await, "", "{refusing}");
    }
    for taking in ["GZIP", "br;q=1, gzip;q=0.5", "x-gzip"] {
        assert_eq!(packed(Some(taking)).await, "gzip", "{taking}");
    }
});
