//! 每周快记 The quick weekly entry, and the standing slot it needs; 东组通〔2015〕33号 二（二）.

use super::calendar::{calls, each, titled};
use super::scope::{self, Typed};
use crate::ask::{Ask, Reply};
use crate::look::meet::weekly::{Line, Slot, Weekly as Form};
use crate::look::{Choice, way};
use crate::problem::Problem;
use crate::site::Site;
use crate::staff::Staff;
use crate::{frame, words};
use app::{Asked, Failure};
use jiff::civil::Date;
use law::meet::sitting::{Act, Sitting, Weekly};
use law::meet::slot::{self, Day};
use law::meet::{Assembly, SittingKind};
use law::{AnyAct, MatterId, Refusal, limit};

/// Items that a form has room for.
const ITEMS: usize = 5;

const DAYS: [(Day, &str, &str); 7] = [
    (Day::Monday, "monday", "周一"),
    (Day::Tuesday, "tuesday", "周二"),
    (Day::Wednesday, "wednesday", "周三"),
    (Day::Thursday, "thursday", "周四"),
    (Day::Friday, "friday", "周五"),
    (Day::Saturday, "saturday", "周六"),
    (Day::Sunday, "sunday", "周日"),
];

/// GET `weekly`; without a standing slot, the way to fix one.
pub fn form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = caller(site, ask)?;
    match app::read::meet::slot(&site.house, staff.unit.code, SittingKind::Team)? {
        Some(_) => shown(&staff, None),
        None => Ok(Reply::see(&way::slot(&staff.code()))),
    }
}

/// Who calls the teams' sitting.
fn caller<'a>(site: &'a Site, ask: &'a Ask) -> Result<Staff<'a>, Problem> {
    let staff = Staff::at(site, ask)?;
    match calls(site, staff.unit, &staff.reader).contains(&SittingKind::Team) {
        true => Ok(staff),
        false => Err(Problem::NotFound),
    }
}

/// The last day of the slot, today at the latest.
fn last_slot(slot: &slot::Slot, today: Date) -> Date {
    let back = (0..7).filter_map(|days| today.checked_sub(jiff::Span::new().days(days)).ok());
    back.into_iter().find(|day| slot.on(*day).is_some_and(|fixed| fixed.weekday == Day::of(*day))).unwrap_or(today)
}

fn line(staff: &Staff<'_>, n: usize) -> Line {
    let typed = |field: &str| staff.typed(&format!("{field}{n}"), "");
    Line { report: typed("report"), discussion: typed("discussion"), resolution: typed("resolution"), amount: typed("amount") }
}

/// An hour later, as in `16:00`; of today not later than it is now.
fn later(time: &str, now: Option<String>) -> String {
    let hour = |time: &str| time.split_once(':').and_then(|(hour, _)| hour.parse::<u8>().ok());
    let minutes = time.split_once(':').map_or("00", |(_, minutes)| minutes);
    let later = hour(time).map_or_else(String::new, |hour| format!("{:02}:{minutes}", (hour + 1).min(23)));
    now.filter(|now| time < now.as_str() && *now < later).unwrap_or(later)
}

fn shown(staff: &Staff<'_>, refused: Option<&Refusal>) -> Result<Reply, Problem> {
    let (site, unit, today) = (staff.site, staff.unit, staff.site.today());
    let slot = app::read::meet::slot(&site.house, unit.code, SittingKind::Team)?;
    let fixed = slot.as_ref().and_then(|slot| slot.on(today));
    let day = staff.typed("day", slot.as_ref().map_or(today, |slot| last_slot(slot, today)).to_string());
    let on = day.parse().unwrap_or(today);
    let names = app::read::people::names(&site.house, unit.code)?;
    let here: Vec<&str> = staff.ask.form.iter().filter(|(name, _)| name == "here").map(|(_, value)| value.as_str()).collect();
    let people: Vec<Choice> = titled(&names, Assembly::Team, on)
        .into_iter()
        .map(|(person, name)| {
            let id = person.to_string();
            let picked = !staff.ask.post || here.contains(&id.as_str());
            Choice::new(&id, &name, picked)
        })
        .collect();
    let from = fixed.map_or_else(String::new, |fixed| fixed.time.clone());
    let due = u32::try_from(people.len()).unwrap_or_default();
    let late = i64::from((today - on).get_days());
    let f = staff.frame("记本周班子联席会议", refused.is_some());
    let form = Form {
        keep: f.keep("weekly"),
        f,
        slot: fixed
            .map_or_else(String::new, |fixed| format!("{}{}，{}", each(fixed.weekday), words::room::clock(&fixed.time), fixed.place)),
        to: staff.typed("to", later(&from, (on == today).then(|| format!("{:0>5}", words::time(site.house.clock.now()))))),
        from: staff.typed("from", from),
        day,
        needed: app::read::meet::needed(&site.house, unit.code, Assembly::Team, due, on)?,
        people,
        items: (1..=ITEMS).map(|n| line(staff, n)).collect(),
        agreed: staff.ask.field("agreed") == "yes",
        most: limit::TEXT as i64,
        lag: (late > 0 && staff.ask.post).then_some((late, on)),
        hint: scope::hint(staff)?,
        refused: refused.map(|no| scope::led(staff, no, staff.refused(no, &[("title", "report")]), typed(staff))),
    };
    staff.shown(&form, refused)
}

