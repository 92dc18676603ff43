//! Shapes as files have them. The squares here are made up.

use serde_json::{Value, json};

use super::geometry::Wrong;
use super::reading::read;

fn square(west: f64, south: f64) -> Value {
    let (east, north) = (west + 0.1, south + 0.1);
    json!([[west, south], [east, south], [east, north], [west, north], [west, south]])
}

fn feature(properties: Value, geometry: Value) -> Value {
    json!({ "type": "Feature", "properties": properties, "geometry": geometry })
}

fn file(features: Vec<Value>) -> String {
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

fn area(geometry: Value) -> Result<super::Area, Wrong> {
    read(&file(vec![feature(json!({ "ma": "28249" }), geometry)])).expect("a file").shapes.remove(0).area.expect("a geometry")
}

fn polygon(rings: Value) -> Value {
    json!({ "type": "Polygon", "coordinates": rings })
}

#[test]
fn a_polygon_is_kept_to_a_tenth_of_a_metre() {
    let ring = json!([[106.123_456_78, 10.0, 7.5], [106.2, 10.0], [106.2, 10.1], [106.123_456_78, 10.0, 7.5]]);
    let area = area(polygon(json!([ring]))).expect("an area");
    assert_eq!(
        area.geometry,
        "{\"type\":\"Polygon\",\"coordinates\":[[[106.123457,10],[106.2,10],[106.2,10.1],[106.123457,10]]]}"
    );
    assert_eq!((area.points, area.bounds.east), (4, 106.2));
    assert!(super::mark(&area.geometry).starts_with("4 điểm ("), "{}", super::mark(&area.geometry));
    assert_eq!(super::geometry::kept(&area.geometry).len(), 1);
}

#[test]
fn several_polygons_and_holes_are_kept() {
    let hole = json!([[106.02, 10.02], [106.04, 10.02], [106.04, 10.04], [106.02, 10.02]]);
    let many = json!({ "type": "MultiPolygon", "coordinates": [[square(106.0, 10.0), hole], [square(106.5, 10.5)]] });
    let area = area(many).expect("an area");
    assert_eq!(super::geometry::kept(&area.geometry).iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(area.points, 14);
}

#[test]
fn what_can_not_be_is_named() {
    let ring = |points: Value| area(polygon(json!([points])));
    let nothing = read(&file(vec![feature(json!({ "ma": "28249" }), Value::Null)])).expect("a file").shapes.remove(0);
    assert_eq!((nothing.area, nothing.place), (None, None), "no geometry says nothing of the boundary");
    assert_eq!(area(json!({ "type": "Point", "coordinates": [106.0, 10.0] })), Err(Wrong::NotAnArea));
    assert_eq!(area(json!({ "type": "GeometryCollection", "geometries": [] })), Err(Wrong::NotAnArea));
    assert_eq!(area(json!({ "type": "Polygon" })), Err(Wrong::Missing));
    assert_eq!(area(polygon(json!([]))), Err(Wrong::Damaged));
    assert_eq!(area(polygon(json!("x"))), Err(Wrong::Damaged));
    assert_eq!(ring(json!([["106", 10.0], [106.1, 10.0], [106.1, 10.1]])), Err(Wrong::Damaged));
    assert_eq!(ring(json!([[106.0, 10.0], [106.1, 10.0], [106.1, 10.1]])), Err(Wrong::Open));
    assert_eq!(ring(json!([[106.0, 10.0], [106.1, 10.0], [106.0, 10.0]])), Err(Wrong::Damaged));
    assert_eq!(ring(json!([[106.0, 10.0], [106.1, 10.0], [106.2, 10.0], [106.0, 10.0]])), Err(Wrong::Damaged), "no area");
    assert_eq!(ring(square(10.0, 106.0)), Err(Wrong::Swapped));
    assert_eq!(
        ring(json!([[575_000, 1_150_000], [576_000, 1_150_000], [576_000, 1_151_000], [575_000, 1_150_000]])),
        Err(Wrong::Metres)
    );
    assert_eq!(ring(square(2.3, 48.8)), Err(Wrong::Elsewhere));
    let long: Vec<Value> = (0..60_000).map(|at| json!([106.0 + f64::from(at) * 1e-6, 10.0])).collect();
    assert_eq!(ring(json!(long)), Err(Wrong::TooDetailed));
}

#[test]
fn codes_and_names_are_found_under_many_headings() {
    let found = |properties: Value| {
        let shape = read(&file(vec![feature(properties, Value::Null)])).expect("a file").shapes.remove(0);
        (shape.code, shape.name)
    };
    for properties in [
        json!({ "code": "28249", "name": "Tân Phước 1" }),
        json!({ "MA_XA": 28249, "TEN_XA": "Tân Phước 1" }),
        json!({ "maXa": "28249", "Tên": "Tân Phước 1", "dan_so": 12345 }),
        json!({ "id": "28249", "name:vi": "Tân Phước 1", "type_name": "Xã" }),
    ] {
        assert_eq!(found(properties.clone()), ("28249".into(), "Tân Phước 1".into()), "{properties}");
    }
    assert_eq!(found(json!({ "dan_so": 12345 })), (String::new(), String::new()), "five digits that are no code");
    assert_eq!(found(json!({ "ma_xa": 4 })).0, "00004");
    assert_eq!(found(Value::Null), (String::new(), String::new()));
}

#[test]
fn files_that_are_no_geojson_are_named() {
    let refused = |text: &str| read(text).expect_err("refused").key;
    assert_eq!(refused("{\"type\":\"FeatureCollection\",\"features\":["), "agency-boundary-file-cut");
    assert_eq!(refused("{\"type\":\"FeatureCollection\",\"features\":[}"), "agency-boundary-file-broken");
    assert_eq!(refused("{\"type\":\"Topology\"}"), "agency-boundary-file-topology");
    assert_eq!(refused("{\"a\":1}"), "agency-boundary-file-other");
    assert_eq!(refused("[1,2]"), "agency-boundary-file-broken");
    assert_eq!(refused(&file(Vec::new())), "agency-boundary-file-empty");
    assert_eq!(refused(&file(vec![json!({}); 5001])), "agency-boundary-file-many");
    let crs = json!({ "type": "FeatureCollection", "features": [{}], "crs": { "type": "name", "properties": { "name": "urn:ogc:def:crs:EPSG::9210" } } });
    assert_eq!(refused(&crs.to_string()), "agency-boundary-file-crs");
    assert_eq!(refused(&"[".repeat(100_000)), "agency-boundary-file-broken", "no end to the brackets");
    let deep = format!("{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{}", "[".repeat(100_000));
    assert_eq!(refused(&deep), "agency-boundary-file-broken");
    let one = feature(json!({ "code": "28249" }), polygon(json!([square(106.0, 10.0)])));
    assert_eq!(read(&one.to_string()).expect("one feature alone").shapes.len(), 1);
}
