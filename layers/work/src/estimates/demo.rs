//! Estimates that the demo province starts with, so that each state can be looked at; most agencies made none.

use chrono::{Datelike, NaiveDate};
use sea_orm::{EntityTrait, PaginatorTrait};
use uuid::Uuid;

use super::estimate::figures::Figure;
use super::estimate::typed::Content;
use super::estimate::{self, Estimate, Line, State};
use crate::base::{App, Who, time};
use crate::duties::held;
use crate::people::demo_people;
use crate::web::Error;

/// What is paid for: source, narrative, unit, quantity, unit price in đồng.
const ITEMS: [(&str, &str, &str, i64, i64); 4] = [
    ("budget", "Phóng sự và tin bài trên hệ thống truyền thanh, mỗi tháng một kỳ", "kỳ", 12, 4_500_000),
    ("integrated", "Tờ rơi hướng dẫn dùng dịch vụ công trực tuyến, lồng ghép kinh phí cải cách hành chính", "tờ", 5_000, 3_200),
    ("budget", "Buổi gặp gỡ người dân và doanh nghiệp theo chuyên đề", "buổi", 4, 8_750_000),
    ("social", "Giải thưởng cuộc thi tìm hiểu chuyển đổi số do doanh nghiệp tài trợ", "giải", 10, 2_000_000),
];

/// Who, in which year counted from this one, and how far it got.
const ESTIMATES: [(&str, i32, Way); 6] = [
    ("officer_2", 0, Way::To(State::Spent)),
    ("officer", 0, Way::To(State::Approved)),
    ("department_officer", 0, Way::To(State::Approved)),
    ("department_officer", 1, Way::To(State::Appraised)),
    ("officer", 1, Way::To(State::Submitted)),
    ("officer_2", 1, Way::Back),
];

#[derive(Clone, Copy)]
enum Way {
    To(State),
    /// Submitted and sent back.
    Back,
}

/// Makes them, when there are none yet.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App, plan: Uuid) -> anyhow::Result<()> {
    if estimate::Entity::find().count(&app.db).await? > 0 {
        return Ok(());
    }
    for (who, years_on, way) in ESTIMATES {
        make(app, plan, who, years_on, way).await.map_err(|error| anyhow::anyhow!("a demo estimate: {error:?}"))?;
    }
    Ok(())
}

async fn make(app: &App, plan: Uuid, who: &str, years_on: i32, way: Way) -> Result<(), Error> {
    let Some(writer) = demo_people::at_work(app, who).await? else { return Ok(()) };
    let (Some(finance), Some(leader)) = (demo_people::at_work(app, "finance").await?, demo_people::at_work(app, "leader").await?)
    else {
        return Ok(());
    };
    let today = time::local_date(app.clock.now());
    let year = today.year() + years_on;
    let Some(agency) = writer.agency else { return Ok(()) };
    let duties = held::by(&app.db, plan, agency, Some(year)).await?;
    if duties.is_empty() {
        return Ok(());
    }
    let id = Estimate::begin(app, &writer, plan, year).await?;
    let line = |(at, (source, narrative, unit, quantity, price)): (usize, &(&str, &str, &str, i64, i64))| Content {
        duty: duties[at % duties.len()].duty,
        source: (*source).into(),
        narrative: (*narrative).into(),
        unit: (*unit).into(),
        quantity: Some(*quantity),
        unit_price: Some(*price),
        asked: quantity * price,
    };
    now(app, &writer, id).await?.write(app, &writer, 1, ITEMS.iter().enumerate().map(line).collect()).await?;
    now(app, &writer, id).await?.submit(app, &writer, 2).await?;
    let state = match way {
        Way::To(state) => state,
        Way::Back => {
            let remarks = "Cần nêu căn cứ của đơn giá và gửi kèm báo giá tờ rơi.";
            return now(app, &finance, id).await?.send_back(app, &finance, 3, (remarks, &Default::default())).await;
        }
    };
    let figures =
        figures(app, id, |line| (line.asked - line.asked % 5_000_000 / 2, "Tính lại theo định mức chi hiện hành")).await?;
    if state >= State::Appraised {
        now(app, &finance, id).await?.appraise(app, &finance, 3, &figures).await?;
    }
    if state >= State::Approved {
        let decided = ("125/QĐ-UBND".to_owned(), NaiveDate::from_ymd_opt(year, 1, 30).unwrap_or(today).min(today));
        now(app, &leader, id).await?.approve(app, &leader, 4, decided, &figures).await?;
    }
    spend(app, &writer, id, state).await
}

/// Everything where the estimate is settled; where it is approved only, the first line.
async fn spend(app: &App, writer: &Who, id: Uuid, state: State) -> Result<(), Error> {
    let mut spent = figures(app, id, |line| (line.approved.unwrap_or_default(), "")).await?;
    match state {
        State::Spent => {}
        State::Approved => spent.iter_mut().skip(1).for_each(|figure| figure.amount = None),
        _ => return Ok(()),
    }
    now(app, writer, id).await?.spend(app, writer, 5, &spent).await
}

async fn now(app: &App, who: &Who, id: Uuid) -> Result<Estimate, Error> {
    Estimate::find_for(&app.db, who, id).await
}

async fn figures(app: &App, id: Uuid, of: impl Fn(&Line) -> (i64, &'static str)) -> Result<Vec<Figure>, Error> {
    let figure = |line: &Line| {
        let (amount, words) = of(line);
        let words = if amount == line.asked { String::new() } else { words.to_owned() };
        Figure { line: line.id, amount: Some(amount), words }
    };
    Ok(Line::of(&app.db, &[id]).await?.iter().map(figure).collect())
}
