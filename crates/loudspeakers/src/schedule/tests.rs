use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc, Weekday};
use proptest::collection::vec;
use proptest::prelude::*;

use super::quiet::{instant, quiet_within};
use super::*;
use Precedence::{Emergency, Internal, Provincial};

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

/// A local time of 27 November 2026, a Friday.
fn at(text: &str) -> DateTime<Utc> {
    instant(friday(), NaiveTime::parse_from_str(text, "%H:%M:%S").unwrap()).unwrap()
}

fn friday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 27).unwrap()
}

fn night() -> Vec<Quiet> {
    vec![Quiet { begins: time("21:00"), ends: time("05:00") }, Quiet { begins: time("12:00"), ends: time("13:00") }]
}

fn rules() -> Rules {
    Rules { quiet: night(), ..Rules::default() }
}

fn item(id: u64, precedence: Precedence, begins: &str, duration_s: u32) -> Item {
    Item { id, precedence, begins_at: at(begins), duration_s, until: None }
}

#[test]
fn an_emergency_breaks_in_and_the_bulletin_goes_on() {
    let mut air = Airtime::new(rules(), at("04:00:00"));
    assert!(air.add(item(1, Internal, "05:00:00", 900)));
    assert!(!air.add(item(1, Internal, "06:00:00", 900)), "an id is one item");
    assert_eq!(air.tick(at("04:59:59"), true), []);
    assert_eq!(air.wakes_at(), Some(at("05:00:00")));
    assert_eq!(air.tick(at("05:00:00"), true), [Action::Play { item: 1, from_s: 0 }]);
    assert!(air.add(item(2, Emergency, "05:07:00", 120)));
    let broken = [Action::Stop { item: 1, at_s: 420 }, Action::Play { item: 2, from_s: 0 }];
    assert_eq!(air.tick(at("05:07:00"), true), broken);
    let back = [Action::Finished { item: 2, late_s: 0 }, Action::Play { item: 1, from_s: 415 }];
    assert_eq!(air.tick(at("05:09:00"), true), back);
    // 900 - 415 seconds more.
    assert_eq!(air.wakes_at(), Some(at("05:17:05")));
    assert_eq!(air.tick(at("05:17:05"), true), [Action::Finished { item: 1, late_s: 125 }]);
    assert_eq!((air.on_air(), air.wakes_at()), (None, None));
}

#[test]
fn three_levels_return_one_after_the_other() {
    let mut air = Airtime::new(Rules { rewind_s: 0, ..rules() }, at("05:00:00"));
    air.add(item(1, Internal, "05:00:00", 100));
    air.tick(at("05:00:00"), true);
    air.add(item(2, Provincial, "05:00:10", 50));
    air.tick(at("05:00:10"), true);
    air.add(item(3, Emergency, "05:00:20", 20));
    air.add(item(4, Internal, "05:00:20", 5));
    air.tick(at("05:00:20"), true);
    assert_eq!(air.tick(at("05:00:40"), true), [Action::Finished { item: 3, late_s: 0 }, Action::Play { item: 2, from_s: 10 }]);
    assert_eq!(air.tick(at("05:01:20"), true), [Action::Finished { item: 2, late_s: 20 }, Action::Play { item: 1, from_s: 10 }]);
    assert_eq!(air.tick(at("05:02:50"), true), [Action::Finished { item: 1, late_s: 70 }, Action::Play { item: 4, from_s: 0 }]);
    assert_eq!(air.withdraw(4, at("05:02:52")), Some(Action::Withdrawn { item: 4, played_s: 2 }));
    assert_eq!(air.withdraw(4, at("05:02:52")), None);
}

