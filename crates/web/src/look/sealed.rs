//! 密封反映 Sealed reports: to the town's discipline officer only; the village sees nothing; 监督执纪 rules, never the 5-day path.

use askama::Template;
use jiff::civil::Date;

use super::{Chip, Choice, Frame, Mark, Paging, Refused, parts, way};

/// The form. POST `/u/{code}/report`: `text`, `about` (whom), `name`, `contact`.
#[derive(Clone, Debug, Template)]
#[template(path = "report.html")]
pub struct Report {
    /// Around.
    pub f: Frame,
    /// 虎门镇纪检监察组
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

/// The receipt: a code, shown once.
#[derive(Clone, Debug, Template)]
#[template(path = "report_receipt.html")]
pub struct ReportReceipt {
    /// Around.
    pub f: Frame,
    /// 虎门镇
    pub town: String,
    /// 虎门镇纪检监察组
    pub goes_to: String,
    /// Query code, shown once.
    pub code: String,
    /// A real-name report is told of acceptance by this day.
    pub told_by: Option<Date>,
}

/// How a report stands, by its code. POST `/report/lookup`: `town`, `code`.
#[derive(Clone, Debug, Template)]
#[template(path = "report_lookup.html")]
pub struct ReportLookup {
    /// Around.
    pub f: Frame,
    /// Towns to choose from.
    pub towns: Vec<Choice>,
    /// What was found.
    pub found: Option<Found>,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// How a report stands, for its sender.
#[derive(Clone, Debug)]
pub struct Found {
    /// The day it was lodged.
    pub on: Date,
    /// 还没受理 · 受理了 · 不受理
    pub chip: Chip,
    /// What the officer says; empty before.
    pub answer: String,
}

/// The discipline officer's list and one report.
#[derive(Clone, Debug, Template)]
#[template(path = "reports.html")]
pub struct Reports {
    /// Around; `place` is the town.
    pub f: Frame,
    /// Reports, newest first.
    pub rows: Vec<ReportRow>,
    /// How many there are in all.
    pub total: i64,
    /// Paging.
    pub paging: Paging,
    /// The one open.
    pub open: Option<ReportOpen>,
}

/// One report in the list.
#[derive(Clone, Debug)]
pub struct ReportRow {
    /// Id.
    pub id: String,
    /// Unit it is about.
    pub place: String,
    /// Received.
    pub received: Date,
    /// 没看过 · 看过 · 受理了 · 不受理
    pub state: Chip,
}

/// The open report; opening it is itself noted. POST `/t/{town}/reports/{id}/accept`: `taken` (yes, no), `answer`.
#[derive(Clone, Debug)]
pub struct ReportOpen {
    /// Its row.
    pub row: ReportRow,
    /// Whole text with what the sender wrote about whom and about oneself; none once it is erased.
    pub text: Option<String>,
    /// By this day a sender who gave a name is told.
    pub told_by: Date,
    /// What the sender was told, when that is on record, or that it waits for the batch.
    pub answer: Option<(String, Option<Date>)>,
    /// Typed answer.
    pub typed: String,
    /// Longest answer.
    pub most: i64,
    /// Who opened it when: 黄*明 11月24日 9:12.
    pub seen: Vec<String>,
    /// Its sealed line in the town's record: number and digest only.
    pub mark: Mark,
    /// What was refused.
    pub refused: Option<Refused>,
}
