//! 谁来定 Powers `/u/{code}/powers`: which matter is decided by whom, by which clause, and who carries it out (S5).

use askama::Template;

use super::rules::Firm;
use super::{Frame, way};

/// The matrix of who decides what.
#[derive(Clone, Debug, Template)]
#[template(path = "powers.html")]
pub struct Powers {
    /// Around.
    pub f: Frame,
    /// Kinds of matter under each rule.
    pub groups: Vec<Group>,
    /// Bodies and what they are here for: name, head, charge.
    pub bodies: Vec<(String, String, String)>,
}

/// The kinds of matter that one rule lists.
#[derive(Clone, Debug)]
pub struct Group {
    /// The rule's title.
    pub title: String,
    /// Its source and article.
    pub clause: String,
    /// The words of the clause.
    pub quote: String,
    /// The kinds.
    pub topics: Vec<Topic>,
}

/// One kind of matter.
#[derive(Clone, Debug)]
pub struct Topic {
    /// 公益事业、筹资方案、建设承包方案
    pub title: String,
    /// （四）; may be empty.
    pub mark: String,
    /// 重大, always or from which figure.
    pub weight: String,
    /// 居民代表会议决定
    pub decides: String,
    /// 居委会、股份经济联合社办
    pub does: String,
    /// 方案至少公示7天; empty for daily work.
    pub draft: String,
    /// How firm this is.
    pub standing: Firm,
    /// What else a reader should know; may be empty.
    pub note: String,
}
