//! Who of an agency works on a slot: one person at most, named by the agency itself or by whoever runs the plans. It says
//! whose desk the work lies on; anybody of the agency who may answer still may.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::slot::{InCharge, Slot};
use crate::base::{App, By, Fact, Role, Who};
use crate::people::agency::brief::Known;
use crate::people::person;
use crate::web::{Error, Obstacle};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "slot_assignment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub slot: Uuid,
    pub person: Uuid,
    pub given_by: Uuid,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Assignment = Model;

/// What one press did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Slots that have another person than before.
    pub done: usize,
    /// Slots that this person may not give away, or not to that one.
    pub left: usize,
}

impl Model {
    /// Who works on each of these slots, with their name: one statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, slots: &[Uuid]) -> Result<HashMap<Uuid, (Uuid, String)>, DbErr> {
        let their_person = Entity::belongs_to(person::Entity).from(Column::Person).to(person::Column::Id);
        let rows: Vec<(Uuid, Uuid, String)> = Entity::find()
            .select_only()
            .columns([Column::Slot, Column::Person])
            .column(person::Column::Name)
            .join(sea_orm::JoinType::InnerJoin, their_person.into())
            .filter(Column::Slot.is_in(slots.iter().copied()))
            .into_tuple()
            .all(on)
            .await?;
        Ok(rows.into_iter().map(|(slot, person, name)| (slot, (person, name))).collect())
    }

    /// Whether the person may say who works on it: whoever may answer, the agency's administrator, and the coordinator.
    #[must_use]
    pub fn may_give(who: &Who, in_charge: &InCharge) -> bool {
        let administers = |body: &Uuid| who.is_in(Role::AgencyAdministrator, *body);
        in_charge.may_answer(who)
            || in_charge.bodies().iter().any(administers)
            || who.is(Role::Coordinator)
            || who.is(Role::Leader)
    }

    /// Gives these slots to a person of the agency in charge, or to nobody in particular: all in one transaction.
    ///
    /// # Errors
    /// Refused when the person can not answer for any of them; or the database failed.
    pub async fn give(app: &App, who: &Who, slots: &[Slot], person: Option<Uuid>) -> Result<Given, Error> {
        let agencies = Known::now(app).await?;
        let places: HashSet<Uuid> = match person {
            Some(person) => person::places_answered_from(&app.db, person).await?.into_iter().collect(),
            None => HashSet::new(),
        };
        let fits = |slot: &&Slot| {
            let in_charge = InCharge::of(slot, &agencies, app);
            let is_theirs = person.is_none() || in_charge.bodies().iter().any(|body| places.contains(body));
            is_theirs && Self::may_give(who, &in_charge)
        };
        let fitting: Vec<&Slot> = slots.iter().filter(fits).collect();
        if fitting.is_empty() {
            return Err(Error::Refused(vec![Obstacle::new("assignment-not-theirs").at("person")]));
        }
        let transaction = app.begin().await?;
        let ids: Vec<Uuid> = fitting.iter().map(|slot| slot.id).collect();
        let now = Self::of(&transaction, &ids).await?;
        let changed: Vec<Uuid> = ids.into_iter().filter(|slot| now.get(slot).map(|(person, _)| *person) != person).collect();
        Self::write(app, &transaction, who, &changed, person).await?;
        if let Some(person) = person.filter(|person| *person != who.person && !changed.is_empty()) {
            let fact = Fact::WorkAssigned { slots: u32::try_from(changed.len()).unwrap_or(u32::MAX) };
            app.record(&transaction, person, fact, &By::from(who)).await?;
        }
        app.commit(transaction).await?;
        Ok(Given { done: changed.len(), left: slots.len() - fitting.len() })
    }

    async fn write(app: &App, on: &impl ConnectionTrait, who: &Who, slots: &[Uuid], person: Option<Uuid>) -> Result<(), DbErr> {
        let row = |slot: &Uuid, person| ActiveModel {
            slot: Set(*slot),
            person: Set(person),
            given_by: Set(who.person),
            at: Set(app.clock.now()),
        };
        match person {
            _ if slots.is_empty() => return Ok(()),
            Some(person) => {
                let columns = [Column::Person, Column::GivenBy, Column::At];
                let anew = OnConflict::column(Column::Slot).update_columns(columns).to_owned();
                let rows = slots.iter().map(|slot| row(slot, person));
                Entity::insert_many(rows).on_conflict(anew).exec_without_returning(on).await?;
            }
            None => {
                Entity::delete_many().filter(Column::Slot.is_in(slots.iter().copied())).exec(on).await?;
            }
        }
        let name = match person {
            Some(person) => person::names(on, &[person]).await?.remove(&person).unwrap_or_default(),
            None => String::new(),
        };
        for slot in slots {
            app.record(on, *slot, Fact::SlotAssigned { person, name: name.clone() }, &By::from(who)).await?;
        }
        Ok(())
    }
}
