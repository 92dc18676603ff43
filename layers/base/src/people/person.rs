//! A person with an account.

pub mod access;
pub mod adding;
pub mod directory;
pub mod editing;
pub mod importing;
pub mod inviting;
pub mod keeping;
pub mod standing;

use std::collections::{HashMap, HashSet};

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, JoinType, QuerySelect, Select};
use unicode_normalization::UnicodeNormalization;

use super::grant;
use crate::base::Role;
use crate::web::{Error, Obstacle};

/// Longest forward path of RFC 5321, section 4.5.3.1.3.
const EMAIL_BYTES_MAX: usize = 254;
const NAME_LETTERS_MAX: usize = 120;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    /// Lower case; what they sign in with.
    #[sea_orm(unique)]
    pub email: String,
    /// What a sign-on provider calls them, when it is not the e-mail: an employee number, an account name.
    #[sea_orm(unique)]
    pub identifier: Option<String>,
    /// Post or function, e.g. `Chuyên viên`.
    pub title: String,
    /// Where they work; their acts are recorded with it.
    pub agency: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub disabled_at: Option<DateTimeUtc>,
    /// argon2id in PHC form; None until a password is chosen.
    #[sea_orm(column_type = "Text", nullable)]
    pub password_hash: Option<String>,
    /// Encrypted with the installation's key.
    #[sea_orm(column_type = "Text", nullable)]
    pub totp_secret: Option<String>,
    pub totp_confirmed_at: Option<DateTimeUtc>,
    /// The last time step used, so that a code serves once (RFC 6238, section 5.2).
    pub totp_last_step: Option<i64>,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Person = Model;

impl Model {
    /// The person with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// The person who signs in with that e-mail, however it is written.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find_by_email(on: &impl ConnectionTrait, email: &str) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(Column::Email.eq(normal_email(email))).one(on).await
    }

    /// Where administrators look after the account.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/desk/people/{}", self.id)
    }

    /// May not sign in.
    #[must_use]
    pub fn is_disabled(&self) -> bool {
        self.disabled_at.is_some()
    }

    /// Asks for a code besides the password.
    #[must_use]
    pub fn has_second_step(&self) -> bool {
        self.totp_confirmed_at.is_some()
    }
}

/// The agencies that somebody can sign in for.
///
/// # Errors
/// The database failed.
pub async fn agencies_staffed(on: &impl ConnectionTrait) -> Result<HashSet<Uuid>, DbErr> {
    let people = Entity::find().select_only().column(Column::Agency).distinct().filter(Column::DisabledAt.is_null());
    let rows: Vec<Option<Uuid>> = people.into_tuple().all(on).await?;
    Ok(rows.into_iter().flatten().collect())
}

/// Roles that let a person answer for their agency.
const ANSWERING: [Role; 3] = [Role::Officer, Role::Approver, Role::Coordinator];

fn answering() -> Select<Entity> {
    let their_roles = Entity::belongs_to(grant::Entity).from(Column::Id).to(grant::Column::Person);
    Entity::find()
        .select_only()
        .distinct()
        .join(JoinType::InnerJoin, their_roles.into())
        .filter(Column::DisabledAt.is_null())
        .filter(grant::Column::Role.is_in(ANSWERING.map(Role::code)))
}

/// Those who can answer for these agencies, each with their name, in Vietnamese order: one statement.
///
/// # Errors
/// The database failed.
pub async fn answering_for(on: &impl ConnectionTrait, agencies: &[Uuid]) -> Result<Vec<(Uuid, String)>, DbErr> {
    let people = answering().columns([Column::Id, Column::Name]).filter(Column::Agency.is_in(agencies.iter().copied()));
    let mut people: Vec<(Uuid, String)> = people.into_tuple().all(on).await?;
    people.sort_by(|one, other| vietnamese::order::compare_natural(&one.1, &other.1).then(one.0.cmp(&other.0)));
    Ok(people)
}

