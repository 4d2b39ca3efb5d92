//! 表决 The page of one ballot: give one's paper, enter hands and sheets, count, and count again; 东组通〔2015〕33号 二（二）.

use super::room::{self, View, short};
use crate::ask::{Ask, Reply};
use crate::look::meet::vote::{Given, Mode, Slip, Staff as Desk, Vote};
use crate::look::{Choice, Place, Refused, page, way};
use crate::open::board::unit;
use crate::open::find::broken;
use crate::open::handling::id;
use crate::open::suggestion::mark;
use crate::problem::{self, Problem};
use crate::site::Site;
use crate::staff::Staff;
use crate::{frame, multipart, words};
use app::read::Reader;
use app::read::meet::Vote as Read;
use app::{Asked, Failure};
use law::meet::Assembly;
use law::meet::ballot::{Act, Fact, Group, Mark, Mode as Way};
use law::unit::Unit;
use law::{AnyAct, Digest, MatterId, Refusal};

fn mode(way: Way) -> Mode {
    match way {
        Way::Named => Mode::Named,
        Way::Hands => Mode::Hands,
        Way::Paper => Mode::Paper,
        Way::Secret => Mode::Secret,
    }
}

/// The page.
pub fn page_of(site: &Site, ask: &Ask, unit: &Unit, read: &Read, reader: &Reader, refused: Option<Refused>) -> Result<Vote, Problem> {
    let (b, s, place) = (&read.state, &read.room.state, frame::place(site, unit));
    let view = View { site, ask, unit, read: &read.room, reader, refused: None };
    let room = room::page_of(site, ask, unit, &read.room, reader, None)?;
    let open = b.counted.is_none();
    let listed = s.point(b.item).map(|point| &point.listed);
    let shown = room.items.get(b.item as usize).and_then(|item| item.title.clone());
    let what = shown.unwrap_or_else(|| words::room::nth(b.item));
    let title = format!("表决：{what}");
    let title = if refused.is_some() { format!("没发出：{title}") } else { title };
    let version = listed.and_then(|listed| listed.version).map_or_else(String::new, |version| format!(" · 第{version}版"));
    let hand = if open { app::read::meet::hand(&site.house, unit.code, s, reader)? } else { None };
    let hand = hand.filter(|hand| hand.ballot.id == b.id);
    let (seq, sealed) = read.newest;
    let runs = room.chair.is_some();
    Ok(Vote {
        f: frame::of(site, ask, unit, title),
        id: b.id.to_string(),
        sitting: (way::matter(&unit.code.to_string(), &s.id.to_string()), words::room::kind(s.kind, &place)),
        day: b.day,
        item: words::room::nth(b.item),
        stage: format!("{}{version}", words::room::stage(b.stage)),
        motion: b.motion.map(|motion| way::matter(&unit.code.to_string(), &motion.to_string())),
        mode: mode(b.mode),
        paper: hand.and_then(|hand| room::paper(&view, &hand)),
        given: read.given,
        voters: u32::try_from(read.voters.len()).unwrap_or_default(),
        benches: if open { room.benches } else { Vec::new() },
        bars: room::bars(&read.room, b.id, &place),
        total: b.counted.as_ref().map(|c| (c.total.in_favour, c.total.against, c.total.abstained, c.total.spoilt)),
        papers: if open { Vec::new() } else { papers(unit, read, &place) },
        staff: if open && runs { Some(desk(site, ask, unit, read)?) } else { None },
        root: b.counted.as_ref().and_then(|counted| counted.root).map(|root| root.to_string()).unwrap_or_default(),
        mark: mark(unit, seq, sealed),
        refused,
    })
}

fn seats(seats: &[Assembly], place: &Place) -> String {
    seats.iter().map(|one| words::room::assembly(*one, place)).collect::<Vec<_>>().join("、")
}

