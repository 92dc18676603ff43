//! What comes to an inbox is believed with a right signature, and does nothing the second time.

use super::*;
use crate::base::new_id;
use crate::story;
use crate::syndication::follower::{self, Follower};
use crate::syndication::signer;

async fn followers(house: &House) -> u64 {
    follower::Entity::find().count(&house.app.db).await.expect("rows")
}

story!(who_is_not_who_they_say_is_refused, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched_on(&cast).await;
    let server = server(&house).await;
    let follow = activity(&server, 1, "Follow", json!("http://localhost/ap/so_y_te"));
    let good = || call(&house, &server, "/ap/so_y_te/inbox", &follow);
    let unsigned = Request::post("/ap/so_y_te/inbox").body(Body::from(follow.to_string())).expect("a request");
    house.visitor().send(unsigned).await.expect(401).says("no signature");
    let mut forged = good();
    *forged.body_mut() = follow.to_string().replace("Follow", "Undo").into();
    brought(&house, forged).await.expect(401).says("digest");
    let mut elsewhere = good();
    *elsewhere.uri_mut() = "/ap/inbox".parse().expect("a path");
    brought(&house, elsewhere).await.expect(401);
    let old = good();
    house.app.clock.advance(TimeDelta::hours(2));
    brought(&house, old).await.expect(401).says("within an hour");
    let mut large = good();
    *large.body_mut() = vec![b' '; 300 * 1024].into();
    brought(&house, large).await.expect(413);
    let mut babble = good();
    *babble.body_mut() = "khong phai JSON".into();
    brought(&house, babble).await.expect(400);
    // An activity in another's name, and one that another server would have to say.
    let other = json!({"id": format!("{}/a/1", server.double().home), "type": "Follow", "actor": "https://khac.example/u", "object": "http://localhost/ap/so_y_te"});
    brought(&house, call(&house, &server, "/ap/so_y_te/inbox", &other)).await.expect(400);
    let mut borrowed = follow.clone();
    borrowed["id"] = json!("https://khac.example/a/1");
    brought(&house, call(&house, &server, "/ap/so_y_te/inbox", &borrowed)).await.expect(400);
    brought(&house, call(&house, &server, "/ap/khong_co/inbox", &follow)).await.expect(404);
    assert_eq!(followers(&house).await, 0);
    brought(&house, good()).await.expect(202);
    assert_eq!(followers(&house).await, 1);
    house.visitor().get("/metrics").await.expect(200).says("lantoa_inbox_refused_total{reason=\"unsigned\"}");
});

story!(the_same_is_heard_once_and_who_leaves_is_let_go, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched_on(&cast).await;
    let server = server(&house).await;
    let first = activity(&server, 1, "Follow", json!("http://localhost/ap/so_y_te"));
    let said = call(&house, &server, "/ap/inbox", &first);
    brought(&house, said.clone()).await.expect(202);
    let undo = activity(&server, 2, "Undo", first.clone());
    brought(&house, call(&house, &server, "/ap/inbox", &undo)).await.expect(202);
    assert_eq!(followers(&house).await, 0);
    // A replay of the follow that was taken back.
    brought(&house, said).await.expect(202);
    assert_eq!(followers(&house).await, 0);
    assert_eq!(deliveries(&house).await.len(), 1, "welcome was said once");
    // In the newer form of signatures.
    let again = activity(&server, 3, "Follow", json!("http://localhost/ap/so_y_te"));
    let newly = server.double().call_newly("localhost", "/ap/inbox", &again);
    brought(&house, newly).await.expect(202);
    assert_eq!(followers(&house).await, 1);
    follow(&house, &server, 4, NAME).await.expect(202);
    assert_eq!(followers(&house).await, 1);
    let like = activity(&server, 5, "Like", json!("http://localhost/ap/bai/x"));
    brought(&house, call(&house, &server, "/ap/inbox", &like)).await.expect(202);
    let reader = server.double().reader();
    let leave = activity(&server, 6, "Delete", json!(reader));
    brought(&house, call(&house, &server, "/ap/inbox", &leave)).await.expect(202);
    assert_eq!(followers(&house).await, 0);
    assert_eq!(signer::Entity::find().count(&house.app.db).await.expect("rows"), 0);
    // Somebody nobody knows deletes themselves: nobody is asked who they are.
    let asked = server.double().asked;
    let stranger = activity(&server, 7, "Delete", json!(reader));
    brought(&house, call(&house, &server, "/ap/inbox", &stranger)).await.expect(202);
    assert_eq!(server.double().asked, asked);
});

