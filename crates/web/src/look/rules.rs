//! 适用规则 Rules today `/u/{code}/rules`: each rule in a plain sentence, its clause and how firm it stands; S2.

use askama::Template;
use jiff::civil::Date;

use super::{Frame, Mark, way};

/// The rules in force here today.
#[derive(Clone, Debug, Template)]
#[template(path = "rules.html")]
pub struct Rules {
    /// Around.
    pub f: Frame,
    /// The mechanism's six words in their order.
    pub groups: Vec<Group>,
    /// Calendars in use: 2026年放假安排（国办发明电…）.
    pub calendars: Vec<String>,
    /// The adoption of the policy in force.
    pub adopted: Option<(Date, Mark)>,
}

/// The rules under one of the six words.
#[derive(Clone, Debug)]
pub struct Group {
    /// 四公开
    pub title: String,
    /// Those that the program counts by, asks for or refuses under.
    pub applied: Vec<Rule>,
    /// Those that are in force but only collected here.
    pub kept: Vec<Rule>,
}

impl Rules {
    /// How many rules the program applies.
    fn applied(&self) -> usize {
        self.groups.iter().map(|group| group.applied.len()).sum()
    }
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Stable id.
    pub id: String,
    /// 收到意见，5个工作日内答复。
    pub sentence: String,
    /// 二（四）群众意见公开; with the words of the clause after a colon, which fold under it.
    pub clause: String,
    /// 东组通〔2015〕33号
    pub source: String,
    /// How firm; none when its numbers differ in that.
    pub standing: Option<Firm>,
    /// Its numbers, each with how firm it is, when they differ in that.
    pub numbers: Vec<(Firm, String)>,
    /// In force since.
    pub since: Date,
    /// In force until, when it ends.
    pub until: Option<Date>,
    /// A note, such as what a default could be instead; may be empty.
    pub note: String,
}

impl Rule {
    /// 第三十四条
    fn article(&self) -> &str {
        self.clause.split_once('：').map_or(self.clause.as_str(), |(article, _)| article)
    }

    /// The words of the clause, or nothing.
    fn quote(&self) -> &str {
        self.clause.split_once('：').map_or("", |(_, quote)| quote)
    }
}

/// How firm a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Firm {
    /// 文件原文
    Seed,
    /// 法律
    Law,
    /// 默认（可调整）
    Default,
}

impl Firm {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Seed => "文件原文",
            Self::Law => "法律",
            Self::Default => "默认（可调整）",
        }
    }

    /// Its classes.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Seed => "firm seed",
            Self::Law => "firm law",
            Self::Default => "firm default",
        }
    }
}
