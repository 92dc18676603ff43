//! The same bytes of several agencies: found before they travel, kept once, and nobody learns what is not theirs.

use super::{Cast, announce, assets, bring, describe, files, json, stored, the_asset};
use crate::base::fact;
use crate::story;

story!(what_another_agency_shares_is_taken_over_without_its_bytes, |house| {
    let cast = Cast::of(&house).await;
    let photo = files::jpeg(90, 60, 4);
    let path = bring(&cast.officer, "cau.jpg", &photo).await;
    describe(&cast.officer, &path, "1", &[("sharing", "province")]).await.expect(303);
    let there = json(&announce(&cast.other, "khac.jpg", &photo).await.expect(200));
    assert!(there["words"].as_str().expect("words").contains("Sở Xây dựng") && there["upload"].is_null());
    cast.other.get(&path).await.expect(200).says("Đưa vào kho của cơ quan tôi");
    let own = cast.other.post(there["reference"].as_str().expect("an address"), &[]).await.expect(303).location().to_owned();
    assert_ne!(own, path);
    assert_eq!(stored(&house, "objects").len(), 1, "not a byte more");
    // What the other says of it is offered, and not taken over by itself.
    cast.other.get(&own).await.expect(200).says("Đã điền sẵn").says("Cây cầu bắc qua sông");
    let asset = the_asset(&house, &own).await;
    assert!(asset.alt.is_empty() && asset.original.is_some());
    describe(&cast.other, &own, "1", &[("alt", "Cầu nhìn từ xa")]).await.expect(303);
    assert_eq!(the_asset(&house, &path).await.alt, "Cây cầu bắc qua sông", "each has its own words");
    // Pressed twice, it leads to the same.
    assert_eq!(cast.other.post(&format!("{path}/reference"), &[]).await.expect(303).location(), own);
});

story!(of_what_another_agency_keeps_only_the_agency_is_named, |house| {
    let cast = Cast::of(&house).await;
    let photo = files::jpeg(90, 60, 5);
    let path = bring(&cast.officer, "mat-bang-rieng.jpg", &photo).await;
    let there = announce(&cast.other, "khac.jpg", &photo).await.expect(201);
    let text = there.text();
    assert!(
        text.contains("Sở Xây dựng") && !text.contains("mat-bang") && !text.contains(path.rsplit('/').next().expect("an id"))
    );
    let id = the_asset(&house, &path).await.id;
    for address in [path.clone(), format!("/desk/library/{id}/file"), format!("/desk/library/{id}/pictures/90.jpg")] {
        cast.other.get(&address).await.expect(404);
    }
    cast.other.post(&format!("/desk/library/{id}/reference"), &[]).await.expect(404);
    cast.other.post(&format!("{path}/deletion"), &[]).await.expect(404);
    let noted = fact::Model::history(&house.app.db, id, 50).await.expect("facts");
    assert_eq!(noted.iter().filter(|fact| fact.kind == "AccessRefused").count(), 5);
    cast.other.get("/desk/library").await.expect(200).says_not("mat-bang");
    cast.auditor.get(&path).await.expect(200).says_not("Lưu mô tả");
    // Who has the bytes may bring them; they lie once.
    let own = bring(&cast.other, "khac.jpg", &photo).await;
    assert_eq!((assets(&house).await.len(), stored(&house, "objects").len()), (2, 1));
    cast.other.get(&own).await.expect(200).says_not("mat-bang");
});
