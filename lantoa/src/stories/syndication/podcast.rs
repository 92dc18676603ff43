//! A show in the form that podcast programs read.
//!
//! Scenario C-5: what a validator wants is there, whatever is in a title; an episode keeps its guid; a recording is as long as it says,
//! also when a shorter one takes its place; who has the feed already is told so; a part of a recording may be asked for.

use sea_orm::ActiveValue::Set;

use super::*;
use crate::base::new_id;
use crate::news::article;
use crate::stories::library::{bring, describe, draw, files, the_asset};
use crate::stories::news::{act, at_path, fields as article_fields};
use crate::story;

/// A recording so long, described; its page of the desk.
async fn recording(who: &Visitor<'_>, more: usize) -> String {
    let bytes = [files::mp3(), vec![0; more]].concat();
    let path = bring(who, "ban tin.mp3", &bytes).await;
    describe(who, &path, "1", &[("alt", "Lời đọc bản tin")]).await.expect(303);
    path
}

/// A second of sound after the other, 8 kHz in 8 bits.
fn wave(seconds: u32) -> Vec<u8> {
    let data = vec![128; usize::try_from(seconds * 8_000).expect("a short sound")];
    let size = u32::try_from(data.len()).expect("a short sound");
    let mut file = b"RIFF".to_vec();
    file.extend((36 + size).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data");
    file.extend(size.to_le_bytes());
    file.extend(data);
    file
}

/// An article with a recording, published; its page of the desk.
async fn episode(house: &House, cast: &Cast<'_>, title: &str, text: &str, recording: &str) -> String {
    let section = cast.section.to_string();
    let mut form = article_fields(title, &section);
    form[2].1 = text;
    form[4].1 = "audio";
    let lead = format!("http://localhost{recording}");
    form.push(("media_url", &lead));
    let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
    act(house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(house, &cast.reviewer, &path, "passing", &[]).await.expect(303);
    act(house, &cast.approver, &path, "passing", &[]).await.expect(303);
    act(house, &cast.approver, &path, "publication", &[]).await.expect(303);
    path
}

fn settings<'a>(id: &'a str, name: &'a str, cover: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("id", id),
        ("name", name),
        ("description", "Bản tin & chuyện ]]> hằng tuần"),
        ("category", "Government"),
        ("language", "vi"),
        ("owner_email", "vanthu@example.vn"),
        ("cover", cover),
        ("open", "on"),
    ]
}

