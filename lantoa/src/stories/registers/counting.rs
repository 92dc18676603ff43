//! What registers and all other capabilities count: the same on both engines, in few statements, with a way down.

use super::*;
use crate::people::{demo_people, province};
use crate::registers::evidence::{self, Evidence};
use crate::registers::secret_count;
use crate::web::{Lang, Locale};

story!(moving_officers_on_changes_this_year_and_not_the_last, |house| {
    house.on("2026-12-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    let mut posts = Vec::new();
    for number in 0..10 {
        let code = format!("VT-{number}");
        let mut more = vec![("code", code.as_str()), ("category", "communication"), ("from_on", "2025-02-01")];
        if number < 7 {
            more.push(("trained_on", "2025-06-15"));
        }
        let proof = if number < 7 { "https://hoc-vien.example.vn/lop-1" } else { "" };
        posts.push(confirmed(&house, &cast, "officer", &more, proof).await);
    }
    let own = Some(cast.agency.id);
    let counted = async |of: Month| (count(&house, "officers-trained", own, of).await, count(&house, "officers", own, of).await);
    assert_eq!(counted(month(2025, 1)).await, (0, 0), "no roster, and no zero of something");
    assert_eq!(counted(month(2025, 5)).await, (0, 10));
    assert_eq!((counted(month(2025, 12)).await, counted(month(2026, 12)).await), ((7, 10), (7, 10)));
    // One who was trained leaves, one who was not joins.
    let text = posts[0].to_string();
    let version = the(&house, posts[0]).await.version.to_string();
    let more = [("code", "VT-0"), ("category", "communication"), ("from_on", "2025-02-01"), ("trained_on", "2025-06-15")];
    let mut fields = form(&text, "officer", &more);
    fields.extend([("until_on", "2026-05-31"), ("version", version.as_str())]);
    cast.author.post(&format!("/desk/registers/{}", posts[0]), &fields).await.expect(303);
    act(&house, &cast.approver, posts[0], "confirm", &[]).await.expect(303);
    let joins = [("code", "VT-10"), ("category", "communication"), ("from_on", "2026-07-01")];
    confirmed(&house, &cast, "officer", &joins, "").await;
    assert_eq!(counted(month(2025, 12)).await, (7, 10), "the year that is over stays");
    assert_eq!(counted(month(2026, 5)).await, (7, 10), "the last day still counts");
    assert_eq!(counted(month(2026, 6)).await, (6, 9));
    assert_eq!(counted(month(2026, 12)).await, (6, 10));
    assert_eq!(counted(month(2027, 1)).await, (0, 0), "nothing is said of what is to come");
    // Sessions say all in all: the last one counts, and nothing is added up.
    for (day, part) in [("2026-02-10", "40"), ("2026-08-10", "90")] {
        let session = [("from_on", day), ("part", part), ("whole", "100")];
        confirmed(&house, &cast, "dissemination", &session, "https://vi-du.vn/danh-sach").await;
    }
    let informed = async |of: Month| count(&house, "officials-informed", own, of).await;
    assert_eq!((informed(month(2026, 7)).await, informed(month(2026, 9)).await), (40, 90));
    assert_eq!(count(&house, "officials", own, month(2026, 9)).await, 100);
    // Another agency's people find no record of it, and no draft is one.
    let source = sources::of_code(&house.app, "officers").expect("a source");
    let asked = Asked { agency: own, stretch: Stretch { first: month(2026, 1), last: month(2026, 12) } };
    let seen = async |who: &Who| (source.records)(&house.app, who, Locale(Lang::Vi), asked).await.expect("records").len();
    drafted(&cast.author, "officer", &[("code", "VT-11"), ("category", "foreign")]).await;
    assert_eq!(seen(&who(&cast.agency, Role::Officer)).await, 10);
    assert_eq!(seen(&who(&cast.other_agency, Role::Officer)).await, 0);
    assert_eq!(seen(&who(&cast.other_agency, Role::Coordinator)).await, 10);
});

story!(what_has_to_be_provided_counts_at_its_term_and_in_time_by_what_is_out, |house| {
    house.on("2026-06-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    let entry = |code: &'static str, until: &'static str| {
        [("title", "Văn bản phải đưa lên cổng"), ("code", code), ("from_on", "2026-01-10"), ("until_on", until)]
    };
    // A term has to be there, in the form and in its words.
    let id = new_id().to_string();
    let bare = form(&id, "required-content", &[("code", "VB-0"), ("until_on", " ")]);
    cast.author.post("/desk/registers", &bare).await.expect(422).says("Hãy ghi hạn cung cấp");
    cast.author.get("/desk/registers/new?register=required-content").await.expect(200).says("Hạn cung cấp");
    // Out by the term, out after it, never out, and not due yet. `confirmed` proves things since 1 February.
    let page = "https://cong.example.vn/van-ban-1";
    let early = confirmed(&house, &cast, "required-content", &entry("VB-1", "2026-03-31"), page).await;
    confirmed(&house, &cast, "required-content", &entry("VB-2", "2026-01-31"), "https://cong.example.vn/van-ban-2").await;
    confirmed(&house, &cast, "required-content", &entry("VB-3", "2026-03-01"), "").await;
    confirmed(&house, &cast, "required-content", &entry("VB-4", "2026-06-11"), "https://cong.example.vn/van-ban-4").await;
    drafted(&cast.author, "required-content", &entry("VB-5", "2026-03-05")).await;
    let own = Some(cast.agency.id);
    let counted =
        async |of: Month| (count(&house, "contents-provided", own, of).await, count(&house, "contents-required", own, of).await);
    assert_eq!(counted(month(2026, 1)).await, (0, 1), "a day late is late");
    assert_eq!(counted(month(2026, 3)).await, (1, 2));
    assert_eq!(counted(month(2026, 6)).await, (0, 0), "nobody is late before the term");
    house.on("2026-06-12T09:00:00").await;
    assert_eq!(counted(month(2026, 6)).await, (1, 1));
    let asked = Asked { agency: own, stretch: Stretch { first: month(2026, 1), last: month(2026, 12) } };
    let behind = async |code: &str, who: &Who| {
        let source = sources::of_code(&house.app, code).expect("a source");
        (source.records)(&house.app, who, Locale(Lang::Vi), asked).await.expect("records")
    };
    let officer = who(&cast.agency, Role::Officer);
    assert_eq!(behind("contents-required", &officer).await.len(), 4);
    let provided = behind("contents-provided", &officer).await;
    assert!(provided.len() == 2 && provided.iter().any(|one| one.href == Record::path(early)), "{provided:?}");
    assert!(provided.iter().all(|one| one.public_href.is_empty()), "the register itself is for the desk");
    assert!(behind("contents-provided", &who(&cast.other_agency, Role::Officer)).await.is_empty());
});

story!(what_was_publicised_later_takes_no_room_from_what_is_counted, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    let early = [("code", "KC-00"), ("from_on", "2026-01-10")];
    let early = confirmed(&house, &cast, "st-task", &early, "https://bao.example.vn/0").await;
    let task = confirmed(&house, &cast, "st-task", &[("code", "KC-01")], "").await;
    // As many as a list has at most, all of them newer, and publicised after the month that is asked for.
    let (task, proof) = (the(&house, task).await, Evidence::of(&house.app.db, early).await.expect("evidence").remove(0));
    let later = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day");
    let (mut tasks, mut proofs) = (Vec::new(), Vec::new());
    for _ in 0..sources::RECORDS_MAX {
        let id = new_id();
        tasks.push(record::ActiveModel::from(Record { id, code_key: None, ..task.clone() }));
        proofs.push(evidence::ActiveModel::from(Evidence { id: new_id(), record: id, on_day: later, ..proof.clone() }));
    }
    record::Entity::insert_many(tasks).exec_without_returning(&house.app.db).await.expect("tasks");
    evidence::Entity::insert_many(proofs).exec_without_returning(&house.app.db).await.expect("evidence");
    let (february, own) = (month(2026, 2), Some(cast.agency.id));
    assert_eq!(count(&house, "st-tasks-publicised", own, february).await, 1);
    let source = sources::of_code(&house.app, "st-tasks-publicised").expect("a source");
    let asked = Asked { agency: own, stretch: Stretch { first: february, last: february } };
    for (agency, href) in [(&cast.agency, Record::path(early)), (&cast.other_agency, String::new())] {
        let who = who(agency, Role::Officer);
        let behind = (source.records)(&house.app, &who, Locale(Lang::Vi), asked).await.expect("records");
        assert!(behind.len() == 1 && behind[0].href == href, "{behind:?}");
        assert_eq!(behind[0].public_href, Record::public_path(early));
    }
});

