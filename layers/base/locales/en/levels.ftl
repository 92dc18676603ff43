# The levels an answer goes through: cleared within the agency, reviewed outside the hierarchy, collated

notice-answer-presented = Waits for your approval before it is handed in: { $name }
notice-presentation-returned = Sent back by your agency's approver: { $name }
notice-reviewer-named = Your agency reviews this too: { $name }
ledger-answer-presented = Presented to the agency's approver
ledger-answer-cleared = Approved and handed in, version { $version }
ledger-answer-cleared-alone = Approved by its own writer and handed in, version { $version } (the agency has no other approver)
ledger-presentation-returned = Sent back by the agency's approver
ledger-presentation-withdrawn = Presentation taken back
ledger-clearance-set = Approval within the agency: { $mode }
ledger-oversight-changed = Reviewers of the duty changed
duty-field-clears = Approval within the agency
duty-field-reviewers = Further reviewers

clearance-title = Waits for approval within the agency
clearance-waits = Waiting
clearance-mine = Waiting for me
clearance-heading =
    { $count ->
        [0] Nothing waits for your approval
        [one] { $count } answer waits for your approval
       *[other] { $count } answers wait for your approval
    }
clearance-all = Open all { $count }
clearance-none = Nothing waits for approval
clearance-none-why = What officers present shows here, the longest waiting first.
clearance-row = Presented by { $name } at { $at }
clearance-presented-by = Presented by { $name } at { $at }
clearance-present = Present for approval
clearance-presented = Presented. Your agency's approver is told; it counts as handed in only once approved.
clearance-needed = Your agency's answers need its approver before they are handed in. Open this duty in Lan Tỏa and press “Present for approval”; a program sends the same content to POST { $address }.
clearance-needed-title = This answer goes through your agency's approver
clearance-needed-why = “Present for approval” sends it to: { $names }. The day of approval is the day it is handed in, so present early.
clearance-not-needed = This answer needs no approval any more: press “Hand in”; a program sends it to POST { $address }.
clearance-nobody = This answer needs approval, but nobody in the agency is an approver. The agency's administrator should give somebody that role, or drop the requirement if the agency set it.
clearance-nobody-title = The agency has no approver
api-op-presentation = Present to the agency’s approver
api-op-presentation-words = Where the agency has an approver, an answer is approved before it is handed in. It is kept as the draft, in the name of the person the token acts for, and the approvers are told. It counts as handed in once it is approved. A draft that people are writing is never overwritten.
api-field-presentation-state = waiting, cleared (approved and handed in), returned, withdrawn.
api-field-presentation-person = Who presented it, by name.
api-field-presentation-reason = Why it was sent back; empty otherwise.
api-field-decided-at = When it was approved, sent back or taken back; null while it waits.
api-field-presentation-answer = Id of what was handed in; null until it is approved.
clearance-alone-title = You are the agency's only approver
clearance-alone-why = “Hand in” approves and hands in at once; the ledger says so.
clearance-own = You wrote this answer, so another approver of the agency has to approve it.
clearance-who-decides = Approvers: { $names }
clearance-clear = Approve and hand in
clearance-cleared = Approved and handed in. The reviewing body will look at it.
clearance-return = Send back
clearance-returned = Sent back to whoever presented it.
clearance-reason = Why it goes back (only when it does)
clearance-reason-help = Say what to mend; the presenter reads it word for word.
clearance-without-reason = Say why it goes back.
clearance-came-back = Sent back by your agency's approver
clearance-withdraw = Take back to change
clearance-withdraw-help = To change something, take it back and present it again afterwards.
clearance-withdrawn = Taken back. What was being written is all there.
clearance-stale = A colleague has just approved, sent back or changed this. Below is how it stands now.
clearance-by = approved by { $name }
clearance-by-alone = approved by its own writer, { $name } (no other approver)
clearance-setting = Approval within the agency
clearance-setting-legend = Do the agency's answers need approval before they are handed in?
clearance-setting-help = A duty that the coordinator marked as always needing approval still does.
clearance-setting-save = Save
clearance-set = Saved.
clearance-mode-automatic = Automatic
clearance-mode-automatic-help = Needed when the agency has an approver other than the writer.
clearance-mode-always = Always
clearance-mode-always-help = The agency must have at least one approver.
clearance-mode-never = Never
clearance-mode-never-help = Whoever may answer hands in directly.
clearance-approvers = The agency's approvers
clearance-approvers-none = Nobody is an approver yet.

oversight-title = Review and approval
oversight-go = Further reviewers, approval within agencies
oversight-reviewers = Further reviewers
oversight-reviewers-why = { $name } keeps the plan and always reviews. Name other reviewing bodies here; nobody reviews what their own body answered.
oversight-none = No other body yet.
oversight-head-reviewer = Reviewing body
oversight-head-over = Answers of
oversight-head-drop = Remove
oversight-drop = Remove this line
oversight-add = Add a reviewing body
oversight-add-help = The name of an agency, e.g. the Department of Culture, Sports and Tourism.
oversight-over = Whose answers it reviews
oversight-over-help = One agency or class a line. Empty: everybody's.
oversight-over-all = All holders
oversight-words = { $name } ({ $over })
oversight-keeper = The body that keeps the plan reviews everything already.
oversight-no-class = Name the reviewing bodies one by one, not as a class.
oversight-nobody = Name the reviewing body.
oversight-clears = Approval within agencies
oversight-clears-label = Every answer to this duty needs the approver of the agency before it is handed in
oversight-clears-help = Holds also for agencies that set “Never”.
oversight-clears-yes = Always needed
oversight-clears-no = As the agency set it
oversight-whole-part = Apply to all { $count } duties of part { $part }
oversight-save = Save
oversight-kept =
    { $count ->
        [0] Nothing changed.
        [one] Saved for { $count } duty.
       *[other] Saved for { $count } duties.
    }
oversight-conflict = A colleague has just changed this page. Your words are still in the form; “Save” again goes over theirs.

collation-title = Collated text
collation-go = Collated text
collation-counted = { $present } of { $all } agencies are in
collation-now = as of { $at }
collation-results = Results
collation-difficulties = Difficulties
collation-proposals = Proposals
collation-several = Said by several agencies
collation-nothing = Nothing to report
collation-wordless = Figures or files only
collation-absent = Not in: { $count } agencies
collation-absent-none = Every agency is in.
collation-source = { $agency }, version { $version }, { $on }
collation-source-returned = { $agency }, version { $version }, { $on }, sent back
collation-empty = No text to collate yet
collation-empty-why = When agencies hand in, their words show here with their sources.
collation-back = Back to the period
download-docx = Download DOCX
