//! 公开栏 The board of a village or community.

use super::suggestion::{self, mark, short_body};
use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::board::{Board, LateRow, NoticeRow, Quarter, Record, Start, VoiceCounts, Week, WeekState};
use crate::look::{Qr, Seal, way};
use crate::problem::Problem;
use crate::site::Site;
use crate::words;
use app::read::board::{self as read, Board as Read, Posted};
use app::read::{Names, Reader};
use jiff::civil::Date;
use law::DutyState;
use law::steer::cadence::Cadence;
use law::unit::Unit;

/// `/u/{unit}`.
pub fn show(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let read = read::read(&site.house, unit.code, site.today(), &ask.visitor.reader(site, unit.code)?)?;
    let page = of(site, ask, unit, &read)?;
    Ok(Reply::html(crate::look::page(&page).map_err(super::find::broken)?))
}

/// The village or community that the address names.
pub fn unit<'a>(site: &'a Site, ask: &Ask) -> Result<&'a Unit, Problem> {
    site.village(ask.param("unit")).ok_or_else(|| Problem::NoUnit(ask.param("unit").to_owned()))
}

/// How many rows of each kind stand on the board itself.
const SHOWN: usize = 5;

/// The board as a page.
pub fn of(site: &Site, ask: &Ask, unit: &Unit, read: &Read) -> Result<Board, Problem> {
    let sealed = read.record.sealed;
    let f = frame::of(site, ask, unit, String::new());
    let affairs = f.place.as_ref().map_or("村务", crate::look::Place::affairs);
    let title = format!("{}{affairs}公开栏", unit.short_name());
    let row = |listed: &read::Listed| suggestion::row(site, unit, listed, &read.names, sealed);
    let late = late_rows(site, unit, read);
    let url = site.url(&way::board(&unit.code.to_string()));
    Ok(Board {
        f: crate::look::Frame { title, ..f },
        start: start(site, read.started),
        record: record(site, read),
        voice: counts(&read.tally),
        late_all: late.len() as i64,
        late: late.into_iter().take(SHOWN).collect(),
        doing: read.doing.iter().take(SHOWN).map(row).collect(),
        doing_all: read.doing.len() as i64,
        voices: read.recent.iter().map(row).collect(),
        decisions: read
            .motions
            .iter()
            .map(|listed| crate::meet::motion::row(unit, listed, site.today(), mark(unit, listed.seq, listed.seq < sealed)))
            .collect(),
        decisions_all: read.motions_all,
        notices: read.notices.iter().map(|posted| notice_row(site, unit, posted, &read.names, sealed)).collect(),
        notices_up: read.notices.iter().filter(|posted| posted.state.archived.is_none()).count() as i64,
        weeks: quarters(site.today(), read.started, &read.weeks),
        gaps: read.weeks.iter().filter(|week| week.gap().is_some()).map(|week| week.first.iso_week_date().week()).collect(),
        teams: quarters(site.today(), read.started, &read.teams),
        congress: crate::meet::calendar::four(&read.congress, read.started, site.today().year(), site.today(), &unit.code.to_string()),
        box_note: "意见箱每周开一次，两人在场，当场点数、编号、登记。".into(),
        rules: super::rules::applied(site, unit),
        phone: None,
        qr: Qr::of(&url, format!("二维码：{}公开栏网址", unit.short_name())).map_err(super::find::broken)?,
        url,
        bundle: if read.record.sealed > 0 { "约".to_owned() + &size(read.record.lines) } else { String::new() },
    })
}

/// About how large the bundle is: a line with its content takes about a kilobyte.
fn size(lines: i64) -> String {
    if lines < 1000 { format!("{}KB", lines.max(1)) } else { format!("{}.{}MB", lines / 1000, lines % 1000 / 100) }
}

fn start(site: &Site, started: Option<Date>) -> Start {
    match started {
        Some(day) if day <= site.today() => Start::Since(day),
        later => Start::NotYet(later),
    }
}

fn record(site: &Site, read: &Read) -> Record {
    let record = &read.record;
    let said = |at| if law::moment::civil_day(at) == site.today() { words::time(at) } else { words::moment(at) };
    let checked = record.sealed_at.map_or_else(String::new, said);
    let state = match (record.halted, record.sealed) {
        (true, _) => Seal::Cut,
        (false, 0) => Seal::Pending,
        _ => Seal::Whole,
    };
    let trouble =
        if record.halted { "有内容和记录对不上，正在核查；新的记录暂不封存。".into() } else { String::new() };
    Record { lines: record.lines, pending: record.lines - record.sealed, checked, witnesses: record.witnesses.len() as i64, state, trouble }
}

