//! People and agencies: who there is, since when and until when, who may do what, and who is signed in.
//!
//! An agency opens, is renamed, merges into or splits from others, and closes; nothing of its past is
//! rewritten:
//!
//! ```text
//!   open ──rename──► open (the old name stays as a dated name)
//!     └──merge / split──► closed ──► successors (open from the next day)
//! ```

pub mod agency;
pub mod api;
pub mod attempts;
pub mod cartogram;
pub mod ceremony;
pub mod class;
pub mod demo_people;
pub mod gaps;
pub mod grant;
pub mod identity;
pub mod invitation;
pub mod ledger;
pub mod map;
pub mod notice;
pub mod outline;
pub mod passkey;
pub mod password;
pub mod person;
pub mod portal;
pub mod province;
pub mod recovery;
pub mod resolve;
pub mod schema;
pub mod session;
pub mod sign_on;
pub mod staff;
pub mod succession;
pub mod telling;
pub mod token;
pub mod totp;

pub use agency::Agency;
pub use notice::{Notice, Words};
pub use person::Person;
pub use resolve::{Resolution, Resolver};

use axum::routing::{get, post};

use crate::base::{App, Capability, Chore, Nav, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "people",
    vietnamese: "con người, cơ quan",
    routes,
    migrations: schema::migrations,
    chores,
    nav: &[
        Nav { shelf: Shelf::Work, href: "/desk", key: "nav-home", icon: "house", seen_by: |_| true },
        Nav { shelf: Shelf::Directory, href: "/desk/agencies", key: "nav-agencies", icon: "building-2", seen_by: |_| true },
        Nav {
            shelf: Shelf::Administration,
            href: "/desk/people",
            key: "nav-people",
            icon: "users",
            seen_by: |who| who.is_any(staff::people::Administrator::ROLES),
        },
        Nav {
            shelf: Shelf::Administration,
            href: "/desk/api-tokens",
            key: "nav-api-tokens",
            icon: "key-round",
            seen_by: |who| who.is_any(staff::people::Administrator::ROLES),
        },
        Nav {
            shelf: Shelf::Administration,
            href: "/desk/ledger",
            key: "nav-ledger",
            icon: "scroll-text",
            seen_by: |who| who.is_any(staff::ledger::Reader::ROLES),
        },
    ],
    feeds: &[agency::searched::FEED],
    panels: &[],
    todos: None,
    offers: None,
    copies: None,
    counts: None,
    needs: None,
    sources: &[],
};

fn routes() -> Routes {
    Routes::new()
        .and(door())
        .and(account())
        .and(agencies())
        .and(agency_files())
        .and(persons())
        .and(ledger())
        .and(public())
        .and(tokens())
        .api(api::routes())
}

