# Duties, answers, reviews
nav-duties = My duties
nav-duties-short = Duties
nav-reviews = To review
nav-reviews-short = Review

notice-answer-returned = Sent back to be completed: { $name }
notice-answer-accepted = Accepted: { $name }
notice-slot-unlocked = Unlocked for a correction: { $name }

duties-without-agency = Your account belongs to no agency, so nothing is owed. Ask the system administrator to set your agency.
duties-heading-calm = Nothing is late or due soon
duties-heading-soon = { $count ->
    [one] One duty is due soon
   *[other] { $count } duties are due soon
}
duties-heading-late = { $count ->
    [one] One duty is late or sent back
   *[other] { $count } duties are late or sent back
}
duties-parts = Part
duties-leading = Leading ({ $count })
duties-supporting = Supporting ({ $count })
duties-done = Handed in
duties-late = Late or sent back
duties-soon = Due within 14 days
duties-later = Time left
duties-none = Nothing owed
duties-none-why = When a plan gives your agency something to do, it stands here with its date.
duties-none-done = Nothing handed in yet
duties-none-done-why = What was handed in, waits for review or was accepted will stand here.
duties-go-owed = See what is owed
duties-show-all = Also show what is due later

duty-kind-work = Task
duty-kind-report = Periodic report
duty-kind-request = Request
duty-part-lead = Leads
duty-part-support = Supports

slot-standing-void = No longer owed
slot-standing-open = Not handed in
slot-standing-overdue = Late
slot-standing-submitted = Waits for review
slot-standing-returned = Sent back
slot-standing-accepted = Accepted
slot-void-agency-closed = The agency has closed
slot-void-plan-replaced = The plan was replaced
slot-void-duty-changed = The duty was changed
slot-locked = No answer is taken now
slot-locked-accepted = The answer was approved and can not be changed. Ask the coordinating body to unlock it and say why.
slot-locked-expired = It is more than 30 days late and locked. Ask the coordinating body to unlock it and say why.
slot-locked-void = It is no longer owed, so no answer is taken.
slot-unlocked-until = Unlocked until the end of { $day }
slot-unanswered = No answer yet
slot-unanswered-why = The agency has not handed in anything for this period.
slot-facts = Facts
slot-due = Due
slot-period = Period
slot-plan = Plan
slot-difficulty = Something in the way?
slot-difficulty-why = What is beyond your agency can be raised: it gets a body to answer it, and a time to do so.
slot-difficulty-raise = Raise a difficulty
slot-history = History

rule-once = Once, by { $day }
rule-once-before = Once, before { $day }
rule-monthly = On day { $day } of each month
rule-monthly-before = Before day { $day } of each month
rule-month-end = On the last day of each month
rule-yearly = On { $days } each year
rule-yearly-before = Before { $days } each year
rule-continuous = Continuous, looked over on { $days } each year
rule-continuous-before = Continuous, looked over before { $days } each year
rule-on-request = Within { $days } working days of the request
rule-cut-off-fourteenth = data up to the 14th
rule-shift-none = not moved when it falls on a day off
rule-shift-previous = on a day off: the working day before
rule-shift-next = on a day off: the working day after

period-year = { $year }
period-first-half = First half of { $year }
period-second-half = Second half of { $year }
period-quarter = Quarter { $quarter } of { $year }
period-month = { $month }/{ $year }
period-turn = Part { $turn } of { $year }
period-day = Until { $day }

left-today = Today is the last day
left-late = { $count ->
    [one] One day late
   *[other] { $count } days late
}
left-days = { $count ->
    [one] One day left
   *[other] { $count } days left
}
left-months = { $count } months left

