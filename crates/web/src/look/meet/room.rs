//! 会场 The room, page of one sitting `/u/{code}/m/{id}`: who is there, item by item report, discussion, decision; 东组通〔2015〕33号 二（二）.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;

use super::vote::Paper;
use super::{Bar, Bench};
use crate::look::{Chip, Choice, Frame, Keep, Lag, Mark, Qr, Refused, Tone, parts, way};
use crate::words;

/// Where a sitting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// 已通知，还没开
    Called,
    /// 正在开
    Open,
    /// 中断，改日再开
    Adjourned,
    /// 已开完
    Closed,
    /// 取消了
    Cancelled,
}

/// The room as this reader may see it.
#[derive(Clone, Debug, Template)]
#[template(path = "meet/room.html")]
pub struct Room {
    /// Around; `title` is 党群联席会议.
    pub f: Frame,
    /// Matter id.
    pub id: String,
    /// The day.
    pub day: Date,
    /// 15:00 or 15:00—15:40.
    pub time: String,
    /// Place.
    pub place: String,
    /// Where it stands.
    pub phase: Phase,
    /// One sentence more: why it was cancelled or broken off; may be empty.
    pub why: String,
    /// Called on, days before.
    pub called: Option<(Date, Mark)>,
    /// Entered on a later day.
    pub lag: Option<Lag>,
    /// The sitting that takes this one up again, or is taken up by it: link and words.
    pub again: Option<(String, String)>,
    /// The assemblies.
    pub benches: Vec<Bench>,
    /// Persons there who count nowhere (列席).
    pub listening: u32,
    /// Names of office-holders who were there; others are counted only.
    pub officers: Vec<String>,
    /// The agenda.
    pub items: Vec<Item>,
    /// The paper that this reader may give now.
    pub paper: Option<Paper>,
    /// Assemblies that this reader calls and has not called yet.
    pub notify: Vec<Notify>,
    /// What whoever runs it may do; none for all others.
    pub chair: Option<Chair>,
    /// The minutes.
    pub minutes: Minutes,
    /// Its newest record.
    pub mark: Mark,
    /// The page's address as a QR code.
    pub qr: Qr,
    /// What 转发 copies.
    pub forward: String,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// One item of the agenda.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its number from 0.
    pub n: u32,
    /// Title; none when it is closed to this reader.
    pub title: Option<String>,
    /// Why it is closed: 个人隐私; empty for an open one.
    pub ground: String,
    /// 审议 · 第2版; 日常事项.
    pub stage: String,
    /// The motion's page.
    pub motion: Option<String>,
    /// First digits of the digest of its papers; may be empty.
    pub papers: String,
    /// What was said and noted, in order.
    pub said: Vec<Said>,
    /// What the ballot came to, assembly by assembly.
    pub bars: Vec<Bar>,
    /// The ballot's page, when there is or was one.
    pub ballot: Option<String>,
    /// How it stands.
    pub state: ItemState,
    /// The form that comes next, for whoever runs the sitting.
    pub next: Option<Next>,
}

/// How an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemState {
    /// 还没报告
    Waiting,
    /// 已报告，还没讨论
    Reported,
    /// 已讨论，还没决定
    Discussed,
    /// 表决中
    Voting,
    /// 一致同意
    Agreed,
    /// 表决通过
    Passed,
    /// 表决没有通过
    Failed,
    /// 听取了意见: nobody there decides
    Heard,
    /// 会开完了，没有定
    Left,
    /// 不公开: this reader learns no more
    Shut,
}

/// Something noted of an item.
#[derive(Clone, Debug)]
pub struct Said {
    /// What it is.
    pub what: Saying,
    /// Its record; none when the quick path wrote it all in one line.
    pub mark: Option<Mark>,
}

/// Kinds of notes.
#[derive(Clone, Debug)]
pub enum Saying {
    /// 报告.
    Report {
        /// By whom; may be empty.
        by: String,
        /// What.
        text: String,
    },
    /// 讨论.
    Discussion {
        /// How many spoke; 0 when not noted.
        spoke: u32,
        /// Who, for officials only; may be empty.
        names: Vec<String>,
        /// What was said.
        text: String,
    },
    /// 一致同意.
    Agreed {
        /// What was resolved.
        text: String,
        /// How many agreed.
        present: u32,
    },
    /// 更正记录.
    Amended {
        /// What should be read instead.
        text: String,
        /// When.
        on: Date,
    },
}

/// What comes next on an item. POST `report` (`item`, `by`, `text`), `discuss` (`item`, `speakers`, `text`), `agree` (`item`,
/// `text`), `ballot` (`item`, `mode`).
#[derive(Clone, Debug, Template)]
#[template(path = "meet/next.html")]
pub struct Next {
    /// Hidden fields.
    pub keep: Keep,
    /// Unit code.
    pub unit: String,
    /// Sitting.
    pub sitting: String,
    /// The item.
    pub n: u32,
    /// Which form.
    pub step: Step,
    /// Another item comes first: the form stands folded.
    pub folded: bool,
    /// Typed text, after a refusal.
    pub text: String,
    /// Typed reporter or speakers.
    pub who: String,
    /// Longest text.
    pub most: i64,
    /// What was refused in this very form.
    pub refused: Option<Refused>,
}

impl HtmlSafe for Next {}

/// The forms of an item.
#[derive(Clone, Debug)]
pub enum Step {
    /// Report it.
    Report,
    /// Discuss it.
    Discuss,
    /// Decide it.
    Decide {
        /// 一致同意 without a ballot; the reason when that is not possible here.
        agree: Result<(), String>,
        /// Ways of voting, or why no ballot can be opened now.
        ballot: Result<Vec<Choice>, String>,
    },
    /// The ballot is open: its page.
    Running(String),
}

