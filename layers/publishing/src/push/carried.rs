//! Where an article stands on screens: one mailing for the announcement, one for the correction.

use futures_util::future::BoxFuture;
use uuid::Uuid;

use super::order::delivery::{Counts, Delivery, State as Way};
use super::order::{Kind, Order, State};
use crate::base::App;
use crate::base::copies::{Copy, Count, Stand};
use crate::web::{Locale, Result};

/// Asked with the id of an article.
pub fn copies(app: &App, article: Uuid) -> BoxFuture<'_, Result<Vec<Copy>>> {
    Box::pin(async move {
        let orders = Order::of(&app.db, article).await?;
        let Some(first) = orders.iter().find(|one| one.kind == Kind::News) else { return Ok(Vec::new()) };
        let counts = Delivery::counts(&app.db, first.id).await?;
        let correction = orders.iter().find(|one| one.kind == Kind::Correction);
        let (stand, since) = match correction.filter(|one| one.state == State::Done) {
            Some(after) if counts.reached() > 0 => (Stand::Followed, after.finished_at),
            _ => (stand(first, &counts), first.finished_at.or(first.built_at)),
        };
        let l = Locale::default();
        Ok(vec![Copy {
            id: first.id,
            channel: "push",
            agency: first.agency,
            place: l.t("push-place"),
            href: Order::desk_path(first.id),
            address: None,
            recipients: u64::try_from(counts.reached()).ok(),
            stand,
            since: since.unwrap_or(first.made_at),
            proof: l.t2("push-proof", "count", counts.of(Way::Confirmed), "unknown", counts.of(Way::Unknown)),
        }])
    })
}

/// What is on a screen can not be taken back.
fn stand(order: &Order, counts: &Counts) -> Stand {
    match order.state {
        _ if counts.of(Way::Confirmed) + counts.of(Way::Sending) > 0 => Stand::Final,
        _ if counts.of(Way::Unknown) > 0 => Stand::Unknown,
        State::Waiting | State::Sending if counts.open() > 0 || order.state == State::Waiting => Stand::Waiting,
        _ => Stand::Stopped,
    }
}

/// Asked with the id of an article.
pub fn counts(app: &App, article: Uuid) -> BoxFuture<'_, Result<Vec<Count>>> {
    Box::pin(async move {
        let mut found = Vec::new();
        for order in Order::of(&app.db, article).await?.into_iter().filter(|one| one.kind == Kind::News && one.built_at.is_some())
        {
            let counts = Delivery::counts(&app.db, order.id).await?;
            found.push(Count {
                channel: "push",
                agency: order.agency,
                place: Locale::default().t("push-place"),
                metric: "taken",
                value: u64::try_from(counts.of(Way::Confirmed)).ok(),
                definition: "push-1",
                // One person may have several browsers.
                distinct: false,
                at: app.clock.now(),
                href: Order::desk_path(order.id),
            });
        }
        Ok(found)
    })
}
