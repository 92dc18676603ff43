//! What the searches, imports and lists of a busy site call most. `cargo bench -p vietnamese`

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use unicode_normalization::UnicodeNormalization;
use vietnamese::{abbreviation, date, legacy, number, order};

const PARAGRAPH: &str = "Ủy ban nhân dân tỉnh ban hành Kế hoạch số 118/KH-UBND ngày 13 tháng 8 năm 2025 thực hiện Nghị quyết số \
    57-NQ/TW: Sở KH&CN chủ trì, phối hợp với các cơ quan có liên quan tổ chức tuyên truyền về chuyển đổi số, đổi mới sáng tạo; \
    phấn đấu đến hết quý II/2026 có ít nhất 1.234,5 nghìn lượt người tiếp cận, trong đó thanh niên, hộ nghèo được ưu tiên. ";

const NAMES: [&str; 12] = [
    "Xã Mỹ Quí",
    "Phường Sơn Qui",
    "Xã Thanh Hòa",
    "Phường Thanh Hoà",
    "Xã Tân Phú Đông",
    "Phường Đạo Thạnh",
    "Xã Ấp Bắc",
    "Phường Cao Lãnh",
    "Xã Đốc Binh Kiều",
    "Phường 10",
    "Phường 2",
    "Xã An Hữu",
];

fn text(c: &mut Criterion) {
    let page = PARAGRAPH.repeat(20);
    let decomposed: String = page.nfd().collect();
    let mut group = c.benchmark_group("page");
    group.throughput(Throughput::Bytes(page.len() as u64));
    group.bench_function("normalise/composed", |b| b.iter(|| vietnamese::normalise(black_box(&page))));
    group.bench_function("normalise/decomposed", |b| b.iter(|| vietnamese::normalise(black_box(&decomposed))));
    group.bench_function("fold", |b| b.iter(|| vietnamese::fold(black_box(&page))));
    group.bench_function("fold_with_map", |b| b.iter(|| vietnamese::fold_with_map(black_box(&page))));
    group.bench_function("key", |b| b.iter(|| vietnamese::key(black_box(&page))));
    group.bench_function("new_style", |b| b.iter(|| vietnamese::new_style(black_box(&page))));
    group.bench_function("syllables", |b| b.iter(|| vietnamese::syllables(black_box(&page)).count()));
    group.bench_function("document_numbers", |b| b.iter(|| vietnamese::document_numbers(black_box(&page))));
    group.bench_function("find_periods", |b| b.iter(|| date::find_periods(black_box(&page))));
    group.bench_function("abbreviation::expand", |b| b.iter(|| abbreviation::expand(black_box(&page))));
    group.bench_function("legacy::detect", |b| b.iter(|| legacy::detect(black_box(page.as_bytes()))));
    group.finish();
}

fn short(c: &mut Criterion) {
    let mut group = c.benchmark_group("short");
    group.bench_function("name_key", |b| b.iter(|| vietnamese::name_key(black_box("Phường Thanh Hoà"))));
    group.bench_function("slug", |b| b.iter(|| vietnamese::slug(black_box("Mô hình trồng xoài số ở Cao Lãnh"))));
    group.bench_function("parse_number", |b| b.iter(|| number::parse_number(black_box("1.234.567,8"))));
    group.bench_function("in_words", |b| b.iter(|| number::in_words(black_box(4_370_046))));
    group.bench_function("parse_period", |b| b.iter(|| date::parse_period(black_box("từ ngày 11/9 đến hết năm 2026"))));
    group.finish();
}

/// Long runs of what a recogniser starts on and gives up: time must grow with length alone.
fn hostile(c: &mut Criterion) {
    let mut group = c.benchmark_group("hostile 100 kB");
    for (name, piece) in
        [("digits", "1"), ("dashes", "- "), ("slashes", "1/"), ("marks", "\u{301}"), ("từ", "từ "), ("capitals", "K-")]
    {
        let text = piece.repeat(100_000 / piece.len());
        group.bench_function(name, |b| {
            b.iter(|| {
                let text = black_box(text.as_str());
                (
                    vietnamese::normalise(text).len(),
                    vietnamese::tokens(text).len(),
                    date::find_periods(text).len(),
                    abbreviation::expand(text).len(),
                )
            })
        });
    }
    group.finish();
}

fn sorting(c: &mut Criterion) {
    let names: Vec<String> = (0..1000).map(|i| format!("{} {i}", NAMES[i * 7 % NAMES.len()])).collect();
    let mut group = c.benchmark_group("sort 1000 names");
    group.bench_function("compare", |b| {
        b.iter(|| {
            let mut names = names.clone();
            names.sort_by(|a, b| order::compare(a, b));
            names
        })
    });
    group.bench_function("sort_key", |b| {
        b.iter(|| {
            let mut names = names.clone();
            names.sort_by_cached_key(|name| order::sort_key(name));
            names
        })
    });
    group.finish();
}

criterion_group!(benches, text, short, hostile, sorting);
criterion_main!(benches);
