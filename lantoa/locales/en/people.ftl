# People: signing in, accounts, roles, the ledger.

nav-home = My work
nav-people = People
nav-ledger = Ledger

role-officer = Officer
role-reviewer = Reviewer
role-approver = Approver
role-agency-administrator = Agency administrator
role-coordinator = Coordinator
role-finance = Finance
role-leader = Leader
role-auditor = Auditor
role-system-administrator = System administrator

sign-in-title = Sign in
sign-in-email = E-mail
sign-in-password = Password
sign-in-do = Sign in
sign-in-forgotten = Forgot the password? Ask your agency's administrator for a link to set a new one.
sign-in-refused = You are not signed in
sign-in-refused-advice = The e-mail or the password is wrong. Check the input method and Caps Lock, then try again.
sign-in-other-ways = Other ways
sign-in-demo = Demo: choose a role
sign-in-demo-lead = No password is needed. Each button signs in as one role of the demo province.
sign-in-demo-disabled = This role is disabled in the demo. Come in as system administrator to enable it again.
sign-out-done = You have signed out.
demo-at-province = provincial committee
demo-at-department = department of science
demo-at-commune = a commune
demo-at-other-commune = another commune

form-errors = Something needs mending

person-name = Full name
person-name-missing = The name is missing. Write it as in official letters.
person-name-too-long = The name is longer than { $n } letters. Shorten it.
person-email-malformed = The e-mail does not have the form name@agency.gov.vn.
person-email-taken = This e-mail has an account already. Look for that account instead.

password-new = New password
password-help = At least { $n } characters; a long sentence is best. Vietnamese letters and spaces are fine.
password-too-short = The password is shorter than { $n } characters. Use a longer sentence.
password-too-long = The password is longer than { $n } characters. Shorten it.
password-common = Many people use this password, so it is easily guessed. Choose a sentence of your own.
password-own-address = The password is your e-mail, so it is easily guessed. Choose another sentence.
password-changed-sign-in = The password is changed. Sign in with the new one.

invitation-administrator-title = Set up a system administrator
invitation-administrator-lead = The server printed this link, and it serves once. If the e-mail has an account, that account gets the new password and the role.
invitation-administrator-do = Set up the account
invitation-invitation-title = Welcome to Lan Tỏa
invitation-invitation-lead = Choose a password to begin.
invitation-invitation-do = Begin
invitation-password-title = Set a new password
invitation-password-lead = Choose a new password. Sessions begun with the old one will end.
invitation-password-do = Change the password
invitation-account = Account: { $email }
invitation-over-title = This link can no longer be used
invitation-over-why = Each link serves once and for a short time; a newer link replaces an older one.
invitation-over-advice = If you have set a password, sign in. If not, ask who invited you (the administrator of your agency or of the system) for a new link.
invitation-over-console = Who runs the server makes a new administrator's link with
invitation-over-sign-in = To the sign-in page
