//! A campaign as tables to take away: the matrix with its holes, the items, the agencies.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet};

use super::campaign::Campaign;
use super::counting::{Counts, Item};
use super::member::Member;
use crate::base::time;
use crate::news::kind::Tag;
use crate::reach::watch::channel_name;
use crate::web::download::harmless;
use crate::web::{Locale, Result};

/// The name of an audience or a message.
#[must_use]
pub fn tag(l: Locale, list: &[Tag], code: &str) -> String {
    list.iter().find(|tag| tag.code == code).map_or_else(|| code.to_owned(), |tag| tag.name(l).to_owned())
}

/// Message, audience, channel, how many: a line for each cell, the empty ones too.
///
/// # Errors
/// Writing failed.
pub fn csv(l: Locale, counts: &Counts) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let heads = ["campaign-audience", "campaign-message", "campaign-channel", "campaign-items", "campaign-which"];
    writer.write_record(heads.map(|key| l.t(key)))?;
    for audience in &counts.audiences {
        for message in &counts.messages {
            for channel in &counts.channels {
                let items: Vec<&Item> = counts.cell(message, audience, channel).collect();
                let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
                writer.write_record([
                    tag(l, Tag::audiences(), audience),
                    tag(l, Tag::messages(), message),
                    channel_name(l, channel),
                    items.len().to_string(),
                    harmless(&titles.join("; ")),
                ])?;
            }
        }
    }
    Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?)
}

struct Formats {
    head: Format,
    text: Format,
    number: Format,
    hole: Format,
}

/// A workbook: the matrix of each audience, then agencies by messages, then the items.
///
/// # Errors
/// Never, in memory.
pub fn xlsx(l: Locale, campaign: &Campaign, members: &[Member], counts: &Counts) -> Result<Vec<u8>> {
    let top = || Format::new().set_align(FormatAlign::Top);
    let formats = Formats {
        head: Format::new().set_bold().set_text_wrap(),
        text: top().set_text_wrap().set_num_format("@"),
        number: top().set_num_format("#,##0"),
        hole: top().set_background_color(rust_xlsxwriter::Color::RGB(0x00F4_E3E0)),
    };
    let mut book = Workbook::new();
    matrix(l, book.add_worksheet(), &formats, campaign, counts)?;
    agencies(l, book.add_worksheet(), &formats, members, counts)?;
    items(l, book.add_worksheet(), &formats, counts)?;
    Ok(book.save_to_buffer()?)
}

fn matrix(l: Locale, sheet: &mut Worksheet, formats: &Formats, campaign: &Campaign, counts: &Counts) -> Result<()> {
    sheet.set_name(l.t("campaign-matrix-sheet"))?;
    sheet.set_column_width(0, 44.0)?;
    sheet.write_string_with_format(0, 0, &campaign.title, &formats.head)?;
    let mut row = 1;
    for audience in &counts.audiences {
        row += 1;
        sheet.write_string_with_format(row, 0, tag(l, Tag::audiences(), audience), &formats.head)?;
        for (column, channel) in (1..).zip(&counts.channels) {
            sheet.write_string_with_format(row, column, channel_name(l, channel), &formats.head)?;
        }
        for message in &counts.messages {
            row += 1;
            sheet.write_string_with_format(row, 0, tag(l, Tag::messages(), message), &formats.text)?;
            for (column, channel) in (1..).zip(&counts.channels) {
                let count = u32::try_from(counts.cell(message, audience, channel).count()).unwrap_or(u32::MAX);
                let format = if count == 0 { &formats.hole } else { &formats.number };
                sheet.write_number_with_format(row, column, f64::from(count), format)?;
            }
        }
        row += 1;
    }
    Ok(())
}

fn agencies(l: Locale, sheet: &mut Worksheet, formats: &Formats, members: &[Member], counts: &Counts) -> Result<()> {
    sheet.set_name(l.t("campaign-agencies-sheet"))?;
    sheet.set_column_width(0, 48.0)?;
    sheet.write_string_with_format(0, 0, l.t("campaign-agency"), &formats.head)?;
    for (column, message) in (1..).zip(&counts.messages) {
        sheet.write_string_with_format(0, column, tag(l, Tag::messages(), message), &formats.head)?;
    }
    for (row, member) in (1..).zip(members) {
        sheet.write_string_with_format(row, 0, &member.name, &formats.text)?;
        for (column, message) in (1..).zip(&counts.messages) {
            let count = u32::try_from(counts.of_agency(member.agency, message)).unwrap_or(u32::MAX);
            let format = if count == 0 { &formats.hole } else { &formats.number };
            sheet.write_number_with_format(row, column, f64::from(count), format)?;
        }
    }
    Ok(())
}

fn items(l: Locale, sheet: &mut Worksheet, formats: &Formats, counts: &Counts) -> Result<()> {
    sheet.set_name(l.t("campaign-items-sheet"))?;
    let heads = ["campaign-item", "campaign-agency", "campaign-item-out", "campaign-channels", "campaign-item-standing"];
    for (column, key) in (0..).zip(heads) {
        sheet.write_string_with_format(0, column, l.t(key), &formats.head)?;
        sheet.set_column_width(column, 30.0)?;
    }
    for (row, item) in (1..).zip(&counts.items) {
        let channels: Vec<String> = item.channels.iter().map(|channel| channel_name(l, channel)).collect();
        let cells = [
            item.title.clone(),
            item.agency_name.clone(),
            item.out_on.map(time::day).unwrap_or_default(),
            channels.join(", "),
            l.t(item.standing.key()),
        ];
        for (column, cell) in (0..).zip(&cells) {
            sheet.write_string_with_format(row, column, cell, &formats.text)?;
        }
    }
    Ok(())
}
