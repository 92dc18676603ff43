//! Writing an answer and changing it. What was approved keeps answering while a change waits beside it.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use vietnamese::personal;

use super::{ActiveModel, Content, Curated, Entity, State};
use crate::base::{App, By, Fact, Who, time};
use crate::questions;
use crate::questions::question::answering::known_to_all;
use crate::registers::rights;
use crate::web::{Error, Obstacle};

pub const TITLE_LETTERS_MAX: usize = 300;
pub const BODY_LETTERS_MAX: usize = 5_000;
pub const GROUND_LETTERS_MAX: usize = 500;
const TITLE_LETTERS_MIN: usize = 10;
const BODY_LETTERS_MIN: usize = 20;

/// The form as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub title: String,
    pub body: String,
    pub ground: String,
    pub from_on: String,
    pub until_on: String,
}

impl Typed {
    /// As a form shows it.
    #[must_use]
    pub fn of(content: &Content) -> Self {
        Self {
            title: content.title.clone(),
            body: content.body.clone(),
            ground: content.ground.clone(),
            from_on: content.from_on.to_string(),
            until_on: content.until_on.map(|day| day.to_string()).unwrap_or_default(),
        }
    }

    /// What it says. `known`: what everybody knows of agencies; it goes public word for word, so it may say nobody else's.
    ///
    /// # Errors
    /// Everything that is wrong, each at its field.
    pub fn read(&self, today: NaiveDate, known: &[String]) -> Result<Content, Vec<Obstacle>> {
        let clean = |text: &str| questions::checking::visible(&vietnamese::normalise(text.trim()));
        let (title, body, ground) = (clean(&self.title).replace('\n', " "), clean(&self.body), clean(&self.ground));
        let mut wrong = Vec::new();
        let mut say = |is: bool, key: &'static str, field: &'static str, n: usize| {
            if is {
                wrong.push(Obstacle::new(key).with("n", n).at(field));
            }
        };
        let long = |text: &str| text.chars().count();
        say(long(&title) < TITLE_LETTERS_MIN, "curated-title-short", "title", TITLE_LETTERS_MIN);
        say(long(&title) > TITLE_LETTERS_MAX, "curated-title-long", "title", TITLE_LETTERS_MAX);
        say(long(&body) < BODY_LETTERS_MIN, "curated-body-short", "body", BODY_LETTERS_MIN);
        say(long(&body) > BODY_LETTERS_MAX, "curated-body-long", "body", BODY_LETTERS_MAX);
        say(ground.is_empty(), "curated-needs-ground", "ground", 0);
        say(long(&ground) > GROUND_LETTERS_MAX, "curated-ground-long", "ground", GROUND_LETTERS_MAX);
        say(!personal::find(&title).is_empty(), "curated-title-personal", "title", 0);
        say(!personal::find_except(&body, known).is_empty(), "curated-body-personal", "body", 0);
        say(!personal::find_except(&ground, known).is_empty(), "curated-ground-personal", "ground", 0);
        let (from, until) = (time::read_day(&self.from_on), time::read_day(&self.until_on));
        say(from.is_none(), "curated-from-wrong", "from_on", 0);
        say(until.is_none() && !self.until_on.trim().is_empty(), "curated-until-wrong", "until_on", 0);
        let is_before = from.zip(until).is_some_and(|(from, until)| until < from);
        say(is_before, "curated-until-before", "until_on", 0);
        say(!is_before && until.is_some_and(|until| until < today), "curated-until-over", "until_on", 0);
        if let Some(obstacle) = crate::cases::case::acting::secret(&body, "body") {
            wrong.push(obstacle);
        }
        match from.filter(|_| wrong.is_empty()) {
            Some(from_on) => Ok(Content { title, body, ground, from_on, until_on: until }),
            None => Err(wrong),
        }
    }
}

/// What was typed, held against what agencies show of themselves and against the day.
async fn read(app: &App, typed: &Typed) -> Result<Content, Error> {
    let known = known_to_all(app, &app.db).await?;
    typed.read(time::local_date(app.clock.now()), &known).map_err(Error::Refused)
}

