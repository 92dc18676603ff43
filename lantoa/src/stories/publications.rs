//! Stories of publications, over HTTP, on both engines.

mod copies;
mod editions;
mod handbook;
mod obstacles;
mod portal;
mod reviewing;
mod words;
mod writing;

use sea_orm::entity::prelude::*;

use crate::base::{Role, fact};
use crate::library::{asset, rendering};
use crate::people::{Agency, Notice, province};
use crate::publications::publication::{self, Publication};
use crate::publications::section::Section;
use crate::testing::{Answer, House, Visitor};

pub use crate::stories::news::{id, lawful};

/// Who is there: an agency's writer, its reviewer and approver; another agency's officer.
pub struct Cast<'a> {
    pub author: Visitor<'a>,
    pub reviewer: Visitor<'a>,
    pub approver: Visitor<'a>,
    pub stranger: Visitor<'a>,
}

impl<'a> Cast<'a> {
    pub async fn of(house: &'a House) -> Self {
        province::settle(&house.app).await.expect("the default province");
        let agency = Agency::find_by_slug(&house.app.db, "so-y-te").await.expect("the agency");
        let other = Agency::find_by_slug(&house.app.db, "so-xay-dung").await.expect("the other");
        Self {
            author: house.someone(Role::Officer, Some(&agency)).await,
            reviewer: house.someone(Role::Reviewer, Some(&agency)).await,
            approver: house.someone(Role::Approver, Some(&agency)).await,
            stranger: house.someone(Role::Officer, Some(&other)).await,
        }
    }

    /// A handbook with these sections; its page on the desk.
    pub async fn book(&self, house: &House, title: &str, sections: &[(&str, &str)]) -> String {
        let fields = [("title", title), ("summary", "Cho người mới"), ("kind", "handbook"), ("language", "vi")];
        let path = self.author.post("/desk/publications", &fields).await.expect(303).location().to_owned();
        for (name, text) in sections {
            self.add(house, &path, &[("title", name), ("text", text)]).await.expect(303);
        }
        path
    }

    pub async fn add(&self, house: &House, path: &str, fields: &[(&str, &str)]) -> Answer {
        let version = at_path(house, path).await.version.to_string();
        let fields = [fields, &[("version", version.as_str())]].concat();
        self.author.post(&format!("/desk/publications/{}/sections", id(path)), &fields).await
    }

    /// Writes a section again.
    pub async fn write(&self, section: &Section, text: &str, note: &str) -> Answer {
        let version = section.version.to_string();
        let (title, anchor) = (section.title.as_str(), section.anchor.as_str());
        let fields = [("title", title), ("anchor", anchor), ("text", text), ("note", note), ("version", version.as_str())];
        self.author.post(&format!("/desk/publications/{}/sections/{}", section.publication, section.id), &fields).await
    }

    /// Handed in and approved by somebody else.
    pub async fn approved(&self, house: &House, path: &str) {
        act(house, &self.author, path, "submission", &[]).await.expect(303);
        act(house, &self.reviewer, path, "approval", &[]).await.expect(303);
    }

    /// And out.
    pub async fn published(&self, house: &House, path: &str) {
        self.approved(house, path).await;
        act(house, &self.approver, path, "publication", &[]).await.expect(303);
    }
}

pub async fn at_path(house: &House, path: &str) -> Publication {
    let id = id(path).parse().expect("an id");
    publication::Entity::find_by_id::<Uuid>(id).one(&house.app.db).await.expect("the database").expect("the publication")
}

pub async fn sections(house: &House, path: &str) -> Vec<Section> {
    Section::all(&house.app.db, id(path).parse().expect("an id")).await.expect("sections")
}

/// Presses a button of the publication's page.
pub async fn act(house: &House, who: &Visitor<'_>, path: &str, act: &str, more: &[(&str, &str)]) -> Answer {
    let version = at_path(house, path).await.version.to_string();
    let mut fields = vec![("version", version.as_str())];
    fields.extend(more);
    who.post(&format!("/desk/publications/{}/acts/{act}", id(path)), &fields).await
}

/// How often somebody was told that.
pub async fn heard(house: &House, who: &Visitor<'_>, key: &str) -> usize {
    house.react().await;
    let notices = Notice::latest(&house.app.db, &[who.person.expect("a person")], 100).await.expect("notices");
    notices.iter().filter(|notice| notice.key == key).count()
}

/// How many facts of that kind there are about a publication.
pub async fn facts(house: &House, path: &str, kind: &str) -> usize {
    let id: Uuid = id(path).parse().expect("an id");
    let of = fact::Entity::find().filter(fact::Column::About.eq(id)).filter(fact::Column::Kind.eq(kind));
    of.all(&house.app.db).await.expect("facts").len()
}

/// An image of the agency's library, its smaller pictures made.
pub async fn picture(house: &House, who: &Visitor<'_>, alt: &str, seed: u8) -> Uuid {
    use crate::stories::library::{bring, describe, files};
    let path = bring(who, "cau.jpg", &files::jpeg(900, 600, seed)).await;
    describe(who, &path, "1", &[("alt", alt)]).await.expect(303);
    rendering::keep_up(&house.app).await.expect("pictures");
    let id: Uuid = id(&path).parse().expect("an id");
    assert!(asset::Entity::find_by_id(id).one(&house.app.db).await.expect("the database").is_some());
    id
}
