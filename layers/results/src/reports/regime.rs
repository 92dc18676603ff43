//! A reporting regime ("chế độ báo cáo"): a duty of kind report with the eleven things that such a regime has to say (Nghị định
//! 09/2019/NĐ-CP, Điều 7). What duty, rule, holders and form say already is read from them; the rest is kept here.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use sea_orm::SqlErr;
use sea_orm::entity::prelude::*;

use super::template::Template;
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who, time};
use crate::duties::closing::{self, Standing};
use crate::duties::duty::{self, Kind};
use crate::duties::form::Form;
use crate::duties::holder::Holder;
use crate::duties::rule::{CutOff, Often};
use crate::duties::{Duty, view};
use crate::people::agency::brief::Known;
use crate::people::class;
use crate::plans::Plan;
use crate::reports::rights;
use crate::web::{Error, Locale, Obstacle, cut};

/// The templates that a regime has unless somebody says otherwise.
pub const WHOLE: &str = "bao-cao-tong-hop";
pub const OWN: &str = "bao-cao-co-quan";
/// How far ahead a period is shown.
const AHEAD_DAYS: u64 = 45;
const WORDS_LETTERS_MAX: usize = 2_000;
const NAME_LETTERS: usize = 120;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_regime")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub duty: Uuid,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub content: String,
    #[sea_orm(column_type = "Text")]
    pub receiver: String,
    #[sea_orm(column_type = "Text")]
    pub method: String,
    #[sea_orm(column_type = "Text")]
    pub process: String,
    /// Code of the template of the province's report.
    pub template: String,
    /// Code of the template of an agency's own.
    pub own_template: String,
    pub changed_at: DateTimeUtc,
    /// 0 while nobody set it.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Regime = Model;

/// One of the eleven things, with where it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The Fluent key of its name.
    pub key: &'static str,
    /// Empty: not said yet.
    pub words: String,
    pub href: String,
}

/// The duties of adopted plans that are regimes, with their plans, in the order of the documents: two statements.
///
/// # Errors
/// The database failed.
pub async fn all(app: &App) -> Result<Vec<(Duty, Plan)>, DbErr> {
    let plans = Plan::adopted(&app.db).await?;
    let of = duty::Entity::find()
        .filter(duty::Column::Plan.is_in(plans.iter().map(|plan| plan.id)))
        .filter(duty::Column::Kind.eq(Kind::Report));
    let mut duties = of.all(&app.db).await?;
    duties.sort_by_key(|duty| duty.position);
    let mut found = Vec::new();
    for plan in plans {
        found.extend(duties.iter().filter(|duty| duty.plan == plan.id).map(|duty| (duty.clone(), plan.clone())));
    }
    Ok(found)
}

/// A regime by its duty.
///
/// # Errors
/// Not found, or the database failed.
pub async fn find(app: &App, duty: Uuid) -> Result<(Duty, Plan), Error> {
    let duty = Duty::find(&app.db, duty).await?;
    if duty.kind == Kind::Work {
        return Err(Error::NotFound);
    }
    let plan = Plan::find(&app.db, duty.plan).await?;
    Ok((duty, plan))
}

/// The periods of regimes that are due by soon, latest first: one statement.
///
/// # Errors
/// The database failed.
pub async fn periods(app: &App, plans: &[Uuid], today: NaiveDate) -> Result<Vec<Standing>, DbErr> {
    let until = today.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(today);
    closing::periods(&app.db, plans, until).await
}

