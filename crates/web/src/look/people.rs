//! 人员 People: who holds which post, and the import of people with a verdict for each row; B17, B30.

use askama::Template;
use jiff::civil::Date;

use super::{Frame, Mark, Refused, parts, way};

/// Posts of a unit `/u/{code}/posts`.
#[derive(Clone, Debug, Template)]
#[template(path = "posts.html")]
pub struct Posts {
    /// Around.
    pub f: Frame,
    /// Bodies in the mechanism's order with their posts.
    pub bodies: Vec<Body>,
    /// The day asked about; today unless `?on=`.
    pub on: Date,
    /// Only what the record held by the end of this day, with `?known=`.
    pub known: Option<Date>,
    /// The reader may appoint.
    pub may: bool,
}

/// A body.
#[derive(Clone, Debug)]
pub struct Body {
    /// 居民委员会
    pub name: String,
    /// What it answers for, in words; may be empty.
    pub charge: String,
    /// Its posts.
    pub posts: Vec<Post>,
}

/// A post.
#[derive(Clone, Debug)]
pub struct Post {
    /// 副主任
    pub name: String,
    /// 黎国樑; `None` when vacant.
    pub holder: Option<String>,
    /// Since.
    pub since: Option<Date>,
    /// Until, for former holders.
    pub until: Option<Date>,
    /// 镇委任命 · 选举; with paper number. May be empty.
    pub basis: String,
    /// Its record.
    pub mark: Option<Mark>,
}

/// Import, step 1. POST `/u/{code}/import` (multipart): `file` (CSV, UTF-8 or GBK).
#[derive(Clone, Debug, Template)]
#[template(path = "import.html")]
pub struct Import {
    /// Around.
    pub f: Frame,
    /// Columns expected: name and what it holds.
    pub columns: Vec<(String, String)>,
    /// Largest file, in words: 10 MB.
    pub most: String,
    /// Page of the import that this reader has under way here.
    pub under_way: Option<String>,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// Import, step 2: the dry run. POST `/u/{code}/import/commit`: `upload` (opaque id of the kept file).
#[derive(Clone, Debug, Template)]
#[template(path = "import_check.html")]
pub struct ImportCheck {
    /// Around.
    pub f: Frame,
    /// Name of the file.
    pub file: String,
    /// Opaque id of the kept file.
    pub upload: String,
    /// Rows in all.
    pub rows: i64,
    /// New people.
    pub fresh: i64,
    /// Changed.
    pub changed: i64,
    /// The same as before.
    pub same: i64,
    /// Rows that cannot be taken.
    pub bad: i64,
    /// Verdicts shown: the bad rows first, at most 200.
    pub verdicts: Vec<Verdict>,
    /// What else to know: columns left aside, posts that the town enters.
    pub notes: Vec<String>,
    /// It is entered.
    pub entered: bool,
    /// After the commit: what was recorded; none when there was nothing to record.
    pub recorded: Option<Mark>,
}

/// Import, while it is worked at or when it stopped.
#[derive(Clone, Debug, Template)]
#[template(path = "import_wait.html")]
pub struct ImportWait {
    /// Around.
    pub f: Frame,
    /// Name of the file.
    pub file: String,
    /// Rows are being entered; before that they are judged.
    pub entering: bool,
    /// Rows done.
    pub done: i64,
    /// Rows in all; 0 while they are still read.
    pub rows: i64,
    /// Why it stopped.
    pub stopped: Option<Refused>,
}

impl ImportCheck {
    /// People the commit would take.
    fn takes(&self) -> i64 {
        self.fresh + self.changed
    }
}

/// The verdict on a row.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Row number in the file.
    pub row: i64,
    /// Masked name.
    pub name: String,
    /// What becomes of it.
    pub fate: Fate,
    /// “北栅村”不在本镇名单里，是不是“北栅社区”？ May be empty.
    pub note: String,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Added.
    Fresh,
    /// Changed.
    Changed,
    /// As before.
    Same,
    /// Not taken.
    Bad,
}

impl Fate {
    fn word(self) -> &'static str {
        match self {
            Self::Fresh => "新增",
            Self::Changed => "更新",
            Self::Same => "不变",
            Self::Bad => "没收",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Fresh | Self::Changed => "st st-done",
            Self::Same => "st st-off",
            Self::Bad => "st st-no",
        }
    }
}
