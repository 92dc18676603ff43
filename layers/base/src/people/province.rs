//! The default province that ships with the product (`data/dong-thap.json`): put into an empty database once.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use serde::Deserialize;

use super::agency::name::{self, NameKind, short_forms};
use super::agency::{self, Agency, Confidence, Kind};
use super::resolve::{Life, Resolver};
use crate::base::{App, By, Fact, new_id};

/// The shipped file.
#[derive(Debug, Deserialize)]
struct Shipped {
    province: Province,
    bodies: Vec<Body>,
    communes: Vec<Commune>,
}

#[derive(Debug, Deserialize)]
struct Province {
    /// The day the province took its present form; bodies without a day of their own begin with it.
    open_from: NaiveDate,
}

#[derive(Debug, Deserialize)]
struct Body {
    code: String,
    kind: String,
    name: String,
    short_name: String,
    parent: Option<String>,
    open_from: Option<NaiveDate>,
    confidence: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    former: Vec<Former>,
    #[serde(default)]
    note: String,
}

#[derive(Debug, Deserialize)]
struct Former {
    name: String,
    until: NaiveDate,
}

#[derive(Debug, Deserialize)]
struct Commune {
    code: String,
    kind: String,
    name: String,
    area_km2: f64,
    longitude: f64,
    latitude: f64,
    made_from: Vec<Unit>,
}

/// An old unit: its name, and whether only a part of it went into the new one.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Unit {
    Whole(String),
    Part { name: String },
}

static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/dong-thap.json")).expect("data/dong-thap.json is read by a test")
});

/// The shipped agencies and their names, with new ids.
#[must_use]
pub fn shipped() -> (Vec<Agency>, Vec<name::Model>) {
    let mut agencies: Vec<Agency> = Vec::new();
    let mut names = Vec::new();
    for body in &SHIPPED.bodies {
        let agency = of_body(body);
        names.extend(names_of_body(body, &agency));
        agencies.push(agency);
    }
    for commune in &SHIPPED.communes {
        let agency = of_commune(commune);
        names.extend(names_of_commune(commune, &agency));
        agencies.push(agency);
    }
    let mut taken: HashMap<String, u32> = HashMap::new();
    for agency in &mut agencies {
        let times = taken.entry(agency.slug.clone()).and_modify(|times| *times += 1).or_insert(1);
        if *times > 1 {
            agency.slug = format!("{}-{times}", agency.slug);
        }
    }
    let ids: HashMap<String, Uuid> = agencies.iter().map(|agency| (agency.code.clone(), agency.id)).collect();
    let parents = SHIPPED.bodies.iter().map(|body| body.parent.as_ref()).chain(SHIPPED.communes.iter().map(|_| None));
    for (agency, parent) in agencies.iter_mut().zip(parents) {
        agency.parent = parent.and_then(|code| ids.get(code)).copied();
    }
    (agencies, names)
}

/// Names of the shipped province without any database, e.g. for reading a plan on the command line.
#[must_use]
pub fn resolver() -> Resolver {
    let (agencies, names) = shipped();
    let lives = agencies.into_iter().map(Life::from).collect();
    Resolver::new(lives, &names, &[])
}

/// Opens the agencies of the shipped file when there is none yet. One transaction: all of it is there, or
/// nothing. Of two nodes at once, the second waits for the first at the first row and then finds it done.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    if agency::Entity::find().one(&app.db).await?.is_some() {
        return Ok(());
    }
    let (agencies, names) = shipped();
    let transaction = app.begin().await?;
    let Some((first, rest)) = agencies.split_first() else { return Ok(()) };
    let alone = OnConflict::column(agency::Column::Code).do_nothing().to_owned();
    let begun = agency::Entity::insert(agency::ActiveModel::from(first.clone()))
        .on_conflict(alone)
        .exec_without_returning(&transaction)
        .await?;
    if begun == 0 {
        return Ok(());
    }
    for chunk in rest.chunks(100) {
        let rows: Vec<agency::ActiveModel> = chunk.iter().cloned().map(Into::into).collect();
        agency::Entity::insert_many(rows).exec_without_returning(&transaction).await?;
    }
    name::Model::add(&transaction, names).await?;
    let by = By::system().because("dữ liệu ban đầu của tỉnh");
    for agency in &agencies {
        app.record(&transaction, agency.id, Fact::AgencyOpened { name: agency.name.clone() }, &by).await?;
    }
    app.commit(transaction).await?;
    tracing::info!(agencies = agencies.len(), "opened the agencies of the default province");
    Ok(())
}

fn of_body(body: &Body) -> Agency {
    Agency {
        kind: Kind::try_from_value(&body.kind).unwrap_or(Kind::Other),
        open_from: body.open_from.unwrap_or(SHIPPED.province.open_from),
        confidence: body.confidence.as_ref().and_then(|text| Confidence::try_from_value(text).ok()).unwrap_or(Confidence::High),
        note: body.note.clone(),
        ..plain(&body.code, &body.name, &body.short_name)
    }
}

