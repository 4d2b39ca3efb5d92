//! 每周快记 The quick weekly entry of the teams' sitting: one line each of 报告, 讨论, 决议; 东组通〔2015〕33号 二（二）.

use askama::Template;
use jiff::civil::Date;

use crate::look::{Choice, Frame, Keep, Refused, parts, way};

/// POST `/u/{code}/meetings/weekly`: `day`, `from`, `to`, `here` (one per person), and for each item `report1` `discussion1`
/// `resolution1` `amount1` (元, may be empty) …, `agreed` (yes).
#[derive(Clone, Debug, Template)]
#[template(path = "meet/weekly.html")]
pub struct Weekly {
    /// Around.
    pub f: Frame,
    /// Hidden fields.
    pub keep: Keep,
    /// 每周三15:00，居委会二楼会议室
    pub slot: String,
    /// The day of the sitting: `2026-11-25`.
    pub day: String,
    /// Began.
    pub from: String,
    /// Ended.
    pub to: String,
    /// Who belongs to the teams; picked: was there.
    pub people: Vec<Choice>,
    /// How many must be there.
    pub needed: u32,
    /// The items, always as many as a form has room for.
    pub items: Vec<Line>,
    /// All present agreed.
    pub agreed: bool,
    /// Longest line.
    pub most: i64,
    /// From which sum on an item goes another way.
    pub hint: String,
    /// Entered on a later day than held: that many days.
    pub lag: Option<(i64, Date)>,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// One item as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// 报告.
    pub report: String,
    /// 讨论.
    pub discussion: String,
    /// 决议.
    pub resolution: String,
    /// 元, as it was typed; empty for none.
    pub amount: String,
}

impl Line {
    /// Nothing was typed in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.report.is_empty() && self.discussion.is_empty() && self.resolution.is_empty() && self.amount.is_empty()
    }
}

/// POST `/u/{code}/meetings/slot`: `kind`, `weekday`, `time`, `place`.
#[derive(Clone, Debug, Template)]
#[template(path = "meet/slot.html")]
pub struct Slot {
    /// Around.
    pub f: Frame,
    /// Hidden fields.
    pub keep: Keep,
    /// What stands now; empty before the first.
    pub now: String,
    /// Kinds that this reader calls.
    pub kinds: Vec<Choice>,
    /// Days of the week.
    pub weekdays: Vec<Choice>,
    /// `15:00`.
    pub time: String,
    /// Place.
    pub place: String,
    /// What was refused.
    pub refused: Option<Refused>,
}
