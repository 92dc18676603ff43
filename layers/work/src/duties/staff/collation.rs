//! The collated words of a period: to be read, printed, and taken away as a document.

use askama::Template;
use axum::extract::{Query, State};
use sea_orm::prelude::Uuid;
use serde::Deserialize;

use super::requests::Watcher;
use crate::base::{App, Who, time};
use crate::duties::closing::{self, Closing, Outcome};
use crate::duties::collation::{self, Collation, Group, Item, paper};
use crate::duties::view;
use crate::web::download::{DOCX, Download};
use crate::web::{Locale, Page, Path, Result, Shell, cut};

const TITLE_LETTERS: usize = 240;

/// Which state of the period is collated: as closing number so-and-so wrote it down, or as it is now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    closing: Option<i32>,
}

#[derive(Template)]
#[template(path = "duties/staff/collation.html")]
pub struct CollationPage {
    l: Locale,
    shell: Shell,
    collation: Collation,
    title: String,
    about: String,
    counted: String,
    back: String,
    closing: Option<i32>,
    printed: String,
}

impl CollationPage {
    fn docx(&self) -> String {
        let which = self.closing.map(|number| format!("?closing={number}")).unwrap_or_default();
        format!("{}/collation/docx{which}", self.back)
    }

    /// The sources of a paragraph: words and address.
    fn sources(&self, item: &Item) -> Vec<(String, String)> {
        let of = item.sources.iter().filter_map(|place| self.collation.sources.get(*place));
        of.map(|source| (paper::mark(self.l, source), source.href.clone())).collect()
    }

    fn wordless(&self) -> Vec<(String, String)> {
        self.sources(&Item { text: String::new(), sources: self.collation.wordless.clone() })
    }

    fn heading(&self, group: &Group) -> String {
        paper::heading(self.l, group.kind)
    }

    /// Who is not in: name, address, and how it stands where that is not what the heading says.
    fn absent(&self) -> Vec<(String, String, String)> {
        let word = |outcome: Outcome| if outcome == Outcome::Absent { String::new() } else { self.l.t(&outcome.key()) };
        let row = |(name, href, outcome): &(String, String, Outcome)| (name.clone(), href.clone(), word(*outcome));
        self.collation.absent.iter().map(row).collect()
    }
}

async fn read(app: &App, who: &Who, shell: Shell, (duty, period): &(Uuid, String), ask: &Ask) -> Result<CollationPage> {
    let (duty, plan) = closing::find_for(app, who, *duty).await?;
    let collation = collation::read(app, duty.id, period, ask.closing).await?;
    let l = shell.l;
    let all = collation.present + collation.absent.len();
    let counted = l.t2("collation-counted", "present", collation.present, "all", all);
    let as_of = match ask.closing {
        Some(number) => l.t1("closing-version", "version", number),
        None => l.t1("collation-now", "at", time::minute(app.clock.now())),
    };
    let place = if duty.path.is_empty() { l.t(&duty.kind.key()) } else { duty.path.clone() };
    Ok(CollationPage {
        title: cut(&duty.title, TITLE_LETTERS),
        about: format!("{} · {}, {place}", view::period(l, period), plan.title()),
        counted: format!("{counted} · {as_of}"),
        back: Closing::desk_path(duty.id, period),
        closing: ask.closing,
        printed: time::minute(app.clock.now()),
        collation,
        l,
        shell,
    })
}

/// `GET /desk/closings/{duty}/{period}/collation`
pub async fn show(
    who: Watcher,
    shell: Shell,
    State(app): State<App>,
    Path(at): Path<(Uuid, String)>,
    Query(ask): Query<Ask>,
) -> Result<Page<CollationPage>> {
    Ok(Page(read(&app, &who, shell, &at, &ask).await?))
}

/// `GET /desk/closings/{duty}/{period}/collation/docx`
pub async fn docx(
    who: Watcher,
    shell: Shell,
    State(app): State<App>,
    Path(at): Path<(Uuid, String)>,
    Query(ask): Query<Ask>,
) -> Result<Download> {
    let page = read(&app, &who, shell, &at, &ask).await?;
    let head = paper::Head {
        title: page.l.t("collation-title"),
        about: format!("{}. {}", page.title.trim_end_matches('.'), page.about),
        counted: page.counted.clone(),
        origin: app.config.public_url(),
    };
    let bytes = paper::write(page.l, &head, &page.collation)?;
    Ok(Download { name: format!("tong-hop-{}.docx", at.1), media_type: DOCX, bytes })
}
