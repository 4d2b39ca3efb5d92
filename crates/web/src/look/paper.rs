//! 纸质 Paper: notice, reply, key notice and receipt on A4, the board on A4 and A3; QR, places for signature and seal.

use askama::Template;
use jiff::civil::Date;

use super::board::{Board, NoticeRow, SuggestionRow};
use super::notice::Table;
use super::{Frame, Mark, Place, Qr, way};
use crate::words;

/// One document on A4: a notice, a reply, a receipt.
#[derive(Clone, Debug, Template)]
#[template(path = "a4.html")]
pub struct A4 {
    /// Around.
    pub f: Frame,
    /// Where the strip's link goes back.
    pub back: String,
    /// 北栅公告〔2026〕14号; may be empty.
    pub number: String,
    /// Title; `\n` breaks the line.
    pub heading: String,
    /// 全体居民： may be empty.
    pub to: String,
    /// Paragraphs.
    pub text: Vec<String>,
    /// Quoted words of a resident with the masked name, above the paragraphs; may be empty.
    pub quote: String,
    /// A table.
    pub table: Option<Table>,
    /// Signing bodies.
    pub signed: Vec<String>,
    /// Day of the document.
    pub on: Date,
    /// Places to sign by hand: 负责人, 经办人; empty for none.
    pub hands: Vec<String>,
    /// Leave a place for the stamp.
    pub stamp: bool,
    /// Its record; `None` for a receipt not yet sealed.
    pub mark: Option<Mark>,
    /// First 16 digits of the content digest in groups of four; may be empty.
    pub digest: String,
    /// Its address.
    pub qr: Qr,
}

/// The board on one sheet: A4 or A3.
#[derive(Clone, Debug, Template)]
#[template(path = "sheet.html")]
pub struct Sheet {
    /// The board as on screen.
    pub f: Frame,
    /// A3 instead of A4.
    pub a3: bool,
    /// The board's content.
    pub board: Board,
    /// Suggestions on the sheet.
    pub voices: Vec<SuggestionRow>,
    /// Notices on the sheet.
    pub notices: Vec<NoticeRow>,
    /// From which day the sheet counts: the last printing, or the month.
    pub from: Date,
}

impl Sheet {
    fn affairs(&self) -> &'static str {
        self.f.place.as_ref().map_or("村务", Place::affairs)
    }
}
