//! 原文照写 Reference: root and proofs by the letter of RFC 6962 §2.1, as slow as they read

use record::{EMPTY_ROOT, Hash, node};

/// MTH(D[n]), of leaf hashes.
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => EMPTY_ROOT,
        [leaf] => *leaf,
        _ => {
            let (left, right) = parts(leaves);
            node(&root(left), &root(right))
        }
    }
}

/// PATH(m, D[n]).
pub fn path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let (left, right) = parts(leaves);
    if index < left.len() {
        [path(index, left), vec![root(right)]].concat()
    } else {
        [path(index - left.len(), right), vec![root(left)]].concat()
    }
}

/// PROOF(m, D[n]).
pub fn proof(old: usize, leaves: &[Hash]) -> Vec<Hash> {
    if old == 0 { Vec::new() } else { subproof(old, leaves, true) }
}

fn subproof(old: usize, leaves: &[Hash], known: bool) -> Vec<Hash> {
    if old == leaves.len() {
        return if known { Vec::new() } else { vec![root(leaves)] };
    }
    let (left, right) = parts(leaves);
    if old <= left.len() {
        [subproof(old, left, known), vec![root(right)]].concat()
    } else {
        [subproof(old - left.len(), right, false), vec![root(left)]].concat()
    }
}

/// D[0:k] and D[k:n], k the largest power of two smaller than n.
fn parts(leaves: &[Hash]) -> (&[Hash], &[Hash]) {
    let mut k = 1;
    while k * 2 < leaves.len() {
        k *= 2;
    }
    leaves.split_at(k)
}
