//! Scenario D-5, from the 20th to the second version: two of a body hand in at once, who is missing stands there by name, each number opens
//! what it counts, parts come to their sums, and what is handed in anew makes a version that says so.

use std::collections::HashMap;

use super::*;
use crate::people::agency as agencies;
use crate::reports::report::composed::{Composed, Piece};
use crate::reports::report::differing::Difference;

/// The bodies that report on the 20th, with what each owes for June.
async fn press_bodies(house: &House, plan: &plan::Model) -> (Duty, Vec<(Agency, slot::Model)>) {
    let of = agencies::Entity::find().filter(agencies::Column::Code.is_in(["BAOPTTH", "CONGTTDT", "IOC"]));
    let bodies = of.order_by_asc(agencies::Column::Code).all(&house.app.db).await.expect("the press");
    assert_eq!(bodies.len(), 3);
    let (duty, first) = monthly(house, plan, &bodies[0]).await;
    let mut owing = vec![(bodies[0].clone(), first.clone())];
    for body in &bodies[1..] {
        let slot = slot::Model { id: new_id(), agency: body.id, ..first.clone() };
        let row = slot::ActiveModel::from(slot.clone());
        slot::Entity::insert(row).exec_without_returning(&house.app.db).await.expect("a slot");
        owing.push((body.clone(), slot));
    }
    (duty, owing)
}

fn answer<'a>(key: &'a str, seen: &'a str, text: &'a str) -> [(&'a str, &'a str); 5] {
    [("key", key), ("seen", seen), ("draft", "0"), ("outcome", "reported"), ("text", text)]
}

/// The province's report on June, filled in and issued.
async fn out(house: &House, id: Uuid) -> Composed {
    let writer = someone(house, Role::Officer).await;
    save(house, &writer, id, &FILLED).await.expect(303);
    issued(house, id).await;
    the(house, id).await.frozen().expect("JSON").expect("frozen")
}

/// Every number and every mark of a source leads to a page that is there.
async fn opens(who: &Visitor<'_>, composed: &Composed) {
    assert!(composed.figures.iter().all(|figure| !figure.href.is_empty()), "{:?}", composed.figures);
    let paragraphs = composed.pieces.iter().filter_map(|piece| match piece {
        Piece::Paragraph(spans) => Some(spans),
        _ => None,
    });
    let marks = paragraphs.flatten().map(|span| span.href.as_str()).filter(|href| href.starts_with('/'));
    let all: std::collections::BTreeSet<&str> = composed.figures.iter().map(|figure| figure.href.as_str()).chain(marks).collect();
    assert!(all.len() > 1, "{all:?}");
    for href in all {
        who.get(href).await.expect(200);
    }
}

story!(d5_the_month_of_the_press_from_the_20th_to_version_2, |house| {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let (duty, owing) = press_bodies(&house, &plan).await;
    let [(paper, first), (portal, second), (absent, _)] = owing.as_slice() else { panic!("three bodies: {owing:?}") };
    house.on("2026-06-20T21:00:00").await;
    // Two of the same body at once: one wins, the other is shown the difference.
    let (one, other) = (officer(&house, paper).await, officer(&house, paper).await);
    let send = format!("/desk/duties/{}/answer", first.id);
    let (mine, theirs) = (answer("a", "0", "Đã đăng 24 tin."), answer("b", "0", "Đã đăng 42 tin."));
    let (a, b) = tokio::join!(one.post(&send, &mine), other.post(&send, &theirs));
    let mut both = [a.status.as_u16(), b.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    (if a.status.as_u16() == 409 { a } else { b }).says("Đã đăng 24 tin.").says("Đã đăng 42 tin.");
    let reply = answer("c", "0", "Đã phát 31 bản tin.");
    officer(&house, portal).await.post(&format!("/desk/duties/{}/answer", second.id), &reply).await.expect(303);
    house.on("2026-06-22T09:00:00").await;
    let coordinator = someone(&house, Role::Coordinator).await;
    let closing = format!("/desk/closings/{}/2026-06", duty.id);
    coordinator.post(&closing, &[("seen", "0")]).await.expect(303);
    house.react().await;
    let id = reports(&house).await.into_iter().find(|one| !one.own && one.duty == Some(duty.id)).expect("a draft").id;
    let frozen = out(&house, id).await;
    assert_eq!(frozen.absent, std::slice::from_ref(&absent.name), "who is missing stands there by name");
    let figures: HashMap<&str, u32> =
        frozen.figures.iter().map(|one| (one.code.as_str(), one.recorded.parse().expect("a number"))).collect();
    let figure = |code: &str| figures[&*format!("progress:{code}")];
    assert_eq!((figure("owed"), figure("done"), figure("on-time"), figure("late")), (3, 2, 2, 0));
    assert_eq!(figure("on-time") + figure("late") + 1, figure("owed"), "parts and the one who is missing come to their sum");
    opens(&coordinator, &frozen).await;
    // What is handed in anew is the next version of the answer, of the closing and of the report.
    one.post(&send, &answer("d", "1", "Đã đăng 26 tin, sau khi đếm lại.")).await.expect(303);
    coordinator.post(&closing, &[("seen", "1")]).await.expect(303);
    let path = press(&house, &coordinator, id, "replace", &[]).await.expect(303).location().to_owned();
    coordinator.get(&path).await.expect(200).says(&format!("{}: kết quả bản 1 thay bằng bản 2", paper.name));
    let next: Uuid = path.rsplit('/').next().expect("an id").parse().expect("an id");
    let newer = out(&house, next).await;
    let differences = the(&house, next).await.differences();
    assert!(differences.iter().any(|one| matches!(one, Difference::Restated { from: 1, to: 2, .. })), "{differences:?}");
    assert!(newer.sentences.iter().any(|(_, text)| text.contains("26 tin")));
    assert_eq!(the(&house, id).await.frozen().expect("JSON").expect("frozen").sentences, frozen.sentences, "version 1 stays");
});
