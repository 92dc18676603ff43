//! Stories of the assistant, over HTTP, on both engines.

mod asking;
mod curated;
mod embedding;
mod evaluating;
mod exact;
mod gaps;
mod handing;
mod inputs;
mod model;

use axum::body::Body;
use axum::http::Request;
use axum::http::header::CONTENT_TYPE;
use serde_json::{Value, json};

use crate::base::Role;
use crate::people::Agency;
use crate::search::following;
use crate::stories::plans::{adopted, province};
use crate::testing::{Answer, House, Visitor};

/// Who writes and who approves, at the standing body.
struct Cast<'a> {
    coordinator: Visitor<'a>,
    author: Visitor<'a>,
    approver: Visitor<'a>,
    stranger: Visitor<'a>,
    standing: Agency,
}

impl<'a> Cast<'a> {
    /// With the small plan in force and the replica following.
    async fn of(house: &'a House) -> Self {
        let standing = province(house).await;
        let coordinator = house.someone(Role::Coordinator, Some(&standing)).await;
        adopted(house, &coordinator).await;
        follow(house).await;
        Self {
            author: house.someone(Role::Officer, Some(&standing)).await,
            approver: house.someone(Role::Approver, Some(&standing)).await,
            stranger: crate::stories::plans::stranger(house, Role::Officer).await,
            coordinator,
            standing,
        }
    }
}

/// What an article says of an errand, and a question that it answers.
const SEEDS: &str = "Hợp tác xã nộp hồ sơ cấp mã số vùng trồng tại đâu?";
const SEEDS_TEXT: &str = "Hợp tác xã nộp hồ sơ cấp mã số vùng trồng tại Chi cục Trồng trọt và Bảo vệ thực vật. Thời hạn giải quyết là 15 ngày \
    làm việc. Hồ sơ gồm đơn đề nghị và sơ đồ vùng trồng.";

/// Publishes that article in a house that may.
async fn seeds(house: &House) {
    publishes(house, SEEDS_TEXT).await;
}

/// Publishes an article of that name that says this.
async fn publishes(house: &House, text: &str) {
    let news = crate::stories::news::Cast::of(house).await;
    let section = news.section.to_string();
    let typed = [
        ("title", "Cấp mã số vùng trồng"),
        ("summary", "Nơi nộp, thời hạn và thành phần hồ sơ"),
        ("text", text),
        ("section", section.as_str()),
        ("kind", "news"),
        ("language", "vi"),
    ];
    let path = news.author.post("/desk/news", &typed).await.expect(303).location().to_owned();
    for (who, verb) in
        [(&news.author, "submission"), (&news.reviewer, "passing"), (&news.approver, "passing"), (&news.approver, "publication")]
    {
        crate::stories::news::act(house, who, &path, verb, &[]).await.expect(303);
    }
    follow(house).await;
}

async fn follow(house: &House) {
    while following::follow(&house.app).await.expect("the replica follows") > 0 {}
}

/// Sends a body to the API as a program does.
async fn post(house: &House, body: &Value, accept: &str) -> Answer {
    let request = Request::post("/api/v1/assistant/answers").header(CONTENT_TYPE, "application/json").header("accept", accept);
    house.visitor().send(request.body(Body::from(body.to_string())).expect("a request")).await
}

async fn ask(house: &House, question: &str) -> Value {
    post(house, &json!({ "question": question }), "application/json").await.expect(200).json()
}

/// With the questions that were asked before.
async fn ask_after(house: &House, before: &[&str], question: &str) -> Value {
    let conversation: Vec<Value> = before.iter().map(|one| json!({ "question": one })).collect();
    let body = json!({ "question": question, "conversation": conversation });
    post(house, &body, "application/json").await.expect(200).json()
}

fn text(answer: &Value) -> &str {
    answer["answer"].as_str().expect("an answer")
}

fn quotes(answer: &Value) -> Vec<String> {
    let sources = answer["sources"].as_array().expect("sources");
    sources.iter().map(|one| one["quote"].as_str().unwrap_or_default().to_owned()).collect()
}
