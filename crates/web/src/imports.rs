//! 进行中的导入 Imports under way: each from the moment its file comes until half an hour after it came to rest, in memory only. The
//! work is done in a thread of its own, so that no request waits for the end of it; told again, an import does what is left.

use app::import::{Done, Progress, Sheet, Stopped, Telling};
use app::{Failure, House};
use jiff::Timestamp;
use law::{MatterId, UnitCode};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How many are kept; the one that rests longest makes room.
const MOST: usize = 20;
/// How many are worked at at once: each takes a reader or a writer of the house.
const AT_WORK: usize = 4;
/// For how long after it came to rest, in seconds.
const KEPT: i64 = 30 * 60;

/// One import.
#[derive(Clone)]
pub struct Import {
    /// The unit it is for.
    pub unit: UnitCode,
    /// Who brought the file.
    pub account: MatterId,
    /// The file's name.
    pub name: String,
    /// The file.
    pub bytes: Arc<[u8]>,
    /// When it came or was last worked at.
    pub at: Timestamp,
    /// How far it has come.
    pub stage: Stage,
}

/// How far an import has come.
#[derive(Clone)]
pub enum Stage {
    /// Its rows are being judged or entered.
    AtWork(Progress),
    /// It has a verdict for each row and waits for who brought it.
    Judged(Arc<Sheet>),
    /// It is entered.
    Entered(Arc<(Sheet, Done)>),
    /// The file or the house is at fault. What was entered stays entered.
    Stopped(Arc<Stopped>),
}

impl Stage {
    /// Whether nobody works at it.
    pub fn rests(&self) -> bool {
        !matches!(self, Self::AtWork(_))
    }
}

