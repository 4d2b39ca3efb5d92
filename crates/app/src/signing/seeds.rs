//! 种子文件 Seed files: `seed` is the first, `seed.1`, `seed.2`… follow it. The database names those that are in use, so that
//! every process of the house signs alike; the files hold the secret and the instant since which it signs.

use crate::keys::wrong;
use crate::{Failure, Keys, SeedFault};
use jiff::Timestamp;
use law::{Digest, UnitCode};
use record::Signer;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use store::Tx;

/// The setting that names the later seeds.
const SETTING: &str = "signing";

/// A later seed as the database names it: nothing secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Named {
    /// Records that begin at this instant or later begin with it.
    pub since: Timestamp,
    /// By this its file is known.
    pub check: Digest,
}

/// The later seeds of a house, as far as their files are there.
#[derive(Default)]
pub(crate) struct Seeds {
    named: Vec<Named>,
    keys: Vec<Option<Keys>>,
}

/// The file of a later seed; the first is number 0.
pub(super) fn file(first: &Path, number: usize) -> PathBuf {
    let mut name = first.as_os_str().to_owned();
    if number > 0 {
        name.push(format!(".{number}"));
    }
    name.into()
}

pub(crate) fn named(tx: &mut dyn Tx) -> Result<Vec<Named>, Failure> {
    let text = store::house::setting(tx, SETTING)?;
    text.map_or(Ok(Vec::new()), |text| serde_json::from_str(&text).map_err(Failure::unreadable))
}

fn name(tx: &mut dyn Tx, named: &[Named]) -> Result<(), Failure> {
    store::house::set(tx, SETTING, &serde_json::to_string(named).expect("plain data"))
}

/// Takes a further seed into use, unless somebody did so in the meantime.
pub(super) fn take(tx: &mut dyn Tx, number: usize, seed: Named) -> Result<(), Failure> {
    let mut known = named(tx)?;
    if known.len() + 1 == number {
        known.push(seed);
        name(tx, &known)?;
    }
    Ok(())
}

/// Takes into use whatever later seeds lie beside the first: a house that is founded or restored goes on with its keys.
pub(crate) fn adopt(tx: &mut dyn Tx, first: &Path) -> Result<(), Failure> {
    let mut known = named(tx)?;
    let before = known.len();
    while file(first, known.len() + 1).exists() {
        let (keys, since) = read(&file(first, known.len() + 1))?;
        known.push(Named { since, check: keys.check() });
    }
    if known.len() > before { name(tx, &known) } else { Ok(()) }
}

/// Writes a seed file that does not exist yet.
pub(super) fn write(path: &Path, keys: &Keys, since: Timestamp) -> Result<(), Failure> {
    keys.write_noted(path, &format!("{since}\n"))
}

/// A later seed and since when it signs.
pub(super) fn read(path: &Path) -> Result<(Keys, Timestamp), Failure> {
    let (keys, since) = Keys::read_noted(path)?;
    let since = since.parse().map_err(|_| wrong(path, SeedFault::Malformed))?;
    Ok((keys, since))
}

impl Seeds {
    /// Reads the files of these seeds. Older ones may be gone; `lost` allows that of the newest too.
    pub fn read(named: Vec<Named>, first: &Path, lost: bool) -> Result<Self, Failure> {
        let mut keys = Vec::new();
        for (number, seed) in (1..).zip(&named) {
            let path = file(first, number);
            let may_be_gone = lost || number < named.len();
            let key = if may_be_gone && !path.exists() { None } else { Some(read(&path)?.0) };
            if key.as_ref().is_some_and(|key| key.check() != seed.check) {
                return Err(wrong(&path, SeedFault::Other));
            }
            keys.push(key);
        }
        Ok(Self { named, keys })
    }

    /// Whether these are the ones that the database names.
    pub fn are(&self, named: &[Named]) -> bool {
        self.named == named
    }

    /// The number of the newest.
    pub fn newest(&self) -> usize {
        self.named.len()
    }

    /// Whether the file of a seed is there.
    pub fn is_there(&self, number: usize) -> bool {
        number == 0 || self.keys.get(number - 1).is_some_and(Option::is_some)
    }

    /// Since when a later seed signs.
    pub fn since(&self, number: usize) -> Option<Timestamp> {
        self.named.get(number.checked_sub(1)?).map(|seed| seed.since)
    }

    /// With which seed a record began whose first line is of this instant; the newest for one that has no line yet.
    pub fn at_birth(&self, first_line: Option<Timestamp>) -> usize {
        match first_line {
            None => self.newest(),
            Some(at) => self.named.iter().rposition(|seed| seed.since <= at).map_or(0, |place| place + 1),
        }
    }

    /// A unit's key from each seed, the first one's first; none where the file is gone.
    pub fn signers(&self, first: &Keys, unit: UnitCode, origin: &str) -> Result<Vec<Option<Signer>>, Failure> {
        let later = self.keys.iter().map(Option::as_ref);
        std::iter::once(Some(first)).chain(later).map(|keys| keys.map(|keys| keys.signer(unit, origin)).transpose()).collect()
    }
}
