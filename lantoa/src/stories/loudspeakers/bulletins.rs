//! A bulletin's way to the air: words with their doubts, a sound that is looked into, somebody else who listens. Scenario C-4: three
//! hours, silence, a wrong sample rate, a text that nobody approved.

use super::{Cast, act, airings, at_path, begun, facts, id, notified, plan, sound, sounds};
use crate::loudspeakers::bulletin::State;
use crate::story;

story!(a_bulletin_is_written_doubted_and_sounded, |house| {
    let cast = Cast::of(&house).await;
    let author = &cast.author;
    author.get("/desk/loudspeakers/bulletins").await.expect(200).says("Chưa có bản tin nào");
    author.get("/desk/loudspeakers/bulletins/new").await.expect(200).says("Nội dung");
    author.post("/desk/loudspeakers/bulletins", &[("title", ""), ("text", " ")]).await.expect(422).says("Hãy điền tiêu đề");
    let path = begun(author, "Tin sáng", "UBND xã họp ngày 5/6/2026 về KHCN và ZXQ.").await;
    let bulletin = at_path(&house, &path).await;
    assert!(bulletin.script.contains("Ủy ban nhân dân xã họp, ngày mùng năm tháng sáu"), "{}", bulletin.script);
    assert!(bulletin.script.contains("khoa học và công nghệ"), "{}", bulletin.script);
    assert_eq!(bulletin.doubts().iter().map(|one| one.written.as_str()).collect::<Vec<_>>(), ["ZXQ"]);
    let page = format!("/desk/loudspeakers/bulletins/{}", id(&path));
    author.get(&page).await.expect(200).says("Chỗ nghi ngờ: còn 1").says("ZXQ").says("Gửi duyệt");
    cast.stranger.get(&path).await.expect(404);
    author.get("/desk/loudspeakers/bulletins?show=draft").await.expect(200).says("Tin sáng").says("1 chỗ nghi ngờ");

    // The doubt is settled, for the whole agency, and the next bulletin knows.
    let settle = [("at", "0"), ("said", "khu dân cư mới"), ("keep", "on")];
    act(&house, author, &path, "doubt", &settle).await.expect(303);
    assert!(at_path(&house, &path).await.script.contains("và khu dân cư mới"), "{}", at_path(&house, &path).await.script);
    let next = begun(author, "Tin trưa", "Đường vào ZXQ đã thông.").await;
    let next = at_path(&house, &next).await;
    assert!(next.script.contains("khu dân cư mới") && next.doubts().is_empty(), "{}", next.script);

    // Sounds that may not go on air are refused with the reason, and noted.
    for (bytes, words) in [
        (sounds::three_hours(), "Âm thanh dài 181 phút"),
        (sounds::silence(6), "Bản ghi không có tiếng"),
        (sounds::tone_at(11_025, 6), "Tần số lấy mẫu 11025 Hz"),
        (sounds::tone(2), "chỉ dài 2 giây"),
        (b"no sound at all".to_vec(), "không"),
    ] {
        sound(&house, author, &path, &bytes).await.expect(422).says(words);
    }
    assert_eq!(facts(&house, id(&path), "BulletinSoundRefused").await, 4);
    assert_eq!(at_path(&house, &path).await.sound, None);
    sound(&house, author, &path, &sounds::tone(6)).await.expect(303);
    let bulletin = at_path(&house, &path).await;
    assert_eq!((bulletin.duration_s(), bulletin.sound_origin.as_str()), (6, "recorded"));
    author.get(&path).await.expect(200).says("<audio controls").says("Giọng người ghi âm");

    // Words that change after the sound: it says something else now, until a person says that it does not.
    let version = bulletin.version.to_string();
    let typed = [("version", version.as_str()), ("title", "Tin sáng"), ("script", "Lời khác."), ("board", "Họp lúc 8 giờ")];
    author.post(&path, &typed).await.expect(303);
    author.post(&path, &typed).await.expect(409).says("Lời khác.");
    author.get(&path).await.expect(200).says("Lời đã sửa sau khi có âm thanh");
    act(&house, author, &path, "sound-fits", &[]).await.expect(303);
    assert!(!at_path(&house, &path).await.is_sound_stale());
    // The same sound can be taken from the library.
    let asset = bulletin.sound.expect("a sound").to_string();
    act(&house, author, &path, "sound", &[("asset", &asset)]).await.expect(303);
    act(&house, author, &path, "sound", &[("asset", "x")]).await.expect(422).says("Hãy chọn một âm thanh");
    act(&house, author, &path, "script", &[]).await.expect(303);
    assert!(at_path(&house, &path).await.script.contains("Ủy ban nhân dân"));
});

