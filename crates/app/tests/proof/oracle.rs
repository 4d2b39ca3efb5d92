//! 他人之尺 Oracles: Cloudflare's `tlog_tiles` and `signed_note` read what a house serves, and believe every line of it.

use crate::place::{Place, Village};
use app::tiles::{self, Caching, Unserved};
use record::tile::decode_entries;
use tlog_tiles::tlog;
use tlog_tiles::{Tile, TileHashReader, TileReader};

/// A house's tiles, served to them by path: what they call `tile/8/…` is our `tile/…`.
struct Served<'v>(&'v Village);

impl TileReader for Served<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, tlog::Error> {
        Ok(tiles.iter().map(|tile| fetch(self.0, tile.path().strip_prefix("tile/8/").unwrap())).collect())
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

fn fetch(village: &Village, path: &str) -> Vec<u8> {
    let served = tiles::tile(&village.house, village.unit, path).unwrap();
    assert_eq!((served.content_type, served.caching), ("application/octet-stream", Caching::Forever));
    served.bytes
}

fn refused(village: &Village, path: &str) -> bool {
    matches!(tiles::tile(&village.house, village.unit, path), Err(Unserved::NotFound))
}

#[test]
fn strangers_tools_believe_the_checkpoint_and_every_line() {
    for place in Place::each() {
        let village = Village::at(&place);
        village.suggest_many(270);
        let size = village.seal();
        assert!(size > 270);

        let served = tiles::checkpoint(&village.house, village.unit).unwrap();
        assert_eq!((served.content_type, served.caching), ("text/plain; charset=utf-8", Caching::Seconds));
        let key = signed_note::StandardVerifier::new(&village.vkey()).unwrap();
        let note = signed_note::Note::from_bytes(&served.bytes).unwrap();
        assert_eq!(note.verify(&signed_note::VerifierList::new(vec![Box::new(key)])).unwrap().0.len(), 1);
        let checkpoint = tlog_tiles::Checkpoint::from_bytes(note.text()).unwrap();
        assert_eq!((checkpoint.origin(), checkpoint.size()), ("cunwu.example/record/441900121014/0", size));

        let mut lines = Vec::new();
        lines.extend(decode_entries(&fetch(&village, "entries/000")).unwrap().into_iter().map(<[u8]>::to_vec));
        lines.extend(decode_entries(&fetch(&village, &format!("entries/001.p/{}", size - 256))).unwrap().into_iter().map(<[u8]>::to_vec));
        assert_eq!(lines.len() as u64, size);
        let served = Served(&village);
        let hashes = TileHashReader::new(size, *checkpoint.hash(), &served);
        for (index, line) in (0..).zip(&lines) {
            let proof = tlog::prove_record(size, index, &hashes).unwrap();
            tlog::check_record(&proof, size, *checkpoint.hash(), index, tlog::record_hash(line)).unwrap();
        }
        for old in [1, 100, 256, 257, size] {
            let before = tlog::tree_hash(old, &hashes).unwrap();
            tlog::check_tree(&tlog::prove_tree(size, old, &hashes).unwrap(), size, *checkpoint.hash(), old, before).unwrap();
        }
        let receipt = village.house.read(|tx| app::seal::receipt(tx, village.unit, 266)).unwrap().unwrap();
        let proof: Vec<_> = receipt.proof.iter().map(|hash| tlog::Hash(*hash)).collect();
        tlog::check_record(&proof, size, *checkpoint.hash(), 266, tlog::record_hash(&receipt.extra)).unwrap();
    }
}

#[test]
fn only_what_is_signed_is_served() {
    let place = Place::new("cunwu.example/record", 1);
    let village = Village::at(&place);
    assert!(matches!(tiles::checkpoint(&village.house, village.unit), Err(Unserved::NotFound)), "nothing is signed yet");
    assert!(refused(&village, "entries/000.p/1"));
    let size = village.seal();
    village.suggest("还没有封存的一条");
    assert_eq!(decode_entries(&fetch(&village, &format!("entries/000.p/{size}"))).unwrap().len() as u64, size);
    assert_eq!(decode_entries(&fetch(&village, "entries/000.p/2")).unwrap().len(), 2, "the partial tile of an earlier size");
    let beyond = format!("entries/000.p/{}", size + 1);
    for path in [
        beyond.as_str(),
        "entries/000",
        "0/000",
        "1/000.p/1",
        "entries/001.p/1",
        "entries/0.p/1",
        "entries/",
        "../checkpoint",
        "0/x001/000",
    ] {
        assert!(refused(&village, path), "{path}");
    }
}
