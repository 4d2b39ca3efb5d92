//! 公开档案 Public record: floor 0, the mathematics a stranger needs to check it; RFC 6962 §2.1, C2SP tlog-tiles
//!
//! Every official act is one [`Line`]; lines are the leaves of a Merkle tree ([`mod@leaf`], [`frontier`], [`tile`],
//! [`tree`]); a [`Checkpoint`] names the tree and a [`Note`] signs it; a [`Receipt`] carries one line's proof.
//! Nothing here knows a clock, dice, files, a network or a database: what it needs is handed in as a value.
#![deny(clippy::float_arithmetic, clippy::unwrap_used, clippy::panic)]

pub mod checkpoint;
pub mod cosignature;
mod envelope;
pub mod frontier;
pub mod key;
pub mod leaf;
pub mod line;
pub mod note;
pub mod proof;
pub mod receipt;
mod strict;
pub mod tile;
pub mod tree;
pub mod witness;

pub use checkpoint::{Checkpoint, Untrusted};
pub use frontier::{Completed, Frontier, Subtree};
pub use key::{Kind, Signer, Verifier};
pub use leaf::{leaf, node};
pub use line::{Body, Line};
pub use note::{Note, NoteError, Signature, Verified};
pub use proof::{Broken, check_consistency, check_inclusion};
pub use receipt::{Proved, Receipt, Unproved};
pub use strict::Malformed;
pub use tile::{Level, TilePath};
pub use tree::{Tiles, TreeError};
pub use witness::{Request, Verdict};

/// A SHA-256 value: a leaf, a node, a root or the digest of a fact.
pub type Hash = [u8; 32];

/// The root of the tree without leaves: SHA-256 of nothing (RFC 6962 §2.1).
pub const EMPTY_ROOT: Hash = [
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b,
    0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
];
