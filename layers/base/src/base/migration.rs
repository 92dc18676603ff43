//! Schema changes as data: a name that is kept for ever and the steps behind it.

use sea_orm::DatabaseBackend;
use sea_orm_migration::async_trait::async_trait;
use sea_orm_migration::prelude::*;

/// One schema change. Steps are built with sea-query, so the same ones serve both engines.
pub struct Migration {
    /// Ordered by date, unique for ever, e.g. `20261123_people`.
    pub name: &'static str,
    pub steps: fn(DatabaseBackend) -> Vec<Step>,
}

/// One statement of a migration.
#[derive(Clone)]
pub enum Step {
    Table(TableCreateStatement),
    Index(IndexCreateStatement),
    Alter(TableAlterStatement),
    /// For what sea-query can not say; the caller has looked at the engine.
    Sql(String),
}

impl MigrationName for Migration {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for step in (self.steps)(manager.get_database_backend()) {
            match step {
                Step::Table(table) => manager.create_table(table).await?,
                Step::Index(index) => manager.create_index(index).await?,
                Step::Alter(alter) => manager.alter_table(alter).await?,
                Step::Sql(sql) => manager.get_connection().execute_unprepared(&sql).await.map(|_| ())?,
            }
        }
        Ok(())
    }
}

/// An index named after its table and columns.
#[must_use]
pub fn index(table: &'static str, columns: &[&'static str], unique: bool) -> Step {
    let mut index = Index::create();
    index.name(format!("ix_{table}_{}", columns.join("_"))).table(Alias::new(table));
    for column in columns {
        index.col(Alias::new(*column));
    }
    if unique {
        index.unique();
    }
    Step::Index(index.take())
}

/// A table of these columns.
#[must_use]
pub fn table(name: &'static str, columns: Vec<ColumnDef>) -> Step {
    let mut table = Table::create();
    table.table(Alias::new(name));
    for column in columns {
        table.col(column);
    }
    Step::Table(table.take())
}
