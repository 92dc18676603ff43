# What `lantoa doctor` says: the cause in one line, the remedy in the next.

doctor-area-settings = Cài đặt
doctor-area-storage = Thư mục dữ liệu
doctor-area-database = Cơ sở dữ liệu
doctor-area-house = Dữ liệu và công việc nền
doctor-area-reach = Thư điện tử và đăng nhập một lần
doctor-area-tools = Phần mềm dùng thêm
doctor-sum = Kết luận: { $good } mục ổn, { $warnings } mục nên xem lại, { $broken } mục hỏng.

doctor-settings-read = Đọc được cài đặt.
doctor-settings-unreadable = Không đọc được cài đặt: { $cause }.
doctor-settings-unreadable-remedy = Sửa tên hoặc giá trị vừa nêu trong tệp TOML (--config) hoặc trong biến môi trường LANTOA_…; danh sách tên ở docs/operations.md.
doctor-address-missing = Chưa đặt địa chỉ công khai; liên kết trong thư và lời mời sẽ là { $address }.
doctor-address-missing-remedy = Đặt LANTOA_PUBLIC_URL bằng địa chỉ mà người dùng gõ, ví dụ https://lantoa.tinh.gov.vn.
doctor-address-unreadable = Địa chỉ công khai “{ $address }” không phải địa chỉ http hoặc https.
doctor-address-unreadable-remedy = Sửa LANTOA_PUBLIC_URL thành dạng https://tên-miền.
doctor-address-path = Địa chỉ công khai “{ $address }” có phần đường dẫn sau tên miền; Lan Tỏa chỉ chạy ở gốc của tên miền.
doctor-address-path-remedy = Dành một tên miền riêng cho Lan Tỏa và bỏ phần sau dấu / trong LANTOA_PUBLIC_URL.
doctor-address-https = Địa chỉ công khai dùng HTTPS: { $address }.
doctor-address-local = Địa chỉ công khai { $address } chỉ mở được trên chính máy này.
doctor-address-local-remedy = Để dùng thử thì không cần sửa. Khi chạy thật, đặt LANTOA_PUBLIC_URL bằng địa chỉ https mà mọi người mở được.
doctor-address-http = Địa chỉ công khai { $address } không dùng HTTPS: mật khẩu và phiên đăng nhập đi trên mạng không được che, khóa truy cập không dùng được.
doctor-address-http-remedy = Đặt máy chủ ủy nhiệm có chứng thư phía trước (mẫu ở docs/operations.md) và đổi LANTOA_PUBLIC_URL thành https.
doctor-listen-open = Máy chủ trả lời ở { $address } cho mọi máy trong mạng mà chưa có HTTPS.
doctor-listen-open-remedy = Đặt LANTOA_LISTEN=127.0.0.1:8080 và để máy chủ ủy nhiệm có chứng thư nhận kết nối từ ngoài.
doctor-proxy-known = Đã khai báo máy chủ ủy nhiệm phía trước.
doctor-proxy-unknown = Địa chỉ công khai là https mà chưa khai báo máy chủ ủy nhiệm: mọi lượt đăng nhập bị đếm chung một nơi.
doctor-proxy-unknown-remedy = Đặt LANTOA_BEHIND_PROXY=true và để máy chủ ủy nhiệm gửi X-Forwarded-For.
doctor-proxy-passed-by = Máy chủ trả lời ở { $address } nên có thể bị gọi thẳng, không qua máy chủ ủy nhiệm: ai cũng giả được địa chỉ của mình.
doctor-proxy-passed-by-remedy = Đặt LANTOA_LISTEN=127.0.0.1:8080, hoặc để tường lửa chỉ cho máy chủ ủy nhiệm gọi tới.
doctor-footer-whole = Chân trang có đủ thông tin pháp luật yêu cầu.
doctor-footer-missing = Chân trang còn thiếu thông tin pháp luật yêu cầu: { $missing }.
doctor-footer-missing-remedy = Điền các mục đó trong phần [site] của tệp cài đặt (Nghị định 174/2026/NĐ-CP phạt khi thiếu).
doctor-clock-set = Đồng hồ máy: { $now }.
doctor-clock-unset = Đồng hồ máy đang là { $now }, trước cả khi phần mềm này ra đời.
doctor-clock-unset-remedy = Đặt lại giờ của máy và bật đồng bộ giờ (timedatectl set-ntp true).
doctor-assets-there = Kiểu trang, chữ và biểu tượng đã nằm trong phần mềm.
doctor-assets-missing = Phần mềm được dựng khi chưa có kiểu trang và biểu tượng: trang sẽ trơ chữ.
doctor-assets-missing-remedy = Chạy make assets rồi dựng lại phần mềm.

