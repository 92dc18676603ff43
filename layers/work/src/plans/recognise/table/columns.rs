//! What the columns of a table hold, by their headers and, where these do not tell, by their cells.

use official_document::Table;

use super::super::deadline;
use super::super::gazetteer::{Column, Gazetteer, Label};
use super::super::model::{Kind, Origin};
use super::super::parties::{Manner, list_at};
use super::super::target::read_cell;
use super::super::words::{Phrases, Words, phrases};

/// What a column is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// "TT"
    Number,
    /// "Nhiệm vụ", "Chỉ tiêu": the words of the provision.
    Name,
    /// "Cơ quan chủ trì", and whether it may name partners too.
    Lead { both: bool },
    /// "Cơ quan phối hợp"
    Cooperate,
    /// "Kết quả"
    Result,
    /// "Thời gian hoàn thành"
    Deadline,
    /// "Thời gian bắt đầu"
    Start,
    /// "Kinh phí"
    Funding,
    /// "Đơn vị tính"
    Unit,
    /// A value to be reached, in a year when the header names one.
    Value { year: Option<i32> },
    /// A mark "x" in the column of a time or of a body.
    Other,
}

/// The columns of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Columns {
    /// By place.
    pub uses: Vec<Use>,
    /// The rows are targets.
    pub targets: bool,
}

impl Columns {
    /// What the columns hold; `None` when the table is no list of tasks or targets.
    pub fn of(gazetteer: &Gazetteer, table: &Table, kind: Option<Kind>) -> Option<Self> {
        let count = table.columns.len().max(table.rows.first().map_or(0, |row| row.cells.len()));
        let mut uses: Vec<Use> =
            (0..count).map(|at| by_header(gazetteer, table.columns.get(at).map_or("", String::as_str))).collect();
        let aims = table.columns.iter().any(|header| is_target_header(gazetteer, header));
        if !uses.contains(&Use::Name) {
            name_by_cells(gazetteer, table, &mut uses);
        }
        values_by_cells(gazetteer, table, &mut uses);
        keep_first(&mut uses, Use::Name);
        keep_first(&mut uses, Use::Number);
        fill_by_cells(gazetteer, table, &mut uses);
        lead_by_cells(gazetteer, table, &mut uses);
        bodies_no_units(gazetteer, table, &mut uses);
        let valued = uses.iter().any(|one| matches!(one, Use::Value { .. } | Use::Unit));
        let led = uses.iter().any(|one| matches!(one, Use::Lead { .. }));
        let targets = if valued { !led || aims } else { aims && !led || kind == Some(Kind::Target) && !led };
        let timed = uses.iter().any(|one| matches!(one, Use::Deadline | Use::Result | Use::Cooperate | Use::Start));
        let telling = led || timed || targets || kind.is_some();
        (uses.contains(&Use::Name) && telling && !personal(table)).then_some(Self { uses, targets })
    }

    /// The place of the first column with this use.
    pub fn place(&self, wanted: Use) -> Option<usize> {
        self.uses.iter().position(|one| match (one, wanted) {
            (Use::Lead { .. }, Use::Lead { .. }) | (Use::Value { .. }, Use::Value { .. }) => true,
            (one, wanted) => *one == wanted,
        })
    }
}

/// A row of years under "Mục tiêu | | |" is the second row of the header: the table with both as one.
pub(super) fn under_one_header(table: &Table) -> Option<Table> {
    let first = table.rows.first()?;
    let year = |text: &str| text.trim().trim_start_matches("Năm ").parse().is_ok_and(|year: u32| (1990..=2150).contains(&year));
    let filled = || first.cells.iter().enumerate().filter(|(_, cell)| !cell.text.trim().is_empty());
    if filled().count() < 2 || !filled().all(|(_, cell)| year(&cell.text)) {
        return None;
    }
    let mut whole = table.clone();
    let mut above = String::new();
    for (at, header) in whole.columns.iter_mut().enumerate() {
        if !header.trim().is_empty() {
            above.clone_from(header);
        }
        if let Some((_, cell)) = filled().find(|(place, _)| *place == at) {
            *header = format!("{above} / {}", cell.text.trim());
        }
    }
    whole.rows.remove(0);
    Some(whole)
}

/// Lists of persons are no plans.
fn personal(table: &Table) -> bool {
    table.columns.iter().any(|header| header.to_lowercase().contains("họ và tên") || header.to_lowercase().contains("họ tên"))
}

