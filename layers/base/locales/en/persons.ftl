# Administration of people: lantoa/src/people/staff/people.

people-title = People
people-lead = Who has an account, in which role, at which agency.
people-invite = Invite somebody
people-invite-another = Invite another
people-import = From a list
people-empty = Nobody yet
people-empty-why = Invite the first: they get a link that serves once, to choose a password.
people-none-found = Nobody fits
people-none-found-why = Try fewer filters, or look by e-mail. Accents may be left out.
people-filter = Filter people
people-filter-words = Name, e-mail, post
people-count = { $n ->
    [one] One person
   *[other] { $n } people
}
people-shown = { $from }–{ $to } of { $n }
people-pages = Pages of the list
person-no-role = No role yet
person-standing-active = In use
person-standing-invited = Never came in
person-standing-disabled = Disabled

people-invite-lead = They get a link that serves once, within 7 days, to choose a password.
people-invite-by-mail = The invitation goes by e-mail. The next page also shows the link, once, in case you need to send it another way.
people-invite-by-link = This server sends no mail. The next page shows the link, once, for you to send.
person-name-help = As in an official letter.
person-email-help = The official address; it is what they sign in with.
person-identifier-help = Only needed when single sign-on knows this person by something other than the e-mail, such as a staff number.
person-roles-help = Choose what is needed; roles can be given and taken back later.
person-roles-province = Roles over the province
person-roles-province-help = They hold at every agency. Only a system administrator gives them.
role-officer-about = Does the agency's work: brings plans in, corrects drafts.
role-reviewer-about = Looks over what officers made.
role-approver-about = Decides for the agency: adopts its plans.
role-agency-administrator-about = Keeps the agency's accounts and contacts.
role-coordinator-about = Runs the province's plans.
role-finance-about = Sums up estimates.
role-leader-about = Reads the summary that decides.
role-auditor-about = Reads everything done in the ledger, changes nothing.
role-system-administrator-about = Runs the installation: people, agencies, settings.
person-agency-missing = Choose an agency of the list.
person-agency-for-role = This role holds in one agency. Choose the agency.
person-role-unknown = There is no such role. Go back and choose from the list.

person-invited = { $name } is invited
person-password-link = Link for a new password for { $name }
person-link = A link that serves once
person-link-label = Link
person-link-once = Shown this once. It serves once, until { $until }. Whoever has it comes in, so send it to the right person only.
person-link-mailed = A mail is on its way to { $email }
person-link-mailed-why = The person's page says whether it went. If it does not arrive, send the link below another way.
person-link-by-hand = Send this link yourself
person-link-by-hand-why = This server sends no mail. Send the link to the owner of { $email } by a way you trust.
person-link-done = Done
copy-do = Copy
copy-done = Copied.

person-about = Details
person-edit = Edit
person-since = Has an account since
person-none = None
person-kept-by-others = You may see this account, not change it
person-email-change-help = With another address, links sent to the old one serve no more.
person-agency-move-help = Moving takes no role back: take back those at the old agency, give those at the new.
person-agency-not-moved = Nothing was saved: only a system administrator moves people to another agency. Ask one, or leave the agency as it is.
person-agency-move-by-system = A system administrator moves people between agencies.

person-role = Role
person-role-give = Give a role
person-role-agency-help = Has no effect for a role over the province.
person-role-revoke = Take back
person-role-revoke-one = Take back the role { $role }: { $place }
person-role-given = The role { $name } was given.
person-role-held = They hold the role { $name } already.
person-role-revoked = The role { $name } was taken back.
person-in-an-agency = In one agency
person-over-the-province = Over the province
person-no-role-why = No role yet: they can sign in, and see what everybody sees.

person-ways-in = Ways in
person-has-password = Chosen
person-has-no-password = Not chosen
person-second-step-on = On.
person-second-step-off = Off
person-last-mail = Latest mail
mail-state-planned = { $what } to { $to } waits to be sent
mail-state-sending = { $what } to { $to } is being sent
mail-state-sent = The mail server took the { $what } to { $to }, { $at }
mail-state-failed = The { $what } to { $to } could not be sent, { $at }
mail-state-unknown = It is not known whether the { $what } reached { $to }, { $at }
person-invite-again = Invite again
person-invite-again-why = The old link ends; the new one serves once, within 7 days.
person-new-password = Make a link for a new password
person-new-password-why = For a forgotten password. The link serves once, within 24 hours; after that their sessions end. The second step is asked as always.
person-second-step-reset = Take the second step away
person-second-step-reset-why = Only when you are sure that the phone is lost and the recovery codes are gone: after that the password alone is enough.
person-second-step-reset-done = The second step was taken away.
person-sessions = Open sessions
person-no-session = No session is open.
person-session-end-one = End the session { $name }
person-sessions-end = End all sessions
person-sessions-ended = { $n ->
    [one] One session
   *[other] { $n } sessions
} ended.

