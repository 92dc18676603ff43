//! What is found, in which order, and that quotations are the text.

use proptest::prelude::*;
use retrieval::{Change, Document, Index, Passage, Question};

fn document(id: &str, title: &str, text: &str) -> Document {
    let passages = vec![Passage { text: text.into(), ..Passage::default() }];
    Document { id: id.into(), title: title.into(), passages, ..Document::default() }
}

fn index(documents: &[(&str, &str, &str)]) -> Index {
    let index = Index::in_memory().expect("an index");
    let changes: Vec<Change> = documents.iter().map(|(id, title, text)| Change::Put(document(id, title, text))).collect();
    index.write(&changes, "1").expect("written");
    index
}

fn found(index: &Index, text: &str) -> Vec<String> {
    let question = Question { text, limit: 10, ..Question::default() };
    index.search(&question).expect("an answer").hits.into_iter().map(|hit| hit.document.id).collect()
}

fn small() -> Index {
    index(&[
        ("ban-hang", "Bán hàng", "Bán hàng trực tuyến cho hợp tác xã trồng xoài."),
        ("ban-do", "Bản đồ", "Bản đồ số của tỉnh được công bố trên cổng dữ liệu."),
        ("ban-be", "Bạn bè", "Bạn bè quốc tế đến thăm làng hoa Sa Đéc."),
        ("nghi-quyet", "Nghị quyết 57-NQ/TW", "Nghị quyết 57-NQ/TW về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo."),
        ("ke-hoach", "Kế hoạch 118/KH-UBND", "Ủy ban nhân dân tỉnh giao Sở Khoa học và Công nghệ chủ trì chuyển đổi số."),
        ("tom-tat", "Sở KH&CN họp", "Sở KH&CN họp giao ban tháng ba."),
    ])
}

#[test]
fn the_same_accents_go_first_and_none_find_all() {
    let index = small();
    assert_eq!(found(&index, "bản đồ")[0], "ban-do");
    assert_eq!(found(&index, "bán")[0], "ban-hang");
    assert_eq!(found(&index, "bạn")[0], "ban-be");
    let all = found(&index, "ban");
    assert!(["ban-hang", "ban-do", "ban-be"].iter().all(|id| all.iter().any(|found| found == id)), "{all:?}");
    assert_eq!(found(&index, "lang hoa sa dec"), ["ban-be"]);
    assert_eq!(found(&index, "langf hoa Sa DDesc")[0], "ban-be");
    assert_eq!(found(&index, "hoà Sa Đéc")[0], "ban-be");
}

#[test]
fn abbreviations_go_both_ways() {
    let index = small();
    for q in ["KHCN", "KH&CN", "Sở KHCN", "khcn", "khoa học và công nghệ"] {
        let all = found(&index, q);
        assert!(all.iter().any(|id| id == "ke-hoach") && all.iter().any(|id| id == "tom-tat"), "{q}: {all:?}");
    }
    assert_eq!(found(&index, "ĐMST"), ["nghi-quyet"]);
    assert_eq!(found(&index, "dmst"), ["nghi-quyet"]);
    assert_eq!(found(&index, "CĐS"), ["ke-hoach"]);
    assert!(found(&index, "UBND").contains(&"ke-hoach".to_owned()));
}

#[test]
fn document_numbers_match_whole_and_in_parts() {
    let index = small();
    for q in ["57-NQ/TW", "57 - NQ/TW", "57-nq/tw", "nghị quyết 57", "NQ/TW"] {
        assert_eq!(found(&index, q)[0], "nghi-quyet", "{q}");
    }
    assert_eq!(found(&index, "118/KH-UBND")[0], "ke-hoach");
    let ask = |text| index.search(&Question { text, limit: 10, ..Question::default() }).expect("an answer");
    assert_eq!(ask("theo 99/KH-UBND thì sao").unknown_numbers, ["99/KH-UBND"]);
    assert!(ask("118/KH-UBND").unknown_numbers.is_empty());
}

