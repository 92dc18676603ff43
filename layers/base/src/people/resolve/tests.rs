use std::sync::LazyLock;

use super::*;
use crate::people::agency::name::{Model as Name, NameKind};
use crate::people::province;

static SHIPPED: LazyLock<Resolver> = LazyLock::new(province::resolver);

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// The resolution in short: a code, `class:…`, codes joined by `|`, or `?`.
fn short(resolver: &Resolver, resolution: &Resolution) -> String {
    let code = |id: &Uuid| resolver.lives[id].code.clone();
    match resolution {
        Resolution::Agency(id) => code(id),
        Resolution::Class(class) => format!("class:{class}"),
        Resolution::Ambiguous(ids) => ids.iter().map(code).collect::<Vec<_>>().join("|"),
        Resolution::Unknown => "?".into(),
    }
}

/// What a name means in March 2026.
fn told(name: &str) -> String {
    told_on(name, "2026-03-02")
}

fn told_on(name: &str, on: &str) -> String {
    short(&SHIPPED, &SHIPPED.resolve(name, day(on)))
}

fn called(names: &[(&str, &str)]) {
    let wrong: Vec<String> = names
        .iter()
        .filter(|(name, code)| told(name) != *code)
        .map(|(name, code)| format!("{name}: {} and not {code}", told(name)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of names")]
fn bodies_by_every_form_of_their_name() {
    called(&[
        ("Sở Khoa học và Công nghệ", "SKHCN"),
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "SKHCN"),
        ("Sở KH&CN", "SKHCN"),
        ("Sở KHCN", "SKHCN"),
        ("SKHCN", "SKHCN"),
        ("sở khoa học và công nghệ tỉnh Đồng Tháp", "SKHCN"),
        ("Sở Khoa học và Công nghệ tỉnh", "SKHCN"),
        ("Sở Văn hoá, Thể thao và Du lịch", "SVHTTDL"),
        ("Sở VHTT&DL", "SVHTTDL"),
        ("Sở VHTTDL", "SVHTTDL"),
        ("Sở Văn hóa,Thể thao & Du lịch", "SVHTTDL"),
        ("Sở Giáo dục và Đào tạo", "SGDDT"),
        ("Sở GDĐT", "SGDDT"),
        ("Sở Tài chính", "STC"),
        ("Ủy ban nhân dân tỉnh", "UBND"),
        ("Ủy ban nhân dân Tỉnh", "UBND"),
        ("Uỷ ban nhân dân tỉnh Đồng Tháp", "UBND"),
        ("UBND Tỉnh", "UBND"),
        ("Văn phòng Ủy ban nhân dân tỉnh", "VPUB"),
        ("Văn phòng Ủy ban nhân dân tỉnh  (Phòng Ngoại vụ)", "VPUB"),
        ("Văn phòng UBND tỉnh", "VPUB"),
        ("VPUB", "VPUB"),
        ("Phòng Ngoại vụ", "VPUB"),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "BTGDVTU"),
        ("Ban Tuyên giáo và Dân vận Tỉnh uỷ Đồng Tháp", "BTGDVTU"),
        ("BTGDVTU", "BTGDVTU"),
        ("Tỉnh ủy", "TINHUY"),
        ("Báo và phát thanh, truyền hình Đồng Tháp", "BAOPTTH"),
        ("Báo và PTTH Đồng Tháp", "BAOPTTH"),
        ("Cổng Thông tin điện tử Đồng Tháp", "CONGTTDT"),
        ("Cổng thông tin điện tử tỉnh", "CONGTTDT"),
        ("Trung tâm Giám sát, điều hành thông minh (IOC)", "IOC"),
        ("Trung tâm Giám sát điều hành thông minh (IOC) tỉnh", "IOC"),
        ("IOC", "IOC"),
        ("Hội Nhà báo tỉnh", "HNB"),
        ("Hội Nhà báo", "HNB"),
        ("Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh", "LHHKHKT"),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "MTTQ"),
        ("Ủy ban MTTQVN tỉnh", "MTTQ"),
        ("Tỉnh Đoàn", "TINHDOAN"),
        ("Đoàn TNCS Hồ Chí Minh tỉnh", "TINHDOAN"),
        ("Công an tỉnh", "CAT"),
        ("Bộ Chỉ huy Quân sự tỉnh", "BCHQS"),
        ("Trường Đại học Đồng Tháp", "DHDT"),
        ("Đại học Tiền Giang", "DHTG"),
        ("Trường CĐ Cộng đồng Đồng Tháp", "CDCDDT"),
        ("Sở Khoa học và Công nghệ (cơ quan thường trực)", "SKHCN"),
        ("Giám đốc Sở Y tế", "SYT"),
        ("Chánh Văn phòng Ủy ban nhân dân tỉnh", "VPUB"),
        ("Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "MTTQ"),
    ]);
}

#[test]
fn what_is_not_one_body_is_left_alone() {
    for name in [
        "",
        " ",
        "Sở",
        "Công an",
        "Ủy ban nhân dân",
        "Sở Ngoại vụ",
        "Sở Tài chính, Sở Y tế",
        "Sở Tài chính và Sở Y tế",
        "Sở Tài chính, doanh nghiệp",
        "Bộ Khoa học và Công nghệ",
        "Công an xã Tân Phú",
        "các cơ quan có liên quan",
        "các cơ quan báo chí trong và ngoài tỉnh",
        "xã Tân Phú, tỉnh Vĩnh Long",
        "hệ thống thông tin cơ sở",
        "<script>alert(1)</script>",
    ] {
        assert_eq!(told(name), "?", "{name}");
    }
    assert_eq!(told(&"Sở Tài chính ".repeat(10_000)), "?");
}

#[test]
fn communes_by_every_form_of_their_name() {
    for (agency, short) in SHIPPED.lives.values().filter(|life| life.kind.is_local()).map(|life| {
        let (unit, place) = name::unit_and_place(life.kind, &life.name).expect("a place");
        (life, (unit, place))
    }) {
        let (unit, place) = short;
        let new = vietnamese::new_style(place);
        for name in [
            agency.name.clone(),
            format!("UBND {unit} {place}"),
            format!("{unit} {place}"),
            format!("{} {}", unit.to_uppercase(), place.to_uppercase()),
            format!("Uỷ ban nhân dân {unit} {new}"),
            format!("{unit} {place}, tỉnh Đồng Tháp"),
            format!("Chủ tịch UBND {unit} {place}"),
            place.to_owned(),
            agency.code.clone(),
            vietnamese::fold(&format!("UBND {unit} {place}")).into_owned(),
        ] {
            let told = told(&name);
            // Typed without marks, two places may become one: then both are named.
            let accentless = name.is_ascii() && told.split('|').any(|code| code == agency.code);
            assert!(told == agency.code || accentless, "{name}: {told} and not {}", agency.code);
        }
    }
    called(&[
        ("phường Sơn Quy", told("phường Sơn Qui").as_str()),
        ("xã Thanh Hưng", told("Thanh Hưng").as_str()),
        ("phường Nhị Quí", told("phường Nhị Quý").as_str()),
        ("phường Thanh Hòa", told("phường Thanh Hoà").as_str()),
        ("Mĩ Tho", "28261"),
        ("phuong My Tho", "28261"),
        ("xa My Tho", told("xã Mỹ Thọ").as_str()),
    ]);
}

#[test]
fn the_longest_name_wins() {
    let names = |text: &str| -> Vec<String> {
        let found = SHIPPED.find_in(text, day("2026-03-02"));
        found.iter().map(|found| format!("{}={}", &text[found.span.clone()], short(&SHIPPED, &found.resolution))).collect()
    };
    let code = |name: &str| told(name);
    assert_eq!(
        names("UBND các xã: Tân Phú, Tân Phú Đông, Tân Phú Trung; phường Gò Công và xã Gò Công Đông"),
        [
            "UBND các xã=class:communes".to_owned(),
            format!("Tân Phú={}", code("xã Tân Phú")),
            format!("Tân Phú Đông={}", code("xã Tân Phú Đông")),
            format!("Tân Phú Trung={}", code("xã Tân Phú Trung")),
            format!("phường Gò Công={}", code("phường Gò Công")),
            format!("xã Gò Công Đông={}", code("xã Gò Công Đông")),
        ]
    );
    assert_eq!(
        names("xã Tân Phước 1, xã Tân Phước 2 và xã Tân Phước 3; xã Tân Phú, Đông Hiệp"),
        [
            format!("xã Tân Phước 1={}", code("Tân Phước 1")),
            format!("xã Tân Phước 2={}", code("Tân Phước 2")),
            format!("xã Tân Phước 3={}", code("Tân Phước 3")),
            format!("xã Tân Phú={}", code("xã Tân Phú")),
        ]
    );
}

#[test]
fn names_are_found_in_running_text() {
    let text = "Sở Văn hóa, Thể thao và Du lịch chủ trì, phối hợp với Sở KH&CN, các sở, ban, ngành, địa phương; \
                huyện Tân Phú, thành phố Mỹ Tho cũ và xã Tân Phú, tỉnh Vĩnh Long không tính; Trung tâm Giám sát, \
                điều hành thông minh (IOC) và Phường 4 (thành phố Mỹ Tho). Cơ sở, ngành nghề ở nông thôn.";
    let found: Vec<(String, String)> = SHIPPED
        .find_in(text, day("2026-03-02"))
        .into_iter()
        .map(|found| (text[found.span.clone()].to_owned(), short(&SHIPPED, &found.resolution)))
        .collect();
    let expected = [
        ("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL"),
        ("Sở KH&CN", "SKHCN"),
        ("các sở, ban, ngành, địa phương", "class:sectors+localities"),
        ("Trung tâm Giám sát, điều hành thông minh (IOC", "IOC"),
        ("Phường 4 (thành phố Mỹ Tho", "28249"),
    ];
    let expected: Vec<(String, String)> = expected.into_iter().map(|(name, code)| (name.into(), code.into())).collect();
    // The word that makes "các" plural is before the span, the bracket behind it.
    let expected: Vec<_> = expected.into_iter().map(|(name, code)| (name.trim_start_matches("các ").to_owned(), code)).collect();
    assert_eq!(found, expected);
}

#[test]
fn old_units_are_told_apart_by_their_place() {
    called(&[
        ("Phường 4 (thành phố Mỹ Tho)", "28249"),
        ("phường 4, TP. Mỹ Tho", "28249"),
        ("Phường 4 Mỹ Tho", "28249"),
        ("Phường 04, thành phố Mỹ Tho", "28249"),
        ("UBND Phường 4 (thành phố Mỹ Tho)", "28249"),
        ("Phường 10", told("phường Trung An").as_str()),
        ("Thị trấn Mỹ Phước", told("xã Tân Phước 1").as_str()),
        ("Phường 3 (thành phố Sa Đéc)", told("phường Sa Đéc").as_str()),
        ("Phường 1 (thành phố Sa Đéc)", told("phường Sa Đéc").as_str()),
        ("Xã Tân Hòa (huyện Lai Vung)", told("xã Phong Hoà").as_str()),
        ("Sở Thông tin và Truyền thông", "SKHCN|SVHTTDL"),
        ("Sở Tài nguyên và Môi trường", "SNNMT"),
        ("Báo Ấp Bắc", "BAOPTTH"),
        ("Ủy ban nhân dân tỉnh Tiền Giang", "UBND"),
    ]);
}

/// Names of old units that stood for several: alone, each asks. Those that are the name of a unit of today
/// mean that one after 1 July 2025, and the old ones before.
#[test]
fn ambiguous_old_names_ask() {
    let (_, names) = province::shipped();
    let mut heirs: HashMap<String, (String, HashSet<Uuid>)> = HashMap::new();
    for name in names.iter().filter(|name| name.kind == NameKind::Former) {
        let bare = name.name.split(" (").next().unwrap_or_default();
        if ["Xã", "Phường", "Thị trấn"].iter().any(|unit| bare.starts_with(unit)) {
            heirs.entry(vietnamese::name_key(bare)).or_insert_with(|| (bare.to_owned(), HashSet::new())).1.insert(name.agency);
        }
    }
    let several: Vec<&(String, HashSet<Uuid>)> = heirs.values().filter(|(_, heirs)| heirs.len() > 1).collect();
    assert_eq!(several.len(), 24, "ambiguous old names: {several:#?}");
    for (bare, heirs) in several {
        let before = told_on(bare, "2024-05-01");
        assert_eq!(before.split('|').count(), heirs.len(), "{bare}: {before}");
        let now = told(bare);
        assert!(now == before || !now.contains('|'), "{bare}: {now}");
    }
}

#[test]
fn a_split_unit_names_both_heirs() {
    for (unit, one, other) in [
        ("xã Gáo Giồng", "xã Phú Cường", "xã Phong Mỹ"),
        ("xã Phú Thuận B", "xã Long Phú Thuận", "xã Tân Long"),
        ("Xã Tân Thạnh (huyện Thanh Bình)", "xã Tân Thạnh", "xã Thanh Bình"),
    ] {
        let mut codes = [told(one), told(other)];
        codes.sort();
        assert_eq!(told(unit), codes.join("|"), "{unit}");
    }
}

/// A closed agency is followed to who took over; a name belongs to who had it that day.
#[test]
fn names_follow_the_day() {
    let life = |id: u128, code: &str, name: &str, from: &str, to: Option<&str>| Life {
        id: Uuid::from_u128(id),
        code: code.into(),
        name: name.into(),
        kind: Kind::Commune,
        open_from: day(from),
        closed_on: to.map(day),
    };
    let named = |id: u128, name: &str, since: &str, until: Option<&str>| Name {
        until: until.map(day),
        ..Name::new(Uuid::from_u128(id), NameKind::Official, name, Some(day(since)))
    };
    let lives = vec![
        life(1, "A", "xã A", "2025-07-01", Some("2026-06-30")),
        life(2, "B", "xã B", "2025-07-01", Some("2026-06-30")),
        life(3, "C", "xã C", "2026-07-01", Some("2027-12-31")),
        life(4, "D", "xã D", "2028-01-01", None),
        life(5, "E", "xã E", "2028-01-01", None),
    ];
    let names = [
        named(1, "xã A", "2025-07-01", None),
        named(2, "xã B", "2025-07-01", Some("2025-12-31")),
        named(2, "xã Bờ", "2026-01-01", None),
        named(3, "xã C", "2026-07-01", None),
        named(4, "xã D", "2028-01-01", None),
        named(5, "xã B", "2028-01-01", None),
    ];
    let heir = |old: u128, new: u128, on: &str| succession::Model::new(Uuid::from_u128(old), Uuid::from_u128(new), day(on), true);
    let successions = [heir(1, 3, "2026-07-01"), heir(2, 3, "2026-07-01"), heir(3, 4, "2028-01-01"), heir(3, 5, "2028-01-01")];
    let resolver = Resolver::new(lives, &names, &successions);
    let told = |name: &str, on: &str| short(&resolver, &resolver.resolve(name, day(on)));
    assert_eq!(told("xã A", "2026-06-30"), "A");
    assert_eq!(told("xã A", "2026-07-01"), "C");
    assert_eq!(told("xã A", "2028-01-01"), "D|E", "through a merger and then a split");
    assert_eq!(told("xã B", "2025-12-31"), "B");
    assert_eq!(told("xã B", "2026-03-01"), "B", "a name that has ended still leads somewhere");
    assert_eq!(told("xã B", "2028-02-01"), "E", "a name in use goes before one that has ended");
    assert_eq!(told("xã Bờ", "2027-01-01"), "C");
    assert_eq!(told("xã C", "2020-01-01"), "C", "a day before all that is known");
}

/// The whole province is indexed, and a long plan searched, fast enough to do both for every use.
#[test]
fn it_is_built_and_used_in_milliseconds() {
    let begun = std::time::Instant::now();
    let resolver = province::resolver();
    let built = begun.elapsed();
    let text = "Sở Khoa học và Công nghệ chủ trì, phối hợp với Ủy ban nhân dân các xã, phường và xã Tân Phú Đông. ".repeat(400);
    let begun = std::time::Instant::now();
    let found = resolver.find_in(&text, day("2026-03-02"));
    println!("built in {built:?}; {} bytes searched in {:?}", text.len(), begun.elapsed());
    assert_eq!(found.len(), 1200);
    assert!(built.as_millis() < 2_000 && begun.elapsed().as_millis() < 2_000);
}
