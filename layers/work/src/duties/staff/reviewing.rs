//! What another body does with a slot: accept, return, unlock.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::slot::{self, Refusal, find_for};
use crate::base::App;
use crate::duties::Slot;
use crate::duties::form::field::FIELDS_MAX;
use crate::duties::review::{Remarks, Review, Verdict};
use crate::duties::unlock::Unlock;
use crate::people::agency::draft::value;
use crate::web::who::Signed;
use crate::web::{Error, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

/// The form of a review.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    answer: Uuid,
    verdict: String,
    whole: String,
    remark_text: String,
    remark_figures: String,
    remark_proofs: String,
    /// `remark.` and what the field asks.
    #[serde(flatten)]
    further: BTreeMap<String, String>,
}

impl Given {
    fn remarks(&self) -> Remarks {
        let plain = |words: &str| vietnamese::normalise(words.trim()).replace("\r\n", "\n").replace('\0', "");
        Remarks {
            whole: plain(&self.whole),
            text: plain(&self.remark_text),
            figures: plain(&self.remark_figures),
            proofs: plain(&self.remark_proofs),
            fields: self
                .further
                .iter()
                .filter_map(|(name, words)| Some((plain(name.strip_prefix("remark.")?), plain(words))))
                .filter(|(name, words)| !name.is_empty() && !words.is_empty())
                .take(FIELDS_MAX)
                .collect(),
        }
    }
}

/// `POST /desk/duties/{slot}/review`: a refusal comes back with the remarks.
pub async fn review(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let (slot, plan) = find_for(&app, &who, id).await?;
    let (verdict, said) = match given.verdict.as_str() {
        "accept" => (Verdict::Accept, "review-was-accepted"),
        "return" => (Verdict::Return, "review-was-returned"),
        _ => return Err(Error::bad("failure-bad-request")),
    };
    let remarks = given.remarks();
    let refusal = match Review::give(&app, &who, &slot, plan.agency, (given.answer, verdict, remarks.clone())).await {
        Ok(()) => return Ok(Said::to("/desk/reviews", said).into_response()),
        Err(Error::Refused(obstacles)) => (StatusCode::UNPROCESSABLE_ENTITY, texts(&shell, &obstacles)),
        Err(Error::Stale) => (StatusCode::CONFLICT, vec![shell.l.t("review-stale")]),
        Err(error) => return Err(error),
    };
    let mut page = slot::page(&app, &who, shell, slot, &plan, None).await?;
    page.refusal = Refusal { problems: refusal.1, remarks, ..page.refusal };
    Ok(Page(page).status(refusal.0))
}

fn texts(shell: &Shell, obstacles: &[Obstacle]) -> Vec<String> {
    obstacles.iter().map(|obstacle| obstacle.text(shell.l)).collect()
}

/// The form of an unlock.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Exception {
    why: String,
    until: String,
}

/// `POST /desk/duties/{slot}/unlock`: a refusal comes back with what was typed.
pub async fn unlock(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(given): Form<Exception>,
) -> Result<Response> {
    let (slot, plan) = find_for(&app, &who, id).await?;
    let done = match value::day(&given.until) {
        Ok(until) => Unlock::give(&app, &who, &slot, &vietnamese::normalise(&given.why).replace('\0', ""), until).await,
        Err(wrong) => Err(Error::Refused(vec![wrong.at("until")])),
    };
    let obstacles = match done {
        Ok(()) => return Ok(Said::to(Slot::desk_path(id), "unlock-done").into_response()),
        Err(Error::Refused(obstacles)) => obstacles,
        Err(error) => return Err(error),
    };
    if !Unlock::may_give(&who, &slot.in_charge(&app).await?) {
        return Err(Error::Forbidden);
    }
    let (l, problems) = (shell.l, texts(&shell, &obstacles));
    let mut page = slot::page(&app, &who, shell, slot, &plan, None).await?;
    page.errors = Mistakes::told(&obstacles, l);
    page.refusal = Refusal { problems, why: given.why, until: given.until, ..page.refusal };
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// `POST /desk/duties/{slot}/unlock-request`: the agency asks for an unlock; a refusal comes back with what was typed.
pub async fn request_unlock(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(given): Form<Exception>,
) -> Result<Response> {
    let (slot, plan) = find_for(&app, &who, id).await?;
    match Unlock::request(&app, &who, &slot, &vietnamese::normalise(&given.why).replace('\0', "")).await {
        Ok(()) => Ok(Said::to(Slot::desk_path(id), "unlock-requested").into_response()),
        Err(Error::Refused(obstacles)) => {
            let (l, problems) = (shell.l, texts(&shell, &obstacles));
            let mut page = slot::page(&app, &who, shell, slot, &plan, None).await?;
            page.errors = Mistakes::told(&obstacles, l);
            page.refusal = Refusal { problems, why: given.why, ..page.refusal };
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
