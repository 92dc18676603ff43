//! How fast an index of generated documents is: `measure DOCUMENTS [FOLDER]` prints one JSON object. Words are made of Vietnamese
//! syllables, as frequent as words are (Zipf), about 400 syllables a document; questions are stretches of documents, every second
//! one without accents. A FOLDER is kept, and when the documents are in it already it is only asked: `per_s` is null then.
#![expect(clippy::print_stdout, reason = "it is what it is for")]

use std::path::PathBuf;
use std::time::Instant;

use retrieval::answering::{Asked, Calibration};
use retrieval::{Change, Document, Index, Passage, Question};
use serde_json::json;

const BATCH: usize = 1_000;
const QUESTIONS: usize = 600;
/// So many ask at once.
const ASKERS: usize = 64;

/// Numbers that are the same at each run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn below(&mut self, most: usize) -> usize {
        (self.roll() % most.max(1) as u64) as usize
    }

    /// 0 often, `most` seldom.
    fn zipf(&mut self, most: usize) -> usize {
        let share = (self.roll() >> 11) as f64 / (1_u64 << 53) as f64;
        ((most as f64).powf(share) - 1.0) as usize
    }
}

fn words(dice: &mut Dice) -> Vec<String> {
    const ONSETS: [&str; 24] = [
        "b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
        "gi", "",
    ];
    const RHYMES: [&str; 24] = [
        "a", "á", "ả", "ạ", "an", "án", "ang", "ập", "inh", "ình", "ông", "ộng", "ươi", "ước", "iên", "iện", "ô", "ố", "ấy",
        "ai", "ao", "uân", "ội", "ờ",
    ];
    let mut syllable = || format!("{}{}", ONSETS[dice.below(24)], RHYMES[dice.below(24)]);
    (0..30_000).map(|at| if at % 3 == 0 { syllable() } else { format!("{} {}", syllable(), syllable()) }).collect()
}

fn document(at: usize, words: &[String], dice: &mut Dice) -> Document {
    let mut run = |count: usize| (0..count).map(|_| words[dice.zipf(words.len())].as_str()).collect::<Vec<_>>().join(" ");
    let title = format!("{} số {at}/KH-UBND", run(6));
    let text = (0..12).map(|_| format!("{}.", run(20))).collect::<Vec<_>>().join(" ");
    let passages = vec![Passage { text, ..Passage::default() }];
    let facets = vec![("kind".into(), "article".into()), ("agency".into(), (at % 120).to_string())];
    Document {
        id: at.to_string(),
        title,
        passages,
        facets,
        day: Some((at % 2000) as i32),
        standing: (at % 50) as u32,
        payload: String::new(),
    }
}

/// Memory of this process in MB, as `VmHWM` or `RssAnon` of Linux.
fn memory(of: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(of)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// Processor time of this process in ms, by the clock ticks (10 ms) of Linux.
fn worked_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    [11, 12].iter().filter_map(|at| fields.get(*at)?.parse::<f64>().ok()).sum::<f64>() * 10.0
}

fn quantile(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times[((times.len() as f64 * share).ceil() as usize).clamp(1, times.len()) - 1]
}

fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let started = Instant::now();
    work();
    started.elapsed().as_secs_f64() * 1000.0
}

/// Stretches of documents, every second one without accents.
fn questions(samples: &[Document], dice: &mut Dice) -> Vec<String> {
    (0..QUESTIONS)
        .map(|at| {
            let text = &samples[dice.below(samples.len())].passages[0].text;
            let syllables: Vec<&str> = text.split_whitespace().collect();
            let length = 2 + dice.below(11);
            let start = dice.below(syllables.len() - length);
            let asked = syllables[start..start + length].join(" ");
            if at % 2 == 0 { asked } else { vietnamese::fold(&asked).into_owned() }
        })
        .collect()
}

fn reply(index: &Index, question: &str) -> f64 {
    let asked = Asked { question, quotes: 3, ..Asked::default() };
    timed(|| index.reply(&asked, &Calibration::default()).expect("a reply"))
}