impl Model {
    /// As it was set, or as it is until somebody does.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, duty: &Duty) -> Result<Self, DbErr> {
        let kept = Entity::find_by_id(duty.id).one(&app.db).await?;
        Ok(kept.unwrap_or_else(|| Self::unset(app, duty)))
    }

    /// Those of these duties, by duty: one statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_all(app: &App, duties: &[(Duty, Plan)]) -> Result<HashMap<Uuid, Self>, DbErr> {
        let mut found: HashMap<Uuid, Self> = duties.iter().map(|(duty, _)| (duty.id, Self::unset(app, duty))).collect();
        let kept = Entity::find().filter(Column::Duty.is_in(duties.iter().map(|(duty, _)| duty.id))).all(&app.db).await?;
        found.extend(kept.into_iter().map(|one| (one.duty, one)));
        Ok(found)
    }

    /// As it is until somebody sets it.
    fn unset(app: &App, duty: &Duty) -> Self {
        Self {
            duty: duty.id,
            name: cut(&duty.title, NAME_LETTERS),
            content: duty.title.clone(),
            receiver: String::new(),
            method: String::new(),
            process: String::new(),
            template: WHOLE.into(),
            own_template: OWN.into(),
            changed_at: app.clock.now(),
            version: 0,
        }
    }

    /// The eleven things, in the order of the decree.
    ///
    /// # Errors
    /// The database failed.
    pub async fn items(&self, app: &App, l: Locale, duty: &Duty, plan: &Plan) -> Result<Vec<Said>, DbErr> {
        let known = Known::now(app).await?;
        let holders = Holder::of(&app.db, &[duty.id]).await?;
        let form = Form::newest(&app.db, duty.id).await?.filter(|form| !form.definition().fields.is_empty());
        let template = Template::newest(&app.db, &self.template).await?;
        let rule = duty.rule();
        let whole = rule.as_ref().map(|rule| view::rule(l, rule)).unwrap_or_default();
        let standing = known.get(&plan.agency).map(|body| body.name.clone()).unwrap_or_default();
        let or = |text: &str, otherwise: String| if text.is_empty() { otherwise } else { text.to_owned() };
        let rules = format!("/desk/plans/{}/duties/{}", plan.id, duty.id);
        let edit = "#items".to_owned();
        let said = |key, words: String, href: &str| Said { key, words, href: href.to_owned() };
        let cut_off = match rule.as_ref().map(|rule| rule.cut_off) {
            Some(CutOff::Fourteenth) => l.t("report-cut-off-fourteenth"),
            Some(CutOff::Calendar) => l.t("report-cut-off-calendar"),
            None => String::new(),
        };
        let fields = form.as_ref().map(|form| l.t1("report-form-fields", "count", form.definition().fields.len()));
        let outline = template.as_ref().map(|one| one.name.clone()).unwrap_or_default();
        Ok(vec![
            said("report-item-name", self.name.clone(), &edit),
            said("report-item-content", self.content.clone(), &edit),
            said("report-item-reporters", who_reports(l, &holders, &known), &rules),
            said("report-item-receiver", or(&self.receiver, standing), &edit),
            said("report-item-method", or(&self.method, l.t("report-method-platform")), &edit),
            said("report-item-deadline", whole, &rules),
            said("report-item-frequency", rule.as_ref().map(|rule| frequency(l, &rule.often)).unwrap_or_default(), &rules),
            said("report-item-cut-off", cut_off, &rules),
            said("report-item-outline", outline, &Template::path(&self.template)),
            said("report-item-form", fields.unwrap_or_else(|| l.t("report-form-free")), &format!("{rules}/form")),
            said("report-item-process", or(&self.process, l.t("report-process-platform")), &edit),
        ])
    }

    /// Says what is said nowhere else.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn set(app: &App, who: &Who, duty: &Duty, wanted: Self, seen: i32) -> Result<(), Error> {
        rights::require(rights::keeps(who))?;
        let before = Self::of(app, duty).await?;
        if before.version != seen {
            return Err(Error::Stale);
        }
        let mut wrong = Vec::new();
        if wanted.name.is_empty() {
            wrong.push(Obstacle::new("report-regime-needs-name").at("name"));
        }
        let texts = [&wanted.name, &wanted.content, &wanted.receiver, &wanted.method, &wanted.process];
        if texts.iter().any(|text| text.chars().count() > WORDS_LETTERS_MAX) {
            wrong.push(Obstacle::new("report-lines-long").with("n", WORDS_LETTERS_MAX).at("content"));
        }
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        let changes = before.changes(&wanted);
        let name = wanted.name.clone();
        let row = ActiveModel::from(Self { changed_at: app.clock.now(), version: seen + 1, ..wanted }).reset_all();
        let transaction = app.begin().await?;
        if seen == 0 {
            // Two in the same instant: the key lets one through.
            Entity::insert(row).exec_without_returning(&transaction).await.map_err(|error| match error.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
                _ => error.into(),
            })?;
        } else {
            let same = Entity::update_many().set(row).filter(Column::Duty.eq(duty.id)).filter(Column::Version.eq(seen));
            if same.exec(&transaction).await?.rows_affected == 0 {
                return Err(Error::Stale);
            }
        }
        app.record(&transaction, Uuid::nil(), Fact::ReportRegimeSet { name, changes }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    fn changes(&self, now: &Self) -> Vec<Change> {
        let fields = [
            ("name", &self.name, &now.name),
            ("content", &self.content, &now.content),
            ("receiver", &self.receiver, &now.receiver),
            ("method", &self.method, &now.method),
            ("process", &self.process, &now.process),
            ("template", &self.template, &now.template),
            ("own_template", &self.own_template, &now.own_template),
        ];
        fields.iter().filter_map(|(field, from, to)| Change::of(field, from, to)).collect()
    }
}

fn who_reports(l: Locale, holders: &[Holder], known: &Known) -> String {
    let name = |one: &Holder| match (&one.agency, &one.class) {
        (Some(id), _) => known.get(id).map(|body| body.name.clone()).unwrap_or_default(),
        (None, Some(code)) => {
            let classes = class::parts(code);
            if classes.is_empty() {
                return one.name.clone();
            }
            classes.iter().map(|class| class.name(l.0).to_owned()).collect::<Vec<_>>().join("; ")
        }
        _ => one.name.clone(),
    };
    holders.iter().map(name).filter(|name| !name.is_empty()).collect::<Vec<_>>().join("; ")
}

fn frequency(l: Locale, often: &Often) -> String {
    match often {
        Often::Once { .. } => l.t("report-often-once"),
        Often::Monthly { .. } => l.t("report-often-monthly"),
        Often::Yearly { days } | Often::Continuous { checks: days } => l.t1("report-often-yearly", "count", days.len()),
        Often::OnRequest { .. } => l.t("report-often-request"),
        Often::Never => l.t("rule-never"),
    }
}

/// Today, Vietnam time.
#[must_use]
pub fn today(app: &App) -> NaiveDate {
    time::local_date(app.clock.now())
}
