//! Answers: written by one, let out by another where the agency wants it; published; the same for all who asked the same.

use super::*;
use crate::base::installation_key::InstallationKey;
use crate::base::mail;
use crate::questions::searched;
use crate::story;

fn posted(house: House) -> House {
    let smtp = crate::base::config::Smtp { url: "smtp://127.0.0.1:1".into(), from: "Hỏi đáp <hoi@lantoa.test>".into() };
    house.configured(|config| config.smtp = Some(smtp))
}

story!(who_wrote_an_answer_does_not_approve_it, |house| {
    let cast = Cast::of(&house).await;
    let approver = house.someone(Role::Approver, Some(&cast.builders)).await;
    let code = asked(&house, &cast.citizen, TEXT).await;
    routed(&house, &cast, &code, &cast.builders).await;
    let row = of_code(&house, &code).await;
    let desk = Question::desk_path(row.id);
    press(&house, &cast.builder, &code, "answer", &[]).await.expect(422).says("Hãy viết nội dung trả lời");
    press(&house, &cast.builder, &code, "draft", &[("answer", "Bản nháp")]).await.expect(303);
    cast.builder.get(&desk).await.expect(200).says("Bản nháp").says("Trình duyệt");
    press(&house, &cast.builder, &code, "answer", &[("answer", "Lớp mở thứ Bảy"), ("shows", "on")]).await.expect(303);
    assert_eq!(of_code(&house, &code).await.state, question::State::Open, "it waits");
    cast.builder.get(&desk).await.expect(200).says("người viết không tự duyệt").says_not("Duyệt và gửi");
    press(&house, &cast.builder, &code, "approval", &[]).await.expect(403);
    approver.get("/desk").await.expect(200).says("1 câu trả lời chờ bạn duyệt");
    approver.get("/desk/questions?view=approving").await.expect(200).says("kỹ năng số");
    press(&house, &approver, &code, "return", &[("return", "Ghi rõ địa điểm")]).await.expect(303);
    cast.builder.get(&desk).await.expect(200).says("Ghi rõ địa điểm");
    press(&house, &cast.builder, &code, "answer", &[("answer", "Lớp mở thứ Bảy tại nhà văn hóa"), ("shows", "on")])
        .await
        .expect(303);
    press(&house, &approver, &code, "approval", &[]).await.expect(303);
    let row = of_code(&house, &code).await;
    assert_eq!((row.state, row.in_time, row.due_at), (question::State::Answered, Some(true), None), "the clock stops");
    house
        .visitor()
        .get(&format!("/hoi-dap/theo-doi/{code}"))
        .await
        .expect(200)
        .says("tại nhà văn hóa")
        .says_not("Ghi rõ địa điểm");
    house.visitor().get(&row.public_path()).await.expect(200).says("tại nhà văn hóa").says("Sở Xây dựng");
});

story!(what_waits_for_an_approver_waits_for_nobody_once_the_question_is_over, |house| {
    let cast = Cast::of(&house).await;
    let approver = house.someone(Role::Approver, Some(&cast.builders)).await;
    let code = asked(&house, &cast.citizen, TEXT).await;
    routed(&house, &cast, &code, &cast.builders).await;
    press(&house, &cast.builder, &code, "answer", &[("answer", "Lớp mở thứ Bảy"), ("shows", "on")]).await.expect(303);
    approver.get("/desk").await.expect(200).says("1 câu trả lời chờ bạn duyệt");
    cast.citizen.post(&format!("/hoi-dap/theo-doi/{code}/rut"), &[("rut", "")]).await.expect(303);
    approver.get("/desk").await.expect(200).says_not("câu trả lời chờ bạn duyệt");
    approver.get("/desk/questions?view=approving").await.expect(200).says_not("kỹ năng số");
    let desk = Question::desk_path(of_code(&house, &code).await.id);
    cast.builder.get(&desk).await.expect(200).says("Người hỏi đã rút").says_not("Chờ duyệt câu trả lời");
});

