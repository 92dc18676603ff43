//! What the press takes.

use super::*;
use crate::base::new_id;
use crate::stories::library::{bring, describe, draw, files};
use crate::stories::news::{act, at_path, fields as article_fields, id as news_id};
use crate::story;
use crate::testing::double::{Behaviour, Double};
use crate::webhooks::delivery::sending as webhook_sending;

async fn with_picture(house: &House, cast: &Cast<'_>) -> String {
    let asset = bring(&cast.author, "cau.jpg", &files::jpeg(2000, 1200, 1)).await;
    describe(&cast.author, &asset, "1", &[("copyright", "© Sở Y tế")]).await.expect(303);
    draw(house).await;
    let section = cast.section.to_string();
    let mut form = article_fields("Khánh thành cầu", &section);
    let lead = format!("http://localhost{asset}");
    form.push(("media_url", &lead));
    let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
    act(house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(house, &cast.reviewer, &path, "passing", &[]).await.expect(303);
    act(house, &cast.approver, &path, "passing", &[]).await.expect(303);
    act(house, &cast.approver, &path, "publication", &[]).await.expect(303);
    path
}

story!(the_press_takes_text_pictures_and_ninjs, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let visitor = house.visitor();
    visitor.get("/bao-chi").await.expect(200).says("Chưa có bài nào");
    let path = with_picture(&house, &cast).await;
    let id = news_id(&path).to_owned();
    visitor.get("/bao-chi?agency=so-y-te").await.expect(200).says("Khánh thành cầu").says("Được đăng lại khi ghi rõ nguồn");
    visitor.get("/bao-chi?agency=so-xay-dung").await.expect(200).says_not("Khánh thành cầu");
    visitor.get("/bao-chi?topic=policy").await.expect(200).says_not("Khánh thành cầu");
    visitor.get("/bao-chi?topic=khong-co").await.expect(404);
    visitor.get(&format!("/bao-chi/{id}")).await.expect(200).says("tu-lieu.zip").says("Sở Xây dựng").says("1920 ×");
    let answer = visitor.get(&format!("/bao-chi/{id}/ninjs.json")).await.expect(200);
    let item: Value = serde_json::from_slice(&answer.bytes).expect("JSON");
    assert_eq!(item["standard"]["name"], "ninjs");
    assert_eq!((item["headlines"][0]["value"].as_str(), item["pubstatus"].as_str()), (Some("Khánh thành cầu"), Some("usable")));
    let picture = &item["associations"][0];
    assert_eq!(
        (picture["copyrightnotice"].as_str(), picture["renditions"][0]["width"].as_i64()),
        (Some("© Sở Y tế"), Some(1920))
    );
    let href = picture["renditions"][0]["href"].as_str().expect("an address").trim_start_matches("http://localhost").to_owned();
    visitor.get(&href).await.expect(200);
    let list: Value = serde_json::from_slice(&visitor.get("/bao-chi/ninjs.json").await.expect(200).bytes).expect("JSON");
    assert_eq!(list["items"][0]["uri"], format!("urn:uuid:{id}"));
    let kit = visitor.get(&format!("/bao-chi/{id}/tu-lieu.zip")).await.expect(200);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(kit.bytes)).expect("an archive");
    let names: Vec<String> = archive.file_names().filter_map(Result::ok).map(std::borrow::Cow::into_owned).collect();
    for name in ["ninjs.json", "bai.txt", "bai.html", "anh/01.jpg", "anh/ghi-cong.txt"] {
        assert!(names.iter().any(|one| one == name), "{names:?}");
    }
    let mut still = Vec::new();
    std::io::Read::read_to_end(&mut archive.by_name("anh/01.jpg").expect("a picture"), &mut still).expect("bytes");
    assert_eq!(still, visitor.get(&href).await.expect(200).bytes);
    // Nothing is taken of what is not out.
    let draft = cast.draft("Bản nháp").await;
    for end in ["", "/ninjs.json", "/tu-lieu.zip"] {
        visitor.get(&format!("/bao-chi/{}{end}", news_id(&draft))).await.expect(404);
    }
    visitor.get(&format!("/bao-chi/{}", new_id())).await.expect(404);
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "Sai"), ("fate", "stays")]).await.expect(303);
    visitor.get(&format!("/bao-chi/{id}/tu-lieu.zip")).await.expect(404);
});

story!(a_newsroom_is_sent_ninjs, |house| {
    let house = open(house).configured(|config| config.webhooks_private = true);
    let cast = Cast::of(&house).await;
    let newsroom = Double::open(Behaviour::Status(204)).await;
    let administrator = house.someone(Role::SystemAdministrator, None).await;
    let id = new_id().to_string();
    let fields = [
        ("id", id.as_str()),
        ("address", newsroom.address.as_str()),
        ("events", "article.published"),
        ("events", "article.withdrawn"),
    ];
    administrator.post("/desk/webhooks", &fields).await.expect(200);
    let path = cast.published(&house, "Tin cho tòa soạn").await;
    house.react().await;
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "Sai số"), ("fate", "stays")]).await.expect(303);
    house.react().await;
    let sending = webhook_sending::chore();
    crate::base::chore::enlist(&house.app, &[sending]).await.expect("enlisted");
    house.app.clock.advance(TimeDelta::seconds(6));
    assert!(crate::base::chore::turn(&house.app, &sending).await.expect("a turn"));
    let mut heard: Vec<Value> = newsroom.heard().iter().map(|one| serde_json::from_str(&one.body).expect("JSON")).collect();
    heard.sort_by_key(|one| one["type"].as_str().unwrap_or_default().to_owned());
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0]["data"]["ninjs"]["headlines"][0]["value"], "Tin cho tòa soạn");
    assert_eq!(
        (heard[1]["type"].as_str(), heard[1]["data"]["ninjs"]["pubstatus"].as_str()),
        (Some("article.withdrawn"), Some("canceled"))
    );
    assert_eq!(heard[1]["data"]["id"], at_path(&house, &path).await.id.to_string());
});
