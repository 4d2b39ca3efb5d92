//! 人数和票数 Quorum: whole numbers only, each assembly by its own rule and denominator; 村民委员会组织法 第30条、农村集体经济组织法 第27、28条.

use super::Assembly;
use crate::policy::{Lacking, Rule};
use crate::{Moment, Refusal};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// 赞成.
    For,
    /// 反对.
    Against,
    /// 弃权; it stays in the denominator and is never counted as in favour.
    Abstain,
}

/// What a share is taken of (分母).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// 全体（应到）.
    All,
    /// 到会（实到）.
    Present,
    /// 投票.
    Cast,
}

/// A share to be reached, as two whole numbers and the denominator they are taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// Upper number.
    pub part: u32,
    /// Lower number.
    pub whole: u32,
    /// 超过（过半数）: reaching it exactly is not enough. Otherwise 以上: reaching it is.
    pub over: bool,
    /// What it is taken of.
    pub of: Base,
}

impl Share {
    /// What a rule calls `{what}_over` or `{what}_least`, taken of what its `{what}_of` names.
    pub fn read(rule: &Rule, what: &str) -> Result<Self, Lacking> {
        let of = match rule.text(&format!("{what}_of"))? {
            "all" => Base::All,
            "present" => Base::Present,
            "cast" => Base::Cast,
            _ => return Err(Lacking { rule: rule.id.clone(), param: format!("{what}_of") }),
        };
        Self::read_of(rule, what, of)
    }

    /// As [`Share::read`], where the rule leaves no choice what it is taken of.
    pub fn read_of(rule: &Rule, what: &str, of: Base) -> Result<Self, Lacking> {
        match rule.share(&format!("{what}_over")) {
            Ok((part, whole)) => Ok(Self { part, whole, over: true, of }),
            Err(_) => rule.share(&format!("{what}_least")).map(|(part, whole)| Self { part, whole, over: false, of }),
        }
    }

    /// Whether `some` of `all` come up to it (民法典 第1259条: 以上 includes the number, 超过 does not).
    pub fn reached(self, some: u32, all: u32) -> bool {
        let (left, right) = (u64::from(some) * u64::from(self.whole), u64::from(all) * u64::from(self.part));
        if self.over { left > right } else { left >= right }
    }

    /// The smallest number that comes up to it.
    pub fn least(self, all: u32) -> u32 {
        let exact = u64::from(all) * u64::from(self.part);
        let whole = u64::from(self.whole);
        let least = if self.over { exact / whole + 1 } else { exact.div_ceil(whole) };
        u32::try_from(least).unwrap_or(u32::MAX)
    }
}

/// An assembly's seat in a ballot: by which numbers it opens and passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Bench {
    /// The assembly.
    pub assembly: Assembly,
    /// Whether its vote decides (有权表决); otherwise it advises (仅供参考).
    pub binding: bool,
    /// Version of its roll.
    pub version: u32,
    /// 应到: all on the roll of that day.
    pub due: u32,
    /// 实到: those of them who are there, in person or by proxy where the rule allows it.
    pub present: u32,
    /// The rule that gives the two shares; none where the assembly only advises.
    pub rule: Option<String>,
    /// What opens a ballot.
    pub quorum: Option<Share>,
    /// What passes it.
    pub majority: Option<Share>,
}

impl Bench {
    /// The bench of an assembly by the rules of this day.
    pub fn of(assembly: Assembly, binding: bool, version: u32, due: u32, present: u32, at: &Moment<'_>) -> Result<Self, Refusal> {
        let Some(id) = assembly.rule() else {
            return Ok(Self { assembly, binding: false, version, due, present, rule: None, quorum: None, majority: None });
        };
        let rule = at.rule(id)?;
        let broken = |_| Refusal::NoRule { rule: id };
        let quorum = Share::read(rule, "quorum").map_err(broken)?;
        let majority = Share::read(rule, "majority").map_err(broken)?;
        Ok(Self { assembly, binding, version, due, present, rule: Some(id.to_owned()), quorum: Some(quorum), majority: Some(majority) })
    }

    /// The same bench with the majority that another rule asks for.
    pub fn stricter(self, rule: &Rule) -> Result<Self, Lacking> {
        let majority = Share::read(rule, "majority")?;
        Ok(Self { rule: Some(rule.id.clone()), majority: Some(majority), ..self })
    }

    /// Whether enough are there. Nobody is never enough.
    pub fn is_quorate(&self) -> bool {
        self.present > 0 && self.quorum.is_none_or(|quorum| quorum.reached(self.present, self.due))
    }

    /// How many must be there.
    pub fn needed(&self) -> u32 {
        self.quorum.map_or(1, |quorum| quorum.least(self.due))
    }
}

/// What one assembly's papers add up to. Computed from the papers, never typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// The bench it was counted on.
    pub bench: Bench,
    /// 赞成.
    pub in_favour: u32,
    /// 反对.
    pub against: u32,
    /// 弃权.
    pub abstained: u32,
    /// 废票, which stay in the denominator.
    pub spoilt: u32,
    /// Whether it passed here; an assembly that only advises passes nothing, it shows more for than against.
    pub passed: bool,
}

impl Tally {
    /// Takes over numbers that were counted elsewhere.
    pub fn counted(bench: Bench, in_favour: u32, against: u32, abstained: u32, spoilt: u32) -> Self {
        let mut tally = Self { bench, in_favour, against, abstained, spoilt, passed: false };
        tally.passed = tally.passes();
        tally
    }

    /// Counts papers on a bench.
    pub fn of(bench: Bench, papers: impl IntoIterator<Item = Option<Choice>>) -> Self {
        let mut tally = Self { bench, in_favour: 0, against: 0, abstained: 0, spoilt: 0, passed: false };
        for paper in papers {
            *match paper {
                Some(Choice::For) => &mut tally.in_favour,
                Some(Choice::Against) => &mut tally.against,
                Some(Choice::Abstain) => &mut tally.abstained,
                None => &mut tally.spoilt,
            } += 1;
        }
        tally.passed = tally.passes();
        tally
    }

    /// 投票: papers handed in, spoilt ones too.
    pub fn cast(&self) -> u32 {
        self.in_favour + self.against + self.abstained + self.spoilt
    }

    /// What its majority is taken of.
    pub fn base(&self) -> u32 {
        match self.bench.majority.map(|majority| majority.of) {
            Some(Base::All) => self.bench.due,
            Some(Base::Present) => self.bench.present,
            Some(Base::Cast) | None => self.cast(),
        }
    }

    fn passes(&self) -> bool {
        match self.bench.majority {
            Some(majority) => self.bench.is_quorate() && majority.reached(self.in_favour, self.base()),
            None => self.in_favour > self.against,
        }
    }
}

/// What a ballot decided in one assembly, as other matters take it over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// The assembly.
    pub assembly: Assembly,
    /// Whether its vote decides.
    pub binding: bool,
    /// 赞成.
    pub in_favour: u32,
    /// 反对.
    pub against: u32,
    /// 弃权.
    pub abstained: u32,
    /// What the majority was taken of.
    pub base: u32,
    /// Whether it passed here.
    pub passed: bool,
}

impl From<&Tally> for Outcome {
    fn from(tally: &Tally) -> Self {
        Self {
            assembly: tally.bench.assembly,
            binding: tally.bench.binding,
            in_favour: tally.in_favour,
            against: tally.against,
            abstained: tally.abstained,
            base: tally.base(),
            passed: tally.passed,
        }
    }
}
