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
ledger-provision-confirmed = Item { $path } confirmed as read
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
