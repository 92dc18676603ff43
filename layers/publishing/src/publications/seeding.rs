//! One handbook that the demo province starts with, in two editions, so that a change note shows. Its text is our own and says
//! that it is made up.

use sea_orm::PaginatorTrait;
use sea_orm::entity::prelude::*;

use super::obstacles::Ready;
use super::publication::writing::{Text, Wanted};
use super::publication::{Entity, Publication, State};
use super::section::Section;
use crate::base::{App, By, Who};
use crate::library::asset;
use crate::news::article::Language;
use crate::people::demo_people;
use crate::web::Error;

/// Title and text. The third is written again for the second edition.
const SECTIONS: [(&str, &str); 5] = [
    (
        "Trước khi bắt đầu",
        "Sổ tay này dành cho người mới dùng điện thoại thông minh. Mỗi mục làm trong khoảng mười phút.\n\n## Cần có\n\n- Điện thoại có mạng.\n- Căn cước còn hạn.\n- Số điện thoại đứng tên mình.\n\nĐọc xong mục này, sang [mục đặt mật khẩu](#dat-mat-khau-chac-chan).\n\nNội dung minh họa của hệ thống.",
    ),
    (
        "Đặt mật khẩu chắc chắn",
        "Mật khẩu tốt thì dài và chỉ mình nhớ.[^1]\n\n## Cách đặt\n\n1. Nghĩ bốn từ không liên quan với nhau.\n2. Viết liền, thêm một con số.\n3. Không dùng lại cho nơi khác.\n\n> Không ai của cơ quan nhà nước hỏi mật khẩu của bạn qua điện thoại.\n\n[^1]: Dài quan trọng hơn khó: mười lăm ký tự trở lên là tốt.",
    ),
    (
        "Nhận ra cuộc gọi lừa đảo",
        "Kẻ lừa đảo thường tự xưng là cán bộ và giục làm ngay.\n\n## Dấu hiệu\n\n| Nghe thấy | Nên làm |\n|---|---|\n| Đòi mã OTP | Cúp máy |\n| Dọa khóa tài khoản | Gọi lại số chính thức |\n| Bảo cài ứng dụng lạ | Không cài |",
    ),
    (
        "Nộp hồ sơ trực tuyến",
        "Nộp hồ sơ ở Cổng dịch vụ công, không cần đến nơi.\n\n## Các bước\n\n1. Đăng nhập bằng tài khoản định danh.\n2. Chọn đúng việc và nơi giải quyết.\n3. Chụp giấy tờ đủ sáng, đủ bốn góc.\n4. Giữ mã hồ sơ để theo dõi.\n\nGặp khó thì xem [mục hỏi ai khi cần](#hoi-ai-khi-can).",
    ),
    (
        "Hỏi ai khi cần",
        "Tổ công nghệ số cộng đồng ở ấp, khóm giúp miễn phí. Danh sách các cơ quan có ở [trang cơ quan](/co-quan).",
    ),
];

const NEWER: &str = "Kẻ lừa đảo thường tự xưng là cán bộ, công an hoặc nhân viên ngân hàng và giục làm ngay.\n\n## Dấu hiệu\n\n| Nghe thấy | Nên làm |\n|---|---|\n| Đòi mã OTP | Cúp máy |\n| Dọa khóa tài khoản | Gọi lại số chính thức |\n| Bảo cài ứng dụng lạ | Không cài |\n| Gọi hình bảo giữ bí mật | Hỏi ngay người thân |";

/// The handbook, unless there are publications already.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    fill(app).await.map_err(|error| anyhow::anyhow!("the demo's handbook: {error:?}"))
}

async fn fill(app: &App) -> Result<(), Error> {
    if Entity::find().count(&app.db).await? > 0 || !app.site().missing().is_empty() {
        return Ok(());
    }
    let Some(who) = demo_people::at_work(app, "department_officer").await? else { return Ok(()) };
    let cover = asset::Entity::find().filter(asset::Column::Demo.eq(true)).all(&app.db).await?;
    let cover = cover.into_iter().find(|one| one.obstacles_to_use().is_empty()).map(|one| one.id);
    let wanted = Wanted {
        title: "Sổ tay kỹ năng số".into(),
        summary: "Năm việc làm được trên điện thoại, mỗi việc mười phút. Nội dung minh họa của hệ thống.".into(),
        kind: "handbook".into(),
        language: Language::Vi,
        cover,
    };
    let id = Publication::begin(app, &who, &wanted, None).await?;
    for (title, text) in SECTIONS {
        let version = Publication::find(&app.db, id).await?.version;
        let text = Text { title: title.into(), text: text.into(), ..Text::default() };
        Publication::add_section(app, &who, id, &text, version).await?;
    }
    comes_out(app, id).await?;
    let sections = Section::all(&app.db, id).await?;
    let Some(third) = sections.get(2) else { return Ok(()) };
    let text = Text {
        title: third.title.clone(),
        anchor: third.anchor.clone(),
        text: NEWER.into(),
        note: "Thêm cách nhận ra cuộc gọi hình giả mạo.".into(),
        audio: third.audio,
    };
    write_again(app, &who, (id, third), &text).await?;
    comes_out(app, id).await
}

async fn write_again(app: &App, who: &Who, (id, section): (Uuid, &Section), text: &Text) -> Result<(), Error> {
    Publication::write_section(app, who, (id, section.id), text, section.version).await
}

/// The demo's handbook comes out by itself, where nothing stands against it.
async fn comes_out(app: &App, id: Uuid) -> Result<(), Error> {
    let row = Publication::find(&app.db, id).await?;
    let ready = Ready::of(app, &row).await?;
    if !ready.obstacles.is_empty() {
        tracing::warn!(obstacles = ready.obstacles.len(), "the demo's handbook is not complete");
        return Ok(());
    }
    let seen = row.version;
    let row = Publication { state: State::Approved, demo: true, ..row };
    let by = By { agency: Some(row.agency), ..By::system() };
    row.comes_out(app, &by, &ready, seen).await.map(|_| ())
}
