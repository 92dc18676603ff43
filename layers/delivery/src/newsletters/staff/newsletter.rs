//! One newsletter on the desk: how many get it, its issues, what may be done.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Shared;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use uuid::Uuid;

use super::list::{IssueRow, issue_rows};
use crate::base::{App, fact, time};
use crate::channels::rights::{Verb, may};
use crate::newsletters::issue::{self, Issue};
use crate::newsletters::newsletter::Newsletter;
use crate::newsletters::subscriber::{Column, Entity, State};
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Path, Result, Said, Shell};

const HISTORY_MAX: u64 = 40;
const ISSUES_MAX: u64 = 30;

#[derive(Template)]
#[template(path = "newsletters/staff/newsletter.html")]
pub struct NewsletterPage {
    l: Locale,
    shell: Shell,
    newsletter: Newsletter,
    agency: String,
    rhythm: String,
    next: String,
    counts: Vec<(&'static str, String, u64)>,
    issues: Vec<IssueRow>,
    keeps: bool,
    writes: bool,
    events: Events,
}

impl NewsletterPage {
    fn here(&self) -> String {
        Newsletter::path(self.newsletter.id)
    }
}

/// How many stand where: one statement.
///
/// # Errors
/// The database failed.
pub async fn counts(app: &App, newsletter: Uuid) -> Result<HashMap<State, u64>, DbErr> {
    let rows: Vec<(State, i64)> = Entity::find()
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "n")
        .filter(Column::Newsletter.eq(newsletter))
        .group_by(Column::State)
        .into_tuple()
        .all(&app.db)
        .await?;
    Ok(rows.into_iter().map(|(state, count)| (state, count.unsigned_abs())).collect())
}

/// `GET /desk/newsletters/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<NewsletterPage>> {
    let newsletter = Newsletter::find_for(&app, &who, id).await?;
    let l = shell.l;
    let known = Known::now(&app).await?;
    let counted = counts(&app, id).await?;
    let shown = [State::Active, State::Pending, State::Left, State::Bounced, State::Complained];
    let counts = shown.map(|state| (state.mark(), l.t(&state.key()), counted.get(&state).copied().unwrap_or_default())).into();
    let issues = issue::Entity::find().filter(issue::Column::Newsletter.eq(id)).order_by_desc(issue::Column::CreatedAt);
    let issues = issues.limit(ISSUES_MAX).all(&app.db).await?;
    let mut facts = fact::Model::history(&app.db, id, HISTORY_MAX).await?;
    // Single people come and go; who tried to look in is for the auditor's page.
    facts.retain(|one| !["AccessRefused", "SubscriberAsked", "SubscriberJoined", "SubscriberLeft"].contains(&one.kind.as_str()));
    Ok(Page(NewsletterPage {
        agency: known.get(&newsletter.agency).map(|body| body.name.clone()).unwrap_or_default(),
        rhythm: l.t(&newsletter.rhythm.key()),
        next: newsletter.next_at.map(time::minute).unwrap_or_default(),
        counts,
        issues: issue_rows(&app, l, &issues, std::slice::from_ref(&newsletter)).await?,
        keeps: may(&who, Verb::Keep, newsletter.agency),
        writes: may(&who, Verb::Write, newsletter.agency),
        events: Events::of(&app.db, l, &facts, &known).await?,
        newsletter,
        l,
        shell,
    }))
}

/// `POST /desk/newsletters/{id}/issues`: begins the next issue with what is new.
pub async fn begin(who: Signed, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let issue = Issue::begin(&app, &who, id).await?;
    Ok(Said::to(Issue::path(issue), "issue-was-begun").into_response())
}
