//! A case opens by itself where there are copies, finds all of them, and sees them settle.

use super::*;
use crate::base::Fact;
use crate::channels::delivery::{self, Errand, State as Way};
use crate::channels::{Account, Piece, piece};
use crate::retractions::case::{Aim, Cause, opening};
use crate::retractions::found::Wanted;
use crate::stories::channels::bot::Bot;
use crate::stories::channels::{
    after, approved, connected, decide as decide_delivery, of, open as open_channels, piece as piece_of,
};
use crate::stories::news::fields;
use crate::story;

/// What channels will say of their deliveries, until they say it themselves.
fn deliveries(app: &App, article: Uuid) -> BoxFuture<'_, Result<Vec<Copy>>> {
    Box::pin(async move {
        let pieces = piece::Entity::find().filter(piece::Column::Article.eq(article)).all(&app.db).await?;
        let mut found = Vec::new();
        for piece in pieces {
            for row in delivery::Model::of(&app.db, piece.id).await? {
                let account = crate::channels::account::Entity::find_by_id(row.account).one(&app.db).await?;
                found.push(as_copy(&piece, &row, account.as_ref().map(Account::label).unwrap_or_default()));
            }
        }
        Ok(found)
    })
}

fn as_copy(piece: &Piece, row: &delivery::Model, place: String) -> Copy {
    let stand = match (row.state, row.wanted) {
        (Way::Confirmed, Errand::None) => Stand::Out,
        (Way::Confirmed, _) => Stand::Wanted,
        (Way::Retracted, _) => Stand::Retracted,
        (Way::Unknown | Way::Accepted | Way::Sending, _) => Stand::Unknown,
        (Way::Failed | Way::Planned, _) => Stand::Stopped,
        (Way::Queued | Way::Held, _) => Stand::Waiting,
    };
    Copy {
        id: row.id,
        channel: "telegram",
        agency: row.agency,
        place,
        href: Piece::path(piece.id),
        address: Some(row.address.clone()).filter(|address| !address.is_empty()),
        recipients: None,
        stand,
        since: row.settled_at.unwrap_or(piece.changed_at),
        proof: row.says.clone(),
    }
}

story!(an_article_that_never_left_its_page_opens_no_case, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Bài chưa đi đâu").await;
    gone(&house, &cast.approver, &path, "withdrawal").await;
    assert!(case_of(&house, &path).await.is_none(), "there is nothing to look after");
    cast.author.get("/desk/retractions").await.expect(200).says("Chưa có vụ thu hồi, đính chính nào");
});

story!(what_went_out_on_a_channel_is_followed_until_it_is_gone, |house| {
    let house = open_channels(house).copying("channels", deliveries);
    let cast = Cast::of(&house).await;
    let bots = [Bot::open().await, Bot::open().await];
    let (out, waits) = (connected(&cast, "Kênh một", &bots[0], &[]).await, connected(&cast, "Kênh hai", &bots[1], &[]).await);
    let path = cast.published(&house, "Bài sẽ rút").await;
    let of_article = [("article", article_id(&path))];
    let first = piece_of(&house, &cast.author, "Ra ngay", &[out], &of_article).await;
    approved(&house, &cast, &first).await;
    after(&house, 1).await;
    let later = [("article", article_id(&path)), ("due", "2026-03-02T18:00")];
    let second = piece_of(&house, &cast.author, "Ra sau", &[waits], &later).await;
    approved(&house, &cast, &second).await;
    gone(&house, &cast.approver, &path, "withdrawal").await;
    let case = the_case(&house, &path).await;
    assert_eq!((case.cause, case.aim, case.copies, case.unsettled), (Cause::Withdrawn, Aim::Retract, 3, 1));
    assert_eq!(heard(&house, cast.agency.id, "notice-retraction-opened").await, 1);
    cast.author.get("/desk").await.expect(200).says("1 vụ thu hồi, đính chính đang mở");
    let page = format!("/desk/retractions/{}", case.id);
    let shown = cast.approver.get(&page).await.expect(200);
    shown.says("Kênh một").says("đang chờ sửa hoặc gỡ").says("Kênh hai").says("đã dừng, chưa từng ra").says("2/3 bản đã xong");
    act(&house, &cast.approver, &path, "closing", &[("closing", "Xong")]).await.expect(422).says("chưa xong");
    decide_delivery(&house, &cast.approver, &of(&house, out).await, "retraction", &[("why", "Bài đã rút")]).await.expect(303);
    after(&house, 10).await;
    assert!(bots[0].messages().is_empty());
    house.react().await;
    let case = the_case(&house, &path).await;
    assert_eq!(case.unsettled, 0, "it was looked at once the channel said that it is gone");
    cast.approver.get(&page).await.expect(200).says("đang chờ sửa hoặc gỡ → đã gỡ").says("3/3 bản đã xong");
    act(&house, &cast.author, &path, "closing", &[]).await.expect(403);
    act(&house, &cast.approver, &path, "closing", &[("closing", "Đã gỡ hết")]).await.expect(303);
    act(&house, &cast.approver, &path, "closing", &[]).await.expect(409);
    cast.approver.get(&page).await.expect(200).says("Vụ này đã đóng").says("Đã gỡ hết");
    cast.author.get("/desk").await.expect(200).says_not("vụ thu hồi, đính chính đang mở");
    assert_eq!(facts(&house, case.id, "RetractionClosed").await, 1);
});

