# Words of the house: small verbs that every page uses.
site-name = Tỉnh Đồng Tháp
save = Lưu
cancel = Thôi
reason-missing = Hãy ghi lý do.
date-not-understood = Không hiểu ngày “{ $text }”. Hãy ghi như 20/6/2026.

## Bản sao của một bài trên các kênh (base/copies.rs)
copy-stand-waiting = chưa ra
copy-stand-out = đã ra
copy-stand-wanted = đang chờ sửa hoặc gỡ
copy-stand-unknown = chưa rõ đã ra hay chưa
copy-stand-edited = đã sửa
copy-stand-retracted = đã gỡ
copy-stand-followed = đã có tin đính chính gửi sau
copy-stand-final = đã ra, không thể lấy lại
copy-stand-stays = được giữ, có lý do
copy-stand-stopped = đã dừng, chưa từng ra
