//! 证明 Proof: what a stranger computes to believe a line or a longer tree; RFC 9162 §2.1.3.2, §2.1.4.2

use crate::leaf::node;
use crate::{EMPTY_ROOT, Hash};
use std::fmt;

/// Why a proof proves nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Broken {
    /// The leaf is not below the size, or the old tree is larger than the new one.
    Outside,
    /// The proof has more or fewer hashes than the sizes demand.
    Length,
    /// The hashes lead to another root.
    Root,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Outside => "the proof is about something outside the tree",
            Self::Length => "the proof has a wrong number of hashes",
            Self::Root => "the proof leads to another root",
        })
    }
}

impl std::error::Error for Broken {}

/// Checks that the tree of `size` leaves with this root has this leaf hash at `index`.
///
/// # Errors
/// [`Broken`] when it has not, or the proof is not exactly the one RFC 6962 §2.1.1 defines.
pub fn check_inclusion(index: u64, size: u64, leaf: &Hash, proof: &[Hash], root: &Hash) -> Result<(), Broken> {
    if index >= size {
        return Err(Broken::Outside);
    }
    let mut place = Place { at: index, last: size - 1 };
    let mut hash = *leaf;
    for sibling in proof {
        hash = match place.climb()? {
            Side::Left => node(sibling, &hash),
            Side::Right => node(&hash, sibling),
        };
    }
    place.arrive()?;
    if hash == *root { Ok(()) } else { Err(Broken::Root) }
}

/// Checks that the tree of `new_size` leaves begins with the tree of `old_size` leaves.
///
/// Every tree begins with the empty one, whose root is [`EMPTY_ROOT`]; from 0, and between equal sizes, the proof is empty.
///
/// # Errors
/// [`Broken`] when it does not, or the proof is not exactly the one RFC 6962 §2.1.2 defines.
pub fn check_consistency(old_size: u64, old_root: &Hash, new_size: u64, new_root: &Hash, proof: &[Hash]) -> Result<(), Broken> {
    if old_size > new_size {
        return Err(Broken::Outside);
    }
    if old_size == 0 || old_size == new_size {
        let old_fits = old_size > 0 || *old_root == EMPTY_ROOT;
        let new_fits = old_size < new_size || old_root == new_root;
        return match proof {
            [] if old_fits && new_fits => Ok(()),
            [] => Err(Broken::Root),
            _ => Err(Broken::Length),
        };
    }
    // Where both trees part: the root of the old tree's last perfect subtree, which is the old root itself, and
    // then left out of the proof, when the old size is a power of two.
    let (start, rest) = match proof {
        _ if old_size.is_power_of_two() => (old_root, proof),
        [first, rest @ ..] => (first, rest),
        [] => return Err(Broken::Length),
    };
    let height = (old_size - 1).trailing_ones();
    let mut place = Place { at: (old_size - 1) >> height, last: (new_size - 1) >> height };
    let (mut old, mut new) = (*start, *start);
    for sibling in rest {
        match place.climb()? {
            Side::Left => (old, new) = (node(sibling, &old), node(sibling, &new)),
            Side::Right => new = node(&new, sibling),
        }
    }
    place.arrive()?;
    if old == *old_root && new == *new_root { Ok(()) } else { Err(Broken::Root) }
}

/// On which side of the climber the next hash of a proof stands.
enum Side {
    Left,
    Right,
}

/// A node on its way up: its place in its row, and the row's last place.
struct Place {
    at: u64,
    last: u64,
}

impl Place {
    /// One step up, past the rows in which the node has no sibling.
    fn climb(&mut self) -> Result<Side, Broken> {
        if self.last == 0 {
            return Err(Broken::Length);
        }
        let mut side = Side::Right;
        if self.at & 1 == 1 || self.at == self.last {
            side = Side::Left;
            let alone = self.at.trailing_zeros(); // not 0 here: that would be the root
            self.at >>= alone;
            self.last >>= alone;
        }
        self.at >>= 1;
        self.last >>= 1;
        Ok(side)
    }

    /// At the end of the proof the node must be the root.
    fn arrive(&self) -> Result<(), Broken> {
        if self.last == 0 { Ok(()) } else { Err(Broken::Length) }
    }
}
