# Agencies as files, and their public pages: lantoa/src/people/staff/agency_files, portal, map, agency/table, boundary.

agency-file-title = Import agencies from a file
agency-file-lead = Bring in an Excel or CSV table, or boundaries as GeoJSON. It is compared with what is there and shown; nothing changes until you confirm.
agency-file-choose = Drop a file here, or choose one
agency-file-help = A table: .xlsx or .csv (UTF-8), at most 2,000 rows. Boundaries: .geojson. At most 16 MB.
agency-file-read = Read and preview
agency-file-how = Preparing the file
agency-file-how-template = Download the agencies as they are (Excel)
agency-file-how-template-then = to start from. Its second sheet explains every column.
agency-file-how-columns = The column “Code” and at least one more are needed. To update telephone numbers, “Code” and “Telephone” will do. Columns may stand in any order.
agency-file-how-empty = A column that is not in the file stays as it is. An empty cell of a column that is in the file empties the field.
agency-file-how-gone = Agencies that are not in the file stay as they are. Ending, merging, splitting and renaming from a day are done on the agency's page.
agency-file-how-boundaries = Boundaries are matched by the five-digit code, then by name; coordinates are longitude, latitude in WGS 84 (RFC 7946).

agency-file-preview = Preview
agency-file-preview-lead = File “{ $file }”, { $n } rows. Nothing has changed yet.
agency-file-new = New agencies
agency-file-changed = Changed agencies
agency-file-same = The same
agency-file-wrong = Rows to mend
agency-file-row = Row
agency-file-mend = To mend
agency-file-more = And { $n } more.
agency-file-confirm = Write
agency-file-another = Choose another file
agency-file-why-help = E.g. the number of a document. If empty, the file's name. Goes into the history of every agency.
agency-file-unknown = Some columns are not used
agency-file-unknown-why = These columns are left out. If one is needed, give it the head it has in the downloaded table and import again.
agency-file-unknown-head = The column “{ $name }” is left out
agency-file-differs = The agencies have just changed
agency-file-differs-why = Someone changed the agencies after you opened this page. This is a new comparison; please look at it and confirm.
agency-file-note-name = The name is corrected as a mistake. If the agency was renamed on a day, use “Rename from a day” on its page, which keeps the old name.
agency-file-obstacle-wrong = { $n ->
    [one] One row is to be mended. Please mend it in the file and import again; nothing was written.
   *[other] { $n } rows are to be mended. Please mend them in the file and import again; nothing was written.
}
agency-file-obstacle-nothing = The file says what is there already; there is nothing to write.
agency-file-done = Written: { $created } added, { $changed } changed.
agency-file-done-before = This file was written before and was not written again.
agency-file-line-wrong = Row { $n }, { $field }: { $cause }
agency-file-nothing-written = nothing was written. Please mend this and import again:
agency-file-written = Written: { $file }
agency-file-ending = the file's name must end in .csv, .xlsx or .geojson

