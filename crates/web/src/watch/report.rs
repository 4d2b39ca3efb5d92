//! 监督举报 Report: whoever reports a cadre's misconduct writes to the town's discipline officer; nobody in the village sees it.

use crate::ask::{Ask, Reply};
use crate::look::sealed::{Found, Report, ReportLookup, ReportOpen, ReportReceipt, ReportRow, Reports};
use crate::look::{Choice, Mark, Paging, Refused, Seal, page, way};
use crate::open::board::unit;
use crate::open::find::broken;
use crate::problem::{self, Problem};
use crate::router::{Route, show, take};
use crate::site::Site;
use crate::{frame, words};
use app::door::DoorError;
use app::read::Reader;
use app::read::reports::{self, Listed, Opened};
use app::{Failure, watch};
use law::lead::body::BodyKind;
use law::unit::{Level, Unit};
use law::watch::report::Lodged;
use law::{Digest, MatterId, Personal, Refusal, UnitCode, limit};

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    show("/u/{unit}/report", form),
    take("/u/{unit}/report", lodge),
    show("/report/lookup", lookup_form),
    take("/report/lookup", lookup),
    show("/t/{town}/reports", list),
    show("/t/{town}/reports/{id}", open),
    take("/t/{town}/reports/{id}/accept", accept),
];

/// Reports from one address in an hour; a town hall shares one.
const LODGED: usize = 10;
/// Look-ups from one address in an hour.
const LOOKED_UP: usize = 30;
/// Characters of a query code.
const CODE: usize = 12;
/// Its alphabet: nothing that is taken for something else.
const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// The hotline of discipline inspection, the same in the whole country.
const HOTLINE: &str = "12388";
/// Characters that the form leaves for whom it is about and for the sender's name and telephone.
const ROOM: usize = 200;
/// Rows of one page.
const ROWS: i64 = 30;

/// The town above a village.
fn town_of<'a>(site: &'a Site, unit: &Unit) -> Result<&'a Unit, Problem> {
    unit.code.parent().and_then(|code| site.house.units.get(code)).ok_or(Problem::NotFound)
}

/// To whom reports go, by the name of the body where it is known.
fn goes_to(site: &Site, town: &Unit) -> Result<String, Problem> {
    let bodies = app::read::people::bodies(&site.house, town.code, site.today())?;
    let body = bodies.into_iter().find(|staffed| staffed.body.kind == BodyKind::TownDiscipline);
    Ok(body.map_or_else(|| format!("{}纪检监察组", town.name), |staffed| staffed.body.name))
}

fn filled(site: &Site, ask: &Ask, unit: &Unit, refused: Option<Refused>) -> Result<Reply, Problem> {
    let status = if refused.is_some() { 422 } else { 200 };
    let title = if refused.is_some() { "没发出：反映干部违纪" } else { "反映干部违纪" };
    let shown = Report {
        f: frame::of(site, ask, unit, title),
        goes_to: goes_to(site, town_of(site, unit)?)?,
        text: ask.field("text"),
        about: ask.field("about"),
        name: ask.field("name"),
        contact: ask.field("contact"),
        most: (limit::TEXT - ROOM) as i64,
        phone: Some(HOTLINE.into()),
        refused,
    };
    Ok(Reply::html(page(&shown).map_err(broken)?).status(status))
}

fn form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    filled(site, ask, unit, None)
}

/// The address counts, nobody's name: a report needs no sign-in, and a session is never looked at.
fn in_measure(site: &Site, ask: &Ask, what: &str, most: usize) -> Result<(), Problem> {
    match site.limiter.count(what, ask.ip, most, site.house.clock.now()) {
        None => Ok(()),
        Some(wait_s) => Err(DoorError::TooMany { wait_s }.into()),
    }
}

fn lodge(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let town = town_of(site, unit)?;
    if ask.field("text").is_empty() {
        return filled(site, ask, unit, Some(problem::refused(site, &Refusal::Missing { field: "text" })));
    }
    in_measure(site, ask, "report", LODGED)?;
    let (name, contact) = (ask.field("name"), ask.field("contact"));
    let text = words::report::letter(&ask.field("about"), &name, &contact, &ask.field("text"));
    let code = fresh_code(site);
    let lodged = Lodged { text: Personal(text), about: unit.code, on: site.today(), code: Digest::of(&[code.as_bytes()]) };
    let told_by = match watch::report::lodge(&site.house, town.code, &lodged) {
        Ok(day) => day,
        Err(Failure::Refused(refusal)) => return filled(site, ask, unit, Some(problem::refused(site, &refusal))),
        Err(failure) => return Err(failure.into()),
    };
    let shown = ReportReceipt {
        f: frame::bare(site, ask, "已密封送出"),
        town: town.name.clone(),
        goes_to: goes_to(site, town)?,
        code: [&code[..4], &code[4..8], &code[8..]].join(" "),
        told_by: (!name.is_empty() || !contact.is_empty()).then_some(told_by),
    };
    Ok(Reply::html(page(&shown).map_err(broken)?))
}

/// Twelve characters, some 59 bits: nobody guesses one.
fn fresh_code(site: &Site) -> String {
    let one = |_| char::from(ALPHABET[(site.house.dice.bits() % ALPHABET.len() as u64) as usize]);
    (0..CODE).map(one).collect()
}

