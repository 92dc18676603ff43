//! One visit: the checklist to fill in, the findings, the conclusion; after it, remedies and re-checks.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use sea_orm::Iterable;
use uuid::Uuid;

use crate::base::{App, Who, time};
use crate::inspections::checking::{CONCLUSION_LETTERS_MAX, Checked, NOTE_LETTERS_MAX};
use crate::inspections::finding::Followed;
use crate::inspections::inspection::{Inspection, span, speaks_for};
use crate::inspections::item::{Item, Verdict};
use crate::inspections::publishing::{self, FINDING_LETTERS_MAX};
use crate::inspections::remedying::{self, is_turn};
use crate::inspections::reply::Kind;
use crate::inspections::view::Tally;
use crate::inspections::visit::{Visit, Whole};
use crate::people::agency::brief::Known;
use crate::web::who::Signed;
use crate::web::{Locale, Mistakes, Page, Path, Result, Shell};

/// An item as it stands on the page.
pub struct ItemLine {
    pub id: Uuid,
    pub text: String,
    pub mark: &'static str,
    pub word: String,
    pub note: String,
    /// Value, words, chosen.
    pub verdicts: Vec<(String, String, bool)>,
}

/// A finding as it stands on the page.
pub struct FindingLine {
    pub id: Uuid,
    pub text: String,
    pub remedy: String,
    pub item: String,
    pub due: String,
    pub mark: &'static str,
    pub word: String,
    pub seen: i32,
    /// Words, who, machine time, time, text.
    pub replies: Vec<[String; 5]>,
    pub may_remedy: bool,
    pub may_recheck: bool,
    /// The names of the fields of its own form: a page holds several.
    pub kind_field: String,
    pub text_field: String,
    pub due_field: String,
}

/// What a refused press brought, and why it was refused.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    pub checked: Option<Checked>,
    pub finding: Option<publishing::Wanted>,
    pub reply: Option<remedying::Wanted>,
    /// A field of a reply ends with its finding's id.
    pub errors: Mistakes,
}

#[derive(Template)]
#[template(path = "inspections/staff/visit.html")]
pub struct VisitPage {
    pub l: Locale,
    pub shell: Shell,
    pub inspection: Inspection,
    pub visit: Visit,
    pub here: String,
    pub agency: String,
    pub leader: String,
    pub when: String,
    /// The whole inspection may be read.
    pub sees_all: bool,
    /// The person fills it in.
    pub fills: bool,
    /// The person publishes it.
    pub publishes: bool,
    /// When the inspection was taken back; empty while it stands.
    pub withdrawn: String,
    pub items: Vec<ItemLine>,
    pub findings: Vec<FindingLine>,
    pub tally: Tally,
    pub obstacles: Vec<String>,
    pub visited_on: String,
    pub conclusion: String,
    pub published: String,
    pub refusal: Refusal,
}

impl VisitPage {
    /// Where the whole inspection is.
    fn whole(&self) -> String {
        Inspection::desk_path(self.inspection.id)
    }

    fn more(&self) -> String {
        self.refusal.checked.as_ref().map(|checked| checked.more.clone()).unwrap_or_default()
    }

    /// The finding being written.
    fn wanted(&self) -> publishing::Wanted {
        self.refusal.finding.clone().unwrap_or_default()
    }

    fn is_about(&self, item: &ItemLine) -> bool {
        self.refusal.finding.as_ref().is_some_and(|wanted| wanted.item == Some(item.id))
    }

    /// The word being written to that finding.
    fn said(&self, finding: &FindingLine) -> String {
        let own = self.refusal.reply.as_ref().filter(|reply| reply.finding == finding.id);
        own.map(|reply| reply.text.clone()).unwrap_or_default()
    }

    fn until(&self, finding: &FindingLine) -> String {
        let own = self.refusal.reply.as_ref().filter(|reply| reply.finding == finding.id);
        own.map(|reply| reply.due_on.clone()).unwrap_or_default()
    }

    fn is_not_yet(&self, finding: &FindingLine) -> bool {
        self.refusal.reply.as_ref().is_some_and(|reply| reply.finding == finding.id && reply.kind == Kind::NotYet)
    }

    /// What was typed and can not be sent any more.
    fn lost(&self) -> String {
        let reply = self
            .refusal
            .reply
            .as_ref()
            .filter(|reply| !self.findings.iter().any(|one| one.id == reply.finding && (one.may_remedy || one.may_recheck)));
        let checked = self.refusal.checked.as_ref().filter(|_| !self.fills);
        let finding = self.refusal.finding.as_ref().filter(|_| !self.fills);
        let texts = [
            reply.map(|reply| reply.text.clone()),
            checked.map(|checked| checked.conclusion.clone()),
            finding.map(|finding| format!("{}\n{}", finding.text, finding.remedy)),
        ];
        texts.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    fn note_max(&self) -> usize {
        NOTE_LETTERS_MAX
    }

    fn conclusion_max(&self) -> usize {
        CONCLUSION_LETTERS_MAX
    }

    fn finding_max(&self) -> usize {
        FINDING_LETTERS_MAX
    }
}

/// `GET /desk/inspections/{id}/visits/{agency}`
pub async fn show(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, agency)): Path<(Uuid, String)>,
) -> Result<Page<VisitPage>> {
    let (inspection, visit) = Inspection::visit_for(&app, &who, id, &agency).await?;
    Ok(Page(page(&app, &who, shell, (inspection, visit), Refusal::default()).await?))
}

