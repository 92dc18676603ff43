//! The addresses of a capability, kept as a list beside the router so that a test can hold every one of
//! them against the stories that visit it.

use axum::Router;
use axum::routing::MethodRouter;

use crate::base::App;

/// A router that remembers its patterns.
#[derive(Default)]
pub struct Routes {
    pub router: Router<App>,
    pub patterns: Vec<&'static str>,
}

impl Routes {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers `pattern` with these methods.
    #[must_use]
    pub fn at(mut self, pattern: &'static str, methods: MethodRouter<App>) -> Self {
        self.router = self.router.route(pattern, methods);
        self.patterns.push(pattern);
        self
    }

    /// Takes another list in.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.patterns.extend(other.patterns);
        self
    }
}