impl Curated {
    /// Begins a draft. The same id again is the same answer.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; or the database failed.
    pub async fn begin(
        app: &App,
        who: &Who,
        (id, agency): (Uuid, Uuid),
        typed: &Typed,
        question: Option<Uuid>,
    ) -> Result<(), Error> {
        rights::require(rights::writes(who, agency))?;
        if let Some(there) = Entity::find_by_id(id).one(&app.db).await? {
            return if there.writers().contains(&who.person) { Ok(()) } else { Err(Error::Stale) };
        }
        let content = read(app, typed).await?;
        let title = content.title.clone();
        let blank = Self {
            id,
            agency,
            title: String::new(),
            words: String::new(),
            body: String::new(),
            ground: String::new(),
            from_on: content.from_on,
            until_on: None,
            state: State::Drafted,
            pending: String::new(),
            writers: serde_json::json!([who.person]).to_string(),
            question,
            approved_by: None,
            approved_at: None,
            notice: String::new(),
            changed_at: app.clock.now(),
            version: 1,
        };
        let transaction = app.begin().await?;
        let row = ActiveModel::from(blank.saying(content));
        Entity::insert(row).exec_without_returning(&transaction).await?;
        app.record(&transaction, id, Fact::CuratedDrafted { title }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Changes a draft, or proposes a change of what is approved or has expired.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn change(&self, app: &App, who: &Who, typed: &Typed, seen: i32) -> Result<(), Error> {
        rights::require(rights::writes(who, self.agency))?;
        let content = read(app, typed).await?;
        let title = content.title.clone();
        let mut writers = self.writers();
        if !writers.contains(&who.person) {
            writers.push(who.person);
        }
        let row = Self {
            writers: serde_json::json!(writers).to_string(),
            notice: String::new(),
            changed_at: app.clock.now(),
            ..self.clone()
        };
        let row = match self.state {
            State::Withdrawn => return Err(Error::refused("curated-is-withdrawn")),
            State::Drafted => row.saying(content),
            State::Approved if content == self.content() => Self { pending: String::new(), writers: "[]".into(), ..row },
            State::Approved | State::Expired => Self { pending: serde_json::to_string(&content)?, ..row },
        };
        let transaction = app.begin().await?;
        row.put(&transaction, seen).await?;
        app.record(&transaction, self.id, Fact::CuratedEdited { title }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    fn typed() -> Typed {
        Typed {
            title: "Đăng ký nhãn hiệu cho nông sản ở đâu?".into(),
            body: "Nộp hồ sơ tại Cục Sở hữu trí tuệ hoặc nhờ Sở hướng dẫn.".into(),
            ground: "Hướng dẫn của Sở".into(),
            from_on: "2026-03-01".into(),
            until_on: String::new(),
        }
    }

    fn read(typed: &Typed) -> Result<Content, Vec<Obstacle>> {
        let today = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        typed.read(today, &["0277 3851 431".to_owned()])
    }

    fn wrong(typed: &Typed) -> Vec<&'static str> {
        read(typed).expect_err("wrong").into_iter().map(|one| one.key).collect()
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        assert!(read(&typed()).is_ok());
        assert_eq!(wrong(&Typed { ground: " ".into(), ..typed() }), ["curated-needs-ground"]);
        assert_eq!(wrong(&Typed { until_on: "2026-02-01".into(), ..typed() }), ["curated-until-before"]);
        assert_eq!(wrong(&Typed { from_on: "mai".into(), ..typed() }), ["curated-from-wrong"]);
        assert_eq!(wrong(&Typed { title: "Gọi số 0912 345 678 được không?".into(), ..typed() }), ["curated-title-personal"]);
        assert_eq!(wrong(&Typed { body: "Ngắn".into(), ..typed() }), ["curated-body-short"]);
        let over = Typed { from_on: "2026-01-01".into(), until_on: "2026-03-01".into(), ..typed() };
        assert_eq!(wrong(&over), ["curated-until-over"]);
    }

    #[test]
    fn personal_data_is_in_no_part_of_it_but_what_agencies_show() {
        for (body, is_wrong) in [
            ("Hỏi chị cán bộ phụ trách theo số 0912 345 678.", true),
            ("Người nộp mang theo CCCD 082203012345 để đối chiếu.", true),
            ("Gọi Sở Khoa học và Công nghệ theo số 0277.385.1431.", false),
        ] {
            assert_eq!(read(&Typed { body: body.into(), ..typed() }).is_err(), is_wrong, "{body}");
        }
        let ground = Typed { ground: "Thư của an.le@thu-dien-tu.vn".into(), ..typed() };
        assert_eq!(wrong(&ground), ["curated-ground-personal"]);
    }
}
