//! Where the coordinator writes the form of a duty. Nothing is kept until it is saved: each button sends the whole page, so it
//! works without script.

use askama::Template;
use axum::Form as Sent;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::fields::Fields;
use super::form_fields::View;
use super::form_given::{Given, Wrong};
use super::rule::Setter;
use super::rules;
use crate::base::{App, By, fact};
use crate::duties::changing;
use crate::duties::duty::Duty;
use crate::duties::form::Form;
use crate::duties::form::field::{Kind, Missing, RollUp};
use crate::duties::form::rule::Is;
use crate::duties::form::source::SOURCES;
use crate::duties::form::typed::Typed;
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::plans::Plan;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell, cut};

const HISTORY_MAX: u64 = 20;
const TITLE_LETTERS: usize = 100;

#[derive(Template)]
#[template(path = "duties/staff/form_editor.html")]
pub struct Editor {
    l: Locale,
    shell: Shell,
    duty: Duty,
    plan: String,
    heading: String,
    given: Given,
    preview: View,
    wrong: Vec<Wrong>,
    conflict: bool,
    /// Duties whose form can be copied.
    others: Vec<(Uuid, String)>,
    events: Events,
}

impl Editor {
    fn here(&self) -> String {
        format!("{}/form", self.rule())
    }

    fn rule(&self) -> String {
        rules::of(&self.duty)
    }

    fn back(&self) -> String {
        rules::path(self.duty.plan)
    }

    /// What is wrong with a field of a row, `f` of a form's field, `r` of a rule.
    fn error(&self, row: &str, at: &usize, field: &str) -> String {
        let of = self.wrong.iter().filter(|(kind, place, one)| row.starts_with(*kind) && place == at && one.field == field);
        of.map(|(_, _, one)| one.text(self.l)).collect::<Vec<_>>().join(" ")
    }

    /// Where the mistakes are, for the list above the page.
    fn mistakes(&self) -> Mistakes {
        let one = |(row, at, one): &Wrong| {
            let name = self.l.t1(if *row == 'f' { "form-field-nth" } else { "form-rule-nth" }, "n", at + 1);
            let to = if *row == 'f' { format!("e{at}-{}", one.field) } else { format!("r{at}-rule_{}", one.field) };
            (to, format!("{name}: {}", one.text(self.l)))
        };
        self.wrong.iter().map(one).collect()
    }

    fn kinds(&self) -> Vec<(&'static str, String)> {
        Kind::ALL.map(|kind| (kind.code(), self.l.t(&format!("form-kind-{}", kind.code())))).to_vec()
    }

    fn gaps(&self) -> Vec<(&'static str, String)> {
        Missing::ALL.map(|gap| (gap.code(), self.l.t(&format!("form-missing-{}", gap.code())))).to_vec()
    }

    fn roll_ups(&self) -> Vec<(&'static str, String)> {
        RollUp::ALL.map(|one| (one.code(), self.l.t(&format!("form-roll-up-{}", one.code())))).to_vec()
    }

    fn sources(&self) -> Vec<(&'static str, String)> {
        let none = ("", self.l.t("form-source-none"));
        std::iter::once(none).chain(SOURCES.iter().map(|source| (source.code, self.l.t(&source.key())))).collect()
    }

    fn comparisons(&self) -> Vec<(&'static str, String)> {
        Is::ALL.map(|is| (is.code(), self.l.t(&format!("form-is-{}", is.code())))).to_vec()
    }

    fn preview_shown(&self) -> crate::web::Markup {
        self.preview.shown(&self.l, &self.shell, &Mistakes::default(), "")
    }
}

/// `GET /desk/plans/{id}/duties/{duty}/form`
pub async fn show(_who: Setter, shell: Shell, State(app): State<App>, Path(at): Path<(Uuid, Uuid)>) -> Result<Page<Editor>> {
    let (plan, duty) = changing::find(&app.db, at.0, at.1).await?;
    let newest = Form::newest(&app.db, duty.id).await?;
    let given = newest.map(|form| Given::of(form.version, &form.definition())).unwrap_or_default();
    Ok(Page(page(&app, shell, &plan, duty, given).await?))
}

async fn page(app: &App, shell: Shell, plan: &Plan, duty: Duty, given: Given) -> Result<Editor> {
    let l = shell.l;
    let mut facts = fact::Model::history(&app.db, duty.id, HISTORY_MAX).await?;
    facts.retain(|fact| fact.kind == "FormChanged");
    let others = Form::of_plan(&app.db, plan.id).await?.into_iter().filter(|(other, _)| other.id != duty.id);
    let named = |(other, _): (Duty, Form)| (other.id, format!("{} {}", other.path, cut(&other.title, TITLE_LETTERS)));
    Ok(Editor {
        plan: plan.title(),
        heading: match given.seen {
            0 => l.t("form-heading-none"),
            version => l.t2("form-heading", "version", version, "count", given.fields.len()),
        },
        preview: View::plain(l, &given.preview(), &Typed::new()),
        others: others.map(named).collect(),
        events: Events::of(&app.db, l, &facts, &*Known::now(app).await?).await?,
        wrong: Vec::new(),
        conflict: false,
        given,
        duty,
        l,
        shell,
    })
}

/// `POST /desk/plans/{id}/duties/{duty}/form`: does what the button says; only `save` keeps anything.
pub async fn change(
    who: Setter,
    shell: Shell,
    State(app): State<App>,
    Path(at): Path<(Uuid, Uuid)>,
    Sent(fields): Sent<Vec<(String, String)>>,
) -> Result<Response> {
    let (plan, duty) = changing::find(&app.db, at.0, at.1).await?;
    let fields = Fields(fields);
    let mut given = Given::sent(&fields);
    match fields.one("act") {
        "save" => {}
        "copy" => {
            let other: Uuid = fields.one("other").parse().map_err(|_| Error::bad("failure-bad-request"))?;
            let (_, other) = changing::find(&app.db, plan.id, other).await?;
            let form = Form::newest(&app.db, other.id).await?.ok_or(Error::NotFound)?;
            let given = Given::of(given.seen, &form.definition());
            return Ok(Page(page(&app, shell, &plan, duty, given).await?).into_response());
        }
        act => {
            given.act(act);
            return Ok(Page(page(&app, shell, &plan, duty, given).await?).into_response());
        }
    }
    let definition = match given.read() {
        Ok(definition) => definition,
        Err(wrong) => {
            let page = page(&app, shell, &plan, duty, given).await?;
            return Ok(Page(Editor { wrong, ..page }).status(StatusCode::UNPROCESSABLE_ENTITY));
        }
    };
    match Form::change(&app, &By::from(&*who), duty.id, given.seen, &definition).await {
        Ok(version) => {
            let to = format!("{}/form", rules::of(&duty));
            Ok(Said::to(to, "form-saved").with("version", version).into_response())
        }
        Err(Error::Stale) => {
            // What was typed stays; saved again, it is the version after the colleague's.
            let seen = Form::newest(&app.db, duty.id).await?.map_or(0, |form| form.version);
            let page = page(&app, shell, &plan, duty, Given { seen, ..given }).await?;
            Ok(Page(Editor { conflict: true, ..page }).status(StatusCode::CONFLICT))
        }
        Err(error) => Err(error),
    }
}
