//! 签到 Roll call: ticking who comes and who goes, and written mandates; 东组通〔2015〕33号 二（二）.

use super::room::page_of;
use crate::ask::{Ask, Reply};
use crate::look::meet::roll::Roll;
use crate::look::{Choice, Paging, Refused, page, way};
use crate::open::find::broken;
use crate::open::handling::id;
use crate::problem::{self, Problem};
use crate::site::Site;
use crate::staff::Staff;
use crate::{frame, multipart, words};
use app::Failure;
use law::meet::Assembly;
use law::meet::sitting::{Act, Mandate, Sitting};
use law::{AnyAct, Digest, MatterId, Refusal};

/// How many of a roll stand on one page.
const PAGE: usize = 100;

/// GET `roll`: `?roll=` an assembly, `page=`.
pub fn form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let sitting = id(&staff)?;
    staff.must::<Sitting>(&Act::Attend { sitting, arrive: Vec::new(), leave: Vec::new(), proxies: Vec::new() })?;
    shown(&staff, sitting, None)
}

fn shown(staff: &Staff<'_>, sitting: MatterId, refused: Option<(Refused, u16)>) -> Result<Reply, Problem> {
    let (site, unit) = (staff.site, staff.unit);
    let read = app::read::meet::room(&site.house, unit.code, sitting, &staff.reader)?.ok_or(Problem::NotFound)?;
    let place = frame::place(site, unit);
    let room = page_of(site, staff.ask, unit, &read, &staff.reader, None)?;
    let seated: Vec<Assembly> = read.state.called.iter().map(|called| called.assembly).collect();
    let chosen = Assembly::parse(staff.ask.query("roll")).filter(|one| seated.contains(one)).or_else(|| seated.first().copied());
    let chosen = chosen.ok_or(Problem::NotFound)?;
    let on_roll = app::read::meet::roll_of(&site.house, unit.code, &read.state, chosen)?;
    let (here, absent): (Vec<_>, Vec<_>) = on_roll.into_iter().partition(|(person, _)| read.state.is_here(*person));
    let choice = |(person, name): &(MatterId, String)| Choice::new(&person.to_string(), name, false);
    let pages = absent.len().div_ceil(PAGE).max(1);
    let at = usize::try_from(staff.ask.page()).unwrap_or(1).min(pages);
    let base = format!("{}?roll={}&page=", way::act(&staff.code(), &sitting.to_string(), "roll"), chosen.word());
    let mandates = chosen == Assembly::Members;
    let title = "签到";
    let f = staff.frame(title, refused.is_some());
    let status = refused.as_ref().map_or(200, |(_, status)| *status);
    let page_of = Roll {
        keep: f.keep_at("arrive", &read.step),
        f,
        id: sitting.to_string(),
        sitting: (words::room::kind(read.state.kind, &place), read.state.day),
        benches: room.benches,
        rolls: seated.iter().map(|one| Choice::new(one.word(), &words::room::assembly(*one, &place), *one == chosen)).collect(),
        absent: absent.iter().skip((at - 1) * PAGE).take(PAGE).map(choice).collect(),
        paging: Paging { page: at as i64, pages: pages as i64, base },
        proxies: mandates.then(|| (absent.iter().map(choice).collect(), here.iter().map(choice).collect())),
        shown: if mandates { shown_mandates(staff, &read.state)? } else { Vec::new() },
        here: here.iter().map(choice).collect(),
        refused: refused.map(|(no, _)| no),
    };
    Ok(Reply::html(page(&page_of).map_err(broken)?).status(status))
}

fn shown_mandates(staff: &Staff<'_>, state: &Sitting) -> Result<Vec<String>, Problem> {
    let mut all = Vec::new();
    for proxy in &state.proxies {
        let names = app::read::meet::named(&staff.site.house, staff.unit.code, &[proxy.principal, proxy.holder])?;
        if let [(_, principal), (_, holder)] = &names[..] {
            let over = if proxy.held.1.is_some() { "（本人来了，不再代）" } else { "" };
            all.push(format!("{principal}委托{holder}{over}"));
        }
    }
    Ok(all)
}

fn persons(ask: &Ask) -> Vec<MatterId> {
    ask.form.iter().filter(|(name, _)| name == "person").filter_map(|(_, value)| MatterId::parse(value)).collect()
}

fn attend(site: &Site, ask: &Ask, arrive: Vec<MatterId>, leave: Vec<MatterId>, proxies: Vec<Mandate>) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let sitting = id(&staff)?;
    let act = Act::Attend { sitting, arrive, leave, proxies };
    match site.house.enact(staff.unit.code, staff.asked(AnyAct::Sitting(act))) {
        Ok(done) => {
            let to = way::act(&staff.code(), &sitting.to_string(), "roll");
            Ok(Reply::see(&format!("{to}?roll={}&done=attend.{}", ask.query("roll"), done.seq)))
        }
        Err(Failure::Refused(refusal)) => {
            let no = (staff.refused(&refusal, &[]), problem::status(&refusal));
            shown(&staff, sitting, Some(no))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// POST `arrive`: `person` ….
pub fn arrive(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    attend(site, ask, persons(ask), Vec::new(), Vec::new())
}

/// POST `leave`: `person` ….
pub fn leave(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    attend(site, ask, Vec::new(), persons(ask), Vec::new())
}

/// POST `proxy`: `principal`, `holder`, file `paper`.
pub fn proxy(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let person = |field: &'static str| MatterId::parse(&ask.field(field)).ok_or(Refusal::Missing { field });
    let paper = multipart::file(&ask.body, &ask.content_type, "paper").map(|file| Digest::of(&[&file.bytes]));
    let mandate = Mandate { principal: person("principal")?, holder: person("holder")?, paper };
    attend(site, ask, Vec::new(), Vec::new(), vec![mandate])
}