/// The page of a visit that the person may see, with what a refused press brought.
///
/// # Errors
/// The database failed.
pub async fn page(
    app: &App,
    who: &Who,
    shell: Shell,
    (inspection, visit): (Inspection, Visit),
    refusal: Refusal,
) -> Result<VisitPage> {
    let l = shell.l;
    let today = time::local_date(app.clock.now());
    let agencies = Known::now(app).await?;
    let whole = Whole::of(&app.db, visit).await?.within(&inspection);
    let stands = !inspection.is_withdrawn();
    let leads = stands && inspection.is_led_by(who, &agencies, today);
    let answers = stands && speaks_for(who, whole.visit.agency, &agencies, today);
    let fills = leads && whole.visit.published_at.is_none();
    let brief = agencies.get(&whole.visit.agency);
    let obstacles = if fills { whole.obstacles_to_publishing(today) } else { Vec::new() };
    let checked = refusal.checked.as_ref().filter(|_| fills);
    let published = whole.visit.published_at.is_some();
    let finding = |one: &Followed| finding(l, one, &whole, (published && answers, published && leads), (&agencies, today));
    Ok(VisitPage {
        here: Inspection::visit_path(inspection.id, brief.map(|agency| agency.slug.as_str()).unwrap_or_default()),
        agency: brief.map(|agency| agency.name.clone()).unwrap_or_default(),
        leader: agencies.get(&inspection.leader).map(|agency| agency.name.clone()).unwrap_or_default(),
        when: span(inspection.from_on, inspection.until_on),
        sees_all: inspection.is_seen_by(who),
        fills,
        publishes: fills && inspection.is_decided_by(who, &agencies, today),
        withdrawn: inspection.withdrawn_at.map(time::minute).unwrap_or_default(),
        items: whole.items.iter().map(|one| item(l, one, checked)).collect(),
        findings: whole.findings.iter().map(finding).collect(),
        tally: Tally::of(&whole, today),
        obstacles: obstacles.iter().map(|one| one.text(l)).collect(),
        visited_on: checked
            .map(|checked| checked.visited_on.clone())
            .or_else(|| whole.visit.visited_on.map(time::day))
            .unwrap_or_default(),
        conclusion: checked.map_or_else(|| whole.visit.conclusion.clone(), |checked| checked.conclusion.clone()),
        published: whole.visit.published_at.map(time::minute).unwrap_or_default(),
        visit: whole.visit,
        inspection,
        refusal,
        l,
        shell,
    })
}

/// The item, with what was typed to it.
fn item(l: Locale, item: &Item, checked: Option<&Checked>) -> ItemLine {
    let typed = checked.and_then(|checked| checked.items.get(&item.id));
    let verdict = typed.map_or_else(|| item.verdict.code(), |(verdict, _)| verdict.clone());
    let choice = |one: Verdict| (one.code(), l.t(&one.key()), one.code() == verdict);
    ItemLine {
        id: item.id,
        text: item.text.clone(),
        mark: item.verdict.mark(),
        word: l.t(&item.verdict.key()),
        note: typed.map_or_else(|| item.note.clone(), |(_, note)| note.clone()),
        verdicts: Verdict::iter().map(choice).collect(),
    }
}

fn finding(
    l: Locale,
    one: &Followed,
    whole: &Whole,
    (answers, leads): (bool, bool),
    (agencies, today): (&Known, NaiveDate),
) -> FindingLine {
    let item = whole.items.iter().find(|item| Some(item.id) == one.finding.item);
    let reply = |reply: &crate::inspections::reply::Reply| {
        let until = reply.due_on.map(time::day).unwrap_or_default();
        [
            l.t1(&reply.kind.key(), "day", until),
            agencies.get(&reply.agency).map(|agency| agency.label()).unwrap_or_default(),
            time::machine(reply.at),
            time::minute(reply.at),
            reply.text.clone(),
        ]
    };
    FindingLine {
        id: one.finding.id,
        text: one.finding.text.clone(),
        remedy: one.finding.remedy.clone(),
        item: item.map(|item| item.text.clone()).unwrap_or_default(),
        due: time::day(one.due_on()),
        mark: one.mark(today),
        word: l.t(one.standing(today).key()),
        seen: one.seen(),
        replies: one.replies.iter().rev().map(reply).collect(),
        may_remedy: answers && is_turn(one, Kind::Remedy),
        may_recheck: leads && is_turn(one, Kind::Remedied),
        kind_field: format!("kind-{}", one.finding.id),
        text_field: format!("text-{}", one.finding.id),
        due_field: format!("due_on-{}", one.finding.id),
    }
}
