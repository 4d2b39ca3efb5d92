//! 两联席 The joint meetings on the web: motions and resolutions; calendar, calling, the room, votes, rolls; 东组通〔2015〕33号 二（二）.

pub mod calendar;
pub mod call;
pub mod deed;
pub mod ics;
pub mod minutes;
pub mod motion;
pub mod office;
pub mod owed;
pub mod powers;
pub mod propose;
pub mod resolution;
pub mod rolls;
pub mod room;
pub mod run;
pub mod scope;
pub mod screen;
pub mod ticks;
pub mod told;
pub mod vote;
pub mod weekly;

use crate::look::meet::{Bar, Bench, Need, Of, Verdict};
use crate::look::{Place, Refused};
use crate::problem;
use crate::router::{Route, show, take};
use crate::site::Site;
use crate::words;
use app::Failure;
use app::read::decisions::Counted as Votes;
use law::meet::Bench as Counted;
use law::meet::quorum::{Base, Share};
use law::unit::Unit;
use law::{Actor, AnyAct, PostKind};

/// The routes of these files.
pub const ROUTES: &[Route] = &[
    show("/u/{unit}/meetings", calendar::show),
    show("/u/{unit}/meetings.ics", ics::show),
    show("/u/{unit}/meetings/new", call::form),
    take("/u/{unit}/meetings/new", call::convene),
    show("/u/{unit}/meetings/weekly", weekly::form),
    take("/u/{unit}/meetings/weekly", weekly::hold),
    show("/u/{unit}/meetings/slot", weekly::slot_form),
    take("/u/{unit}/meetings/slot", weekly::set_slot),
    show("/u/{unit}/rolls", rolls::show),
    show("/u/{unit}/rolls/{assembly}", rolls::form),
    take("/u/{unit}/rolls/{assembly}", rolls::seat),
    take("/u/{unit}/m/{id}/notify", run::notify),
    take("/u/{unit}/m/{id}/open", run::open),
    take("/u/{unit}/m/{id}/close", run::close),
    take("/u/{unit}/m/{id}/confirm-minutes", run::confirm),
    take("/u/{unit}/m/{id}/report", run::report),
    take("/u/{unit}/m/{id}/discuss", run::discuss),
    take("/u/{unit}/m/{id}/agree", run::agree),
    take("/u/{unit}/m/{id}/ballot", run::ballot),
    show("/u/{unit}/m/{id}/add", office::form),
    take("/u/{unit}/m/{id}/add", office::send),
    show("/u/{unit}/m/{id}/cancel", office::form),
    take("/u/{unit}/m/{id}/cancel", office::send),
    show("/u/{unit}/m/{id}/adjourn", office::form),
    take("/u/{unit}/m/{id}/adjourn", office::send),
    show("/u/{unit}/m/{id}/amend", office::form),
    take("/u/{unit}/m/{id}/amend", office::send),
    show("/u/{unit}/m/{id}/roll", ticks::form),
    take("/u/{unit}/m/{id}/arrive", ticks::arrive),
    take("/u/{unit}/m/{id}/leave", ticks::leave),
    take("/u/{unit}/m/{id}/proxy", ticks::proxy),
    show("/u/{unit}/m/{id}/screen", screen::show),
    take("/u/{unit}/m/{id}/vote", vote::cast),
    take("/u/{unit}/m/{id}/enter", vote::enter),
    take("/u/{unit}/m/{id}/hands", vote::hands),
    take("/u/{unit}/m/{id}/sheet", vote::sheet),
    take("/u/{unit}/m/{id}/count", vote::count),
];

/// The post that a rule names as convener today.
pub fn convener(site: &Site, unit: &Unit, rule: &'static str) -> Option<PostKind> {
    let policy = site.house.policy();
    policy.rule(rule, unit.profile(), site.today())?.text("convener").ok().and_then(PostKind::parse)
}

/// Why the law would not take this act now; `None` when it would.
pub fn refusal(site: &Site, unit: &Unit, by: &Actor, act: AnyAct) -> Result<Option<Refused>, problem::Problem> {
    match app::prepare::attempt(&site.house, unit.code, act, by.clone()) {
        Ok(()) => Ok(None),
        Err(Failure::Refused(refusal)) => Ok(Some(problem::refused(site, &refusal))),
        Err(failure) => Err(failure.into()),
    }
}

/// A number that must be reached, in words.
fn need(share: Share, base: u32) -> Need {
    let of = match share.of {
        Base::All => Of::All,
        Base::Present => Of::Present,
        Base::Cast => Of::Cast,
    };
    Need { part: share.part, whole: share.whole, over: share.over, of, base, least: share.least(base) }
}

/// An assembly in the room.
fn bench(bench: &Counted, women: u32, advice: String, before: bool, place: &Place) -> Bench {
    Bench {
        name: words::room::assembly(bench.assembly, place),
        due: bench.due,
        present: bench.present,
        quorum: bench.quorum.map(|share| need(share, bench.due)),
        women: Some(women).filter(|women| *women > 0),
        advice,
        before,
    }
}

/// What an assembly's papers came to.
fn bar(counted: &Votes, place: &Place) -> Bar {
    let tally = &counted.tally;
    Bar {
        name: words::room::assembly(tally.bench.assembly, place),
        due: tally.bench.due,
        present: tally.bench.present,
        yes: tally.in_favour,
        no: tally.against,
        abstained: tally.abstained,
        spoilt: tally.spoilt,
        majority: tally.bench.majority.map(|share| need(share, tally.base())),
        verdict: if tally.passed { Verdict::Passed } else { Verdict::Failed },
        advice: counted.advice.map(words::room::advice).unwrap_or_default().to_owned(),
    }
}
