//! A person is let in: an account with its roles and a one-time link, shown once and sent by mail where there is a relay.

use sea_orm::ConnectionTrait;

use super::Model as Person;
use super::adding::Newcomer;
use super::editing::Details;
use super::keeping::{Keeper, Kept, refuse};
use super::standing::Standing;
use crate::base::mail::{Mail, Wanted};
use crate::base::{App, By, Fact, Grant, time};
use crate::people::grant;
use crate::people::invitation::{Invitation, Link, Purpose};
use crate::people::passkey::Passkey;
use crate::web::{Error, Locale, Obstacle, Result};

/// A link that was just made, and whether it is on its way by mail.
#[derive(Clone, Debug)]
pub struct Sent {
    pub person: Person,
    pub purpose: Purpose,
    pub link: Link,
    pub mailed: bool,
}

impl Person {
    /// Adds an account with its roles, and makes the invitation: all or nothing. The details must be without obstacles.
    ///
    /// # Errors
    /// [`Error::Refused`] when the e-mail or identifier is another's, or a role is not the administrator's to give;
    /// or the database failed.
    pub async fn invite(app: &App, keeper: &Keeper, details: Details, grants: &[Grant]) -> Result<Sent> {
        let transaction = app.begin().await?;
        let sent = Self::invite_in(app, &transaction, keeper, details, grants).await?;
        app.commit(transaction).await?;
        Ok(sent)
    }

    /// The same within a larger change.
    ///
    /// # Errors
    /// As [`Person::invite`].
    pub async fn invite_in(
        app: &App,
        on: &impl ConnectionTrait,
        keeper: &Keeper,
        details: Details,
        grants: &[Grant],
    ) -> Result<Sent> {
        let by = By::from(&keeper.who);
        if !grants.iter().all(|grant| keeper.may_give(grant)) || !keeper.keeps_people_of(details.agency) {
            return Err(Error::refused("person-obstacle-role-not-yours"));
        }
        let newcomer = Newcomer {
            name: details.name,
            email: details.email,
            title: details.title,
            identifier: details.identifier,
            agency: details.agency,
        };
        let person = Self::add(app, on, newcomer, &by).await?;
        for grant in grants {
            grant::Model::give(app, on, person.id, grant.clone(), &by).await?;
        }
        person.send_link(app, on, Purpose::Invitation, &by).await
    }

    async fn send_link(&self, app: &App, on: &impl ConnectionTrait, purpose: Purpose, by: &By) -> Result<Sent> {
        let link = Invitation::make(app, on, purpose, Some(self), by).await?;
        let mailed = Mail::plan(app, on, letter(app, self, purpose, &link), by).await?;
        Ok(Sent { person: self.clone(), purpose, link, mailed })
    }
}

