//! A few cases that the demo province starts with, each at another point of its way. Their titles and the page say that
//! they are made up.

use chrono::{Days, TimeDelta};
use sea_orm::PaginatorTrait;
use sea_orm::entity::prelude::*;

use super::case::acting::{Act, Wanted};
use super::case::moving::Ground;
use super::case::raising::{self, Wanted as Raised};
use super::case::{self, Kind, Whole};
use super::entry;
use super::rung::{self, Rung};
use crate::base::{App, By, Fact, new_id, time};
use crate::duties::working_time::WorkingTime;
use crate::people::{Agency, agency};
use crate::web::Error;

/// Ladder and cases, unless there are cases already.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    fill(app).await.map_err(|error| anyhow::anyhow!("the demo's cases: {error:?}"))
}

async fn fill(app: &App) -> Result<(), Error> {
    rung::settle(app).await?;
    if case::Entity::find().count(&app.db).await? > 0 {
        return Ok(());
    }
    let open = Agency::open_on(&app.db, time::local_date(app.clock.now())).await?;
    let communes: Vec<&Agency> = open.iter().filter(|body| body.kind.is_local()).take(2).collect();
    let department = open.iter().find(|body| body.kind == agency::Kind::Department && body.code != "SKHCN");
    let (&[first, second], Some(department)) = (communes.as_slice(), department) else { return Ok(()) };
    for (raiser, texts, hours_ago, acts) in plot(first.id, second.id, department.id) {
        play(app, raiser, texts, hours_ago, acts).await?;
    }
    Ok(())
}

type Texts = (&'static str, &'static str, &'static str);
type Scene = (Uuid, Texts, i64, &'static [(Act, &'static str)]);

/// Who raised what, how many working hours ago, and what was done since: one thing every two hours.
#[expect(clippy::too_many_lines, reason = "texts")]
fn plot(first: Uuid, second: Uuid, department: Uuid) -> [Scene; 4] {
    [
        (
            first,
            (
                "Loa truyền thanh ấp chưa kết nối được với hệ thống của tỉnh (minh họa)",
                "Hai cụm loa mua trước đây dùng chuẩn cũ, không nhận được chương trình phát từ tỉnh. Đã liên hệ nơi bán nhưng không còn hỗ trợ.",
                "Đề nghị hướng dẫn cách chuyển đổi hoặc cho phép phát lại thủ công trong năm nay.",
            ),
            21,
            &[(Act::TakeUp, "")],
        ),
        (
            second,
            (
                "Chưa có kinh phí in tờ rơi cho hộ dân vùng xa (minh họa)",
                "Dự toán đầu năm chưa có khoản này, trong khi kế hoạch yêu cầu phát đến từng hộ.",
                "Đề nghị bổ sung kinh phí hoặc cho phép thay bằng bản tin phát trên loa.",
            ),
            20,
            &[
                (Act::TakeUp, ""),
                (
                    Act::PassUp,
                    "Bổ sung dự toán vượt thẩm quyền của Sở. Đề nghị cho sử dụng nguồn kinh phí tuyên truyền chung của tỉnh.",
                ),
            ],
        ),
        (
            first,
            (
                "Không rõ cách tính số người được tiếp cận (minh họa)",
                "Một người vừa nghe loa vừa đọc bài thì tính một hay hai lượt? Hai bộ phận đang tính khác nhau.",
                "Đề nghị thống nhất một cách tính cho cả tỉnh.",
            ),
            30,
            &[
                (Act::TakeUp, ""),
                (Act::Answer, "Mỗi kênh tính riêng số lượt, không cộng thành số người. Báo cáo ghi số lượt của từng kênh."),
            ],
        ),
        (
            department,
            (
                "Thiếu chuyên gia nói chuyện về chuyển đổi số (minh họa)",
                "Đã mời ba nơi nhưng đều kín lịch trong quý này.",
                "Đề nghị giới thiệu chuyên gia trong mạng lưới của tỉnh.",
            ),
            10,
            &[(Act::Ask, "Cần biết buổi nói chuyện dành cho ai, bao nhiêu người và vào khoảng thời gian nào.")],
        ),
    ]
}

async fn play(
    app: &App,
    raiser: Uuid,
    (title, difficulty, proposal): Texts,
    hours_ago: i64,
    acts: &[(Act, &str)],
) -> Result<(), Error> {
    let ground = Ground::of(app).await?;
    let raised_at = worked_ago(ground.clock(), ground.now, hours_ago);
    let ground = Ground::at(app, raised_at).await?;
    let ladder = Rung::ladder(&app.db, Kind::Difficulty).await?;
    let Some(first) = rung::above(&ladder, -1, &[raiser], &ground.agencies, ground.today) else { return Ok(()) };
    let wanted = Raised {
        key: new_id().simple().to_string(),
        title: title.into(),
        difficulty: difficulty.into(),
        proposal: proposal.into(),
        slot: None,
        kind: String::new(),
    };
    let transaction = app.begin().await?;
    let id = raising::write(&transaction, &ground, &wanted, first, (raiser, None), true).await?;
    let fact = Fact::CaseRaised { title: wanted.title, holder: first.agency };
    app.record(&transaction, id, fact, &By { agency: Some(raiser), ..By::system() }).await?;
    let mut at = raised_at;
    for (act, text) in acts {
        at = ground.clock().after(at, 120);
        let whole = Whole::find(&transaction, id).await?;
        let wanted = Wanted { act: *act, version: whole.case.version, text: (*text).into(), to: None };
        let ground =
            Ground { now: at, today: time::local_date(at), calendar: ground.calendar.clone(), agencies: ground.agencies.clone() };
        let body = whole.case.holder;
        let moved = whole.moved(&ground, &wanted)?;
        whole.put(&transaction, &ground, &moved).await?;
        let line = (act.entry(), (*text).to_owned(), moved.to);
        entry::write(&transaction, id, line, (body, None), at).await?;
        app.record(&transaction, id, moved.fact, &By { agency: Some(body), ..By::system() }.because(*text)).await?;
    }
    app.commit(transaction).await?;
    Ok(())
}

/// A moment so many working hours ago, to the hour.
fn worked_ago(clock: WorkingTime<'_>, now: DateTimeUtc, hours: i64) -> DateTimeUtc {
    let from = now.checked_sub_days(Days::new(60)).unwrap_or(now);
    let worked = clock.between(from, now);
    clock.after(from, worked - hours * 60).max(from + TimeDelta::zero())
}
