//! Geometry by hand, gaps, labels, and titles that mean harm.

use crate::base::Role;
use crate::story;
use crate::web::chart::scale::Scale;
use crate::web::chart::spark::Spark;
use crate::web::chart::table::Table;
use crate::web::chart::*;
use crate::web::{Lang, Locale};

const VI: Locale = Locale(Lang::Vi);

fn chart(labels: &[&str], points: &[Option<f64>]) -> Chart {
    Chart {
        title: "Tin bài".into(),
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        series: vec![Series { name: "Cổng".into(), points: points.to_vec() }],
        ..Chart::default()
    }
}

/// How often something stands in a text.
fn count(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

#[test]
fn an_axis_begins_at_zero_and_ends_at_a_round_number() {
    let of = |values: &[f64]| {
        let scale = Scale::of(values.iter().copied(), 4);
        (scale.low, scale.high, scale.step)
    };
    assert_eq!(of(&[]), (0.0, 1.0, 1.0));
    assert_eq!(of(&[0.0]), (0.0, 1.0, 1.0));
    assert_eq!(of(&[3.0]), (0.0, 3.0, 1.0), "no half things");
    assert_eq!(of(&[12.0]), (0.0, 15.0, 5.0));
    assert_eq!(of(&[98.04]), (0.0, 100.0, 20.0));
    assert_eq!(of(&[1234.0]), (0.0, 1500.0, 500.0));
    assert_eq!(of(&[0.7]), (0.0, 0.8, 0.2));
    assert_eq!(of(&[-30.0, 50.0]), (-40.0, 60.0, 20.0));
    let scale = Scale::of([0.7].into_iter(), 4);
    let ticks: Vec<String> = scale.ticks().iter().map(|tick| scale.tick(*tick)).collect();
    assert_eq!(ticks, ["0", "0,2", "0,4", "0,6", "0,8"], "no 0,6000000001");
}

#[test]
fn figures_are_written_as_vietnamese_writes_them() {
    assert_eq!(worded(1234.5, ""), "1.234,5");
    assert_eq!(worded(98.039_215, "%"), "98,04\u{a0}%");
    assert_eq!(worded(98.0, "%"), "98\u{a0}%");
    assert_eq!(worded(0.0, "kỳ"), "0\u{a0}kỳ");
}

#[test]
fn a_line_does_not_run_over_a_gap() {
    let svg = chart(&["T1", "T2", "T3", "T4", "T5"], &[Some(1.0), Some(2.0), None, Some(4.0), Some(3.0)]).line_svg(VI);
    assert_eq!(count(&svg, "class=\"stroke\""), 2, "{svg}");
    assert_eq!(count(&svg, "class=\"dot\""), 4);
    // Five places: 10 %, 30 %, 50 %, 70 %, 90 %. From 26 to 212 pixels down, four steps of one: 4 at the top, 1 at 165,5.
    assert!(svg.contains("x1=\"10%\" y1=\"165.5\" x2=\"30%\" y2=\"119\" class=\"stroke\" data-series=\"1\""), "{svg}");
    assert!(svg.contains("x1=\"70%\" y1=\"26\" x2=\"90%\" y2=\"72.5\" class=\"stroke\""), "{svg}");
    assert!(svg.contains("4 số, 1 chỗ không có số"), "{svg}");
    assert!(svg.contains("<title>T4: Cổng 4</title>"), "{svg}");
    assert!(svg.contains("role=\"img\""));
}

#[test]
fn what_is_no_number_is_a_gap_and_nothing_at_all_is_drawn_too() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
        let svg = chart(&["a", "b"], &[Some(bad), Some(1.0)]).line_svg(VI);
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{bad}: {svg}");
        assert_eq!((count(&svg, "class=\"stroke\""), count(&svg, "class=\"dot\"")), (0, 1));
    }
    for empty in [chart(&[], &[]), chart(&["a"], &[None]), Chart::default()] {
        for svg in [empty.line_svg(VI), empty.bars_svg(VI), empty.columns_svg(VI)] {
            assert!(svg.contains("Chưa có số nào") && !svg.contains("NaN"), "{svg}");
        }
    }
}

