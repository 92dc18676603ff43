//! The list of people: searched without accents, filtered. A province has a few thousand accounts, so the list is
//! read whole (without secrets) and narrowed here, the way Vietnamese is written.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QuerySelect};
use serde::Deserialize;

use super::keeping::Keeper;
use super::standing::{Standing, came};
use super::{Column, Entity};
use crate::base::{Grant, Role};
use crate::people::agency::brief::Brief;
use crate::people::grant;
use crate::web::address;

const WORDS_MAX: usize = 100;

/// A person as a line of a list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Line {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub identifier: Option<String>,
    pub title: String,
    pub agency: Option<Uuid>,
    pub disabled_at: Option<DateTimeUtc>,
    pub came: bool,
    #[sea_orm(skip)]
    pub grants: Vec<Grant>,
}

impl Line {
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing::of(self.came, self.disabled_at.is_some())
    }

    /// The roles held, each once, in the order of [`Role::ALL`].
    #[must_use]
    pub fn roles(&self) -> Vec<Role> {
        Role::ALL.into_iter().filter(|role| self.grants.iter().any(|grant| grant.role == *role)).collect()
    }
}

/// What of the list is asked for; every field is a text of the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Filter {
    pub q: String,
    /// Slug of an agency.
    pub agency: String,
    /// Code of a role.
    pub role: String,
    /// `active`, `invited`, `disabled`
    pub state: String,
    pub page: String,
}

impl Filter {
    /// The same list with one field changed, as a query; the page is left out unless it is that field.
    #[must_use]
    pub fn with(&self, field: &str, value: &str) -> String {
        let own = [("q", &self.q), ("agency", &self.agency), ("role", &self.role), ("state", &self.state)];
        let mut pairs: Vec<(&str, &str)> =
            own.iter().map(|(name, own)| (*name, if *name == field { value } else { own.as_str() })).collect();
        if field == "page" {
            pairs.push(("page", value));
        }
        address::query(&pairs)
    }

    /// Whether anything narrows the list.
    #[must_use]
    pub fn narrows(&self) -> bool {
        [&self.q, &self.agency, &self.role, &self.state].iter().any(|field| !field.trim().is_empty())
    }
}

/// The people an administrator looks after, as the filter wants them, in the order of their names.
/// Two statements.
///
/// # Errors
/// The database failed.
pub async fn find(
    on: &impl ConnectionTrait,
    keeper: &Keeper,
    filter: &Filter,
    agencies: &HashMap<Uuid, Brief>,
) -> Result<Vec<Line>, DbErr> {
    let mut lines = all(on, keeper).await?;
    let agency = agencies.values().find(|agency| agency.slug == filter.agency).map(|agency| agency.id);
    let role = Role::from_code(&filter.role);
    lines.retain(|line| {
        (filter.agency.is_empty() || agency.is_some() && line.agency == agency)
            && (filter.role.is_empty() || line.grants.iter().any(|grant| Some(grant.role) == role))
            && (filter.state.is_empty() || line.standing().code() == filter.state)
    });
    let asked: String = filter.q.chars().take(WORDS_MAX).collect();
    let folded = vietnamese::fold(asked.trim()).into_owned();
    let words: Vec<&str> = folded.split_whitespace().collect();
    if !words.is_empty() {
        lines.retain(|line| {
            let agency = line.agency.and_then(|id| agencies.get(&id)).map_or("", |agency| &agency.short_name);
            let identifier = line.identifier.as_deref().unwrap_or_default();
            let text = format!("{} {} {} {identifier} {agency}", line.name, line.email, line.title);
            let text = vietnamese::fold(&text);
            words.iter().all(|word| text.contains(word))
        });
    }
    lines.sort_by_cached_key(|line| (vietnamese::order::natural_sort_key(&line.name), line.email.clone()));
    Ok(lines)
}

async fn all(on: &impl ConnectionTrait, keeper: &Keeper) -> Result<Vec<Line>, DbErr> {
    use Column as C;
    let columns = [C::Id, C::Name, C::Email, C::Identifier, C::Title, C::Agency, C::DisabledAt];
    let mut people = Entity::find().select_only().columns(columns).expr_as(came(), "came");
    if let Some(own) = keeper.agencies() {
        people = people.filter(C::Agency.is_in(own.to_vec()));
    }
    let mut lines = people.into_model::<Line>().all(on).await?;
    let mut grants = grant::Model::by_person(on).await?;
    for line in &mut lines {
        line.grants = grants.remove(&line.id).unwrap_or_default();
    }
    Ok(lines)
}
