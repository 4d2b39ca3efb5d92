//! 树 Tree: root and proofs of any size, computed from tiles; RFC 6962 §2.1.1–2.1.2, C2SP tlog-tiles

use crate::Hash;
use crate::leaf::{join, perfect};
use crate::tile::{Level, width_in};
use std::fmt;

/// Where tiles come from: a database, a folder, a web site.
pub trait Tiles {
    /// What can go wrong there.
    type Error;

    /// The first `width` (1 to 256) hashes of the tile at `index` of `level`; level 0 holds leaves, level L+1 the
    /// roots of full tiles of level L.
    ///
    /// # Errors
    /// Whatever keeps the source from answering.
    fn tile(&mut self, level: u8, index: u64, width: u16) -> Result<Vec<Hash>, Self::Error>;
}

/// Why a root or proof could not be computed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TreeError<E> {
    /// The source failed.
    Source(E),
    /// The source gave another number of hashes than it was asked for.
    Width {
        /// The tile's level.
        level: u8,
        /// The tile's place within the level.
        index: u64,
    },
    /// The leaf or the older tree is not within the tree.
    Outside,
}

impl<E: fmt::Display> fmt::Display for TreeError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => write!(f, "no tile: {error}"),
            Self::Width { level, index } => {
                write!(f, "tile {level}/{index} has not the width asked for")
            }
            Self::Outside => f.write_str("not within the tree"),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for TreeError<E> {}

/// The root of the first `size` leaves (MTH).
///
/// # Errors
/// [`TreeError`] when a tile is missing or has another width than the size demands.
pub fn root<T: Tiles>(tiles: &mut T, size: u64) -> Result<Hash, TreeError<T::Error>> {
    Reader::new(tiles, size).range(0, size)
}

/// The proof that leaf `index` is in the tree of `size` leaves, from the leaf's sibling up (PATH).
///
/// # Errors
/// [`TreeError::Outside`] when there is no such leaf, otherwise as [`root`].
pub fn inclusion<T: Tiles>(tiles: &mut T, index: u64, size: u64) -> Result<Vec<Hash>, TreeError<T::Error>> {
    if index >= size {
        return Err(TreeError::Outside);
    }
    let mut reader = Reader::new(tiles, size);
    let mut proof = Vec::new();
    let (mut low, mut high) = (0, size);
    while high - low > 1 {
        let middle = split(low, high);
        if index < middle {
            proof.push(reader.range(middle, high)?);
            high = middle;
        } else {
            proof.push(reader.range(low, middle)?);
            low = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// The proof that the tree of `new` leaves begins with the tree of `old` leaves (PROOF); empty when `old` is 0 or `new`.
///
/// # Errors
/// [`TreeError::Outside`] when `old` is greater than `new`, otherwise as [`root`].
pub fn consistency<T: Tiles>(tiles: &mut T, old: u64, new: u64) -> Result<Vec<Hash>, TreeError<T::Error>> {
    if old > new {
        return Err(TreeError::Outside);
    }
    if old == 0 {
        return Ok(Vec::new());
    }
    let mut reader = Reader::new(tiles, new);
    let mut proof = Vec::new();
    let (mut low, mut high) = (0, new);
    while high != old {
        let middle = split(low, high);
        if old <= middle {
            proof.push(reader.range(middle, high)?);
            high = middle;
        } else {
            proof.push(reader.range(low, middle)?);
            low = middle;
        }
    }
    if low > 0 {
        proof.push(reader.range(low, high)?); // from 0 it would be the old root, which the checker knows
    }
    proof.reverse();
    Ok(proof)
}

/// Where RFC 6962 parts a tree of more than one leaf: after the largest power of two that leaves a right side.
fn split(low: u64, high: u64) -> u64 {
    low + (1 << (high - low - 1).ilog2())
}

/// Asks for each tile of one tree at most once.
struct Reader<'t, T> {
    tiles: &'t mut T,
    size: u64,
    seen: Vec<(u8, u64, Vec<Hash>)>,
}

impl<'t, T: Tiles> Reader<'t, T> {
    fn new(tiles: &'t mut T, size: u64) -> Self {
        Self { tiles, size, seen: Vec::new() }
    }

    /// The root over leaves `low..high`, where `low` is a multiple of every power of two up to the range's length.
    fn range(&mut self, mut low: u64, high: u64) -> Result<Hash, TreeError<T::Error>> {
        let mut peaks = Vec::new();
        while low < high {
            let height = (high - low).ilog2();
            peaks.push(self.subtree(height, low >> height)?);
            low += 1 << height;
        }
        Ok(join(&peaks))
    }

    /// The root of the perfect subtree of 2^height leaves at `index`, which lies within the tree.
    fn subtree(&mut self, height: u32, index: u64) -> Result<Hash, TreeError<T::Error>> {
        let inside = height % 8;
        let first = index << inside;
        let hashes = self.tile((height / 8) as u8, first / 256)?;
        let at = (first % 256) as usize;
        Ok(perfect(&hashes[at..at + (1 << inside)]))
    }

    fn tile(&mut self, level: u8, index: u64) -> Result<&[Hash], TreeError<T::Error>> {
        let known = self.seen.iter().position(|tile| (tile.0, tile.1) == (level, index));
        let at = match known {
            Some(at) => at,
            None => {
                let width = width_in(Level::Hashes(level), index, self.size);
                let hashes = self.tiles.tile(level, index, width).map_err(TreeError::Source)?;
                if hashes.len() != usize::from(width) {
                    return Err(TreeError::Width { level, index });
                }
                self.seen.push((level, index, hashes));
                self.seen.len() - 1
            }
        };
        Ok(&self.seen[at].2)
    }
}
