//! A copy as a case keeps it: where it was when it was last looked at, what is wanted of it, and why it may be left.
//! // recorded by looking and by the verbs of the case

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use crate::base::copies::Stand;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retraction_copy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub retraction: Uuid,
    /// As [`crate::base::copies::Copy::channel`]; `article` for the article's own page.
    pub channel: String,
    /// The row of the capability that has it.
    pub copy: Uuid,
    pub agency: Uuid,
    #[sea_orm(column_type = "Text")]
    pub place: String,
    /// Where on the desk something can be done with it.
    #[sea_orm(column_type = "Text")]
    pub href: String,
    /// Where the public sees it; empty where it has no address.
    #[sea_orm(column_type = "Text")]
    pub address: String,
    pub recipients: Option<i64>,
    pub wanted: Wanted,
    /// [`code`]
    pub stand: String,
    pub since: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub proof: String,
    /// The capability names it no more.
    pub is_gone: bool,
    /// Went out after the correction, so it is made of the corrected text.
    pub is_fresh: bool,
    pub is_settled: bool,
    /// The stand in which a person left it; empty when nobody did. Once it stands elsewhere the word is spent.
    pub left_stand: String,
    #[sea_orm(column_type = "Text")]
    pub left_why: String,
    pub left_by: Option<Uuid>,
    pub left_at: Option<DateTimeUtc>,
    pub first_seen_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Found = Model;

/// What is wanted of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Wanted {
    /// It says what is right.
    Edit,
    /// It goes.
    Delete,
    /// What was aired is aired again, corrected.
    AirAgain,
    /// What can not be taken back is followed by a correction.
    FollowUp,
    /// Nothing: it shows the article itself, or was made of the corrected text.
    Nothing,
}

impl Wanted {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("retraction-wanted-{}", self.to_value().replace('_', "-"))
    }
}

const STANDS: [Stand; 10] = [
    Stand::Waiting,
    Stand::Out,
    Stand::Wanted,
    Stand::Unknown,
    Stand::Edited,
    Stand::Retracted,
    Stand::Followed,
    Stand::Final,
    Stand::Stays,
    Stand::Stopped,
];

/// The word of a stand in data.
#[must_use]
pub fn code(stand: Stand) -> &'static str {
    stand.key().trim_start_matches("copy-stand-")
}

/// Reads what [`code`] wrote; a word of another version is as good as not known.
#[must_use]
pub fn stand_of(code_of: &str) -> Stand {
    STANDS.into_iter().find(|stand| code(*stand) == code_of).unwrap_or(Stand::Unknown)
}

impl Model {
    /// Those of a case: by channel and place.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, retraction: Uuid) -> Result<Vec<Self>, DbErr> {
        let of = Entity::find().filter(Column::Retraction.eq(retraction));
        of.order_by_asc(Column::Channel).order_by_asc(Column::Place).order_by_asc(Column::Id).all(on).await
    }

    /// Those of several cases.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_all(on: &impl ConnectionTrait, retractions: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        let of = Entity::find().filter(Column::Retraction.is_in(retractions.iter().copied()));
        of.order_by_asc(Column::Channel).order_by_asc(Column::Place).order_by_asc(Column::Id).all(on).await
    }

    /// Where it stands.
    #[must_use]
    pub fn stand(&self) -> Stand {
        stand_of(&self.stand)
    }

    /// The stand in which a person left it.
    #[must_use]
    pub fn left(&self) -> Option<Stand> {
        (!self.left_stand.is_empty()).then(|| stand_of(&self.left_stand))
    }

    /// Whether a person left it as it stands.
    #[must_use]
    pub fn is_left(&self) -> bool {
        self.left() == Some(self.stand())
    }

    /// Writes the row where nobody did since `seen`.
    ///
    /// # Errors
    /// Stale when somebody was quicker, or the database failed.
    pub(in crate::retractions) async fn put(self, on: &impl ConnectionTrait, seen: i32) -> Result<(), crate::web::Error> {
        let id = self.id;
        let row = ActiveModel::from(Self { version: seen + 1, ..self }).reset_all();
        let same = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Version.eq(seen));
        if same.exec(on).await?.rows_affected == 0 { Err(crate::web::Error::Stale) } else { Ok(()) }
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_stand_is_read_as_it_was_written() {
        for stand in STANDS {
            assert_eq!(stand_of(code(stand)), stand);
        }
        assert_eq!(stand_of("of-a-later-version"), Stand::Unknown);
    }
}
