# Administration of people: lantoa/src/people/staff/people.

people-title = Cán bộ
people-lead = Ai có tài khoản, giữ vai trò gì, ở cơ quan nào.
people-invite = Mời người
people-invite-another = Mời người khác
people-import = Nhập từ danh sách
people-empty = Chưa có ai
people-empty-why = Mời người đầu tiên: họ nhận một liên kết dùng một lần để đặt mật khẩu.
people-none-found = Không có ai khớp
people-none-found-why = Thử bớt điều kiện lọc, hoặc tìm bằng thư điện tử. Gõ không dấu cũng được.
people-filter = Lọc cán bộ
people-filter-words = Tên, thư, chức vụ
people-count = { $n } người
people-shown = { $from }–{ $to } trong { $n } người
people-pages = Các trang của danh sách
person-no-role = Chưa có vai trò
person-standing-active = Đang dùng
person-standing-invited = Chưa vào lần nào
person-standing-disabled = Đã khóa

people-invite-lead = Người được mời nhận một liên kết dùng một lần, hết hạn sau 7 ngày, để đặt mật khẩu.
people-invite-by-mail = Lời mời được gửi bằng thư điện tử. Trang sau cũng hiện liên kết, một lần, để bạn gửi bằng cách khác nếu cần.
people-invite-by-link = Máy chủ này chưa cài gửi thư. Trang sau hiện liên kết, một lần, để bạn tự gửi.
person-name-help = Ghi như trong công văn.
person-email-help = Địa chỉ thư công vụ; dùng để đăng nhập.
person-identifier-help = Chỉ cần khi đăng nhập một lần nhận ra người này bằng mã khác với thư điện tử, ví dụ mã cán bộ.
person-roles-help = Chọn đúng vai trò cần dùng; thêm hoặc thu sau cũng được.
person-roles-province = Vai trò toàn tỉnh
person-roles-province-help = Có hiệu lực ở mọi cơ quan. Chỉ quản trị hệ thống giao được.
role-officer-about = Làm việc của cơ quan: đưa kế hoạch vào, sửa bản nháp.
role-reviewer-about = Xem lại việc chuyên viên làm.
role-approver-about = Quyết định thay cơ quan: ban hành kế hoạch của cơ quan.
role-agency-administrator-about = Giữ tài khoản và thông tin liên hệ của cơ quan.
role-coordinator-about = Điều phối kế hoạch của tỉnh.
role-finance-about = Tổng hợp dự toán.
role-leader-about = Đọc phần tổng hợp để chỉ đạo.
role-auditor-about = Đọc mọi việc đã làm trong sổ ghi, không sửa gì.
role-system-administrator-about = Quản trị toàn hệ thống: người dùng, cơ quan, cài đặt.
person-agency-missing = Hãy chọn một cơ quan trong danh sách.
person-agency-for-role = Vai trò này gắn với một cơ quan. Hãy chọn cơ quan.
person-role-unknown = Không có vai trò này. Hãy quay lại và chọn trong danh sách.

person-invited = Đã mời { $name }
person-password-link = Liên kết đặt mật khẩu cho { $name }
person-link = Liên kết dùng một lần
person-link-label = Liên kết
person-link-once = Chỉ hiện một lần này. Dùng được một lần, đến { $until }. Ai có liên kết đều vào được, nên chỉ gửi cho đúng người.
person-link-mailed = Thư đang được gửi đến { $email }
person-link-mailed-why = Trang của người này cho biết thư đã đi hay chưa. Nếu không thấy thư, hãy gửi liên kết dưới đây bằng cách khác.
person-link-by-hand = Hãy tự gửi liên kết này
person-link-by-hand-why = Máy chủ này chưa cài gửi thư. Hãy gửi liên kết cho chủ tài khoản { $email } qua kênh bạn tin cậy.
person-link-done = Xong
copy-do = Chép
copy-done = Đã chép.

person-about = Thông tin
person-edit = Sửa thông tin
person-since = Có tài khoản từ
person-none = Không có
person-kept-by-others = Bạn xem được nhưng không sửa được tài khoản này
person-email-change-help = Đổi địa chỉ thì liên kết đã gửi đến địa chỉ cũ không dùng được nữa.
person-agency-move-help = Chuyển cơ quan không tự thu vai trò: hãy thu vai trò ở cơ quan cũ và giao ở cơ quan mới.
person-agency-not-moved = Chưa lưu gì: chỉ quản trị hệ thống chuyển được người sang cơ quan khác. Hãy nhờ quản trị hệ thống chuyển, hoặc để nguyên cơ quan.
person-agency-move-by-system = Quản trị hệ thống chuyển người giữa các cơ quan.

