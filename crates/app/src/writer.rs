//! 写入队列 The writer: acts wait in a queue; one thread takes what waits, commits once, then answers all. Nothing is
//! acknowledged before the commit.

use crate::enact::{Hall, Hand};
use crate::{Clock, Dice};
use law::{Policy, UnitCode};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender, TrySendError};
use std::sync::{Arc, Mutex, RwLock};
use std::thread::JoinHandle;
use store::{Connection, Failure, Pen, Tx};

/// Acts that one commit takes at most.
const GROUP: usize = 64;
/// Acts that may wait; beyond it the house says that it is busy.
const QUEUE: usize = 4096;

/// What is told to who waits, once the commit is known.
type Answer = Box<dyn FnOnce(Option<Failure>) + Send>;

/// Work in one unit's record, or what kept it from being begun.
type Act = Box<dyn FnOnce(Result<&mut Hand<'_, '_>, Failure>) -> Answer + Send>;
/// Work beside the record, or what kept it from being begun; the flag says whether it is to be kept.
type Beside = Box<dyn FnOnce(Result<&mut dyn Tx, Failure>) -> (Answer, bool) + Send>;
/// Connects once more, after the database closed a connection.
pub type Again = Arc<dyn Fn() -> Result<Box<dyn Connection>, Failure> + Send + Sync>;

enum Job {
    Act(UnitCode, Act),
    Beside(Beside),
}

/// What the writer's threads share.
pub struct Shared {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The dice.
    pub dice: Arc<dyn Dice>,
    /// Rules and calendar in force.
    pub policy: Arc<RwLock<Arc<Policy>>>,
    /// Acts committed since the start.
    pub committed: AtomicU64,
    /// Commits since the start.
    pub commits: AtomicU64,
    /// Commits tried since the start, whatever became of them: as long as it stands still, this process has written nothing.
    pub tried: AtomicU64,
}

/// Work that was queued.
pub struct Ticket<T>(Receiver<Result<T, Failure>>);

impl<T> Ticket<T> {
    /// Waits until it is on the disk.
    pub fn wait(self) -> Result<T, Failure> {
        self.0.recv().unwrap_or(Err(Failure::Busy))
    }
}

/// The queue and its threads. A unit's acts always go to the same thread, so they keep their order.
pub struct Writer {
    queues: Mutex<Vec<SyncSender<Job>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Writer {
    /// One thread per connection.
    pub fn start(connections: Vec<Box<dyn Connection>>, again: &Again, shared: &Arc<Shared>) -> Self {
        let (mut queues, mut threads) = (Vec::new(), Vec::new());
        for connection in connections {
            let (send, receive) = mpsc::sync_channel(QUEUE);
            let (shared, again) = (shared.clone(), again.clone());
            queues.push(send);
            threads.push(std::thread::spawn(move || work(connection, &receive, &again, &shared)));
        }
        Self { queues: Mutex::new(queues), threads: Mutex::new(threads) }
    }

    /// Queues `work` in the unit's record; the ticket waits for the commit.
    pub fn submit<T: Send + 'static>(
        &self,
        unit: UnitCode,
        work: impl FnOnce(&mut Hand<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<Ticket<T>, Failure> {
        let (tell, hear) = mpsc::sync_channel(1);
        let job: Act = Box::new(move |hand| {
            let within = |hand: &mut Hand<'_, '_>| {
                let (hall, now) = (hand.hall, hand.now);
                hand.pen.within(|pen| work(&mut Hand { pen, hall, now }))
            };
            answer(hand.and_then(within), tell)
        });
        self.send(unit.number() as usize, Job::Act(unit, job))?;
        Ok(Ticket(hear))
    }

    /// Does `work` beside the record and waits for the commit.
    pub fn beside<T: Send + 'static>(&self, work: impl FnOnce(&mut dyn Tx) -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
        let (tell, hear) = mpsc::sync_channel(1);
        let job: Beside = Box::new(move |tx| {
            let outcome = tx.and_then(work);
            let kept = outcome.is_ok();
            (answer(outcome, tell), kept)
        });
        self.send(0, Job::Beside(job))?;
        hear.recv().unwrap_or(Err(Failure::Busy))
    }

    fn send(&self, which: usize, job: Job) -> Result<(), Failure> {
        let queues = self.queues.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let queue = queues.get(which % queues.len().max(1)).ok_or(Failure::Busy)?.clone();
        drop(queues);
        queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) | TrySendError::Disconnected(_) => Failure::Busy,
        })
    }

    /// Takes no more work, finishes what waits, and ends.
    pub fn finish(&self) {
        self.queues.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
        for thread in self.threads.lock().unwrap_or_else(std::sync::PoisonError::into_inner).drain(..) {
            if thread.join().is_err() {
                tracing::error!("a writer ended in a panic");
            }
        }
    }
}

/// Tells the outcome once the commit is known; a failed commit overrides it.
fn answer<T: Send + 'static>(outcome: Result<T, Failure>, tell: SyncSender<Result<T, Failure>>) -> Answer {
    Box::new(move |failed| {
        let outcome = failed.map_or(outcome, Err);
        // Who asked may have gone away; what was done stays done.
        let _gone = tell.send(outcome);
    })
}

