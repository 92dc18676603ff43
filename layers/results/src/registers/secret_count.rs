//! How many tasks of an agency are secret in a year: a number, with the signed paper that says it, and nothing else of them. It is signed
//! by another person than who wrote it; a change wants a new signature.

use chrono::{Datelike, NaiveDate};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, SqlErr};

use super::rights;
use super::typed::YEARS;
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::news::view;
use crate::web::{Error, Obstacle};

const COUNT_MAX: i32 = 10_000;
const DOCUMENT_LETTERS_MAX: usize = 60;
const SIGNER_LETTERS_MAX: usize = 120;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "register_secret")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency: Uuid,
    pub year: i32,
    pub count: i32,
    /// Number and symbol of the paper that says so.
    #[sea_orm(column_type = "Text")]
    pub document: String,
    pub signed_on: Option<Date>,
    /// The post of who signed it, no name.
    #[sea_orm(column_type = "Text")]
    pub signer: String,
    /// Who wrote since it was last confirmed, as a JSON list.
    #[sea_orm(column_type = "Text")]
    pub writers: String,
    /// Who confirmed it; None while nobody did.
    pub signed_by: Option<Uuid>,
    pub changed_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type SecretCount = Model;

/// What stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub year: String,
    pub count: String,
    pub document: String,
    pub signed_on: String,
    pub signer: String,
}

struct Read {
    year: i32,
    count: i32,
    document: String,
    signed_on: NaiveDate,
    signer: String,
}

fn read(typed: &Typed, today: NaiveDate) -> Result<Read, Vec<Obstacle>> {
    let mut wrong = Vec::new();
    let mut say = |is: bool, key: &'static str, field: &'static str| {
        if is {
            wrong.push(Obstacle::new(key).at(field));
        }
    };
    let line = |text: &str, most: usize| -> String {
        vietnamese::normalise(text.trim()).replace(['\n', '\r', '\0'], " ").chars().take(most).collect()
    };
    let year: i32 = typed.year.trim().parse().unwrap_or_default();
    // A task that is made secret is counted in the year in which it began, which the register takes.
    say(!(*YEARS.start()..=today.year()).contains(&year), "secret-year-wrong", "year");
    let count: i32 = typed.count.trim().parse().unwrap_or(-1);
    say(!(0..=COUNT_MAX).contains(&count), "secret-count-wrong", "count");
    let (document, signer) = (line(&typed.document, DOCUMENT_LETTERS_MAX), line(&typed.signer, SIGNER_LETTERS_MAX));
    say(document.is_empty(), "secret-needs-document", "document");
    say(signer.is_empty(), "secret-needs-signer", "signer");
    let signed_on = view::day(&typed.signed_on).ok().flatten().filter(|day| *day <= today);
    say(signed_on.is_none(), "secret-needs-day", "signed_on");
    match signed_on {
        Some(signed_on) if wrong.is_empty() => Ok(Read { year, count, document, signed_on, signer }),
        _ => Err(wrong),
    }
}

