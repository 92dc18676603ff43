//! Maps of communes in a document: as tiles, and as outlines once the province brought boundaries.

use serde_json::{Value, json};

use super::*;
use crate::people::agency::directory::{self, Line};
use crate::reports::report::composed::{Composed, Drawing, Piece};
use crate::reports::report::composing::compose;
use crate::reports::template::outline::{Of, Section};
use crate::stories::measures::{coordinator, define, settle};

async fn communes(house: &House) -> Vec<Line> {
    let mut lines = directory::all(&house.app.db).await.expect("agencies");
    lines.retain(|line| line.kind.is_local());
    lines.sort_by(|one, other| one.code.cmp(&other.code));
    lines
}

/// A made-up square round the place of each commune, as a file.
fn boundaries(communes: &[Line]) -> Vec<u8> {
    let feature = |line: &Line| {
        let (west, south) = (line.longitude.unwrap_or(105.0) - 0.01, line.latitude.unwrap_or(10.0) - 0.01);
        let (east, north) = (west + 0.02, south + 0.02);
        let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
        json!({ "type": "Feature", "properties": { "ma": line.code }, "geometry": { "type": "Polygon", "coordinates": [ring] } })
    };
    let features: Vec<Value> = communes.iter().map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}

async fn bring(house: &House, file: &[u8]) {
    let keeper = house.someone(Role::Coordinator, None).await;
    let preview = keeper.upload("/desk/agencies/import", ("file", "ranh-gioi.geojson", file), &[]).await.expect(303);
    let preview = preview.location().to_owned();
    let page = keeper.get(&preview).await.expect(200).text();
    let seen = page.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a mark").to_owned();
    let fields = [("seen", seen.as_str()), ("why", "Địa giới minh họa")];
    keeper.post(&format!("{preview}/confirmation"), &fields).await.expect(303);
}

async fn composed(house: &House, id: Uuid) -> Composed {
    compose(&house.app, &the(house, id).await).await.expect("a document").composed
}

fn drawings(composed: &Composed) -> Vec<&Drawing> {
    composed.pieces.iter().filter_map(|piece| if let Piece::Picture(one) = piece { Some(one) } else { None }).collect()
}

/// Saves the document with one more part.
async fn with_section(house: &House, who: &Visitor<'_>, id: Uuid, section: Section) -> Answer {
    let report = the(house, id).await;
    let mut outline = report.outline();
    outline.sections.push(section);
    let changed = Report { outline: serde_json::to_string(&outline).expect("JSON"), ..report };
    let fields = form(&changed, &FILLED);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    who.post(&format!("/desk/reports/{id}"), &fields).await
}

fn map(text: &str) -> Section {
    Section { of: Of::Map, level: 0, title: String::new(), text: text.into() }
}

story!(a_document_maps_what_each_commune_has_with_a_table_that_leads_to_it, |house| {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let report = half_yearly(&house, &plan).await;
    let all = communes(&house).await;
    let absent = agency(&house, &all[0].slug).await;
    answered_but(&house, &report, &[&absent]).await;
    house.on("2026-06-25T09:00:00").await;
    let fields = [("shape", "count"), ("unit", "đơn vị"), ("class", "localities"), ("above_of", "agency"), ("above_least", "")];
    define(&house, &coordinator(&house).await, "xa-hoat-dong", &[fields.as_slice(), &[("target_value", "")]].concat()).await;
    settle(&house).await;
    let id = drafted(&house, &report).await;
    let writer = someone(&house, Role::Officer).await;
    with_section(&house, &writer, id, map("measure:xa-hoat-dong | Đơn vị hoạt động năm {nam}")).await.expect(303);
    let before = composed(&house, id).await;
    let tiles = drawings(&before);
    assert_eq!((tiles.len(), tiles[1].svg.matches("<path").count()), (3, 0), "the bars, and two maps of equal tiles");
    bring(&house, &boundaries(&all)).await;
    let after = composed(&house, id).await;
    let maps = drawings(&after);
    assert_eq!(maps.len(), 3);
    // Who is in: one is not, and the table of all agencies says it already.
    let said = format!("{}/{} xã, phường đã báo cáo", all.len() - 1, all.len());
    assert!(maps[1].alt.contains(&said), "{}", maps[1].alt);
    let (reported, missing) = (maps[1].svg.matches("fill=\"#094a48\"").count(), maps[1].svg.matches("fill=\"#aed8d1\"").count());
    assert_eq!((reported, missing), (all.len(), 2), "each place, and each once in the key");
    // A measure: what braces name is filled in, and every commune has a row that leads to what it counts.
    assert_eq!(maps[2].caption, "Đơn vị hoạt động năm 2026");
    assert!(!maps[2].svg.contains("var(") && maps[2].svg.matches("<path").count() == all.len(), "{}", maps[2].svg);
    let own = after.annexes.iter().find(|annex| annex.title.starts_with("Đơn vị hoạt động")).expect("the table of the map");
    let Some(Piece::Table(sheet)) = own.pieces.first() else { panic!("a table") };
    assert_eq!(sheet.rows.len(), all.len());
    assert!(!after.annexes.iter().any(|annex| annex.title.starts_with("Xã, phường")), "who is in stands in one table already");
    assert!(sheet.rows.iter().all(|row| row[2].text == "1 đơn vị" && row[2].href.starts_with("/desk/measures/xa-hoat-dong?")));
    // Frozen, and written to both files.
    issued(&house, id).await;
    let docx = writer.get(&format!("/desk/reports/{id}/files/docx")).await.expect(200).bytes;
    assert!(docx.windows(4).filter(|four| four == b".svg").count() >= 2 * maps.len(), "each picture is in the package");
    let pdf = writer.get(&format!("/desk/reports/{id}/files/pdf")).await.expect(200).bytes;
    assert!(pdf.starts_with(b"%PDF-"));
});

story!(what_can_not_be_mapped_stands_in_the_way, |house| {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let report = half_yearly(&house, &plan).await;
    answered_but(&house, &report, &[]).await;
    house.on("2026-06-25T09:00:00").await;
    let id = drafted(&house, &report).await;
    let writer = someone(&house, Role::Officer).await;
    with_section(&house, &writer, id, map("")).await.expect(422).says("chưa ghi số liệu nào");
    with_section(&house, &writer, id, map("field:khong_co")).await.expect(303);
    press(&house, &writer, id, "submit", &[]).await.expect(422).says("Không rõ số liệu “field:khong_co” đếm gì");
    // What nobody has a figure of has no map, and no heading stands without one.
    let titled = Section { level: 2, title: "Nơi chưa có số".into(), ..map("measure:khong-co") };
    let before = drawings(&composed(&house, id).await).len();
    with_section(&house, &writer, id, titled).await.expect(303);
    let after = composed(&house, id).await;
    assert_eq!(drawings(&after).len(), before);
    assert!(!after.pieces.iter().any(|piece| matches!(piece, Piece::Heading(one) if one.text == "Nơi chưa có số")));
});
