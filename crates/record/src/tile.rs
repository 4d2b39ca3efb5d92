//! 瓦片 Tile: the fixed files in which a log is served, 256 hashes or entries each; C2SP tlog-tiles

use crate::strict::decimal;
use crate::{Hash, Malformed};
use std::fmt;

/// How many hashes or entries a full tile has.
pub const WIDTH: u16 = 256;

/// What a tile holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Level {
    /// Hashes of subtrees of 256^level leaves, level 0 to 63.
    Hashes(u8),
    /// The entries themselves (an entry bundle).
    Entries,
}

impl Level {
    /// How many hashes (or entries) this level has in a tree of `size` leaves.
    pub fn count(self, size: u64) -> u64 {
        match self {
            Self::Hashes(level) => size.checked_shr(8 * u32::from(level)).unwrap_or(0),
            Self::Entries => size,
        }
    }
}

/// Where a tile is served: the path after `tile/`, e.g. `0/x001/x234/067` or `entries/003.p/17`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TilePath {
    /// What it holds.
    pub level: Level,
    /// Its place within the level, from 0.
    pub index: u64,
    /// 1 to 255 for a partial tile, nothing for a full one.
    pub width: Option<u8>,
}

impl TilePath {
    /// Reads the path after `tile/`.
    ///
    /// # Errors
    /// [`Malformed`] for any other spelling than the one `Display` prints, a level above 63 or an index beyond 2⁶⁴.
    pub fn parse(path: &str) -> Result<Self, Malformed> {
        let wrong = Malformed("not the path of a tile");
        let (level, rest) = path.split_once('/').ok_or(wrong)?;
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, Some(decimal(width.as_bytes())?.try_into().map_err(|_| wrong)?)),
            None => (rest, None),
        };
        let level = match level {
            "entries" => Level::Entries,
            digits => Level::Hashes(u8::try_from(decimal(digits.as_bytes())?).map_err(|_| wrong)?),
        };
        let tile = Self { level, index: number_of(number).ok_or(wrong)?, width };
        let allowed = !matches!(level, Level::Hashes(64..)) && width != Some(0);
        if allowed && tile.to_string() == path { Ok(tile) } else { Err(wrong) }
    }

    /// How many hashes or entries it has: 1 to 256.
    pub fn width(&self) -> u16 {
        self.width.map_or(WIDTH, u16::from)
    }

    /// Whether a tree of `size` leaves has everything this tile shows. Partial tiles of earlier sizes count.
    pub fn lies_in(&self, size: u64) -> bool {
        self.width() <= width_in(self.level, self.index, size)
    }
}

/// The digits of all groups as one number; that each is `x` and three digits is seen by printing it again.
fn number_of(groups: &str) -> Option<u64> {
    groups.split('/').try_fold(0_u64, |sum, group| {
        let digits = group.strip_prefix('x').unwrap_or(group);
        let plain = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let value = digits.parse().ok().filter(|_| plain)?;
        sum.checked_mul(1000)?.checked_add(value)
    })
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.level {
            Level::Hashes(level) => write!(f, "{level}/")?,
            Level::Entries => f.write_str("entries/")?,
        }
        let mut unit = 1;
        while self.index / unit >= 1000 {
            unit *= 1000;
        }
        while unit > 1 {
            write!(f, "x{:03}/", self.index / unit % 1000)?;
            unit /= 1000;
        }
        write!(f, "{:03}", self.index % 1000)?;
        match self.width {
            Some(width) => write!(f, ".p/{width}"),
            None => Ok(()),
        }
    }
}

/// How wide the tile at this place is in a tree of `size` leaves: 256 when full, 0 when there is none.
pub fn width_in(level: Level, index: u64, size: u64) -> u16 {
    let count = level.count(size);
    match index.cmp(&(count / 256)) {
        std::cmp::Ordering::Less => WIDTH,
        std::cmp::Ordering::Equal => (count % 256) as u16,
        std::cmp::Ordering::Greater => 0,
    }
}

/// Every tile a tree of `size` leaves is served as: hashes from level 0 up, then entries.
pub fn tiles(size: u64) -> impl Iterator<Item = TilePath> {
    let levels = (0..8).map(Level::Hashes).chain([Level::Entries]);
    levels.flat_map(move |level| {
        let count = level.count(size);
        let full = (0..count / 256).map(move |index| TilePath { level, index, width: None });
        let last = TilePath { level, index: count / 256, width: Some((count % 256) as u8) };
        full.chain(Some(last).filter(|last| last.width != Some(0)))
    })
}

/// A hash tile's bytes: its hashes one after another.
pub fn encode_hashes(hashes: &[Hash]) -> Vec<u8> {
    hashes.as_flattened().to_vec()
}

/// Reads a hash tile.
///
/// # Errors
/// [`Malformed`] unless it is 1 to 256 whole hashes; that it is as wide as its path says is the reader's check.
pub fn decode_hashes(bytes: &[u8]) -> Result<Vec<Hash>, Malformed> {
    match bytes.as_chunks::<32>() {
        (hashes, []) if (1..=256).contains(&hashes.len()) => Ok(hashes.to_vec()),
        _ => Err(Malformed("a tile that is not 1 to 256 whole hashes")),
    }
}

/// An entry bundle's bytes: each entry after its length as a big-endian u16.
///
/// # Errors
/// [`Malformed`] for an entry longer than 65,535 bytes.
pub fn encode_entries(entries: &[&[u8]]) -> Result<Vec<u8>, Malformed> {
    let mut out = Vec::with_capacity(entries.iter().map(|entry| 2 + entry.len()).sum());
    for entry in entries {
        let length = u16::try_from(entry.len()).map_err(|_| Malformed("an entry longer than 65,535 bytes"))?;
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(entry);
    }
    Ok(out)
}

/// Reads an entry bundle.
///
/// # Errors
/// [`Malformed`] unless it is 1 to 256 whole entries.
pub fn decode_entries(bytes: &[u8]) -> Result<Vec<&[u8]>, Malformed> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, after) = after.split_at_checked(length).ok_or(Malformed("an entry that ends early"))?;
        entries.push(entry);
        rest = after;
    }
    if !rest.is_empty() || !(1..=256).contains(&entries.len()) {
        return Err(Malformed("a bundle that is not 1 to 256 whole entries"));
    }
    Ok(entries)
}