#[test]
fn what_can_not_go_on_is_said_to_be_cut() {
    let mut air = Airtime::new(rules(), at("11:50:00"));
    air.add(item(1, Internal, "11:50:00", 600));
    air.tick(at("11:50:00"), true);
    air.add(item(2, Emergency, "11:55:00", 60));
    air.tick(at("11:55:00"), true);
    // 305 seconds are left and the quiet hour begins in 240.
    assert_eq!(air.tick(at("11:56:00"), true), [Action::Finished { item: 2, late_s: 0 }]);
    assert_eq!(air.tick(at("12:55:01"), true), [Action::Cut { item: 1, played_s: 300 }]);
    let mut patient = Airtime::new(Rules { resume_within_s: 7200, ..rules() }, at("11:50:00"));
    patient.add(item(1, Internal, "11:50:00", 600));
    patient.tick(at("11:50:00"), true);
    patient.add(item(2, Emergency, "11:55:00", 60));
    patient.tick(at("11:55:00"), true);
    patient.tick(at("11:56:00"), true);
    assert_eq!(patient.wakes_at(), Some(at("13:00:00")));
    assert_eq!(patient.tick(at("13:00:00"), true), [Action::Play { item: 1, from_s: 295 }]);
}

#[test]
fn a_device_that_comes_back_late_airs_what_it_missed() {
    let mut air = Airtime::new(rules(), at("04:50:00"));
    air.add(item(1, Internal, "05:00:00", 300));
    air.add(item(2, Internal, "08:30:00", 300));
    assert_eq!(air.tick(at("05:00:00"), false), []);
    assert_eq!(air.tick(at("06:10:00"), true), [Action::Play { item: 1, from_s: 0 }]);
    assert_eq!(air.tick(at("06:12:00"), false), [Action::Lost { item: 1, at_s: 120 }]);
    assert_eq!(air.tick(at("07:00:00"), true), [Action::Play { item: 1, from_s: 0 }]);
    assert_eq!(air.tick(at("07:05:00"), true), [Action::Finished { item: 1, late_s: 7200 }]);
    assert_eq!(air.tick(at("11:30:00"), false), []);
    assert_eq!(air.tick(at("11:30:01"), false), [Action::Missed { item: 2, why: Why::DeviceGone }]);
}

#[test]
fn what_has_a_last_moment_does_not_begin_after_it() {
    let mut air = Airtime::new(rules(), at("05:00:00"));
    air.add(Item { until: Some(at("05:30:00")), ..item(1, Emergency, "05:00:00", 60) });
    assert_eq!(air.tick(at("05:00:00"), false), []);
    assert_eq!(air.wakes_at(), Some(at("05:30:01")));
    // The device is back after that, well within what other bulletins are given.
    assert_eq!(air.tick(at("05:40:00"), true), [Action::Missed { item: 1, why: Why::DeviceGone }]);

    // One that was begun plays to its end; one that was lost begins anew until then, and no later.
    air.add(Item { until: Some(at("06:00:30")), ..item(2, Emergency, "06:00:00", 60) });
    assert_eq!(air.tick(at("06:00:00"), true), [Action::Play { item: 2, from_s: 0 }]);
    assert_eq!(
        air.tick(at("06:00:40"), false),
        [Action::Lost { item: 2, at_s: 40 }, Action::Missed { item: 2, why: Why::DeviceGone }]
    );
    assert_eq!((air.tick(at("06:00:50"), true), air.is_idle()), (vec![], true));
}

#[test]
fn only_an_emergency_sounds_at_night() {
    let mut air = Airtime::new(rules(), at("20:58:00"));
    air.add(item(1, Provincial, "20:58:00", 300));
    air.add(item(2, Emergency, "23:00:00", 60));
    assert_eq!(air.tick(at("20:58:00"), true), []);
    assert_eq!(air.tick(at("23:00:00"), true), [Action::Play { item: 2, from_s: 0 }]);
    let end = [Action::Finished { item: 2, late_s: 0 }, Action::Missed { item: 1, why: Why::QuietHours }];
    assert_eq!(air.tick(at("23:58:01"), true), end);
}

fn programme() -> Programme {
    let slot = |name: &str, begins: &str, ends: &str, weekdays: &[Weekday]| Slot {
        name: name.into(),
        begins: time(begins),
        ends: time(ends),
        weekdays: weekdays.to_vec(),
    };
    let slots = vec![
        slot("sáng", "05:00", "05:30", &[]),
        slot("trưa", "11:30", "12:10", &[]),
        slot("chợ", "07:00", "07:10", &[Weekday::Sun]),
    ];
    Programme { slots, quiet: night() }
}

