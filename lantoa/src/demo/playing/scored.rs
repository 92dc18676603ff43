//! A round of criteria played by those who take part: the bodies of the press score themselves with evidence for what they published, another
//! body appraises, one objects and is answered, and the results are published.

use std::collections::HashSet;

use ::measures::Amount;
use ::scoring::Set;
use chrono::{Datelike, NaiveDate};
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::Stage;
use super::drawn::articles;
use crate::base::{new_id, time};
use crate::criteria::appeal::Appeal;
use crate::criteria::appraisal;
use crate::criteria::evidence::Evidence;
use crate::criteria::sheet::Typed;
use crate::criteria::typed_node::{TypedExtra, TypedNode};
use crate::criteria::{CriteriaSet, Sheet, seeding, writing};
use crate::duties::answer::Answer;
use crate::duties::duty::Kind;
use crate::duties::slot;
use crate::news::article::{self, Article};
use crate::people::Agency;
use crate::web::Error;

/// The three bodies that report on the 20th.
const CLASS: &str = "key_press";
/// Codes of what is asked.
const PUBLISHED: &str = "tc1";
const COLUMN: &str = "tc2";
const REPORTED: &str = "tc3";
const TOGETHER: &str = "tc4";
const LATE: &str = "td1";
/// Points for working together: said by the agency, appraised first, and after its objection.
const SAID: &str = "20";
const LOWERED: &str = "12";
const AFTERWARDS: &str = "18";

/// What happens in a round, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Open,
    HandIn,
    Appraise,
    Object,
    Answer,
    Publish,
}

impl Step {
    /// Each with its day.
    #[must_use]
    pub fn days(year: i32) -> Vec<(NaiveDate, Self)> {
        let all = [
            (1, Self::Open),
            (4, Self::HandIn),
            (9, Self::Appraise),
            (10, Self::Object),
            (12, Self::Answer),
            (15, Self::Publish),
        ];
        all.into_iter().filter_map(|(day, step)| Some((december(year, day)?, step))).collect()
    }

    /// Does it.
    ///
    /// # Errors
    /// It was refused, or the database failed.
    pub async fn done(self, stage: &Stage) -> Result<(), Error> {
        let year = time::local_date(stage.app.clock.now()).year();
        if self == Self::Open {
            return open(stage, year).await;
        }
        let title = title(year);
        let set = CriteriaSet::all(&stage.app.db).await?.into_iter().find(|set| set.title == title);
        let Some(set) = set else { return Ok(()) };
        match self {
            Self::Open => Ok(()),
            Self::HandIn => hand_in(stage, &set).await,
            Self::Appraise => appraise(stage, &set).await,
            Self::Object => object(stage, &set).await,
            Self::Answer => answer(stage, &set).await,
            Self::Publish => set.publish(&stage.app, &stage.coordinator, "", set.version).await.map(|_| ()),
        }
    }
}

fn december(year: i32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 12, day)
}

fn title(year: i32) -> String {
    format!("Bộ tiêu chí đánh giá công tác truyền thông của cơ quan báo chí chủ lực năm {year} (minh họa)")
}

/// Two groups of two criteria, and what late reports cost.
fn tree() -> Result<Set, Error> {
    let mut tree = Set { penalty_most: Amount::from(2), ties: vec!["n2".into()], ..Set::default() };
    let plain = |name: &str, points: &str, rule: &str| TypedNode {
        name: name.into(),
        points: points.into(),
        rule: rule.into(),
        source: "own".into(),
        ..TypedNode::default()
    };
    let line = |name: &str, points: &str, all_at: &str, unit: &str| TypedNode {
        none_at: "0".into(),
        all_at: all_at.into(),
        unit: unit.into(),
        ..plain(name, points, "linear")
    };
    let nodes = [
        ("", "n1", plain("Tin, bài về chủ đề của kế hoạch", "60", "")),
        ("n1", PUBLISHED, line("Tin, bài đã đăng, phát trong năm", "40", "30", "tin, bài")),
        ("n1", COLUMN, plain("Giữ chuyên trang hoặc chuyên mục định kỳ", "20", "yes_no")),
        ("", "n2", plain("Báo cáo và phối hợp", "40", "")),
        ("n2", REPORTED, line("Báo cáo tháng đã gửi", "20", "11", "báo cáo")),
        ("n2", TOGETHER, plain("Phối hợp với cơ quan thường trực", "20", "points")),
    ];
    for (group, code, typed) in nodes {
        tree.add(group, typed.read(code, Vec::new()).map_err(Error::Refused)?);
    }
    let late = TypedExtra {
        name: "Báo cáo gửi muộn".into(),
        sign: "penalty".into(),
        each: "0,5".into(),
        most: "2".into(),
        source: "late".into(),
    };
    tree.extras.push(late.read(LATE).map_err(Error::Refused)?);
    Ok(tree)
}

