//! Values from evidence, and the way down from each to what it counts.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::*;
use crate::measures::measure::{Column, Entity};
use crate::measures::{yearly, yearly_all};

story!(a_value_is_counted_from_evidence_and_opens_down_to_it, |house| {
    let house = counting(house);
    house.on("2026-05-11T09:00:00").await;
    crate::people::province::settle(&house.app).await.expect("the default province");
    let (builders, money) = (agency(&house, "so-xay-dung").await, agency(&house, "so-tai-chinh").await);
    let who = coordinator(&house).await;
    happens(&house, &builders, "2026-03-05T08:00:00").await;
    happens(&house, &builders, "2026-03-06T08:00:00").await;
    let measure = define(&house, &who, "so-co-viec", &[]).await;
    let known = crate::people::class::members(&house.app.db, "departments", crate::stories::duties::day("2026-05-11")).await;
    let departments = known.expect("departments").len() as u64;
    let whole = yearly(&house.app, "so-co-viec", None, 2026).await.expect("read").expect("a value");
    assert_eq!((whole.numerator, whole.denominator), (::measures::Amount::from(1), Some(::measures::Amount::from(departments))));
    let own = yearly(&house.app, "so-co-viec", Some(builders.id), 2026).await.expect("read").expect("a value");
    assert_eq!(own.value.map(|value| value.plain()).as_deref(), Some("100"));
    let none = yearly(&house.app, "so-co-viec", Some(money.id), 2026).await.expect("read").expect("a value");
    assert_eq!(none.standing, ::measures::Standing::Zero, "seen, and nothing there: that is a zero");
    // Something happens: the chore finds it, and nothing is written when nothing did.
    happens(&house, &money, "2026-05-10T08:00:00").await;
    settle(&house).await;
    let digest =
        async || kept::years(&house.app.db, measure.id, PROVINCE).await.expect("rows").pop().expect("a row").source_digest;
    let before = digest().await;
    settle(&house).await;
    assert_eq!(digest().await, before);
    let all = yearly_all(&house.app, &["so-co-viec".into()], 2026).await.expect("read");
    assert_eq!(all[&("so-co-viec".to_owned(), None)].numerator, ::measures::Amount::from(2));
    assert_eq!(all.len() as u64, departments + 1, "communes are not asked");
    let again = crate::measures::recomputing::recompute(&house.app, 2026, None).await.expect("a pass");
    assert_eq!(again.changed, 0, "the second pass writes nothing");
    // The page, and from each part down to the records.
    let before = house.statements();
    let page = who.get("/desk/measures/so-co-viec").await.expect(200);
    assert!(house.statements() - before <= 20, "{} statements", house.statements() - before);
    let page = page.says(&format!("2/{departments}")).says("≥ 80 % đến năm 2028").says("Chưa đủ kỳ để dự kiến").says("2026");
    page.says("/desk/measures/so-co-viec/records?year=2026&#38;part=0").says("Sở Xây dựng");
    let records = who.get("/desk/measures/so-co-viec/records?part=0&year=2026").await.expect(200);
    records.says("Việc ").says("5/3/2026").says("10/5/2026").says(&Agency::desk_path(builders.id));
    let own = format!("/desk/measures/so-co-viec/records?part=0&year=2026&agency={}", money.id);
    who.get(&own).await.expect(200).says("10/5/2026").says_not("5/3/2026");
    who.get("/desk/measures/so-co-viec/records?part=1").await.expect(200).says("Sở Xây dựng").says("/co-quan/so-xay-dung");
    who.get("/desk/measures/so-co-viec/records?part=9").await.expect(404);
    let csv = who.get("/desk/measures/so-co-viec/csv?year=2026").await.expect(200);
    csv.says("so-co-viec,2026,5").says("Sở Xây dựng").says("Toàn tỉnh");
    let list = house.statements();
    who.get("/desk/measures").await.expect(200).says("Tỷ lệ sở có việc").says("Không gắn với mục tiêu nào");
    assert!(house.statements() - list <= 10, "{} statements", house.statements() - list);
    // Who works for no agency and oversees nothing sees none.
    house.someone(Role::SystemAdministrator, None).await.get("/desk/measures").await.expect(403);
    officer(&house, &builders).await.get("/desk/measures/so-co-viec").await.expect(200).says_not("Sửa định nghĩa");
});

story!(
    /// Two nodes may count at once: neither fails, no row is written twice, and a page that was just read shows what they wrote.
    passes_at_once_write_each_row_once, |house| {
    let house = counting(house);
    house.on("2026-05-11T09:00:00").await;
    crate::people::province::settle(&house.app).await.expect("the default province");
    let builders = agency(&house, "so-xay-dung").await;
    let who = coordinator(&house).await;
    let measure = define(&house, &who, "so-co-viec", &[]).await;
    let rows = async || kept::of(&house.app.db, &[measure.id], &[2026], None).await.expect("rows").len();
    let all = rows().await;
    assert!(all > 10, "{all} rows");
    who.get("/desk/measures").await.expect(200).says("<strong>0 %</strong>");
    who.get("/desk/measures/so-co-viec").await.expect(200).says("<strong>0 %</strong>").says_not(">100 %</strong>");
    kept::Entity::delete_many().exec(&house.app.db).await.expect("forgotten");
    happens(&house, &builders, "2026-03-05T08:00:00").await;
    let pass = || crate::measures::recomputing::recompute(&house.app, 2026, None);
    let (one, other) = tokio::join!(pass(), pass());
    let written = one.expect("a pass").changed + other.expect("another").changed;
    assert_eq!(rows().await, all);
    assert_eq!(written, all, "the second finds what the first wrote");
    assert_eq!(pass().await.expect("a third").changed, 0);
    who.get("/desk/measures").await.expect(200).says("Tỷ lệ sở có việc").says_not("<strong>0 %</strong>");
    who.get("/desk/measures/so-co-viec").await.expect(200).says(">100 %</strong>").says("Sở Xây dựng");
});