story!(letters_are_followed_bulletins_aired_again_and_what_is_made_later_is_left_alone, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Bài sẽ đính chính").await;
    let own = cast.agency.id;
    let letter = copy(&house, own, ("newsletter", "Bản tin số 3"), Stand::Final);
    let bulletin = copy(&house, cast.other_agency.id, ("loudspeaker", "Cụm loa Mỹ Đông"), Stand::Final);
    let post = copy(&house, own, ("facebook", "Trang của sở"), Stand::Out);
    says(&path, &[letter.clone(), bulletin.clone(), post.clone()]);
    house.app.clock.advance(TimeDelta::minutes(1));
    corrected(&house, &cast, &path, "Nội dung đúng.").await;
    let case = the_case(&house, &path).await;
    assert_eq!((case.aim, case.copies, case.unsettled), (Aim::Edit, 4, 3));
    assert_eq!(found(&house, &path, "Bản tin số 3").await.wanted, Wanted::FollowUp);
    assert_eq!(found(&house, &path, "Cụm loa Mỹ Đông").await.wanted, Wanted::AirAgain);
    assert_eq!(heard(&house, cast.other_agency.id, "notice-retraction-opened").await, 1, "who has a copy is told");
    let page = format!("/desk/retractions/{}", case.id);
    cast.stranger.get(&page).await.expect(200).says("Phát lại tin đính chính").says("1.200 nơi nhận");
    moves(&house, &path, "Trang của sở", Stand::Edited, "edited_time 08:00");
    moves(&house, &path, "Bản tin số 3", Stand::Followed, "Bản tin số 4");
    cast.approver.get(&page).await.expect(200).says("Bản này vừa đổi trạng thái");
    looked(&house, 60).await;
    assert_eq!(the_case(&house, &path).await.unsettled, 1);
    cast.approver
        .get(&page)
        .await
        .expect(200)
        .says("đã ra → đã sửa")
        .says("edited_time 08:00")
        .says_not("Bản này vừa đổi trạng thái");
    moves(&house, &path, "Cụm loa Mỹ Đông", Stand::Followed, "phát 17:00");
    looked(&house, 60).await;
    act(&house, &cast.reviewer, &path, "closing", &[]).await.expect(303);
    house.app.clock.advance(TimeDelta::hours(1));
    let later = copy(&house, own, ("facebook", "Bài mới từ bản đúng"), Stand::Out);
    let all = SAID.lock().expect("what is said").get(&id(&path)).cloned().unwrap_or_default();
    says(&path, &[all, vec![later]].concat());
    looked(&house, 1_200).await;
    let after = the_case(&house, &path).await;
    assert!(!after.is_open(), "what is made of the corrected text needs nothing");
    assert_eq!(after.copies, 5);
    cast.approver.get(&page).await.expect(200).says("ra sau khi đính chính");
});

