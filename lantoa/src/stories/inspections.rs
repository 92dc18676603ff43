//! Stories of inspections, over HTTP, on both engines.

mod following;
mod planning;
mod visiting;
mod withdrawing;
mod words;

use sea_orm::entity::prelude::*;

use crate::base::Role;
use crate::inspections::visit::{self, Visit, Whole};
use crate::people::{Agency, Notice, province};
use crate::testing::{Answer, House, Visitor};

/// Who is there: the body that inspects with two of its people, two agencies, and one that is not concerned.
pub struct Cast<'a> {
    pub standing: Agency,
    pub builders: Agency,
    pub money: Agency,
    pub inspector: Visitor<'a>,
    pub colleague: Visitor<'a>,
    pub inspected: Visitor<'a>,
    pub second: Visitor<'a>,
    pub other: Visitor<'a>,
}

pub async fn agency(house: &House, slug: &str) -> Agency {
    Agency::find_by_slug(&house.app.db, slug).await.expect("the agency")
}

impl<'a> Cast<'a> {
    pub async fn of(house: &'a House) -> Self {
        province::settle(&house.app).await.expect("the default province");
        let standing = agency(house, "so-khoa-hoc-va-cong-nghe").await;
        let builders = agency(house, "so-xay-dung").await;
        let money = agency(house, "so-tai-chinh").await;
        let health = agency(house, "so-y-te").await;
        Self {
            inspector: house.someone(Role::Reviewer, Some(&standing)).await,
            colleague: house.someone(Role::Officer, Some(&standing)).await,
            inspected: house.someone(Role::Officer, Some(&builders)).await,
            second: house.someone(Role::Officer, Some(&money)).await,
            other: house.someone(Role::Officer, Some(&health)).await,
            standing,
            builders,
            money,
        }
    }

    /// The fields of a whole plan.
    pub fn plan(&self) -> Vec<(String, String)> {
        let of = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        vec![
            of("key", "k1"),
            of("title", "Kiểm tra tuyến ống"),
            of("decision", "12/QĐ-SKHCN"),
            of("decided_on", "20/2/2026"),
            of("from_on", "2/3/2026"),
            of("until_on", "13/3/2026"),
            of("agencies", &self.builders.id.to_string()),
            of("agencies", &self.money.id.to_string()),
            of("checklist", "Có danh mục tuyến ống\nCó bản vẽ\n\nCó bản vẽ\nĐã thông báo cho dân"),
        ]
    }

    /// Plans an inspection and tells its address.
    pub async fn planned(&self) -> String {
        let answer = send(&self.inspector, "/desk/inspections", &self.plan()).await.expect(303);
        answer.location().to_owned()
    }

    /// A visit to the builders that is published with two findings; tells its address.
    pub async fn concluded(&self, house: &House) -> String {
        let visit = format!("{}/visits/{}", self.planned().await, self.builders.slug);
        let whole = whole(house, &self.builders).await;
        let mut fields = filled(&whole, &["meets", "fails", "not_applicable"]);
        fields.extend([own("visited_on", "2/3/2026"), own("conclusion", "Thiếu bản vẽ")]);
        send(&self.inspector, &visit, &fields).await.expect(303);
        let item = whole.items[1].id.to_string();
        found(house, self, &visit, &item, "Không có bản vẽ", "20/3/2026").await.expect(303);
        found(house, self, &visit, "", "Kho để lộn xộn", "30/4/2026").await.expect(303);
        let version = at_visit(house, &self.builders).await.version.to_string();
        self.inspector.post(&format!("{visit}/publication"), &[("version", &version)]).await.expect(303);
        visit
    }
}

pub fn own(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// Sends a form of owned pairs.
pub async fn send(who: &Visitor<'_>, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    who.post(path, &fields).await
}

/// The one visit to that agency.
pub async fn at_visit(house: &House, of: &Agency) -> Visit {
    visit::Entity::find().filter(visit::Column::Agency.eq(of.id)).one(&house.app.db).await.expect("rows").expect("the visit")
}

pub async fn whole(house: &House, of: &Agency) -> Whole {
    Whole::of(&house.app.db, at_visit(house, of).await).await.expect("the visit")
}

/// The checklist with these verdicts.
pub fn filled(whole: &Whole, verdicts: &[&str]) -> Vec<(String, String)> {
    let verdict = |(item, verdict): (&crate::inspections::item::Item, &&str)| own(&format!("verdict-{}", item.id), verdict);
    let version = own("version", &whole.visit.version.to_string());
    std::iter::once(version).chain(whole.items.iter().zip(verdicts).map(verdict)).collect()
}

/// Adds a finding to what is there now.
pub async fn found(house: &House, cast: &Cast<'_>, visit: &str, item: &str, text: &str, due_on: &str) -> Answer {
    let version = at_visit(house, &cast.builders).await.version.to_string();
    let fields =
        [("version", version.as_str()), ("item", item), ("text", text), ("remedy", "Khắc phục ngay"), ("due_on", due_on)];
    cast.inspector.post(&format!("{visit}/findings"), &fields).await
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
