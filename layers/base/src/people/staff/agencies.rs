//! The desk's pages of agencies: everyone who is signed in reads them, few change them.

pub mod closing;
pub mod contacts;
pub mod decisions;
pub mod dividing;
pub mod filled;
pub mod history;
pub mod list;
pub mod merging;
pub mod preview;
pub mod profile;
pub mod renaming;
pub mod sheet;

use sea_orm::{ActiveEnum, Iterable};
use uuid::Uuid;

use crate::base::{By, Role, Who};
use crate::people::agency::directory::Line;
use crate::people::agency::draft::{Mistakes, value};
use crate::people::agency::{Confidence, Kind};
use crate::web::Locale;

pub const PATH: &str = "/desk/agencies";

crate::admits! {
    /// Who keeps the directory of agencies.
    Keeper: SystemAdministrator Coordinator
}

crate::admits! {
    /// Who keeps contacts: of every agency, or (an agency's administrator) of their own.
    ContactKeeper: SystemAdministrator Coordinator AgencyAdministrator
}

/// Whether the person keeps the directory.
#[must_use]
pub fn is_keeper(who: &Who) -> bool {
    who.is_any(&[Role::SystemAdministrator, Role::Coordinator])
}

/// Whether the person keeps the contacts of that agency.
#[must_use]
pub fn keeps_contacts(who: &Who, agency: Uuid) -> bool {
    is_keeper(who) || who.is_in(Role::AgencyAdministrator, agency)
}

/// One choice of a list.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// Choices under a heading.
pub struct Group {
    pub label: String,
    pub choices: Vec<Choice>,
}

/// The kinds of agency.
#[must_use]
pub fn kinds(l: Locale, chosen: &str) -> Vec<Choice> {
    Kind::iter().map(|kind| choice(l, kind.to_value(), &kind.key(), chosen)).collect()
}

/// How sure facts are.
#[must_use]
pub fn confidences(l: Locale, chosen: &str) -> Vec<Choice> {
    Confidence::iter().map(|confidence| choice(l, confidence.to_value(), &confidence.key(), chosen)).collect()
}

fn choice(l: Locale, value: String, key: &str, chosen: &str) -> Choice {
    Choice { chosen: value == chosen, label: l.t(key), value }
}

/// Agencies to choose from, the provincial ones first, each group in the order of its names.
#[must_use]
pub fn grouped<'a>(
    l: Locale,
    lines: impl Iterator<Item = &'a Line>,
    value: fn(&Line) -> String,
    chosen: impl Fn(&Line) -> bool,
) -> Vec<Group> {
    let (mut local, mut provincial): (Vec<&Line>, Vec<&Line>) = lines.partition(|line| line.kind.is_local());
    for lines in [&mut provincial, &mut local] {
        lines.sort_by(|one, other| vietnamese::order::compare_natural(&one.name, &other.name));
    }
    let choices = |lines: Vec<&Line>| {
        let one = |line: &Line| Choice { value: value(line), label: line.name.clone(), chosen: chosen(line) };
        lines.into_iter().map(one).collect::<Vec<_>>()
    };
    [("agency-kind-provincial", choices(provincial)), ("agency-kind-local", choices(local))]
        .into_iter()
        .filter(|(_, choices)| !choices.is_empty())
        .map(|(key, choices)| Group { label: l.t(key), choices })
        .collect()
}

/// Who does it, and the reason they gave.
pub fn because(who: &Who, why: &str, mistakes: &mut Mistakes) -> By {
    By::from(who).because(mistakes.take("why", value::note(why)))
}
