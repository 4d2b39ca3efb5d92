//! 他人之尺 Oracles: Cloudflare's `tlog_tiles` and `signed_note` believe what we make, and we what they make

use crate::log::{self, Log};
use crate::seeded;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use proptest::prelude::*;
use record::tile::{encode_hashes, tiles};
use record::tree::{consistency, inclusion};
use record::*;
use tlog_tiles::tlog;
use tlog_tiles::{HashReader, Tile, TileHashReader, TileReader};

/// Their store: every hash of the tree in one row.
struct Stored(Vec<tlog::Hash>);

impl Stored {
    fn of(log: &Log) -> Self {
        let mut stored = Self(Vec::new());
        for (seq, leaf) in (0..).zip(log.leaves(log.frontier.size())) {
            let new = tlog::stored_hashes_for_record_hash(seq, tlog::Hash(*leaf), &stored).unwrap();
            stored.0.extend(new);
        }
        stored
    }
}

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog::Hash>, tlog::Error> {
        Ok(indexes.iter().map(|index| self.0[*index as usize]).collect())
    }
}

/// Our tiles, served to them by path: what they call `tile/8/…` is our `tile/…`.
struct Served<'l>(&'l Log);

impl TileReader for Served<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, tlog::Error> {
        Ok(tiles.iter().map(|tile| self.serve(&tile.path())).collect())
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

impl Served<'_> {
    fn serve(&self, path: &str) -> Vec<u8> {
        let tile = TilePath::parse(path.strip_prefix("tile/8/").unwrap()).unwrap();
        let Level::Hashes(level) = tile.level else { unreachable!("they ask for hashes only") };
        assert!(tile.lies_in(self.0.frontier.size()));
        encode_hashes(&self.0.clone().tile(level, tile.index, tile.width()).unwrap())
    }
}

fn ours(proof: Vec<tlog::Hash>) -> Vec<Hash> {
    proof.into_iter().map(|hash| hash.0).collect()
}

fn theirs(proof: &[Hash]) -> Vec<tlog::Hash> {
    proof.iter().map(|hash| tlog::Hash(*hash)).collect()
}

proptest! {
    #![proptest_config(seeded(12))]

    #[test]
    fn roots_proofs_and_tiles_are_the_same(size in 1..1500_u64, a: prop::sample::Index, b: prop::sample::Index) {
        let mut log = log::of(size);
        let stored = Stored::of(&log);
        let (root, top) = (log.frontier.root(), tlog::Hash(log.frontier.root()));
        prop_assert_eq!(tlog::tree_hash(size, &stored).unwrap().0, root);

        let index = a.index(size as usize) as u64;
        let leaf = log.leaves(size)[index as usize];
        let proof = inclusion(&mut log, index, size).unwrap();
        tlog::check_record(&theirs(&proof), size, top, index, tlog::Hash(leaf)).unwrap();
        let made = ours(tlog::prove_record(size, index, &stored).unwrap());
        prop_assert_eq!(check_inclusion(index, size, &leaf, &made, &root), Ok(()));
        prop_assert_eq!(&made, &proof);

        let old = 1 + b.index(size as usize) as u64;
        let before = tlog::tree_hash(old, &stored).unwrap();
        let proof = consistency(&mut log, old, size).unwrap();
        tlog::check_tree(&theirs(&proof), size, top, old, before).unwrap();
        let made = ours(tlog::prove_tree(size, old, &stored).unwrap());
        prop_assert_eq!(check_consistency(old, &before.0, size, &root, &made), Ok(()));
        prop_assert_eq!(&made, &proof);

        // Their reader authenticates every tile it gets against the root.
        let (served, from_tiles);
        served = Served(&log);
        from_tiles = TileHashReader::new(size, top, &served);
        prop_assert_eq!(ours(tlog::prove_record(size, index, &from_tiles).unwrap()), inclusion(&mut log.clone(), index, size).unwrap());
        prop_assert_eq!(ours(tlog::prove_tree(size, old, &from_tiles).unwrap()), proof);
    }
}

