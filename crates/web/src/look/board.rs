//! 公开栏 Board `/u/{code}`: what is late, in hand, asked, posted; 东组通〔2015〕33号 二（四）.

use askama::Template;
use jiff::civil::Date;

use super::lists::MotionRow;
use super::meet::calendar::Box4;
use super::{Chip, Frame, Mark, Place, Qr, Seal, Tone, way};
use crate::words::{self, Channel, Standing};

/// The village's notice board.
#[derive(Clone, Debug, Template)]
#[template(path = "board.html")]
pub struct Board {
    /// Around; `place` is set.
    pub f: Frame,
    /// Since when the mechanism runs here.
    pub start: Start,
    /// The state of the record.
    pub record: Record,
    /// Counts of this year's suggestions.
    pub voice: VoiceCounts,
    /// Overdue, most overdue first; at most 5 here.
    pub late: Vec<LateRow>,
    /// All overdue.
    pub late_all: i64,
    /// In hand by due date; at most 5 here.
    pub doing: Vec<SuggestionRow>,
    /// All in hand.
    pub doing_all: i64,
    /// The newest suggestions that are not already in `late` or `doing`: answered ones; at most 5 here.
    pub voices: Vec<SuggestionRow>,
    /// The newest decisions; at most 5 here.
    pub decisions: Vec<MotionRow>,
    /// All decisions.
    pub decisions_all: i64,
    /// Notices up; at most 5 here.
    pub notices: Vec<NoticeRow>,
    /// All notices up now.
    pub notices_up: i64,
    /// The box's weeks of this year, by quarter; empty when there is no box.
    pub weeks: Vec<Quarter>,
    /// Numbers of this year's weeks that passed undone and unexplained.
    pub gaps: Vec<i8>,
    /// The weeks of the teams' sitting of this year, by quarter.
    pub teams: Vec<Quarter>,
    /// The four boxes of the quarterly joint sitting; empty before the mechanism runs.
    pub congress: Vec<Box4>,
    /// Where boxes hang and who opens them: “意见箱在社区门口和市场，每周一开。”
    pub box_note: String,
    /// Rules that the program applies here.
    pub rules: i64,
    /// Hotline number as dialled, `0769…`; `None` when the unit has none.
    pub phone: Option<String>,
    /// The board's address as a QR code.
    pub qr: Qr,
    /// `https://…/u/441900121014` for the command line.
    pub url: String,
    /// Size of the bundle in words: “4.1 MB”; empty when it cannot be downloaded yet.
    pub bundle: String,
}

impl Board {
    fn affairs(&self) -> &'static str {
        self.f.place.as_ref().map_or("村务", Place::affairs)
    }

    /// 农历十月十六
    fn lunar(&self) -> String {
        words::lunar(self.f.today)
    }

    /// How often the box was opened this year.
    fn opened(&self) -> usize {
        self.weeks.iter().map(|quarter| quarter.n(WeekState::Kept) + quarter.n(WeekState::Late)).sum()
    }

    /// 1、12、31
    fn gaps(&self) -> String {
        self.gaps.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
    }
}

/// Whether the mechanism runs here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// 尚未启用, with the day if it is known.
    NotYet(Option<Date>),
    /// Running since this day.
    Since(Date),
}

/// One sentence about the unit's record.
#[derive(Clone, Debug)]
pub struct Record {
    /// Lines in all.
    pub lines: i64,
    /// Of them not yet sealed.
    pub pending: i64,
    /// `9:12`; with the day unless it is today. Empty when never checked.
    pub checked: String,
    /// Witnesses whose signature is on the newest checkpoint.
    pub witnesses: i64,
    /// What the last check said.
    pub state: Seal,
    /// What is wrong, when something is: 第2张附件…
    pub trouble: String,
}

/// Counts of the year; closed is not solved.
#[derive(Clone, Copy, Debug, Default)]
pub struct VoiceCounts {
    /// Received this year.
    pub received: i64,
    /// Answered within five working days.
    pub on_time: i64,
    /// Answered within the extended date.
    pub extended: i64,
    /// Answered late.
    pub late: i64,
    /// Not yet due.
    pub open: i64,
    /// Due and unanswered: 逾期未答.
    pub overdue: i64,
    /// Withdrawn by the sender.
    pub withdrawn: i64,
    /// Of the answered ones, accepted by the sender.
    pub accepted: i64,
    /// Of the answered ones, disputed by the sender.
    pub disputed: i64,
}

impl VoiceCounts {
    /// 今年收到63条：按时答复57，……
    #[must_use]
    pub fn sentence(&self) -> String {
        if self.received == 0 {
            return "今年还没有收到意见。".into();
        }
        let parts: Vec<String> = [
            ("按时答复", self.on_time),
            ("延期内答复", self.extended),
            ("晚答复", self.late),
            ("未到期", self.open),
            ("逾期未答", self.overdue),
            ("本人撤回", self.withdrawn),
        ]
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(word, n)| format!("{word}{}", words::count(*n)))
        .collect();
        format!("今年收到{}条：{}。", words::count(self.received), parts.join("，"))
    }

    /// 答复不等于解决：本人认可20条，不认可2条，没表态41条。
    #[must_use]
    pub fn verdicts(&self) -> String {
        let answered = self.on_time + self.extended + self.late;
        if answered == 0 {
            return String::new();
        }
        let silent = answered - self.accepted - self.disputed;
        format!("答复了不等于办好了：{answered}条答复里，本人认可{}条，不认可{}条，没表态{silent}条。", self.accepted, self.disputed)
    }
}

