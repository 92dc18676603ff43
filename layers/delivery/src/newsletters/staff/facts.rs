//! What a newsletter is: making one, and changing it.

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::{ActiveEnum, Iterable};
use uuid::Uuid;

use super::{all, one};
use crate::base::{App, Who, new_id};
use crate::channels::rights::{Verb, own_agency, require};
use crate::news::article::Language;
use crate::news::kind::Kind;
use crate::news::section::Section;
use crate::newsletters::newsletter::keeping::{NAME_LETTERS_MAX, Wanted};
use crate::newsletters::newsletter::{Newsletter, Rhythm, Scope, State};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

/// One of several that may be ticked.
pub struct Choice {
    pub code: String,
    pub name: String,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "newsletters/staff/facts.html")]
pub struct Facts {
    l: Locale,
    shell: Shell,
    /// None while it is made.
    newsletter: Option<Newsletter>,
    given: Wanted,
    version: i32,
    sections: Vec<Choice>,
    errors: Mistakes,
    conflict: bool,
}

impl Facts {
    fn heading(&self) -> String {
        self.newsletter.as_ref().map_or_else(|| self.l.t("newsletter-new"), |one| one.name.clone())
    }

    fn action(&self) -> String {
        self.newsletter.as_ref().map_or_else(|| "/desk/newsletters".into(), |one| Newsletter::path(one.id))
    }

    fn name_max(&self) -> usize {
        NAME_LETTERS_MAX
    }

    fn scopes(&self) -> Vec<Choice> {
        self.of(Scope::iter().map(|one| (one.to_value(), one.key(), one == self.given.scope)))
    }

    fn rhythms(&self) -> Vec<Choice> {
        self.of(Rhythm::iter().map(|one| (one.to_value(), one.key(), one == self.given.rhythm)))
    }

    fn languages(&self) -> Vec<Choice> {
        self.of(Language::iter().map(|one| (one.tag().to_owned(), one.key(), one == self.given.language)))
    }

    fn weekdays(&self) -> Vec<Choice> {
        self.of((1..=7).map(|n: i32| (n.to_string(), format!("newsletter-weekday-{n}"), self.given.weekday == n.to_string())))
    }

    fn of(&self, list: impl Iterator<Item = (String, String, bool)>) -> Vec<Choice> {
        list.map(|(code, key, chosen)| Choice { code, name: self.l.t(&key), chosen }).collect()
    }

    fn kinds(&self) -> Vec<Choice> {
        let choice = |kind: &Kind| Choice {
            code: kind.code.clone(),
            name: kind.name(self.l).to_owned(),
            chosen: self.given.kinds.contains(&kind.code),
        };
        Kind::all().iter().map(choice).collect()
    }
}

async fn page(app: &App, shell: Shell, newsletter: Option<Newsletter>, given: Wanted) -> Result<Facts> {
    let l = shell.l;
    let agency = newsletter.as_ref().map(|one| one.agency);
    let sections = Section::all(&app.db).await?;
    let own = |one: &&Section| one.agency.is_none() || agency.is_none() || one.agency == agency;
    let choice =
        |one: &Section| Choice { code: one.id.to_string(), name: one.name.clone(), chosen: given.sections.contains(&one.id) };
    let sections = sections.iter().filter(own).map(choice).collect();
    let version = newsletter.as_ref().map_or(0, |one| one.version);
    Ok(Facts { l, shell, newsletter, given, version, sections, errors: Mistakes::default(), conflict: false })
}

/// `GET /desk/newsletters/new`
pub async fn new(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<Facts>> {
    require(&who, Verb::Keep, own_agency(&who)?)?;
    let given = Wanted {
        id: new_id(),
        purpose: shell.l.t("newsletter-purpose-usual"),
        hour: "7".into(),
        weekday: "1".into(),
        open: true,
        ..Wanted::default()
    };
    Ok(Page(page(&app, shell, None, given).await?))
}

fn wanted(fields: &[(String, String)]) -> Wanted {
    let text = |name: &str| one(fields, name).to_owned();
    Wanted {
        id: one(fields, "id").parse().unwrap_or_else(|_| new_id()),
        name: text("name"),
        about: text("about"),
        purpose: text("purpose"),
        sender_name: text("sender_name"),
        language: Language::from_tag(one(fields, "language")).unwrap_or_default(),
        scope: Scope::iter().find(|scope| scope.to_value() == one(fields, "scope")).unwrap_or_default(),
        sections: all(fields, "sections").iter().filter_map(|id| id.parse().ok()).collect(),
        kinds: all(fields, "kinds").into_iter().map(str::to_owned).collect(),
        rhythm: Rhythm::iter().find(|rhythm| rhythm.to_value() == one(fields, "rhythm")).unwrap_or_default(),
        hour: text("hour"),
        weekday: text("weekday"),
        by_itself: !one(fields, "by_itself").is_empty(),
        open: !one(fields, "open").is_empty(),
    }
}

/// `POST /desk/newsletters`
pub async fn make(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let wanted = wanted(&fields);
    match Newsletter::make(&app, &who, &wanted).await {
        Ok(id) => Ok(Said::to(Newsletter::path(id), "newsletter-was-made").into_response()),
        Err(Error::Refused(obstacles)) => {
            let mut page = page(&app, shell, None, wanted).await?;
            page.errors = Mistakes::told(&obstacles, page.l);
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

async fn kept(app: &App, who: &Who, id: Uuid) -> Result<Newsletter> {
    let newsletter = Newsletter::find_for(app, who, id).await?;
    require(who, Verb::Keep, newsletter.agency)?;
    Ok(newsletter)
}

/// `GET /desk/newsletters/{id}/facts`
pub async fn edit(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Facts>> {
    let newsletter = kept(&app, &who, id).await?;
    let given = Wanted {
        id,
        name: newsletter.name.clone(),
        about: newsletter.about.clone(),
        purpose: newsletter.purpose.clone(),
        sender_name: newsletter.sender_name.clone(),
        language: newsletter.language,
        scope: newsletter.scope,
        sections: newsletter.section_ids(),
        kinds: newsletter.kind_codes(),
        rhythm: newsletter.rhythm,
        hour: newsletter.hour.to_string(),
        weekday: newsletter.weekday.to_string(),
        by_itself: newsletter.by_itself,
        open: newsletter.state == State::Open,
    };
    Ok(Page(page(&app, shell, Some(newsletter), given).await?))
}

/// `POST /desk/newsletters/{id}`
pub async fn change(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let wanted = wanted(&fields);
    let seen = one(&fields, "version").parse().unwrap_or_default();
    let (status, obstacles) = match Newsletter::change(&app, &who, id, &wanted, seen).await {
        Ok(()) => return Ok(Said::to(Newsletter::path(id), "newsletter-was-kept").into_response()),
        Err(error) => error.handed_back()?,
    };
    let newsletter = kept(&app, &who, id).await?;
    let mut page = page(&app, shell, Some(newsletter), wanted).await?;
    (page.errors, page.conflict) = (Mistakes::told(&obstacles, page.l), status == StatusCode::CONFLICT);
    Ok(Page(page).status(status))
}
