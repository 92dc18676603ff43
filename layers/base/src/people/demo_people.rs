//! The people of the demo province: one for each role, each signed in by a button. Their names are their roles.

use chrono::NaiveDate;
use sea_orm::{EntityTrait, QueryOrder};
use uuid::Uuid;

use super::agency::{self, Kind};
use super::person::adding::Newcomer;
use super::{Agency, Person, grant};
use crate::base::{App, By, Fact, Grant, Role, Who, new_id, time};
use crate::web::Error;

/// Where somebody of the demo works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The province's People's Committee.
    Province,
    /// The standing body of the plan: the department of science and technology.
    Department,
    /// The communes in the order of their codes, from 0.
    Commune(usize),
}

/// Somebody of the demo.
pub struct Player {
    /// The value of the sign-in button.
    pub code: &'static str,
    pub role: Role,
    /// The word of the post, put before the agency's name.
    post: &'static str,
    place: Place,
}

const fn player(code: &'static str, role: Role, post: &'static str, place: Place) -> Player {
    Player { code, role, post, place }
}

/// In the order of the buttons.
pub const PLAYERS: [Player; 13] = [
    player("coordinator", Role::Coordinator, "Điều phối viên", Place::Department),
    player("officer", Role::Officer, "Chuyên viên", Place::Commune(0)),
    player("approver", Role::Approver, "Người duyệt", Place::Department),
    player("agency_admin", Role::AgencyAdministrator, "Quản trị", Place::Commune(0)),
    player("leader", Role::Leader, "Lãnh đạo", Place::Province),
    player("finance", Role::Finance, "Chuyên viên tài chính", Place::Province),
    player("auditor", Role::Auditor, "Kiểm toán viên", Place::Province),
    player("system_admin", Role::SystemAdministrator, "Quản trị hệ thống", Place::Province),
    player("department_officer", Role::Officer, "Chuyên viên", Place::Department),
    player("reviewer", Role::Reviewer, "Người thẩm định", Place::Department),
    player("officer_2", Role::Officer, "Chuyên viên", Place::Commune(1)),
    player("department_admin", Role::AgencyAdministrator, "Quản trị", Place::Department),
    player("province_reviewer", Role::Reviewer, "Người thẩm định", Place::Province),
];

impl Player {
    /// The Fluent key of where they work.
    #[must_use]
    pub const fn place_key(&self) -> &'static str {
        match self.place {
            Place::Province => "demo-at-province",
            Place::Department => "demo-at-department",
            Place::Commune(0) => "demo-at-commune",
            Place::Commune(_) => "demo-at-other-commune",
        }
    }

    /// Their e-mail: a domain that reaches nobody (RFC 2606).
    #[must_use]
    pub fn email(&self) -> String {
        format!("{}@demo.lantoa.example", self.code)
    }
}

/// One of them at work, for what the demo starts with; None where they are not there.
///
/// # Errors
/// The database failed.
pub async fn at_work(app: &App, code: &str) -> anyhow::Result<Option<Who>> {
    let Some(player) = PLAYERS.iter().find(|player| player.code == code) else { return Ok(None) };
    let Some(person) = Person::find_by_email(&app.db, &player.email()).await? else { return Ok(None) };
    let Some(id) = person.agency else { return Ok(None) };
    let agency = agency::Entity::find_by_id(id).one(&app.db).await?;
    Ok(Some(Who {
        person: person.id,
        session: Uuid::nil(),
        name: person.name,
        agency: Some(id),
        agency_name: agency.map(|agency| agency.name).unwrap_or_default(),
        grants: grant::Model::of(&app.db, person.id).await?,
    }))
}

/// Adds those who are missing. Doing it again changes nothing.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    let transaction = app.begin().await?;
    let agencies = agency::Entity::find().order_by_asc(agency::Column::Code).all(&transaction).await?;
    let mut stage = Stage { app, today: time::local_date(app.clock.now()), agencies };
    for player in &PLAYERS {
        if Person::find_by_email(&transaction, &player.email()).await?.is_some() {
            continue;
        }
        let agency = stage.agency(&transaction, player.place).await?;
        let newcomer = Newcomer {
            name: format!("{} {}", player.post, agency.short_name),
            email: player.email(),
            title: player.post.into(),
            agency: Some(agency.id),
            ..Newcomer::default()
        };
        let person = Person::add(app, &transaction, newcomer, &By::system()).await.map_err(plain)?;
        let within = player.role.is_of_agency().then_some(agency.id);
        grant::Model::give(app, &transaction, person.id, Grant { role: player.role, agency: within }, &By::system()).await?;
    }
    app.commit(transaction).await?;
    Ok(())
}

/// The agencies the people work at: those of the province, or ones made up where it has none of that kind.
struct Stage<'a> {
    app: &'a App,
    today: NaiveDate,
    agencies: Vec<Agency>,
}

impl Stage<'_> {
    async fn agency(&mut self, on: &impl sea_orm::ConnectionTrait, place: Place) -> anyhow::Result<Agency> {
        if let Some(found) = self.found(place) {
            return Ok(found.clone());
        }
        let made_up = made_up(self.today, place);
        agency::Entity::insert(agency::ActiveModel::from(made_up.clone())).exec_without_returning(on).await?;
        let fact = Fact::AgencyOpened { name: made_up.name.clone() };
        self.app.record(on, made_up.id, fact, &By::system()).await?;
        self.agencies.push(made_up.clone());
        Ok(made_up)
    }

    fn found(&self, place: Place) -> Option<&Agency> {
        let mut open = self.agencies.iter().filter(|agency| agency.is_open_on(self.today));
        match place {
            Place::Province => open.find(|agency| agency.kind == Kind::ProvincialCommittee),
            Place::Department => {
                open.find(|agency| agency.kind == Kind::Department && agency.name.contains("Khoa học và Công nghệ"))
            }
            Place::Commune(number) => open.filter(|agency| agency.kind.is_local()).nth(number),
        }
    }
}

fn made_up(today: NaiveDate, place: Place) -> Agency {
    let (kind, name, short_name) = match place {
        Place::Province => {
            (Kind::ProvincialCommittee, "Ủy ban nhân dân tỉnh (minh họa)".to_owned(), "UBND tỉnh (minh họa)".to_owned())
        }
        Place::Department => (Kind::Department, "Sở Khoa học và Công nghệ (minh họa)".into(), "Sở KH&CN (minh họa)".into()),
        Place::Commune(number) => {
            let short = format!("xã Minh Họa {}", number + 1);
            (Kind::Commune, format!("Ủy ban nhân dân {short}"), short)
        }
    };
    let slug = vietnamese::slug(&name).unwrap_or_default();
    Agency {
        id: new_id(),
        code: slug.clone(),
        slug,
        name,
        short_name,
        kind,
        parent: None,
        official_code: None,
        open_from: today,
        closed_on: None,
        confidence: agency::Confidence::High,
        latitude: None,
        longitude: None,
        area_km2: None,
        boundary: None,
        email: None,
        phone: None,
        address: None,
        note: String::new(),
        demo: true,
        version: 1,
    }
}

fn plain(error: Error) -> anyhow::Error {
    match error {
        Error::Internal(error) => error,
        other => anyhow::anyhow!("a person of the demo could not be added: {other:?}"),
    }
}
