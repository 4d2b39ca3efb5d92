//! 会议 Meetings: two thousand votes in one unit, two hundred sittings at once, the minutes of two hundred persons, and a motion
//! with five hundred steps; beside suggestions and a short motion in the same run.

use crate::kit::{Ground, Place, Series, cpu, timed};
use app::{Asked, House};
use jiff::civil::{Date, date};
use law::meet::ballot::{self, Mode};
use law::meet::motion;
use law::meet::sitting::{self, SittingKind};
use law::meet::{Assembly, Choice};
use law::{AnyAct, MatterId, Personal, PostKind, UnitCode};
use sim::browser::Browser;
use sim::hall::{Hall, daily, voter};
use sim::world::{Store, Village, World, keeper};
use std::sync::Arc;
use std::time::{Duration, Instant};
use web::Site;

/// Clients that ask at once.
const CLIENTS: usize = 64;
/// Rounds of a page.
const ROUNDS: usize = 30;
/// Voters of the one ballot.
const VOTERS: usize = 2_000;
/// Sittings at once.
const SITTINGS: usize = 200;
/// Persons of the sitting whose minutes are read.
const PERSONS: usize = 200;
/// Opinions on the long motion: with an answer to every third, five hundred steps.
const OPINIONS: usize = 300;

const VILLAGE: &str = "441900121014";
const START: Date = date(2026, 9, 1);
/// When they sit.
const DAY: Date = date(2026, 9, 21);
const NAMES: [&str; 5] = ["林伟棠", "黎满堂", "梁玉燕", "陈国强", "陈志恒"];

/// What all clients ask, each act as soon as the one before is answered.
fn at_once(name: &str, house: &House, acts: &[(UnitCode, Asked)]) {
    let (before, used) = (house.counts(), cpu());
    let (mut waits, took) = timed(|| {
        std::thread::scope(|scope| {
            let client = |n: usize| {
                scope.spawn(move || {
                    let mine = acts.iter().skip(n).step_by(CLIENTS);
                    mine.map(|(unit, asked)| {
                        let begun = Instant::now();
                        house.enact(*unit, asked.clone()).expect("it is taken");
                        begun.elapsed()
                    })
                    .collect::<Vec<Duration>>()
                })
            };
            let clients: Vec<_> = (0..CLIENTS).map(client).collect();
            clients.into_iter().flat_map(|client| client.join().expect("a client")).collect::<Vec<_>>()
        })
    });
    let (after, spent) = (house.counts(), cpu() - used);
    waits.sort_unstable();
    let at = |part: usize| waits[(waits.len() * part / 100).min(waits.len() - 1)].as_secs_f64() * 1e3;
    println!(
        "{name:<48} {:>6.0} acts/s, CPU {:.0} µs/act, {:.1} acts/commit; half within {:.1} ms, 99 % within {:.1} ms",
        acts.len() as f64 / took.as_secs_f64(),
        spent.as_secs_f64() * 1e6 / acts.len() as f64,
        (after.0 - before.0) as f64 / (after.1 - before.1).max(1) as f64,
        at(50),
        at(99)
    );
}

fn world(place: &Place) -> World {
    World::new(place.path().to_owned(), &Store::Sqlite, 1, START, false).expect("a world")
}

/// Persons on file.
fn people(cast: &Hall<'_>, count: usize) -> Vec<MatterId> {
    let enter =
        |n: usize| law::lead::person::Act::Enter { name: Personal(format!("成员{n}")), id_number: None, phone: None, group: None };
    cast.all_at_once((0..count).map(|n| (keeper(), AnyAct::Person(enter(n)))))
}

/// A sitting of so many members of the collective, open, its one item discussed; and they.
fn members(cast: &Hall<'_>, world: &World, unit: UnitCode, count: usize) -> (MatterId, Vec<MatterId>) {
    let members = people(cast, count);
    world.seat(unit, Assembly::Members, &members).expect("a roll");
    let called = cast.convene(PostKind::CollectiveHead, SittingKind::Members, DAY, vec![daily("经营情况报告")], None);
    world.turn(DAY, 15, 0);
    members.chunks(law::limit::PERSONS).for_each(|some| cast.come(called, some));
    cast.sits(&cast.post(PostKind::CollectiveHead), sitting::Act::Open { sitting: called });
    cast.talk(called, 0);
    (called, members)
}

/// The vote of each of them by telephone.
fn votes(unit: UnitCode, ballot: MatterId, voters: &[MatterId]) -> Vec<(UnitCode, Asked)> {
    let cast = |(n, person): (usize, &MatterId)| {
        let choice = if n.is_multiple_of(3) { Choice::Against } else { Choice::For };
        let act = AnyAct::Ballot(ballot::Act::Cast { ballot, voter: *person, choice });
        (unit, Asked::new(act, voter(*person)))
    };
    voters.iter().enumerate().map(cast).collect()
}

/// Two thousand votes by telephone in one ballot, then as many in secret.
fn one_ballot() {
    let place = Place::new("ballot");
    let world = world(&place);
    let village = world.village(VILLAGE, NAMES, START).expect("a village");
    let (unit, cast) = (village.code, Hall::of(&world, &village));
    let (called, voters) = members(&cast, &world, unit, VOTERS);
    let ballot = cast.ballot(called, 0, Mode::Named);
    at_once("2,000 votes by telephone in one ballot", &world.house, &votes(unit, ballot, &voters));
    let (tallies, took) = timed(|| cast.count(ballot));
    assert_eq!(tallies[0].cast() as usize, VOTERS, "every vote counts");
    println!("{:<48} {:.1} ms", "its count", took.as_secs_f64() * 1e3);
}

