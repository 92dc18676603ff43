//! A programme as a file: CSV, XLSX, JSON, iCalendar. The filter of the page is the filter of the file.

use icalendar::{Calendar, Component, Event, EventLike};
use rust_xlsxwriter::{Format, FormatAlign, Workbook};
use serde_json::json;

use super::Plan;
use super::programme::Entry;
use super::view::{Agencies, Body, Row};
use crate::base::App;
use crate::web::download::{self, Download};
use crate::web::{Error, Locale, Result};

const COLUMNS: [&str; 10] = [
    "field-path",
    "field-kind",
    "field-text",
    "field-leads",
    "field-cooperates",
    "field-recipients",
    "field-deadline",
    "field-last-day",
    "field-target",
    "field-result",
];

/// What is exported.
pub struct Export<'a> {
    pub l: Locale,
    pub plan: &'a Plan,
    pub entries: Vec<&'a Entry>,
    pub agencies: &'a Agencies,
}

impl Export<'_> {
    /// The file in that format.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a format that we do not write.
    pub fn file(&self, app: &App, format: &str) -> Result<Download> {
        let (media_type, bytes) = match format {
            "csv" => (download::CSV, self.csv()?),
            "xlsx" => (download::XLSX, self.xlsx()?),
            "json" => ("application/json", self.json(app)?),
            "ics" => (download::ICALENDAR, self.icalendar(app).into_bytes()),
            _ => return Err(Error::NotFound),
        };
        let name = vietnamese::slug(&self.plan.title()).unwrap_or_else(|| "ke-hoach".into());
        Ok(Download { name: format!("{name}.{format}"), media_type, bytes })
    }

    fn lines(&self) -> impl Iterator<Item = [String; 10]> {
        self.entries.iter().map(|entry| {
            let row = Row::of(self.l, entry, self.agencies);
            let names = |bodies: &[Body]| bodies.iter().map(|body| body.name.as_str()).collect::<Vec<_>>().join("; ");
            [
                row.path.clone(),
                row.kind_label.clone(),
                row.text.clone(),
                names(&row.leads),
                names(&row.supports),
                names(&row.recipients),
                row.due.clone(),
                entry.provision.due_on.map(|day| day.to_string()).unwrap_or_default(),
                row.target.clone(),
                row.result,
            ]
        })
    }

    /// UTF-8 with a byte order mark, so that Excel reads the accents (RFC 4180 otherwise).
    fn csv(&self) -> Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(COLUMNS.map(|key| self.l.t(key)))?;
        for line in self.lines() {
            writer.write_record(line.map(|cell| download::harmless(&cell)))?;
        }
        Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?)
    }

    fn xlsx(&self) -> Result<Vec<u8>> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        for (column, key) in (0_u16..).zip(COLUMNS) {
            sheet.write_string_with_format(0, column, self.l.t(key), &head)?;
            sheet.set_column_width(column, if key == "field-text" { 80 } else { 24 })?;
        }
        for (line, cells) in (1_u32..).zip(self.lines()) {
            for (column, cell) in (0_u16..).zip(cells) {
                sheet.write_string_with_format(line, column, cell, &wrapped)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        Ok(book.save_to_buffer()?)
    }

    fn json(&self, app: &App) -> Result<Vec<u8>> {
        let provisions: Vec<_> = self
            .entries
            .iter()
            .map(|entry| {
                let row = Row::of(self.l, entry, self.agencies);
                let names = |bodies: &[Body]| bodies.iter().map(|body| body.name.clone()).collect::<Vec<_>>();
                json!({
                    "path": row.path, "kind": row.kind, "text": row.text, "role": entry.provision.role,
                    "leads": names(&row.leads), "cooperates": names(&row.supports), "recipients": names(&row.recipients),
                    "deadline": entry.deadline, "due_on": entry.provision.due_on, "target": entry.target, "result": entry.provision.result,
                })
            })
            .collect();
        let plan = self.plan;
        Ok(serde_json::to_vec_pretty(&json!({
            "plan": { "type": plan.type_name, "number": plan.number, "issuer": plan.issuer, "issued_on": plan.issued_on,
                      "subject": plan.subject, "url": format!("{}{}", app.config.public_url(), plan.public_path()) },
            "provisions": provisions,
        }))?)
    }

    /// One whole-day event per provision with a last day (RFC 5545).
    fn icalendar(&self, app: &App) -> String {
        let mut calendar = Calendar::new();
        calendar.name(&self.plan.title());
        for entry in &self.entries {
            let Some(day) = entry.provision.due_on else { continue };
            let row = Row::of(self.l, entry, self.agencies);
            let leads = row.leads.iter().map(|body| body.name.as_str()).collect::<Vec<_>>().join("; ");
            let event = Event::new()
                .uid(&format!("{}@lantoa", entry.provision.id))
                .timestamp(app.clock.now())
                .summary(&format!("{} · {}", row.path, row.text.chars().take(90).collect::<String>()))
                .description(&format!("{}\n{leads}\n{}", row.text, row.due))
                .all_day(day)
                .url(&format!("{}{}#{}", app.config.public_url(), self.plan.public_path(), row.anchor))
                .done();
            calendar.push(event);
        }
        calendar.to_string()
    }
}
