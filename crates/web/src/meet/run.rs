//! 主持会议 Running a sitting: notice by other conveners, opening, item by item, closing, minutes; 东组通〔2015〕33号 二（二）.

use super::room;
use crate::ask::{Ask, Reply};
use crate::look::{page, way};
use crate::open::find::broken;
use crate::open::handling::id;
use crate::problem::{self, Problem};
use crate::site::Site;
use crate::staff::Staff;
use app::Failure;
use law::meet::Assembly;
use law::meet::ballot::{self, Mode};
use law::meet::sitting::Act;
use law::{AnyAct, MatterId, Personal, Refusal};

/// Asks for an act on the sitting of the address; a refusal stands on the room's page, at the item it is about.
pub fn ask_for(
    staff: &Staff<'_>,
    said: &str,
    item: Option<u32>,
    act: impl FnOnce(MatterId) -> Result<AnyAct, Refusal>,
) -> Result<Reply, Problem> {
    let sitting = id(staff)?;
    let enact = |act| staff.site.house.enact(staff.unit.code, staff.asked(act));
    match act(sitting).map_err(Failure::from).and_then(enact) {
        Ok(done) => {
            let to = way::matter(&staff.code(), &done.matter.to_string());
            let at = item.map_or_else(String::new, |item| format!("#p{item}"));
            Ok(Reply::see(&format!("{to}?done={said}.{}{at}", done.seq)))
        }
        Err(Failure::Refused(refusal)) => refused(staff, sitting, item, &refusal),
        Err(failure) => Err(failure.into()),
    }
}

/// The room with what was refused.
fn refused(staff: &Staff<'_>, sitting: MatterId, item: Option<u32>, refusal: &Refusal) -> Result<Reply, Problem> {
    let read = app::read::meet::room(&staff.site.house, staff.unit.code, sitting, &staff.reader)?.ok_or(Problem::NotFound)?;
    let no = (item, staff.refused(refusal, &[]));
    let shown = room::page_of(staff.site, staff.ask, staff.unit, &read, &staff.reader, Some(no))?;
    Ok(Reply::html(page(&shown).map_err(broken)?).status(problem::status(refusal)))
}

fn simple(site: &Site, ask: &Ask, said: &str, act: impl FnOnce(MatterId) -> Act) -> Result<Reply, Problem> {
    ask_for(&Staff::at(site, ask)?, said, None, |sitting| Ok(AnyAct::Sitting(act(sitting))))
}

/// The item that a form names.
fn item(ask: &Ask) -> Result<u32, Refusal> {
    ask.field("item").parse().map_err(|_| Refusal::NoSuchItem)
}

fn on_item(site: &Site, ask: &Ask, said: &str, act: impl FnOnce(MatterId, u32) -> AnyAct) -> Result<Reply, Problem> {
    let item = item(ask)?;
    ask_for(&Staff::at(site, ask)?, said, Some(item), |sitting| Ok(act(sitting, item)))
}

/// POST `notify`: `assembly`.
pub fn notify(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let assembly = Assembly::parse(&ask.field("assembly")).ok_or(Refusal::Missing { field: "assembly" })?;
    simple(site, ask, "notify", |sitting| Act::Notify { sitting, assembly })
}

/// POST `open`.
pub fn open(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    simple(site, ask, "opened", |sitting| Act::Open { sitting })
}

/// POST `close`.
pub fn close(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    simple(site, ask, "closed", |sitting| Act::Close { sitting })
}

/// POST `confirm-minutes`.
pub fn confirm(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    simple(site, ask, "minutes", |sitting| Act::ConfirmMinutes { sitting })
}

/// POST `report`: `item`, `by`, `text`.
pub fn report(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let (by, text) = (ask.field("by"), ask.field("text"));
    on_item(site, ask, "noted", |sitting, item| AnyAct::Sitting(Act::Report { sitting, item, by, text }))
}

/// POST `discuss`: `item`, `speakers`, `text`.
pub fn discuss(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let named = ask.field("speakers");
    let speakers = named.split(['、', '，', ',', '\n', ';', '；']).map(str::trim).filter(|name| !name.is_empty());
    let speakers = speakers.map(|name| Personal(name.to_owned())).collect();
    let text = ask.field("text");
    on_item(site, ask, "noted", |sitting, item| AnyAct::Sitting(Act::Discuss { sitting, item, speakers, text }))
}

/// POST `agree`: `item`, `text`.
pub fn agree(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let text = ask.field("text");
    on_item(site, ask, "noted", |sitting, item| AnyAct::Sitting(Act::Agree { sitting, item, text }))
}

/// POST `ballot`: `item`, `mode`. The page steps are the sitting's, the ballot begins its own.
pub fn ballot(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let (sitting, item) = (id(&staff)?, item(ask)?);
    let mode = Mode::ALL.into_iter().find(|mode| mode.word() == ask.field("mode")).ok_or(Refusal::Missing { field: "mode" })?;
    let act = AnyAct::Ballot(ballot::Act::Open { sitting, item, mode });
    match site.house.enact(staff.unit.code, app::Asked { seen: None, ..staff.asked(act) }) {
        Ok(done) => Ok(Reply::see(&format!("{}?done=ballot.{}", way::matter(&staff.code(), &done.matter.to_string()), done.seq))),
        Err(Failure::Refused(refusal)) => refused(&staff, sitting, Some(item), &refusal),
        Err(failure) => Err(failure.into()),
    }
}
