//! Before a change that reaches far is done, its effects are read: a page that carries what was typed, with the
//! button that does it, or with what stands in the way.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::web::{Locale, Obstacle, Page, Shell};

/// What a form of several steps asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The form again, with what was typed.
    Form,
    Preview,
    Do,
}

impl Step {
    /// Reads the button that was pressed; Enter in a field asks for the preview.
    #[must_use]
    pub fn of(text: &str) -> Self {
        match text {
            "form" => Self::Form,
            "do" => Self::Do,
            _ => Self::Preview,
        }
    }
}

#[derive(Template)]
#[template(path = "people/staff/agencies/preview.html")]
pub struct Preview {
    pub l: Locale,
    pub shell: Shell,
    pub title: String,
    /// The agency that it is about, and its page; None when it is about several.
    pub about: Option<(String, String)>,
    /// Where the form goes, with what was typed.
    pub action: String,
    pub fields: Vec<(&'static str, String)>,
    pub effects: Vec<Obstacle>,
    pub obstacles: Vec<Obstacle>,
    /// The word of the button that does it.
    pub label: String,
    pub icon: &'static str,
    /// It can not be undone here.
    pub is_final: bool,
}

impl Preview {
    fn back(&self) -> &str {
        self.about.as_ref().map_or(super::PATH, |(_, href)| href)
    }

    /// The page; 422 when something stands in the way.
    #[must_use]
    pub fn answer(self) -> Response {
        if self.obstacles.is_empty() { Page(self).into_response() } else { Page(self).status(StatusCode::UNPROCESSABLE_ENTITY) }
    }
}