story!(somebody_else_listens_and_approves, |house| {
    let cast = Cast::of(&house).await;
    let station = cast.station(&house, 1).await;
    let path = begun(&cast.author, "Tin sáng", "Trời nắng.").await;
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    assert_eq!(notified(&house, &cast.approver, "notice-bulletin-waits").await, 1);
    cast.approver.get("/desk").await.expect(200).says("1 bản tin truyền thanh chờ duyệt");
    act(&house, &cast.approver, &path, "approval", &[("listened", "on")]).await.expect(422).says("Chưa có âm thanh");
    act(&house, &cast.approver, &path, "return", &[]).await.expect(422);
    act(&house, &cast.approver, &path, "return", &[("why", "Thiếu âm thanh")]).await.expect(303);
    sound(&house, &cast.author, &path, &sounds::tone(6)).await.expect(303);
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.author, &path, "recall", &[]).await.expect(303);
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.author, &path, "approval", &[("listened", "on")]).await.expect(403);
    plan(&cast.author, &path, station, "05:00", &[]).await.expect(422).says("chưa được duyệt");
    act(&house, &cast.approver, &path, "approval", &[]).await.expect(422).says("Hãy nghe hết bản tin");
    act(&house, &cast.approver, &path, "approval", &[("listened", "on")]).await.expect(303);
    act(&house, &cast.approver, &path, "approval", &[("listened", "on")]).await.expect(409);
    let bulletin = at_path(&house, &path).await;
    assert!(bulletin.is_ready());
    // Devices fetch the sound without a password, from now on.
    let sound_path = format!("/tu-lieu/{}/am-thanh", bulletin.sound.expect("a sound"));
    house.visitor().get(&sound_path).await.expect(200);

    // An approver who wrote some of it does not approve it.
    let own = begun(&cast.approver, "Của người duyệt", "Trời mưa.").await;
    sound(&house, &cast.approver, &own, &sounds::tone(6)).await.expect(303);
    act(&house, &cast.approver, &own, "submission", &[]).await.expect(303);
    act(&house, &cast.approver, &own, "approval", &[("listened", "on")]).await.expect(422).says("người khác phải duyệt");
    assert_eq!(facts(&house, id(&own), "OwnApprovalRefused").await, 1);

    // What changes takes the approval away, and what waits with it.
    plan(&cast.author, &path, station, "05:00", &[]).await.expect(303);
    let version = at_path(&house, &path).await.version.to_string();
    let typed = [("version", version.as_str()), ("title", "Tin sáng"), ("script", "Khác hẳn."), ("board", "")];
    cast.author.post(&path, &typed).await.expect(303);
    let bulletin = at_path(&house, &path).await;
    assert_eq!((bulletin.state, bulletin.is_ready()), (State::Draft, false));
    assert_eq!(facts(&house, id(&path), "BulletinVoided").await, 1);
    let stopped = &airings(&house).await[0];
    assert_eq!(stopped.state, crate::loudspeakers::airing::State::Stopped);
    assert!(stopped.notice.contains("sửa sau khi duyệt"), "{}", stopped.notice);
});
