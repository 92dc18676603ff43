//! Machines that read scripts out: an installed espeak-ng, and a speech endpoint as OpenAI has it.

use doubles::Trick;
use doubles::service::Serving;
use doubles::speech::Speech as Double;

use super::{Cast, act, at_path, begun};
use crate::base::config::Speech;
use crate::loudspeakers::bulletin::reading_out;
use crate::story;

story!(a_speech_endpoint_reads_where_one_is_configured, |house| {
    let mut double = Double::new("khoa");
    double.tricks.0.extend([
        Some(Trick::BrokenUndone),
        Some(Trick::DropUndone),
        Some(Trick::GarbledDone),
        Some(Trick::ErrorInside),
    ]);
    let double = Serving::start(double, 0).await.expect("a double");
    let url = format!("{}/v1/", double.base());
    let house = house.configured(|config| {
        config.loudspeakers.speech = Some(Speech { url, key: "khoa".into(), model: "m".into(), voice: "v".into() });
    });
    let cast = Cast::of(&house).await;
    let path = begun(&cast.author, "Tin", "Trời nắng đẹp.").await;
    cast.author.get(&path).await.expect(200).says("Nhờ máy đọc (dịch vụ giọng nói)");
    for _ in 0..2 {
        act(&house, &cast.author, &path, "endpoint", &[]).await.expect(422).says("Dịch vụ giọng nói không trả lời");
    }
    for _ in 0..2 {
        // A page, and an error, where a sound should be: nothing of it is taken.
        act(&house, &cast.author, &path, "endpoint", &[]).await.expect(422);
    }
    assert_eq!(at_path(&house, &path).await.sound, None);
    act(&house, &cast.author, &path, "endpoint", &[]).await.expect(303);
    assert_eq!(at_path(&house, &path).await.sound_origin, "endpoint");
    cast.author.get(&path).await.expect(200).says("Giọng máy");
});

story!(nobody_reads_where_nothing_is_configured, |house| {
    let cast = Cast::of(&house).await;
    let path = begun(&cast.author, "Tin", "Trời nắng đẹp.").await;
    act(&house, &cast.author, &path, "endpoint", &[]).await.expect(422).says("Chưa thiết lập dịch vụ giọng nói");
});

story!(espeak_reads_where_it_is_installed, |house| {
    let cast = Cast::of(&house).await;
    let words = "Bà con chú ý. Chiều nay có mưa lớn, đề nghị kiểm tra mái nhà, cửa sổ và chuồng trại trước năm giờ.";
    let path = begun(&cast.author, "Tin", words).await;
    let answer = act(&house, &cast.author, &path, "espeak", &[]).await;
    if reading_out::espeak_version().await.is_none() {
        answer.expect(422).says("chưa cài espeak-ng");
        return;
    }
    answer.expect(303);
    let bulletin = at_path(&house, &path).await;
    assert!(bulletin.sound_origin == "espeak" && bulletin.sound_ms > 5_000, "{bulletin:?}");
    cast.author.get(&path).await.expect(200).says("Máy đọc (espeak-ng)");
});
