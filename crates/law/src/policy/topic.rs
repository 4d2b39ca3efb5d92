//! 事项类型 Topic: a kind of matter that a rule lists, who decides on it and who carries it out; S5, S32.

use super::{Fault, Problem, Rule, Standing};
use crate::lead::body::BodyKind;
use crate::meet::Assembly;
use crate::{Profile, policy::Policy};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One kind of matter, as the clause of its rule lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Stable word, the same in all versions of the law.
    pub kind: String,
    /// What a villager calls it.
    pub title: String,
    /// Its number in the clause, as in （二）.
    #[serde(default)]
    pub mark: String,
    /// Who decides: every one of these assemblies must pass it.
    pub decided_by: Vec<Assembly>,
    /// Only the assembly itself may decide, never a joint sitting (法定会议).
    #[serde(default)]
    pub reserved: bool,
    /// Whether it is 重大.
    pub weight: Weight,
    /// The parameter of this rule that gives the amount in 元 from which it is 重大.
    #[serde(default)]
    pub amount: Option<String>,
    /// The parameter of this rule that gives the years beyond which it is 重大.
    #[serde(default)]
    pub years_over: Option<String>,
    /// The parameter of this rule that gives the number of households from which it is 重大.
    #[serde(default)]
    pub households: Option<String>,
    /// How long the draft is posted.
    pub draft: Draft,
    /// The rule that asks for more than the assembly's usual majority.
    #[serde(default)]
    pub majority: Option<String>,
    /// Which kinds of body may carry it out (职能分工).
    pub carried_out_by: Vec<BodyKind>,
    /// Where the assignment to these assemblies comes from.
    pub standing: Standing,
    /// What else a reader should know.
    #[serde(default)]
    pub note: String,
}

/// Whether matters of a kind are 重大.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Always: the clause lists it.
    Major,
    /// From some amount, number of years or households on.
    Threshold,
    /// Never, unless the supervision committee finds otherwise.
    Daily,
}

/// Which of the two posting times of `meet.draft.post` a draft needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Draft {
    /// The usual one.
    Days,
    /// The longer one of collective assets and land.
    AssetDays,
}

impl Draft {
    /// The parameter of `meet.draft.post`.
    pub fn param(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::AssetDays => "asset_days",
        }
    }
}

impl Topic {
    /// The parameters of its rule that its thresholds are taken from.
    fn thresholds(&self) -> impl Iterator<Item = &String> {
        [&self.amount, &self.years_over, &self.households].into_iter().flatten()
    }

    /// Whether it is badly written: an empty word, no assembly, thresholds where they do not belong or without a number.
    fn is_faulty(&self, rule: &Rule) -> bool {
        let small = !self.kind.is_empty() && self.kind.bytes().all(|c| c.is_ascii_lowercase() || c == b'_');
        let nobody = self.decided_by.is_empty() || self.carried_out_by.is_empty() || self.title.trim().is_empty();
        let several = self.reserved && self.decided_by.len() != 1;
        let thresholds = (self.weight == Weight::Threshold) == (self.thresholds().count() > 0);
        !small || nobody || several || !thresholds || self.thresholds().any(|name| rule.int(name).is_err())
    }
}

impl Policy {
    /// The kind of matter of this name as it is ruled on this day, with its rule.
    pub fn topic(&self, kind: &str, profile: Option<Profile>, day: Date) -> Option<(&Rule, &Topic)> {
        self.topics(profile, day).into_iter().find(|(_, topic)| topic.kind == kind)
    }

    /// Every kind of matter on this day, in the order of the rules.
    pub fn topics(&self, profile: Option<Profile>, day: Date) -> Vec<(&Rule, &Topic)> {
        self.all(profile, day).into_iter().flat_map(|rule| rule.topics.iter().map(move |topic| (rule, topic))).collect()
    }
}

/// What is wrong with the topics of all rules together: badly written, or listed by two rules at once.
pub(super) fn problems(rules: &BTreeMap<String, Vec<Rule>>) -> Vec<Problem> {
    let all: Vec<(&Rule, &Topic)> = rules.values().flatten().flat_map(|rule| rule.topics.iter().map(move |topic| (rule, topic))).collect();
    let fault = |rule: &Rule, topic: &Topic| rule.problem(Fault::Topic(topic.kind.clone()));
    let faulty = all.iter().filter(|(rule, topic)| topic.is_faulty(rule)).map(|(rule, topic)| fault(rule, topic));
    let lacking = all.iter().filter(|(_, topic)| topic.majority.as_ref().is_some_and(|id| !rules.contains_key(id)));
    let twice = all.iter().enumerate().filter(|(at, (rule, topic))| {
        let same = |(other, listed): &(&Rule, &Topic)| listed.kind == topic.kind && meanwhile(rule, other);
        all[..*at].iter().any(same)
    });
    faulty.chain(lacking.map(|(rule, topic)| fault(rule, topic))).chain(twice.map(|(_, (rule, topic))| fault(rule, topic))).collect()
}