/// What is done with an import in a thread of its own.
pub trait Work: FnOnce(&House, &Import, Telling<'_>) -> Result<Stage, Stopped> + Send + 'static {}
impl<W: FnOnce(&House, &Import, Telling<'_>) -> Result<Stage, Stopped> + Send + 'static> Work for W {}

/// All of them.
#[derive(Default)]
pub struct Imports {
    kept: Mutex<BTreeMap<MatterId, Import>>,
    rested: Condvar,
}

impl Imports {
    fn kept(&self) -> MutexGuard<'_, BTreeMap<MatterId, Import>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes an import in under a random id and begins to work at it.
    ///
    /// # Errors
    /// [`Failure::Busy`] when too many are under way.
    pub fn begin(self: &Arc<Self>, house: &Arc<House>, id: MatterId, import: Import, work: impl Work) -> Result<(), Failure> {
        let mut kept = self.kept();
        if at_work(&kept) >= AT_WORK {
            return Err(Failure::Busy);
        }
        make_room(&mut kept, import.at);
        kept.insert(id, import.clone());
        drop(kept);
        self.work(house, id, import, work);
        Ok(())
    }

    /// Goes on with an import that has its verdicts. One that is gone on with already stays as it is.
    ///
    /// # Errors
    /// [`Failure::Busy`] when too many are under way.
    pub fn go_on(self: &Arc<Self>, house: &Arc<House>, id: MatterId, work: impl Work) -> Result<(), Failure> {
        let mut kept = self.kept();
        let busy = at_work(&kept) >= AT_WORK;
        let Some(import) = kept.get_mut(&id).filter(|import| matches!(import.stage, Stage::Judged(_))) else { return Ok(()) };
        if busy {
            return Err(Failure::Busy);
        }
        import.stage = Stage::AtWork(Progress::default());
        let import = import.clone();
        drop(kept);
        self.work(house, id, import, work);
        Ok(())
    }

    fn work(self: &Arc<Self>, house: &Arc<House>, id: MatterId, import: Import, work: impl Work) {
        let (imports, house) = (self.clone(), house.clone());
        std::thread::spawn(move || {
            let told = |progress| imports.put(id, Stage::AtWork(progress), None);
            let done = catch_unwind(AssertUnwindSafe(|| work(&house, &import, &told)));
            let done = done.unwrap_or_else(|panic| Err(Stopped::Failure(Failure::panicked(&*panic))));
            if let Err(Stopped::Failure(failure)) = &done {
                tracing::error!(unit = %import.unit, %failure, "an import stopped");
            }
            imports.put(id, done.unwrap_or_else(|stopped| Stage::Stopped(Arc::new(stopped))), Some(house.clock.now()));
        });
    }

    fn put(&self, id: MatterId, stage: Stage, at: Option<Timestamp>) {
        if let Some(import) = self.kept().get_mut(&id) {
            import.stage = stage;
            import.at = at.unwrap_or(import.at);
        }
        self.rested.notify_all();
    }

    /// The import that this account has under way in this unit.
    pub fn under_way(&self, unit: UnitCode, account: MatterId) -> Option<MatterId> {
        let kept = self.kept();
        let mine = |import: &Import| import.unit == unit && import.account == account && !import.stage.rests();
        kept.iter().find(|(_, import)| mine(import)).map(|(id, _)| *id)
    }

    /// An import as it stands once it rests, or when patience ends; for the one who brought it and the unit it is for.
    pub fn see(&self, id: MatterId, unit: UnitCode, account: MatterId, now: Timestamp, patience: Duration) -> Option<Import> {
        let mine = |import: &&Import| import.unit == unit && import.account == account && !is_over(import, now);
        let kept = self.kept();
        let working = |kept: &mut BTreeMap<MatterId, Import>| kept.get(&id).filter(mine).is_some_and(|import| !import.stage.rests());
        let (kept, _) = self.rested.wait_timeout_while(kept, patience, working).unwrap_or_else(PoisonError::into_inner);
        kept.get(&id).filter(mine).cloned()
    }
}

fn make_room(kept: &mut BTreeMap<MatterId, Import>, now: Timestamp) {
    kept.retain(|_, import| !is_over(import, now));
    if kept.len() >= MOST {
        let oldest = kept.iter().filter(|(_, import)| import.stage.rests()).min_by_key(|(_, import)| import.at).map(|(id, _)| *id);
        oldest.map(|id| kept.remove(&id));
    }
}

fn at_work(kept: &BTreeMap<MatterId, Import>) -> usize {
    kept.values().filter(|import| !import.stage.rests()).count()
}

fn is_over(import: &Import, now: Timestamp) -> bool {
    import.stage.rests() && now.as_second() - import.at.as_second() > KEPT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(at: i64, stage: Stage) -> Import {
        let unit = UnitCode::parse("441900121014").unwrap();
        let at = Timestamp::from_second(at).unwrap();
        Import { unit, account: MatterId::from_bits(2), name: String::new(), bytes: Arc::new([1]), at, stage }
    }

    fn stopped(at: i64) -> Import {
        import(at, Stage::Stopped(Arc::new(Stopped::Failure(Failure::Busy))))
    }

    #[test]
    fn an_import_is_seen_by_who_brought_it_where_it_was_brought_and_not_for_ever() {
        let imports = Imports::default();
        let (id, mine) = (MatterId::from_bits(8), stopped(0));
        imports.kept().insert(id, mine.clone());
        let see = |unit: &str, account, at: i64| {
            let now = Timestamp::from_second(at).unwrap();
            imports.see(id, UnitCode::parse(unit).unwrap(), MatterId::from_bits(account), now, Duration::ZERO).is_some()
        };
        assert!(see("441900121014", 2, KEPT), "as often as it is asked for");
        assert!(see("441900121014", 2, KEPT));
        assert!(!see("441900121014", 4, KEPT), "not mine");
        assert!(!see("441900121015", 2, KEPT), "not here");
        assert!(!see("441900121014", 2, KEPT + 1), "too late");
        imports.put(id, Stage::AtWork(Progress::default()), None);
        assert!(see("441900121014", 2, KEPT + 1), "but what is worked at is there");
    }

    #[test]
    fn few_are_kept_and_fewer_worked_at() {
        let mut kept: BTreeMap<MatterId, Import> = (0..MOST as i64).map(|n| (MatterId::from_bits(n as u64 * 2), stopped(n))).collect();
        kept.insert(MatterId::from_bits(0), import(0, Stage::AtWork(Progress::default())));
        make_room(&mut kept, Timestamp::from_second(MOST as i64).unwrap());
        assert_eq!(kept.len(), MOST - 1);
        assert!(kept.contains_key(&MatterId::from_bits(0)), "never one that is worked at");
        assert!(!kept.contains_key(&MatterId::from_bits(2)), "the one that rests longest made room");
        assert_eq!(at_work(&kept), 1);
    }
}
