//! Stories of news, over HTTP, on both engines.

mod embeds;
mod evidence;
mod front;
mod importing;
mod languages;
mod pictures;
mod portal;
mod publishing;
mod reviewing;
mod scenarios;
mod searching;
mod sections;
mod views;
mod words;
mod writing;

use sea_orm::entity::prelude::*;

use crate::base::config::Site;
use crate::base::{By, Role, fact};
use crate::news::article::{self, Article, State};
use crate::news::section::Section;
use crate::news::section::editing::Wanted as WantedSection;
use crate::news::step::Step;
use crate::people::{Agency, Notice, province};
use crate::testing::{House, Visitor};

/// A house whose site has the facts that the law wants.
pub fn lawful(house: House) -> House {
    house.configured(|config| {
        config.site = Site {
            name: "Cổng thử".into(),
            owner: "Ủy ban nhân dân tỉnh".into(),
            address: "Số 1".into(),
            email: "a@b.vn".into(),
            phone: "0277".into(),
            responsible: "Chánh Văn phòng".into(),
        };
    })
}

/// Who is there: an agency's writer, its reviewer, approver and administrator; another agency's officer.
pub struct Cast<'a> {
    pub agency: Agency,
    pub other_agency: Agency,
    pub section: Uuid,
    pub author: Visitor<'a>,
    pub reviewer: Visitor<'a>,
    pub approver: Visitor<'a>,
    pub administrator: Visitor<'a>,
    pub stranger: Visitor<'a>,
}

impl<'a> Cast<'a> {
    pub async fn of(house: &'a House) -> Self {
        province::settle(&house.app).await.expect("the default province");
        let agency = Agency::find_by_slug(&house.app.db, "so-y-te").await.expect("the agency");
        let other_agency = Agency::find_by_slug(&house.app.db, "so-xay-dung").await.expect("the other");
        let wanted = WantedSection { name: "Chuyển đổi số".into(), steps: Step::usual(), ..WantedSection::default() };
        let transaction = house.app.begin().await.expect("a transaction");
        let section = Section::put(&house.app, &transaction, &wanted, false, &By::system()).await.expect("a section");
        house.app.commit(transaction).await.expect("committed");
        Self {
            author: house.someone(Role::Officer, Some(&agency)).await,
            reviewer: house.someone(Role::Reviewer, Some(&agency)).await,
            approver: house.someone(Role::Approver, Some(&agency)).await,
            administrator: house.someone(Role::AgencyAdministrator, Some(&agency)).await,
            stranger: house.someone(Role::Officer, Some(&other_agency)).await,
            agency,
            other_agency,
            section,
        }
    }

    /// A draft of the author's; its page.
    pub async fn draft(&self, title: &str) -> String {
        let section = self.section.to_string();
        let answer = self.author.post("/desk/news", &fields(title, &section)).await.expect(303);
        answer.location().to_owned()
    }

    /// Handed in, edited and approved.
    pub async fn approved(&self, house: &House, title: &str) -> String {
        let path = self.draft(title).await;
        act(house, &self.author, &path, "submission", &[]).await.expect(303);
        act(house, &self.reviewer, &path, "passing", &[]).await.expect(303);
        act(house, &self.approver, &path, "passing", &[]).await.expect(303);
        path
    }

    /// Approved and published.
    pub async fn published(&self, house: &House, title: &str) -> String {
        let path = self.approved(house, title).await;
        act(house, &self.approver, &path, "publication", &[]).await.expect(303);
        path
    }
}

/// The form of an article.
pub fn fields<'a>(title: &'a str, section: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("title", title),
        ("summary", "Tóm tắt của bài"),
        ("text", "Nội dung có **chữ đậm**.\n\nĐoạn hai."),
        ("section", section),
        ("kind", "news"),
        ("language", "vi"),
    ]
}

/// The id that ends an article's address on the desk.
pub fn id(path: &str) -> &str {
    path.rsplit('/').next().expect("an id")
}

pub async fn at_path(house: &House, path: &str) -> Article {
    let id = id(path).parse().expect("an id");
    article::Entity::find_by_id::<Uuid>(id).one(&house.app.db).await.expect("the database").expect("the article")
}

/// Presses a button of the article's page.
pub async fn act(house: &House, who: &Visitor<'_>, path: &str, act: &str, more: &[(&str, &str)]) -> crate::testing::Answer {
    let version = at_path(house, path).await.version.to_string();
    let mut fields = vec![("version", version.as_str())];
    fields.extend(more);
    who.post(&format!("/desk/news/{}/acts/{act}", id(path)), &fields).await
}

/// How often somebody was told that.
pub async fn heard(house: &House, recipient: Uuid, key: &str) -> usize {
    house.react().await;
    let notices = Notice::latest(&house.app.db, &[recipient], 100).await.expect("notices");
    notices.iter().filter(|notice| notice.key == key).count()
}

/// How many facts of that kind there are about an article.
pub async fn facts(house: &House, path: &str, kind: &str) -> usize {
    let id = at_path(house, path).await.id;
    let of = fact::Entity::find().filter(fact::Column::About.eq(id)).filter(fact::Column::Kind.eq(kind));
    of.all(&house.app.db).await.expect("facts").len()
}

/// Moves the house's clock to a moment in Vietnam, e.g. `2026-06-20T23:59:59`.
pub fn at(house: &House, moment: &str) {
    let moment = format!("{moment}+07:00").parse::<chrono::DateTime<chrono::Utc>>().expect("a moment");
    house.app.clock.advance(moment - house.app.clock.now());
}

pub fn is_in(state: State, article: &Article) {
    assert_eq!(article.state, state, "{}", article.title);
}
