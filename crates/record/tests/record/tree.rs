//! 树与证明的检验 Trees and proofs: every small size, and a log that reaches tiles of level 2

use crate::log::{self, Log};
use crate::{reference, seeded};
use proptest::prelude::*;
use record::tree::{consistency, inclusion, root};
use record::*;

#[test]
fn every_proof_of_every_small_tree_is_the_one_of_the_rfc() {
    let mut log = log::of(66);
    for size in 0..=66 {
        let leaves = log.leaves(size).to_vec();
        let top = reference::root(&leaves);
        assert_eq!(root(&mut log, size).unwrap(), top);
        for index in 0..size {
            let proof = inclusion(&mut log, index, size).unwrap();
            assert_eq!(proof, reference::path(index as usize, &leaves));
            assert_eq!(check_inclusion(index, size, &leaves[index as usize], &proof, &top), Ok(()));
        }
        for old in 0..=size {
            let proof = consistency(&mut log, old, size).unwrap();
            assert_eq!(proof, reference::proof(old as usize, &leaves));
            let before = reference::root(&leaves[..old as usize]);
            assert_eq!(check_consistency(old, &before, size, &top, &proof), Ok(()));
        }
    }
}

#[test]
fn a_frontier_knows_the_root_at_every_size_and_survives_storage() {
    let all = log::of(300);
    let mut frontier = Frontier::new();
    assert_eq!(frontier.root(), EMPTY_ROOT);
    for (seq, hash) in all.leaves(300).iter().enumerate() {
        assert_eq!((frontier.size(), frontier.root()), (seq as u64, reference::root(all.leaves(seq as u64))));
        let stored = frontier.to_bytes();
        assert_eq!(stored.len(), 32 * frontier.size().count_ones() as usize);
        frontier = Frontier::from_bytes(frontier.size(), &stored).unwrap();
        frontier.push(*hash);
    }
    assert_eq!(frontier, all.frontier);
    let stored = frontier.to_bytes();
    assert!(Frontier::from_bytes(299, &stored).is_err());
    assert!(Frontier::from_bytes(300, &stored[1..]).is_err());
    assert!(Frontier::from_bytes(0, &[]).is_ok());
}

#[test]
fn a_push_tells_exactly_the_hashes_of_higher_tiles() {
    let mut frontier = Frontier::new();
    let mut told = Vec::new();
    for _ in 0..65_536 {
        told.extend(frontier.push([7; 32]));
    }
    let low = told.iter().filter(|done| (done.level, done.tile_level()) == (8, 1));
    assert!(low.map(|done| done.index).eq(0..256));
    let high = Subtree { level: 16, index: 0, hash: frontier.root() };
    assert_eq!((told.len(), told.last()), (257, Some(&high)));
}

#[test]
fn a_log_of_seventy_thousand_proves_itself_from_its_tiles() {
    let mut log = Log::default();
    let mut roots = vec![EMPTY_ROOT];
    for seq in 0..70_000_u32 {
        log.push(leaf(&seq.to_be_bytes()));
        roots.push(log.frontier.root());
    }
    let top = roots[70_000];
    for at in [0, 1, 255, 256, 257, 4095, 32_768, 65_535, 65_536, 65_537, 69_887, 69_888, 69_999] {
        assert_eq!(root(&mut log, at).unwrap(), roots[at as usize]);
        let proof = asked_once(&mut log, |log| inclusion(log, at, 70_000)).unwrap();
        assert_eq!(check_inclusion(at, 70_000, &log.leaves(70_000)[at as usize], &proof, &top), Ok(()));
        let proof = asked_once(&mut log, |log| consistency(log, at, 70_000)).unwrap();
        assert_eq!(check_consistency(at, &roots[at as usize], 70_000, &top, &proof), Ok(()));
    }
}

/// Runs one question and sees that no tile was asked for twice.
fn asked_once<R>(log: &mut Log, question: impl FnOnce(&mut Log) -> R) -> R {
    log.asked.clear();
    let answer = question(log);
    let mut asked = log.asked.clone();
    asked.sort_unstable();
    asked.dedup();
    assert_eq!(asked.len(), log.asked.len(), "{:?}", log.asked);
    answer
}

