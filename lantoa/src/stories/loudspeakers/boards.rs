//! What notice boards show: words, a picture of the library in the size of each, and that they show it no more.

use serde_json::Value;

use super::{Cast, act, at, at_path, begun, clusters, id, orders, plan, press, sound, sounds};
use crate::loudspeakers::bulletin::State;
use crate::loudspeakers::cluster::Kind as Of;
use crate::loudspeakers::order::{self, Kind, State as Stands};
use crate::stories::library::{bring, describe, draw, files, the_asset};
use crate::story;

story!(
    #[expect(clippy::too_many_lines, reason = "one picture from the library to the board")]
    a_board_shows_a_picture_in_its_size,
    |house| {
        let cast = Cast::of(&house).await;
        let station = cast.station(&house, 1).await;
        let board = clusters(&house).await.into_iter().find(|one| one.kind == Of::Board).expect("a board");
        let page = format!("/desk/loudspeakers/clusters/{}", board.id);
        let sized = |screen: &'static str| {
            [
                ("device", "8699"),
                ("name", "Bảng tin"),
                ("kind", "board"),
                ("hamlet", "Ấp 1"),
                ("version", "1"),
                ("screen", screen),
            ]
        };
        cast.administrator.post(&page, &sized("192")).await.expect(422).says("Viết như 192x96");
        cast.administrator.post(&page, &sized("192 x 96")).await.expect(303);
        cast.administrator.get(&page).await.expect(200).says("192x96").says("Màn hình");
        let file = cast.administrator.get("/desk/loudspeakers/clusters?format=csv").await.expect(200).text();
        assert!(file.contains("8699,Bảng tin,bảng,Ấp 1,70,,,192x96"), "{file}");

        // An image of the library that may be used; a sound is none.
        let image = bring(&cast.author, "mua.jpg", &files::jpeg(900, 300, 3)).await;
        draw(&house).await;
        let asset = the_asset(&house, &image).await.id.to_string();
        let draft = begun(&cast.author, "Mưa lớn", "Chiều nay có mưa lớn.").await;
        act(&house, &cast.author, &draft, "picture", &[("image", &asset)]).await.expect(422).says("Thiếu mô tả thay thế");
        describe(&cast.author, &image, "1", &[]).await.expect(303);
        let spoken = begun(&cast.author, "Có tiếng", "Chiều nay có mưa lớn.").await;
        sound(&house, &cast.author, &spoken, &sounds::tone(6)).await.expect(303);
        let sound_asset = at_path(&house, &spoken).await.sound.expect("a sound").to_string();
        act(&house, &cast.author, &draft, "picture", &[("image", &sound_asset)]).await.expect(422).says("không phải hình");
        act(&house, &cast.author, &draft, "picture", &[("image", &asset)]).await.expect(303);
        cast.author
            .get(&draft)
            .await
            .expect(200)
            .says(&format!("/desk/loudspeakers/bulletins/{}/pictures/", id(&draft)))
            .says("Đổi hình trên bảng tin");

        // Without a word and a sound it is enough to be approved; it goes to the board alone, when its minute comes.
        act(&house, &cast.author, &draft, "submission", &[]).await.expect(303);
        act(&house, &cast.approver, &draft, "approval", &[]).await.expect(303);
        plan(&cast.author, &draft, station, "05:00", &[]).await.expect(303);
        assert!(order::due_of(&house.app, board.id, 10).await.expect("the database").is_empty());
        at(&house, "03-03T05:00:00");
        let due = order::due_of(&house.app, board.id, 10).await.expect("the database");
        assert_eq!(due.len(), 1);
        let said: Value = serde_json::from_slice(&due[0].bytes).expect("JSON");
        let shown = &said["message"]["schedule"];
        assert_eq!((&shown["ScheduleType"], &shown["FullScreen"], shown.get("TextContent")), (&"4".into(), &true.into(), None));

        // What it fetches has its pixels, the whole picture in the middle: 192 by 64 of 192 by 96.
        let address =
            shown["MediaContent"].as_str().and_then(|media| media.strip_prefix("http://localhost")).expect("an address");
        assert!(address.starts_with(&format!("/api/devices/pictures/{}/192x96-", id(&draft))), "{address}");
        let answer = house.visitor().get(address).await.expect(200);
        let picture = image::load_from_memory(&answer.bytes).expect("a picture").into_rgb8();
        assert_eq!(picture.dimensions(), (192, 96));
        assert!(picture.get_pixel(96, 2).0.iter().all(|value| *value < 24), "black above it: {:?}", picture.get_pixel(96, 2));
        for other in [address.replace("192x96", "1x1"), address.replace(".jpg", ".png"), address.replace("192x96-", "192x96-0")] {
            house.visitor().get(&other).await.expect(404);
        }

        // Another picture, or none: the approval is gone, and the address with it.
        let author = house.someone(crate::base::Role::Officer, Some(&cast.commune)).await;
        act(&house, &author, &draft, "picture", &[("image", "")]).await.expect(303);
        let bulletin = at_path(&house, &draft).await;
        assert_eq!((bulletin.state, bulletin.picture), (State::Draft, None));
        house.visitor().get(address).await.expect(404);
        assert!(orders(&house, Kind::Board, Stands::Waiting).await.is_empty());
    }
);

