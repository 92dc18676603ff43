//! The words of a period in one text (row b26): over HTTP, printed and as a document.

use super::answering::press;
use super::*;
use crate::duties::Duty;
use crate::duties::duty::Kind;
use crate::story;

story!(
    /// Row b26; that nothing is lost of 122 texts is in `collation/tests.rs`.
    what_agencies_wrote_stands_in_one_text_with_its_sources, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let duties = Duty::of_plan(&house.app.db, plan.id).await.expect("duties");
    let report = duties.into_iter().find(|duty| duty.kind == Kind::Report).expect("the report");
    let texts = [
        ("so-xay-dung", "Đã thay 3 km <b>ống</b>.\nKhó khăn, vướng mắc:\nThiếu kinh phí."),
        ("so-tai-chinh", "Đã cấp đủ vốn.\nKhó khăn, vướng mắc:\nThiếu kinh phí.\n2. Kiến nghị\nBổ sung dự toán."),
    ];
    for (slug, text) in texts {
        let own = agency(&house, slug).await;
        let slot = slots(&house, &own).await.into_iter().find(|slot| slot.duty == report.id).expect("a slot");
        officer(&house, &own).await.post(&format!("/desk/duties/{}/answer", slot.id), &press(slug, "0", text)).await.expect(303);
    }
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let here = format!("/desk/closings/{}/2026-H1/collation", report.id);
    let before = house.statements();
    let page = who.get(&here).await.expect(200).text();
    assert!(house.statements() - before <= 18, "{} statements", house.statements() - before);
    assert_eq!(page.matches("Thiếu kinh phí.").count(), 1, "what two wrote stands once");
    assert!(page.contains("Nhiều cơ quan cùng nêu") && page.contains("[Sở Tài chính, bản 1, 10/6/2026]"), "{page}");
    assert!(page.contains("Đã thay 3 km &#60;b&#62;ống&#60;/b&#62;.") && !page.contains("<b>ống</b>"), "markup stays text");
    assert!(page.contains("Sở Y tế") && page.contains("Bổ sung dự toán."));
    assert_eq!(page.matches("Chưa nộp").count(), 1, "the heading says it, not every name");
    let (difficulties, proposals) = (page.find("Thiếu kinh phí.").expect("it"), page.find("Bổ sung dự toán.").expect("it"));
    assert!(difficulties < proposals);
    let file = who.get(&format!("/desk/closings/{}/2026-H1/collation/docx", report.id)).await.expect(200);
    assert!(file.headers["content-type"].to_str().expect("text").contains("wordprocessingml"));
    let limits = official_document::Limits::default();
    let read = format!("{:?}", official_document::read(&file.bytes, "tong-hop.docx", &limits).expect("a document"));
    for words in ["Đã thay 3 km <b>ống</b>.", "Thiếu kinh phí.", "Bổ sung dự toán.", "Sở Y tế; "] {
        assert!(read.contains(words), "{words}");
    }
    assert!(read.matches("Chưa nộp").count() < 5 && !read.contains(".. "), "the word once and not at every name: {read}");
    // Closed: what came afterwards is not in the closing's text.
    at(&house, "2026-06-25T09:00:00");
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    who.post(&format!("/desk/closings/{}/2026-H1", report.id), &[("seen", "0")]).await.expect(303);
    let health = agency(&house, "so-y-te").await;
    let slot = slots(&house, &health).await.into_iter().find(|slot| slot.duty == report.id).expect("a slot");
    let mut late = press("late", "0", "Nộp muộn của y tế.");
    late.extend([("late_reason", "Thiếu người"), ("excusable", "no")]);
    officer(&house, &health).await.post(&format!("/desk/duties/{}/answer", slot.id), &late).await.expect(303);
    who.get(&format!("{here}?closing=1")).await.expect(200).says("Đã cấp đủ vốn.").says_not("Nộp muộn của y tế.");
    who.get(&here).await.expect(200).says("Nộp muộn của y tế.");
    who.get(&format!("{here}?closing=9")).await.expect(404);
    officer(&house, &health).await.get(&here).await.expect(403);
});

story!(sentences_that_begin_like_headings_stay_where_they_are, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let duties = Duty::of_plan(&house.app.db, plan.id).await.expect("duties");
    let report = duties.into_iter().find(|duty| duty.kind == Kind::Report).expect("the report");
    let own = agency(&house, "so-xay-dung").await;
    let slot = slots(&house, &own).await.into_iter().find(|slot| slot.duty == report.id).expect("a slot");
    let text = "Hạn chế tin giả bằng 12 bản tin.\nĐề xuất của phường đã được UBND chấp thuận.\nII. Khó khăn\nThiếu loa.\nIII. Giải pháp thời gian tới\nMở thêm lớp.";
    officer(&house, &own).await.post(&format!("/desk/duties/{}/answer", slot.id), &press("k", "0", text)).await.expect(303);
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let page = who.get(&format!("/desk/closings/{}/2026-H1/collation", report.id)).await.expect(200).text();
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}"));
    for words in ["Hạn chế tin giả", "Đề xuất của phường", "Mở thêm lớp."] {
        assert!(at(words) < at("Thiếu loa."), "{words} is a result");
    }
});