person-role = Vai trò
person-role-give = Giao vai trò
person-role-agency-help = Với vai trò toàn tỉnh, ô này không có tác dụng.
person-role-revoke = Thu
person-role-revoke-one = Thu vai trò { $role }: { $place }
person-role-given = Đã giao vai trò { $name }.
person-role-held = Người này đã có vai trò { $name }.
person-role-revoked = Đã thu vai trò { $name }.
person-in-an-agency = Trong một cơ quan
person-over-the-province = Toàn tỉnh
person-no-role-why = Chưa có vai trò nào: người này đăng nhập được nhưng chỉ xem được những gì ai cũng xem.

person-ways-in = Cách vào
person-has-password = Đã đặt
person-has-no-password = Chưa đặt
person-second-step-on = Đang bật.
person-second-step-off = Chưa bật
person-last-mail = Thư gần nhất
mail-state-planned = Đang chờ gửi { $what } đến { $to }
mail-state-sending = Đang gửi { $what } đến { $to }
mail-state-sent = Máy chủ thư đã nhận { $what } gửi { $to }, { $at }
mail-state-failed = Không gửi được { $what } đến { $to }, { $at }
mail-state-unknown = Không rõ { $what } đã đến { $to } hay chưa, { $at }
person-invite-again = Gửi lại lời mời
person-invite-again-why = Liên kết cũ hết dùng được; liên kết mới dùng một lần, hết hạn sau 7 ngày.
person-new-password = Làm liên kết đặt mật khẩu mới
person-new-password-why = Dùng khi quên mật khẩu. Liên kết dùng một lần, hết hạn sau 24 giờ; đặt xong, mọi phiên của người đó kết thúc. Bước hai vẫn được hỏi như thường.
person-second-step-reset = Gỡ bước hai
person-second-step-reset-why = Chỉ làm khi bạn chắc người này mất điện thoại và hết mã khôi phục: sau đó chỉ cần mật khẩu là vào được.
person-second-step-reset-done = Đã gỡ bước hai.
person-sessions = Các phiên đang đăng nhập
person-no-session = Không có phiên nào đang mở.
person-session-end-one = Kết thúc phiên { $name }
person-sessions-end = Kết thúc mọi phiên
person-sessions-ended = Đã kết thúc { $n } phiên.

person-passkey-remove = Gỡ khóa truy cập “{ $name }”
person-passkey-remove-why = Khóa này không mở được tài khoản nữa; các phiên đang mở vẫn còn, hãy kết thúc chúng nếu cần. Chủ tài khoản nhận thông báo, sổ ghi giữ lý do.
person-passkey-remove-do = Gỡ khóa truy cập
person-passkey-removed = Đã gỡ khóa truy cập.
notice-passkey-removed = Quản trị hệ thống đã gỡ khóa truy cập “{ $name }” của bạn

person-disable = Khóa tài khoản
person-disable-why = Người nghỉ việc hoặc thôi dùng: mọi phiên và liên kết kết thúc ngay. Việc đã làm vẫn mang tên họ; tài khoản không bị xóa.
person-disable-do = Khóa tài khoản
person-disabled-done = Đã khóa tài khoản của { $name }.
person-enable = Mở lại tài khoản
person-enable-why = Người này vào lại được bằng cách đã có, với các vai trò còn giữ.
person-enable-do = Mở lại
person-enabled-done = Đã mở lại tài khoản của { $name }.

person-obstacle-holds-more = Người này giữ vai trò toàn tỉnh hoặc vai trò ở cơ quan khác. Hãy nhờ quản trị hệ thống.
person-obstacle-own-account = Đây là tài khoản của bạn. Hãy vào “Tài khoản của tôi”.
person-obstacle-yourself = Bạn không tự khóa tài khoản của mình. Hãy nhờ người quản trị khác.
person-obstacle-own-role = Vai trò của bạn: nhờ người quản trị khác thu.
person-obstacle-own-role-given = Không ai tự giao vai trò cho mình. Hãy nhờ người quản trị khác giao.
person-obstacle-passkey-not-yours = Chỉ quản trị hệ thống gỡ được khóa truy cập của người khác.
person-obstacle-last-administrator = Đây là quản trị hệ thống cuối cùng còn vào được. Hãy giao vai trò này cho người khác trước.
person-obstacle-role-not-yours = Vai trò này do quản trị hệ thống giao và thu.
person-obstacle-disabled = Tài khoản đang khóa. Hãy mở lại trước.