answer-title = Hand in
answer-title-again = Hand in again (version { $version })
answer-outcome = This period
answer-outcome-reported = Something to report
answer-outcome-nothing = Nothing to report
answer-nothing-help = Needs a reason. Counts as handed in, not as data.
answer-text = What was done
answer-text-help = What was done, who took part, how far it got.
answer-figures = Figures
answer-figures-help = Write 1.234 or 1.234,5. Zero is a figure; an empty field is none.
answer-figure-name = Name of figure { $n }
answer-figure-value = Value of figure { $n }
answer-figure-unit = Unit of figure { $n }
answer-figure-name-short = Figure
answer-figure-value-short = Value
answer-figure-unit-short = Unit
answer-reason = Why there is nothing to report
answer-reason-help = Only when “Nothing to report” is chosen.
answer-late-reason = Why it is late
answer-late-help = It was due on { $day }.
answer-late-kind = Cause
answer-late-excusable = Beyond our control
answer-late-own = Our own
answer-submit = Hand in
answer-keep = Keep draft
answer-keep-first = Press “{ $button }” before you attach a file or a link, or what you typed is lost.
answer-kept = The draft is kept.
answer-submitted = Handed in. The reviewing body will look at it.
answer-empty = There is nothing to hand in: write what was done, give a figure or add a proof; or choose “Nothing to report” and say why.
answer-nothing-without-reason = Say why there is nothing to report.
answer-late-without-reason = It is past the due date: say why.
answer-too-long = This is too long. Shorten it and add the details as a file.
answer-conflict = A colleague has just handed in another version
answer-conflict-draft = A colleague has just changed this draft
answer-conflict-next = What you wrote is still in the form. Look at the other version, then complete and hand in again, or leave it if the other is enough.
answer-proofs = Proofs
answer-proofs-none = No proof is attached to this version yet.
answer-version = Version { $version }
answer-was-late = Late
draft-by = Draft by { $name }, { $at }

figure-without-name = The figure “{ $value }” has no name.
figure-without-value = “{ $name }” has no value. Write 0 or clear the row.
figure-name-long = The name or unit of “{ $name }” is too long.
figure-no-number = “{ $value }” ({ $name }) is no number. Write it like 1.234 or 1.234,5.
figure-out-of-range = “{ $value }” ({ $name }) is out of range: not below zero and at most 9.007.199.254.740.991.
figure-percent-range = “{ $value }” ({ $name }) is out of range: from 0 to 100%.
figure-over-hundred = “{ $value }” ({ $name }) is more than 100%.
figure-too-many = At most { $n } figures in one version.

proof-file = File (at most 10 MB)
proof-link = Link
proof-add = Add file
proof-add-link = Add link
proof-added = The proof is added.
proof-taken-back = The proof is taken back.
proof-remove = Remove { $name }
proof-empty = The file is empty. Choose another.
proof-kinds = PDF, Word, Excel, PowerPoint, OpenDocument, pictures (PNG, JPEG, GIF, WebP, HEIC), sound (MP3, M4A, OGG, WAV), films (MP4, MOV), plain text (.txt, .csv). For a web page, give its address.
proof-packed = Archives (.zip, .rar, .7z) are not taken, since a reviewer can not look inside. Unpack it and bring the files one by one; put many pictures into one Word or PDF file.
proof-locked = This file has a password, or is an old Office file with a new ending, so a reviewer can not open it. Open it, take the password off, save it and bring it again.
proof-foreign = This file is not taken: its content is none of the kinds taken, or the ending of its name does not match its content. Save it as PDF, an office document (Word, Excel, PowerPoint, OpenDocument), a PNG, JPEG, GIF, WebP or HEIC picture, MP3, M4A, OGG or WAV sound, an MP4 or MOV film, or .txt or .csv text, and try again.
proof-no-address = A link is a web address that begins with http:// or https://, without a user name.
proof-too-many = At most { $n } proofs for one version. Put pictures into one file and try again.

verdict-title = Review
review-help = Say what is missing.
review-by-field = Remarks by part
review-accept = Accept
review-return = Send back
review-accepted = Accepted
review-returned = Sent back
review-waits = Nobody has reviewed this version yet.
review-was-accepted = The answer is accepted.
review-was-returned = The answer is sent back; the agency is told at once.
review-without-words = Say what is missing when you send an answer back.
remark-whole = On the whole
review-whole = On the whole (needed when sending back)
remark-text = On the text
remark-figures = On the figures
remark-proofs = On the proofs
reviews-heading = { $count ->
    [one] One answer waits for review
   *[other] { $count } answers wait for review
}
reviews-lead = What was due first stands first. Nobody reviews what their own body answered.
reviews-none = Nothing waits for review
reviews-none-why = What agencies hand in will stand here.
reviews-pages = Pages of answers that wait

