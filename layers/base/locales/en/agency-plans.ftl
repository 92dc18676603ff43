# Agencies' own plans
nav-agency-plans = Agency plans
nav-agency-plans-short = Own plans
agency-plans-heading = The agency's own plans
agency-plans-all = Whole province
agency-plans-own = My agency
agency-plans-list = Plans
agency-plans-none = The agency has no plan of its own yet
agency-plans-none-why = Register the agency's plan, then tick the duties that it carries out.
agency-plans-nothing-held = No duties this year
agency-plans-nothing-held-why = When a plan of the province gives the agency duties, you plan for them here.
agency-plans-draft-hint = A draft does not count. Coverage changes when the plan is issued.
agency-plan-new = Register a plan
agency-plan-under = Under { $plan }
agency-plan-covers = Covers { $count ->
    [one] one duty
   *[other] { $count } duties
}
agency-plan-covers-of = Covers { $n } of { $count } duties
agency-plan-holds = Holds { $count ->
    [one] one duty
   *[other] { $count } duties
}
agency-plan-covered-in = Duties of { $year } that are in a plan
agency-plan-for-years = { $years }
agency-plan-state-draft = Draft
agency-plan-state-issued = Issued
agency-plan-state-replaced = Replaced
agency-plan-stage-none = No plan yet
agency-plan-stage-draft = Being drafted
agency-plan-stage-issued = Issued
agency-plan-document = Document
agency-plan-title = Subject
agency-plan-number = Number and sign
agency-plan-number-help = For example 12/KH-SXD. May be empty until the plan is issued.
agency-plan-issued-on = Date of issue
agency-plan-from-year = From year
agency-plan-until-year = Until year
agency-plan-until-year-help = Leave empty for a plan of one year.
agency-plan-years-label = Years
agency-plan-file = Document file
agency-plan-file-help = PDF, Word (.docx), Excel (.xlsx), a picture (.png, .jpg) or plain text (.txt), at most 20 MB. No classified documents.
agency-plan-file-now = There is:
agency-plan-note = Note
agency-plan-duties = Duties that this plan carries out
agency-plan-duties-help = Take the tick off where the plan says nothing of a duty.
agency-plan-search = Search the duties
agency-plan-search-nothing = No duty matches. Empty the search and press Search to see all again.
agency-plan-tick-all = Tick all
agency-plan-tick-none = Tick none
agency-plan-propose = Propose from the document
agency-plan-proposal = proposed
agency-plan-proposed = The document's words are near { $count ->
    [one] one duty
   *[other] { $count } duties
}
agency-plan-proposed-why = A proposal by words only. Look at each tick, then save.
agency-plan-keep = Save the draft
agency-plan-kept = The plan was saved
agency-plan-issue = Issue
agency-plan-issue-why = Once issued, the plan counts and the coordinator can read it. It can not be changed then; register another plan to replace it.
agency-plan-will-replace = This plan will replace: { $names }
agency-plan-issued = The plan was issued
agency-plan-remove = Delete the draft
agency-plan-removed = The draft was deleted
agency-plan-replaced-by = See the plan that replaced it
agency-plan-download = Download the document
agency-plan-covered-duties = Covers { $count ->
    [one] one duty
   *[other] { $count } duties
}
agency-plan-missing-duties = Says nothing of { $count ->
    [one] one duty
   *[other] { $count } duties
}
agency-plan-conflict = A colleague has just changed this plan
agency-plan-conflict-next = What you typed is still below. Compare it with your colleague's version, mend it and save again.
agency-plan-theirs = Open the saved version
agency-plan-without-agency = Your account belongs to no agency. Ask the system administrator.
agency-plan-without-title = Type the subject of the plan.
agency-plan-no-year = Type a year of four digits, for example 2026.
agency-plan-years = The last year must not be before the first, and a plan has at most { $n } years.
agency-plan-in-future = The date of issue can not be after today.
agency-plan-too-long = Longer than { $n } letters. Please shorten it.
agency-plan-file-foreign = This file is no Word (.docx), Excel (.xlsx), PDF, PNG, JPEG or plain text (.txt), or its name ends as another kind. Save it as one of these.
agency-plan-kept-before = A plan was kept from this form before, with other words. What you typed is still here: press Keep again to register one more plan (choose the file again), or open the draft to change it.
agency-plan-unread = This document could not be read for a proposal. You can still tick by hand.
agency-plan-is-no-draft = This plan was issued and can not be changed. Register another plan to replace it.
agency-plan-without-number = Number and sign are missing
agency-plan-without-date = The date of issue is missing
agency-plan-without-file = The document file is missing
agency-plan-covers-nothing = No duty is ticked
agency-plans-board-heading = { $issued } of { $all } agencies have issued a plan for { $year }
agency-plans-issued = agencies with an issued plan
agency-plans-draft = agencies drafting
agency-plans-without = agencies without a plan
agency-plans-covered = duties in plans, agency by agency
agency-plans-uncovered = duties in nobody's plan
agency-plans-some-covered = Some duties in a plan
agency-plans-filter-name = Name of the agency
agency-plans-narrowed-empty = No agency matches
agency-plans-narrowed-empty-why = Take words out of the name, choose another state, or press “Clear filters” to see all of them.
agency-plans-board-empty = No duties in this year
agency-plans-board-empty-why = Choose another year or another plan of the province.
agency-plans-by-duty = By duty
agency-plans-by-agency = By agency
agency-plans-covering = Agencies covering it
agency-plans-covered-short = Covered
agency-plans-list-issued = { $count ->
    [one] One agency has
   *[other] { $count } agencies have
} issued a plan
agency-plans-list-draft = { $count ->
    [one] One agency is
   *[other] { $count } agencies are
} drafting a plan
agency-plans-list-without = { $count ->
    [one] One agency has
   *[other] { $count } agencies have
} no plan
agency-plans-list-covered = { $count ->
    [one] One agency has
   *[other] { $count } agencies have
} duties in a plan
agency-plans-list-uncovered = { $count ->
    [one] One duty is
   *[other] { $count } duties are
} in nobody's plan
agency-plans-list-duty = { $count ->
    [one] One agency holds
   *[other] { $count } agencies hold
} this duty
agency-plans-list-holding = { $count ->
    [one] One agency holds
   *[other] { $count } agencies hold
} duties
agency-plans-list-empty-why = Nothing stands behind this figure.
agency-plan-path = Place
agency-plan-duty = Duty
agency-plan-is-covered = In the plan
agency-plan-yes = In the plan
agency-plan-no = Not yet
ledger-group-agency-plans = Agency plans
ledger-agency-plan-drafted = Began an agency plan: { $name }
ledger-agency-plan-edited = Changed the draft of an agency plan: { $name }
ledger-agency-plan-removed = Deleted the draft of an agency plan: { $name }
ledger-agency-plan-issued = Issued the agency plan { $name }, covering { $count ->
    [one] one duty
   *[other] { $count } duties
}
ledger-agency-plan-replaced = The plan { $name } was replaced by { $by }
