//! Making a token. Its secret is shown once and kept by nobody.

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::{ActiveModel, Column, Entity, Model, OVER_ALL, PREFIX};
use crate::base::{App, By, Fact, Grant, Role, Who, time};
use crate::people::person::keeping::Keeper;
use crate::people::{Person, grant, session};
use crate::web::api::Scope;
use crate::web::{Error, Obstacle, Result};

const LABEL_LETTERS_MAX: usize = 80;
const HINT_LETTERS: usize = 4;
/// How long a token may hold, in days. None holds for ever.
pub const DAYS: [i64; 3] = [30, 90, 365];

/// A token as it is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Made by the form, the same for every press of the button.
    pub id: Uuid,
    pub label: String,
    /// E-mail of whom it acts for; the maker when empty.
    pub email: String,
    pub over_all: bool,
    pub scopes: Vec<Scope>,
    pub days: i64,
}

impl Model {
    /// Makes a token and returns its secret.
    ///
    /// # Errors
    /// Refused with each obstacle at its field; [`Error::Forbidden`] for who keeps no people; or the database failed.
    pub async fn make(app: &App, who: &Who, wanted: Wanted) -> Result<String> {
        let keeper = Keeper::of(who);
        if !who.is_any(&[Role::AgencyAdministrator, Role::SystemAdministrator]) {
            return Err(Error::Forbidden);
        }
        let person = match wanted.email.trim() {
            "" => Some(Person::find(&app.db, who.person).await?),
            email => Person::find_by_email(&app.db, email).await?,
        };
        let person = person.filter(|person| !person.is_disabled());
        // Who has no account here, and who is another's, are the same to an administrator.
        let person = person.filter(|person| person.id == who.person || keeper.keeps_people_of(person.agency));
        let mut obstacles = wanted.obstacles(&keeper);
        let Some(person) = person else {
            obstacles.push(Obstacle::new("token-person-unknown").at("email"));
            return Err(Error::Refused(obstacles));
        };
        let grants = grant::Model::of(&app.db, person.id).await?;
        obstacles.extend(wanted.obstacles_to(&keeper, &person, &grants));
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        wanted.kept(app, who, &person).await
    }
}

impl Wanted {
    fn obstacles(&self, keeper: &Keeper) -> Vec<Obstacle> {
        let label = self.label.trim();
        let found = [
            (label.is_empty(), Obstacle::new("token-label-missing").at("label")),
            (
                label.chars().count() > LABEL_LETTERS_MAX,
                Obstacle::new("token-label-long").at("label").with("n", LABEL_LETTERS_MAX),
            ),
            (self.scopes.is_empty(), Obstacle::new("token-scopes-missing").at("scopes")),
            (!DAYS.contains(&self.days), Obstacle::new("token-days-missing").at("days")),
            (self.over_all && !keeper.is_of_the_system(), Obstacle::new("token-reach-refused").at("reach")),
        ];
        found.into_iter().filter(|(stands, _)| *stands).map(|(_, obstacle)| obstacle).collect()
    }

    fn obstacles_to(&self, keeper: &Keeper, person: &Person, grants: &[Grant]) -> Vec<Obstacle> {
        let over_all = grants.iter().any(|grant| OVER_ALL.contains(&grant.role));
        let answers = |grant: &Grant| match grant.role {
            Role::Officer | Role::Approver => grant.agency.is_some() && grant.agency == person.agency,
            Role::Coordinator => person.agency.is_some(),
            _ => false,
        };
        let writes = self.scopes.contains(&Scope::AnswersWrite);
        let found = [
            (!self.over_all && person.agency.is_none(), "token-person-without-agency"),
            (!self.over_all && person.agency.is_some() && !keeper.keeps_people_of(person.agency), "token-person-unknown"),
            (self.over_all && !over_all, "token-person-not-over-all"),
            (writes && !grants.iter().any(answers), "token-person-may-not-answer"),
        ];
        found.into_iter().filter(|(stands, _)| *stands).map(|(_, key)| Obstacle::new(key).at("email")).collect()
    }

    async fn kept(self, app: &App, who: &Who, person: &Person) -> Result<String> {
        let secret = format!("{PREFIX}{}", session::token());
        let now = app.clock.now();
        let expires_at = now + TimeDelta::days(self.days);
        let scopes: Vec<String> = self.scopes.iter().map(|scope| scope.code().to_owned()).collect();
        let label = vietnamese::normalise(self.label.trim()).into_owned();
        let row = ActiveModel {
            id: Set(self.id),
            person: Set(person.id),
            agency: Set(person.agency.filter(|_| !self.over_all)),
            label: Set(label.clone()),
            hint: Set(secret[secret.len() - HINT_LETTERS..].to_owned()),
            token_hash: Set(session::hash(&secret)),
            scopes: Set(scopes.join(" ")),
            made_by: Set(who.person),
            made_at: Set(now),
            expires_at: Set(expires_at),
            last_used_at: Set(None),
            revoked_at: Set(None),
        };
        let transaction = app.begin().await?;
        let once = OnConflict::column(Column::Id).do_nothing().to_owned();
        if Entity::insert(row).on_conflict(once).exec_without_returning(&transaction).await? == 0 {
            return Err(Error::refused("token-is-made"));
        }
        let until = time::local_date(expires_at).to_string();
        app.record(&transaction, person.id, Fact::ApiTokenMade { label, scopes, until }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(secret)
    }
}
