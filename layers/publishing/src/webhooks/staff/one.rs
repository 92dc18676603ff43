//! One address: what it is told of, the log of what was sent, trying it, sending again.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::{Connector, list};
use crate::base::{App, time};
use crate::web::paging::Paging;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};
use crate::webhooks::delivery::State as Way;
use crate::webhooks::{Delivery, Event, Webhook};

const ROWS: u64 = 50;

/// A message as a row of the log.
pub struct Row {
    pub id: Uuid,
    pub message: String,
    pub event: String,
    pub at: String,
    pub mark: &'static str,
    pub word: String,
    pub answer: String,
    /// When it is tried next; empty when it is settled.
    pub next: String,
    pub attempts: i32,
    pub may_resend: bool,
}

#[derive(Template)]
#[template(path = "webhooks/staff/one.html")]
pub struct One {
    l: Locale,
    shell: Shell,
    webhook: Webhook,
    events: Vec<Event>,
    paused: bool,
    rows: Vec<Row>,
    paging: Paging,
    errors: Mistakes,
}

impl One {
    async fn of(app: &App, shell: Shell, webhook: Webhook, page: Option<u64>) -> Result<Self> {
        let l = shell.l;
        let paging = Paging::new(page, ROWS, Delivery::count(&app.db, webhook.id).await?);
        let rows = Delivery::latest(&app.db, webhook.id, paging.offset(), ROWS).await?;
        let rows = rows.into_iter().map(|delivery| row(l, delivery)).collect();
        let errors = Mistakes::default();
        Ok(Self { events: webhook.events(), paused: webhook.paused, l, shell, webhook, rows, paging, errors })
    }

    fn here(&self) -> String {
        Webhook::path(self.webhook.id)
    }

    fn all_events(&self) -> [Event; 16] {
        Event::ALL
    }

    fn is_chosen(&self, event: &Event) -> bool {
        self.events.contains(event)
    }

    /// The address of the page so many further on; empty when there is none.
    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|page| format!("{}?page={page}", self.here())).unwrap_or_default()
    }
}

fn row(l: Locale, delivery: Delivery) -> Row {
    let waits = delivery.state == Way::Planned;
    let (mark, key) = match delivery.state {
        Way::Delivered => ("on-time", delivery.state.key()),
        Way::Failed => ("late", delivery.state.key()),
        Way::Planned if delivery.attempts > 0 => ("returned", "delivery-state-again".into()),
        Way::Planned => ("waiting", delivery.state.key()),
    };
    let why = delivery.error.as_deref().map(|word| l.t(&format!("delivery-error-{word}")));
    let answer = [
        delivery.status.map(|status| format!("HTTP {status}")),
        why,
        delivery.took_ms.filter(|_| delivery.status.is_some()).map(|ms| format!("{ms} ms")),
    ];
    Row {
        message: delivery.message_id(),
        at: time::minute(delivery.planned_at),
        word: l.t(&key),
        answer: answer.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        next: if waits { time::minute(delivery.run_at) } else { String::new() },
        attempts: delivery.attempts,
        may_resend: !waits,
        id: delivery.id,
        event: delivery.event,
        mark,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    page: String,
}

/// `GET /desk/webhooks/{id}`
pub async fn show(
    _who: Connector,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Query(ask): Query<Ask>,
) -> Result<Page<One>> {
    let webhook = Webhook::find(&app.db, id).await?;
    Ok(Page(One::of(&app, shell, webhook, ask.page.parse().ok()).await?))
}

/// `POST /desk/webhooks/{id}`: what it is told of, and whether.
pub async fn change(
    who: Connector,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let webhook = Webhook::find(&app.db, id).await?;
    let one = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default();
    let (events, paused) = (list::chosen(&fields), one("paused") == "on");
    match webhook.change(&app, &who, &events, paused, one("version").parse().unwrap_or_default()).await {
        Ok(()) => Ok(Said::to(Webhook::path(id), "webhook-kept").into_response()),
        Err(Error::Refused(obstacles)) => {
            let mut page = One::of(&app, shell, webhook, None).await?;
            page.errors = obstacles.iter().map(|obstacle| ("events", obstacle.text(page.l))).collect();
            (page.events, page.paused) = (events, paused);
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/webhooks/{id}/ping`
pub async fn ping(_who: Connector, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Said> {
    let webhook = Webhook::find(&app.db, id).await?;
    Delivery::ping(&app, &webhook).await?;
    Ok(Said::to(format!("{}#log", Webhook::path(id)), "webhook-pinged"))
}

/// `POST /desk/webhooks/{id}/removal`
pub async fn remove(who: Connector, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Said> {
    Webhook::find(&app.db, id).await?.remove(&app, &who).await?;
    Ok(Said::to("/desk/webhooks", "webhook-removed"))
}

/// `POST /desk/webhooks/{id}/deliveries/{delivery}/resending`
pub async fn resend(_who: Connector, State(app): State<App>, Path((id, delivery)): Path<(Uuid, Uuid)>) -> Result<Said> {
    let webhook = Webhook::find(&app.db, id).await?;
    Delivery::resend(&app, &webhook, delivery).await?;
    Ok(Said::to(format!("{}#log", Webhook::path(id)), "delivery-resent"))
}
