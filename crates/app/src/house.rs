//! 本机 The house: rules, keys, clock, dice, the writer and the readers, opened once and shared by every door.

use crate::enact::{self, Asked, Done, Hand};
use crate::signing::{self, Seeds};
use crate::writer::{Again, Shared, Ticket, Writer};
use crate::{Clock, Config, Dice, Failure, HouseFault, Keys, SeedFault, keys};
use law::unit::Units;
use law::{Policy, UnitCode};
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, RwLock};
use store::{Connection, Database, Tx, Vault, migrate};

/// What a house is opened with.
pub struct Parts {
    /// The configuration.
    pub config: Config,
    /// The database.
    pub database: Arc<dyn Database>,
    /// The keys.
    pub keys: Keys,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The dice.
    pub dice: Arc<dyn Dice>,
    /// Packs and calendar as built in, before imported notices.
    pub policy: Policy,
    /// The units.
    pub units: Units,
}

/// One opened house.
pub struct House {
    /// The configuration.
    pub config: Config,
    /// The keys of the first seed.
    pub keys: Keys,
    /// The units.
    pub units: Units,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The dice.
    pub dice: Arc<dyn Dice>,
    /// Whether this is a demo, never to be served as real.
    pub demo: bool,
    built_in: Policy,
    policy: Arc<RwLock<Arc<Policy>>>,
    database: Arc<dyn Database>,
    vault: Arc<Vault>,
    seeds: RwLock<Arc<Seeds>>,
    seed_lost: bool,
    writer: Writer,
    shared: Arc<Shared>,
    readers: Mutex<Vec<Box<dyn Connection>>>,
}

/// Settings fixed at init.
const RECORD_NAME: &str = "record_name";
const MODE: &str = "mode";
const KEY_CHECK: &str = "key_check";

impl House {
    /// Makes a new house: schema, name, mode. A database that holds one already is refused.
    pub fn init(parts: &Parts, demo: bool) -> Result<(), Failure> {
        let vault = Arc::new(parts.keys.vault());
        let mut connection = parts.database.connect(&vault)?;
        migrate::run(&mut *connection)?;
        let mut tx = connection.write()?;
        if store::house::setting(&mut *tx, RECORD_NAME)?.is_some() {
            return Err(Failure::House(HouseFault::Already));
        }
        store::house::set(&mut *tx, RECORD_NAME, &parts.config.record_name)?;
        store::house::set(&mut *tx, MODE, if demo { "demo" } else { "real" })?;
        store::house::set(&mut *tx, KEY_CHECK, &parts.keys.check().to_string())?;
        signing::adopt(&mut *tx, &parts.config.path(&parts.config.seed_file))?;
        tx.commit()
    }

    /// Opens a house that was made, bringing its schema up to date.
    ///
    /// # Errors
    /// [`Failure::Seed`] when a seed file is wrong or the newest is missing, otherwise what broke.
    pub fn open(parts: Parts) -> Result<Arc<Self>, Failure> {
        Self::open_with(parts, false)
    }

    /// As [`House::open`], although the newest of the later seeds is lost: only to change the key.
    ///
    /// # Errors
    /// As [`House::open`].
    pub fn open_without_newest_seed(parts: Parts) -> Result<Arc<Self>, Failure> {
        Self::open_with(parts, true)
    }

    fn open_with(parts: Parts, seed_lost: bool) -> Result<Arc<Self>, Failure> {
        let vault = Arc::new(parts.keys.vault());
        let mut connection = parts.database.connect(&vault)?;
        migrate::run(&mut *connection)?;
        let (demo, notices, seeds) = {
            let mut tx = connection.read()?;
            (check(&mut *tx, &parts)?, store::house::notices(&mut *tx)?, signing::named(&mut *tx)?)
        };
        let seeds = Seeds::read(seeds, &parts.config.path(&parts.config.seed_file), seed_lost)?;
        let built_in = parts.policy;
        let policy = Arc::new(RwLock::new(Arc::new(noticed(&built_in, notices)?)));
        let shared = Arc::new(Shared {
            clock: parts.clock.clone(),
            dice: parts.dice.clone(),
            policy: policy.clone(),
            committed: AtomicU64::new(0),
            commits: AtomicU64::new(0),
            tried: AtomicU64::new(0),
        });
        let one_writer = connection.bytes_type() == "BLOB";
        let mut writers = vec![connection];
        for _ in 1..if one_writer { 1 } else { parts.config.database.writers } {
            writers.push(parts.database.connect(&vault)?);
        }
        let again: Again = {
            let (database, vault) = (parts.database.clone(), vault.clone());
            Arc::new(move || database.connect(&vault))
        };
        let writer = Writer::start(writers, &again, &shared);
        Ok(Arc::new(Self {
            config: parts.config,
            keys: parts.keys,
            units: parts.units,
            clock: parts.clock,
            dice: parts.dice,
            demo,
            built_in,
            policy,
            database: parts.database,
            vault,
            seeds: RwLock::new(Arc::new(seeds)),
            seed_lost,
            writer,
            shared,
            readers: Mutex::new(Vec::new()),
        }))
    }

