//! 瓦片的检验 Tiles: paths, which tiles a size has, and their bytes

use crate::seeded;
use proptest::prelude::*;
use record::tile::*;
use record::*;

#[test]
fn paths_are_spelled_one_way() {
    let path = |level, index, width| TilePath { level, index, width };
    for (text, tile) in [
        ("0/000", path(Level::Hashes(0), 0, None)),
        ("0/x001/x234/067", path(Level::Hashes(0), 1_234_067, None)),
        ("1/x001/000.p/1", path(Level::Hashes(1), 1000, Some(1))),
        ("63/999.p/255", path(Level::Hashes(63), 999, Some(255))),
        ("entries/x273/112.p/17", path(Level::Entries, 273_112, Some(17))),
        ("0/x018/x446/x744/x073/x709/x551/615", path(Level::Hashes(0), u64::MAX, None)),
    ] {
        assert_eq!(TilePath::parse(text), Ok(tile), "{text}");
        assert_eq!(tile.to_string(), text);
    }
    for text in [
        "",
        "0",
        "0/",
        "/000",
        "0/0",
        "0/00",
        "0/0000",
        "0/x000",
        "0/x000/001",
        "0/001/002",
        "0/x001/x002",
        "00/000",
        "64/000",
        "256/000",
        "-1/000",
        "+1/000",
        "data/000",
        "Entries/000",
        "0/000.p",
        "0/000.p/",
        "0/000.p/0",
        "0/000.p/01",
        "0/000.p/256",
        "0/000.p/1/",
        "0/000/1",
        "0/000.p/1.p/1",
        "0/x001/X234/067",
        "0/+01",
        "0/ 01",
        "0/x018/x446/x744/x073/x709/x551/616",
        "0/x999/x018/x446/x744/x073/x709/x551/615",
        "0/０００",
        "0/000\n",
        "8/0/000",
        "0/xx01/000",
        "0/x1/000",
        "0//000",
    ] {
        assert!(TilePath::parse(text).is_err(), "{text}");
    }
}

#[test]
fn seventy_thousand_leaves_are_the_tiles_of_the_specification() {
    let all: Vec<_> = tiles(70_000).collect();
    let of = |level| all.iter().filter(move |tile| tile.level == level).collect::<Vec<_>>();
    for (level, full, rest) in [
        (Level::Hashes(0), 273, Some(112)),
        (Level::Hashes(1), 1, Some(17)),
        (Level::Hashes(2), 0, Some(1)),
        (Level::Entries, 273, Some(112)),
    ] {
        let row = of(level);
        assert!(row.iter().map(|tile| tile.index).eq(0..=full));
        assert!(row[..full as usize].iter().all(|tile| tile.width.is_none()));
        assert_eq!(row.last().unwrap().width, rest);
    }
    assert_eq!(all.len(), 274 + 2 + 1 + 274);
    let small: Vec<_> = tiles(256).map(|tile| tile.to_string()).collect();
    assert_eq!(small, ["0/000", "1/000.p/1", "entries/000"]);
    assert_eq!(tiles(0).count(), 0);
}

#[test]
fn a_tile_lies_in_a_tree_that_has_all_it_shows() {
    let lies = |path: &str, size| TilePath::parse(path).unwrap().lies_in(size);
    assert!(lies("0/000.p/5", 5) && lies("0/000.p/5", 256) && lies("0/000", 256));
    assert!(!lies("0/000.p/6", 5) && !lies("0/000", 255) && !lies("0/001.p/1", 256));
    assert!(lies("1/000.p/1", 256) && !lies("1/000.p/1", 255) && !lies("63/000.p/1", u64::MAX));
    assert_eq!(width_in(Level::Hashes(7), 0, u64::MAX), 255);
}

proptest! {
    #![proptest_config(seeded(64))]

    #[test]
    fn every_tile_listed_lies_in_its_tree_and_is_found_by_its_path(size in 0..200_000_u64) {
        for tile in tiles(size) {
            prop_assert!(tile.lies_in(size) && !tile.lies_in(size.min(tile.index * 256)));
            prop_assert_eq!(tile.width(), width_in(tile.level, tile.index, size));
            prop_assert_eq!(TilePath::parse(&tile.to_string()), Ok(tile));
        }
    }

    #[test]
    fn tiles_and_bundles_come_back_as_they_went(
        hashes in prop::collection::vec(any::<Hash>(), 1..=256),
        entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 1..=256),
    ) {
        prop_assert_eq!(decode_hashes(&encode_hashes(&hashes)), Ok(hashes));
        let entries: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
        let bundle = encode_entries(&entries).unwrap();
        prop_assert_eq!(decode_entries(&bundle), Ok(entries));
        prop_assert!(decode_entries(&bundle[..bundle.len() - 1]).is_err());
    }
}

#[test]
fn broken_tiles_and_bundles_are_refused() {
    for length in [0, 31, 33, 257 * 32] {
        assert!(decode_hashes(&vec![0; length]).is_err());
    }
    assert_eq!(encode_entries(&[b"ab", b""]).unwrap(), [0, 2, b'a', b'b', 0, 0]);
    for bundle in [&[][..], &[0], &[0, 1], &[0, 2, b'a'], &[0, 1, b'a', 0], &[0; 2 * 257]] {
        assert!(decode_entries(bundle).is_err());
    }
    assert!(encode_entries(&[&[0; 65_535]]).is_ok() && encode_entries(&[&[0; 65_536]]).is_err());
}
