//! One order: what it says, how many have it, and what may be done.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::Iterable;
use uuid::Uuid;

use crate::base::{App, Who, time};
use crate::news::Article;
use crate::news::article::State as ArticleState;
use crate::people::person;
use crate::push::order::delivery::{Delivery, State as Way};
use crate::push::order::stopping::RESTORED;
use crate::push::order::{Kind, Order, resuming};
use crate::push::rights;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell};

/// How many stand so.
pub struct Line {
    pub mark: &'static str,
    pub word: String,
    pub count: i64,
}

#[derive(Template)]
#[template(path = "push/staff/show.html")]
pub struct OrderPage {
    l: Locale,
    shell: Shell,
    order: Order,
    kind: String,
    word: String,
    due: String,
    finished: String,
    made_by: String,
    stands: Vec<Line>,
    article: String,
    may_stop: bool,
    /// Whether the person decides about it after a restore.
    may_settle: bool,
    may_correct: bool,
    error: String,
    typed: String,
}

impl OrderPage {
    fn why(&self) -> String {
        if self.order.why == RESTORED { self.l.t("push-stopped-restored") } else { self.order.why.clone() }
    }

    fn path(&self) -> String {
        Order::desk_path(self.order.id)
    }
}

/// `GET /desk/push/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<OrderPage>> {
    Ok(Page(page(&app, &who, shell, id).await?))
}

async fn page(app: &App, who: &Who, shell: Shell, id: Uuid) -> Result<OrderPage> {
    let l = shell.l;
    let order = Order::find_for(app, who, id).await?;
    let counts = Delivery::counts(&app.db, id).await?;
    let article = Article::find(&app.db, order.article).await?;
    let names = person::names(&app.db, &order.made_by.into_iter().collect::<Vec<_>>()).await?;
    let line = |state: Way| Line { mark: state.mark(), word: l.t(&state.key()), count: counts.of(state) };
    let announces = rights::may_announce(who, order.agency);
    let corrected = Order::of(&app.db, order.article).await?.iter().any(|one| one.kind == Kind::Correction);
    let wrong = order.kind == Kind::News && article.state != ArticleState::Published;
    Ok(OrderPage {
        kind: l.t(&order.kind.key()),
        word: l.t(&order.state.key()),
        due: time::minute(order.due_at),
        finished: order.finished_at.map(time::minute).unwrap_or_default(),
        made_by: order.made_by.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| l.t("push-by-section")),
        stands: Way::iter().map(line).filter(|line| line.count > 0).collect(),
        article: Article::desk_path(order.article),
        may_stop: announces && !order.state.is_over(),
        may_settle: announces && order.is_restored(),
        may_correct: announces && wrong && !corrected && counts.reached() > 0,
        error: String::new(),
        typed: String::new(),
        order,
        l,
        shell,
    })
}

/// `POST /desk/push/{id}/acts/{act}`
pub async fn act(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((id, act)): Path<(Uuid, String)>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let why = fields.get("why").cloned().unwrap_or_default();
    let outcome = match act.as_str() {
        "stopping" => Order::stop(&app, &who, id, &why).await.map(|()| (id, "push-was-stopped-order")),
        "resumption" => resuming::settle_one(&app, &who, id, None).await.map(|()| (id, "push-was-resumed")),
        "drop" => resuming::settle_one(&app, &who, id, Some(&why)).await.map(|()| (id, "push-was-dropped")),
        "correction" => Order::correct(&app, &who, id).await.map(|order| (order, "push-was-ordered")),
        _ => return Err(Error::NotFound),
    };
    let (status, error) = match outcome {
        Ok((to, said)) => return Ok(Said::to(Order::desk_path(to), said).into_response()),
        Err(Error::Refused(obstacles)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, obstacles.iter().map(|one| one.text(shell.l)).collect())
        }
        Err(Error::Stale) => (StatusCode::CONFLICT, shell.l.t("push-stale")),
        Err(error) => return Err(error),
    };
    let page = OrderPage { error, typed: why, ..page(&app, &who, shell, id).await? };
    Ok(Page(page).status(status))
}