/// Counts by how the answer came; closed is not solved.
pub fn counts(tally: &[(String, String, i64)]) -> VoiceCounts {
    let mut counts = VoiceCounts::default();
    for (stage, late, n) in tally {
        counts.received += n;
        match (stage.as_str(), late.as_str()) {
            ("withdrawn", _) => counts.withdrawn += n,
            ("waiting", "lapsed") => counts.overdue += n,
            ("waiting", _) => counts.open += n,
            (_, "late" | "lapsed") => counts.late += n,
            (_, "extended") => counts.extended += n,
            _ => counts.on_time += n,
        }
        match stage.as_str() {
            "confirmed" => counts.accepted += n,
            "disputed" => counts.disputed += n,
            _ => {}
        }
    }
    counts
}

/// Everything overdue: answers that can still come.
pub fn late_rows(site: &Site, unit: &Unit, read: &Read) -> Vec<LateRow> {
    let (code, sealed) = (unit.code.to_string(), read.record.sealed);
    let mut rows: Vec<LateRow> = Vec::new();
    for listed in &read.late {
        let due = listed.state.answer_duty().term.due;
        let title = suggestion::title(&listed.words).unwrap_or_else(|| format!("{}收到的一条意见", words::in_year(listed.state.received)));
        rows.push(LateRow {
            href: way::matter(&code, &listed.state.id.to_string()),
            title: format!("群众意见：{title}"),
            who: suggestion::owner(site, &listed.state, &read.names).map_or_else(|| "还没分派".to_owned(), |owner| format!("{owner}答复")),
            due,
            chip: words::left(due, site.today(), site.working(due)),
            mark: mark(unit, listed.seq, listed.seq < sealed),
        });
    }
    for (owed, title, seq) in &read.overdue {
        let post = match owed.body {
            Some(body) => short_body(read.names.body(body)) + words::post::kind(owed.post),
            None => words::post::alone(owed.post).to_owned(),
        };
        rows.push(LateRow {
            href: way::matter(&code, &owed.matter.to_string()),
            title: title.clone(),
            who: format!("{post}{}", words::decision::undone(&owed.rule)),
            due: owed.due,
            chip: words::left(owed.due, site.today(), site.working(owed.due)),
            mark: mark(unit, *seq, *seq < sealed),
        });
    }
    rows.sort_by_key(|row| row.due);
    rows
}

/// One slip of a notice.
pub fn notice_row(site: &Site, unit: &Unit, posted: &Posted, names: &Names, sealed: i64) -> NoticeRow {
    let notice = &posted.state;
    let days = |from: Date, to: Date| i64::from((to - from).get_days());
    let (kept, today) = (days(notice.now().since, notice.until), site.today());
    NoticeRow {
        id: notice.id.to_string(),
        title: notice.now().title.clone(),
        kind: short_body(names.body(notice.body)),
        posted: notice.since(),
        until: notice.until,
        days_up: days(notice.now().since, today).min(kept),
        days_due: kept,
        paper: !notice.papers.is_empty(),
        corrected: notice.whys.len() as i64,
        mark: mark(unit, posted.seq, posted.seq < sealed),
    }
}

/// The year's weeks of the box or of the teams' sitting, by quarter.
pub fn quarters(today: Date, started: Option<Date>, weeks: &[Cadence]) -> Vec<Quarter> {
    let Some(started) = started else { return Vec::new() };
    let mut quarters: Vec<Quarter> = (1..=4).map(|nth| Quarter { nth, weeks: Vec::new() }).collect();
    let mut monday = Cadence::monday(Date::new(today.year(), 1, 4).unwrap_or(today));
    while monday.iso_week_date().year() == today.year() {
        let week = u8::try_from(monday.iso_week_date().week()).unwrap_or_default();
        let state = weeks.iter().find(|period| period.first == monday).map_or_else(
            || if monday.iso_week_date() < started.iso_week_date() { WeekState::Before } else { WeekState::Future },
            |period| week_state(period, today),
        );
        let quarter = usize::from((week.saturating_sub(1) / 13).min(3));
        quarters[quarter].weeks.push(Week { nth: week, state });
        monday = monday.checked_add(jiff::Span::new().days(7)).unwrap_or(Date::MAX);
    }
    quarters
}

/// What became of a week.
pub fn week_state(period: &Cadence, today: Date) -> WeekState {
    match period.duty().state {
        DutyState::Waived { .. } => WeekState::Holiday,
        DutyState::Met { .. } | DutyState::MetLate { .. } => {
            let openings = period.done.iter().map(|opening| (opening.on, opening.entered));
            let sittings = period.held.iter().map(|meeting| (meeting.on, meeting.entered));
            let late = openings.chain(sittings).all(|(on, entered)| entered > on);
            if late { WeekState::Late } else { WeekState::Kept }
        }
        DutyState::Open if today <= period.last => WeekState::Now,
        DutyState::Open | DutyState::Lapsed { .. } => WeekState::Missed,
    }
}

/// Who reads this unit's pages.
pub fn reader(site: &Site, ask: &Ask, unit: &Unit) -> Result<Reader, Problem> {
    ask.visitor.reader(site, unit.code)
}