/// The papers in the order of the record.
fn papers(unit: &Unit, read: &Read, place: &Place) -> Vec<Given> {
    let mut all = Vec::new();
    for step in &read.steps {
        let line = || Some(mark(unit, step.seq, step.sealed));
        match &step.fact {
            Fact::Cast { seats: at, choice, proxy, cancels, .. } => {
                let note = match (proxy, cancels) {
                    (true, _) => "受委托的人投的",
                    (false, Some(_)) => "本人来了，受委托的那一票作废",
                    _ => "",
                };
                let said = words::room::choice(*choice).to_owned();
                all.push(Given { seats: seats(at, place), said, note: note.into(), mark: line() });
            }
            Fact::Handed { groups, .. } => all.extend(groups.iter().map(|group| grouped(group, "举手", line(), place))),
            Fact::Sheeted { groups, scan, .. } => {
                let note = format!("一张计票单，扫描件指纹{}", short(&scan.to_string()));
                all.extend(groups.iter().map(|group| grouped(group, &note, line(), place)));
            }
            Fact::Counted { slips, .. } => all.extend(slips.iter().map(|slip| Given {
                seats: slip.assembly.map_or_else(|| "全场合计".to_owned(), |one| words::room::assembly(one, place)),
                said: words::room::choice(slip.choice).to_owned(),
                note: number(&slip.number.0),
                mark: None,
            })),
            Fact::Opened { .. } => {}
        }
    }
    all
}

fn grouped(group: &Group, note: &str, mark: Option<crate::look::Mark>, place: &Place) -> Given {
    let counts = [("赞成", group.in_favour), ("反对", group.against), ("弃权", group.abstained), ("废票", group.spoilt)];
    let said = counts.iter().filter(|(_, n)| *n > 0).map(|(word, n)| format!("{word}{n}")).collect::<Vec<_>>().join("、");
    Given { seats: seats(&group.seats, place), said, note: note.into(), mark }
}

/// The number of a secret paper in groups of four digits.
fn number(bytes: &[u8; 16]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    hex.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}

fn desk(site: &Site, ask: &Ask, unit: &Unit, read: &Read) -> Result<Desk, Problem> {
    let choices = |list: &[(MatterId, String)]| list.iter().map(|(id, name)| Choice::new(&id.to_string(), name, false)).collect();
    let b = &read.state;
    let by = ask.visitor.actor(site, unit.code)?;
    let no = super::refusal(site, unit, &by, AnyAct::Ballot(Act::Close { ballot: b.id }))?;
    let sheets = read.steps.iter().filter_map(|step| match &step.fact {
        Fact::Sheeted { scan, .. } => Some(format!("№{}录入了一张计票单，扫描件指纹{}。", step.seq, short(&scan.to_string()))),
        Fact::Handed { .. } => Some(format!("№{}记下了举手结果。", step.seq)),
        _ => None,
    });
    let left = u32::try_from(read.voters.len()).unwrap_or_default().saturating_sub(read.given);
    let counts = matches!(b.mode, Way::Named | Way::Secret) && left > 0;
    Ok(Desk {
        keep: frame::of(site, ask, unit, "").keep("ballot"),
        persons: choices(&read.missing),
        tellers: choices(&read.there),
        sheets: sheets.collect(),
        blocked: no.map(|no| format!("{}{}", no.why, no.now)).unwrap_or_default(),
        missing: if counts { format!("还有{left}人没投") } else { String::new() },
    })
}

fn again(site: &Site, ask: &Ask, unit: &Unit, ballot: MatterId, refusal: &Refusal) -> Result<Reply, Problem> {
    let reader = ask.visitor.reader(site, unit.code)?;
    let read = app::read::meet::vote(&site.house, unit.code, ballot, &reader)?.ok_or(Problem::NotFound)?;
    let shown = page_of(site, ask, unit, &read, &reader, Some(problem::refused(site, refusal)))?;
    Ok(Reply::html(page(&shown).map_err(broken)?).status(problem::status(refusal)))
}

/// Ballots that are open now and wait for this reader's paper: where to vote, and on what.
pub fn asked(site: &Site, unit: &Unit, reader: &Reader) -> Result<Vec<(String, String)>, Problem> {
    let place = frame::place(site, unit);
    let open = app::read::meet::asked(&site.house, unit.code, reader)?;
    let by_phone = open.into_iter().filter(|(_, hand)| matches!(hand.ballot.mode, Way::Named | Way::Secret));
    let said = by_phone.map(|(sitting, hand)| {
        let item = sitting.point(hand.ballot.item).and_then(|point| point.listed.title.clone());
        let what = item.map_or_else(String::new, |title| format!("：{title}"));
        let at = way::matter(&unit.code.to_string(), &hand.ballot.id.to_string());
        (at, format!("{}{}{what}", words::room::kind(sitting.kind, &place), words::room::nth(hand.ballot.item)))
    });
    Ok(said.collect())
}

