//! 表决 A ballot, its page `/u/{code}/m/{id}`: give one's paper, enter hands or sheets, count, and count again; 东组通〔2015〕33号 二（二）.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;

use super::{Bar, Bench};
use crate::look::{Choice, Frame, Keep, Mark, Refused, way};
use crate::words;

/// How votes are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// 手机记名
    Named,
    /// 举手
    Hands,
    /// 记名票
    Paper,
    /// 无记名
    Secret,
}

impl Mode {
    /// 手机记名投票 · 举手表决 ….
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Named => "手机记名投票",
            Self::Hands => "举手表决",
            Self::Paper => "记名票，两人计票",
            Self::Secret => "手机无记名投票",
        }
    }
}

/// The paper of one reader: three choices and one button. POST `vote` on the ballot: `voter`, `choice` for · against · abstain.
#[derive(Clone, Debug, Template)]
#[template(path = "meet/paper.html")]
pub struct Paper {
    /// Hidden fields.
    pub keep: Keep,
    /// Where it goes.
    pub action: String,
    /// What is voted on.
    pub title: String,
    /// 审议 · 第2版
    pub stage: String,
    /// The text's page; may be empty.
    pub text: String,
    /// How.
    pub mode: Mode,
    /// Whose papers this reader may still give: oneself, and those whose written mandate one holds.
    pub voters: Vec<Choice>,
    /// Where they count: 居民代表会议、党员大会.
    pub seats: String,
    /// What was given already: 您投了赞成; for a secret ballot only that one did.
    pub given: Vec<String>,
    /// Why this reader cannot vote now: 您还没签到…; empty when he can.
    pub blocked: String,
}

impl HtmlSafe for Paper {}

/// The page of a ballot.
#[derive(Clone, Debug, Template)]
#[template(path = "meet/vote.html")]
pub struct Vote {
    /// Around; `title` is 表决：….
    pub f: Frame,
    /// Matter id of the ballot.
    pub id: String,
    /// The sitting's page and name.
    pub sitting: (String, String),
    /// The day.
    pub day: Date,
    /// The item: 第2项 东坊巷加装路灯; only its number when it is closed.
    pub item: String,
    /// 审议 · 第2版
    pub stage: String,
    /// The page of what is voted on; none for an item without one.
    pub motion: Option<String>,
    /// How votes are given.
    pub mode: Mode,
    /// The reader's own paper.
    pub paper: Option<Paper>,
    /// Papers given so far.
    pub given: u32,
    /// Persons who may give one.
    pub voters: u32,
    /// Benches while it is open.
    pub benches: Vec<Bench>,
    /// Tallies once it is counted.
    pub bars: Vec<Bar>,
    /// 合计，仅供参考: 赞成, 反对, 弃权, 废票.
    pub total: Option<(u32, u32, u32, u32)>,
    /// The papers in the order of the record, for whoever counts again.
    pub papers: Vec<Given>,
    /// What staff may enter.
    pub staff: Option<Staff>,
    /// Digest over the secret papers.
    pub root: String,
    /// Its newest record.
    pub mark: Mark,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// One paper, or papers of equal seats, as the record has them.
#[derive(Clone, Debug)]
pub struct Given {
    /// 党员大会、居民代表会议
    pub seats: String,
    /// 赞成 · 反对12、弃权3
    pub said: String,
    /// 本人 · 受委托 · 作废，本人来了
    pub note: String,
    /// Its record; none for a secret slip.
    pub mark: Option<Mark>,
}

/// What staff enters. POST `enter` (`voter`, `choice`), `hands` (`against`, `abstain`, `teller`), `sheet` (`teller`, `p…` per
/// person, file `scan`), `count`.
#[derive(Clone, Debug)]
pub struct Staff {
    /// Hidden fields.
    pub keep: Keep,
    /// Everybody whose paper belongs to the ballot and is not given.
    pub persons: Vec<Choice>,
    /// Who may count: everybody who is there.
    pub tellers: Vec<Choice>,
    /// Sheets entered: 梁玉燕的计票单，№1301.
    pub sheets: Vec<String>,
    /// Why it cannot be counted yet; empty when it can.
    pub blocked: String,
    /// What is still out: 还有7人没投.
    pub missing: String,
}

/// The receipt of a secret paper: shown once, to its voter only.
#[derive(Clone, Debug, Template)]
#[template(path = "meet/slip.html")]
pub struct Slip {
    /// Around.
    pub f: Frame,
    /// The ballot's page.
    pub back: String,
    /// What was voted on.
    pub title: String,
    /// Where it counts, and the number to look for in the list.
    pub slips: Vec<(String, String)>,
}

impl Vote {
    fn is_open(&self) -> bool {
        self.bars.is_empty()
    }

    fn now(&self) -> String {
        match (self.is_open(), self.mode) {
            (true, Mode::Named | Mode::Secret) => format!("正在投，{}人里投了{}人。没投完以前，看不到谁多谁少。", self.voters, self.given),
            (true, _) => format!("正在表决，在场有表决权的{}人。", self.voters),
            (false, _) => "投完了，结果由系统按票数出来，没有人动手填。".into(),
        }
    }
}
