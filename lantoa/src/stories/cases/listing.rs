//! The lists: whose, in which state, with which words; counted, paged, taken away; with a fixed number of statements.

use super::*;
use crate::story;

story!(the_list_is_filtered_from_its_address_and_counts, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let path = cast.raised("k1").await;
    let mut other = form("k2");
    other[1] = ("title", "Thiếu loa ở ấp Mỹ Đông");
    cast.raiser.post("/desk/cases", &other).await.expect(303);
    press(&house, &cast.first, &path, "answer", "Tự khảo sát").await.expect(303);
    let raised = cast.raiser.get("/desk/cases").await.expect(200).says("Chúng tôi nêu (2)").says("Đang chờ chúng tôi (0)");
    raised.says("Đường ống cũ").says("Thiếu loa").says("Đã trả lời (1)").says("Đang xử lý (1)");
    let found = cast.raiser.get("/desk/cases?view=raised&q=thieu+LOA").await.expect(200);
    found.says("Thiếu loa").says_not("Đường ống cũ");
    cast.raiser.get("/desk/cases?view=raised&q=100%25_").await.expect(200).says("Không tìm thấy vướng mắc nào");
    cast.raiser.get("/desk/cases?view=raised&state=answered").await.expect(200).says("Đường ống cũ").says_not("Thiếu loa");
    cast.raiser.get("/desk/cases?view=raised&state=open&page=99").await.expect(200).says("Thiếu loa");
    cast.raiser.get("/desk/cases?view=raised&state=zzz").await.expect(200).says("Không hiểu điều kiện “zzz”").says("Thiếu loa");
    cast.raiser.get("/desk/cases?page=-1").await.expect(400);
    cast.first.get("/desk/cases").await.expect(200).says("Đang chờ chúng tôi (1)").says("Tất cả (2)");
    let csv = cast.first.get("/desk/cases/csv?view=all&state=answered").await.expect(200).says("Đường ống cũ");
    csv.says_not("Thiếu loa").says("Sở Xây dựng").says("Đã trả lời");
});

story!(a_list_asks_no_more_when_it_is_longer, |house| {
    let cast = Cast::of(&house).await;
    cast.raised("k0").await;
    let statements = async || {
        let before = house.statements();
        cast.first.get("/desk/cases?view=all").await.expect(200);
        house.statements() - before
    };
    statements().await; // agencies are remembered from now on
    let few = statements().await;
    for n in 1..60 {
        cast.raised(&format!("k{n}")).await;
    }
    statements().await; // and once more after what was written
    assert_eq!(statements().await, few);
    cast.first.get("/desk/cases?view=all").await.expect(200).says("60 vướng mắc").says("rel=\"next\"");
    cast.first.get("/desk/cases?view=all&page=2").await.expect(200).says("rel=\"prev\"");
});