/// Whether two rules bind the same profile on the same day.
fn meanwhile(one: &Rule, other: &Rule) -> bool {
    let (first, last) = if one.from <= other.from { (one, other) } else { (other, one) };
    last.profiles.iter().any(|profile| first.binds(Some(*profile), last.from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meet::quorum::{Base, Share};
    use crate::workday::Calendar;
    use jiff::civil::date;
    use std::sync::LazyLock;

    static POLICY: LazyLock<Policy> = LazyLock::new(Policy::embedded);

    const DAYS: [Date; 5] = [date(2019, 6, 1), date(2025, 4, 30), date(2025, 5, 1), date(2025, 12, 31), date(2026, 1, 1)];

    #[test]
    fn who_decides_follows_the_law_of_the_day() {
        use Assembly::{Delegates as D, Members as M, Representatives as R, Villagers as V};
        let (village, community) = (Profile::Village, Profile::Community);
        let cases = [
            ("allowance", village, [Some(R); 5]),
            ("allowance", community, [Some(R); 5]),
            ("charter", village, [Some(V); 5]),
            ("charter", community, [Some(R); 5]),
            ("yearly_report", community, [None, None, None, None, Some(R)]),
            ("land_contract", village, [Some(R), Some(R), Some(M), Some(M), Some(M)]),
            ("land_contract", community, [Some(D), Some(D), Some(M), Some(M), Some(M)]),
            ("land_compensation", village, [Some(R), Some(R), Some(M), Some(M), Some(M)]),
            ("collective_charter", village, [Some(D), Some(D), Some(M), Some(M), Some(M)]),
            ("distribution", community, [Some(D); 5]),
            ("asset_disposal", village, [Some(R), Some(R), None, None, None]),
            ("asset_lease", village, [None, Some(D), Some(D), Some(D), Some(D)]),
            ("outsider_benefit", community, [None, None, Some(M), Some(M), Some(M)]),
            ("spending", village, [Some(R); 5]),
        ];
        for (kind, profile, expected) in cases {
            for (day, assembly) in DAYS.into_iter().zip(expected) {
                let found = POLICY.topic(kind, Some(profile), day).map(|(_, topic)| topic.decided_by.clone());
                assert_eq!(found, assembly.map(|assembly| vec![assembly]), "{kind} {profile:?} {day}");
            }
        }
        let reserved = |kind| POLICY.topic(kind, Some(village), date(2026, 1, 1)).unwrap().1.reserved;
        assert!(reserved("charter") && reserved("membership") && !reserved("distribution"));
    }

    #[test]
    fn whoever_decides_has_a_quorum_and_a_majority_on_that_day() {
        for (day, profile) in DAYS.into_iter().flat_map(|day| Profile::ALL.map(|profile| (day, profile))) {
            let topics = POLICY.topics(Some(profile), day);
            assert!(topics.len() > 15, "{profile:?} {day}: {}", topics.len());
            for (_, topic) in topics {
                for assembly in &topic.decided_by {
                    let id = assembly.rule().unwrap();
                    let rule = POLICY.rule(id, Some(profile), day).unwrap_or_else(|| panic!("{id} {profile:?} {day}"));
                    let quorum = match assembly {
                        Assembly::Villagers => Share::read_of(rule, "households", Base::All),
                        _ => Share::read(rule, "quorum"),
                    };
                    assert!(quorum.is_ok() && Share::read(rule, "majority").is_ok(), "{id} {profile:?} {day}");
                }
                let posting = POLICY.rule("meet.draft.post", Some(profile), day).unwrap();
                assert!(posting.int(topic.draft.param()).is_ok());
                let majority = topic.majority.as_deref().map(|id| POLICY.rule(id, Some(profile), day).unwrap());
                assert!(majority.is_none_or(|rule| Share::read(rule, "majority").is_ok()));
            }
        }
    }

    const RULE: &str = r#"
        [[rule]]
        id = "meet.tea.drink"
        title = "喝茶"
        plain = "茶的事由代表会议定。"
        clause = "……"
        article = "一"
        from = "2020-01-01"
        profiles = ["village"]
        topics = [
          { kind = "tea", title = "茶", decided_by = ["representatives"], weight = "threshold", amount = "cups", draft = "days", carried_out_by = ["committee"], standing = "default" },
        ]
        params.cups = { value = 1, unit = "杯", standing = "default" }
    "#;

    fn faults(rules: &str) -> Vec<Fault> {
        let pack = format!("pack = \"tea\"\ntitle = \"茶\"\nsource = \"茶经\"\n{rules}");
        let calendar = Calendar::parse("date,is_workday,name,source\n2026-01-05,1,,x\n").unwrap();
        let problems = Policy::load(&[("tea", &pack)], calendar).unwrap_err();
        problems.into_iter().map(|problem| problem.fault).filter(|fault| !matches!(fault, Fault::Gap(..))).collect()
    }

    #[test]
    fn topics_are_read_strictly_and_each_stands_once() {
        assert_eq!(faults(RULE), []);
        let bad = [Fault::Topic("tea".into())];
        for (from, to) in [
            ("amount = \"cups\"", "amount = \"pots\""),
            ("amount = \"cups\", ", ""),
            ("\"threshold\"", "\"major\""),
            ("weight", "majority = \"meet.tea.none\", weight"),
            ("[\"representatives\"]", "[]"),
            ("[\"committee\"]", "[]"),
            ("weight", "reserved = true, weight"),
        ] {
            let text = RULE.replacen(from, to, 1);
            let text = if to.starts_with("reserved") {
                text.replacen("[\"representatives\"]", "[\"representatives\", \"delegates\"]", 1)
            } else {
                text
            };
            assert_eq!(faults(&text), bad, "{to}");
        }
        assert!(matches!(faults(&RULE.replacen("\"representatives\"", "\"everybody\"", 1))[..], [Fault::Text(_)]));
        assert_eq!(faults(&format!("{RULE}{}", RULE.replace("tea.drink", "tea.brew"))), bad, "two rules at once");
        let ended = RULE.replace("from =", "to = \"2020-12-31\"\nfrom =");
        let next = RULE.replace("tea.drink", "tea.brew").replace("2020-01-01", "2021-01-01");
        assert_eq!(faults(&format!("{ended}{next}")), []);
    }
}
