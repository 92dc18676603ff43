# Inspections: plan, checklist, conclusion, findings, remedies
nav-inspections = Inspections

notice-inspection-published = An inspection was concluded: { $name }
notice-inspection-withdrawn = An inspection was withdrawn: { $name }
notice-finding-answered = A remedy was reported: { $name }
notice-finding-remedied = A finding is remedied: { $name }
notice-finding-not-remedied = A finding is not remedied yet and has a new date: { $name }
notice-findings-soon = A remedy is due soon: { $name }
notice-findings-overdue = A remedy is overdue: { $name }

ledger-group-inspections = Inspections
ledger-inspection-planned = Planned the inspection “{ $name }” (agencies: { $count })
ledger-inspection-withdrawn = Withdrew the inspection “{ $name }”
ledger-visit-checked = Kept what was seen at { $name }
ledger-finding-added = Added a finding about { $name }
ledger-finding-taken-back = Took a finding about { $name } back before publishing
ledger-conclusion-published = Published the conclusion to { $name } (findings: { $count })
ledger-finding-answered = { $name } reported a remedy
ledger-finding-remedied = Confirmed that { $name } remedied a finding
ledger-finding-not-remedied = { $name } has not remedied a finding; new date { $day }
ledger-findings-reminded = Reminded { $name }: { $count } findings, { $late } overdue

inspections-lead = Plans of inspections, what was seen at each agency, findings and their remedies.
inspections-heading = { $count ->
    [one] One inspection
   *[other] { $count } inspections
}
inspections-view-about = Of your agency ({ $count })
inspections-view-led = Led by your agency ({ $count })
inspections-view-all = All ({ $count })
inspections-none = No inspections yet
inspections-none-why = Inspections that your agency leads, and conclusions published to it, are shown here.
inspections-pages = Pages of inspections

inspection-planned = Not begun
inspection-running = Under way
inspection-late = Conclusion late
inspection-concluded = Concluded
inspection-withdrawn = Withdrawn
inspection-visits = { $done } of { $all } concluded
inspection-no-findings = No findings
inspection-no-findings-why = Findings made on an agency's page are shown here with their dates.
inspection-findings-done = { $count ->
    [one] One finding, nothing left to do
   *[other] { $count } findings, nothing left to do
}
inspection-findings-open = { $count ->
    [one] One finding to be remedied
   *[other] { $count } findings to be remedied
}
inspection-findings-late = { $count } to be remedied, { $late } overdue

inspection-plan = Plan an inspection
inspection-plan-do = Plan the inspection
inspection-led-by = Led by { $name }
inspection-report = Inspection report
inspection-title = Title
inspection-title-help = For example: How the communication plan was carried out in the first half-year.
inspection-decision = Decision
inspection-decision-help = Number and symbol, for example 12/QĐ-SKHCN.
inspection-decided-on = Date of the decision
inspection-from = From
inspection-until = Until the end of
inspection-agencies = Agencies to inspect
inspection-agencies-help = Open a group and tick.
inspection-checklist = Checklist
inspection-checklist-help = One item a line. Each agency gets its own copy.
inspection-duties = Duties
inspection-with-duties = Add what each agency leads as items
inspection-with-duties-help = From the plans in force at the time of the inspection.
inspection-more = Further items
inspection-item = Item
inspection-verdict = Verdict
inspection-verdict-not-looked-at = Not looked at
inspection-verdict-meets = Meets
inspection-verdict-fails = Does not
inspection-verdict-not-applicable = Not applicable
inspection-note = Note
inspection-conclusion = Conclusion
inspection-conclusion-help = The inspected agency sees it only once it is published.
inspection-leader = Led by
inspection-by-agency = By agency
inspection-findings = Findings
inspection-total = Total
inspection-was-planned = The inspection was planned.

inspection-needs-title = Give the inspection a title.
inspection-days-wrong = The last day has to be the first one or later, within { $most } days.
inspection-needs-agencies = Choose one agency at least, and { $most } at most.
inspection-of-itself = A body does not inspect itself. Take your agency out.
inspection-of-above = { $name } is above your agency and not for it to inspect. Take it out.
inspection-needs-reason = Write why the inspection is withdrawn.
inspection-agency-closed = { $name } was closed. Take it out.
inspection-needs-checklist = Write one item at least, or add the duties.
inspection-checklist-wrong = At most { $most } items of { $n } characters each. Make it shorter.
inspection-visited-later = That day is still to come. Give the day of the visit.

inspection-withdrawal = Withdraw the inspection
inspection-withdrawal-reason = Reason
inspection-withdrawal-help = Agencies that received a conclusion are told and read this reason.
inspection-was-withdrawn = The inspection was withdrawn.
inspection-was-withdrawn-at = The inspection was withdrawn at { $at }
inspection-withdrawn-means = Findings of a withdrawn inspection need no remedy, are not reminded of and do not count. The page stays to be read.

visit-agency = Agency
visit-day = Day of the visit
visit-planned = Not visited
visit-visited = Visited
visit-published = Conclusion published
visit-unpublished = Not published
visit-keep = Keep
visit-was-kept = What was seen is kept.
visit-publish = Publish the conclusion
visit-publish-why = The inspected agency is told and sees all of this page. After that nothing of it changes. Keep what you typed before you publish.
visit-publish-by = A reviewer, approver, coordinator or leader of the inspecting body publishes the conclusion. Tell them once everything is written down.
visit-was-published = The conclusion was published to the agency.
visit-stale = This visit has just changed
visit-stale-next = Somebody was quicker. What you wrote is still on the page; look again and keep it.
visit-obstacle-day = The day of the visit is missing.
visit-obstacle-conclusion = There is no conclusion.
visit-obstacle-unseen = No item was looked at.
visit-obstacle-bare = { $count ->
    [one] One item that is not met has no finding.
   *[other] { $count } items that are not met have no finding.
}
visit-obstacle-due = { $count ->
    [one] One finding is due on a day that has passed. Remove it and add it with a new date.
   *[other] { $count } findings are due on days that have passed. Remove them and add them with new dates.
}

finding-open = To be remedied
finding-overdue = Overdue
finding-answered = To be re-checked
finding-remedied = Remedied
finding-dropped = Needs no remedy any more
finding-state = State
finding-add = Add a finding
finding-item = From item
finding-item-none = (by itself)
finding-text = What was found
finding-remedy = Remedy asked for
finding-remedy-help = What the inspected agency is to do.
finding-due = Due
finding-remove = Remove this finding
finding-needs-text = Say what was found.
finding-needs-remedy = Say what is to be done.
finding-due-wrong = The day has to be tomorrow or later, within { $most } days.
finding-too-many = There are { $n } findings already. Put some together.
finding-was-added = The finding was added.
finding-was-removed = The finding was removed.
finding-was-answered = The remedy was sent.
finding-was-remedied = Noted as remedied.
finding-was-not-remedied = Noted as not remedied yet, with a new date.

remedy-text = How it was remedied
remedy-help = What was done, and where it can be seen.
remedy-do = Send
remedy-needs-text = Say how it was remedied.
recheck-title = Re-check
recheck-not-yet = Not remedied yet
recheck-text = Remarks
recheck-help = Required when it is not remedied.
recheck-due = New date
recheck-due-help = Only when it is not remedied.
recheck-do = Keep the re-check
recheck-needs-text = Say what is missing.
inspection-reply-remedy = Remedy reported
inspection-reply-remedied = Re-check: remedied
inspection-reply-not-yet = Re-check: not yet, new date { $day }
