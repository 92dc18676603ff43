//! Where readers and machines find books: the sitemap, an agency's page, what is said of the files; and how a section is heard.

use super::*;
use crate::story;

story!(books_are_in_the_sitemap_and_on_their_agencys_page, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ.")]).await;
    let visitor = house.visitor();
    visitor.get("/sitemap-an-pham.xml").await.expect(200).says("/an-pham</loc>").says_not("so-tay");
    visitor.get("/co-quan/so-y-te").await.expect(200).says_not("/an-pham/so-tay");
    cast.published(&house, &path).await;
    visitor.get("/sitemap.xml").await.expect(200).says("/sitemap-an-pham.xml</loc>").says("/sitemap-tin-tuc.xml</loc>");
    let books = visitor.get("/sitemap-an-pham.xml").await.expect(200);
    books.says("http://localhost/an-pham/so-tay</loc><lastmod>").says("http://localhost/an-pham/so-tay/lan-1</loc>");
    let page = visitor.get("/co-quan/so-y-te").await.expect(200);
    page.says("href=\"/an-pham/so-tay\"").says("href=\"/an-pham?agency=so-y-te\"");
    visitor.get("/co-quan/so-xay-dung").await.expect(200).says_not("/an-pham/so-tay");
    visitor.get("/an-pham?agency=so-y-te").await.expect(200).says("Ấn phẩm của Sở Y tế").says("/an-pham/so-tay");
    visitor.get("/an-pham?agency=so-xay-dung").await.expect(200).says("Chưa có ấn phẩm nào").says_not("/an-pham/so-tay");
    visitor.get("/an-pham?agency=khong-co").await.expect(404);
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "Nội dung đã cũ")]).await.expect(303);
    visitor.get("/sitemap-an-pham.xml").await.expect(200).says_not("so-tay");
    visitor.get("/co-quan/so-y-te").await.expect(200).says_not("/an-pham/so-tay");
});

story!(the_e_book_is_the_one_for_reading_devices, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ.")]).await;
    cast.published(&house, &path).await;
    let text = house.visitor().get("/an-pham/so-tay").await.expect(200).text();
    let data = text.split("<script type=\"application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next());
    let said: serde_json::Value = serde_json::from_str(data.expect("what machines read")).expect("JSON");
    let books = said["workExample"].as_array().expect("books");
    assert_eq!(books.len(), 1);
    assert_eq!(books[0]["bookFormat"], "https://schema.org/EBook");
    assert_eq!(books[0]["encodingFormat"], "application/epub+zip");
    let files: Vec<(&str, &str)> = said["encoding"]
        .as_array()
        .expect("files")
        .iter()
        .map(|one| (one["@type"].as_str().expect("a type"), one["encodingFormat"].as_str().expect("a format")))
        .collect();
    assert_eq!(files, [("MediaObject", "application/pdf"), ("MediaObject", "application/zip")]);
});

story!(a_5_a_section_is_heard_and_its_recording_taken_along, |house| {
    use crate::stories::library::{bring, describe, files};
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let recording = bring(&cast.author, "muc-mot.mp3", &files::mp3()).await;
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ."), ("Hai", "Chữ hai.")]).await;
    let first = sections(&house, &path).await.swap_remove(0);
    let address = format!("/desk/publications/{}/sections/{}", first.publication, first.id);
    let write = async |audio: &str| {
        let version = sections(&house, &path).await[0].version.to_string();
        let fields = [("title", "Một"), ("anchor", "mot"), ("text", "Chữ."), ("audio", audio), ("version", version.as_str())];
        cast.author.post(&address, &fields).await
    };
    // Nobody has said yet what is heard in it and whose it is: it is offered when that is there.
    cast.author.get(&address).await.expect(200).says_not(id(&recording));
    describe(&cast.author, &recording, "1", &[("title", "Mục một, đọc")]).await.expect(303);
    cast.author.get(&address).await.expect(200).says(id(&recording)).says("Mục một, đọc");
    write(&Uuid::nil().to_string()).await.expect(422).says("Không có tệp âm thanh này");
    write(id(&recording)).await.expect(303);
    cast.author.get(&format!("{path}/preview")).await.expect(200).says(&format!("src=\"{recording}/file\""));
    cast.published(&house, &path).await;
    let visitor = house.visitor();
    let heard = format!("/tu-lieu/{}/muc-mot.mp3", id(&recording));
    let page = visitor.get("/an-pham/so-tay/lan-1").await.expect(200);
    let page = page.says(&format!("src=\"{heard}\"")).says("Nghe mục “Một”").says(&format!("href=\"{heard}\" download"));
    page.says_not("Nghe mục “Hai”");
    assert_eq!(visitor.get(&heard).await.expect(200).bytes, files::mp3());
    // An edition keeps what was heard in it; without the recording there is something new to publish, and no text changed.
    write("").await.expect(303);
    cast.published(&house, &path).await;
    visitor.get("/an-pham/so-tay/lan-2").await.expect(200).says_not("<audio");
    visitor.get("/an-pham/so-tay/lan-1").await.expect(200).says(&format!("src=\"{heard}\""));
    let deletion = format!("/desk/library/{}/deletion", id(&recording));
    cast.author.post(&deletion, &[("why", "thử")]).await.expect(422).says("Sổ tay");
});