story!(an_answer_is_published_found_counted_and_taken_back, |house| {
    let cast = Cast::of(&house).await;
    house.visitor().get("/hoi-dap/cau-hoi").await.expect(200).says("Chưa có câu hỏi nào được công bố");
    let code = answered(&house, &cast, TEXT).await;
    let row = of_code(&house, &code).await;
    let public = row.public_path();
    let visitor = house.visitor();
    visitor.get("/hoi-dap/cau-hoi").await.expect(200).says("kỹ năng số").says(&public).says("Sở Xây dựng");
    visitor.get("/hoi-dap/cau-hoi?agency=so-tai-chinh").await.expect(200).says("Không có câu hỏi nào khớp");
    visitor.get("/hoi-dap/cau-hoi.csv").await.expect(200).says("Sở Xây dựng").says(",1,1,1,0,");
    visitor.get("/sitemap-hoi-dap.xml").await.expect(200).says(&public);
    visitor.get("/").await.expect(200).says(&public);
    visitor.get("/hoi-dap/cau-hoi/khong-co").await.expect(404);
    let found = (searched::FEED.public)(&house.app, vec![row.id]).await.expect("documents");
    assert_eq!((found.len(), found[0].kind, found[0].url.as_str()), (1, "question", public.as_str()));
    assert_eq!(found[0].passages[0].text, "Lớp mở sáng thứ Bảy tại nhà văn hóa.");
    press(&house, &cast.builder, &code, "hiding", &[]).await.expect(422);
    press(&house, &cast.builder, &code, "hiding", &[("hiding", "Cần sửa")]).await.expect(303);
    visitor.get(&public).await.expect(404);
    assert!((searched::FEED.public)(&house.app, vec![row.id]).await.expect("documents").is_empty());
    press(&house, &cast.builder, &code, "publication", &[]).await.expect(303);
    visitor.get(&public).await.expect(200);
});

story!(who_wants_no_publication_is_not_published, |house| {
    let cast = Cast::of(&house).await;
    let code = code_on(&send(&house, &cast.citizen, &[("question", TEXT), ("in_private", "on")]).await.expect(200));
    routed(&house, &cast, &code, &cast.builders).await;
    press(&house, &cast.builder, &code, "answer", &[("answer", "Thứ Bảy"), ("shows", "on")]).await.expect(303);
    assert_eq!(of_code(&house, &code).await.slug, None);
    press(&house, &cast.builder, &code, "publication", &[]).await.expect(403);
    house.visitor().get(&format!("/hoi-dap/theo-doi/{code}")).await.expect(200).says("Thứ Bảy");
    let form = format!("/desk/assistant/answers/new?question={}", of_code(&house, &code).await.id);
    cast.builder.get(&form).await.expect(200).says("Thứ Bảy").says_not("kỹ năng số");
});

story!(duplicates_are_joined_and_all_who_asked_are_told, |house| {
    let house = posted(house);
    let cast = Cast::of(&house).await;
    let first = send(&house, &cast.citizen, &[("question", TEXT), ("email", "mot@thu.vn")]).await.expect(200);
    let like = "Xã mở lớp kỹ năng số cho người lớn tuổi khi nào ạ?";
    let second = send(&house, &cast.citizen, &[("question", like), ("email", "hai@thu.vn")]).await.expect(200);
    let (first, second) = (code_on(&first), code_on(&second));
    let main = of_code(&house, &first).await;
    let desk = Question::desk_path(of_code(&house, &second).await.id);
    cast.coordinator.get(&desk).await.expect(200).says("Câu hỏi gần giống").says(&main.title);
    let to = main.id.to_string();
    press(&house, &cast.coordinator, &second, "joining", &[("to", &to)]).await.expect(303);
    cast.coordinator.get(&desk).await.expect(200).says("Đã gộp");
    press(&house, &cast.coordinator, &second, "parting", &[]).await.expect(303);
    press(&house, &cast.coordinator, &second, "joining", &[("to", &to)]).await.expect(303);
    let itself = main.id.to_string();
    press(&house, &cast.coordinator, &first, "joining", &[("to", &itself)]).await.expect(422).says("chính nó");
    routed(&house, &cast, &first, &cast.builders).await;
    press(&house, &cast.builder, &first, "answer", &[("answer", "Thứ Bảy tại nhà văn hóa"), ("shows", "on")]).await.expect(303);
    let letters =
        mail::Entity::find().filter(mail::Column::Topic.eq("question-answered")).all(&house.app.db).await.expect("letters");
    let mut told: Vec<&str> = letters.iter().map(|one| one.recipient.as_str()).collect();
    told.sort_unstable();
    assert_eq!(told, ["hai@thu.vn", "mot@thu.vn"]);
    let named = crate::base::fact::Entity::find().filter(crate::base::fact::Column::Kind.eq("MailPlanned"));
    for fact in named.all(&house.app.db).await.expect("facts") {
        assert!(!fact.body.contains("mot@") && !fact.body.contains("hai@"), "the ledger names nobody: {}", fact.body);
    }
    house.visitor().get(&format!("/hoi-dap/theo-doi/{second}")).await.expect(200).says("Thứ Bảy tại nhà văn hóa");
});