/// An assembly that this reader can call.
#[derive(Clone, Debug)]
pub struct Notify {
    /// Hidden fields.
    pub keep: Keep,
    /// Its stable word.
    pub word: String,
    /// 居民代表会议
    pub name: String,
    /// Why it can no longer be called in time; empty when it can.
    pub blocked: String,
}

/// What whoever runs the sitting may do. Each button that is blocked says why.
#[derive(Clone, Debug)]
pub struct Chair {
    /// Hidden fields of the forms.
    pub keep: Keep,
    /// 签到: link, when people may be ticked now.
    pub roll: bool,
    /// 宣布开会.
    pub open: Act,
    /// 补一项议题: allowed by the rule.
    pub add: bool,
    /// 取消.
    pub cancel: bool,
    /// 中断，改日再开.
    pub adjourn: bool,
    /// 散会.
    pub close: Act,
    /// 更正记录.
    pub amend: bool,
    /// 确认记录.
    pub confirm: Act,
}

impl Chair {
    /// Nothing is left to be done here.
    fn is_idle(&self) -> bool {
        let none = |act: &Act| matches!(act, Act::No);
        let tools = self.roll || self.add || self.cancel || self.adjourn || self.amend;
        !tools && none(&self.open) && none(&self.close) && none(&self.confirm)
    }
}

/// A button.
#[derive(Clone, Debug)]
pub enum Act {
    /// Not at this time.
    No,
    /// It can be pressed.
    Yes,
    /// It cannot, and why.
    Blocked(String),
}

impl Act {
    fn can(&self) -> bool {
        matches!(self, Self::Yes)
    }

    fn why(&self) -> &str {
        if let Self::Blocked(why) = self { why } else { "" }
    }
}

/// The minutes.
#[derive(Clone, Debug, Default)]
pub struct Minutes {
    /// To be confirmed by.
    pub due: Option<Date>,
    /// That day has passed.
    pub late: bool,
    /// Confirmed on.
    pub confirmed: Option<Date>,
    /// What was set right in the whole.
    pub amended: Vec<(String, Date)>,
}

impl Room {
    fn chip(&self) -> Chip {
        match self.phase {
            Phase::Called => Chip::new(Tone::Doing, "已通知，还没开"),
            Phase::Open => Chip::new(Tone::Doing, "正在开"),
            Phase::Adjourned => Chip::new(Tone::Off, "中断，改日再开"),
            Phase::Closed => Chip::new(Tone::Done, "开完了"),
            Phase::Cancelled => Chip::new(Tone::Off, "取消了"),
        }
    }

    /// 开完了 · 正在开: for the text that is passed on.
    #[must_use]
    pub fn chip_text(&self) -> String {
        self.chip().text
    }

    fn settled(&self) -> usize {
        self.items
            .iter()
            .filter(|item| matches!(item.state, ItemState::Agreed | ItemState::Passed | ItemState::Failed | ItemState::Heard))
            .count()
    }

    /// Where it stands, in a sentence.
    fn now(&self) -> String {
        let shut = self.items.iter().filter(|item| item.state == ItemState::Shut).count();
        let (all, done) = (self.items.len() - shut, self.settled());
        let shut = if shut > 0 { format!("另有{shut}项不公开。") } else { String::new() };
        match self.phase {
            Phase::Called => format!("{}{}开，议程有{all}项。{shut}", words::in_year(self.day), self.time),
            Phase::Open => match self.items.iter().find(|item| item.state == ItemState::Voting) {
                Some(item) => format!("正在开，{}正在表决。", words::room::nth(item.n)),
                None => format!("正在开，{all}项议程定了{done}项。{shut}"),
            },
            Phase::Adjourned => format!("没有开完：{}", self.why),
            Phase::Closed => format!("开完了，{all}项议程定了{done}项。{shut}"),
            Phase::Cancelled => format!("没有开，取消了：{}", self.why),
        }
    }

    fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Closed | Phase::Adjourned)
    }

    fn advising(&self) -> bool {
        self.benches.iter().any(|bench| !bench.advice.is_empty())
    }
}

impl Item {
    fn chip(&self) -> Chip {
        match self.state {
            ItemState::Waiting => Chip::new(Tone::Off, "还没报告"),
            ItemState::Reported => Chip::new(Tone::Doing, "报告了，等讨论"),
            ItemState::Discussed => Chip::new(Tone::Doing, "讨论了，等决定"),
            ItemState::Voting => Chip::new(Tone::Soon, "正在表决"),
            ItemState::Agreed => Chip::new(Tone::Done, "一致同意"),
            ItemState::Passed => Chip::new(Tone::Done, "表决通过"),
            ItemState::Failed => Chip::new(Tone::No, "没有通过"),
            ItemState::Heard => Chip::new(Tone::Done, "听取了意见"),
            ItemState::Left => Chip::new(Tone::Off, "这次没有定"),
            ItemState::Shut => Chip::new(Tone::Off, "不公开"),
        }
    }

    fn head(&self) -> String {
        self.title.clone().unwrap_or_else(|| format!("不公开的一项（{}）", self.ground))
    }
}

impl Next {
    fn action(&self) -> String {
        let act = match self.step {
            Step::Report => "report",
            Step::Discuss => "discuss",
            _ => "agree",
        };
        way::act(&self.unit, &self.sitting, act)
    }

    fn id(&self, field: &str) -> String {
        format!("{field}-{}", self.n)
    }
}