story!(an_article_counts_in_the_month_of_vietnam_and_no_more_once_it_is_gone, |house| {
    let house = crate::stories::news::lawful(house);
    house.on("2026-05-31T23:50:00").await;
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Bài cuối tháng").await;
    house.on("2026-06-01T00:10:00").await;
    cast.published(&house, "Bài đầu tháng").await;
    let (may, june) = (month(2026, 5), month(2026, 6));
    let own = Some(cast.agency.id);
    assert_eq!(count(&house, "articles-published", own, may).await, 1);
    assert_eq!(count(&house, "articles-published", own, june).await, 1);
    assert_eq!(count(&house, "articles-published", own, month(2026, 4)).await, 0);
    let source = sources::of_code(&house.app, "articles-published").expect("a source");
    let asked = Asked { agency: own, stretch: Stretch { first: may, last: june } };
    let someone = who(&cast.other_agency, Role::Officer);
    let records = (source.records)(&house.app, &someone, Locale(Lang::Vi), asked).await.expect("records");
    let titles: Vec<&str> = records.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["Bài đầu tháng", "Bài cuối tháng"]);
    assert_eq!(records[1].public_href, at_path(&house, &path).await.public_path());
    let gone = [("withdrawal", "Sai"), ("fate", "stays")];
    crate::stories::news::act(&house, &cast.approver, &path, "withdrawal", &gone).await.expect(303);
    assert_eq!(count(&house, "articles-published", own, may).await, 0);
});

