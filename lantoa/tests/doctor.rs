//! `lantoa doctor` as it is called: what it prints, and its exit code.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

/// A folder of the test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("lantoa-doctor-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn doctor(folder: &Folder, settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lantoa"));
    command.arg("doctor").args(arguments).env_clear().env("LANTOA_DATA", &folder.0).envs(settings.iter().copied());
    command.output().expect("lantoa runs")
}

#[test]
fn a_machine_that_serves_for_the_first_time_is_well() {
    let folder = Folder::new("first");
    let said = doctor(&folder, &[("LANTOA_PUBLIC_URL", "https://lantoa.example.vn")], &["--json", "--inside"]);
    let report: Value = serde_json::from_slice(&said.stdout).expect("JSON");
    let checks: Vec<&str> =
        report["findings"].as_array().expect("findings").iter().filter_map(|one| one["check"].as_str()).collect();
    assert!(checks.contains(&"database-none") && checks.contains(&"folder-writable"), "{report:#}");
    assert!(std::fs::read_dir(&folder.0).expect("the folder").next().is_none(), "the doctor left something behind");
    let broken = checks.contains(&"assets-missing"); // a build without `make assets`
    assert_eq!(said.status.code(), Some(i32::from(broken)), "{report:#}");
}

#[test]
fn a_setting_that_does_not_exist_is_named_with_its_remedy() {
    let folder = Folder::new("unknown");
    let said = doctor(&folder, &[("LANTOA_COLOUR", "pink")], &[]);
    let text = String::from_utf8_lossy(&said.stdout);
    assert_eq!(said.status.code(), Some(1));
    assert!(text.contains("✘ Không đọc được cài đặt") && text.to_lowercase().contains("colour"), "{text}");
    assert!(text.contains("→ Sửa tên hoặc giá trị"), "{text}");
}

#[test]
fn an_address_without_https_breaks_it() {
    let folder = Folder::new("http");
    let said = doctor(&folder, &[("LANTOA_PUBLIC_URL", "http://lantoa.example.vn")], &["--inside", "--language", "en"]);
    let text = String::from_utf8_lossy(&said.stdout);
    assert_eq!(said.status.code(), Some(1));
    assert!(text.contains("✘ The public address http://lantoa.example.vn does not use HTTPS"), "{text}");
}
