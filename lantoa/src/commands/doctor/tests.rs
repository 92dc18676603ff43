//! The doctor sees what is wrong, and says how to mend it in both languages.

use doubles::sink::{Habits, Sink};
use sea_orm::{ConnectionTrait, DatabaseBackend};

use super::finding::{Area, Finding, State};
use super::{broker, house, inside, key, reach, report, settings};
use crate::base::config::{NewsletterRelay, OidcProvider, Smtp};
use crate::base::{By, Clock, Config, Fact, Role, new_id, seal};
use crate::people::agency;
use crate::story;
use crate::web::{Lang, Locale};

/// The state of the finding with that key.
#[track_caller]
fn state(findings: &[Finding], key: &str) -> State {
    let found = findings.iter().find(|finding| finding.words.key == key);
    found.unwrap_or_else(|| panic!("no {key} among {:?}", keys(findings))).state
}

fn keys(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.words.key).collect()
}

story!(a_new_house_lacks_agencies_and_an_administrator, |house| {
    let findings = inside(&house.app.config, &house.app.clock).await;
    assert_eq!(state(&findings, "doctor-schema-current"), State::Good);
    assert_eq!(state(&findings, "doctor-province-none"), State::Warning);
    assert_eq!(state(&findings, "doctor-administrator-none"), State::Warning);
    assert_eq!(state(&findings, "doctor-address-local"), State::Warning);
    assert_eq!(state(&findings, "doctor-folder-writable"), State::Good);
    house.agency("Sở Khoa học và Công nghệ", agency::Kind::Department).await;
    house.person(Role::SystemAdministrator, None).await;
    let findings = inside(&house.app.config, &house.app.clock).await;
    assert_eq!(state(&findings, "doctor-province-there"), State::Good);
    assert_eq!(state(&findings, "doctor-administrator-there"), State::Good);
});

story!(each_engine_is_asked_what_only_it_has, |house| {
    let findings = inside(&house.app.config, &house.app.clock).await;
    let postgres = house.app.db.get_database_backend() == DatabaseBackend::Postgres;
    let key = if postgres { "doctor-encoding-utf8" } else { "doctor-wal-on" };
    assert_eq!(state(&findings, key), State::Good);
    assert_eq!(state(&findings, "doctor-database-answers"), State::Good);
});

story!(a_ledger_changed_from_outside_shows, |house| {
    let by = By::system();
    house.app.record(&house.app.db, new_id(), Fact::SignedOut, &by).await.expect("a fact");
    house.app.clock.advance(chrono::TimeDelta::minutes(1));
    seal::seal(&house.app).await.expect("a seal");
    assert_eq!(state(&house::examine(&house.app).await, "doctor-seals-hold"), State::Good);
    house.app.db.execute_unprepared("UPDATE fact SET why = 'khác'").await.expect("an update");
    assert_eq!(state(&house::examine(&house.app).await, "doctor-seals-broken"), State::Broken);
});

story!(work_that_nobody_does_shows, |house| {
    house.app.record(&house.app.db, new_id(), Fact::SignedOut, &By::system()).await.expect("a fact");
    house.app.clock.advance(chrono::TimeDelta::minutes(11));
    assert_eq!(state(&house::examine(&house.app).await, "doctor-reactions-waiting"), State::Warning);
    house.app.db.execute_unprepared("UPDATE reaction SET attempts = 12").await.expect("an update");
    assert_eq!(state(&house::examine(&house.app).await, "doctor-reactions-given-up"), State::Broken);
    house.react().await;
    let chores = crate::base::chore::all(house.app.capabilities);
    crate::base::chore::enlist(&house.app, &chores).await.expect("chores");
    assert_eq!(state(&house::examine(&house.app).await, "doctor-chores-done"), State::Good);
    house.app.db.execute_unprepared("UPDATE chore SET error = 'đĩa đầy'").await.expect("an update");
    assert_eq!(state(&house::examine(&house.app).await, "doctor-chores-failing"), State::Broken);
});

story!(a_restore_shows_until_everything_is_decided, |house| {
    use crate::base::restored;
    let app = &house.app;
    assert_eq!(state(&house::examine(app).await, "doctor-restore-none"), State::Good);
    for _ in 0..3 {
        restored::beat(app).await.expect("a beat");
    }
    app.db.execute_unprepared("UPDATE pulse SET beat = 1").await.expect("an older pulse");
    assert_eq!(state(&house::examine(app).await, "doctor-restore-unnoticed"), State::Warning);
    restored::beat(app).await.expect("a beat");
    assert_eq!(state(&house::examine(app).await, "doctor-restore-unanswered"), State::Broken);
    house.react().await;
    assert_eq!(state(&house::examine(app).await, "doctor-restore-decided"), State::Good);
});