person-history = Lịch sử
person-history-all = Xem tất cả trong sổ ghi việc

people-import-lead = Mời nhiều người một lượt. Chưa có gì xảy ra cho đến khi bạn xem lại và xác nhận.
people-import-how = Dòng đầu là tên cột: Họ và tên, Thư điện tử, Chức vụ, Cơ quan, Vai trò, Mã định danh. Hai cột đầu bắt buộc; thứ tự cột tùy ý; tối đa { $n } người. Cơ quan ghi bằng tên hoặc mã; nhiều vai trò cách nhau bằng dấu chấm phẩy.
people-import-paste = Dán từ bảng tính
people-import-paste-help = Chọn các ô trong bảng tính, kể cả dòng tên cột, chép rồi dán vào đây.
people-import-file = Hoặc chọn tệp Excel (.xlsx) hay CSV
people-import-file-help = Nếu vừa dán vừa chọn tệp, tệp được dùng.
people-import-look = Xem lại danh sách
people-import-preview = Xem lại danh sách
people-import-preview-lead = Đây là danh sách như hệ thống hiểu. Chưa ai được mời.
people-import-line = Dòng
people-import-new = Sẽ mời
people-import-known = Đã có tài khoản
people-import-mistaken = Cần sửa
people-import-counts = Sẽ mời { $created } · đã có { $known } · cần sửa { $wrong }
people-import-do = Mời { $n } người
people-import-wrong = Còn { $n } dòng cần sửa.
people-import-nobody = Không có ai mới trong danh sách.
people-import-mend = Sửa danh sách tại đây
people-import-twice = “{ $name }” có hai lần trong danh sách.
people-import-agency = Không có cơ quan nào tên hoặc mã “{ $name }” trong phạm vi của bạn.
people-import-role = Không có vai trò nào tên “{ $name }”.
people-import-no-head = Không thấy cột “Họ và tên” và “Thư điện tử”. Hãy để tên cột ở dòng đầu.
people-import-empty = Danh sách chưa có ai dưới dòng tên cột.
people-import-long = Danh sách dài quá { $n } người. Hãy chia thành nhiều lượt.
people-import-unreadable = Không đọc được dòng { $n }. Có thể thiếu dấu nháy kép đóng.
people-import-spreadsheet = Đây là tệp Excel đời cũ (.xls) hoặc có mật khẩu. Hãy bỏ mật khẩu, lưu thành .xlsx, hoặc chép các ô rồi dán vào trang.
people-import-cell = Không đọc được một ô ở dòng { $n }: công thức chưa có kết quả hoặc báo lỗi. Hãy sửa ô đó, hoặc chép các ô rồi dán dưới dạng giá trị.
people-import-until = Hết hạn
people-imported = Đã mời { $n } người
people-imported-mailed = Thư mời đang được gửi đi
people-imported-by-hand = Hãy tự gửi các liên kết này
people-imported-by-hand-why = Máy chủ này chưa cài gửi thư. Các liên kết chỉ hiện một lần này: hãy tải về và gửi riêng cho từng người.
people-imported-download = Tải các liên kết (CSV)

mail-invitation-subject = Lời mời dùng Lan Tỏa, { $site }
mail-invitation-text =
    Chào { $name },

    Bạn được mời dùng Lan Tỏa, nền tảng truyền thông của { $site }. Hãy mở liên kết dưới đây để đặt mật khẩu cho tài khoản { $email }:

    { $link }

    Liên kết dùng được một lần, đến { $until }. Nếu quá hạn, hãy nhờ người đã mời bạn gửi lại.

    Nếu bạn không chờ thư này, hãy bỏ qua; không có gì thay đổi.
mail-password-subject = Đặt lại mật khẩu Lan Tỏa, { $site }
mail-password-text =
    Chào { $name },

    Quản trị viên đã làm cho bạn một liên kết để đặt mật khẩu mới của tài khoản { $email } ở Lan Tỏa, { $site }:

    { $link }

    Liên kết dùng được một lần, đến { $until }. Đặt xong, mọi phiên đang đăng nhập của bạn kết thúc.

    Nếu bạn không nhờ việc này, đừng mở liên kết và hãy báo quản trị viên của cơ quan.
