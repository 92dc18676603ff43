//! What many agencies gave, together: shared evidence once, files that say why a cell has no figure, and papers that are replaced.

use super::forms::{coordinator, formed, post, report, rows};
use super::*;
use crate::duties::duty::Duty;
use crate::story;

async fn slot_of(house: &House, duty: &Duty, slug: &str) -> slot::Model {
    let of = slots(house, &agency(house, slug).await).await;
    of.into_iter().find(|slot| slot.duty == duty.id && slot.period == "2026-H1").expect("a slot of the report")
}

fn fields<'a>(key: &'a str, typed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let codes = ["so_lop", "so_nguoi", "ty_le_ho", "co_chuyen_muc", "kien_nghi"];
    let mut pairs = vec![("key", key), ("seen", "0"), ("outcome", "reported")];
    pairs.extend(codes.map(|code| ("field", code)));
    pairs.extend(typed);
    pairs
}

story!(
    /// Scenario R8: two agencies hand in the same event, the province counts one.
    r8_a_shared_piece_of_evidence_is_in_the_total_once, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let (duty, path) = report(&house, &plan).await;
    let mut pairs = rows("0", "save");
    pairs.iter_mut().find(|(name, _)| name == "source").expect("a source").1 = "proof-links".into();
    post(&coordinator(&house).await, &format!("{path}/form"), &pairs).await.expect(303);
    let own = [("so-xay-dung", vec!["https://bao.vn/chung", "https://bao.vn/rieng"]), ("so-tai-chinh", vec!["https://bao.vn/chung"])];
    for (slug, addresses) in &own {
        let agency = agency(&house, slug).await;
        let who = officer(&house, &agency).await;
        let mine = slots(&house, &agency).await;
        let other = mine.iter().find(|one| one.duty != duty.id).expect("another duty");
        for address in addresses {
            who.post(&format!("/desk/duties/{}/links", other.id), &[("address", *address)]).await.expect(303);
        }
        let work = [("key", *slug), ("seen", "0"), ("outcome", "reported"), ("text", "Đã đăng bài")];
        who.post(&format!("/desk/duties/{}/answer", other.id), &work).await.expect(303);
        let slot = slot_of(&house, &duty, slug).await;
        let count = addresses.len().to_string();
        let key = format!("{slug}-2");
        let given = fields(&key, &[("f0", count.as_str()), ("f1", "9"), ("f3", "yes")]);
        who.post(&format!("/desk/duties/{}/answer", slot.id), &given).await.expect(303);
    }
    let who = coordinator(&house).await;
    let figures = format!("/desk/plans/{}/duties/{}/figures", duty.plan, duty.id);
    let page = who.get(&format!("{figures}?period=2026-H1")).await.expect(200);
    let page = page.says("class=\"print-head\"").says("Số liệu tổng hợp · 6 tháng đầu năm 2026");
    page.says("<strong>2</strong>").says("trong đó 1 dùng chung").says_not("<strong>3</strong>").says("<strong>18</strong>");
    let list = who.get(&format!("{figures}?period=2026-H1&field=so_lop&which=pieces")).await.expect(200);
    let list = list.says("https://bao.vn/chung").says("https://bao.vn/rieng").says("Sở Tài chính").says("Dùng chung");
    assert_eq!(list.text().matches("href=\"https://bao.vn/chung\"").count(), 1, "each piece once");
    who.get(&format!("{figures}?period=2026-H1&field=so_nguoi&which=pieces")).await.expect(404);
    let own = who.get(&format!("{figures}?period=2026-H1&field=so_lop&which=value")).await.expect(200);
    own.says("Sở Xây dựng").says("Sở Tài chính");
});

story!(links_of_the_answer_itself_are_counted, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let (duty, path) = report(&house, &plan).await;
    let mut pairs = rows("0", "save");
    pairs.iter_mut().find(|(name, _)| name == "source").expect("a source").1 = "proof-links".into();
    post(&coordinator(&house).await, &format!("{path}/form"), &pairs).await.expect(303);
    let who = officer(&house, &agency(&house, "so-tai-chinh").await).await;
    let page = format!("/desk/duties/{}", slot_of(&house, &duty, "so-tai-chinh").await.id);
    who.get(&page).await.expect(200).says("Hệ thống ghi nhận: 0.");
    for address in ["https://example.vn/a", "https://example.vn/b", "https://example.vn/c"] {
        who.post(&format!("{page}/links"), &[("address", address)]).await.expect(303);
    }
    who.get(&page).await.expect(200).says("Hệ thống ghi nhận: 3.");
    // What stood in the form from before follows what is counted; a second press is the same answer.
    let untouched = fields("m", &[("f0", "0"), ("f1", "9"), ("f3", "yes")]);
    who.post(&format!("{page}/answer"), &untouched).await.expect(303);
    who.post(&format!("{page}/answer"), &untouched).await.expect(303);
    who.get(&page).await.expect(200).says("Hệ thống ghi nhận: 3").says_not("Hệ thống ghi nhận: 0");
    let list = format!("{path}/figures?period=2026-H1&field=so_lop&which=pieces");
    coordinator(&house).await.get(&list).await.expect(200).says("https://example.vn/c");
});

