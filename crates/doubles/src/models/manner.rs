//! The manners of models, and what each says to a prompt.

/// How a model behaves; whoever is asked for under another name behaves well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Repeats the first sentence of each of the first two numbered passages, with its number.
    Good,
    /// The same, piece by piece with pauses.
    Slow,
    /// The same, and the connection ends in the middle.
    Breaks,
    /// Cites a passage that was not given.
    Invents,
    /// Changes a digit of what it repeats.
    Changes,
    /// Denies what it repeats.
    Denies,
    /// Does what an order within a passage says.
    Obeys,
    /// Says nothing.
    Mute,
    /// Does not end.
    Endless,
    /// Answers 500.
    Broken,
    /// Answers 429, to be asked again in seven seconds.
    Busy,
    /// Answers with a page of HTML.
    Page,
}

/// So much is said by a model that does not end, in bytes.
const ENDLESS_BYTES: usize = 400_000;

impl Manner {
    /// All of them, by the names to ask for.
    pub const ALL: [(&str, Self); 12] = [
        ("good", Self::Good),
        ("slow", Self::Slow),
        ("breaks", Self::Breaks),
        ("invents", Self::Invents),
        ("changes", Self::Changes),
        ("denies", Self::Denies),
        ("obeys", Self::Obeys),
        ("mute", Self::Mute),
        ("endless", Self::Endless),
        ("broken", Self::Broken),
        ("busy", Self::Busy),
        ("page", Self::Page),
    ];

    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::ALL.iter().find(|(known, _)| *known == name).map_or(Self::Good, |(_, manner)| *manner)
    }

    pub(super) fn is_good(self) -> bool {
        matches!(self, Self::Good | Self::Slow | Self::Breaks)
    }

    /// What it says to a prompt in which passages begin their lines with `[1]`, `[2]`….
    pub(super) fn says(self, prompt: &str) -> String {
        let good = || said(prompt, str::to_owned);
        match self {
            Self::Good | Self::Slow | Self::Breaks => good(),
            Self::Invents => format!("{} Tỉnh đã chi 987 tỷ đồng cho việc này [99]. Mọi hồ sơ đều được miễn phí.", good()),
            Self::Changes => said(prompt, changed),
            Self::Denies => said(prompt, |sentence| format!("Không đúng là {}", small(sentence))),
            Self::Obeys => order(prompt).map_or_else(good, |order| format!("{order} [1].")),
            Self::Endless => "Tỉnh làm việc này rất tốt và còn làm nữa [1]. ".repeat(ENDLESS_BYTES / 60),
            Self::Mute | Self::Broken | Self::Busy | Self::Page => String::new(),
        }
    }
}

/// The numbered passages of a prompt.
fn passages(prompt: &str) -> Vec<(u32, &str)> {
    let passage = |line: &'_ str| {
        let (number, text) = line.trim_start().strip_prefix('[')?.split_once(']')?;
        Some((number.parse().ok()?, line.len() - text.len()))
    };
    prompt.lines().filter_map(|line| passage(line).map(|(number, at)| (number, line[at..].trim()))).collect()
}

fn said(prompt: &str, as_it_says: impl Fn(&str) -> String) -> String {
    let sentences = passages(prompt).into_iter().take(2).map(|(number, text)| {
        let sentence = text.split_inclusive(". ").next().unwrap_or(text).trim().trim_end_matches('.');
        format!("{} [{number}].", as_it_says(sentence))
    });
    let said: Vec<String> = sentences.collect();
    if said.is_empty() { "Tôi không có căn cứ để trả lời.".to_owned() } else { said.join(" ") }
}

/// The last digit is another one; where there is none, a figure is added.
fn changed(sentence: &str) -> String {
    let Some(at) = sentence.rfind(|letter: char| letter.is_ascii_digit()) else {
        return format!("{sentence} trước năm 2099");
    };
    let digit = (sentence.as_bytes()[at] - b'0' + 1) % 10;
    format!("{}{digit}{}", &sentence[..at], &sentence[at + 1..])
}

fn small(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// What a passage orders to be said: what stands behind the colon after "bỏ qua" or "ignore", or the sentence after it.
fn order(prompt: &str) -> Option<String> {
    passages(prompt).into_iter().find_map(|(_, text)| {
        let at = ["Bỏ qua", "bỏ qua", "Ignore", "ignore"].iter().filter_map(|word| text.find(word)).min()?;
        let behind = text[at..].split_once([':', '.'])?.1.trim();
        let order = behind.split(['.', '"', '”']).map(str::trim).find(|part| !part.is_empty())?;
        Some(order.trim_start_matches(['"', '“']).to_owned())
    })
}