#[test]
fn words_in_quotation_marks_stand_together() {
    let index = small();
    assert_eq!(found(&index, "\"công nghệ chủ trì\""), ["ke-hoach"]);
    assert_eq!(found(&index, "“cong nghe chu tri”"), ["ke-hoach"]);
    assert_eq!(found(&index, "\"khoa học công nghệ\"").iter().filter(|id| *id == "ke-hoach").count(), 0);
    let apart = index.search(&Question { text: "\"nghệ công\"", limit: 10, ..Question::default() }).expect("an answer");
    assert!(apart.without_phrase && apart.shown > 0, "what comes near, and that it only comes near");
}

#[test]
fn what_is_replaced_or_removed_is_gone_at_once() {
    let index = small();
    index.write(&[Change::Put(document("ban-do", "Bản đồ", "Nội dung khác hẳn."))], "2").expect("written");
    assert!(found(&index, "cổng dữ liệu").is_empty());
    index.write(&[Change::Remove("ban-be".into())], "3").expect("written");
    assert!(!found(&index, "ban").contains(&"ban-be".to_owned()));
    assert!(index.suggest("bạn", 5).expect("suggestions").iter().all(|one| one.document.id != "ban-be"));
    assert_eq!((index.len(), index.checkpoint().expect("read").as_deref()), (5, Some("3")));
}

#[test]
fn facets_and_days_narrow() {
    let index = Index::in_memory().expect("an index");
    let put = |id: &str, kind: &str, day| {
        let facets = vec![("kind".to_owned(), kind.to_owned())];
        Change::Put(Document { facets, day: Some(day), ..document(id, "Chuyển đổi số", "Chuyển đổi số ở xã.") })
    };
    index.write(&[put("a", "article", 10), put("b", "plan", 20), put("c", "plan", 30)], "1").expect("written");
    let ask = |facets: Vec<(&'static str, Vec<&'static str>)>, from, to| {
        let question = Question { text: "chuyen doi so", facets, from, to, limit: 10, ..Question::default() };
        let answer = index.search(&question).expect("an answer");
        let mut ids: Vec<String> = answer.hits.into_iter().map(|hit| hit.document.id).collect();
        ids.sort();
        (ids.concat(), answer.total)
    };
    assert_eq!(ask(vec![], None, None), ("abc".into(), 3));
    assert_eq!(ask(vec![("kind", vec!["plan"])], None, None), ("bc".into(), 2));
    assert_eq!(ask(vec![("kind", vec!["plan", "article"])], Some(20), None), ("bc".into(), 2));
    assert_eq!(ask(vec![], Some(10), Some(20)), ("ab".into(), 2));
    assert_eq!(ask(vec![("kind", vec!["none"])], None, None), (String::new(), 0));
}

#[test]
fn suggestions_continue_what_is_typed() {
    let index = small();
    let titles = |typed: &str| -> Vec<String> {
        index.suggest(typed, 5).expect("suggestions").into_iter().map(|one| one.document.title).collect()
    };
    assert_eq!(titles("ban d"), ["Bản đồ"]);
    assert_eq!(titles("bá")[0], "Bán hàng");
    assert_eq!(titles("118"), ["Kế hoạch 118/KH-UBND"]);
    assert!(titles("zzz").is_empty() && titles("").is_empty());
}