story!(a_key_that_was_renewed_is_asked_for_once_more, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched_on(&cast).await;
    let server = server(&house).await;
    follow(&house, &server, 1, NAME).await.expect(202);
    assert_eq!(server.double().asked, 1);
    follow(&house, &server, 2, NAME).await.expect(202);
    assert_eq!(server.double().asked, 1, "the key is kept");
    server.double().renew().expect("a key");
    follow(&house, &server, 3, NAME).await.expect(202);
    assert_eq!(server.double().asked, 2);
    let reader = server.double().reader();
    let update = activity(&server, 4, "Update", json!({"id": reader, "type": "Person"}));
    brought(&house, call(&house, &server, "/ap/inbox", &update)).await.expect(202);
    follow(&house, &server, 5, NAME).await.expect(202);
    assert_eq!(server.double().asked, 3, "who changed is asked again");
    assert_eq!(followers(&house).await, 1);
});

story!(no_key_leads_into_our_own_network, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    switched_on(&cast).await;
    let server = server(&house).await;
    let follow = activity(&server, 1, "Follow", json!("http://localhost/ap/so_y_te"));
    brought(&house, call(&house, &server, "/ap/inbox", &follow)).await.expect(401);
    for home in ["https://127.0.0.1", "https://169.254.169.254", "https://[::1]", "https://localhost"] {
        server.double().home = home.to_owned();
        let follow = activity(&server, 2, "Follow", json!("http://localhost/ap/so_y_te"));
        brought(&house, call(&house, &server, "/ap/inbox", &follow)).await.expect(401).says("private network");
    }
    assert_eq!((followers(&house).await, server.double().asked), (0, 0));
});

story!(a_host_that_is_blocked_is_not_welcome_and_not_told, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched_on(&cast).await;
    let server = server(&house).await;
    introduced(&house, &server, &[NAME]).await;
    follow(&house, &server, 1, NAME).await.expect(202);
    let path = format!("/desk/syndication/{}", cast.agency.id);
    let blocks = format!("/desk/syndication/{}/blocks", cast.agency.id);
    let refused = cast.administrator.post(&blocks, &[("host", "không phải"), ("why", "")]).await.expect(422);
    refused.says("Chưa đúng tên máy chủ").says("Hãy nêu lý do");
    let home = server.base();
    cast.author.post(&blocks, &[("host", &home), ("why", "Quấy rối")]).await.expect(403);
    for _ in 0..2 {
        cast.administrator.post(&blocks, &[("host", &home), ("why", "Quấy rối")]).await.expect(303);
    }
    assert_eq!((followers(&house).await, facts(&house, "HostBlocked").await), (0, 1));
    cast.administrator.get(&path).await.expect(200).says("Quấy rối").says("127.0.0.1");
    follow(&house, &server, 2, NAME).await.expect(403).says("blocked");
    cast.published(&house, "Bài sau khi chặn").await;
    house.react().await;
    after(&house, 1).await;
    assert!(shown(&server).is_empty(), "not even welcome is said any more");
    let id = crate::syndication::block::Entity::find().one(&house.app.db).await.expect("rows").expect("a block").id;
    cast.administrator.post(&format!("/desk/syndication/{}/blocks/{id}/removal", cast.agency.id), &[]).await.expect(303);
    cast.administrator.post(&format!("/desk/syndication/{}/blocks/{}/removal", cast.agency.id, new_id()), &[]).await.expect(404);
    follow(&house, &server, 3, NAME).await.expect(202);
    assert_eq!(Follower::hosts(&house.app.db, follower_of(&house).await).await.expect("hosts"), 1);
});

async fn follower_of(house: &House) -> Uuid {
    follower::Entity::find().one(&house.app.db).await.expect("rows").expect("a follower").actor
}

story!(a_file_on_a_server_speaks_for_nobody_of_it, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched_on(&cast).await;
    let server = server(&house).await;
    // Somebody of the same server has put up a document that calls itself the reader's, with a key of their own.
    server.double().upload = Some("/media/anh.json".to_owned());
    let follow = activity(&server, 1, "Follow", json!("http://localhost/ap/so_y_te"));
    let key_id = format!("{}/media/anh.json", server.double().home);
    let forged = server.double().call_as(&key_id, "localhost", "/ap/so_y_te/inbox", &follow);
    brought(&house, forged).await.expect(401);
    assert_eq!(followers(&house).await, 0);
    brought(&house, call(&house, &server, "/ap/so_y_te/inbox", &follow)).await.expect(202);
    assert_eq!(followers(&house).await, 1);
});