story!(words_and_picture_go_together_and_an_emergency_ends_on_boards, |house| {
    let cast = Cast::of(&house).await;
    cast.station(&house, 1).await;
    let image = bring(&cast.author, "nuoc.jpg", &files::jpeg(320, 640, 5)).await;
    draw(&house).await;
    describe(&cast.author, &image, "1", &[]).await.expect(303);
    let asset = the_asset(&house, &image).await.id.to_string();
    let draft = begun(&cast.author, "Nước lên", "Nước lên nhanh.").await;
    let version = at_path(&house, &draft).await.version.to_string();
    let typed = [("version", version.as_str()), ("title", "Nước lên"), ("script", "Nước lên nhanh."), ("board", "Nước lên!")];
    cast.author.post(&draft, &typed).await.expect(303);
    act(&house, &cast.author, &draft, "picture", &[("image", &asset)]).await.expect(303);
    act(&house, &cast.author, &draft, "submission", &[]).await.expect(303);
    act(&house, &cast.approver, &draft, "approval", &[]).await.expect(303);
    let fields = [("all", "on"), ("sure", "on"), ("within", "45")];
    let path = format!("/desk/loudspeakers/bulletins/{}/emergency", id(&draft));
    let proposed = cast.author.post(&path, &fields).await.expect(303).location().to_owned();
    // The second person sees what boards would show, and how many.
    let page = cast.approver.get(&proposed).await.expect(200).says("Sẽ phát trên 1 cụm").says("1 bảng tin");
    let pictures = format!("/desk/loudspeakers/airings/{}/pictures/", id(&proposed));
    page.says("Nước lên!").says(&pictures).says_not("Nước lên nhanh.");
    // Who decides is often of another agency, to whom the library shows nothing of it.
    let leader = house.someone(crate::base::Role::Leader, None).await;
    leader.get(&format!("/desk/loudspeakers/airings/{}/pictures/anh.jpg", id(&proposed))).await.expect(200);
    leader.get(&format!("/desk/loudspeakers/bulletins/{}/pictures/anh.jpg", id(&draft))).await.expect(200);
    cast.stranger.get(&format!("{pictures}anh.jpg")).await.expect(404);
    press(&house, &cast.approver, &proposed, "release", "").await.expect(303);
    let told = orders(&house, Kind::Board, Stands::Waiting).await;
    let message: Value = serde_json::from_str(&told[0].payload).expect("JSON");
    let schedule = &message["schedule"];
    assert_eq!((&schedule["kind"], &schedule["text"]), (&"notice".into(), &"Nước lên!".into()));
    assert!(schedule["media"].as_str().is_some_and(|media| media.contains("/640x320-")), "a board of unknown size: {schedule}");
    assert_eq!((told[0].expires_at - told[0].due_at).num_minutes(), 45);
});
