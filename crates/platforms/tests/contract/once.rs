//! A hundred runs of misbehaviour, the same ones every time: nobody gets anything twice (scenario C-2, each protocol alone).
//!
//! The keeper here is what a product is at its simplest: it publishes again only what certainly is not there, and looks up the rest.

use doubles::{Double, Platform, Trick};
use platforms::{Account, Found, Message, Outcome};

use crate::stage::{Diary, Loopback, picture, sought, with};
use crate::{facebook, telegram, zalo};

const RUNS: u32 = 100;

/// Numbers that look random and are the same every time (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }

    /// A trick in two of three cases.
    fn trick(&mut self) -> Option<Trick> {
        let at = self.throw(Trick::ALL.len() * 3 / 2);
        Trick::ALL.get(at).map(|(_, trick)| *trick)
    }
}

/// How an attempt ended.
#[derive(Debug, PartialEq)]
enum End {
    There,
    NotThere,
    /// A person must look.
    Open,
}

struct Keeper<'a, P> {
    double: &'a Double<P>,
    account: &'a Account,
    dice: Dice,
    known: Vec<String>,
    /// The path of the call that publishes, and of the ones that look things up.
    paths: (&'static str, &'static str),
    /// How often an outcome was unknown.
    unknown: u32,
}

impl<P: Platform> Keeper<'_, P> {
    async fn send(&mut self, message: &Message) -> End {
        for _ in 0..4 {
            if let Some(trick) = self.dice.trick() {
                self.double.play(self.paths.0, trick);
            }
            let mut diary = Diary::default();
            match self.account.publish(&Loopback, message, &mut diary).await {
                Outcome::Published(copy) => return self.keep(copy.id),
                Outcome::Refused(refusal) if refusal.why.passes() => {}
                Outcome::Refused(_) => return End::NotThere,
                Outcome::Accepted { .. } | Outcome::Unknown { .. } => {
                    self.unknown += 1;
                    match self.look(message, diary.handle.as_deref()).await {
                        End::NotThere => {}
                        end => return end,
                    }
                }
            }
        }
        End::NotThere
    }

    async fn look(&mut self, message: &Message, handle: Option<&str>) -> End {
        for _ in 0..8 {
            if let Some(trick) = self.dice.trick() {
                self.double.play(self.paths.1, trick);
            }
            let known = self.known.clone();
            match self.account.find(&Loopback, &sought(message, handle, &known)).await {
                Found::Yes(copy) => return self.keep(copy.id),
                Found::No | Found::Refused(_) => return End::NotThere,
                Found::Pending | Found::CanNotTell { .. } => {}
            }
        }
        End::Open
    }

    fn keep(&mut self, id: String) -> End {
        assert!(!self.known.contains(&id), "{id} was taken for two");
        self.known.push(id);
        End::There
    }
}

/// Runs, and says how many were sent and how many were left to a person.
async fn run<P: Platform>(
    keeper: &mut Keeper<'_, P>,
    message: impl Fn(u32) -> Message,
    count: impl Fn(&Message) -> usize,
) -> (u32, u32) {
    let (mut there, mut open) = (0, 0);
    for at in 0..RUNS {
        let message = message(at);
        let end = keeper.send(&message).await;
        keeper.double.behave();
        match end {
            End::There => {
                assert_eq!(count(&message), 1, "run {at}");
                there += 1;
            }
            End::NotThere => assert_eq!(count(&message), 0, "run {at}"),
            End::Open => {
                assert!(count(&message) <= 1, "run {at}");
                open += 1;
            }
        }
    }
    assert!(keeper.unknown >= RUNS / 5, "too tame: {} unknown", keeper.unknown);
    (there, open)
}

#[tokio::test]
async fn telegram_gets_nothing_twice() {
    let (double, account) = telegram::house().await;
    let mut keeper = Keeper {
        double: &double,
        account: &account,
        dice: Dice(0x7e1e),
        known: Vec::new(),
        paths: ("send", "forward"),
        unknown: 0,
    };
    // There is a newest copy to look behind.
    let first = account.publish(&Loopback, &crate::stage::words("đầu tiên"), &mut Diary::default()).await;
    keeper.keep(crate::stage::id(first));
    let message = |at: u32| with(&format!("lần {at}"), vec![picture(); at as usize % 3]);
    let count = |message: &Message| double.platform().count(telegram::CHANNEL, &message.text);
    let (there, open) = run(&mut keeper, message, count).await;
    assert!(there > 60 && open < 10, "{there} there, {open} open");
}

#[tokio::test]
async fn telegram_gets_nothing_twice_where_it_can_not_be_looked_up() {
    let (double, account) = telegram::house().await;
    let Account::Telegram(bot) = account else { panic!("a bot") };
    let account = Account::Telegram(platforms::telegram::Account { lookup_chat: None, ..bot });
    let mut keeper = Keeper {
        double: &double,
        account: &account,
        dice: Dice(0xb11d),
        known: Vec::new(),
        paths: ("send", "forward"),
        unknown: 0,
    };
    let message = |at: u32| with(&format!("lần {at}"), Vec::new());
    let count = |message: &Message| double.platform().count(telegram::CHANNEL, &message.text);
    let (there, open) = run(&mut keeper, message, count).await;
    // Every unknown one is a person's.
    assert_eq!(open, keeper.unknown);
    assert!(there > 20, "{there}");
}

#[tokio::test]
async fn facebook_gets_nothing_twice() {
    let (double, account) = facebook::house().await;
    let mut keeper = Keeper {
        double: &double,
        account: &account,
        dice: Dice(0xfb),
        known: Vec::new(),
        paths: ("feed", "published"),
        unknown: 0,
    };
    let message = |at: u32| with(&format!("lần {at}"), vec![picture(); at as usize % 3]);
    let count = |message: &Message| double.platform().count(&message.text);
    let (there, open) = run(&mut keeper, message, count).await;
    assert!(there > 60 && open < 10, "{there} there, {open} open");
}

#[tokio::test]
async fn zalo_gets_nothing_twice() {
    let (double, account) = zalo::house().await;
    let mut keeper = Keeper {
        double: &double,
        account: &account,
        dice: Dice(0x2a10),
        known: Vec::new(),
        paths: ("create", "getslice"),
        unknown: 0,
    };
    let message = |at: u32| with(&format!("lần {at}"), vec![picture(); 1 + at as usize % 3]);
    let count = |message: &Message| double.platform().count(&message.title);
    let (there, open) = run(&mut keeper, message, count).await;
    assert!(there > 60 && open < 10, "{there} there, {open} open");
}
