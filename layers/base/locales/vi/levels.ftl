# Các cấp mà một kết quả đi qua: duyệt trong cơ quan, thẩm định ngoài cơ quan chủ trì, tổng hợp lời văn

notice-answer-presented = Chờ bạn duyệt trước khi nộp: { $name }
notice-presentation-returned = Người duyệt của cơ quan trả lại: { $name }
notice-reviewer-named = Cơ quan được giao cùng thẩm định: { $name }
ledger-answer-presented = Trình người duyệt của cơ quan
ledger-answer-cleared = Duyệt và nộp kết quả, bản { $version }
ledger-answer-cleared-alone = Tự duyệt và nộp kết quả, bản { $version } (cơ quan không có người duyệt khác)
ledger-presentation-returned = Người duyệt của cơ quan trả lại
ledger-presentation-withdrawn = Rút lại phần đã trình duyệt
ledger-clearance-set = Đặt việc duyệt trong cơ quan: { $mode }
ledger-oversight-changed = Đổi người thẩm định của nhiệm vụ
duty-field-clears = Duyệt trong cơ quan
duty-field-reviewers = Cơ quan cùng thẩm định

clearance-title = Chờ duyệt trong cơ quan
clearance-waits = Chờ duyệt
clearance-mine = Chờ tôi duyệt
clearance-heading =
    { $count ->
        [0] Không có kết quả nào chờ bạn duyệt
       *[other] { $count } kết quả chờ bạn duyệt
    }
clearance-all = Mở cả { $count } kết quả chờ duyệt
clearance-none = Không có gì chờ duyệt
clearance-none-why = Khi chuyên viên bấm “Trình duyệt”, kết quả sẽ hiện ở đây, để lâu nhất đứng trước.
clearance-row = { $name } trình lúc { $at }
clearance-presented-by = { $name } trình lúc { $at }
clearance-present = Trình duyệt
clearance-presented = Đã trình. Người duyệt của cơ quan được báo; kết quả chỉ tính là nộp khi được duyệt.
clearance-needed = Kết quả của cơ quan phải được người duyệt thông qua trước khi nộp. Mở trang của việc này trên Lan Tỏa và bấm “Trình duyệt”; phần mềm gọi API thì gửi cùng nội dung này tới POST { $address }.
clearance-needed-title = Kết quả này qua người duyệt của cơ quan
clearance-needed-why = Bấm “Trình duyệt” để gửi tới: { $names }. Ngày nộp là ngày được duyệt, nên hãy trình sớm.
clearance-not-needed = Kết quả này không cần trình nữa: bấm “Nộp kết quả”; phần mềm gọi API thì gửi tới POST { $address }.
clearance-nobody = Kết quả này phải được duyệt trước khi nộp, nhưng cơ quan chưa có ai giữ vai trò Người duyệt. Quản trị cơ quan hãy giao vai trò đó, hoặc bỏ yêu cầu duyệt nếu do cơ quan tự đặt.
clearance-nobody-title = Cơ quan chưa có người duyệt
api-op-presentation = Trình người duyệt của cơ quan
api-op-presentation-words = Khi cơ quan có người duyệt, kết quả phải được duyệt trước khi nộp. Kết quả được giữ làm bản đang viết, đứng tên người mà khóa thay mặt; người duyệt được báo. Kết quả chỉ tính là nộp khi được duyệt. Không ghi đè phần mà cán bộ đang viết.
api-field-presentation-state = waiting (chờ duyệt), cleared (đã duyệt và nộp), returned (trả lại), withdrawn (đã rút).
api-field-presentation-person = Người trình, theo tên.
api-field-presentation-reason = Lý do trả lại; trống nếu không bị trả lại.
api-field-decided-at = Thời điểm duyệt, trả lại hoặc rút; null khi đang chờ.
api-field-presentation-answer = Id kết quả đã nộp; null khi chưa được duyệt.
clearance-alone-title = Anh/chị là người duyệt duy nhất của cơ quan
clearance-alone-why = Bấm “Nộp kết quả” là tự duyệt và nộp; nhật ký ghi rõ điều đó.
clearance-own = Anh/chị đã viết kết quả này, nên một người duyệt khác của cơ quan phải duyệt.
clearance-who-decides = Người duyệt: { $names }
clearance-clear = Duyệt và nộp
clearance-cleared = Đã duyệt và nộp. Cơ quan thẩm định sẽ xem.
clearance-return = Trả lại
clearance-returned = Đã trả lại cho người trình.
clearance-reason = Lý do trả lại (chỉ khi trả lại)
clearance-reason-help = Nói rõ chỗ cần sửa; người trình đọc được nguyên văn.
clearance-without-reason = Hãy nêu lý do trả lại.
clearance-came-back = Người duyệt của cơ quan trả lại
clearance-withdraw = Rút lại để sửa
clearance-withdraw-help = Muốn sửa thì rút lại, sửa xong trình lại.
clearance-withdrawn = Đã rút lại. Phần đang viết còn nguyên.
clearance-stale = Một đồng nghiệp vừa duyệt, trả lại hoặc sửa phần này. Trang dưới đây là tình trạng mới nhất.
clearance-by = { $name } duyệt
clearance-by-alone = { $name } tự duyệt (không có người duyệt khác)
clearance-setting = Duyệt trong cơ quan
clearance-setting-legend = Kết quả của cơ quan có phải được duyệt trước khi nộp không?
clearance-setting-help = Nhiệm vụ nào được điều phối viên đặt là luôn phải duyệt thì vẫn phải duyệt.
clearance-setting-save = Lưu
clearance-set = Đã lưu cách duyệt của cơ quan.
clearance-mode-automatic = Tự động
clearance-mode-automatic-help = Phải duyệt khi cơ quan có người duyệt khác người viết.
clearance-mode-always = Luôn phải duyệt
clearance-mode-always-help = Cơ quan phải có ít nhất một người giữ vai trò Người duyệt.
clearance-mode-never = Không cần duyệt
clearance-mode-never-help = Ai được trả lời thì nộp thẳng.
clearance-approvers = Người duyệt của cơ quan
clearance-approvers-none = Chưa có ai giữ vai trò Người duyệt.

