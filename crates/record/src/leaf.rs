//! 叶与节点 Leaf and node: the two hashes a tree is made of, and how peaks join into a root; RFC 6962 §2.1

use crate::{EMPTY_ROOT, Hash};
use sha2::{Digest, Sha256};

/// The hash of one entry: SHA-256 over 0x00 and its bytes.
pub fn leaf(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The hash of two neighbours: SHA-256 over 0x01, left, right. The other prefix keeps a node from posing as a leaf.
pub fn node(left: &Hash, right: &Hash) -> Hash {
    let mut both = [1; 65];
    both[1..33].copy_from_slice(left);
    both[33..].copy_from_slice(right);
    Sha256::digest(both).into()
}

/// The root over neighbouring perfect subtrees, biggest first; none give [`EMPTY_ROOT`].
pub(crate) fn join(peaks: &[Hash]) -> Hash {
    let root = peaks.iter().rev().copied().reduce(|right, left| node(&left, &right));
    root.unwrap_or(EMPTY_ROOT)
}

/// The root over the leaves of one perfect subtree, whose number is a power of two.
pub(crate) fn perfect(leaves: &[Hash]) -> Hash {
    match leaves {
        [one] => *one,
        _ => {
            let (left, right) = leaves.split_at(leaves.len() / 2);
            node(&perfect(left), &perfect(right))
        }
    }
}
