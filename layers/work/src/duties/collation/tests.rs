//! Nothing is lost: pure tests of putting texts together.

use super::*;

fn source(place: usize) -> Source {
    Source {
        agency: format!("Cơ quan {place}"),
        kind: Some(if place.is_multiple_of(2) { Kind::Commune } else { Kind::Department }),
        version: 1,
        on: "18/6/2026".into(),
        href: format!("/desk/duties/{place}"),
        returned: false,
    }
}

/// Scenario b26: 122 texts, every sentence of every answer stands in the province's text once and verbatim.
#[test]
fn every_sentence_of_122_texts_stands_once_and_verbatim() {
    let own = |place: usize| {
        [
            format!("Cơ quan {place} đã mở {} lớp; kết quả <b>tốt</b> & \"đúng hạn\".", place + 3),
            format!("Đã phát {} bản tin, đạt 1.{place:03} lượt nghe.", place * 7),
            format!("- Vướng mắc riêng của nơi {place}."),
            format!("Bổ sung {place} triệu đồng."),
        ]
    };
    let text = |place: usize| {
        let [one, two, three, four] = own(place);
        format!("{one}\r\n{two}\n\nKhó khăn, vướng mắc:\n{three}\nThiếu kinh phí.\n2. Đề xuất, kiến nghị\n{four}")
    };
    let whole = collate((0..122).map(|place| (source(place), vec![(Section::Results, text(place))], false)).collect());
    let items: Vec<(Section, &Item)> = whole
        .sections
        .iter()
        .flat_map(|(section, groups)| groups.iter().flat_map(move |group| group.items.iter().map(move |item| (*section, item))))
        .collect();
    let sections = [Section::Results, Section::Results, Section::Difficulties, Section::Proposals];
    for place in 0..122 {
        for (words, section) in own(place).iter().zip(sections) {
            let found: Vec<_> = items.iter().filter(|(_, item)| item.text == *words).collect();
            assert_eq!(found.len(), 1, "{words}");
            assert_eq!((found[0].0, found[0].1.sources.as_slice()), (section, [place].as_slice()));
        }
    }
    let shared: Vec<_> = items.iter().filter(|(_, item)| item.text == "Thiếu kinh phí.").collect();
    assert_eq!(shared.len(), 1, "what all wrote stands once");
    assert_eq!(shared[0].1.sources, (0..122).collect::<Vec<_>>(), "with all its sources");
    assert_eq!(items.len(), 122 * 4 + 3, "nothing was made up: the rest is what all wrote, with two headings");
}

#[test]
fn nothing_to_report_and_files_alone_stand_apart() {
    let texts = vec![
        (source(0), vec![(Section::Results, "Không có hoạt động trong kỳ.".into())], true),
        (source(1), vec![(Section::Results, String::new())], false),
        (source(2), vec![(Section::Results, "Đã làm.\nĐã làm.".into()), (Section::Proposals, "Thêm máy.".into())], false),
    ];
    let whole = collate(texts);
    assert_eq!(whole.nothing, [Item { text: "Không có hoạt động trong kỳ.".into(), sources: vec![0] }]);
    assert_eq!(whole.wordless, [1]);
    assert_eq!(whole.sections[0].1[0].items, [Item { text: "Đã làm.".into(), sources: vec![2] }]);
    assert_eq!(whole.sections[1].0, Section::Proposals, "a field of a form stands where its label says");
}

#[test]
fn what_says_a_figure_is_never_put_together_over_agencies() {
    let said = "Đã đăng, phát 11 tin, bài.\nThiếu loa.\n1. Kiến nghị";
    let whole = collate((0..8).map(|place| (source(place), vec![(Section::Results, said.to_owned())], false)).collect());
    let items: Vec<&Item> = whole.sections.iter().flat_map(|(_, groups)| groups).flat_map(|group| &group.items).collect();
    let of =
        |words: &str| items.iter().filter(|item| item.text.contains(words)).map(|item| item.sources.len()).collect::<Vec<_>>();
    assert_eq!(of("11 tin"), [1; 8], "eight agencies, eight times eleven");
    assert_eq!((of("Thiếu loa."), of("Kiến nghị")), (vec![8], vec![8]), "words alone, and the mark of a list is no figure");
}
