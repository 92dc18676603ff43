//! What a portal must offer in English at the least, and what fulfils it. The list is data that ships (`data/english.json`): the
//! floor is Decree 42/2022, whose successor (Decree 224/2026) left its articles to circulars.

use std::collections::HashMap;
use std::sync::LazyLock;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use serde::Deserialize;

use super::article::{self, Article, Language};
use super::staff::translations::stale_since;
use crate::base::{App, By, Fact, Role, Who};
use crate::web::{Error, Lang, Locale, Obstacle};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "english_item")]
pub struct Model {
    /// [`Item::code`]
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// The [`Article::work`] whose English text fulfils it.
    pub work: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

/// One thing that must be there in English.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub code: String,
    vi: String,
    en: String,
    /// A page of the product that speaks English by itself.
    #[serde(default)]
    pub page: String,
}

static SHIPPED: LazyLock<Vec<Item>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../data/english.json")).expect("data/english.json is well-formed"));

impl Item {
    #[must_use]
    pub fn all() -> &'static [Self] {
        &SHIPPED
    }

    #[must_use]
    pub fn name(&self, l: Locale) -> &str {
        if l.0 == Lang::En { &self.en } else { &self.vi }
    }
}

/// How it stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Nothing was named.
    Missing,
    /// A page of the product.
    Page,
    /// Named, and its English text is not out.
    Waiting(Box<Article>),
    /// Out in English.
    Out(Box<Article>),
    /// Out, and older than the text it translates, since then.
    Stale(Box<Article>, DateTimeUtc),
}

/// Who says what fulfils an item.
#[must_use]
pub fn may_keep(who: &Who) -> bool {
    who.is_any(&[Role::Coordinator, Role::SystemAdministrator])
}

/// Every item with how it stands: two statements.
///
/// # Errors
/// The database failed.
pub async fn standings(on: &impl ConnectionTrait) -> Result<Vec<(&'static Item, Standing)>, DbErr> {
    let named: HashMap<String, Uuid> = Entity::find().all(on).await?.into_iter().map(|one| (one.code, one.work)).collect();
    let works = article::Entity::find().filter(article::Column::Work.is_in(named.values().copied())).all(on).await?;
    let standing = |item: &Item| {
        if !item.page.is_empty() {
            return Standing::Page;
        }
        let Some(work) = named.get(&item.code) else { return Standing::Missing };
        let of = |language: Language| works.iter().find(|one| one.work == *work && one.language == language);
        match (of(Language::Vi), of(Language::En)) {
            (original, Some(english)) if english.state.is_public() => {
                match original.and_then(|original| stale_since(original, english)) {
                    Some(since) => Standing::Stale(Box::new(english.clone()), since),
                    None => Standing::Out(Box::new(english.clone())),
                }
            }
            (_, Some(other)) | (Some(other), None) => Standing::Waiting(Box::new(other.clone())),
            (None, None) => Standing::Missing,
        }
    };
    Ok(Item::all().iter().map(|item| (item, standing(item))).collect())
}

/// Names the article that fulfils an item, by any address of it, in whichever language.
///
/// # Errors
/// Forbidden to others; not found when there is no such item; refused at `address` when that is no article's; or the database
/// failed.
pub async fn name(app: &App, who: &Who, code: &str, address: &str) -> Result<(), Error> {
    if !may_keep(who) {
        return Err(Error::Forbidden);
    }
    let item = Item::all().iter().find(|item| item.code == code && item.page.is_empty()).ok_or(Error::NotFound)?;
    let last =
        address.trim().split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let by_address = match last.parse::<Uuid>() {
        Ok(id) => article::Entity::find_by_id(id),
        Err(_) => article::Entity::find().filter(article::Column::Slug.eq(last)),
    };
    let found = by_address.one(&app.db).await?.filter(|one| super::rights::sees(who, one));
    let Some(article) = found else { return Err(Error::Refused(vec![Obstacle::new("english-no-article").at("address")])) };
    let transaction = app.begin().await?;
    let row = ActiveModel { code: Set(item.code.clone()), work: Set(article.work) };
    let over = OnConflict::column(Column::Code).update_column(Column::Work).to_owned();
    Entity::insert(row).on_conflict(over).exec_without_returning(&transaction).await?;
    let fact = Fact::EnglishItemNamed { item: item.vi.clone(), title: article.title };
    app.record(&transaction, article.id, fact, &By::from(who)).await?;
    app.commit(transaction).await?;
    Ok(())
}

#[cfg(test)]
mod unit {
    use super::Item;

    #[test]
    fn each_item_stands_once() {
        let mut codes: Vec<&str> = Item::all().iter().map(|item| item.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Item::all().len());
    }
}
