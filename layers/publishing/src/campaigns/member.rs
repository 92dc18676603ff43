//! The agencies of a campaign, by the names they had when they came in. What becomes of an agency later changes no row: who takes over
//! from it counts for it from that day on, and the page says both names.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder};

use crate::base::new_id;
use crate::people::agency::brief::Known;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign_agency")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub campaign: Uuid,
    pub agency: Uuid,
    /// Its name on the day it came in.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub joined_on: Date,
    /// When it was taken off a campaign that ran.
    pub left_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Member = Model;

impl Model {
    /// Those of a campaign, as they came in.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, campaign: Uuid) -> Result<Vec<Self>, DbErr> {
        let of = Entity::find().filter(Column::Campaign.eq(campaign));
        of.order_by_asc(Column::Name).order_by_asc(Column::Id).all(on).await
    }

    /// What it is called now, where that is another name or another body; empty when nothing changed.
    #[must_use]
    pub fn now_called(&self, known: &Known, today: NaiveDate) -> String {
        let Some(agency) = known.get(&self.agency) else { return String::new() };
        if agency.is_open_on(today) {
            return if agency.name == self.name { String::new() } else { agency.name.clone() };
        }
        let heirs = known.in_charge(self.agency, today);
        let names: Vec<&str> = heirs
            .iter()
            .filter(|heir| **heir != self.agency)
            .filter_map(|heir| known.get(heir))
            .map(|one| one.name.as_str())
            .collect();
        names.join("; ")
    }
}

/// For which of these something of an agency counts on a day: for itself, or for the one that it took over from.
#[must_use]
pub fn counts_for(members: &[Member], known: &Known, agency: Uuid, day: NaiveDate) -> Option<Uuid> {
    let itself = members.iter().find(|member| member.agency == agency);
    let took_over = || {
        members.iter().find(|member| {
            let ended = known.get(&member.agency).is_some_and(|one| !one.is_open_on(day));
            ended && known.in_charge(member.agency, day).contains(&agency)
        })
    };
    itself.or_else(took_over).map(|member| member.agency)
}

/// Makes these the agencies of a campaign. Who is taken off one that runs stays in it, with the day. // recorded by the verb that saves it
///
/// # Errors
/// The database failed.
pub async fn settle(
    on: &impl ConnectionTrait,
    campaign: Uuid,
    wanted: &[Uuid],
    known: &Known,
    (today, runs): (NaiveDate, bool),
) -> Result<(), DbErr> {
    let there = Model::of(on, campaign).await?;
    for member in &there {
        let stays = wanted.contains(&member.agency);
        if stays && member.left_on.is_some() {
            let back = ActiveModel { id: Set(member.id), left_on: Set(None), ..Default::default() };
            Entity::update(back).exec(on).await?;
        } else if !stays && !runs {
            Entity::delete_by_id(member.id).exec(on).await?;
        } else if !stays && member.left_on.is_none() {
            let left = ActiveModel { id: Set(member.id), left_on: Set(Some(today)), ..Default::default() };
            Entity::update(left).exec(on).await?;
        }
    }
    let row = |agency: &Uuid| {
        ActiveModel::from(Model {
            id: new_id(),
            campaign,
            agency: *agency,
            name: known.get(agency).map(|body| body.name.clone()).unwrap_or_default(),
            joined_on: today,
            left_on: None,
        })
    };
    let fresh: Vec<ActiveModel> =
        wanted.iter().filter(|agency| there.iter().all(|member| member.agency != **agency)).map(row).collect();
    if !fresh.is_empty() {
        Entity::insert_many(fresh).exec_without_returning(on).await?;
    }
    Ok(())
}
