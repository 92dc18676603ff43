//! The campaigns of the province, as far as the person may see them. Filters stand in the address.

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, Iterable, PaginatorTrait, QueryOrder, QuerySelect};
use serde::Deserialize;

use crate::base::{App, Who, containing, time};
use crate::campaigns::campaign::{Campaign, Column, Entity, State};
use crate::campaigns::rights;
use crate::people::agency::brief::Known;
use crate::web::download::{CSV, Download, harmless};
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell, address};

const ROWS: u64 = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    state: String,
    agency: String,
    q: String,
    page: Option<u64>,
}

/// A campaign as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub agency: String,
    pub mark: &'static str,
    pub word: String,
    pub when: String,
}

/// A choice of a filter.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "campaigns/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    ask: Ask,
    rows: Vec<Row>,
    states: Vec<Choice>,
    agencies: Vec<Choice>,
    paging: Paging,
    narrowed: bool,
    may_write: bool,
}

impl List {
    fn query(&self, page: &str) -> String {
        let ask = &self.ask;
        address::query(&[("state", &ask.state), ("agency", &ask.agency), ("q", &ask.q), ("page", page)])
    }

    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|to| format!("/desk/campaigns{}", self.query(&to.to_string()))).unwrap_or_default()
    }

    fn csv(&self) -> String {
        format!("/desk/campaigns/csv{}", self.query(""))
    }
}

fn wanted(who: &Who, ask: &Ask) -> Condition {
    let mut all = Condition::all();
    if !who.is_any(rights::OVERSEERS) {
        let open = Column::State.is_in([State::Running, State::Closed]);
        // Who works for no agency sees none.
        let seen = match who.agency {
            Some(own) => Condition::any().add(open).add(Column::Agency.eq(own)),
            None => Condition::all().add(Column::Agency.eq(Uuid::nil())),
        };
        all = all.add(seen);
    }
    all = match State::iter().find(|state| state.to_value() == ask.state) {
        Some(state) => all.add(Column::State.eq(state)),
        None => all.add(Column::State.ne(State::Dropped)),
    };
    if let Ok(agency) = ask.agency.parse::<Uuid>() {
        all = all.add(Column::Agency.eq(agency));
    }
    let words = vietnamese::fold(ask.q.trim());
    if words.is_empty() { all } else { all.add(Column::Words.like(containing(&words))) }
}

/// `GET /desk/campaigns`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<List>> {
    let l = shell.l;
    let rows = Entity::find().filter(wanted(&who, &ask));
    let paging = Paging::new(ask.page, ROWS, rows.clone().count(&app.db).await?);
    let rows = rows.order_by_desc(Column::StartsOn).order_by_desc(Column::Id).offset(paging.offset()).limit(ROWS);
    let campaigns = rows.all(&app.db).await?;
    let known = Known::now(&app).await?;
    let row = |one: &Campaign| Row {
        href: Campaign::path(one.id),
        title: one.title.clone(),
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        mark: one.state.mark(),
        word: l.t(&one.state.key()),
        when: format!("{} – {}", time::day(one.starts_on), time::day(one.ends_on)),
    };
    let state = |one: State| Choice { value: one.to_value(), label: l.t(&one.key()), chosen: ask.state == one.to_value() };
    let leaders: Vec<Uuid> = Entity::find().select_only().column(Column::Agency).distinct().into_tuple().all(&app.db).await?;
    let agency = |id: &Uuid| Choice {
        value: id.to_string(),
        label: known.get(id).map(|body| body.label()).unwrap_or_default(),
        chosen: ask.agency == id.to_string(),
    };
    Ok(Page(List {
        rows: campaigns.iter().map(row).collect(),
        states: State::iter().map(state).collect(),
        agencies: leaders.iter().map(agency).collect(),
        paging,
        narrowed: [&ask.state, &ask.agency, &ask.q].iter().any(|one| !one.trim().is_empty()),
        may_write: who.agency.is_some_and(|own| rights::writes(&who, own)),
        ask,
        l,
        shell,
    }))
}

/// `GET /desk/campaigns/csv`: the same list, whole.
pub async fn csv(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Download> {
    let l = shell.l;
    let rows = Entity::find().filter(wanted(&who, &ask)).order_by_desc(Column::StartsOn).order_by_desc(Column::Id);
    let known = Known::now(&app).await?;
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let heads = ["campaign-title", "campaign-leader", "campaign-state", "campaign-starts", "campaign-ends", "campaign-budget"];
    writer.write_record(heads.map(|key| l.t(key)))?;
    for one in rows.all(&app.db).await? {
        let agency = known.get(&one.agency).map(|body| harmless(&body.name)).unwrap_or_default();
        let budget = one.budget.map(|sum| sum.to_string()).unwrap_or_default();
        let days = [one.starts_on.to_string(), one.ends_on.to_string()];
        writer.write_record([harmless(&one.title), agency, l.t(&one.state.key())].iter().chain(&days).chain([&budget]))?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(Download { name: "chien-dich.csv".into(), media_type: CSV, bytes })
}
