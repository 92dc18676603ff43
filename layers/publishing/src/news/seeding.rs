//! Sections and a handful of short articles that the demo province starts with. Each says that it is made up; their agencies
//! write, nobody is named.

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QueryOrder};

use super::article::writing::{blank, words};
use super::article::{self, Article, Language, State, fresh_slug};
use super::figures::public_address;
use super::revision::Revision;
use super::section::editing::Wanted;
use super::section::{self, Kind, Section};
use super::step::{Act, Step};
use super::{clean, place, topic};
use crate::base::config::Site;
use crate::base::{App, By, Fact, Role, new_id, site, time};
use crate::library::{Asset, asset};
use crate::people::{Agency, agency, demo_people};
use crate::web::Error;

/// The facts of the site, sections and articles, unless there are sections already.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    fill(app).await.map_err(|error| anyhow::anyhow!("the demo's news: {error:?}"))
}

async fn fill(app: &App) -> Result<(), Error> {
    if section::Entity::find().count(&app.db).await? > 0 {
        return Ok(());
    }
    facts_of_site(app).await?;
    let open = Agency::open_on(&app.db, time::local_date(app.clock.now())).await?;
    let department =
        open.iter().find(|body| body.kind == agency::Kind::Department && body.name.contains("Khoa học và Công nghệ"));
    let Some(department) = department else { return Ok(()) };
    let mut local = open.iter().filter(|body| body.kind.is_local());
    let (first, second) = (local.next().unwrap_or(department), local.next().unwrap_or(department));
    let transaction = app.begin().await?;
    let sections = sections(app, &transaction, department.id).await?;
    let bodies = [department.id, first.id, second.id];
    for (number, text) in TEXTS.iter().enumerate() {
        write(app, &transaction, text, &sections, &bodies, number).await?;
    }
    app.commit(transaction).await?;
    waiting(app, department.id, &sections).await
}

async fn facts_of_site(app: &App) -> Result<(), Error> {
    if app.site().missing().is_empty() {
        return Ok(());
    }
    let facts = Site {
        name: String::new(),
        owner: "Ủy ban nhân dân tỉnh (minh họa)".into(),
        address: "Số 1, đường Minh Họa, tỉnh Đồng Tháp".into(),
        phone: "0277 000 0000".into(),
        email: "lienhe@demo.lantoa.example".into(),
        responsible: "Chánh Văn phòng Ủy ban nhân dân tỉnh (minh họa)".into(),
    };
    site::write(app, &facts, app.site_version(), &By::system()).await
}

/// The province's sections: the usual steps, but for what comes from the communes, which the department approves.
async fn sections(app: &App, on: &impl ConnectionTrait, department: Uuid) -> Result<Vec<Uuid>, Error> {
    let from_above = vec![
        Step { act: Act::Edit, role: Role::Reviewer, agency: Some(department), hours: 16 },
        Step { act: Act::Approve, role: Role::Approver, agency: Some(department), hours: 8 },
    ];
    let all = [
        ("Khoa học, công nghệ", "Science and technology", "khoa học, công nghệ", Step::usual()),
        ("Đổi mới sáng tạo", "Innovation", "đổi mới sáng tạo", Step::usual()),
        ("Chuyển đổi số", "Digital transformation", "chuyển đổi số", Step::usual()),
        ("Từ cơ sở", "From the communes", "cơ sở", from_above),
    ];
    let mut ids = Vec::new();
    for (at, (name, name_en, topic, steps)) in all.into_iter().enumerate() {
        let wanted = Wanted {
            name: name.into(),
            name_en: name_en.into(),
            kind: Kind::Column,
            topic: topic.into(),
            steps,
            position: i32::try_from(at).unwrap_or_default() * 10,
            ..Wanted::default()
        };
        ids.push(Section::put(app, on, &wanted, true, &By::system()).await?);
    }
    Ok(ids)
}

