//! What proves a record, or shows that it was publicised: an article of the platform, a file of the library, an address elsewhere. The
//! same thing stands once with a record, however its address is written.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Query};
use sea_orm::{Condition, QueryOrder, QuerySelect, SqlErr};

use super::record::{self, Record, State as RecordState};
use super::{kind, rights};
use crate::base::digest::sha256;
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::duties::link_check::{self, LinkCheck};
use crate::duties::proof;
use crate::library::reach::Reach;
use crate::library::{Asset, Place, usage};
use crate::news::article::{self, Article};
use crate::news::view;
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, Obstacle};

/// So many of one record.
pub(super) const EVIDENCE_MAX: usize = 40;
const NAME_LETTERS_MAX: usize = 300;
/// The field of the form.
pub const FIELD: &str = "evidence";

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))", rename_all = "snake_case")]
pub enum Kind {
    Article,
    Asset,
    Address,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "register_evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub record: Uuid,
    pub kind: Kind,
    /// The article or asset.
    pub target: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    /// Of the file's bytes, or of the address as all its spellings have it; of an article, of its id.
    pub sha256: String,
    /// Since when it is there for everyone, as far as anybody knows.
    pub on_day: Date,
    pub person: Uuid,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Evidence = Model;

/// How a piece of evidence stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It opens, or nobody has had reason to doubt it.
    Alive,
    /// It was not asked for yet.
    Unasked,
    /// The page wants a sign-in, or did not answer lately.
    Doubtful,
    /// It opens no more, or is out no more.
    Dead,
}

impl Standing {
    /// The Fluent key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Alive => "register-evidence-alive",
            Self::Unasked => "register-evidence-unasked",
            Self::Doubtful => "register-evidence-doubtful",
            Self::Dead => "register-evidence-dead",
        }
    }

    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Alive => "on-time",
            Self::Unasked => "open",
            Self::Doubtful => "unknown",
            Self::Dead => "late",
        }
    }
}

/// What somebody wants to add.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// An address, one of our own articles' or assets' among them.
    pub what: String,
    /// The day it came out, as typed; empty: today, or the day an article came out.
    pub on: String,
}

impl Model {
    /// That of a record, the oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, record: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Record.eq(record)).order_by_asc(Column::At).order_by_asc(Column::Id).all(on).await
    }

    /// That of several records.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_all(on: &impl ConnectionTrait, records: &[Uuid]) -> Result<HashMap<Uuid, Vec<Self>>, DbErr> {
        let mut found: HashMap<Uuid, Vec<Self>> = HashMap::new();
        for some in records.chunks(400) {
            let of = Entity::find().filter(Column::Record.is_in(some.iter().copied())).order_by_asc(Column::At);
            for one in of.all(on).await? {
                found.entry(one.record).or_default().push(one);
            }
        }
        Ok(found)
    }

    /// Where anybody, or who works on the desk, opens it.
    #[must_use]
    pub fn href(&self, articles: &HashMap<Uuid, Article>) -> String {
        match (self.kind, self.target) {
            (Kind::Article, Some(id)) => articles.get(&id).map(Article::public_path).unwrap_or_default(),
            (Kind::Asset, Some(id)) => Asset::desk_path(id),
            _ => self.address.clone(),
        }
    }
}

