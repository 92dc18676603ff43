//! A link is used.

use sea_orm::entity::prelude::*;

use super::{Column, Entity, Model, Purpose};
use crate::base::{App, By, Fact, Grant, Role};
use crate::people::person::adding::Newcomer;
use crate::people::{Person, grant, password, person};
use crate::web::{Error, Obstacle, Result};

/// What the person writes on the page behind a link.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Asked of an administrator only; otherwise the account has them.
    pub name: String,
    pub email: String,
    pub password: String,
}

impl Answer {
    /// What is wrong, each with the field it stands in; `person` is whose link it is.
    #[must_use]
    pub fn obstacles(&self, person: Option<&Person>) -> Vec<(&'static str, Obstacle)> {
        let mut found = Vec::new();
        if person.is_none() {
            found.extend(person::name_obstacle(&self.name).map(|obstacle| ("name", obstacle)));
            found.extend(person::email_obstacle(&self.email).map(|obstacle| ("email", obstacle)));
        }
        let email = person.map_or_else(|| person::normal_email(&self.email), |person| person.email.clone());
        found.extend(password::obstacle(&self.password, &email).map(|obstacle| ("password", obstacle)));
        found
    }
}

impl Model {
    /// Uses the link: the password is set, sessions begun before end, and an administrator gets the role.
    /// The answer must be without obstacles.
    ///
    /// # Errors
    /// [`Error::Stale`] when the link was used meanwhile, or the database failed.
    pub async fn accept(self, app: &App, answer: &Answer) -> Result<Person> {
        let hash = password::hash(&answer.password).await?;
        let transaction = app.begin().await?;
        let used = Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(app.clock.now()))
            .filter(Column::Id.eq(self.id))
            .filter(Column::UsedAt.is_null())
            .exec(&transaction)
            .await?;
        if used.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let person = match self.person {
            Some(id) => Person::find(&transaction, id).await?,
            None => administrator(app, &transaction, answer).await?,
        };
        let by = By { person: Some(person.id), agency: person.agency, why: None };
        person.choose_password(app, &transaction, hash, None, &by).await?;
        let fact = Fact::InvitationUsed { purpose: self.purpose.code().into() };
        app.record(&transaction, self.person.unwrap_or(self.id), fact, &by).await?;
        app.commit(transaction).await?;
        Ok(person)
    }

    /// Whether the person is signed in at once. Not after a new password: the second step is asked as always.
    #[must_use]
    pub fn signs_in(&self) -> bool {
        self.purpose != Purpose::Password
    }
}

/// Who opens an administrator's link has the console's word: a known account is opened again with it,
/// without the second step that may be lost.
async fn administrator(app: &App, on: &impl ConnectionTrait, answer: &Answer) -> Result<Person> {
    let known = Person::find_by_email(on, &answer.email).await?;
    let person = match known {
        Some(person) => {
            person.drop_second_step(app, on, &By::system()).await?;
            if person.is_disabled() {
                person.enable(app, on, &By::system()).await?;
            }
            person
        }
        None => {
            let newcomer = Newcomer { name: answer.name.clone(), email: answer.email.clone(), ..Newcomer::default() };
            Person::add(app, on, newcomer, &By::system()).await?
        }
    };
    grant::Model::give(app, on, person.id, Grant { role: Role::SystemAdministrator, agency: None }, &By::system()).await?;
    Ok(person)
}
