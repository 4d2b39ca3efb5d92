//! 会议日历 Calendar `/u/{code}/meetings`: what comes, what was held, and what was not; 东组通〔2015〕33号 二（二）“每周召开1次”“每季度至少召开1次”.

use askama::Template;
use jiff::civil::Date;

use crate::look::board::{Quarter, WeekState};
use crate::look::desk::Tool;
use crate::look::{Chip, Frame, Mark, Paging, Tone, way};
use crate::words;

/// The calendar.
#[derive(Clone, Debug, Template)]
#[template(path = "meet/calendar.html")]
pub struct Calendar {
    /// Around; `title` is 会议日历.
    pub f: Frame,
    /// The year it shows.
    pub year: i16,
    /// Standing slots: 班子联席会议：每周三15:00，居委会二楼.
    pub slots: Vec<String>,
    /// What comes: called and not yet held.
    pub coming: Vec<Row>,
    /// The four boxes of the quarterly sitting.
    pub quarters: Vec<Box4>,
    /// The weeks of the teams' sitting.
    pub weeks: Vec<Quarter>,
    /// Periods of the representatives' sitting, by rule each quarter or half-year; empty when no rule asks for it.
    pub others: Vec<(String, Vec<Box4>)>,
    /// What was held, the newest first.
    pub held: Vec<Row>,
    /// Paging of those.
    pub paging: Paging,
    /// What this reader may begin.
    pub tools: Vec<Tool>,
    /// `https://…/u/…/meetings.ics`
    pub ics: String,
}

/// One sitting in a list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its page.
    pub href: String,
    /// 党群联席会议
    pub title: String,
    /// The day.
    pub day: Date,
    /// 15:00 · 居委会二楼
    pub where_when: String,
    /// 5项：定了4项，没通过1项
    pub said: String,
    /// State.
    pub chip: Chip,
    /// Entered that many days late; 0 for not.
    pub lag: i64,
    /// Its newest record.
    pub mark: Mark,
}

/// One box of a period.
#[derive(Clone, Debug)]
pub struct Box4 {
    /// 第三季度 · 上半年
    pub name: String,
    /// What became of it.
    pub state: WeekState,
    /// First and last day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Sittings held in it: link and day.
    pub held: Vec<(String, Date)>,
    /// Why it was missed; may be empty.
    pub why: String,
    /// Its own page, when there is one.
    pub href: Option<String>,
}

impl Box4 {
    pub(in crate::look) fn is_gap(&self) -> bool {
        self.state == WeekState::Missed
    }

    pub(in crate::look) fn is_quiet(&self) -> bool {
        matches!(self.state, WeekState::Before | WeekState::Future)
    }

    pub(in crate::look) fn chip(&self) -> Chip {
        match self.state {
            WeekState::Kept => Chip::new(Tone::Done, format!("开了{}次", self.held.len())),
            WeekState::Late => Chip::new(Tone::Done, "开了，补录"),
            WeekState::Missed => Chip::new(Tone::Late, "缺，没有开"),
            WeekState::Holiday => Chip::new(Tone::Off, "免开"),
            WeekState::Now => Chip::new(Tone::Soon, "还没开"),
            WeekState::Future => Chip::new(Tone::Off, "还没到"),
            WeekState::Before => Chip::new(Tone::Off, "还没启用"),
        }
    }

    /// 12月31日24:00前要开一次。
    pub(in crate::look) fn sentence(&self) -> String {
        match self.state {
            WeekState::Now => format!("{}24:00前要开一次。", words::in_year(self.to)),
            WeekState::Missed if self.why.is_empty() => "还没有说明，缺口保留。".into(),
            WeekState::Missed => format!("说明：{}。缺口保留。", self.why.trim_end_matches('。')),
            _ => String::new(),
        }
    }
}
