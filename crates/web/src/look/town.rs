//! 应办总览 Overview: a town's units × duties with evidence; the city's towns. No score, no rank.

use askama::Template;
use jiff::civil::Date;

use super::{Chip, Frame, Mark, way};
use crate::words;

/// A town's overview `/t/{code}`, or the city's (units are then towns). Query: `sort=` code or a column's key, `owing=1`.
#[derive(Clone, Debug, Template)]
#[template(path = "town.html")]
pub struct Town {
    /// Around; `place` is the town or city.
    pub f: Frame,
    /// Rows are towns.
    pub city: bool,
    /// Duties as columns.
    pub columns: Vec<Column>,
    /// Units as rows, in order of code unless sorted.
    pub rows: Vec<UnitRow>,
    /// Units in all, also when `rows` is filtered.
    pub units: i64,
    /// Key of the column sorted by; empty = by code.
    pub sort: String,
    /// Only those with something owed.
    pub owing: bool,
    /// Overdue in all.
    pub late: i64,
    /// Units with something overdue.
    pub late_units: i64,
    /// Units with nothing owed.
    pub clear_units: i64,
    /// Units that have not started.
    pub unstarted: i64,
    /// Weeks of this year without an opening and without a word on why.
    pub gaps: i64,
    /// Units with such weeks.
    pub gap_units: i64,
    /// When the figures were read: 20:15的数，一分钟更新一次。
    pub fresh: String,
    /// The cell that is open.
    pub panel: Option<Panel>,
}

/// One duty.
#[derive(Clone, Debug)]
pub struct Column {
    /// Key in the query: `answer`, `route`, `release`, `paper`, `decide`, `work`, `box`, `gap`, `team`, `congress`.
    pub key: String,
    /// Two short lines: 意见, 答复.
    pub head: (String, String),
    /// Overdue or missed in all.
    pub total: i64,
}

/// One unit.
#[derive(Clone, Debug)]
pub struct UnitRow {
    /// Code.
    pub code: String,
    /// 北栅
    pub name: String,
    /// One cell per column; empty when the unit has not started.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing owed.
    Clear,
    /// Due within two working days.
    Soon(i64),
    /// Overdue.
    Late(i64),
    /// Missed for ever, and nobody said why; in what it is counted: 周, 个季度.
    Gap(i64, &'static str),
    /// Does not apply.
    Off,
}

/// The evidence behind one cell.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Code of the unit.
    pub unit: String,
    /// 北栅社区
    pub name: String,
    /// Key of the duty.
    pub duty: String,
    /// 意见答复
    pub duty_name: String,
    /// 收到意见，5个工作日内答复。
    pub rule: String,
    /// 东组通〔2015〕33号 二（四）
    pub clause: String,
    /// Each open or missed duty.
    pub items: Vec<PanelItem>,
}

/// One duty in the panel.
#[derive(Clone, Debug)]
pub struct PanelItem {
    /// Title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// State.
    pub chip: Chip,
    /// 居委会副主任 黎国樑
    pub owner: String,
    /// Due on.
    pub due: Date,
    /// Evidence: what and its record.
    pub evidence: Vec<(String, Mark)>,
}

impl Cell {
    fn class(self) -> &'static str {
        match self {
            Self::Clear => "o",
            Self::Soon(_) => "s",
            Self::Late(1..=2) => "l1",
            Self::Late(_) => "l2",
            Self::Gap(..) => "g",
            Self::Off => "w",
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Clear => "✓",
            Self::Soon(_) => "◔",
            Self::Late(_) => "▲",
            Self::Gap(..) => "缺",
            Self::Off => "—",
        }
    }

    fn n(self) -> Option<i64> {
        match self {
            Self::Soon(n) | Self::Late(n) | Self::Gap(n, _) => Some(n),
            Self::Clear | Self::Off => None,
        }
    }

    fn word(self) -> String {
        match self {
            Self::Clear => "无欠办".into(),
            Self::Soon(_) => "件快到期".into(),
            Self::Late(_) => "件逾期".into(),
            Self::Gap(_, of) => format!("{of}没开也没说明"),
            Self::Off => "不适用".into(),
        }
    }
}

impl Town {
    fn cells<'a>(&'a self, row: &'a UnitRow) -> Vec<(&'a Column, Cell)> {
        self.columns.iter().zip(row.cells.iter().copied()).collect()
    }

    fn open(&self, unit: &str, duty: &str) -> bool {
        self.panel.as_ref().is_some_and(|panel| panel.unit == unit && panel.duty == duty)
    }

    fn href(&self, row: &UnitRow) -> String {
        if self.city { way::town(&row.code) } else { way::board(&row.code) }
    }

    /// 7个没有欠办，2个尚未启用。 Nothing when there are none of either.
    fn others(&self) -> String {
        let parts: Vec<String> = [(self.clear_units, "没有欠办"), (self.unstarted, "尚未启用")]
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, word)| format!("{n}个{word}"))
            .collect();
        if parts.is_empty() { String::new() } else { parts.join("，") + "。" }
    }

    fn rows_word(&self) -> &'static str {
        if self.city { "镇街" } else { "村（社区）" }
    }
}
