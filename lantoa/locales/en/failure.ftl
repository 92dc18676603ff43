# The pages of requests that were not done.

failure-way-back = To the first page
failure-not-found = This page can not be found
failure-not-found-advice = The address may be mistyped, or the content has moved. Check the address, or begin at the first page.
failure-forbidden = You do not hold the role for this
failure-forbidden-advice = If it is your task, ask your agency's administrator or the system administrator for the role.
failure-refused = This can not be done yet
failure-refused-advice = Deal with the points above, then do it again.
failure-stale = Someone changed this just before you
failure-stale-advice = Nothing was saved, so that nobody's work is overwritten. Go back, reload the page to see what is new, and do it again.
failure-bad = The request is not right
failure-bad-advice = Go back to the page before and try again from there.
failure-bad-request = The server can not read this request: data of the form is missing or wrong.
failure-cross-site = This request came from another web site and was refused, so that nobody acts in your name.
failure-too-large = The file or content is too large
failure-too-large-limit = The limit is { $n } MB.
failure-too-large-advice = Split or compress it, then send it again.
failure-too-many = You have tried too often
failure-too-many-wait = Try again in { $n } seconds.
failure-too-many-wait-minutes = Try again in { $n } minutes.
failure-too-many-advice = The wait keeps others from guessing your password. After it you sign in as usual.
failure-internal = The server had a problem
failure-internal-advice = It has been noted. Try again in a few minutes; if it persists, tell the system administrator.
failure-back = Back to the page before
failure-way-to-desk = Back to my work
failure-unwritten = What was sent has characters that can not be kept. Type that part again and send it.