story!(portals_change_with_the_article_and_a_translation_does_not, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let (section, other) = (cast.section.to_string(), cast.other_agency.id.to_string());
    let mut form = fields("Bài ở hai nơi", &section);
    form.push(("places", &other));
    let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
    act_on_article(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act_on_article(&house, &cast.administrator, &path, "override", &[("override", "Thử")]).await.expect(303);
    act_on_article(&house, &cast.approver, &path, "publication", &[]).await.expect(303);
    let original = article_id(&path).to_owned();
    let mut english = fields("In two places", &section);
    english[5].1 = "en";
    english.extend([("of", original.as_str()), ("translated", "person")]);
    let english = cast.author.post("/desk/news", &english).await.expect(303).location().to_owned();
    act_on_article(&house, &cast.author, &english, "submission", &[]).await.expect(303);
    act_on_article(&house, &cast.administrator, &english, "override", &[("override", "Thử")]).await.expect(303);
    act_on_article(&house, &cast.approver, &english, "publication", &[]).await.expect(303);
    house.app.clock.advance(TimeDelta::minutes(1));
    corrected(&house, &cast, &path, "Nội dung đúng.").await;
    let case = the_case(&house, &path).await;
    assert_eq!((case.copies, case.unsettled), (3, 1));
    let portal = found(&house, &path, &cast.other_agency.name).await;
    assert_eq!((portal.channel.as_str(), portal.wanted, portal.is_settled), ("agency-portal", Wanted::Nothing, true));
    assert!(!found(&house, &path, "In two places").await.is_settled);
    corrected(&house, &cast, &english, "Right.").await;
    assert!(case_of(&house, &english).await.is_none(), "the source does not follow its translation");
    looked(&house, 60).await;
    assert_eq!(the_case(&house, &path).await.unsettled, 0);
});

story!(what_comes_while_a_case_is_open_joins_it_and_an_answer_given_twice_is_given_once, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Bài sửa rồi rút").await;
    says(&path, &[copy(&house, cast.agency.id, ("facebook", "Trang"), Stand::Out)]);
    house.app.clock.advance(TimeDelta::minutes(1));
    corrected(&house, &cast, &path, "Đúng hơn.").await;
    let first = the_case(&house, &path).await;
    moves(&house, &path, "Trang", Stand::Edited, "");
    looked(&house, 60).await;
    assert_eq!(the_case(&house, &path).await.unsettled, 0);
    gone(&house, &cast.approver, &path, "withdrawal").await;
    let joined = the_case(&house, &path).await;
    assert_eq!((joined.id, joined.aim, joined.cause), (first.id, Aim::Retract, Cause::Withdrawn));
    assert_eq!(joined.unsettled, 1, "edited is not enough any more");
    assert_eq!(facts(&house, first.id, "RetractionJoined").await, 1);
    let rows = fact::Entity::find().filter(fact::Column::About.eq(id(&path))).filter(fact::Column::Kind.eq("ArticleWithdrawn"));
    let recorded = rows.one(&house.app.db).await.expect("facts").expect("the fact");
    let withdrawn = Fact::ArticleWithdrawn { title: String::new() };
    opening::article_changed(&house.app, &recorded, &withdrawn).await.expect("an answer");
    assert_eq!(facts(&house, first.id, "RetractionJoined").await, 1);
    let second = cast.published(&house, "Bài rút cùng lúc").await;
    says(&second, &[copy(&house, cast.agency.id, ("facebook", "Trang"), Stand::Out)]);
    act_on_article(&house, &cast.approver, &second, "withdrawal", &[("withdrawal", "Sai")]).await.expect(303);
    let rows = fact::Entity::find().filter(fact::Column::About.eq(id(&second))).filter(fact::Column::Kind.eq("ArticleWithdrawn"));
    let recorded = rows.one(&house.app.db).await.expect("facts").expect("the fact");
    let answer = || opening::article_changed(&house.app, &recorded, &withdrawn);
    let both = tokio::join!(answer(), answer());
    assert!(both.0.is_ok() || both.1.is_ok(), "{both:?}");
    house.react().await;
    let cases = case::Entity::find().filter(case::Column::Article.eq(id(&second))).count(&house.app.db).await.expect("a count");
    assert_eq!(cases, 1, "two nodes open one case");
});
