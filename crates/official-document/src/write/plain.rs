//! The words of a composed document in the order in which they are read.

use super::compose::{Composed, Laid, LaidTable};
use super::form;
use super::settle::words;

pub(super) fn plain(composed: &Composed) -> String {
    let mut lines: Vec<String> = Vec::new();
    let head = &composed.head;
    lines.extend(head.superior.iter().chain([&head.issuer]).map(|one| one.words.clone()));
    lines.extend([head.nation, head.motto, &head.number].map(str::to_owned));
    lines.extend(head.about.iter().map(|about| about.words.clone()));
    lines.extend(head.stamp.iter().map(|(words, ..)| (*words).to_owned()));
    lines.push(head.dated.clone());
    if let Some((type_name, subject)) = &composed.named {
        lines.extend([type_name.clone(), subject.words.clone()]);
    }
    lines.extend(composed.addressees.iter().cloned());
    lines.extend(composed.authority.iter().map(|authority| authority.words.clone()));
    lines.extend(composed.bases.iter().cloned());
    lines.push(composed.decides.clone());
    composed.body.iter().flat_map(|stretch| &stretch.blocks).for_each(|block| block_lines(block, &mut lines));
    if let Some(closing) = &composed.closing {
        let label = (!closing.recipients.is_empty()).then(|| form::RECIPIENTS_LABEL.to_owned());
        lines.extend(label.into_iter().chain(closing.recipients.iter().chain(&closing.posts).chain([&closing.name]).cloned()));
    }
    for annex in &composed.annexes {
        lines.extend([annex.label.clone(), annex.title.words.clone()]);
        lines.extend(annex.note.iter().map(|note| note.words.clone()));
        annex.body.iter().flat_map(|stretch| &stretch.blocks).for_each(|block| block_lines(block, &mut lines));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn block_lines(block: &Laid, lines: &mut Vec<String>) {
    match block {
        Laid::Paragraph { runs, .. } => lines.push(words(runs)),
        Laid::Figure { caption, .. } => lines.push(caption.clone()),
        Laid::Table(table) => table_lines(table, lines),
    }
}

fn table_lines(table: &LaidTable, lines: &mut Vec<String>) {
    lines.push(table.caption.clone());
    for y in 0..table.head_rows {
        let row = table.head.iter().filter(|cell| cell.y == y).map(|cell| cell.text.as_str());
        lines.push(row.collect::<Vec<_>>().join("\t"));
    }
    for row in &table.rows {
        lines.push(row.cells.iter().map(|cell| words(&cell.runs)).collect::<Vec<_>>().join("\t"));
    }
}