#[test]
fn an_index_on_disk_is_there_again_and_a_broken_one_begun_anew() {
    let folder = std::env::temp_dir().join(format!("retrieval-test-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    {
        let index = Index::open(&folder).expect("opened");
        index.write(&[Change::Put(document("a", "Bản đồ", "Bản đồ số"))], "7").expect("written");
        assert!(matches!(Index::open(&folder), Err(retrieval::Error::Busy)));
    }
    {
        let index = Index::open(&folder).expect("opened");
        assert_eq!((index.len(), index.checkpoint().expect("read").as_deref()), (1, Some("7")));
    }
    std::fs::write(folder.join("2/meta.json"), b"{").expect("broken");
    // An index of an older version goes; what is no index stays.
    std::fs::create_dir(folder.join("1")).expect("an old index");
    std::fs::write(folder.join("wanted"), b"").expect("another file");
    let index = Index::open(&folder).expect("begun anew");
    assert_eq!((index.len(), index.checkpoint().expect("read")), (0, None));
    assert!(!folder.join("1").exists() && folder.join("wanted").exists());
    drop(index);
    std::fs::remove_dir_all(&folder).expect("cleared");
}

#[test]
fn what_was_written_is_found_after_a_kill() {
    let folder = std::env::temp_dir().join(format!("retrieval-kill-{}", std::process::id()));
    let killed = folder.with_extension("killed");
    [&folder, &killed].into_iter().for_each(|folder| drop(std::fs::remove_dir_all(folder)));
    let index = Index::open(&folder).expect("opened");
    for at in 0..3 {
        let checkpoint = at.to_string();
        index.write(&[Change::Put(document(&checkpoint, "Bản đồ", "Bản đồ số"))], &checkpoint).expect("written");
        // What lies on the disk as soon as a write returned is what a killed process leaves.
        let _ = std::fs::remove_dir_all(&killed);
        std::fs::create_dir_all(killed.join("2")).expect("a folder");
        for file in std::fs::read_dir(folder.join("2")).expect("listed").map(|file| file.expect("a file")) {
            std::fs::copy(file.path(), killed.join("2").join(file.file_name())).expect("copied");
        }
        let left = Index::open(&killed).expect("opened");
        assert_eq!((left.len(), left.checkpoint().expect("read")), (at + 1, Some(checkpoint)));
        assert_eq!(found(&left, "bản đồ").len() as u64, at + 1);
    }
    drop(index);
    [folder, killed].into_iter().for_each(|folder| std::fs::remove_dir_all(folder).expect("cleared"));
}

fn text() -> impl Strategy<Value = String> {
    let words = "(ban|bạn|đồ|do\u{300}|KHCN|118/KH-UBND|số|1\\.234,5|\"|“|\\.|;|\n| |\u{200b}|\u{301}|\u{0}|\u{1}|😀|ß|İ|한|ddieemr|\\PC){0,30}";
    proptest::string::string_regex(words).expect("a pattern")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn quotations_are_the_text_and_nothing_panics(texts in proptest::collection::vec((text(), text()), 1..6), asked in text()) {
        let documents: Vec<Document> = texts.iter().enumerate().map(|(at, (title, text))| document(&at.to_string(), title, text)).collect();
        let index = Index::in_memory().expect("an index");
        let changes: Vec<Change> = documents.iter().cloned().map(Change::Put).collect();
        index.write(&changes, "").expect("written");
        for text in [asked.as_str(), texts[0].1.as_str(), texts[0].0.as_str()] {
            let answer = index.search(&Question { text, limit: 10, ..Question::default() }).expect("an answer");
            prop_assert!(answer.hits.windows(2).all(|two| two[0].score >= two[1].score));
            for hit in &answer.hits {
                let whole = &documents[hit.document.id.parse::<usize>().expect("its number")];
                prop_assert_eq!(&hit.document, whole);
                let quoted = hit.quotation.text(whole);
                prop_assert!(whole.passages[0].text.contains(quoted) && hit.score.is_finite());
                for mark in &hit.quotation.marks {
                    prop_assert!(hit.quotation.bytes.start <= mark.start && mark.end <= hit.quotation.bytes.end);
                    prop_assert!(whole.passages[0].text.get(mark.clone()).is_some_and(|marked| !marked.is_empty()));
                }
                prop_assert!(hit.title_marks.iter().all(|mark| whole.title.get(mark.clone()).is_some()));
            }
            index.suggest(text, 5).expect("suggestions");
        }
    }
}
