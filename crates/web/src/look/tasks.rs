//! 办事表单 Tasks: the forms of the desk, each usable open on the desk or as its own page; 东组通〔2015〕33号 二（四）.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;

use super::{Chip, Choice, Derivation, Frame, Keep, Mark, Refused, Text, parts, way};
use crate::words::{self, AnswerKind, Channel, When};

/// The matter a form is about: printed above it.
#[derive(Clone, Debug)]
pub struct About {
    /// Hidden fields, with `step`.
    pub keep: Keep,
    /// Unit code.
    pub unit: String,
    /// Unit name; shown only when the reader serves several.
    pub place: String,
    /// Matter id.
    pub id: String,
    /// 答复刘*珍：北栅路口下雨就积水
    pub title: String,
    /// Its words (officials see them whole).
    pub text: Text,
    /// Name as the public sees it.
    pub from: String,
    /// How it came.
    pub channel: Channel,
    /// Received on.
    pub received: Date,
    /// Days left or gone.
    pub chip: Chip,
    /// Due on.
    pub due: Option<Date>,
    /// Its newest record.
    pub mark: Mark,
    /// Today.
    pub today: Date,
    /// What was refused.
    pub refused: Option<Refused>,
}

impl About {
    fn day(&self, date: &Date) -> When {
        When::near(*date, self.today)
    }

    fn act(&self, act: &str) -> String {
        way::act(&self.unit, &self.id, act)
    }
}

/// One of the forms.
#[derive(Clone, Debug)]
pub enum Task {
    /// 答复, or 拟答复 for staff.
    Answer(AnswerTask),
    /// Confirm what staff prepared, in one tap.
    Confirm(ConfirmTask),
    /// 延期.
    Extend(ExtendTask),
    /// 分派.
    Route(RouteTask),
    /// 公布原文.
    Release(ReleaseTask),
    /// 贴纸质公告.
    Paper(PaperTask),
    /// 开意见箱.
    Box(BoxTask),
    /// 说明为什么没开.
    Explain(ExplainTask),
    /// One act on a motion, a resolution or a task.
    Deed(super::deed::Deed),
}

impl std::fmt::Display for Task {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Answer(task) => task.fmt(out),
            Self::Confirm(task) => task.fmt(out),
            Self::Extend(task) => task.fmt(out),
            Self::Route(task) => task.fmt(out),
            Self::Release(task) => task.fmt(out),
            Self::Paper(task) => task.fmt(out),
            Self::Box(task) => task.fmt(out),
            Self::Explain(task) => task.fmt(out),
            Self::Deed(task) => task.fmt(out),
        }
    }
}

impl HtmlSafe for Task {}

/// A form on its own page.
#[derive(Clone, Debug, Template)]
#[template(path = "task.html")]
pub struct TaskPage {
    /// Around.
    pub f: Frame,
    /// The form.
    pub task: Task,
}

/// POST `answer` (head) or `prepare` (staff): `kind` adopt · decline · explain · transfer, `text`, `reason` (code, for
/// decline and transfer), `who` and `when` (for adopt), `to` (for transfer).
#[derive(Clone, Debug, Template)]
#[template(path = "task/answer.html")]
pub struct AnswerTask {
    /// The matter.
    pub a: About,
    /// Staff prepares (经办); the head confirms later.
    pub preparing: bool,
    /// Chosen kind.
    pub kind: Option<AnswerKind>,
    /// Typed text.
    pub text: String,
    /// Longest text.
    pub most: i64,
    /// Reason codes with words, for 不采纳 and 转办.
    pub reasons: Vec<Choice>,
    /// Who does it.
    pub who: String,
    /// By when: `2026-12-04` or empty.
    pub when: String,
    /// Where it may go.
    pub to: Vec<Choice>,
    /// A name in the text that the mask replaces: 刘*珍.
    pub mask_hint: String,
    /// May be put off once.
    pub may_extend: bool,
    /// May be handed on: link to 分派.
    pub may_route: bool,
    /// What the public would read, paragraph by paragraph; empty unless `preview` was asked for.
    pub preview: Vec<String>,
}

impl AnswerTask {
    fn path(&self) -> String {
        self.a.act(if self.preparing { "prepare" } else { "answer" })
    }

    fn is(&self, kind: &AnswerKind) -> bool {
        self.kind == Some(*kind)
    }

    /// Who and when are open: typed, asked for, or 采纳 chosen.
    fn planned(&self) -> bool {
        let asked = self.a.refused.as_ref().is_some_and(|no| matches!(no.field.as_deref(), Some("who" | "when")));
        asked || self.kind == Some(AnswerKind::Adopt) || !self.who.is_empty() || !self.when.is_empty()
    }

    /// Reasons are open: 不采纳 or 转办 chosen, or one picked.
    fn reasoned(&self) -> bool {
        matches!(self.kind, Some(AnswerKind::Decline | AnswerKind::Transfer)) || self.reasons.iter().any(|reason| reason.picked)
    }
}

