//! 请求见证 The client: sends each witness the latest checkpoint with a consistency proof, checks what it answers, and adds the
//! cosignature to the kept note. It runs beside the writer and never makes an act wait.

use crate::signing::Ring;
use crate::wire::{self, Got, Unreached, Wire};
use crate::{Failure, House, seal};
use law::UnitCode;
use record::{Checkpoint, Kind, Note, Request, Signature, Verifier, checkpoint, note, tree};
use std::str::FromStr;
use store::Tx;
use store::record::{self as rows, Sealed, Tiles};

/// The longest answer of a witness that is read.
const MAX_ANSWER: u64 = 64 << 10;
/// How many kept checkpoints are looked through for this witness's last cosignature; else the witness tells its size.
const LOOK_BACK: usize = 64;

/// What came of asking one witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cosigned {
    /// It cosigned; at this moment, in seconds since 1970.
    Added(u64),
    /// It had cosigned this very checkpoint before.
    Already,
    /// It gave no answer; it is asked again at the next seal.
    Down(String),
    /// It said no, with this HTTP status; 409 for our own size and 422 mean that it saw another tree.
    Refused(u16),
    /// It has cosigned more than we have: lines were lost here, and the record must be reopened.
    Ahead(u64),
    /// What it answered is not a cosignature by its key.
    False,
    /// The key in the configuration is not a witness's.
    BadKey,
}

/// Asks every configured witness to cosign the latest checkpoint of a unit: (title, what came of it) for each.
///
/// # Errors
/// What broke in the house; a witness that is down is no error.
pub fn cosign(house: &House, unit: UnitCode) -> Result<Vec<(String, Cosigned)>, Failure> {
    cosign_over(house, unit, wire::web())
}

/// As [`cosign`], over a given wire.
///
/// # Errors
/// As [`cosign`].
pub fn cosign_over(house: &House, unit: UnitCode, wire: &dyn Wire) -> Result<Vec<(String, Cosigned)>, Failure> {
    let Some((sealed, note)) = house.read(|tx| seal::latest(tx, unit))? else { return Ok(Vec::new()) };
    let mut outcomes = Vec::new();
    for witness in &house.config.witness {
        let key = Verifier::parse(&witness.key).ok().filter(|key| key.kind() == Kind::Cosignature);
        let outcome = match key {
            Some(key) => Asking { house, unit, wire, url: &witness.url, key, sealed: &sealed, note: &note }.run()?,
            None => Cosigned::BadKey,
        };
        match &outcome {
            Cosigned::Added(_) | Cosigned::Already => {}
            trouble => {
                tracing::warn!(%unit, witness = witness.title, size = sealed.size, ?trouble, "not cosigned; asked again at the next seal")
            }
        }
        outcomes.push((witness.title.clone(), outcome));
    }
    Ok(outcomes)
}

/// One witness being asked about one checkpoint.
struct Asking<'a> {
    house: &'a House,
    unit: UnitCode,
    wire: &'a dyn Wire,
    url: &'a str,
    key: Verifier,
    sealed: &'a Sealed,
    note: &'a Note,
}

