//! Which roles a person holds, in which agency.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::person;
use crate::base::{App, By, Fact, Grant, Role, new_id};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person: Uuid,
    /// [`Role::code`]
    pub role: String,
    /// None for a role over the province.
    pub agency: Option<Uuid>,
    pub granted_at: DateTimeUtc,
    pub granted_by: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Everything a person may do.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Grant>, DbErr> {
        let rows = Entity::find().filter(Column::Person.eq(person)).all(on).await?;
        Ok(rows.into_iter().filter_map(|row| Some(Grant { role: Role::from_code(&row.role)?, agency: row.agency })).collect())
    }

    /// Gives a role; false when the person holds it already.
    ///
    /// # Errors
    /// The database failed.
    pub async fn give(app: &App, on: &impl ConnectionTrait, person: Uuid, grant: Grant, by: &By) -> Result<bool, DbErr> {
        if Self::of(on, person).await?.contains(&grant) {
            return Ok(false);
        }
        let row = ActiveModel {
            id: Set(new_id()),
            person: Set(person),
            role: Set(grant.role.code().into()),
            agency: Set(grant.agency),
            granted_at: Set(app.clock.now()),
            granted_by: Set(by.person),
        };
        Entity::insert(row).exec_without_returning(on).await?;
        app.record(on, person, Fact::RoleGranted { role: grant.role, agency: grant.agency }, by).await?;
        Ok(true)
    }

    /// Takes a role back; false when the person does not hold it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn take(app: &App, on: &impl ConnectionTrait, person: Uuid, grant: &Grant, by: &By) -> Result<bool, DbErr> {
        let there = grant.agency.map_or_else(|| Column::Agency.is_null(), |agency| Column::Agency.eq(agency));
        let taken = Entity::delete_many()
            .filter(Column::Person.eq(person))
            .filter(Column::Role.eq(grant.role.code()))
            .filter(there)
            .exec(on)
            .await?;
        if taken.rows_affected == 0 {
            return Ok(false);
        }
        app.record(on, person, Fact::RoleRevoked { role: grant.role, agency: grant.agency }, by).await?;
        Ok(true)
    }

    /// Keeps who holds a role as it is until the transaction ends, so that the last two do not strip each other.
    /// (SQLite lets one writer in at a time anyway.)
    ///
    /// # Errors
    /// The database failed.
    pub async fn hold(on: &impl ConnectionTrait, role: Role) -> Result<(), DbErr> {
        let rows = Entity::find().filter(Column::Role.eq(role.code())).order_by_asc(Column::Id);
        rows.lock_exclusive().all(on).await.map(|_| ())
    }

    /// Everything everybody may do.
    ///
    /// # Errors
    /// The database failed.
    pub async fn by_person(on: &impl ConnectionTrait) -> Result<HashMap<Uuid, Vec<Grant>>, DbErr> {
        let mut all: HashMap<Uuid, Vec<Grant>> = HashMap::new();
        for row in Entity::find().all(on).await? {
            if let Some(role) = Role::from_code(&row.role) {
                all.entry(row.person).or_default().push(Grant { role, agency: row.agency });
            }
        }
        Ok(all)
    }

    /// The people who hold one of these roles, each once.
    ///
    /// # Errors
    /// The database failed.
    pub async fn people_with(on: &impl ConnectionTrait, roles: &[Role]) -> Result<Vec<Uuid>, DbErr> {
        let codes = roles.iter().map(|role| role.code());
        let holders = Entity::find().select_only().column(Column::Person).distinct().filter(Column::Role.is_in(codes));
        holders.into_tuple().all(on).await
    }

    /// The people who hold one of these roles in that agency, each once.
    ///
    /// # Errors
    /// The database failed.
    pub async fn people_in(on: &impl ConnectionTrait, roles: &[Role], agency: Uuid) -> Result<Vec<Uuid>, DbErr> {
        let codes = roles.iter().map(|role| role.code());
        let holders = Entity::find().select_only().column(Column::Person).distinct().filter(Column::Role.is_in(codes));
        holders.filter(Column::Agency.eq(agency)).into_tuple().all(on).await
    }

    /// How many people who may sign in hold the role, without counting one of them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn holders(on: &impl ConnectionTrait, role: Role, without: Option<Uuid>) -> Result<u64, DbErr> {
        let holders = Entity::find().select_only().column(Column::Person).filter(Column::Role.eq(role.code()));
        let mut able = person::Entity::find()
            .filter(person::Column::Id.in_subquery(sea_orm::QueryTrait::into_query(holders)))
            .filter(person::Column::DisabledAt.is_null());
        if let Some(person) = without {
            able = able.filter(person::Column::Id.ne(person));
        }
        able.count(on).await
    }
}