story!(a_schema_of_another_version_is_told_apart, |house| {
    let db = &house.app.db;
    db.execute_unprepared("DELETE FROM seaql_migrations WHERE version = '20261123_plans'").await.expect("a deletion");
    let findings = inside(&house.app.config, &house.app.clock).await;
    assert_eq!(state(&findings, "doctor-schema-older"), State::Warning);
    assert!(findings.iter().all(|finding| finding.area != Area::House), "tables that may be missing are not read");
    db.execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('20300101_later', 0)")
        .await
        .expect("a row");
    let findings = inside(&house.app.config, &house.app.clock).await;
    assert_eq!(state(&findings, "doctor-schema-newer"), State::Broken);
});

story!(clocks_that_disagree_show, |house| {
    house.app.record(&house.app.db, new_id(), Fact::SignedOut, &By::system()).await.expect("a fact");
    let past = Clock::held(house.app.clock.now() - chrono::TimeDelta::hours(2));
    let findings = inside(&house.app.config, &past).await;
    assert_eq!(state(&findings, "doctor-clocks-apart"), State::Broken);
});

#[tokio::test]
async fn a_database_that_does_not_answer_is_said() {
    let nowhere = Config { database_url: "postgres://nobody@127.0.0.1:1/none".into(), ..Config::default() };
    let (findings, app) = super::database::examine(&nowhere, &Clock::Machine).await;
    assert_eq!(state(&findings, "doctor-database-silent"), State::Broken);
    assert!(app.is_none());
}

#[test]
fn the_public_address_is_looked_at() {
    let clock = Clock::held("2026-03-02T07:00:00Z".parse().expect("a time"));
    let of = |address: &str, listen: &str| {
        let config = Config { public_url: address.into(), listen: listen.parse().expect("an address"), ..Config::default() };
        settings::examine(&config, &clock)
    };
    let here = "127.0.0.1:8080";
    assert_eq!(state(&of("", here), "doctor-address-missing"), State::Warning);
    assert_eq!(state(&of("https://lantoa.tinh.gov.vn", here), "doctor-address-https"), State::Good);
    assert_eq!(state(&of("http://lantoa.tinh.gov.vn", here), "doctor-address-http"), State::Broken);
    assert_eq!(state(&of("http://127.0.0.1:8080", here), "doctor-address-local"), State::Warning);
    assert_eq!(state(&of("https://tinh.gov.vn/lantoa", here), "doctor-address-path"), State::Broken);
    assert_eq!(state(&of("lantoa", here), "doctor-address-unreadable"), State::Broken);
    assert_eq!(state(&of("ftp://lantoa.tinh.gov.vn", here), "doctor-address-unreadable"), State::Broken);
    assert_eq!(state(&of("http://lantoa.tinh.gov.vn", "0.0.0.0:80"), "doctor-listen-open"), State::Warning);
    let early = Clock::held("1970-01-01T00:00:00Z".parse().expect("a time"));
    assert_eq!(state(&settings::examine(&Config::default(), &early), "doctor-clock-unset"), State::Broken);
}

#[test]
fn a_proxy_must_be_known_and_the_only_way_in() {
    let clock = Clock::held("2026-03-02T07:00:00Z".parse().expect("a time"));
    let of = |behind_proxy, listen: &str| {
        let listen = listen.parse().expect("an address");
        settings::examine(
            &Config { public_url: "https://lantoa.example.vn".into(), behind_proxy, listen, ..Config::default() },
            &clock,
        )
    };
    assert_eq!(state(&of(false, "127.0.0.1:8080"), "doctor-proxy-unknown"), State::Warning);
    assert_eq!(state(&of(true, "127.0.0.1:8080"), "doctor-proxy-known"), State::Good);
    assert_eq!(state(&of(true, "0.0.0.0:8080"), "doctor-proxy-passed-by"), State::Warning);
}

