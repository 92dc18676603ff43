# The ledger: facts in words (people/telling.rs), and its page.

ledger-successors = Chuyển sang: { $names }
ledger-predecessors = Tiếp nhận từ: { $names }
ledger-agencies-imported = Nhập danh sách cơ quan: thêm { $created }, sửa { $changed }
ledger-boundaries-imported = Nhập ranh giới: khớp { $matched }, chưa khớp { $unmatched }

ledger-person-added = Thêm tài khoản: { $name }
ledger-person-edited = Sửa thông tin người dùng
ledger-person-disabled = Khóa tài khoản
ledger-person-enabled = Mở lại tài khoản
ledger-invitation-made-administrator = Máy chủ làm liên kết quản trị hệ thống
ledger-invitation-made-invitation = Làm liên kết mời
ledger-invitation-made-password = Làm liên kết đặt mật khẩu mới
ledger-invitation-used-administrator = Dùng liên kết quản trị hệ thống
ledger-invitation-used-invitation = Dùng liên kết mời
ledger-invitation-used-password = Dùng liên kết đặt mật khẩu mới
ledger-role-granted = Giao vai trò { $role } ở { $place }
ledger-role-revoked = Thu vai trò { $role } ở { $place }
ledger-over-the-province = toàn tỉnh
ledger-an-agency = một cơ quan

ledger-signed-in = Đăng nhập bằng { $means }
ledger-sign-in-refused = Đăng nhập bị từ chối: { $cause }
ledger-cause-password = sai mật khẩu hoặc không có tài khoản
ledger-cause-disabled = tài khoản đang bị khóa
ledger-cause-paused = sai nhiều lần nên phải chờ
ledger-cause-code = sai mã xác thực
ledger-cause-passkey = khóa truy cập không được nhận
ledger-signed-out = Đăng xuất
ledger-session-revoked = Kết thúc một phiên đăng nhập
ledger-password-changed = Đổi mật khẩu
ledger-second-step-on = Bật bước hai khi đăng nhập
ledger-second-step-off = Tắt bước hai khi đăng nhập
ledger-recovery-codes-made = Làm bộ mã khôi phục mới
ledger-recovery-code-used = Dùng một mã khôi phục, còn { $n } mã
ledger-passkey-added = Thêm khóa truy cập “{ $name }”
ledger-passkey-removed = Gỡ khóa truy cập “{ $name }”
ledger-passkey-renamed = Đổi tên khóa truy cập “{ $from }” thành “{ $to }”
ledger-sign-on-linked = Gắn đăng nhập một lần: { $name }
ledger-sign-on-unlinked = Bỏ gắn đăng nhập một lần: { $name }
ledger-access-refused = Thử mở nội dung không thuộc về mình: { $path }

ledger-mail-planned = Soạn { $what } gửi { $to }
ledger-mail-sent = Đã gửi { $what } đến { $to }
ledger-mail-failed = Không gửi được { $what } đến { $to }
ledger-mail-unknown = Không rõ { $what } đã đến { $to } hay chưa
mail-topic-invitation = thư mời
mail-topic-password = thư đặt mật khẩu mới
mail-cause-replaced = Đã có liên kết mới hơn nên thư này không gửi nữa.
mail-cause-withdrawn = Liên kết trong thư đã bị hủy nên thư này không gửi nữa.
mail-cause-expired = Liên kết trong thư đã hết hạn trước khi máy chủ thư nhận.
mail-cause-refused = Máy chủ thư trả lời: { $words }
mail-unknown-why = Đường truyền đứt khi thư vừa đi; để không ai nhận hai lần, thư không được gửi lại.

ledger-plan-read = Đưa kế hoạch vào từ tệp “{ $file }”: đọc được { $count } quy định
ledger-plan-edited = Sửa số, ngày, trích yếu
ledger-provision-added = Thêm mục { $path }
ledger-provision-corrected = Sửa mục { $path }
ledger-provision-confirmed = Xác nhận mục { $path } đọc đúng
ledger-provision-removed = Bỏ mục { $path }
ledger-plan-adopted = Ban hành kế hoạch với { $count } quy định
ledger-plan-adopted-amending = Ban hành bản sửa đổi với { $count } quy định
ledger-plan-replaced = Được thay bằng bản sửa đổi
ledger-plan-discarded = Bỏ bản nháp

ledger-field-party = Cơ quan nêu tên
ledger-empty-value = (để trống)

person-identifier = Mã định danh
