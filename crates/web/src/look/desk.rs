//! 工作台 Desk `/desk`: what I owe today, by due date; the most overdue is open with its form.

use askama::Template;
use jiff::civil::Date;

use super::period::Gaps;
use super::tasks::Task;
use super::{Chip, Frame, Mark, way};

/// The desk.
#[derive(Clone, Debug, Template)]
#[template(path = "desk.html")]
pub struct Desk {
    /// Around; `me` is set, `place` is not.
    pub f: Frame,
    /// The one thing open: the most overdue, or the one asked for by `?open=`.
    pub open: Option<Task>,
    /// The rest that is overdue or due today.
    pub now: Vec<Owed>,
    /// Due on later days.
    pub later: Vec<Owed>,
    /// Overdue or due today, the open one counted.
    pub owed: i64,
    /// Due later.
    pub coming: i64,
    /// Weeks that passed undone and unexplained: folded, and counted for themselves.
    pub gaps: Gaps,
    /// What I did today.
    pub done: Vec<DoneRow>,
    /// What else I may start, by post: 登记意见, 开意见箱, 发公告 …
    pub tools: Vec<Tool>,
    /// The next due day when nothing is owed: day and title.
    pub next: Option<(Date, String)>,
}

/// Something owed.
#[derive(Clone, Debug)]
pub struct Owed {
    /// 答复何*：快递柜占了消防通道
    pub title: String,
    /// Unit name; empty when the reader serves one unit.
    pub place: String,
    /// Days left or gone.
    pub chip: Chip,
    /// Due on.
    pub due: Date,
    /// The act: 答复 · 分派 · 开箱 · 张贴.
    pub verb: String,
    /// Its form.
    pub href: String,
    /// A prepared answer waits for one tap: shows 经办人已拟好.
    pub prepared: bool,
}

/// Something done today.
#[derive(Clone, Debug)]
pub struct DoneRow {
    /// 北栅市场排水沟：答复
    pub title: String,
    /// Its page.
    pub href: String,
    /// Its record.
    pub mark: Mark,
}

/// Something I may start.
#[derive(Clone, Debug)]
pub struct Tool {
    /// 登记一条意见
    pub label: String,
    /// Its page.
    pub href: String,
}

impl Desk {
    /// 今天欠2件，往后3件
    fn head(&self) -> String {
        match (self.owed, self.coming) {
            (0, 0) => "今天没有欠办的事".into(),
            (0, later) => format!("今天不欠，往后{later}件"),
            (now, 0) => format!("今天欠{now}件"),
            (now, later) => format!("今天欠{now}件，往后{later}件"),
        }
    }
}
