//! The tables of news.

use sea_orm::DatabaseBackend;
use sea_orm_migration::prelude::{Alias, ColumnDef, Table};
use sea_orm_migration::schema::{
    big_integer, boolean, date, date_null, integer, integer_null, pk_uuid, string, string_null, string_uniq, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::base::migration::{index, table};
use crate::base::{Migration, Step};

/// Schema changes of this capability.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Migration { name: "20261127_news", steps: |_| [sections(), articles(), around(), working(), review()].concat() },
        Migration { name: "20261128_news_topics_views_embeds", steps: |_| [topics(), views(), embeds()].concat() },
        Migration { name: "20261201_news_topics_filled", steps: |engine| vec![Step::Sql(filling_topics(engine))] },
        Migration { name: "20261201_news_translated", steps: |_| translated() },
        Migration { name: "20261201_writing_beside", steps: |_| vec![added("article_draft", text("beside").default("").take())] },
    ]
}

fn topics() -> Vec<Step> {
    let topic = vec![pk_uuid("id"), uuid("article"), string("topic")];
    vec![
        table("article_topic", topic),
        index("article_topic", &["article", "topic"], true),
        index("article_topic", &["topic"], false),
    ]
}

/// What articles from before there were topics are about: the same as their messages. Twice does nothing.
#[must_use]
pub fn filling_topics(engine: DatabaseBackend) -> String {
    let (id, topics) = match engine {
        DatabaseBackend::Sqlite => ("randomblob(16)", "json_each(article.messages) AS said"),
        _ => ("gen_random_uuid()", "jsonb_array_elements_text(article.messages::jsonb) AS said(value)"),
    };
    format!(
        "INSERT INTO article_topic (id, article, topic) SELECT {id}, article.id, said.value FROM article CROSS JOIN {topics} \
         WHERE NOT EXISTS (SELECT 1 FROM article_topic AS there WHERE there.article = article.id AND there.topic = said.value) \
         ON CONFLICT DO NOTHING"
    )
}

/// How a translation was made, and who checked it: see `article::translating`. One column a statement: SQLite takes no more.
fn translated() -> Vec<Step> {
    vec![added("article", string_null("translated")), added("article", text("checked_by").default("").take())]
}

fn added(to: &'static str, column: ColumnDef) -> Step {
    Step::Alter(Table::alter().table(Alias::new(to)).add_column(column).take())
}

fn views() -> Vec<Step> {
    let views = vec![pk_uuid("id"), uuid("article"), date("day"), big_integer("views")];
    vec![table("article_views", views), index("article_views", &["article", "day"], true)]
}

fn embeds() -> Vec<Step> {
    let host = vec![pk_uuid("id"), string_uniq("host"), text("name"), timestamp_with_time_zone("at")];
    let english = vec![string("code").primary_key().take(), uuid("work")];
    vec![table("embed_host", host), table("english_item", english)]
}

fn sections() -> Vec<Step> {
    let section = vec![
        pk_uuid("id"),
        string_uniq("slug"),
        text("name"),
        text("name_en"),
        string("kind"),
        uuid_null("parent"),
        uuid_null("agency"),
        string("topic"),
        text("steps"),
        integer("position"),
        boolean("demo"),
        integer("version"),
    ];
    vec![table("news_section", section), index("news_section", &["agency"], false)]
}

fn articles() -> Vec<Step> {
    let columns = [what_it_says(), where_it_stands()].concat();
    vec![
        table("article", columns),
        index("article", &["listed_at"], false),
        index("article", &["section", "listed_at"], false),
        index("article", &["agency", "listed_at"], false),
        index("article", &["agency", "state", "changed_at"], false),
        index("article", &["schedule_at"], false),
        index("article", &["state", "step_due_at"], false),
        index("article", &["work", "language"], true),
    ]
}

fn what_it_says() -> Vec<ColumnDef> {
    vec![
        pk_uuid("id"),
        string_null("external_id").unique_key().take(),
        uuid("work"),
        string("language"),
        uuid("agency"),
        uuid("section"),
        string("kind"),
        string_uniq("slug"),
        text("title"),
        text("summary"),
        text("body"),
        text("source"),
        text("words"),
        text("media_url"),
        text("media_alt"),
        text("media_credit"),
        text("audiences"),
        text("messages"),
    ]
}

fn where_it_stands() -> Vec<ColumnDef> {
    vec![
        string("state"),
        text("steps"),
        integer("step"),
        timestamp_with_time_zone_null("step_due_at"),
        timestamp_with_time_zone_null("schedule_at"),
        timestamp_with_time_zone_null("embargo_until"),
        date_null("expires_on"),
        timestamp_with_time_zone_null("missed_at"),
        uuid_null("author"),
        uuid_null("editor"),
        integer("revision"),
        integer_null("published_revision"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone_null("published_at"),
        timestamp_with_time_zone_null("listed_at"),
        timestamp_with_time_zone("changed_at"),
        text("notice"),
        timestamp_with_time_zone_null("noticed_at"),
        boolean("demo"),
        integer("version"),
    ]
}

fn around() -> Vec<Step> {
    let place = vec![pk_uuid("id"), uuid("article"), uuid("agency")];
    let target = vec![pk_uuid("id"), uuid("article"), string("kind"), uuid("target")];
    vec![
        table("article_place", place),
        index("article_place", &["article", "agency"], true),
        index("article_place", &["agency"], false),
        table("article_target", target),
        index("article_target", &["article", "kind", "target"], true),
        index("article_target", &["target"], false),
    ]
}

fn working() -> Vec<Step> {
    let revision = vec![
        pk_uuid("id"),
        uuid("article"),
        integer("number"),
        text("title"),
        text("summary"),
        text("body"),
        text("source"),
        text("note"),
        uuid_null("person"),
        timestamp_with_time_zone("at"),
    ];
    let draft = vec![
        pk_uuid("article"),
        text("title"),
        text("summary"),
        text("source"),
        integer("base"),
        uuid("person"),
        timestamp_with_time_zone("at"),
        integer("version"),
    ];
    let lock = vec![pk_uuid("article"), uuid("person"), timestamp_with_time_zone("since"), timestamp_with_time_zone("seen_at")];
    vec![
        table("article_revision", revision),
        index("article_revision", &["article", "number"], true),
        table("article_draft", draft),
        table("article_lock", lock),
    ]
}

fn review() -> Vec<Step> {
    let decision = vec![
        pk_uuid("id"),
        uuid("article"),
        integer("revision"),
        integer("step"),
        string("verdict"),
        text("reason"),
        uuid_null("person"),
        uuid_null("link"),
        timestamp_with_time_zone("at"),
    ];
    let link = vec![
        pk_uuid("id"),
        uuid("article"),
        integer("revision"),
        integer("step"),
        string_uniq("token_hash"),
        text("recipient"),
        uuid("made_by"),
        timestamp_with_time_zone("made_at"),
        timestamp_with_time_zone("expires_at"),
        timestamp_with_time_zone_null("used_at"),
    ];
    vec![
        table("article_decision", decision),
        index("article_decision", &["article", "at"], false),
        table("approval_link", link),
        index("approval_link", &["article"], false),
    ]
}
