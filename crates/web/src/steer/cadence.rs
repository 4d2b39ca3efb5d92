//! 周期应办 Periods: the weekly opening of the box, and why a week was missed; 东组通〔2015〕33号 二（四）.

use crate::ask::{Ask, Reply};
use crate::look::period::{Gap, Gaps};
use crate::look::tasks::{About, BoxTask, ExplainTask, Task};
use crate::look::{Chip, Choice, Text, Tone, way};
use crate::open::handling::{chip, id};
use crate::open::suggestion::{mark, short_body};
use crate::problem::Problem;
use crate::router::{Route, show, take};
use crate::site::Site;
use crate::staff::Staff;
use crate::words::{self, Channel};
use app::Failure;
use app::read::desk::Missed;
use app::read::matter::Page;
use jiff::civil::Date;
use law::steer::cadence::{Act, BOX, Cadence};
use law::{AnyAct, DutyState, MatterId, Refusal};

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    show("/u/{unit}/box", box_form),
    take("/u/{unit}/box", open_box),
    show("/u/{unit}/m/{id}/explain", explain_form),
    take("/u/{unit}/m/{id}/explain", explain),
];

/// 第48周
pub fn week(period: &Cadence) -> String {
    words::kinds::period(period.first, (period.last - period.first).get_days())
}

/// 第48周开意见箱
pub fn asked(period: &Cadence) -> String {
    week(period) + words::kinds::recurring(period.rule())
}

/// 第48周没有开意见箱
pub fn gap(period: &Cadence) -> String {
    format!("{}没有{}", week(period), words::kinds::recurring(period.rule()))
}

/// 开意见箱（第48周）
pub fn due(period: &Cadence) -> String {
    format!("{}（{}）", words::kinds::recurring(period.rule()), week(period))
}

/// Weeks that were missed, by year, each with its link.
pub fn gaps(missed: &[Missed], href: impl Fn(&Missed) -> String) -> Gaps {
    let mut gaps = Gaps::default();
    for one in missed {
        let week = one.first.iso_week_date();
        let gap = Gap { week: week.week(), href: href(one), explained: !one.silent };
        match gaps.years.last_mut().filter(|(year, _)| *year == week.year()) {
            Some((_, weeks)) => weeks.push(gap),
            None => gaps.years.push((week.year(), vec![gap])),
        }
    }
    gaps
}

fn about(staff: &Staff<'_>, title: String, period: &Cadence, seq: i64, step: i64, refused: Option<&Refusal>) -> Result<About, Problem> {
    let sealed = app::read::record::sealed(&staff.site.house, staff.unit.code)?;
    let mut keep = crate::frame::of(staff.site, staff.ask, staff.unit, "").keep_at("period", &step);
    keep.desk = staff.desk;
    let (chip, due) = match period.duty().state {
        DutyState::Open => (chip(staff.site, period.last), Some(period.last)),
        DutyState::Lapsed { .. } => (Chip::new(Tone::Late, "缺1次"), Some(period.last)),
        DutyState::Waived { .. } => (Chip::new(Tone::Off, "整周放假，免开"), None),
        DutyState::Met { .. } | DutyState::MetLate { .. } => (Chip::new(Tone::Done, "这一周开过了"), None),
    };
    Ok(About {
        keep,
        unit: staff.code(),
        place: String::new(),
        id: period.id.to_string(),
        title,
        text: Text::Shown(String::new()),
        from: String::new(),
        channel: Channel::Box,
        received: period.first,
        chip,
        due,
        mark: mark(staff.unit, seq, seq < sealed),
        today: staff.site.today(),
        refused: refused.map(|no| staff.refused(no, &[("witnesses", "second")])),
    })
}

/// Who else could have been there: everybody with a post here, but for who writes.
fn others(staff: &Staff<'_>, picked: &str) -> Result<Vec<Choice>, Problem> {
    let mut all: Vec<Choice> = Vec::new();
    for staffed in app::read::people::bodies(&staff.site.house, staff.unit.code, staff.site.today())? {
        for (post, _) in staffed.posts.iter().filter(|(post, _)| Some(post.person) != staff.actor.person()) {
            if all.iter().all(|known| known.value != post.name) {
                let label = format!("{}（{}{}）", post.name, short_body(&staffed.body.name), words::post::kind(post.kind));
                all.push(Choice::new(&post.name, &label, post.name == picked));
            }
        }
    }
    Ok(all)
}

