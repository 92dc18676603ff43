//! The figures of a duty's form over all agencies of a period: each total opens the answers that it counts, or the pieces of
//! evidence where several agencies can have counted the same.

mod files;

use askama::Template;
use axum::extract::{Query, State};
pub use files::{csv, xlsx};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde::Deserialize;

use super::board::Overseer;
use super::rules;
use crate::base::{App, Role, time};
use crate::duties::changing;
use crate::duties::duty::Duty;
use crate::duties::form::field::{Field, Kind};
use crate::duties::form::roll_up::{Gave, Outcomes, Sheets};
use crate::duties::form::source::Piece;
use crate::duties::form::values::{Value, unit};
use crate::duties::{Slot, slot, view};
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, Page, Path, Result, Shell, address, cut};

const TITLE_LETTERS: usize = 200;
/// In an address: the pieces behind a total.
const PIECES: &str = "pieces";

/// Which period, and which list behind a figure.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    period: String,
    /// Code of a field; with `which` the list behind one figure.
    field: String,
    which: String,
}

/// A field with its total.
pub struct Row {
    pub code: String,
    pub label: String,
    pub operator: String,
    /// Empty when there is no total.
    pub total: String,
    /// The list behind the total.
    pub href: String,
    /// How much of it several agencies share; empty when nothing is.
    pub note: String,
    /// Why there is none.
    pub none: String,
    /// What agencies gave, how many, and the list.
    pub counts: Vec<(String, usize, String)>,
}

/// An agency behind a figure.
pub struct One {
    pub agency: String,
    pub href: String,
    pub value: String,
    pub why: String,
}

/// A piece of evidence behind a total.
pub struct Proven {
    pub name: String,
    /// Of a link; empty for a file.
    pub address: String,
    pub shared: String,
    /// Agency, and its slot.
    pub claims: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "duties/staff/figures.html")]
pub struct Figures {
    l: Locale,
    shell: Shell,
    duty: Duty,
    title: String,
    plan: String,
    heading: String,
    period: String,
    /// Key, name, whether it is shown.
    periods: Vec<(String, String, bool)>,
    rows: Vec<Row>,
    /// The list behind one figure.
    list: Option<(String, Vec<One>)>,
    /// The pieces behind a total.
    pieces: Option<(String, Vec<Proven>)>,
    may_edit: bool,
    /// With the period, which paper does not show otherwise.
    printed_title: String,
    printed: String,
}

impl Figures {
    fn here(&self) -> String {
        format!("{}/{}/figures", self.back(), self.duty.id)
    }

    fn back(&self) -> String {
        rules::path(self.duty.plan)
    }

    fn form(&self) -> String {
        format!("{}/{}/form", self.back(), self.duty.id)
    }

    fn file(&self, kind: &str) -> String {
        format!("{}/{kind}{}", self.here(), address::query(&[("period", &self.period)]))
    }
}

/// The duty with the figures of the period that is asked for, or of the newest that is under way.
struct Read {
    duty: Duty,
    plan: String,
    periods: Vec<String>,
    period: String,
    sheets: Sheets,
}

impl Read {
    async fn of(app: &App, at: (Uuid, Uuid), asked: &str) -> Result<Self> {
        let (plan, duty) = changing::find(&app.db, at.0, at.1).await?;
        let today = time::local_date(app.clock.now());
        let periods: Vec<(String, chrono::NaiveDate, chrono::NaiveDate)> = slot::Entity::find()
            .select_only()
            .columns([slot::Column::Period, slot::Column::StartOn, slot::Column::EndOn])
            .distinct()
            .filter(slot::Column::Duty.eq(duty.id))
            .filter(slot::Column::VoidedOn.is_null())
            .order_by_asc(slot::Column::EndOn)
            .order_by_asc(slot::Column::Period)
            .into_tuple()
            .all(&app.db)
            .await?;
        let current = periods.iter().rev().find(|(_, start, _)| *start <= today).or(periods.first());
        let period = match asked {
            "" => current.map(|(period, ..)| period.clone()).unwrap_or_default(),
            asked => periods.iter().find(|(period, ..)| period == asked).ok_or(Error::NotFound)?.0.clone(),
        };
        let sheets = Sheets::of(&app.db, duty.id, &period).await?;
        let mut periods: Vec<String> = periods.into_iter().map(|(period, ..)| period).collect();
        periods.dedup();
        Ok(Self { plan: plan.title(), duty, periods, period, sheets })
    }
}

