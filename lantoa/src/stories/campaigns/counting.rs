//! A campaign from its draft to its frozen count (scenario D-1: forty agencies, what is asked of them, the matrix with its holes, progress).

use std::collections::BTreeSet;

use super::*;
use crate::duties::Request;
use crate::news::Article;
use crate::stories::web::api::{Caller, province_token};

story!(a_campaign_of_forty_agencies_counts_what_is_out_and_each_work_once, |house| {
    let house = open(house);
    let plan = adopted(&house).await;
    at(&house, "2026-09-30T09:00:00");
    let cast = Cast::of(&house).await;
    let standing = crate::stories::duties::agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let early = tagged(&cast, "Ra trước ngày").await;
    published(&house, &cast, &early).await;
    at(&house, "2026-10-02T09:00:00");
    let cast = anew(&house, &cast).await;
    let coordinator = house.someone(Role::Coordinator, Some(&standing)).await;
    coordinator.get("/desk/campaigns").await.expect(200).says("Chưa có chiến dịch nào");
    coordinator.get("/desk/campaigns/new").await.expect(200).says("Thông điệp").says("Kỹ năng số").says(&plan.title());
    let names = forty(&house, &cast).await;
    let id = new_id();
    let text = id.to_string();
    let form = form(&text, &names, &[]);
    coordinator.post("/desk/campaigns", &form).await.expect(303);
    coordinator.post("/desk/campaigns", &form).await.expect(303);
    assert_eq!(campaign::Entity::find().count(&house.app.db).await.expect("a count"), 1, "pressed twice, kept once");
    assert_eq!(Member::of(&house.app.db, id).await.expect("members").len(), 40);
    // A draft is its agency's.
    cast.author.get(&format!("/desk/campaigns/{id}")).await.expect(404);
    claim(&coordinator, id, news_id(&early), &[]).await.expect(422).says("chưa chạy");
    press(&house, &coordinator, id, "start").await.expect(303);
    house.react().await;
    assert_eq!(heard(&house, cast.agency.id, "notice-campaign-started").await, 1);
    cast.author.get("/desk").await.expect(200).says("chưa có tin nào của cơ quan");
    let page = cast.author.get(&format!("/desk/campaigns/{id}")).await.expect(200);
    let page = page.says(TITLE).says("0/8").says("Cơ quan tham gia: 40").says("150.000.000");
    page.says("/desk/news/new?audience=farmers");
    cast.author.get("/desk/news/new?audience=farmers&message=skills").await.expect(200).says("value=\"farmers\" checked");
    counted(&house, &cast, &coordinator, id, &early).await;
    asked(&house, &coordinator, id, &plan.slug).await;
    closed(&house, &cast, &coordinator, id).await;
});

