//! How long writing takes: the report of a province with an appendix of 122 rows. `--json` prints one figure a line for
//! `make bench`, without statistics.

#[path = "../examples/report/demo.rs"]
#[expect(dead_code, reason = "only the report is measured")]
mod demo;

use std::io::Write as _;
use std::time::Instant;

use criterion::Criterion;
use official_document::write::{Draft, WriteError, docx, pdf};

const AGENCIES: usize = 122;
const ROUNDS: usize = 9;

type Writer = fn(&Draft) -> Result<Vec<u8>, WriteError>;
const WRITERS: [(&str, Writer); 2] = [("docx", docx), ("pdf", pdf)];

fn main() {
    let draft = demo::report(AGENCIES);
    if std::env::args().any(|argument| argument == "--json") {
        let mut out = std::io::stdout().lock();
        for (name, write) in WRITERS {
            let _ = writeln!(out, "{{\"name\":\"{name}\",\"ms\":{:.2}}}", median(&draft, write));
        }
        return;
    }
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    for (name, write) in WRITERS {
        criterion.bench_function(name, |bencher| bencher.iter(|| write(&draft).expect("a file")));
    }
    criterion.final_summary();
}

/// Of several rounds, each of a document that was not set before: what the typesetter remembers is of no help.
fn median(draft: &Draft, write: Writer) -> f64 {
    let mut took: Vec<f64> = (0..ROUNDS)
        .map(|round| {
            let mut draft = draft.clone();
            draft.heading.place = format!("Tỉnh Mẫu {round}");
            let begun = Instant::now();
            write(&draft).expect("a file");
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    took.sort_by(f64::total_cmp);
    took[ROUNDS / 2]
}
