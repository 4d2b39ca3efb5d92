//! 会议日历 What is called, what was held and what was not; 东组通〔2015〕33号 二（二）“每周召开1次”“每季度至少召开1次”.

use super::convener;
use super::room::state;
use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::board::WeekState;
use crate::look::desk::Tool;
use crate::look::meet::calendar::{Box4, Calendar, Row};
use crate::look::meet::room::ItemState;
use crate::look::{Chip, Paging, Place, Tone, page, way};
use crate::open::board::{quarters, reader, unit, week_state};
use crate::open::find::broken;
use crate::open::suggestion::mark;
use crate::problem::Problem;
use crate::site::Site;
use crate::words;
use app::read::Reader;
use jiff::civil::Date;
use law::PostKind;
use law::meet::sitting::{Phase, Sitting};
use law::meet::slot::Day;
use law::meet::{Assembly, SittingKind};
use law::steer::cadence::Cadence;
use law::unit::Unit;

/// How many sittings that were held stand on a page.
const PAGE: usize = 20;

/// `/u/{unit}/meetings`: `?year=`, `page=`.
pub fn show(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let reader = reader(site, ask, unit)?;
    let today = site.today();
    let year = ask.query("year").parse::<i16>().ok().filter(|year| (2000..=today.year()).contains(year)).unwrap_or(today.year());
    let read = app::read::meet::calendar(&site.house, unit.code, year)?;
    let place = frame::place(site, unit);
    let row = |(sitting, seq): &(Sitting, i64)| row(unit, sitting, *seq, read.sealed, &place);
    let (mut coming, held): (Vec<_>, Vec<_>) = read
        .sittings
        .iter()
        .filter(|(sitting, _)| sitting.phase == Phase::Called || sitting.day.year() == year)
        .partition(|(sitting, _)| matches!(sitting.phase, Phase::Called | Phase::Open));
    coming.sort_by_key(|(sitting, _)| sitting.day);
    let pages = held.len().div_ceil(PAGE).max(1);
    let at = usize::try_from(ask.page()).unwrap_or(1).min(pages);
    let code = unit.code.to_string();
    let slots = read.slots.iter().filter_map(|slot| {
        let fixed = slot.on(today)?;
        Some(format!("{}{}{}，{}", words::room::kind(slot.kind, &place), each(fixed.weekday), words::room::clock(&fixed.time), fixed.place))
    });
    let representatives = periods(&read.representatives, today, &code);
    let shown = Calendar {
        f: frame::of(site, ask, unit, "会议日历"),
        year,
        slots: slots.collect(),
        coming: coming.iter().map(|one| row(one)).collect(),
        quarters: four(&read.congress, read.started, year, today, &code),
        weeks: quarters(Date::new(year, 12, 31).unwrap_or(today).min(today), read.started, &read.weeks),
        others: if representatives.is_empty() {
            Vec::new()
        } else {
            vec![(words::room::kind(SittingKind::Representatives, &place), representatives)]
        },
        held: held.iter().rev().skip((at - 1) * PAGE).take(PAGE).map(|one| row(one)).collect(),
        paging: Paging { page: at as i64, pages: pages as i64, base: format!("{}?year={year}&page=", way::meetings(&code)) },
        tools: tools(site, unit, &reader),
        ics: site.url(&way::meetings_ics(&code)),
    };
    Ok(Reply::html(page(&shown).map_err(broken)?))
}

/// 每周三.
pub fn each(day: Day) -> &'static str {
    match day {
        Day::Monday => "每周一",
        Day::Tuesday => "每周二",
        Day::Wednesday => "每周三",
        Day::Thursday => "每周四",
        Day::Friday => "每周五",
        Day::Saturday => "每周六",
        Day::Sunday => "每周日",
    }
}

/// Kinds of sitting that this reader calls here.
pub fn calls(site: &Site, unit: &Unit, reader: &Reader) -> Vec<SittingKind> {
    let holds = |post: PostKind| reader.offices.iter().any(|office| office.unit == unit.code && office.kind == post);
    SittingKind::ALL.into_iter().filter(|kind| convener(site, unit, kind.rule()).is_some_and(holds)).collect()
}

/// What this reader may begin.
fn tools(site: &Site, unit: &Unit, reader: &Reader) -> Vec<Tool> {
    let code = unit.code.to_string();
    let calls = calls(site, unit, reader);
    let tool = |label: &str, href: String| Tool { label: label.into(), href };
    let mut tools = Vec::new();
    if calls.contains(&SittingKind::Team) {
        tools.push(tool("记本周班子会", way::weekly(&code)));
    }
    if !calls.is_empty() {
        tools.push(tool("召集会议", way::meeting_new(&code)));
        tools.push(tool("定固定会期", way::slot(&code)));
    }
    if reader.is_official() {
        tools.push(tool("表决名册", way::rolls(&code)));
    }
    tools
}

