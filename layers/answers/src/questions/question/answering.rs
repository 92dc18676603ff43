//! An answer's way: drafted, put before somebody else where the agency wants that, given or sent back.

use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use vietnamese::personal;

use super::acting::{Act, LETTERS_MAX, Wanted};
use super::doing::Doing;
use super::{Column, Entity, Whole};
use crate::base::{App, Fact, Role, Who, new_id};
use crate::cases::case::acting::{plain, secret, too_long};
use crate::duties::answer::submitting::says_nothing;
use crate::duties::clearance::setting::{Step as Clearance, Way};
use crate::people::agency;
use crate::questions::answer::{self, Answer};
use crate::questions::entry;
use crate::web::{Error, Obstacle};

/// The field of a form that says why an answer is corrected.
pub const WHY: &str = "why";
/// Bytes of an address made of a title.
const SLUG_BYTES: usize = 80;

/// What everybody knows of agencies and of the site: it stays in what is published.
///
/// # Errors
/// The database failed.
pub async fn known_to_all(app: &App, on: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    use sea_orm::QuerySelect;
    let rows: Vec<(Option<String>, Option<String>, Option<String>)> = agency::Entity::find()
        .select_only()
        .columns([agency::Column::Email, agency::Column::Phone, agency::Column::Address])
        .into_tuple()
        .all(on)
        .await?;
    let site = app.site();
    let of_site = [site.email, site.phone, site.address];
    let all = rows.into_iter().flat_map(|(email, phone, address)| [email, phone, address]).flatten().chain(of_site);
    Ok(all.filter(|one| !one.is_empty()).collect())
}

impl Whole {
    /// Whether the person gives the answer that waits: an approver of its agency, and not who wrote it.
    #[must_use]
    pub fn approves(&self, who: &Who) -> bool {
        self.coming().is_some_and(|answer| {
            who.agency == Some(answer.agency) && who.is_in(Role::Approver, answer.agency) && answer.written_by != who.person
        })
    }

    pub(super) async fn speak(&self, doing: &Doing<'_>, wanted: &Wanted) -> Result<(), Error> {
        match wanted.act {
            Act::Draft => {
                self.keep(doing, (wanted, answer::State::Draft)).await?;
                self.touched(doing.on).await // recorded by nobody: a draft is working memory
            }
            Act::Answer | Act::Correct => self.hand_in(doing, wanted).await,
            Act::Approve => {
                let waiting = self.coming().ok_or(Error::Stale)?.clone();
                self.give(doing, (waiting, false)).await
            }
            Act::Return => self.send_back(doing, wanted).await,
            Act::Show => self.show(doing, wanted).await,
            _ => self.hide(doing, &wanted.text).await,
        }
    }

    /// The draft as it was typed: the row that is coming, or the next version.
    async fn keep(&self, doing: &Doing<'_>, (wanted, state): (&Wanted, answer::State)) -> Result<Answer, Error> {
        let &Doing { app, on, who, ground } = doing;
        let known = known_to_all(app, on).await?;
        let coming = self.coming();
        let (public_title, public_body) = self.public_words(&known, wanted, coming)?;
        let row = Answer {
            id: coming.map_or_else(new_id, |answer| answer.id),
            question: self.question.id,
            number: coming.map_or_else(|| self.answers.last().map_or(1, |last| last.number + 1), |answer| answer.number),
            shown_text: personal::mask_except(&wanted.text, &known).text,
            text: wanted.text.clone(),
            agency: self.question.holder,
            state,
            written_by: who.person,
            written_at: ground.now,
            approved_by: None,
            approved_at: None,
            reason: String::new(),
            // What corrects a published answer is published.
            shows: if wanted.act == Act::Correct { self.question.shown } else { wanted.shows && !self.question.in_private },
            public_title,
            public_body,
            correction: if wanted.act == Act::Correct { reason(&wanted.why, &known)? } else { String::new() },
        };
        let model = answer::ActiveModel::from(row.clone());
        if coming.is_some() {
            answer::Entity::update(model.reset_all()).exec(on).await?;
        } else {
            answer::Entity::insert(model).exec_without_returning(on).await?;
        }
        Ok(row)
    }

    /// The question is another version now, though nothing else of it changed.
    pub(super) async fn touched(&self, on: &DatabaseTransaction) -> Result<(), Error> {
        let done = Entity::update_many()
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.question.id))
            .filter(Column::Version.eq(self.question.version))
            .exec(on)
            .await?;
        if done.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }

    /// It goes to another body: what waited for the approver of the one before is a draft again.
    pub(super) async fn take_from_approver(&self, on: &DatabaseTransaction) -> Result<(), Error> {
        // recorded by the verb that moves the question, in the same transaction
        answer::Entity::update_many()
            .col_expr(answer::Column::State, Expr::value(answer::State::Draft.to_value()))
            .filter(answer::Column::Question.eq(self.question.id))
            .filter(answer::Column::State.eq(answer::State::Waiting))
            .exec(on)
            .await?;
        Ok(())
    }

    /// Gives it at once, or puts it before somebody else, as the agency wants it.
    async fn hand_in(&self, doing: &Doing<'_>, wanted: &Wanted) -> Result<(), Error> {
        let holder = self.question.holder;
        let way = Way::of(doing.on, holder, None).await?;
        match way.step(doing.who) {
            Clearance::Present => {
                self.keep(doing, (wanted, answer::State::Waiting)).await?;
                self.touched(doing.on).await?;
                let line = (entry::Kind::Presented, String::new(), None);
                doing.note(self.question.id, line, Fact::QuestionAnswerPresented { holder }).await
            }
            Clearance::Nobody => Err(Error::Refused(vec![Obstacle::new("question-no-approver").at(wanted.act.code())])),
            Clearance::Free | Clearance::Alone => {
                let row = self.keep(doing, (wanted, answer::State::Draft)).await?;
                self.give(doing, (row, way.is_alone(doing.who))).await
            }
        }
    }

    async fn send_back(&self, doing: &Doing<'_>, wanted: &Wanted) -> Result<(), Error> {
        let waiting = self.coming().ok_or(Error::Stale)?;
        let returned = Answer { state: answer::State::Returned, reason: wanted.text.clone(), ..waiting.clone() };
        answer::Entity::update(answer::ActiveModel::from(returned).reset_all()).exec(doing.on).await?;
        self.touched(doing.on).await?;
        let fact = Fact::QuestionAnswerReturned { holder: self.question.holder };
        doing.note(self.question.id, (entry::Kind::Returned, wanted.text.clone(), None), fact).await
    }
}

/// Why an answer is corrected, for all who read it: masked.
fn reason(given: &str, known: &[String]) -> Result<String, Error> {
    let text = plain(given, LETTERS_MAX).ok_or_else(|| too_long(WHY, LETTERS_MAX))?;
    if says_nothing(&text) {
        return Err(Error::Refused(vec![Obstacle::new("question-needs-reason").at(WHY)]));
    }
    match secret(&text, WHY) {
        Some(obstacle) => Err(Error::Refused(vec![obstacle])),
        None => Ok(personal::mask_except(&text, known).text),
    }
}

/// The title as an address, with the question's mark, so that two alike are two.
#[must_use]
pub fn address(title: &str, id: Uuid) -> String {
    let words = vietnamese::slug::slug_within(title, SLUG_BYTES).unwrap_or_else(|| "cau-hoi".to_owned());
    let mark = id.simple().to_string();
    format!("{words}-{}", &mark[mark.len() - 8..])
}
