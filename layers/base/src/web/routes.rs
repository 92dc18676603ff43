//! The addresses of a capability, kept as a list beside the router so that a test can hold every one of
//! them against the stories that visit it.

use axum::Router;
use axum::routing::MethodRouter;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::base::App;

/// A router that remembers its patterns.
#[derive(Default)]
pub struct Routes {
    pub router: Router<App>,
    pub patterns: Vec<String>,
    /// What the API's addresses take and answer, as OpenAPI has it.
    pub described: Option<OpenApi>,
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
        self.patterns.push(pattern.to_owned());
        self
    }

    /// Answers addresses of the API, which describe themselves.
    #[must_use]
    pub fn api(self, router: OpenApiRouter<App>) -> Self {
        let (router, described) = router.split_for_parts();
        let patterns = described.paths.paths.keys().cloned().collect();
        self.and(Self { router, patterns, described: Some(described) })
    }

    /// Takes another list in.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.patterns.extend(other.patterns);
        self.described = match (self.described, other.described) {
            (Some(mut mine), Some(theirs)) => {
                mine.merge(theirs);
                Some(mine)
            }
            (mine, theirs) => mine.or(theirs),
        };
        self
    }
}