#[test]
fn a_slot_has_one_bulletin() {
    let mut bookings = Bookings::new(programme());
    let now = at("00:00:00");
    let mut book = |id, slot: &str, duration_s| bookings.book((id, Internal, duration_s), slot, friday(), now);
    assert_eq!(book(1, "sáng", 600).unwrap().begins_at, at("05:00:00"));
    assert_eq!(book(2, "sáng", 600), Err(Refused::Taken { with: 1 }));
    assert_eq!(book(3, "tối", 600), Err(Refused::UnknownSlot("tối".into())));
    assert_eq!(book(3, "chợ", 600), Err(Refused::WrongDay { date: friday() }));
    assert_eq!(book(3, "trưa", 2401), Err(Refused::Long { by_s: 1 }));
    assert_eq!(book(3, "trưa", 2000), Err(Refused::QuietHours { from: at("12:00:00") }));
    assert_eq!(book(3, "trưa", 0), Err(Refused::Empty));
    assert!(book(3, "trưa", 1800).is_ok());
    assert_eq!(bookings.book((1, Internal, 5), "sáng", friday() + Duration::days(1), now), Err(Refused::Twice(1)));
    assert_eq!(bookings.book((4, Internal, 5), "sáng", friday(), at("05:00:01")), Err(Refused::Past));
    assert_eq!(bookings.book_at(item(5, Provincial, "05:29:59", 60), now), Err(Refused::Taken { with: 1 }));
    assert!(bookings.book_at(item(5, Provincial, "05:30:00", 60), now).is_ok());
    assert_eq!(bookings.book_at(item(6, Emergency, "06:00:00", 60), now), Err(Refused::Emergency));
    assert_eq!(bookings.release(1).map(|item| item.id), Some(1));
    assert!(bookings.book((2, Internal, 600), "sáng", friday(), now).is_ok());
    assert_eq!(bookings.items().map(|item| item.id).collect::<Vec<_>>(), [2, 5, 3]);
}

#[test]
fn a_slot_of_other_days_is_closed() {
    let sunday = friday() + Duration::days(2);
    let on = |date: NaiveDate, text: &str| instant(date, time(text)).unwrap();
    let programme = programme();
    assert_eq!(programme.on(friday()).count(), 2);
    assert!(programme.is_off(on(friday(), "07:00")) && programme.is_off(on(friday(), "07:09")));
    assert!(!programme.is_off(on(friday(), "07:10")) && !programme.is_off(on(sunday, "07:00")));
    assert!(!programme.is_off(on(sunday, "05:00")) && !programme.is_off(on(sunday, "20:00")));

    let mut bookings = Bookings::new(programme.clone());
    let closed = Item { begins_at: on(friday(), "07:05"), ..item(1, Internal, "07:00:00", 60) };
    assert_eq!(bookings.book_at(closed.clone(), at("00:00:00")), Err(Refused::WrongDay { date: friday() }));
    // What was booked before the programme was changed stays, and is in the way.
    let mut bookings = Bookings::default();
    assert!(bookings.book_at(closed, at("00:00:00")).is_ok());
    let mut bookings = bookings.under(Programme { slots: Vec::new(), ..programme.clone() });
    assert_eq!(bookings.book_at(item(2, Internal, "07:05:30", 60), at("00:00:00")), Err(Refused::Taken { with: 1 }));

    // One name, another hour on Sundays.
    let late = Slot { begins: time("06:00"), ends: time("06:30"), weekdays: vec![Weekday::Sun], ..programme.slots[0].clone() };
    let early = Slot { weekdays: vec![Weekday::Fri, Weekday::Sat], ..programme.slots[0].clone() };
    let mut bookings = Bookings::new(Programme { slots: vec![early, late], quiet: Vec::new() });
    let mut book = |id, date| bookings.book((id, Internal, 60), "sáng", date, at("00:00:00")).map(|item| item.begins_at);
    assert_eq!(book(1, friday()), Ok(on(friday(), "05:00")));
    assert_eq!(book(2, sunday), Ok(on(sunday, "06:00")));
    assert_eq!(book(3, sunday + Duration::days(1)), Err(Refused::WrongDay { date: sunday + Duration::days(1) }));
}