#[test]
fn the_key_is_looked_at_and_never_shown() {
    let folder = std::env::temp_dir().join(format!("lantoa-doctor-key-{}", new_id().simple()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let config = Config { data: folder.clone(), ..Config::default() };
    let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    assert!(key::examine(&config).is_none(), "the first start makes it");
    let with = |text: &str, mode: u32| {
        let file = folder.join("secret.key");
        std::fs::write(&file, text).expect("a key");
        std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(mode)).expect("permissions");
        key::examine(&config).expect("a finding")
    };
    assert_eq!(with(key, 0o600).state, State::Good);
    assert_eq!(with(key, 0o644).words.key, "doctor-key-open");
    assert_eq!(with("abc", 0o600).words.key, "doctor-key-damaged");
    with(key, 0o600);
    let shared = Config { database_url: "postgres://localhost/lantoa".into(), ..config.clone() };
    let finding = key::examine(&shared).expect("a finding");
    assert_eq!(finding.words.key, "doctor-key-local");
    assert!(!finding.words.text(Locale(Lang::Vi)).contains(key));
    let set = |secret: &str| key::examine(&Config { secret: secret.into(), ..config.clone() }).expect("a finding").state;
    assert_eq!((set(key), set("ngắn")), (State::Good, State::Broken));
    let _ = std::fs::remove_dir_all(&folder);
}

#[tokio::test]
async fn what_is_not_reachable_is_said() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let provider = OidcProvider {
        id: "tinh".into(),
        label: "Tài khoản của tỉnh".into(),
        issuer: "http://127.0.0.1:1".into(),
        client_id: "lantoa".into(),
        client_secret: String::new(),
        scopes: Vec::new(),
        match_claim: "email".into(),
    };
    let smtp = |url: &str, from: &str| Some(Smtp { url: url.into(), from: from.into() });
    let sender = "Lan Tỏa <lantoa@example.vn>";
    let silent = Config { smtp: smtp("smtp://127.0.0.1:1", sender), oidc: vec![provider], ..Config::default() };
    let findings = reach::examine(&silent).await;
    assert_eq!(state(&findings, "doctor-mail-silent"), State::Broken);
    assert_eq!(state(&findings, "doctor-sign-on-silent"), State::Broken);
    let odd = Config { smtp: smtp("gopher://127.0.0.1", sender), ..Config::default() };
    assert_eq!(state(&reach::examine(&odd).await, "doctor-mail-address"), State::Broken);
    let odd = Config { smtp: smtp("smtp://127.0.0.1:1", "không phải thư"), ..Config::default() };
    assert_eq!(state(&reach::examine(&odd).await, "doctor-mail-sender"), State::Broken);
    assert_eq!(state(&reach::examine(&Config::default()).await, "doctor-mail-none"), State::Absent);
}

#[tokio::test]
async fn a_relay_that_takes_no_reports_is_said() {
    let sink = Sink::start(Habits::default(), 0).await.expect("a sink");
    let at = |return_path: &str| {
        let mut config = Config::default();
        config.newsletters.relays = vec![NewsletterRelay { url: sink.url(), ..NewsletterRelay::default() }];
        config.newsletters.from = "tin@lantoa.test".into();
        config.newsletters.return_path = return_path.into();
        config
    };
    let findings = reach::examine(&at("bounces@lantoa.test")).await;
    assert_eq!(state(&findings, "doctor-newsletters-answers"), State::Good);
    assert!(!keys(&findings).contains(&"doctor-newsletters-no-way-back"), "{:?}", keys(&findings));
    // The sink knows nobody whose name begins so.
    let findings = reach::examine(&at("gone@lantoa.test")).await;
    assert_eq!(state(&findings, "doctor-newsletters-answers"), State::Good);
    assert_eq!(state(&findings, "doctor-newsletters-no-way-back"), State::Warning);
    assert_eq!(sink.taken(), 0, "no letter went");
}

#[tokio::test]
async fn a_broker_that_is_not_there_is_said() {
    let at = |broker: &str| {
        let mqtt = serde_json::from_value(serde_json::json!({ "broker": broker })).expect("settings");
        let mut config = Config::default();
        config.loudspeakers.mqtt = Some(mqtt);
        config
    };
    assert_eq!(state(&broker::examine(&Config::default()).await, "doctor-broker-none"), State::Absent);
    assert_eq!(state(&broker::examine(&at("mqtt://127.0.0.1:1")).await, "doctor-broker-silent"), State::Broken);
    assert_eq!(state(&broker::examine(&at("http://127.0.0.1:1")).await, "doctor-broker-settings"), State::Broken);
    let mut odd = at("mqtt://127.0.0.1:1");
    odd.loudspeakers.topics = Some("/nowhere/topics.json".into());
    assert_eq!(state(&broker::examine(&odd).await, "doctor-broker-words"), State::Broken);
}