doctor-folder-writable = Ghi được vào { $folder }.
doctor-folder-none = Chưa có thư mục { $folder }; nó được tạo khi chạy lantoa serve lần đầu.
doctor-folder-none-remedy = Nếu đây không phải lần cài mới, xem lại LANTOA_DATA: có thể đang trỏ nhầm chỗ.
doctor-folder-closed = Không ghi được vào { $folder }: { $cause }.
doctor-folder-closed-remedy = Cho tài khoản chạy Lan Tỏa quyền ghi thư mục đó (chown), hoặc đặt LANTOA_DATA sang thư mục khác.
doctor-disk-roomy = Đĩa còn trống { $free } GB.
doctor-disk-tight = Đĩa chỉ còn trống { $free } GB.
doctor-disk-tight-remedy = Dọn bớt hoặc mở rộng đĩa chứa { $folder } trước khi đầy.
doctor-disk-full = Đĩa chỉ còn trống { $free } GB: sắp không ghi được nữa.
doctor-disk-full-remedy = Dọn ngay đĩa chứa { $folder }.

doctor-key-whole = Khóa mã hóa của máy chủ còn nguyên.
doctor-key-malformed = LANTOA_SECRET không phải 32 byte viết theo base64url.
doctor-key-malformed-remedy = Dùng lại khóa cũ. Nếu là lần cài mới: openssl rand -base64 32 | tr '+/' '-_'
doctor-key-damaged = Khóa mã hóa { $file } bị hỏng: người đã bật bước hai không đăng nhập được.
doctor-key-damaged-remedy = Lấy lại tệp này từ bản sao lưu thư mục dữ liệu.
doctor-key-unreadable = Không đọc được khóa mã hóa { $file }: { $cause }.
doctor-key-unreadable-remedy = Cho tài khoản chạy Lan Tỏa quyền đọc tệp đó (chown, chmod 600).
doctor-key-open = Khóa mã hóa { $file } cho cả người khác trên máy đọc.
doctor-key-open-remedy = Chạy chmod 600 { $file }
doctor-key-local = Dùng PostgreSQL mà khóa mã hóa chỉ nằm ở { $file }: máy chủ khác chung cơ sở dữ liệu không đọc được bước hai.
doctor-key-local-remedy = Chạy một máy chủ thì chỉ cần sao lưu tệp này cùng cơ sở dữ liệu. Chạy nhiều máy chủ thì đặt LANTOA_SECRET giống nhau, bằng nội dung tệp này.

