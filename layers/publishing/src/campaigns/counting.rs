//! The count of a campaign, from what is out. Pure: given the same items it says the same for ever, which is what a closing freezes.
//!
//! One work counts once: an article, its translation and all their copies are one item; so is a piece that was written for channels
//! alone, on however many of them. It counts when it is out for all to see and came out between the first day and the last.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::kpi::Stand;
use crate::reach::extent::Extent;

/// Something that a campaign claimed, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The work's id, or the piece's.
    pub id: Uuid,
    pub title: String,
    /// Its page of the desk.
    pub href: String,
    /// The article to make further pieces of; None for a piece that was written for channels alone.
    pub article: Option<Uuid>,
    pub agency: Uuid,
    /// The agency's name when it was claimed.
    pub agency_name: String,
    /// The agency of the campaign for which it counts; None for the one that leads it, when it is not among them.
    pub member: Option<Uuid>,
    pub out_on: Option<NaiveDate>,
    pub standing: Standing,
    pub audiences: Vec<String>,
    pub messages: Vec<String>,
    /// Where it is out, sorted.
    pub channels: Vec<String>,
    pub copies: usize,
    pub low: Option<i64>,
    pub high: Option<i64>,
    pub silent: usize,
}

/// Whether it counts, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Counted,
    /// Nobody can see it (yet, or any more).
    NotOut,
    /// It came out before the first day or after the last.
    Outside,
}

impl Standing {
    /// The Fluent key of its words.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Counted => "campaign-item-counted",
            Self::NotOut => "campaign-item-not-out",
            Self::Outside => "campaign-item-outside",
        }
    }

    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Counted => "on-time",
            Self::NotOut => "open",
            Self::Outside => "returned",
        }
    }
}

/// What is counted, and over which cells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub audiences: Vec<String>,
    pub messages: Vec<String>,
    pub channels: Vec<String>,
    pub items: Vec<Item>,
}

impl Counts {
    pub fn counted(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.standing == Standing::Counted)
    }

    /// The items of a cell.
    pub fn cell<'a>(&'a self, message: &'a str, audience: &'a str, channel: &'a str) -> impl Iterator<Item = &'a Item> {
        self.within(message, audience).filter(move |item| item.channels.iter().any(|one| one == channel))
    }

    /// The items that say that to those people, wherever.
    pub fn within<'a>(&'a self, message: &'a str, audience: &'a str) -> impl Iterator<Item = &'a Item> {
        let says = move |item: &&Item| item.messages.iter().any(|one| one == message);
        self.counted().filter(says).filter(move |item| item.audiences.iter().any(|one| one == audience))
    }

    /// How many items of an agency bring that message across.
    #[must_use]
    pub fn of_agency(&self, agency: Uuid, message: &str) -> usize {
        let its = self.counted().filter(|item| item.member == Some(agency));
        its.filter(|item| item.messages.iter().any(|one| one == message)).count()
    }

    /// The agencies of the campaign of which something is out.
    #[must_use]
    pub fn agencies(&self) -> BTreeSet<Uuid> {
        self.counted().filter_map(|item| item.member).collect()
    }

    #[must_use]
    pub fn copies(&self) -> usize {
        self.counted().map(|item| item.copies).sum()
    }

    /// How many cells there are.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.audiences.len() * self.messages.len() * self.channels.len()
    }

    /// How many of them have something in them.
    #[must_use]
    pub fn filled(&self) -> usize {
        let of = |audience: &String, message: &String| {
            self.channels.iter().filter(|channel| self.cell(message, audience, channel).next().is_some()).count()
        };
        self.audiences.iter().flat_map(|audience| self.messages.iter().map(move |message| of(audience, message))).sum()
    }

    /// People reached: at least the most of one item, at most the sum of all.
    #[must_use]
    pub fn extent(&self) -> Extent {
        self.counted().fold(Extent::default(), |sum, item| Extent {
            low: sum.low.max(item.low),
            high: match (sum.high, item.high) {
                (Some(one), Some(other)) => Some(one.saturating_add(other)),
                (one, other) => one.or(other),
            },
            silent: sum.silent + item.silent,
        })
    }
}

/// An agency as it stands in the final count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    pub id: Uuid,
    pub name: String,
    pub items: usize,
}

/// What a closing freezes: everything that the count is made of, and what it came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Final {
    pub at: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub budget: Option<i64>,
    pub counts: Counts,
    pub agencies: Vec<Agency>,
    pub kpis: Vec<Stand>,
    pub items: usize,
    pub copies: usize,
    pub filled: usize,
    pub cells: usize,
    pub low: Option<i64>,
    pub high: Option<i64>,
}

impl Final {
    /// Whether its sums are what its items come to.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let (counts, range) = (&self.counts, self.counts.extent());
        let sums = (counts.counted().count(), counts.copies(), counts.filled(), counts.cells(), range.low, range.high);
        sums == (self.items, self.copies, self.filled, self.cells, self.low, self.high)
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    fn item(number: u128, standing: Standing, channels: &[&str], people: i64) -> Item {
        Item {
            id: Uuid::from_u128(number),
            title: String::new(),
            href: String::new(),
            article: None,
            agency: Uuid::from_u128(9),
            agency_name: String::new(),
            member: Some(Uuid::from_u128(9)),
            out_on: None,
            standing,
            audiences: vec!["public".into()],
            messages: vec!["skills".into(), "safety".into()],
            channels: channels.iter().map(ToString::to_string).collect(),
            copies: channels.len(),
            low: Some(people),
            high: Some(people * 2),
            silent: 0,
        }
    }

    #[test]
    fn only_what_is_out_counts_and_holes_are_holes() {
        let counts = Counts {
            audiences: vec!["public".into(), "youth".into()],
            messages: vec!["skills".into(), "policy".into()],
            channels: vec!["portal".into(), "facebook".into()],
            items: vec![
                item(1, Standing::Counted, &["portal", "facebook"], 10),
                item(2, Standing::Counted, &["portal"], 30),
                item(3, Standing::NotOut, &[], 99),
                item(4, Standing::Outside, &["portal"], 99),
            ],
        };
        assert_eq!((counts.counted().count(), counts.copies(), counts.filled(), counts.cells()), (2, 3, 2, 8));
        assert_eq!(counts.cell("skills", "public", "portal").count(), 2);
        assert_eq!(counts.cell("skills", "youth", "portal").count(), 0);
        assert_eq!(counts.of_agency(Uuid::from_u128(9), "safety"), 2);
        assert_eq!(counts.extent(), Extent { low: Some(30), high: Some(80), silent: 0 });
    }
}
