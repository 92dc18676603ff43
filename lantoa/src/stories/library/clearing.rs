//! What nobody needs is cleared away, and what somebody brings again meanwhile is not lost.

use axum::body::Body;
use chrono::TimeDelta;

use super::{Cast, announce, assets, bring, draw, files, json, patch, stored, uploads};
use crate::library::clearing;
use crate::story;
use crate::testing::House;

async fn clear(house: &House) {
    clearing::clear(&house.app).await.expect("clearing");
}

story!(deleted_files_go_when_nobody_can_take_them_back, |house| {
    let cast = Cast::of(&house).await;
    let photo = files::jpeg(90, 60, 12);
    let path = bring(&cast.officer, "cau.jpg", &photo).await;
    let theirs = bring(&cast.other, "cau.jpg", &photo).await;
    draw(&house).await;
    cast.officer.post(&format!("{path}/deletion"), &[]).await.expect(303);
    house.app.clock.advance(TimeDelta::days(29));
    clear(&house).await;
    cast.officer.get(&path).await.expect(303);
    let officer = house.someone(crate::base::Role::Officer, Some(&cast.builders)).await;
    officer.get(&path).await.expect(200).says("Lấy lại");
    house.app.clock.advance(TimeDelta::days(2));
    clear(&house).await;
    let officer = house.someone(crate::base::Role::Officer, Some(&cast.builders)).await;
    officer.get(&path).await.expect(404);
    house.app.clock.advance(TimeDelta::hours(2));
    clear(&house).await;
    assert_eq!(stored(&house, "objects").len(), 1, "the other agency still has it");
    let other = house.someone(crate::base::Role::Officer, Some(&cast.money)).await;
    other.post(&format!("{theirs}/deletion"), &[]).await.expect(303);
    house.app.clock.advance(TimeDelta::days(31));
    clear(&house).await;
    assert_eq!(stored(&house, "objects").len(), 1, "for an hour more");
    house.app.clock.advance(TimeDelta::hours(2));
    clear(&house).await;
    assert_eq!((stored(&house, "objects").len(), stored(&house, "renditions").len()), (0, 0));
    // Brought again, it is there again, with its pictures.
    let officer = house.someone(crate::base::Role::Officer, Some(&cast.builders)).await;
    let path = bring(&officer, "cau.jpg", &photo).await;
    draw(&house).await;
    officer.get(&format!("{path}/pictures/90.jpg")).await.expect(200);
    officer.get(&format!("{path}/file")).await.expect(200);
});

story!(uploads_that_were_left_and_strays_are_cleared, |house| {
    let cast = Cast::of(&house).await;
    let film = files::mp4(9_000);
    let upload = json(&announce(&cast.officer, "a.mp4", &film).await.expect(201))["upload"].as_str().expect("one").to_owned();
    patch(&cast.officer, &upload, 0, Body::from(film[..4_000].to_vec())).await.expect(204);
    bring(&cast.officer, "cau.jpg", &files::jpeg(90, 60, 13)).await;
    let stray = house.app.config.data.join("library/objects/ab/cd");
    std::fs::create_dir_all(&stray).expect("a folder");
    std::fs::write(stray.join("abcd"), b"of a node that was killed").expect("a file");
    clear(&house).await;
    assert_eq!((uploads(&house).await, stored(&house, "incoming").len()), (2, 1), "it can still be taken up again");
    // The files are of today, the house's clock is not.
    house.app.clock.advance(TimeDelta::days(4_000));
    clear(&house).await;
    assert_eq!((uploads(&house).await, stored(&house, "incoming").len()), (0, 0));
    assert_eq!(stored(&house, "objects").len(), 2);
    clearing::clear_strays(&house.app).await.expect("clearing");
    assert_eq!((stored(&house, "objects").len(), assets(&house).await.len()), (1, 1), "what an entry leads to stays");
});
