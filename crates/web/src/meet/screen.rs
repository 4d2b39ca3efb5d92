//! 大屏幕 What hangs on the wall of the hall; 东组通〔2015〕33号 二（二）.

use super::room::{bars, page_of};
use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::meet::room::ItemState;
use crate::look::meet::screen::Screen;
use crate::look::{Qr, page, way};
use crate::open::board::{reader, unit};
use crate::open::find::broken;
use crate::problem::Problem;
use crate::site::Site;
use crate::words;
use law::MatterId;
use law::meet::ballot::Mode;
use law::meet::sitting::Phase;

/// Seconds between two looks.
const EVERY: u32 = 10;

/// `/u/{unit}/m/{id}/screen`.
pub fn show(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let reader = reader(site, ask, unit)?;
    let id = MatterId::parse(ask.param("id")).ok_or(Problem::NotFound)?;
    // The hall reads what everybody reads, whoever has set up the screen.
    let public = app::read::Reader::public();
    let read = app::read::meet::room(&site.house, unit.code, id, &public)?.ok_or(Problem::NotFound)?;
    let room = page_of(site, ask, unit, &read, &public, None)?;
    let place = frame::place(site, unit);
    let code = unit.code.to_string();
    let running = read.state.running();
    let mut given = None;
    if let Some((_, ballot)) = running
        && let Some(vote) = app::read::meet::vote(&site.house, unit.code, ballot, &reader)?
    {
        let by_phone = matches!(vote.state.mode, Mode::Named | Mode::Secret);
        given = by_phone.then(|| (vote.given, u32::try_from(vote.voters.len()).unwrap_or_default()));
    }
    let newest = read.ballots.iter().rev().find(|ballot| ballot.counted.is_some());
    let (n, doing) = match (running, newest) {
        (Some((n, _)), _) => (Some(n), "正在表决"),
        (None, Some(ballot)) if read.state.phase == Phase::Open => (Some(ballot.item), "表决结果"),
        _ => {
            (room.items.iter().find(|item| matches!(item.state, ItemState::Reported | ItemState::Discussed)).map(|item| item.n), "正在讨论")
        }
    };
    let item = n.and_then(|n| room.items.get(n as usize)).map(|item| {
        let title = item.title.clone().unwrap_or_else(|| "不公开的一项".into());
        (words::room::nth(item.n), title, doing.to_owned())
    });
    let now = match read.state.phase {
        Phase::Open if item.is_some() => String::new(),
        Phase::Open => "正在开会。".into(),
        Phase::Called => format!("{}{}开会，请到签到处签到。", words::in_year(read.state.day), words::room::clock(&read.state.time)),
        Phase::Closed => "会开完了。".into(),
        Phase::Adjourned => "今天没开完，改日再开。".into(),
        Phase::Cancelled => "这次会取消了。".into(),
    };
    let qr = match (running, given) {
        (Some((_, ballot)), Some(_)) => {
            Some(Qr::of(&site.url(&way::matter(&code, &ballot.to_string())), "二维码：投票的网址").map_err(broken)?)
        }
        _ => None,
    };
    let shown = Screen {
        f: frame::of(site, ask, unit, words::room::kind(read.state.kind, &place)),
        back: way::matter(&code, &id.to_string()),
        day: read.state.day,
        time: words::room::clock(&read.state.time),
        now,
        item: item.filter(|_| read.state.phase == Phase::Open),
        benches: room.benches,
        given,
        bars: match newest {
            Some(ballot) if running.is_none() && read.state.phase == Phase::Open => bars(&read, ballot.id, &place),
            _ => Vec::new(),
        },
        qr,
        every: EVERY,
    };
    Ok(Reply::html(page(&shown).map_err(broken)?).with("cache-control", "no-store"))
}
