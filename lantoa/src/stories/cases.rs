//! Stories of cases, over HTTP, on both engines.

mod clock;
mod keeping;
mod ladder;
mod listing;
mod raising;
mod words;

use sea_orm::entity::prelude::*;

use crate::base::Role;
use crate::cases::case;
use crate::people::{Agency, Notice, province};
use crate::testing::{House, Visitor};

/// The default province.
pub async fn settled(house: &House) {
    province::settle(&house.app).await.expect("the default province");
    crate::cases::rung::settle(&house.app).await.expect("the ladder");
}

pub async fn agency(house: &House, slug: &str) -> Agency {
    Agency::find_by_slug(&house.app.db, slug).await.expect("the agency")
}

/// Who is there: a body that raises, the two on the ladder, and one more.
pub struct Cast<'a> {
    pub builders: Agency,
    pub standing: Agency,
    pub committee: Agency,
    pub money: Agency,
    pub raiser: Visitor<'a>,
    pub first: Visitor<'a>,
    pub second: Visitor<'a>,
    pub other: Visitor<'a>,
}

impl<'a> Cast<'a> {
    pub async fn of(house: &'a House) -> Self {
        settled(house).await;
        let builders = agency(house, "so-xay-dung").await;
        let standing = agency(house, "so-khoa-hoc-va-cong-nghe").await;
        let committee = agency(house, "uy-ban-nhan-dan-tinh-dong-thap").await;
        let money = agency(house, "so-tai-chinh").await;
        Self {
            raiser: house.someone(Role::Officer, Some(&builders)).await,
            first: house.someone(Role::Coordinator, Some(&standing)).await,
            second: house.someone(Role::Leader, Some(&committee)).await,
            other: house.someone(Role::Officer, Some(&money)).await,
            builders,
            standing,
            committee,
            money,
        }
    }

    /// Raises a case and tells its address.
    pub async fn raised(&self, key: &str) -> String {
        let answer = self.raiser.post("/desk/cases", &form(key)).await.expect(303);
        assert!(answer.location().starts_with("/desk/cases/"), "{}", answer.location());
        answer.location().to_owned()
    }
}

/// A whole form.
pub fn form(key: &str) -> Vec<(&str, &str)> {
    vec![
        ("key", key),
        ("title", "Đường ống cũ không có bản vẽ"),
        ("difficulty", "Hồ sơ thất lạc từ trước khi sáp nhập."),
        ("proposal", "Đề nghị cho khảo sát lại."),
    ]
}

/// The case at that address.
pub async fn at_path(house: &House, path: &str) -> case::Model {
    let id: Uuid = path.trim_start_matches("/desk/cases/").parse().expect("an id");
    case::Entity::find_by_id(id).one(&house.app.db).await.expect("rows").expect("the case")
}

/// Presses the button of an act on what is there now.
pub async fn press(house: &House, who: &Visitor<'_>, path: &str, act: &str, text: &str) -> crate::testing::Answer {
    let version = at_path(house, path).await.version.to_string();
    who.post(&format!("{path}/{act}"), &[("version", &version), (act, text)]).await
}

/// Passes it on sideways.
pub async fn pass(house: &House, who: &Visitor<'_>, path: &str, to: &Agency) -> crate::testing::Answer {
    let version = at_path(house, path).await.version.to_string();
    let to = to.id.to_string();
    let fields = [("version", version.as_str()), ("transfer", "Thuộc lĩnh vực của cơ quan này"), ("to", &to)];
    who.post(&format!("{path}/transfer"), &fields).await
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
