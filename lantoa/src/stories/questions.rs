//! Stories of questions, over HTTP, on both engines.

mod answering;
mod api;
mod asking;
mod clock;
mod following;
mod inbound;
mod protected;
mod routing;
mod words;

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;

use crate::base::Role;
use crate::people::{Agency, Notice, province};
use crate::questions::question::{self, Question};
use crate::testing::{Answer, House, Visitor};

/// What is asked where nothing else matters.
pub const TEXT: &str = "Khi nào xã mở lớp kỹ năng số cho người lớn tuổi?";

pub async fn agency(house: &House, slug: &str) -> Agency {
    Agency::find_by_slug(&house.app.db, slug).await.expect("the agency")
}

/// Who is there: the coordinating body, two that answer, and one without any part in it.
pub struct Cast<'a> {
    pub standing: Agency,
    pub builders: Agency,
    pub money: Agency,
    pub coordinator: Visitor<'a>,
    pub builder: Visitor<'a>,
    pub payer: Visitor<'a>,
    pub other: Visitor<'a>,
    pub citizen: Visitor<'a>,
}

impl<'a> Cast<'a> {
    pub async fn of(house: &'a House) -> Self {
        province::settle(&house.app).await.expect("the default province");
        let standing = agency(house, "so-khoa-hoc-va-cong-nghe").await;
        let builders = agency(house, "so-xay-dung").await;
        let money = agency(house, "so-tai-chinh").await;
        let health = agency(house, "so-y-te").await;
        Self {
            coordinator: house.someone(Role::Coordinator, Some(&standing)).await,
            builder: house.someone(Role::Officer, Some(&builders)).await,
            payer: house.someone(Role::Officer, Some(&money)).await,
            other: house.someone(Role::Officer, Some(&health)).await,
            citizen: house.visitor(),
            standing,
            builders,
            money,
        }
    }
}

/// Sends the form as a person does: some seconds after it was opened.
pub async fn send(house: &House, who: &Visitor<'_>, fields: &[(&str, &str)]) -> Answer {
    let page = who.get("/hoi-dap/gui").await.expect(200).text();
    let stamp = page.split("name=\"stamp\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a stamp").to_owned();
    house.app.clock.advance(TimeDelta::seconds(10));
    let fields = [fields, &[("stamp", stamp.as_str()), ("sure", "on")]].concat();
    who.post("/hoi-dap/gui", &fields).await
}

/// The code that a page shows.
pub fn code_on(answer: &Answer) -> String {
    let text = answer.text();
    text.split("<code>").nth(1).and_then(|rest| rest.split('<').next()).expect("a code").to_owned()
}

/// Asks and tells the code.
pub async fn asked(house: &House, who: &Visitor<'_>, text: &str) -> String {
    code_on(&send(house, who, &[("question", text)]).await.expect(200))
}

/// The question of a code.
pub async fn of_code(house: &House, code: &str) -> Question {
    let key = question::code::key(&house.app, code).expect("a key");
    let found = question::Entity::find().filter(question::Column::CodeKey.eq(key)).one(&house.app.db).await;
    found.expect("rows").expect("the question")
}

/// Presses the button of an act on what is there now.
pub async fn press(house: &House, who: &Visitor<'_>, code: &str, act: &str, fields: &[(&str, &str)]) -> Answer {
    let question = of_code(house, code).await;
    let version = question.version.to_string();
    let fields = [fields, &[("version", version.as_str())]].concat();
    who.post(&format!("/desk/questions/{}/{act}", question.id), &fields).await
}

/// Routed to that body by the coordinating one.
pub async fn routed(house: &House, cast: &Cast<'_>, code: &str, to: &Agency) {
    let to = to.id.to_string();
    press(house, &cast.coordinator, code, "routing", &[("to", &to)]).await.expect(303);
}

/// Asked, routed to the builders and answered by them; published.
pub async fn answered(house: &House, cast: &Cast<'_>, text: &str) -> String {
    let code = asked(house, &cast.citizen, text).await;
    routed(house, cast, &code, &cast.builders).await;
    press(house, &cast.builder, &code, "answer", &[("answer", "Lớp mở sáng thứ Bảy tại nhà văn hóa."), ("shows", "on")])
        .await
        .expect(303);
    code
}

/// How often an agency was told that.
pub async fn heard(house: &House, of: &Agency, key: &str) -> usize {
    house.react().await;
    let notices = Notice::latest(&house.app.db, &[of.id], 50).await.expect("notices");
    notices.iter().filter(|notice| notice.key == key).count()
}

/// Moves the house's clock to a moment in Vietnam, e.g. `2026-06-20T23:59:59`.
pub fn at(house: &House, moment: &str) {
    let moment = format!("{moment}+07:00").parse::<chrono::DateTime<chrono::Utc>>().expect("a moment");
    house.app.clock.advance(moment - house.app.clock.now());
}
