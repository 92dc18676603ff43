//! Questions about an agency: how it is reached, from its own contacts; what it leads, from the provisions that say so. Its names are for
//! finding it and answer nothing.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::intent::{self, Wish};
use super::{Ground, naming, telling};
use crate::assistant::said::{Cited, How, Line, Nearby, Said};
use crate::base::{App, time};
use crate::people::agency;
use crate::people::agency::brief::{Brief, Known};
use crate::plans::party::Part;
use crate::plans::plan::Plan;
use crate::plans::programme::Entry;
use crate::web::{Locale, Result};

/// Provisions that are told; the rest stands on the agency's page.
const TOLD: usize = 5;
/// A name of fewer words is said of much else; a code has so many letters.
const NAME_WORDS_MIN: usize = 2;
const CODE_LETTERS_MIN: usize = 3;
/// What is known here of names after so long.
const SEEN_AGAIN_S: i64 = 30;
/// Folded runs that ask for a telephone, an e-mail address and an address.
const PHONE: &[&str] = &["dien thoai", "sdt", "duong day nong", "hotline", "so may", "lien he"];
const EMAIL: &[&str] = &["email", "e mail", "thu dien tu", "hop thu", "lien he"];
const ADDRESS: &[&str] = &["dia chi", "tru so", "o dau", "lien he"];
/// Words that belong to asking for contacts and for work, and to nothing else.
const OF_CONTACTS: &[&str] = &[
    "so", "dien", "thoai", "sdt", "duong", "day", "nong", "hotline", "email", "e", "mail", "hop", "dia", "chi", "tru", "lien",
    "he", "goi", "thong", "tin", "nam",
];
const OF_WORK: &[&str] =
    &["nhiem", "vu", "viec", "chu", "tri", "giao", "phu", "trach", "ke", "hoach", "trong", "so", "tat", "ca", "duoc", "cong"];

/// The names of all agencies as they are looked for: content words, folded.
struct Names(Vec<(Uuid, Vec<String>)>);

impl Names {
    async fn now(app: &App, known: &Known) -> Result<std::sync::Arc<Self>> {
        app.lately("assistant-agency-names", SEEN_AGAIN_S, async { Ok(Self::of(known)) }).await
    }

    fn of(known: &Known) -> Self {
        let mut all = Vec::new();
        for one in known.values() {
            for name in [&one.name, &one.short_name] {
                let words = content(&intent::expanded(name));
                if words.len() >= NAME_WORDS_MIN {
                    all.push((one.id, words));
                }
            }
            let is_code = one.code.chars().count() >= CODE_LETTERS_MIN && one.code.chars().all(char::is_alphabetic);
            if is_code {
                all.push((one.id, vec![vietnamese::fold(&one.code).into_owned()]));
            }
        }
        Self(all)
    }

    /// The longest name that a question says, and its words without it.
    fn find(&self, question: &str) -> Option<(Uuid, Vec<String>)> {
        let readings = [content(&intent::expanded(question)), content(question)];
        let found = |(id, name): &(Uuid, Vec<String>)| {
            readings.iter().find_map(|asked| {
                let at = asked.windows(name.len()).position(|run| run == name.as_slice())?;
                let rest = [&asked[..at], &asked[at + name.len()..]].concat();
                Some((name.len(), *id, rest))
            })
        };
        self.0.iter().filter_map(found).max_by_key(|(length, id, _)| (*length, *id)).map(|(_, id, rest)| (id, rest))
    }
}

fn content(text: &str) -> Vec<String> {
    intent::words(text).into_iter().filter(|word| !intent::is_empty(word)).collect()
}

fn today(app: &App) -> NaiveDate {
    time::local_date(app.clock.now())
}

/// The agency that a question names, while it exists, and what else the question says.
async fn named(app: &App, question: &str) -> Result<Option<(Brief, Vec<String>)>> {
    let known = Known::now(app).await?;
    let Some((id, rest)) = Names::now(app, &known).await?.find(question) else { return Ok(None) };
    Ok(known.get(&id).filter(|one| one.is_open_on(today(app))).map(|one| (one.clone(), rest)))
}

/// The page of the agency that a question names.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, question: &str) -> Result<Option<Nearby>> {
    let named = named(app, question).await?;
    Ok(named.map(|(one, _)| Nearby { kind: "agency".into(), title: one.name.clone(), path: one.public_path() }))
}

