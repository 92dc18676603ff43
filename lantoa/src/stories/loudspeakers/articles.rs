//! An article over loudspeakers, and what becomes of that when the article changes.

use super::{Cast as Loud, act, airings, approved, at, at_path, beat, device, facts, id, notified, plan, sound, sounds, turn};
use crate::base::copies::{Stand, copies, counts};
use crate::loudspeakers::airing::State;
use crate::loudspeakers::bulletin::State as Of;
use crate::stories::news;
use crate::story;

story!(an_article_is_aired_and_its_correction_stops_what_waits, |house| {
    let house = news::lawful(house);
    let cast = news::Cast::of(&house).await;
    let loud = Loud::of(&house).await;
    let station = loud.station(&house, 1).await;
    let article = cast.published(&house, "Cầu mới thông xe").await;
    let article_id: uuid::Uuid = news::id(&article).parse().expect("an id");
    cast.author.get(&article).await.expect(200).says("Phát trên loa");
    cast.author.get(&format!("/desk/loudspeakers/bulletins/new?article={article_id}")).await.expect(200).says("Cầu mới thông xe");
    let fields = [("article", news::id(&article)), ("title", "Cầu mới")];
    let path = cast.author.post("/desk/loudspeakers/bulletins", &fields).await.expect(303).location().to_owned();
    assert!(at_path(&house, &path).await.script.starts_with("Cầu mới thông xe"), "{}", at_path(&house, &path).await.script);
    sound(&house, &cast.author, &path, &sounds::tone(6)).await.expect(303);
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.approver, &path, "approval", &[("listened", "on")]).await.expect(303);
    plan(&cast.author, &path, station, "05:00", &[("days", "2")]).await.expect(303);
    let standing = async || -> Vec<Stand> {
        copies(&house.app, article_id)
            .await
            .expect("copies")
            .iter()
            .filter(|one| one.channel == "loudspeaker")
            .map(|one| one.stand)
            .collect()
    };
    assert_eq!(standing().await, [Stand::Waiting, Stand::Waiting]);

    // One is heard; then the article is withdrawn: what waits stops, what was heard stays heard.
    at(&house, "03-03T05:00:00");
    beat(&house, &[device(0)], false).await;
    turn(&house).await;
    assert_eq!(standing().await, [Stand::Final, Stand::Waiting]);
    let approver = house.someone(crate::base::Role::Approver, Some(&cast.agency)).await;
    news::act(&house, &approver, &article, "withdrawal", &[("withdrawal", "Sai số liệu")]).await.expect(303);
    assert!(notified(&house, &cast.author, "notice-bulletin-withdrawn").await >= 1);
    assert_eq!(at_path(&house, &path).await.state, Of::Withdrawn);
    assert!(airings(&house).await.iter().all(|one| one.state == State::Stopped));
    turn(&house).await;
    assert_eq!(standing().await, [Stand::Final, Stand::Stopped]);
    let counted = counts(&house.app, article_id).await.expect("counts");
    let counted: Vec<_> = counted.iter().filter(|one| one.channel == "loudspeaker").collect();
    assert_eq!((counted.len(), counted[0].metric, counted[0].value), (1, "played", None), "nobody knows before it is judged");
    assert_eq!(facts(&house, id(&path), "BulletinWithdrawn").await, 1);
});

story!(bulletins_of_others_do_not_exist, |house| {
    let cast = Loud::of(&house).await;
    let theirs = approved(&house, (&cast.press, &cast.press_approver), "Của sở", 6).await;
    cast.author.get(&theirs).await.expect(404);
    cast.author.get("/desk/loudspeakers/bulletins").await.expect(200).says_not("Của sở");
    act(&house, &cast.author, &theirs, "withdrawal", &[("why", "x y")]).await.expect(404);
    act(&house, &cast.press_approver, &theirs, "withdrawal", &[("why", "Hết thời hạn")]).await.expect(303);
    act(&house, &cast.press_approver, &theirs, "unknown", &[]).await.expect(404);
    house.visitor().get("/desk/loudspeakers").await.expect(303);
});

story!(what_speaks_of_a_text_before_its_correction_is_known_by_its_revision, |house| {
    use sea_orm::entity::prelude::*;

    use crate::loudspeakers::bulletin;
    let house = news::lawful(house);
    let cast = news::Cast::of(&house).await;
    let article_path = cast.published(&house, "Cầu mới thông xe").await;
    let fields = [("article", news::id(&article_path)), ("title", "Cầu mới")];
    let path = cast.author.post("/desk/loudspeakers/bulletins", &fields).await.expect(303).location().to_owned();
    sound(&house, &cast.author, &path, &sounds::tone(6)).await.expect(303);
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.approver, &path, "approval", &[("listened", "on")]).await.expect(303);
    // Approved by a node whose clock is ahead: later than the correction, and from the text before it.
    let ahead = house.app.clock.now() + chrono::TimeDelta::hours(1);
    bulletin::Entity::update_many()
        .col_expr(bulletin::Column::ApprovedAt, Expr::value(ahead))
        .filter(bulletin::Column::Id.eq(at_path(&house, &path).await.id))
        .exec(&house.app.db)
        .await
        .expect("changed");
    let article = news::at_path(&house, &article_path).await;
    let version = article.version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("title", article.title.as_str()),
        ("summary", "Tóm tắt đúng"),
        ("text", "Nội dung đúng."),
        ("correction", "Sửa số liệu"),
    ];
    cast.approver.post(&format!("/desk/news/{}/correction", article.id), &fields).await.expect(303);
    house.react().await;
    assert_eq!(at_path(&house, &path).await.state, Of::Draft);
});

story!(a_sound_is_heard_wherever_it_is_decided_about, |house| {
    let cast = Loud::of(&house).await;
    let station = cast.station(&house, 1).await;
    let theirs = approved(&house, (&cast.press, &cast.press_approver), "Của sở", 6).await;
    let sound = format!("/desk/loudspeakers/bulletins/{}/sound", id(&theirs));
    let leader = house.someone(crate::base::Role::Leader, None).await;
    leader.get(&sound).await.expect(200);
    cast.author.get(&sound).await.expect(404);
    let airing = plan(&cast.press, &theirs, station, "05:00", &[]).await.expect(303).location().to_owned();
    let sound = format!("/desk/loudspeakers/airings/{}/sound", id(&airing));
    cast.author.get(&sound).await.expect(200);
    cast.stranger.get(&sound).await.expect(404);
});