/// How pieces stand, by their ids; and the articles among them: two statements.
///
/// # Errors
/// The database failed.
pub async fn standing(app: &App, pieces: &[Evidence]) -> Result<(HashMap<Uuid, Standing>, HashMap<Uuid, Article>), Error> {
    let targets = |kind: Kind| pieces.iter().filter(move |one| one.kind == kind).filter_map(|one| one.target);
    let mut articles: HashMap<Uuid, Article> = HashMap::new();
    let wanted: Vec<Uuid> = targets(Kind::Article).collect();
    if !wanted.is_empty() {
        let rows = article::Entity::find().filter(article::Column::Id.is_in(wanted)).all(&app.db).await?;
        articles.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    let hashes = pieces.iter().filter(|one| one.kind == Kind::Address).map(|one| one.sha256.clone()).collect();
    let checks = LinkCheck::of(&app.db, hashes).await?;
    let stands = |one: &Evidence| match one.kind {
        Kind::Article if one.target.and_then(|id| articles.get(&id)).is_some_and(|row| row.state.is_public()) => Standing::Alive,
        Kind::Article => Standing::Dead,
        Kind::Asset => Standing::Alive,
        Kind::Address => match checks.get(&one.sha256).map(|check| check.state) {
            None | Some(link_check::State::Waiting) => Standing::Unasked,
            Some(link_check::State::Open) => Standing::Alive,
            Some(link_check::State::Guarded | link_check::State::Doubtful) => Standing::Doubtful,
            Some(link_check::State::Lost) => Standing::Dead,
        },
    };
    let standing = pieces.iter().map(|one| (one.id, stands(one))).collect();
    Ok((standing, articles))
}

/// Pieces that the public can open: articles that are out, addresses that were not found to be lost.
#[must_use]
pub fn is_live() -> Condition {
    let out = Query::select()
        .column(article::Column::Id)
        .from(article::Entity)
        .and_where(article::Column::State.is_in([article::State::Published, article::State::Corrected]))
        .take();
    let lost = Query::select()
        .column(link_check::Column::Sha256)
        .from(link_check::Entity)
        .and_where(link_check::Column::State.eq(link_check::State::Lost))
        .take();
    let is = |kind: Kind| Expr::col((Entity, Column::Kind)).eq(kind.to_value());
    let article = is(Kind::Article).and(Expr::col((Entity, Column::Target)).in_subquery(out));
    let address = is(Kind::Address).and(Expr::col((Entity, Column::Sha256)).not_in_subquery(lost));
    Condition::any().add(article).add(address)
}

/// Reads what is to be added; nothing is kept yet.
///
/// # Errors
/// It is no address, no article that is out, no file that the person may use.
async fn found(app: &App, who: &Who, record: Uuid, wanted: &Wanted) -> Result<Evidence, Error> {
    let refused = |key: &'static str| Error::Refused(vec![Obstacle::new(key).at(FIELD)]);
    let today = time::local_date(app.clock.now());
    let typed_day = view::day(&wanted.on).ok().filter(|day| day.is_none_or(|day| day <= today));
    let typed_day = typed_day.ok_or_else(|| Error::Refused(vec![Obstacle::new("register-evidence-day").at("evidence_on")]))?;
    let blank = |kind: Kind| Model {
        id: new_id(),
        record,
        kind,
        target: None,
        name: String::new(),
        address: String::new(),
        sha256: String::new(),
        on_day: typed_day.unwrap_or(today),
        person: who.person,
        at: app.clock.now(),
    };
    let what = wanted.what.trim();
    let own = what.strip_prefix(&app.config.public_url()).unwrap_or(what);
    if let Some(slug) = own.strip_prefix("/tin-tuc/") {
        let row = article::Entity::find().filter(article::Column::Slug.eq(slug)).one(&app.db).await?;
        let row = row.filter(|row| row.state.is_public()).ok_or_else(|| refused("register-evidence-no-article"))?;
        let out_on: NaiveDate = row.published_at.map_or(today, time::local_date);
        let hash = sha256(row.id.as_bytes());
        return Ok(Model { target: Some(row.id), name: row.title, sha256: hash, on_day: out_on, ..blank(Kind::Article) });
    }
    if let Some(id) = own.strip_prefix("/desk/library/") {
        let id: Uuid = id.trim_end_matches('/').parse().map_err(|_| refused("register-evidence-no-asset"))?;
        let reach = Reach::of(app, who, &*Known::now(app).await?);
        let row = Asset::seen_among(&app.db, &reach, &[id]).await?.pop().ok_or_else(|| refused("register-evidence-no-asset"))?;
        let name = row.label().to_owned();
        return Ok(Model { target: Some(row.id), name, sha256: row.sha256, ..blank(Kind::Asset) });
    }
    let (address, hash) = proof::taken(app, what).map_err(|obstacle| Error::Refused(vec![obstacle.at(FIELD)]))?;
    let name = address.chars().take(NAME_LETTERS_MAX).collect();
    Ok(Model { name, address, sha256: hash, ..blank(Kind::Address) })
}

/// Adds a piece to a record.
///
/// # Errors
/// Forbidden; refused, at the field `evidence` or `evidence_on`; or the database failed.
pub async fn add(app: &App, who: &Who, record: &Record, wanted: &Wanted) -> Result<(), Error> {
    rights::require(rights::writes(who, record.agency))?;
    let piece = found(app, who, record.id, wanted).await?;
    let transaction = app.begin().await?;
    add_in(app, &transaction, record, piece, &By::from(who)).await?;
    app.commit(transaction).await?;
    Ok(())
}

/// Addresses of a file that is brought in, added in the caller's transaction.
///
/// # Errors
/// Refused when one is none, or the database failed.
pub(super) async fn add_address(
    app: &App,
    on: &impl ConnectionTrait,
    record: &Record,
    (address, on_day): (&str, NaiveDate),
    (person, by): (Uuid, &By),
) -> Result<(), Error> {
    let (address, hash) = proof::taken(app, address).map_err(|obstacle| Error::Refused(vec![obstacle.at(FIELD)]))?;
    if Entity::find().filter(Column::Record.eq(record.id)).filter(Column::Sha256.eq(&hash)).one(on).await?.is_some() {
        return Ok(());
    }
    let name = address.chars().take(NAME_LETTERS_MAX).collect();
    let piece = Model {
        id: new_id(),
        record: record.id,
        kind: Kind::Address,
        target: None,
        name,
        address,
        sha256: hash,
        on_day,
        person,
        at: app.clock.now(),
    };
    add_in(app, on, record, piece, by).await
}

async fn add_in(app: &App, on: &impl ConnectionTrait, record: &Record, piece: Evidence, by: &By) -> Result<(), Error> {
    // It may have been withdrawn, or turned out to be secret, since it was looked at.
    let record = &Record::locked(on, record.id).await?;
    if record.state == RecordState::Withdrawn {
        return Err(Error::refused("register-is-withdrawn"));
    }
    let there = Evidence::of(on, record.id).await?;
    if there.len() >= EVIDENCE_MAX {
        return Err(Error::Refused(vec![Obstacle::new("register-evidence-many").with("n", EVIDENCE_MAX).at(FIELD)]));
    }
    if piece.kind == Kind::Address {
        link_check::watch(app, on, &piece.sha256, &piece.address).await?;
    }
    let is_asset = piece.kind == Kind::Asset;
    let assets: Vec<Uuid> = assets(&there).chain(piece.target.filter(|_| is_asset)).collect();
    let twice = || Error::Refused(vec![Obstacle::new("register-evidence-there").at(FIELD)]);
    Entity::insert(ActiveModel::from(piece)).exec_without_returning(on).await.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => twice(),
        _ => error.into(),
    })?;
    if is_asset {
        usage::settle(app, on, &place(record), &assets, by).await?;
    }
    app.record(on, record.id, Fact::RegisterEvidenceAdded { register: record.register.clone() }, by).await?;
    Ok(())
}

