//! Stories about people, told over HTTP.

mod attempts;
mod door;
mod invitation;
