//! Duties: what an adopted plan asks becomes slots (duty × agency × period), which agencies answer and another
//! body reviews. Nothing about a slot's standing is stored: expected, submitted, on time, accepted and overdue
//! are derived from slots, answers and reviews.
//!
//! ```text
//!   PlanAdopted ──► duty ──► slot ──answer──► submitted ──accept──► accepted
//!                              ▲                  │ return
//!                              └──────────────────┘   (returned counts as not done)
//! ```

pub mod agreeing;
pub mod answer;
pub mod api;
pub mod assignment;
pub mod backlog;
pub mod calendar;
pub mod carrying;
pub mod changing;
pub mod clearance;
pub mod closing;
pub mod collation;
pub mod day_off;
pub mod deriving;
pub mod duty;
pub mod evidence;
pub mod feed;
pub mod form;
pub mod held;
pub mod holder;
pub mod link_check;
pub mod listed;
pub mod naming;
pub mod notice_mail;
pub mod offered;
pub mod opening;
pub mod oversight;
pub mod portal;
pub mod progress;
pub mod proof;
pub mod reminder;
pub mod request;
pub mod review;
pub mod rule;
pub mod schema;
pub mod slot;
pub mod sources;
pub mod staff;
pub mod standing;
pub mod trend;
pub mod unlock;
pub mod view;
pub mod working_time;

pub use duty::Duty;
pub use request::Request;
pub use slot::Slot;

use crate::base::{Capability, Nav, Role, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "duties",
    vietnamese: "nhiệm vụ",
    routes,
    migrations: schema::migrations,
    chores: || vec![opening::chore(), reminder::chore(), notice_mail::chore(), link_check::chore()],
    nav: &[
        Nav {
            shelf: Shelf::Work,
            href: "/desk/duties",
            key: "nav-duties",
            icon: "circle-check",
            seen_by: |who| who.agency.is_some(),
        },
        Nav {
            shelf: Shelf::Work,
            href: "/desk/reviews",
            key: "nav-reviews",
            icon: "stamp",
            seen_by: |who| who.is_any(&[Role::Reviewer, Role::Coordinator, Role::Leader]),
        },
        Nav {
            shelf: Shelf::Work,
            href: "/desk/progress",
            key: "nav-progress",
            icon: "chart-column",
            seen_by: |who| who.is_any(staff::board::Overseer::ROLES),
        },
        Nav {
            shelf: Shelf::Work,
            href: "/desk/requests",
            key: "nav-requests",
            icon: "send",
            seen_by: |who| who.is_any(staff::requests::Watcher::ROLES),
        },
        Nav {
            shelf: Shelf::Work,
            href: "/desk/closings",
            key: "nav-closings",
            icon: "lock",
            seen_by: |who| who.is_any(staff::requests::Watcher::ROLES),
        },
        Nav {
            shelf: Shelf::Work,
            href: "/desk/leader",
            key: "nav-leader",
            icon: "file-chart-column",
            seen_by: |who| who.is_any(staff::leader::Decider::ROLES),
        },
        Nav {
            shelf: Shelf::Administration,
            href: "/desk/days-off",
            key: "nav-days-off",
            icon: "calendar",
            seen_by: |who| who.is_any(staff::days_off::Keeper::ROLES),
        },
    ],
    feeds: &[],
    panels: &[],
    todos: None,
    offers: None,
    copies: None,
    counts: None,
    needs: None,
    sources: sources::SOURCES,
};

fn routes() -> Routes {
    staff::routes().and(portal::routes()).api(api::routes())
}
