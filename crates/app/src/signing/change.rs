//! 换密钥 Changing the key: a new seed beside the old, and a line in every record. Stopped half way, it is finished by saying it
//! again; a record that has its line gets no second one.

use super::ring::Ring;
use super::seeds::{self, Named};
use crate::{Asked, Failure, House, Keys};
use jiff::Timestamp;
use jiff::civil::Date;
use law::lead::mechanism::Act;
use law::{Actor, AnyAct, Refusal, UnitCode, Who};
use record::Verifier;
use std::path::PathBuf;
use store::record as rows;

/// Makes the next seed, unless the last one is still being handed on. Its number.
///
/// # Errors
/// When the seed file cannot be written or read.
pub fn begin(house: &House) -> Result<usize, Failure> {
    let seeds = house.read(|tx| house.seeds(tx))?;
    if seeds.is_there(seeds.newest()) && !pending(house)?.is_empty() {
        return Ok(seeds.newest());
    }
    let number = seeds.newest() + 1;
    let path = seeds::file(&house.seed_file(), number);
    // One that is there already comes from a process that died here, or from the machine that this house moved from.
    if !path.exists() {
        let mut bytes = [0; 32];
        house.dice.fill(&mut bytes);
        seeds::write(&path, &Keys::new(bytes), house.clock.now())?;
    }
    let (keys, written) = seeds::read(&path)?;
    let since = if began_after(house, written)? { house.clock.now() } else { written };
    let named = Named { since, check: keys.check() };
    house.beside(move |tx| seeds::take(tx, number, named))?;
    Ok(number)
}

/// Whether a record began here at this instant or later: it began with an older seed, for the next was not in use yet.
fn began_after(house: &House, at: Timestamp) -> Result<bool, Failure> {
    house.read(|tx| {
        for (unit, ..) in rows::sizes(tx)? {
            if rows::entries(tx, unit, 0, 1)?.first().is_some_and(|entry| entry.at >= at.as_microsecond()) {
                return Ok(true);
            }
        }
        Ok(false)
    })
}

/// Puts the change on record in every unit that has a record and does not say so yet. How many lines it wrote.
///
/// # Errors
/// What broke; units before it have their line.
pub fn spread(house: &House) -> Result<usize, Failure> {
    let mut written = 0;
    loop {
        let pending = pending(house)?;
        if pending.is_empty() {
            return Ok(written);
        }
        for (unit, act) in pending {
            match house.enact(unit, Asked::new(AnyAct::Mechanism(act), Actor::new(Who::Keeper))) {
                Ok(_) => written += 1,
                // Somebody else is handing on too.
                Err(Failure::Refused(Refusal::AlreadyExists)) => {}
                Err(failure) => return Err(failure),
            }
        }
    }
}

/// The units whose record still knows another key than the newest, with the act that changes it.
fn pending(house: &House) -> Result<Vec<(UnitCode, Act)>, Failure> {
    house.read(|tx| {
        let mut pending = Vec::new();
        for (unit, _, epoch) in rows::sizes(tx)?.into_iter().filter(|(_, size, _)| *size > 0) {
            let ring = Ring::of(house, tx, unit, epoch)?;
            if let Some(key) = ring.next() {
                let was = ring.key_at(u64::MAX).map(|key| key.vkey());
                pending.push((unit, Act::ChangeKey { was, key: key.vkey() }));
            }
        }
        Ok(pending)
    })
}

/// One seed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedFile {
    /// Where it is.
    pub path: PathBuf,
    /// Since when it signs; none for the first.
    pub since: Option<Timestamp>,
    /// Whether it is there.
    pub is_there: bool,
    /// Records that need it to sign today; the first one is needed for more than signing.
    pub needed_by: usize,
}

/// How the keys of a house stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The seed files, the first one first.
    pub seeds: Vec<SeedFile>,
    /// Records that do not know of the newest key yet: say the change again.
    pub pending: usize,
    /// The last day on which a former key signs anywhere.
    pub both_until: Option<Date>,
    /// Every key that signs today, as a witness lists them.
    pub keys: Vec<String>,
}

/// Reads it.
///
/// # Errors
/// What broke.
pub fn overview(house: &House) -> Result<Overview, Failure> {
    let today = crate::read::today(house);
    let pending = pending(house)?.len();
    house.read(|tx| {
        let seeds = house.seeds(tx)?;
        let mut needed = vec![0; seeds.newest() + 1];
        let (mut keys, mut both_until) = (Vec::new(), None);
        for (unit, _, epoch) in rows::sizes(tx)?.into_iter().filter(|(_, size, _)| *size > 0) {
            let ring = Ring::of(house, tx, unit, epoch)?;
            let sealed = rows::latest_checkpoint(tx, unit)?.filter(|sealed| sealed.epoch == epoch).map_or(0, |sealed| sealed.size);
            ring.needed(today, sealed.cast_unsigned()).into_iter().for_each(|number| needed[number] += 1);
            let former = ring.former(today);
            both_until = both_until.max(former.iter().map(|former| former.until).max());
            keys.extend(ring.key_at(u64::MAX).iter().chain(former.iter().map(|former| &former.key)).map(Verifier::vkey));
        }
        let file = |(number, needed_by)| SeedFile {
            path: seeds::file(&house.seed_file(), number),
            since: seeds.since(number),
            is_there: seeds.is_there(number),
            needed_by,
        };
        Ok(Overview { seeds: needed.into_iter().enumerate().map(file).collect(), pending, both_until, keys })
    })
}
