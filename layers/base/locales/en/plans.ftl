# Kế hoạch
nav-plans = Plans
notice-plan-adopted = { $name } was adopted and gives your agency work
notice-plan-adopted-unnamed = A newly adopted plan assigns work to your agency

plans-title = Plans
plans-lead = Documents that assign work: add them, review them, adopt them as programmes.
plans-add = Add a plan
plans-empty = No plans yet
plans-empty-why = Add the file of a plan (DOCX, PDF or TXT): the system reads it and picks out each provision with its agencies, deadline and target.
plan-untitled = Document without a number

field-plan = Plan
field-state = State
field-issuer = Issued by
field-issued-on = Date of issue
field-issued-on-help = Write it like 13/8/2025.
field-changed-at = Updated
field-type = Type of document
field-number = Number and symbol
field-number-help = For example 118/KH-UBND.
field-place = Place of issue
field-subject = Subject
field-path = Item
field-path-help = For example III.1.b.8.
field-after = Comes after item
field-after-end = End of the list
field-kind = Kind
field-role = Role of the agencies named
field-text = Text
field-leads = Lead
field-leads-support = Carries out (support)
field-cooperates = Support
field-recipients = Reports go to
field-names-help = One agency per line, as written in the document.
field-deadline = Deadline
field-last-day = Last day
field-target = Target
field-result = Output, result
field-why = Reason

plan-new-title = Add a plan
plan-new-lead = Drop the file of the document into the box below. Nothing is published until you adopt it.
plan-amends = Amends a plan
plan-amends-help = Choose the plan in force that this document replaces: the two will be compared.
plan-amends-none = No, this is a new plan
plan-ocr = Recognise the text of a scan
plan-ocr-help = For a PDF file that is only pictures. Check every word of the result.
plan-file = Choose a file or drop it here
plan-file-help = DOCX, PDF with text, or TXT. At most 20 MB.
plan-read-it = Read the document
plan-demo-file = No file at hand? Download one to try:
plan-demo-file-name = sample plan
plan-demo-file-amended = amended version of the sample plan
plan-no-file = There is no file yet. Choose a DOCX, PDF or TXT file.
plan-no-agency = Your account does not belong to an agency yet. Ask the administrator to link it to one.
plan-read-already = This file was added before: “{ $name }”. Open it from the list of plans.
plan-unread = { $cause }
plan-unread-secret = The document bears the mark “{ $mark }”. The system does not accept state secrets; handle this document under the rules on protecting state secrets.
plan-unread-timeout = Reading the file took too long and was stopped. Save the file again with Word or LibreOffice, then try again.
plan-read = The document has been read. Please review what is still in doubt.
plan-is-no-draft = This plan is no longer a draft and cannot be edited. To change it, add an amended version.

review-title = Review the reading
review-document = Document
review-provisions = provisions
review-provisions-read = Provisions read
review-open = in doubt
review-clear-open = { $clear } clear · { $open } in doubt
review-group-open = In doubt: { $count }
review-group-clear = Clear: { $count }
review-nothing-found = No provisions were found. The file may not be a plan; add provisions by hand or discard this draft.
review-heading = Number, date, subject
review-findings = Notes on the document ({ $count })
review-compare = Compare with { $name }
review-ocr = This version was read by text recognition
review-ocr-why = Text recognised from pictures may have wrong diacritics or numbers. Check each item against the original document.
review-unrelated = See the comparison, then confirm that it is an amendment, or discard this draft.
review-confirm-all = Confirm everything in doubt
review-confirm-all-why = { $count ->
    [one] { $count } item is in doubt. Confirm it as the system read it; the ledger keeps the reason and the item.
   *[other] { $count } items are in doubt. Confirm them all as the system read them; the ledger keeps the reason and each item.
}
review-confirm-all-do = Confirm all
review-add = Add a missing provision
review-add-do = Add
review-discard = Discard this draft
review-discard-why = The draft will no longer appear in your agency’s list; the record still keeps it.
review-discard-do = Discard draft
key-move = next, previous
key-doubt = next in doubt
key-edit = edit
key-accept = confirm

plan-adopt = Adopt the programme
plan-adopted = Adopted. Everyone can read the programme; the agencies given work have been notified.
plan-adopted-at = adopted on the system { $at }
plan-discarded = Draft discarded.
plan-confirmed-all = { $count ->
    [one] { $count } item confirmed.
   *[other] { $count } items confirmed.
}
plan-amendment-confirmed = Confirmed as an amendment.
plan-heading-kept = Number, date and subject saved.
plan-public = Public page
plan-source = Original document
plan-superseded = This plan has been superseded by
plan-obstacle-number = The document has no number and symbol yet.
plan-obstacle-subject = There is no subject yet.
plan-obstacle-date = There is no date of issue yet.
plan-obstacle-empty = There are no provisions yet.
plan-obstacle-doubts = { $count ->
    [one] { $count } item is in doubt: edit or confirm it.
   *[other] { $count } items are in doubt: edit or confirm them.
}
plan-obstacle-unrelated = It does not look like an amendment of the plan chosen: see the comparison.
plan-obstacle-twin = “{ $name }” has the same number and is in force. If this is an amended version, add it again and choose the plan it amends.
plan-obstacle-amended = The plan it amends, “{ $name }”, is no longer in force.

