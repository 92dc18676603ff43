//! What who denounced wrote more, until it was read: by whoever has taken it up, and by the first of the cleared who opens it where that one
//! is cleared no more.

use std::collections::{HashMap, HashSet};

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};

use super::entry::{self, Kind};
use super::{Column, Entity, State, reader};

/// Whose it is, and whether something was added that they have not read.
#[derive(Clone, Copy, Default)]
struct Taken {
    holder: Option<Uuid>,
    added: bool,
}

/// Those that were added to and wait for that person to read it: two statements.
///
/// # Errors
/// The database failed.
pub async fn unread(on: &impl ConnectionTrait, person: Uuid) -> Result<HashSet<Uuid>, DbErr> {
    let taken = Entity::find().select_only().column(Column::Id).filter(Column::State.eq(State::Taken));
    let lines = entry::Entity::find()
        .select_only()
        .columns([entry::Column::Denunciation, entry::Column::Kind, entry::Column::Person])
        .filter(entry::Column::Denunciation.in_subquery(taken.into_query()))
        .order_by_asc(entry::Column::At)
        .order_by_asc(entry::Column::Id);
    let lines: Vec<(Uuid, Kind, Option<Uuid>)> = lines.into_tuple().all(on).await?;
    let cleared: HashSet<Uuid> = reader::all(on).await?.into_iter().map(|one| one.person).collect();
    Ok(waiting(&lines, &cleared, person))
}

/// Pure: the lines of what was taken up, first one first.
fn waiting(lines: &[(Uuid, Kind, Option<Uuid>)], cleared: &HashSet<Uuid>, person: Uuid) -> HashSet<Uuid> {
    let mut all: HashMap<Uuid, Taken> = HashMap::new();
    let has = |one: &Taken| one.holder.filter(|holder| cleared.contains(holder));
    for (id, kind, by) in lines {
        let one = all.entry(*id).or_default();
        match kind {
            // What is done is done with the version that was read: nothing of it is new any more.
            Kind::Taken | Kind::Replied => *one = Taken { holder: *by, added: false },
            Kind::Added => one.added = true,
            Kind::Opened if has(one).is_none() || one.holder == *by => one.added = false,
            _ => {}
        }
    }
    let is_for = |one: &Taken| one.added && has(one).is_none_or(|holder| holder == person);
    all.into_iter().filter(|(_, one)| is_for(one)).map(|(id, _)| id).collect()
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn what_is_added_waits_for_whoever_has_it_until_they_open_it() {
        let (one, holder, other) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let (both, left) = (HashSet::from([holder, other]), HashSet::from([other]));
        let mut lines = vec![(one, Kind::Received, None), (one, Kind::Opened, Some(holder)), (one, Kind::Taken, Some(holder))];
        assert!(waiting(&lines, &both, holder).is_empty());
        lines.push((one, Kind::Added, None));
        lines.push((one, Kind::Opened, Some(other)));
        assert_eq!(waiting(&lines, &both, holder), HashSet::from([one]), "another reader takes nothing off the list");
        assert!(waiting(&lines, &both, other).is_empty(), "it is not theirs");
        assert!(waiting(&lines, &left, other).is_empty(), "who has it is cleared no more, and another has read it");
        lines.push((one, Kind::Added, None));
        assert_eq!(waiting(&lines, &left, other), HashSet::from([one]));
        lines.push((one, Kind::Opened, Some(holder)));
        assert!(waiting(&lines, &both, holder).is_empty());
    }
}
