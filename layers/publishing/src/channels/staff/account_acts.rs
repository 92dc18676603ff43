//! What is done with an account by a press: stopping it, letting it go on, asking the platform whether it is let in.

use axum::Form;
use axum::extract::State as Shared;
use uuid::Uuid;

use super::account::{self, AccountPage};
use super::one;
use crate::base::App;
use crate::channels::Account;
use crate::channels::account::checking::Checked;
use crate::channels::delivery::Why;
use crate::web::who::Signed;
use crate::web::{Page, Path, Result, Said, Shell};

/// `POST /desk/channels/accounts/{id}/pause`
pub async fn pause(
    who: Signed,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Said> {
    let paused = one(&fields, "paused") == "on";
    Account::pause(&app, &who, id, paused, one(&fields, "version").parse().unwrap_or_default()).await?;
    let said = if paused { "channel-account-was-paused" } else { "channel-account-goes-on" };
    Ok(Said::to(Account::path(id), said))
}

/// `POST /desk/channels/accounts/{id}/check`: the page again, with what the platform said.
pub async fn check(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<AccountPage>> {
    let checked = Account::check(&app, &who, id).await?;
    let account = Account::find_for(&app, &who, id).await?;
    let l = shell.l;
    let mut page = account::page(&app, &who, shell, account).await?;
    page.checked = Some(match checked {
        Checked::Good(name) if name.is_empty() => ("success", l.t("channel-check-good")),
        Checked::Good(name) => ("success", l.t1("channel-check-good-as", "name", name)),
        Checked::Unasked => ("", l.t("channel-check-unasked")),
        Checked::Busy => ("warning", l.t("channel-check-busy")),
        Checked::NotApproved(state) => ("error", l.t1("channel-check-not-approved", "state", state)),
        Checked::Differs(places) => ("warning", l.t1("channel-check-differs", "places", places)),
        Checked::Refused(refusal) => {
            page.checked_says = refusal.says;
            ("error", l.t(&Why::from(refusal.why).key()))
        }
    });
    Ok(Page(page))
}
