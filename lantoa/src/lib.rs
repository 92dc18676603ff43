//! Lan Tỏa: the communication platform of a Vietnamese province. See ARCHITECTURE.md for the map.

pub use lantoa_answers::{assistant, questions};
pub use lantoa_base::admits;
pub use lantoa_base::{base, people, search, web};
pub use lantoa_delivery::{loudspeakers, newsletters, syndication};
pub use lantoa_publishing::{campaigns, channels, library, news, publications, push, reach, retractions, webhooks};
pub use lantoa_results::{criteria, measures, open_data, registers, reports};
pub use lantoa_work::{agency_plans, cases, duties, estimates, inspections, plans, stocktakes};

pub mod capabilities;
pub mod commands;
pub mod demo;
pub mod reactions;
pub mod server;

#[cfg(test)]
mod rules;
#[cfg(test)]
mod stories;
#[cfg(test)]
pub mod testing;