#[test]
fn their_tiles_of_a_size_are_ours() {
    let log = log::of(1300);
    let stored = Stored::of(&log);
    for size in [1, 255, 256, 257, 1024, 1300] {
        let mut theirs: Vec<_> = Tile::new_tiles(8, 0, size).iter().map(Tile::path).collect();
        let mut ours: Vec<_> = tiles(size).filter(|tile| tile.level != Level::Entries).map(|tile| format!("tile/8/{tile}")).collect();
        theirs.sort_unstable();
        ours.sort_unstable();
        assert_eq!(ours, theirs);
    }
    for tile in Tile::new_tiles(8, 0, 1300) {
        assert_eq!(Served(&log).serve(&tile.path()), tile.read_data(&stored).unwrap());
    }
    for index in [0, 9, 10, 99, 999, 1000, 999_999, 1_000_000, 1_234_067, u64::MAX] {
        let path = TilePath { level: Level::Hashes(3), index, width: Some(17) };
        assert_eq!(Tile::new(8, 3, index, 17, false).path(), format!("tile/8/{path}"));
    }
}

proptest! {
    #![proptest_config(seeded(64))]

    #[test]
    fn checkpoints_are_read_alike(origin in "[!-~]{1,30}", size: u64, root: Hash, extensions in prop::collection::vec("[ -~]{1,20}", 0..3)) {
        let ours = Checkpoint { origin, size, root, extensions };
        let text = ours.to_text();
        let theirs = tlog_tiles::Checkpoint::from_bytes(text.as_bytes()).unwrap();
        prop_assert_eq!((theirs.origin(), theirs.size(), theirs.hash().0), (ours.origin.as_str(), size, root));
        prop_assert_eq!(theirs.to_bytes(), text.as_bytes());
        prop_assert_eq!(Checkpoint::parse(&theirs.to_bytes()), Ok(ours));
    }

    #[test]
    fn notes_are_signed_and_opened_alike(text in "([ -~é村]{0,30}\n){1,4}", name in "[a-z0-9./]{1,20}", seed: [u8; 32]) {
        let signer = Signer::new(&name, &seed).unwrap();
        let material = BASE64_STANDARD.encode([&[1], seed.as_slice()].concat());
        let id = signer.verifier(Kind::Plain).id();
        let their_signer = signed_note::StandardSigner::new(&format!("PRIVATE+KEY+{name}+{id:08x}+{material}")).unwrap();
        let their_key = signed_note::StandardVerifier::new(&signer.vkey()).unwrap();
        let known = signed_note::VerifierList::new(vec![Box::new(their_key)]);

        let ours = note::sign(&text, &[&signer]).unwrap();
        let read = signed_note::Note::from_bytes(ours.to_text().as_bytes()).unwrap();
        prop_assert_eq!(read.verify(&known).unwrap().0.len(), 1);
        prop_assert_eq!(read.text(), text.as_bytes());

        let mut made = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
        made.add_sigs(&[&their_signer]).unwrap();
        let parsed = Note::parse(&made.to_bytes()).unwrap();
        prop_assert_eq!(note::open(&parsed, &[signer.verifier(Kind::Plain)]).unwrap().len(), 1);
        prop_assert_eq!(parsed, ours);
    }

    #[test]
    fn no_note_is_read_here_that_is_refused_there(bytes in "(a|\n|\n\n|— a AAAAAAA=|— b AAAAAQ==| |\t|— |\n— a AAAAAAA=\n){0,9}") {
        if let Ok(note) = Note::parse(bytes.as_bytes()) {
            let theirs = signed_note::Note::from_bytes(bytes.as_bytes()).unwrap();
            prop_assert_eq!(theirs.text(), note.text.as_bytes());
            prop_assert_eq!(theirs.to_bytes(), note.to_text().into_bytes());
        }
    }
}
