# Articles: pictures, notes, things of other sites, topics, views, English texts
article-lead-none = The lead picture is not in your library. Choose another, or ask the agency that keeps it to share it with the province.
article-figure-none = Figure { $n } is not in your library. Choose another, or ask the agency that keeps it to share it with the province.
article-figure-kind = Figure { $n } ({ $name }) is no picture. Only pictures stand in a text; link to other files.
article-lead-alt = The lead picture ({ $name }) lacks a description for those who can not see it. Open it in the library to write one.
article-figure-alt = Figure { $n } ({ $name }) lacks a description for those who can not see it. Open it in the library to write one.
article-lead-credit = The lead picture ({ $name }) lacks its credit. Open it in the library to say whose it is.
article-figure-credit = Figure { $n } ({ $name }) lacks its credit. Open it in the library to say whose it is.
article-lead-unready = The lead picture ({ $name }) can not be shown yet. If it was just uploaded, wait a few seconds; if it is an SVG drawing, export it as PNG.
article-figure-unready = Figure { $n } ({ $name }) can not be shown yet. If it was just uploaded, wait a few seconds; if it is an SVG drawing, export it as PNG.
picture-credit = Source: { $name }

pictures-title = Choose a picture
pictures-lead = Your agency's pictures and those that the province shares. Copy the address and paste it into the article's picture field.
pictures-search = Search pictures
pictures-none = No pictures
pictures-none-why = Try other words, or bring a new picture into the library.
pictures-pick = Use this picture
pictures-address = Address of the picture
pictures-open = Choose from the library
pictures-failed = The pictures could not be loaded. Try again, or open the page to choose from.

editor-picture = Picture from the library
editor-note = Note
editor-note-text = Text of the note
editor-embed = Video or sound of another site
editor-embed-address = https://… address of the video or sound
editor-embed-title = What it is called
editor-insert = Insert
editor-picture-hint = Caption of the picture (optional)
article-mark-note = words[^1]
article-mark-note-is = a note; the line [^1]: text stands at the end
article-mark-embed = @[name](https://…)
article-mark-embed-is = video or sound of another site, on a line by itself
check-note = The mark [^{ $name }] leads to no note.

notes-title = Notes
note-number = Note { $n }
note-back = Back to the text

embed-open = Watch it from { $name }. Nothing is loaded from { $name } before you press.
embed-elsewhere = Open it at { $name }
embeds-title = Sites shown in articles
embeds-lead = Video and sound of these sites open within an article when the reader asks for it. Other sites are linked to.
embeds-added = Added by the province
embeds-none = None yet, for instance the provincial broadcaster's video channel.
embeds-host = Host name
embeds-host-help = For instance video.province.gov.vn. Only https sites.
embeds-name = What readers call it
embeds-add = Add the site
embeds-remove = Remove
embeds-shipped = Built in
embed-no-host = Give a host name like video.province.gov.vn; no bare numbers or ports.
embed-needs-name = Give the name that readers know, at most { $n } characters.
embed-there-already = This host is on the list already.
embed-too-many = The list is full at { $n } sites. Remove one that is not used.
embed-was-added = Added. What it shows opens within articles from now on.
embed-was-removed = Removed. What it shows is linked to now.
ledger-embed-host-added = Let articles show things of { $name }
ledger-embed-host-removed = No longer let articles show things of { $name }

portal-topics = Topics
portal-topic-lead = What every agency published about this topic.
feeds-title = News feeds
feeds-lead = Follow new articles in a feed reader: the whole province, a topic, a section or an agency.
feeds-all = The whole province
feeds-topics = By topic
feeds-sections = By section
feeds-agencies = By agency
feeds-english = For English articles add ?lang=en to the address.
panel-news = Latest news
panel-news-more = All news

views-title = Views
views-today = Today
views-week = 7 days
views-total = Total
views-count = { $count } views
views-more = The last 30 days
views-lead = Counted by article and day, without cookies, addresses or anything about readers. Machines that say so are not counted. New figures show within a minute.
views-finding = { $count } views in 30 days
views-none = No views in the last 30 days.
views-day = Day
views-csv = Download CSV

english-title = The English minimum
english-heading = { $n } of { $count } items are there in English
english-lead = What the portal must offer in English. Each names the article that fulfils it; a translation that did not follow its original shows here.
english-missing = Missing
english-page = A page of the system
english-waiting = English text not published
english-out = Published { $day }
english-age-today = English text published today
english-age = English text published { $count ->
    [one] one day ago
   *[other] { $count } days ago
}
english-address = Address of the article
english-name = Choose this article
english-no-article = There is no article at this address. Paste the address of its page, on the desk or on the portal.
english-was-named = The article that fulfils this item was noted.
ledger-english-item-named = Named “{ $name }” as fulfilling the English item: { $item }
translations-filter = Filter translations
translations-any = All articles
translations-is-missing = Not in English
translations-is-waiting = There, not published
translations-is-out = Published
translations-is-stale = Older than its original
translations-none-such = No such articles
translations-none-such-why = Loosen the filter.
translations-csv = Download the list (CSV)