/// Written by one, issued by another, opened for a week.
async fn open(stage: &Stage, year: i32) -> Result<(), Error> {
    let (app, writer) = (&stage.app, &stage.coordinator);
    let id = new_id();
    let typed = writing::Typed { title: title(year), year: year.to_string(), class: CLASS.into(), ..writing::Typed::default() };
    CriteriaSet::begin(app, writer, id, &typed).await?;
    seeding::mark(app, id).await?;
    let set = CriteriaSet::find(&app.db, id).await?;
    set.write_tree(app, writer, &tree()?, "", set.version).await?;
    let set = CriteriaSet::find(&app.db, id).await?;
    set.submit(app, writer, set.version).await?;
    let set = CriteriaSet::find(&app.db, id).await?;
    set.issue(app, &stage.approver, set.version).await?;
    let set = CriteriaSet::find(&app.db, id).await?;
    let until = december(year, 8).map(|day| day.to_string()).unwrap_or_default();
    set.open(app, writer, &until, set.version).await
}

async fn hand_in(stage: &Stage, set: &CriteriaSet) -> Result<(), Error> {
    let app = &stage.app;
    for sheet in Sheet::of(&app.db, set.id).await? {
        let of = (stage.officers.get(&sheet.agency), stage.agencies.get(&sheet.agency));
        let (Some(who), Some(agency)) = of else { continue };
        if let Some(article) = newest_article(stage, agency).await? {
            Evidence::add(app, who, (set, &sheet), PUBLISHED, &article.public_path()).await?;
        }
        let typed = typed(stage, agency, set.year).await?;
        sheet.keep(app, who, set, &typed, sheet.draft_version).await?;
        let (kept, set) = Sheet::find_for(app, who, sheet.id).await?;
        kept.hand_in(app, who, &set, kept.draft_version).await?;
    }
    Ok(())
}

async fn newest_article(stage: &Stage, agency: &Agency) -> Result<Option<Article>, DbErr> {
    let published = article::Entity::find()
        .filter(article::Column::Agency.eq(agency.id))
        .filter(article::Column::State.eq(article::State::Published));
    published.order_by_desc(article::Column::PublishedAt).one(&stage.app.db).await
}

/// What it says of itself: what it published and handed in, as they were counted.
async fn typed(stage: &Stage, agency: &Agency, year: i32) -> Result<Typed, Error> {
    let published: u32 = ["H1", "H2"].iter().map(|half| articles(&agency.code, &format!("{year}-{half}"))).sum();
    let pairs = [
        (PUBLISHED.to_owned(), published.to_string()),
        (format!("{PUBLISHED}.note"), "Đếm trên cổng của cơ quan (minh họa)".to_owned()),
        (COLUMN.to_owned(), "yes".to_owned()),
        (format!("{COLUMN}.note"), "Chuyên mục đăng hằng tuần (minh họa)".to_owned()),
        (REPORTED.to_owned(), reported(stage, agency).await?.to_string()),
        (format!("{REPORTED}.note"), "Theo sổ nhận báo cáo của nền tảng".to_owned()),
        (TOGETHER.to_owned(), SAID.to_owned()),
        (format!("{TOGETHER}.note"), "Dự đủ các buổi giao ban báo chí (minh họa)".to_owned()),
    ];
    Ok(pairs.into_iter().collect())
}

