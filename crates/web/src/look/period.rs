//! 定期要做的事 Period: one week of the box, kept, waived or missed; the gap stays visible; 东组通〔2015〕33号 二（四）.

use askama::Template;
use jiff::civil::Date;

use super::board::WeekState;
use super::{Chip, Frame, Lag, Mark, Qr, Tone, way};
use crate::words;

/// The page of one period `/u/{code}/m/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "period.html")]
pub struct Period {
    /// Around; `title` is 第41周开意见箱.
    pub f: Frame,
    /// Matter id.
    pub id: String,
    /// First day.
    pub from: Date,
    /// Last day: due at its 24:00.
    pub to: Date,
    /// What became of it.
    pub state: WeekState,
    /// Who owes it: 居委会经办 萧秀英.
    pub owner: String,
    /// 意见箱每周至少开1次，两个人在场。
    pub rule: String,
    /// 东组通〔2015〕33号 二（四）
    pub clause: String,
    /// What happened, in order.
    pub steps: Vec<PeriodStep>,
    /// The reader may explain the gap: link to the form `explain`.
    pub may_explain: bool,
    /// The page's address as a QR code.
    pub qr: Qr,
    /// What 转发 copies.
    pub forward: String,
}

/// One step.
#[derive(Clone, Debug)]
pub struct PeriodStep {
    /// The day.
    pub on: Date,
    /// Who did it; empty for the system.
    pub who: String,
    /// Its record.
    pub mark: Mark,
    /// Entered late.
    pub lag: Option<Lag>,
    /// What happened.
    pub what: PeriodEvent,
}

/// What happened in a period.
#[derive(Clone, Debug)]
pub enum PeriodEvent {
    /// The box was opened.
    Opened {
        /// Who was there.
        witnesses: Vec<String>,
        /// Slips in it; 0 for an empty box.
        slips: i64,
    },
    /// 免开: no working day in the period.
    Waived {
        /// 整周放假
        why: String,
    },
    /// The period ended and nothing was done.
    Lapsed,
    /// Why it was not done.
    Explained {
        /// The reason.
        reason: String,
    },
}

impl PeriodStep {
    fn head(&self) -> &'static str {
        match self.what {
            PeriodEvent::Opened { .. } => "开箱",
            PeriodEvent::Waived { .. } => "免开",
            PeriodEvent::Lapsed => "到期没有开",
            PeriodEvent::Explained { .. } => "说明",
        }
    }

    fn class(&self) -> &'static str {
        if matches!(self.what, PeriodEvent::Lapsed) { " gap" } else { "" }
    }
}

impl Period {
    fn chip(&self) -> Chip {
        match self.state {
            WeekState::Kept => Chip::new(Tone::Done, "已开"),
            WeekState::Late => Chip::new(Tone::Done, "已开，补录"),
            WeekState::Missed => Chip::new(Tone::Late, "缺1次"),
            WeekState::Holiday => Chip::new(Tone::Off, "放假，免开"),
            WeekState::Now => Chip::new(Tone::Doing, "本周还没开"),
            WeekState::Future => Chip::new(Tone::Off, "还没到"),
            WeekState::Before => Chip::new(Tone::Off, "还没启用"),
        }
    }

    /// 现在到哪一步, in one sentence.
    fn now(&self) -> String {
        let last = words::When::near(self.to, self.f.today).plain();
        match self.state {
            WeekState::Kept => "这一周按规矩开了。".into(),
            WeekState::Late => "这一周开了，过后才补录。".into(),
            WeekState::Missed if self.explained() => "这一周没有开，已经说明，缺口保留。".into(),
            WeekState::Missed => "这一周没有开，还没有说明，缺口保留。".into(),
            WeekState::Holiday => "整周放假，这一周免开。".into(),
            WeekState::Now => format!("还没开，{last}24:00前要开。"),
            WeekState::Future => "还没到。".into(),
            WeekState::Before => "那时还没有启用这套机制。".into(),
        }
    }

    fn explained(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.what, PeriodEvent::Explained { .. }))
    }

    fn waits(&self) -> bool {
        self.state == WeekState::Now
    }
}

/// Weeks in which the box stayed shut, the latest year first.
#[derive(Clone, Debug, Default)]
pub struct Gaps {
    /// Each year with its weeks, the latest first.
    pub years: Vec<(i16, Vec<Gap>)>,
}

/// One such week.
#[derive(Clone, Debug)]
pub struct Gap {
    /// Number of the ISO week.
    pub week: i8,
    /// Its page, or the form that explains it.
    pub href: String,
    /// Somebody said why.
    pub explained: bool,
}

impl Gaps {
    /// How many weeks.
    #[must_use]
    pub fn n(&self) -> usize {
        self.years.iter().map(|(_, weeks)| weeks.len()).sum()
    }
}
