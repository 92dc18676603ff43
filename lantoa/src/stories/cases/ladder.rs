//! The ladder: data that the coordinator sets.

use super::*;
use crate::cases::rung::Rung;
use crate::story;

async fn ladder(house: &House) -> Vec<Rung> {
    Rung::ladder(&house.app.db, case::Kind::Difficulty).await.expect("the ladder")
}

story!(the_ladder_is_set_by_the_coordinator_and_holds_for_what_comes_next, |house| {
    let cast = Cast::of(&house).await;
    let before = cast.raised("k1").await;
    cast.raiser.get("/desk/cases/ladder").await.expect(403);
    cast.raiser.post("/desk/cases/ladder", &[("version", "1")]).await.expect(403);
    cast.first.get("/desk/cases/ladder").await.expect(200).says("Sở Khoa học và Công nghệ").says("value=\"24\"");
    let (standing, money, committee) = (cast.standing.id.to_string(), cast.money.id.to_string(), cast.committee.id.to_string());
    let three = [
        ("version", "1"),
        ("agency", standing.as_str()),
        ("hours", "8"),
        ("agency", &money),
        ("hours", "16"),
        ("agency", ""),
        ("hours", ""),
        ("agency", &committee),
        ("hours", "40"),
    ];
    cast.first.post("/desk/cases/ladder", &three).await.expect(303);
    let agencies: Vec<Uuid> = ladder(&house).await.iter().map(|rung| rung.agency).collect();
    assert_eq!(agencies, [cast.standing.id, cast.money.id, cast.committee.id]);
    cast.first.post("/desk/cases/ladder", &three).await.expect(409).says("Có người vừa sửa");
    let path = cast.raised("k2").await;
    cast.raiser.get(&path).await.expect(200).says("còn 8 giờ làm việc");
    cast.raiser.get(&before).await.expect(200).says("còn 24 giờ làm việc");
    press(&house, &cast.first, &path, "escalation", "Việc của tài chính").await.expect(303);
    assert_eq!(at_path(&house, &path).await.holder, cast.money.id);
    let system = house.someone(Role::SystemAdministrator, Some(&cast.committee)).await;
    system.get("/desk/cases/ladder").await.expect(200);
});

story!(a_ladder_that_can_not_be_is_refused_with_what_was_chosen, |house| {
    let cast = Cast::of(&house).await;
    let (standing, money) = (cast.standing.id.to_string(), cast.money.id.to_string());
    let press = async |fields: &[(&str, &str)], says: &str| {
        let all: Vec<(&str, &str)> = [("version", "1")].iter().chain(fields).copied().collect();
        cast.first.post("/desk/cases/ladder", &all).await.expect(422).says(says);
    };
    press(&[], "ít nhất một bậc").await;
    press(&[("agency", &standing), ("hours", "0")], "số nguyên từ 1").await;
    press(&[("agency", &standing), ("hours", "tám")], "value=\"tám\"").await;
    press(&[("agency", &standing), ("hours", "99999999999")], "số nguyên từ 1").await;
    press(&[("agency", &standing), ("hours", "8"), ("agency", &standing), ("hours", "8")], "đứng ở hai bậc").await;
    let nobody = Uuid::from_u128(7).to_string();
    press(&[("agency", &money), ("hours", "8"), ("agency", &nobody), ("hours", "8")], "đã chấm dứt hoạt động").await;
    assert_eq!(ladder(&house).await.len(), 2, "nothing changed");
    cast.first.post("/desk/cases/ladder", &[]).await.expect(400);
});

story!(of_two_who_set_the_ladder_one_wins, |house| {
    let cast = Cast::of(&house).await;
    let standing = cast.standing.id.to_string();
    let fields = [("version", "1"), ("agency", standing.as_str()), ("hours", "8")];
    let (one, two) = tokio::join!(cast.first.post("/desk/cases/ladder", &fields), cast.first.post("/desk/cases/ladder", &fields));
    let mut both = [one.status.as_u16(), two.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    assert_eq!(ladder(&house).await.len(), 1);
});
