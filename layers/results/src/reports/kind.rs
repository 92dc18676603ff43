//! The types of documents that are written here, with their names and abbreviations (Nghị định 30/2020/NĐ-CP, Phụ lục III).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A type of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
pub enum Kind {
    /// Báo cáo
    Report,
    /// Kế hoạch
    Plan,
    /// Tờ trình
    Submission,
    /// Công văn: has no name and no abbreviation.
    Letter,
    /// Thông báo
    Notice,
    /// Quyết định
    Decision,
}

impl Kind {
    /// The abbreviation in the number; that of a letter stands in the register only.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Report => "BC",
            Self::Plan => "KH",
            Self::Submission => "TTr",
            Self::Letter => "CV",
            Self::Notice => "TB",
            Self::Decision => "QĐ",
        }
    }

    /// As it is written over the document.
    #[must_use]
    pub const fn type_name(self) -> &'static str {
        match self {
            Self::Report => "Báo cáo",
            Self::Plan => "Kế hoạch",
            Self::Submission => "Tờ trình",
            Self::Letter => "Công văn",
            Self::Notice => "Thông báo",
            Self::Decision => "Quyết định",
        }
    }

    /// Whether it has whom it is for above the text ("Kính gửi").
    #[must_use]
    pub const fn is_addressed(self) -> bool {
        matches!(self, Self::Submission | Self::Letter | Self::Report)
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("report-kind-{}", self.to_value())
    }

    /// Reads what forms send.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        <Self as sea_orm::Iterable>::iter().find(|kind| kind.to_value() == code)
    }

    /// What stands behind the number: `BC-SKHCN`; of a letter, `SKHCN-VP` as the office writes it.
    #[must_use]
    pub fn symbol(self, agency: &str) -> String {
        if self == Self::Letter { agency.to_owned() } else { format!("{}-{agency}", self.code()) }
    }
}
