//! The agency's last days in a person's own calendar.

use axum::http::Request;
use axum::http::header::{ETAG, IF_NONE_MATCH};

use super::answering::{first_slot, press};
use super::*;
use crate::duties::feed;
use crate::people::person;
use crate::story;

/// Makes an address and gives the token in it.
async fn token(who: &Visitor<'_>) -> String {
    let page = who.post("/desk/duties/calendar", &[]).await.expect(200).says("chỉ hiện một lần").text();
    let rest = page.split("/lich/").nth(1).expect("an address");
    rest.split(".ics").next().expect("an end").to_owned()
}

/// The lines of an event, unfolded (RFC 5545, 3.1).
fn event(calendar: &str, id: Uuid) -> Vec<String> {
    let unfolded = calendar.replace("\r\n ", "").replace("\r\n\t", "");
    let event = unfolded.split("BEGIN:VEVENT").find(|event| event.contains(&format!("UID:{id}@lantoa"))).expect("the event");
    event.lines().map(str::to_owned).collect()
}

story!(a_calendar_program_reads_the_last_days_and_what_was_done, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    who.get("/desk/duties/calendar").await.expect(200).says("Chưa có địa chỉ nào");
    let token = token(&who).await;
    who.get("/desk/duties/calendar").await.expect(200).says("Bạn có một địa chỉ").says_not(&token);
    let (visitor, address) = (house.visitor(), format!("/lich/{token}.ics"));
    let before = house.statements();
    let first = visitor.get(&address).await.expect(200);
    assert!(house.statements() - before <= 9, "{} statements", house.statements() - before);
    assert_eq!(first.headers["content-type"], "text/calendar; charset=utf-8");
    let text = first.text();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    assert!(text.lines().all(|line| line.len() <= 75), "lines are folded at 75 octets");
    assert_eq!(text.matches("BEGIN:VEVENT").count(), slots(&house, &builders).await.len());
    let open = event(&text, slot.id);
    for line in ["DTSTART;VALUE=DATE:20260619", "DTEND;VALUE=DATE:20260620", "SEQUENCE:0", "TRANSP:TRANSPARENT"] {
        assert!(open.iter().any(|one| one == line), "{line} in {open:?}");
    }
    let url = format!("URL:http://localhost/desk/duties/{}", slot.id);
    assert!(open.contains(&url) && !open.iter().any(|line| line.contains('✓')), "{open:?}");
    // The same file until something happens, also on another day.
    at(&house, "2026-06-12T09:00:00");
    let tag = first.headers[ETAG].clone();
    let again = || Request::get(&address).header(IF_NONE_MATCH, tag.clone()).body(axum::body::Body::empty()).expect("a request");
    visitor.send(again()).await.expect(304);
    let who = officer(&house, &builders).await;
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k", "0", "Nội dung kín")).await.expect(303);
    let text = visitor.send(again()).await.expect(200).text();
    assert!(!text.contains("Nội dung kín"));
    let done = event(&text, slot.id);
    assert!(done.iter().any(|line| line.starts_with("SUMMARY:✓ ")) && done.contains(&"SEQUENCE:1".to_owned()), "{done:?}");
    assert!(done.contains(&"LAST-MODIFIED:20260612T020000Z".to_owned()), "{done:?}");
});

story!(an_address_ends_when_it_is_renewed_or_its_person_goes, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, _) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let visitor = house.visitor();
    visitor.get("/lich/khong-co.ics").await.expect(404);
    visitor.get("/lich/khong-co").await.expect(404);
    let (old, new) = (token(&who).await, token(&who).await);
    visitor.get(&format!("/lich/{old}.ics")).await.expect(404);
    visitor.get(&format!("/lich/{new}.ics")).await.expect(200);
    let kept = feed::Entity::find().all(&house.app.db).await.expect("feeds");
    assert!(kept.len() == 1 && kept[0].token_hash != new, "the hash alone is kept");
    let other = officer(&house, &builders).await;
    other.post("/desk/duties/calendar/removal", &[]).await.expect(409);
    let theirs = token(&other).await;
    who.post("/desk/duties/calendar/removal", &[]).await.expect(303);
    visitor.get(&format!("/lich/{new}.ics")).await.expect(404);
    visitor.get(&format!("/lich/{theirs}.ics")).await.expect(200);
    let moved = person::ActiveModel {
        id: sea_orm::ActiveValue::Unchanged(other.person.expect("a person")),
        agency: sea_orm::ActiveValue::Set(Some(agency(&house, "so-tai-chinh").await.id)),
        ..Default::default()
    };
    person::Entity::update(moved).exec(&house.app.db).await.expect("moves");
    visitor.get(&format!("/lich/{theirs}.ics")).await.expect(404);
    let facts = crate::base::fact::Model::history(&house.app.db, builders.id, 50).await.expect("facts");
    assert_eq!(facts.iter().filter(|fact| fact.kind == "CalendarFeedMade").count(), 3);
    house.someone(Role::Leader, None).await.get("/desk/duties/calendar").await.expect(422);
    visitor.get("/desk/duties/calendar").await.expect(303);
});