/// POST `vote`: `voter`, `choice`; anybody who is signed in may ask, the rolls decide.
pub fn cast(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    ask.visitor.signed()?;
    let ballot = MatterId::parse(ask.param("id")).ok_or(Problem::NotFound)?;
    let by = ask.visitor.actor(site, unit.code)?;
    let reader = Reader::of(&by);
    let read = app::read::meet::vote(&site.house, unit.code, ballot, &reader)?.ok_or(Problem::NotFound)?;
    let asked = || -> Result<_, Refusal> {
        let voter = MatterId::parse(&ask.field("voter")).ok_or(Refusal::Missing { field: "voter" })?;
        let choice = words::room::read_choice(&ask.field("choice")).ok_or(Refusal::Missing { field: "choice" })?;
        Ok((voter, choice))
    };
    let outcome = asked().map_err(Failure::from).and_then(|(voter, choice)| match read.state.mode {
        Way::Secret => app::meet::ballot::cast(&site.house, unit.code, &by, ballot, voter, choice).map(Some),
        _ => {
            let act = AnyAct::Ballot(Act::Cast { ballot, voter, choice });
            site.house.enact(unit.code, Asked { act, by: by.clone(), key: ask.key(), seen: None }).map(|_| None)
        }
    });
    match outcome {
        Ok(None) => Ok(Reply::see(&way::matter(&unit.code.to_string(), &ballot.to_string()))),
        Ok(Some(slips)) => {
            let place = frame::place(site, unit);
            let named = |one: Option<Assembly>| one.map_or_else(|| "全场合计".to_owned(), |one| words::room::assembly(one, &place));
            let shown = Slip {
                f: frame::of(site, ask, unit, "投票回执"),
                back: way::matter(&unit.code.to_string(), &ballot.to_string()),
                title: words::room::nth(read.state.item),
                slips: slips.iter().map(|slip| (named(slip.assembly), number(&slip.number.0))).collect(),
            };
            Ok(Reply::html(page(&shown).map_err(broken)?))
        }
        Err(Failure::Refused(refusal)) => again(site, ask, unit, ballot, &refusal),
        Err(failure) => Err(failure.into()),
    }
}

fn by_staff(site: &Site, ask: &Ask, said: &str, act: impl FnOnce(MatterId) -> Result<Act, Refusal>) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let ballot = id(&staff)?;
    let enact = |act| site.house.enact(staff.unit.code, Asked { seen: None, ..staff.asked(AnyAct::Ballot(act)) });
    match act(ballot).map_err(Failure::from).and_then(enact) {
        Ok(done) => Ok(Reply::see(&format!("{}?done={said}.{}", way::matter(&staff.code(), &ballot.to_string()), done.seq))),
        Err(Failure::Refused(refusal)) => again(site, ask, staff.unit, ballot, &refusal),
        Err(failure) => Err(failure.into()),
    }
}

/// POST `enter`: `voter`, `choice` of somebody who is there without a telephone.
pub fn enter(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    by_staff(site, ask, "noted", |ballot| {
        let voter = MatterId::parse(&ask.field("voter")).ok_or(Refusal::Missing { field: "voter" })?;
        let choice = words::room::read_choice(&ask.field("choice")).ok_or(Refusal::Missing { field: "choice" })?;
        Ok(Act::CastFor { ballot, voter, choice })
    })
}

fn all(ask: &Ask, field: &str) -> Vec<MatterId> {
    ask.form.iter().filter(|(name, _)| name == field).filter_map(|(_, value)| MatterId::parse(value)).collect()
}

/// POST `hands`: `against` …, `abstain` …, `teller` ….
pub fn hands(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let (against, abstain, tellers) = (all(ask, "against"), all(ask, "abstain"), all(ask, "teller"));
    by_staff(site, ask, "noted", |ballot| Ok(Act::Hands { ballot, against, abstain, tellers }))
}

/// POST `sheet`: `teller`, `p…` of each person, file `scan`.
pub fn sheet(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    by_staff(site, ask, "noted", |ballot| {
        let teller = MatterId::parse(&ask.field("teller")).ok_or(Refusal::Missing { field: "teller" })?;
        let scan = multipart::file(&ask.body, &ask.content_type, "scan").ok_or(Refusal::Missing { field: "scan" })?;
        let named = ask.form.iter().filter_map(|(name, value)| Some((MatterId::parse(name.strip_prefix('p')?)?, value)));
        let marks = named.map(|(person, value)| Mark { person, choice: words::room::read_choice(value) }).collect();
        Ok(Act::Sheet { ballot, teller, marks, scan: Digest::of(&[&scan.bytes]) })
    })
}

/// POST `count`.
pub fn count(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    by_staff(site, ask, "counted", |ballot| Ok(Act::Close { ballot }))
}