oversight-title = Thẩm định và duyệt
oversight-go = Cơ quan cùng thẩm định, duyệt trong cơ quan
oversight-reviewers = Cơ quan cùng thẩm định
oversight-reviewers-why = { $name } chủ trì kế hoạch và luôn thẩm định. Thêm ở đây cơ quan khác cùng thẩm định; không cơ quan nào thẩm định kết quả của chính mình.
oversight-none = Chưa có cơ quan nào khác.
oversight-head-reviewer = Cơ quan thẩm định
oversight-head-over = Kết quả của
oversight-head-drop = Bỏ
oversight-drop = Bỏ dòng này
oversight-add = Thêm cơ quan thẩm định
oversight-add-help = Tên cơ quan, ví dụ: Sở Văn hóa, Thể thao và Du lịch.
oversight-over = Thẩm định kết quả của ai
oversight-over-help = Mỗi dòng một cơ quan hoặc một nhóm, ví dụ: các cơ quan báo chí. Để trống: của tất cả.
oversight-over-all = Tất cả cơ quan thực hiện
oversight-words = { $name } ({ $over })
oversight-keeper = Cơ quan chủ trì kế hoạch đã thẩm định mọi kết quả: không cần thêm.
oversight-no-class = Hãy nêu tên từng cơ quan thẩm định, không nêu nhóm.
oversight-nobody = Hãy nêu cơ quan thẩm định.
oversight-clears = Duyệt trong cơ quan
oversight-clears-label = Mọi kết quả của nhiệm vụ này phải được người duyệt của cơ quan thực hiện duyệt trước khi nộp
oversight-clears-help = Có hiệu lực cả với cơ quan đã đặt “Không cần duyệt”.
oversight-clears-yes = Luôn phải duyệt
oversight-clears-no = Theo cơ quan
oversight-whole-part = Áp dụng cho cả { $count } nhiệm vụ của phần { $part }
oversight-save = Lưu
oversight-kept =
    { $count ->
        [0] Không có gì thay đổi.
       *[other] Đã lưu cho { $count } nhiệm vụ.
    }
oversight-conflict = Một đồng nghiệp vừa sửa trang này. Lời của bạn còn trong biểu mẫu; bấm “Lưu” lần nữa là ghi đè.

collation-title = Tổng hợp lời văn
collation-go = Tổng hợp lời văn
collation-counted = { $present }/{ $all } cơ quan đã nộp
collation-now = tình trạng lúc { $at }
collation-results = Kết quả thực hiện
collation-difficulties = Khó khăn, vướng mắc
collation-proposals = Đề xuất, kiến nghị
collation-several = Nhiều cơ quan cùng nêu
collation-nothing = Không phát sinh
collation-wordless = Chỉ nộp số liệu hoặc tệp
collation-absent = Chưa nộp: { $count } cơ quan
collation-absent-none = Mọi cơ quan đã nộp.
collation-source = { $agency }, bản { $version }, { $on }
collation-source-returned = { $agency }, bản { $version }, { $on }, bị trả lại
collation-empty = Chưa có lời văn nào để tổng hợp
collation-empty-why = Khi cơ quan nộp kết quả, lời của họ hiện ở đây kèm nguồn.
collation-back = Về kỳ này
download-docx = Tải DOCX