/// Coming in and leaving.
fn door() -> Routes {
    use staff::{invitation, passkey, second_step, sign_in, sign_on};
    Routes::new()
        .at("/desk/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .at("/desk/sign-in/demo", post(sign_in::play))
        .at("/desk/sign-in/code", get(second_step::show).post(second_step::sign_in))
        .at("/desk/sign-in/passkey/options", post(passkey::options))
        .at("/desk/sign-in/passkey", post(passkey::sign_in))
        .at("/desk/sign-on/{provider}", get(sign_on::set_out))
        .at("/desk/sign-on/{provider}/return", get(sign_on::come_back))
        .at("/desk/sign-out", post(sign_in::sign_out))
        .at("/desk/invitation/{token}", get(invitation::show).post(invitation::accept))
}

/// One's own account.
fn account() -> Routes {
    use staff::account::{self, passkeys, password, second_step, sessions};
    Routes::new()
        .at("/desk/account", get(account::show).post(account::edit))
        .at("/desk/account/password", post(password::change))
        .at("/desk/account/second-step", get(second_step::show).post(second_step::begin))
        .at("/desk/account/second-step/confirmation", post(second_step::confirm))
        .at("/desk/account/second-step/codes", post(second_step::renew))
        .at("/desk/account/second-step/removal", post(second_step::remove))
        .at("/desk/account/passkeys/options", post(passkeys::options))
        .at("/desk/account/passkeys", post(passkeys::add))
        .at("/desk/account/passkeys/{id}", post(passkeys::rename))
        .at("/desk/account/passkeys/{id}/removal", post(passkeys::remove))
        .at("/desk/account/sign-on/{id}/removal", post(sessions::unlink))
        .at("/desk/account/sessions/{id}/revocation", post(sessions::revoke))
        .at("/desk/account/sessions/revocation", post(sessions::revoke_others))
}

/// Tokens of the API.
fn tokens() -> Routes {
    use staff::tokens;
    Routes::new()
        .at("/desk/api-tokens", get(tokens::show).post(tokens::make))
        .at("/desk/api-tokens/{id}/revocation", post(tokens::revoke))
}

/// The directory of agencies.
fn agencies() -> Routes {
    use staff::agencies::{closing, contacts, decisions, dividing, list, merging, profile, renaming, sheet};
    Routes::new()
        .at("/desk/agencies", get(list::show).post(sheet::open))
        .at("/desk/agencies/new", get(sheet::new))
        .at("/desk/agencies/merging", get(merging::show).post(merging::change))
        .at("/desk/agencies/{id}", get(profile::show))
        .at("/desk/agencies/{id}/edit", get(sheet::edit).post(sheet::correct))
        .at("/desk/agencies/{id}/contacts", get(contacts::show).post(contacts::edit))
        .at("/desk/agencies/{id}/confirmation", post(decisions::confirm))
        .at("/desk/agencies/{id}/renaming", get(renaming::show).post(renaming::change))
        .at("/desk/agencies/{id}/closing", get(closing::show).post(closing::change))
        .at("/desk/agencies/{id}/reopening", post(decisions::reopen))
        .at("/desk/agencies/{id}/dividing", get(dividing::show).post(dividing::change))
}

/// Agencies in and out as files.
fn agency_files() -> Routes {
    use staff::agency_files::{export, import, preview};
    Routes::new()
        .at("/desk/agencies/export/{format}", get(export::file))
        .at("/desk/agencies/import", get(import::show).merge(import::taking()))
        .at("/desk/agencies/import/{id}", get(preview::show))
        .at("/desk/agencies/import/{id}/confirmation", post(preview::confirm))
}

/// What everyone reads about agencies.
fn public() -> Routes {
    use portal::{directory, profile};
    Routes::new()
        .at("/co-quan", get(directory::show))
        .at("/co-quan/du-lieu/{format}", get(directory::data))
        .at("/co-quan/{slug}", get(profile::show))
}

/// The people an administrator looks after.
fn persons() -> Routes {
    use staff::people::{card, edit, import, list, new, roles, standing, ways_in};
    Routes::new()
        .at("/desk/people", get(list::show).post(new::invite))
        .at("/desk/people/new", get(new::show))
        .at("/desk/people/import", get(import::show).post(import::preview))
        .at("/desk/people/import/confirmation", post(import::confirm))
        .at("/desk/people/{id}", get(card::show))
        .at("/desk/people/{id}/edit", get(edit::show).post(edit::save))
        .at("/desk/people/{id}/roles", post(roles::give))
        .at("/desk/people/{id}/roles/removal", post(roles::revoke))
        .at("/desk/people/{id}/link", post(ways_in::link))
        .at("/desk/people/{id}/second-step/removal", post(ways_in::reset_second_step))
        .at("/desk/people/{id}/passkeys/{passkey}/removal", post(ways_in::remove_passkey))
        .at("/desk/people/{id}/sessions/revocation", post(ways_in::end_sessions))
        .at("/desk/people/{id}/sessions/{session}/revocation", post(ways_in::end_session))
        .at("/desk/people/{id}/disabling", post(standing::disable))
        .at("/desk/people/{id}/enabling", post(standing::enable))
}

/// The ledger as it is read.
fn ledger() -> Routes {
    use staff::ledger::{export, show};
    Routes::new()
        .at("/desk/ledger", get(show::show))
        .at("/desk/ledger/export/csv", get(export::csv))
        .at("/desk/ledger/check", post(show::check))
}

fn chores() -> Vec<Chore> {
    vec![Chore { name: "clear-sign-in", every_s: 600, work: |app| Box::pin(clear(app)) }, agency::renaming::chore()]
}

/// Removes what signing in and importing no longer need.
async fn clear(app: &App) -> anyhow::Result<()> {
    attempts::clear(app).await?;
    agency::upload::clear(app).await?;
    ceremony::clear(app).await?;
    invitation::clear(app).await?;
    session::ending::clear(app).await?;
    Ok(())
}
