//! The evaluation: files of both forms, judged, kept and shown.

use super::*;
use crate::assistant::evaluating::{Means, evaluate};
use crate::assistant::run::Run;
use crate::story;
use crate::web::{Lang, Locale};

/// The line of the small plan that begins so, from 1.
fn line(begins: &str) -> usize {
    crate::stories::plans::PLAN.lines().position(|line| line.contains(begins)).expect("a line") + 1
}

story!(a_run_is_judged_kept_and_shown, |house| {
    let cast = Cast::of(&house).await;
    let file = json!({ "questions": [
        { "id": "a", "question": "Ai chủ trì lập danh mục tuyến đường cần trồng cây?", "kind": "plan7",
          "answer": "Sở Xây dựng", "plan7_lines": [line("Lập danh mục")] },
        { "id": "b", "question": "Lập danh mục tuyến đường cần trồng cây hạn khi nào?", "kind": "plan7",
          "answer": "Trong năm 2027", "plan7_lines": [line("Lập danh mục")] },
        { "id": "c", "question": "Giá vàng hôm nay bao nhiêu một lượng?", "kind": "refuse_or_handover", "answer": null },
        { "id": "d", "question": "Tổ công nghệ số cộng đồng giúp gì?", "kind": "knowledge", "answer": null },
    ] });
    let bytes = file.to_string().into_bytes();
    let run = evaluate(&house.app, Locale(Lang::Vi), ("cau-hoi.json", bytes.as_slice()), &Means::Here).await.expect("a run");
    assert_eq!((run.answerable, run.answered_right, run.source_right), (2, 1, 1), "{run:?}");
    assert_eq!((run.wrongly_answered, run.wrongly_refused), (1, 0), "2027 is not what the plan says: {run:?}");
    assert_eq!((run.unanswerable, run.rightly_refused, run.open), (1, 1, 1), "{run:?}");
    let lines = b"{\"text\": \"Gia vang hom nay bao nhieu mot luong?\", \"answers\": [], \"gold\": []}\n";
    evaluate(&house.app, Locale(Lang::Vi), ("dong.jsonl", lines.as_slice()), &Means::Here).await.expect("a run");
    assert!(evaluate(&house.app, Locale(Lang::Vi), ("hong.json", b"{}".as_slice()), &Means::Here).await.is_err());
    let runs = Run::latest(&house.app.db, 10).await.expect("runs");
    assert_eq!(runs.len(), 2);
    cast.author.get("/desk/assistant/runs").await.expect(200).says("cau-hoi.json").says("50 % (1/2)").says("dong.jsonl");
    let id = runs.iter().find(|run| run.name == "cau-hoi.json").expect("the run").id;
    let page = cast.author.get(&format!("/desk/assistant/runs/{id}")).await.expect(200);
    page.says("Trả lời sai").says("Lập danh mục tuyến đường cần trồng cây hạn khi nào?");
    cast.author.get("/desk/assistant").await.expect(200).says("Lần đánh giá gần nhất");
    // What is asked here is no work for editors.
    assert_eq!(crate::assistant::gap::Gap::open_count(&house.app.db).await.expect("a count"), 0);
    assert!(cast.standing.slug.starts_with("so-khoa-hoc"));
});

story!(the_questions_about_plan_118_are_answered_right, |house| {
    let folder = std::env::var_os("LANTOA_SHARED")
        .map_or_else(|| std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")), std::path::PathBuf::from);
    let (plan, questions) = (folder.join("data/plan-118.txt"), folder.join("data/questions.json"));
    if !plan.is_file() || !questions.is_file() {
        eprintln!("skipped: plan 118 and its questions are not beside the project (LANTOA_SHARED)");
        return;
    }
    let standing = province(&house).await;
    let coordinator = house.someone(Role::Coordinator, Some(&standing)).await;
    let bytes = std::fs::read(plan).expect("the plan");
    let id = crate::stories::plans::drop_in(&coordinator, "ke-hoach-118.txt", &bytes).await;
    crate::stories::plans::confirm_all(&coordinator, id).await;
    coordinator.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(303);
    follow(&house).await;
    let bytes = std::fs::read(questions).expect("the questions");
    let run = evaluate(&house.app, Locale(Lang::Vi), ("questions.json", bytes.as_slice()), &Means::Here).await.expect("a run");
    assert_eq!((run.answered_right, run.source_right), (run.answerable, run.answerable), "{run:#?}");
    assert_eq!((run.wrongly_answered, run.wrongly_refused), (0, 0), "{run:#?}");
    assert_eq!(run.rightly_refused, run.unanswerable, "{run:#?}");
    assert!(run.answerable >= 10 && run.unanswerable >= 3, "{run:#?}");
});
