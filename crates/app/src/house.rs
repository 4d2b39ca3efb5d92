//! 本机 The house: rules, keys, clock, dice, the writer and the readers, opened once and shared by every door.

use crate::enact::{self, Asked, Done, Hand};
use crate::writer::{Shared, Ticket, Writer};
use crate::{Clock, Config, Dice, Failure, Keys};
use law::unit::Units;
use law::{Digest, Policy, UnitCode};
use std::collections::BTreeSet;
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
    /// The keys.
    pub keys: Keys,
    /// The units.
    pub units: Units,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The dice.
    pub dice: Arc<dyn Dice>,
    /// Whether this is a demo, never to be served as real.
    pub demo: bool,
    policy: Arc<RwLock<Arc<Policy>>>,
    database: Arc<dyn Database>,
    vault: Arc<Vault>,
    writer: Writer,
    shared: Arc<Shared>,
    readers: Mutex<Vec<Box<dyn Connection>>>,
    unsealed: Arc<Mutex<BTreeSet<UnitCode>>>,
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
            return Err(Failure::Database { what: "this database holds a house already".into() });
        }
        store::house::set(&mut *tx, RECORD_NAME, &parts.config.record_name)?;
        store::house::set(&mut *tx, MODE, if demo { "demo" } else { "real" })?;
        store::house::set(&mut *tx, KEY_CHECK, &key_check(&parts.keys))?;
        tx.commit()
    }

    /// Opens a house that was made, bringing its schema up to date.
    pub fn open(parts: Parts) -> Result<Arc<Self>, Failure> {
        let vault = Arc::new(parts.keys.vault());
        let mut connection = parts.database.connect(&vault)?;
        migrate::run(&mut *connection)?;
        let (demo, notices, units) = {
            let mut tx = connection.read()?;
            (check(&mut *tx, &parts)?, store::house::notices(&mut *tx)?, store::record::sizes(&mut *tx)?)
        };
        let mut policy = parts.policy;
        for (version, csv) in notices {
            let calendar =
                policy.calendar().amended(&csv).map_err(|error| Failure::unreadable(format_args!("notice {version}: {error:?}")))?;
            policy = policy.with_calendar(calendar);
        }
        let policy = Arc::new(RwLock::new(Arc::new(policy)));
        // Nobody knows how the house was closed: there may be lines in any record that are not sealed yet.
        let unsealed: Arc<Mutex<BTreeSet<UnitCode>>> = Arc::new(Mutex::new(units.into_iter().map(|(unit, ..)| unit).collect()));
        let marked = unsealed.clone();
        let (database, keys) = (parts.database.clone(), vault.clone());
        let shared = Arc::new(Shared {
            clock: parts.clock.clone(),
            dice: parts.dice.clone(),
            policy: policy.clone(),
            written: Box::new(move |unit| {
                marked.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(unit);
            }),
            connect: Box::new(move || database.connect(&keys)),
            committed: AtomicU64::new(0),
            commits: AtomicU64::new(0),
        });
        let one_writer = connection.bytes_type() == "BLOB";
        let mut writers = vec![connection];
        for _ in 1..if one_writer { 1 } else { parts.config.database.writers } {
            writers.push(parts.database.connect(&vault)?);
        }
        let writer = Writer::start(writers, &shared);
        Ok(Arc::new(Self {
            config: parts.config,
            keys: parts.keys,
            units: parts.units,
            clock: parts.clock,
            dice: parts.dice,
            demo,
            policy,
            database: parts.database,
            vault,
            writer,
            shared,
            readers: Mutex::new(Vec::new()),
            unsealed,
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

    /// Reads on one unchanging view.
    pub fn read<T>(&self, work: impl FnOnce(&mut dyn Tx) -> Result<T, Failure>) -> Result<T, Failure> {
        let idle = self.readers.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop();
        let mut connection = idle.map_or_else(|| self.database.connect(&self.vault), Ok)?;
        let outcome = connection.read().and_then(|mut tx| work(&mut *tx));
        // Whatever failed, the connection may be why: the next reader has a new one.
        if matches!(outcome, Ok(_) | Err(Failure::Refused(_))) {
            let mut readers = self.readers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if readers.len() < self.config.database.readers {
                readers.push(connection);
            }
        }
        outcome
    }

    /// The name of a unit's log: `{record_name}/{unit}/{epoch}`.
    pub fn origin(&self, unit: UnitCode, epoch: i64) -> String {
        format!("{}/{unit}/{epoch}", self.config.record_name)
    }

    /// Units that may have lines that no checkpoint covers yet; they are taken off the list.
    pub(crate) fn take_unsealed(&self) -> Vec<UnitCode> {
        let mut unsealed = self.unsealed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        std::mem::take(&mut *unsealed).into_iter().collect()
    }

    /// A unit that could not be sealed goes back on the list.
    pub(crate) fn still_unsealed(&self, unit: UnitCode) {
        self.unsealed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(unit);
    }

    /// Acts and commits since the house was opened, for `/metrics`.
    pub fn counts(&self) -> (u64, u64) {
        let load = |counter: &AtomicU64| counter.load(std::sync::atomic::Ordering::Relaxed);
        (load(&self.shared.committed), load(&self.shared.commits))
    }

    /// Takes no more work, finishes what waits, and closes.
    pub fn close(&self) {
        self.writer.finish();
    }
}

/// The database must be this house's: same name, same keys. Says whether it is a demo.
fn check(tx: &mut dyn Tx, parts: &Parts) -> Result<bool, Failure> {
    let setting = |tx: &mut dyn Tx, name: &str| -> Result<String, Failure> {
        store::house::setting(tx, name)?.ok_or_else(|| Failure::Database { what: "no house here yet: run cunwu init".into() })
    };
    let name = setting(tx, RECORD_NAME)?;
    if name != parts.config.record_name {
        return Err(Failure::Database { what: format!("this database belongs to the record {name}, not {}", parts.config.record_name) });
    }
    if setting(tx, KEY_CHECK)? != key_check(&parts.keys) {
        return Err(Failure::Key { what: "the seed file is not the one this house was made with".into() });
    }
    Ok(setting(tx, MODE)? == "demo")
}

fn key_check(keys: &Keys) -> String {
    Digest::of(&[&*keys.derive("check")]).to_string()
}