#[test]
fn a_change_of_definition_cuts_the_line_and_says_so() {
    let chart = chart(&["T1", "T2", "T3", "T4"], &[Some(1.0), Some(2.0), Some(9.0), Some(9.0)]);
    let notes = Notes { breaks: vec![Break { at: 2, why: "Tính cả trang của ấp".into() }], ..Notes::default() };
    let svg = lines::draw(&chart, &notes, VI, Canvas::Page);
    assert_eq!(count(&svg, "class=\"stroke\""), 2, "from 1 to 2 and from 3 to 4");
    assert!(svg.contains("x1=\"50%\"") && svg.contains("class=\"break\""), "between the second and the third: {svg}");
    assert!(svg.contains("<title>Tính cả trang của ấp</title>") && svg.contains(">đổi cách tính</text>"));
    assert!(Table::of(&chart, &notes, VI).html().contains("data-break=\"Tính cả trang của ấp\""));
}

#[test]
fn target_and_forecast_find_room() {
    let chart = Chart {
        target: Some(90.0),
        unit: "%".into(),
        band: Some(vec![(f64::NAN, f64::NAN), (40.0, 60.0), (30.0, 80.0)]),
        ..chart(&["2025", "2026", "2027"], &[Some(40.0), Some(50.0), Some(55.0)])
    };
    let svg = chart.line_svg(VI);
    assert!(svg.contains("Chỉ tiêu 90\u{a0}%"), "{svg}");
    assert_eq!(count(&svg, "class=\"band\""), 1);
    // 0 to 100, from 212 up to 26: 60 at 100,4, 80 at 63,2, 30 at 156,2, 40 at 137,6.
    assert!(svg.contains("points=\"500,100.4 833.33,63.2 833.33,156.2 500,137.6\""), "{svg}");
    let table = Table::of(&chart, &Notes::default(), VI);
    assert_eq!(table.heads.iter().map(|head| head.band).collect::<Vec<_>>(), ["", "low", "high"]);
    assert_eq!(table.rows[0].cells[1].value, "", "no forecast of what is known");
    assert_eq!(table.rows[1].cells[2].words, "60\u{a0}%");
}

#[test]
fn words_below_do_not_run_into_each_other() {
    let days: Vec<String> = (1..=30).map(|day| format!("{day}/11/2026")).collect();
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    let svg = chart(&days, &[Some(1.0); 30]).columns_svg(VI);
    // Ten letters take 72 pixels of 300: four of them, but the last stands inside and takes the room of the one before.
    assert_eq!(count(&svg, "/11/2026</text>"), 3, "{svg}");
    assert!(svg.contains(">30/11/2026</text>"), "the last one always");
    assert!(svg.contains("x=\"100%\" y=\"232\" text-anchor=\"end\""), "and it stays inside: {svg}");
    let months: Vec<String> = (1..=12).map(|month| format!("T{month}")).collect();
    let months: Vec<&str> = months.iter().map(String::as_str).collect();
    assert_eq!(count(&chart(&months, &[]).line_svg(VI), "text-anchor=\"middle\""), 12);
}

