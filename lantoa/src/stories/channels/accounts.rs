//! Accounts are connected by who keeps them; their secrets are written and never shown.

use super::*;
use crate::base::Role;
use crate::story;

story!(an_account_is_connected_and_its_secret_is_shown_to_nobody, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    cast.author.get("/desk/channels").await.expect(200).says("Chưa nối kênh nào").says("Nhờ quản trị cơ quan nối kênh");
    cast.administrator.get("/desk/channels").await.expect(200).says("/desk/channels/accounts/new");
    cast.administrator.get("/desk/channels/accounts/new").await.expect(200).says("Kênh nào?").says("Telegram");
    let form = cast.administrator.get("/desk/channels/accounts/new?platform=telegram").await.expect(200);
    form.says("Khóa của bot").says("type=\"password\"");
    cast.author.get("/desk/channels/accounts/new").await.expect(403);
    let text = new_id().to_string();
    let lacking = [("id", text.as_str()), ("platform", "telegram"), ("name", ""), ("chat", "@a"), ("per_minute", "x")];
    let refused = cast.administrator.post("/desk/channels/accounts", &lacking).await.expect(422);
    refused.says("Hãy đặt tên cho kênh").says("Hãy điền ô này").says("Điền một số từ 1 đến 600").says("value=\"@a\"");
    cast.author.post("/desk/channels/accounts", &lacking).await.expect(403);
    let account = connected(&cast, "Trang của sở", &bot, &[]).await;
    let page = cast.administrator.get(&Account::path(account)).await.expect(200);
    page.says("Trang của sở").says("@kenhthu").says("Đang chạy").says_not("bi-mat");
    cast.author.get("/desk/channels").await.expect(200).says("Trang của sở").says("chưa gửi tin nào");
    let kept = the_account(&house, account).await;
    assert!(!kept.secrets.contains("bi-mat") && !kept.settings.contains("bi-mat"), "{kept:?}");
    for row in fact::Entity::find().all(&house.app.db).await.expect("facts") {
        assert!(!row.body.contains("bi-mat"), "{row:?}");
    }
    // To others it is not there.
    cast.stranger.get(&Account::path(account)).await.expect(404);
    cast.stranger.get("/desk/channels").await.expect(200).says_not("Trang của sở");
    let auditor = house.someone(Role::Auditor, None).await;
    auditor.get("/desk/channels").await.expect(200).says("Trang của sở");
    auditor.get(&Account::path(account)).await.expect(200).says_not("name=\"token\"");
    // Two tabs.
    let id = account.to_string();
    let fields =
        |name| [("id", id.as_str()), ("version", "1"), ("name", name), ("chat", "@kenhthu"), ("api", bot.address.as_str())];
    cast.administrator.post(&Account::path(account), &fields("Tên mới")).await.expect(303);
    let conflict = cast.administrator.post(&Account::path(account), &fields("Tên khác")).await.expect(409);
    conflict.says("Có người vừa sửa trước bạn").says("Tên khác");
    assert_eq!(the_account(&house, account).await.name, "Tên mới");
    assert_eq!(facts(&house, account, "ChannelAccountChanged").await, 1);
});

story!(a_kept_secret_goes_to_no_other_address, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let (bot, other) = (Bot::open().await, Bot::open().await);
    let account = connected(&cast, "Trang của sở", &bot, &[]).await;
    let (id, there) = (account.to_string(), other.address.as_str());
    let mut fields = vec![("id", id.as_str()), ("version", "1"), ("name", "Trang"), ("chat", "@kenhthu"), ("api", there)];
    let refused = cast.administrator.post(&Account::path(account), &fields).await.expect(422);
    refused.says("phải nhập lại mọi mã bí mật");
    // What is looked up would be forwarded to the readers.
    fields.extend([("token", "1:bi-mat"), ("lookup_chat", "@KenhThu")]);
    let refused = cast.administrator.post(&Account::path(account), &fields).await.expect(422);
    refused.says("Nhóm tra cứu phải khác");
    fields.pop();
    cast.administrator.post(&Account::path(account), &fields).await.expect(303);
    assert_eq!(the_account(&house, account).await.settings().get("api").map(String::as_str), Some(there));
});

story!(no_account_leads_into_our_own_network, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let text = new_id().to_string();
    for api in ["http://127.0.0.1:1/", "https://169.254.169.254/", "https://localhost/", "https://[::1]/"] {
        let fields =
            [("id", text.as_str()), ("platform", "telegram"), ("name", "A"), ("chat", "@a"), ("token", "1:b"), ("api", api)];
        cast.administrator.post("/desk/channels/accounts", &fields).await.expect(422).says(api);
    }
});

story!(an_address_written_while_it_was_allowed_is_not_called_any_more, |house| {
    let allowing = open(house);
    let bot = Bot::open().await;
    let account = {
        let cast = Cast::of(&allowing).await;
        let account = connected(&cast, "Kênh", &bot, &[]).await;
        let path = piece(&allowing, &cast.author, "Tin", &[account], &[]).await;
        approved(&allowing, &cast, &path).await;
        account
    };
    let house = allowing.configured(|config| config.channels_private = false);
    after(&house, 1).await;
    is_in(&house, account, State::Queued).await;
    assert_eq!(bot.written(), 0, "nothing was sent, and nothing is lost");
});