/// Everybody asks, and asks again when answered.
fn replies_at_once(index: &Index, questions: &[String]) -> Vec<f64> {
    std::thread::scope(|scope| {
        let ask = |part: &[String]| part.iter().map(|question| reply(index, question)).collect::<Vec<f64>>();
        let askers: Vec<_> = questions.chunks(QUESTIONS / ASKERS).map(|part| scope.spawn(move || ask(part))).collect();
        askers.into_iter().flat_map(|asker| asker.join().expect("an asker")).collect()
    })
}

/// Writes the documents unless they are there; one of each batch, and the seconds that writing took.
fn write(index: &Index, count: usize, words: &[String], dice: &mut Dice) -> (Vec<Document>, Option<f64>) {
    // Each run removes one at its end.
    let is_there = index.len() + 1 >= count as u64;
    let mut samples = Vec::new();
    let mut written_s = 0.0;
    for from in (0..count).step_by(BATCH) {
        let batch: Vec<Document> = (from..(from + BATCH).min(count)).map(|at| document(at, words, dice)).collect();
        samples.push(batch[dice.below(batch.len())].clone());
        let changes: Vec<Change> = batch.into_iter().map(Change::Put).collect();
        if !is_there {
            written_s += timed(|| index.write(&changes, "").expect("written")) / 1000.0;
        }
    }
    (samples, (!is_there).then_some(written_s))
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().and_then(|text| text.parse().ok()).expect("how many documents");
    let folder =
        arguments.next().map_or_else(|| std::env::temp_dir().join(format!("retrieval-{}", std::process::id())), PathBuf::from);
    let mut dice = Dice(1);
    let words = words(&mut dice);
    let index = Index::open(&folder).expect("an index");
    let (samples, written_s) = write(&index, count, &words, &mut dice);
    let questions = questions(&samples, &mut dice);
    let ask =
        |text: &String, facets| index.search(&Question { text, limit: 20, facets, ..Question::default() }).expect("an answer");
    questions.iter().take(50).for_each(|text| drop(ask(text, vec![])));
    let before_ms = worked_ms();
    let mut searched: Vec<f64> = questions.iter().map(|text| timed(|| ask(text, vec![]))).collect();
    let search_cpu_ms = (worked_ms() - before_ms) / QUESTIONS as f64;
    let mut narrowed: Vec<f64> = questions.iter().map(|text| timed(|| ask(text, vec![("agency", vec!["7"])]))).collect();
    let mut replied: Vec<f64> = questions.iter().map(|question| reply(&index, question)).collect();
    let mut at_once = replies_at_once(&index, &questions);
    let mut suggested: Vec<f64> = (0..QUESTIONS)
        .map(|_| {
            let title = &samples[dice.below(samples.len())].title;
            let letters = 2 + dice.below(16);
            let typed: String = title.chars().take(letters).collect();
            timed(|| index.suggest(&typed, 8).expect("suggestions"))
        })
        .collect();
    let changed = document(count / 2, &words, &mut dice);
    let update_ms = timed(|| index.write(&[Change::Put(changed)], "").expect("written"));
    let delete_ms = timed(|| index.write(&[Change::Remove("1".into())], "").expect("written"));
    let figures = json!({
        "documents": index.len(),
        "per_s": written_s.map(|seconds| (count as f64 / seconds).round()),
        "search_p50_ms": quantile(&mut searched, 0.5), "search_p95_ms": quantile(&mut searched, 0.95),
        "search_cpu_ms": search_cpu_ms,
        "narrowed_p95_ms": quantile(&mut narrowed, 0.95),
        "reply_p50_ms": quantile(&mut replied, 0.5), "reply_p95_ms": quantile(&mut replied, 0.95),
        "reply_of_64_p95_ms": quantile(&mut at_once, 0.95),
        "suggest_p95_ms": quantile(&mut suggested, 0.95),
        "update_ms": update_ms, "delete_ms": delete_ms,
        "peak_mb": memory("VmHWM"), "own_mb": memory("RssAnon"),
    });
    println!("{figures}");
    drop(index);
    if std::env::args().nth(2).is_none() {
        let _ = std::fs::remove_dir_all(&folder);
    }
}
