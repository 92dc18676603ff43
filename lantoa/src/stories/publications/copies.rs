//! The last edition that leads to an article is a copy of it; the next one that does not is none.

use super::*;
use crate::base::copies::{Stand, copies};
use crate::stories::news::{Cast as NewsCast, at_path as article_at};
use crate::story;

story!(an_edition_that_leads_to_an_article_is_found_until_the_next_one_does_not, |house| {
    let house = lawful(house);
    let news = NewsCast::of(&house).await;
    let article = news.published(&house, "Bài được dẫn").await;
    let article = article_at(&house, &article).await;
    let cast = Cast::of(&house).await;
    let text = format!("<p>Xem <a href=\"{}\">bài này</a>.</p>", article.public_path());
    let path = cast.book(&house, "Sổ tay dẫn bài", &[("Mục một", &text)]).await;
    assert!(copies(&house.app, article.id).await.expect("copies").is_empty(), "what is being written is nobody's to read");
    cast.published(&house, &path).await;
    let found = copies(&house.app, article.id).await.expect("copies");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].channel, found[0].stand, found[0].place.as_str()), ("publication", Stand::Out, "Sổ tay dẫn bài"));
    assert_eq!(found[0].proof, "Mục một");
    let section = sections(&house, &path).await.remove(0);
    cast.write(&section, "<p>Không dẫn nữa.</p>", "Bỏ liên kết").await.expect(303);
    cast.published(&house, &path).await;
    assert!(copies(&house.app, article.id).await.expect("copies").is_empty(), "the last edition leads there no more");
});