/// Those who decide for an agency, each with their name, in Vietnamese order: one statement.
///
/// # Errors
/// The database failed.
pub async fn approving_for(on: &impl ConnectionTrait, agency: Uuid) -> Result<Vec<(Uuid, String)>, DbErr> {
    let theirs = Condition::any().add(grant::Column::Agency.eq(agency)).add(grant::Column::Agency.is_null());
    let people = answering().columns([Column::Id, Column::Name]).filter(Column::Agency.eq(agency));
    let people = people.filter(grant::Column::Role.eq(Role::Approver.code())).filter(theirs);
    let mut people: Vec<(Uuid, String)> = people.into_tuple().all(on).await?;
    people.sort_by(|one, other| vietnamese::order::compare_natural(&one.1, &other.1).then(one.0.cmp(&other.0)));
    Ok(people)
}

/// The agency that a person can answer for, if any.
///
/// # Errors
/// The database failed.
pub async fn places_answered_from(on: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Uuid>, DbErr> {
    let places: Vec<Option<Uuid>> = answering().column(Column::Agency).filter(Column::Id.eq(person)).into_tuple().all(on).await?;
    Ok(places.into_iter().flatten().collect())
}

/// The names of these people.
///
/// # Errors
/// The database failed.
pub async fn names(on: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, DbErr> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let mut names = HashMap::new();
    for chunk in ids.chunks(500) {
        let rows = Entity::find().select_only().columns([Column::Id, Column::Name]).filter(Column::Id.is_in(chunk.to_vec()));
        names.extend(rows.into_tuple::<(Uuid, String)>().all(on).await?);
    }
    Ok(names)
}

/// The people whose name or e-mail has all these folded words.
///
/// # Errors
/// The database failed.
pub async fn called(on: &impl ConnectionTrait, words: &[String]) -> Result<Vec<Uuid>, DbErr> {
    let rows = Entity::find().select_only().columns([Column::Id, Column::Name, Column::Email]);
    let rows = rows.into_tuple::<(Uuid, String, String)>().all(on).await?;
    let is_called = |name: &str, email: &str| {
        let text = format!("{name} {email}");
        let folded = vietnamese::fold(&text);
        words.iter().all(|word| folded.contains(word.as_str()))
    };
    Ok(rows.into_iter().filter(|(_, name, email)| is_called(name, email)).map(|(id, ..)| id).collect())
}

/// An e-mail as it is kept: NFC, lower case, without spaces around.
#[must_use]
pub fn normal_email(text: &str) -> String {
    text.trim().nfc().collect::<String>().to_lowercase()
}

/// A name as it is kept: NFC, one space between words.
#[must_use]
pub fn normal_name(text: &str) -> String {
    text.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Control characters, and those that turn the direction of writing (Unicode Bidi_Control): what follows would read otherwise.
fn is_unwritten(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{061c}')
}

/// What is wrong with a name; None when nothing.
#[must_use]
pub fn name_obstacle(name: &str) -> Option<Obstacle> {
    let name = normal_name(name);
    if name.chars().any(is_unwritten) {
        return Some(Obstacle::new("person-name-unwritten"));
    }
    match name.chars().count() {
        0 => Some(Obstacle::new("person-name-missing")),
        1..=NAME_LETTERS_MAX => None,
        _ => Some(Obstacle::new("person-name-too-long").with("n", NAME_LETTERS_MAX)),
    }
}

/// What is wrong with an e-mail; None when nothing. Whether it reaches anybody only a mail can tell.
#[must_use]
pub fn email_obstacle(email: &str) -> Option<Obstacle> {
    let email = normal_email(email);
    let well_formed = email.len() <= EMAIL_BYTES_MAX
        && email.split_once('@').is_some_and(|(local, domain)| {
            let labels: Vec<&str> = domain.split('.').collect();
            !local.is_empty() && labels.len() > 1 && labels.iter().all(|label| !label.is_empty()) && !domain.contains('@')
        })
        && !email.contains(|letter: char| letter.is_whitespace() || letter.is_control() || "<>,;:\"\\()[]".contains(letter));
    (!well_formed).then(|| Obstacle::new("person-email-malformed"))
}
