# Words of the house: small verbs that every page uses.
site-name = Đồng Tháp province
save = Save
cancel = Cancel
reason-missing = Please give a reason.
date-not-understood = The date “{ $text }” is not understood. Write it like 20/6/2026.
