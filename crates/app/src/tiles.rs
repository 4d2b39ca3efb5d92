//! 瓦片 What `/record/{unit}/…` serves: checkpoint, hash tiles and entry bundles, as bytes; C2SP tlog-tiles

use crate::{Failure, House, seal};
use law::UnitCode;
use record::tile::{encode_entries, encode_hashes};
use record::{Level, TilePath, Tiles as _};
use store::record::{self as rows, Tiles};

/// What a resource is served as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The content type.
    pub content_type: &'static str,
    /// How long others may keep it.
    pub caching: Caching,
}

/// How long others may keep a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caching {
    /// It changes: a few seconds at most.
    Seconds,
    /// It never changes.
    Forever,
}

/// Why nothing is served.
#[derive(Clone, Debug)]
pub enum Unserved {
    /// There is no such resource, or no signed checkpoint holds it yet.
    NotFound,
    /// Something broke.
    Failure(Failure),
}

impl From<Failure> for Unserved {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// The latest signed checkpoint of a unit, with the cosignatures collected so far.
///
/// # Errors
/// [`Unserved::NotFound`] before the first seal.
pub fn checkpoint(house: &House, unit: UnitCode) -> Result<Served, Unserved> {
    let (_, note) = house.read(|tx| seal::latest(tx, unit))?.ok_or(Unserved::NotFound)?;
    let bytes = note.to_text().into_bytes();
    Ok(Served { bytes, content_type: "text/plain; charset=utf-8", caching: Caching::Seconds })
}

/// What stands at the path after `tile/`, e.g. `0/x001/x234/067` or `entries/003.p/17`. Only what the latest signed
/// checkpoint covers is served, so nobody sees a line before the tree that holds it is signed.
///
/// # Errors
/// [`Unserved::NotFound`] for another spelling or a tile that is not, or not wholly, within that checkpoint.
pub fn tile(house: &House, unit: UnitCode, path: &str) -> Result<Served, Unserved> {
    let tile = TilePath::parse(path).map_err(|_| Unserved::NotFound)?;
    let bytes = house.read(|tx| {
        let sealed = rows::latest_checkpoint(tx, unit)?.map_or(0, |sealed| sealed.size);
        if !tile.lies_in(sealed.cast_unsigned()) {
            return Ok(None);
        }
        let bytes = match tile.level {
            Level::Hashes(level) => encode_hashes(&Tiles { tx, unit }.tile(level, tile.index, tile.width())?),
            Level::Entries => {
                let first = i64::try_from(tile.index * 256).map_err(Failure::unreadable)?;
                let lines = rows::lines(tx, unit, first, tile.width().into())?;
                let lines: Vec<&[u8]> = lines.iter().map(Vec::as_slice).collect();
                if lines.len() != usize::from(tile.width()) {
                    return Err(Failure::unreadable(format_args!("the bundle of entries {} is short", tile.index)));
                }
                encode_entries(&lines).map_err(Failure::unreadable)?
            }
        };
        Ok(Some(bytes))
    })?;
    let bytes = bytes.ok_or(Unserved::NotFound)?;
    Ok(Served { bytes, content_type: "application/octet-stream", caching: Caching::Forever })
}
