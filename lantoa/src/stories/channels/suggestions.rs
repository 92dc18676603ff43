//! Words that a model suggests: asked only where the operator named one, and sent only with a person's word.

use doubles::Trick;
use doubles::models::Models;
use doubles::service::Serving;

use super::*;
use crate::base::config::Suggestions;
use crate::channels::delivery::Origin;
use crate::people::Agency;
use crate::stories::news::id as news_id;
use crate::story;

const SAID: &str = "Từ nay nộp hồ sơ trên cổng mới.";

fn asking(house: House, model: &Serving<Models>) -> House {
    let endpoint = format!("{}/v1", model.base());
    open(house).configured(|config| {
        config.suggestions =
            Some(Suggestions { endpoint, model: "viet-8b".into(), key: "khoa-mo-hinh".into(), key_file: None, timeout_s: 1 });
    })
}

async fn ask(house: &House, who: &Visitor<'_>, account: Uuid) -> Answer {
    let row = of(house, account).await;
    let version = row.version.to_string();
    let path = format!("/desk/channels/pieces/{}/variants/{}/suggestion", row.piece, row.id);
    who.post(&path, &[("version", &version)]).await
}

story!(a_suggestion_is_a_machines_until_a_person_takes_it_over, |house| {
    let model = Serving::start(Models::saying("khoa-mo-hinh", SAID), 0).await.expect("a port");
    let house = asking(house, &model);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[]).await;
    let article = cast.published(&house, "Mở cổng dịch vụ công mới").await;
    let path = piece(&house, &cast.author, "Mở cổng", &[account], &[("article", news_id(&article))]).await;
    let row = of(&house, account).await;
    let variant = format!("{path}/variants/{}", row.id);
    cast.author.get(&variant).await.expect(200).says("Thay bằng lời máy gợi ý");
    let answer = ask(&house, &cast.author, account).await.expect(303);
    let page = cast.author.get(answer.location().split('#').next().expect("a path")).await.expect(200);
    page.says("Máy đã gợi ý. Xem lại rồi lưu.").says(SAID).says("Máy gợi ý");
    let row = of(&house, account).await;
    assert_eq!((row.origin, row.confirmed_by, row.text.as_str()), (Origin::Model, None, SAID));
    {
        let double = model.double();
        assert_eq!(double.asked.len(), 1);
        assert!(double.asked[0].1["messages"][1]["content"].as_str().expect("words").contains("Mở cổng dịch vụ công mới"));
    }
    act(&house, &cast.author, &path, "submission", "").await.expect(303);
    act(&house, &cast.approver, &path, "approval", "").await.expect(422).says("Lời do máy gợi ý, chưa ai xem lại");
    act(&house, &cast.author, &path, "recall", "").await.expect(303);
    written(&cast.author, &of(&house, account).await, SAID).await.expect(303);
    let row = of(&house, account).await;
    assert_eq!((row.origin, row.confirmed_by), (Origin::Model, cast.author.person), "still a machine's, with a person's word");
    approved(&house, &cast, &path).await;
    after(&house, 1).await;
    assert_eq!(bot.messages().len(), 1);
    ask(&house, &cast.author, account).await.expect(409);
    cast.stranger.post(&format!("{variant}/suggestion"), &[("version", "1")]).await.expect(404);
});

story!(a_model_that_misbehaves_is_replaced_by_the_articles_words, |house| {
    let model = Serving::start(Models::saying("khoa-mo-hinh", SAID), 0).await.expect("a port");
    let house = asking(house, &model);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[]).await;
    let article = cast.published(&house, "Mở cổng dịch vụ công mới").await;
    piece(&house, &cast.author, "Mở cổng", &[account], &[("article", news_id(&article))]).await;
    let lead = of(&house, account).await.text;
    for (trick, words) in [
        (Some(Trick::DropDone), "Máy không trả lời kịp"),
        (Some(Trick::DropUndone), "Máy không trả lời kịp"),
        (Some(Trick::BrokenDone), "Máy từ chối trả lời"),
        (Some(Trick::TooMany { retry_after_s: 9 }), "Máy từ chối trả lời"),
        (Some(Trick::GarbledDone), "Máy trả lời không đọc được"),
        (Some(Trick::ErrorInside), "Máy trả lời không đọc được"),
        (None, "Máy gợi ý dài quá"),
    ] {
        model.double().says = Some("dài ".repeat(3_000));
        model.double().tricks.0.push_back(trick);
        let answer = ask(&house, &cast.author, account).await.expect(303);
        cast.author.get(answer.location()).await.expect(200).says(words);
        let row = of(&house, account).await;
        assert_eq!((row.origin, row.text.as_str()), (Origin::Lead, lead.as_str()), "{trick:?}");
    }
    model.double().key = "khoa-khac".into();
    let answer = ask(&house, &cast.author, account).await.expect(303);
    cast.author.get(answer.location()).await.expect(200).says("Máy từ chối trả lời").says_not("khoa-mo-hinh");
});

story!(nothing_is_asked_of_a_model_that_nobody_named_or_of_words_that_are_not_out, |house| {
    let model = Serving::start(Models::saying("khoa-mo-hinh", SAID), 0).await.expect("a port");
    let house = asking(house, &model);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[]).await;
    let path = piece(&house, &cast.author, "Tin riêng", &[account], &[]).await;
    ask(&house, &cast.author, account).await.expect(422).says("Chỉ gợi ý được từ bài đã đăng");
    assert!(model.double().asked.is_empty());
    let silent = house.configured(|config| config.suggestions = None);
    let author = silent.someone(Role::Officer, Some(&Agency::find_by_slug(&silent.app.db, "so-y-te").await.expect("it"))).await;
    let row = of(&silent, account).await;
    author.get(&format!("{path}/variants/{}", row.id)).await.expect(200).says_not("Thay bằng lời máy gợi ý");
    ask(&silent, &author, account).await.expect(422).says("chưa đặt mô hình gợi ý");
});