#[test]
fn bars_stand_worst_first_with_their_names_above_them() {
    let long = "Ban Quản lý Khu kinh tế cửa khẩu và các khu công nghiệp tỉnh minh họa";
    let sorted = chart(&["Đ", "B", long, "A", "D"], &[Some(2.0), Some(2.0), Some(1204.0), None, Some(2.0)]).sorted();
    assert_eq!(sorted.labels, [long, "B", "D", "Đ", "A"], "equals by name, gaps last");
    let svg = sorted.bars_svg(VI);
    assert!(svg.contains(&format!("<title>{long}: 1.204</title>")), "the whole name: {svg}");
    assert!(svg.contains("Ban Quản lý Khu kinh tế cửa khẩu và…</text>"), "what fits beside its figure: {svg}");
    assert!(
        svg.contains(&format!("class=\"word in-long\">{}</text>", crate::web::cut(long, 63))),
        "and more where it is wide: {svg}"
    );
    assert!(svg.contains("không có số"));
    assert_eq!((count(&svg, "class=\"ground\""), count(&svg, "class=\"bar\"")), (4, 4), "a gap has no bar");
    // 1204 of 1500.
    assert!(svg.contains("x=\"0%\" y=\"20\" width=\"80.27%\" height=\"12\" class=\"bar\""), "{svg}");
}

#[test]
fn parts_of_a_bar_go_on_where_the_one_before_ends() {
    let mut chart = chart(&["A"], &[Some(3.0)]);
    chart.series.push(Series { name: "Chờ".into(), points: vec![Some(1.0)] });
    let svg = chart.bars_svg(VI);
    assert!(svg.contains("x=\"0%\" y=\"20\" width=\"75%\" height=\"12\" class=\"bar\" data-series=\"1\""), "{svg}");
    assert!(svg.contains("x=\"75%\" y=\"20\" width=\"25%\" height=\"12\" class=\"bar\" data-series=\"2\""), "{svg}");
    assert!(svg.contains(">4</text>"), "their sum");
}

#[test]
fn a_small_column_is_seen_and_zero_is_not() {
    let svg = chart(&["a", "b", "c"], &[Some(100_000.0), Some(1.0), Some(0.0)]).columns_svg(VI);
    assert_eq!(count(&svg, "height=\"2\""), 1, "{svg}");
    assert_eq!(count(&svg, "height=\"0\""), 1);
    assert!(svg.contains("<title>a: 100.000</title>"));
}

#[test]
fn a_hostile_title_stays_words() {
    let hostile = "</title><script>alert(1)</script>\u{0}\" onload=\"x";
    let chart = Chart { title: hostile.into(), unit: "<b>".into(), ..chart(&[hostile], &[Some(1.0)]) };
    let figure = Figure { id: "h", chart, about: hostile.into(), source: hostile.into(), here: "/a".into(), ..Figure::default() };
    for kind in [Kind::Line, Kind::Columns, Kind::Bars(1), Kind::Multiples] {
        let figure = Figure { kind, ..figure.clone() };
        for text in [figure.drawn(VI).expect("a figure").0, figure.paper(VI)] {
            assert!(!text.contains("<script") && !text.contains("<b>") && !text.contains("\" onload"), "{text}");
        }
        assert!(!figure.paper(VI).contains('\u{0}'), "no XML holds it");
    }
    let shape =
        Shape { name: hostile.into(), code: hostile.into(), href: hostile.into(), path: hostile.into(), ..Shape::default() };
    let svg = map_svg(hostile, (36, 36), &[shape], &[None], &Bands::of(&[], ""));
    assert!(!svg.contains("<script") && !svg.contains("\" onload"), "{svg}");
}

#[test]
fn paper_carries_its_looks_and_a_page_takes_them_from_its_style_sheet() {
    let figure = Figure { id: "p", chart: chart(&["a", "b"], &[Some(1.0), Some(2.0)]), ..Figure::default() };
    let paper = figure.paper(VI);
    assert!(paper.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"752\""), "{paper}");
    assert!(!paper.contains("class=") && !paper.contains("%\""), "nothing of it hangs on a style sheet or a place: {paper}");
    assert!(paper.contains("stroke=\"#0c6c68\"") && paper.contains(">Tin bài</text>"));
    let page = figure.drawn(VI).expect("a figure").0;
    assert!(!page.contains("style=") && !page.contains("#0c6c68"), "no inline style passes the policy");
    assert!(page.contains("<details") && page.contains("data-value=\"2\"") && page.contains("?drawing=p.svg"), "{page}");
}

