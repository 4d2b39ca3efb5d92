//! 议题分类 Class: 日常 or 重大, by which rule and number, and who is competent; 东组通〔2015〕33号 二（二）, 村民委员会组织法 第28条.

use super::act::Figures;
use crate::lead::body::BodyKind;
use crate::meet::{Assembly, Bench};
use crate::policy::{Rule, Topic, Weight};
use crate::{Moment, Refusal};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// 分 in one 元.
const FEN: i64 = 100;

/// Why a motion is 重大 or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Reason {
    /// The clause lists it.
    Listed,
    /// It costs as much as this, in 元, or more.
    Amount {
        /// The threshold.
        from: u32,
    },
    /// It binds for more years than this.
    Years {
        /// The threshold.
        over: u32,
    },
    /// It concerns as many households as this or more.
    Households {
        /// The threshold.
        from: u32,
    },
    /// It stays below every threshold.
    Below,
    /// Daily work.
    Routine,
    /// The supervision committee found so.
    Judged,
    /// It changes what was decided as 重大, and is no smaller matter than that.
    Changes,
}

/// What fixes the class whatever the figures say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fixed {
    /// The supervision committee found it 重大, or not.
    Judged(bool),
    /// It changes what was decided as 重大.
    Changes,
}

/// How the rules of one day class a motion: the basis of everything that happens to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Class {
    /// 重大, or 日常.
    pub major: bool,
    /// The rule that lists this kind of matter.
    pub rule: String,
    /// Its number in the clause.
    pub mark: String,
    /// Why.
    pub reason: Reason,
    /// Who decides: each of these must pass it.
    pub competent: Vec<Assembly>,
    /// The assembly that alone may decide, never a joint sitting.
    pub reserved: Option<Assembly>,
    /// Whether the party organisation discusses it first.
    pub party_first: bool,
    /// Days that the draft is posted.
    pub draft_days: u32,
    /// The rule that asks for more than the usual majority.
    pub majority: Option<String>,
    /// Which kinds of body may carry it out.
    pub carried_out_by: Vec<BodyKind>,
}

impl Class {
    /// The class of a matter of this kind and size on a day.
    pub fn on(kind: &str, figures: &Figures, fixed: Option<Fixed>, day: Date, at: &Moment<'_>) -> Result<Self, Refusal> {
        let (rule, topic) = at.policy.topic(kind, at.profile, day).ok_or(Refusal::NoSuchTopic)?;
        let (major, reason) = match (topic.weight, fixed) {
            (Weight::Major, _) => (true, Reason::Listed),
            (_, Some(Fixed::Changes)) => (true, Reason::Changes),
            (_, Some(Fixed::Judged(major))) => (major, Reason::Judged),
            (Weight::Daily, None) => (false, Reason::Routine),
            (Weight::Threshold, None) => reached(rule, topic, figures)?.map_or((false, Reason::Below), |reason| (true, reason)),
        };
        let posting = at.policy.rule("meet.draft.post", at.profile, day).ok_or(Refusal::NoRule { rule: "meet.draft.post" })?;
        let draft_days = posting.int(topic.draft.param()).map_err(|_| Refusal::NoRule { rule: "meet.draft.post" })?;
        let daily = Self {
            major,
            rule: rule.id.clone(),
            mark: topic.mark.clone(),
            reason,
            competent: vec![Assembly::Team],
            reserved: None,
            party_first: false,
            draft_days,
            majority: None,
            carried_out_by: topic.carried_out_by.clone(),
        };
        if !major {
            return Ok(daily);
        }
        Ok(Self {
            competent: topic.decided_by.clone(),
            reserved: topic.decided_by.first().copied().filter(|_| topic.reserved),
            party_first: rule.text("party_first") == Ok("required"),
            majority: topic.majority.clone(),
            ..daily
        })
    }

    /// Whether this assembly's vote decides.
    pub fn binds(&self, assembly: Assembly) -> bool {
        self.competent.iter().any(|competent| assembly.acts_for(*competent))
    }

    /// The bench of an assembly in a ballot that resolves: with the stricter majority where this kind of matter has one.
    pub fn bench(
        &self,
        assembly: Assembly,
        binding: bool,
        version: u32,
        due: u32,
        present: u32,
        at: &Moment<'_>,
    ) -> Result<Bench, Refusal> {
        let bench = Bench::of(assembly, binding, version, due, present, at)?;
        match self.majority.as_ref().filter(|_| binding) {
            None => Ok(bench),
            Some(id) => at.policy.rule(id, at.profile, at.day).and_then(|rule| bench.stricter(rule).ok()).ok_or(Refusal::NoSuchTopic),
        }
    }
}

/// The first threshold that the figures come up to.
fn reached(rule: &Rule, topic: &Topic, figures: &Figures) -> Result<Option<Reason>, Refusal> {
    let number = |name: &Option<String>| name.as_ref().map(|name| rule.int(name)).transpose().map_err(|_| Refusal::NoSuchTopic);
    let (amount, years, households) = (number(&topic.amount)?, number(&topic.years_over)?, number(&topic.households)?);
    let costly = amount.filter(|from| figures.amount.is_some_and(|amount| amount >= i64::from(*from) * FEN));
    let long = years.filter(|over| figures.years.is_some_and(|years| years > *over));
    let wide = households.filter(|from| figures.households.is_some_and(|households| households >= *from));
    let reason = costly.map(|from| Reason::Amount { from });
    Ok(reason.or(long.map(|over| Reason::Years { over })).or(wide.map(|from| Reason::Households { from })))
}
