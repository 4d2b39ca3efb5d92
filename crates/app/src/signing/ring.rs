//! 钥匙环 Ring: the keys of one unit's record as its own lines tell them, and who of this house can sign with them.

use super::Seeds;
use crate::{Failure, House};
use jiff::Timestamp;
use jiff::civil::Date;
use law::lead::mechanism::{Fact, Mechanism};
use law::{Matter, UnitCode};
use record::{Kind, Signer, Verifier};
use std::sync::Arc;
use store::{Tx, kept, record as rows};

/// A line by which another key signs from then on.
#[derive(Clone, Debug)]
pub struct KeyLine {
    /// Its record number.
    pub seq: i64,
    /// Its day.
    pub day: Date,
    /// The key until then, if the line tells it.
    pub was: Option<Verifier>,
    /// The key from then on.
    pub key: Verifier,
    /// Both sign until this day.
    pub until: Date,
}

/// A key that still signs beside the one that took its place.
#[derive(Clone, Debug)]
pub struct Former {
    /// The key.
    pub key: Verifier,
    /// The last day on which it signs.
    pub until: Date,
}

/// The keys of one unit's record, all under the name of its present origin.
pub struct Ring {
    lines: Vec<KeyLine>,
    signers: Vec<Option<Signer>>,
    at_birth: usize,
    began: Option<Timestamp>,
    seeds: Arc<Seeds>,
}

impl Ring {
    /// Reads it on one view.
    ///
    /// # Errors
    /// When a line or a seed file cannot be read.
    pub fn of(house: &House, tx: &mut dyn Tx, unit: UnitCode, epoch: i64) -> Result<Self, Failure> {
        let origin = house.origin(unit, epoch);
        let seeds = house.seeds(tx)?;
        let began = rows::entries(tx, unit, 0, 1)?.first().map(|entry| Timestamp::from_microsecond(entry.at)).transpose();
        let began = began.map_err(Failure::unreadable)?;
        let signers = seeds.signers(&house.keys, unit, &origin)?;
        Ok(Self { lines: lines(tx, unit, &origin)?, signers, at_birth: seeds.at_birth(began), began, seeds })
    }

    /// The lines that changed the key, in order.
    pub fn lines(&self) -> &[KeyLine] {
        &self.lines
    }

    /// The key that must have signed a tree of this size; none when it cannot be told any more, for its seed was lost.
    pub fn key_at(&self, size: u64) -> Option<Verifier> {
        match self.lines.iter().rfind(|line| line.seq.cast_unsigned() < size) {
            Some(line) => Some(line.key.clone()),
            None => match self.lines.first() {
                Some(first) => first.was.clone(),
                None => self.signers[self.at_birth].as_ref().map(verifier),
            },
        }
    }

    /// The key that signs now.
    ///
    /// # Errors
    /// [`Failure::Key`] when its seed was lost before any line named it.
    pub fn key(&self) -> Result<Verifier, Failure> {
        self.key_at(u64::MAX).ok_or_else(|| Failure::Key { what: "the seed that signs this record is missing".into() })
    }

    /// The day since which it signs; none before the first line.
    pub fn since(&self) -> Option<Date> {
        self.lines.last().map(|line| line.day).or_else(|| self.began.map(law::moment::civil_day))
    }

    /// Every key that this house can sign with: what bears none of them is not of this house.
    pub fn own(&self) -> Vec<Verifier> {
        self.signers.iter().flatten().map(verifier).collect()
    }

    /// Keys that still sign beside the present one on this day.
    pub fn former(&self, day: Date) -> Vec<Former> {
        self.replaced(|line| day <= line.until)
    }

    fn replaced(&self, which: impl Fn(&KeyLine) -> bool) -> Vec<Former> {
        let lines = self.lines.iter().rev().filter(|line| which(line));
        lines.filter_map(|line| Some(Former { key: line.was.clone()?, until: line.until })).collect()
    }

    /// Who signs on this day, the present key first. The first tree that holds a change bears both keys on whatever day it
    /// is signed: with that one, and only with it, a stranger gets from the old key to the new.
    ///
    /// # Errors
    /// [`Failure::Key`] when the present key is of no seed that is here.
    pub fn signers(&self, day: Date, sealed: u64) -> Result<Vec<Signer>, Failure> {
        let now = self.key()?;
        let now = self.signer(&now).ok_or_else(|| Failure::Key { what: format!("no seed here signs as {}", now.vkey()) })?;
        let mut signers = vec![now];
        for former in self.replaced(|line| day <= line.until || line.seq.cast_unsigned() >= sealed) {
            match self.signer(&former.key) {
                Some(signer) => signers.push(signer),
                None => tracing::warn!(key = former.key.vkey(), "the seed of this former key is gone; the new key signs alone"),
            }
        }
        Ok(signers)
    }

    fn signer(&self, key: &Verifier) -> Option<Signer> {
        self.signers.iter().flatten().find(|signer| verifier(signer) == *key).cloned()
    }

    /// The key from the newest seed, if it does not sign yet.
    pub(super) fn next(&self) -> Option<Verifier> {
        let newest = self.signers[self.seeds.newest()].as_ref().map(verifier)?;
        (self.key_at(u64::MAX).as_ref() != Some(&newest)).then_some(newest)
    }

    /// The seeds, by number, that this record still needs on this day.
    pub(super) fn needed(&self, day: Date, sealed: u64) -> Vec<usize> {
        let mut keys = self.replaced(|line| day <= line.until || line.seq.cast_unsigned() >= sealed);
        keys.extend(self.key_at(u64::MAX).map(|key| Former { key, until: day }));
        let of_seed = |key: &Verifier| self.signers.iter().position(|signer| signer.as_ref().map(verifier).as_ref() == Some(key));
        keys.iter().filter_map(|former| of_seed(&former.key)).collect()
    }
}

fn verifier(signer: &Signer) -> Verifier {
    signer.verifier(Kind::Plain)
}

/// The lines that changed a record's key.
fn lines(tx: &mut dyn Tx, unit: UnitCode, origin: &str) -> Result<Vec<KeyLine>, Failure> {
    let mut found = Vec::new();
    for stored in rows::of_matter(tx, unit, Mechanism::the_id())?.into_iter().filter(|stored| stored.kind == Mechanism::KIND) {
        let entry = kept::read::<Mechanism>(&stored.body)?;
        if let Fact::KeyChanged { was, key, until } = entry.fact {
            let named = |key: &str| Verifier::parse(key).and_then(|key| key.under(origin)).map_err(Failure::unreadable);
            let was = was.as_deref().map(named).transpose()?;
            found.push(KeyLine { seq: stored.seq, day: law::moment::civil_day(entry.at), was, key: named(&key)?, until });
        }
    }
    Ok(found)
}
