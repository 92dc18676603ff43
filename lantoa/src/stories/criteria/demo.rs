//! What a demo province starts with: two sets, one of them published, marked as made up and counting to itself.

use super::*;
use crate::criteria;
use crate::people::{demo_people, province};

story!(the_demo_has_a_published_round_and_one_that_is_open, |house| {
    province::settle(&house.app).await.expect("the default province");
    demo_people::settle(&house.app).await.expect("the people");
    for _ in 0..2 {
        criteria::seeding::settle(&house.app).await.expect("the criteria");
    }
    let sets = CriteriaSet::all(&house.app.db).await.expect("rows");
    assert_eq!(sets.len(), 2, "once, however often a server starts");
    assert!(sets.iter().all(|set| set.demo && set.edition == 1), "{sets:?}");
    let published = sets.iter().find(|set| set.class == "localities").expect("a set");
    let open = sets.iter().find(|set| set.class == "departments").expect("a set");
    assert_eq!((published.state, open.state), (State::Published, State::Scoring));
    // The keeper is a department, and somebody of the province's committee appraises its sheet.
    let reviewer = demo_people::at_work(&house.app, "province_reviewer").await.expect("rows").expect("a reviewer");
    assert_eq!((open.appraiser, published.appraiser), (reviewer.agency, None));
    let publication = Publication::of(&house.app.db, published.id).await.expect("rows").remove(0);
    let (scored, objected) = (published.score_until.expect("a day"), published.appeal_until.expect("a day"));
    assert!(scored < objected && objected < crate::base::time::local_date(publication.at), "{scored} {objected}");
    assert!(publication.recounts());
    let body = publication.read().expect("a body");
    assert_eq!(body.counted.results.len(), 102);
    assert!(body.counted.results.iter().all(|one| one.score.total.is_some()));
    let page = house.visitor().get(&publication.path()).await.expect(200).says("Minh họa").says("minh họa");
    let page = page.says("cartogram").says("class=\"map-key\"").text();
    let key = page.split("class=\"map-key\"").nth(1).and_then(|rest| rest.split("</p>").next()).expect("a key");
    let mut letters: Vec<&str> = key.split("<b>").skip(1).filter_map(|one| one.split("</b>").next()).collect();
    let count = letters.len();
    letters.sort_unstable();
    letters.dedup();
    assert!(count > 10 && letters.len() == count, "each place has letters of its own: {letters:?}");
    let coordinator = house.someone(Role::Coordinator, None).await;
    coordinator.get(&format!("/desk/criteria/{}", open.id)).await.expect(200).says("cơ quan đã nộp");
});
