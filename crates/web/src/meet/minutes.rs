//! 会议记录 Minutes on A4; 农村集体经济组织法 第33条.

use super::convener;
use super::room::{bars, page_of, said};
use crate::ask::Ask;
use crate::frame;
use crate::look::meet::minutes::{Item, Minutes};
use crate::look::meet::room::ItemState;
use crate::look::{Qr, way};
use crate::open::find::broken;
use crate::open::suggestion::mark;
use crate::problem::Problem;
use crate::site::Site;
use crate::words;
use app::read::Reader;
use app::read::meet::Room as Read;
use law::unit::Unit;

/// The sheet.
pub fn sheet(site: &Site, ask: &Ask, unit: &Unit, read: &Read, reader: &Reader, digest: String) -> Result<Minutes, Problem> {
    let room = page_of(site, ask, unit, read, reader, None)?;
    let (place, s) = (frame::place(site, unit), &read.state);
    let address = way::matter(&unit.code.to_string(), &s.id.to_string());
    let title = words::room::kind(s.kind, &place);
    let items = room.items.iter().map(|item| {
        let name = item.title.clone().unwrap_or_else(|| format!("不公开的一项（{}）", item.ground));
        let ballot = s.agenda.get(item.n as usize).and_then(|point| match &point.settled {
            Some(law::meet::sitting::Settled::Ballot { ballot, .. }) => Some(*ballot),
            _ => None,
        });
        let end = match item.state {
            ItemState::Passed => "表决通过",
            ItemState::Failed => "没有通过",
            ItemState::Heard => "听取了意见，不作决定",
            ItemState::Left => "这次没有定",
            _ => "",
        };
        Item {
            head: format!("{}　{name}", words::room::nth(item.n)),
            stage: item.stage.clone(),
            said: said(read, unit, item.n),
            bars: ballot.map(|ballot| bars(read, ballot, &place)).unwrap_or_default(),
            end: end.into(),
        }
    });
    let present = read.seated.iter().map(|seated| {
        let (name, due) = (words::room::assembly(seated.called.assembly, &place), seated.called.due);
        let most = s.peaks.get(&seated.called.assembly).copied().unwrap_or_default();
        let why = seated.called.advice().map_or_else(String::new, |advice| format!("（{}）", words::room::advice(advice)));
        format!("{name}应到{due}人，实到{most}人{why}")
    });
    let (seq, sealed) = read.newest;
    Ok(Minutes {
        f: frame::of(site, ask, unit, format!("{title}记录")),
        back: address.clone(),
        day: s.day,
        time: super::room::time(read),
        place: s.place.clone(),
        convener: convener(site, unit, s.kind.rule()).map(|post| words::room::convener(post, &place)).unwrap_or_default(),
        present: present.collect(),
        items: items.collect(),
        amended: room.minutes.amended,
        broken_off: room.why,
        confirmed: s.confirmed,
        mark: Some(mark(unit, seq, sealed)),
        digest,
        qr: Qr::of(&site.url(&address), "二维码：核验这张纸").map_err(broken)?,
    })
}