/// What is out is counted; what is not, came too early, or is the same work, is not.
async fn counted(house: &House, cast: &Cast<'_>, coordinator: &Visitor<'_>, id: Uuid, early: &str) {
    let article = tagged(cast, "Nộp hồ sơ trên mạng").await;
    claim(&cast.author, id, news_id(&article), &[]).await.expect(303);
    claim(&cast.author, id, news_id(early), &[]).await.expect(303);
    assert_eq!(counts(house, id).await.counted().count(), 0, "a draft, and one that came out before the first day");
    cast.author.get(&format!("/desk/campaigns/{id}")).await.expect(200).says("Chưa ra, hoặc đã gỡ").says("Ra ngoài thời gian");
    published(house, cast, &article).await;
    let now = counts(house, id).await;
    assert_eq!((now.counted().count(), now.copies(), now.filled()), (1, 1, 2));
    assert_eq!(now.of_agency(cast.agency.id, "skills"), 1);
    // Its copy on a channel, claimed by the piece's address, is the same work.
    let bot = Bot::open().await;
    let account = connected(cast, "Kênh của sở", &bot, &[]).await;
    let copy = piece(house, &cast.author, "Nộp hồ sơ", &[account], &[("article", news_id(&article))]).await;
    for row in crate::stories::channels::deliveries(house, &copy).await {
        crate::stories::channels::written(&cast.author, &row, "Nộp hồ sơ trên mạng").await.expect(303);
    }
    approved(house, cast, &copy).await;
    assert_eq!(counts(house, id).await.copies(), 1, "approved is not out");
    after(house, 1).await;
    claim(&cast.author, id, &copy, &[]).await.expect(422).says("đã tính cho chiến dịch này rồi");
    let now = counts(house, id).await;
    assert_eq!((now.counted().count(), now.copies(), now.filled()), (1, 2, 4), "one work, two copies");
    // So is a translation.
    let original = article_at(house, &article).await;
    let sibling = crate::news::Article {
        id: new_id(),
        language: crate::news::article::Language::En,
        slug: "file-online".into(),
        external_id: None,
        ..original.clone()
    };
    let row = crate::news::article::ActiveModel::from(sibling.clone());
    crate::news::article::Entity::insert(row).exec_without_returning(&house.app.db).await.expect("a translation");
    claim(&cast.author, id, &sibling.id.to_string(), &[]).await.expect(422).says("đã tính cho chiến dịch này rồi");
    assert_eq!(counts(house, id).await.counted().count(), 1);
    // A piece that was written for channels alone says itself what it is about.
    let alone = piece(house, &cast.author, "Nhắc lịch", &[account], &[]).await;
    claim(&cast.author, id, &alone, &[]).await.expect(422).says("cần chọn thông điệp và đối tượng");
    claim(&cast.author, id, &alone, &[("messages", "services"), ("audiences", "public")]).await.expect(303);
    approved(house, cast, &alone).await;
    after(house, 30).await;
    let now = counts(house, id).await;
    assert_eq!((now.counted().count(), now.copies(), now.filled()), (2, 3, 5));
    coordinator.get(&format!("/desk/campaigns/{id}")).await.expect(200).says("5/8").says("Đạt").says("Nhắc lịch");
    cast.author.get(&format!("/desk/campaigns/claims?article={}", original.id)).await.expect(200).says("Bài này đã tính");
    cast.author.get(&format!("/desk/news/{}", original.id)).await.expect(200).says("/desk/campaigns/claims?article=");
    cast.author.get(&format!("/desk/campaigns/{id}/claims")).await.expect(200).says("<span>Kỹ năng số</span>");
    let early = article_at(house, early).await.work;
    cast.stranger.post(&format!("/desk/campaigns/{id}/claims/{early}/release"), &[]).await.expect(403);
    cast.author.post(&format!("/desk/campaigns/{id}/claims/{early}/release"), &[]).await.expect(303);
    assert_eq!(counts(house, id).await.items.len(), 2);
}

/// The agencies are asked once, by the front door of duties.
async fn asked(house: &House, coordinator: &Visitor<'_>, id: Uuid, plan: &str) {
    let fields = [("plan", plan), ("what", "Mỗi cơ quan một tin"), ("due", "2026-10-20")];
    coordinator.get(&format!("/desk/campaigns/{id}")).await.expect(200).says("Gửi yêu cầu tới các cơ quan");
    let path = format!("/desk/campaigns/{id}/request");
    let to = coordinator.post(&path, &fields).await.expect(303).location().to_owned();
    assert_eq!(coordinator.post(&path, &fields).await.expect(303).location(), to);
    coordinator.get(&to).await.expect(200).says(TITLE);
    let request = the(house, id).await.request.expect("a request");
    assert_eq!(Request::desk_path(request), to);
    let slots = Request::asked(&house.app, request).await.expect("slots");
    let asked: BTreeSet<Uuid> = slots.iter().map(|(agency, _)| *agency).collect();
    let members = Member::of(&house.app.db, id).await.expect("members");
    let taking_part: BTreeSet<Uuid> = members.iter().map(|member| member.agency).collect();
    assert_eq!((slots.len(), asked), (40, taking_part), "each agency, once");
}

