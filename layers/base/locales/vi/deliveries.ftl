# Từng lượt gửi: điều hệ thống tự nói, khôi phục dữ liệu, bản đã ra ở nơi khác
copy-channel-facebook = Facebook
copy-channel-telegram = Telegram
copy-channel-zalo = Zalo
copy-channel-youtube = YouTube
copy-channel-tiktok = TikTok
copy-channel-sms = Tin nhắn SMS
copy-channel-zns = Thông báo ZNS
copy-channel-zalo-broadcast = Zalo, tin gửi người quan tâm
copy-channel-channel = Kênh phát

channel-note-not-sent = Không nối được tới nền tảng; chưa có gì rời máy chủ.
channel-note-cut-off = Đường truyền đứt sau khi tin đã rời máy chủ, không có câu trả lời.
channel-note-incomplete = Nền tảng trả lời thiếu điều tài liệu của họ hứa.
channel-note-no-place-to-look = Bot không đọc được kênh và chưa có nhóm tra cứu. Mở kênh ra xem, hoặc thêm nhóm tra cứu cho tài khoản.
channel-note-nothing-known = Chưa biết tin nào của kênh này để tra từ đó. Mở kênh ra xem.
channel-note-many-since = Từ lúc đó kênh có quá nhiều tin, không tra hết được. Mở kênh ra xem.
channel-note-no-handles = Nền tảng này không cho hỏi tin đã tới đâu.
channel-note-changed = Có người vừa sửa tài khoản; hệ thống làm lại ngay.
channel-note-slow = Nền tảng không trả lời kịp.

channel-why-restored = Cơ sở dữ liệu vừa được khôi phục, nên không rõ tin đã ra hay chưa. Mở kênh ra xem: chưa có thì bấm Gửi ngay (tin hẹn giờ vẫn đi đúng giờ); có rồi thì bấm Không gửi nữa.
channel-why-twice = Lần gửi trước cũng đã lên kênh, ở địa chỉ này. Hãy gỡ một trong hai bản.
channel-why-no-article = Bài Zalo chưa lên, đã gỡ, hoặc hệ thống không biết mã của bài. Bài lên thì tin đi tiếp.
channel-account-has-copies = Tài khoản này còn { $count } bản đang ở kênh, nên không đổi nơi đăng được: hệ thống sẽ không tìm lại được các bản đó. Hãy nối một kênh mới cho nơi đăng mới.
channel-returned-corrected = Bài đã được đính chính trong lúc tin chờ duyệt. Hãy soạn tin mới từ bài đã sửa.
channel-went-at-approval = Ngay khi duyệt, lúc { $at }
channel-no-address = Nền tảng không cho biết địa chỉ của tin.
channel-errand-waits = Việc sửa hoặc gỡ bản này đang chờ, vì kênh đang dừng hoặc mất kết nối. Cho kênh chạy lại thì việc tự làm tiếp; cần gấp thì tự gỡ trên kênh rồi ghi ở đây.

home-channels-errands = { $count } bản đã lên chưa sửa hoặc gỡ được, vì kênh đang dừng
notice-channels-restored = Dữ liệu vừa được khôi phục: { $name } tin ra kênh đang giữ lại, chờ cơ quan quyết
notice-database-restored = Cơ sở dữ liệu vừa được khôi phục từ bản sao lưu; mọi tin đang chờ gửi được giữ lại
ledger-database-restored = Nhận thấy cơ sở dữ liệu được khôi phục; mọi tin đang chờ gửi được giữ lại
ledger-database-restored-at = Nhận thấy cơ sở dữ liệu được khôi phục về lúc { $at }; mọi tin đang chờ gửi được giữ lại
restored-said = Đã ghi: cơ sở dữ liệu được khôi phục. Không tin nào đi trước khi máy chủ giữ lại mọi tin đang chờ.
