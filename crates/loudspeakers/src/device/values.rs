//! Single values: what devices write, and the one form that they have here.

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use serde_json::{Number, Value, json};

use super::mapping::Form;

/// Seconds east of Greenwich.
const VIETNAM_S: i32 = 7 * 3600;
/// From here on a number is milliseconds: as seconds it would be the year 5138.
const MS_FROM: i64 = 100_000_000_000;

/// The value in the own form; `Err` names what was expected. Empty text where something else is expected is `None`.
pub(super) fn read(form: &Form, value: &Value) -> Result<Option<Value>, &'static str> {
    if value.is_null() || (!matches!(form, Form::Text | Form::Texts) && value.as_str().is_some_and(|text| text.trim().is_empty()))
    {
        return Ok(None);
    }
    let read = match form {
        Form::Text => text(value).map(Value::from).ok_or("text")?,
        Form::Texts => {
            list(value).and_then(|all| all.iter().map(|one| text(one).map(Value::from)).collect()).ok_or("list of texts")?
        }
        Form::Integer | Form::IntegerText => integer(value).map(Value::from).ok_or("whole number")?,
        Form::Integers => list(value)
            .and_then(|all| all.iter().map(|one| integer(one).map(Value::from)).collect())
            .ok_or("list of whole numbers")?,
        Form::NumberText => number(value).and_then(Number::from_f64).map(Value::Number).ok_or("number")?,
        Form::Flag | Form::FlagText => flag(value).map(Value::Bool).ok_or("flag")?,
        Form::EpochS | Form::EpochMs => epoch(value).or_else(|| local_time(value)).map(|at| json!(at)).ok_or("time")?,
        Form::LocalTime => local_time(value).or_else(|| epoch(value)).map(|at| json!(at)).ok_or("time")?,
        Form::Date => date(value).map(|date| json!(date)).ok_or("date dd-mm-yyyy")?,
        Form::Time => time(value).map(|time| json!(time)).ok_or("time HH:MM")?,
        Form::Duration => duration_s(value).map(Value::from).ok_or("duration hh:mm:ss")?,
        Form::Choice(choice) => {
            let word = text(value).ok_or("one of the known words")?;
            let own = choice.iter().find(|(_, theirs)| theirs.eq_ignore_ascii_case(word.trim()));
            own.map(|(own, _)| Value::from(own.as_str())).ok_or("one of the known words")?
        }
        Form::Object(_) | Form::List(_) => return Err("value"),
    };
    Ok(Some(read))
}

/// The value as it is written to a device; `None` when the own value is of another kind.
pub(super) fn write(form: &Form, own: &Value) -> Option<Value> {
    Some(match form {
        Form::Text | Form::Texts | Form::Integer | Form::Integers | Form::Flag => own.clone(),
        Form::IntegerText => own.as_i64()?.to_string().into(),
        Form::NumberText => own.as_f64()?.to_string().into(),
        Form::FlagText => if own.as_bool()? { "1" } else { "0" }.into(),
        Form::EpochS => instant(own)?.timestamp().into(),
        Form::EpochMs => instant(own)?.timestamp_millis().into(),
        Form::LocalTime => {
            let zone = FixedOffset::east_opt(VIETNAM_S)?;
            instant(own)?.with_timezone(&zone).format("%d-%m-%Y %H:%M:%S").to_string().into()
        }
        Form::Date => own.as_str()?.parse::<NaiveDate>().ok()?.format("%d-%m-%Y").to_string().into(),
        Form::Time => own.as_str()?.parse::<NaiveTime>().ok()?.format("%H:%M").to_string().into(),
        Form::Duration => {
            let s = own.as_u64()?;
            format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60).into()
        }
        Form::Choice(choice) => choice.get(own.as_str()?)?.as_str().into(),
        Form::Object(_) | Form::List(_) => return None,
    })
}

fn instant(own: &Value) -> Option<DateTime<Utc>> {
    own.as_str()?.parse().ok()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// A list, or the single thing that stands where a list should.
fn list(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Array(all) => Some(all),
        Value::String(_) | Value::Number(_) => Some(std::slice::from_ref(value)),
        _ => None,
    }
}

/// `75`, `"75"`, `75.0`.
fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        _ => value
            .as_i64()
            .or_else(|| value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 1e15).map(|number| number as i64)),
    }
}

/// `75.5`, `"75.5"`, `"75,5"`, `"75%"`.
fn number(value: &Value) -> Option<f64> {
    let read = match value {
        Value::String(text) => {
            let text = text.trim().trim_end_matches('%').trim_end();
            let text = if text.contains('.') { text.to_owned() } else { text.replacen(',', ".", 1) };
            text.parse().ok()?
        }
        _ => value.as_f64()?,
    };
    read.is_finite().then_some(read)
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        _ => match text(value)?.trim().to_ascii_lowercase().as_str() {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            _ => None,
        },
    }
}

/// Seconds or milliseconds since 1970.
fn epoch(value: &Value) -> Option<DateTime<Utc>> {
    let number = integer(value)?;
    match number {
        MS_FROM.. => DateTime::from_timestamp_millis(number),
        0.. => DateTime::from_timestamp(number, 0),
        _ => None,
    }
}

/// `dd-mm-yyyy HH:MM[:SS]` at +07:00, slashes allowed, or RFC 3339.
fn local_time(value: &Value) -> Option<DateTime<Utc>> {
    let text = value.as_str()?.trim().replace('/', "-");
    if let Ok(at) = DateTime::parse_from_rfc3339(&text) {
        return Some(at.with_timezone(&Utc));
    }
    let formats = ["%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M:%S"];
    let local = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(&text, format).ok())?;
    let zone = FixedOffset::east_opt(VIETNAM_S)?;
    zone.from_local_datetime(&local).single().map(|at| at.with_timezone(&Utc))
}

fn date(value: &Value) -> Option<NaiveDate> {
    let text = value.as_str()?.trim().replace('/', "-");
    let is_year_first = text.find('-') == Some(4);
    NaiveDate::parse_from_str(&text, if is_year_first { "%Y-%m-%d" } else { "%d-%m-%Y" }).ok()
}

/// `HH:MM`, seconds allowed; `24:00` is none.
fn time(value: &Value) -> Option<NaiveTime> {
    let text = value.as_str()?.trim();
    ["%H:%M", "%H:%M:%S"].iter().find_map(|format| NaiveTime::parse_from_str(text, format).ok())
}

/// `hh:mm:ss`, `mm:ss`, or seconds.
fn duration_s(value: &Value) -> Option<u64> {
    let Some(text) = value.as_str().filter(|text| text.contains(':')) else {
        return integer(value).and_then(|seconds| seconds.try_into().ok());
    };
    let parts: Vec<u64> = text.trim().split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (hours, minutes, seconds) = match parts[..] {
        [hours, minutes, seconds] => (hours, minutes, seconds),
        [minutes, seconds] => (0, minutes, seconds),
        _ => return None,
    };
    let whole = (minutes < 60 && seconds < 60).then(|| hours.checked_mul(3600)?.checked_add(minutes * 60 + seconds))??;
    Duration::try_seconds(whole.try_into().ok()?).map(|_| whole)
}
