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

/// Work in one unit's record.
type Act = Box<dyn FnOnce(&mut Hand<'_, '_>) -> Answer + Send>;
/// Work beside the record.
type Beside = Box<dyn FnOnce(&mut dyn Tx) -> (Answer, bool) + Send>;

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
    /// Told which units have new lines, or may have: when a commit fails nobody knows whether it was done.
    pub written: Box<dyn Fn(UnitCode) + Send + Sync>,
    /// Opens another connection in place of one that broke.
    pub connect: Box<dyn Fn() -> Result<Box<dyn Connection>, Failure> + Send + Sync>,
    /// Acts committed since the start.
    pub committed: AtomicU64,
    /// Commits since the start.
    pub commits: AtomicU64,
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
    pub fn start(connections: Vec<Box<dyn Connection>>, shared: &Arc<Shared>) -> Self {
        let (mut queues, mut threads) = (Vec::new(), Vec::new());
        for connection in connections {
            let (send, receive) = mpsc::sync_channel(QUEUE);
            let shared = shared.clone();
            queues.push(send);
            threads.push(std::thread::spawn(move || work(connection, &receive, &shared)));
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
        let job = Box::new(move |hand: &mut Hand<'_, '_>| {
            let (hall, now) = (hand.hall, hand.now);
            answer(hand.pen.within(|pen| work(&mut Hand { pen, hall, now })), tell)
        });
        self.send(unit.number() as usize, Job::Act(unit, job))?;
        Ok(Ticket(hear))
    }

    /// Does `work` beside the record and waits for the commit.
    pub fn beside<T: Send + 'static>(&self, work: impl FnOnce(&mut dyn Tx) -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
        let (tell, hear) = mpsc::sync_channel(1);
        let job = Box::new(move |tx: &mut dyn Tx| {
            let outcome = work(tx);
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

fn work(connection: Box<dyn Connection>, jobs: &Receiver<Job>, shared: &Shared) {
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
        commit(&mut connection, group, shared);
    }
}

fn unit_of(job: &Job) -> Option<UnitCode> {
    match job {
        Job::Act(unit, _) => Some(*unit),
        Job::Beside(_) => None,
    }
}

/// One transaction for the whole group; then everybody is answered.
fn commit(connection: &mut Option<Box<dyn Connection>>, group: Vec<Job>, shared: &Shared) {
    let mut answers = Vec::new();
    let mut units = Vec::new();
    let outcome = connection.take().map_or_else(&shared.connect, Ok).and_then(|open| {
        let mut tx = connection.insert(open).write()?;
        for (unit, jobs) in by_unit(group) {
            match unit {
                Some(unit) => {
                    units.push(unit);
                    in_unit(&mut *tx, unit, jobs, shared, &mut answers)?;
                }
                None => beside(&mut *tx, jobs, &mut answers)?,
            }
        }
        tx.commit()
    });
    units.into_iter().for_each(&shared.written);
    match &outcome {
        Ok(()) => {
            shared.committed.fetch_add(answers.len() as u64, Ordering::Relaxed);
            shared.commits.fetch_add(1, Ordering::Relaxed);
        }
        Err(failure) => {
            tracing::error!(%failure, "a commit failed; nothing of it is acknowledged");
            // The connection may be gone: the next group has a new one.
            *connection = None;
        }
    }
    let failed = outcome.err();
    for answer in answers {
        answer(failed.clone());
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
    let mut pen = Pen::hold(tx, unit)?;
    for job in jobs {
        let Job::Act(_, act) = job else { continue };
        let now = shared.clock.now();
        let mut hand = Hand { pen: &mut pen, hall: Hall { policy: &policy, dice: &*shared.dice }, now };
        answers.push(act(&mut hand));
    }
    pen.close()
}

fn beside(tx: &mut dyn Tx, jobs: Vec<Job>, answers: &mut Vec<Answer>) -> Result<(), Failure> {
    for job in jobs {
        let Job::Beside(work) = job else { continue };
        tx.run("SAVEPOINT beside", &[])?;
        let (answer, kept) = work(tx);
        answers.push(answer);
        if !kept {
            tx.run("ROLLBACK TO SAVEPOINT beside", &[])?;
        }
        tx.run("RELEASE SAVEPOINT beside", &[])?;
    }
    Ok(())
}
