# Cases: difficulties and the ladder of competence
nav-cases = Difficulties
nav-cases-short = Cases

notice-case-raised = New difficulty raised: { $name }
notice-case-taken = Difficulty taken up: { $name }
notice-case-questioned = More information is needed: { $name }
notice-case-replied = Information was added: { $name }
notice-case-answered = Difficulty answered: { $name }
notice-case-passed-up = Difficulty passed up: { $name }
notice-case-passed-on = Difficulty passed on to another body: { $name }
notice-case-solved = Difficulty solved: { $name }
notice-case-reopened = Difficulty raised again: { $name }
notice-case-withdrawn = Difficulty withdrawn: { $name }
notice-case-lapsed = Difficulty closed, information not supplied: { $name }
notice-case-soon = An answer is due soon: { $name }
notice-case-reply-wanted = Still waiting for information from your agency: { $name }
notice-case-overdue = An answer is overdue: { $name }

ledger-group-cases = Difficulties
ledger-case-raised = Raised “{ $name }” with { $to }
ledger-case-taken = Took the difficulty up
ledger-case-questioned = Asked for more information
ledger-case-replied = Added information
ledger-case-answered = Answered the difficulty
ledger-case-passed-up = Passed up to { $to }, with an opinion
ledger-case-passed-on = Passed on to { $to }
ledger-case-solved = Confirmed as solved
ledger-case-reopened = Raised again
ledger-case-withdrawn = Withdrew the difficulty
ledger-case-lapsed = Closed the difficulty: information not supplied
ledger-case-soon = Reminded { $to }: due soon
ledger-case-overdue = Reminded { $to }: overdue
ledger-case-reply-wanted = Reminded { $to }: no reply to a question after { $days } working days
ledger-case-ladder = { $count ->
    [one] Set the ladder of competence: one rung
   *[other] Set the ladder of competence: { $count } rungs
}

cases-lead = What an agency can not settle by itself is raised here: with a body that answers for it, and a clock in working hours.
cases-heading-calm = No difficulty waits for your agency
cases-heading-with = { $count ->
    [one] One difficulty waits for your agency
   *[other] { $count } difficulties wait for your agency
}
cases-heading-late = { $count ->
    [one] One difficulty is overdue
   *[other] { $count } difficulties are overdue
}
cases-heading = { $count ->
    [one] One difficulty
   *[other] { $count } difficulties
}
cases-views = Lists
cases-view-with = With us ({ $count })
cases-view-raised = Raised by us ({ $count })
cases-view-all = All ({ $count })
cases-state-any = Any state
cases-search = Find a difficulty
cases-none = No difficulties yet
cases-none-why = When something is beyond what your agency can settle, raise it here: it gets a body to answer it and a time to do so.
cases-none-found = No difficulty found
cases-none-found-why = Try other words, or take a filter off.
cases-pages = Pages of difficulties
cases-csv = Download CSV

case-kind = Kind
case-kind-difficulty = Difficulty
case-state = State
case-state-open = In hand
case-state-overdue = Overdue
case-state-asked = More needed
case-state-answered = Answered
case-state-solved = Solved
case-state-withdrawn = Withdrawn
case-state-lapsed = Information not supplied
case-demo = Demo
case-raiser = Raised by
case-raised-at = Raised at
case-raised-on = Raised on { $day }
case-holder = With
case-due-at = Answer due
case-due-by = Due { $at }
case-clock = Time left
case-asked-at = Waiting for a reply since
case-lapses-at = Without a reply it may be closed from { $at }
case-bounces = Times passed on sideways
case-closed-at = Closed at
case-where = Where it stands
case-story = Story
case-is-here = it is here
case-body-closed = This body was closed; the coordinating body stands in.
case-hours = { $count ->
    [one] one working hour
   *[other] { $count } working hours
}
case-clock-help = Working hours: 7:00 to 11:30 and 13:30 to 17:00, except on days off.

case-left-hours = { $count ->
    [one] one working hour left
   *[other] { $count } working hours left
}
case-left-minutes = { $count ->
    [one] one working minute left
   *[other] { $count } working minutes left
}
case-late-hours = { $count ->
    [one] one working hour overdue
   *[other] { $count } working hours overdue
}
case-late-minutes = { $count ->
    [one] one working minute overdue
   *[other] { $count } working minutes overdue
}
case-late-now = time is up
case-clock-stopped = The clock stands still

case-raise = Raise a difficulty
case-raise-do = Send
case-goes-to = It will go to { $name }. Time to answer: { $hours } working hours.
case-about-slot = About a duty
case-title = Title
case-title-help = One short sentence that tells what it is.
case-difficulty = Difficulty
case-difficulty-help = What hinders you, why, what was tried. Nothing that is a state secret.
case-proposal = Proposal
case-proposal-help = How your agency would have it settled.

