//! Each letter once, whatever the relay does (scenario C-3: every outcome, a relay that closes its lines, pausing, leaving).

use super::*;
use crate::story;

story!(every_outcome_has_its_place, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    let names = ["an", "gone-1", "grey-1", "full-1", "spam-1", "cut-1", "lost-1", "leave-1", "binh"];
    subscribed(&cast, newsletter, &names).await;
    let path = sent(&house, &cast, newsletter).await;
    let after = tally(&house, &path).await;
    accounted(&after, 9, &sink);
    for (name, state) in [
        ("an", Way::Sent),
        ("binh", Way::Sent),
        ("gone-1", Way::Failed),
        ("spam-1", Way::Failed),
        ("grey-1", Way::Queued),
        ("full-1", Way::Queued),
        ("leave-1", Way::Queued),
        ("cut-1", Way::Unknown),
        ("lost-1", Way::Unknown),
    ] {
        assert_eq!(way(&house, &path, &format!("{name}@example.vn")).await, state, "{name}");
    }
    assert_eq!(at_path(&house, &path).await.state, State::Sending);
    // Nothing is tried before its time; then the grey one goes, and no unknown one does.
    turn(&house).await;
    assert_eq!(tally(&house, &path).await, after);
    house.app.clock.advance(chrono::TimeDelta::minutes(2));
    turn(&house).await;
    assert_eq!(way(&house, &path, "grey-1@example.vn").await, Way::Sent);
    assert_eq!((sink.to("cut-1@example.vn"), sink.to("lost-1@example.vn")), (1, 0));
    // After days of asking, what waits has failed, and the issue is over.
    for _ in 0..70 {
        house.app.clock.advance(chrono::TimeDelta::hours(1));
        turn(&house).await;
    }
    let end = tally(&house, &path).await;
    assert_eq!((end.sent, end.failed, end.unknown), (3, 4, 2), "{end:?}");
    assert_eq!(at_path(&house, &path).await.state, State::Sent);
    assert!(sink.twice().is_empty());
});

story!(a_person_decides_what_nobody_knows, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    subscribed(&cast, newsletter, &["an", "lost-1", "cut-2"]).await;
    let path = sent(&house, &cast, newsletter).await;
    assert_eq!(at_path(&house, &path).await.state, State::Sent);
    cast.approver.get("/desk").await.expect(200).says("1 số bản tin có thư chưa rõ");
    cast.approver.get(&path).await.expect(200).says("2 thư chưa rõ").says("l…@example.vn");
    cast.approver.get("/desk/newsletters?show=stuck").await.expect(200).says(&path);
    let lost = reader(&house, newsletter, "lost-1@example.vn").await.id.to_string();
    let decide = async |who: &Visitor<'_>, how: &str, fields: &[(&str, &str)]| {
        let version = at_path(&house, &path).await.version.to_string();
        let fields = [fields, &[("version", version.as_str())]].concat();
        who.post(&format!("/desk/newsletters/issues/{}/unknown/{how}", id(&path)), &fields).await
    };
    decide(&cast.author, "again", &[("why", "Thử")]).await.expect(403);
    decide(&cast.approver, "again", &[]).await.expect(422).says("Hãy ghi lý do");
    decide(
        &cast.approver,
        "leave",
        &[("why", "Người nhận nói đã có"), ("subscriber", &reader(&house, newsletter, "cut-2@example.vn").await.id.to_string())],
    )
    .await
    .expect(303);
    decide(&cast.approver, "again", &[("why", "Người nhận nói chưa có"), ("subscriber", &lost)]).await.expect(303);
    assert_eq!(at_path(&house, &path).await.state, State::Sending);
    turn(&house).await;
    let end = tally(&house, &path).await;
    assert_eq!((end.sent, end.stays, end.unknown), (1, 1, 1), "lost again: {end:?}");
    assert_eq!(facts(&house, id(&path), "LettersResolved").await, 2);
    assert_eq!(sink.to("cut-2@example.vn"), 1);
});

