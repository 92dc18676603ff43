//! ADX that comes in (IHE QRPH, Aggregate Data Exchange): a group for each unit and period, a value for each element of it. Its values are
//! decimals by its schema, so there is nothing to doubt in how they are written. A value of a part only (of women, of an age) is no value
//! of the measure, and is refused by the name of the attribute that says so.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::reading::{Figure, Row, Sheet, short, whole};
use crate::open_data::period;
use crate::web::Obstacle;

/// What is read of a message so far.
#[derive(Default)]
struct Message {
    /// What its group says of every value in it.
    group: Row,
    rows: Vec<Row>,
    is_adx: bool,
}

/// Reads a message.
///
/// # Errors
/// Why it can not be used.
pub fn read(text: &str) -> Result<Sheet, Obstacle> {
    let mut reader = Reader::from_str(text);
    let (mut message, mut depth) = (Message::default(), 0);
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(tag) => {
                message.take(depth, &tag)?;
                depth += 1;
            }
            Event::Empty(tag) => message.take(depth, &tag)?,
            Event::End(_) => depth -= 1,
            // Nothing of ours needs entities, and what does may mean harm.
            Event::DocType(_) => return Err(foreign()),
            Event::Eof if depth > 0 => return Err(damaged()),
            Event::Eof if message.is_adx => return whole(message.rows, Vec::new()),
            Event::Eof => return Err(foreign()),
            _ => {}
        }
    }
}

fn damaged() -> Obstacle {
    Obstacle::new("agency-file-damaged")
}

fn foreign() -> Obstacle {
    Obstacle::new("open-data-file-xml")
}

/// The attributes of an element besides those that say what its names mean.
fn attributes(tag: &BytesStart<'_>) -> Result<Vec<(String, String)>, Obstacle> {
    let mut found = Vec::new();
    for one in tag.attributes() {
        let one = one.map_err(|_| damaged())?;
        let name = AsRef::<str>::as_ref(&one.key).to_owned();
        if name == "xmlns" || name.contains(':') {
            continue;
        }
        let value = one.normalized_value(XmlVersion::Implicit1_0).map_err(|_| damaged())?;
        found.push((name, short(&value)));
    }
    Ok(found)
}

fn split(name: &str) -> Obstacle {
    Obstacle::new("open-data-file-split").with("value", short(name))
}

impl Message {
    fn take(&mut self, depth: u32, tag: &BytesStart<'_>) -> Result<(), Obstacle> {
        let name = AsRef::<str>::as_ref(&tag.local_name()).to_owned();
        match (depth, name.as_str()) {
            (0, "adx") if !self.is_adx => self.is_adx = true,
            (0, _) => return Err(foreign()),
            (1, "group") => self.begin(tag)?,
            (1, _) => self.group = Row::default(),
            (2, "dataValue") => self.value(tag)?,
            _ => {}
        }
        Ok(())
    }

    fn row(&self) -> Row {
        Row { number: u32::try_from(self.rows.len() + 1).unwrap_or(u32::MAX), ..self.group.clone() }
    }

    /// A group, with what ours says of elements that have no figure: `tin-bai=L`.
    fn begin(&mut self, tag: &BytesStart<'_>) -> Result<(), Obstacle> {
        self.group = Row::default();
        let mut missing = String::new();
        for (name, text) in attributes(tag)? {
            match name.as_str() {
                "orgUnit" => self.group.area = text,
                "period" => self.group.period = period::of_interval(&text).map(period::notation).unwrap_or(text),
                "missing" => missing = text,
                "dataSet" | "comment" => {}
                _ => return Err(split(&name)),
            }
        }
        for one in missing.split_whitespace() {
            let (indicator, status) = one.split_once('=').unwrap_or((one, ""));
            let row = Row { indicator: indicator.to_owned(), status: status.to_owned(), ..self.row() };
            self.rows.push(row);
        }
        Ok(())
    }

    fn value(&mut self, tag: &BytesStart<'_>) -> Result<(), Obstacle> {
        let mut row = self.row();
        for (name, text) in attributes(tag)? {
            match name.as_str() {
                "dataElement" => row.indicator = text,
                "value" => row.value = Figure { text, exact: true },
                "numerator" => row.numerator = Figure { text, exact: true },
                "denominator" => row.denominator = Figure { text, exact: true },
                "obsStatus" => row.status = text,
                "unit" => row.unit = text,
                "comment" => {}
                _ => return Err(split(&name)),
            }
        }
        self.rows.push(row);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<adx xmlns="urn:ihe:qrph:adx:2015" exported="2026-05-11T02:00:00Z">
  <group orgUnit="_T" period="2026-01-01/P6M" dataSet="MEASURES" missing="khac=L">
    <dataValue dataElement="so-viec" value="1.234" unit="vi&#7879;c" obsStatus="P"/>
    <dataValue dataElement="so-co-viec" value="50"><annotation>x</annotation></dataValue>
  </group>
</adx>"#;

    #[test]
    fn groups_and_values_are_rows() {
        let rows = read(WHOLE).expect("a sheet").rows;
        let said: Vec<(u32, &str, &str, &str)> =
            rows.iter().map(|one| (one.number, one.indicator.as_str(), one.value.text.as_str(), one.status.as_str())).collect();
        assert_eq!(said, [(1, "khac", "", "L"), (2, "so-viec", "1.234", "P"), (3, "so-co-viec", "50", "")]);
        assert!(rows.iter().all(|one| one.area == "_T" && one.period == "2026-S1"));
        assert!(rows[1].value.exact && rows[1].unit == "việc");
    }

    #[test]
    fn what_is_no_whole_message_is_refused() {
        let key = |text: &str| read(text).expect_err("refused").key;
        assert_eq!(key("<html><body/></html>"), "open-data-file-xml");
        assert_eq!(key("<!DOCTYPE adx [<!ENTITY a \"b\">]><adx/>"), "open-data-file-xml");
        assert_eq!(key("<!-- nothing -->"), "open-data-file-xml");
        assert_eq!(key(WHOLE.trim_end_matches("</adx>")), "agency-file-damaged");
        assert_eq!(key("<adx></group>"), "agency-file-damaged");
        assert_eq!(key("<adx/>"), "agency-file-no-rows");
        assert_eq!(key(&WHOLE.replace("unit=", "sex=")), "open-data-file-split");
    }
}