/// Monthly reports that it handed in.
async fn reported(stage: &Stage, agency: &Agency) -> Result<usize, Error> {
    let slots = slot::Entity::find()
        .filter(slot::Column::Plan.eq(stage.plan.id))
        .filter(slot::Column::Agency.eq(agency.id))
        .all(&stage.app.db)
        .await?;
    let is_monthly = |one: &&slot::Model| {
        stage.duties.get(&one.duty).is_some_and(|duty| duty.kind == Kind::Report) && !one.period.contains("-H")
    };
    let monthly: Vec<Uuid> = slots.iter().filter(is_monthly).map(|one| one.id).collect();
    let answered: HashSet<Uuid> = Answer::of(&stage.app.db, &monthly).await?.into_iter().map(|one| one.slot).collect();
    Ok(answered.len())
}

/// Those that were handed in.
async fn sheets(stage: &Stage, set: &CriteriaSet) -> Result<Vec<Sheet>, Error> {
    let mut sheets = Sheet::of(&stage.app.db, set.id).await?;
    sheets.retain(|sheet| sheet.submission > 0);
    Ok(sheets)
}

/// Another body agrees with all, but for what the first says of working together.
async fn appraise(stage: &Stage, set: &CriteriaSet) -> Result<(), Error> {
    let (app, who) = (&stage.app, &stage.reviewer);
    set.begin_appraisal(app, &stage.coordinator, set.version).await?;
    let set = CriteriaSet::find(&app.db, set.id).await?;
    for (at, sheet) in sheets(stage, &set).await?.into_iter().enumerate() {
        if at == 0 {
            let note = "Chưa thấy biên bản của hai buổi giao ban (minh họa)".into();
            let lower = appraisal::Typed { value: LOWERED.into(), note, ..appraisal::Typed::default() };
            sheet.appraise(app, who, &set, TOGETHER, &lower).await?;
        }
        sheet.agree(app, who, &set).await?;
    }
    Ok(())
}

/// The first objects.
async fn object(stage: &Stage, set: &CriteriaSet) -> Result<(), Error> {
    let app = &stage.app;
    let until = december(set.year, 13).map(|day| day.to_string()).unwrap_or_default();
    set.open_appeals(app, &stage.coordinator, &until, set.version).await?;
    let set = CriteriaSet::find(&app.db, set.id).await?;
    for sheet in sheets(stage, &set).await?.into_iter().take(1) {
        let Some(who) = stage.officers.get(&sheet.agency) else { continue };
        let why = "Một biên bản đã gửi kèm báo cáo tháng 10 (minh họa)";
        Appeal::make(app, who, (&set, &sheet), TOGETHER, why).await?;
    }
    Ok(())
}

/// It was right in part: appraised anew.
async fn answer(stage: &Stage, set: &CriteriaSet) -> Result<(), Error> {
    let (app, who) = (&stage.app, &stage.reviewer);
    for sheet in sheets(stage, set).await?.into_iter().take(1) {
        for appeal in Appeal::of(&app.db, &[sheet.id]).await? {
            appeal.answer(app, who, (set, &sheet), (false, "Đã thấy một biên bản, chấm lại (minh họa)")).await?;
        }
        let seen = appraisal::Appraisal::history(&app.db, sheet.id, TOGETHER).await?.first().map_or(0, |last| last.number);
        let note = "Còn thiếu biên bản của một buổi (minh họa)".into();
        let again = appraisal::Typed { value: AFTERWARDS.into(), note, seen, ..appraisal::Typed::default() };
        sheet.appraise(app, who, set, TOGETHER, &again).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_set_of_the_press_sums_and_its_days_follow_each_other() {
        assert_eq!(tree().expect("a tree").faults(), []);
        let days = Step::days(2026);
        assert_eq!(days.len(), 6);
        assert!(days.is_sorted_by_key(|(day, _)| *day));
    }
}
