//! 一年的安排 The year of a village laid out beforehand: which week and which quarter sits when, and what comes of each matter.

use super::play::{Deed, Doing, Play};
use super::script::{Closed, Course, Script, WEEKLY, Weekly, report};
use super::sittings::{self, Meeting, Sway, Told};
use super::{chance, pick};
use app::Failure;
use jiff::Span;
use jiff::civil::Date;
use law::PostKind;
use law::meet::ballot::Mode;
use law::meet::slot::Day;
use law::meet::{SittingKind, Stage};
use law::steer::cadence::{CONGRESS, Cadence, TEAM};
use law::workday::Calendar;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

/// Minutes after eight.
const MORNING: i64 = 100;
const NOON: i64 = 240;
/// Days before the joint sitting on which it is called: the delegates of the collective are to know longest before.
const NOTICE: i64 = 13;
/// Of a hundred weeks, whoever keeps fewer is careless.
const CARELESS: u32 = 80;
/// Days before the joint sitting in whose week the teams discuss a matter.
const CONSULT: i64 = 28;

/// What is to be done, day by day.
#[derive(Default)]
pub struct Diary(BTreeMap<Date, Vec<Deed>>);

impl Diary {
    /// What stands under a day; it is taken out.
    pub fn of(&mut self, day: Date) -> Vec<Deed> {
        self.0.remove(&day).unwrap_or_default()
    }

    fn put(&mut self, day: Date, minute: i64, scene: impl FnOnce(&mut Play<'_, '_, '_>) -> Result<(), Failure> + Send + 'static) {
        self.0.entry(day).or_default().push(Deed { minute, doing: Doing::Scene(Box::new(scene)) });
    }
}

/// The days of a year of life.
#[derive(Clone, Copy)]
pub struct Days<'a> {
    /// Working days.
    pub calendar: &'a Calendar,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

fn days(day: Date, count: i64) -> Date {
    day.saturating_add(Span::new().days(count))
}

impl Days<'_> {
    fn works(self, day: Date) -> bool {
        self.calendar.is_workday(day).unwrap_or(false)
    }

    /// The day itself or the next working day, as far as the calendar reaches.
    fn from(self, day: Date) -> Date {
        (0..30).map(|n| days(day, n)).find(|day| self.works(*day)).unwrap_or(day)
    }

    /// The day itself or the working day before.
    fn by(self, day: Date) -> Date {
        (0..30).map(|n| days(day, -n)).find(|day| self.works(*day)).unwrap_or(day)
    }

    /// The day on which the teams sit in the week of this Monday; none in a week without a working day.
    fn slot(self, monday: Date, weekday: Day) -> Option<Date> {
        let week = || (0..7).map(|n| days(monday, n));
        let due = week().find(|day| Day::of(*day) == weekday)?;
        if self.works(due) { Some(due) } else { week().find(|day| self.works(*day)) }
    }

    /// First and last day of each quarter of which a part is lived.
    fn quarters(self) -> Vec<(Date, Date)> {
        let mut all = Vec::new();
        let mut first = Date::new(self.first.year(), (self.first.month() - 1) / 3 * 3 + 1, 1).expect("a month of the year");
        while first <= self.last {
            let next = first.saturating_add(Span::new().months(3));
            all.push((first, days(next, -1)));
            first = next;
        }
        all
    }
}

/// How a village keeps its sittings.
pub struct Habit {
    /// Its standing weekday.
    pub weekday: Day,
    /// The hour.
    pub hour: i8,
    /// Days after the beginning of a quarter on which it sits.
    pub offset: i64,
    /// Of a hundred weeks, so many are kept.
    pub meets: u32,
    /// What is told of it, for a village whose whole year is told.
    pub script: Option<&'static Script>,
    /// Whether it is a community.
    pub community: bool,
}

/// A diary as it is written.
struct Author<'a> {
    diary: Diary,
    days: Days<'a>,
    habit: Habit,
    /// What the teams discuss besides daily work, by Monday.
    teams: BTreeMap<Date, Vec<Told>>,
    /// The item that the public does not read, until it has been told.
    closed: Option<Closed>,
}