fn by_header(gazetteer: &Gazetteer, header: &str) -> Use {
    let lower = header.replace('\n', " ");
    let words = Words::new(&lower);
    let says = |phrase: &str| words.find(0, phrase).is_some();
    if says("chủ trì") && says("phối hợp") {
        return split_header(&lower);
    }
    if says("phối hợp") {
        return Use::Cooperate;
    }
    if says("chủ trì") || says("đầu mối") || says("chịu trách nhiệm") || says("phân công") && !says("nhiệm vụ")
    {
        return Use::Lead { both: false };
    }
    by_words(gazetteer, &words)
}

/// "Cơ quan thực hiện / Chủ trì" and "… / Phối hợp" are two columns under one header; "Cơ quan chủ trì, phối hợp" is one.
fn split_header(header: &str) -> Use {
    match header.rsplit_once('/') {
        Some((above, last)) if above.to_lowercase().contains("chủ trì") && above.to_lowercase().contains("phối hợp") => {
            let last = last.to_lowercase();
            if last.contains("chủ trì") { Use::Lead { both: false } } else { Use::Cooperate }
        }
        _ => Use::Lead { both: true },
    }
}

fn by_words(gazetteer: &Gazetteer, words: &Words<'_>) -> Use {
    let year = (0..words.len()).find_map(|at| words.whole(at).filter(|year| (1990..=2150).contains(year)));
    let year = year.and_then(|year| i32::try_from(year).ok());
    let told = (0..words.len().min(6)).find(|at| gazetteer.columns.has(words, *at) || gazetteer.labels.has(words, *at));
    match told.and_then(|at| column_at(gazetteer, words, at)) {
        Some(Column::Baseline | Column::Note) => Use::Other,
        Some(Column::Number) => Use::Number,
        Some(Column::Unit) if words.len() <= 5 => Use::Unit,
        Some(Column::Start) => Use::Start,
        Some(Column::End) => Use::Deadline,
        Some(Column::Task | Column::Target | Column::Value) if year.is_some() => Use::Value { year },
        Some(Column::Value) => Use::Value { year: None },
        Some(Column::Task | Column::Target) => Use::Name,
        _ => by_label(gazetteer, words).unwrap_or(if year.is_some() { Use::Value { year } } else { Use::Other }),
    }
}

/// The column a header names; that of a label when the label says more ("đơn vị thực hiện" is no unit).
fn column_at(gazetteer: &Gazetteer, words: &Words<'_>, at: usize) -> Option<Column> {
    let (len, column) = gazetteer.columns.at(words, at)?;
    let label = gazetteer.labels.at(words, at).filter(|(_, label)| !matches!(label, Label::Content | Label::Target));
    label.is_none_or(|(other, _)| other <= len).then_some(*column)
}

fn by_label(gazetteer: &Gazetteer, words: &Words<'_>) -> Option<Use> {
    (0..words.len().min(8)).find_map(|at| match gazetteer.labels.at(words, at)?.1 {
        Label::LeadCooperate => Some(Use::Lead { both: true }),
        Label::Lead => Some(Use::Lead { both: false }),
        Label::Cooperate => Some(Use::Cooperate),
        Label::Deadline => Some(Use::Deadline),
        Label::Result => Some(Use::Result),
        Label::Funding => Some(Use::Funding),
        Label::Content => Some(Use::Name),
        Label::Target | Label::Other => None,
    })
}

fn is_target_header(gazetteer: &Gazetteer, header: &str) -> bool {
    let words = Words::new(header);
    (0..words.len().min(4)).any(|at| matches!(column_at(gazetteer, &words, at), Some(Column::Target)))
}

fn keep_first(uses: &mut [Use], wanted: Use) {
    let mut seen = false;
    for one in uses.iter_mut().filter(|one| **one == wanted) {
        if seen {
            *one = Use::Other;
        }
        seen = true;
    }
}

fn texts(table: &Table, at: usize) -> impl Iterator<Item = &str> {
    table.rows.iter().filter(|row| !row.group).take(40).filter_map(move |row| row.cells.get(at)).map(|cell| cell.text.trim())
}

/// Without a header for it the column with the longest texts holds the words of the provisions.
fn name_by_cells(gazetteer: &Gazetteer, table: &Table, uses: &mut [Use]) {
    let free = (0..uses.len()).filter(|at| uses[*at] == Use::Other);
    let length = |at: usize| texts(table, at).map(|text| text.chars().count()).sum::<usize>();
    let agencies = |at: usize| share(texts(table, at), |text| is_agency(gazetteer, text)) > 0.5;
    if let Some(at) = free.filter(|at| !agencies(*at)).max_by_key(|at| length(*at)).filter(|at| length(*at) > 0) {
        uses[at] = Use::Name;
    }
}

