//! 订阅 The Atom feed of a board: suggestions and notices, newest first.

use super::find::broken;
use super::suggestion::{standing, title};
use crate::look::feed::{Entry, Feed};
use crate::look::{page, way};
use crate::problem::Problem;
use crate::site::Site;
use crate::words;
use app::read::board::Board;
use jiff::civil::Date;
use law::unit::Unit;

fn instant(day: Date) -> String {
    format!("{day}T00:00:00+08:00")
}

/// The feed as XML.
pub fn atom(site: &Site, unit: &Unit, board: &Board) -> Result<String, Problem> {
    let code = unit.code.to_string();
    let origin = site.house.origin(unit.code, board.record.epoch);
    let mut dated: Vec<(Date, Entry)> = Vec::new();
    for listed in board.late.iter().chain(&board.doing).chain(&board.recent) {
        let s = &listed.state;
        let on = s.answers.last().map_or(s.received, |answer| answer.on);
        let entry = Entry {
            id: format!("tag:{origin}:{}", s.id),
            title: title(&listed.words).unwrap_or_else(|| format!("{}收到的一条意见", words::in_year(s.received))),
            url: site.url(&way::matter(&code, &s.id.to_string())),
            updated: instant(on),
            summary: standing(site, s).sentence(),
        };
        dated.push((on, entry));
    }
    for posted in &board.notices {
        let (notice, on) = (&posted.state, posted.state.now().since);
        let entry = Entry {
            id: format!("tag:{origin}:{}", notice.id),
            title: notice.now().title.clone(),
            url: site.url(&way::matter(&code, &notice.id.to_string())),
            updated: instant(on),
            summary: words::cut(&notice.now().text, 120),
        };
        dated.push((on, entry));
    }
    dated.sort_by_key(|(on, _)| std::cmp::Reverse(*on));
    let url = site.url(&way::board(&code));
    let feed = Feed {
        title: format!("{}公开栏", unit.short_name()),
        own: format!("{url}/feed.atom"),
        url,
        updated: dated.first().map_or_else(|| instant(site.today()), |(on, _)| instant(*on)),
        entries: dated.into_iter().map(|(_, entry)| entry).collect(),
    };
    page(&feed).map_err(broken)
}
