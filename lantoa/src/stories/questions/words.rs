//! Every word that is put together at run time is there, in both languages; the demo is there, and says that it is one.

use sea_orm::Iterable;

use super::*;
use crate::questions::question::{Channel, State};
use crate::questions::{denunciation, entry, listing, seeding};
use crate::story;
use crate::web::{Lang, Locale};

#[test]
fn states_channels_lines_and_views_have_words() {
    let keys = State::iter()
        .map(State::key)
        .chain(Channel::iter().map(Channel::key))
        .chain(entry::Kind::iter().map(entry::Kind::key))
        .chain(denunciation::State::iter().map(denunciation::State::key))
        .chain(denunciation::entry::Kind::iter().map(denunciation::entry::Kind::key))
        .chain(listing::View::ALL.into_iter().map(|view| format!("questions-view-{}", view.code())));
    for key in keys {
        for l in [Locale(Lang::Vi), Locale(Lang::En)] {
            let words = l.with(&key, &[("to", "một".into()), ("count", "1".into())]);
            assert!(!words.contains("nknown localization") && !words.contains('{'), "{key}: {words}");
        }
    }
}

story!(the_demo_has_questions_at_each_point_of_their_way, |house| {
    let cast = Cast::of(&house).await;
    for _ in 0..2 {
        seeding::settle(&house.app).await.expect("the demo");
    }
    let all = question::Entity::find().all(&house.app.db).await.expect("rows");
    assert_eq!((all.len(), all.iter().filter(|one| one.shown).count()), (4, 2));
    assert!(all.iter().all(|one| one.demo && one.title.contains("(Minh họa)")), "{all:?}");
    house.visitor().get("/hoi-dap/cau-hoi").await.expect(200).says("Minh họa");
    cast.coordinator.get("/desk/questions?view=all").await.expect(200).says("Minh họa");
});
