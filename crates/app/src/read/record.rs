//! 读记录 Reading the record of a unit: its size, what is sealed, who cosigned, one line with its proof.

use super::Reader;
use crate::signing::Ring;
use crate::{Failure, House, seal};
use jiff::Timestamp;
use jiff::civil::Date;
use law::{Audience, UnitCode};
use record::{Receipt, leaf};
use store::Tx;
use store::record as rows;

/// How a unit's record stands.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// Lines in all.
    pub lines: i64,
    /// Lines that a signed checkpoint covers.
    pub sealed: i64,
    /// When it was signed.
    pub sealed_at: Option<Timestamp>,
    /// Epoch of the log.
    pub epoch: i64,
    /// Titles of witnesses whose cosignature is on the checkpoint.
    pub witnesses: Vec<String>,
    /// Sealing stands still because tables differed from the record.
    pub halted: bool,
}

/// The day from which the key of a unit's epoch signs; none before its first checkpoint.
pub fn key_since(house: &House, unit: UnitCode, epoch: i64) -> Result<Option<jiff::civil::Date>, Failure> {
    let at = house.read(|tx| rows::first_signed(tx, unit, epoch))?;
    Ok(at.and_then(|at| Timestamp::from_microsecond(at).ok()).map(law::moment::civil_day))
}

/// Reads it.
pub fn standing(house: &House, tx: &mut dyn Tx, unit: UnitCode) -> Result<Standing, Failure> {
    let Some(head) = rows::head(tx, unit)? else { return Ok(Standing::default()) };
    let lines = head.frontier.size().cast_signed();
    let Some((sealed, note)) = seal::latest(tx, unit)? else {
        return Ok(Standing { lines, epoch: head.epoch, halted: head.halted, ..Standing::default() });
    };
    let signed = |witness: &&crate::config::Witness| {
        let key = record::Verifier::parse(&witness.key).ok();
        key.is_some_and(|key| record::note::verified(&note, &[key]).is_ok_and(|verified| !verified.is_empty()))
    };
    let witnesses = house.config.witness.iter().filter(signed).map(|witness| witness.title.clone()).collect();
    let sealed_at = Timestamp::from_microsecond(sealed.at).ok();
    Ok(Standing { lines, sealed: sealed.size, sealed_at, epoch: head.epoch, witnesses, halted: head.halted })
}

/// The keys that sign a unit's record today.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The record's name.
    pub origin: String,
    /// The key, as a verifier key.
    pub key: String,
    /// The day since which it signs; none before the first line.
    pub since: Option<Date>,
    /// Keys that it replaced and that still sign, each with its last day.
    pub former: Vec<(String, Date)>,
}

/// Reads them.
pub fn keys(house: &House, unit: UnitCode) -> Result<Keys, Failure> {
    house.read(|tx| {
        let epoch = rows::head(tx, unit)?.map_or(0, |head| head.epoch);
        let ring = Ring::of(house, tx, unit, epoch)?;
        let former = ring.former(super::today(house)).into_iter().map(|former| (former.key.vkey(), former.until));
        Ok(Keys { origin: house.origin(unit, epoch), key: ring.key()?.vkey(), since: ring.since(), former: former.collect() })
    })
}

/// One line of the record.
#[derive(Clone, Debug)]
pub struct OneLine {
    /// As stored.
    pub stored: rows::Stored,
    /// The fact's bytes, if this reader may see them.
    pub body: Option<String>,
    /// Its proof, once sealed.
    pub receipt: Option<Receipt>,
    /// What checking it here and now gave.
    pub checks: Checks,
}

/// What was checked about one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checks {
    /// The content hashes to the line's digest.
    pub content: bool,
    /// The line is in the signed tree; none while it waits to be sealed.
    pub included: Option<bool>,
    /// The checkpoint bears this house's signature; none while it waits to be sealed.
    pub signed: Option<bool>,
}

/// Reads and checks one line.
pub fn line(house: &House, unit: UnitCode, seq: i64, reader: &Reader) -> Result<Option<OneLine>, Failure> {
    house.read(|tx| {
        let Some(stored) = rows::entries(tx, unit, seq, 1)?.into_iter().find(|stored| stored.seq == seq) else { return Ok(None) };
        let parsed = record::Line::parse(&stored.line).map_err(Failure::unreadable)?;
        let content = law::Digest::of(&[&stored.body]).0 == *parsed.digest();
        let audience = [Audience::Public, Audience::Members, Audience::Officials].into_iter().find(|a| a.word() == stored.audience);
        let body = match audience.is_some_and(|audience| reader.audience.may_read(audience)) {
            true => Some(String::from_utf8_lossy(&stored.body).into_owned()),
            false => None,
        };
        let receipt = seal::receipt(tx, unit, seq)?;
        let (mut included, mut signed) = (None, None);
        if let Some(receipt) = &receipt {
            let checkpoint = record::Checkpoint::parse(receipt.checkpoint.text.as_bytes()).map_err(Failure::unreadable)?;
            let leaf = leaf(&stored.line);
            included = Some(record::check_inclusion(receipt.index, checkpoint.size, &leaf, &receipt.proof, &checkpoint.root).is_ok());
            let key = Ring::of(house, tx, unit, 0)?.key_at(checkpoint.size).and_then(|key| key.under(&checkpoint.origin).ok());
            signed = Some(key.is_some_and(|key| record::note::open(&receipt.checkpoint, &[key]).is_ok()));
        }
        Ok(Some(OneLine { stored, body, receipt, checks: Checks { content, included, signed } }))
    })
}

/// Whether the database answers.
pub fn answers(house: &House) -> Result<usize, Failure> {
    house.read(|tx| Ok(rows::sizes(tx)?.len()))
}

/// How many lines of a unit a signed checkpoint covers.
pub fn sealed(house: &House, unit: UnitCode) -> Result<i64, Failure> {
    house.read(|tx| Ok(rows::latest_checkpoint(tx, unit)?.map_or(0, |sealed| sealed.size)))
}

/// Every unit that has a record.
pub fn units(house: &House) -> Result<Vec<UnitCode>, Failure> {
    house.read(|tx| Ok(rows::sizes(tx)?.into_iter().map(|(unit, ..)| unit).collect()))
}

/// What a rendered page depends on: lines, sealed lines, and when the newest checkpoint got its last signature.
pub fn extent(house: &House, unit: UnitCode) -> Result<(i64, i64, i64), Failure> {
    house.read(|tx| rows::extent(tx, unit))
}
