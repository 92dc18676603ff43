//! The addresses that are told, and adding one.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::Connector;
use crate::base::{App, new_id};
use crate::web::{Error, Locale, Mistakes, Page, Result, Shell};
use crate::webhooks::delivery::{self, State as Way};
use crate::webhooks::webhook::Wanted;
use crate::webhooks::{Event, Webhook};

/// An address as a row.
pub struct Row {
    pub href: String,
    pub host: String,
    pub address: String,
    pub events: usize,
    pub paused: bool,
    pub waiting: i64,
    pub failed: i64,
}

#[derive(Template)]
#[template(path = "webhooks/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
    given: Wanted,
    errors: Mistakes,
    /// What was just made: shown once; and where its page is.
    secret: String,
    made: String,
    private: bool,
}

impl List {
    async fn of(app: &App, shell: Shell, given: Wanted) -> Result<Self> {
        let counts = delivery::counts(&app.db).await?;
        let counts: HashMap<(Uuid, String), i64> =
            counts.into_iter().map(|(webhook, state, n)| ((webhook, state.key()), n)).collect();
        let count = |id: Uuid, state: Way| counts.get(&(id, state.key())).copied().unwrap_or_default();
        let row = |webhook: Webhook| Row {
            href: Webhook::path(webhook.id),
            events: webhook.events().len(),
            waiting: count(webhook.id, Way::Planned),
            failed: count(webhook.id, Way::Failed),
            host: webhook.host,
            address: webhook.address,
            paused: webhook.paused,
        };
        let rows = Webhook::all(&app.db).await?.into_iter().map(row).collect();
        let private = app.config.webhooks_private;
        Ok(Self {
            l: shell.l,
            shell,
            rows,
            given,
            errors: Mistakes::default(),
            secret: String::new(),
            made: String::new(),
            private,
        })
    }

    fn events(&self) -> [Event; 16] {
        Event::ALL
    }

    fn is_chosen(&self, event: &Event) -> bool {
        self.given.events.contains(event)
    }

    fn mark(&self, row: &Row) -> &'static str {
        match (row.paused, row.failed > 0, row.waiting > 0) {
            (true, ..) => "draft",
            (_, true, _) => "late",
            (_, _, true) => "waiting",
            _ => "on-time",
        }
    }

    fn word(&self, row: &Row) -> String {
        match self.mark(row) {
            "draft" => self.l.t("webhook-paused"),
            "late" => self.l.t1("webhook-failed-n", "n", row.failed),
            "waiting" => self.l.t1("webhook-waiting-n", "n", row.waiting),
            _ => self.l.t("webhook-in-order"),
        }
    }
}

/// `GET /desk/webhooks`
pub async fn show(_who: Connector, shell: Shell, State(app): State<App>) -> Result<Page<List>> {
    let fresh = Wanted { id: new_id(), address: String::new(), events: vec![Event::PlanAdopted] };
    Ok(Page(List::of(&app, shell, fresh).await?))
}

/// `POST /desk/webhooks`: adds an address and shows its secret, once.
pub async fn add(
    who: Connector,
    shell: Shell,
    State(app): State<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let one = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default();
    let id: Uuid = one("id").parse().map_err(|_| Error::bad("failure-bad-request"))?;
    let wanted = Wanted { id, address: one("address").replace('\0', ""), events: chosen(&fields) };
    match Webhook::add(&app, &who, &wanted).await {
        Ok(secret) => {
            let fresh = Wanted { id: new_id(), ..Wanted::default() };
            let mut page = List::of(&app, shell, fresh).await?;
            (page.secret, page.made) = (secret, Webhook::path(id));
            Ok(Page(page).into_response())
        }
        Err(Error::Refused(obstacles)) if obstacles.iter().all(|one| !one.field.is_empty()) => {
            let mut page = List::of(&app, shell, wanted).await?;
            page.errors = Mistakes::told(&obstacles, page.l);
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// The events that were ticked.
#[must_use]
pub fn chosen(fields: &[(String, String)]) -> Vec<Event> {
    let ticked = |event: &Event| fields.iter().any(|(name, value)| name == "events" && value == event.code());
    Event::ALL.into_iter().filter(ticked).collect()
}
