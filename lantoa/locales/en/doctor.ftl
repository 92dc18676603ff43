# What `lantoa doctor` says: the cause in one line, the remedy in the next.

doctor-area-settings = Settings
doctor-area-storage = Data folder
doctor-area-database = Database
doctor-area-house = Data and background work
doctor-area-reach = Mail and single sign-on
doctor-area-tools = Optional software
doctor-sum = In sum: { $good } good, { $warnings } to look at, { $broken } broken.

doctor-settings-read = The settings can be read.
doctor-settings-unreadable = The settings can not be read: { $cause }.
doctor-settings-unreadable-remedy = Mend the name or value above in the TOML file (--config) or in the LANTOA_… variables; docs/operations.md lists the names.
doctor-address-missing = No public address is set; links in mails and invitations will be { $address }.
doctor-address-missing-remedy = Set LANTOA_PUBLIC_URL to the address people type, e.g. https://lantoa.tinh.gov.vn.
doctor-address-unreadable = The public address “{ $address }” is not an http or https address.
doctor-address-unreadable-remedy = Give LANTOA_PUBLIC_URL the form https://domain.
doctor-address-path = The public address “{ $address }” has a path after the domain; Lan Tỏa runs at the root of a domain only.
doctor-address-path-remedy = Give Lan Tỏa a domain of its own and remove what follows the / in LANTOA_PUBLIC_URL.
doctor-address-https = The public address uses HTTPS: { $address }.
doctor-address-local = The public address { $address } opens on this machine only.
doctor-address-local-remedy = Fine for trying out. To run it in earnest, set LANTOA_PUBLIC_URL to an https address that everyone can open.
doctor-address-http = The public address { $address } does not use HTTPS: passwords and sessions travel in the open, and passkeys do not work.
doctor-address-http-remedy = Put a reverse proxy with a certificate in front (example in docs/operations.md) and change LANTOA_PUBLIC_URL to https.
doctor-listen-open = The server answers every machine of the network at { $address } without HTTPS.
doctor-listen-open-remedy = Set LANTOA_LISTEN=127.0.0.1:8080 and let a reverse proxy with a certificate take connections from outside.
doctor-proxy-known = The proxy in front is known.
doctor-proxy-unknown = The public address is https, but no proxy is told of: all sign-ins are counted as from one place.
doctor-proxy-unknown-remedy = Set LANTOA_BEHIND_PROXY=true and let the proxy send X-Forwarded-For.
doctor-proxy-passed-by = The server answers at { $address }, so it can be called past the proxy, and anyone can make up their address.
doctor-proxy-passed-by-remedy = Set LANTOA_LISTEN=127.0.0.1:8080, or let the firewall admit the proxy only.
doctor-footer-whole = The footer has all facts that the law wants.
doctor-footer-missing = The footer lacks facts that the law wants: { $missing }.
doctor-footer-missing-remedy = Fill them in under [site] of the settings file (decree 174/2026/NĐ-CP fines their absence).
doctor-clock-set = The machine's clock: { $now }.
doctor-clock-unset = The machine's clock says { $now }, before this software existed.
doctor-clock-unset-remedy = Set the clock and turn on time synchronisation (timedatectl set-ntp true).
doctor-assets-there = Styles, fonts and icons are in the binary.
doctor-assets-missing = The binary was built without styles and icons: pages will be bare.
doctor-assets-missing-remedy = Run make assets and build again.

doctor-folder-writable = { $folder } can be written.
doctor-folder-none = There is no folder { $folder } yet; the first lantoa serve makes it.
doctor-folder-none-remedy = If this is not a new installation, look at LANTOA_DATA: it may point elsewhere.
doctor-folder-closed = { $folder } can not be written: { $cause }.
doctor-folder-closed-remedy = Let the account that runs Lan Tỏa write the folder (chown), or point LANTOA_DATA to another.
doctor-disk-roomy = { $free } GB of the disk are free.
doctor-disk-tight = Only { $free } GB of the disk are free.
doctor-disk-tight-remedy = Clear or enlarge the disk of { $folder } before it is full.
doctor-disk-full = Only { $free } GB of the disk are free: soon nothing can be written.
doctor-disk-full-remedy = Clear the disk of { $folder } now.

