//! Decisions on a whole draft: confirm what is left, adopt, discard.

use axum::Form;
use axum::extract::State;
use serde::Deserialize;
use uuid::Uuid;

use super::Editor;
use crate::base::App;
use crate::plans::{Plan, provision};
use crate::web::{Error, Path, Result, Said};

#[derive(Deserialize)]
pub struct Reason {
    #[serde(default)]
    why: String,
}

impl Reason {
    fn given(&self) -> Result<&str> {
        let why = self.why.trim();
        if why.is_empty() { Err(Error::refused("reason-missing")) } else { Ok(why) }
    }
}

/// `POST /desk/plans/{id}/confirmation`: every provision still in doubt is taken as it is, for a reason.
pub async fn confirm_all(who: Editor, State(app): State<App>, Path(id): Path<Uuid>, Form(reason): Form<Reason>) -> Result<Said> {
    let plan = Plan::draft_for(&app, &who, id).await?;
    let count = provision::correction::confirm_all(&app, &who, &plan, reason.given()?).await?;
    Ok(Said::to(format!("/desk/plans/{id}/review"), "plan-confirmed-all").with("count", count))
}

/// `POST /desk/plans/{id}/amendment`: it does amend that plan, for a reason.
pub async fn confirm_amendment(
    who: Editor,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(reason): Form<Reason>,
) -> Result<Said> {
    let plan = Plan::draft_for(&app, &who, id).await?;
    plan.confirm_amendment(&app, &who, reason.given()?).await?;
    Ok(Said::to(format!("/desk/plans/{id}/comparison"), "plan-amendment-confirmed"))
}

/// `POST /desk/plans/{id}/adoption`
pub async fn adopt(who: Editor, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Said> {
    let plan = Plan::draft_for(&app, &who, id).await?;
    plan.adopt(&app, &who).await?;
    Ok(Said::to(Plan::desk_path(id), "plan-adopted"))
}

/// `POST /desk/plans/{id}/discarding`
pub async fn discard(who: Editor, State(app): State<App>, Path(id): Path<Uuid>, Form(reason): Form<Reason>) -> Result<Said> {
    let plan = Plan::draft_for(&app, &who, id).await?;
    plan.discard(&app, &who, reason.given()?).await?;
    Ok(Said::to("/desk/plans", "plan-discarded"))
}

#[derive(Deserialize)]
pub struct Publication {
    /// `yes` or `no`.
    public: String,
}

/// `POST /desk/plans/{id}/progress-publication`: everyone may read how far it got, or no longer.
pub async fn publish_progress(
    who: Editor,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(publication): Form<Publication>,
) -> Result<Said> {
    let plan = Plan::find_for(&app, &who, id).await?;
    let public = publication.public == "yes";
    plan.publish_progress(&app, &who, public).await?;
    let back = format!("/desk/progress?plan={}#publication", plan.slug);
    Ok(Said::to(back, if public { "progress-published" } else { "progress-withdrawn" }))
}
