//! Lists of assets: of which kind, whose, used or not, described or not, with which words.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Query};
use sea_orm::{Condition, QueryOrder};
use serde::Deserialize;

use super::asset::{Column, Entity, Kind};
use super::reach::Reach;
use super::usage;
use crate::base::{Who, containing};

/// What the address asks to see.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    pub q: String,
    /// [`Kind::code`]
    pub kind: String,
    /// Address name of an agency.
    pub agency: String,
    /// `me`: brought by the person.
    pub who: String,
    /// `yes`, `no`
    pub used: String,
    /// `alt`, `credit`: what is missing.
    pub missing: String,
    /// `deleted`: those that can still be taken back.
    pub state: String,
    pub page: Option<u64>,
}

/// The most words that are looked for.
const WORDS_MAX: usize = 12;

impl Ask {
    /// Whether anything is left out.
    #[must_use]
    pub fn narrows(&self) -> bool {
        let texts = [&self.q, &self.kind, &self.agency, &self.who, &self.used, &self.missing, &self.state];
        texts.iter().any(|text| !text.trim().is_empty())
    }
}

fn used() -> Expr {
    let uses = Query::select()
        .expr(Expr::val(1))
        .from(usage::Entity)
        .and_where(Expr::col((usage::Entity, usage::Column::Asset)).eq(Expr::col((Entity, Column::Id))))
        .to_owned();
    Expr::exists(uses)
}

/// The entries asked for, the newest first.
#[must_use]
pub fn asked(reach: &Reach, who: &Who, ask: &Ask, agency: Option<Uuid>) -> Select<Entity> {
    let mut assets = if ask.state == "deleted" {
        let own = Condition::all().add(Column::Agency.is_in(reach.own.iter().copied())).add(Column::DeletedAt.is_not_null());
        Entity::find().filter(own.add(Column::ClearedAt.is_null()))
    } else {
        Entity::find().filter(reach.condition())
    };
    if let Some(kind) = Kind::from_code(&ask.kind) {
        assets = assets.filter(Column::Kind.eq(kind));
    }
    if let Some(agency) = agency {
        assets = assets.filter(Column::Agency.eq(agency));
    }
    if ask.who == "me" {
        assets = assets.filter(Column::Person.eq(who.person));
    }
    assets = match ask.used.as_str() {
        "yes" => assets.filter(used()),
        "no" => assets.filter(used().not()),
        _ => assets,
    };
    assets = match ask.missing.as_str() {
        "alt" => assets.filter(Column::Alt.eq("")).filter(Column::Decorative.eq(false)).filter(Column::Kind.ne(Kind::Document)),
        "credit" => assets.filter(Column::Credit.eq("")),
        _ => assets,
    };
    for word in vietnamese::fold(&ask.q).split_whitespace().take(WORDS_MAX) {
        assets = assets.filter(Column::Words.like(containing(word)));
    }
    assets.order_by_desc(Column::UploadedAt).order_by_desc(Column::Id)
}