doctor-key-whole = The installation's key is whole.
doctor-key-malformed = LANTOA_SECRET is not 32 bytes in base64url.
doctor-key-malformed-remedy = Use the old key again. On a new installation: openssl rand -base64 32 | tr '+/' '-_'
doctor-key-damaged = The key { $file } is damaged: who has turned on the second step can not sign in.
doctor-key-damaged-remedy = Put the file back from a backup of the data folder.
doctor-key-unreadable = The key { $file } can not be read: { $cause }.
doctor-key-unreadable-remedy = Let the account that runs Lan Tỏa read the file (chown, chmod 600).
doctor-key-open = The key { $file } can be read by others on this machine.
doctor-key-open-remedy = Run chmod 600 { $file }
doctor-key-local = PostgreSQL is used, and the key is in { $file } alone: another node of the same database can not read the second step.
doctor-key-local-remedy = With one node, keep this file in the backups beside the database. With several, give all the same LANTOA_SECRET: the content of this file.

doctor-database-none = There is no database yet; the first lantoa serve makes it.
doctor-database-none-remedy = If this is not a new installation, look at LANTOA_DATA and DATABASE_URL: they may point elsewhere.
doctor-database-silent = The database does not answer: { $cause }.
doctor-database-silent-remedy = Is it running? Are host, port, user and password in DATABASE_URL right?
doctor-database-answers = { $engine } { $version } answers.
doctor-database-old = { $engine } { $version } is no longer mended by its makers.
doctor-database-old-remedy = Upgrade to PostgreSQL 14 or newer.
doctor-schema-current = The tables are those of this version ({ $count } steps).
doctor-schema-older = The tables lack these steps: { $names }.
doctor-schema-older-remedy = Make a backup and run lantoa serve: missing steps are done at its start.
doctor-schema-newer = The database has been through steps that this version does not know: { $names }.
doctor-schema-newer-remedy = Use the newer version of Lan Tỏa again, or restore a backup from before the upgrade.
doctor-schema-unreadable = The list of schema steps can not be read: { $cause }.
doctor-schema-unreadable-remedy = The user of DATABASE_URL must be able to read and create tables in this database.
doctor-wal-on = SQLite writes ahead (WAL).
doctor-wal-off = SQLite can not use its write-ahead log (it says { $found }): people will wait for one another.
doctor-wal-off-remedy = Put LANTOA_DATA on a disk of this machine, not on a network share (NFS, SMB).
doctor-encoding-utf8 = The encoding of PostgreSQL is UTF8.
doctor-encoding-other = The encoding of PostgreSQL is { $found }: it can not hold all Vietnamese letters.
doctor-encoding-other-remedy = Make another database with createdb --encoding=UTF8 --template=template0 and move the data there.
doctor-clocks-agree = The machine's clock and the times in the database agree.
doctor-clocks-apart = The machine's clock is { $seconds } seconds away from the times in the database.
doctor-clocks-apart-remedy = Turn on time synchronisation on both machines (timedatectl set-ntp true); deadlines and ledger rest on it.

doctor-province-there = There are { $count } agencies.
doctor-province-none = There are no agencies yet.
doctor-province-none-remedy = Run lantoa serve: it puts the shipped agencies into an empty database at its start.
doctor-administrator-there = System administrators: { $count }.
doctor-administrator-none = No system administrator can sign in yet.
doctor-administrator-none-remedy = Run lantoa admin-link and open the one-time link it prints.
doctor-reactions-answered = All that facts set in motion is done.
doctor-reactions-waiting = { $count } reactions have waited for more than 10 minutes.
doctor-reactions-waiting-remedy = Does lantoa serve run? If it does, look for “reaction” in its log.
doctor-reactions-given-up = { $count } reactions were tried many times and given up.
doctor-reactions-given-up-remedy = Look for “a reaction failed” in the log, mend the cause, then follow “Work given up” in docs/operations.md.
doctor-chores-done = { $count } chores are being done.
doctor-chores-waiting = Chores have stood still for more than 10 minutes, or were never done.
doctor-chores-waiting-remedy = Run lantoa serve (systemctl status lantoa tells).
doctor-chores-failing = The chore “{ $name }” failed the last time: { $cause }.
doctor-chores-failing-remedy = Mend the cause above; the chore runs again when it is next due.
doctor-seals-hold = The ledger is whole: { $facts } facts under { $seals } seals.
doctor-seals-broken = The ledger was changed from outside: seals { $numbers } no longer fit.
doctor-seals-broken-remedy = Leave everything as it is, back up at once, and compare with the latest backup to see which facts were changed.
doctor-house-unreadable = A table can not be read: { $cause }.
doctor-house-unreadable-remedy = With SQLite, run sqlite3 lantoa.sqlite 'PRAGMA integrity_check'; if it is damaged, restore the latest backup.