/// "Chỉ tiêu | Đơn vị tính | Mục tiêu": a later column of names in which values stand holds what is to be reached.
fn values_by_cells(gazetteer: &Gazetteer, table: &Table, uses: &mut [Use]) {
    let aims = |at: &usize| table.columns.get(*at).is_some_and(|header| is_target_header(gazetteer, header));
    let Some(first) = uses.iter().position(|one| *one == Use::Name).filter(aims) else { return };
    for (at, one) in uses.iter_mut().enumerate().skip(first + 1) {
        if *one == Use::Name && share(texts(table, at), is_value) > 0.6 {
            *one = Use::Value { year: None };
        }
    }
}

/// "≥ 97", "50 - 60%", "12 trạm": a value and at most a unit.
fn is_value(text: &str) -> bool {
    const VALUE_WORDS: usize = 8;
    Words::head(text).len() <= VALUE_WORDS && read_cell(text, None, "").is_some_and(|target| target.value.is_some())
}

/// Columns whose headers tell nothing, by what stands in them.
fn fill_by_cells(gazetteer: &Gazetteer, table: &Table, uses: &mut [Use]) {
    let headless = table.columns.iter().all(|header| header.trim().is_empty());
    if !headless {
        return;
    }
    for at in 0..uses.len() {
        if uses[at] != Use::Other {
            continue;
        }
        if share(texts(table, at), is_number) > 0.7 && !uses.contains(&Use::Number) {
            uses[at] = Use::Number;
        } else if share(texts(table, at), |text| deadline::whole(text, Origin::Column).is_known()) > 0.6 {
            uses[at] = Use::Deadline;
        } else if share(texts(table, at), |text| is_agency(gazetteer, text)) > 0.6 {
            uses[at] =
                if uses.iter().any(|one| matches!(one, Use::Lead { .. })) { Use::Cooperate } else { Use::Lead { both: false } };
        }
    }
}

/// "Đơn vị làm": a column named by "đơn vị" in which bodies stand is no column of units.
fn bodies_no_units(gazetteer: &Gazetteer, table: &Table, uses: &mut [Use]) {
    for at in 0..uses.len() {
        if uses[at] == Use::Unit && share(texts(table, at), |text| is_agency(gazetteer, text)) > 0.8 {
            let header = Words::new(table.columns.get(at).map_or("", String::as_str));
            let beside = (0..header.len()).any(|at| header.any(at, phrases!("cùng|tham gia|hỗ trợ")).is_some());
            let led = uses.iter().any(|one| matches!(one, Use::Lead { .. }));
            uses[at] = if beside || led { Use::Cooperate } else { Use::Lead { both: false } };
        }
    }
}

/// "Người, đơn vị làm | Hạn": a column of bodies beside one of times, of which the header says nothing that is known.
fn lead_by_cells(gazetteer: &Gazetteer, table: &Table, uses: &mut [Use]) {
    let led = uses.iter().any(|one| matches!(one, Use::Lead { .. } | Use::Value { .. } | Use::Unit));
    if led || !uses.contains(&Use::Deadline) {
        return;
    }
    let bodies = |at: &usize| share(texts(table, *at), |text| is_agency(gazetteer, text)) > 0.8;
    let others = phrases!(
        "phê duyệt|trình|thụ hưởng|giám sát|kiểm tra|đối tượng|địa điểm|địa bàn|nơi|phối hợp|cùng|tham gia|hỗ trợ|nhận|theo dõi|thẩm định"
    );
    let open = |at: &usize| {
        let words = Words::new(table.columns.get(*at).map_or("", String::as_str));
        let known = |index: usize| gazetteer.columns.has(&words, index) || words.any(index, others).is_some();
        uses[*at] == Use::Other && !(0..words.len()).any(known)
    };
    if let Some(at) = (0..uses.len()).filter(open).find(bodies) {
        uses[at] = Use::Lead { both: false };
    }
}

fn share<'t>(texts: impl Iterator<Item = &'t str>, test: impl Fn(&str) -> bool) -> f64 {
    let (mut all, mut hits) = (0u32, 0u32);
    for text in texts.filter(|text| !text.is_empty()) {
        all += 1;
        hits += u32::from(test(text));
    }
    if all == 0 { 0.0 } else { f64::from(hits) / f64::from(all) }
}

fn is_number(text: &str) -> bool {
    text.len() <= 6 && text.starts_with(|c: char| c.is_ascii_digit())
}

fn is_agency(gazetteer: &Gazetteer, text: &str) -> bool {
    let words = Words::new(text);
    list_at(gazetteer, &words, 0, Manner::Subject).is_some_and(|list| list.end + 2 >= words.len() || list.names.len() > 1)
}
