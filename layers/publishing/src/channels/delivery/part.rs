//! What of a piece a delivery is: mostly the whole. Of a Zalo article a second one may follow, see [`crate::channels::broadcasting`].

use sea_orm::entity::prelude::*;

use super::Delivery;
use crate::channels::Account;

/// Which part of a piece goes by a delivery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Part {
    #[default]
    #[sea_orm(string_value = "")]
    Whole,
    /// The article that is out is sent to those who follow the account.
    Broadcast,
}

impl Delivery {
    /// Whether it sends an article that is out to those who follow the account.
    #[must_use]
    pub fn is_broadcast(&self) -> bool {
        self.part == Part::Broadcast
    }

    /// The name of its channel: the account's, and by which way of it.
    #[must_use]
    pub fn channel(&self, account: &Account) -> String {
        if self.is_broadcast() { format!("Zalo Broadcast · {}", account.name) } else { account.label() }
    }
}
