//! An article as the Fediverse knows it: one object at one address, of the agency's actor, or of the province's where the agency
//! has none; the province's passes on what agencies publish. Its row has the id of the article. // recorded by following

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use platforms::activitypub::{self, Kind, Post};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};

use super::actor::{self, Actor, Form};
use super::rights::PROVINCE;
use crate::base::{App, time};
use crate::library::Picture;
use crate::news::article;
use crate::news::kind::Tag;
use crate::news::markup::escaped;
use crate::news::rendering::{self, Around};
use crate::news::{Article, listing, topic};
use crate::web::{Lang, Locale};

/// What an actor has published before it is switched on, as far as its outbox goes back.
const BACK: u64 = 100;
/// Mastodon shows so many.
const PICTURES_MAX: usize = 4;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "syndication_object")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub actor: Uuid,
    /// The province's actor, where it passed it on.
    pub passed_on_by: Option<Uuid>,
    pub form: Form,
    pub published_at: DateTimeUtc,
    pub updated_at: Option<DateTimeUtc>,
    /// Since then a stone stands here.
    pub gone_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Object = Model;

/// The address of an article's object.
#[must_use]
pub fn iri(app: &App, article: Uuid) -> String {
    format!("{}/ap/bai/{article}", app.config.public_url())
}

impl Model {
    /// The object of an article.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, article: Uuid) -> Result<Option<Self>, DbErr> {
        Entity::find_by_id(article).one(on).await
    }

    /// Keeps a new one. False: it was there already.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep(self, on: &impl ConnectionTrait) -> Result<bool, DbErr> {
        let once = OnConflict::column(Column::Id).do_nothing().to_owned();
        let kept = Entity::insert(ActiveModel::from(self)).on_conflict(once);
        Ok(kept.exec_without_returning(on).await? > 0)
    }

    /// Notes that it was changed, or that it is gone.
    ///
    /// # Errors
    /// The database failed.
    pub async fn mark(on: &impl ConnectionTrait, id: Uuid, gone: bool, at: DateTime<Utc>) -> Result<bool, DbErr> {
        let column = if gone { Column::GoneAt } else { Column::UpdatedAt };
        let update = Entity::update_many().col_expr(column, Expr::value(at)).filter(Column::Id.eq(id));
        Ok(update.filter(Column::GoneAt.is_null()).exec(on).await?.rows_affected > 0)
    }

    /// What an actor published or passed on and is still there, the newest first.
    #[must_use]
    pub fn out_by(actor: Uuid) -> Select<Entity> {
        let theirs = Condition::any().add(Column::Actor.eq(actor)).add(Column::PassedOnBy.eq(actor));
        Entity::find()
            .filter(theirs)
            .filter(Column::GoneAt.is_null())
            .order_by_desc(Column::PublishedAt)
            .order_by_desc(Column::Id)
    }

    /// Whose followers are told of it.
    #[must_use]
    pub fn tellers(&self) -> Vec<Uuid> {
        std::iter::once(self.actor).chain(self.passed_on_by).collect()
    }

    /// It as the protocol has it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn post(&self, app: &App, article: &Article) -> crate::web::Result<Post> {
        let origin = app.config.public_url();
        let around = Around::of(app, &article.body, article.lead()).await?;
        let siblings = Article::of_work(&app.db, article.work).await?;
        let translations = siblings.iter().filter(|one| one.id != article.id && one.state.is_public());
        let tags = Tag::messages().iter().filter(|tag| article.messages().contains(&tag.code)).map(|tag| activitypub::Tag {
            name: hashtag(tag.name(Locale(Lang::Vi))),
            href: format!("{origin}{}", topic::public_path(&tag.code)),
        });
        let tags: Vec<activitypub::Tag> = tags.collect();
        Ok(Post {
            kind: if self.form == Form::Note { Kind::Note } else { Kind::Article },
            id: iri(app, article.id),
            url: format!("{origin}{}", article.public_path()),
            title: article.title.clone(),
            content: content(&origin, self.form, article, &around, &tags),
            language: article.language.tag().to_owned(),
            translations: translations.map(|one| (one.language.tag().to_owned(), short(&origin, one, &[]))).collect(),
            published_s: self.published_at.timestamp(),
            updated_s: self.updated_at.map(|at| at.timestamp()),
            pictures: attachments(&origin, article, &around.pictures),
            tags,
        })
    }
}

/// `Kỹ năng số` → `KỹNăngSố`: a tag has no spaces, and is read aloud word by word this way.
#[must_use]
pub fn hashtag(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(vietnamese::capitalised).collect()
}

fn content(origin: &str, form: Form, article: &Article, around: &Around, tags: &[activitypub::Tag]) -> String {
    match form {
        Form::Note => short(origin, article, tags),
        Form::Article => {
            let l = Locale(Lang::from_tag(article.language.tag()));
            let body = rendering::drawn(l, &article.body, around).html;
            let whole = format!("<p>{}</p>{body}", escaped(&article.summary));
            absolute(&crate::news::clean::html(&whole), origin)
        }
    }
}

