//! Criteria sets (bộ tiêu chí): what agencies of a class are assessed by in a year, what they say of themselves, what another body makes of
//! it, and what is published. The points are counted by the leaf `scoring`, exactly and the same for ever.
//!
//! ```text
//!   draft ──put forward──► issued by another person (the points sum to 100) ──open──► scoring, until a day: sheets of the agencies
//!     └──drop──► dropped                          an edition that is issued now is the next one; who began keeps theirs
//!   scoring ──► appraisal by another body ──► appeals, until a day ──► published: frozen; a correction is the next number
//! ```

pub mod api;
pub mod appeal;
pub mod appraisal;
pub mod appraiser;
pub mod drafting;
pub mod edition;
pub mod evidence;
pub mod faults;
pub mod gathering;
pub mod handing_in;
pub mod issuing;
pub mod late;
pub mod measured;
pub mod moving;
pub mod notices;
pub mod portal;
pub mod publication;
pub mod publishing;
pub mod reading;
pub mod reminding;
pub mod rights;
pub mod schema;
pub mod searched;
pub mod seeding;
pub mod set;
pub mod sheet;
pub mod sources;
pub mod staff;
pub mod table;
pub mod typed_node;
pub mod using;
pub mod waiting;
pub mod writing;

pub use publication::Publication;
pub use set::CriteriaSet;
pub use sheet::Sheet;

use crate::base::{Capability, Nav, Shelf};
use crate::web::Routes;

pub const CAPABILITY: Capability = Capability {
    name: "criteria",
    vietnamese: "bộ tiêu chí",
    routes,
    migrations: schema::migrations,
    chores: || vec![reminding::chore()],
    nav: &[Nav {
        shelf: Shelf::Work,
        href: "/desk/criteria",
        key: "nav-criteria",
        icon: "list-checks",
        seen_by: |who| who.agency.is_some() || who.is_any(rights::OVERSEERS),
    }],
    feeds: &[searched::FEED],
    panels: &[portal::panel::PANEL],
    todos: Some(waiting::todos),
    offers: None,
    copies: None,
    counts: None,
    needs: Some(using::needs),
    sources: sources::SOURCES,
};

fn routes() -> Routes {
    staff::routes().and(portal::routes()).api(api::routes())
}
