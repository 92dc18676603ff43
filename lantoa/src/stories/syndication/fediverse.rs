//! An agency is found, followed and told of, as Mastodon does it (scenario C-5: what is delivered is signed, or the double shows it not).

use super::*;
use crate::base::copies::{self, Stand};
use crate::stories::news::{act, at_path, id as news_id};
use crate::story;
use crate::syndication::following;

story!(an_agency_is_found_by_its_name, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let before = cast.published(&house, "Bài đăng trước").await;
    let visitor = house.visitor();
    visitor.get("/.well-known/webfinger?resource=acct:so_y_te@localhost").await.expect(404);
    visitor.get("/ap/so_y_te").await.expect(404);
    switched_on(&cast).await;
    let found = visitor.get("/.well-known/webfinger?resource=acct:so_y_te@localhost").await.expect(200);
    assert_eq!(found.headers["content-type"], "application/jrd+json; charset=utf-8");
    found.says("http://localhost/ap/so_y_te").says("acct:so_y_te@localhost");
    visitor.get("/.well-known/webfinger?resource=acct:ai-do@localhost").await.expect(404);
    visitor.get("/.well-known/webfinger").await.expect(400);
    visitor.get("/.well-known/host-meta").await.expect(200).says("webfinger?resource={uri}");
    visitor.get("/.well-known/nodeinfo").await.expect(200).says("http://localhost/nodeinfo/2.1");
    visitor.get("/nodeinfo/2.1").await.expect(200).says("\"activitypub\"").says("\"total\":1");
    let actor = document(&house, "/ap/so_y_te").await;
    assert_eq!((actor["type"].as_str(), actor["preferredUsername"].as_str()), (Some("Service"), Some(NAME)));
    assert_eq!(actor["endpoints"]["sharedInbox"], "http://localhost/ap/inbox");
    assert_eq!((actor["discoverable"].as_bool(), actor["attachment"][0]["type"].as_str()), (Some(true), Some("PropertyValue")));
    assert!(actor["publicKey"]["publicKeyPem"].as_str().expect("a key").starts_with("-----BEGIN PUBLIC KEY"));
    assert!(!actor.to_string().contains("PRIVATE"));
    // People are led to their page; servers get the actor there, too.
    let browser = Request::get("/ap/so_y_te").header("accept", "text/html,*/*").body(Body::empty()).expect("a request");
    assert_eq!(visitor.send(browser).await.expect(303).location(), "http://localhost/co-quan/so-y-te/tin-tuc");
    assert_eq!(document(&house, "/co-quan/so-y-te").await["id"], actor["id"]);
    // What was out before stands in the outbox, page by page, and nobody was told.
    let outbox = document(&house, "/ap/so_y_te/outbox").await;
    assert_eq!(
        (outbox["totalItems"].as_u64(), outbox["first"].as_str()),
        (Some(1), Some("http://localhost/ap/so_y_te/outbox?page=1"))
    );
    let page = document(&house, "/ap/so_y_te/outbox?page=1").await;
    let said = &page["orderedItems"][0];
    assert_eq!((said["type"].as_str(), said["object"]["type"].as_str()), (Some("Create"), Some("Note")));
    assert_eq!(said["object"]["to"][0], "https://www.w3.org/ns/activitystreams#Public");
    asked(&house, "/ap/so_y_te/outbox?page=2").await.expect(404);
    asked(&house, "/ap/so_y_te/outbox?page=0").await.expect(404);
    assert_eq!(document(&house, "/ap/so_y_te/followers").await["totalItems"], 0);
    assert!(deliveries(&house).await.is_empty());
    let object = at_path(&house, &before).await.id;
    document(&house, &format!("/ap/bai/{object}")).await;
    assert_eq!(document(&house, &format!("/ap/bai/{object}/activity")).await["type"], "Create");
    asked(&house, &format!("/ap/bai/{}", Uuid::nil())).await.expect(404);
});

