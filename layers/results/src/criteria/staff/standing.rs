//! What a sheet comes to while not all of it was appraised, and how bonuses and penalties are numbered.

use ::scoring::Sign;

use super::lines::points;
use crate::criteria::gathering::Gathered;
use crate::criteria::set::CriteriaSet;
use crate::criteria::sheet::Sheet;
use crate::web::Locale;

/// What nobody appraised yet.
pub const NOT_YET: &str = "–";

/// The total of what was appraised; and, where that is not all, how much it is.
#[must_use]
pub fn appraised_total(l: Locale, gathered: &Gathered, set: &CriteriaSet, sheet: &Sheet) -> (String, String) {
    let none = |key: &str| (NOT_YET.to_owned(), l.t(key));
    if gathered.leaves_out(sheet) {
        return none("criteria-not-handed-in");
    }
    let (done, of) = gathered.progress(sheet);
    if !set.state.is_appraised() || (done == 0 && of > 0) {
        return none("criteria-appraised-none");
    }
    let total = gathered.set_of(sheet).ok().and_then(|tree| tree.score(&gathered.settled_inputs(sheet)).total);
    let part = if done < of { l.t2("criteria-appraised-part", "done", done, "of", of) } else { String::new() };
    (points(l, total), part)
}

/// The numbers of bonuses and penalties in their order, as what they are: `Cộng 1`, `Trừ 1`, `Trừ 2`.
#[must_use]
pub fn extra_numbers(l: Locale, extras: &[::scoring::Extra]) -> Vec<String> {
    let (mut bonuses, mut penalties) = (0, 0);
    let number = |extra: &::scoring::Extra| {
        let (key, count) = match extra.sign {
            Sign::Bonus => ("criteria-bonus-number", &mut bonuses),
            Sign::Penalty => ("criteria-penalty-number", &mut penalties),
        };
        *count += 1;
        l.t1(key, "n", *count)
    };
    extras.iter().map(number).collect()
}