doctor-mail-none = No mail relay is set: invitations are shown as links to pass on by hand.
doctor-mail-none-remedy = To send mail, set smtp.url and smtp.from.
doctor-mail-answers = The mail relay answers.
doctor-mail-address = The relay's address (smtp.url) is not understood: { $cause }.
doctor-mail-address-remedy = Write smtp://host:25, smtps://user:password@host:465 or smtp://host:587?tls=required.
doctor-mail-sender = The sender “{ $from }” (smtp.from) is no mail address: { $cause }.
doctor-mail-sender-remedy = Write it as Lan Tỏa <lantoa@tinh.gov.vn>.
doctor-mail-silent = The mail relay can not be reached: { $cause }.
doctor-mail-silent-remedy = Look at host, port and user in smtp.url, and whether the firewall lets this machine out on that port.
doctor-sign-on-none = No single sign-on is set.
doctor-sign-on-none-remedy = To use VNeID or the province's accounts, add an [[oidc]] entry to the settings file.
doctor-sign-on-answers = The sign-on provider “{ $id }” answers: { $issuer }.
doctor-sign-on-other = The sign-on provider “{ $id }” calls itself { $found }, not { $issuer }.
doctor-sign-on-other-remedy = Make the issuer of the [[oidc]] entry “{ $id }” equal, letter by letter, to what the provider calls itself.
doctor-sign-on-silent = The sign-on provider “{ $id }” ({ $issuer }) can not be asked: { $cause }.
doctor-sign-on-silent-remedy = Look at the issuer's address, the firewall and the provider's certificate. Until then everyone can sign in by password.

doctor-tool-there = { $name }: there.
doctor-tool-reads-scans = { $name }: not there. It reads the words of scanned documents.
doctor-tool-reads-scans-remedy = When needed: apt-get install { $package }
doctor-tool-draws-pages = { $name }: not there. It draws PDF pages as pictures for the reading of scans.
doctor-tool-checks-books = { $name }: not there. It checks EPUB books in the tests.
doctor-tool-draws-pages-remedy = When needed: apt-get install { $package }
doctor-tool-makes-documents = { $name }: not there. Only the tests use it, to make sample DOCX and PDF files.
doctor-tool-makes-documents-remedy = When needed: apt-get install { $package }
doctor-tool-browses = { $name }: not there. Only the browser tests use it.
doctor-tool-browses-remedy = When needed: apt-get install { $package }
doctor-tool-second-database = { $name }: its server is not on this machine. The tests use it, or you, to run PostgreSQL here.
doctor-tool-second-database-remedy = When needed: apt-get install { $package }
doctor-tool-takes-mail = { $name }: not there. Only the tests of mail use it.
doctor-tool-takes-mail-remedy = When needed: apt-get install { $package }
doctor-tool-sets-type = The { $name } fonts: not there. Only the tests use them, to make sample PDF files.
doctor-tool-sets-type-remedy = When needed: apt-get install { $package }
doctor-library-keeps = The library writes and reads back: { $place }.
doctor-library-none = The library holds nothing yet; the folder { $place } is made with the first file.
doctor-library-none-remedy = Nothing to do.
doctor-library-silent = The library at { $place } can not be written or read: { $cause }.
doctor-library-silent-remedy = For a folder: let the account that runs Lan Tỏa write it. For S3: check LANTOA_LIBRARY__S3__ENDPOINT, BUCKET, KEY, SECRET, REGION and what the key may do.
