//! Switching an actor on and off, and what is said of it.

use sea_orm::ActiveValue::Set;
use sea_orm::Iterable;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::{ActiveModel, Actor, Column, Entity, Form, State};
use crate::base::fact::Change;
use crate::base::installation_key::InstallationKey;
use crate::base::{App, By, Fact, Who, new_id};
use crate::channels::suggesting::tidy_line;
use crate::syndication::{object, rights};
use crate::web::{Error, Obstacle};

const NAME_LETTERS_MAX: usize = 30;
const TITLE_LETTERS_MAX: usize = 120;
const SUMMARY_LETTERS_MAX: usize = 500;
/// The most actors of the house: each agency has one at most, and agencies are some hundreds.
const ACTORS_MAX: u64 = 1_000;
/// Parts of addresses beside the actors'.
const RESERVED: [&str; 3] = ["inbox", "bai", "actor"];

/// An actor as it is wanted; fields as typed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub username: String,
    pub name: String,
    pub summary: String,
    pub form: String,
    pub version: i32,
}

struct Read {
    name: String,
    summary: String,
    form: Form,
}

fn read(wanted: &Wanted) -> Result<Read, Vec<Obstacle>> {
    let (name, summary) = (tidy_line(&wanted.name), tidy_line(&wanted.summary));
    let mut wrong = Vec::new();
    if !name.chars().any(char::is_alphanumeric) {
        wrong.push(Obstacle::new("syndication-needs-name").at("name"));
    }
    for (field, given, most) in [("name", &name, TITLE_LETTERS_MAX), ("summary", &summary, SUMMARY_LETTERS_MAX)] {
        if given.chars().count() > most {
            wrong.push(Obstacle::new("article-too-long").with("n", most).at(field));
        }
    }
    let form = Form::iter().find(|form| form.code() == wanted.form).unwrap_or_default();
    if wrong.is_empty() { Ok(Read { name, summary, form }) } else { Err(wrong) }
}

/// What is wrong with a name before the `@`: what every server takes is small letters, digits and `_`.
fn wrong_username(username: &str) -> Option<Obstacle> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let is_form = !username.is_empty() && username.len() <= NAME_LETTERS_MAX && username.bytes().all(fits);
    if !is_form {
        return Some(Obstacle::new("syndication-username-form").with("n", NAME_LETTERS_MAX).at("username"));
    }
    RESERVED.contains(&username).then(|| Obstacle::new("syndication-username-taken").at("username"))
}

/// The name that an address suggests: `so-y-te` → `so_y_te`.
#[must_use]
pub fn suggested(slug: &str) -> String {
    slug.replace('-', "_").chars().take(NAME_LETTERS_MAX).collect()
}

impl Actor {
    /// Switches an agency's actor on for the first time: its name, its key, and what it has published before.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; or the database failed.
    pub async fn open(app: &App, who: &Who, scope: Uuid, wanted: &Wanted) -> Result<(), Error> {
        rights::require(who, scope)?;
        let username = wanted.username.trim().trim_start_matches('@').to_owned();
        let mut wrong: Vec<Obstacle> = wrong_username(&username).into_iter().collect();
        if wrong.is_empty() && Entity::find().filter(Column::Username.eq(&username)).one(&app.db).await?.is_some() {
            wrong.push(Obstacle::new("syndication-username-taken").at("username"));
        }
        if Entity::find().count(&app.db).await? >= ACTORS_MAX {
            wrong.push(Obstacle::new("syndication-actors-many").with("n", ACTORS_MAX).at("username"));
        }
        let read = match read(wanted) {
            Ok(read) if wrong.is_empty() => read,
            Ok(_) => return Err(Error::Refused(wrong)),
            Err(more) => return Err(Error::Refused([wrong, more].concat())),
        };
        // Finding primes takes a processor's whole attention for a moment.
        let key = tokio::task::spawn_blocking(platforms::activitypub::Key::generate).await??;
        let id = new_id();
        let row = Actor {
            id,
            scope,
            username,
            name: read.name.clone(),
            summary: read.summary,
            form: read.form,
            private_key: InstallationKey::of(app)?.encrypt(id, key.private().reveal())?,
            public_pem: key.public_pem().to_owned(),
            state: State::On,
            made_by: who.person,
            made_at: app.clock.now(),
            version: 1,
        };
        let transaction = app.begin().await?;
        let once = OnConflict::new().do_nothing().to_owned();
        let made = Entity::insert(ActiveModel::from(row.clone())).on_conflict(once);
        if made.exec_without_returning(&transaction).await? == 0 {
            return Err(Error::refused("syndication-actor-is-made"));
        }
        object::write_back(app, &transaction, &row).await?;
        app.record(&transaction, id, Fact::ActorSwitched { name: read.name, on: true }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Changes what is said of it. Its name before the `@` stays.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; stale when somebody was quicker; or the database failed.
    pub async fn change(app: &App, who: &Who, scope: Uuid, wanted: &Wanted) -> Result<(), Error> {
        rights::require(who, scope)?;
        let before = Self::of(&app.db, scope).await?.ok_or(Error::NotFound)?;
        let read = read(wanted).map_err(Error::Refused)?;
        let changes: Vec<Change> = [
            Change::of("name", &before.name, &read.name),
            Change::of("summary", &before.summary, &read.summary),
            Change::of("form", &before.form.code(), &read.form.code()),
        ]
        .into_iter()
        .flatten()
        .collect();
        if changes.is_empty() {
            return Ok(());
        }
        let row = ActiveModel {
            name: Set(read.name.clone()),
            summary: Set(read.summary),
            form: Set(read.form),
            version: Set(before.version + 1),
            ..Default::default()
        };
        let fact = Fact::ActorChanged { name: read.name, changes };
        before.put(app, who, row, wanted.version, fact).await
    }

    /// Switches it on or off.
    ///
    /// # Errors
    /// Forbidden to others; stale when somebody was quicker; or the database failed.
    pub async fn switch(app: &App, who: &Who, scope: Uuid, on: bool, seen: i32) -> Result<(), Error> {
        rights::require(who, scope)?;
        let before = Self::of(&app.db, scope).await?.ok_or(Error::NotFound)?;
        if before.is_on() == on {
            return Ok(());
        }
        let row = ActiveModel {
            state: Set(if on { State::On } else { State::Off }),
            version: Set(before.version + 1),
            ..Default::default()
        };
        let fact = Fact::ActorSwitched { name: before.name.clone(), on };
        before.put(app, who, row, seen, fact).await
    }

    async fn put(&self, app: &App, who: &Who, row: ActiveModel, seen: i32, fact: Fact) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let update = Entity::update_many().set(row).filter(Column::Id.eq(self.id)).filter(Column::Version.eq(seen));
        if update.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_name_is_what_every_server_takes() {
        assert_eq!(suggested("so-y-te"), "so_y_te");
        assert!(wrong_username("so_y_te").is_none());
        for wrong in ["", "Sở", "so-y-te", "a b", "inbox", "bai", "tên", "a@b", &"a".repeat(31)] {
            assert!(wrong_username(wrong).is_some(), "{wrong}");
        }
    }
}