/// Answers how an agency is reached and what it leads; None when the question asks for something else, or nothing says it.
///
/// # Errors
/// The database failed.
pub async fn answer(app: &App, l: Locale, question: &str) -> Result<Option<Said>> {
    let (plain, plan) = naming::apart(question);
    let Some((one, rest)) = named(app, &plain).await? else { return Ok(None) };
    let only = |words: &[&str]| rest.iter().all(|word| words.contains(&word.as_str()));
    let asked = format!(" {} ", intent::words(question).join(" "));
    let asks = |runs: &[&str]| runs.iter().any(|run| asked.contains(&format!(" {run} ")));
    if only(OF_CONTACTS) && [PHONE, EMAIL, ADDRESS].into_iter().any(asks) {
        return contacts(app, l, &one, [asks(PHONE), asks(EMAIL), asks(ADDRESS)]).await;
    }
    let is_work = intent::read(&plain).is_some_and(|intent| intent.wishes == [Wish::Work]);
    if !is_work || !only(OF_WORK) {
        return Ok(None);
    }
    let ground = Ground::now(app).await?;
    Ok(leads(l, &ground, &one, &plan))
}

async fn contacts(app: &App, l: Locale, one: &Brief, [phone, email, address]: [bool; 3]) -> Result<Option<Said>> {
    let Some(row) = agency::Entity::find_by_id(one.id).one(&app.db).await? else { return Ok(None) };
    let wanted = [
        ("assistant-agency-phone", row.phone.filter(|_| phone)),
        ("assistant-agency-email", row.email.filter(|_| email)),
        ("assistant-agency-address", row.address.filter(|_| address)),
    ];
    let there: Vec<(&str, String)> = wanted.into_iter().filter_map(|(key, what)| Some((key, what?))).collect();
    let there: Vec<(&str, String)> = there.into_iter().filter(|(_, what)| !what.trim().is_empty()).collect();
    if there.is_empty() {
        // What others say of telephones is no answer.
        return Ok(Some(Said { intro: l.t1("assistant-agency-unreached", "name", &one.name), ..Said::default() }));
    }
    let line = |(key, what): &(&str, String)| Line { text: l.t1(key, "what", what), sources: vec![1] };
    let source = Cited {
        id: format!("agency:{}", one.id),
        kind: "agency".into(),
        title: one.name.clone(),
        path: one.public_path(),
        quote: there.iter().map(|(_, what)| what.as_str()).collect::<Vec<_>>().join("; "),
        ..Cited::default()
    };
    Ok(Some(Said { how: How::Exact, lines: there.iter().map(line).collect(), sources: vec![source], ..Said::default() }))
}

fn meant<'a>(ground: &'a Ground, plan: &naming::Named, is: impl Fn(&Entry) -> bool) -> Vec<(&'a Plan, &'a Entry)> {
    let mut found = Vec::new();
    for programme in ground.programmes.iter().filter(|one| plan.fits(&one.plan.number)) {
        found.extend(programme.entries.iter().filter(|entry| is(entry)).map(|entry| (&programme.plan, entry)));
    }
    found
}

/// The provisions that it leads itself; where it leads none, those of the classes that it belongs to.
fn leads(l: Locale, ground: &Ground, one: &Brief, plan: &naming::Named) -> Option<Said> {
    let mut found = meant(ground, plan, |entry| entry.bodies(Part::Lead).any(|party| party.agency == Some(one.id)));
    if found.is_empty() {
        found = meant(ground, plan, |entry| entry.leads(one));
    }
    if found.is_empty() {
        return None;
    }
    let intro = l.with("assistant-exact-leads", &[("name", one.name.clone()), ("n", found.len().to_string())]);
    let mut said = Said { how: How::Exact, intro, ..Said::default() };
    for &(plan, entry) in found.iter().take(TOLD) {
        let quote = telling::short(&entry.provision.text, &[], telling::QUOTE_LETTERS);
        let number = telling::cite(&mut said, l, (plan, entry), quote);
        said.lines.push(Line { text: format!("“{quote}”"), sources: vec![number] });
    }
    said.near.push(Nearby {
        kind: "agency".into(),
        title: l.t1("assistant-exact-leads-all", "name", &one.name),
        path: one.duties_path(),
    });
    Some(said)
}

#[cfg(test)]
mod unit {
    use super::*;

    fn names() -> Names {
        let of = |at: u128, name: &str| (Uuid::from_u128(at), content(&intent::expanded(name)));
        Names(vec![
            of(1, "Sở Xây dựng"),
            of(2, "Sở Khoa học và Công nghệ"),
            of(3, "Ủy ban nhân dân xã Tân Hồng"),
            of(4, "xã Tân Hồng"),
        ])
    }

    #[test]
    fn an_agency_is_found_by_its_longest_name() {
        let found = |question: &str| names().find(question).map(|(id, rest)| (id.as_u128(), rest.join(" ")));
        assert_eq!(found("Số điện thoại của Sở Xây dựng?"), Some((1, "so dien thoai".into())));
        assert_eq!(found("so khoa hoc cong nghe chu tri viec gi"), Some((2, "chu tri viec".into())));
        assert_eq!(found("UBND xã Tân Hồng ở đâu?"), Some((3, String::new())));
        assert_eq!(found("Chợ nổi họp ở đâu?"), None);
    }
}
