//! Work: plans and their provisions, duties and slots, estimates, cases, inspections.
//! See ARCHITECTURE.md for the map.

// What lies below is seen under its own name.
pub use lantoa_base::admits;
pub use lantoa_base::{base, people, search, web};

pub mod agency_plans;
pub mod cases;
pub mod duties;
pub mod estimates;
pub mod inspections;
pub mod plans;
pub mod stocktakes;
