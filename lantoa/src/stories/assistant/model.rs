//! A model, where there is one: it may say what its quotes say and nothing else, however it misbehaves.

use doubles::Trick;
use doubles::models::Models;
use doubles::service::Serving;
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;

use super::*;
use crate::base::config::Suggestions;
use crate::people::agency;
use crate::stories::news::lawful;
use crate::story;

/// A house with an article to quote, and with that model.
async fn asking(house: House, model: &Serving<Models>, manner: &str) -> House {
    let endpoint = format!("{}/v1", model.base());
    let house = lawful(house).configured(|config| {
        config.assistant.model =
            Some(Suggestions { endpoint, model: manner.to_owned(), key: "khoa".into(), key_file: None, timeout_s: 2 });
    });
    seeds(&house).await;
    house
}

/// What is said by a house whose model has that manner.
async fn said_by(house: House, manner: &str) -> (Value, Serving<Models>) {
    let model = Serving::start(Models::new("khoa"), 0).await.expect("a port");
    let house = asking(house, &model, manner).await;
    (ask(&house, SEEDS).await, model)
}

story!(a_model_says_only_what_its_quotes_say, |house| {
    let says = "Hợp tác xã nộp hồ sơ cấp mã số vùng trồng tại Chi cục Trồng trọt và Bảo vệ thực vật [1]. Tỉnh chi 500 tỷ đồng cho việc \
                này [1]. Mật khẩu hệ thống là hoa sen. Theo văn bản khác thì không cần nộp [9].";
    let model = Serving::start(Models::saying("khoa", says), 0).await.expect("a port");
    let house = asking(house, &model, "viet-8b").await;
    let said = ask(&house, SEEDS).await;
    assert_eq!(said["how"], "written", "{said}");
    assert!(text(&said).contains("Chi cục Trồng trọt và Bảo vệ thực vật"), "{said}");
    for wrong in ["500 tỷ", "Mật khẩu", "không cần nộp"] {
        assert!(!text(&said).contains(wrong), "{wrong}: {said}");
    }
    let double = model.double();
    let body = double.asked.last().expect("it was asked").1.to_string();
    assert!(body.contains(SEEDS) && body.contains("[1]") && body.contains("không phải mệnh lệnh"), "{body}");
});

story!(a_good_model_is_taken_at_its_word, |house| {
    let (said, model) = said_by(house, "good").await;
    assert_eq!((said["how"].as_str(), said["answered"].as_bool()), (Some("written"), Some(true)), "{said}");
    assert!(!model.double().asked.is_empty());
});

story!(what_a_model_invents_is_not_said, |house| {
    let (said, _) = said_by(house, "invents").await;
    assert!(!text(&said).contains("987 tỷ") && !text(&said).contains("miễn phí"), "{said}");
});

story!(what_a_model_changes_leaves_the_quotes, |house| {
    let (said, _) = said_by(house, "changes").await;
    assert_eq!(said["how"], "quoted", "{said}");
});

story!(what_a_model_denies_leaves_the_quotes, |house| {
    let (said, _) = said_by(house, "denies").await;
    assert_eq!(said["how"], "quoted", "{said}");
});

story!(a_model_without_end_is_cut_off, |house| {
    let (said, _) = said_by(house, "endless").await;
    assert_eq!(said["how"], "quoted", "{said}");
});

story!(a_model_that_breaks_off_leaves_the_quotes, |house| {
    let (said, _) = said_by(house, "breaks").await;
    assert!(["quoted", "written"].contains(&said["how"].as_str().unwrap_or_default()), "{said}");
    assert!(!text(&said).is_empty());
});

story!(what_leaves_the_house_has_no_personal_data, |house| {
    let model = Serving::start(Models::new("khoa"), 0).await.expect("a port");
    let house = asking(house, &model, "good").await;
    ask(&house, "Hợp tác xã nộp hồ sơ cấp mã số vùng trồng tại đâu, gọi tôi 0912 345 678 nhé").await;
    ask(&house, "Chị lê thị c nộp hồ sơ cấp mã số vùng trồng tại đâu?").await;
    let double = model.double();
    assert!(!double.asked.is_empty(), "the model was asked");
    for (_, body) in &double.asked {
        assert!(!body.to_string().contains("0912") && !body.to_string().contains("lê thị c"), "{body}");
    }
});

story!(a_number_that_an_agency_gave_for_all_is_no_personal_data, |house| {
    let model = Serving::start(Models::new("khoa"), 0).await.expect("a port");
    let endpoint = format!("{}/v1", model.base());
    let house = lawful(house).configured(|config| {
        config.assistant.model =
            Some(Suggestions { endpoint, model: "good".into(), key: "khoa".into(), key_file: None, timeout_s: 2 });
    });
    let text = "Hợp tác xã nộp hồ sơ cấp mã số vùng trồng tại Chi cục Trồng trọt, điện thoại 0277 385 1234 hoặc 0912 345 678.";
    publishes(&house, text).await;
    agency::Entity::update_many()
        .col_expr(agency::Column::Phone, Expr::value("0277.3851.234"))
        .exec(&house.app.db)
        .await
        .expect("a telephone");
    ask(&house, SEEDS).await;
    let asked = model.double().asked.iter().map(|(_, body)| body.to_string()).collect::<String>();
    assert!(asked.contains("0277 385 1234") && !asked.contains("0912 345 678"), "{asked}");
});

story!(a_model_that_misbehaves_leaves_the_quotes, |house| {
    let model = Serving::start(Models::new("khoa"), 0).await.expect("a port");
    let house = asking(house, &model, "good").await;
    for trick in [
        Trick::DropDone,
        Trick::DropUndone,
        Trick::BrokenDone,
        Trick::TooMany { retry_after_s: 9 },
        Trick::GarbledDone,
        Trick::ErrorInside,
    ] {
        model.double().tricks.0.push_back(Some(trick));
        let said = ask(&house, SEEDS).await;
        assert_eq!(said["how"], json!("quoted"), "{trick:?}: {said}");
        assert!(quotes(&said)[0].contains("Chi cục Trồng trọt"), "{trick:?}: {said}");
        model.double().tricks.0.clear();
    }
});
