//! Saving a draft.

use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::{all, issue, one};
use crate::base::App;
use crate::news::staff::show::Refusal;
use crate::news::view;
use crate::newsletters::issue::writing::Typed;
use crate::newsletters::issue::{Issue, Item};
use crate::web::who::Signed;
use crate::web::{Error, Mistakes, Page, Path, Result, Said, Shell};

/// What was typed. Articles come in the order of their places; those without a tick are out.
fn typed(fields: &[(String, String)]) -> Typed {
    let ids: Vec<Uuid> = all(fields, "items").iter().filter_map(|id| id.parse().ok()).collect();
    let mut items: Vec<(i64, Item)> = ids
        .into_iter()
        .map(|article| {
            let place = one(fields, &format!("place-{article}")).trim().parse().unwrap_or(i64::MAX);
            (place, Item { article, words: one(fields, &format!("words-{article}")).to_owned() })
        })
        .collect();
    // Stable: those with the same place stay as they stood.
    items.sort_by_key(|(place, _)| *place);
    Typed {
        title: one(fields, "title").to_owned(),
        words: one(fields, "words").to_owned(),
        due: one(fields, "due").to_owned(),
        add: one(fields, "add").to_owned(),
        items: items.into_iter().map(|(_, item)| item).collect(),
    }
}

/// `POST /desk/newsletters/issues/{id}`: a refusal comes back with what was typed.
pub async fn save(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let typed = typed(&fields);
    let seen = one(&fields, "version").parse().map_err(|_| Error::bad("failure-bad-request"))?;
    let (status, obstacles) = match Issue::write(&app, &who, id, &typed, seen).await {
        Ok(()) => return Ok(Said::to(Issue::path(id), "issue-was-kept").into_response()),
        Err(error) => error.handed_back()?,
    };
    let errors = Mistakes::told(&obstacles, shell.l);
    let there = Issue::find_for(&app, &who, id).await?;
    let shown = Issue {
        title: typed.title.clone(),
        words: typed.words.clone(),
        articles: serde_json::to_string(&typed.items)?,
        due_at: view::minute(&typed.due).unwrap_or_default(),
        ..there
    };
    let mut page = issue::page(&app, &who, shell, shown).await?;
    page.refusal = Refusal { act: "add".into(), text: typed.add, errors };
    page.conflict = status == StatusCode::CONFLICT;
    Ok(Page(page).status(status))
}
