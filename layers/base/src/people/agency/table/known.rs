//! All agencies as the table shows them, in two statements.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{Iterable, QueryOrder, QuerySelect};

use super::{BETWEEN, Cells, cells};
use crate::people::agency::draft::Fields;
use crate::people::agency::name::{self, NameKind, short_forms};
use crate::people::agency::{Agency, Column, Entity};

/// Every agency there ever was, without its boundary, and the further names in use.
pub struct Known {
    pub agencies: Vec<Agency>,
    aliases: HashMap<Uuid, Vec<String>>,
    codes: HashMap<Uuid, String>,
}

impl Known {
    /// Reads them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn load(on: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let columns = Column::iter().filter(|column| !matches!(column, Column::Boundary));
        let agencies = Entity::find()
            .select_only()
            .columns(columns)
            .expr_as(Expr::cust("CAST(NULL AS TEXT)"), "boundary")
            .order_by_asc(Column::Code)
            .into_model::<Agency>()
            .all(on)
            .await?;
        let mut names = name::Entity::find()
            .filter(name::Column::Kind.eq(NameKind::Alias))
            .filter(name::Column::Until.is_null())
            .order_by_asc(name::Column::Id)
            .all(on)
            .await?;
        names.sort_by_key(|name| name.since);
        let mut aliases: HashMap<Uuid, Vec<String>> = HashMap::new();
        for name in names {
            aliases.entry(name.agency).or_default().push(name.name);
        }
        let codes = agencies.iter().map(|agency| (agency.id, agency.code.clone())).collect();
        Ok(Self { agencies, aliases, codes })
    }

    /// Agencies without further names.
    #[cfg(test)]
    #[must_use]
    pub fn of(agencies: Vec<Agency>) -> Self {
        let codes = agencies.iter().map(|agency| (agency.id, agency.code.clone())).collect();
        Self { agencies, aliases: HashMap::new(), codes }
    }

    /// The further names of an agency in use, all of them.
    #[must_use]
    pub fn aliases(&self, agency: &Agency) -> &[String] {
        self.aliases.get(&agency.id).map_or(&[], Vec::as_slice)
    }

    /// Those that do not follow from its name by themselves.
    #[must_use]
    pub fn own_aliases(&self, agency: &Agency) -> Vec<String> {
        let forms = short_forms(agency.kind, &agency.name);
        self.aliases(agency).iter().filter(|alias| !forms.contains(alias)).cloned().collect()
    }

    /// The code of an agency.
    #[must_use]
    pub fn code(&self, id: Option<Uuid>) -> &str {
        id.and_then(|id| self.codes.get(&id)).map_or("", String::as_str)
    }

    /// The agency as fields.
    #[must_use]
    pub fn fields(&self, agency: &Agency) -> Fields {
        Fields::of(agency, self.code(agency.parent), &self.own_aliases(agency))
    }

    /// The agency as a row: values as they are kept, further names in one cell.
    #[must_use]
    pub fn row(&self, agency: &Agency) -> Cells {
        let mut row = cells(&self.fields(agency));
        row.insert("aliases".into(), self.own_aliases(agency).join(BETWEEN));
        row.insert("closed_on".into(), agency.closed_on.map(|day| day.to_string()).unwrap_or_default());
        row
    }
}
