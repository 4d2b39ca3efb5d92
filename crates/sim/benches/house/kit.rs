//! 量具 Tools of the benches: a folder that goes away, processor time, medians, and a village that acts.

use app::{Asked, Hand, House, enact};
use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use law::open::suggestion::{Act, AnswerKind, Channel, Shown};
use law::{Actor, AnyAct, MatterId, Personal, PostKind, UnitCode, Who};
use sim::world::{Store, World, instant};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A folder that goes away with its holder. `CUNWU_BENCH_DIR` says on which disk.
pub struct Place(PathBuf);

impl Place {
    pub fn new(name: &str) -> Self {
        let base = std::env::var_os("CUNWU_BENCH_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
        let path = base.join(format!("cunwu-bench-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{}: {error}", self.0.display());
        }
    }
}

/// Processor time of a process so far, from `/proc`: user and system, in ticks of 10 ms.
pub fn cpu_of(process: &str) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let ticks = after.split_whitespace().skip(11).take(2).filter_map(|word| word.parse::<u64>().ok()).sum::<u64>();
    Duration::from_millis(ticks * 10)
}

/// Processor time of this process so far.
pub fn cpu() -> Duration {
    cpu_of("self")
}

/// What a stretch of work took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let done = work();
    (done, begun.elapsed())
}

/// Measurements of one thing over several rounds.
#[derive(Clone, Default)]
pub struct Series(Vec<f64>);

impl Series {
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        Self(values.collect())
    }

    pub fn push(&mut self, value: f64) {
        self.0.push(value);
    }

    pub fn values(&self) -> impl Iterator<Item = f64> {
        self.0.iter().copied()
    }

    pub fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// Median with the smallest and the greatest: the noise.
    pub fn show(&self, digits: usize) -> String {
        let (low, high) = self.0.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), v| (low.min(*v), high.max(*v)));
        format!("{:.digits$} ({low:.digits$}–{high:.digits$})", self.median())
    }
}

/// A village with people who act, in a world of its own or with others.
pub struct Ground {
    pub world: Arc<World>,
    pub unit: UnitCode,
    committee: MatterId,
    resident: Actor,
    director: Actor,
    clerk: Actor,
}

/// The day on which every bench's village begins.
pub fn first() -> Timestamp {
    instant(date(2025, 10, 9), 9, 0)
}

/// A world for villages.
pub fn world(folder: &Path, store: &Store) -> Arc<World> {
    Arc::new(World::new(folder.to_owned(), store, 1, date(2025, 10, 9), false).expect("a world"))
}

impl Ground {
    pub fn new(world: &Arc<World>, code: &str) -> Self {
        let village = world.village(code, ["林伟棠", "黎满堂", "梁玉燕", "陈国强", "陈志恒"], date(2025, 9, 1)).expect("a village");
        let person = world.person(village.code, "王志强", Some("13800138000"), Some("第一村民小组")).expect("a person");
        let official = |kind| world.official(village.code, village.person(kind)).expect("an official");
        Self {
            world: world.clone(),
            unit: village.code,
            committee: village.committee,
            resident: Actor::new(Who::Resident { person, on_roll: true }),
            director: official(PostKind::Director),
            clerk: official(PostKind::Clerk),
        }
    }

    pub fn house(&self) -> &House {
        &self.world.house
    }

    /// A suggestion as a resident's form sends it: with name, body and key.
    pub fn submit(&self, n: usize) -> Asked {
        let text = format!("东坊巷{n}号门口的路灯坏了半个月，一到夜里就黑，老人接孩子怕摔，请尽快派人来修。");
        let act = Act::Submit {
            text: Personal(text),
            channel: Channel::Web,
            intake: None,
            name: Some(Personal("王志强".into())),
            contact: None,
            body: Some(self.committee),
            about_work: false,
        };
        Asked { key: Some(format!("{n:032x}")), ..Asked::new(AnyAct::Suggestion(act), self.resident.clone()) }
    }

    /// The public may read it.
    pub fn release(&self, suggestion: MatterId) -> Asked {
        Asked::new(AnyAct::Suggestion(Act::Release { suggestion, shown: Shown::Whole }), self.clerk.clone())
    }

    /// The answer of the head.
    pub fn answer(&self, suggestion: MatterId) -> Asked {
        let text = "供电所已排查，是埋地电缆老化，本周五前换好，换好后由网格员到现场确认。".to_owned();
        let act = Act::Answer { suggestion, kind: AnswerKind::Explain, text, reason: None, plan: None };
        Asked::new(AnyAct::Suggestion(act), self.director.clone())
    }

    /// The resident is content.
    pub fn confirm(&self, suggestion: MatterId) -> Asked {
        Asked::new(AnyAct::Suggestion(Act::Confirm { suggestion }), self.resident.clone())
    }

    /// Lines so far.
    pub fn lines(&self) -> i64 {
        self.house().read(|tx| store::record::head(tx, self.unit)).expect("a head").map_or(0, |head| head.frontier.size().cast_signed())
    }

    /// Lets the village live until its record has `lines` lines: each suggestion is sent, released, answered, confirmed. Half a
    /// minute passes from line to line, and a thousand acts share a commit.
    pub fn live(self: &Arc<Self>, lines: i64) {
        let mut have = self.lines();
        while have < lines {
            let (me, begin, many) = (self.clone(), have, (lines - have).min(4_000) / 4);
            let work = move |hand: &mut Hand<'_, '_>| {
                for n in begin / 4..begin / 4 + many.max(1) {
                    me.one_life(hand, usize::try_from(n).expect("few"))?;
                }
                Ok(())
            };
            self.house().act(self.unit, work).expect("a life");
            have = self.lines();
        }
        self.world.clock.set(self.at(have + 4));
    }

    fn one_life(&self, hand: &mut Hand<'_, '_>, n: usize) -> Result<(), app::Failure> {
        let mut step = 0;
        let mut ask = |asked| {
            hand.now = self.at(i64::try_from(n).expect("few") * 4 + step);
            step += 1;
            enact::enact(hand, asked)
        };
        let matter = ask(self.submit(n))?.matter;
        ask(self.release(matter))?;
        ask(self.answer(matter))?;
        ask(self.confirm(matter))?;
        Ok(())
    }

    /// The instant of a line: half a minute after the one before.
    fn at(&self, line: i64) -> Timestamp {
        first().checked_add((line * 30 + 3600).seconds()).expect("the calendar goes on")
    }
}
