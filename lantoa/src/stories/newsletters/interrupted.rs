//! The sender is killed at each point, or the database is brought back from before (scenario C-3). The real binary is killed in
//! `tests/killed`.

use letters::Outcome;

use super::*;
use crate::newsletters::delivery::batch;
use crate::newsletters::journal::Node;
use crate::story;

/// An issue that began, with so many queued letters, and a batch of all of them that a killed process had.
async fn taken(house: &House, cast: &Cast<'_>, boot: Option<&str>) -> (String, batch::Batch, Vec<Uuid>) {
    let newsletter = made(cast, "Tin", &[]).await;
    subscribed(cast, newsletter, &["a", "b", "c", "d"]).await;
    let path = drafted(house, cast, newsletter, "Lời").await;
    approved(house, cast, &path).await;
    let issue = at_path(house, &path).await;
    let transaction = house.app.begin().await.expect("a transaction");
    delivery::segment::build(&house.app, &transaction, &issue).await.expect("the list");
    let began = Issue { state: State::Sending, began_at: Some(house.app.clock.now()), recipients: 4, ..issue.clone() };
    began.put(&transaction, issue.version).await.expect("begun");
    house.app.commit(transaction).await.expect("committed");
    let node = Node::open(&house.app.config.data).expect("a folder").expect("free");
    let boot = boot.unwrap_or(&node.boot).to_owned();
    let (batch, rows) = batch::take(&house.app, (node.id, &boot), issue.id, 10).await.expect("taken").expect("letters");
    (path, batch, rows.into_iter().map(|row| row.subscriber).collect())
}

story!(a_killed_sender_leaves_few_unknown, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let (path, batch, who) = taken(&house, &cast, None).await;
    {
        let node = Node::open(&house.app.config.data).expect("a folder").expect("free");
        let mut journal = node.begin(batch.id).expect("a journal");
        assert!(journal.about(who[0]) && journal.settled(who[0], &Outcome::Taken(String::new())));
        assert!(journal.about(who[1]));
        assert!(journal.about(who[2]) && journal.settled(who[2], &Outcome::Later(String::new())));
    }
    turn(&house).await;
    let end = tally(&house, &path).await;
    assert_eq!((end.sent, end.unknown), (3, 1), "{end:?}");
    assert_eq!(sink.distinct(), 2, "the third and the fourth, which had not gone");
    assert_eq!(facts(&house, id(&path), "LettersUnknown").await, 1);
    accounted(&end, 4, &sink);
});

story!(killed_before_the_first_letter_nothing_is_unknown, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let (path, ..) = taken(&house, &cast, None).await;
    turn(&house).await;
    let end = tally(&house, &path).await;
    assert_eq!((end.sent, end.unknown, sink.distinct()), (4, 0, 4));
});

story!(after_a_start_of_the_machine_all_under_way_is_unknown, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let (path, ..) = taken(&house, &cast, Some("before")).await;
    turn(&house).await;
    assert_eq!((tally(&house, &path).await.unknown, sink.taken()), (4, 0));
});

story!(another_nodes_letters_are_unknown_when_its_lease_is_over, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let (path, batch, _) = taken(&house, &cast, None).await;
    // As another data folder's.
    batch::Entity::update_many()
        .col_expr(batch::Column::Node, Expr::value(new_id()))
        .filter(batch::Column::Id.eq(batch.id))
        .exec(&house.app.db)
        .await
        .expect("changed");
    turn(&house).await;
    assert_eq!(tally(&house, &path).await.sending, 4, "it may still be at it");
    house.app.clock.advance(chrono::TimeDelta::seconds(batch::LEASE_S + 1));
    turn(&house).await;
    assert_eq!((tally(&house, &path).await.unknown, sink.taken()), (4, 0));
});

story!(a_database_from_before_sends_nothing_without_a_decision, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    subscribed(&cast, newsletter, &["an", "binh"]).await;
    let path = drafted(&house, &cast, newsletter, "Lời").await;
    approved(&house, &cast, &path).await;
    // The folder's node has closed a batch that this database does not know: it is yesterday's.
    {
        let node = Node::open(&house.app.config.data).expect("a folder").expect("free");
        node.close(new_id()).expect("closed");
    }
    turn(&house).await;
    assert_eq!((at_path(&house, &path).await.state, sink.taken()), (State::Held, 0));
    cast.approver.get(&path).await.expect(200).says("khôi phục từ bản sao lưu");
    house.react().await;
    act(&house, &cast.approver, &path, "resumption", "").await.expect(303);
    turn(&house).await;
    assert_eq!((at_path(&house, &path).await.state, sink.distinct()), (State::Sent, 2));
});

story!(nothing_goes_from_a_restored_database_before_it_is_held, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let (path, ..) = taken(&house, &cast, None).await;
    crate::base::restored::declare(&house.app).await.expect("declared");
    // Nobody has answered the fact yet: the issue is still called on its way, and lanes run beside the look.
    turn(&house).await;
    assert_eq!((at_path(&house, &path).await.state, sink.taken()), (State::Sending, 0));
    house.react().await;
    turn(&house).await;
    assert_eq!((at_path(&house, &path).await.state, sink.taken()), (State::Held, 0));
});

story!(letters_that_come_back_to_a_cancelled_issue_do_not_wait_for_ever, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let (path, ..) = taken(&house, &cast, None).await;
    act(&house, &cast.approver, &path, "cancellation", "Nhầm số").await.expect(303);
    assert_eq!(tally(&house, &path).await.sending, 4);
    // The node that had them starts again: certainly not sent, so they are back in the queue, of which nothing goes any more.
    turn(&house).await;
    let end = tally(&house, &path).await;
    assert_eq!((end.open(), end.stopped, sink.taken()), (0, 4, 0), "{end:?}");
});