#[test]
fn a_figure_folds_what_is_long_and_keeps_its_question() {
    let names: Vec<String> = (1..=122).map(|turn| format!("Cơ quan {turn}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let chart = Chart { data_href: "/x.csv".into(), definition_href: "/y".into(), ..chart(&names, &[Some(1.0); 122]) };
    let here = "/desk/a?plan=b&drawing=old.svg".into();
    let page = Figure { id: "all", chart, kind: Kind::Bars(10), here, ..Figure::default() }.drawn(VI).expect("a figure").0;
    assert!(page.contains("Xem đủ 122 dòng") && page.contains("Thu gọn"), "{page}");
    assert!(page.contains("height=\"400\"") && page.contains("height=\"4480\""), "10 rows, and 112");
    assert!(page.contains("/desk/a?plan=b&#38;drawing=all.svg") && !page.contains("old.svg"));
    assert!(page.contains("href=\"/x.csv\"") && page.contains("href=\"/y\""));
    assert_eq!(count(&page, "<tr>"), 123, "the table has all of them");
}

#[test]
fn targets_are_met_from_either_side() {
    let bullet = |value, target, is_least| Bullet { label: "A".into(), value, target, is_least, ..Bullet::default() };
    assert_eq!(bullet(Some(80.0), 80.0, false).is_met(), Some(true));
    assert_eq!(bullet(Some(79.0), 80.0, false).is_met(), Some(false));
    assert_eq!(bullet(Some(79.0), 80.0, true).is_met(), Some(true));
    assert_eq!(bullet(None, 80.0, false).is_met(), None);
    let all = [bullet(Some(40.0), 80.0, false), bullet(Some(0.0), 0.0, false), bullet(None, 80.0, false)];
    let svg = bullets::svg("Chỉ tiêu", &all, VI, Canvas::Page);
    // The target stands at four fifths; half of it at two.
    assert!(svg.contains("x1=\"80%\" y1=\"18\"") && svg.contains("width=\"40%\" height=\"8\""), "{svg}");
    assert!(svg.contains("chưa đo được, chỉ tiêu 80") && !svg.contains("NaN"));
    assert_eq!(count(&svg, "class=\"bar\""), 2, "nobody knows the third");
    // A second line of words has its own room, and stands whole in the table, from which each opens.
    let why = "còn thiếu: danh sách cán bộ có ngày vào, ngày ra và danh sách người dự từng buổi".to_owned();
    let lacks = Bullet { lacks: why.clone(), href: "/desk/measures/a".into(), ..bullet(None, 80.0, false) };
    let ahead = Bullet { band: Some((50.0, 70.0)), way: Some(60.0), ..bullet(Some(40.0), 80.0, false) };
    let all = [lacks, ahead];
    let svg = bullets::svg("Chỉ tiêu", &all, VI, Canvas::Page);
    assert!(svg.contains("height=\"168\"") && svg.contains("dự báo 50 đến 70") && svg.contains("in-short"), "{svg}");
    assert!(!svg.contains(&why), "a phone has no room for all of it");
    let table = bullets::table("Chỉ tiêu", &all, VI).html();
    assert!(table.contains(&why) && table.contains("<a href=\"/desk/measures/a\">"), "{table}");
}

#[test]
fn a_map_has_bands_a_legend_and_no_colour_for_a_gap() {
    let values = [Some(0.0), Some(20.0), Some(98.0), None];
    let bands = Bands::of(&values, "%");
    let words: Vec<String> = bands.legend().into_iter().map(|(level, words)| format!("{level} {words}")).collect();
    let expected = ["1 0 – 20\u{a0}%", "2 20 – 40\u{a0}%", "3 40 – 60\u{a0}%", "4 60 – 80\u{a0}%", "5 80 – 100\u{a0}%"];
    assert_eq!(words, expected);
    let levels: Vec<usize> = values.iter().flatten().map(|value| bands.level(bands.band(*value))).collect();
    assert_eq!((levels, bands.band(100.0)), (vec![1, 2, 5], 4), "the highest number belongs to the last");
    let names = ["Xã Đ", "Xã A", "Xã C", "Xã D"];
    let mut shapes: Vec<Shape> = names.map(|name| Shape { name: name.into(), href: "/x".into(), ..Shape::default() }).into();
    assert_eq!(map::in_rows(&mut shapes), (3 * 36, 2 * 36));
    let order: Vec<(&str, i32, i32)> = shapes.iter().map(|shape| (shape.name.as_str(), shape.x, shape.y)).collect();
    assert_eq!(order, [("Xã A", 1, 1), ("Xã C", 37, 1), ("Xã D", 73, 1), ("Xã Đ", 1, 37)]);
    let svg = map_svg("Bản đồ", (108, 72), &shapes, &values, &bands);
    assert!(svg.contains("data-level=\"5\"") && svg.contains("data-no-figure"), "{svg}");
    assert!(map::legend(&bands, Some("không có số".into())).contains("data-no-figure"));
}

#[test]
fn a_spark_breaks_at_gaps() {
    let spark = Spark::of(&[Some(0.0), Some(10.0), None, Some(5.0), None]);
    assert_eq!(spark.runs, [vec![(0.0, 0.0), (0.25, 10.0)], vec![(0.75, 5.0)]]);
    let svg = spark.svg("<b>");
    assert!(svg.contains("points=\"0.0,23.0 25.0,1.0\"") && svg.contains("points=\"75.0,12.0 75.8,12.0\""), "{svg}");
    assert!(!svg.contains("<b>"));
    assert_eq!(Spark::of(&[None, None]).gaps(), 0);
}

#[test]
fn a_bar_in_parts_is_a_whole() {
    let svg = stack::svg(&[("on-time", 3.0), ("late", 1.0)]);
    assert!(svg.contains("data-state=\"late\" x=\"75%\" width=\"25%\""), "{svg}");
    assert!(stack::svg(&[("open", 0.0)]).contains("width=\"0%\""));
}

#[test]
fn a_file_of_figures_has_empty_cells_for_gaps_and_no_formulas() {
    let chart = chart(&["=1+1", "b"], &[Some(1234.5), None]);
    let csv = String::from_utf8(Table::of(&chart, &Notes::default(), VI).csv().expect("a file")).expect("text");
    assert_eq!(csv, "\u{feff}Mục,Cổng\n'=1+1,1234.5\nb,\n");
}

story!(every_picture_is_there_to_take_along_for_who_sees_its_page, |house| {
    let who = house.someone(Role::SystemAdministrator, None).await;
    let page = who.get("/desk/ui").await.expect(200).says("id=\"sample-lines\"").says("/desk/ui?drawing=sample-bars.svg");
    assert!(!page.text().contains("style=\""), "no inline style passes the policy");
    let svg = who.get("/desk/ui?drawing=sample-lines.svg").await.expect(200);
    assert_eq!(svg.headers["content-type"], "image/svg+xml");
    assert!(svg.headers["content-disposition"].to_str().expect("text").contains("sample-lines.svg"));
    svg.says("xmlns=\"http://www.w3.org/2000/svg\"").says("đổi cách tính").says("Chỉ tiêu 90");
    who.get("/desk/ui?drawing=sample-bars.csv").await.expect(200).says("Phường minh họa B,,").says_not("<html");
    for nothing in ["khong-co.svg", "sample-bars.pdf", "../sample-bars.svg"] {
        who.get(&format!("/desk/ui?drawing={nothing}")).await.expect(404);
    }
    who.get("/desk/leader?drawing=trend.svg").await.expect(403);
    house.visitor().get("/desk/leader?drawing=trend.svg").await.expect(303);
});
