//! The pages of the desk.

pub mod invitation;
pub mod sign_in;