// No more statements for ten years of all agencies than for one month; and words for each.
story!(every_source_counts_in_few_statements_and_says_what_it_counts, |house| {
    house.on("2026-06-10T09:00:00").await;
    province::settle(&house.app).await.expect("the default province");
    crate::demo::settle(&house.app).await.expect("the demo");
    let body = Agency::find_by_slug(&house.app.db, "so-y-te").await.expect("the agency");
    let long = Stretch { first: month(2017, 1), last: month(2026, 12) };
    let short = Stretch { first: month(2026, 6), last: month(2026, 6) };
    let mut codes = std::collections::BTreeSet::new();
    for source in sources::all(&house.app) {
        assert!(codes.insert(source.code), "{} stands twice", source.code);
        for l in [Locale(Lang::Vi), Locale(Lang::En)] {
            let (name, rule) = (format!("source-{}", source.code), format!("source-{}-rule", source.code));
            assert!(l.has(&name) && l.has(&rule), "{} has no words", source.code);
        }
        let before = house.statements();
        let whole = (source.tallies)(&house.app, long).await.unwrap_or_else(|error| panic!("{}: {error:?}", source.code));
        let many = house.statements() - before;
        let before = house.statements();
        let of_month = (source.tallies)(&house.app, short).await.expect("tallies");
        assert!(many <= 4 && house.statements() - before <= 4, "{}: {many} statements", source.code);
        let june = |tallied: &[Tallied]| tallied.iter().filter(|one| one.month == short.first).map(|one| one.count).sum::<u64>();
        assert_eq!(june(&whole), june(&of_month), "{}", source.code);
        assert_eq!(whole.iter().any(|one| one.agency.is_none()), source.is_shared && !whole.is_empty(), "{}", source.code);
        for role in [Role::Officer, Role::Coordinator] {
            for agency in [None, Some(body.id)] {
                let asked = Asked { agency, stretch: long };
                let records = (source.records)(&house.app, &who(&body, role), Locale(Lang::Vi), asked).await;
                records.unwrap_or_else(|error| panic!("{}: {error:?}", source.code));
            }
        }
    }
    assert!(codes.len() >= 30, "{codes:?}");
});

story!(what_registers_keep_of_the_first_years_is_counted_from_the_beginning, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    for day in ["1995-06-01", "2026-02-01"] {
        confirmed(&house, &cast, "award-round", &[("from_on", day)], "https://bao.example.vn/giai").await;
    }
    let of = ::measures::Of::Source { code: "award-rounds".into() };
    let parts = vec![::measures::Part { minus: false, of, at_least: None }];
    let rounds = ::measures::Definition {
        numerator: ::measures::Term { parts },
        every: ::measures::Every::Ever,
        ..::measures::Definition::default()
    };
    let all = [("rounds".to_owned(), rounds)].into();
    let (_, counted) = crate::measures::recomputing::count(&house.app, all, 2026).await.expect("counted");
    let whole = counted["rounds"].outcome.whole.of(3).expect("a value");
    assert_eq!(whole.figure(), Some(::measures::Amount::from(2)));
});

story!(the_demo_shows_registers_as_made_up, |house| {
    house.on("2026-06-10T09:00:00").await;
    province::settle(&house.app).await.expect("the default province");
    for _ in 0..2 {
        crate::demo::settle(&house.app).await.expect("the demo");
    }
    let rows = record::Entity::find().all(&house.app.db).await.expect("rows");
    assert!(rows.len() == 21 && rows.iter().all(|row| row.demo && row.state == State::Confirmed), "{}", rows.len());
    let secret = secret_count::Entity::find().all(&house.app.db).await.expect("rows");
    assert!(secret.len() == 1 && secret[0].signed_by.is_some());
    house.visitor().get("/nhiem-vu-khcn").await.expect(200).says("60 %").says("Minh họa").says("minh họa");
    let who = demo_people::at_work(&house.app, "department_officer").await.expect("people").expect("an officer");
    assert_eq!(count(&house, "officers-trained", who.agency, month(2026, 6)).await, 3);
    assert_eq!(count(&house, "officials-informed", who.agency, month(2026, 6)).await, 91);
});
