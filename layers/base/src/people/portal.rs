//! What everyone reads about agencies: who there is, where, how to reach them, and who came before.

pub mod directory;
pub mod profile;
