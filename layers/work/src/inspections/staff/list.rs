//! Inspections led by the person's body, about it, or all.

use askama::Template;
use axum::extract::{Query, State};
use chrono::NaiveDate;
use sea_orm::{PaginatorTrait, QuerySelect};
use serde::Deserialize;

use crate::base::{App, time};
use crate::inspections::finding::{Followed, Standing};
use crate::inspections::inspection::{Inspection, span};
use crate::inspections::listing::{self, View};
use crate::inspections::rights;
use crate::inspections::visit::Visit;
use crate::people::agency::brief::Known;
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Shell, unread};

const ROWS: u64 = 50;

/// What the address asks to see.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    view: String,
    page: Option<u64>,
}

/// An inspection as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub when: String,
    pub leader: String,
    pub mark: &'static str,
    pub word: String,
    pub visits: String,
    pub findings: String,
    pub demo: bool,
}

/// A link with a count.
pub struct Tab {
    pub href: String,
    pub label: String,
    pub current: bool,
}

#[derive(Template)]
#[template(path = "inspections/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    view: View,
    tabs: Vec<Tab>,
    heading: String,
    /// A view that the person does not have.
    unread: String,
    rows: Vec<Row>,
    paging: Paging,
    may_plan: bool,
}

impl List {
    /// The address of the page so many further on; empty when there is none.
    fn turn(&self, by: i64) -> String {
        let to = |page| format!("/desk/inspections?view={}&page={page}", self.view.code());
        self.paging.turn(by).map(to).unwrap_or_default()
    }
}

/// `GET /desk/inspections`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<List>> {
    let l = shell.l;
    let today = time::local_date(app.clock.now());
    let agencies = Known::now(&app).await?;
    let views = View::of(&who);
    let mut counts = Vec::new();
    for view in &views {
        counts.push(view.inspections(&who).count(&app.db).await?);
    }
    let best = views.iter().zip(&counts).find(|(_, count)| **count > 0).map(|(view, _)| *view);
    let asked = View::from_code(&ask.view).filter(|view| views.contains(view));
    let view = asked.or(best).or(views.first().copied()).ok_or(Error::Forbidden)?;
    let total = views.iter().zip(&counts).find(|(one, _)| **one == view).map_or(0, |(_, count)| *count);
    let paging = Paging::new(ask.page, ROWS, total);
    let inspections = view.inspections(&who).offset(paging.offset()).limit(ROWS).all(&app.db).await?;
    let only = who.agency.filter(|_| view == View::About);
    let mut visits = listing::visits(&app.db, &inspections, only).await?;
    let tab = |(one, count): (&View, &u64)| Tab {
        href: format!("/desk/inspections?view={}", one.code()),
        label: l.t1(&format!("inspections-view-{}", one.code()), "count", count),
        current: *one == view,
    };
    let rows = inspections.iter().map(|one| {
        let own = visits.remove(&one.id).unwrap_or_default();
        row(l, one, &own, only.is_some(), (&agencies, today))
    });
    Ok(Page(List {
        tabs: views.iter().zip(&counts).map(tab).collect(),
        heading: l.t1("inspections-heading", "count", total),
        unread: unread(&[(asked.is_some(), &ask.view)]),
        rows: rows.collect(),
        may_plan: rights::inspecting(&app, &who, &agencies, today).await?.is_some(),
        paging,
        view,
        l,
        shell,
    }))
}

fn row(
    l: Locale,
    inspection: &Inspection,
    visits: &[(Visit, Vec<Followed>)],
    about: bool,
    (agencies, today): (&Known, NaiveDate),
) -> Row {
    let slug = |visit: &Visit| agencies.get(&visit.agency).map(|agency| agency.slug.clone()).unwrap_or_default();
    let published = visits.iter().filter(|(visit, _)| visit.published_at.is_some()).count();
    let standing = inspection.standing(visits.len(), published, today);
    let count = |of: fn(Standing) -> bool| visits.iter().flat_map(|(_, own)| own).filter(|one| of(one.standing(today))).count();
    let (owed, late) = (count(Standing::is_owed), count(|standing| standing == Standing::Overdue));
    let findings = match (visits.iter().map(|(_, own)| own.len()).sum::<usize>(), owed, late) {
        (0, ..) => l.t("inspection-no-findings"),
        (all, 0, _) => l.t1("inspection-findings-done", "count", all),
        (_, owed, 0) => l.t1("inspection-findings-open", "count", owed),
        (_, owed, late) => l.t2("inspection-findings-late", "count", owed, "late", late),
    };
    let href = visits.first().filter(|_| about).map(|(visit, _)| Inspection::visit_path(inspection.id, &slug(visit)));
    Row {
        href: href.unwrap_or_else(|| Inspection::desk_path(inspection.id)),
        title: inspection.title.clone(),
        when: span(inspection.from_on, inspection.until_on),
        leader: agencies.get(&inspection.leader).map(|agency| agency.label()).unwrap_or_default(),
        mark: if late > 0 { "late" } else { standing.mark() },
        word: l.t(standing.key()),
        visits: if about { String::new() } else { l.t2("inspection-visits", "done", published, "all", visits.len()) },
        findings,
        demo: inspection.demo,
    }
}
