//! Descriptions, the grid and its filters.

use super::{Cast, bring, describe, draw, files, the_asset};
use crate::story;

story!(a_description_is_saved_once_and_nothing_typed_is_lost, |house| {
    let cast = Cast::of(&house).await;
    let told = files::with_segment(&files::jpeg(90, 60, 8), 0xe1, &files::xmp());
    let path = bring(&cast.officer, "cho-noi.jpg", &told).await;
    let page = cast.officer.get(&path).await.expect(200);
    page.says("Đã điền sẵn").says("Báo tỉnh (mẫu)").says("Tạo bằng AI").says("value=\"Chợ nổi\"");
    let long = "ẵ".repeat(301);
    describe(&cast.officer, &path, "1", &[("title", &long)]).await.expect(422).says("Dài 301 ký tự").says(&long);
    describe(&cast.officer, &path, "1", &[("decorative", "on")]).await.expect(422).says("Bỏ một trong hai");
    describe(&cast.officer, &path, "1", &[("public", "on"), ("credit", " ")]).await.expect(422).says("Thiếu nguồn");
    describe(&cast.officer, &path, "1", &[("source", "trainedAlgorithmicMedia")]).await.expect(303);
    describe(&cast.colleague, &path, "1", &[("title", "Tên khác")]).await.expect(409).says("Tên khác").says("Người khác vừa lưu");
    assert_eq!(the_asset(&house, &path).await.title, "Cầu mới");
    cast.officer.get(&path).await.expect(200).says("Ghi mô tả").says("Nguồn: (để trống) → Sở Xây dựng").says_not("Đã điền sẵn");
    let page = cast.officer.get(&path).await.expect(200).says("Mã kiểm tra tệp").text();
    assert_eq!(page.matches("SHA-256").count(), 1, "folded away, and no part of the history");
    describe(&cast.officer, &path, "2", &[("caption", "<script>alert(1)</script>")]).await.expect(303);
    cast.officer.get(&path).await.expect(200).says_not("<script>alert");
});

story!(the_grid_is_filtered_by_its_address, |house| {
    let cast = Cast::of(&house).await;
    let none = cast.officer.get("/desk/library").await.expect(200);
    none.says("Kho chưa có tư liệu nào");
    let path = bring(&cast.officer, "cau.jpg", &files::jpeg(90, 60, 9)).await;
    bring(&cast.colleague, "bao-cao.docx", &files::docx(&[])).await;
    describe(&cast.officer, &path, "1", &[]).await.expect(303);
    draw(&house).await;
    let finds = async |query: &str| {
        let text = cast.officer.get(&format!("/desk/library?{query}")).await.expect(200).text();
        (text.contains("Cầu mới"), text.contains("bao-cao.docx"))
    };
    assert_eq!(finds("").await, (true, true));
    let grid = cast.officer.get("/desk/library?missing=credit").await.expect(200);
    grid.says("data-state=\"unknown\"").says_not("data-state=\"soon\"");
    assert_eq!(finds("kind=image").await, (true, false));
    assert_eq!(finds("missing=credit").await, (false, true));
    assert_eq!(finds("missing=alt").await, (false, false), "a document needs no alt text");
    assert_eq!(finds("who=me").await, (true, false));
    assert_eq!(finds("agency=so-xay-dung").await, (true, true));
    assert_eq!(finds("agency=so-tai-chinh").await, (false, false));
    assert_eq!(finds("q=CAU+moi").await, (true, false), "without accents");
    assert_eq!(finds("q=%25").await, (false, false), "a percent sign is none of their words");
    assert_eq!(finds("kind=nothing&page=9999999").await, (true, true));
    let odd = cast.officer.get("/desk/library?kind=nothing&used=no").await.expect(200);
    odd.says("Không hiểu điều kiện “nothing”").says("Cầu mới");
    cast.officer.get("/desk/library?kind=image&used=no").await.expect(200).says_not("Không hiểu");
    cast.officer.get("/desk/library?kind=audio").await.expect(200).says("Không có tư liệu nào như vậy");
    let count = async || {
        let before = house.statements();
        cast.officer.get("/desk/library").await.expect(200);
        house.statements() - before
    };
    let few = count().await;
    for seed in 20..26 {
        bring(&cast.officer, &format!("them-{seed}.jpg"), &files::jpeg(40, 30, seed)).await;
    }
    count().await; // agencies are read again after what was written
    assert_eq!(count().await, few, "as many statements whatever the number of cards");
});