proptest! {
    #![proptest_config(seeded(24))]

    #[test]
    fn proofs_of_any_size_are_the_ones_of_the_rfc(size in 1..2000_u64, a: prop::sample::Index, b: prop::sample::Index) {
        let mut log = log::of(size);
        let (index, old) = (a.index(size as usize) as u64, b.index(size as usize + 1) as u64);
        let leaves = log.leaves(size).to_vec();
        prop_assert_eq!(root(&mut log, size).unwrap(), reference::root(&leaves));
        let proof = asked_once(&mut log, |log| inclusion(log, index, size)).unwrap();
        prop_assert_eq!(proof, reference::path(index as usize, &leaves));
        let proof = asked_once(&mut log, |log| consistency(log, old, size)).unwrap();
        prop_assert_eq!(proof, reference::proof(old as usize, &leaves));
    }

    #[test]
    fn a_tampered_inclusion_proof_is_refused(size in 1..200_u64, at: prop::sample::Index, bit in 0..256_usize, to: prop::sample::Index) {
        let mut log = log::of(size);
        let index = at.index(size as usize) as u64;
        let (proof, top) = (inclusion(&mut log, index, size).unwrap(), log.frontier.root());
        let leaf = log.leaves(size)[index as usize];
        let check = |index, leaf: &Hash, proof: &[Hash], top: &Hash| check_inclusion(index, size, leaf, proof, top);
        prop_assert_eq!(check(index, &leaf, &proof, &top), Ok(()));
        prop_assert_eq!(check(index, &flipped(&leaf, bit), &proof, &top), Err(Broken::Root));
        prop_assert_eq!(check(index, &leaf, &proof, &flipped(&top, bit)), Err(Broken::Root));
        for other in (0..=size).filter(|other| *other != index) {
            prop_assert!(check(other, &leaf, &proof, &top).is_err());
        }
        for broken in broken(&proof, bit, to) {
            prop_assert!(check(index, &leaf, &broken, &top).is_err());
        }
    }

    #[test]
    fn a_tampered_consistency_proof_is_refused(new in 1..200_u64, at: prop::sample::Index, bit in 0..256_usize, to: prop::sample::Index) {
        let mut log = log::of(new);
        let old = 1 + at.index(new as usize) as u64;
        let proof = consistency(&mut log, old, new).unwrap();
        let (before, top) = (root(&mut log, old).unwrap(), log.frontier.root());
        prop_assert_eq!(check_consistency(old, &before, new, &top, &proof), Ok(()));
        prop_assert!(check_consistency(old, &flipped(&before, bit), new, &top, &proof).is_err());
        prop_assert!(check_consistency(old, &before, new, &flipped(&top, bit), &proof).is_err());
        for broken in broken(&proof, bit, to) {
            prop_assert!(check_consistency(old, &before, new, &top, &broken).is_err());
        }
    }
}

fn flipped(hash: &Hash, bit: usize) -> Hash {
    let mut hash = *hash;
    hash[bit / 8] ^= 1 << (bit % 8);
    hash
}

/// A proof with one bit flipped, cut at either end, and drawn out.
fn broken(proof: &[Hash], bit: usize, to: prop::sample::Index) -> Vec<Vec<Hash>> {
    let longer = [proof, &[[0; 32]]].concat();
    let before = [&[[0; 32]], proof].concat();
    let mut all = vec![longer, before];
    if !proof.is_empty() {
        let mut bent = proof.to_vec();
        let at = to.index(proof.len());
        bent[at] = flipped(&bent[at], bit);
        all.extend([bent, proof[1..].to_vec(), proof[..proof.len() - 1].to_vec()]);
    }
    all
}

#[test]
fn the_edges_of_a_proof() {
    let (one, other) = ([1; 32], [2; 32]);
    assert_eq!(check_inclusion(0, 0, &one, &[], &one), Err(Broken::Outside));
    assert_eq!(check_inclusion(1, 1, &one, &[], &one), Err(Broken::Outside));
    assert_eq!(check_inclusion(0, 1, &one, &[], &one), Ok(()));
    assert_eq!(check_inclusion(0, 2, &one, &[], &one), Err(Broken::Length));
    assert!(check_inclusion(u64::MAX - 1, u64::MAX, &one, &[other; 64], &one).is_err());
    // From nothing: only the empty root, to whatever, without proof.
    assert_eq!(check_consistency(0, &EMPTY_ROOT, 0, &EMPTY_ROOT, &[]), Ok(()));
    assert_eq!(check_consistency(0, &EMPTY_ROOT, 5, &one, &[]), Ok(()));
    assert_eq!(check_consistency(0, &EMPTY_ROOT, 0, &one, &[]), Err(Broken::Root));
    assert_eq!(check_consistency(0, &one, 0, &one, &[]), Err(Broken::Root));
    assert_eq!(check_consistency(0, &one, 5, &one, &[]), Err(Broken::Root));
    assert_eq!(check_consistency(0, &EMPTY_ROOT, 5, &one, &[one]), Err(Broken::Length));
    // Standing still: one root, no proof.
    assert_eq!(check_consistency(5, &one, 5, &one, &[]), Ok(()));
    assert_eq!(check_consistency(5, &one, 5, &other, &[]), Err(Broken::Root));
    assert_eq!(check_consistency(5, &one, 5, &one, &[one]), Err(Broken::Length));
    // Back: never. Forward without proof: never.
    assert_eq!(check_consistency(5, &one, 4, &one, &[]), Err(Broken::Outside));
    assert_eq!(check_consistency(4, &one, 5, &one, &[]), Err(Broken::Length));
    assert_eq!(check_consistency(3, &one, 5, &one, &[]), Err(Broken::Length));
    assert!(check_consistency(1 << 63, &one, u64::MAX, &one, &[other; 64]).is_err());
}

#[test]
fn a_source_that_fails_is_told_apart_from_one_that_lies() {
    let mut log = log::of(300);
    assert_eq!(inclusion(&mut log, 300, 300), Err(TreeError::Outside));
    assert_eq!(consistency(&mut log, 301, 300), Err(TreeError::Outside));
    assert_eq!(root(&mut log, 301), Err(TreeError::Source("no such tile".to_owned())));

    struct Short;
    impl Tiles for Short {
        type Error = std::convert::Infallible;
        fn tile(&mut self, _: u8, _: u64, width: u16) -> Result<Vec<Hash>, Self::Error> {
            Ok(vec![[0; 32]; usize::from(width) - 1])
        }
    }
    assert_eq!(root(&mut Short, 5), Err(TreeError::Width { level: 0, index: 0 }));
}
