//! Criteria that the system counts.

use super::*;
use crate::stories::measures::{counting, define, happens};

story!(a_measure_behind_a_criterion_is_named_and_leads_to_what_the_agency_has_of_it, |house| {
    let house = counting(house);
    let cast = Cast::of(&house).await;
    happens(&house, &cast.communes[0], "2026-03-01T08:00:00").await;
    let more = [("title", "Tỷ lệ xã có việc"), ("class", "localities")];
    define(&house, &cast.coordinator, "xa-co-viec", &more).await;
    let id = cast.written("40").await;
    let counted = [("act", "change"), ("code", "tc2"), ("name", "Có việc"), ("points", "20"), ("rule", "yes_no")];
    cast.edit(id, &[counted.as_slice(), &[("source", "measure:xa-co-viec")]].concat()).await.expect(303);
    cast.press(&cast.coordinator, id, "submit", &[]).await.expect(303);
    cast.press(&cast.approver, id, "issue", &[]).await.expect(303);
    cast.press(&cast.coordinator, id, "open", &[("until", "2026-03-20")]).await.expect(303);
    for commune in 0..3 {
        cast.hand_in(id, commune, ["80", "", "40"]).await.expect(303);
    }
    cast.press(&cast.coordinator, id, "appraisal", &[]).await.expect(303);
    for commune in 0..3 {
        let sheet = cast.sheet(id, commune).await;
        cast.approver.post(&format!("/desk/criteria/sheets/{}/agreement", sheet.id), &[]).await.expect(303);
    }
    cast.press(&cast.coordinator, id, "appeals", &[("until", "2026-03-25")]).await.expect(303);
    // What is scored by is not put away under those who are scored.
    let retire = "/desk/measures/xa-co-viec/acts/retire";
    let refused = cast.coordinator.post(retire, &[("version", "1")]).await.expect(422);
    refused.says(&format!("Bộ tiêu chí “{TITLE}” đang chấm theo chỉ số này"));
    house.on("2026-03-26T09:00:00").await;
    cast.publish(id, "").await.expect(303);
    let first = cast.publications(id).await.remove(0);
    let page = house.visitor().get(&format!("{}/co-quan/xa-ao-sen", first.path())).await.expect(200);
    let down = format!("/chi-so/xa-co-viec/ho-so?part=0&year=2026&agency={}", cast.communes[0].id);
    page.says("Tỷ lệ xã có việc (phiên bản 1)").says(&down.replace('&', "&#38;")).says_not("xa-co-viec (1)");
    house.visitor().get(&down).await.expect(200).says("Tỷ lệ xã có việc");
    // A publication from before versions were said counts to the bytes that it is.
    let body = first.body.replace(",\"version\":1", "");
    assert_ne!(body, first.body);
    let old = Publication { sha256: ::scoring::canonical::sha256(&body), body, ..first.clone() };
    assert!(first.recounts() && old.recounts());
    cast.coordinator.post(retire, &[("version", "1")]).await.expect(303);
});
