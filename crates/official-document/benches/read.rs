//! How long reading takes: a plan as text, and ten hostile megabytes.

use criterion::{Criterion, criterion_group, criterion_main};
use official_document::{Limits, read};

fn document(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/documents/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).expect("a document of the tests")
}

fn documents(criterion: &mut Criterion) {
    for name in ["plan.txt", "wrapped.txt", "decision.txt"] {
        let bytes = document(name);
        criterion.bench_function(name, |bencher| bencher.iter(|| read(&bytes, name, &Limits::default())));
    }
}

fn hostile(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("10 MB");
    group.sample_size(10);
    let inputs = [("lines of dashes", "- \n"), ("one line", "việc "), ("one line of marks", "1.")];
    for (name, piece) in inputs {
        let bytes = piece.repeat((10 << 20) / piece.len()).into_bytes();
        group.bench_function(name, |bencher| bencher.iter(|| read(&bytes, name, &Limits::default())));
    }
    group.finish();
}

criterion_group!(benches, documents, hostile);
criterion_main!(benches);