/// The form that records an opening.
pub fn box_task(staff: &Staff<'_>, period: &Cadence, seq: i64, refused: Option<&Refusal>) -> Result<Task, Problem> {
    let slips = app::read::desk::slips(&staff.site.house, staff.unit.code)?;
    let first = if staff.site.today() <= period.last { staff.site.today() } else { period.first };
    Ok(Task::Box(BoxTask {
        a: about(staff, due(period), period, seq, 0, refused)?,
        day: staff.typed("day", first.to_string()),
        slips: staff.typed("slips", ""),
        first: format!("第{:04}号", slips.next),
        second: others(staff, &staff.typed("second", ""))?,
    }))
}

fn any_opening(day: Date) -> Act {
    Act::Done { cadence: Cadence::id_of(BOX, Cadence::monday(day)), on: day, count: 0, witnesses: Vec::new() }
}

/// The period that holds a day.
fn period(staff: &Staff<'_>, day: Date) -> Result<(Cadence, i64), Problem> {
    let found = app::read::desk::period(&staff.site.house, staff.unit.code, BOX, day)?;
    found.ok_or(Problem::Refused(Refusal::PeriodOver))
}

/// GET `box`; `?week=` shows the week of another day.
fn box_form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    staff.must::<Cadence>(&any_opening(site.today()))?;
    let day = ask.query("week").parse().unwrap_or(site.today());
    let (period, seq) = period(&staff, day)?;
    staff.task("开意见箱", box_task(&staff, &period, seq, None)?, None)
}

/// POST `box`: in the period of the day given, with who writes and the second person.
fn open_box(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let asked = || -> Result<Act, Refusal> {
        let on = staff.day("day")?;
        let count = ask.field("slips").parse().map_err(|_| Refusal::Missing { field: "slips" })?;
        let witnesses = [Some(staff.signed.name.clone()), ask.maybe("second")].into_iter().flatten().collect();
        Ok(Act::Done { cadence: Cadence::id_of(BOX, Cadence::monday(on)), on, count, witnesses })
    };
    let enact = |act| site.house.enact(staff.unit.code, app::Asked { seen: None, ..staff.asked(AnyAct::Cadence(act)) });
    match asked().map_err(Failure::from).and_then(enact) {
        Ok(done) => Ok(staff.done("box", done)),
        Err(Failure::Refused(refusal)) => {
            // A week that the record does not have is a wrong day, not a wrong address.
            let refusal = if refusal == Refusal::NoSuchMatter { Refusal::PeriodOver } else { refusal };
            let (period, seq) =
                staff.day("day").ok().and_then(|day| period(&staff, day).ok()).map_or_else(|| period(&staff, site.today()), Ok)?;
            staff.task("开意见箱", box_task(&staff, &period, seq, Some(&refusal))?, Some(&refusal))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The form that says why a week was missed.
pub fn explain_task(staff: &Staff<'_>, period: &Cadence, seq: i64, step: i64, refused: Option<&Refusal>) -> Result<Task, Problem> {
    Ok(Task::Explain(ExplainTask {
        a: about(staff, gap(period), period, seq, step, refused)?,
        reason: staff.typed("reason", period.reason.clone().unwrap_or_default()),
        late: format!("{}?week={}", way::open_box(&staff.code()), period.first),
    }))
}

fn explaining(staff: &Staff<'_>, id: MatterId, refused: Option<&Refusal>) -> Result<Reply, Problem> {
    let Some(Page::Cadence(read)) = app::read::matter::page(&staff.site.house, staff.unit.code, id, &staff.reader)? else {
        return Err(Problem::NotFound);
    };
    let (period, steps, _) = *read;
    let seq = steps.last().map_or(0, |step| step.seq);
    staff.task("说明", explain_task(staff, &period, seq, steps.len() as i64 - 1, refused)?, refused)
}

/// GET `explain`.
fn explain_form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let id = id(&staff)?;
    staff.must::<Cadence>(&Act::Explain { cadence: id, reason: String::new() })?;
    explaining(&staff, id, None)
}

/// POST `explain`.
fn explain(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let cadence = id(&staff)?;
    let act = Act::Explain { cadence, reason: ask.field("reason") };
    match site.house.enact(staff.unit.code, staff.asked(AnyAct::Cadence(act))) {
        Ok(done) => Ok(staff.done("explain", done)),
        Err(Failure::Refused(refusal)) => explaining(&staff, cadence, Some(&refusal)),
        Err(failure) => Err(failure.into()),
    }
}
