#![no_main]

#[path = "../bodies/vietnamese.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::check(data));