    /// The rules and the calendar in force.
    pub fn policy(&self) -> Arc<Policy> {
        self.policy.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Puts other rules in force; the clock then records their adoption in every unit.
    pub(crate) fn set_policy(&self, policy: Policy) {
        *self.policy.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(policy);
    }

    /// Puts notices in force that another process imported: rules must not depend on which process counts.
    pub(crate) fn renew_policy(&self) -> Result<(), Failure> {
        let notices = self.read(store::house::notices)?;
        if notices.last().is_some_and(|(version, _)| version != self.policy().calendar().version()) {
            self.set_policy(noticed(&self.built_in, notices)?);
        }
        Ok(())
    }

    /// Does what is asked in the unit's record and waits until it is on the disk.
    pub fn enact(&self, unit: UnitCode, asked: Asked) -> Result<Done, Failure> {
        self.act(unit, move |hand| enact::enact(hand, asked))
    }

    /// Does `work` with a hand in the unit's record, all of it or nothing.
    pub fn act<T: Send + 'static>(
        &self,
        unit: UnitCode,
        work: impl FnOnce(&mut Hand<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.submit(unit, work)?.wait()
    }

    /// As [`House::act`], without waiting: what is queued together is committed together.
    pub fn submit<T: Send + 'static>(
        &self,
        unit: UnitCode,
        work: impl FnOnce(&mut Hand<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<Ticket<T>, Failure> {
        self.writer.submit(unit, work)
    }

    /// Does `work` in tables that stand beside the record.
    pub fn beside<T: Send + 'static>(&self, work: impl FnOnce(&mut dyn Tx) -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
        self.writer.beside(work)
    }

    /// Reads on one unchanging view. An idle connection that the database has closed meanwhile is thrown away unseen.
    pub fn read<T>(&self, work: impl FnOnce(&mut dyn Tx) -> Result<T, Failure>) -> Result<T, Failure> {
        loop {
            let idle = self.readers.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop();
            let was_idle = idle.is_some();
            let mut connection = idle.map_or_else(|| self.database.connect(&self.vault), Ok)?;
            let outcome = match connection.read() {
                Ok(mut tx) => work(&mut *tx),
                Err(_) if was_idle => continue,
                Err(failure) => return Err(failure),
            };
            // Whatever failed, the connection may be why: the next reader has a new one.
            if matches!(outcome, Ok(_) | Err(Failure::Refused(_))) {
                let mut readers = self.readers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                if readers.len() < self.config.database.readers {
                    readers.push(connection);
                }
            }
            return outcome;
        }
    }

    /// The name of a unit's log: `{record_name}/{unit}/{epoch}`.
    pub fn origin(&self, unit: UnitCode, epoch: i64) -> String {
        format!("{}/{unit}/{epoch}", self.config.record_name)
    }

    /// The first seed file; later ones lie beside it.
    pub(crate) fn seed_file(&self) -> PathBuf {
        self.config.path(&self.config.seed_file)
    }

    /// The later seeds, read again when another process has made a new one.
    pub(crate) fn seeds(&self, tx: &mut dyn Tx) -> Result<Arc<Seeds>, Failure> {
        let named = signing::named(tx)?;
        let known = self.seeds.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        if known.are(&named) {
            return Ok(known);
        }
        let seeds = Arc::new(Seeds::read(named, &self.seed_file(), self.seed_lost)?);
        *self.seeds.write().unwrap_or_else(std::sync::PoisonError::into_inner) = seeds.clone();
        Ok(seeds)
    }

    /// Acts and commits since the house was opened, for `/metrics`.
    pub fn counts(&self) -> (u64, u64) {
        let load = |counter: &AtomicU64| counter.load(std::sync::atomic::Ordering::Relaxed);
        (load(&self.shared.committed), load(&self.shared.commits))
    }

    /// A number that grows before anybody is told that something was written through this house.
    pub fn stir(&self) -> u64 {
        self.shared.tried.load(std::sync::atomic::Ordering::Acquire)
    }

    /// Takes no more work, finishes what waits, and closes.
    pub fn close(&self) {
        self.writer.finish();
    }
}

/// The built-in rules with every imported notice, in the order they came.
fn noticed(built_in: &Policy, notices: Vec<(String, String)>) -> Result<Policy, Failure> {
    let mut policy = built_in.clone();
    for (version, csv) in notices {
        let calendar = policy.calendar().amended(&csv).map_err(|error| Failure::unreadable(format_args!("notice {version}: {error:?}")))?;
        policy = policy.with_calendar(calendar);
    }
    Ok(policy)
}

/// The database must be this house's: same name, same keys. Says whether it is a demo.
fn check(tx: &mut dyn Tx, parts: &Parts) -> Result<bool, Failure> {
    let setting = |tx: &mut dyn Tx, name: &str| -> Result<String, Failure> {
        store::house::setting(tx, name)?.ok_or(Failure::House(HouseFault::None))
    };
    let name = setting(tx, RECORD_NAME)?;
    if name != parts.config.record_name {
        return Err(Failure::House(HouseFault::Other { there: name, here: parts.config.record_name.clone() }));
    }
    if setting(tx, KEY_CHECK)? != parts.keys.check().to_string() {
        return Err(keys::wrong(&parts.config.path(&parts.config.seed_file), SeedFault::Other));
    }
    Ok(setting(tx, MODE)? == "demo")
}