impl Model {
    /// Those of an agency, or of all when there is none, the latest year first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, agency: Option<Uuid>) -> Result<Vec<Self>, DbErr> {
        let mut rows = Entity::find();
        if let Some(agency) = agency {
            rows = rows.filter(Column::Agency.eq(agency));
        }
        rows.order_by_desc(Column::Year).order_by_asc(Column::Agency).all(on).await
    }

    /// Those of a year.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_year(on: &impl ConnectionTrait, year: i32) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Year.eq(year)).all(on).await
    }

    async fn at(on: &impl ConnectionTrait, agency: Uuid, year: i32) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(Column::Agency.eq(agency)).filter(Column::Year.eq(year)).one(on).await
    }

    #[must_use]
    pub fn writers(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.writers).unwrap_or_default()
    }

    /// Why the person can not sign it; empty when they can.
    #[must_use]
    pub fn obstacles_to_sign(&self, who: &Who) -> Vec<Obstacle> {
        let mut found = Vec::new();
        if self.document.is_empty() || self.signed_on.is_none() {
            found.push(Obstacle::new("secret-needs-document").at("document"));
        }
        if self.writers().contains(&who.person) {
            found.push(Obstacle::new("register-own"));
        }
        found
    }

    /// Says how many there are in a year, as a signed paper has it.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn save(app: &App, who: &Who, agency: Uuid, typed: &Typed, seen: i32) -> Result<(), Error> {
        rights::require(rights::writes(who, agency))?;
        let read = read(typed, time::local_date(app.clock.now())).map_err(Error::Refused)?;
        let transaction = app.begin().await?;
        let there = Self::at(&transaction, agency, read.year).await?;
        let row = Self {
            count: read.count,
            document: read.document,
            signed_on: Some(read.signed_on),
            signer: read.signer,
            ..Self::blank(app, (agency, read.year), there.as_ref(), who.person)
        };
        row.put(&transaction, there.as_ref(), seen).await?;
        let fact = Fact::SecretCountSaved { year: read.year, count: u32::try_from(read.count).unwrap_or_default() };
        app.record(&transaction, agency, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// One more, in the caller's transaction. The paper no longer says the number, so it is to be signed anew.
    ///
    /// # Errors
    /// Stale when somebody was quicker, or the database failed.
    pub(super) async fn raise(
        app: &App,
        on: &impl ConnectionTrait,
        (person, by): (Uuid, &By),
        agency: Uuid,
        year: i32,
    ) -> Result<(), Error> {
        let there = Self::at(on, agency, year).await?;
        let count = there.as_ref().map_or(0, |one| one.count) + 1;
        let row = Self { count, ..Self::blank(app, (agency, year), there.as_ref(), person) };
        row.put(on, there.as_ref(), there.as_ref().map_or(0, |one| one.version)).await?;
        let fact = Fact::SecretCountSaved { year, count: u32::try_from(count).unwrap_or_default() };
        app.record(on, agency, fact, by).await?;
        Ok(())
    }

    /// What is there, or nothing yet, with one more who wrote; signed by nobody.
    fn blank(app: &App, (agency, year): (Uuid, i32), there: Option<&Self>, person: Uuid) -> Self {
        let mut writers = there.map(Self::writers).unwrap_or_default();
        if !writers.contains(&person) {
            writers.push(person);
        }
        let writers = serde_json::json!(writers).to_string();
        let changed_at = app.clock.now();
        match there {
            Some(there) => Self { writers, changed_at, signed_by: None, ..there.clone() },
            None => Self {
                id: new_id(),
                agency,
                year,
                count: 0,
                document: String::new(),
                signed_on: None,
                signer: String::new(),
                writers,
                signed_by: None,
                changed_at,
                version: 0,
            },
        }
    }

    async fn put(self, on: &impl ConnectionTrait, there: Option<&Self>, seen: i32) -> Result<(), Error> {
        let Some(there) = there else {
            let row = ActiveModel::from(Self { version: 1, ..self });
            let made = Entity::insert(row).exec_without_returning(on).await;
            return made.map(|_| ()).map_err(|error| match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
                _ => error.into(),
            });
        };
        let row = ActiveModel::from(Self { version: seen + 1, ..self }).reset_all();
        let same = Entity::update_many().set(row).filter(Column::Id.eq(there.id)).filter(Column::Version.eq(seen));
        if same.exec(on).await?.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }

    /// Somebody else than who wrote it holds the paper against the number.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn sign(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        rights::require(rights::decides(who, self.agency))?;
        let obstacles = self.obstacles_to_sign(who);
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let row = Self { signed_by: Some(who.person), writers: "[]".into(), changed_at: app.clock.now(), ..self.clone() };
        let transaction = app.begin().await?;
        row.put(&transaction, Some(self), seen).await?;
        let count = u32::try_from(self.count).unwrap_or_default();
        let fact = Fact::SecretCountSigned { year: self.year, count, document: self.document.clone() };
        app.record(&transaction, self.agency, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// One by its id, when the person may see it.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let row = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        if rights::sees(who, row.agency) { Ok(row) } else { Err(Error::Hidden(id)) }
    }
}
