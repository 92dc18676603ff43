//! That no sentence vanishes, whatever is done to it.

use super::*;

fn sentence(number: usize, part: Part, path: &str) -> Sentence {
    Sentence {
        key: format!("k{number}"),
        part,
        text: format!("Cơ quan {number} đã mở {number} lớp."),
        sources: vec![number],
        path: path.into(),
    }
}

fn provisions() -> Vec<Provision> {
    ["II.1", "II.2"].map(|path| Provision { path: path.into(), title: format!("Việc {path}") }).into()
}

fn narrative() -> Narrative {
    let sentences = (0..122).map(|number| match number % 3 {
        0 => sentence(number, Part::Results, "II.2"),
        1 => sentence(number, Part::Results, "II.1"),
        _ => sentence(number, Part::Difficulties, ""),
    });
    Narrative { sentences: sentences.collect(), present: 122, ..Narrative::default() }
}

fn all() -> BTreeSet<Part> {
    Part::ALL.into()
}

/// Every key in the text, in the annex, or both never.
fn hold(narrative: &Narrative, arranged: &Arranged) {
    let groups = arranged.parts.iter().flat_map(|(_, groups)| groups);
    let in_text: Vec<&str> =
        groups.flat_map(|group| &group.items).filter(|item| !item.merged).map(|item| item.id.as_str()).collect();
    let in_annex: Vec<&str> = arranged.annex.iter().map(|(_, sentence)| sentence.key.as_str()).collect();
    let mut both: Vec<&str> = in_text.iter().chain(&in_annex).copied().collect();
    both.sort_unstable();
    let mut wanted: Vec<&str> = narrative.sentences.iter().map(|sentence| sentence.key.as_str()).collect();
    wanted.sort_unstable();
    assert_eq!(both, wanted, "each sentence stands in one place");
    let counted = arranged.counted;
    assert_eq!(counted.in_text + counted.in_annex, counted.sentences);
    assert_eq!((counted.in_text, counted.in_annex), (in_text.len(), in_annex.len()));
}

#[test]
fn untouched_everything_stands_in_the_text_by_provision() {
    let narrative = narrative();
    let arranged = arrange(&narrative, &Arrangement::default(), &provisions(), &all());
    hold(&narrative, &arranged);
    assert!(arranged.annex.is_empty());
    let paths: Vec<&str> = arranged.groups(Part::Results).iter().map(|group| group.path.as_str()).collect();
    assert_eq!(paths, ["II.1", "II.2"], "in the order of the plan");
    assert_eq!(arranged.groups(Part::Results)[0].title, "Việc II.1");
}

#[test]
fn what_is_moved_merged_or_left_is_still_there() {
    let narrative = narrative();
    let merged =
        Merged {
            id: "m1".into(), keys: vec!["k0".into(), "k3".into()], text: "Hai cơ quan mở lớp.".into(), ..Merged::default()
        };
    let arrangement = Arrangement {
        moved: BTreeMap::from([("k1".into(), ANNEX.into()), ("k4".into(), "II.2".into()), ("k2".into(), GENERAL.into())]),
        merged: vec![merged],
        ..Arrangement::default()
    };
    let arranged = arrange(&narrative, &arrangement, &provisions(), &all());
    hold(&narrative, &arranged);
    assert_eq!((arranged.counted.in_annex, arranged.counted.merged), (3, 1));
    let second = &arranged.groups(Part::Results)[1];
    assert!(second.items.iter().any(|item| item.id == "k4"));
    let one = second.items.iter().find(|item| item.merged).expect("it");
    assert_eq!(one.sources, [0, 3], "with the marks of all");
}

#[test]
fn words_of_a_machine_wait_for_a_person() {
    let narrative = narrative();
    let merged = Merged { id: "m".into(), keys: vec!["k0".into()], text: "Gọn.".into(), machine: true, confirmed_by: None };
    let waiting = Arrangement { merged: vec![merged.clone()], ..Arrangement::default() };
    let arranged = arrange(&narrative, &waiting, &provisions(), &all());
    assert_eq!((arranged.counted.merged, arranged.counted.in_annex), (0, 0), "until then the words of the agency stand");
    let taken = Arrangement { merged: vec![Merged { confirmed_by: Some(Uuid::nil()), ..merged }], ..Arrangement::default() };
    let arranged = arrange(&narrative, &taken, &provisions(), &all());
    hold(&narrative, &arranged);
    assert_eq!((arranged.counted.merged, arranged.counted.in_annex), (1, 1));
}

#[test]
fn a_part_without_room_goes_to_the_annex() {
    let narrative = narrative();
    let arranged = arrange(&narrative, &Arrangement::default(), &provisions(), &BTreeSet::from([Part::Results]));
    hold(&narrative, &arranged);
    assert!(arranged.annex.iter().all(|(why, sentence)| *why == Why::Homeless && sentence.part == Part::Difficulties));
    assert_eq!(arranged.counted.in_annex, 40);
}