/// Section, agency, language, whether it is also shown by the department; title, summary, text.
type Text = (usize, usize, Language, bool, &'static str, &'static str, &'static str);

const TEXTS: [Text; 6] = [
    (
        2,
        0,
        Language::Vi,
        false,
        "Bàn làm việc chung cho kế hoạch truyền thông của tỉnh bắt đầu chạy thử",
        "Các cơ quan nhận việc, báo cáo và theo dõi tiến độ ở một nơi. Người dân xem được tiến độ ngay trên cổng.",
        "Từ tuần này, các sở và xã, phường dùng chung một bàn làm việc cho kế hoạch truyền thông.\n\n## Có gì mới\n\n- Mỗi việc có nơi chịu trách nhiệm và hạn rõ ràng.\n- Báo cáo nộp một lần, không gửi lại qua nhiều đường.\n- Số liệu nào cũng mở ra được nguồn của nó.\n\nBài này là nội dung minh họa của hệ thống.",
    ),
    (
        0,
        0,
        Language::Vi,
        false,
        "Trạm đo độ mặn tự động giúp nhà vườn lấy nước đúng lúc",
        "Số liệu đo mỗi giờ được gửi về điện thoại, nhà vườn biết lúc nào nên đóng cống, lúc nào lấy nước.",
        "Trạm đo đặt ở đầu kênh, dùng pin mặt trời và gửi số liệu mỗi giờ[^1].\n\n## Cách đọc số liệu\n\n| Độ mặn (g/l) | Nên làm |\n|---|---|\n| Dưới 0,5 | Lấy nước bình thường |\n| 0,5 đến 1 | Lấy nước vào lúc triều xuống |\n| Trên 1 | Đóng cống, dùng nước dự trữ |\n\nBài này là nội dung minh họa của hệ thống.\n\n[^1]: Số liệu và ngưỡng trong bài là minh họa, không dùng để quyết định lấy nước.",
    ),
    (
        1,
        0,
        Language::Vi,
        false,
        "Cuộc thi ý tưởng số cho hợp tác xã nhận bài đến hết tháng",
        "Hợp tác xã gửi ý tưởng ngắn một trang. Ý tưởng được chọn có người đi cùng trong ba tháng.",
        "Không cần bản vẽ hay phần mềm: một trang nói rõ việc gì đang khó, ai gặp, và muốn thử cách nào.\n\n> Ý tưởng nhỏ mà dùng được thì hơn ý tưởng lớn để trên giấy.\n\n1. Viết một trang.\n2. Gửi cho Tổ công nghệ số cộng đồng.\n3. Trình bày trong mười phút.\n\nBài này là nội dung minh họa của hệ thống.",
    ),
    (
        3,
        1,
        Language::Vi,
        true,
        "Tổ công nghệ số cộng đồng đến từng nhà hướng dẫn nộp hồ sơ trực tuyến",
        "Mỗi chiều thứ Sáu, tổ có mặt ở nhà văn hóa ấp; ai không đi được thì tổ đến nhà.",
        "Việc được hỏi nhiều nhất là đăng ký tài khoản định danh và nộp hồ sơ hộ tịch.\n\n## Mang theo gì\n\n- Điện thoại và căn cước.\n- Giấy tờ của việc muốn làm.\n\nBài này là nội dung minh họa của hệ thống.",
    ),
    (
        3,
        2,
        Language::Vi,
        true,
        "Loa truyền thanh đọc bản tin nông vụ lúc 5 giờ sáng theo lịch xuống giống",
        "Bản tin ba phút, nói việc của hai ngày tới: con nước, sâu bệnh, giá vật tư.",
        "Giờ phát chọn theo giờ bà con ra đồng. Bản tin cũng được đăng thành chữ để ai bận thì đọc sau.\n\nBài này là nội dung minh họa của hệ thống.",
    ),
    (
        2,
        0,
        Language::En,
        false,
        "One workspace for the province's communication plan enters its trial",
        "Agencies receive, report and follow their tasks in one place, and residents see the progress on the portal.",
        "From this week departments and communes share one workspace.\n\n## What is new\n\n- Every task has a responsible body and a date.\n- A report is handed in once.\n- Every figure opens its source.\n\nThis article is demo content of the system.",
    ),
];

/// What each is about.
const TOPICS: [&str; 6] = ["policy", "model", "innovation", "services", "model", "policy"];

/// And whom it is for.
const AUDIENCES: [&str; 6] = ["public", "farmers", "public", "public", "farmers", "public"];

/// A picture of the demo's library for the first two.
async fn picture(on: &impl ConnectionTrait, number: usize) -> Result<Option<Asset>, DbErr> {
    let described = asset::Entity::find().filter(asset::Column::Demo.eq(true)).filter(asset::Column::Alt.ne(""));
    let described = described.order_by_asc(asset::Column::UploadedAt).order_by_asc(asset::Column::Id).all(on).await?;
    Ok(described.into_iter().nth(number))
}

async fn write(
    app: &App,
    on: &impl ConnectionTrait,
    (section, body, language, shared, title, summary, text): &Text,
    sections: &[Uuid],
    bodies: &[Uuid],
    number: usize,
) -> Result<(), Error> {
    let at = app.clock.now() - TimeDelta::hours(5 + 29 * i64::try_from(number).unwrap_or_default());
    let (Some(section), Some(agency)) = (sections.get(*section), bodies.get(*body)) else { return Ok(()) };
    let mut row = blank(*agency, *section, *language, None, at);
    row.title = (*title).into();
    row.summary = (*summary).into();
    row.source = (*text).into();
    row.body = clean::body(text);
    row.words = words(title, summary);
    row.slug = fresh_slug(on, title, None).await?;
    row.state = State::Published;
    row.published_revision = Some(1);
    row.published_at = Some(at);
    row.listed_at = Some(at);
    row.demo = true;
    row.messages = serde_json::to_string(&[TOPICS[number % TOPICS.len()]])?;
    row.audiences = serde_json::to_string(&[AUDIENCES[number % AUDIENCES.len()]])?;
    if let Some(picture) = picture(on, number).await? {
        row.media_url = public_address(picture.id);
        row.media_alt = picture.alt;
        row.media_credit = picture.credit;
    }
    // The last text is the first one's translation.
    if *language == Language::En {
        let original = article::Entity::find().filter(article::Column::Title.eq(TEXTS[0].4)).one(on).await?;
        row.work = original.map_or_else(new_id, |original| original.work);
        row.translated = Some(article::Translated::Person);
    }
    Revision::of(&row, String::new(), None, at).keep(on).await?;
    let by = By { agency: Some(*agency), ..By::system() };
    row.note_uses(app, on, &by).await?;
    topic::set(on, row.id, &row.messages()).await?;
    let (id, slug) = (row.id, row.slug.clone());
    article::Entity::insert(article::ActiveModel::from(row)).exec_without_returning(on).await?;
    if *shared {
        place::set(on, id, &bodies[..1]).await?;
    }
    app.record(on, id, Fact::ArticlePublished { title: (*title).into(), slug }, &by).await?;
    Ok(())
}

/// One that waits for the department's reviewer, so that the first visit to the desk has something to do.
async fn waiting(app: &App, department: Uuid, sections: &[Uuid]) -> Result<(), Error> {
    let Some(who) = demo_people::at_work(app, "department_officer").await? else { return Ok(()) };
    if who.agency != Some(department) {
        return Ok(());
    }
    let wanted = article::writing::Wanted {
        section: sections.first().copied(),
        kind: "news".into(),
        title: "Mời góp ý về lớp học kỹ năng số cho người cao tuổi".into(),
        summary: "Lớp học buổi sáng, mỗi buổi một việc. Góp ý giúp chọn việc dạy trước.".into(),
        text: "Dự kiến mở lớp ở ba điểm, mỗi buổi 90 phút.\n\n## Muốn hỏi ý kiến\n\n- Việc nào nên dạy trước?\n- Buổi nào trong tuần tiện nhất?\n\nBài này là nội dung minh họa của hệ thống.".into(),
        audiences: vec!["elderly".into()],
        messages: vec!["skills".into()],
        ..article::writing::Wanted::default()
    };
    let id = Article::begin(app, &who, &wanted, None).await?;
    Article::submit(app, &who, id, 1).await
}
