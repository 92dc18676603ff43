# People: signing in, accounts, roles, the ledger.

nav-home = Việc của tôi
nav-people = Cán bộ
nav-ledger = Sổ ghi việc

role-officer = Chuyên viên
role-reviewer = Người thẩm định
role-approver = Người duyệt
role-agency-administrator = Quản trị cơ quan
role-coordinator = Điều phối
role-finance = Tài chính
role-leader = Lãnh đạo
role-auditor = Kiểm toán
role-system-administrator = Quản trị hệ thống

sign-in-title = Đăng nhập
sign-in-email = Thư điện tử
sign-in-password = Mật khẩu
sign-in-do = Đăng nhập
sign-in-forgotten = Quên mật khẩu? Hãy nhờ quản trị cơ quan của bạn gửi liên kết đặt lại.
sign-in-refused = Chưa đăng nhập được
sign-in-refused-advice = Thư điện tử hoặc mật khẩu không đúng. Hãy kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi thử lại.
sign-in-other-ways = Cách khác
sign-in-demo = Bản dùng thử: chọn một vai
sign-in-demo-lead = Không cần mật khẩu. Mỗi nút đăng nhập với một vai của tỉnh minh họa.
sign-in-demo-disabled = Vai này đang bị khóa trong bản dùng thử. Hãy vào bằng vai quản trị hệ thống để mở lại.
sign-out-done = Bạn đã đăng xuất.
demo-at-province = UBND tỉnh
demo-at-department = Sở KH&CN
demo-at-commune = một xã
demo-at-other-commune = một xã khác

form-errors = Có chỗ cần sửa

person-name = Họ và tên
person-name-missing = Chưa có họ tên. Hãy ghi họ tên như trong công văn.
person-name-too-long = Họ tên dài quá { $n } chữ. Hãy viết gọn lại.
person-email-malformed = Địa chỉ thư chưa đúng dạng ten@coquan.gov.vn.
person-email-taken = Địa chỉ thư này đã có tài khoản. Hãy tìm tài khoản đó thay vì lập mới.

password-new = Mật khẩu mới
password-help = Ít nhất { $n } ký tự; một câu dài dễ nhớ là tốt nhất. Dấu tiếng Việt và dấu cách đều dùng được.
password-too-short = Mật khẩu ngắn hơn { $n } ký tự. Hãy dùng một câu dài hơn.
password-too-long = Mật khẩu dài quá { $n } ký tự. Hãy rút gọn.
password-common = Mật khẩu này nhiều người dùng nên dễ bị đoán. Hãy chọn một câu chỉ mình bạn nghĩ ra.
password-own-address = Mật khẩu trùng với địa chỉ thư của bạn nên dễ bị đoán. Hãy chọn một câu khác.
password-changed-sign-in = Đã đổi mật khẩu. Hãy đăng nhập bằng mật khẩu mới.

invitation-administrator-title = Lập tài khoản quản trị hệ thống
invitation-administrator-lead = Liên kết này do máy chủ in ra và chỉ dùng được một lần. Nếu địa chỉ thư đã có tài khoản, tài khoản đó được đặt lại mật khẩu và giao quyền quản trị hệ thống.
invitation-administrator-do = Lập tài khoản
invitation-invitation-title = Chào bạn đến với Lan Tỏa
invitation-invitation-lead = Hãy chọn mật khẩu để bắt đầu dùng tài khoản.
invitation-invitation-do = Bắt đầu
invitation-password-title = Đặt lại mật khẩu
invitation-password-lead = Hãy chọn mật khẩu mới. Mọi phiên đang đăng nhập bằng mật khẩu cũ sẽ kết thúc.
invitation-password-do = Đổi mật khẩu
invitation-account = Tài khoản: { $email }
invitation-over-title = Liên kết này không dùng được nữa
invitation-over-why = Mỗi liên kết chỉ dùng được một lần và trong một thời gian ngắn; liên kết mới hơn thay cho liên kết cũ.
invitation-over-advice = Nếu bạn đã đặt mật khẩu, hãy đăng nhập. Nếu chưa, hãy nhờ người đã mời bạn (quản trị cơ quan hoặc quản trị hệ thống) gửi liên kết mới.
invitation-over-console = Người vận hành máy chủ làm liên kết quản trị mới bằng lệnh
invitation-over-sign-in = Đến trang đăng nhập
