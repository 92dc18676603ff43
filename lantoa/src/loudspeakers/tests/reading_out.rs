//! Machines that read scripts out: an installed espeak-ng, and a speech endpoint as OpenAI has it.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::{Cast, act, at_path, begun, sounds};
use crate::base::config::Speech;
use crate::loudspeakers::bulletin::reading_out;
use crate::story;

/// Answers every request with these bytes, once each has arrived whole.
async fn speaking(status: &'static str, bytes: Vec<u8>) -> (String, JoinSet<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://127.0.0.1:{}/v1/", listener.local_addr().expect("an address").port());
    let mut serving = JoinSet::new();
    serving.spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = Vec::new();
            loop {
                let _ = stream.read_buf(&mut asked).await;
                let text = String::from_utf8_lossy(&asked).into_owned();
                if text.contains("\"input\":") && text.ends_with('}') {
                    assert!(text.starts_with("POST /v1/audio/speech ") && text.to_lowercase().contains("bearer khoa"), "{text}");
                    break;
                }
            }
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", bytes.len());
            let _ = stream.write_all(head.as_bytes()).await;
            let _ = stream.write_all(&bytes).await;
        }
    });
    (url, serving)
}

story!(a_speech_endpoint_reads_where_one_is_configured, |house| {
    let (good, _one) = speaking("200 OK", sounds::tone(6)).await;
    let (bad, _two) = speaking("500 Broken", b"{}".to_vec()).await;
    let to = |url: &str| Speech { url: url.into(), key: "khoa".into(), model: "m".into(), voice: "v".into() };
    let (first, second) = (to(&bad), to(&good));
    let house = house.configured(|config| config.loudspeakers.speech = Some(first));
    let path = {
        let cast = Cast::of(&house).await;
        let path = begun(&cast.author, "Tin", "Trời nắng đẹp.").await;
        cast.author.get(&path).await.expect(200).says("Máy đọc (dịch vụ giọng nói)");
        act(&house, &cast.author, &path, "endpoint", &[]).await.expect(422).says("Dịch vụ giọng nói không trả lời");
        path
    };
    let house = house.configured(|config| config.loudspeakers.speech = Some(second));
    let agency = crate::people::Agency::find_by_slug(&house.app.db, "xa-binh-minh-demo").await.expect("the commune");
    let author = house.someone(crate::base::Role::Officer, Some(&agency)).await;
    act(&house, &author, &path, "endpoint", &[]).await.expect(303);
    assert_eq!(at_path(&house, &path).await.sound_origin, "endpoint");
    author.get(&path).await.expect(200).says("Giọng máy");
    let house = house.configured(|config| config.loudspeakers.speech = None);
    let author = house.someone(crate::base::Role::Officer, Some(&agency)).await;
    act(&house, &author, &path, "endpoint", &[]).await.expect(422).says("Chưa thiết lập dịch vụ giọng nói");
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
