//! One agency: facts, names through time, who came before and after, contacts, and what can be done now.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use uuid::Uuid;

use super::history::{self, Event};
use super::{is_keeper, keeps_contacts};
use crate::base::{App, Who, time};
use crate::people::Agency;
use crate::people::agency::profile::{Link, Profile, days};
use crate::people::agency::{Confidence, Standing};
use crate::web::who::Signed;
use crate::web::{Locale, Obstacle, Page, Path, Result, Shell};

/// An act on the agency: a page to do it on, or what stands in the way.
pub struct Act {
    pub code: &'static str,
    pub label: String,
    pub href: String,
    pub icon: &'static str,
    pub obstacles: Vec<String>,
}

#[derive(Template)]
#[template(path = "people/staff/agencies/profile.html")]
pub struct Sight {
    l: Locale,
    shell: Shell,
    profile: Profile,
    day: NaiveDate,
    acts: Vec<Act>,
    reopening: Option<Vec<String>>,
    may_confirm: bool,
    keeps_contacts: bool,
    events: Vec<Event>,
    printed: String,
}

impl Sight {
    fn agency(&self) -> &Agency {
        &self.profile.agency
    }

    fn here(&self) -> String {
        Agency::desk_path(self.profile.agency.id)
    }

    fn standing(&self) -> &'static str {
        self.profile.standing(self.day).code()
    }

    fn life(&self) -> String {
        days(self.l, Some(self.profile.agency.open_from), self.profile.agency.closed_on)
    }

    fn is_doubtful(&self) -> bool {
        self.profile.agency.confidence != Confidence::High
    }

    /// Decimal degrees, the way Vietnamese is written; empty when there is no place.
    fn place(&self) -> String {
        match (self.profile.agency.latitude, self.profile.agency.longitude) {
            (Some(latitude), Some(longitude)) => format!("{}; {}", decimal(latitude, 5), decimal(longitude, 5)),
            _ => String::new(),
        }
    }

    fn area(&self) -> String {
        self.profile.agency.area_km2.map(|area| decimal(area, 2)).unwrap_or_default()
    }

    /// Official names, the latest first: what each is, the name, its days.
    fn official(&self) -> Vec<(String, String, String)> {
        let label = |at| self.l.t(if at == 0 { "agency-name-official" } else { "agency-name-before" });
        let names = self.profile.official(self.l).into_iter().enumerate();
        names.map(|(at, (name, days))| (label(at), name, days)).collect()
    }

    fn day_of(&self, day: &NaiveDate) -> String {
        time::day(*day)
    }

    /// A telephone number as a link dials it.
    fn dialled(&self, phone: &str) -> String {
        phone.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect()
    }

    fn has_contacts(&self) -> bool {
        let agency = &self.profile.agency;
        agency.email.is_some() || agency.phone.is_some() || agency.address.is_some()
    }

    fn successions(&self) -> [(String, Vec<Link>); 2] {
        let said = |key, links| (self.l.t(key), links);
        [said("agency-predecessors", self.profile.predecessors()), said("agency-successors", self.profile.successors())]
    }
}

fn decimal(number: f64, digits: u32) -> String {
    vietnamese::number::format_f64(number, digits).unwrap_or_else(|| number.to_string())
}

/// `GET /desk/agencies/{id}`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<Sight>> {
    let profile = Profile::of(&app.db, Agency::find(&app.db, id).await?).await?;
    let day = time::local_date(app.clock.now());
    let l = shell.l;
    let keeper = is_keeper(&who);
    let reopening = profile.agency.closed_on.filter(|_| keeper).map(|_| {
        let obstacles = profile.agency.obstacles_to_reopening(&profile.successions);
        obstacles.iter().map(|obstacle| obstacle.text(l)).collect()
    });
    Ok(Page(Sight {
        acts: acts(l, &who, &profile.agency, day),
        reopening,
        may_confirm: keeper && profile.agency.confidence != Confidence::High,
        keeps_contacts: keeps_contacts(&who, id),
        events: history::of(&app, l, id).await?,
        printed: time::minute(app.clock.now()),
        l,
        shell,
        profile,
        day,
    }))
}

/// What the person may do, each with what stands in the way of it.
fn acts(l: Locale, who: &Who, agency: &Agency, day: NaiveDate) -> Vec<Act> {
    let here = Agency::desk_path(agency.id);
    let act = |code, label, href, icon, obstacles| Act { code, label: l.t(label), href, icon, obstacles };
    let mut acts = Vec::new();
    if is_keeper(who) {
        let ended = ended(l, agency);
        let early = not_yet(l, agency, day);
        let merging = format!("{}/merging?from={}", super::PATH, agency.id);
        acts.push(act("edit", "agency-edit", format!("{here}/edit"), "pencil", Vec::new()));
        acts.push(act("renaming", "agency-rename", format!("{here}/renaming"), "pencil-line", Vec::new()));
        let merging = act("merging", "agencies-merge", merging, "merge", [ended.clone(), early.clone()].concat());
        acts.push(merging);
        let dividing = format!("{here}/dividing");
        acts.push(act("dividing", "agency-divide", dividing, "split", [ended.clone(), early].concat()));
        acts.push(act("closing", "agency-close", format!("{here}/closing"), "archive", ended));
    } else if keeps_contacts(who, agency.id) {
        acts.push(act("contacts", "agency-edit-contacts", format!("{here}/contacts"), "phone", Vec::new()));
    }
    acts
}

/// An agency that has ended, or whose end is settled, ends no other way.
fn ended(l: Locale, agency: &Agency) -> Vec<String> {
    let closed_on = agency.closed_on.map(time::day);
    closed_on.map(|day| Obstacle::new("agency-close-already").with("day", day).text(l)).into_iter().collect()
}

/// One that is still to begin can not be taken over.
fn not_yet(l: Locale, agency: &Agency, day: NaiveDate) -> Vec<String> {
    let obstacle = Obstacle::new("agency-not-yet-there").with("day", time::day(agency.open_from));
    if agency.standing(day) == Standing::NotYet { vec![obstacle.text(l)] } else { Vec::new() }
}