fn work(connection: Box<dyn Connection>, jobs: &Receiver<Job>, again: &Again, shared: &Shared) {
    let many_units = connection.bytes_type() == "BLOB";
    let mut connection = Some(connection);
    let mut next = None;
    loop {
        let Some(first) = next.take().or_else(|| jobs.recv().ok()) else { return };
        let mut group = vec![first];
        while group.len() < GROUP {
            let Ok(job) = jobs.try_recv() else { break };
            if !many_units && unit_of(&job) != unit_of(&group[0]) {
                next = Some(job);
                break;
            }
            group.push(job);
        }
        commit(&mut connection, group, again, shared);
    }
}

fn unit_of(job: &Job) -> Option<UnitCode> {
    match job {
        Job::Act(unit, _) => Some(*unit),
        Job::Beside(_) => None,
    }
}

/// One transaction for the whole group; then everybody is answered.
fn commit(connection: &mut Option<Box<dyn Connection>>, group: Vec<Job>, again: &Again, shared: &Shared) {
    let mut answers = Vec::new();
    let mut group = Some(group);
    let mut whole = |connection: &mut Option<Box<dyn Connection>>| {
        let open = connection.take().map_or_else(|| again(), Ok)?;
        connection.insert(open).write().map(|tx| in_transaction(tx, group.take().unwrap_or_default(), shared, &mut answers))
    };
    // When a transaction cannot be begun nothing was done yet, so a connection that was closed is opened again unseen.
    let begun = match whole(connection) {
        Err(_) if connection.take_if(|open| !open.is_open()).is_some() => whole(connection),
        begun => begun,
    };
    let outcome = begun.unwrap_or_else(|failure| {
        answers.extend(group.into_iter().flatten().map(|job| not_begun(job, &failure)));
        Err(failure)
    });
    shared.tried.fetch_add(1, Ordering::Release);
    match &outcome {
        Ok(()) => {
            shared.committed.fetch_add(answers.len() as u64, Ordering::Relaxed);
            shared.commits.fetch_add(1, Ordering::Relaxed);
        }
        Err(failure) => {
            tracing::error!(%failure, "a commit failed; nobody knows whether it was done, and nothing of it is acknowledged");
            // The connection may be why: the next group has a new one.
            *connection = None;
        }
    }
    let failed = outcome.err();
    for answer in answers {
        answer(failed.clone());
    }
}

/// Once something broke, what is left of the group is not begun.
fn in_transaction(mut tx: Box<dyn Tx + '_>, group: Vec<Job>, shared: &Shared, answers: &mut Vec<Answer>) -> Result<(), Failure> {
    let mut broken: Option<Failure> = None;
    for (unit, jobs) in by_unit(group) {
        let done = match (&broken, unit) {
            (Some(failure), _) => {
                answers.extend(jobs.into_iter().map(|job| not_begun(job, failure)));
                continue;
            }
            (None, Some(unit)) => in_unit(&mut *tx, unit, jobs, shared, answers),
            (None, None) => beside(&mut *tx, jobs, answers),
        };
        broken = done.err();
    }
    broken.map_or(Ok(()), Err)?;
    tx.commit()
}

fn not_begun(job: Job, failure: &Failure) -> Answer {
    match job {
        Job::Act(_, act) => act(Err(failure.clone())),
        Job::Beside(work) => work(Err(failure.clone())).0,
    }
}

fn by_unit(group: Vec<Job>) -> Vec<(Option<UnitCode>, Vec<Job>)> {
    let mut units: Vec<(Option<UnitCode>, Vec<Job>)> = Vec::new();
    for job in group {
        let unit = unit_of(&job);
        match units.iter_mut().find(|(known, _)| *known == unit) {
            Some((_, jobs)) => jobs.push(job),
            None => units.push((unit, vec![job])),
        }
    }
    units
}

fn in_unit(tx: &mut dyn Tx, unit: UnitCode, jobs: Vec<Job>, shared: &Shared, answers: &mut Vec<Answer>) -> Result<(), Failure> {
    let policy = shared.policy.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
    let mut pen = match Pen::hold(tx, unit) {
        Ok(pen) => pen,
        Err(failure) => {
            answers.extend(jobs.into_iter().map(|job| not_begun(job, &failure)));
            return Err(failure);
        }
    };
    for job in jobs {
        let Job::Act(_, act) = job else { continue };
        let now = shared.clock.now();
        let mut hand = Hand { pen: &mut pen, hall: Hall { policy: &policy, dice: &*shared.dice }, now };
        answers.push(act(Ok(&mut hand)));
    }
    pen.close()
}

fn beside(tx: &mut dyn Tx, jobs: Vec<Job>, answers: &mut Vec<Answer>) -> Result<(), Failure> {
    let mut broken: Option<Failure> = None;
    for job in jobs {
        match (&broken, job) {
            (Some(failure), job) => answers.push(not_begun(job, failure)),
            (None, Job::Beside(work)) => broken = one_beside(tx, work, answers).err(),
            (None, Job::Act(..)) => {}
        }
    }
    broken.map_or(Ok(()), Err)
}

fn one_beside(tx: &mut dyn Tx, work: Beside, answers: &mut Vec<Answer>) -> Result<(), Failure> {
    if let Err(failure) = tx.run("SAVEPOINT beside", &[]) {
        answers.push(work(Err(failure.clone())).0);
        return Err(failure);
    }
    let (answer, kept) = work(Ok(tx));
    answers.push(answer);
    if !kept {
        tx.run("ROLLBACK TO SAVEPOINT beside", &[])?;
    }
    tx.run("RELEASE SAVEPOINT beside", &[]).map(drop)
}