#[derive(Clone, Debug)]
enum Event {
    Add(Precedence, i64, u32),
    Here(bool),
    Wait(i64),
    Withdraw(u64),
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let precedence = prop_oneof![Just(Emergency), Just(Provincial), Just(Internal)];
    let add =
        (precedence, 0i64..5000, 1u32..900).prop_map(|(precedence, in_s, duration_s)| Event::Add(precedence, in_s, duration_s));
    let event = prop_oneof![
        4 => add,
        2 => any::<bool>().prop_map(Event::Here),
        4 => (0i64..2000).prop_map(Event::Wait),
        1 => (0u64..20).prop_map(Event::Withdraw)
    ];
    vec(event, 1..40)
}

/// Watches what a device would do, and complains.
#[derive(Default)]
struct Listener {
    items: BTreeMap<u64, Item>,
    playing: Option<(u64, DateTime<Utc>, u32)>,
    ended: BTreeMap<u64, Action>,
    /// Where each was broken off.
    broken: BTreeMap<u64, u32>,
}

impl Listener {
    fn hear(&mut self, action: Action, now: DateTime<Utc>, rules: &Rules) {
        match action {
            Action::Play { item, from_s } => {
                assert_eq!(self.playing, None, "two at once");
                assert!(!self.ended.contains_key(&item), "aired after its end");
                let plan = &self.items[&item];
                assert!(now >= plan.begins_at, "before its time");
                let until = now + Duration::seconds((plan.duration_s - from_s).into());
                let disturbs = quiet_within(&rules.quiet, now, until).is_some();
                assert!(plan.precedence == Emergency || !disturbs, "quiet hours");
                assert_eq!(
                    from_s,
                    self.broken.remove(&item).map_or(0, |at| at.saturating_sub(rules.rewind_s)),
                    "goes on elsewhere"
                );
                self.playing = Some((item, now, from_s));
            }
            Action::Stop { item, at_s } => {
                let (playing, since, from_s) = self.playing.take().expect("nothing to stop");
                assert_eq!((playing, i64::from(at_s - from_s)), (item, (now - since).num_seconds()));
                self.broken.insert(item, at_s);
            }
            Action::Lost { item, .. } => assert_eq!(self.playing.take().map(|playing| playing.0), Some(item)),
            Action::Finished { item, .. } => {
                let (playing, since, from_s) = self.playing.take().expect("nothing to finish");
                let whole = (now - since).num_seconds() >= i64::from(self.items[&item].duration_s - from_s);
                assert!(playing == item && whole, "finished too early");
                self.end(item, action);
            }
            Action::Withdrawn { item, .. } => {
                self.playing.take_if(|playing| playing.0 == item);
                self.end(item, action);
            }
            Action::Cut { item, .. } | Action::Missed { item, .. } => self.end(item, action),
        }
    }

    fn end(&mut self, item: u64, action: Action) {
        assert_eq!(self.ended.insert(item, action), None, "ended twice");
    }
}

