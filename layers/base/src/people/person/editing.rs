//! What is known of a person changes.

use sea_orm::SqlErr;
use sea_orm::entity::prelude::*;

use super::{Column, Entity, Model, email_obstacle, name_obstacle, normal_email, normal_name};
use crate::base::fact::Change;
use crate::base::mail::Mail;
use crate::base::{App, By, Fact};
use crate::people::invitation::Invitation;
use crate::web::{Error, Obstacle, Result};

const TITLE_LETTERS_MAX: usize = 120;
const IDENTIFIER_LETTERS_MAX: usize = 120;

/// What a person is to be known by.
#[derive(Clone, Debug)]
pub struct Details {
    pub name: String,
    pub email: String,
    pub title: String,
    pub identifier: Option<String>,
    pub agency: Option<Uuid>,
}

impl Details {
    /// What is wrong, each with the field it stands in.
    #[must_use]
    pub fn obstacles(&self) -> Vec<(&'static str, Obstacle)> {
        let too_long = |text: &str, most: usize| {
            (text.chars().count() > most).then(|| Obstacle::new("person-field-too-long").with("n", most))
        };
        let identifier = self.identifier.as_deref().unwrap_or_default();
        let found = [
            ("name", name_obstacle(&self.name)),
            ("email", email_obstacle(&self.email)),
            ("title", too_long(&self.title, TITLE_LETTERS_MAX)),
            ("identifier", too_long(identifier, IDENTIFIER_LETTERS_MAX)),
        ];
        found.into_iter().filter_map(|(field, obstacle)| Some((field, obstacle?))).collect()
    }

    fn normal(self) -> Self {
        Self {
            name: normal_name(&self.name),
            email: normal_email(&self.email),
            title: normal_name(&self.title),
            identifier: self.identifier.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
            agency: self.agency,
        }
    }
}

impl Model {
    /// What is known of them now.
    #[must_use]
    pub fn details(&self) -> Details {
        Details {
            name: self.name.clone(),
            email: self.email.clone(),
            title: self.title.clone(),
            identifier: self.identifier.clone(),
            agency: self.agency,
        }
    }

    /// Changes what is known, if nobody has since `version`. The details must be without obstacles.
    ///
    /// # Errors
    /// [`Error::Stale`]; [`Error::Refused`] when the e-mail or identifier is another's; or the database failed.
    pub async fn edit(&self, app: &App, details: Details, version: i32, by: &By) -> Result<()> {
        let details = details.normal();
        let changes = self.changes(&details);
        if changes.is_empty() {
            return Ok(());
        }
        let transaction = app.begin().await?;
        self.refuse_taken(&transaction, &details).await?;
        let changed = Entity::update_many()
            .col_expr(Column::Name, Expr::value(details.name))
            .col_expr(Column::Email, Expr::value(details.email))
            .col_expr(Column::Title, Expr::value(details.title))
            .col_expr(Column::Identifier, Expr::value(details.identifier))
            .col_expr(Column::Agency, Expr::value(details.agency))
            .col_expr(Column::Version, Expr::value(version + 1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Version.eq(version))
            .exec(&transaction)
            .await
            .map_err(taken)?;
        if changed.rows_affected == 0 {
            return Err(Error::Stale);
        }
        if changes.iter().any(|change| change.field == "email") {
            // A link that went to the old address lets nobody in any more: it may have been a stranger's.
            Invitation::revoke_all(app, &transaction, self.id).await?;
            Mail::withdraw(app, &transaction, self.id, "withdrawn", by).await?;
        }
        app.record(&transaction, self.id, Fact::PersonEdited { changes }, by).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    fn changes(&self, to: &Details) -> Vec<Change> {
        let agency = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let changes = [
            Change::of("name", &self.name, &to.name),
            Change::of("email", &self.email, &to.email),
            Change::of("title", &self.title, &to.title),
            Change::of("identifier", self.identifier.as_deref().unwrap_or(""), to.identifier.as_deref().unwrap_or("")),
            Change::of("agency", &agency(self.agency), &agency(to.agency)),
        ];
        changes.into_iter().flatten().collect()
    }

    async fn refuse_taken(&self, on: &impl ConnectionTrait, details: &Details) -> Result<()> {
        let others = || Entity::find().filter(Column::Id.ne(self.id));
        if others().filter(Column::Email.eq(&details.email)).count(on).await? > 0 {
            return Err(Error::refused("person-email-taken"));
        }
        let Some(identifier) = &details.identifier else { return Ok(()) };
        if others().filter(Column::Identifier.eq(identifier)).count(on).await? > 0 {
            return Err(Error::refused("person-identifier-taken"));
        }
        Ok(())
    }
}

/// A unique name that somebody else took in the same moment is theirs; other failures stay what they are.
pub(super) fn taken(error: DbErr) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(what)) if what.contains("identifier") => Error::refused("person-identifier-taken"),
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::refused("person-email-taken"),
        _ => error.into(),
    }
}