/// Writes the diary of a year.
pub fn year(days: Days<'_>, habit: Habit, dice: &mut ChaCha8Rng) -> Diary {
    let closed = habit.script.and_then(|script| script.closed);
    let mut author = Author { diary: Diary::default(), days, habit, teams: BTreeMap::new(), closed };
    author.fixed();
    for (n, (first, last)) in days.quarters().into_iter().enumerate() {
        author.quarter(n, first, last);
    }
    author.weeks(dice);
    author.diary
}

impl Author<'_> {
    fn place(&self) -> &'static str {
        self.habit.script.map_or("二楼会议室", |script| script.room)
    }

    fn minute(&self) -> i64 {
        i64::from(self.habit.hour - 8) * 60
    }

    /// The standing slot is fixed on the first day, and the first week has a sitting that is called, for its slot may be over.
    fn fixed(&mut self) {
        let (weekday, hour, place, first) = (self.habit.weekday, self.habit.hour, self.place(), self.days.first);
        self.diary.put(first, 20, move |play| sittings::fixed(play, weekday, hour, place));
    }

    fn quarter(&mut self, n: usize, first: Date, last: Date) {
        let Days { first: begins, .. } = self.days;
        let day = self.days.from(days(first, self.habit.offset).max(days(begins, NOTICE + 7)));
        let script = self.habit.script;
        let courses: &'static [Course] = script.and_then(|script| script.courses.get(n.checked_sub(1)?).copied()).unwrap_or_default();
        if let Some((_, reason)) = script.and_then(|script| script.misses).filter(|(misses, _)| *misses == n) {
            let late = self.days.from(days(last, 9));
            self.diary.put(late, NOON, move |play| sittings::explained(play, CONGRESS, first, reason));
            return;
        }
        // Who often misses weeks misses a quarter too.
        let careless = script.is_none() && self.habit.meets < CARELESS && n == 2;
        if day > last || careless {
            return;
        }
        self.emergency(n, first);
        let broken_off = script.and_then(|script| script.broken_off).filter(|(broken, _)| *broken == n);
        let sits = match broken_off {
            Some(_) => self.days.from(days(day, NOTICE + 1)),
            None => day,
        };
        for course in courses {
            self.course(course, day, sits);
        }
        let mut items = vec![report(script, self.habit.community, first)];
        for course in courses {
            items.extend(items_of(course));
        }
        let meeting = |name: &str, day: Date, again: Option<String>| Meeting {
            name: format!("{name} {first}"),
            kind: SittingKind::Joint,
            convener: PostKind::Secretary,
            day,
            hour: 15,
            place: script.map_or("文化中心一楼", |script| script.hall),
            items: items.clone(),
            again,
            turn: n,
        };
        let convened = meeting("joint", day, None);
        match broken_off {
            None => self.joint(convened, days(day, -NOTICE)),
            Some((_, reason)) => {
                let again = meeting("again", sits, Some(convened.name.clone()));
                let called = self.days.by(days(day, -NOTICE));
                let meant = convened.clone();
                self.diary.put(called, MORNING, move |play| meant.called(play));
                self.diary.put(day, 405, move |play| convened.broken_off(play, reason));
                self.joint(again, days(day, 1));
            }
        }
    }

    fn joint(&mut self, meeting: Meeting, called: Date) {
        let called = self.days.by(called).max(self.days.first);
        let (held, confirmed) = (meeting.clone(), meeting.clone());
        self.diary.put(called, MORNING, move |play| meeting.called(play));
        let after = self.days.from(days(held.day, 2));
        self.diary.put(held.day, 405, move |play| held.held(play));
        self.diary.put(after, MORNING, move |play| confirmed.confirmed(play));
    }

    /// What was done at once is ratified by the representatives within the days of the rule.
    fn emergency(&mut self, n: usize, first: Date) {
        let Some((_, emergency)) = self.habit.script.and_then(|script| script.emergency).filter(|(when, _)| *when == n) else { return };
        // On a day after which the sixth one works too, so that the representatives are called in time.
        let day = (0..20).map(|n| days(first, 18 + n)).find(|day| self.days.works(*day) && self.days.works(days(*day, 6)));
        let day = day.unwrap_or(first);
        let sits = days(day, 6);
        let meeting = Meeting {
            name: format!("representatives {first}"),
            kind: SittingKind::Representatives,
            convener: PostKind::Director,
            day: sits,
            hour: 19,
            place: self.habit.script.map_or("", |script| script.hall),
            items: vec![Told {
                title: emergency.title.to_owned(),
                stage: Stage::Ratify,
                motion: Some(emergency.key),
                closed: None,
                talk: emergency.talk,
                ballot: Some((Mode::Hands, emergency.sway)),
            }],
            again: None,
            turn: 3,
        };
        let (called, held, confirmed) = (meeting.clone(), meeting.clone(), meeting);
        self.diary.put(day, 30, move |play| emergency.declared(play));
        self.diary.put(day, 90, move |play| called.called(play));
        self.diary.put(sits, 645, move |play| held.held(play));
        self.diary.put(self.days.from(days(sits, 1)), MORNING, move |play| confirmed.confirmed(play));
        for (k, (after, next)) in emergency.after.iter().enumerate() {
            let minute = MORNING + 60 + 15 * i64::try_from(k).expect("a short list");
            self.diary.put(self.days.from(days(sits, *after)), minute, move |play| emergency.goes_on(play, next, sits));
        }
    }

    /// A matter from its proposal to the last thing that is told of it. `meant` is the day it is written for, `sits` the
    /// day on which it is decided.
    fn course(&mut self, course: &'static Course, meant: Date, sits: Date) {
        let Some(consult) = self.consult(days(meant, -CONSULT)) else { return };
        let back = if course.challenge.is_some() { 14 } else { 4 };
        let proposed = self.days.by(days(consult, -back));
        let entered = self.days.from(days(proposed, course.entered_late));
        let entered = if course.entered_late > 0 { days(proposed, course.entered_late).max(entered) } else { proposed };
        if proposed < self.days.first {
            return;
        }
        self.diary.put(entered, 45, move |play| course.proposed(play, sits));
        if let Some((reason, judgement)) = course.challenge {
            self.diary.put(days(proposed, 1), NOON, move |play| course.challenged(play, reason));
            self.diary.put(self.days.from(days(proposed, 5)), NOON, move |play| course.judged(play, judgement));
        }
        let told = Told {
            title: course.title.to_owned(),
            stage: Stage::Consult,
            motion: Some(course.key),
            closed: None,
            talk: course.team,
            ballot: None,
        };
        self.teams.entry(Cadence::monday(consult)).or_default().push(told);
        let minute = self.minute();
        self.diary.put(consult, minute + 150, move |play| course.posted(play));
        for n in 0..course.opinions.len() {
            let day = days(consult, 2 + i64::try_from(n).expect("few opinions"));
            self.diary.put(day, 560, move |play| course.opined(play, n));
            self.diary.put(self.days.from(days(day, 1)), NOON, move |play| course.looked_at(play));
        }
        let replied = self.days.from(days(consult, 3 + i64::try_from(course.opinions.len()).expect("few opinions")));
        self.diary.put(replied, NOON + 30, move |play| course.answered(play));
        if let Some((after, statutory)) = &course.statutory {
            let on = days(sits, *after);
            self.diary.put(self.days.from(days(on, 1)), MORNING, move |play| course.recorded(play, statutory, on));
        }
        for (k, (after, next)) in course.after.iter().enumerate() {
            let minute = MORNING + 60 + 15 * i64::try_from(k).expect("a short list");
            self.diary.put(self.days.from(days(sits, *after)), minute, move |play| course.goes_on(play, next, sits));
        }
    }

    /// The day on which the teams sit in the week of a day, or in the last week before that has a working day.
    fn consult(&self, day: Date) -> Option<Date> {
        let monday = Cadence::monday(day);
        (0..4).find_map(|weeks| self.days.slot(days(monday, -7 * weeks), self.habit.weekday)).filter(|day| *day > days(self.days.first, 4))
    }

    fn weeks(&mut self, dice: &mut ChaCha8Rng) {
        let mut bank: Vec<&'static Weekly> = Vec::new();
        let mut monday = Cadence::monday(self.days.first);
        let mut turn = 0;
        while monday <= self.days.last {
            let day = self.days.slot(monday, self.habit.weekday);
            let ago = usize::try_from((self.days.last - monday).get_days() / 7).unwrap_or_default();
            let kept = chance(dice, self.habit.meets);
            let items = matters(&mut bank, dice);
            let called = self.teams.remove(&monday);
            if let Some(day) = day {
                match called {
                    Some(told) => self.called(monday, day, told, items, turn),
                    None if monday < self.days.first => {
                        let first = self.days.from(self.days.first).max(self.days.first);
                        self.called(monday, first, Vec::new(), items, turn);
                    }
                    None => self.quick(monday, day, ago, kept, items, turn),
                }
            }
            turn += 1;
            monday = days(monday, 7);
        }
    }

    /// A week that is called by itself, because a motion is discussed.
    fn called(&mut self, monday: Date, day: Date, told: Vec<Told>, items: Vec<&'static Weekly>, turn: usize) {
        if Cadence::monday(day) != monday {
            return;
        }
        let daily = items.iter().take(1).map(|item| Told::daily(item.title.into(), item.talk()));
        let closed = if told.is_empty() { None } else { self.closed.take() };
        let closed = closed.map(|(title, ground, talk)| Told { closed: Some(ground), ..Told::daily(title.into(), talk) });
        let meeting = Meeting {
            name: format!("team {monday}"),
            kind: SittingKind::Team,
            convener: PostKind::Secretary,
            day,
            hour: self.habit.hour,
            place: self.place(),
            items: told.into_iter().chain(daily).chain(closed).collect(),
            again: None,
            turn,
        };
        let before = self.days.by(days(day, -1)).max(self.days.first);
        let minute = if before == day { 30 } else { MORNING };
        let (called, held, confirmed) = (meeting.clone(), meeting.clone(), meeting);
        let begins = self.minute();
        self.diary.put(before, minute, move |play| called.called(play));
        self.diary.put(day, begins - 10, move |play| held.held(play));
        self.diary.put(self.days.from(days(day, 1)), MORNING, move |play| confirmed.confirmed(play));
    }

    fn quick(&mut self, monday: Date, day: Date, ago: usize, kept: bool, items: Vec<&'static Weekly>, turn: usize) {
        let (hour, begins, script) = (self.habit.hour, self.minute(), self.habit.script);
        let missed = script.and_then(|script| script.missed.iter().find(|(weeks, _)| *weeks == ago));
        let late = script.and_then(|script| script.late).filter(|(weeks, _)| *weeks == ago);
        match (missed, late) {
            (Some((_, reason)), _) => {
                if let Some(reason) = reason {
                    let then = self.days.from(days(monday, 8));
                    self.diary.put(then, NOON, move |play| sittings::explained(play, TEAM, monday, reason));
                }
            }
            (None, Some((_, reason))) => {
                let entered = self.days.from(days(monday, 13));
                self.diary.put(entered, NOON, move |play| {
                    sittings::weekly(play, day, hour, &items, turn)?;
                    sittings::explained(play, TEAM, monday, reason)
                });
            }
            (None, None) if kept => {
                let minutes = 40 + 15 * i64::try_from(items.len()).expect("a few items");
                self.diary.put(day, begins + minutes, move |play| sittings::weekly(play, day, hour, &items, turn));
            }
            (None, None) => {}
        }
    }
}

