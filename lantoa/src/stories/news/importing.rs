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

story!(the_same_article_twice_and_a_title_cut_short_are_said, |house| {
    let cast = Cast::of(&house).await;
    let long = "Bài rất dài ".repeat(40);
    let line = |id: &str, title: &str| {
        format!("{{\"external_id\":\"{id}\",\"title\":\"{title}\",\"body_text\":\"x\",\"agency\":\"SKHCN\"}}")
    };
    let file = [line("b-1", "Bài cũ"), line("b-2", &long), line("b-1", "Bài mới")].join("\n");
    let mut noted = Vec::new();
    let done = importing::run(&house.app, file.as_bytes(), |told| {
        if let Told::Noted(number, obstacle) = told {
            noted.push((number, obstacle.text(crate::web::Locale::default())));
        }
    });
    assert_eq!(done.await.expect("an import").created, 2);
    assert_eq!(noted.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [2, 3], "{noted:?}");
    assert!(noted[1].1.contains("dòng 1"), "{noted:?}");
    let visitor = house.visitor();
    visitor.get("/tin-tuc/bai-moi").await.expect(200).says("Bài mới");
    visitor.get("/tin-tuc/bai-cu").await.expect(404);
    drop(cast);
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

const EXPORT: &str = r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Cổng cũ</title>
<wp:base_site_url>https://cu.example</wp:base_site_url>
<item><title>Tin &amp; bài cũ</title><content:encoded><![CDATA[Đoạn một.

Đoạn <b>hai</b>.]]></content:encoded><excerpt:encoded><![CDATA[Tóm tắt]]></excerpt:encoded><wp:post_id>7</wp:post_id>
<wp:post_date>2020-05-04 08:30:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="post_tag" nicename="x">thẻ</category><category domain="category" nicename="tin">Tin cơ sở</category></item>
<item><title>Nháp</title><wp:post_id>8</wp:post_id><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>anh.jpg</title><wp:post_id>9</wp:post_id><wp:status>publish</wp:status><wp:post_type>attachment</wp:post_type></item>
</channel></rss>"#;

story!(an_old_portals_posts_come_in_with_their_days_and_sections, |house| {
    province::settle(&house.app).await.expect("the default province");
    let posts = || importing::wordpress::Posts::new(EXPORT.as_bytes(), "SKHCN", house.app.clock.now());
    let done = importing::write(&house.app, posts(), |_| {}).await.expect("an import");
    assert_eq!(done, Done { created: 1, ..Done::default() });
    let page = house.visitor().get("/tin-tuc/tin-bai-cu").await.expect(200).says("Tin &#38; bài cũ").says("4/5/2020 08:30");
    page.says("<p>Đoạn một.</p><p>Đoạn <strong>hai</strong>.</p>").says("Tin cơ sở").says("Tóm tắt");
    let again = importing::write(&house.app, posts(), |_| {}).await.expect("an import");
    assert_eq!(again, Done { same: 1, ..Done::default() });
    let broken = importing::wordpress::Posts::new("<rss><item><title>a</b>".as_bytes(), "SKHCN", house.app.clock.now());
    let mut wrong = 0;
    let tell = |told: Told<'_>| wrong += u32::from(matches!(told, Told::Wrong(..)));
    importing::write(&house.app, broken, tell).await.expect("an import");
    assert_eq!(wrong, 1);
});

story!(an_export_that_breaks_off_is_said_and_its_signs_by_number_are_kept, |house| {
    province::settle(&house.app).await.expect("the default province");
    let export = EXPORT.replace("Tin &amp; bài cũ", "&#8220;Xoài số&#8221; &#x2013; A &amp; B");
    let read = async |file: &str| {
        let mut wrong = Vec::new();
        let posts = importing::wordpress::Posts::new(file.as_bytes(), "SKHCN", house.app.clock.now());
        let tell = |told: Told<'_>| {
            if let Told::Wrong(_, obstacle) = told {
                wrong.push(obstacle.text(crate::web::Locale::default()));
            }
        };
        let done = importing::write(&house.app, posts, tell).await.expect("an import");
        (done, wrong)
    };
    let cut = export.replace("\n</channel></rss>", "");
    let (done, wrong) = read(&cut).await;
    assert_eq!(done, Done { created: 1, wrong: 1, ..Done::default() });
    assert!(wrong[0].contains("không thấy thẻ đóng </rss>"), "{wrong:?}");
    let (done, wrong) = read(&export).await;
    assert_eq!((done, wrong.len()), (Done { same: 1, ..Done::default() }, 0));
    let titles: Vec<String> =
        article::Entity::find().all(&house.app.db).await.expect("articles").into_iter().map(|one| one.title).collect();
    assert_eq!(titles, ["“Xoài số” – A & B"]);
    assert_eq!(read("<rss><a><a>").await.0.wrong, 1, "what is no export at all");
});

story!(a_line_in_another_encoding_or_of_a_script_alone_is_refused, |house| {
    province::settle(&house.app).await.expect("the default province");
    let mut file = b"{\"external_id\":\"c1\",\"title\":\"B\xe0i c\xf9\",\"body_text\":\"x\",\"agency\":\"SKHCN\"}\n".to_vec();
    file.extend(b"{\"external_id\":\"c2\",\"title\":\"M\",\"body_html\":\"<script>1</script>\",\"agency\":\"SKHCN\"}\n");
    let mut wrong = Vec::new();
    let done = importing::run(&house.app, file.as_slice(), |told| {
        if let Told::Wrong(number, obstacle) = told {
            wrong.push((number, obstacle.text(crate::web::Locale::default())));
        }
    })
    .await
    .expect("an import");
    assert_eq!(done, Done { wrong: 2, ..Done::default() });
    assert!(wrong[0].1.contains("không viết bằng UTF-8"), "{wrong:?}");
    assert!(wrong[1].1.contains("Thiếu nội dung"), "{wrong:?}");
});

story!(what_an_imported_article_shows_of_the_library_is_kept_there, |house| {
    use crate::stories::library::{bring, describe, draw, files};
    let cast = Cast::of(&house).await;
    let asset = bring(&cast.author, "cau.jpg", &files::jpeg(300, 200, 7)).await;
    describe(&cast.author, &asset, "1", &[]).await.expect(303);
    draw(&house).await;
    let line = |body: &str| {
        format!("{{\"external_id\":\"h-1\",\"title\":\"Bài có hình\",\"body_html\":\"{body}\",\"agency\":\"Sở Y tế\"}}")
    };
    let picture = format!("<p>Cầu</p><img src='/tu-lieu/{}/anh.jpg' alt='Cầu'>", id(&asset));
    let (done, wrong) = import(&house, &line(&picture)).await;
    assert_eq!((done.created, wrong.len()), (1, 0), "{wrong:?}");
    cast.author.get(&asset).await.expect(200).says("Bài có hình");
    let deletion = format!("/desk/library/{}/deletion", id(&asset));
    cast.author.post(&deletion, &[("why", "thử")]).await.expect(422).says("Bài có hình");
    house.visitor().get(&format!("/tu-lieu/{}/anh.jpg", id(&asset))).await.expect(200);
    // The file says it without the picture: the library lets it go.
    let (again, _) = import(&house, &line("<p>Cầu</p>")).await;
    assert_eq!(again.changed, 1);
    house.visitor().get(&format!("/tu-lieu/{}/anh.jpg", id(&asset))).await.expect(404);
    cast.author.post(&deletion, &[("why", "thử")]).await.expect(303);
});