/// The count is frozen, and stays whatever becomes of the articles.
async fn closed(house: &House, cast: &Cast<'_>, coordinator: &Visitor<'_>, id: Uuid) {
    for path in ["csv", "xlsx", "summary"] {
        coordinator.get(&format!("/desk/campaigns/{id}/{path}")).await.expect(200);
    }
    let csv = coordinator.get(&format!("/desk/campaigns/{id}/csv")).await.expect(200).text();
    assert_eq!(csv.lines().count(), 1 + 8, "{csv}");
    assert!(csv.contains("Nông dân,Dịch vụ công trực tuyến,Telegram,0,"), "empty cells stand there: {csv}");
    coordinator.get("/desk/campaigns/csv").await.expect(200).says("150000000");
    coordinator.get(&format!("/desk/campaigns/{id}/xlsx")).await.expect(200);
    coordinator.get(&format!("/desk/campaigns/{id}/summary")).await.expect(200).says("Cơ quan chưa có tin: 39").says("1/40");
    coordinator.get(&format!("/desk/campaigns/{id}/count")).await.expect(404);
    cast.author.get(&format!("/desk/campaigns/{id}/closing")).await.expect(403);
    coordinator.get(&format!("/desk/campaigns/{id}/closing")).await.expect(200).says("Việc này không làm lại được");
    let stale = the(house, id).await.version.to_string();
    press(house, coordinator, id, "close").await.expect(303);
    let again = [("version", stale.as_str())];
    coordinator.post(&format!("/desk/campaigns/{id}/acts/close"), &again).await.expect(409);
    let bytes = coordinator.get(&format!("/desk/campaigns/{id}/count")).await.expect(200).bytes;
    let kept = the(house, id).await;
    assert_eq!(sha256(&bytes), kept.frozen_sha256, "the file is what the digest is of");
    let last: Final = serde_json::from_slice(&bytes).expect("a count");
    assert!(last.adds_up());
    assert_eq!((last.items, last.copies, last.filled, last.cells, last.agencies.len()), (2, 3, 5, 8, 40));
    let works: Vec<Uuid> = last.counts.counted().map(|item| item.id).collect();
    let articles = crate::news::article::Entity::find().filter(crate::news::article::Column::Work.is_in(works));
    let article = articles.filter(crate::news::article::Column::Slug.ne("file-online")).one(&house.app.db).await;
    let article = article.expect("rows").expect("the article");
    let path = Article::desk_path(article.id);
    let gone = [("withdrawal", "Sai số liệu"), ("fate", "stays")];
    act_on_article(house, &cast.approver, &path, "withdrawal", &gone).await.expect(303);
    coordinator.get(&format!("/desk/campaigns/{id}")).await.expect(200).says("5/8").says("Đã chốt lúc").says(&kept.frozen_sha256);
    assert_eq!(counts(house, id).await, last.counts);
    claim(&cast.author, id, &article.id.to_string(), &[]).await.expect(422);
    coordinator.get(&format!("/desk/campaigns/{id}/edit")).await.expect(422);
    coordinator.get("/desk/campaigns?state=closed&q=chuyen+doi+so").await.expect(200).says(TITLE);
    coordinator.get("/desk/campaigns?state=closed&q=chuyen_doi%25").await.expect(200).says("Không có chiến dịch nào như vậy");
    coordinator.get("/desk/campaigns?state=draft").await.expect(200).says("Không có chiến dịch nào như vậy");
    api(house, cast, id).await;
}

async fn api(house: &House, cast: &Cast<'_>, id: Uuid) {
    let key = province_token(house, &cast.agency, &["campaigns:read"]).await;
    let caller = Caller::of(house, Some(&key)).await;
    let list = caller.get("/api/v1/campaigns").await.expect(200);
    assert_eq!(list.json()["items"][0]["id"], id.to_string());
    let one = caller.get(&format!("/api/v1/campaigns/{id}")).await.expect(200).json();
    assert_eq!(
        (&one["items"], &one["filled"], &one["cells"]),
        (&serde_json::json!(2), &serde_json::json!(5), &serde_json::json!(8))
    );
    let other = province_token(house, &cast.agency, &["duties:read"]).await;
    Caller::of(house, Some(&other)).await.get("/api/v1/campaigns").await.expect(403);
}
