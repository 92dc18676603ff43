//! How things are said: the province's words, the agency's over them, and a place to try.

use sea_orm::EntityTrait;

use super::{Cast, at_path, begun};
use crate::base::Role;
use crate::loudspeakers::term;
use crate::story;

story!(an_agency_says_things_its_own_way, |house| {
    let cast = Cast::of(&house).await;
    let page = "/desk/loudspeakers/words";
    cast.author.get(page).await.expect(200).says("Chưa thêm cách đọc nào").says("Thử đọc");
    cast.author.post(page, &[("written", " "), ("said", "")]).await.expect(422).says("Hãy điền chữ viết");
    let coordinator = house.someone(Role::Coordinator, Some(&cast.department)).await;
    coordinator.post(page, &[("written", "QL30"), ("said", "quốc lộ ba mươi"), ("whose", "province")]).await.expect(303);
    cast.author.post(page, &[("written", "QL30"), ("said", "x"), ("whose", "province")]).await.expect(403);
    let script = async |title: &str| {
        let path = begun(&cast.author, title, "Đường QL30 đã thông.").await;
        at_path(&house, &path).await.script
    };
    assert_eq!(script("Một").await, "Đường quốc lộ ba mươi đã thông.");
    cast.author.post(page, &[("written", "QL30"), ("said", "lộ ba mươi"), ("whose", "own")]).await.expect(303);
    cast.author.post(page, &[("written", "QL30"), ("said", "lộ lớn"), ("whose", "own")]).await.expect(303);
    assert_eq!(script("Hai").await, "Đường lộ lớn đã thông.");
    cast.author.post(page, &[("tried", "QL30 dài 5 km")]).await.expect(200).says("Lộ lớn dài năm");
    cast.author.get(page).await.expect(200).says("QL30 → lộ lớn").says("QL30 → quốc lộ ba mươi");
    cast.stranger.get(page).await.expect(200).says_not("lộ lớn");

    let rows = term::Entity::find().all(&house.app.db).await.expect("words");
    let (own, province) = (rows.iter().find(|one| one.agency.is_some()), rows.iter().find(|one| one.agency.is_none()));
    let (own, province) = (own.expect("own").id, province.expect("the province's").id);
    cast.author.post(&format!("/desk/loudspeakers/words/{province}/removal"), &[]).await.expect(403);
    cast.stranger.post(&format!("/desk/loudspeakers/words/{own}/removal"), &[]).await.expect(404);
    cast.author.post(&format!("/desk/loudspeakers/words/{own}/removal"), &[]).await.expect(303);
    assert_eq!(script("Ba").await, "Đường quốc lộ ba mươi đã thông.");
});
