//! An asset is used only when it is described, is not deleted while it is used, and is public where its place is.

use uuid::Uuid;

use super::{Cast, bring, describe, draw, files, the_asset};
use crate::base::{By, new_id};
use crate::library::usage::{self, Use};
use crate::library::{Asset, Picture, Place};
use crate::story;
use crate::testing::House;
use crate::web::Error;

fn place(about: Uuid, public: bool) -> Place {
    Place { kind: "article", about, title: "Bài thử".into(), href: "/desk/news/1".into(), public }
}

async fn settle(house: &House, place: &Place, assets: &[Uuid]) -> Result<(), Error> {
    let transaction = house.app.begin().await.expect("a transaction");
    usage::settle(&house.app, &transaction, place, assets, &By::system()).await?;
    house.app.commit(transaction).await.expect("a commit");
    Ok(())
}

fn keys(refused: Result<(), Error>) -> Vec<&'static str> {
    match refused {
        Err(Error::Refused(obstacles)) => obstacles.iter().map(|obstacle| obstacle.key).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

story!(nothing_without_alt_text_and_credit_is_used, |house| {
    let cast = Cast::of(&house).await;
    let path = bring(&cast.officer, "cau.jpg", &files::jpeg(900, 600, 6)).await;
    let id = the_asset(&house, &path).await.id;
    let article = place(new_id(), true);
    assert_eq!(keys(settle(&house, &article, &[id]).await), ["asset-obstacle-alt", "asset-obstacle-credit"]);
    assert_eq!(keys(settle(&house, &article, &[new_id()]).await), ["asset-obstacle-none"]);
    cast.officer.get(&path).await.expect(200).says("Thiếu mô tả thay thế").says("Thiếu nguồn");
    // Spaces are no credit; a picture for decoration needs no alt text.
    describe(&cast.officer, &path, "1", &[("credit", "  \u{a0} ")]).await.expect(303);
    assert_eq!(keys(settle(&house, &article, &[id]).await), ["asset-obstacle-credit"]);
    describe(&cast.officer, &path, "2", &[("alt", ""), ("decorative", "on")]).await.expect(303);
    settle(&house, &article, &[id]).await.expect("used");
    // In use, it keeps what its use needs.
    describe(&cast.officer, &path, "3", &[("credit", "")]).await.expect(422).says("Thiếu nguồn");
    describe(&cast.officer, &path, "3", &[("alt", "Cầu")]).await.expect(303);
    draw(&house).await;
    let picture = Picture::of(&house.app.db, &[id]).await.expect("pictures").remove(&id).expect("the picture");
    assert_eq!((picture.alt.as_str(), picture.width, picture.height), ("Cầu", 900, 600));
    let address = format!("/tu-lieu/{id}/");
    assert_eq!(picture.srcset, format!("{address}320.jpg 320w, {address}640.jpg 640w, {address}900.jpg 900w"));
});

story!(what_is_used_is_not_deleted_and_the_public_sees_what_it_may, |house| {
    let cast = Cast::of(&house).await;
    let path = bring(&cast.officer, "cau.jpg", &files::jpeg(90, 60, 7)).await;
    draw(&house).await;
    let id = the_asset(&house, &path).await.id;
    describe(&cast.officer, &path, "1", &[]).await.expect(303);
    let about = new_id();
    let public = format!("/tu-lieu/{id}/90.jpg");
    settle(&house, &place(about, false), &[id]).await.expect("used");
    house.visitor().get(&public).await.expect(404);
    settle(&house, &place(about, true), &[id]).await.expect("published");
    house.visitor().get(&public).await.expect(200);
    house.visitor().get(&format!("/tu-lieu/{id}/cau.jpg")).await.expect(404);
    cast.officer.get(&format!("/desk/library/{id}")).await.expect(200).says("Bài thử").says("aria-disabled");
    cast.officer
        .post(&format!("/desk/library/{id}/deletion"), &[("why", "sai")])
        .await
        .expect(422)
        .says("Đang được dùng ở: Bài thử");
    cast.officer.get("/desk/library?used=yes").await.expect(200).says("Cầu mới");
    cast.officer.get("/desk/library?used=no").await.expect(200).says_not("Cầu mới");
    settle(&house, &place(about, true), &[]).await.expect("let go");
    assert!(Use::of(&house.app.db, id).await.expect("uses").is_empty());
    house.visitor().get(&public).await.expect(404);
    cast.colleague.post(&format!("/desk/library/{id}/deletion"), &[("why", "chụp lại")]).await.expect(303);
    assert_eq!(keys(settle(&house, &place(about, true), &[id]).await), ["asset-obstacle-deleted"]);
    cast.officer.get("/desk/library").await.expect(200).says_not("Cầu mới");
    cast.officer.get("/desk/library?state=deleted").await.expect(200).says("Cầu mới");
    cast.officer.get(&path).await.expect(200).says("lấy lại được đến hết ngày 1/4/2026").says("chụp lại");
    cast.officer.post(&format!("/desk/library/{id}/restoration"), &[]).await.expect(303);
    cast.officer.get(&path).await.expect(200).says("Dùng được");
    // Made public by itself.
    describe(&cast.officer, &path, "2", &[("public", "on")]).await.expect(303);
    house.visitor().get(&public).await.expect(200);
    let seen = Asset::find_for(&house.app, &crate::library::reach::Reach { own: vec![], keeps: None, sees_all: false }, id).await;
    assert!(seen.is_ok(), "what is public every agency sees");
});