story!(
    #[expect(clippy::too_many_lines, reason = "one way from end to end")]
    recordings_are_heard_in_any_program,
    |house| {
        let house = open(house);
        let cast = Cast::of(&house).await;
        let visitor = house.visitor();
        visitor.get("/podcast").await.expect(200).says("Chưa có podcast nào");
        let cover = bring(&cast.author, "bia.jpg", &files::jpeg(1500, 1500, 3)).await;
        let id = new_id().to_string();
        cast.author.get("/desk/syndication/podcasts").await.expect(403);
        cast.administrator.get("/desk/syndication/podcasts").await.expect(200).says("Chính quyền");
        let lacking = [("id", id.as_str()), ("name", ""), ("category", "x"), ("owner_email", "a b"), ("cover", "khong co")];
        let refused = cast.administrator.post("/desk/syndication/podcasts", &lacking).await.expect(422);
        refused
            .says("Hãy đặt tên cho podcast")
            .says("Hãy mô tả podcast")
            .says("Chưa đúng địa chỉ thư")
            .says("Không thấy ảnh này");
        let undescribed = settings(&id, "Chuyện của sở", &cover);
        cast.administrator.post("/desk/syndication/podcasts", &undescribed).await.expect(422).says("chưa có mô tả");
        describe(&cast.author, &cover, "1", &[]).await.expect(303);
        draw(&house).await;
        // "Chuyện của sở" typed with combining marks.
        let decomposed = "Chuye\u{302}\u{323}n của sở";
        for status in [303, 422] {
            cast.administrator.post("/desk/syndication/podcasts", &settings(&id, decomposed, &cover)).await.expect(status);
        }
        let sound = recording(&cast.author, 3_000).await;
        let text = "## 00:00 Mở đầu\n\nChào bà con.\n\n## 05:30 Hỏi & đáp\n\nHết.";
        // Typed with combining marks, too.
        let title = "Ta\u{323}\u{302}p 1: lu\u{301}a & ga\u{323}o ]]> <mo\u{31b}\u{301}i>";
        let path = episode(&house, &cast, title, text, &sound).await;
        let article = at_path(&house, &path).await;
        let feed = visitor.get("/podcast/chuyen-cua-so/rss.xml").await.expect(200);
        let (tag, size) = (feed.headers["etag"].clone(), the_asset(&house, &sound).await.size_bytes);
        let feed = feed
            .says("<title>Chuyện của sở</title>")
            .says("Bản tin &amp; chuyện ]]&gt; hằng tuần")
            .says("<title>Tập 1: lúa &amp; gạo ]]&gt; &lt;mới&gt;</title>")
            .says(&format!("<guid isPermaLink=\"false\">urn:uuid:{}</guid>", article.id))
            .says(&format!("<enclosure url=\"http://localhost{}\" length=\"{size}\" type=\"audio/mpeg\"/>", article.media_url))
            .says("<podcast:guid>")
            .says("<itunes:category text=\"Government\"/>")
            .says("<itunes:image href=\"http://localhost/tu-lieu/")
            .says("<podcast:person role=\"host\"")
            .says("rel=\"hub\"");
        assert_eq!(missing_from(&feed.text()), Vec::<String>::new(), "{}", feed.text());
        let again = Request::get("/podcast/chuyen-cua-so/rss.xml").header("if-none-match", tag.clone()).body(Body::empty());
        visitor.send(again.expect("a request")).await.expect(304);
        visitor.get(&format!("/podcast/chuyen-cua-so/{}/loi.txt", article.id)).await.expect(200).says("Chào bà con.");
        let chapters = visitor.get(&format!("/podcast/chuyen-cua-so/{}/chuong.json", article.id)).await.expect(200);
        chapters.says("\"startTime\":330").says("Hỏi & đáp");
        visitor.get(&format!("/podcast/chuyen-cua-so/{}/chuong.json", new_id())).await.expect(404);
        let page = visitor.get("/podcast/chuyen-cua-so").await.expect(200);
        page.says("<audio controls").says("podcast://localhost/podcast/chuyen-cua-so/rss.xml").says("Lời của tập này");
        visitor.get("/podcast").await.expect(200).says("Chuyện của sở");
        // A part of the sound, and more than there is.
        let part =
            |range: &str| Request::get(article.media_url.as_str()).header("range", range).body(Body::empty()).expect("a request");
        let first = visitor.send(part("bytes=0-99")).await.expect(206);
        assert_eq!(
            (first.bytes.len(), first.headers["content-range"].to_str().expect("text")),
            (100, format!("bytes 0-99/{size}").as_str())
        );
        visitor.send(part("bytes=999999-")).await.expect(416);
        // The title is corrected: the episode stays the one it was.
        corrected(&house, &cast.approver, &path, "Tập 1, tên mới").await;
        let renamed = visitor.get("/podcast/chuyen-cua-so/rss.xml").await.expect(200);
        assert_ne!(renamed.headers["etag"], tag);
        renamed.says("Tập 1, tên mới").says(&format!("urn:uuid:{}", article.id));
        // A shorter recording takes its place.
        let shorter = bring(&cast.author, "ban tin.mp3", &[files::mp3(), vec![0; 10]].concat()).await;
        describe(&cast.author, &shorter, "1", &[("alt", "Lời đọc bản tin"), ("public", "on")]).await.expect(303);
        let short = the_asset(&house, &shorter).await;
        assert!(short.size_bytes < size);
        let row = article::ActiveModel {
            id: Set(article.id),
            media_url: Set(format!("/tu-lieu/{}/ban%20tin.mp3", short.id)),
            version: Set(article.version + 10),
            ..Default::default()
        };
        article::Entity::update(row).exec(&house.app.db).await.expect("replaced");
        house.app.memory.changed();
        let feed = visitor.get("/podcast/chuyen-cua-so/rss.xml").await.expect(200);
        let feed = feed.says(&format!("length=\"{}\"", short.size_bytes)).says(&format!("urn:uuid:{}", article.id));
        assert_eq!(missing_from(&feed.text()), Vec::<String>::new());
        // Who goes on where the longer one was left is told how much there is.
        let address = format!("/tu-lieu/{}/ban%20tin.mp3", short.id);
        let part = Request::get(&address).header("range", format!("bytes={}-", size - 100)).body(Body::empty());
        let over = visitor.send(part.expect("a request")).await.expect(416);
        assert_eq!(over.headers["content-range"].to_str().expect("text"), format!("bytes */{}", short.size_bytes));
        let whole = visitor.get(&address).await.expect(200);
        assert_eq!(i64::try_from(whole.bytes.len()), Ok(short.size_bytes), "the enclosure is as long as it says");
    }
);

