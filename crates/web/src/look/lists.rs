//! 全部 Lists: all suggestions, all notices, all that is overdue, and search inside one board.

use askama::Template;
use jiff::civil::Date;

use super::board::{LateRow, NoticeRow, SuggestionRow, VoiceCounts};
use super::period::Gaps;
use super::{Chip, Frame, Mark, Paging, way};
use crate::words;

/// All suggestions. Query `s`: empty · waiting · late · answered · disputed · withdrawn.
#[derive(Clone, Debug, Template)]
#[template(path = "voices.html")]
pub struct Voices {
    /// Around.
    pub f: Frame,
    /// Filters with their counts.
    pub filters: Vec<Filter>,
    /// The year's counts.
    pub counts: VoiceCounts,
    /// This page of rows.
    pub rows: Vec<SuggestionRow>,
    /// Paging.
    pub paging: Paging,
}

/// One filter.
#[derive(Clone, Debug)]
pub struct Filter {
    /// 等答复
    pub label: String,
    /// How many.
    pub n: i64,
    /// Its link.
    pub href: String,
    /// Chosen now.
    pub on: bool,
}

/// All notices. Query `s`: up · ended.
#[derive(Clone, Debug, Template)]
#[template(path = "notices.html")]
pub struct Notices {
    /// Around.
    pub f: Frame,
    /// Filters with their counts.
    pub filters: Vec<Filter>,
    /// This page of rows.
    pub rows: Vec<NoticeRow>,
    /// Paging.
    pub paging: Paging,
}

/// All that is overdue, and what was missed for ever.
#[derive(Clone, Debug, Template)]
#[template(path = "late.html")]
pub struct LateList {
    /// Around.
    pub f: Frame,
    /// Rows.
    pub rows: Vec<LateRow>,
    /// Weeks in which the box stayed shut, of all years.
    pub gaps: Gaps,
}

/// Search inside one board. Form: GET, field `q`.
#[derive(Clone, Debug, Template)]
#[template(path = "search.html")]
pub struct Search {
    /// Around.
    pub f: Frame,
    /// What was searched.
    pub q: String,
    /// Suggestions found.
    pub voices: Vec<SuggestionRow>,
    /// Notices found.
    pub notices: Vec<NoticeRow>,
    /// More were found than shown.
    pub more: bool,
}

/// All motions. Query `s`: a phase.
#[derive(Clone, Debug, Template)]
#[template(path = "motions.html")]
pub struct Motions {
    /// Around.
    pub f: Frame,
    /// Filters with their counts.
    pub filters: Vec<Filter>,
    /// This page of rows.
    pub rows: Vec<MotionRow>,
    /// Paging.
    pub paging: Paging,
}

/// One motion on a list.
#[derive(Clone, Debug)]
pub struct MotionRow {
    /// Its page.
    pub href: String,
    /// A few words.
    pub title: String,
    /// 重大事项 or 日常事项.
    pub weight: String,
    /// Put forward on.
    pub proposed: Date,
    /// Where it stands.
    pub state: Chip,
    /// Its newest record.
    pub mark: Mark,
}
