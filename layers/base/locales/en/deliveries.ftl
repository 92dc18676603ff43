# Single deliveries: what the system itself says, restores, copies elsewhere
copy-channel-facebook = Facebook
copy-channel-telegram = Telegram
copy-channel-zalo = Zalo
copy-channel-youtube = YouTube
copy-channel-tiktok = TikTok
copy-channel-sms = SMS
copy-channel-zns = ZNS notices
copy-channel-zalo-broadcast = Zalo, sent to followers
copy-channel-channel = Channel

channel-note-not-sent = The platform could not be reached; nothing left this server.
channel-note-cut-off = The line broke after the message had left, and no answer came.
channel-note-incomplete = The platform’s answer lacks what its documents promise.
channel-note-no-place-to-look = A bot can not read a channel, and there is no group for look-ups. Open the channel and look, or give the account such a group.
channel-note-nothing-known = No message of this channel is known to look from. Open the channel and look.
channel-note-many-since = So many messages came since that not all could be looked through. Open the channel and look.
channel-note-no-handles = This platform can not be asked how far a message is.
channel-note-changed = Somebody changed the account just then; it is tried again.
channel-note-slow = The platform did not answer in time.

channel-why-restored = The database was restored, so nobody knows whether this went out. Open the channel and look: if it is not there, press Send now (a scheduled one still goes at its time); if it is, press Do not send.
channel-why-twice = The earlier attempt is there, too, at this address. Take one of the two back.
channel-why-no-article = The Zalo article is not out, was removed, or its id is not known. Once it is out, the broadcast goes on.
channel-account-has-copies = { $count } copies are out by this account, so it can not lead to another place: they could not be found again. Connect a new account for the new place.
channel-returned-corrected = The article was corrected while this waited for approval. Write a new one from the corrected article.
channel-went-at-approval = At once, when approved at { $at }
channel-no-address = The platform does not say where the message is.
channel-errand-waits = This copy is still to be edited or taken back: its account is paused or cut off. It goes on when the account does; if it is urgent, take it away over there and note it here.

home-channels-errands = { $count } copies could not be edited or taken back: their account stands still
notice-channels-restored = The data was restored: { $name } messages for channels are held until your agency decides
notice-database-restored = The database was restored from a backup; everything that waited to be sent is held
ledger-database-restored = Noticed that the database was restored; everything that waited to be sent is held
ledger-database-restored-at = Noticed that the database was restored to { $at }; everything that waited to be sent is held
restored-said = Noted: the database was restored. Nothing goes out before the server has held everything that waits.
