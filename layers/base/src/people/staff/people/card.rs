//! One person as an administrator sees them: details, roles, ways in, sessions, history.

use askama::Template;
use axum::extract::State;
use uuid::Uuid;

use super::{Administrator, Choice, agency_choices};
use crate::base::mail::Mail;
use crate::base::{App, Grant, Role, fact, time};
use crate::people::agency::brief::Brief;
use crate::people::identity::Identity;
use crate::people::invitation::Purpose;
use crate::people::passkey::Passkey;
use crate::people::person::keeping::{Keeper, Kept};
use crate::people::session::agent;
use crate::people::telling::{Agencies, Events};
use crate::people::{recovery, session};
use crate::web::{Locale, Obstacle, Page, Path, Result, Shell};

const EVENTS_MAX: u64 = 30;

/// A role held, and why it can not be taken back.
pub struct Held {
    pub role: Role,
    pub agency: String,
    pub agency_id: String,
    pub obstacles: Vec<String>,
}

#[derive(Template)]
#[template(path = "people/staff/people/card.html")]
pub struct Card {
    l: Locale,
    shell: Shell,
    kept: Kept,
    agency: String,
    held: Vec<Held>,
    roles: Vec<Role>,
    agencies: Vec<Choice>,
    passkeys: Vec<Passkey>,
    identities: Vec<(String, String)>,
    recovery_left: u64,
    sessions: Vec<session::Model>,
    mail: Option<Mail>,
    events: Events,
    /// Why each family of acts is closed; empty when it is open.
    editing: Vec<String>,
    giving: Vec<String>,
    removes_passkeys: bool,
    helping: Vec<String>,
    disabling: Vec<String>,
    sees_ledger: bool,
}

impl Card {
    async fn of(app: &App, keeper: &Keeper, shell: Shell, kept: Kept) -> Result<Self> {
        let (l, id) = (shell.l, kept.person.id);
        let known = Brief::all(&app.db).await?;
        let today = time::local_date(app.clock.now());
        let chosen = kept.person.agency.filter(|agency| keeper.keeps_people_of(Some(*agency)));
        let facts = fact::Model::history(&app.db, id, EVENTS_MAX).await?;
        let recovery_left = if kept.person.has_second_step() { recovery::Model::left(&app.db, id).await? } else { 0 };
        Ok(Self {
            held: held(app, keeper, &kept, l, &known).await?,
            roles: keeper.roles(),
            agencies: agency_choices(keeper, &known, today, chosen),
            passkeys: Passkey::of(&app.db, id).await?,
            identities: identities(app, id).await?,
            recovery_left,
            sessions: session::Model::open_of(app, id).await?,
            mail: Mail::latest(&app.db, id).await?,
            events: Events::of(&app.db, l, &facts, &known).await?,
            editing: words(l, kept.obstacles_to_editing(keeper)),
            giving: words(l, kept.obstacles_to_giving(keeper)),
            removes_passkeys: kept.obstacles_to_removing_passkeys(keeper).is_empty(),
            helping: words(l, kept.obstacles_to_helping_in(keeper)),
            disabling: words(l, kept.obstacles_to_disabling(&app.db, keeper).await?),
            sees_ledger: keeper.is_of_the_system(),
            agency: kept.person.agency.and_then(|id| known.get(&id)).map(|agency| agency.name.clone()).unwrap_or_default(),
            l,
            shell,
            kept,
        })
    }

    fn here(&self) -> String {
        self.kept.person.path()
    }

    fn lead(&self) -> String {
        let parts = [self.kept.person.title.as_str(), self.agency.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    fn minute(&self, at: &chrono::DateTime<chrono::Utc>) -> String {
        time::minute(*at)
    }

    fn browser(&self, session: &session::Model) -> String {
        let words = agent::in_words(&session.agent);
        if words.is_empty() { self.l.t("session-unknown-browser") } else { words }
    }

    fn is_invited(&self) -> bool {
        self.kept.purpose() == Purpose::Invitation
    }

    fn link_words(&self) -> String {
        self.l.t(if self.is_invited() { "person-invite-again" } else { "person-new-password" })
    }

    /// Where the last letter is: its topic, state and time.
    fn letter(&self, mail: &Mail) -> String {
        let at = time::minute(mail.settled_at.unwrap_or(mail.planned_at));
        let what = self.l.t(&format!("mail-topic-{}", mail.topic));
        self.l.with(&mail.state.key(), &[("what", what), ("to", mail.recipient.clone()), ("at", at)])
    }

    fn letter_mark(&self, mail: &Mail) -> &'static str {
        use crate::base::mail::State;
        match mail.state {
            State::Planned | State::Sending => "waiting",
            State::Sent => "on-time",
            State::Failed => "late",
            State::Unknown => "unknown",
        }
    }

    /// The roles of agencies, or those over the province.
    fn offered(&self, of_agency: bool) -> Vec<Role> {
        self.roles.iter().copied().filter(|role| role.is_of_agency() == of_agency).collect()
    }
}

fn words(l: Locale, obstacles: Vec<Obstacle>) -> Vec<String> {
    obstacles.iter().map(|obstacle| obstacle.text(l)).collect()
}

async fn held(app: &App, keeper: &Keeper, kept: &Kept, l: Locale, known: &Agencies) -> Result<Vec<Held>> {
    let mut held = Vec::new();
    for grant in &kept.grants {
        let Grant { role, agency } = *grant;
        let name = agency.and_then(|id| known.get(&id)).map(|agency| agency.short_name.clone());
        let obstacles = kept.obstacles_to_revoking(&app.db, keeper, grant).await?;
        held.push(Held {
            role,
            agency: name.unwrap_or_else(|| l.t("person-over-the-province")),
            agency_id: agency.map(|id| id.to_string()).unwrap_or_default(),
            obstacles: words(l, obstacles),
        });
    }
    held.sort_by_key(|held| Role::ALL.iter().position(|role| *role == held.role));
    Ok(held)
}

/// Each link's provider in its words, and since when.
async fn identities(app: &App, person: Uuid) -> Result<Vec<(String, String)>> {
    let label = |id: &str| {
        let provider = app.config.oidc.iter().find(|provider| provider.id == id);
        provider.map_or_else(|| id.to_owned(), |provider| provider.label.clone())
    };
    let rows = Identity::of(&app.db, person).await?;
    Ok(rows.iter().map(|row| (label(&row.provider), time::minute(row.linked_at))).collect())
}

/// `GET /desk/people/{id}`
pub async fn show(who: Administrator, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<Card>> {
    let keeper = Keeper::of(&who);
    let kept = Kept::find(&app, &keeper, id).await?;
    Ok(Page(Card::of(&app, &keeper, shell, kept).await?))
}
