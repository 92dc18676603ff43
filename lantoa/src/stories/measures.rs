//! Stories of measures, over HTTP, on both engines. What is counted in them are confirmations of agencies: a fact that a story can record
//! on any day.

mod beside;
mod closing;
mod counting;
mod defining;
mod glance;
mod portal;
mod suggesting;

use std::collections::BTreeMap;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use crate::base::sources::{Asked, Counting, Month, Record, Source, Stretch, Tallied};
use crate::base::{App, By, Fact, Role, fact, time};
use crate::measures::kept::{self, PROVINCE};
use crate::measures::measure::{Measure, State};
use crate::people::Agency;
use crate::stories::duties::{adopted, agency, at, officer};
use crate::story;
use crate::testing::{House, Visitor};
use crate::web::Result;

const fn source(code: &'static str, counting: Counting, is_shared: bool) -> Source {
    Source {
        code,
        counting,
        is_shared,
        tallies: |app, stretch| Box::pin(tallies(app, stretch)),
        records: |app, _, _, asked| Box::pin(records(app, asked)),
    }
}

/// The same facts, counted in three ways: plain, each once in the province, and as what there is.
static SOURCES: [Source; 2] = [source("test-things", Counting::Happened, false), source("test-events", Counting::Happened, true)];

async fn facts(app: &App, stretch: Stretch) -> Result<Vec<fact::Model>> {
    let mut all = fact::Entity::find()
        .filter(fact::Column::Kind.eq("AgencyConfirmed"))
        .order_by_desc(fact::Column::At)
        .all(&app.db)
        .await?;
    let within = |one: &fact::Model| {
        let day = time::local_date(one.at);
        stretch.first.first_day() <= day && day <= stretch.last.last_day()
    };
    all.retain(within);
    Ok(all)
}

async fn tallies(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let mut counts: BTreeMap<(Month, Uuid), u64> = BTreeMap::new();
    let mut once: BTreeMap<Month, u64> = BTreeMap::new();
    for one in facts(app, stretch).await? {
        let month = Month::of(time::local_date(one.at));
        *counts.entry((month, one.about)).or_default() += 1;
        once.insert(month, 1);
    }
    let of = counts.into_iter().map(|((month, agency), count)| Tallied { agency: Some(agency), month, count });
    // One thing a month in the province, whoever claims it; who is not shared pays no heed to these lines.
    let whole = once.into_iter().map(|(month, count)| Tallied { agency: None, month, count });
    Ok(of.chain(whole).collect())
}

async fn records(app: &App, asked: Asked) -> Result<Vec<Record>> {
    let all = facts(app, asked.stretch).await?;
    let record = |one: fact::Model| Record {
        id: one.id,
        agency: one.about,
        title: format!("Việc {}", one.id.simple()),
        on: time::local_date(one.at),
        href: Agency::desk_path(one.about),
        public_href: String::new(),
    };
    Ok(all.into_iter().filter(|one| asked.agency.is_none_or(|agency| agency == one.about)).map(record).collect())
}

/// A house in which confirmations of agencies can be counted.
pub fn counting(house: House) -> House {
    house.counting("library", &SOURCES)
}

/// Something of that agency happens on a day.
pub async fn happens(house: &House, agency: &Agency, moment: &str) {
    let now = house.app.clock.now();
    at(house, moment);
    let transaction = house.app.begin().await.expect("a transaction");
    house.app.record(&transaction, agency.id, Fact::AgencyConfirmed, &By::system()).await.expect("a fact");
    house.app.commit(transaction).await.expect("committed");
    house.app.clock.advance(now - house.app.clock.now());
}

pub async fn coordinator(house: &House) -> Visitor<'_> {
    house.someone(Role::Coordinator, Some(&agency(house, "so-khoa-hoc-va-cong-nghe").await)).await
}

/// The form of a share of departments that have at least one thing, with some fields otherwise.
fn form<'a>(code: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("code", code),
        ("title", "Tỷ lệ sở có việc"),
        ("meaning", "Sở có ít nhất một việc, chia cho số sở."),
        ("shape", "ratio"),
        ("above_of", "source:test-things"),
        ("above_sign", "plus"),
        ("above_least", "1"),
        ("above_number", ""),
        ("below_of", "agency"),
        ("below_sign", "plus"),
        ("below_least", ""),
        ("below_number", ""),
        ("every", "year"),
        ("roll_up", "last"),
        ("missing", "gap"),
        ("better", "higher"),
        ("class", "departments"),
        ("target_op", "at-least"),
        ("target_value", "80"),
        ("target_year", "2028"),
        ("public", "on"),
    ];
    for &(name, value) in more {
        match fields.iter_mut().find(|(field, _)| *field == name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }
    fields
}

pub async fn define(house: &House, who: &Visitor<'_>, code: &str, more: &[(&str, &str)]) -> Measure {
    let answer = who.post("/desk/measures", &form(code, more)).await.expect(303);
    assert_eq!(answer.location(), format!("/desk/measures/{code}"));
    agreed(house, code).await
}

/// A leader agrees to what is to be public.
pub async fn agreed(house: &House, code: &str) -> Measure {
    let measure = Measure::of_code(&house.app.db, code).await.expect("the measure");
    if measure.waits() {
        let leader = house.someone(Role::Leader, None).await;
        let version = measure.version.to_string();
        leader.post(&format!("{}/acts/agree", measure.desk_path()), &[("version", &version)]).await.expect(303);
    }
    Measure::of_code(&house.app.db, code).await.expect("the measure")
}

pub async fn settle(house: &House) {
    crate::measures::settling::settle(&house.app).await.expect("a pass");
}
