# Agencies: lantoa/src/people/agency, class, resolve.

agency-kind-provincial-committee = Provincial People's Committee
agency-kind-council = People's Council
agency-kind-department = Department
agency-kind-committee-body = Body of the People's Committee
agency-kind-party-body = Party body
agency-kind-fatherland-front = Fatherland Front
agency-kind-union = Mass organisation
agency-kind-association = Association
agency-kind-armed-forces = Police, army
agency-kind-press = Press
agency-kind-portal = Web portal
agency-kind-public-service-unit = Public service unit
agency-kind-university = University
agency-kind-college = College
agency-kind-commune = Commune
agency-kind-ward = Ward
agency-kind-other = Other
agency-kind-any = Any kind
agency-kind-local = Communes and wards
agency-kind-provincial = Provincial

agency-confidence-high = Certain
agency-confidence-medium = Fairly certain
agency-confidence-low = Not certain
agency-confidence-any = Any
agency-confidence-doubtful = To be confirmed

agency-standing-open = In operation
agency-standing-not-yet = Not yet in operation
agency-standing-closed = Ended
agency-closed-after = Ended { $day }
agency-not-yet-there = The agency is in operation from { $day }; before that there is nothing to take over.
agency-standing-all = All

agency-field-code = Code
agency-field-name = Full name
agency-field-short-name = Short name
agency-field-kind = Kind
agency-field-parent = Agency above
agency-field-official-code = Electronic identifier
agency-field-open-from = In operation from
agency-field-closed-on = Last day
agency-field-confidence = Certainty
agency-field-latitude = Latitude
agency-field-longitude = Longitude
agency-field-area-km2 = Area
agency-field-email = E-mail
agency-field-phone = Telephone
agency-field-address = Address
agency-field-note = Note
agency-field-aliases = Other names
agency-field-boundary = Boundary
agency-field-from = From
agency-field-last-day = Last day
agency-field-on = First day of the successor
agency-field-why = Reason
agency-field-into = Successor
agency-field-predecessors = Agencies that end
agency-field-new-name = New full name
agency-field-new-short-name = New short name
agency-field-heir = Successor
agency-field-successors = New agencies
agency-state = State

agencies-title = Agencies
nav-agencies = Agencies
agencies-lead = The bodies of the province, its communes and wards: names, times, contacts.
agencies-new = Add an agency
agencies-files = Files
agencies-export-xlsx = Download as Excel
agencies-export-csv = Download as CSV
agencies-export-boundaries = Download boundaries (GeoJSON)
agencies-import = Import from a file…
agencies-filter = Filter the agencies
agencies-gap-contact = Without telephone and e-mail
agencies-gap-people = Without people
agencies-filtered = Filtered:
agencies-search = Search by name or code
agencies-none = No such agency
agencies-none-why = Try fewer words or take filters off. Diacritics are not needed.
agencies-found-by = Found by the name “{ $name }”
agencies-count = { $n ->
    [one] { $n } agency
   *[other] { $n } agencies
}
agencies-range = { $from }–{ $to } of { $n }
agencies-pages = Pages of the list
agencies-head-name = Name
agencies-head-kind = Kind
agencies-head-code = Code
agencies-head-since = Since
agencies-head-contact = Contact
agencies-merge = Merge into one agency

agency-from-day = from { $day }
agency-until-day = until { $day }
agency-days-both = from { $since } to { $until }
agency-no-contact = No contact yet
agency-no-parent = None
agency-to-confirm = To be confirmed
agency-to-confirm-why = The province has not confirmed the facts about this agency.
agency-confirm = The facts are right
agency-changes = Changes
agency-edit = Edit
agency-edit-contacts = Edit contacts
agency-rename = Rename from a day
agency-divide = Split into several
agency-close = End
agency-reopen = Put back into operation
agency-reopen-why = If this agency was ended by mistake, put it back into operation here.
agency-facts = Facts
agency-names = Names
agency-called = Short name
agency-name-official = Official name
agency-name-before = Earlier name
agency-aliases-before = Earlier other names
agency-made-from = Made from
agency-part-of = a part
agency-classes = Belongs to
agency-succession = Succession
agency-predecessors = Took over from
agency-successors = Handed over to
agency-history = History
agency-contacts = Contacts
agency-contacts-lead = What is written here is shown on the agency's public page.
agency-place = Place
agency-below = Agencies below
agency-public-page = See the public page
agency-by-system = The system
agency-empty = (empty)
agency-boundary-there = (a boundary)