impl Asking<'_> {
    fn run(&self) -> Result<Cosigned, Failure> {
        if has(self.note, &self.key) {
            return Ok(Cosigned::Already);
        }
        let size = self.sealed.size.cast_unsigned();
        let mut old = self.house.read(|tx| self.last_cosigned(tx))?;
        for again in [true, false] {
            let (status, answer) = match self.post(old)? {
                Ok(answered) => answered,
                Err(Unreached(why)) => return Ok(Cosigned::Down(why)),
            };
            match (status, conflict(&answer)) {
                (200, _) => return self.keep(&answer),
                (409, Some(seen)) if seen > size => return Ok(Cosigned::Ahead(seen)),
                (409, Some(seen)) if again && seen != old => old = seen,
                _ => return Ok(Cosigned::Refused(status)),
            }
        }
        Ok(Cosigned::Refused(409))
    }

    /// The size of the latest kept checkpoint of this epoch that bears this witness's cosignature; 0 when none does.
    fn last_cosigned(&self, tx: &mut dyn Tx) -> Result<u64, Failure> {
        let sizes = rows::checkpoint_sizes(tx, self.unit)?;
        let of_epoch = sizes.into_iter().rev().filter(|(epoch, size)| *epoch == self.sealed.epoch && *size < self.sealed.size);
        for (epoch, size) in of_epoch.take(LOOK_BACK) {
            let kept = rows::checkpoint(tx, self.unit, epoch, size)?;
            if kept.and_then(|kept| Note::parse(kept.note.as_bytes()).ok()).is_some_and(|note| has(&note, &self.key)) {
                return Ok(size.cast_unsigned());
            }
        }
        Ok(0)
    }

    fn post(&self, old: u64) -> Result<Result<(u16, Vec<u8>), Unreached>, Failure> {
        let (unit, size) = (self.unit, self.sealed.size.cast_unsigned());
        let proof = self.house.read(|tx| tree::consistency(&mut Tiles { tx, unit }, old, size).map_err(Failure::from))?;
        let request = Request { old, proof, checkpoint: self.note.clone() };
        let got = self.wire.post(&format!("{}/add-checkpoint", self.url.trim_end_matches('/')), &request.to_text());
        Ok(got.and_then(|got: Got| Ok((got.status, got.whole(MAX_ANSWER)?))))
    }

    /// Checks the answered lines and adds those of this witness to the note as it stands now.
    fn keep(&self, answer: &[u8]) -> Result<Cosigned, Failure> {
        let lines = std::str::from_utf8(answer).ok().and_then(|lines| Signature::parse_lines(lines).ok()).unwrap_or_default();
        let mut time = None;
        let mut genuine = Vec::new();
        for line in lines.into_iter().filter(|line| self.key.is_named_by(line)) {
            match self.key.verify(&self.note.text, &line) {
                Ok(Some(seen)) => {
                    time = Some(seen);
                    genuine.push(line);
                }
                Ok(None) | Err(_) => return Ok(Cosigned::False),
            }
        }
        let Some(time) = time else { return Ok(Cosigned::False) };
        let (unit, epoch, size) = (self.unit, self.sealed.epoch, self.sealed.size);
        self.house.beside(move |tx| {
            let Some(kept) = rows::checkpoint(tx, unit, epoch, size)? else { return Ok(()) };
            let mut note = Note::parse(kept.note.as_bytes()).map_err(Failure::unreadable)?;
            genuine.retain(|line| !note.signatures.contains(line));
            if note.signatures.len() + genuine.len() <= note::MAX_SIGNATURES {
                note.signatures.extend(genuine);
            }
            rows::keep_checkpoint(tx, unit, epoch, size, &note.to_text(), kept.at)
        })?;
        Ok(Cosigned::Added(time))
    }
}

/// Whether a note bears a genuine cosignature of this witness.
fn has(note: &Note, witness: &Verifier) -> bool {
    note::verified(note, std::slice::from_ref(witness)).is_ok_and(|seen| !seen.is_empty())
}

/// The size in the body of a 409.
fn conflict(answer: &[u8]) -> Option<u64> {
    u64::from_str(std::str::from_utf8(answer).ok()?.strip_suffix('\n')?).ok()
}

/// What the witnesses of the configuration last cosigned of a unit's record under this origin, for a house that was
/// restored. Witnesses that are no cunwu, or are down, add nothing.
///
/// # Errors
/// When the house's own key is missing.
pub fn published(house: &House, unit: UnitCode, epoch: i64, wire: &dyn Wire) -> Result<Vec<Note>, Failure> {
    let origin = house.origin(unit, epoch);
    let own = house.read(|tx| Ring::of(house, tx, unit, epoch))?.own();
    let mut notes = Vec::new();
    for witness in &house.config.witness {
        let url = format!("{}/{}", witness.url.trim_end_matches('/'), super::latest_path(&origin));
        let got = wire.get(&url).ok().filter(|got| got.status == 200).and_then(|got| got.whole(MAX_ANSWER).ok());
        let note = got.and_then(|bytes| Note::parse(&bytes).ok());
        notes.extend(note.filter(|note| checkpoint::open(note, &own).is_ok_and(|opened: Checkpoint| opened.origin == origin)));
    }
    Ok(notes)
}