story!(a_file_says_why_a_cell_has_no_figure, |house| {
    let (duty, _, who, slot) = formed(&house, None).await;
    let gap = fields("k", &[("f0", "4"), ("f1-why", "Chưa đếm"), ("f2", "99"), ("f2-whole", "100"), ("f3", "no")]);
    who.post(&format!("/desk/duties/{}/answer", slot.id), &gap).await.expect(303);
    let theirs = slot_of(&house, &duty, "so-tai-chinh").await;
    let nothing = [("key", "n"), ("seen", "0"), ("outcome", "nothing"), ("reason", "Không được giao vốn")];
    let colleague = officer(&house, &agency(&house, "so-tai-chinh").await).await;
    colleague.post(&format!("/desk/duties/{}/answer", theirs.id), &nothing).await.expect(303);
    let file = format!("/desk/plans/{}/duties/{}/figures/csv?period=2026-H1", duty.plan, duty.id);
    let csv = coordinator(&house).await.get(&file).await.expect(200).text();
    let line = |name: &str| csv.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name}: {csv}")).to_owned();
    let (mine, none, absent) = (line("Sở Xây dựng"), line("Sở Tài chính"), line("Sở Y tế"));
    assert!(mine.contains("Chờ thẩm định,1,Số người: Chưa đếm,4,Không thu thập được,99,100,"), "{mine}");
    assert!(mine.ends_with("Không có số liệu"), "a gap without a reason has its word too: {mine}");
    assert!(none.contains("\"Chờ thẩm định, Không phát sinh\",1,Không được giao vốn,,"), "{none}");
    assert!(absent.contains(",Chưa nộp,,,,"), "{absent}");
    at(&house, "2026-07-25T09:00:00");
    let who = coordinator(&house).await;
    who.post(&format!("/desk/closings/{}/2026-H1", duty.id), &[("seen", "0")]).await.expect(303);
    let closed = who.get(&format!("/desk/closings/{}/2026-H1/1/csv", duty.id)).await.expect(200).text();
    assert_eq!(closed.lines().filter(|line| line.contains("Không phát sinh")).count(), 1, "{closed}");
});

story!(b36_a_paper_is_no_older_than_what_it_certifies_and_is_replaced_with_a_reason, |house| {
    let (_, _, who, slot) = formed(&house, None).await;
    let page = format!("/desk/duties/{}", slot.id);
    let full = fields("k", &[("f0", "3"), ("f1", "1.234"), ("f2", "1"), ("f2-whole", "2"), ("f3", "yes")]);
    who.post(&format!("{page}/answer"), &full).await.expect(303);
    let data = who.get(&format!("{page}/data/1")).await.expect(200).bytes;
    let hash = crate::base::digest::sha256(&data);
    at(&house, "2026-06-12T09:00:00");
    let who = officer(&house, &agency(&house, "so-xay-dung").await).await;
    let papers = format!("/desk/duties/{}/papers", slot.id);
    let paper = ("paper", "bao-cao.pdf", &b"%PDF-1.7 signed"[..]);
    let signed = |day: &'static str| [("number", "12/BC-SXD"), ("signed_on", day), ("code", &hash[..8])];
    for day in ["1/1/1900", "9/6/2026"] {
        who.upload(&papers, paper, &signed(day)).await.expect(422).says("Ngày ký không thể trước 10/6/2026");
    }
    who.upload(&papers, paper, &signed("13/6/2026")).await.expect(422).says("Ngày ký không thể sau hôm nay");
    who.upload(&papers, paper, &signed("10/6/2026")).await.expect(303);
    who.upload(&papers, paper, &signed("11/6/2026")).await.expect(422).says("đã gắn với ngày ký 10/6/2026");
    let shown = who.get(&papers).await.expect(200).says("Thay văn bản").text();
    let id = shown.split("papers?replaces=").nth(1).and_then(|rest| rest.split('#').next()).expect("a paper").to_owned();
    who.get(&format!("{papers}?replaces={id}")).await.expect(200).says("Thay văn bản 12/BC-SXD").says("Lý do thay");
    let replacing = |why: &'static str| [&signed("11/6/2026")[..], &[("replaces", id.as_str()), ("reason", why)]].concat();
    who.upload(&papers, paper, &replacing(".")).await.expect(422).says("Hãy nêu lý do thay văn bản");
    who.upload(&papers, paper, &replacing("Gõ nhầm ngày")).await.expect(303);
    who.upload(&papers, paper, &replacing("Gõ nhầm ngày")).await.expect(303);
    let after = who.get(&papers).await.expect(200).says("Đã thay").says("11/6/2026").says("10/6/2026").text();
    assert_eq!(after.matches("12/BC-SXD</a>").count(), 2, "the old one stays listed, the new one is bound once");
    who.upload(&papers, ("paper", "khac.pdf", b"%PDF-1.7 other"), &replacing("Lần nữa"))
        .await
        .expect(422)
        .says("vừa được thay bằng văn bản khác");
    let facts = crate::base::fact::Model::history(&house.app.db, slot.id, 20).await.expect("facts");
    assert!(facts.iter().any(|fact| fact.kind == "DocumentBound" && fact.why.as_deref() == Some("Gõ nhầm ngày")));
    let stranger = officer(&house, &agency(&house, "so-tai-chinh").await).await;
    stranger.upload(&papers, paper, &replacing("Không phải của tôi")).await.expect(404);
});
