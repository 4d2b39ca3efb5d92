//! 群众意见 Words of a suggestion: its channels, kinds of answer, where it stands; 东组通〔2015〕33号 二（四）.

use jiff::civil::Date;

use crate::look::{Chip, Tone};

/// How the words reached the village.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Typed by the sender.
    Web,
    /// A slip from the box.
    Box,
    /// A call.
    Hotline,
    /// A cadre's visit.
    Visit,
    /// The town's contact day in the village.
    Station,
    /// Anything else.
    Other,
}

impl Channel {
    /// 网上 · 意见箱 · 热线电话 · 调研走访 · 驻点联系 · 其他
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Web => "网上",
            Self::Box => "意见箱",
            Self::Hotline => "热线电话",
            Self::Visit => "调研走访",
            Self::Station => "驻点联系",
            Self::Other => "其他途径",
        }
    }

    /// The value the staff form sends: `web` `box` `hotline` `visit` `station` `other`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Box => "box",
            Self::Hotline => "hotline",
            Self::Visit => "visit",
            Self::Station => "station",
            Self::Other => "other",
        }
    }
}

/// What an answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// It will be done.
    Adopt,
    /// It will not, and why.
    Decline,
    /// It is explained.
    Explain,
    /// It goes to another body.
    Transfer,
}

impl AnswerKind {
    /// All kinds in the order of the form.
    pub const ALL: [Self; 4] = [Self::Adopt, Self::Decline, Self::Explain, Self::Transfer];

    /// 采纳 · 不采纳 · 解释说明 · 转办
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Adopt => "采纳",
            Self::Decline => "不采纳",
            Self::Explain => "解释说明",
            Self::Transfer => "转办",
        }
    }

    /// The value the form sends: `adopt` `decline` `explain` `transfer`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Adopt => "adopt",
            Self::Decline => "decline",
            Self::Explain => "explain",
            Self::Transfer => "transfer",
        }
    }

    /// What must be written with it.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            Self::Adopt => "写明谁来办、哪天前办好",
            Self::Decline => "写明理由",
            Self::Explain => "把事情说清楚",
            Self::Transfer => "写明转给谁、为什么",
        }
    }
}

/// What the sender thinks of the answer; kept apart from the answer itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The sender has not said.
    None,
    /// 认可
    Accepted,
    /// 不认可
    Disputed,
}

/// Where a suggestion stands today. `working` counts working days to the due day, below zero those gone by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Waiting for its answer, not yet due (or due today).
    Waiting {
        /// The day it is due.
        due: Date,
        /// Today.
        today: Date,
        /// Working days left.
        working: i64,
        /// It was put off once.
        extended: bool,
    },
    /// Due and not answered: 逾期未答.
    Late {
        /// The day it was due.
        due: Date,
        /// Today.
        today: Date,
        /// Working days gone by, below zero.
        working: i64,
    },
    /// Answered.
    Answered {
        /// What the answer says.
        kind: AnswerKind,
        /// On which working day after receipt.
        nth: i64,
        /// Working days late, 0 when in time.
        late: i64,
        /// It was put off once and answered within the new date.
        extended: bool,
        /// The sender's word.
        verdict: Verdict,
    },
    /// Taken back by the sender.
    Withdrawn,
}

impl Standing {
    /// The chip: sign, colour and words.
    #[must_use]
    pub fn chip(&self) -> Chip {
        match self {
            Self::Waiting { due, today, working, .. } => {
                let tone = if *working <= 2 { Tone::Soon } else { Tone::Doing };
                Chip::new(tone, super::left(*due, *today, *working))
            }
            Self::Late { due, today, working } => Chip::new(Tone::Late, super::left(*due, *today, *working)),
            Self::Answered { nth, late: 0, extended, .. } => {
                let said = match (extended, nth) {
                    (true, _) => "延期内答复".to_owned(),
                    (false, 0) => "当天答复".to_owned(),
                    (false, nth) => format!("第{nth}个工作日答复"),
                };
                Chip::new(Tone::Done, said)
            }
            Self::Answered { late, .. } => Chip::new(Tone::Done, format!("已答复，晚{late}个工作日")),
            Self::Withdrawn => Chip::new(Tone::Off, "本人撤回"),
        }
    }

    /// The words after the chip: the due day, or what was answered and what the sender thinks. May be empty.
    #[must_use]
    pub fn after(&self) -> String {
        match self {
            Self::Waiting { due, today, extended: false, .. } | Self::Late { due, today, .. } => {
                format!("{}到期", super::When::near(*due, *today).plain())
            }
            Self::Waiting { due, today, .. } => format!("已延期一次，{}到期", super::When::near(*due, *today).plain()),
            Self::Answered { kind, verdict, .. } => match verdict {
                Verdict::None => kind.word().to_owned(),
                Verdict::Accepted => format!("{}，本人认可", kind.word()),
                Verdict::Disputed => format!("{}，本人不认可", kind.word()),
            },
            Self::Withdrawn => String::new(),
        }
    }

    /// Chip and words in one plain sentence: for 转发, lists read aloud, the command line.
    #[must_use]
    pub fn sentence(&self) -> String {
        let after = self.after();
        let chip = self.chip().text;
        if after.is_empty() { chip } else { format!("{chip}，{after}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_closed_suggestion_is_never_called_solved() {
        for verdict in [Verdict::None, Verdict::Accepted, Verdict::Disputed] {
            for kind in AnswerKind::ALL {
                let said = Standing::Answered { kind, nth: 4, late: 0, extended: false, verdict }.sentence();
                assert!(!said.contains("解决") && !said.contains("办结"), "{said}");
            }
        }
    }

    #[test]
    fn only_what_is_overdue_is_red() {
        let today = date(2026, 11, 24);
        let waiting = Standing::Waiting { due: date(2026, 11, 26), today, working: 2, extended: false };
        let late = Standing::Late { due: date(2026, 11, 19), today, working: -3 };
        assert_eq!((waiting.chip().tone, waiting.sentence().as_str()), (Tone::Soon, "还有2个工作日，11月26日到期"));
        assert_eq!((late.chip().tone, late.chip().text.as_str()), (Tone::Late, "逾期3个工作日"));
    }
}
