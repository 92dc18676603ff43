//! A published article is evidence for its duty: the officer's answer is pre-filled with it.

use super::*;
use crate::story;

story!(what_was_published_for_a_duty_is_in_its_form, |house| {
    let house = lawful(house);
    at(&house, "2026-06-10T09:00:00");
    crate::stories::duties::adopted(&house).await;
    let cast = Cast::of(&house).await;
    let today = crate::base::time::local_date(house.app.clock.now());
    let slots = crate::stories::duties::slots(&house, &cast.agency).await;
    let slot = slots.into_iter().find(|slot| slot.start_on <= today && today <= slot.end_on).expect("a slot of today");
    let desk = format!("/desk/duties/{}", slot.id);
    cast.author.get(&desk).await.expect(200).says_not("Bài đã đăng cho nhiệm vụ này");
    let (section, duty) = (cast.section.to_string(), slot.duty.to_string());
    let mut form = fields("Tin về nhiệm vụ", &section);
    form.push(("duties", &duty));
    form.push(("duties", "00000000-0000-0000-0000-000000000007"));
    let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
    cast.author.get(&path).await.expect(200).says("1 nhiệm vụ");
    cast.author.get(&format!("/desk/news/new?duty={duty}")).await.expect(200).says(&format!("value=\"{duty}\" checked"));
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.reviewer, &path, "passing", &[]).await.expect(303);
    act(&house, &cast.approver, &path, "passing", &[]).await.expect(303);
    cast.author.get(&desk).await.expect(200).says_not("Tin về nhiệm vụ");
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(303);
    let page = cast.author.get(&desk).await.expect(200).says("Bài đã đăng cho nhiệm vụ này");
    page.says("Tin về nhiệm vụ (10/6/2026): http://localhost/tin-tuc/tin-ve-nhiem-vu");
    cast.author.post(&format!("{desk}/links"), &[("address", "http://localhost/tin-tuc/tin-ve-nhiem-vu")]).await.expect(303);
    cast.author.get(&desk).await.expect(200).says("Đã thêm");
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "Sai")]).await.expect(303);
    cast.author.get(&desk).await.expect(200).says_not("Bài đã đăng cho nhiệm vụ này");
});