story!(
    #[expect(clippy::too_many_lines, reason = "one way from end to end")]
    who_follows_is_told_once_of_what_is_published_corrected_and_gone,
    |house| {
        let house = open(house);
        let cast = Cast::of(&house).await;
        switched_on(&cast).await;
        let server = server(&house).await;
        introduced(&house, &server, &[NAME]).await;
        follow(&house, &server, 1, NAME).await.expect(202);
        after(&house, 1).await;
        assert_eq!(shown(&server), ["Accept"]);
        assert_eq!(document(&house, "/ap/so_y_te/followers").await["totalItems"], 1);
        let path = cast.published(&house, "Bài & <mới>").await;
        house.react().await;
        // The answer gets lost after it was taken: it is brought again under the same id.
        server.double().tricks.0 = [Some(doubles::Trick::DropDone)].into();
        after(&house, 1).await;
        after(&house, 3).await;
        assert_eq!(shown(&server), ["Accept", "Create"]);
        let article = at_path(&house, &path).await;
        let iri = format!("http://localhost/ap/bai/{}", article.id);
        let said = server.double().shown[&format!("{iri}/activity")].clone();
        let content = said["object"]["content"].as_str().expect("words").to_owned();
        assert!(
            content.contains("<strong>Bài &amp; &lt;mới&gt;</strong>") && content.contains(&article.public_path()),
            "{content}"
        );
        assert_eq!(said["object"]["contentMap"]["vi"], said["object"]["content"]);
        assert_eq!(said["object"]["url"], format!("http://localhost{}", article.public_path()));
        // The reaction may be answered twice.
        for row in fact::Entity::find().filter(fact::Column::Kind.eq("ArticlePublished")).all(&house.app.db).await.expect("facts")
        {
            following::article_changed(&house.app, &row, &row.fact().expect("a fact")).await.expect("again");
        }
        after(&house, 10).await;
        assert_eq!((shown(&server).len(), facts(&house, "ArticleSyndicated").await), (2, 1));
        let copy = &copies::copies(&house.app, article.id).await.expect("copies")[..];
        let open = copy.iter().find(|one| one.channel == "activitypub").expect("a copy");
        assert_eq!((open.stand, open.recipients), (Stand::Out, Some(1)));
        let counts = copies::counts(&house.app, article.id).await.expect("counts");
        assert!(counts.iter().any(|one| one.metric == "servers-told" && one.value == Some(1)));
        corrected(&house, &cast.approver, &path, "Bài đã sửa").await;
        house.react().await;
        after(&house, 1).await;
        assert_eq!(shown(&server), ["Accept", "Create", "Update"]);
        let updated = document(&house, &format!("/ap/bai/{}", article.id)).await;
        assert!(updated["updated"].is_string() && updated["content"].as_str().expect("words").contains("Bài đã sửa"));
        act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "Sai số liệu"), ("fate", "stays")]).await.expect(303);
        house.react().await;
        let wanted = copies::copies(&house.app, article.id).await.expect("copies");
        assert!(wanted.iter().any(|one| one.channel == "activitypub" && one.stand == Stand::Wanted), "{wanted:?}");
        after(&house, 1).await;
        assert_eq!(shown(&server), ["Accept", "Create", "Delete", "Update"]);
        let gone = asked(&house, &format!("/ap/bai/{}", article.id)).await.expect(410);
        gone.says("Tombstone");
        let retracted = copies::copies(&house.app, article.id).await.expect("copies");
        assert!(retracted.iter().any(|one| one.channel == "activitypub" && one.stand == Stand::Retracted), "{retracted:?}");
        assert_eq!(document(&house, "/ap/so_y_te/outbox").await["totalItems"], 0);
        assert_eq!(server.double().refused, 0, "every signature was believed");
    }
);

story!(the_province_passes_on_and_speaks_for_who_has_no_actor, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    province_on(&house).await;
    let server = server(&house).await;
    introduced(&house, &server, &["tinh"]).await;
    follow(&house, &server, 1, "tinh").await.expect(202);
    let first = cast.published(&house, "Bài của sở chưa có tài khoản").await;
    house.react().await;
    after(&house, 1).await;
    assert_eq!(shown(&server), ["Accept", "Create"]);
    switched_on(&cast).await;
    introduced(&house, &server, &[NAME]).await;
    let second = cast.published(&house, "Bài của sở đã có tài khoản").await;
    house.react().await;
    after(&house, 1).await;
    assert_eq!(shown(&server), ["Accept", "Announce", "Create"], "its own followers are none");
    // What goes is taken back from who got it by the province, in the name of who said it.
    act(&house, &cast.approver, &second, "withdrawal", &[("withdrawal", "Sai"), ("fate", "stays")]).await.expect(303);
    house.react().await;
    after(&house, 1).await;
    assert_eq!(shown(&server), ["Accept", "Announce", "Create", "Delete"]);
    let page = document(&house, "/ap/tinh/outbox?page=1").await;
    assert_eq!(page["totalItems"], 1);
    assert_eq!(page["orderedItems"][0]["object"]["id"], format!("http://localhost/ap/bai/{}", news_id(&first)));
});