fn assets(pieces: &[Evidence]) -> impl Iterator<Item = Uuid> {
    pieces.iter().filter(|one| one.kind == Kind::Asset).filter_map(|one| one.target)
}

/// A record as a place that uses files. It is called by its register and not by its title: should it turn out to be secret, nobody else
/// has kept that.
fn place(record: &Record) -> Place {
    let title = kind::name(Locale::default(), &record.register);
    Place { kind: "register", about: record.id, title, href: Record::path(record.id), public: false }
}

/// Takes a piece off again.
///
/// # Errors
/// Forbidden; not found; refused when it is the last that a confirmed record needs; or the database failed.
pub async fn remove(app: &App, who: &Who, record: &Record, id: Uuid) -> Result<(), Error> {
    rights::require(rights::writes(who, record.agency))?;
    let transaction = app.begin().await?;
    let record = &Record::locked(&transaction, record.id).await?;
    let there = Evidence::of(&transaction, record.id).await?;
    let piece = there.iter().find(|one| one.id == id).ok_or(Error::NotFound)?;
    let proven = record.kind().map_or(kind::Proven::Never, |kind| kind.proven);
    let needed = proven == kind::Proven::Always || (proven == kind::Proven::Trained && record.trained_on.is_some());
    if record.state == RecordState::Confirmed && needed && there.len() == 1 {
        return Err(Error::Refused(vec![Obstacle::new("register-evidence-last").at(FIELD)]));
    }
    Entity::delete_by_id(id).exec(&transaction).await?;
    let by = By::from(who);
    if piece.kind == Kind::Asset {
        let left: Vec<Uuid> = assets(&there).filter(|asset| Some(*asset) != piece.target).collect();
        usage::settle(app, &transaction, &place(record), &left, &by).await?;
    }
    app.record(&transaction, record.id, Fact::RegisterEvidenceRemoved { register: record.register.clone() }, &by).await?;
    app.commit(transaction).await?;
    Ok(())
}

/// All of a record goes with it; files stay in the library, used here no more.
///
/// # Errors
/// The database failed.
pub(super) async fn forget(app: &App, on: &impl ConnectionTrait, record: &Record, by: &By) -> Result<(), Error> {
    usage::settle(app, on, &place(record), &[], by).await?;
    Entity::delete_many().filter(Column::Record.eq(record.id)).exec(on).await?;
    Ok(())
}

/// The records among these that are publicised: one statement.
///
/// # Errors
/// The database failed.
pub async fn publicised(on: &impl ConnectionTrait, records: &[Uuid]) -> Result<HashSet<Uuid>, DbErr> {
    let live = Entity::find().select_only().column(Column::Record).distinct().filter(is_live());
    let found: Vec<Uuid> = live.filter(Column::Record.is_in(records.iter().copied())).into_tuple().all(on).await?;
    Ok(found.into_iter().collect())
}

/// The records that have one of these articles: one statement.
///
/// # Errors
/// The database failed.
pub(super) async fn shown_by(on: &impl ConnectionTrait, articles: &[Uuid]) -> Result<Vec<Uuid>, DbErr> {
    let hashes = articles.iter().map(|id| sha256(id.as_bytes()));
    let rows = Entity::find().select_only().column(Column::Record).distinct().filter(Column::Kind.eq(Kind::Article));
    rows.filter(Column::Sha256.is_in(hashes)).into_tuple().all(on).await
}

/// Ids of records with something that the public can open.
#[must_use]
pub fn with_live() -> sea_orm::sea_query::SelectStatement {
    Query::select().column((Entity, Column::Record)).from(Entity).cond_where(is_live()).take()
}

/// Confirmed records of a register that anybody may read about.
#[must_use]
pub fn shown(register: &str) -> Select<record::Entity> {
    record::Entity::find()
        .filter(record::Column::Register.eq(register))
        .filter(record::Column::State.eq(RecordState::Confirmed))
        .filter(record::Column::Id.in_subquery(with_live()))
}
