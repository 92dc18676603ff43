# Words of the house: small verbs that every page uses.
site-name = Tỉnh Đồng Tháp
save = Lưu
cancel = Thôi
reason-missing = Hãy ghi lý do.
date-not-understood = Không hiểu ngày “{ $text }”. Hãy ghi như 20/6/2026.