fn towns(site: &Site, picked: &str) -> Vec<Choice> {
    let with_villages =
        |town: &&Unit| town.level == Level::Town && site.house.units.children(town.code).any(|unit| unit.profile().is_some());
    let towns = site.house.units.all().iter().filter(with_villages);
    towns.map(|town| Choice::new(&town.code.to_string(), &town.name, town.code.to_string() == picked)).collect()
}

fn lookup_page(site: &Site, ask: &Ask, found: Option<Found>, refused: Option<Refused>) -> Result<Reply, Problem> {
    let status = if refused.is_some() { 422 } else { 200 };
    let f = frame::bare(site, ask, "密封反映：查受理没有");
    let shown = ReportLookup { f, towns: towns(site, &ask.field("town")), found, refused };
    Ok(Reply::html(page(&shown).map_err(broken)?).status(status))
}

fn lookup_form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    lookup_page(site, ask, None, None)
}

fn lookup(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    in_measure(site, ask, "report-lookup", LOOKED_UP)?;
    let code: String = ask.field("code").to_uppercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let town = UnitCode::parse(&ask.field("town")).ok().filter(|town| town.level() == Level::Town);
    let found = match town {
        Some(town) => reports::by_code(&site.house, town, Digest::of(&[code.as_bytes()]))?,
        None => None,
    };
    let Some(standing) = found else {
        return lookup_page(site, ask, None, Some(Refused::of("REPORT_UNKNOWN", None, Some("code"))));
    };
    let taken = standing.told.as_ref().map(|(taken, ..)| *taken);
    let answer = standing.told.map_or_else(String::new, |(_, answer, _)| answer);
    lookup_page(site, ask, Some(Found { on: standing.on, chip: words::report::standing(taken), answer }), None)
}

/// The town of the address and what this visitor may read there.
fn town<'a>(site: &'a Site, ask: &Ask) -> Result<(&'a Unit, Reader), Problem> {
    let town = site.above(ask.param("town")).filter(|town| town.level == Level::Town).ok_or(Problem::NotFound)?;
    Ok((town, ask.visitor.reader(site, town.code)?))
}

/// `/t/{town}/reports`: for the discipline officers of this town; to all others there is no such page.
fn list(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let (town, reader) = town(site, ask)?;
    shown(site, ask, town, &reader, None)
}

fn shown(site: &Site, ask: &Ask, town: &Unit, reader: &Reader, open: Option<ReportOpen>) -> Result<Reply, Problem> {
    let (listed, total) = reports::list(&site.house, town.code, reader, (ask.page() - 1) * ROWS, ROWS)?.ok_or(Problem::NotFound)?;
    let status = if open.as_ref().is_some_and(|open| open.refused.is_some()) { 422 } else { 200 };
    let shown = Reports {
        f: frame::of(site, ask, town, "密封反映"),
        rows: listed.iter().map(|row| report_row(site, row)).collect(),
        total,
        paging: Paging {
            page: ask.page(),
            pages: (total + ROWS - 1) / ROWS,
            base: format!("{}?page=", way::reports(&town.code.to_string(), "")),
        },
        open,
    };
    Ok(Reply::html(page(&shown).map_err(broken)?).status(status))
}

fn report_row(site: &Site, listed: &Listed) -> ReportRow {
    ReportRow {
        id: listed.id.to_string(),
        place: site.house.units.get(listed.about).map_or_else(String::new, |unit| unit.short_name().to_owned()),
        received: listed.on,
        state: words::report::state(listed.told.as_ref().map(|(taken, ..)| *taken), listed.seen),
    }
}

fn open(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let (town, reader) = town(site, ask)?;
    opened(site, ask, town, &reader, None)
}

fn opened(site: &Site, ask: &Ask, town: &Unit, reader: &Reader, refused: Option<Refused>) -> Result<Reply, Problem> {
    let id = MatterId::parse(ask.param("id")).ok_or(Problem::NotFound)?;
    let Opened { row, text, seen } = reports::open(&site.house, town.code, id, reader)?.ok_or(Problem::NotFound)?;
    let seal = if row.sealed { Seal::Whole } else { Seal::Pending };
    let open = ReportOpen {
        text,
        told_by: row.accept.due,
        answer: row.told.clone().map(|(_, text, on)| (text, on)),
        typed: ask.field("answer"),
        most: limit::TEXT as i64,
        seen: seen.iter().map(|(name, at)| format!("{name} {}", words::moment(*at))).collect(),
        mark: Mark { unit: town.code.to_string(), seq: row.seq, seal },
        refused,
        row: report_row(site, &row),
    };
    shown(site, ask, town, reader, Some(open))
}

/// The officer says what becomes of a report.
fn accept(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let (town, reader) = town(site, ask)?;
    let id = MatterId::parse(ask.param("id")).ok_or(Problem::NotFound)?;
    let taken = match ask.field("taken").as_str() {
        "yes" => true,
        "no" => false,
        _ => return opened(site, ask, town, &reader, Some(problem::refused(site, &Refusal::Missing { field: "taken" }))),
    };
    let by = ask.visitor.actor(site, town.code)?;
    match watch::report::answer(&site.house, town.code, &by, id, taken, &ask.field("answer")) {
        Ok(()) => Ok(Reply::see(&way::reports(&town.code.to_string(), &id.to_string()))),
        Err(Failure::Refused(Refusal::NoRight { .. } | Refusal::NoSuchMatter)) => Err(Problem::NotFound),
        Err(Failure::Refused(refusal)) => opened(site, ask, town, &reader, Some(problem::refused(site, &refusal))),
        Err(failure) => Err(failure.into()),
    }
}
