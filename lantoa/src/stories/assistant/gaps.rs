//! What was not answered is work for editors: counted without personal data, and seen to once.

use super::*;
use crate::assistant::gap::Gap;
use crate::story;

story!(what_was_not_answered_is_counted_and_seen_to, |house| {
    let cast = Cast::of(&house).await;
    cast.author.get("/desk/assistant").await.expect(200).says("Không có câu nào chờ xử lý");
    for question in ["Giá vàng hôm nay bao nhiêu một lượng?", "gia vang hom nay bao nhieu mot luong"] {
        assert_eq!(ask(&house, question).await["answered"], json!(false));
    }
    ask(&house, "Ai chủ trì lập danh mục tuyến đường cần trồng cây?").await;
    let gaps = Gap::open(&house.app.db, (0, 10)).await.expect("gaps");
    assert_eq!((gaps.len(), gaps[0].count), (1, 2), "the same question is one, and what was answered is none: {gaps:?}");
    let page = cast.author.get("/desk/assistant").await.expect(200);
    page.says("Giá vàng hôm nay").says("/desk/assistant/answers/new?title=");
    let id = gaps[0].id;
    let auditor = house.someone(Role::Auditor, None).await;
    auditor.get("/desk/assistant").await.expect(200);
    auditor.post(&format!("/desk/assistant/gaps/{id}/settlement"), &[]).await.expect(403);
    let why = [("why", "Ngoài phạm vi")];
    cast.author.post(&format!("/desk/assistant/gaps/{id}/settlement"), &why).await.expect(303);
    cast.author.post(&format!("/desk/assistant/gaps/{id}/settlement"), &why).await.expect(409);
    cast.author.get("/desk/assistant").await.expect(200).says_not("Giá vàng hôm nay");
    // It comes again: it stays seen to, and goes on being counted.
    ask(&house, "Giá vàng hôm nay bao nhiêu một lượng?").await;
    assert_eq!(Gap::open_count(&house.app.db).await.expect("a count"), 0);
});

story!(who_writes_no_answer_does_not_read_what_was_asked, |house| {
    let cast = Cast::of(&house).await;
    ask(&house, "Giá vàng ở địa chỉ nhà ông Nguyễn Văn A 123 Lê Lợi bao nhiêu một lượng?").await;
    let gaps = Gap::open(&house.app.db, (0, 10)).await.expect("gaps");
    assert!(gaps.iter().all(|gap| !gap.question.contains("Nguyễn") && !gap.question.contains("Lê Lợi")), "{gaps:?}");
    // What accuses somebody, also as the first half of a conversation, is in no list.
    let before = ["Tôi xin tố cáo ông chủ tịch xã nhận tiền của dân"];
    ask_after(&house, &before, "Thế bao giờ xử lý?").await;
    ask(&house, "tôi muốn chết").await;
    let gaps = Gap::open(&house.app.db, (0, 10)).await.expect("gaps");
    assert!(gaps.iter().all(|gap| !gap.question.contains("chủ tịch") && !gap.question.contains("chết")), "{gaps:?}");
    cast.author.get("/desk/assistant").await.expect(200).says("Câu chưa trả lời được");
    let counting = house.someone(Role::Finance, Some(&cast.standing)).await;
    counting.get("/desk/assistant").await.expect(403);
});
