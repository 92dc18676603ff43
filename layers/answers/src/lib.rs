//! Answers: questions of citizens and the assistant.
//! See ARCHITECTURE.md for the map.

// What lies below is seen under its own name.
pub use lantoa_base::admits;
pub use lantoa_base::{base, people, search, web};
pub use lantoa_publishing::{campaigns, channels, library, news, publications, push, reach, retractions, webhooks};
pub use lantoa_results::{criteria, measures, open_data, registers, reports};
pub use lantoa_work::{agency_plans, cases, duties, estimates, inspections, plans, stocktakes};

pub mod assistant;
pub mod questions;
