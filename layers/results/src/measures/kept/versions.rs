//! By which version of the definition closed months were counted: `6:1;12:2` is the first version up to June and the second up to December,
//! `6:;12:2` says that nobody knows it of the first half-year.

/// The version of a closed month, from 1; None where it is not known.
#[must_use]
pub fn of(text: &str, month: u32) -> Option<i32> {
    let run = |run: &str| {
        let (through, version) = run.split_once(':')?;
        (month <= through.parse::<u32>().ok()?).then(|| version.parse::<i32>().ok())
    };
    text.split(';').find_map(run).flatten()
}

/// As it is kept, of the months from January on.
#[must_use]
pub fn written(versions: impl Iterator<Item = Option<i32>>) -> String {
    let mut runs: Vec<(u32, Option<i32>)> = Vec::new();
    for (month, version) in (1_u32..).zip(versions) {
        match runs.last_mut() {
            Some((through, same)) if *same == version => *through = month,
            _ => runs.push((month, version)),
        }
    }
    let run = |(through, version): (u32, Option<i32>)| {
        format!("{through}:{}", version.map(|version| version.to_string()).unwrap_or_default())
    };
    runs.into_iter().map(run).collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_stays_so_when_more_is_closed() {
        let text = written([None, None, Some(2), Some(2), Some(10)].into_iter());
        assert_eq!(text, "2:;4:2;5:10");
        assert_eq!([1, 2, 3, 4, 5, 6].map(|month| of(&text, month)), [None, None, Some(2), Some(2), Some(10), None]);
        assert_eq!((of("", 1), written(std::iter::empty())), (None, String::new()));
        for torn in [":", "6", ";;", "x:1", "6:x"] {
            assert_eq!(of(torn, 1), None, "{torn}");
        }
    }
}