doctor-database-none = Chưa có cơ sở dữ liệu; nó được tạo khi chạy lantoa serve lần đầu.
doctor-database-none-remedy = Nếu đây không phải lần cài mới, xem lại LANTOA_DATA và DATABASE_URL: có thể đang trỏ nhầm chỗ.
doctor-database-silent = Cơ sở dữ liệu không trả lời: { $cause }.
doctor-database-silent-remedy = Xem cơ sở dữ liệu có đang chạy không, và tên máy, cổng, tài khoản, mật khẩu trong DATABASE_URL có đúng không.
doctor-database-answers = { $engine } { $version } trả lời.
doctor-database-old = { $engine } { $version } đã thôi được vá lỗi.
doctor-database-old-remedy = Nâng lên PostgreSQL 14 hoặc mới hơn.
doctor-schema-current = Cấu trúc bảng đúng với phiên bản này ({ $count } bước).
doctor-schema-older = Cấu trúc bảng còn thiếu các bước: { $names }.
doctor-schema-older-remedy = Sao lưu rồi chạy lantoa serve: các bước còn thiếu được làm khi khởi động.
doctor-schema-newer = Cơ sở dữ liệu đã qua các bước mà phiên bản này không biết: { $names }.
doctor-schema-newer-remedy = Dùng lại phiên bản Lan Tỏa mới hơn, hoặc khôi phục bản sao lưu từ trước khi nâng cấp.
doctor-schema-unreadable = Không đọc được danh sách các bước dựng bảng: { $cause }.
doctor-schema-unreadable-remedy = Tài khoản trong DATABASE_URL phải đọc và tạo được bảng trong cơ sở dữ liệu này.
doctor-wal-on = SQLite ghi theo nhật ký trước (WAL).
doctor-wal-off = SQLite không dùng được nhật ký ghi trước (đang là { $found }): nhiều người dùng cùng lúc sẽ phải chờ nhau.
doctor-wal-off-remedy = Đặt LANTOA_DATA trên đĩa của chính máy này, không đặt trên ổ mạng (NFS, SMB).
doctor-encoding-utf8 = Bảng mã của PostgreSQL là UTF8.
doctor-encoding-other = Bảng mã của PostgreSQL là { $found }: tiếng Việt không ghi đủ dấu được.
doctor-encoding-other-remedy = Tạo cơ sở dữ liệu khác bằng createdb --encoding=UTF8 --template=template0 rồi chuyển dữ liệu sang.
doctor-clocks-agree = Đồng hồ máy và thời gian trong cơ sở dữ liệu khớp nhau.
doctor-clocks-apart = Đồng hồ máy lệch { $seconds } giây so với thời gian trong cơ sở dữ liệu.
doctor-clocks-apart-remedy = Bật đồng bộ giờ trên cả hai máy (timedatectl set-ntp true); hạn và sổ ghi dựa vào giờ này.

doctor-province-there = Có { $count } cơ quan.
doctor-province-none = Chưa có cơ quan nào.
doctor-province-none-remedy = Chạy lantoa serve: các cơ quan có sẵn được đưa vào cơ sở dữ liệu trống khi khởi động.
doctor-administrator-there = Có { $count } người quản trị hệ thống.
doctor-administrator-none = Chưa có người quản trị hệ thống nào đăng nhập được.
doctor-administrator-none-remedy = Chạy lantoa admin-link và mở liên kết dùng một lần được in ra.
doctor-reactions-answered = Việc phát sinh đều đã làm xong.
doctor-reactions-waiting = { $count } việc phát sinh chờ quá 10 phút.
doctor-reactions-waiting-remedy = Xem lantoa serve có đang chạy không; nếu có, tìm dòng lỗi “reaction” trong nhật ký của nó.
doctor-reactions-given-up = { $count } việc phát sinh đã thử nhiều lần mà không xong.
doctor-reactions-given-up-remedy = Tìm dòng lỗi “a reaction failed” trong nhật ký, sửa nguyên nhân, rồi theo mục “Work given up” của docs/operations.md để làm lại.
doctor-chores-done = { $count } việc định kỳ đang chạy đều.
doctor-chores-waiting = Việc định kỳ đã ngừng quá 10 phút hoặc chưa chạy lần nào.
doctor-chores-waiting-remedy = Chạy lantoa serve (systemctl status lantoa để xem).
doctor-chores-failing = Việc định kỳ “{ $name }” lần gần nhất không xong: { $cause }.
doctor-chores-failing-remedy = Sửa nguyên nhân vừa nêu; việc này tự chạy lại khi đến lượt.
doctor-seals-hold = Sổ ghi còn nguyên: { $facts } mục trong { $seals } niêm.
doctor-seals-broken = Sổ ghi đã bị sửa ngoài phần mềm: niêm số { $numbers } không còn khớp.
doctor-seals-broken-remedy = Giữ nguyên hiện trường, sao lưu ngay, rồi so với bản sao lưu gần nhất để biết mục nào bị đổi.
doctor-house-unreadable = Không đọc được bảng: { $cause }.
doctor-house-unreadable-remedy = Nếu là SQLite, chạy sqlite3 lantoa.sqlite 'PRAGMA integrity_check'; nếu hỏng, khôi phục bản sao lưu gần nhất.