/// 5项：定了4项.
fn row(unit: &Unit, s: &Sitting, seq: i64, sealed: i64, place: &Place) -> Row {
    let over = matches!(s.phase, Phase::Closed | Phase::Adjourned);
    let open: Vec<_> = s.agenda.iter().filter(|point| point.listed.closed.is_none()).collect();
    let settled = |one: &ItemState| matches!(one, ItemState::Agreed | ItemState::Passed | ItemState::Failed | ItemState::Heard);
    let done = open.iter().map(|point| state(point, over)).filter(settled).count();
    let chip = match s.phase {
        Phase::Called => Chip::new(Tone::Doing, "已通知"),
        Phase::Open => Chip::new(Tone::Soon, "正在开"),
        Phase::Closed => Chip::new(Tone::Done, "开完了"),
        Phase::Adjourned => Chip::new(Tone::Off, "没开成，改日再开"),
        Phase::Cancelled => Chip::new(Tone::Off, "取消了"),
    };
    let said = match s.phase {
        Phase::Called | Phase::Cancelled => format!("议程{}项", s.agenda.len()),
        _ => format!("{}项，定了{done}项", open.len()),
    };
    Row {
        href: way::matter(&unit.code.to_string(), &s.id.to_string()),
        title: words::room::kind(s.kind, place),
        day: s.day,
        where_when: format!("{} · {}", words::room::clock(&s.time), s.place),
        said,
        chip,
        lag: if over { i64::from((s.on - s.day).get_days()).max(0) } else { 0 },
        mark: mark(unit, seq, seq < sealed),
    }
}

/// One box of a period.
fn one(name: String, period: &Cadence, today: Date, code: &str) -> Box4 {
    Box4 {
        name,
        state: week_state(period, today),
        from: period.first,
        to: period.last,
        held: period.held.iter().map(|meeting| (way::matter(code, &meeting.sitting.to_string()), meeting.on)).collect(),
        why: period.reason.clone().unwrap_or_default(),
        href: Some(way::matter(code, &period.id.to_string())),
    }
}

const QUARTERS: [&str; 4] = ["第一季度", "第二季度", "第三季度", "第四季度"];

/// The four boxes of the year.
pub fn four(congress: &[Cadence], started: Option<Date>, year: i16, today: Date, code: &str) -> Vec<Box4> {
    let boxes = QUARTERS.iter().zip([1_i8, 4, 7, 10]).map(|(name, month)| {
        let first = Date::new(year, month, 1).unwrap_or(today);
        let last = first.checked_add(jiff::Span::new().months(3)).ok().and_then(|next| next.yesterday().ok()).unwrap_or(first);
        match congress.iter().find(|period| period.first == first) {
            Some(period) => one((*name).to_owned(), period, today, code),
            None => Box4 {
                name: (*name).to_owned(),
                state: if started.is_some_and(|start| last < start) || last < today { WeekState::Before } else { WeekState::Future },
                from: first,
                to: last,
                held: Vec::new(),
                why: String::new(),
                href: None,
            },
        }
    });
    boxes.collect()
}

/// Periods that are open or over, each with its name.
fn periods(periods: &[Cadence], today: Date, code: &str) -> Vec<Box4> {
    let name = |period: &Cadence| match (period.first.month(), period.last.month()) {
        (1, 6) => "上半年".to_owned(),
        (7, 12) => "下半年".to_owned(),
        (1, 12) => "全年".to_owned(),
        (month, _) => QUARTERS[usize::try_from((month - 1) / 3).unwrap_or_default().min(3)].to_owned(),
    };
    periods.iter().map(|period| one(name(period), period, today, code)).collect()
}

/// 林伟棠（书记、居委会主任）: a member of the teams as forms name him.
pub fn titled(names: &app::read::Names, assembly: Assembly, day: Date) -> Vec<(law::MatterId, String)> {
    let all = app::read::meet::officers(names, assembly, day);
    let all = all.into_iter().map(|(person, name, posts)| {
        let titles: Vec<String> =
            posts.iter().map(|post| crate::open::suggestion::short_body(names.body(post.body)) + words::post::kind(post.kind)).collect();
        (person, format!("{name}（{}）", titles.join("、")))
    });
    all.collect()
}
