use sea_orm::{EntityTrait, PaginatorTrait};

use crate::base::fact;
use crate::people::agency::{self, Kind};
use crate::people::class;
use crate::people::province::*;
use crate::people::resolve::Resolver;
use crate::story;

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