provision-kind-viewpoint = Viewpoint
provision-kind-target = Target
provision-kind-task = Task
provision-kind-funding = Funding
provision-kind-responsibility = Responsibility
provision-doubtful = In doubt
provision-edited = Edited
provision-confirmed = Clear
provision-no-lead = Not stated in the document
provision-confirm = Confirm
provision-confirm-path = Confirm item { $path }
provision-edit = Edit
provision-edit-path = Edit item { $path }
provision-save = Save and confirm
provision-kept = Item { $path } saved.
provision-remove = Not a provision
provision-remove-do = Remove this item
provision-removed = Item { $path } removed.
provision-text-missing = The text must not be empty.
provision-text-long = The text is longer than { $n } characters.
provision-names-many = More than { $n } agencies: please check again.
provision-kind-unknown = There is no kind of provision “{ $text }”. Choose one from the list.
provision-role-unknown = There is no role “{ $text }”. Choose lead or support.
provision-path-malformed = An item is letters and digits with full stops between, at most 60 characters; for example III.1.b.8.
provision-after-unknown = The document has no item { $path }. Choose one from the list.
provision-path-missing = Give the item, for example III.1.b.8.
provision-path-taken = Item { $path } already exists.
role-lead = Lead
role-support = Support
party-class = group of agencies
party-ambiguous = several agencies of this name
party-choose = Which agency is “{ $name }”?
party-choose-do = Link
agency-not-in-directory = No agency of that name is in the directory. Choose a name from the suggestions.

deadline-as-written = The document says: “{ $raw }”
deadline-kind = How it is set
deadline-kind-none = Not stated
deadline-kind-year = Within a year
deadline-kind-quarter = Within a quarter
deadline-kind-month = Within a month
deadline-kind-date = Exact date
deadline-kind-range = Period
deadline-kind-recurring = Ongoing or recurring
deadline-kind-recurring-from = Recurring, from a given year
deadline-kind-report-cycle = Reporting cycle
deadline-kind-unknown = Not clear
deadline-day = Day
deadline-month = Month
deadline-quarter = Quarter
deadline-year = Year
deadline-interval = Frequency
deadline-before = Must be done before that date
due-none = No deadline stated
due-unknown = Deadline not clear
due-unknown-raw = Not clear: “{ $raw }”
due-by = { $point }
due-before = Before { $point }
due-range = From { $from } to { $to }
due-from = { $interval }, from { $point }
due-continuous = ongoing
due-daily = daily
due-weekly = weekly
due-biweekly = fortnightly
due-monthly = monthly
due-quarterly = quarterly
due-half-yearly = half-yearly
due-yearly = yearly
due-report = { $interval } report
due-report-on = { $interval } report, on { $days }
due-report-before = { $interval } report, before { $days }
due-day-of-month = day { $day }
due-month = { $month }/{ $year }
due-quarter = quarter { $quarter }/{ $year }
due-year = year { $year }
due-year-odd = The year “{ $text }” looks wrong. Give a year from 1990 to 2100.
due-year-missing = Give the year of the deadline.
due-month-missing = Give the month of the deadline.
due-day-missing = Give the day of the deadline.
due-quarter-missing = Give the quarter of the deadline.
due-month-odd = There is no month “{ $text }”. Give a number from 1 to 12.
due-day-odd = There is no day “{ $text }”. Give a number from 1 to 31.
due-quarter-odd = There is no quarter “{ $text }”. Give a number from 1 to 4.
due-kind-unknown = There is no kind of deadline “{ $text }”. Choose one from the list.
due-interval-unknown = There is no interval “{ $text }”. Choose one from the list.
due-no-such-day = There is no such day in the calendar.
due-not-a-number = “{ $text }” is not a number. Write it in digits.
due-group-recurring = Ongoing or recurring
due-group-report = Reporting cycle
due-group-none = No deadline stated
due-group-unknown = Not clear
target-op = Comparison
target-range = range
target-value = Value
target-unit = Unit
target-subject = Of whom or what
target-exclude = Except
target-op-unknown = There is no comparison “{ $text }”. Choose one from the list.
target-range-open = The document gives no upper bound, so this can not be a range. Choose another comparison.
target-not-a-number = The number “{ $text }” is not understood. Write it like 80 or 1.234,5.