story!(a_relay_that_closes_its_lines_loses_and_doubles_nothing, |house| {
    let sink = Sink::start(Habits { close_after: Some(7), ..Habits::default() }, 0).await.expect("a sink");
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    let names: Vec<String> = (0..120).map(|n| format!("n{n}")).collect();
    subscribed(&cast, newsletter, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let path = sent(&house, &cast, newsletter).await;
    let tally = tally(&house, &path).await;
    accounted(&tally, 120, &sink);
    assert_eq!((tally.sent, sink.distinct(), at_path(&house, &path).await.state), (120, 120, State::Sent));
    assert!(sink.lines() > 15);
});

story!(a_relay_that_closes_after_2500_letters_loses_and_doubles_nothing, |house| {
    let sink = Sink::start(Habits { close_after: Some(2_500), keeps: false, ..Habits::default() }, 0).await.expect("a sink");
    let house = open(house, &sink).configured(|config| config.newsletters.relays[0].connections = 1);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    let names: Vec<String> = (0..2_600).map(|n| format!("n{n}")).collect();
    subscribed(&cast, newsletter, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let path = sent(&house, &cast, newsletter).await;
    let end = tally(&house, &path).await;
    accounted(&end, 2_600, &sink);
    assert_eq!((end.sent, end.unknown, sink.distinct(), sink.taken()), (2_600, 0, 2_600, 2_600), "{end:?}");
    assert_eq!(at_path(&house, &path).await.state, State::Sent);
    assert!(sink.lines() >= 2, "the line was closed among them");
});

story!(a_relay_that_is_away_is_waited_for, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    subscribed(&cast, newsletter, &["an", "binh"]).await;
    sink.be_down(true);
    let path = sent(&house, &cast, newsletter).await;
    assert_eq!(tally(&house, &path).await.queued, 2);
    sink.be_down(false);
    turn(&house).await;
    assert_eq!(tally(&house, &path).await.sent, 2);
});

story!(a_relay_that_is_there_does_not_wait_for_one_that_is_not, |house| {
    let sink = sink().await;
    let house = open(house, &sink).configured(|config| {
        let dead = NewsletterRelay { url: "smtp://127.0.0.1:9".into(), ..config.newsletters.relays[0].clone() };
        config.newsletters.relays.insert(0, dead);
    });
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    subscribed(&cast, newsletter, &["an", "binh"]).await;
    let path = sent(&house, &cast, newsletter).await;
    assert_eq!(tally(&house, &path).await.sent, 2);
});

story!(paused_and_gone_on_with_twenty_times_nobody_gets_it_twice, |house| {
    let sink = Sink::start(Habits { close_after: Some(11), ..Habits::default() }, 0).await.expect("a sink");
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    let mut names: Vec<String> = (0..600).map(|n| if n % 100 == 0 { format!("slow-{n}") } else { format!("n{n}") }).collect();
    // Its mailbox stays full: the issue is on its way for as long as it is paused and gone on with.
    names.push("full-1".into());
    subscribed(&cast, newsletter, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let path = drafted(&house, &cast, newsletter, "Lời").await;
    approved(&house, &cast, &path).await;
    let press = async |who: &Visitor<'_>, what: &str| {
        // Who presses while it begins is told that it moved on, and presses again.
        let mut left = 5;
        while act(&house, who, &path, what, "").await.status.as_u16() != 303 {
            left -= 1;
            assert!(left > 0, "{what} was refused again and again");
        }
    };
    let pausing = async {
        for _ in 0..20 {
            press(&cast.author, "pause").await;
            tokio::time::sleep(std::time::Duration::from_millis(40)).await;
            press(&cast.approver, "resumption").await;
            tokio::time::sleep(std::time::Duration::from_millis(60)).await;
        }
    };
    let sending = async {
        for _ in 0..25 {
            turn(&house).await;
            tokio::time::sleep(std::time::Duration::from_millis(80)).await;
        }
    };
    futures_util::join!(pausing, sending);
    for _ in 0..5 {
        turn(&house).await;
    }
    let end = tally(&house, &path).await;
    accounted(&end, 601, &sink);
    assert_eq!((end.sent, end.queued, sink.distinct()), (600, 1, 600), "{end:?}");
    assert_eq!(at_path(&house, &path).await.state, State::Sending);
    assert_eq!(facts(&house, id(&path), "IssuePaused").await, 20);
    assert_eq!(facts(&house, id(&path), "IssueResumed").await, 20);
});

story!(who_leaves_while_it_is_sent_gets_it_no_more, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    subscribed(&cast, newsletter, &["an", "grey-1", "grey-2"]).await;
    let path = sent(&house, &cast, newsletter).await;
    let grey = reader(&house, newsletter, "grey-1@example.vn").await;
    let here = format!("/ban-tin/huy/{}", link(&house, Purpose::Leave, grey.id));
    house.visitor().post(&here, &[("List-Unsubscribe", "One-Click")]).await.expect(200);
    assert_eq!(way(&house, &path, "grey-1@example.vn").await, Way::Skipped);
    house.app.clock.advance(chrono::TimeDelta::minutes(2));
    turn(&house).await;
    let end = tally(&house, &path).await;
    accounted(&end, 3, &sink);
    assert_eq!((end.sent, end.skipped, sink.to("grey-1@example.vn")), (2, 1, 0));
    // Cancelled on its way: what has not gone does not go.
    subscribed(&cast, newsletter, &["grey-3"]).await;
    let path = sent(&house, &cast, newsletter).await;
    act(&house, &cast.administrator, &path, "cancellation", "Sai tin").await.expect(303);
    house.app.clock.advance(chrono::TimeDelta::minutes(2));
    turn(&house).await;
    assert_eq!(tally(&house, &path).await.stopped, 1);
    assert_eq!(sink.to("grey-3@example.vn"), 0);
    assert_eq!(
        delivery::Entity::find().filter(delivery::Column::State.eq(Way::Queued)).count(&house.app.db).await.expect("a count"),
        0
    );
});

story!(a_page_of_many_asks_no_more_than_a_page_of_one, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    subscribed(&cast, newsletter, &["an"]).await;
    sent(&house, &cast, newsletter).await;
    let count = async || {
        let before = house.statements();
        cast.author.get("/desk/newsletters").await.expect(200);
        house.statements() - before
    };
    let few = count().await;
    for _ in 0..4 {
        sent(&house, &cast, newsletter).await;
    }
    assert!(count().await <= few + 1);
});