/// Title, summary and a link.
fn short(origin: &str, article: &Article, tags: &[activitypub::Tag]) -> String {
    let address = escaped(&format!("{origin}{}", article.public_path()));
    let summary = if article.summary.is_empty() { String::new() } else { format!("<p>{}</p>", escaped(&article.summary)) };
    let label = article.machine_label().map(|label| format!("<p>{}</p>", escaped(&label))).unwrap_or_default();
    let tag = |tag: &activitypub::Tag| {
        format!(
            "<a href=\"{}\" class=\"mention hashtag\" rel=\"tag\">#<span>{}</span></a>",
            escaped(&tag.href),
            escaped(&tag.name)
        )
    };
    let tags: Vec<String> = tags.iter().map(tag).collect();
    let tags = if tags.is_empty() { String::new() } else { format!("<p>{}</p>", tags.join(" ")) };
    format!(
        "<p><strong>{}</strong></p>{summary}{label}<p><a href=\"{address}\" rel=\"noopener noreferrer\">{address}</a></p>{tags}",
        escaped(&article.title)
    )
}

/// Addresses of ours become whole: they are read elsewhere.
fn absolute(html: &str, origin: &str) -> String {
    html.replace(" href=\"/", &format!(" href=\"{origin}/")).replace(" src=\"/", &format!(" src=\"{origin}/"))
}

/// The lead and the pictures of the text: address, type, words for who does not see.
fn attachments(origin: &str, article: &Article, pictures: &HashMap<Uuid, Picture>) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for id in article.assets().into_iter().take(PICTURES_MAX) {
        let is_lead = article.lead() == Some(id);
        if let Some(picture) = pictures.get(&id) {
            let alt = if is_lead && !article.media_alt.is_empty() { &article.media_alt } else { &picture.alt };
            found.push((format!("{origin}{}", picture.src), "image/jpeg".to_owned(), alt.clone()));
        } else if is_lead {
            let ends = |ending: &str| article.media_url.to_lowercase().ends_with(ending);
            let types = [(".mp3", "audio/mpeg"), (".m4a", "audio/mp4"), (".ogg", "audio/ogg"), (".mp4", "video/mp4")];
            if let Some((_, mime)) = types.into_iter().find(|(ending, _)| ends(ending)) {
                found.push((format!("{origin}{}", article.media_url), mime.to_owned(), article.media_alt.clone()));
            }
        }
    }
    found
}

/// Writes objects for the newest articles that were out before an actor was: its outbox has them, and nobody is told.
///
/// # Errors
/// The database failed.
pub async fn write_back(app: &App, on: &impl ConnectionTrait, of: &Actor) -> Result<(), DbErr> {
    let mut articles = listing::listed(time::local_date(app.clock.now()));
    if of.scope == PROVINCE {
        let own = actor::Entity::find().select_only().column(actor::Column::Scope);
        articles = articles.filter(article::Column::Agency.not_in_subquery(own.into_query()));
    } else {
        articles = articles.filter(article::Column::Agency.eq(of.scope));
    }
    let lines = articles.limit(BACK).into_partial_model::<listing::Line>().all(on).await?;
    if lines.is_empty() {
        return Ok(());
    }
    let rows = lines.into_iter().map(|line| ActiveModel {
        id: Set(line.id),
        actor: Set(of.id),
        passed_on_by: Set(None),
        form: Set(of.form),
        published_at: Set(line.published_at.unwrap_or(line.changed_at)),
        updated_at: Set(None),
        gone_at: Set(None),
    });
    let once = OnConflict::column(Column::Id).do_nothing().to_owned();
    Entity::insert_many(rows).on_conflict(once).exec_without_returning(on).await.map(|_| ())
}

#[cfg(test)]
mod unit {
    use proptest::prelude::*;

    use super::{absolute, hashtag};

    proptest! {
        #[test]
        fn a_tag_is_one_word_whatever_it_is_made_of(name in "\\PC{0,60}") {
            prop_assert!(!hashtag(&name).contains(|letter: char| letter.is_whitespace() || "#<>&".contains(letter)));
        }
    }

    #[test]
    fn a_tag_has_no_spaces() {
        assert_eq!(hashtag("Kỹ năng số"), "KỹNăngSố");
        assert_eq!(hashtag("Đổi mới sáng tạo, khởi nghiệp"), "ĐổiMớiSángTạoKhởiNghiệp");
    }

    #[test]
    fn our_addresses_become_whole() {
        let html = absolute("<a href=\"/tin-tuc/a\">a</a><img src=\"/tu-lieu/b\"><a href=\"https://c/\">c</a>", "https://x");
        assert_eq!(html, "<a href=\"https://x/tin-tuc/a\">a</a><img src=\"https://x/tu-lieu/b\"><a href=\"https://c/\">c</a>");
    }
}
