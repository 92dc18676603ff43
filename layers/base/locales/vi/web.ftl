# Around every page: layouts and components of lantoa/src/web.

skip-to-content = Đến nội dung chính
nav-sections = Chuyên mục
nav-open = Mục lục
section-home = Trang đầu
section-programme = Chương trình
section-agencies = Cơ quan
section-guide = Hướng dẫn
section-criteria = Bộ tiêu chí
section-reports = Báo cáo
section-st-tasks = Nhiệm vụ KH&CN
section-campaigns = Chiến dịch
section-newsletters = Bản tin
nav-desk = Bàn làm việc
nav-desk-short = Các mục chính
nav-more = Thêm
nav-others = Các mục khác
nav-shelf-work = Việc
nav-shelf-newsroom = Soạn tin
nav-shelf-spreading = Lan tỏa
nav-shelf-directory = Tra cứu
nav-shelf-administration = Quản trị
search = Tìm kiếm
search-do = Tìm
close = Đóng
dismiss = Bỏ thông báo này
crumbs = Bạn đang ở

foot-responsible = Người chịu trách nhiệm:
foot-address = Địa chỉ:
foot-phone = Điện thoại:
foot-email = Thư điện tử:
foot-nav = Các trang
foot-desk = Bàn làm việc
foot-sign-in = Cán bộ đăng nhập

settings-lang = Ngôn ngữ
settings-theme = Màu nền
theme-light = Sáng
theme-dark = Tối
theme-auto = Theo máy

who-profile = Tài khoản của tôi
who-portal = Xem cổng thông tin
who-sign-out = Đăng xuất

go-open = Tìm và đến…
go-title = Tìm và đến
go-placeholder = Tên trang, cơ quan, nội dung kế hoạch…
go-move = chọn
go-enter = mở
go-accent-free = Gõ không dấu cũng được

state-on-time = Đúng hạn
state-soon = Sắp đến hạn
state-late = Quá hạn
state-waiting = Chờ duyệt
state-returned = Trả lại
state-unknown = Không rõ
state-open = Chưa đến hạn
state-draft = Nháp
state-issued = Đã ban hành
state-superseded = Bị thay thế

field-optional = (không bắt buộc)
filter-do = Lọc
filter-clear = Bỏ lọc
filter-remove = Bỏ điều kiện
page-previous = Trước
page-next = Sau
page-number = Trang { $number }

request-failed = Chưa làm được: không kết nối được với máy chủ. Hãy thử lại.
table-columns = Cột
table-pick-all = Chọn tất cả các dòng
table-pick = Chọn { $what }
table-bulk = Việc làm với các dòng đã chọn
table-picked = dòng đã chọn

picture-table = Xem bảng số
picture-data = Tải dữ liệu

upload-sending = Đang gửi tệp
upload-reading = Đã gửi xong, đang đọc tệp
upload-failed = Chưa gửi được tệp. Hãy kiểm tra kết nối rồi bấm gửi lại.
upload-seconds = còn khoảng { $count } giây
upload-minutes = còn khoảng { $count } phút

draft-saved = Đã lưu nháp lúc { $time }
draft-failed = Chưa lưu được nháp; sẽ thử lại
draft-conflict = Chưa lưu: đồng nghiệp vừa sửa bản nháp này. Bấm “Lưu nháp” để xem hai bản.

gallery-title = Bộ giao diện
gallery-lead = Mỗi thành phần trong mỗi trạng thái, nền sáng và nền tối cạnh nhau. Tên cơ quan ở đây chỉ để minh họa.
weekday-mon = Thứ Hai
weekday-tue = Thứ Ba
weekday-wed = Thứ Tư
weekday-thu = Thứ Năm
weekday-fri = Thứ Sáu
weekday-sat = Thứ Bảy
weekday-sun = Chủ nhật