person-passkey-remove = Remove the passkey “{ $name }”
person-passkey-remove-why = It opens the account no more; sessions that are open stay, so end them if need be. The owner is told, and the ledger keeps the reason.
person-passkey-remove-do = Remove passkey
person-passkey-removed = Passkey removed.
notice-passkey-removed = A system administrator removed your passkey “{ $name }”

person-disable = Disable the account
person-disable-why = For who leaves: sessions and links end at once. What they did keeps their name; the account is not deleted.
person-disable-do = Disable the account
person-disabled-done = The account of { $name } is disabled.
person-enable = Enable the account again
person-enable-why = They come in again by the ways they had, with the roles they still hold.
person-enable-do = Enable again
person-enabled-done = The account of { $name } is enabled again.

person-obstacle-holds-more = They hold a role over the province or at another agency. Ask a system administrator.
person-obstacle-own-account = This is your account. Go to “My account”.
person-obstacle-yourself = You do not disable your own account. Ask another administrator.
person-obstacle-own-role = Your own role: ask another administrator.
person-obstacle-own-role-given = Nobody gives themselves a role. Ask another administrator.
person-obstacle-passkey-not-yours = Only a system administrator removes somebody else’s passkey.
person-obstacle-last-administrator = This is the last system administrator who can come in. Give the role to somebody else first.
person-obstacle-role-not-yours = A system administrator gives and takes this role.
person-obstacle-disabled = The account is disabled. Enable it first.

person-history = History
person-history-all = All of it in the ledger

people-import-lead = Invite many at once. Nothing happens until you have looked and confirmed.
people-import-how = The first line names the columns: Name, Email, Title, Agency, Roles, Identifier. The first two are needed; any order; at most { $n } people. Agencies by name or code; several roles with semicolons between.
people-import-paste = Paste from a spreadsheet
people-import-paste-help = Select the cells with the line of column names, copy, and paste here.
people-import-file = Or choose an Excel (.xlsx) or CSV file
people-import-file-help = If you do both, the file counts.
people-import-look = Look at the list
people-import-preview = Look at the list
people-import-preview-lead = This is the list as understood. Nobody is invited yet.
people-import-line = Line
people-import-new = Will be invited
people-import-known = Has an account
people-import-mistaken = To be mended
people-import-counts = { $created } to invite · { $known } known · { $wrong } to mend
people-import-do = Invite { $n ->
    [one] one person
   *[other] { $n } people
}
people-import-wrong = { $n ->
    [one] One line needs
   *[other] { $n } lines need
} mending.
people-import-nobody = Nobody in the list is new.
people-import-mend = Mend the list here
people-import-twice = “{ $name }” stands twice in the list.
people-import-agency = No agency within your reach has the name or code “{ $name }”.
people-import-role = No role is called “{ $name }”.
people-import-no-head = The columns “Name” and “Email” are missing. Put the names of the columns into the first line.
people-import-empty = There is nobody below the line of column names.
people-import-long = The list has more than { $n } people. Split it.
people-import-unreadable = Line { $n } can not be read. A closing quote may be missing.
people-import-spreadsheet = This is an old Excel file (.xls) or has a password. Remove the password and save it as .xlsx, or copy the cells and paste them here.
people-import-cell = A cell in line { $n } can not be read: a formula without a result, or an error. Mend it, or paste the cells as values.
people-import-until = Until
people-imported = { $n ->
    [one] One person
   *[other] { $n } people
} invited
people-imported-mailed = The invitations are on their way
people-imported-by-hand = Send these links yourself
people-imported-by-hand-why = This server sends no mail. The links are shown this once: download them and send each to its person only.
people-imported-download = Download the links (CSV)

mail-invitation-subject = Invitation to Lan Tỏa, { $site }
mail-invitation-text =
    Dear { $name },

    you are invited to Lan Tỏa, the communication platform of { $site }. Open this link to choose a password for the account { $email }:

    { $link }

    It serves once, until { $until }. If it is too late, ask who invited you for another.

    If you did not expect this mail, leave it; nothing changes.
mail-password-subject = New password for Lan Tỏa, { $site }
mail-password-text =
    Dear { $name },

    an administrator made you a link to choose a new password for the account { $email } at Lan Tỏa, { $site }:

    { $link }

    It serves once, until { $until }. After that all your open sessions end.

    If you did not ask for this, do not open the link and tell your agency's administrator.
