# Words of the house: small verbs that every page uses.
site-name = Đồng Tháp province
save = Save
cancel = Cancel
reason-missing = Please give a reason.
date-not-understood = The date “{ $text }” is not understood. Write it like 20/6/2026.

## Copies of an article on channels (base/copies.rs)
copy-stand-waiting = not out yet
copy-stand-out = out
copy-stand-wanted = to be edited or retracted
copy-stand-unknown = unknown whether out
copy-stand-edited = edited
copy-stand-retracted = retracted
copy-stand-followed = a correction was sent after it
copy-stand-final = out, can not be taken back
copy-stand-stays = kept, with a reason
copy-stand-stopped = stopped, was never out