story!(
    /// Another node keeps what it drew for two seconds; who has just acted sees what came of it there too.
    who_acted_sees_it_on_every_node, |house| {
    let house = counting(house);
    house.on("2026-05-11T09:00:00").await;
    crate::people::province::settle(&house.app).await.expect("the default province");
    let who = coordinator(&house).await;
    let measure = define(&house, &who, "so-co-viec", &[]).await;
    who.get("/desk/measures").await.expect(200).says("Tỷ lệ sở có việc");
    // As another node commits: this one does not hear of it.
    let title = Expr::value("Tỷ lệ sở bận việc");
    let renamed = Entity::update_many().col_expr(Column::Title, title);
    renamed.filter(Column::Id.eq(measure.id)).exec(&house.app.db).await.expect("a title");
    who.get("/desk/measures").await.expect(200).says_not("Tỷ lệ sở bận việc");
    who.keep(&format!("said={}", URL_SAFE_NO_PAD.encode("measure-was-defined")));
    who.get("/desk/measures").await.expect(200).says("Tỷ lệ sở bận việc");
});

story!(
    /// Scenario R8: what two agencies claim is one in the province and one for each of them.
    r8_what_two_agencies_claim_is_there_once, |house| {
    let house = counting(house);
    house.on("2026-05-11T09:00:00").await;
    crate::people::province::settle(&house.app).await.expect("the default province");
    let (builders, money) = (agency(&house, "so-xay-dung").await, agency(&house, "so-tai-chinh").await);
    for body in [&builders, &money] {
        happens(&house, body, "2026-03-05T08:00:00").await;
    }
    let who = coordinator(&house).await;
    let fields = [("shape", "count"), ("unit", "việc"), ("class", ""), ("above_of", "source:test-events"), ("above_least", "")];
    define(&house, &who, "viec-chung", &[fields.as_slice(), &[("target_value", "")]].concat()).await;
    let all = yearly_all(&house.app, &["viec-chung".into()], 2026).await.expect("read");
    let count = |agency| all[&("viec-chung".to_owned(), agency)].numerator;
    assert_eq!([count(None), count(Some(builders.id)), count(Some(money.id))], [::measures::Amount::from(1); 3]);
    // Counting anew at once says how long it took.
    let answer = who.post("/desk/measures/recomputation", &[("year", "2026")]).await.expect(303);
    let timing = answer.headers.get("server-timing").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    assert!(timing.starts_with("recompute;dur="), "{timing}");
    officer(&house, &builders).await.post("/desk/measures/recomputation", &[]).await.expect(403);
});

story!(what_a_figure_opens_is_what_it_counts, |house| {
    let house = counting(house);
    house.on("2026-05-11T09:00:00").await;
    crate::people::province::settle(&house.app).await.expect("the default province");
    let (builders, money) = (agency(&house, "so-xay-dung").await, agency(&house, "so-tai-chinh").await);
    for (body, day) in [(&builders, "2026-03-05"), (&builders, "2026-04-06"), (&money, "2026-03-07")] {
        happens(&house, body, &format!("{day}T08:00:00")).await;
    }
    let who = coordinator(&house).await;
    let code = money.code.clone();
    let fields = [("shape", "count"), ("unit", "việc"), ("class", ""), ("excluded", code.as_str()), ("above_least", "")];
    let monthly = [("every", "month"), ("roll_up", "sum"), ("target_value", "")];
    define(&house, &who, "viec-tung-thang", &[fields.as_slice(), &monthly].concat()).await;
    let year = yearly(&house.app, "viec-tung-thang", None, 2026).await.expect("read").expect("a value");
    assert_eq!(year.value, Some(::measures::Amount::from(2)));
    // The year is all of its months, and of whom it is not asked nothing is shown.
    let records = "/desk/measures/viec-tung-thang/records?part=0";
    let opened = who.get(&format!("{records}&year=2026")).await.expect(200);
    opened.says("5/3/2026").says("6/4/2026").says_not("7/3/2026");
    let of_month = who.get(&format!("{records}&year=2026&month=4")).await.expect(200);
    of_month.says("6/4/2026").says_not("5/3/2026");
    // A year that is its highest month opens that one, and leads to what each agency had in it.
    let highest = [("every", "month"), ("roll_up", "max"), ("target_value", "")];
    define(&house, &who, "viec-thang-cao-nhat", &[fields.as_slice(), &highest].concat()).await;
    happens(&house, &builders, "2026-03-08T08:00:00").await;
    settle(&house).await;
    let opened = who.get("/desk/measures/viec-thang-cao-nhat/records?part=0&year=2026").await.expect(200);
    opened.says("5/3/2026").says("8/3/2026").says_not("6/4/2026").says("&#38;month=3&#38;agency=");
    let of_agency = format!("/desk/measures/viec-thang-cao-nhat/records?part=0&year=2026&agency={}", builders.id);
    who.get(&of_agency).await.expect(200).says("8/3/2026").says_not("6/4/2026");
    // A year that never comes is not counted month by month until then.
    house.visitor().get("/chi-so/viec-tung-thang/ho-so?part=0&year=2000000000").await.expect(200).says("5/2026");
});
