//! Proofs of an answer: files and links, each with its hash and the time it was taken. Until the answer is handed in
//! they hang on the slot; afterwards on that version for ever.

pub mod sort;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{Condition, QueryOrder};

use super::clearance::Clearance;
use super::slot::Slot;
use super::standing;
use crate::base::{App, By, Fact, Who, digest, new_id, outgoing, time};
use crate::plans::secrecy;
use crate::web::{Error, Obstacle};

/// A photograph or a signed PDF; films are linked.
pub const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// The most proofs of one answer.
pub const PROOFS_MAX: usize = 20;
const NAME_LETTERS_MAX: usize = 200;
const ADDRESS_BYTES_MAX: usize = 2_000;
/// The fields at which a refusal stands.
pub const FILE: &str = "proof-file";
const LINK: &str = "proof-link";
/// The key of what is said of an address inside one's own network.
pub const INSIDE: &str = "proof-address-private";

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proof")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slot: Uuid,
    /// The version it belongs to; None while that is being written.
    pub answer: Option<Uuid>,
    pub kind: Kind,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Of a link; empty for a file.
    #[sea_orm(column_type = "Text")]
    pub address: String,
    pub media_type: String,
    pub size_bytes: i64,
    /// Hexadecimal, of the file's bytes or of the address.
    pub sha256: String,
    pub person: Uuid,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Proof = Model;

/// What sort of proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Kind {
    File,
    Link,
}

/// The bytes of files, each kept once.
pub mod file {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "proof_file")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub sha256: String,
        pub bytes: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What two addresses of the same page have in common: without `http` or `https`, `www.`, the last slash, the place on the
/// page, and the marks by which senders count clicks. One event that two agencies link to counts once.
fn alike(url: &reqwest::Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let counts = |name: &str| name.starts_with("utm_") || matches!(name, "fbclid" | "gclid" | "zarsrc" | "mc_cid" | "mc_eid");
    let mut asked: Vec<String> =
        url.query_pairs().filter(|(name, _)| !counts(name)).map(|(name, value)| format!("{name}={value}")).collect();
    asked.sort_unstable();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path = url.path().trim_end_matches('/');
    format!("{}{port}{path}?{}", host.strip_prefix("www.").unwrap_or(host), asked.join("&"))
}

