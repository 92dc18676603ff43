//! Filling in a visit: what was seen of each item, on which day, and the conclusion, in one press.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;

use super::item::{self, Item, Verdict};
use super::planning::{ITEM_LETTERS_MAX, ITEMS_MAX, add_items, lines};
use super::visit::{self, Visit};
use crate::base::{App, By, Fact, Who, time};
use crate::cases::case::acting::{plain, secret};
use crate::people::agency::draft::value;
use crate::web::{Error, Obstacle};

pub const NOTE_LETTERS_MAX: usize = 2_000;
pub const CONCLUSION_LETTERS_MAX: usize = 10_000;

/// A visit as it was filled in, as typed.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The visit's version that was seen.
    pub version: i32,
    pub visited_on: String,
    pub conclusion: String,
    /// Verdict and note of each item.
    pub items: HashMap<Uuid, (String, String)>,
    /// Further items, one a line.
    pub more: String,
}

impl Visit {
    /// Keeps what was filled in. Items that the form does not name stay as they are.
    ///
    /// # Errors
    /// Refused when a text is too long or a day is none; stale when a colleague was quicker or the conclusion is published;
    /// or the database failed.
    pub async fn check(&self, app: &App, who: &Who, inspection: Uuid, checked: &Checked) -> Result<(), Error> {
        let today = time::local_date(app.clock.now());
        let mut wrong = Vec::new();
        let visited_on = value::day_if_any(&checked.visited_on).map_err(|one| wrong.push(one.at("visited_on"))).ok().flatten();
        if visited_on.is_some_and(|day| day > today) {
            wrong.push(Obstacle::new("inspection-visited-later").at("visited_on"));
        }
        let too_long = |most: usize, field: &'static str| Obstacle::new("case-too-long").with("n", most).at(field);
        let conclusion = plain(&checked.conclusion, CONCLUSION_LETTERS_MAX);
        if conclusion.is_none() {
            wrong.push(too_long(CONCLUSION_LETTERS_MAX, "conclusion"));
        }
        wrong.extend(secret(&checked.conclusion, "conclusion"));
        wrong.extend(checked.items.values().find_map(|(_, note)| secret(note, "items")));
        if checked.items.values().any(|(_, note)| plain(note, NOTE_LETTERS_MAX).is_none()) {
            wrong.push(too_long(NOTE_LETTERS_MAX, "items"));
        }
        let more = lines(&checked.more);
        if more.is_none() {
            let words = Obstacle::new("inspection-checklist-wrong").with("most", ITEMS_MAX).with("n", ITEM_LETTERS_MAX);
            wrong.push(words.at("more"));
        }
        let (Some(conclusion), Some(more), true) = (conclusion, more, wrong.is_empty()) else {
            return Err(Error::Refused(wrong));
        };
        let transaction = app.begin().await?;
        self.claim(&transaction, checked.version).await?;
        let items = Item::of(&transaction, &[self.id]).await?;
        if items.len() + more.len() > ITEMS_MAX {
            let words = Obstacle::new("inspection-checklist-wrong").with("most", ITEMS_MAX).with("n", ITEM_LETTERS_MAX);
            return Err(Error::Refused(vec![words.at("more")]));
        }
        for changed in changed(&items, &checked.items) {
            item::Entity::update(changed).exec(&transaction).await?;
        }
        let next = items.last().map_or(0, |last| last.position + 1);
        add_items(&transaction, self.id, next, more.into_iter().map(|text| (text, None)).collect()).await?;
        visit::Entity::update_many()
            .col_expr(visit::Column::VisitedOn, Expr::value(visited_on))
            .col_expr(visit::Column::Conclusion, Expr::value(conclusion))
            .filter(visit::Column::Id.eq(self.id))
            .exec(&transaction)
            .await?;
        app.record(&transaction, inspection, Fact::VisitChecked { agency: self.agency }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

/// The items that are not as they were.
fn changed(items: &[Item], given: &HashMap<Uuid, (String, String)>) -> Vec<item::ActiveModel> {
    let change = |item: &Item| {
        let (verdict, note) = given.get(&item.id)?;
        let verdict = Verdict::try_from_value(verdict).ok()?;
        let note = plain(note, NOTE_LETTERS_MAX)?;
        let is_changed = verdict != item.verdict || note != item.note;
        is_changed.then(|| item::ActiveModel::from(Item { verdict, note, ..item.clone() }).reset_all())
    };
    items.iter().filter_map(change).collect()
}