/// POST `confirm-answer`: `prepared` (digest of the prepared act, so that it cannot change underneath); `go` = back sends it back.
#[derive(Clone, Debug, Template)]
#[template(path = "task/confirm.html")]
pub struct ConfirmTask {
    /// The matter.
    pub a: About,
    /// Kind.
    pub kind: AnswerKind,
    /// Prepared text.
    pub text: String,
    /// Reason in words; may be empty.
    pub reason: String,
    /// Prepared by.
    pub by: String,
    /// Digest of what was prepared.
    pub prepared: String,
}

/// POST `extend`: `why`, `interim`.
#[derive(Clone, Debug, Template)]
#[template(path = "task/extend.html")]
pub struct ExtendTask {
    /// The matter.
    pub a: About,
    /// Typed reason.
    pub why: String,
    /// Typed interim reply.
    pub interim: String,
    /// The new date, day by day.
    pub due: Derivation,
}

/// POST `route`: `to` (one choice is a body with its responsible person).
#[derive(Clone, Debug, Template)]
#[template(path = "task/route.html")]
pub struct RouteTask {
    /// The matter.
    pub a: About,
    /// 居委会 · 黎国樑, by post.
    pub to: Vec<Choice>,
}

/// POST `release`: `how` whole · mask · withhold, `shown` (the text to publish), `why` (for withhold).
#[derive(Clone, Debug, Template)]
#[template(path = "task/release.html")]
pub struct ReleaseTask {
    /// The matter; `text` is the whole original.
    pub a: About,
    /// The text with what the rule masks.
    pub shown: String,
    /// What was masked or found, in words.
    pub found: Vec<String>,
    /// Chosen: whole · mask · withhold.
    pub how: String,
    /// Grounds for not publishing: code and words.
    pub grounds: Vec<Choice>,
}

/// POST `paper` on a notice: `place` or `elsewhere`, `day`.
#[derive(Clone, Debug, Template)]
#[template(path = "task/paper.html")]
pub struct PaperTask {
    /// The notice; `text` is not shown.
    pub a: About,
    /// Boards where nothing hangs yet.
    pub places: Vec<Choice>,
    /// Typed: another place.
    pub elsewhere: String,
    /// `2026-11-24`
    pub day: String,
    /// Link to its A4.
    pub print: String,
}

/// POST `/u/{code}/box`: `day`, `slips`, `second` (the other person).
#[derive(Clone, Debug, Template)]
#[template(path = "task/open_box.html")]
pub struct BoxTask {
    /// The cadence matter: title 开意见箱（第48周）; `text` is not shown.
    pub a: About,
    /// `2026-11-24`
    pub day: String,
    /// Typed number of slips.
    pub slips: String,
    /// Next free slip number: 第0214号起.
    pub first: String,
    /// Who may be the second person.
    pub second: Vec<Choice>,
}

/// POST `explain` on a period that passed: `reason`.
#[derive(Clone, Debug, Template)]
#[template(path = "task/explain.html")]
pub struct ExplainTask {
    /// The period: 第47周没有开意见箱; `text` is not shown.
    pub a: About,
    /// Typed reason.
    pub reason: String,
    /// Link to the form for an opening of that week that was not entered.
    pub late: String,
}

/// 登记 by staff. POST `/u/{code}/register`: `channel`, `day`, `slip`, `name`, `show`, `contact`, `about`, `text`, `again`, and
/// `about_work` (yes · no) once the text names cadres.
#[derive(Clone, Debug, Template)]
#[template(path = "register.html")]
pub struct Register {
    /// Around.
    pub f: Frame,
    /// Chosen way in.
    pub channel: Channel,
    /// The day it was received: `2026-11-24`.
    pub day: String,
    /// Slip number.
    pub slip: String,
    /// Typed name.
    pub name: String,
    /// Hidden from the public.
    pub hide: bool,
    /// Typed phone number.
    pub contact: String,
    /// Bodies it may concern.
    pub about: Vec<Choice>,
    /// Typed text.
    pub text: String,
    /// Longest text.
    pub most: i64,
    /// Entered late: days, and the due date that follows from the day received.
    pub lag: Option<(i64, Date)>,
    /// Typed reason for entering it late.
    pub late_reason: String,
    /// Working days within which no reason is asked.
    pub free: u32,
    /// What was refused.
    pub refused: Option<Refused>,
    /// The text names these office-holders: ask whether it is a report of wrongdoing. Empty: do not ask.
    pub cadres: Vec<String>,
    /// It was said to be one: it is not taken here.
    pub wrongdoing: bool,
    /// Slips of the last opening still to be entered: 还有3张没登记; may be empty.
    pub left: String,
}

impl Register {
    fn channels() -> [Channel; 4] {
        [Channel::Box, Channel::Hotline, Channel::Visit, Channel::Station]
    }

    fn is(&self, channel: &Channel) -> bool {
        self.channel == *channel
    }
}