agency-help-name = As in the founding document, e.g. Ủy ban nhân dân xã Mỹ Thiện.
agency-help-name-edit = Only to correct a mistake. If the agency was renamed, use “Rename from a day”, which keeps the old name.
agency-help-short-name = The short name people use, e.g. Sở KH&CN, xã Mỹ Thiện.
agency-help-code = Plain letters and digits; of a commune or ward its five digits (QĐ 19/2025/QĐ-TTg).
agency-help-day = Day, month, year; e.g. 1/7/2025.
agency-help-aliases = One name a line. They help to recognise the agency in documents.
agency-help-official-code = E.g. H20.12.
agency-help-latitude = Place on the map in decimal degrees; e.g. 10.36.
agency-help-confidence = “Certain” once there is a document of the province.
agency-help-why = Goes into the history.
agency-help-why-document = Number and date of the document that decides it, if there is one. Goes into the history.
agency-why = Reason
agency-save = Save
agency-cancel = Cancel
agency-preview = Preview
agency-preview-lead = Nothing has changed yet. Please read it through first.
agency-final = This can not be undone
agency-final-why = Please check names, codes and the day. If something is wrong, press “Back to the form”.
agency-back = Back to the form
agency-mistakes = { $n ->
    [one] One thing to mend
   *[other] { $n } things to mend
}

agency-wrong-missing = This is missing. Please fill it in.
agency-wrong-long = Too long. At most { $n } letters.
agency-wrong-marks = It has marks that can not be used (|, {"{"}, {"}"} or control characters). Please take them out.
agency-wrong-code = A code has plain letters, digits, points and hyphens only; e.g. SKHCN or 28249.
agency-wrong-code-taken = This code is that of “{ $name }”. Please choose another.
agency-wrong-official-code = The identifier looks like H20, H20.12 or 000.00.12.H20.
agency-wrong-kind = There is no kind “{ $value }”. Please choose one of the list.
agency-wrong-confidence = There is no such certainty: “{ $value }”. Choose certain, fairly certain or not certain.
agency-wrong-day = “{ $value }” is no day. Write day/month/year, e.g. 1/7/2025.
agency-wrong-no-day = The day is missing. Write day/month/year, e.g. 1/7/2025.
agency-wrong-number = “{ $value }” is no number. Write it like 10.36.
agency-wrong-range = The number must be from { $least } to { $most }.
agency-wrong-half-a-place = A place needs both latitude and longitude. Fill in both or leave both empty.
agency-wrong-email = An e-mail address looks like name@body.gov.vn.
agency-wrong-phone = A telephone number has digits, spaces and brackets only; e.g. 0277 3851 234.
agency-wrong-many = Too many. At most { $n }.
agency-wrong-parent = No other agency has the code “{ $value }”. Please choose the agency above from the list.
agency-wrong-parent-below = The agency with the code “{ $value }” is this one or below it. Please choose another above.
agency-wrong-opens-after-closing = The first day must be before the last.
agency-wrong-choice = Please choose an agency.

agency-opened = { $name } was added.
agency-already = { $name } was there already and was not added again.
agency-saved = Saved.
agency-same = Nothing has changed.
agency-confirmed = Confirmed.
agency-renamed = Renamed to { $name }.
agency-closed = The last day is noted.
agency-reopened = The agency is in operation again.
agency-merged = { $n } agencies were merged.
agency-divided = Split into { $n } agencies.

