//! What somebody typed, as a part of a text in the database. `%` and `_` stand for anything there; typed, they stand for themselves.

use sea_orm::sea_query::LikeExpr;

/// SQLite knows no escape unless it is named; both engines take this one.
const ESCAPE: char = '\\';

/// The pattern of a text in which these letters stand, each for itself: `Column::Words.like(containing(&words))`.
#[must_use]
pub fn containing(typed: &str) -> LikeExpr {
    LikeExpr::new(format!("%{}%", escaped(typed))).escape(ESCAPE)
}

/// The pattern of a text that begins with these letters, each for itself.
#[must_use]
pub fn beginning(typed: &str) -> LikeExpr {
    LikeExpr::new(format!("{}%", escaped(typed))).escape(ESCAPE)
}

fn escaped(typed: &str) -> String {
    let mut literal = String::with_capacity(typed.len());
    for letter in typed.chars() {
        if matches!(letter, '%' | '_' | ESCAPE) {
            literal.push(ESCAPE);
        }
        literal.push(letter);
    }
    literal
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_would_stand_for_anything_stands_for_itself() {
        assert_eq!(escaped("dat 100% ke_hoach"), r"dat 100\% ke\_hoach");
        assert_eq!(escaped(r"a\b\%"), r"a\\b\\\%");
        assert_eq!(escaped("lúa chịu mặn"), "lúa chịu mặn");
    }
}