fn of_commune(commune: &Commune) -> Agency {
    let kind = Kind::try_from_value(&commune.kind).unwrap_or(Kind::Commune);
    let short_name = format!("{} {}", kind.unit().unwrap_or_default(), commune.name);
    Agency {
        kind,
        latitude: Some(commune.latitude),
        longitude: Some(commune.longitude),
        area_km2: Some(commune.area_km2),
        ..plain(&commune.code, &format!("Ủy ban nhân dân {short_name}"), &short_name)
    }
}

/// An agency about which nothing more is known than its names. Its public address is made from the name that
/// people look for: a commune's short one, a body's full one.
fn plain(code: &str, name: &str, short_name: &str) -> Agency {
    let local = code.bytes().all(|byte| byte.is_ascii_digit());
    Agency {
        id: new_id(),
        slug: vietnamese::slug(if local { short_name } else { name }).unwrap_or_else(|| code.to_lowercase()),
        code: code.into(),
        name: name.into(),
        short_name: short_name.into(),
        kind: Kind::Other,
        parent: None,
        official_code: None,
        open_from: SHIPPED.province.open_from,
        closed_on: None,
        confidence: Confidence::High,
        latitude: None,
        longitude: None,
        area_km2: None,
        boundary: None,
        email: None,
        phone: None,
        address: None,
        note: String::new(),
        demo: false,
        version: 1,
    }
}

fn official(agency: &Agency) -> name::Model {
    let name = name::Model::new(agency.id, NameKind::Official, &agency.name, Some(agency.open_from));
    name::Model { short_name: Some(agency.short_name.clone()), ..name }
}

fn names_of_body(body: &Body, agency: &Agency) -> Vec<name::Model> {
    let aliases = body.aliases.iter().map(|alias| name::Model::new(agency.id, NameKind::Alias, alias, Some(agency.open_from)));
    let former = body.former.iter().map(|former| name::Model {
        until: Some(former.until),
        ..name::Model::new(agency.id, NameKind::Former, &former.name, None)
    });
    std::iter::once(official(agency)).chain(aliases).chain(former).collect()
}

fn names_of_commune(commune: &Commune, agency: &Agency) -> Vec<name::Model> {
    let aliases = short_forms(agency.kind, &agency.name)
        .into_iter()
        .map(|alias| name::Model::new(agency.id, NameKind::Alias, &alias, Some(agency.open_from)));
    let former = commune.made_from.iter().map(|unit| {
        let (name, partial) = match unit {
            Unit::Whole(name) => (name, false),
            Unit::Part { name } => (name, true),
        };
        let former = name::Model::new(agency.id, NameKind::Former, name, None);
        name::Model { until: SHIPPED.province.open_from.pred_opt(), partial, ..former }
    });
    std::iter::once(official(agency)).chain(aliases).chain(former).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_whole() {
        let (agencies, names) = shipped();
        let locals = agencies.iter().filter(|agency| agency.kind.is_local());
        assert_eq!(locals.clone().count(), 102);
        assert_eq!(locals.clone().filter(|agency| agency.kind == Kind::Ward).count(), 20);
        assert_eq!(agencies.len(), 141);
        for key in [|agency: &Agency| agency.code.clone(), |agency: &Agency| agency.slug.clone()] {
            let mut keys: Vec<String> = agencies.iter().map(key).collect();
            keys.sort();
            keys.dedup();
            assert_eq!(keys.len(), agencies.len(), "a code or an address stands twice");
        }
        assert!(locals.clone().all(|agency| agency.code.len() == 5 && agency.latitude.is_some() && agency.area_km2.is_some()));
        assert!(agencies.iter().filter(|agency| agency.confidence != Confidence::High).all(|agency| !agency.note.is_empty()));
        assert_eq!(names.iter().filter(|name| name.partial).count(), 6, "three old units were split in two");
        assert!(agencies.iter().any(|agency| agency.slug == "so-khoa-hoc-va-cong-nghe"));
        assert!(agencies.iter().any(|agency| agency.slug == "xa-tan-phuoc-1" && agency.name == "Ủy ban nhân dân xã Tân Phước 1"));
        for (body, agency) in SHIPPED.bodies.iter().zip(&agencies) {
            assert_eq!(body.kind, agency.kind.to_value(), "{}", body.code);
            assert_eq!(body.parent.is_some(), agency.parent.is_some(), "the parent of {}", body.code);
        }
        let area: f64 = locals.filter_map(|agency| agency.area_km2).sum();
        assert!((area - 5938.64).abs() < 5.0, "{area} km²");
    }
}
