//! 群众意见 Suggestion, its page `/u/{code}/m/{id}`: one matter, one chain; 东组通〔2015〕33号 二（四）.

use askama::Template;
use jiff::civil::Date;

use super::{Chip, Derivation, Frame, Lag, Mark, Qr, Text, Tone, parts, way};
use crate::words::{self, AnswerKind, Channel, Standing};

/// The page of one suggestion.
#[derive(Clone, Debug, Template)]
#[template(path = "suggestion.html")]
pub struct Matter {
    /// Around; `title` is the matter's title.
    pub f: Frame,
    /// Matter id.
    pub id: String,
    /// First words of the text, or `None` while it is not released.
    pub title: Option<String>,
    /// Where it stands.
    pub standing: Standing,
    /// Who answers: 居委会 黎国樑; `None` before it is routed.
    pub owner: Option<String>,
    /// Its steps in order of happening.
    pub steps: Vec<Step>,
    /// What came of it (您说了，我们办了): what was put forward because of it, where that stands, its page.
    pub came: Vec<(String, String, String)>,
    /// At a glance.
    pub glance: Glance,
    /// What this reader may do.
    pub may: May,
    /// The page's address as a QR code.
    pub qr: Qr,
    /// What 转发 copies: at most 200 characters with the link (see [`words::forward`]).
    pub forward: String,
    /// Hotline as dialled.
    pub phone: Option<String>,
}

/// What this reader may do; each shows one button.
#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    /// The sender: 认可 / 不认可 (POST `confirm`, `dispute` with field `why`).
    pub judge: bool,
    /// The sender: 再问一次 (POST `reopen`, field `why`).
    pub reopen: bool,
    /// The sender: 撤回 (POST `withdraw`).
    pub withdraw: bool,
    /// An office-holder: link to the desk form 答复.
    pub answer: bool,
    /// Staff: link to the release form.
    pub release: bool,
    /// Staff or head: link to 分派.
    pub route: bool,
}

impl May {
    fn sender(&self) -> bool {
        self.judge || self.reopen || self.withdraw
    }

    fn staff(&self) -> bool {
        self.answer || self.release || self.route
    }
}

/// The figures beside the chain.
#[derive(Clone, Debug)]
pub struct Glance {
    /// Received on.
    pub received: Date,
    /// Due on (the date in force).
    pub due: Date,
    /// Answered on.
    pub answered: Option<Date>,
    /// Lines in the record.
    pub lines: i64,
    /// Lines entered late.
    pub lagging: i64,
    /// The check of the whole chain, in words: 完整.
    pub check: String,
    /// 今天9:12，3个见证方
    pub checked: String,
}

/// One step of the chain.
#[derive(Clone, Debug)]
pub struct Step {
    /// The day.
    pub on: Date,
    /// `9:12`; empty when only the day is public.
    pub time: String,
    /// Who did it: 居委会副主任 黎国樑; empty for the sender and for the system.
    pub who: String,
    /// Its record.
    pub mark: Mark,
    /// Entered late.
    pub lag: Option<Lag>,
    /// What happened.
    pub what: Happened,
}

