//! Pictures of made-up figures, one of each sort; what they say is marked as such.

use crate::web::chart::map::{self, Fill, Shape};
use crate::web::chart::spark::Spark;
use crate::web::chart::{Bands, Break, Bullet, Chart, Figure, Kind, Notes, Series, stack};
use crate::web::{Locale, Markup, Result};

/// What is drawn once for each theme.
pub struct Samples {
    pub parts: Markup,
    pub spark: Markup,
    pub map: Markup,
    pub figures: Vec<Markup>,
}

const HERE: &str = "/desk/ui";
const SOURCE: &str = "Số liệu minh họa";

impl Samples {
    /// `theme`: 0 for light, 1 for dark; each has ids of its own.
    pub fn of(l: Locale, theme: usize) -> Result<Self> {
        let figures = [lines(theme), columns(theme), bars(theme), multiples(theme), bullets(theme)];
        Ok(Self {
            parts: Markup(stack::svg(&[("on-time", 62.0), ("soon", 18.0), ("late", 12.0), ("unknown", 8.0)])),
            spark: Markup(Spark::of(&SPARK).svg("Số tin bài mỗi tháng, có một tháng không có số (minh họa)")),
            map: map(l),
            figures: figures.iter().map(|figure| figure.drawn(l)).collect::<Result<_>>()?,
        })
    }
}

const SPARK: [Option<f64>; 12] = [
    Some(20.0),
    Some(25.0),
    Some(22.0),
    Some(40.0),
    Some(38.0),
    None,
    Some(60.0),
    Some(70.0),
    Some(66.0),
    Some(81.0),
    Some(79.0),
    Some(88.0),
];

fn months() -> Vec<String> {
    (1..=12).map(|month| format!("T{month}")).collect()
}

fn figure(id: &'static str, chart: Chart, kind: Kind) -> Figure {
    let chart = Chart { definition_href: "#main".into(), ..chart };
    Figure { id, chart, kind, source: SOURCE.into(), here: HERE.into(), is_lively: true, ..Figure::default() }
}

/// Two lines, a gap, a change of definition, a target, a forecast.
fn lines(theme: usize) -> Figure {
    let known = [61.0, 64.5, 66.0, 71.2, f64::NAN, f64::NAN, 79.0, 82.0, 84.25];
    let ahead = [84.25, 86.0, 87.5, 89.0];
    let mut band = vec![(f64::NAN, f64::NAN); 8];
    band.extend([(84.25, 84.25), (84.0, 88.0), (84.0, 91.0), (84.0, 94.0)]);
    let chart = Chart {
        title: "84,25 % xã, phường có trang thông tin (minh họa)".into(),
        unit: "%".into(),
        labels: months(),
        series: vec![
            Series { name: "Đã có".into(), points: known.map(Some).to_vec() },
            Series { name: "Dự báo".into(), points: [None; 8].into_iter().chain(ahead.map(Some)).collect() },
        ],
        target: Some(90.0),
        band: Some(band),
        ..Chart::default()
    };
    let breaks = vec![Break { at: 6, why: "Từ tháng 7 tính cả trang của ấp (minh họa)".into() }];
    let id = ["sample-lines", "sample-lines-dark"][theme];
    Figure { notes: Notes { breaks, ..Notes::default() }, ..figure(id, chart, Kind::Line) }
}

fn columns(theme: usize) -> Figure {
    let chart = Chart {
        title: "Tháng 12 nhiều tin bài nhất (minh họa)".into(),
        unit: "bài".into(),
        labels: months(),
        series: vec![Series { name: "Tin bài".into(), points: SPARK.to_vec() }],
        ..Chart::default()
    };
    figure(["sample-columns", "sample-columns-dark"][theme], chart, Kind::Columns)
}

/// Long names, parts, an agency that did not answer, and more than are shown at first.
fn bars(theme: usize) -> Figure {
    let names = [
        "Trung tâm Điều hành thông minh và Chuyển đổi số minh họa của tỉnh",
        "Báo và Phát thanh, Truyền hình (minh họa)",
        "Xã minh họa A",
        "Phường minh họa B",
        "Xã minh họa C",
    ];
    let part = |name: &str, points: [Option<f64>; 5]| Series { name: name.into(), points: points.to_vec() };
    let chart = Chart {
        title: "Hai cơ quan nộp hơn 1.000 sản phẩm (minh họa)".into(),
        labels: names.map(String::from).to_vec(),
        series: vec![
            part("Đã duyệt", [Some(1204.0), Some(980.0), Some(12.0), None, Some(0.0)]),
            part("Chờ duyệt", [Some(96.0), Some(160.0), Some(40.0), None, Some(3.0)]),
        ],
        target: Some(1000.0),
        ..Chart::default()
    };
    figure(["sample-bars", "sample-bars-dark"][theme], chart.sorted(), Kind::Bars(3))
}

fn multiples(theme: usize) -> Figure {
    let part = |name: &str, times: f64| Series {
        name: name.into(),
        points: SPARK.iter().map(|value| value.map(|value| value * times)).collect(),
    };
    let chart = Chart {
        title: "Mỗi kênh một hình, cùng một thang (minh họa)".into(),
        labels: months(),
        series: vec![part("Cổng thông tin", 1.0), part("Truyền thanh", 0.4), part("Bản tin", 0.1)],
        ..Chart::default()
    };
    figure(["sample-multiples", "sample-multiples-dark"][theme], chart, Kind::Multiples)
}

fn bullets(theme: usize) -> Figure {
    let bullet = |label: &str, value: Option<f64>, target: f64| Bullet {
        label: label.into(),
        value,
        target,
        unit: "%".into(),
        ..Bullet::default()
    };
    let all = vec![
        bullet("Cơ quan có kế hoạch truyền thông (minh họa)", Some(98.04), 100.0),
        bullet("Xã, phường có chuyên mục (minh họa)", Some(92.0), 80.0),
        bullet("Người dân biết đến chương trình (minh họa)", None, 60.0),
    ];
    let chart = Chart { title: "Một trong ba chỉ tiêu đã đạt (minh họa)".into(), ..Chart::default() };
    figure(["sample-bullets", "sample-bullets-dark"][theme], chart, Kind::Bullets(all))
}

/// Tiles by their figures, with what each colour means.
fn map(l: Locale) -> Markup {
    let place = |code: &str, column: i32, row: i32| Shape {
        name: format!("Xã minh họa {code}"),
        code: code.into(),
        href: "#main".into(),
        x: column * map::STEP + 1,
        y: row * map::STEP + 1,
        ..Shape::default()
    };
    let shapes = [place("A", 0, 0), place("B", 1, 0), place("C", 2, 0), place("D", 1, 1), place("Đ", 2, 1), place("E", 3, 1)];
    let values = [Some(12.0), Some(38.0), Some(55.0), Some(71.0), None, Some(98.04)];
    let bands = Bands::of(&values, "%");
    let states = [("on-time", 0), ("late", 1), ("soon", 2)];
    let by_state: Vec<(Shape, Fill)> =
        states.iter().map(|(state, column)| (place("G", *column, 0), Fill::State(state))).collect();
    Markup(format!(
        "{}{}{}",
        map::legend(&bands, Some(l.t("chart-gap"))),
        map::map_svg("Tỉ lệ theo xã (minh họa)", (4 * map::STEP, 2 * map::STEP), &shapes, &values, &bands),
        map::drawn("Tình trạng theo xã (minh họa)", (4 * map::STEP, map::STEP), &by_state)
    ))
}