/// One to three matters of a week, none again before all have been.
fn matters(bank: &mut Vec<&'static Weekly>, dice: &mut ChaCha8Rng) -> Vec<&'static Weekly> {
    let count = *pick(dice, &[1, 2, 2, 3]);
    let mut taken = Vec::new();
    for _ in 0..count {
        if bank.is_empty() {
            bank.extend(WEEKLY.iter());
        }
        let n = *pick(dice, &(0..bank.len()).collect::<Vec<_>>());
        taken.push(bank.swap_remove(n));
    }
    taken
}

/// The two items of a matter in a joint sitting: deliberation, then the decision. Where an assembly alone may decide, the first only.
fn items_of(course: &'static Course) -> Vec<Told> {
    let told = |stage, talk, mode, sway| Told {
        title: course.title.to_owned(),
        stage,
        motion: Some(course.key),
        closed: None,
        talk,
        ballot: Some((mode, sway)),
    };
    // More are for taking a matter to the vote than for the matter.
    let milder = Sway { against: course.sway.against * 2, ..course.sway };
    let deliberated = told(Stage::Deliberate, course.joint, course.deliberate, milder);
    let resolved = course.resolve.map(|mode| told(Stage::Resolve, course.decided, mode, course.sway));
    std::iter::once(deliberated).chain(resolved).collect()
}