agency-file-empty = The file is empty. Please choose one with content.
agency-file-too-large = The file is larger than { $n } MB. Please remove sheets or pictures; simplify boundaries.
agency-file-unpacks-too-large = The file unpacks to more than { $n } MB and was not read. Please copy the table into a new workbook.
agency-file-old-excel = This is an old Excel file (.xls), or it has a password. Open it in Excel, remove the password, save as .xlsx.
agency-file-other-office = This is no Excel workbook (.xlsx). Please save it as .xlsx or CSV UTF-8.
agency-file-locked = The file has a password. Please remove it.
agency-file-foreign = This kind of file can not be read. Please use .xlsx, .csv or .geojson.
agency-file-web-page = The file is a web page under the name of a spreadsheet. Open it in Excel and save as .xlsx.
agency-file-damaged = The file is damaged or incomplete. Please open it, save it again and import again.
agency-file-slow = Reading took too long and was stopped. Please remove what is not needed.
agency-file-encoding = The file is written in the old encoding { $name }. Please convert it to Unicode; in Excel save as “CSV UTF-8” or .xlsx.
agency-file-encoding-unknown = The file is not Unicode, so its marks can not be read. In Excel save as “CSV UTF-8” or .xlsx.
agency-file-no-head = There is no row of heads. The column “Code” and at least one more are needed, such as “Telephone”. Please start from the downloaded table.
agency-file-no-rows = There are no rows under the heads.
agency-file-column-twice = Two columns say the same: “{ $one }” and “{ $other }”. Please remove one.
agency-file-too-many-rows = Too many rows. At most { $n } a file; please split it.
agency-file-too-wide = Too many columns. At most { $n }.
agency-file-cell-formula = This cell is a formula without a result. Please put the value.
agency-file-cell-error = This cell is an error of a formula (such as #N/A). Please put the value.
agency-file-wrong-lost-marks = There is a question mark within a word: the file lost its Vietnamese letters when it was saved. In Excel save as “CSV UTF-8” or .xlsx.
agency-file-wrong-twice = This code stands in row { $n } already. One row for each agency.
agency-file-wrong-twin = “{ $name }” is there already under the code { $code }. If it is the same, use the code { $code }.
agency-file-wrong-parent = The agency above, “{ $value }”, is neither there nor in the file. Please give its code.
agency-file-wrong-circle = An agency can not stand above itself, not even through others. Please correct the agency above.
agency-file-wrong-closing = The last day can not be changed by a file. Use “End” on the agency's page.

agency-file-explained = How to fill in
agency-file-column = Column
agency-file-needed = Needed
agency-file-needed-yes = Yes
agency-file-meaning = What to write
agency-file-about-code = Plain letters and digits; of a commune or ward its five digits. It says which agency it is and can not be changed by a file.
agency-file-about-name = As in the founding document.
agency-file-about-short-name = The short name people use, e.g. Sở KH&CN, xã Mỹ Thiện.
agency-file-about-kind = One of the kinds beside.
agency-file-about-parent = The code of the agency above, or its name.
agency-file-about-official-code = E.g. H20.12.
agency-file-about-open-from = Day/month/year, e.g. 1/7/2025.
agency-file-about-closed-on = Only of a new agency that is over. One that is there is ended on its page.
agency-file-about-confidence = Certain, fairly certain or not certain. Empty means certain.
agency-file-about-latitude = Decimal degrees, e.g. 10.36.
agency-file-about-longitude = Decimal degrees, e.g. 106.36.
agency-file-about-area-km2 = Square kilometres.
agency-file-about-email = Like name@body.gov.vn.
agency-file-about-phone = E.g. 0277 3851 234.
agency-file-about-address = Where the office is.
agency-file-about-note = Shown on the desk only.
agency-file-about-aliases = Other names in documents, with | between. Of a commune, “UBND xã …” and “xã …” need not be written.

agency-boundary-preview = Preview of boundaries
agency-boundary-preview-lead = File “{ $file }”, { $n } shapes. Nothing has changed yet.
agency-boundary-new = New boundaries
agency-boundary-changed = Changed boundaries
agency-boundary-same = The same
agency-boundary-unmatched = Of no commune or ward
agency-boundary-unmatched-why = No commune or ward in operation has this code or name. These shapes are left out.
agency-boundary-nameless = shape { $n }
agency-boundary-wrong = Can not be used
agency-boundary-without = { $n ->
    [one] One commune or ward has no boundary yet
   *[other] { $n } communes and wards have no boundary yet
}
agency-boundary-number = Shape
agency-boundary-called = Name in the file
agency-boundary-points = { $n } points
agency-boundary-obstacle-nothing = There is no new boundary to write.
agency-boundary-done = { $n } boundaries were written. The map is drawn with them.
agency-boundary-wrong-missing = The shape has no coordinates. Please add them or remove the shape.
agency-boundary-wrong-no-area = This is no area (Polygon, MultiPolygon). Please export the boundaries as areas.
agency-boundary-wrong-damaged = The outline is damaged: at least three different points that are numbers. Please mend it in your map program.
agency-boundary-wrong-open = The outline is not closed. Its last point must be its first.
agency-boundary-wrong-metres = The coordinates are in metres (such as VN-2000). Please convert to WGS 84 (EPSG:4326).
agency-boundary-wrong-swapped = Latitude stands before longitude. Please turn them round (RFC 7946).
agency-boundary-wrong-elsewhere = The shape lies outside Vietnam. Please check the system of coordinates.
agency-boundary-wrong-detailed = Too many points. Please simplify to fewer than { $n }.
agency-boundary-wrong-far = The shape lies far from { $name }. Please check the code, or correct the agency's latitude and longitude.
agency-boundary-wrong-several = Several have this name: { $names }. Please add the five-digit code.
agency-boundary-wrong-twice = The shapes { $numbers } are of one commune. Please join them.
agency-boundary-file-crs = The file uses other coordinates than WGS 84. Please export with EPSG:4326.
agency-boundary-file-topology = This is TopoJSON. Please export as GeoJSON.
agency-boundary-file-other = This is no GeoJSON: a FeatureCollection is needed.
agency-boundary-file-empty = The file has no shapes.
agency-boundary-file-many = Too many shapes. At most { $n }; please export those of the province only.
agency-boundary-file-cut = The file ends too early. Please download it again.
agency-boundary-file-broken = The file is damaged in line { $n }. Please export as GeoJSON again.

agency-kinds-provincial-committee = Provincial People's Committee
agency-kinds-council = People's Council
agency-kinds-department = Departments
agency-kinds-committee-body = Bodies of the People's Committee
agency-kinds-party-body = Party bodies
agency-kinds-fatherland-front = Fatherland Front
agency-kinds-union = Mass organisations
agency-kinds-association = Associations
agency-kinds-armed-forces = Police, army
agency-kinds-press = Press
agency-kinds-portal = Web portal
agency-kinds-public-service-unit = Public service units
agency-kinds-university = Universities
agency-kinds-college = Colleges
agency-kinds-other = Others

portal-agencies = Agencies of the province
portal-agencies-lead = { $bodies } provincial bodies, { $communes } communes and wards: names, contacts, tasks.
portal-agencies-found = { $n ->
    [one] One result for “{ $q }”.
   *[other] { $n } results for “{ $q }”.
}
portal-agencies-search = Search agencies, communes, wards
portal-agencies-all = Show all
portal-agencies-bodies = Provincial bodies
portal-agencies-map = { $n } local units: { $wards } wards and { $communes } communes
portal-agencies-source = Source: the province's list of agencies, { $day }
portal-agencies-skip-map = Skip the map, go to the list
portal-agencies-ward = Ward
portal-agencies-commune = Commune
portal-agencies-faint = Faint places do not match the search
portal-agencies-unplaced = { $n ->
    [one] One place is not on the map, for its position is not known.
   *[other] { $n } places are not on the map, for their positions are not known.
}
portal-agency-unsure = Not certain
portal-agency-found-by = Has the name: { $name }
portal-agency-demo = Demo data
portal-agency-also = Also called { $names }.
portal-agency-duties = Tasks in the plans
portal-agency-duties-past = Tasks that were given
portal-agency-closed = No longer in operation, the last day was { $day }
portal-agency-closed-on = Taken over the day after by:
portal-agency-closed-alone = No agency took over.
portal-agency-not-yet = In operation from { $day }
portal-agency-past = Before
portal-agency-on-map = See on OpenStreetMap
