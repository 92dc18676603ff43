//! Articles from a file: idempotent, the wrong lines named, the rest in.

use super::*;
use crate::news::importing::{self, Done, Told};
use crate::story;

async fn import(house: &House, file: &str) -> (Done, Vec<(u64, String)>) {
    let mut wrong = Vec::new();
    let done = importing::run(&house.app, file.as_bytes(), |told| {
        if let Told::Wrong(number, obstacle) = told {
            wrong.push((number, obstacle.text(crate::web::Locale::default())));
        }
    })
    .await
    .expect("an import");
    (done, wrong)
}

const FILE: &str = "\u{feff}{\"external_id\":\"a-1\",\"title\":\"Bài một\",\"summary\":\"s\",\"body_text\":\"Đoạn <một>\\n\\nĐoạn hai\",\"section\":\"Khuyến nông\",\"agency\":\"SKHCN\",\"language\":\"vi\",\"published_at\":\"2026-01-05T08:00:00+07:00\"}
{\"external_id\":2,\"title\":\"Bài một\",\"body_markdown\":\"**đậm**\",\"agency\":\"Sở Y tế\",\"section\":\"khuyến nông\",\"published_at\":\"2026-01-06\"}

không phải JSON
{\"external_id\":\"a-3\",\"title\":\"Bài ba\",\"body_html\":\"<p onclick=x>Ba</p><script>1</script>\",\"agency\":\"Sở Không Có\"}
{\"external_id\":\"a-4\",\"title\":\"Bài bốn\",\"body_text\":\"x\",\"agency\":\"SKHCN\",\"language\":\"en_US\"}
{\"external_id\":\"a-5\",\"title\":\"Bài năm\",\"body_text\":\"x\",\"agency\":\"SKHCN\",\"published_at\":\"2099-01-01\"}
{\"title\":\"Không mã\",\"body_text\":\"x\",\"agency\":\"SKHCN\"}
{\"external_id\":\"a-6\",\"title\":\"Không nội dung\",\"agency\":\"SKHCN\"}
{\"external_id\":\"a-7\",\"title\":\"Bài bảy\",\"body_html\":\"<p onclick=x>Bảy</p><script>1</script>\",\"agency\":\"SKHCN\"}";

story!(a_file_goes_in_but_for_its_wrong_lines_and_twice_changes_nothing, |house| {
    let cast = Cast::of(&house).await;
    let (done, wrong) = import(&house, FILE).await;
    assert_eq!(done, Done { created: 3, wrong: 6, ..Done::default() }, "{wrong:?}");
    let numbers: Vec<u64> = wrong.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [4, 6, 7, 8, 9, 5], "the agencies are looked up with the batch");
    assert!(wrong.iter().any(|(_, words)| words.contains("Không có cơ quan “Sở Không Có”")), "{wrong:?}");
    let visitor = house.visitor();
    visitor.get("/tin-tuc/bai-mot").await.expect(200).says("Bài một");
    visitor.get("/tin-tuc/bai-bay").await.expect(200).says("<p>Bảy</p>").says_not("onclick");
    visitor.get("/chuyen-muc/khuyen-nong").await.expect(200).says("Bài một");
    let all = article::Entity::find().all(&house.app.db).await.expect("articles");
    assert_eq!(all.len(), 3);
    assert!(all.iter().any(|one| one.body == "<p>Đoạn &lt;một&gt;</p><p>Đoạn hai</p>"), "{all:?}");
    assert_eq!(Section::all(&house.app.db).await.expect("sections").len(), 3, "two are made, a name in other letters is known");
    let (again, _) = import(&house, FILE).await;
    assert_eq!((again.created, again.changed, again.same), (0, 0, 3));
    let (changed, _) = import(&house, &FILE.replace("Đoạn hai", "Đoạn ba")).await;
    assert_eq!((changed.changed, changed.same), (1, 2));
    let one = article::Entity::find().filter(article::Column::ExternalId.eq("a-1")).one(&house.app.db).await.expect("a row");
    let one = one.expect("the article");
    assert_eq!((one.revision, one.published_at.map(|at| at.to_rfc3339())), (2, Some("2026-01-05T01:00:00+00:00".into())));
    // What was taken down here does not come back.
    let coordinator = house.someone(Role::Coordinator, Some(&cast.agency)).await;
    act(&house, &coordinator, &Article::desk_path(one.id), "takedown", &[("takedown", "Yêu cầu gỡ")]).await.expect(303);
    let (kept, _) = import(&house, FILE).await;
    assert_eq!((kept.kept, kept.same), (1, 2));
    visitor.get("/tin-tuc/bai-mot").await.expect(410);
});

story!(thousands_go_in_with_few_statements, |house| {
    province::settle(&house.app).await.expect("the default province");
    let line = |n: usize| format!("{{\"external_id\":\"x{n}\",\"title\":\"Tin\",\"body_text\":\"{n}\",\"agency\":\"SKHCN\"}}\n");
    let file: String = (0..2_500).map(line).collect();
    let before = house.statements();
    let (done, _) = import(&house, &file).await;
    assert_eq!(done.created, 2_500);
    assert!(house.statements() - before < 60, "{}", house.statements() - before);
});
