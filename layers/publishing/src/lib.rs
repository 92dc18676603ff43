//! Publishing: pictures and films, articles, channels, publications, reach, campaigns.
//! See ARCHITECTURE.md for the map.

// What lies below is seen under its own name.
pub use lantoa_base::admits;
pub use lantoa_base::{base, people, search, web};
pub use lantoa_work::{agency_plans, cases, duties, estimates, inspections, plans, stocktakes};

pub mod campaigns;
pub mod channels;
pub mod library;
pub mod news;
pub mod publications;
pub mod push;
pub mod reach;
pub mod retractions;
pub mod webhooks;
