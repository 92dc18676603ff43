//! The findings as lines for people and as JSON for programs.

use std::io::{Result, Write};

use serde::Serialize;

use super::finding::{Area, Finding, State};
use crate::web::Locale;

/// One line for each finding under the heading of its area, what to do under it, and a sum at the end.
pub fn people(out: &mut impl Write, l: Locale, findings: &[Finding]) -> Result<()> {
    let mut area: Option<Area> = None;
    for finding in findings {
        if area != Some(finding.area) {
            writeln!(out, "{}{}", if area.is_some() { "\n" } else { "" }, l.t(&format!("doctor-area-{}", finding.area.code())))?;
            area = Some(finding.area);
        }
        writeln!(out, "  {} {}", finding.state.mark(), finding.words.text(l))?;
        if let Some(remedy) = remedy(l, finding) {
            writeln!(out, "      → {remedy}")?;
        }
    }
    let count = |state: State| findings.iter().filter(|finding| finding.state == state).count().to_string();
    let sums = [("good", count(State::Good)), ("warnings", count(State::Warning)), ("broken", count(State::Broken))];
    writeln!(out, "\n{}", l.with("doctor-sum", &sums))
}

#[derive(Serialize)]
struct Line {
    area: &'static str,
    /// The Fluent key without its front: stable, whatever the language.
    check: &'static str,
    state: &'static str,
    says: String,
    remedy: Option<String>,
}

#[derive(Serialize)]
struct Report {
    version: &'static str,
    /// Nothing is broken.
    healthy: bool,
    findings: Vec<Line>,
}

/// One JSON object: `{"version", "healthy", "findings": [{"area", "check", "state", "says", "remedy"}]}`.
pub fn machine(out: &mut impl Write, l: Locale, findings: &[Finding]) -> Result<()> {
    let line = |finding: &Finding| Line {
        area: finding.area.code(),
        check: finding.words.key.trim_start_matches("doctor-"),
        state: finding.state.code(),
        says: finding.words.text(l),
        remedy: remedy(l, finding),
    };
    let report = Report {
        version: env!("CARGO_PKG_VERSION"),
        healthy: findings.iter().all(|finding| finding.state != State::Broken),
        findings: findings.iter().map(line).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

fn remedy(l: Locale, finding: &Finding) -> Option<String> {
    Some(l.with(&finding.remedy()?, &finding.words.arguments))
}