/// A suggestion as one slip.
#[derive(Clone, Debug)]
pub struct SuggestionRow {
    /// Matter id.
    pub id: String,
    /// First words of the released text; `None` while it waits for a person to look at it.
    pub title: Option<String>,
    /// Masked name, 匿名, 不公开姓名.
    pub from: String,
    /// How it came.
    pub channel: Channel,
    /// The day it was received.
    pub received: Date,
    /// 居委会 · 黎国樑负责; `None` before it is routed.
    pub owner: Option<String>,
    /// Where it stands.
    pub standing: Standing,
    /// Its newest record.
    pub mark: Mark,
}

impl SuggestionRow {
    pub(super) fn title(&self) -> String {
        self.title.clone().unwrap_or_else(|| format!("{}收到的一条意见（内容审核后公开）", words::in_year(self.received)))
    }
}

/// A notice as one slip.
#[derive(Clone, Debug)]
pub struct NoticeRow {
    /// Matter id.
    pub id: String,
    /// Title.
    pub title: String,
    /// 财务公开 · 村务公开 · 决议: what kind.
    pub kind: String,
    /// Posted on.
    pub posted: Date,
    /// To be kept up until.
    pub until: Date,
    /// Days up so far, the first day counted.
    pub days_up: i64,
    /// Days it must stay up.
    pub days_due: i64,
    /// Paper is up too.
    pub paper: bool,
    /// How often corrected.
    pub corrected: i64,
    /// Its newest record.
    pub mark: Mark,
}

impl NoticeRow {
    pub(super) fn chip(&self) -> Chip {
        if self.days_up >= self.days_due {
            Chip::new(Tone::Done, format!("贴满{}天", self.days_due))
        } else {
            Chip::new(Tone::Doing, format!("公示第{}天", self.days_up))
        }
    }
}

/// Something overdue that can still be done.
#[derive(Clone, Debug)]
pub struct LateRow {
    /// Link to the matter.
    pub href: String,
    /// 群众意见：北栅路口下雨就积水
    pub title: String,
    /// 居委会 · 黎国樑负责答复
    pub who: String,
    /// The day it was due.
    pub due: Date,
    /// 逾期3个工作日
    pub chip: String,
    /// The line that recorded the lapse.
    pub mark: Mark,
}

/// A quarter of weeks.
#[derive(Clone, Debug)]
pub struct Quarter {
    /// 1 to 4.
    pub nth: u8,
    /// Its weeks in order.
    pub weeks: Vec<Week>,
}

/// One ISO week of the box.
#[derive(Clone, Copy, Debug)]
pub struct Week {
    /// Number of the ISO week.
    pub nth: u8,
    /// What happened.
    pub state: WeekState,
}

/// What happened in a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeekState {
    /// ✓ opened
    Kept,
    /// 补 entered late
    Late,
    /// 缺 not opened
    Missed,
    /// 假 a week without a working day
    Holiday,
    /// 今 this week, not yet opened
    Now,
    /// Not yet
    Future,
    /// Before the mechanism started
    Before,
}

impl Week {
    pub(super) fn class(&self) -> &'static str {
        match self.state {
            WeekState::Kept => "",
            WeekState::Late => "b",
            WeekState::Missed => "g",
            WeekState::Holiday => "h",
            WeekState::Now => "n",
            WeekState::Future => "f",
            WeekState::Before => "f z",
        }
    }

    pub(super) fn sign(&self) -> &'static str {
        match self.state {
            WeekState::Kept => "✓",
            WeekState::Late => "补",
            WeekState::Missed => "缺",
            WeekState::Holiday => "假",
            WeekState::Now => "今",
            WeekState::Future | WeekState::Before => "",
        }
    }
}

impl Quarter {
    /// 第三季度
    pub(super) fn name(&self) -> &'static str {
        ["第一季度", "第二季度", "第三季度", "第四季度"].get(usize::from(self.nth.saturating_sub(1))).copied().unwrap_or("")
    }

    /// Nothing to show: not yet started, or not yet come.
    pub(super) fn blank(&self) -> bool {
        self.weeks.iter().all(|week| matches!(week.state, WeekState::Before | WeekState::Future))
    }

    pub(super) fn n(&self, state: WeekState) -> usize {
        self.weeks.iter().filter(|week| week.state == state).count()
    }

    /// 开12次（1次补录），缺第26周
    pub(super) fn sentence(&self) -> String {
        let (kept, late) = (self.n(WeekState::Kept), self.n(WeekState::Late));
        if self.n(WeekState::Before) == self.weeks.len() {
            return "还没启用".into();
        }
        if self.n(WeekState::Future) == self.weeks.len() {
            return "还没到".into();
        }
        let mut said = format!("开了{}次", kept + late);
        if late > 0 {
            said += &format!("（{late}次补录）");
        }
        let missed: Vec<String> =
            self.weeks.iter().filter(|week| week.state == WeekState::Missed).map(|week| week.nth.to_string()).collect();
        if !missed.is_empty() {
            said += &format!("，缺第{}周", missed.join("、"));
        }
        if self.n(WeekState::Holiday) > 0 {
            said += &format!("，放假免开{}周", self.n(WeekState::Holiday));
        }
        if let Some(now) = self.weeks.iter().find(|week| week.state == WeekState::Now) {
            said += &format!("；本周是第{}周，还没开", now.nth);
        }
        said
    }
}
