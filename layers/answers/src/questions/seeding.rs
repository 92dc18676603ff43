//! A few questions that the demo province starts with, each at another point of its way. They say that they are made up, and name nobody.

use chrono::Days;
use sea_orm::PaginatorTrait;
use sea_orm::entity::prelude::*;

use super::Sender;
use super::answer;
use super::entry::{self, Speaker};
use super::question::asking::{self, Incoming};
use super::question::{self, Channel, State, Whole};
use super::setting::Setting;
use crate::base::{App, By, Fact, new_id, time};
use crate::cases::case::moving::Ground;
use crate::people::{Agency, agency};
use crate::web::Error;

/// Settings and questions, unless there are questions already.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    fill(app).await.map_err(|error| anyhow::anyhow!("the demo's questions: {error:?}"))
}

/// What was asked, by which way, how many working hours ago, and what was answered; empty while nothing was.
type Scene = (&'static str, Channel, i64, &'static str);

const SCENES: [Scene; 4] = [
    (
        "(Minh họa) Người lớn tuổi ở xã muốn học dùng dịch vụ công trực tuyến thì đăng ký ở đâu?",
        Channel::Web,
        60,
        "Xã mở lớp vào sáng thứ Bảy hằng tuần tại nhà văn hóa, không thu phí. Người học đến trực tiếp hoặc báo với Tổ công nghệ số \
         cộng đồng của ấp để được ghi tên.",
    ),
    (
        "(Minh họa) Loa truyền thanh của ấp phát nhỏ, nghe không rõ vào buổi chiều. Khi nào được sửa?",
        Channel::Phone,
        30,
        "Cụm loa đã được kiểm tra và thay bộ khuếch đại. Nếu còn nghe nhỏ, mời báo lại để cơ quan cho người đến xem.",
    ),
    ("(Minh họa) Hợp tác xã muốn được hướng dẫn truy xuất nguồn gốc cho trái cây thì liên hệ cơ quan nào?", Channel::Zalo, 3, ""),
    ("(Minh họa) Doanh nghiệp nhỏ có được hỗ trợ kinh phí đổi mới công nghệ trong năm nay không?", Channel::Letter, 1, ""),
];

async fn fill(app: &App) -> Result<(), Error> {
    let Some(setting) = Setting::settled(app).await? else { return Ok(()) };
    if question::Entity::find().count(&app.db).await? > 0 {
        return Ok(());
    }
    let open = Agency::open_on(&app.db, time::local_date(app.clock.now())).await?;
    let commune = open.iter().find(|body| body.kind.is_local());
    let department = open.iter().find(|body| body.kind == agency::Kind::Department && body.id != setting.agency);
    let (Some(commune), Some(department)) = (commune, department) else { return Ok(()) };
    for (place, scene) in SCENES.iter().enumerate() {
        let holder = [Some(commune.id), Some(commune.id), Some(department.id), None][place];
        play(app, &setting, holder, scene).await?;
    }
    Ok(())
}

async fn play(app: &App, setting: &Setting, holder: Option<Uuid>, scene: &Scene) -> Result<(), Error> {
    let (text, channel, hours_ago, said) = *scene;
    let now = Ground::of(app).await?;
    let from = now.now.checked_sub_days(Days::new(60)).unwrap_or(now.now);
    let worked = now.clock().between(from, now.now);
    let asked_at = now.clock().after(from, (worked - hours_ago * 60).max(0));
    let ground = Ground::at(app, asked_at).await?;
    let incoming = Incoming {
        agency: holder,
        ..Incoming::of(channel, format!("demo:{}", new_id().simple()), text.into(), Sender::default())
    };
    let transaction = app.begin().await?;
    let id = asking::write(app, &transaction, (setting, &ground), &incoming, true).await?;
    app.record(&transaction, id, Fact::QuestionAsked { channel: channel.code() }, &By::system()).await?;
    if !said.is_empty() {
        answered(app, &transaction, id, &ground, said).await?;
    }
    app.commit(transaction).await?;
    Ok(())
}

/// Answered four working hours later, and published.
async fn answered(app: &App, on: &sea_orm::DatabaseTransaction, id: Uuid, asked: &Ground, text: &str) -> Result<(), Error> {
    let at = asked.clock().after(asked.now, 240);
    let ground =
        Ground { now: at, today: time::local_date(at), calendar: asked.calendar.clone(), agencies: asked.agencies.clone() };
    let whole = Whole::find(on, id).await?;
    let holder = whole.question.holder;
    whole.put(on, &ground, &whole.rests(&ground, State::Answered)?).await?;
    let row = answer::Answer {
        id: new_id(),
        question: id,
        number: 1,
        text: text.into(),
        shown_text: text.into(),
        agency: holder,
        state: answer::State::Given,
        written_by: Uuid::nil(),
        written_at: at,
        approved_by: None,
        approved_at: Some(at),
        reason: String::new(),
        shows: true,
        public_title: String::new(),
        public_body: String::new(),
        correction: String::new(),
    };
    answer::Entity::insert(answer::ActiveModel::from(row)).exec_without_returning(on).await?;
    let speaker = Speaker { agency: Some(holder), person: None };
    entry::write(on, id, (entry::Kind::Answered, String::new(), None), speaker, at).await?;
    let by = By { agency: Some(holder), ..By::system() };
    app.record(on, id, Fact::QuestionAnswered { holder, version: 1, alone: false }, &by).await?;
    let title = whole.question.title.clone();
    question::Entity::update_many()
        .col_expr(question::Column::AnsweredAt, Expr::value(at))
        .col_expr(question::Column::InTime, Expr::value(true))
        .col_expr(question::Column::Shown, Expr::value(true))
        .col_expr(question::Column::Slug, Expr::value(question::answering::address(&title, id)))
        .col_expr(question::Column::ShownAt, Expr::value(at))
        .filter(question::Column::Id.eq(id))
        .exec(on)
        .await?;
    app.record(on, id, Fact::QuestionShown, &by).await?;
    Ok(())
}
