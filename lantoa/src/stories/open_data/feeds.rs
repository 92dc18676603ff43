//! What goes out: the catalogue and the feeds.

use serde_json::Value;

use super::*;

fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.bytes).expect("JSON")
}

story!(the_catalogue_says_the_same_to_people_and_to_programs, |house| {
    let house = counting(house);
    measured(&house).await;
    let visitor = house.visitor();
    let page = visitor.get("/du-lieu-mo").await.expect(200).says("Tỷ lệ sở có việc").says("/chi-so/so-co-viec.csv");
    page.says("/du-lieu-mo/sdmx/data.csv").says("/co-quan/du-lieu/geojson");
    visitor.get("/du-lieu-mo/huong-dan-ky-thuat").await.expect(200).says("OBS_VALUE").says("id=\"licence\"");
    let linked = json(&visitor.get("/du-lieu-mo/dcat.jsonld").await.expect(200));
    let graph = linked["@graph"].as_array().expect("a graph");
    let is_a = |node: &Value, term: &str| node["rdf:type"].to_string().contains(term) || node["@type"].to_string().contains(term);
    let sets: Vec<&Value> = graph.iter().filter(|node| is_a(node, "dcat:Dataset")).collect();
    assert!(sets.len() >= 6, "{} sets", sets.len());
    let files: Vec<&Value> = graph.iter().filter(|node| is_a(node, "dcat:Distribution")).collect();
    assert!(files.len() >= sets.len());
    // Every file that is told of is there, and is what it is said to be.
    for file in &files {
        let address = file["dcat:downloadURL"].to_string();
        let path = address.split("http://localhost").nth(1).and_then(|rest| rest.split('"').next()).expect("an address");
        visitor.get(path).await.expect(200);
    }
    let turtle = visitor.get("/du-lieu-mo/dcat.ttl").await.expect(200).text();
    assert_eq!(turtle.matches("rdf:type dcat:Dataset .").count(), sets.len());
    visitor.get("/du-lieu-mo/chien-dich.csv").await.expect(200).says("Cơ quan chủ trì");
});

story!(a_unit_is_no_formula_in_a_sheet_and_is_itself_elsewhere, |house| {
    let house = counting(house);
    measured(&house).await;
    let who = coordinator(&house).await;
    let count = [
        ("shape", "count"),
        ("unit", "+ việc"),
        ("above_least", ""),
        ("class", ""),
        ("every", "half-year"),
        ("target_value", ""),
    ];
    define(&house, &who, "them-viec", &count).await;
    settle(&house).await;
    let visitor = house.visitor();
    visitor.get("/du-lieu-mo/sdmx/data.csv?indicator=them-viec").await.expect(200).says("'+ việc");
    let message = visitor.get("/du-lieu-mo/sdmx/data.json?indicator=them-viec").await.expect(200);
    message.says("\"+ việc\"").says_not("'+ việc");
});

story!(a_feed_tells_values_from_what_is_none, |house| {
    let house = counting(house);
    measured(&house).await;
    let visitor = house.visitor();
    let csv = visitor.get("/du-lieu-mo/sdmx/data.csv?indicator=so-co-viec").await.expect(200).text();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let heads: Vec<String> = reader.headers().expect("heads").iter().map(str::to_owned).collect();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap_or_else(|| panic!("no column {name}"));
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert!(rows.len() > 1);
    for row in &rows {
        let (value, status) = (&row[at("OBS_VALUE")], &row[at("OBS_STATUS")]);
        assert_eq!(value.is_empty(), crate::open_data::field::is_missing(status), "{row:?}");
    }
    let whole = rows.iter().find(|row| &row[at("AREA")] == "_T").expect("all together");
    assert_eq!((&whole[at("TIME_PERIOD")], &whole[at("NUMERATOR")], &whole[at("OBS_STATUS")]), ("2026", "1", "P"));
    let message = json(&visitor.get("/du-lieu-mo/sdmx/data.json?area=_T").await.expect(200));
    let observations = message["data"]["dataSets"][0]["observations"].as_object().expect("observations");
    assert_eq!(observations.len(), 2, "one a measure: the year and the half-year");
    let structure = json(&visitor.get("/du-lieu-mo/sdmx/structure.json").await.expect(200));
    let lists = structure["data"]["codelists"].as_array().expect("code lists");
    let builders = agency(&house, "so-xay-dung").await.code;
    assert!(lists.iter().any(|list| list["id"] == "CL_AREA" && list["codes"].to_string().contains(&format!("\"{builders}\""))));
    let adx = visitor.get("/du-lieu-mo/adx.xml?indicator=so-viec").await.expect(200).text();
    let (mut values, mut reader) = (0, quick_xml::Reader::from_str(&adx));
    loop {
        match reader.read_event().expect("well formed") {
            quick_xml::events::Event::Empty(tag) if tag.name().as_ref() == "dataValue" => values += 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert!(values >= 2 && adx.contains("orgUnit=\"_T\" period=\"2026-01-01/P6M\""), "{adx}");
    // Nothing that is misspelt looks as if it had found everything.
    for wrong in ["?indikator=x", "?startPeriod=2026-13", "?startPeriod=2027&endPeriod=2026", "?updatedAfter=hôm-nay"] {
        visitor.get(&format!("/du-lieu-mo/sdmx/data.csv{wrong}")).await.expect(400);
    }
    visitor.get("/du-lieu-mo/sdmx/data.csv?indicator=khong-co").await.expect(404);
    let later = visitor.get("/du-lieu-mo/sdmx/data.csv?updatedAfter=2026-06-01T00:00:00Z").await.expect(200).text();
    assert_eq!(later.lines().count(), 1, "nothing was counted after that");
});
