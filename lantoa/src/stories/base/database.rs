//! What the engine is told of its own tables.

use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};

use crate::base::database::weighing;
use crate::story;

/// How SQLite would look for these, one line a step.
async fn plan(house: &crate::testing::House, question: &str) -> String {
    let sql = format!("EXPLAIN QUERY PLAN {question}");
    let rows = house.app.db.query_all_raw(Statement::from_string(DatabaseBackend::Sqlite, sql)).await.expect("a plan");
    let lines = rows.iter().map(|row| row.try_get::<String>("", "detail").expect("a line"));
    lines.collect::<Vec<_>>().join("\n")
}

story!(tables_are_weighed_and_what_misleads_is_forgotten, |house| {
    let by = crate::base::By::system();
    house.app.record(&house.app.db, crate::base::new_id(), crate::base::Fact::SignedOut, &by).await.expect("a fact");
    if house.app.db.get_database_backend() == DatabaseBackend::Sqlite {
        let many = "CREATE TABLE weighed (a INTEGER, b INTEGER, name TEXT UNIQUE); CREATE INDEX weighed_a ON weighed (a); \
            CREATE INDEX weighed_b ON weighed (b); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) \
            INSERT INTO weighed SELECT i % 2, i / 2, NULL FROM n";
        house.app.db.execute_unprepared(many).await.expect("a table");
    }
    for _ in 0..2 {
        (weighing().work)(&house.app).await.expect("the chore");
    }
    if house.app.db.get_database_backend() == DatabaseBackend::Sqlite {
        let counted = "SELECT DISTINCT tbl, idx FROM sqlite_stat1 ORDER BY idx";
        let rows = house.app.db.query_all_raw(Statement::from_string(DatabaseBackend::Sqlite, counted)).await.expect("rows");
        let indexes: Vec<String> = rows.iter().map(|row| row.try_get("", "idx").expect("a name")).collect();
        assert_eq!(indexes, ["weighed_a", "weighed_b"], "no small table, no unique index");
        let names = plan(&house, "SELECT * FROM weighed WHERE name IN ('x', 'y', 'z')").await;
        assert!(names.contains("SEARCH"), "{names}");
        let by_b = plan(&house, "SELECT * FROM weighed WHERE a = 1 AND b = 7").await;
        assert!(by_b.contains("weighed_b"), "{by_b}");
    }
});
