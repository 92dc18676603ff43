//! The desk's pages of the open ways out.

use super::*;
use crate::stories::news::id as news_id;
use crate::story;
use crate::syndication::actor;

story!(an_account_is_switched_on_by_its_keeper_and_off_again, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let path = format!("/desk/syndication/{}", cast.agency.id);
    cast.administrator.get("/desk/syndication").await.expect(200).says("Chưa bật").says("LANTOA_SYNDICATION_PRIVATE");
    cast.author.get(&path).await.expect(200).says("Nhờ quản trị cơ quan");
    cast.stranger.get(&path).await.expect(404);
    let form = |name: &'static str| [("username", name), ("name", "Sở Y tế"), ("summary", "Tin"), ("form", "note")];
    cast.author.post(&path, &form(NAME)).await.expect(403);
    let refused = cast.administrator.post(&path, &[("username", "Sở Y Tế"), ("name", " ")]).await.expect(422);
    refused.says("Tên chỉ gồm chữ thường").says("Hãy điền tên hiển thị").says("value=\"Sở Y Tế\"");
    cast.administrator.post(&path, &form("inbox")).await.expect(422).says("đã có người dùng");
    cast.administrator.post(&path, &form(NAME)).await.expect(303);
    cast.administrator.get(&path).await.expect(200).says("@so_y_te@localhost").says("Đang bật").says("Chưa gửi tới máy chủ nào");
    let kept = actor::Entity::find().one(&house.app.db).await.expect("rows").expect("an actor");
    assert!(!kept.private_key.starts_with("MII"), "the key is sealed");
    // Two tabs.
    let change = |name: &'static str| [("version", "1"), ("name", name), ("summary", "Tin"), ("form", "article")];
    cast.administrator.post(&path, &change("Tên mới")).await.expect(303);
    cast.administrator.post(&path, &change("Tên khác")).await.expect(409).says("Có người vừa sửa trước bạn").says("Tên khác");
    let article = cast.published(&house, "Bài cả văn bản").await;
    house.react().await;
    let preview = cast.author.get(&format!("/desk/syndication/preview?article={}", news_id(&article))).await.expect(200);
    preview.says("@so_y_te@localhost").says("<strong>chữ đậm</strong>").says("Article").says("đã được gửi");
    cast.author.get(&article).await.expect(200).says("Xem như trên Mastodon");
    cast.author.get("/desk/syndication/preview?article=x").await.expect(404);
    let switch = format!("/desk/syndication/{}/switch", cast.agency.id);
    cast.administrator.post(&switch, &[("on", "off"), ("version", "1")]).await.expect(409);
    cast.administrator.post(&switch, &[("on", "off"), ("version", "2")]).await.expect(303);
    asked(&house, "/ap/so_y_te").await.expect(404);
    let server = server(&house).await;
    follow(&house, &server, 1, NAME).await.expect(404);
    cast.administrator.post(&switch, &[("on", "on"), ("version", "3")]).await.expect(303);
    asked(&house, "/ap/so_y_te").await.expect(200);
    assert_eq!((facts(&house, "ActorSwitched").await, facts(&house, "ActorChanged").await), (3, 1));
    let auditor = house.someone(Role::Auditor, None).await;
    auditor.get("/desk/syndication").await.expect(200).says("Sở Y tế").says("Toàn tỉnh");
    auditor.get(&path).await.expect(200).says_not("name=\"summary\"");
    auditor.get("/desk/ledger?group=syndication").await.expect(200).says("Bật tài khoản Fediverse");
});

story!(nobody_without_an_account_is_told_of_anything, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let article = cast.published(&house, "Không ai theo dõi").await;
    house.react().await;
    after(&house, 1).await;
    assert!(deliveries(&house).await.is_empty());
    let preview = cast.author.get(&format!("/desk/syndication/preview?article={}", news_id(&article))).await.expect(200);
    preview.says("Chưa có tài khoản nào đăng bài này");
    let other = house.someone(Role::Finance, None).await;
    other.get("/desk/syndication").await.expect(403);
});