proptest! {
    #[test]
    fn the_promises_are_kept(events in events(), start in 0i64..86_400) {
        let rules = rules();
        let mut now = at("00:00:00") + Duration::seconds(start);
        let (mut air, mut listener, mut is_here) = (Airtime::new(rules.clone(), now), Listener::default(), true);
        let end = Event::Wait(3 * 86_400);
        for (id, event) in events.into_iter().chain([Event::Here(true), end]).enumerate() {
            let mut until = now;
            match event {
                Event::Add(precedence, in_s, duration_s) => {
                    let begins_at = now + Duration::seconds(in_s);
                    let item = Item { id: id as u64, precedence, begins_at, duration_s, until: None };
                    prop_assert!(air.add(item.clone()));
                    listener.items.insert(item.id, item);
                }
                Event::Here(here) => is_here = here,
                Event::Wait(s) => until = now + Duration::seconds(s),
                Event::Withdraw(id) => {
                    if let Some(action) = air.withdraw(id, now) {
                        listener.hear(action, now, &rules);
                    }
                }
            }
            loop {
                for action in air.tick(now, is_here) {
                    listener.hear(action, now, &rules);
                }
                prop_assert_eq!(air.on_air().map(|on_air| on_air.item.id), listener.playing.map(|playing| playing.0));
                let strongest = air.on_air().map(|on_air| on_air.item.precedence);
                let due = listener.items.values().any(|item| item.precedence == Emergency && item.begins_at <= now && !listener.ended.contains_key(&item.id));
                prop_assert!(!is_here || !due || strongest == Some(Emergency), "an emergency waits for nobody");
                match air.wakes_at().filter(|at| *at <= until) {
                    Some(at) => now = at,
                    None => break,
                }
            }
            now = until;
        }
        // Three days later everything has come to its one end.
        prop_assert_eq!(listener.ended.len(), listener.items.len());
        prop_assert_eq!(air.wakes_at(), None);
    }

    #[test]
    fn any_second_can_be_broken_into(second in 0u32..600, length in 1u32..300) {
        let mut air = Airtime::new(rules(), at("06:00:00"));
        air.add(item(1, Internal, "06:00:00", 600));
        air.tick(at("06:00:00"), true);
        let broken_at = at("06:00:00") + Duration::seconds(second.into());
        air.add(Item { id: 2, precedence: Emergency, begins_at: broken_at, duration_s: length, until: None });
        prop_assert_eq!(air.tick(broken_at, true), vec![Action::Stop { item: 1, at_s: second }, Action::Play { item: 2, from_s: 0 }]);
        let back_at = broken_at + Duration::seconds(length.into());
        let from_s = second.saturating_sub(5);
        prop_assert_eq!(air.tick(back_at, true), vec![Action::Finished { item: 2, late_s: 0 }, Action::Play { item: 1, from_s }]);
        let late_s = length + second - from_s;
        let done_at = back_at + Duration::seconds((600 - from_s).into());
        prop_assert_eq!(air.tick(done_at, true), vec![Action::Finished { item: 1, late_s }]);
    }

    #[test]
    fn no_two_bookings_meet(wanted in vec((0i64..86_400, 1u32..4000), 1..40)) {
        let mut bookings = Bookings::new(programme());
        for (id, (second, duration_s)) in wanted.into_iter().enumerate() {
            let begins_at = at("00:00:00") + Duration::seconds(second);
            let item = Item { id: id as u64, precedence: Internal, begins_at, duration_s, until: None };
            let _ = bookings.book_at(item, at("00:00:00"));
        }
        let items: Vec<&Item> = bookings.items().collect();
        let ends = |item: &Item| item.begins_at + Duration::seconds(item.duration_s.into());
        prop_assert!(items.windows(2).all(|pair| ends(pair[0]) <= pair[1].begins_at));
        prop_assert!(items.iter().all(|item| quiet_within(&night(), item.begins_at, ends(item)).is_none()));
    }
}

#[test]
fn what_is_kept_as_json_goes_on_where_it_was() {
    let now: DateTime<Utc> = "2026-03-02T22:00:00Z".parse().unwrap();
    let second = |count| now + chrono::Duration::seconds(count);
    let item = |id, precedence, after| Item { id, precedence, begins_at: second(after), duration_s: 600, until: None };
    let mut airtime = Airtime::new(Rules::default(), now);
    assert!(airtime.is_idle());
    airtime.add(item(1, Precedence::Internal, 0));
    airtime.add(item(2, Precedence::Emergency, 60));
    let mut killed = airtime.clone();
    for at in [0, 60, 660, 1_400] {
        let kept = serde_json::to_string(&killed).unwrap();
        killed = serde_json::from_str::<Airtime>(&kept).unwrap().under(Rules::default());
        assert_eq!(killed.tick(second(at), true), airtime.tick(second(at), true), "at {at} s");
        assert_eq!(killed, airtime);
    }
    assert!(airtime.is_idle());
}
