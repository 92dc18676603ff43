use sea_orm::{EntityTrait, PaginatorTrait};

use crate::people::province::*;
use crate::base::fact;
use crate::people::class;
use crate::story;

#[test]
fn the_file_is_whole() {
    let (agencies, names) = shipped();
    let locals = agencies.iter().filter(|agency| agency.kind.is_local());
    assert_eq!(locals.clone().count(), 102);
    assert_eq!(locals.clone().filter(|agency| agency.kind == Kind::Ward).count(), 20);
    assert_eq!(agencies.len(), 141);
    for key in [|agency: &Agency| agency.code.clone(), |agency: &Agency| agency.slug.clone()] {
        let mut keys: Vec<String> = agencies.iter().map(key).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), agencies.len(), "a code or an address stands twice");
    }
    assert!(locals.clone().all(|agency| agency.code.len() == 5 && agency.latitude.is_some() && agency.area_km2.is_some()));
    assert!(agencies.iter().filter(|agency| agency.confidence != Confidence::High).all(|agency| !agency.note.is_empty()));
    assert_eq!(names.iter().filter(|name| name.partial).count(), 6, "three old units were split in two");
    assert!(agencies.iter().any(|agency| agency.slug == "so-khoa-hoc-va-cong-nghe"));
    assert!(agencies.iter().any(|agency| agency.slug == "xa-tan-phuoc-1" && agency.name == "Ủy ban nhân dân xã Tân Phước 1"));
    for (body, agency) in SHIPPED.bodies.iter().zip(&agencies) {
        assert_eq!(body.kind, agency.kind.to_value(), "{}", body.code);
        assert_eq!(body.parent.is_some(), agency.parent.is_some(), "the parent of {}", body.code);
    }
    let area: f64 = locals.filter_map(|agency| agency.area_km2).sum();
    assert!((area - 5938.64).abs() < 5.0, "{area} km²");
}

story!(an_empty_house_gets_its_province_once, |house| {
    let app = &house.app;
    // Two nodes that start at once.
    let (one, other) = tokio::join!(settle(app), settle(app));
    one.and(other).expect("settling");
    settle(app).await.expect("settling again");
    assert_eq!(agency::Entity::find().count(&app.db).await.expect("a count"), 141);
    assert_eq!(fact::Entity::find().count(&app.db).await.expect("a count"), 141);

    let before = house.statements();
    let resolver = Resolver::load(&app.db).await.expect("a resolver");
    assert_eq!(house.statements() - before, 3);
    let day = "2026-03-02".parse().expect("a day");
    assert!(matches!(resolver.resolve("Sở KH&CN", day), crate::people::Resolution::Agency(_)));

    let before = house.statements();
    let resolver = Resolver::of(app).await.expect("a resolver");
    assert_eq!(house.statements() - before, 4, "the stamp, and the three");
    let again = Resolver::of(app).await.expect("a resolver");
    assert_eq!(house.statements() - before, 5, "nothing has changed");
    assert!(std::sync::Arc::ptr_eq(&resolver, &again));

    for (code, members) in [
        ("localities", 102),
        ("wards", 20),
        ("departments", 11),
        ("sectors+localities", 118),
        ("key_press", 3),
        ("universities+colleges", 7),
        ("concerned:unions", 5),
        ("nonsense", 0),
    ] {
        assert_eq!(class::members(&app.db, code, day).await.expect("members").len(), members, "{code}");
    }
    let earlier = "2025-06-30".parse().expect("a day");
    assert_eq!(class::members(&app.db, "localities", earlier).await.expect("members").len(), 0);
});

story!(a_house_with_agencies_is_left_alone, |house| {
    house.agency("Sở Thử nghiệm", Kind::Department).await;
    settle(&house.app).await.expect("settling");
    assert_eq!(agency::Entity::find().count(&house.app.db).await.expect("a count"), 1);
});