/// Two hundred joint sittings vote at the same time, each in its own record.
fn many_sittings() {
    let place = Place::new("sittings");
    let world = world(&place);
    let codes = world.house.units.all().iter().filter(|unit| unit.profile().is_some()).take(SITTINGS).map(|unit| unit.code.to_string());
    let villages: Vec<Village> = codes.map(|code| world.village(&code, NAMES, START).expect("a village")).collect();
    let halls: Vec<Hall<'_>> = villages.iter().map(|village| Hall::of(&world, village)).collect();
    let called: Vec<MatterId> = halls.iter().map(|cast| cast.joint(DAY, vec![daily("季度通报")], None)).collect();
    world.turn(DAY, 15, 0);
    let open = |(cast, called): (&Hall<'_>, &MatterId)| {
        cast.come(*called, &cast.all());
        cast.sits(&cast.clerk(), sitting::Act::Open { sitting: *called });
        cast.talk(*called, 0);
        cast.ballot(*called, 0, Mode::Named)
    };
    let ballots: Vec<MatterId> = halls.iter().zip(&called).map(open).collect();
    let papers: Vec<Vec<_>> =
        villages.iter().zip(&halls).zip(&ballots).map(|((v, cast), ballot)| votes(v.code, *ballot, &cast.all())).collect();
    let most = papers.iter().map(Vec::len).max().unwrap_or_default();
    let turns: Vec<_> = (0..most).flat_map(|n| papers.iter().filter_map(move |papers| papers.get(n).cloned())).collect();
    at_once(&format!("{SITTINGS} sittings at once, {} votes", turns.len()), &world.house, &turns);
    let count = |(cast, (village, ballot)): (&Hall<'_>, (&Village, &MatterId))| {
        (village.code, Asked::new(AnyAct::Ballot(ballot::Act::Close { ballot: *ballot }), cast.clerk()))
    };
    let counts: Vec<_> = halls.iter().zip(villages.iter().zip(&ballots)).map(count).collect();
    at_once("their counts", &world.house, &counts);
}

/// The same votes' reference: suggestions, which are one act each.
fn suggestions() {
    let place = Place::new("beside");
    let ground = Ground::new(&crate::kit::world(place.path(), &Store::Sqlite), VILLAGE);
    let asked: Vec<_> = (0..VOTERS).map(|n| (ground.unit, ground.submit(n))).collect();
    at_once("reference: 2,000 suggestions", ground.house(), &asked);
}

/// Milliseconds that a page takes, asked under an address it has never been asked under.
fn page(site: &Arc<Site>, name: &str, path: &str) {
    let mut browser = Browser::new(site);
    let mut took = Series::default();
    let mut bytes = 0;
    for n in 0..ROUNDS {
        let (page, time) = timed(|| browser.get(&format!("{path}?n={n}")).clone());
        assert_eq!(page.status, 200, "{path}");
        bytes = page.body.len();
        took.push(time.as_secs_f64() * 1e3);
    }
    println!("{name:<48} {} ms, {} KB", took.show(1), bytes / 1024);
}

/// Pages of a sitting of two hundred persons and of a motion with five hundred steps.
fn pages() {
    let place = Place::new("pages");
    let world = world(&place);
    let village = world.village(VILLAGE, NAMES, START).expect("a village");
    let (unit, cast) = (village.code, Hall::of(&world, &village));
    let (short, long) = (cast.drafted(START), cast.drafted(date(2026, 9, 2)));
    let speakers = people(&cast, OPINIONS);
    world.enrol(unit, "第一村民小组", speakers.clone(), START).expect("a roll");
    for (n, person) in (0..).zip(&speakers) {
        let text = Personal(format!("{n}号路口也黑，灯杆请往东挪两米，别挡着出车。"));
        cast.does(&voter(*person), AnyAct::Motion(motion::Act::Opine { motion: long, text }));
        if n % 3 != 0 {
            let act = motion::Act::AnswerOpinion {
                motion: long, opinions: vec![n], taken: true, text: "采纳，按实际位置调整灯杆".into()
            };
            cast.does(&cast.secretary(), AnyAct::Motion(act));
        }
    }
    let steps = cast.facts::<motion::Motion>(long).len();
    let (called, members) = members(&cast, &world, unit, PERSONS);
    let ballot = cast.ballot(called, 0, Mode::Named);
    at_once("200 votes", &world.house, &votes(unit, ballot, &members));
    cast.count(ballot);
    let (_, took) = timed(|| cast.sits(&cast.post(PostKind::CollectiveHead), sitting::Act::Close { sitting: called }));
    println!("{:<48} {:.1} ms", "closing the sitting of 200", took.as_secs_f64() * 1e3);
    let site = Site::new(world.house.clone());
    let at = |id: MatterId| format!("/u/{unit}/m/{id}");
    page(&site, "sitting of 200, with its minutes", &at(called));
    page(&site, "its minutes for print", &format!("{}/print", at(called)));
    page(&site, &format!("motion with {steps} steps"), &at(long));
    page(&site, "reference: motion with few steps", &at(short));
}

pub fn run() {
    suggestions();
    one_ballot();
    many_sittings();
    pages();
}