case-take = Take up
case-take-why = Lets the agency know that somebody is at it. The time to answer stays as it is.
case-answer-title = Answer
case-answer = Answer
case-answer-help = Goes to the agency that raised it. Say how it is settled, on what grounds, and what is to be done next.
case-answer-do = Send the answer
case-question-title = Ask for more information
case-question = What is missing
case-question-help = The clock stands still until the agency has added it.
case-question-do = Ask
case-lapse-title = No information came: close the difficulty
case-lapse = Why it is closed
case-lapse-help = Who raised it is told this reason. It ends as “Information not supplied”.
case-lapse-do = Close, information not supplied
case-lapse-from = If no information comes, it can be closed here from { $at }.
case-lapse-early = There is still time to supply the information: { $n } working days from the question. It can be closed from { $at }; an answer can be given at any time.
case-escalation-title = Beyond our competence: pass up
case-escalation-to = It will go to { $name }.
case-escalation = Opinion of your agency
case-escalation-help = Required. Who is above needs to know what you think and propose.
case-escalation-do = Pass up
case-transfer-title = Another body is competent: pass on
case-transfer-to = Pass on to
case-transfer-choose = Choose a body
case-transfer-arbiter = It was passed on sideways twice already. This time it goes to { $name }, which decides who is competent.
case-transfer = Reason
case-transfer-help = Why that body is competent.
case-transfer-do = Pass on
case-reply-title = Add information
case-reply = Information
case-reply-help = Once sent, the clock runs on with the time that was left.
case-reply-do = Send
case-solution-title = Does this answer settle it?
case-solution = Note
case-solution-do = It is solved
case-reopening = Why it is not solved
case-reopening-help = It goes back to who answered, with a new time to answer.
case-reopening-do = Not solved, raise again
case-withdrawal-title = Withdraw
case-withdrawal = Reason
case-withdrawal-help = The story is kept.
case-withdrawal-do = Withdraw

case-waits-for-body = Waiting for an answer of { $name }.
case-waits-for-reply = Waiting for more information from { $name }. The clock stands still.
case-waits-for-raiser = Answered. Waiting for { $name } to confirm.
case-is-solved = Solved. If it comes up again, raise it anew.
case-is-withdrawn = Withdrawn.
case-is-lapsed = Closed, because the information asked for was not supplied. If the difficulty stands, raise it again with that information.

case-was-raised = The difficulty was sent.
case-was-taken = Taken up.
case-was-answered = The answer was sent.
case-was-questioned = The question was sent. The clock stands still.
case-was-passed-up = Passed up.
case-was-passed-on = Passed on.
case-was-replied = The information was sent. The clock runs on.
case-was-solved = Noted as solved.
case-was-reopened = Raised again.
case-was-withdrawn = Withdrawn.
case-was-lapsed = The difficulty is closed. Who raised it is told.

case-kind-unknown = There is no such kind of case. Send it again: it will be raised as a difficulty.
case-needs-title = Give it a title.
case-needs-difficulty = Say what the difficulty is.
case-needs-proposal = Say what your agency proposes.
case-needs-answer = Write the answer.
case-needs-question = Say what is missing.
case-needs-opinion = Passing up needs the opinion of your agency. Write it.
case-needs-reply = Write the information.
case-needs-reason = Give a reason.
case-too-long = Longer than { $n } characters. Make it shorter.
case-too-many = Your agency has { $n } difficulties that are not over. Withdraw some or confirm what is solved, then raise more.
case-pass-needs-body = Choose the body that is to have it.
case-pass-to-itself = It is with this body already. Choose another.
case-pass-to-raiser = It can not go back to who raised it. If you need to know more, ask for more information.
case-pass-to-closed = That body was closed. Choose another.
case-raiser-closed = Your agency was closed and raises nothing new.
case-nobody-above = No body above can take it yet. Ask the coordinating body to set the ladder of competence.
case-stale = This difficulty has just changed
case-stale-next = Somebody was quicker. This page shows how it stands now; look again before you go on.
case-typed = What you wrote
case-typed-why = It was not sent. Copy it if you still need it.

case-ladder = Ladder of competence
case-ladder-lead = A difficulty comes to rung 1 first. What is beyond its competence goes to the next, each with a time of its own.
case-ladder-help = Leave rungs empty that are not used. What was raised already keeps its time. Rung 1 also decides who is competent when a difficulty is passed on sideways for the third time.
case-ladder-keep = Save the ladder
case-ladder-kept = The ladder was saved.
case-ladder-stale = Somebody has just changed the ladder. Your choice is still below; look again and save.
case-ladder-rungs-wrong = The ladder needs one rung at least and { $most } at most. Choose a body for each.
case-ladder-body-closed = { $name } was closed. Choose another body.
case-ladder-body-twice = { $name } stands on two rungs. Each body has one only.
case-ladder-hours-wrong = The hours have to be a whole number from 1 to { $most }.
case-rung = Rung { $n }
case-rung-body = Body
case-rung-none = (not used)
case-rung-hours = Working hours

case-entry-raised = Raised, sent to { $to }
case-entry-taken = Taken up
case-entry-question = Asked for more information; the clock stands still
case-entry-reply = Added information; the clock runs on
case-entry-answer = Answered
case-entry-passed-up = Beyond its competence, passed up to { $to } with an opinion
case-entry-passed-on = Passed on to { $to }
case-entry-reopened = Not solved, raised again with { $to }
case-entry-solved = Confirmed as solved
case-entry-withdrawn = Withdrawn
case-entry-lapsed = Closed, information not supplied
