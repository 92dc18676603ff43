//! How columns share the width of a page. Lengths in twentieths of a point.

/// What a column asks for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Column {
    /// Its longest word with the edges of its cell.
    pub word: usize,
    /// Its longest text, as far as a line goes.
    pub text: usize,
    pub is_figures: bool,
}

/// `1.234,5`, `62%`, `≥ 90`, `dưới 1%`, `3/4`, a dash, or nothing; not a day.
pub(crate) fn is_figure_or_gap(text: &str) -> bool {
    let text = text.strip_prefix("dưới ").or_else(|| text.strip_prefix("less than ")).unwrap_or(text);
    let text = text.trim_start_matches(['≥', '≤', '>', '<', '=']);
    text.matches('/').count() < 2 && text.chars().all(|letter| letter.is_ascii_digit() || " .,%/–-".contains(letter))
}

/// The widths of columns that share `whole`: each has room for its longest word, and what is left goes to those that say more.
/// Where the first names the row (`named`) and there are many, it has a third, or what long figures leave of it.
pub(crate) fn widths(whole: usize, columns: &[Column], named: bool) -> Vec<usize> {
    let needed = |columns: &[Column]| columns.iter().map(|column| column.word).sum::<usize>();
    let mut widths = Vec::new();
    let mut shared = columns;
    if let ([first, others @ ..], true) = (columns, named && columns.len() > 4) {
        let third = whole / 3;
        widths.push(third.min(whole.saturating_sub(needed(others))).max(first.word.min(third)));
        shared = others;
    }
    let room = whole - widths.iter().sum::<usize>();
    let needed = needed(shared);
    let all_wanted = shared.iter().map(|column| column.text).sum::<usize>().max(1);
    let width = |column: &Column| match room.checked_sub(needed) {
        Some(spare) => column.word + spare * column.text / all_wanted,
        None => room * column.word / needed,
    };
    widths.extend(shared.iter().map(width));
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_column_gives_way_to_long_figures() {
        let name = Column { word: 1_130, text: 6_000, is_figures: false };
        let money = Column { word: 1_880, text: 1_650, is_figures: true };
        let shared = widths(14_286, &[name, money, money, money, money, money, money], true);
        assert!(shared.iter().sum::<usize>() <= 14_286, "{shared:?}");
        assert!(shared[1..].iter().all(|width| *width >= money.word), "no number is broken: {shared:?}");
        assert!(shared[0] >= name.word, "{shared:?}");
    }

    #[test]
    fn columns_that_need_more_than_there_is_share_it() {
        let column = Column { word: 4_730, text: 4_500, is_figures: false };
        let shared = widths(9_354, &[column; 4], true);
        assert!(shared.len() == 4 && shared.iter().sum::<usize>() <= 9_354, "{shared:?}");
        assert_eq!(widths(9_354, &[], false), Vec::<usize>::new());
    }
}
