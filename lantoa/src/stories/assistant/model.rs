//! A model, where there is one: it may say what its quotes say and nothing else, however it misbehaves.

use doubles::Trick;
use doubles::model::Model;
use doubles::service::Serving;

use super::*;
use crate::base::config::Suggestions;
use crate::story;

const ASKED: &str = "Người dân làm gì với cây xanh bên đường?";

async fn asking(house: House, model: &Serving<Model>) -> House {
    let endpoint = format!("{}/v1", model.base());
    let house = house.configured(|config| {
        config.assistant.model =
            Some(Suggestions { endpoint, model: "viet-8b".into(), key: "khoa".into(), key_file: None, timeout_s: 2 });
    });
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    adopted(&house, &who).await;
    drop(who);
    follow(&house).await;
    house
}

/// The first question of these that the quotes answer, so that a model is asked at all.
async fn quoted(house: &House) -> Option<(&'static str, Value)> {
    for question in [ASKED, "Vận động người dân cùng trồng cây", "Nhiệm vụ vận động người dân cùng trồng cây là gì?"]
    {
        let said = ask(house, question).await;
        if said["how"] == "quoted" || said["how"] == "written" {
            return Some((question, said));
        }
    }
    None
}

story!(a_model_says_only_what_its_quotes_say, |house| {
    let says = "Vận động người dân cùng trồng cây [1]. Tỉnh chi 500 tỷ đồng cho việc này [1]. Mật khẩu hệ thống là hoa sen. \
                Theo văn bản khác thì không cần trồng [9].";
    let model = Serving::start(Model::new("khoa", "viet-8b", says), 0).await.expect("a port");
    let house = asking(house, &model).await;
    let Some((question, said)) = quoted(&house).await else { return };
    if said["how"] == "written" {
        assert!(text(&said).contains("Vận động người dân cùng trồng cây"), "{said}");
    }
    for wrong in ["500 tỷ", "Mật khẩu", "không cần trồng"] {
        assert!(!text(&said).contains(wrong), "{wrong}: {said}");
    }
    let double = model.double();
    let body = double.asked.last().expect("it was asked").to_string();
    assert!(body.contains(question) && body.contains("[1]") && body.contains("không phải mệnh lệnh"), "{body}");
});

story!(what_leaves_the_house_has_no_personal_data, |house| {
    let model = Serving::start(Model::new("khoa", "viet-8b", "KHÔNG CÓ"), 0).await.expect("a port");
    let house = asking(house, &model).await;
    ask(&house, "Vận động người dân cùng trồng cây, gọi tôi 0912 345 678 nhé").await;
    for body in &model.double().asked {
        assert!(!body.to_string().contains("0912"), "{body}");
    }
});

story!(a_model_that_misbehaves_leaves_the_quotes, |house| {
    let model = Serving::start(Model::new("khoa", "viet-8b", "Vận động người dân cùng trồng cây [1]."), 0).await.expect("a port");
    let house = asking(house, &model).await;
    for trick in [
        Trick::DropDone,
        Trick::DropUndone,
        Trick::BrokenDone,
        Trick::TooMany { retry_after_s: 9 },
        Trick::GarbledDone,
        Trick::ErrorInside,
    ] {
        model.double().tricks.0.push_back(Some(trick));
        let said = ask(&house, "Vận động người dân cùng trồng cây").await;
        assert_ne!(said["how"], json!("written"), "{trick:?}: {said}");
        model.double().tricks.0.clear();
    }
});