download = Download
download-xlsx = Spreadsheet (XLSX)
download-csv = Data (CSV)
download-json = Data (JSON)
download-ics = Calendar of deadlines
filter-title = Filter
filter-part = Part
filter-agency = Agency
filter-due = Deadline
filter-kind = Kind
filter-words = Words
filter-all = All
filter-chosen = Filtered by
board-count = { $total ->
    [one] { $shown } of { $total } provision
   *[other] { $shown } of { $total } provisions
}
board-empty = No provisions match
board-empty-why = Remove some of the filter conditions.

comparison-title = Compare the two versions
comparison-unrelated = This does not look like an amendment of “{ $old }”
comparison-unrelated-what = When it is adopted, the other plan is no longer in force. If it is an amendment, give the reason and confirm; if the wrong one was chosen, discard the draft and add the file again.
comparison-unrelated-confirm = Confirm that it is an amendment
relation-keeps-little = Only { $kept } of the { $before } provisions of the plan it amends are found in this one.
relation-issuer = Another issuing body: { $new } (the plan it amends: { $old }).
relation-subject = Quite another subject: “{ $new }” (the plan it amends: “{ $old }”).
comparison-lead = { $new } compared with { $old }
comparison-changed = changed
comparison-new = new
comparison-gone = dropped
comparison-carried = unchanged
comparison-changed-title = Changed
comparison-new-title = New
comparison-gone-title = Dropped
comparison-carried-title = Unchanged
comparison-carried-show = { $count ->
    [one] See { $count } unchanged item
   *[other] See { $count } unchanged items
}
comparison-was = was { $path }
comparison-none = None.

go-nothing = Nothing found. Try fewer words; diacritics are not needed.

home-drafts = { $count ->
    [one] { $count } draft plan awaits your review.
   *[other] { $count } draft plans await your review.
}
home-owed = Your agency’s work
home-nothing = Nothing awaits you today.
home-draft-doubts = { $count ->
    [one] { $count } item in doubt.
   *[other] { $count } items in doubt.
}
home-draft-ready = Everything is clear: it can be adopted.
home-draft-since = Added { $at }.
home-draft-go = Review
home-drafts-title = Drafts
home-owed-all = Lead { $leads }, support { $supports }: see all
home-gaps-title = Missing
home-overview = The province’s programmes
home-plans = Programmes
home-plan-holds = { $duties } duties, { $targets } targets
home-next = Due next
gap-contact = { $count ->
    [one] { $count } agency without telephone and e-mail
   *[other] { $count } agencies without telephone and e-mail
}
gap-own-contact = Your agency has neither telephone nor e-mail
gap-people = { $count ->
    [one] { $count } agency without people
   *[other] { $count } agencies without people
}
gap-invited = { $count ->
    [one] { $count } person invited who never came
   *[other] { $count } people invited who never came
}
home-empty = No work yet
home-empty-why = When a plan assigns work to your agency, it will appear here.
home-notices = Notices
home-notices-none = No notices yet.
home-guide = Guide
home-guide-why = First time here?
home-guide-go = Read the user guide

portal-home = Front page
portal-home-title = What the province has promised, who does it, and by when
portal-home-lead = { $issuer } assigns { $duties ->
    [one] { $duties } duty
   *[other] { $duties } duties
} and { $targets ->
    [one] { $targets } target
   *[other] { $targets } targets
}. Each can be opened: the full wording, the agency responsible, the deadline.
portal-home-open = See the programme
portal-home-agencies = Agencies
portal-when = When it must be done
portal-when-finding = { $total ->
    [one] { $total } provision of { $name }, by deadline
   *[other] { $total } provisions of { $name }, by deadline
}
portal-others = Other programmes
portal-empty = No programme has been adopted yet
portal-empty-why = Programmes will appear here as soon as they are adopted.
portal-empty-next = Meanwhile, you can look at the agencies of the province.
portal-plans = Programmes
portal-plans-lead = The plans in force, to be read provision by provision.
portal-sum = { $total ->
    [one] { $total } provision at a glance
   *[other] { $total } provisions at a glance
}
portal-promises = Provision by provision
portal-take = Downloads
promise-what = What
promise-who = Who
promise-when = By when
promise-with = Support:
promise-count = { $count ->
    [one] { $count } provision
   *[other] { $count } provisions
}
promise-path = item { $path }
agency-duties = What { $name } must do
agency-duties-lead = Every provision of the plans in force that names this agency, or a group of agencies it belongs to.
agency-leads = Lead ({ $count })
agency-supports = Support, receives reports ({ $count })
agency-duties-none = No plan assigns work to this agency yet
agency-duties-none-why = The list comes from the adopted plans.
path-closing = closing paragraph of part { $part }
upload-broken = The file did not arrive whole. Check the connection and send it again.
