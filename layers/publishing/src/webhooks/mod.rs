//! Webhooks: an address elsewhere is told of what is public (a plan was adopted, an agency renamed), signed in the way of
//! Standard Webhooks (standardwebhooks.com, 1.0) and again until it is taken, for three days at most.
//!
//! ```text
//!   a public fact ──► planned ──► (under a lease) ──► delivered   the address answered 2xx
//!                        ▲               ├──────────► failed      three days are over: a fact, and a notice
//!                        └───── later ───┘                        whoever sees to it may send it again
//! ```
//!
//! A node that dies while sending leaves its lease to run out; another sends the same message again, under the same
//! `webhook-id`: at least once, and the receiver can tell.

pub mod address;
pub mod delivery;
pub mod event;
pub mod message;
pub mod schema;
pub mod signature;
pub mod staff;
pub mod webhook;

pub use delivery::Delivery;
pub use event::Event;
pub use webhook::Webhook;

use axum::routing::{get, post};

use crate::base::{Capability, Nav, Role, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "webhooks",
    vietnamese: "kết nối",
    routes,
    migrations: schema::migrations,
    chores: || vec![delivery::sending::chore()],
    nav: &[Nav {
        shelf: Shelf::Administration,
        href: "/desk/webhooks",
        key: "nav-webhooks",
        icon: "send",
        seen_by: |who| who.is(Role::SystemAdministrator),
    }],
    feeds: &[],
    panels: &[],
    todos: None,
    offers: None,
    copies: None,
    counts: None,
    needs: None,
    sources: &[],
};

fn routes() -> Routes {
    use staff::{list, one};
    Routes::new()
        .at("/desk/webhooks", get(list::show).post(list::add))
        .at("/desk/webhooks/{id}", get(one::show).post(one::change))
        .at("/desk/webhooks/{id}/ping", post(one::ping))
        .at("/desk/webhooks/{id}/removal", post(one::remove))
        .at("/desk/webhooks/{id}/deliveries/{delivery}/resending", post(one::resend))
}
