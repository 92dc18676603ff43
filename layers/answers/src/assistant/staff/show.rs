//! A written answer on one page: what it says, what waits, who may do what now, its history.

use askama::Template;
use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;

use super::list::days;
use crate::assistant::curated::{Content, Curated, SENT_BACK, State};
use crate::base::{App, fact, time};
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::questions::Question;
use crate::registers::rights;
use crate::web::who::Signed;
use crate::web::{Locale, Obstacle, Page, Path, Result, Shell};

const HISTORY_MAX: u64 = 50;

#[derive(Template)]
#[template(path = "assistant/staff/show.html")]
pub struct Show {
    l: Locale,
    shell: Shell,
    one: Curated,
    agency: String,
    /// What waits, with the days between which it would hold.
    waiting: Option<(Content, String)>,
    obstacles: Vec<Obstacle>,
    may_write: bool,
    may_decide: bool,
    /// Empty while it does not hold.
    public_href: String,
    question_href: String,
    events: Events,
}

impl Show {
    fn here(&self) -> String {
        Curated::path(self.one.id)
    }

    fn days(&self) -> String {
        days(&self.one)
    }

    /// What the change is: one that waits, or one that was sent back.
    fn coming_words(&self) -> String {
        self.l.t(if self.one.is_sent_back() { SENT_BACK } else { "curated-waiting" })
    }

    fn words(&self, obstacle: &Obstacle) -> String {
        obstacle.text(self.l)
    }
}

/// `GET /desk/assistant/answers/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Show>> {
    let l = shell.l;
    let one = Curated::find_for(&app, &who, id).await?;
    let (known, facts) = (Known::now(&app).await?, fact::Model::history(&app.db, id, HISTORY_MAX).await?);
    let today = time::local_date(app.clock.now());
    let coming = |content: Content| {
        let days = days(&one.clone().saying(content.clone()));
        (content, days)
    };
    Ok(Page(Show {
        agency: known.get(&one.agency).map(|body| body.name.clone()).unwrap_or_default(),
        waiting: one.pending().map(coming),
        obstacles: one.obstacles_to_approve(&app, &who),
        may_write: rights::writes(&who, one.agency) && one.state != State::Withdrawn,
        may_decide: rights::decides(&who, one.agency) && one.state != State::Withdrawn,
        public_href: if one.holds_on(today) { Curated::public_path(id) } else { String::new() },
        question_href: one.question.map(Question::desk_path).unwrap_or_default(),
        events: Events::of(&app.db, l, &facts, &known).await?,
        one,
        l,
        shell,
    }))
}
