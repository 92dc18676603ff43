# The pages of requests that were not done.

failure-way-back = Về trang đầu
failure-not-found = Không tìm thấy trang này
failure-not-found-advice = Địa chỉ có thể đã gõ sai, hoặc nội dung đã được chuyển đi. Hãy kiểm tra lại địa chỉ hoặc bắt đầu từ trang đầu.
failure-forbidden = Bạn chưa được giao quyền làm việc này
failure-forbidden-advice = Nếu đây là việc của bạn, hãy đề nghị quản trị cơ quan hoặc quản trị hệ thống giao quyền.
failure-refused = Chưa làm được việc này
failure-refused-advice = Hãy xử lý những điểm nêu trên rồi làm lại.
failure-stale = Có người vừa sửa nội dung này trước bạn
failure-stale-advice = Chưa lưu gì cả, để không đè lên việc của người khác. Hãy quay lại, tải lại trang để xem bản mới rồi làm lại.
failure-bad = Yêu cầu chưa đúng
failure-bad-advice = Hãy quay lại trang trước và thử lại từ đó.
failure-bad-request = Máy chủ không đọc được yêu cầu này: thiếu hoặc sai dữ liệu của biểu mẫu.
failure-cross-site = Yêu cầu này được gửi từ một trang web khác nên bị từ chối, để không ai làm thay bạn.
failure-too-large = Tệp hoặc nội dung gửi lên quá lớn
failure-too-large-limit = Giới hạn là { $n } MB.
failure-too-large-advice = Hãy tách nhỏ hoặc nén lại rồi gửi lại.
failure-too-many = Bạn đã thử quá nhiều lần
failure-too-many-wait = Hãy thử lại sau { $n } giây.
failure-too-many-wait-minutes = Hãy thử lại sau { $n } phút.
failure-too-many-advice = Thời gian chờ giúp ngăn người khác dò mật khẩu của bạn. Hết thời gian này bạn đăng nhập như thường.
failure-internal = Máy chủ gặp sự cố
failure-internal-advice = Sự cố đã được ghi lại. Hãy thử lại sau ít phút; nếu vẫn không được, xin báo cho quản trị hệ thống.
failure-back = Quay lại trang trước
failure-way-to-desk = Về việc của tôi
failure-unwritten = Có ký tự không dùng được trong nội dung gửi lên. Hãy gõ lại phần đó rồi gửi lại.
