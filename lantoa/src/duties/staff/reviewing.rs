//! What another body does with a slot: accept, return, unlock.

use axum::Form;
use axum::extract::State;
use serde::Deserialize;
use uuid::Uuid;

use super::slot::find_for;
use crate::base::App;
use crate::duties::Slot;
use crate::duties::review::{Remarks, Review, Verdict};
use crate::duties::unlock::Unlock;
use crate::people::agency::draft::value;
use crate::web::who::Signed;
use crate::web::{Error, Path, Result, Said};

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
}

/// `POST /desk/duties/{slot}/review`
pub async fn review(who: Signed, State(app): State<App>, Path(id): Path<Uuid>, Form(given): Form<Given>) -> Result<Said> {
    let (slot, plan) = find_for(&app, &who, id).await?;
    let (verdict, said) = match given.verdict.as_str() {
        "accept" => (Verdict::Accept, "review-was-accepted"),
        "return" => (Verdict::Return, "review-was-returned"),
        _ => return Err(Error::bad("failure-bad-request")),
    };
    let plain = |words: &str| vietnamese::normalise(words.trim()).replace("\r\n", "\n");
    let remarks = Remarks {
        whole: plain(&given.whole),
        text: plain(&given.remark_text),
        figures: plain(&given.remark_figures),
        proofs: plain(&given.remark_proofs),
    };
    Review::give(&app, &who, &slot, plan.agency, (given.answer, verdict, remarks)).await?;
    Ok(Said::to("/desk/reviews", said))
}

/// The form of an unlock.
#[derive(Debug, Deserialize)]
pub struct Exception {
    why: String,
    until: String,
}

/// `POST /desk/duties/{slot}/unlock`
pub async fn unlock(who: Signed, State(app): State<App>, Path(id): Path<Uuid>, Form(given): Form<Exception>) -> Result<Said> {
    let (slot, _) = find_for(&app, &who, id).await?;
    let until = value::day(&given.until).map_err(|wrong| Error::Refused(vec![wrong]))?;
    Unlock::give(&app, &who, &slot, &given.why, until).await?;
    Ok(Said::to(Slot::desk_path(id), "unlock-done"))
}