impl Kept {
    /// Which link lets this person in: an invitation signs in at once, so it is only for who has no way in yet.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        if self.standing == Standing::Invited { Purpose::Invitation } else { Purpose::Password }
    }

    /// Makes a new link; those made before end.
    ///
    /// # Errors
    /// [`Error::Refused`], or the database failed.
    pub async fn let_in_again(&self, app: &App, keeper: &Keeper) -> Result<Sent> {
        refuse(self.obstacles_to_helping_in(keeper))?;
        let by = By::from(&keeper.who);
        let transaction = app.begin().await?;
        Invitation::revoke_all(app, &transaction, self.person.id).await?;
        let sent = self.person.send_link(app, &transaction, self.purpose(), &by).await?;
        app.commit(transaction).await?;
        Ok(sent)
    }

    /// Gives a role; false when the person holds it already. With a role that the agency's administrators do not
    /// give, links that they made end: whoever has one of those would come into more than they could give.
    ///
    /// # Errors
    /// [`Error::Refused`] when it is not the administrator's to give, or the database failed.
    pub async fn give(&self, app: &App, keeper: &Keeper, grant: Grant) -> Result<bool> {
        if !keeper.may_give(&grant) {
            return Err(Error::refused("person-obstacle-role-not-yours"));
        }
        refuse(self.obstacles_to_giving(keeper))?;
        let by = By::from(&keeper.who);
        let beyond = !grant.role.is_of_agency() || grant.agency != self.person.agency;
        let transaction = app.begin().await?;
        let given = grant::Model::give(app, &transaction, self.person.id, grant, &by).await?;
        if given && beyond && Invitation::revoke_of_others(app, &transaction, self.person.id, keeper.who.person).await? {
            Mail::withdraw(app, &transaction, self.person.id, "withdrawn", &by).await?;
        }
        app.commit(transaction).await?;
        Ok(given)
    }

    /// Changes what is known of the person. The details must be without obstacles.
    ///
    /// # Errors
    /// [`Error::Refused`], [`Error::Stale`], or the database failed.
    pub async fn edit(&self, app: &App, keeper: &Keeper, details: Details, version: i32) -> Result<()> {
        refuse(self.obstacles_to_editing(keeper))?;
        if !keeper.keeps_people_of(details.agency) {
            return Err(Error::refused("person-agency-missing"));
        }
        self.person.edit(app, details, version, &By::from(&keeper.who)).await
    }

    /// Takes a role back.
    ///
    /// # Errors
    /// [`Error::Refused`]; [`Error::Stale`] when it was taken back already; or the database failed.
    pub async fn revoke(&self, app: &App, keeper: &Keeper, grant: &Grant) -> Result<()> {
        let transaction = app.begin().await?;
        grant::Model::hold(&transaction, grant.role).await?;
        refuse(self.obstacles_to_revoking(&transaction, keeper, grant).await?)?;
        if !grant::Model::take(app, &transaction, self.person.id, grant, &By::from(&keeper.who)).await? {
            return Err(Error::Stale);
        }
        app.commit(transaction).await?;
        Ok(())
    }

    /// Takes the second step away from who lost the device, for a reason.
    ///
    /// # Errors
    /// [`Error::Refused`], or the database failed.
    pub async fn reset_second_step(&self, app: &App, keeper: &Keeper, why: &str) -> Result<()> {
        refuse(self.obstacles_to_helping_in(keeper))?;
        let transaction = app.begin().await?;
        self.person.drop_second_step(app, &transaction, &By::from(&keeper.who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Takes a passkey away, for a reason; the owner is told.
    ///
    /// # Errors
    /// [`Error::Refused`]; [`Error::NotFound`] or [`Error::Hidden`] when it is not theirs; or the database failed.
    pub async fn remove_passkey(&self, app: &App, keeper: &Keeper, passkey: uuid::Uuid, why: &str) -> Result<()> {
        refuse(self.obstacles_to_removing_passkeys(keeper))?;
        let passkey = Passkey::find_own(&app.db, self.person.id, passkey).await?;
        passkey.remove(app, &By::from(&keeper.who).because(why)).await
    }

    /// Ends one session, or all of them; returns how many ended.
    ///
    /// # Errors
    /// [`Error::Refused`]; [`Error::NotFound`] when there is no such session; or the database failed.
    pub async fn end_sessions(&self, app: &App, keeper: &Keeper, only: Option<uuid::Uuid>) -> Result<usize> {
        refuse(self.obstacles_to_editing(keeper))?;
        let open = crate::people::session::Model::open_of(app, self.person.id).await?;
        let ending: Vec<_> = open.iter().map(|session| session.id).filter(|id| only.is_none_or(|only| only == *id)).collect();
        if only.is_some() && ending.is_empty() {
            return Err(Error::NotFound);
        }
        let transaction = app.begin().await?;
        let mut ended = 0;
        for session in ending {
            if crate::people::session::Model::end(app, &transaction, session).await? {
                app.record(&transaction, self.person.id, Fact::SessionRevoked { session }, &By::from(&keeper.who)).await?;
                ended += 1;
            }
        }
        app.commit(transaction).await?;
        Ok(ended)
    }
}

/// What stands in the way of inviting with these details and roles, each with its field.
#[must_use]
pub fn obstacles_to_inviting(keeper: &Keeper, details: &Details, grants: &[Grant]) -> Vec<(&'static str, Obstacle)> {
    let mut found = details.obstacles();
    if details.agency.is_none() && !keeper.is_of_the_system() {
        found.push(("agency", Obstacle::new("person-agency-missing")));
    }
    if grants.iter().any(|grant| grant.role.is_of_agency() && grant.agency.is_none()) {
        found.push(("agency", Obstacle::new("person-agency-for-role")));
    }
    found
}

/// The letter with the link. It is written in Vietnamese: which language the reader prefers is not known yet.
fn letter(app: &App, person: &Person, purpose: Purpose, link: &Link) -> Wanted {
    let l = Locale::default();
    let site = Some(app.site().name).filter(|name| !name.is_empty()).unwrap_or_else(|| l.t("site-name"));
    let (subject, text) = match purpose {
        Purpose::Password => ("mail-password-subject", "mail-password-text"),
        Purpose::Invitation | Purpose::Administrator => ("mail-invitation-subject", "mail-invitation-text"),
    };
    let words = [
        ("name", person.name.clone()),
        ("site", site.clone()),
        ("email", person.email.clone()),
        ("link", link.address.clone()),
        ("until", time::minute(link.expires_at)),
    ];
    Wanted {
        about: person.id,
        topic: purpose.code(),
        recipient: person.email.clone(),
        name: person.name.clone(),
        subject: l.t1(subject, "site", site),
        text: l.with(text, &words),
        expires_at: link.expires_at,
    }
}