fn typed(staff: &Staff<'_>) -> impl Iterator<Item = Typed> {
    (1..=ITEMS).map(|n| line(staff, n)).map(|line| Typed { title: title(&line.report), text: line.resolution, amount: line.amount })
}

/// The first words of a report: the title of its item.
fn title(report: &str) -> String {
    let first = report.split(['，', '。', '；', ',', ';', '\n']).next().unwrap_or_default();
    words::cut(first, limit::TITLE / 2)
}

/// POST `weekly`.
pub fn hold(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = caller(site, ask)?;
    let asked = || -> Result<Act, Refusal> {
        let present = ask.form.iter().filter(|(name, _)| name == "here").filter_map(|(_, value)| MatterId::parse(value)).collect();
        let lines = (1..=ITEMS).map(|n| line(&staff, n)).filter(|line| !line.is_blank());
        let item = |Line { report, discussion, resolution, amount }| -> Result<Weekly, Refusal> {
            let scope = scope::of(&amount)?;
            Ok(Weekly { title: title(&report), report, discussion, resolution, motion: None, version: None, scope })
        };
        let items = lines.map(item).collect::<Result<Vec<_>, _>>()?;
        if ask.field("agreed") != "yes" {
            return Err(Refusal::NeedsBallot);
        }
        Ok(Act::HoldWeekly { day: staff.day("day")?, from: ask.field("from"), to: ask.field("to"), present, items })
    };
    let enact = |act| site.house.enact(staff.unit.code, Asked { seen: None, ..staff.asked(AnyAct::Sitting(act)) });
    match asked().map_err(Failure::from).and_then(enact) {
        Ok(done) => Ok(staff.done("weekly", done)),
        Err(Failure::Refused(refusal)) => shown(&staff, Some(&refusal)),
        Err(failure) => Err(failure.into()),
    }
}

/// GET `slot`; `?kind=`.
pub fn slot_form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    slot_shown(&Staff::at(site, ask)?, None)
}

fn slot_shown(staff: &Staff<'_>, refused: Option<&Refusal>) -> Result<Reply, Problem> {
    let place = frame::place(staff.site, staff.unit);
    let kinds = calls(staff.site, staff.unit, &staff.reader);
    let first = *kinds.first().ok_or(Problem::NotFound)?;
    let asked = SittingKind::parse(&staff.typed("kind", staff.ask.query("kind"))).filter(|kind| kinds.contains(kind)).unwrap_or(first);
    let slot = app::read::meet::slot(&staff.site.house, staff.unit.code, asked)?;
    let fixed = slot.as_ref().and_then(|slot| slot.on(staff.site.today()));
    let picked =
        staff.typed("weekday", fixed.and_then(|fixed| DAYS.iter().find(|(day, ..)| *day == fixed.weekday)).map_or("", |(_, word, _)| word));
    let f = staff.frame("定固定会期", refused.is_some());
    let form = Slot {
        keep: f.keep("slot"),
        f,
        now: fixed.map_or_else(String::new, |fixed| format!("{}{}，{}", each(fixed.weekday), words::room::clock(&fixed.time), fixed.place)),
        kinds: kinds.iter().map(|kind| Choice::new(kind.word(), &words::room::kind(*kind, &place), *kind == asked)).collect(),
        weekdays: DAYS.iter().map(|(_, word, label)| Choice::new(word, label, *word == picked)).collect(),
        time: staff.typed("time", fixed.map_or("15:00", |fixed| fixed.time.as_str())),
        place: staff.typed("place", fixed.map_or("", |fixed| fixed.place.as_str())),
        refused: refused.map(|no| staff.refused(no, &[])),
    };
    staff.shown(&form, refused)
}

/// POST `slot`.
pub fn set_slot(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let asked = || -> Result<slot::Act, Refusal> {
        let kind = SittingKind::parse(&ask.field("kind")).ok_or(Refusal::Missing { field: "kind" })?;
        let weekday = DAYS.iter().find(|(_, word, _)| *word == ask.field("weekday")).ok_or(Refusal::Missing { field: "weekday" })?.0;
        Ok(slot::Act::Set { kind, weekday, time: ask.field("time"), place: ask.field("place") })
    };
    let enact = |act| site.house.enact(staff.unit.code, Asked { seen: None, ..staff.asked(AnyAct::Slot(act)) });
    match asked().map_err(Failure::from).and_then(enact) {
        Ok(done) => Ok(Reply::see(&format!("{}?done=slot.{}", way::meetings(&staff.code()), done.seq))),
        Err(Failure::Refused(refusal)) => slot_shown(&staff, Some(&refusal)),
        Err(failure) => Err(failure.into()),
    }
}

/// Whether somebody holds a post that may enter a weekly sitting; for the desk.
pub fn may(staff: &Staff<'_>) -> bool {
    staff.may::<Sitting>(&Act::HoldWeekly {
        day: staff.site.today(),
        from: String::new(),
        to: String::new(),
        present: Vec::new(),
        items: Vec::new(),
    }) && calls(staff.site, staff.unit, &staff.reader).contains(&SittingKind::Team)
}
