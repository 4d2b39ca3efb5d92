//! 找村子 `/`: find a village by name, pinyin or code; the towns as a list.

use askama::Template;

use super::{Frame, PlaceKind, way};

/// The first page. Form: GET `/`, field `q`; `?t=` (a town's code) lists that town in `found` with its name in `q`.
#[derive(Clone, Debug, Template)]
#[template(path = "find.html")]
pub struct Find {
    /// Around.
    pub f: Frame,
    /// What was searched; empty on first sight.
    pub q: String,
    /// The towns, in order of code.
    pub towns: Vec<TownLine>,
    /// What was found; `None` when nothing was searched.
    pub found: Option<Vec<Hit>>,
    /// More were found than shown.
    pub more: bool,
    /// Villages and communities in all.
    pub units: i64,
    /// How many of them have started the mechanism.
    pub started: i64,
}

/// One town.
#[derive(Clone, Debug)]
pub struct TownLine {
    /// Code.
    pub code: String,
    /// 虎门镇
    pub name: String,
    /// Villages and communities.
    pub units: i64,
    /// How many have started.
    pub started: i64,
}

/// One unit found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Code.
    pub code: String,
    /// 北栅社区
    pub name: String,
    /// 虎门镇
    pub town: String,
    /// Village, community or town.
    pub kind: PlaceKind,
    /// The mechanism has started there.
    pub started: bool,
}

impl Hit {
    fn href(&self) -> String {
        if self.above() { way::town(&self.code) } else { way::board(&self.code) }
    }

    /// A town or city: it has an overview, and no mechanism of its own to start.
    fn above(&self) -> bool {
        matches!(self.kind, PlaceKind::Town | PlaceKind::City)
    }
}