/// `GET /desk/plans/{id}/duties/{duty}/figures`
pub async fn show(
    who: Overseer,
    shell: Shell,
    State(app): State<App>,
    Path(at): Path<(Uuid, Uuid)>,
    Query(ask): Query<Ask>,
) -> Result<Page<Figures>> {
    let Read { duty, plan, periods, period, sheets } = Read::of(&app, at, &ask.period).await?;
    let l = shell.l;
    let here = format!("{}/figures", rules::of(&duty));
    let answered = sheets.slots.iter().filter(|slot| sheets.answer(slot).is_some()).count();
    let (list, pieces) = match sheets.form.field(&ask.field) {
        Some((_, field)) if ask.which == PIECES => (None, Some(pieces(l, &sheets, field, &*Known::now(&app).await?)?)),
        Some((_, field)) => {
            let which = Gave::ALL.into_iter().find(|gave| gave.code() == ask.which).unwrap_or(Gave::Value);
            (Some(list(l, &sheets, field, which, &*Known::now(&app).await?)), None)
        }
        None if ask.field.is_empty() => (None, None),
        None => return Err(Error::NotFound),
    };
    let mut printed_title = l.t("figures-title");
    if !period.is_empty() {
        printed_title = format!("{printed_title} · {}", view::period(l, &period));
    }
    Ok(Page(Figures {
        heading: match sheets.form.fields.is_empty() {
            true => l.t("figures-no-form"),
            false => l.t2("figures-heading", "count", answered, "expected", sheets.slots.len()),
        },
        printed_title,
        printed: time::minute(app.clock.now()),
        rows: sheets.form.fields.iter().map(|field| row(l, &sheets, field, &here, &period)).collect(),
        periods: periods
            .into_iter()
            .map(|key| (view::period(l, &key), key == period, key))
            .map(|(name, on, key)| (key, name, on))
            .collect(),
        title: cut(&duty.title, TITLE_LETTERS),
        may_edit: who.is(Role::Coordinator),
        list,
        pieces,
        period,
        plan,
        duty,
        l,
        shell,
    }))
}

fn row(l: Locale, sheets: &Sheets, field: &Field, here: &str, period: &str) -> Row {
    let total = sheets.total(field);
    let at = |which: &str| {
        let pairs = [("period", period), ("field", field.code.as_str()), ("which", which)];
        format!("{here}{}", address::query(&pairs))
    };
    let counts = Gave::ALL.iter().zip(total.counts);
    let counts = counts.map(|(gave, count)| (l.t(&format!("figures-{}", gave.code())), count, at(gave.code())));
    let shown = words(l, &total.outcome, field);
    let none = match (shown.is_empty(), total.counts[0]) {
        (true, 0) => l.t("figures-nobody"),
        (true, _) => l.t("figures-no-total"),
        _ => String::new(),
    };
    Row {
        counts: counts.collect(),
        code: field.code.clone(),
        label: field.label.clone(),
        operator: l.t(&format!("form-roll-up-{}", field.roll_up.code())),
        total: shown,
        href: at(if sheets.pieces(field).is_some() { PIECES } else { Gave::Value.code() }),
        note: if total.shared == 0 { String::new() } else { l.t1("figures-shared", "count", total.shared) },
        none,
    }
}

/// A total as people read it; empty when there is none.
fn words(l: Locale, outcome: &Outcomes, field: &Field) -> String {
    let with_unit = |text: String| format!("{text} {}", unit(field)).trim().to_owned();
    match outcome {
        Outcomes::None => String::new(),
        Outcomes::Number(number) => with_unit(number.shown()),
        Outcomes::Ratio(part, whole) => Value::Ratio(*part, *whole).shown(l),
        Outcomes::Given(value) => with_unit(value.shown(l)),
        Outcomes::Counts(counts) => {
            let word = |word: &str| match (field.kind, word) {
                (Kind::YesNo, "yes") => l.t("form-yes"),
                (Kind::YesNo, _) => l.t("form-no"),
                (_, word) => word.to_owned(),
            };
            let one = |(of, count): &(String, usize)| l.t2("figures-times", "word", word(of), "count", count);
            counts.iter().map(one).collect::<Vec<_>>().join(" · ")
        }
    }
}

fn list(l: Locale, sheets: &Sheets, field: &Field, which: Gave, agencies: &Known) -> (String, Vec<One>) {
    let behind = sheets.slots.iter().filter(|slot| sheets.gave(slot, field) == which);
    let mut ones: Vec<One> = behind.map(|slot| one(l, sheets, slot, field, agencies)).collect();
    ones.sort_by_cached_key(|one| vietnamese::fold(&one.agency).into_owned());
    let words = [
        ("name", field.label.clone()),
        ("what", l.t(&format!("figures-{}", which.code())).to_lowercase()),
        ("count", ones.len().to_string()),
    ];
    (l.with("figures-list", &words), ones)
}

/// The pieces behind a total; not found where values are simply added.
fn pieces(l: Locale, sheets: &Sheets, field: &Field, agencies: &Known) -> Result<(String, Vec<Proven>)> {
    let pieces = sheets.pieces(field).ok_or(Error::NotFound)?;
    let proven = |piece: &Piece| {
        let name = |agency: &Uuid| agencies.get(agency).map(|agency| agency.name.clone()).unwrap_or_default();
        Proven {
            name: piece.name.clone(),
            address: piece.address.clone(),
            shared: if piece.is_shared() { l.t("figures-piece-shared") } else { String::new() },
            claims: piece.claims.iter().map(|(agency, slot)| (name(agency), Slot::desk_path(*slot))).collect(),
        }
    };
    let words =
        [("name", field.label.clone()), ("what", l.t("figures-pieces").to_lowercase()), ("count", pieces.len().to_string())];
    Ok((l.with("figures-list", &words), pieces.iter().map(proven).collect()))
}

fn one(l: Locale, sheets: &Sheets, slot: &Slot, field: &Field, agencies: &Known) -> One {
    One {
        agency: agencies.get(&slot.agency).map(|agency| agency.name.clone()).unwrap_or_default(),
        href: Slot::desk_path(slot.id),
        value: sheets
            .value(slot, field)
            .map(|value| format!("{} {}", value.shown(l), unit(field)).trim().to_owned())
            .unwrap_or_default(),
        why: sheets.why(slot, field),
    }
}
