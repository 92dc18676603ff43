//! Reports that come back, true and forged (scenario C-3: bounces; 250, and then a report that it failed).

use axum::body::Body;
use axum::http::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};

use super::*;
use crate::newsletters::bounces;
use crate::newsletters::delivery::Bounce;
use crate::stories::web::api::token as api_token;
use crate::story;

async fn handed(house: &House, token: &str, report: &[u8]) -> Answer {
    let request = Request::post("/api/v1/bounces").header(CONTENT_TYPE, "message/rfc822");
    let request = request.header(AUTHORIZATION, format!("Bearer {token}")).body(Body::from(report.to_vec()));
    house.visitor().send(request.expect("a request")).await
}

async fn bounce(house: &House, path: &str, address: &str) -> Bounce {
    let one = reader(house, at_path(house, path).await.newsletter, address).await;
    delivery::Entity::find_by_id((id(path), one.id)).one(&house.app.db).await.expect("rows").expect("a letter").bounce
}

story!(a_letter_that_was_taken_and_comes_back_is_marked, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let (one, two) = (made(&cast, "Một", &[]).await, made(&cast, "Hai", &[]).await);
    subscribed(&cast, one, &["an", "bounce-1"]).await;
    subscribed(&cast, two, &["bounce-1"]).await;
    let path = sent(&house, &cast, one).await;
    assert_eq!(tally(&house, &path).await.sent, 2);
    let [report] = sink.reports().try_into().expect("one report");
    let token = api_token(&house, &cast.agency, &["bounces:write"]).await;
    let reader_only = api_token(&house, &cast.agency, &["duties:read"]).await;
    handed(&house, &reader_only, &report).await.expect(403);
    handed(&house, &token, &report).await.expect(200).says("\"hard\"");
    handed(&house, &token, &report).await.expect(200).says("\"again\"");
    assert_eq!(bounce(&house, &path, "bounce-1@example.vn").await, Bounce::Hard);
    let after = tally(&house, &path).await;
    assert_eq!((after.sent, after.hard, after.delivered()), (2, 1, 1));
    for newsletter in [one, two] {
        assert_eq!(reader(&house, newsletter, "bounce-1@example.vn").await.state, subscriber::State::Bounced);
    }
    assert_eq!(facts(&house, one, "SubscriberSuppressed").await, 1);
    brought(&cast, two, "bounce-1@example.vn\n").await.expect(200).says("Thêm 0 người");
    let path = sent(&house, &cast, one).await;
    assert_eq!(tally(&house, &path).await.all(), 1, "not written to any more");
    cast.administrator.get(&format!("{path}/letters")).await.expect(200).says("an@example.vn");
});

story!(forged_and_foreign_reports_change_nothing, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    subscribed(&cast, newsletter, &["an"]).await;
    let path = sent(&house, &cast, newsletter).await;
    let real = sink.letters()[0].return_path.clone();
    let token = api_token(&house, &cast.agency, &["bounces:write"]).await;
    let report = |to: &str| doubles::sink::report(to, "an@example.vn", "<x@y>");
    let (local, host) = real.split_once('@').expect("an address");
    let last = if local.ends_with('0') { "1" } else { "0" };
    let forged = format!("{}{last}@{host}", &local[..local.len() - 1]);
    for to in ["bounces@lantoa.test", "bounces+aaaa@lantoa.test", &forged, "ai@khac.vn"] {
        handed(&house, &token, &report(to)).await.expect(200).says("not-ours");
    }
    for bytes in [&b""[..], b"Subject: Re\r\n\r\nVacation", b"\xff\xfe\x00"] {
        handed(&house, &token, bytes).await.expect(200).says("ordinary");
    }
    assert_eq!(facts(&house, Uuid::nil(), "BounceIgnored").await, 4);
    assert_eq!(bounce(&house, &path, "an@example.vn").await, Bounce::None);
    // In capitals, as some servers send it back: the same.
    handed(&house, &token, &report(&real.to_uppercase())).await.expect(200).says("\"hard\"");
    house.visitor().post("/api/v1/bounces", &[]).await.expect(401);
});

/// A report about the letter that the sink took last.
fn of_last(sink: &Sink, action: &str, status: &str) -> Vec<u8> {
    let real = sink.letters().last().expect("a letter").return_path.clone();
    let report = String::from_utf8(doubles::sink::report(&real, "an@example.vn", "<x@y>")).expect("text");
    let report = report.replace("Action: failed", &format!("Action: {action}"));
    report.replace("Status: 5.1.1", &format!("Status: {status}")).replace("550 5.1.1", "550").into_bytes()
}

story!(letters_that_did_not_arrive_count_up, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    subscribed(&cast, newsletter, &["an"]).await;
    let token = api_token(&house, &cast.agency, &["bounces:write"]).await;
    for round in 1..=5 {
        let path = sent(&house, &cast, newsletter).await;
        handed(&house, &token, &of_last(&sink, "delayed", "4.2.2")).await.expect(200).says("\"delayed\"");
        assert_eq!(bounce(&house, &path, "an@example.vn").await, Bounce::None);
        // Full, too large, not wanted, not reached, and refused for our own address: none says that there is no such mailbox.
        let status = ["5.2.2", "5.3.4", "5.7.1", "4.4.1", "5.1.8"][round - 1];
        handed(&house, &token, &of_last(&sink, "failed", status)).await.expect(200).says("\"soft\"");
        assert_eq!(bounce(&house, &path, "an@example.vn").await, Bounce::Soft);
        let after = tally(&house, &path).await;
        assert_eq!((after.sent, after.soft, after.delivered()), (1, 1, 0));
        let expected = if round < 5 { subscriber::State::Active } else { subscriber::State::Bounced };
        assert_eq!(reader(&house, newsletter, "an@example.vn").await.state, expected, "{round}");
    }
});

story!(a_letter_that_arrived_ends_the_row, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    subscribed(&cast, newsletter, &["an"]).await;
    for _ in 1..=4 {
        sent(&house, &cast, newsletter).await;
        let taken = bounces::take(&house.app, &of_last(&sink, "failed", "5.2.2"), None).await;
        assert_eq!(taken.expect("a report"), bounces::Taken::Marked(Bounce::Soft));
    }
    house.app.clock.advance(chrono::TimeDelta::days(1));
    let cast = anew(&house, &cast).await;
    sent(&house, &cast, newsletter).await;
    house.app.clock.advance(chrono::TimeDelta::days(7));
    let cast = anew(&house, &cast).await;
    let path = sent(&house, &cast, newsletter).await;
    bounces::take(&house.app, &of_last(&sink, "failed", "5.2.2"), None).await.expect("a report");
    assert_eq!(bounce(&house, &path, "an@example.vn").await, Bounce::Soft);
    let reader = reader(&house, newsletter, "an@example.vn").await;
    assert_eq!((reader.state, reader.soft_bounces), (subscriber::State::Active, 1));
});
