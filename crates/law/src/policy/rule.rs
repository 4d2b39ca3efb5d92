//! 规则 Rule: one dated version of one rule, with its clause, its numbers and where each of them comes from.

use super::{Fault, Problem, Topic};
use crate::Profile;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Words that an id may begin with: the mechanism's six folders.
const FOLDERS: [&str; 6] = ["lead", "meet", "steer", "open", "watch", "own"];

/// One version of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Stable id, `folder.matter.point`.
    pub id: String,
    /// A few words.
    pub title: String,
    /// The rule as one says it to a villager. In the pack `{days}` stands for the parameter; here it is filled in.
    pub plain: String,
    /// The words it rests on. A default quotes the words that it fills in.
    pub clause: String,
    /// Where in the source those words stand.
    pub article: String,
    /// The document; the pack's own unless the rule names another.
    #[serde(default)]
    pub source: String,
    /// First day in force.
    pub from: Date,
    /// Last day in force, if it ended.
    #[serde(default)]
    pub to: Option<Date>,
    /// Whom it binds.
    pub profiles: Vec<Profile>,
    /// The kinds of matter that its clause lists, where it lists any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Topic>,
    /// Its numbers, by name.
    #[serde(default)]
    pub params: BTreeMap<String, Param>,
    /// The pack it came in.
    #[serde(skip_deserializing)]
    pub pack: String,
}

/// A number of a rule, or what stands for one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Param {
    /// The value.
    pub value: Value,
    /// What it counts, in words for people.
    pub unit: String,
    /// Where it comes from.
    pub standing: Standing,
    /// What else a reader should know.
    #[serde(default)]
    pub note: String,
}

/// A value: there are no fractions but as two whole numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// A whole number.
    Int(i64),
    /// A word or a date.
    Text(String),
    /// Whole numbers; a share is `[2, 3]`.
    List(Vec<i64>),
}

/// Where a number comes from. A page shows it beside the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 文件原文: it stands in 东组通〔2015〕33号.
    Seed,
    /// 法律: it stands in a law, regulation or published rule that was read.
    Law,
    /// 默认: a choice of this program, to be confirmed or changed.
    Default,
}

/// The rule has no such parameter, or not of that kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// Id of the rule.
    pub rule: String,
    /// Name of the parameter.
    pub param: String,
}

impl Rule {
    /// Whether it binds a unit of this profile on this day; without a profile, only what binds both.
    pub fn binds(&self, profile: Option<Profile>, day: Date) -> bool {
        let in_force = self.from <= day && self.to.is_none_or(|to| day <= to);
        let bound = |profile: &Profile| self.profiles.contains(profile);
        in_force && profile.map_or_else(|| Profile::ALL.iter().all(bound), |profile| bound(&profile))
    }

    /// The whole number of this name.
    pub fn int(&self, name: &str) -> Result<u32, Lacking> {
        match self.value(name) {
            Some(Value::Int(number)) => u32::try_from(*number).map_err(|_| self.lacking(name)),
            _ => Err(self.lacking(name)),
        }
    }

    /// The word of this name.
    pub fn text(&self, name: &str) -> Result<&str, Lacking> {
        match self.value(name) {
            Some(Value::Text(text)) => Ok(text),
            _ => Err(self.lacking(name)),
        }
    }

    /// The numbers of this name.
    pub fn list(&self, name: &str) -> Result<&[i64], Lacking> {
        match self.value(name) {
            Some(Value::List(numbers)) => Ok(numbers),
            _ => Err(self.lacking(name)),
        }
    }

    /// The share of this name, part and whole: `some` of `all` come up to it when `some * whole >= part * all`.
    pub fn share(&self, name: &str) -> Result<(u32, u32), Lacking> {
        let numbers: Result<Vec<u32>, _> = self.list(name)?.iter().map(|number| u32::try_from(*number)).collect();
        match numbers.as_deref() {
            Ok([part, whole]) if *whole > 0 => Ok((*part, *whole)),
            _ => Err(self.lacking(name)),
        }
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.params.get(name).map(|param| &param.value)
    }