story!(programs_are_told_how_long_an_episode_is, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let id = new_id().to_string();
    cast.administrator.post("/desk/syndication/podcasts", &settings(&id, "Bản tin", "")).await.expect(303);
    let sound = bring(&cast.author, "ban tin.wav", &wave(75)).await;
    describe(&cast.author, &sound, "1", &[("alt", "Lời đọc bản tin")]).await.expect(303);
    assert_eq!(the_asset(&house, &sound).await.found().duration_ms, Some(75_000));
    cast.author.get(&sound).await.expect(200).says("1:15");
    episode(&house, &cast, "Tập một", "Chào bà con.", &sound).await;
    let visitor = house.visitor();
    visitor.get("/podcast/ban-tin/rss.xml").await.expect(200).says("<itunes:duration>75</itunes:duration>");
    visitor.get("/podcast/ban-tin").await.expect(200).says("1:15 · 0,6 MB");
    // Two frames of sound and nothing more: better no length than one of zero.
    let short = recording(&cast.author, 10).await;
    episode(&house, &cast, "Tập hai", "Chào bà con lần nữa.", &short).await;
    let feed = visitor.get("/podcast/ban-tin/rss.xml").await.expect(200).says("Tập hai").text();
    assert_eq!(feed.matches("<itunes:duration>").count(), 1);
});

/// What a validator of podcasts misses in a feed (RSS 2.0, and what Apple's and Podcasting 2.0's namespaces want); nothing where it is
/// valid.
fn missing_from(feed: &str) -> Vec<String> {
    let mut missing = Vec::new();
    let mut want = |part: &str, words: &[&str], place: &str| {
        missing.extend(words.iter().filter(|word| !part.contains(**word)).map(|word| format!("{word} in {place}")));
    };
    let mut parts = feed.split("<item>");
    let channel = [
        "<rss version=\"2.0\"",
        "xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"",
        "xmlns:podcast=\"https://podcastindex.org/namespace/1.0\"",
        "xmlns:atom=\"http://www.w3.org/2005/Atom\"",
        "<title>",
        "<link>http",
        "<description>",
        "<language>vi</language>",
        "<itunes:author>",
        "<itunes:category text=\"",
        "<itunes:explicit>false",
        "<itunes:image href=\"http",
        "<podcast:guid>",
        "rel=\"self\"",
    ];
    want(parts.next().unwrap_or_default(), &channel, "the channel");
    let item =
        ["<title>", "<guid isPermaLink=\"false\">", "<enclosure url=\"http", "length=\"", "type=\"audio/", "<itunes:explicit>"];
    for part in parts {
        want(part, &item, "an item");
        let date = part.split("<pubDate>").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
        if chrono::DateTime::parse_from_rfc2822(date).is_err() {
            want(part, &["a date as RFC 2822 has it"], date);
        }
    }
    if !well_formed(feed) {
        missing.push("well-formed XML".to_owned());
    }
    missing
}

/// Whether a reader of XML gets to the end.
fn well_formed(text: &str) -> bool {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

story!(a_show_is_kept_by_its_agency_and_closed, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let id = new_id().to_string();
    cast.administrator.post("/desk/syndication/podcasts", &settings(&id, "Bản tin", "")).await.expect(303);
    let path = format!("/desk/syndication/podcasts/{id}");
    cast.stranger.get(&path).await.expect(404);
    cast.author.get(&path).await.expect(200).says("rss.xml").says_not("name=\"owner_email\"");
    let mut change = settings(&id, "Bản tin tuần", "");
    change.push(("version", "1"));
    cast.author.post(&path, &change).await.expect(403);
    cast.administrator.post(&path, &change).await.expect(303);
    let mut stale = settings(&id, "Tên khác", "");
    stale.push(("version", "1"));
    cast.administrator.post(&path, &stale).await.expect(409).says("Tên khác");
    house.visitor().get("/podcast/ban-tin").await.expect(200).says("Bản tin tuần");
    let mut closed = settings(&id, "Bản tin tuần", "");
    closed.retain(|(name, _)| *name != "open");
    closed.push(("version", "2"));
    cast.administrator.post(&path, &closed).await.expect(303);
    house.visitor().get("/podcast/ban-tin").await.expect(404);
    house.visitor().get("/podcast/ban-tin/rss.xml").await.expect(404);
    assert_eq!((facts(&house, "PodcastOpened").await, facts(&house, "PodcastChanged").await), (1, 2));
});
