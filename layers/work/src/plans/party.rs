//! A body that a provision names, as written and as resolved.

use chrono::NaiveDate;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::recognise::{self, Doubt};
use crate::base::new_id;
use crate::people::Resolver;
use crate::people::resolve;

/// What the body does in the provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Part {
    /// Chủ trì
    Lead,
    /// Phối hợp
    Support,
    /// Nơi nhận báo cáo, kết quả
    Recipient,
}

/// How the name was matched with an agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Resolution {
    /// One agency has this name.
    Agency,
    /// A class of agencies, e.g. "các sở, ban, ngành, địa phương".
    Class,
    /// Several agencies could be meant: a person decides.
    Ambiguous,
    /// No agency has this name; it may well be outside the province.
    Unknown,
    /// A person chose.
    Chosen,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provision_party")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub plan: Uuid,
    pub provision: Uuid,
    pub part: Part,
    pub position: i32,
    /// As written in the document.
    pub name: String,
    pub resolution: Resolution,
    pub agency: Option<Uuid>,
    /// Code of the class, see `data/classes.json`.
    pub class: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Party = Model;

impl Model {
    /// All parties of a plan's provisions, in their order.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_plan(on: &impl ConnectionTrait, plan: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Plan.eq(plan)).order_by_asc(Column::Position).all(on).await
    }

    /// The parties of one provision, in their order.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_provision(on: &impl ConnectionTrait, provision: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Provision.eq(provision)).order_by_asc(Column::Position).all(on).await
    }
}

/// A name looked up.
#[must_use]
pub fn resolved(
    plan: Uuid,
    provision: Uuid,
    part: Part,
    position: i32,
    name: &str,
    resolver: &Resolver,
    day: NaiveDate,
) -> Model {
    let (resolution, agency, class) = match resolver.resolve(name, day) {
        resolve::Resolution::Agency(agency) => (Resolution::Agency, Some(agency), None),
        resolve::Resolution::Class(code) => (Resolution::Class, None, Some(code)),
        resolve::Resolution::Ambiguous(_) => (Resolution::Ambiguous, None, None),
        resolve::Resolution::Unknown => (Resolution::Unknown, None, None),
    };
    Model { id: new_id(), plan, provision, part, position, name: name.into(), resolution, agency, class }
}

/// The parties of what was recognised, and the doubts that resolving them raised.
#[must_use]
pub fn of_recognised(
    plan: Uuid,
    provision: Uuid,
    found: &recognise::Provision,
    resolver: &Resolver,
    day: NaiveDate,
) -> (Vec<ActiveModel>, Vec<Doubt>) {
    let named = [(Part::Lead, &found.leads), (Part::Support, &found.cooperates), (Part::Recipient, &found.recipients)];
    let names = named.into_iter().flat_map(|(part, names)| names.iter().map(move |name| (part, name)));
    let parties: Vec<Model> =
        (1..).zip(names).map(|(position, (part, name))| resolved(plan, provision, part, position, name, resolver, day)).collect();
    let doubts = parties.iter().filter_map(doubt).collect();
    (parties.into_iter().map(ActiveModel::from).collect(), doubts)
}

/// A lead that is nobody in particular is worth a look before the plan is adopted.
fn doubt(party: &Model) -> Option<Doubt> {
    let (kind, message) = match (party.part, party.resolution) {
        (_, Resolution::Ambiguous) => {
            ("party-ambiguous", format!("Có nhiều cơ quan cùng tên “{}”: chọn cơ quan đúng.", party.name))
        }
        (Part::Lead, Resolution::Unknown) => (
            "party-unknown",
            format!(
                "Chưa có cơ quan nào tên “{}” trong danh mục: gắn với một cơ quan, hoặc xác nhận để giữ như văn bản.",
                party.name
            ),
        ),
        _ => return None,
    };
    Some(Doubt { field: "leads".into(), kind: kind.into(), message })
}

/// Puts the names of a corrected provision in place of the old ones; what a person chose for a name stays.
/// Recorded by [`super::Provision::correct`]. // recorded by Provision::correct
///
/// # Errors
/// The database failed.
pub async fn replace(
    on: &impl ConnectionTrait,
    provision: &super::Provision,
    names: &[(Part, String)],
    old: &[Model],
    resolver: &Resolver,
    day: NaiveDate,
) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Provision.eq(provision.id)).exec(on).await?;
    let rows = (1..).zip(names).map(|(position, (part, name))| {
        let chosen = old.iter().find(|party| party.name == *name && party.resolution == Resolution::Chosen);
        let mut party = resolved(provision.plan, provision.id, *part, position, name, resolver, day);
        if let Some(chosen) = chosen {
            party = Model { resolution: Resolution::Chosen, agency: chosen.agency, class: None, ..party };
        }
        ActiveModel::from(party)
    });
    let rows: Vec<ActiveModel> = rows.collect();
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(on).await?;
    }
    Ok(())
}

/// A party of that plan.
///
/// # Errors
/// Not found, or the database failed.
pub async fn find(on: &impl ConnectionTrait, plan: Uuid, id: Uuid) -> Result<Model, crate::web::Error> {
    Entity::find_by_id(id).filter(Column::Plan.eq(plan)).one(on).await?.ok_or(crate::web::Error::NotFound)
}
