//! 密封反映 Sealed reports: to the town's discipline officer only; the village sees nothing; 监督执纪 rules, never the 5-day path.

use askama::Template;
use jiff::civil::Date;

use super::{Frame, Mark, Refused, parts, way};

/// The form. POST `/u/{code}/report`: `text`, `about` (whom), `name`, `contact`.
#[derive(Clone, Debug, Template)]
#[template(path = "report.html")]
pub struct Report {
    /// Around; the page sends `Referrer-Policy: no-referrer` and is not kept in caches.
    pub f: Frame,
    /// 虎门镇纪委（监察组）
    pub goes_to: String,
    /// Typed text.
    pub text: String,
    /// Typed: whom it is about.
    pub about: String,
    /// Typed name.
    pub name: String,
    /// Typed contact.
    pub contact: String,
    /// Longest text.
    pub most: i64,
    /// Phone of the discipline inspection hotline: 12388.
    pub phone: Option<String>,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// The receipt: a number and a code, shown once.
#[derive(Clone, Debug, Template)]
#[template(path = "report_receipt.html")]
pub struct ReportReceipt {
    /// Around.
    pub f: Frame,
    /// 虎门镇纪委
    pub goes_to: String,
    /// Receipt number.
    pub number: String,
    /// Query code, shown once.
    pub code: String,
    /// A real-name report is told of acceptance by this day.
    pub told_by: Option<Date>,
}

/// The discipline officer's list and one report.
#[derive(Clone, Debug, Template)]
#[template(path = "reports.html")]
pub struct Reports {
    /// Around; `place` is the town.
    pub f: Frame,
    /// Reports, newest first.
    pub rows: Vec<ReportRow>,
    /// The one open.
    pub open: Option<ReportOpen>,
}

/// One report in the list.
#[derive(Clone, Debug)]
pub struct ReportRow {
    /// Id.
    pub id: String,
    /// Receipt number.
    pub number: String,
    /// Unit it is about.
    pub place: String,
    /// Received.
    pub received: Date,
    /// 新收到 · 已受理 · 已转 · 已办结
    pub state: String,
    /// Not read yet.
    pub fresh: bool,
}

/// The open report; opening it is itself logged. POST `/t/{town}/reports/{id}/state`: `state`, `note`.
#[derive(Clone, Debug)]
pub struct ReportOpen {
    /// Its row.
    pub row: ReportRow,
    /// Whole text.
    pub text: String,
    /// Whom it is about, as written.
    pub about: String,
    /// Name, or 匿名.
    pub name: String,
    /// Contact, or 没留.
    pub contact: String,
    /// Who opened it when: 黄*明 11月24日 9:12.
    pub seen: Vec<String>,
    /// Its sealed line in the town's record (number and digest only), once the day's batch is recorded.
    pub mark: Option<Mark>,
    /// Steps seen, for the form.
    pub step: i64,
    /// What was refused.
    pub refused: Option<Refused>,
}
