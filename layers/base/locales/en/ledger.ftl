# The ledger: facts in words (people/telling.rs), and its page.

ledger-successors = Went over to: { $names }
ledger-predecessors = Took over from: { $names }
ledger-agencies-imported = Agencies imported: { $created } added, { $changed } changed
ledger-boundaries-imported = Boundaries imported: { $matched } matched, { $unmatched } unmatched

ledger-person-added = Account added: { $name }
ledger-person-edited = Person edited
ledger-person-disabled = Account disabled
ledger-person-enabled = Account enabled again
ledger-invitation-made-administrator = The server made a link for a system administrator
ledger-invitation-made-invitation = Invitation link made
ledger-invitation-made-password = Link for a new password made
ledger-invitation-used-administrator = System administrator's link used
ledger-invitation-used-invitation = Invitation link used
ledger-invitation-used-password = Link for a new password used
ledger-role-granted = Role { $role } given: { $place }
ledger-role-revoked = Role { $role } taken back: { $place }
ledger-over-the-province = the whole province
ledger-an-agency = an agency

ledger-signed-in = Signed in by { $means }
ledger-sign-in-refused = Sign-in refused: { $cause }
ledger-cause-password = wrong password, or no such account
ledger-cause-disabled = the account is disabled
ledger-cause-paused = wrong too often, so there is a wait
ledger-cause-code = wrong code
ledger-cause-passkey = the passkey was not accepted
ledger-signed-out = Signed out
ledger-session-revoked = A session was ended
ledger-password-changed = Password changed
ledger-second-step-on = Second step turned on
ledger-second-step-off = Second step turned off
ledger-recovery-codes-made = New recovery codes made
ledger-recovery-code-used = Recovery code used, { $n } left
ledger-passkey-added = Passkey “{ $name }” added
ledger-passkey-removed = Passkey “{ $name }” removed
ledger-passkey-renamed = Passkey “{ $from }” renamed to “{ $to }”
ledger-sign-on-linked = Single sign-on linked: { $name }
ledger-sign-on-unlinked = Single sign-on unlinked: { $name }
ledger-access-refused = Tried to open what is another's: { $path }

ledger-mail-planned = { $what } to { $to } written
ledger-mail-sent = { $what } to { $to } sent
ledger-mail-failed = { $what } to { $to } could not be sent
ledger-mail-unknown = It is not known whether the { $what } reached { $to }
mail-topic-invitation = invitation
mail-topic-password = mail for a new password
mail-cause-replaced = There is a newer link, so this mail does not go.
mail-cause-withdrawn = The link in it was cancelled, so this mail does not go.
mail-cause-expired = The link in it ended before the mail server took it.
mail-cause-refused = The mail server said: { $words }
mail-unknown-why = The line broke as the mail went; it is not sent again, so that nobody gets it twice.

ledger-plan-read = Plan brought in from the file “{ $file }”: { $count ->
    [one] one provision
   *[other] { $count } provisions
} read
ledger-plan-edited = Number, date or subject corrected
ledger-provision-added = Item { $path } added
ledger-provision-corrected = Item { $path } corrected
ledger-provision-confirmed = Item { $path } confirmed
ledger-provisions-confirmed = Everything in doubt confirmed ({ $count })
ledger-amendment-confirmed = Confirmed as an amendment, though it differs much from the plan it amends
ledger-provision-removed = Item { $path } removed
ledger-plan-adopted = Plan adopted with { $count ->
    [one] one provision
   *[other] { $count } provisions
}
ledger-plan-adopted-amending = Amended plan adopted with { $count ->
    [one] one provision
   *[other] { $count } provisions
}
ledger-plan-replaced = Replaced by an amended plan
ledger-plan-discarded = Draft discarded

ledger-field-party = Body named
ledger-empty-value = (empty)

person-identifier = Identifier

ledger-title = Ledger
ledger-lead = Every change: what, who, when, why. Entries are only added, never changed, never removed.
ledger-export = Download (CSV)
ledger-system = System
ledger-somebody = Somebody unknown
ledger-filter = Filter the ledger
ledger-group = Kind
ledger-group-agencies = Agencies
ledger-group-people = Accounts
ledger-group-roles = Roles
ledger-group-sign-in = Signing in
ledger-group-refusals = Refused
ledger-group-plans = Plans
ledger-group-mail = Mail sent
ledger-person = Who did it
ledger-from = From
ledger-to = To
ledger-words = Words in the entry
ledger-from-day = from { $day }
ledger-to-day = to { $day }
ledger-one-thing = One thing
ledger-too-many-people = This name fits too many people; only the first 20 are looked at. Say more, for example the e-mail.
ledger-looked = Looked through the latest { $n } entries
ledger-look-on = Look on in older entries
ledger-empty = No entry
ledger-empty-why = No entry fits the filters.
ledger-column-at = When
ledger-column-what = What
ledger-column-details = Details
ledger-column-whose = Account concerned
ledger-column-who = Who
ledger-column-agency = Agency
ledger-column-why = Why
ledger-column-seal = Seal
ledger-column-kind = Kind
ledger-column-id = Entry
ledger-why = Why: { $why }
ledger-open-agencies = Open the agency
ledger-open-plans = Open the plan
ledger-sealed = Seal { $n }
ledger-not-sealed = Not sealed yet
ledger-newest = To the newest
ledger-older = Older
ledger-end = The end
ledger-export-cut = Only the first { $n } entries were written. Narrow the list for the rest.

ledger-holds = The ledger is whole: { $facts } entries in { $seals } seals
ledger-holds-at = Last looked through at { $at }.
ledger-broken = The ledger does not fit its seals
ledger-broken-why = Seals that do not fit: { $numbers }. Entries were changed or removed in the database itself. Leave everything as it is, back up now, and compare with the latest backup.
ledger-not-checked = No seal was looked at yet
ledger-not-checked-why = New entries are sealed after a minute; the system looks at the seals all the time.
ledger-check = Look at the seals now
ledger-checked = Looked: every seal within reach fits.
ledger-checked-broken = Looked: some seals do not fit.
ledger-open-agency-plans = Open the agency's plan
ledger-open-inspections = Open the inspection
ledger-open-cases = Open the case
ledger-open-connections = Open the connection
ledger-open-library = Open the file
ledger-open-news = Open the article