/// Every key of the doctor's sources has its words, and its remedy unless it is good news.
#[test]
fn every_finding_has_words_and_a_remedy_in_both_languages() {
    const GOOD: [&str; 29] = [
        "restore-none",
        "restore-decided",
        "broker-answers",
        "library-keeps",
        "settings-read",
        "address-https",
        "footer-whole",
        "clock-set",
        "assets-there",
        "folder-writable",
        "disk-roomy",
        "database-answers",
        "schema-current",
        "wal-on",
        "encoding-utf8",
        "clocks-agree",
        "province-there",
        "administrator-there",
        "reactions-answered",
        "chores-done",
        "seals-hold",
        "mail-answers",
        "newsletters-answers",
        "key-whole",
        "proxy-known",
        "sign-on-answers",
        "tool-there",
        "channels-alive",
        "sum",
    ];
    let home = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    // Words of a capability's findings lie with the capability's other words, so all files of a language are read.
    let words = ["../layers/base/locales/vi", "../layers/base/locales/en"].map(|folder| {
        let files = std::fs::read_dir(home.join(folder)).expect("the words").flatten();
        let texts = files.map(|file| std::fs::read_to_string(file.path()).expect("the words"));
        texts.fold(String::new(), |all, text| all + "\n" + &text)
    });
    let mut seen = 0;
    let sources = std::fs::read_dir(home.join("src/commands/doctor")).expect("the sources").flatten();
    for file in sources.filter(|file| file.file_name() != "tests.rs") {
        let text = std::fs::read_to_string(file.path()).expect("a source");
        let keys = text.split("\"doctor-").skip(1).filter_map(|rest| rest.split('"').next());
        for key in keys.filter(|key| !key.is_empty() && !key.contains('{')) {
            seen += 1;
            let known = |key: &str| words.iter().all(|file| file.contains(&format!("\ndoctor-{key} = ")));
            assert!(known(key), "doctor-{key} has no words");
            assert!(GOOD.contains(&key) || known(&format!("{key}-remedy")), "doctor-{key}-remedy has no words");
        }
    }
    assert!(seen > 50);
}

#[test]
fn people_and_programs_read_the_same() {
    let findings = [
        Finding::new(Area::Settings, State::Good, "doctor-settings-read"),
        Finding::new(Area::Storage, State::Broken, "doctor-disk-full").with("free", "0,0").with("folder", "/data"),
    ];
    let mut text = Vec::new();
    report::people(&mut text, Locale(Lang::Vi), &findings).expect("lines");
    let text = String::from_utf8(text).expect("text");
    assert!(text.contains("✔ Đọc được cài đặt.") && text.contains("✘ Đĩa chỉ còn trống 0,0 GB"), "{text}");
    assert!(text.contains("→ Dọn ngay đĩa chứa /data.") && text.contains("1 mục ổn, 0 mục nên xem lại, 1 mục hỏng"), "{text}");
    let mut json = Vec::new();
    report::machine(&mut json, Locale(Lang::En), &findings).expect("JSON");
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(json["healthy"], false);
    assert_eq!(json["findings"][1]["check"], "disk-full");
    assert_eq!(json["findings"][1]["state"], "broken");
    assert_eq!(json["findings"][1]["remedy"], "Clear the disk of /data now.");
}

/// Whoever runs it finds every setting in docs/operations.md, by both of its names.
#[test]
fn operations_name_every_setting() {
    let guide = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/operations.md"))
        .expect("the guide");
    let settings = serde_json::to_value(Config::default()).expect("settings");
    for (name, value) in settings.as_object().expect("settings") {
        match value.as_object() {
            Some(group) => group.keys().for_each(|key| named(&guide, &format!("{name}.{key}"))),
            None if name == "smtp" => ["smtp.url", "smtp.from"].into_iter().for_each(|name| named(&guide, name)),
            None => named(&guide, name),
        }
    }
}

#[track_caller]
fn named(guide: &str, name: &str) {
    let variable = format!("LANTOA_{}", name.to_uppercase().replace('.', "__"));
    assert!(guide.contains(&format!("`{name}`")) && guide.contains(&variable), "docs/operations.md lacks {name} or {variable}");
}
