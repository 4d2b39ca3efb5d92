//! 提意见 Submit: the form, the check, the receipt, my suggestions, look-up by code; 东组通〔2015〕33号 二（四）.

use askama::Template;
use jiff::civil::Date;

use super::board::SuggestionRow;
use super::{Choice, Derivation, Frame, Mark, Qr, Refused, Seal, parts, suggestion::May, way};
use crate::words;

/// The form. POST `/u/{code}/say`: `text`, `about` (body, may be empty), `name`, `show` (`mask` · `hide`), `contact`.
#[derive(Clone, Debug, Template)]
#[template(path = "say.html")]
pub struct Say {
    /// Around; title starts with 没发出： after a refusal.
    pub f: Frame,
    /// What was typed.
    pub text: String,
    /// Longest text, in characters.
    pub most: i64,
    /// Bodies it may concern; the first has an empty value: 不清楚，请工作人员分.
    pub about: Vec<Choice>,
    /// Typed name.
    pub name: String,
    /// The name stays hidden from the public.
    pub hide: bool,
    /// Typed phone number.
    pub contact: String,
    /// The reader is signed in: name and phone are known and not asked.
    pub known: bool,
    /// What was refused.
    pub refused: Option<Refused>,
    /// The text names these office-holders: ask whether it is a report of wrongdoing. Empty: do not ask.
    pub cadres: Vec<String>,
    /// Working days for the answer, from policy.
    pub days: i64,
    /// Hotline as dialled.
    pub phone: Option<String>,
}

/// The check before sending. POST `/u/{code}/say/send` with the same fields, hidden.
#[derive(Clone, Debug, Template)]
#[template(path = "say_check.html")]
pub struct SayCheck {
    /// Around.
    pub f: Frame,
    /// The text as typed.
    pub text: String,
    /// As the public will see it after release: masked by rule.
    pub shown: String,
    /// What the rule masks, in words; may be empty.
    pub masked: Vec<String>,
    /// Chosen body: value and words; words empty when not chosen.
    pub about: (String, String),
    /// Typed name.
    pub name: String,
    /// Hidden from the public.
    pub hide: bool,
    /// Name as the public will see it: 王*强, 匿名.
    pub from: String,
    /// Name as those who answer will see it; 匿名 when it is hidden.
    pub called: String,
    /// Typed phone number.
    pub contact: String,
    /// When the answer would be due if sent now.
    pub due: Derivation,
}

/// The receipt. Shown once after sending, and again to the sender.
#[derive(Clone, Debug, Template)]
#[template(path = "receipt.html")]
pub struct Receipt {
    /// Around.
    pub f: Frame,
    /// Receipt number: what to say on the phone.
    pub number: String,
    /// Matter id.
    pub id: String,
    /// Its record; `seal` is Pending, then Whole.
    pub mark: Mark,
    /// The day it was received.
    pub received: Date,
    /// When the answer is due.
    pub due: Derivation,
    /// Shown once, to senders who are not signed in: to look it up and to judge the answer.
    pub query_code: Option<String>,
    /// The matter's address.
    pub qr: Qr,
    /// Address of the matter in full, to copy.
    pub url: String,
}

/// What the signed-in resident sent.
#[derive(Clone, Debug, Template)]
#[template(path = "mine.html")]
pub struct Mine {
    /// Around.
    pub f: Frame,
    /// The reader's suggestions, newest first.
    pub rows: Vec<MineRow>,
    /// Suggest starting here when there is none: name and code of the reader's own village.
    pub home: Option<(String, String)>,
}

/// One of my suggestions.
#[derive(Clone, Debug)]
pub struct MineRow {
    /// Unit code.
    pub unit: String,
    /// Unit name.
    pub place: String,
    /// The slip.
    pub row: SuggestionRow,
    /// The newest answer's text; may be empty.
    pub answer: String,
    /// What I may do.
    pub may: May,
    /// Steps so far, for the forms.
    pub step: i64,
}

/// Look up by code. POST `/lookup`: `number`, `code`.
#[derive(Clone, Debug, Template)]
#[template(path = "lookup.html")]
pub struct Lookup {
    /// Around.
    pub f: Frame,
    /// Typed receipt number.
    pub number: String,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// A sender's act that needs a word of reason: 不认可, 再问一次. POST the act: `why`.
#[derive(Clone, Debug, Template)]
#[template(path = "say_act.html")]
pub struct SayAct {
    /// Around.
    pub f: Frame,
    /// Matter id.
    pub id: String,
    /// Title of the matter.
    pub title: String,
    /// Which act.
    pub act: SenderAct,
    /// The answer it is about.
    pub answer: String,
    /// What was typed.
    pub why: String,
    /// Longest text.
    pub most: i64,
    /// Steps so far.
    pub step: i64,
    /// Working days for a new answer, from policy.
    pub days: i64,
    /// What was refused.
    pub refused: Option<Refused>,
}

impl SayAct {
    fn hint(&self) -> String {
        match self.act {
            SenderAct::Dispute => "哪里没说清、没办好，写一两句。大家都看得到您不认可；您写的话先由工作人员看过再公开。".into(),
            SenderAct::Reopen => format!("只能再问一次。答复重新计时，{}个工作日。", self.days),
            SenderAct::Withdraw => "撤回以后不再办理。收到过、撤回过这两条记录会留着，内容不再显示。".into(),
        }
    }
}

/// Acts of the sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SenderAct {
    /// 不认可 → `dispute`
    Dispute,
    /// 再问一次 → `reopen`
    Reopen,
    /// 撤回 → `withdraw`
    Withdraw,
}

impl SenderAct {
    fn path(self) -> &'static str {
        match self {
            Self::Dispute => "dispute",
            Self::Reopen => "reopen",
            Self::Withdraw => "withdraw",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Dispute => "不认可这个答复",
            Self::Reopen => "再问一次",
            Self::Withdraw => "撤回这条意见",
        }
    }
}
