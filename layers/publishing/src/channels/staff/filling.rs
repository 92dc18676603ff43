//! What a variant asks for besides words and pictures: the places of a template, and whether an article is broadcast.

use sea_orm::entity::prelude::*;

use super::one;
use crate::base::App;
use crate::channels::platform::zns;
use crate::channels::{Account, Delivery, broadcasting};

/// How the field of a place begins; its name follows.
const PLACE: &str = "place-";

/// A place of a template, as a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub field: String,
    pub name: String,
    pub value: String,
    pub letters_max: u32,
}

/// The places of the account's template with what the text brings; none where the words are free.
#[must_use]
pub fn places(account: &Account, text: &str) -> Vec<Place> {
    if !zns::is_of_template(account) {
        return Vec::new();
    }
    let values = platforms::zns::values(text);
    let place = |place: platforms::zns::Place| Place {
        field: format!("{PLACE}{}", place.name),
        value: values.iter().find(|(name, _)| *name == place.name).map(|(_, value)| value.clone()).unwrap_or_default(),
        letters_max: place.letters_max,
        name: place.name,
    };
    zns::template(&account.settings()).places().into_iter().map(place).collect()
}

/// The text that was typed: as it is, or what was filled in.
#[must_use]
pub fn text(fields: &[(String, String)]) -> String {
    let filled: Vec<(&str, &str)> =
        fields.iter().filter_map(|(name, value)| Some((name.strip_prefix(PLACE)?, value.as_str()))).collect();
    if filled.is_empty() { one(fields, "text").to_owned() } else { platforms::zns::written(filled) }
}

/// The words of a variant as people will read them.
#[must_use]
pub fn shown(account: Option<&Account>, text: &str) -> String {
    match account.filter(|account| zns::is_of_template(account)) {
        Some(account) => zns::template(&account.settings()).filled(&platforms::zns::values(text)),
        None => text.to_owned(),
    }
}

/// Whether the article of that variant is to be broadcast; None where nobody is asked.
///
/// # Errors
/// The database failed.
pub async fn broadcast(app: &App, account: &Account, row: &Delivery) -> Result<Option<bool>, DbErr> {
    if row.is_broadcast() || !broadcasting::is_allowed(account) {
        return Ok(None);
    }
    broadcasting::is_chosen(&app.db, row).await.map(Some)
}
