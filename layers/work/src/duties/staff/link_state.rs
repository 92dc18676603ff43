//! What is known of the addresses among proofs, in words.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DbErr};

use crate::base::time;
use crate::duties::link_check::{LinkCheck, State};
use crate::web::Locale;

/// Whether an address still opens: one of the states of the interface, and the words beside it.
#[derive(Clone, Debug)]
pub struct LinkState {
    pub mark: &'static str,
    pub word: String,
}

/// By the hashes of these proofs; those of files and of addresses not asked for yet have none. One statement, none without links.
///
/// # Errors
/// The database failed.
pub async fn of(
    on: &impl ConnectionTrait,
    l: Locale,
    links: impl Iterator<Item = &str>,
) -> Result<HashMap<String, LinkState>, DbErr> {
    let known = LinkCheck::of(on, links.map(str::to_owned).collect()).await?;
    Ok(known.into_iter().map(|(hash, check)| (hash, shown(l, &check))).collect())
}

fn shown(l: Locale, check: &LinkCheck) -> LinkState {
    let asked = check.asked_at.map(time::local_date).map(time::day).unwrap_or_default();
    let opened = check.opened_at.map(time::local_date).map(time::day);
    let (mark, word) = match (check.state, opened) {
        (State::Open, _) => ("on-time", l.t1("link-open", "day", asked)),
        (State::Guarded, _) if check.cause.as_deref() == Some("private") => ("unknown", l.t("link-private")),
        (State::Guarded, _) => ("unknown", l.t1("link-guarded", "day", asked)),
        (State::Lost, Some(opened)) => ("late", l.t2("link-lost-since", "day", asked, "opened", opened)),
        (State::Lost, None) => ("late", l.t1("link-lost", "day", asked)),
        (State::Doubtful | State::Waiting, _) => ("soon", l.t1("link-doubtful", "day", asked)),
    };
    LinkState { mark, word }
}