doctor-mail-none = Chưa cài máy chủ thư: lời mời hiện thành liên kết để gửi tay.
doctor-mail-none-remedy = Muốn gửi thư, đặt smtp.url và smtp.from.
doctor-mail-answers = Máy chủ thư trả lời.
doctor-mail-address = Không hiểu địa chỉ máy chủ thư (smtp.url): { $cause }.
doctor-mail-address-remedy = Viết theo dạng smtp://máy:25, smtps://tài-khoản:mật-khẩu@máy:465 hoặc smtp://máy:587?tls=required.
doctor-mail-sender = Người gửi “{ $from }” (smtp.from) không phải địa chỉ thư: { $cause }.
doctor-mail-sender-remedy = Viết theo dạng Lan Tỏa <lantoa@tinh.gov.vn>.
doctor-mail-silent = Không nối được máy chủ thư: { $cause }.
doctor-mail-silent-remedy = Xem tên máy, cổng, tài khoản trong smtp.url, và tường lửa có cho máy này ra cổng đó không.
doctor-sign-on-none = Chưa cài đăng nhập một lần.
doctor-sign-on-none-remedy = Muốn dùng VNeID hoặc tài khoản của tỉnh, thêm mục [[oidc]] vào tệp cài đặt.
doctor-sign-on-answers = Nơi cấp đăng nhập “{ $id }” trả lời: { $issuer }.
doctor-sign-on-other = Nơi cấp đăng nhập “{ $id }” tự xưng là { $found }, không phải { $issuer }.
doctor-sign-on-other-remedy = Sửa issuer của mục [[oidc]] “{ $id }” cho trùng từng chữ với địa chỉ mà nơi cấp tự xưng.
doctor-sign-on-silent = Không hỏi được nơi cấp đăng nhập “{ $id }” ({ $issuer }): { $cause }.
doctor-sign-on-silent-remedy = Xem địa chỉ issuer, tường lửa và chứng thư của nơi cấp. Trong khi chờ, mọi người vẫn đăng nhập bằng mật khẩu.

doctor-tool-there = { $name }: đã có.
doctor-tool-reads-scans = { $name }: chưa có. Dùng để đọc chữ trên văn bản quét thành ảnh.
doctor-tool-reads-scans-remedy = Khi cần: apt-get install { $package }
doctor-tool-draws-pages = { $name }: chưa có. Dùng để vẽ trang PDF thành ảnh cho phần đọc bản quét.
doctor-tool-checks-books = { $name }: chưa có. Dùng để kiểm tra sách điện tử EPUB trong các phép thử.
doctor-tool-draws-pages-remedy = Khi cần: apt-get install { $package }
doctor-tool-makes-documents = { $name }: chưa có. Chỉ dùng khi kiểm thử, để tạo tệp DOCX và PDF mẫu.
doctor-tool-makes-documents-remedy = Khi cần: apt-get install { $package }
doctor-tool-browses = { $name }: chưa có. Chỉ dùng khi kiểm thử trang bằng trình duyệt.
doctor-tool-browses-remedy = Khi cần: apt-get install { $package }
doctor-tool-second-database = { $name }: máy này chưa cài phần máy chủ. Dùng khi kiểm thử, hoặc khi chạy PostgreSQL trên chính máy này.
doctor-tool-second-database-remedy = Khi cần: apt-get install { $package }
doctor-tool-takes-mail = { $name }: chưa có. Chỉ dùng khi kiểm thử gửi thư.
doctor-tool-takes-mail-remedy = Khi cần: apt-get install { $package }
doctor-tool-sets-type = Phông { $name }: chưa có. Chỉ dùng khi kiểm thử, để tạo tệp PDF mẫu.
doctor-tool-sets-type-remedy = Khi cần: apt-get install { $package }
doctor-library-keeps = Kho tư liệu ghi và đọc lại được: { $place }.
doctor-library-none = Kho tư liệu chưa có tệp nào; thư mục { $place } được tạo khi có tệp đầu tiên.
doctor-library-none-remedy = Không cần làm gì.
doctor-library-silent = Kho tư liệu { $place } không ghi hoặc đọc được: { $cause }.
doctor-library-silent-remedy = Với thư mục: cho tài khoản chạy Lan Tỏa quyền ghi. Với S3: xem lại LANTOA_LIBRARY__S3__ENDPOINT, BUCKET, KEY, SECRET, REGION và quyền của khóa.