agency-fact-opened = Agency added: { $name }
agency-fact-renamed = Renamed from { $day }: “{ $from }” to “{ $to }”
agency-fact-closed = Ended after { $day }
agency-fact-succeeded = Took over from { $n ->
    [one] one agency
   *[other] { $n } agencies
} on { $day }
agency-fact-confirmed = Facts confirmed
agency-fact-edited = Edited
agency-fact-other = Something else
agency-change = { $field }: { $from } → { $to }

agency-rename-too-early = The day must be after { $day }, when the present name began.
agency-rename-closed = The agency ended on { $day }.
agency-rename-same = The new name is the present one.
agency-rename-effect-new = From { $day } the name is “{ $name }”.
agency-rename-effect-old = The name “{ $name }” is kept, in use until { $day }.
agency-rename-effect-address = The public page moves from { $from } to /co-quan/{ $to }; the old address leads on.
agency-rename-effect-aliases = Other forms of the old name end the same day; old documents are still understood.
agency-rename-effect-later = The day is still to come: the present name holds until { $day }.
agency-rename-lead = The old name is kept with its dates.
agency-rename-do = Rename
agency-close-already = The agency ended on { $day }.
agency-close-too-early = The last day can not be before the first ({ $day }). If the agency never existed, choose the very day before.
agency-close-effect = “{ $name }” is in operation until { $day }.
agency-close-effect-never = “{ $name }” is noted as never having been in operation.
agency-close-effect-past = Work done, reports and history stay. Nothing is deleted.
agency-close-lead = For an agency that nobody takes over. Otherwise merge or split.
agency-reopen-succeeded = Other agencies have taken over, so it can not be put back.
agency-effect-accounts = { $n ->
    [one] One account is
   *[other] { $n } accounts are
} with agencies that end; move them to the new one afterwards.
agency-effect-below = { $n ->
    [one] One agency is still
   *[other] { $n } agencies are still
} placed under those that end; give them another agency above afterwards.
agency-effect-names = Old names in documents are still understood, and from that day lead to the successor.
agency-merge-title = Merge agencies
agency-merge-lead = Several agencies end on the same day; one takes over the next.
agency-merge-from = Agencies that end
agency-merge-add = Add an agency to the list
agency-merge-add-do = Add
agency-merge-none = No agency chosen yet
agency-merge-into = Successor
agency-merge-into-new = A new agency
agency-merge-into-existing = An agency that is there
agency-merge-choose = Choose an agency
agency-merge-do = Merge
agency-merge-will = What will happen
agency-merge-too-few = A merger needs at least { $n } agencies.
agency-merge-not-open = “{ $name }” is not in operation on { $day } and so can not end that day.
agency-merge-heir-closed = “{ $name }” can not take over: it must be another agency, in operation on { $day }.
agency-merge-into-itself = “{ $name }” can not end and take over. Take it off the list of those that end.
agency-merge-effect-ends = “{ $name }” ends after { $day }.
agency-merge-effect-new = “{ $name }” is founded, in operation from { $day }.
agency-merge-effect-existing = “{ $name }” takes over from { $day } and keeps its name.
agency-divide-title = Split an agency
agency-divide-lead = The agency ends; the new ones are in operation from the next day.
agency-divide-lines = New agencies
agency-divide-lines-help = One agency a line: code, semicolon, full name, semicolon, short name. For an agency that is there and takes a part, only its code.
agency-divide-line-wrong = Line { $n }: it needs “code; full name; short name”, or the code of an agency that is there.
agency-divide-line = Line { $n }: { $what }
agency-divide-do = Split
agency-divide-too-few = At least two agencies must take over.
agency-divide-twice = “{ $name }” is there twice. Please take one line out.
agency-divide-effect-existing = “{ $name }” takes over a part from { $day }.
agency-divide-effect-names = From that day the name “{ $name }” may mean any of the successors; where a document has it, the system asks.
agency-obstacles = Not possible yet
