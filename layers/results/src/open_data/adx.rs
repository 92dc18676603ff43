//! Observations as ADX says them (IHE QRPH, Aggregate Data Exchange, namespace `urn:ihe:qrph:adx:2015`): a group for each unit and period,
//! in it a value for each element. Its schema wants a decimal of every value, so what has no figure is no `dataValue` and never a zero: the
//! group says in `missing` which elements it has none of, and why by OBS_STATUS (the schema lets further attributes be).

use std::collections::BTreeMap;

use ::measures::Amount;
use ::measures::period::Period;

use super::observation::{Observation, Observed};
use super::period;
use super::sdmx::DATAFLOW;
use crate::base::time;
use crate::news::portal::kept::xml;

pub const MEDIA_TYPE: &str = "application/adx+xml";
pub const NAMESPACE: &str = "urn:ihe:qrph:adx:2015";

/// The message. A group of which nothing has a figure is left out, since the schema has no empty groups; SDMX has it.
#[must_use]
pub fn message(observed: &Observed) -> String {
    let exported = time::machine(observed.newest().unwrap_or_default());
    let mut out = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<adx xmlns=\"{NAMESPACE}\" exported=\"{exported}\">\n");
    let mut groups: BTreeMap<(&str, Period), Vec<&Observation>> = BTreeMap::new();
    for one in &observed.list {
        groups.entry((one.area.as_str(), one.period)).or_default().push(one);
    }
    for ((area, period), list) in groups {
        if list.iter().any(|one| one.value.is_some()) {
            group(&mut out, area, period, &list);
        }
    }
    out.push_str("</adx>\n");
    out
}

fn group(out: &mut String, area: &str, period: Period, list: &[&Observation]) {
    let gap = |one: &&&Observation| one.value.is_none();
    let missing: Vec<String> = list.iter().filter(gap).map(|one| format!("{}={}", one.indicator, one.status)).collect();
    let (unit, stretch) = (xml(area), period::interval(period));
    out.push_str(&format!("  <group orgUnit=\"{unit}\" period=\"{stretch}\" dataSet=\"{DATAFLOW}\""));
    if !missing.is_empty() {
        out.push_str(&format!(" missing=\"{}\"", xml(&missing.join(" "))));
    }
    out.push_str(">\n");
    for one in list {
        let Some(value) = one.value else { continue };
        let part = |name: &str, amount: Option<Amount>| {
            amount.map(|amount| format!(" {name}=\"{}\"", amount.plain())).unwrap_or_default()
        };
        let (parts, whole) = (part("numerator", one.numerator), part("denominator", one.denominator));
        out.push_str(&format!(
            "    <dataValue dataElement=\"{}\" value=\"{}\"{parts}{whole} obsStatus=\"{}\" unit=\"{}\"/>\n",
            xml(&one.indicator),
            value.plain(),
            one.status,
            xml(&one.unit),
        ));
    }
    out.push_str("  </group>\n");
}
