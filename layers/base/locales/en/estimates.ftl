# Estimates
nav-estimates = Estimates
estimates-heading = The agency's estimates
estimates-summary = Roll-up
estimates-none = The agency has no estimate yet
estimates-none-why = Choose a year and write the estimate for the duties you hold. The finance department appraises it.
estimate-year = Year
estimate-of-year = Estimate { $year }
estimate-begin = A new estimate
estimate-begin-do = Begin
estimate-begun = The estimate was begun. Add lines, then submit it.
estimate-nothing-held = The agency holds no duty in { $year }, so there is nothing to estimate. Choose another year.
estimate-state-none = None made
estimate-state-draft = Being written
estimate-state-returned = Sent back
estimate-state-submitted = Awaiting appraisal
estimate-state-appraised = Awaiting approval
estimate-state-approved = Approved
estimate-state-spent = Settled
estimate-asked = Asked for
estimate-appraised = Appraised
estimate-approved = Granted
estimate-spent = Spent
estimate-remark = Remark of the appraisal
estimate-spent-reason = Why more was spent
estimate-overspent = Over what was granted
estimate-total = Total
estimate-total-submitted = Total of submitted estimates
estimate-in-dong = In đồng.
estimate-in-million = In million đồng.
estimate-unit-dong = đồng
estimate-unit-million = million đồng
estimate-shown-in = Shown in
estimate-dong = { $sum } đồng
estimate-lines = Lines
estimate-lines-help = Each line is one thing to pay for, for one duty, from one source. Write sums as 1.500.000 or 1,5 triệu. With quantity and unit price the sum is computed. Empty lines are left out.
estimate-line = Line { $n }
estimate-line-says = Line { $n }: { $text }
estimate-choose-duty = Choose a duty
estimate-choose-source = Choose a source
estimate-source = Funding source
estimate-narrative = Narrative
estimate-unit = Unit
estimate-quantity = Quantity
estimate-unit-price = Unit price (đồng)
estimate-amount = Sum (đồng)
estimate-add-line = Add a line
estimate-drop-line = Drop line { $n }
estimate-keep = Save the draft
estimate-kept = The estimate was saved
estimate-kept-total = Saved total:
estimate-empty = No lines yet
estimate-empty-why = The agency has put nothing into this estimate.
estimate-xlsx = Download as Excel
estimate-by-file = By spreadsheet
estimate-by-file-help = The template has the agency's duties and the saved lines. Fill it in and bring it back; you see it before it is saved.
estimate-template = Download the template
estimate-import = Bring a spreadsheet in
estimate-import-lead = The file is read and shown; nothing changes until you agree.
estimate-import-what = Choose or drop the estimate's file
estimate-import-help = Excel (.xlsx) or CSV, as the template. The columns Place, Funding source and Sum are needed.
estimate-import-look = Preview
estimate-import-row = Row
estimate-import-do = Save { $count ->
    [one] this line
   *[other] these { $count } lines
}
estimate-import-wrong = { $count ->
    [one] One place
   *[other] { $count } places
} in the file must be mended
estimate-import-total = Total of the file: { $sum } đồng.
estimate-import-replaces = { $count ->
    [one] One line that is there
   *[other] { $count } lines that are there
} will be replaced.
estimate-import-left = Rows of the file that are not kept
estimate-import-left-total = Row { $row } left out: a sum
estimate-import-left-blank = Row { $rows } left out: nothing filled in
estimate-import-mend = Mend the file as noted above and choose it again. Nothing was saved.
estimate-import-again = Choose another file
estimate-import-conflict = Nothing was saved. Look at what your colleague saved; press save again to put this file in its place.
estimate-imported = { $count ->
    [one] One line was
   *[other] { $count } lines were
} saved from the file
estimate-preview = Before it is saved
estimate-preview-lead = This is how your file was understood.
estimate-column-path = Place
estimate-column-title = Duty
estimate-column-source = Funding source
estimate-column-narrative = Narrative
estimate-column-unit = Unit
estimate-column-quantity = Quantity
estimate-column-unit-price = Unit price (đồng)
estimate-column-amount = Sum (đồng)
estimate-file-no-head = No head row with the columns Place, Funding source and Sum (đồng). Download the template and fill it in.
estimate-file-empty = The file is empty. Choose the filled-in file.
estimate-file-foreign = This kind of file can not be read. Use Excel (.xlsx) or CSV as in the template.
estimate-file-without-lines = No row of the file is filled in. Fill in source, narrative and sum, then bring it in again.
estimate-file-cell = Row { $n } has a cell with a broken or uncomputed formula. Put the value there and bring the file in again.
estimate-file-how-duty = Leave the column Place as it is; for a further item of the same duty copy the row.
estimate-file-how-line = Rows with nothing filled in are left out.
estimate-file-how-sum = With quantity and unit price the sum may be left empty.
estimate-submit = Submit to the finance department
estimate-submit-why = Submits the saved lines. They can not be changed then, unless the finance department sends them back. What was submitted is kept as it was.
estimate-submitted = The estimate was submitted
estimate-version = Submission { $n }
estimate-versions = Submissions
estimate-returned-by = Sent back by { $who }
estimate-decided = Decision { $number } of { $day }
estimate-conflict = Somebody has just changed this estimate
estimate-conflict-next = What you typed is still below and not saved yet. Compare it with the saved version, mend it and press again.
estimate-lost-why = The estimate was submitted or changed meanwhile, so nothing more can be saved. Copy the lines below if you need them.
estimate-appraise = Appraise
estimate-appraise-again = Correct the appraisal
estimate-approve = Approve
estimate-spend = Enter what was spent
estimate-appraisal-heading = Appraisal of the estimate
estimate-appraisal-help = Enter what is accepted for each line. Give the reason where it is not what was asked for, which is filled in already.
estimate-appraisal-amount = Appraised (đồng)
estimate-appraisal-words = Remark
estimate-appraisal-do = Finish the appraisal
estimate-appraised-said = The estimate was appraised
estimate-approval-heading = Approval of the estimate
estimate-approval-help = Enter what the decision grants. The appraised sums are filled in already.
estimate-approval-amount = Granted (đồng)
estimate-approval-do = Approve
estimate-approved-said = The estimate was approved
estimate-spending-heading = Spent in
estimate-spending-help = Enter figures as they become known. Empty means not known, 0 means nothing spent. More than was granted needs a reason. When every line has its figure the estimate is settled.
estimate-spending-amount = Spent (đồng)
estimate-spending-words = Reason, if more than granted
estimate-spending-do = Save what was spent
estimate-spent-said = What was spent was saved
estimate-decision = Decision
estimate-decision-number-label = Number of the decision
estimate-decision-number-help = For example 125/QĐ-UBND
estimate-decision-on = Date of the decision
estimate-decision-number = Type the number of the decision, at most { $n } letters.
estimate-decision-in-future = The date of the decision can not be after today.
estimate-return = Send back
estimate-return-remarks = What has to be added or made clear
estimate-return-help = The remarks beside the lines go with it.
estimate-returned-said = The estimate was sent back
estimate-return-without-words = Say what has to be added or made clear.
estimate-without-lines = No line is saved
estimate-is-no-draft = The estimate was submitted and can not be changed. Wait until it is sent back or appraised.
estimate-not-submitted = This estimate does not await appraisal: it is being written, or was approved.
estimate-not-appraised = This estimate does not await approval: it was not appraised, or was approved.
estimate-not-approved = What was spent can be entered after the approval only.
estimate-too-many-lines = More than { $n } lines. Put like things together.
estimate-line-duty = Choose a duty that the agency holds in this year.
estimate-line-source = Choose a funding source of the list.
estimate-line-narrative = Write what it is for and how it was computed.
estimate-line-long = Longer than { $n } letters. Please shorten it.
estimate-line-half = Quantity and unit price go together. Fill this in or leave both empty.
estimate-line-amount = Type the sum, or quantity and unit price.
estimate-line-product = Quantity times unit price is { $product }, not what stands here. Mend one of the three.
estimate-line-quantity = { $value } is no whole quantity from 1.
estimate-figure-missing = Type the sum; type 0 where there is none.
estimate-appraisal-without-words = Not what was asked for: give the reason.
estimate-overspent-without-words = More than was granted: give the reason.
money-no-number = { $value } is no sum. Write 1.500.000 or 1,5 triệu.
money-negative = { $value } is negative. Sums start at 0.
money-not-whole = { $value } has parts of a đồng. Round it to whole đồng.
money-too-large = { $value } is too large for one line (at most 10,000 billion đồng). Check the zeros.
estimates-board-heading = { $made } of { $all } agencies have submitted their estimate for { $year }
estimates-board-empty = No agencies
estimates-board-empty-why = No agency matches the filter in the chosen year. Press “Clear filters” to see all of them, or choose another year.
estimates-by-agency-in = Agencies, { $year }
estimates-drafts-not-counted = Drafts and what was sent back are not added. A dash means no figure, not 0.
estimates-summary-heading = { $sum } đồng asked for { $year }
estimates-summary-nothing = No estimate was submitted for { $year } yet
estimates-summary-empty = Nothing to add up yet
estimates-summary-empty-why = When agencies submit estimates, their sums are added here by source, duty and agency.
estimates-part = of { $n } of { $count } lines
estimates-by-source = By funding source
estimates-by-part = By part of the plan
estimates-by-duty = By duty
estimates-by-agency = By agency
estimates-by-year = By year
estimates-head-source = Funding source
estimates-head-part = Part
estimates-head-duty = Duty
estimates-head-agency = Agency
estimates-head-year = Year
estimates-lines-of-all-years = { $count ->
    [one] One line
   *[other] { $count } lines
} of estimates, all years
estimates-lines-heading = { $count ->
    [one] One line
   *[other] { $count } lines
} of estimates, { $year }
funding-sources = Names of the funding sources
funding-sources-lead = The four sources of the plan's part on funding. A new name shows in every estimate; sums stay.
funding-source-label = Source { $n }
funding-source-rename = Save the name
funding-source-renamed = The funding source was renamed
funding-source-name = A source needs a name of at most { $n } letters.
funding-source-twice = There is a source of that name. Choose another name.
notice-estimate-submitted = Estimate awaiting appraisal: { $name }
notice-estimate-returned = Estimate sent back: { $name }
notice-estimate-appraised = Estimate appraised, awaiting approval: { $name }
notice-estimate-approved = Estimate approved: { $name }
notice-estimate-spent = Estimate settled: { $name }
ledger-group-estimates = Estimates
ledger-estimate-begun = Began the estimate for { $year }
ledger-estimate-edited = Changed the estimate: { $count ->
    [one] one line
   *[other] { $count } lines
}, { $total } đồng
ledger-estimate-submitted = Submitted the estimate, version { $version }: { $total } đồng
ledger-estimate-returned = Sent the estimate back, version { $version }
ledger-estimate-appraised = Appraised the estimate: { $asked } đồng asked for, { $total } đồng accepted
ledger-estimate-approved = Approved the estimate by decision { $decision }: { $total } đồng
ledger-estimate-settled = Settled the estimate: { $total } đồng spent
ledger-estimate-spent = Entered what was spent: { $total } đồng
ledger-funding-source-renamed = Renamed a funding source: { $from } → { $to }

estimate-approval-reason = Why another sum was granted than asked for
estimate-approval-words = Remark
estimate-approval-without-words = More than was asked for: give the reason.
estimate-decision-before = The decision can not be dated before the estimate was submitted ({ $day }).

# The first screen of the desk.
home-estimates-submitted = { $count } estimates of { $year } wait to be appraised
home-estimates-appraised = { $count } estimates of { $year } wait for approval
