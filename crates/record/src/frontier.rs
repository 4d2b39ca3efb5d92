//! 前沿 Frontier: all that a growing tree must remember, one hash per set bit of its size; RFC 6962 §2.1

use crate::leaf::{join, node};
use crate::{Hash, Malformed};

/// A log's compact range: the roots of its perfect subtrees, biggest first.
///
/// Appending costs one hash on average and never looks at an entry again. Sizes stay below 2⁶³.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

/// The perfect subtrees one append has completed, lowest first: those of level 8, 16, 24 and so on, for these are
/// the hashes of tiles at levels 1, 2, 3 (level 0 is the leaves themselves). Empty 255 times out of 256.
pub type Completed = Vec<Subtree>;

/// A perfect subtree of 2^level leaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Subtree {
    /// Height above the leaves; in [`Completed`] a multiple of 8 and above 0.
    pub level: u8,
    /// Its place among the subtrees of this level, from 0.
    pub index: u64,
    /// Its root.
    pub hash: Hash,
}

impl Subtree {
    /// The level of the tile that holds this hash (C2SP tlog-tiles): an eighth of the height.
    pub fn tile_level(&self) -> u8 {
        self.level / 8
    }
}

impl Frontier {
    /// The empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends one leaf hash and tells which tile hashes it completes.
    pub fn push(&mut self, leaf: Hash) -> Completed {
        let mut completed = Completed::new();
        let mut hash = leaf;
        let kept = self.peaks.len() - self.size.trailing_ones() as usize;
        for (level, left) in (1_u8..).zip(self.peaks.drain(kept..).rev()) {
            hash = node(&left, &hash);
            if level % 8 == 0 {
                completed.push(Subtree { level, index: self.size >> level, hash });
            }
        }
        self.peaks.push(hash);
        self.size += 1;
        completed
    }

    /// The number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The tree's root; [`EMPTY_ROOT`](crate::EMPTY_ROOT) when it has no leaves.
    pub fn root(&self) -> Hash {
        join(&self.peaks)
    }

    /// The peaks one after another, 32 bytes each; the size is kept beside them.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.peaks.as_flattened().to_vec()
    }

    /// Restores what [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    /// [`Malformed`] unless there are exactly 32 bytes for each set bit of `size`.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Result<Self, Malformed> {
        let (peaks, rest) = bytes.as_chunks::<32>();
        if !rest.is_empty() || peaks.len() != size.count_ones() as usize {
            return Err(Malformed("a frontier that does not fit its size"));
        }
        Ok(Self { size, peaks: peaks.to_vec() })
    }
}
