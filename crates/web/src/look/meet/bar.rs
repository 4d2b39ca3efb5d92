//! 一个表决体 One assembly: who of it is there, and what its papers came to; whole numbers, each by its own rule.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::look::{Chip, Tone};
use crate::words;

/// What a share is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// 全体
    All,
    /// 到会
    Present,
    /// 投票
    Cast,
}

/// A number that must be reached, and how it comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Upper number of the share.
    pub part: u32,
    /// Lower number.
    pub whole: u32,
    /// 过（半数）: reaching it exactly is not enough.
    pub over: bool,
    /// What it is taken of.
    pub of: Of,
    /// How many that is.
    pub base: u32,
    /// The smallest number that comes up to it.
    pub least: u32,
}

impl Need {
    /// 全体45人的三分之二以上，就是30人
    #[must_use]
    pub fn sentence(&self, unit: &str) -> String {
        let of = match self.of {
            Of::All => "全体",
            Of::Present => "到会",
            Of::Cast => "投票的",
        };
        let share = words::room::share(self.part, self.whole, self.over);
        format!("{of}{}人{}{share}，就是{}{unit}", self.base, if share.starts_with(['过', '超']) { "" } else { "的" }, self.least)
    }
}

/// An assembly in the room.
#[derive(Clone, Debug, Template)]
#[template(path = "meet/bench.html")]
pub struct Bench {
    /// 居民代表会议
    pub name: String,
    /// 应到.
    pub due: u32,
    /// 实到.
    pub present: u32,
    /// What opens a ballot; none for who only advises.
    pub quorum: Option<Need>,
    /// Women among them, where the law asks for their share.
    pub women: Option<u32>,
    /// Why its votes only advise; empty when they decide.
    pub advice: String,
    /// Nobody has come yet: numbers are not news before the day.
    pub before: bool,
}

impl HtmlSafe for Bench {}

impl Bench {
    /// How many are missing for a quorum.
    #[must_use]
    pub fn missing(&self) -> u32 {
        self.quorum.map_or(0, |need| need.least.saturating_sub(self.present))
    }

    fn chip(&self) -> Chip {
        match (self.before, self.missing()) {
            _ if !self.advice.is_empty() => Chip::new(Tone::Off, "仅供参考"),
            (true, _) => Chip::new(Tone::Off, "还没开始"),
            (_, 0) if self.present > 0 => Chip::new(Tone::Done, "人数够"),
            (_, 0) => Chip::new(Tone::Doing, "还没有人到"),
            (_, missing) => Chip::new(Tone::Doing, format!("差{missing}人")),
        }
    }
}

/// How a ballot stands in one assembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 表决中
    Open,
    /// 通过
    Passed,
    /// 没有通过
    Failed,
}

/// A tally of one assembly: the whole bar is 应到, the line is the number needed.
#[derive(Clone, Debug, Template)]
#[template(path = "meet/bar.html")]
pub struct Bar {
    /// 居民代表会议
    pub name: String,
    /// 应到.
    pub due: u32,
    /// 实到.
    pub present: u32,
    /// 赞成.
    pub yes: u32,
    /// 反对.
    pub no: u32,
    /// 弃权.
    pub abstained: u32,
    /// 废票.
    pub spoilt: u32,
    /// What passes it.
    pub majority: Option<Need>,
    /// How it stands.
    pub verdict: Verdict,
    /// Why it only advises; empty when it decides.
    pub advice: String,
}

impl HtmlSafe for Bar {}

impl Bar {
    fn absent(&self) -> u32 {
        self.due.saturating_sub(self.present)
    }

    /// There, and gave no paper.
    fn silent(&self) -> u32 {
        self.present.saturating_sub(self.yes + self.no + self.abstained + self.spoilt)
    }

    /// Whether its votes count.
    #[must_use]
    pub fn decides(&self) -> bool {
        self.advice.is_empty()
    }

    fn chip(&self) -> Chip {
        match (self.decides(), self.verdict) {
            (_, Verdict::Open) => Chip::new(Tone::Doing, "表决中"),
            (false, _) => Chip::new(Tone::Off, "仅供参考，不计入"),
            (true, Verdict::Passed) => Chip::new(Tone::Done, "通过"),
            (true, Verdict::Failed) => Chip::new(Tone::No, "没有通过"),
        }
    }

    fn label(&self) -> String {
        let mut said = format!("应到{}人，实到{}人，赞成{}，反对{}，弃权{}", self.due, self.present, self.yes, self.no, self.abstained);
        if self.spoilt > 0 {
            said += &format!("，废票{}", self.spoilt);
        }
        if self.silent() > 0 {
            said += &format!("，没投{}", self.silent());
        }
        if let Some(need) = self.majority.filter(|_| self.decides()) {
            said += &format!("，要{}票才通过", need.least);
        }
        said
    }

    /// 到会38人过半数，就是20票以上，得31票。
    fn sentence(&self) -> String {
        match (self.decides(), &self.majority) {
            (true, Some(need)) => format!("{}以上。得{}票。", need.sentence("票"), self.yes),
            (true, None) => String::new(),
            (false, _) => format!("{}。", self.advice),
        }
    }

    /// 居民代表会议：应到45人，实到38人，赞成31，反对4，弃权3，要20票才通过。通过。
    pub(super) fn said(&self) -> String {
        format!("{}：{}。{}。", self.name, self.label(), self.chip().text)
    }

    /// The line of the votes needed, as far as it lies on the bar.
    fn line(&self) -> Option<u32> {
        self.majority.map(|need| need.least).filter(|least| self.decides() && *least <= self.due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(part: u32, whole: u32, over: bool, of: Of, base: u32, least: u32) -> Need {
        Need { part, whole, over, of, base, least }
    }

    #[test]
    fn a_number_stands_with_its_share() {
        assert_eq!(need(2, 3, false, Of::All, 45, 30).sentence("人"), "全体45人的三分之二以上，就是30人");
        assert_eq!(need(1, 2, true, Of::Present, 38, 20).sentence("票"), "到会38人过半数，就是20票");
    }

    #[test]
    fn what_is_missing_is_said() {
        let quorum = Some(need(2, 3, false, Of::All, 45, 30));
        let bench =
            |present| Bench {
                name: "居民代表会议".into(), due: 45, present, quorum, women: None, advice: String::new(), before: false
            };
        assert_eq!((bench(28).chip().text, bench(30).chip().text), ("差2人".to_owned(), "人数够".to_owned()));
    }
}