story!(a_page_answers_servers_with_its_object_and_people_with_itself, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched_on(&cast).await;
    let path = cast.published(&house, "Một địa chỉ").await;
    house.react().await;
    let page = at_path(&house, &path).await.public_path();
    for _ in 0..2 {
        house.visitor().get(&page).await.expect(200).says("<h1>Một địa chỉ</h1>").says("Tư liệu cho báo chí");
        let object = document(&house, &page).await;
        assert_eq!(object["id"], format!("http://localhost/ap/bai/{}", news_id(&path)));
        let linked = Request::get(page.as_str())
            .header("accept", "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"")
            .body(Body::empty());
        house.visitor().send(linked.expect("a request")).await.expect(200).says("\"Note\"");
    }
    // A page that is no object stays a page.
    asked(&house, "/tin-tuc").await.expect(200).says("<html");
    asked(&house, "/tin-tuc/khong-co").await.expect(404);
});

story!(a_correction_reaches_who_was_away_with_the_right_words, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched_on(&cast).await;
    let server = server(&house).await;
    introduced(&house, &server, &[NAME]).await;
    follow(&house, &server, 1, NAME).await.expect(202);
    after(&house, 1).await;
    let path = cast.published(&house, "Số liệu sai").await;
    house.react().await;
    server.double().tricks.0 = [Some(doubles::Trick::BrokenUndone)].into();
    after(&house, 1).await;
    corrected(&house, &cast.approver, &path, "Số liệu đúng").await;
    house.react().await;
    after(&house, 60).await;
    after(&house, 60).await;
    assert_eq!(shown(&server), ["Accept", "Create", "Update"]);
    for said in server.double().shown.values().filter(|one| one["object"]["content"].is_string()) {
        assert!(!said.to_string().contains("Số liệu sai"), "{said}");
    }
});

story!(who_got_it_and_follows_no_more_is_told_that_it_is_gone, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched_on(&cast).await;
    let server = server(&house).await;
    introduced(&house, &server, &[NAME]).await;
    follow(&house, &server, 1, NAME).await.expect(202);
    after(&house, 1).await;
    let path = cast.published(&house, "Bài sẽ gỡ").await;
    house.react().await;
    after(&house, 1).await;
    assert_eq!(shown(&server), ["Accept", "Create"]);
    let first = activity(&server, 1, "Follow", json!("http://localhost/ap/so_y_te"));
    let undo = activity(&server, 2, "Undo", first);
    brought(&house, call(&house, &server, "/ap/inbox", &undo)).await.expect(202);
    assert_eq!(document(&house, "/ap/so_y_te/followers").await["totalItems"], 0);
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "Sai số liệu"), ("fate", "stays")]).await.expect(303);
    house.react().await;
    after(&house, 1).await;
    assert_eq!(shown(&server), ["Accept", "Create", "Delete"], "it still stands there");
});

story!(a_server_that_could_not_be_told_that_it_is_gone_still_has_it, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched_on(&cast).await;
    let server = server(&house).await;
    introduced(&house, &server, &[NAME]).await;
    follow(&house, &server, 1, NAME).await.expect(202);
    after(&house, 1).await;
    let path = cast.published(&house, "Bài còn ở nơi khác").await;
    house.react().await;
    after(&house, 1).await;
    let article = at_path(&house, &path).await.id;
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "Sai số liệu"), ("fate", "stays")]).await.expect(303);
    house.react().await;
    let stand = async |status: Option<i32>| {
        // As it is left when its time to be tried is over.
        delivery::Entity::update_many()
            .col_expr(delivery::Column::State, Expr::value(delivery::State::Failed))
            .col_expr(delivery::Column::Status, Expr::value(status))
            .filter(delivery::Column::State.is_in([delivery::State::Planned, delivery::State::Failed]))
            .exec(&house.app.db)
            .await
            .expect("changed");
        let copies = copies::copies(&house.app, article).await.expect("copies");
        copies.into_iter().find(|one| one.channel == "activitypub").expect("a copy").stand
    };
    assert_eq!(stand(Some(500)).await, Stand::Unknown);
    assert_eq!(stand(None).await, Stand::Unknown);
    assert_eq!(stand(Some(410)).await, Stand::Retracted, "there is nobody any more who shows it");
});