slot-closed-already = This period was closed on { $day }. What is handed in now is taken, but goes only into the next closing.
slot-came-after-closing = Version { $version } came after the closing of { $day }, and goes into the next one.
unlock-title = Unlock
unlock-why = Why
unlock-why-help = The reason is written into the ledger and shown to the agency.
unlock-until = Until the end of
unlock-do = Unlock
unlock-done = Unlocked. The agency is told and may hand in one more version.
unlock-without-reason = Say why it is unlocked.
unlock-day-wrong = The day must be from today to at most 60 days ahead.

day-off-name-wrong = Name the day, in at most 120 letters.
day-off-kind-unknown = It is not clear whether this day is off or worked. Choose one of the two.
day-off-noted = { $day } is on the list already.
day-off-free-anyway = { $day } is a week-end day anyway. Check the date; if it is worked instead, choose so.
day-off-worked-anyway = { $day } is a working day anyway. Check the date; if it is off, choose so.

ledger-duties-settled = Duties of the plan: { $duties } duties, { $opened } slots opened, { $voided } voided
ledger-days-off-settled = Calendar of days off: { $count } days
ledger-day-off-noted = Day off { $day }: { $name }
ledger-day-worked-noted = Working day { $day }: { $name }
ledger-day-off-removed = { $day } ({ $name }) taken off the calendar
ledger-proof-added = Proof “{ $name }” added
ledger-proof-taken-back = Proof “{ $name }” taken back
ledger-answer-submitted = Answer handed in, version { $version }
ledger-answer-accepted = Answer accepted, version { $version }
ledger-answer-returned = Answer sent back, version { $version }
ledger-slot-unlocked = Unlocked until the end of { $day }

notice-reminded = Something is due soon or late.
ledger-agency-reminded = Reminded: { $owed } duties, { $late } of them late
mail-topic-reminder = reminder
reminder-mail-subject = Reminder: { $count } duties are due soon or late
reminder-mail-opening = To { $name }. The following are due soon or late, and nothing was handed in:
reminder-mail-more = … and { $count } more.
reminder-mail-where = See and hand in at { $address }. This letter is sent by itself in office hours; what was handed in is not called to mind again.