    fn lacking(&self, name: &str) -> Lacking {
        Lacking { rule: self.id.clone(), param: name.to_owned() }
    }

    pub(super) fn problem(&self, fault: Fault) -> Problem {
        Problem { pack: self.pack.clone(), rule: Some(self.id.clone()), fault }
    }

    fn faults(&self) -> Vec<Fault> {
        let words: Vec<&str> = self.id.split('.').collect();
        let small = |word: &&str| !word.is_empty() && word.bytes().all(|c| c.is_ascii_lowercase() || c == b'_');
        let named = words.len() == 3 && FOLDERS.contains(&words[0]) && words.iter().all(small);
        let texts = [
            ("title", &self.title),
            ("plain", &self.plain),
            ("clause", &self.clause),
            ("article", &self.article),
            ("source", &self.source),
        ];
        let one_each = !self.profiles.is_empty() && self.profiles.windows(2).all(|two| two[0] < two[1]);

        let mut faults: Vec<Fault> = Vec::new();
        faults.extend((!named).then_some(Fault::Id));
        faults.extend(texts.iter().filter(|(_, text)| text.trim().is_empty()).map(|(field, _)| Fault::Empty(field)));
        faults.extend(self.to.is_some_and(|to| to < self.from).then_some(Fault::Dates));
        faults.extend((!one_each).then_some(Fault::Profiles));
        let hollow = self.params.iter().filter(|(_, param)| param.is_hollow());
        faults.extend(hollow.map(|(name, _)| Fault::Param(name.clone())));
        faults
    }
}

impl Param {
    fn is_hollow(&self) -> bool {
        let valued = match &self.value {
            Value::Int(number) => *number >= 0,
            Value::Text(text) => !text.trim().is_empty(),
            Value::List(numbers) => !numbers.is_empty(),
        };
        !valued || self.unit.trim().is_empty()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    pack: String,
    title: String,
    source: String,
    #[serde(default, rename = "rule")]
    rules: Vec<Rule>,
}

/// The rules of a pack; what is wrong with them goes to `problems`.
pub(super) fn read(name: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<Rule> {
    let mut tell = |fault| problems.push(Problem { pack: name.to_owned(), rule: None, fault });
    let pack: Pack = match toml::from_str(text) {
        Ok(pack) => pack,
        Err(error) => {
            tell(Fault::Text(error.to_string()));
            return Vec::new();
        }
    };
    if pack.pack != name {
        tell(Fault::Name(pack.pack));
    }
    if pack.title.trim().is_empty() {
        tell(Fault::Empty("title"));
    }
    let mut rules = pack.rules;
    for rule in &mut rules {
        rule.pack = name.to_owned();
        if rule.source.is_empty() {
            rule.source.clone_from(&pack.source);
        }
        rule.profiles.sort_unstable();
        problems.extend(rule.faults().into_iter().map(|fault| rule.problem(fault)));
        match filled(&rule.plain, &rule.params) {
            Ok(plain) => rule.plain = plain,
            Err(name) => problems.push(rule.problem(Fault::Param(name))),
        }
    }
    rules
}

/// The sentence with its numbers, so that no number stands in two places. Fails with a name that has no whole number.
fn filled(plain: &str, params: &BTreeMap<String, Param>) -> Result<String, String> {
    let mut pieces = plain.split('{');
    let mut sentence = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
        let Some(Value::Int(number)) = params.get(name).map(|param| &param.value) else {
            return Err(name.to_owned());
        };
        sentence += &grouped(*number);
        sentence += rest;
    }
    Ok(sentence)
}

/// From five digits on in groups of three, as amounts are read.
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let comma = |i: usize| digits.len() > 4 && i > 0 && (digits.len() - i).is_multiple_of(3);
    digits.char_indices().flat_map(|(i, c)| comma(i).then_some(',').into_iter().chain([c])).collect()
}

impl fmt::Display for Lacking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule {} gives no such {}", self.rule, self.param)
    }
}

impl std::error::Error for Lacking {}
