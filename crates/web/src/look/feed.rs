//! 订阅 The Atom feed of a board.

use askama::Template;

/// A feed.
#[derive(Clone, Debug, Template)]
#[template(path = "feed.xml")]
pub struct Feed {
    /// 北栅社区居务公开栏
    pub title: String,
    /// The board's address.
    pub url: String,
    /// The feed's own address.
    pub own: String,
    /// RFC 3339, of the newest entry.
    pub updated: String,
    /// Entries, newest first.
    pub entries: Vec<Entry>,
}

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Stable, whatever becomes of the address.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// RFC 3339.
    pub updated: String,
    /// In a sentence.
    pub summary: String,
}