nav-progress = Progress
progress-without-plan = No plan is in force, so there is no progress yet.
progress-heading = { $share } handed in, { $late } late
progress-heading-nothing = Nothing is due in this year
progress-part = Part { $part }
progress-year = Due in
progress-expected = Owed
progress-submitted = Handed in
progress-on-time = In time
progress-nothing = Nothing to report
progress-waiting = Waits for review
progress-returned = Sent back
progress-accepted = Accepted
progress-overdue = Late, not handed in
progress-open = Not yet due
progress-done = Handed in
progress-percent = { $share } of what is owed
progress-by-agency = By agency and period
progress-caption = Each cell has what was handed in (not counting what was sent back) of what is owed; follow it to the list
progress-cell = { $agency }, { $period }: { $done } of { $expected } handed in, { $late } late
progress-map = Communes and wards by what is latest
progress-empty = Nothing is due in this year
progress-empty-why = Choose another year, or see what the plan asks.
progress-list = { $what }: { $count }
progress-list-empty = Nothing here
progress-list-empty-why = No period fits. Drop a condition of the filter, or go back to the board.
progress-pages = Pages of the list
ledger-group-duties = Duties, answers
period-monthly = Monthly
period-once = With a date of its own
home-owed-calm = Nothing is late or due soon
nav-days-off = Days off
days-off-heading = Days off in { $year }
days-off-lead = Whether last days move, and when agencies are reminded, goes by this calendar. Slots that are open keep their day.
days-off-years = Year
days-off-none = No days off noted for this year
days-off-none-why = Note holidays as they are announced.
days-off-day = Day
days-off-name = Name
days-off-name-help = For instance: Lunar New Year.
days-off-kind = Kind
days-off-off = Off
days-off-worked = Worked instead
days-off-expected = expected by law
days-off-add = Note a day
days-off-remove = Remove
days-off-remove-one = Remove { $day }
day-off-kept = Noted in the calendar.
day-off-removed = Taken off the calendar.
answer-theirs = Your colleague's draft
answer-typed = What you have just written
answer-typed-why = It was locked before you pressed the button. Copy what you still need.
answer-keeps-proofs = Keep { $count } proofs of the version before
review-superseded = Replaced by version { $version }.
review-stale = It was reviewed already, or the agency has just handed in a newer version. See the newest one below.
unlock-not-locked = Answers are taken now, so there is nothing to unlock.
due-opened-late = { $due }, taken until { $until }
answer-late-without-kind = Choose the cause of the delay: excusable or our own.
answer-secret = A line is marked “{ $mark }”. Nothing secret may be put here; send it by the secret way.
answer-figure-more = More rows of figures
figure-ambiguous = “{ $value }” ({ $name }) can be read in two ways. If it is { $other }, write { $other }. If the decimal { $value } is meant, press the button again.
figure-too-fine = “{ $value }” ({ $name }) has too many decimals: { $n } at most.
proof-secret = The file is marked “{ $mark }” and is not taken. Nothing secret may be put here; send it by the secret way.
slot-row-locked = Locked, ask for it to be opened
slot-row-asked = Locked, asked to be opened
slot-row-instead = In place of { $name }, which has ended
progress-late = Handed in late
progress-excused = Late for an excusable reason
reminder-mail-sent-back = Sent back, to be done again
version-changes = What differs from version { $version }
reviews-figures = { $count } figures
reviews-values = { $count } values in the form
reviews-head-duty = Duty
reviews-head-says = What was handed in
reviews-accept-picked = Accept
bulk-remind = Remind now
bulk-unlock = Unlock
bulk-unlock-do = Unlock what is picked
bulk-nothing-picked = Nothing is picked. Tick the boxes of some rows and press again.
bulk-accepted = { $count } results accepted.
bulk-accepted-some = { $count } results accepted. { $left } were not: a newer version came, or somebody reviewed them.
bulk-reminded = { $count } agencies reminded.
bulk-reminded-some = { $count } agencies reminded. { $left } periods were left out: they are locked (not begun, or overdue for too long), so nothing can be handed in. Unlock them first, then remind.
bulk-reminded-nobody-locked = No agency was reminded. { $left } periods are locked (not begun, or overdue for too long), so nothing can be handed in. Unlock them first, then remind.
bulk-reminded-nobody = No agency was reminded: they have answered, or were reminded within the last hour.
bulk-remind-office-hours = Agencies are reminded in office hours only, never at night or on days off. Do it again in office hours.
bulk-unlocked = { $count } slots unlocked.
bulk-unlocked-some = { $count } slots unlocked; { $left } were not locked.
proofs-heading = { $count } pieces of evidence, { $shared } shared
proofs-none = No evidence yet
proofs-none-why = Files and links of answers that were not sent back stand here; the same file or link counts once.
proofs-claimed = Handed in by
proofs-shared = Shared by { $count } agencies
proof-address-private = This address is inside a private network, where nobody else can open it. Use a public address, or upload a file.
proof-address-long = The link is longer than { $n } characters. Use a shorter address of that page.
home-waiting = Waits for you
home-overdue = { $count } overdue, { $plan }
home-overdue-leader = { $count } overdue, { $plan }: see why
home-reviews = { $count } results to review

## Links of proofs, asked again later
link-open = opened on { $day }
link-guarded = on { $day } the page wanted a sign-in; whether the content is there is unknown
link-private = an address of an internal network, not checked
link-doubtful = did not open on { $day }; tried again later
link-lost = opens no more, last tried on { $day }
link-lost-since = opens no more (tried on { $day }), last opened on { $opened }
ledger-proof-link-lost = The link to { $host } given as proof opens no more
ledger-proof-link-found = The link to { $host } given as proof opens again
notice-proof-link-lost = A link given as proof opens no more: { $name }

## What an agency is told, by mail
mail-topic-notices = notices
notice-mail-subject = { $count } new notices
notice-mail-opening = To { $name }. Since the last letter:
notice-mail-more = … and { $count } more.
notice-mail-where = All of them are at { $address }. This letter was sent by itself in office hours, at most one every half hour.

slot-locked-early = This period has not begun, so nothing is taken yet. Hand in once it has begun.
