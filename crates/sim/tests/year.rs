//! 两联席的一年 The year that the demo tells: whatever the day on which it ends, the law stops nothing of it; 东组通〔2015〕33号 二（二）.

use jiff::Span;
use jiff::civil::{Date, date};
use law::meet::ballot::{Ballot, Mode};
use law::meet::motion::{End, Fact, Motion};
use law::meet::resolution::Resolution;
use law::meet::sitting::{Phase, Sitting};
use law::meet::{Assembly, SittingKind, Stage};
use law::steer::cadence::{CONGRESS, Cadence, TEAM};
use law::steer::task::{self, FINISH, INQUIRE, STALE, Task};
use law::{Duty, DutyState, UnitCode};
use sim::browser::Browser;
use sim::town::Town;
use sim::world::{Store, World};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{Kept, kept};

const TOWNS: [&str; 2] = ["441900121000", "441900125000"];
/// The villages whose year is told: three communities and a village.
const TOLD: [&str; 4] = ["441900121004", "441900121005", "441900125002", "441900125200"];

/// The villages whose year is told, after a year that ends on this day.
fn lived(last: Date) -> Town {
    let folder = std::env::temp_dir().join(format!("cunwu-year-{last}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the world");
    let first = last.checked_sub(Span::new().years(1)).expect("a day");
    let world = World::new(folder, &Store::Sqlite, 7, first.yesterday().expect("a day"), true).expect("a world");
    let towns = TOWNS.map(|code| UnitCode::parse(code).expect("a town"));
    let mut town = Town::found_told(Arc::new(world), &towns, first, 7).expect("towns");
    town.live(first, last, |_| ()).expect("a year");
    assert_eq!(town.stopped(), Vec::<String>::new(), "{last}");
    for unit in units() {
        assert!(app::audit::unit(&town.world.house, unit).expect("an audit").is_clean(), "{last}: {unit}");
    }
    town
}

fn units() -> [UnitCode; 4] {
    TOLD.map(|code| UnitCode::parse(code).expect("a unit"))
}

fn ends(town: Town) {
    let folder = town.world.directory.clone();
    drop(town);
    std::fs::remove_dir_all(folder).expect("the world's folder");
}

/// All matters of a kind in the villages, each with its facts.
fn all<M: Kept>(town: &Town) -> Vec<(M, Vec<M::Fact>)> {
    let mut found = Vec::new();
    for unit in units() {
        let read = |tx: &mut dyn store::Tx| {
            let entries = store::record::entries(tx, unit, 0, i64::MAX)?;
            let begun = entries.iter().filter(|entry| entry.kind == M::KIND && entry.step == 0);
            for entry in begun {
                let state = kept::get::<M>(tx, unit, entry.matter)?.expect("a row");
                let facts = kept::entries::<M>(tx, unit, entry.matter)?.into_iter().map(|entry| entry.fact).collect();
                found.push((state, facts));
            }
            Ok(())
        };
        town.world.house.read(read).expect("rows");
    }
    found
}

fn lapsed(duties: &[Duty], rule: &str) -> bool {
    duties.iter().any(|duty| duty.term.rule == rule && matches!(duty.state, DutyState::Lapsed { .. } | DutyState::MetLate { .. }))
}

#[test]
fn a_year_that_ends_on_the_last_day_of_a_quarter_is_told_whole() {
    ends(lived(date(2027, 3, 31)));
}

#[test]
fn everything_that_a_year_of_meetings_can_bring_is_told() {
    let town = lived(date(2026, 11, 23));
    weeks_and_quarters(&town);
    decisions(&town);
    work(&town);
    pages(&town);
    ends(town);
}

/// Sittings by week and quarter: held, missed and explained, entered late, broken off and called again, with a closed item.
fn weeks_and_quarters(town: &Town) {
    let sittings = all::<Sitting>(town);
    let of = |kind: SittingKind| sittings.iter().filter(move |(sitting, _)| sitting.kind == kind);
    assert!(of(SittingKind::Team).count() > 180 && of(SittingKind::Joint).count() >= 15);
    assert!(of(SittingKind::Representatives).count() == 1);
    assert!(of(SittingKind::Joint).any(|(sitting, _)| sitting.phase == Phase::Adjourned && sitting.taken_up.is_some()));
    assert!(sittings.iter().any(|(sitting, _)| sitting.agenda.iter().any(|point| point.listed.closed.is_some())));
    let open = |(sitting, _): &&(Sitting, _)| sitting.phase == Phase::Called && sitting.day > date(2026, 11, 23);
    assert!(of(SittingKind::Joint).any(|one| open(&one)), "one is called for later days");
    let periods = all::<Cadence>(town);
    let of = |rule: &'static str| periods.iter().map(|(period, _)| period).filter(move |period| period.rule() == rule);
    assert!(of(TEAM).any(|week| matches!(week.duty().state, DutyState::Waived { .. })), "a holiday week");
    assert!(of(TEAM).any(|week| week.gap().is_some()), "a week that nobody explained");
    assert!(of(TEAM).any(|week| week.held.is_empty() && week.reason.is_some()), "a week that was explained");
    assert!(of(TEAM).any(|week| week.reason.is_some() && week.held.iter().any(|held| held.entered > held.on)), "entered afterwards");
    assert!(of(CONGRESS).any(|quarter| quarter.held.is_empty() && quarter.reason.is_some()), "a quarter that was missed");
}

/// Every way of voting, each assembly for itself; and every way in which a matter goes.
fn decisions(town: &Town) {
    let ballots = all::<Ballot>(town);
    let modes: BTreeSet<Mode> = ballots.iter().map(|(ballot, _)| ballot.mode).collect();
    assert_eq!(modes.len(), Mode::ALL.len());
    for (ballot, _) in &ballots {
        let tallies = &ballot.counted.as_ref().expect("every ballot is counted").tallies;
        assert!(tallies.iter().all(|tally| tally.cast() <= tally.bench.present && tally.bench.present <= tally.bench.due));
    }
    let motions = all::<Motion>(town);
    let some = |wanted: fn(&Fact) -> bool| motions.iter().any(|(_, facts)| facts.iter().any(wanted));
    assert!(some(|fact| matches!(fact, Fact::Judged { major: true, .. })), "a class was challenged");
    assert!(some(|fact| matches!(fact, Fact::Ratified { .. })), "an emergency was ratified");
    assert!(some(|fact| matches!(fact, Fact::Resolved { replaces: Some(_), .. })), "a decision was adjusted by a new vote");
    assert!(some(|fact| matches!(fact, Fact::Resolved { passage, .. } if passage.held.is_some())), "all villagers decided");
    assert!(some(|fact| matches!(fact, Fact::Proposed { on, entered, .. } if on < entered)), "one was entered afterwards");
    assert!(motions.iter().any(|(motion, _)| matches!(motion.end, Some(End::Rejected { .. }))), "one was voted down");
    assert!(motions.iter().any(|(motion, _)| motion.end.is_none() && motion.draft.is_some()), "a draft is up");
    for (resolution, _) in all::<Resolution>(town) {
        let names = resolution.issue.outcomes.iter().map(|outcome| outcome.assembly).collect::<BTreeSet<Assembly>>();
        let apart = names.len() == SittingKind::Joint.assemblies().len() || names.len() == 1;
        assert!(apart, "{}: each assembly counts for itself", resolution.issue.title);
    }
}

/// Work in every state: accepted with its result published, stopped, late, standing still, asked about.
fn work(town: &Town) {
    let tasks = all::<Task>(town);
    for unit in units() {
        let done = |(task, _): &(Task, Vec<task::Fact>)| task.published.is_some() && task.phase() == task::Phase::Accepted;
        let resolutions = town.world.house.read(|tx| store::meet::resolution::of_year(tx, unit, 2026)).expect("rows");
        let here = |task: &Task| resolutions.iter().any(|resolution| resolution.id == task.resolution);
        assert!(tasks.iter().any(|one| done(one) && here(&one.0) && !one.0.questions.is_empty()), "{unit}: to its result");
    }
    let some = |wanted: fn(&Task) -> bool| tasks.iter().any(|(task, _)| wanted(task));
    assert!(some(|task| lapsed(task.duties.all(), FINISH) && task.published.is_some()), "late and accepted");
    assert!(some(|task| lapsed(task.duties.all(), STALE) && lapsed(task.duties.all(), INQUIRE)), "it stands still");
    assert!(some(|task| task.phase() == task::Phase::Stopped), "its resolution was adjusted");
    assert!(some(|task| task.questions.iter().any(|question| question.rounds.len() > 1)), "explained twice");
}

/// What a villager sees of it: gaps and quarters on the board, how far a decision is, and the papers of its very ballot.
fn pages(town: &Town) {
    let mut browser = Browser::new(&web::Site::new(town.world.house.clone()));
    let [_, gaps, ..] = TOLD;
    browser.get(&format!("/u/{gaps}"));
    for said in ["党群联席会议", "班子联席会议", "缺，没有开", "已决议 · 按时办成", "没通过"] {
        assert!(browser.page.shows(said), "{said}: {}", browser.page.text());
    }
    for (ballot, _) in all::<Ballot>(town).into_iter().filter(|(ballot, _)| ballot.mode == Mode::Paper && ballot.stage == Stage::Resolve) {
        let motion = ballot.motion.expect("a motion was voted on");
        let decides =
            ballot.counted.expect("it was counted").tallies.into_iter().find(|tally| tally.bench.binding).expect("somebody decides");
        let unit = units().into_iter().find(|unit| town.world.house.read(|tx| kept::get::<Motion>(tx, *unit, motion)).unwrap().is_some());
        let unit = unit.expect("a village of this year");
        let resolution = Resolution::id_of(motion, ballot.version.expect("a version"));
        for page in [motion, resolution] {
            browser.get(&format!("/u/{unit}/m/{page}"));
            let said =
                [("应到", decides.bench.due), ("实到", decides.bench.present), ("赞成", decides.in_favour), ("废票", decides.spoilt)];
            for (word, n) in said.into_iter().filter(|(word, n)| *word != "废票" || *n > 0) {
                assert!(browser.page.shows(&format!("{word} <b>{n}</b>")), "{word} {n}: {}", browser.page.text());
            }
        }
    }
}