story!(who_follows_reads_the_answer_as_the_public_does, |house| {
    let house = posted(house);
    let cast = Cast::of(&house).await;
    let first = send(&house, &cast.citizen, &[("question", TEXT), ("email", "mot@thu.vn")]).await.expect(200);
    let first = code_on(&first);
    let like = "Xã mở lớp kỹ năng số cho người lớn tuổi khi nào ạ?";
    let second = code_on(&send(&house, &cast.citizen, &[("question", like), ("email", "hai@thu.vn")]).await.expect(200));
    let to = of_code(&house, &first).await.id.to_string();
    press(&house, &cast.coordinator, &second, "joining", &[("to", &to)]).await.expect(303);
    routed(&house, &cast, &first, &cast.builders).await;
    press(&house, &cast.builder, &first, "more", &[("more", "Số 0907654321 còn dùng không?")]).await.expect(303);
    let answer = "Thứ Bảy; chúng tôi sẽ gọi số 0907654321 của bà.";
    press(&house, &cast.builder, &first, "answer", &[("answer", answer), ("shows", "on")]).await.expect(303);
    let slug = of_code(&house, &first).await.slug.expect("a slug");
    let third = send(&house, &cast.citizen, &[("question", like), ("same", &slug), ("email", "ba@thu.vn")]).await.expect(200);
    let third = code_on(&third);
    let follow = async |code: &str| house.visitor().get(&format!("/hoi-dap/theo-doi/{code}")).await.expect(200);
    follow(&first).await.says("0907654321");
    for code in [&second, &third] {
        follow(code).await.says("Thứ Bảy").says("[đã ẩn số điện thoại]").says_not("0907654321");
        let json = house.visitor().get(&format!("/api/v1/questions/requests/{code}")).await.expect(200);
        json.says("[đã ẩn số điện thoại]").says_not("0907654321");
    }
    let told =
        mail::Entity::find().filter(mail::Column::Topic.eq("question-answered")).all(&house.app.db).await.expect("letters");
    assert_eq!(told.len(), 3);
    let key = InstallationKey::of(&house.app).expect("the key");
    for letter in told {
        let text = key.decrypt(letter.id, &letter.body).expect("opened");
        assert_eq!(text.contains("0907654321"), letter.recipient == "mot@thu.vn", "{}", letter.recipient);
    }
});

story!(an_approver_who_writes_is_no_exception_and_the_ledger_says_when_nobody_else_was_there, |house| {
    let cast = Cast::of(&house).await;
    let first = house.someone(Role::Approver, Some(&cast.builders)).await;
    let code = asked(&house, &cast.citizen, TEXT).await;
    routed(&house, &cast, &code, &cast.builders).await;
    press(&house, &first, &code, "answer", &[("answer", "Lớp mở thứ Bảy"), ("shows", "on")]).await.expect(303);
    assert_eq!(of_code(&house, &code).await.state, question::State::Answered, "nobody else could approve");
    let auditor = house.someone(Role::Auditor, None).await;
    auditor.get("/desk/ledger").await.expect(200).says("người viết tự duyệt vì cơ quan không có người duyệt khác");
    let second = house.someone(Role::Approver, Some(&cast.builders)).await;
    let code = asked(&house, &cast.citizen, "Loa của ấp bao giờ được sửa vậy?").await;
    routed(&house, &cast, &code, &cast.builders).await;
    let desk = Question::desk_path(of_code(&house, &code).await.id);
    first.get(&desk).await.expect(200).says("Trình duyệt").says_not("Gửi trả lời");
    press(&house, &first, &code, "answer", &[("answer", "Sửa trong tuần này"), ("shows", "on")]).await.expect(303);
    let row = of_code(&house, &code).await;
    assert!(row.state == question::State::Open && !row.shown, "it waits for the other one");
    press(&house, &first, &code, "approval", &[]).await.expect(403);
    press(&house, &second, &code, "approval", &[]).await.expect(303);
    assert!(of_code(&house, &code).await.shown);
});

