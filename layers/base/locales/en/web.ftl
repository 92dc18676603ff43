# Around every page: layouts and components of lantoa/src/web.

skip-to-content = Skip to the main content
nav-sections = Sections
nav-open = Contents
section-home = Front page
section-programme = Programme
section-agencies = Agencies
section-guide = Guide
section-criteria = Criteria
section-reports = Reports
section-st-tasks = S&T tasks
section-campaigns = Campaigns
section-newsletters = Newsletters
nav-desk = Desk
nav-desk-short = Main places
nav-more = More
nav-others = Other places
nav-shelf-work = Work
nav-shelf-newsroom = Newsroom
nav-shelf-spreading = Spreading
nav-shelf-directory = Look up
nav-shelf-administration = Administration
search = Search
search-do = Search
close = Close
dismiss = Dismiss this notice
crumbs = You are here

foot-responsible = Responsible person:
foot-address = Address:
foot-phone = Telephone:
foot-email = E-mail:
foot-nav = Pages
foot-desk = Desk
foot-sign-in = Officers sign in

settings-lang = Language
settings-theme = Background
theme-light = Light
theme-dark = Dark
theme-auto = As the device

who-profile = My account
who-portal = See the portal
who-sign-out = Sign out

go-open = Search and go…
go-title = Search and go
go-placeholder = A page, an agency, words of a plan…
go-move = choose
go-enter = open
go-accent-free = Diacritics are not needed

state-on-time = On time
state-soon = Due soon
state-late = Overdue
state-waiting = Waiting for review
state-returned = Sent back
state-unknown = Not known
state-open = Not due yet
state-draft = Draft
state-issued = Issued
state-superseded = Superseded

field-optional = (optional)
filter-do = Filter
filter-clear = Clear filters
filter-remove = Remove condition
page-previous = Previous
page-next = Next
page-number = Page { $number }

request-failed = Not done: the server can not be reached. Please try again.
table-columns = Columns
table-pick-all = Select all rows
table-pick = Select { $what }
table-bulk = Acts on the selected rows
table-picked = rows selected

picture-table = See the table
picture-data = Download the data

upload-sending = Sending the file
upload-reading = Sent; now reading the file
upload-failed = The file was not sent. Check the connection, then send it again.
upload-seconds = about { $count } seconds left
upload-minutes = about { $count } minutes left

draft-saved = Draft saved at { $time }
draft-failed = The draft is not saved yet; trying again
draft-conflict = Not saved: a colleague has just changed this draft. Press “Keep draft” to see both.

gallery-title = Design system
gallery-lead = Every component in every state, light and dark side by side. Names of agencies are for illustration.
weekday-mon = Monday
weekday-tue = Tuesday
weekday-wed = Wednesday
weekday-thu = Thursday
weekday-fri = Friday
weekday-sat = Saturday
weekday-sun = Sunday
