//! The body of the fuzz target, over its seeds and damaged copies of them, on stable Rust.

use std::path::PathBuf;

#[path = "../../../fuzz/bodies/document.rs"]
mod body;

fn seeds() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/seeds/document");
    let entries = std::fs::read_dir(folder).expect("fuzz/seeds/document is part of the repository");
    let paths = entries.map(|entry| entry.expect("a readable entry").path());
    paths.map(|path| (path.clone(), std::fs::read(path).expect("a readable seed"))).collect()
}

#[test]
fn every_seed_holds() {
    let seeds = seeds();
    assert!(seeds.len() >= 12);
    for (path, seed) in seeds {
        eprintln!("{}", path.display());
        body::check(&seed);
    }
}

#[test]
fn damaged_seeds_hold() {
    for (path, seed) in seeds() {
        eprintln!("{}", path.display());
        for at in (0..seed.len()).step_by(seed.len() / 4 + 1) {
            body::check(&seed[..at]);
            body::check(&seed[at..]);
            let mut damaged = seed.clone();
            damaged[at] ^= 0x55;
            body::check(&damaged);
        }
    }
}