story!(an_answer_that_was_wrong_is_corrected_by_two_and_all_are_told, |house| {
    let house = posted(house);
    let cast = Cast::of(&house).await;
    let approver = house.someone(Role::Approver, Some(&cast.builders)).await;
    let code = code_on(&send(&house, &cast.citizen, &[("question", TEXT), ("email", "mot@thu.vn")]).await.expect(200));
    routed(&house, &cast, &code, &cast.builders).await;
    press(&house, &cast.builder, &code, "correction", &[("correction", "x"), ("why", "y")]).await.expect(409);
    press(&house, &cast.builder, &code, "answer", &[("answer", "Lớp mở thứ Bảy"), ("shows", "on")]).await.expect(303);
    press(&house, &approver, &code, "approval", &[]).await.expect(303);
    let row = of_code(&house, &code).await;
    let (public, follow) = (row.public_path(), format!("/hoi-dap/theo-doi/{code}"));
    let desk = Question::desk_path(row.id);
    let better = ("correction", "Lớp mở Chủ nhật, sáu giờ chiều");
    press(&house, &cast.builder, &code, "correction", &[better]).await.expect(422).says("id=\"why-error\"").says("sáu giờ chiều");
    let why = ("why", "Ghi nhầm ngày, xin gọi 0901234567");
    press(&house, &cast.builder, &code, "correction", &[better, why]).await.expect(303);
    house.visitor().get(&public).await.expect(200).says("thứ Bảy").says_not("Chủ nhật");
    press(&house, &cast.builder, &code, "approval", &[]).await.expect(403);
    approver.get("/desk/questions?view=approving").await.expect(200).says("kỹ năng số");
    approver.get(&desk).await.expect(200).says("Ghi nhầm ngày").says("Chủ nhật");
    press(&house, &approver, &code, "approval", &[]).await.expect(303);
    let corrected = of_code(&house, &code).await;
    assert_eq!((corrected.state, corrected.answered_at, corrected.in_time), (row.state, row.answered_at, row.in_time));
    house.visitor().get(&public).await.expect(200).says("Chủ nhật").says("Đã đính chính ngày").says_not("thứ Bảy");
    let story = house.visitor().get(&follow).await.expect(200);
    story.says("Chủ nhật").says("Ghi nhầm ngày").says_not("0901234567");
    cast.builder.get(&desk).await.expect(200).says("Các bản trả lời trước").says("Lớp mở thứ Bảy");
    let key = InstallationKey::of(&house.app).expect("the key");
    let told =
        mail::Entity::find().filter(mail::Column::Topic.eq("question-answered")).all(&house.app.db).await.expect("letters");
    let waiting = told.iter().find(|one| !one.body.is_empty()).expect("the latest letter");
    assert!(key.decrypt(waiting.id, &waiting.body).expect("opened").contains("đã được đính chính"));
});

story!(who_comes_second_keeps_what_they_wrote_and_reads_what_the_first_one_did, |house| {
    let cast = Cast::of(&house).await;
    let second = house.someone(Role::Officer, Some(&cast.builders)).await;
    let code = asked(&house, &cast.citizen, TEXT).await;
    routed(&house, &cast, &code, &cast.builders).await;
    let row = of_code(&house, &code).await;
    let late = async |version: i32, act: &str, fields: &[(&str, &str)]| {
        let version = version.to_string();
        let fields = [fields, &[("version", version.as_str())]].concat();
        second.post(&format!("/desk/questions/{}/{act}", row.id), &fields).await.expect(409).says("Có người vừa thao tác trước")
    };
    press(&house, &cast.builder, &code, "draft", &[("answer", "Bản của người thứ nhất")]).await.expect(303);
    let page = late(row.version, "answer", &[("answer", "Bản của người thứ hai")]).await;
    page.says("Bản của người thứ hai").says("Bản đồng nghiệp vừa lưu").says("Bản của người thứ nhất");
    let seen = of_code(&house, &code).await.version;
    press(&house, &cast.builder, &code, "answer", &[("answer", "Lớp mở thứ Bảy"), ("shows", "on")]).await.expect(303);
    let page = late(seen, "answer", &[("answer", "Lớp mở Chủ nhật")]).await;
    page.says("Lớp mở thứ Bảy").says("Lớp mở Chủ nhật").says("Gửi bản đính chính");
    let page = late(seen, "more", &[("more", "Xã nào vậy bạn?")]).await;
    page.says("chưa được lưu").says("Xã nào vậy bạn?");
});
