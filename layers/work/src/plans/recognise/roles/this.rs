//! "giao Sở này hoàn tất hồ sơ": a body named before, told again by its kind.

use super::super::gazetteer::Gazetteer;
use super::super::parties::{Manner, list_at};
use super::super::words::{Phrases, Words, phrases};
use super::{Doers, Evidence};

/// The body that "giao Sở này", "đề nghị Ban này" charge.
pub(super) fn named_again(gazetteer: &Gazetteer, words: &Words<'_>) -> Option<Doers> {
    let orders = phrases!("giao cho|giao|yêu cầu|đề nghị|phân công");
    let kinds = phrases!("sở|ban|bộ|cục|chi cục|công ty|trung tâm|trường|viện|hội|ủy ban|đơn vị|cơ quan|xã|phường|địa phương");
    const LOOKED_AT: usize = 400;
    let place = (0..words.len().min(LOOKED_AT)).find_map(|at| {
        let kind = at + words.any(at, orders)?;
        let len = words.any(kind, kinds)?;
        words.is(kind + len, &["này", "trên"]).then_some((at, kind, kind + len + 1))
    });
    let (order, kind, end) = place?;
    let general = words.any(kind, phrases!("đơn vị|cơ quan")).is_some();
    let same = |at: &usize| general || words.key(*at) == words.key(kind);
    let told = (0..order).rev().filter(same).find_map(|at| {
        let list = list_at(gazetteer, words, at, Manner::Subject)?;
        (!list.weak && list.end <= order && list.names.len() == 1).then_some(list.names)
    })?;
    Some(Doers { names: told, end, evidence: Evidence::Stated, acts: true, supports: false, weak: false })
}