/// What happened to a suggestion.
#[derive(Clone, Debug)]
pub enum Happened {
    /// 收到: its words and when the answer is due.
    Received {
        /// Way in.
        channel: Channel,
        /// 第0213号纸条
        slip: String,
        /// Who took it down, when not the sender.
        taker: String,
        /// Masked name, 匿名.
        from: String,
        /// Which body it concerns; may be empty.
        about: String,
        /// Its words as far as they may be seen.
        text: Text,
        /// When the answer is due.
        due: Derivation,
    },
    /// 公布原文: a person looked at the text; what was masked is said here.
    Released {
        /// What was masked, in words; empty when nothing.
        masked: Vec<String>,
    },
    /// 分派
    Routed {
        /// 居委会
        body: String,
        /// 黎国樑
        owner: String,
        /// Why there; may be empty.
        why: String,
    },
    /// 延期: one time, with an interim reply.
    Extended {
        /// The old date.
        old: Date,
        /// Why.
        why: String,
        /// 先答复一句
        interim: String,
        /// The new date, day by day.
        due: Derivation,
    },
    /// 到期没有答复: the system's own line.
    Lapsed {
        /// The date that passed.
        due: Date,
        /// Who should have answered.
        owner: String,
    },
    /// 到期没有分派、没有处理原文: the system's own line.
    Missed {
        /// The date that passed.
        due: Date,
        /// 分派 · 处理原文: what was not done.
        what: &'static str,
    },
    /// 答复
    Answered {
        /// Kind.
        kind: AnswerKind,
        /// Text.
        text: String,
        /// What was picked from lists, as a sentence: 理由：不在职权范围。 May be empty.
        reason: String,
        /// To be done by (采纳), or where it went (转办); may be empty.
        plan: String,
        /// On which working day.
        nth: i64,
        /// Working days late.
        late: i64,
        /// Answered within an extension.
        extended: bool,
        /// Prepared by (经办) when not the same person.
        prepared: String,
    },
    /// 更正答复: both versions stay.
    Corrected {
        /// Old text.
        old: String,
        /// New text.
        new: String,
        /// Why.
        why: String,
    },
    /// 本人认可
    Accepted,
    /// 本人不认可, why.
    Disputed {
        /// The sender's reason as far as it may be seen.
        why: Text,
    },
    /// 再问一次: answered anew by a new date.
    Reopened {
        /// The sender's reason.
        why: Text,
        /// Who answers now.
        owner: String,
        /// The new date, day by day.
        due: Derivation,
    },
    /// 本人撤回
    Withdrawn,
    /// 遮盖: after release, parts were masked.
    Masked {
        /// 电话、门牌
        what: Vec<String>,
        /// On what basis.
        basis: String,
    },
    /// 依法删除
    Erased {
        /// On what basis.
        basis: String,
    },
}

impl Step {
    /// Heading of the step.
    #[must_use]
    pub fn head(&self) -> &'static str {
        match &self.what {
            Happened::Received { .. } => "收到意见",
            Happened::Released { .. } => "公布原文",
            Happened::Routed { .. } => "分派",
            Happened::Extended { .. } => "延期一次",
            Happened::Lapsed { .. } => "到期没有答复",
            Happened::Missed { .. } => "到期没有办",
            Happened::Answered { .. } => "答复",
            Happened::Corrected { .. } => "更正答复",
            Happened::Accepted => "本人认可",
            Happened::Disputed { .. } => "本人不认可",
            Happened::Reopened { .. } => "再问一次",
            Happened::Withdrawn => "本人撤回",
            Happened::Masked { .. } => "遮盖个人信息",
            Happened::Erased { .. } => "依法删除",
        }
    }

    fn class(&self) -> &'static str {
        match self.what {
            Happened::Lapsed { .. } | Happened::Missed { .. } => " gap",
            _ => "",
        }
    }

    fn answer_chip(nth: &i64, late: &i64, extended: &bool) -> Chip {
        match (*late, *extended) {
            (0, false) if *nth == 0 => Chip::new(Tone::Done, "按时答复，当天"),
            (0, false) => Chip::new(Tone::Done, format!("按时答复，第{nth}个工作日")),
            (0, true) => Chip::new(Tone::Done, "延期内答复"),
            (late, _) => Chip::new(Tone::Done, format!("已答复，晚{late}个工作日")),
        }
    }
}

impl Matter {
    /// The hidden fields of 认可: the last step that was seen, from 0.
    fn confirm(&self) -> super::Keep {
        self.f.keep_at("confirm", &(self.steps.len() as i64 - 1))
    }

    /// The open step at the end: who answers by when.
    fn open(&self) -> bool {
        matches!(self.standing, Standing::Waiting { .. } | Standing::Late { .. })
    }

    /// 现在到哪一步, in one sentence.
    fn now(&self) -> String {
        let owner = self.owner.clone().unwrap_or_else(|| "还没分派给谁".into());
        match &self.standing {
            Standing::Waiting { .. } | Standing::Late { .. } if self.owner.is_none() => {
                format!("等分派。{}。", self.standing.sentence())
            }
            Standing::Waiting { .. } | Standing::Late { .. } => format!("等答复。{owner}负责，{}。", self.standing.sentence()),
            Standing::Answered { .. } => format!("{}。", self.standing.sentence()),
            Standing::Withdrawn => "本人撤回了，不再办理；已有的记录保留。".into(),
        }
    }
}