/// Reads an address that is to prove something: as a browser takes it, and the hash that all its spellings share. `private`: addresses inside
/// one's own network are taken too.
///
/// # Errors
/// It is no web address, too long, or one that nobody outside can open.
fn link(typed: &str, private: bool) -> Result<(String, String), Obstacle> {
    // What a browser makes of it: hosts in Vietnamese letters, spaces escaped; no password in it.
    let parsed = reqwest::Url::parse(typed.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let Some(url) = parsed.filter(|url| url.username().is_empty() && url.password().is_none()) else {
        return Err(Obstacle::new("proof-no-address"));
    };
    if url.as_str().len() > ADDRESS_BYTES_MAX {
        return Err(Obstacle::new("proof-address-long").with("n", ADDRESS_BYTES_MAX));
    }
    // In the form in which it is called: `127.1` and `0x7f000001` are the numbers that they are by now.
    if !private && url.host_str().is_none_or(outgoing::is_inside) {
        return Err(Obstacle::new(INSIDE));
    }
    Ok((url.to_string(), digest::sha256(alike(&url).as_bytes())))
}

/// The same as this installation takes it: inside one's own network where the operator allowed that, and what stands on this site itself.
///
/// # Errors
/// It is no web address, too long, or one that nobody outside can open.
pub fn taken(app: &App, typed: &str) -> Result<(String, String), Obstacle> {
    let is_ours = typed.trim().starts_with(&format!("{}/", app.config.public_url()));
    link(typed, app.config.webhooks_private || is_ours)
}

impl Model {
    /// The proofs of a slot, those of every version and those not yet sent, earliest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, slot: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Slot.eq(slot)).order_by_asc(Column::At).order_by_asc(Column::Id).all(on).await
    }

    /// Those that wait for the next answer.
    ///
    /// # Errors
    /// The database failed.
    pub async fn unsent(on: &impl ConnectionTrait, slot: Uuid) -> Result<Vec<Self>, DbErr> {
        let waiting = Condition::all().add(Column::Slot.eq(slot)).add(Column::Answer.is_null());
        Entity::find().filter(waiting).order_by_asc(Column::At).all(on).await
    }

    /// What goes with the next answer: what waits for it, and copies of those of an earlier one that still hold.
    ///
    /// # Errors
    /// The database failed.
    pub(super) async fn to_send(on: &impl ConnectionTrait, slot: Uuid, kept: Option<Uuid>) -> Result<Vec<Self>, DbErr> {
        let mut proofs = Self::unsent(on, slot).await?;
        if let Some(earlier) = kept {
            let held = Entity::find().filter(Column::Answer.eq(earlier)).order_by_asc(Column::At).all(on).await?;
            let new = |proof: &Self| proofs.iter().all(|other| other.sha256 != proof.sha256);
            let copies: Vec<Self> = held.into_iter().filter(new).map(|proof| Self { id: new_id(), ..proof }).collect();
            proofs.extend(copies);
        }
        Ok(proofs)
    }

    /// Makes them the answer's own. // recorded by Answer::submit
    ///
    /// # Errors
    /// The database failed.
    pub(super) async fn send(on: &impl ConnectionTrait, proofs: Vec<Self>, answer: Uuid) -> Result<(), DbErr> {
        let waiting: Vec<Uuid> = proofs.iter().filter(|proof| proof.answer.is_none()).map(|proof| proof.id).collect();
        let copies = proofs.into_iter().filter(|proof| proof.answer.is_some());
        let copies: Vec<ActiveModel> = copies.map(|proof| ActiveModel::from(Self { answer: Some(answer), ..proof })).collect();
        if !copies.is_empty() {
            Entity::insert_many(copies).exec_without_returning(on).await?;
        }
        Entity::update_many()
            .col_expr(Column::Answer, Expr::value(answer))
            .filter(Column::Id.is_in(waiting))
            .filter(Column::Answer.is_null())
            .exec(on)
            .await
            .map(|_| ())
    }

    /// Adds a file to what is being written. The same file twice is kept once.
    ///
    /// # Errors
    /// Hidden from others; refused when locked, at the field `proof-file` when empty, foreign or more than is taken.
    pub async fn add_file(app: &App, who: &Who, slot: &Slot, name: &str, bytes: Vec<u8>) -> Result<(), Error> {
        if bytes.is_empty() {
            return Err(Error::Refused(vec![Obstacle::new("proof-empty").at(FILE)]));
        }
        if bytes.len() > FILE_BYTES_MAX {
            return Err(Error::TooLarge(FILE_BYTES_MAX as u64 / 1024 / 1024));
        }
        if let Some(mark) = secrecy::of_file(bytes.clone(), name.to_owned()).await {
            return Err(Error::Refused(vec![Obstacle::new("proof-secret").with("mark", mark).at(FILE)]));
        }
        let Some(sort) = sort::of(name, &bytes) else {
            return Err(Error::Refused(vec![Obstacle::new(sort::refusal(name, &bytes)).at(FILE)]));
        };
        let sha256 = digest::sha256(&bytes);
        let row = Self {
            id: new_id(),
            slot: slot.id,
            answer: None,
            kind: Kind::File,
            name: file_name(name),
            address: String::new(),
            media_type: sort.media.into(),
            size_bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            sha256: sha256.clone(),
            person: who.person,
            at: app.clock.now(),
        };
        let stored = file::ActiveModel { sha256: sea_orm::ActiveValue::Set(sha256), bytes: sea_orm::ActiveValue::Set(bytes) };
        row.add(app, who, slot, Some(stored)).await
    }

    /// Adds a link to what is being written.
    ///
    /// # Errors
    /// Hidden from others; refused when locked, at the field `proof-link` when it is no web address.
    pub async fn add_link(app: &App, who: &Who, slot: &Slot, address: &str) -> Result<(), Error> {
        let (address, sha256) = taken(app, address).map_err(|obstacle| Error::Refused(vec![obstacle.at(LINK)]))?;
        let row = Self {
            id: new_id(),
            slot: slot.id,
            answer: None,
            kind: Kind::Link,
            name: address.chars().take(NAME_LETTERS_MAX).collect(),
            address,
            media_type: String::new(),
            size_bytes: 0,
            sha256,
            person: who.person,
            at: app.clock.now(),
        };
        row.add(app, who, slot, None).await
    }

    async fn add(self, app: &App, who: &Who, slot: &Slot, stored: Option<file::ActiveModel>) -> Result<(), Error> {
        if !slot.in_charge(app).await?.may_answer(who) {
            return Err(Error::Hidden(slot.id));
        }
        let transaction = app.begin().await?;
        let slot = &Slot::locked(&transaction, slot.id).await?;
        let story = standing::story(&transaction, slot.id).await?;
        if let Some(lock) = story.lock(slot, time::local_date(app.clock.now())) {
            return Err(Error::refused(lock.key()));
        }
        let waiting = Self::unsent(&transaction, slot.id).await?;
        if waiting.iter().any(|proof| proof.sha256 == self.sha256) {
            return Ok(());
        }
        if waiting.len() >= PROOFS_MAX {
            let field = if stored.is_some() { FILE } else { LINK };
            return Err(Error::Refused(vec![Obstacle::new("proof-too-many").with("n", PROOFS_MAX).at(field)]));
        }
        if let Some(stored) = stored {
            let once = OnConflict::column(file::Column::Sha256).do_nothing().to_owned();
            file::Entity::insert(stored).on_conflict(once).exec_without_returning(&transaction).await?;
        }
        Clearance::withdraw(app, &transaction, who, slot).await?;
        let fact = Fact::ProofAdded { name: self.name.clone(), sha256: self.sha256.clone() };
        Entity::insert(ActiveModel::from(self)).exec_without_returning(&transaction).await?;
        app.record(&transaction, slot.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Takes back what was not sent yet.
    ///
    /// # Errors
    /// Hidden from others; not found when it was sent; or the database failed.
    pub async fn take_back(app: &App, who: &Who, slot: &Slot, id: Uuid) -> Result<(), Error> {
        if !slot.in_charge(app).await?.may_answer(who) {
            return Err(Error::Hidden(slot.id));
        }
        let transaction = app.begin().await?;
        let slot = &Slot::locked(&transaction, slot.id).await?;
        let waiting = Self::unsent(&transaction, slot.id).await?;
        let proof = waiting.into_iter().find(|proof| proof.id == id).ok_or(Error::NotFound)?;
        Clearance::withdraw(app, &transaction, who, slot).await?;
        Entity::delete_by_id(id).exec(&transaction).await?;
        if Entity::find().filter(Column::Sha256.eq(&proof.sha256)).one(&transaction).await?.is_none() {
            file::Entity::delete_by_id(&proof.sha256).exec(&transaction).await?;
        }
        app.record(&transaction, slot.id, Fact::ProofTakenBack { name: proof.name }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// A proof of that slot.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn find(on: &impl ConnectionTrait, slot: Uuid, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).filter(Column::Slot.eq(slot)).one(on).await?.ok_or(Error::NotFound)
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn bytes(&self, on: &impl ConnectionTrait) -> Result<Vec<u8>, Error> {
        let stored = file::Entity::find_by_id(self.sha256.clone()).one(on).await?;
        stored.map(|file| file.bytes).ok_or(Error::NotFound)
    }
}

/// The last part of a path, without letters that steer a terminal or a file system.
#[must_use]
pub fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let steers = |letter: &char| {
        letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let name: String = last.chars().filter(|letter| !steers(letter)).take(NAME_LETTERS_MAX).collect();
    if name.trim().is_empty() { "tep".into() } else { name }
}

/// What the bytes are, by their first ones: what the browser claims is not believed.
#[must_use]
pub fn media_type(bytes: &[u8]) -> &'static str {
    const KNOWN: [(&[u8], &str); 6] = [
        (b"%PDF-", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF8", "image/gif"),
        (b"PK\x03\x04", "application/zip"),
        (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    ];
    KNOWN.iter().find(|(magic, _)| bytes.starts_with(magic)).map_or("application/octet-stream", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::alike;

    fn of(address: &str) -> String {
        alike(&address.parse().expect("an address"))
    }

    /// Scenario R8: one event that two agencies claim is the same proof however they copied its address.
    #[test]
    fn the_same_page_is_the_same_proof() {
        let event = of("https://su-kien.vn/e2");
        for copied in ["http://su-kien.vn/e2/", "https://www.su-kien.vn/e2?utm_source=zalo&fbclid=x", "https://SU-KIEN.vn/e2#anh"]
        {
            assert_eq!(of(copied), event, "{copied}");
        }
        assert_eq!(of("https://a.vn/x?b=2&a=1"), of("https://a.vn/x?a=1&b=2"));
        for other in ["https://su-kien.vn/e3", "https://su-kien.vn/e2?id=7", "https://su-kien.vn:8443/e2"] {
            assert_ne!(of(other), event, "{other}");
        }
    }
}
