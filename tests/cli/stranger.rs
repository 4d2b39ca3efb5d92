//! 别人的工具 Other people's tools over real HTTP: a stock client believes the checkpoint and every line, and a script of forty lines
//! that knows nothing of this house computes the same root.

use crate::people;
use crate::place::{On, Place, Served, UNIT};
use std::process::{Command, Stdio};
use tlog_tiles::tlog;
use tlog_tiles::{Tile, TileHashReader, TileReader};

/// The site's tiles, fetched as they are asked for: what the library calls `tile/8/…` is `tile/…` there.
struct Site<'s>(&'s Served);

impl Site<'_> {
    fn fetch(&self, path: &str) -> Vec<u8> {
        let page = self.0.browser().get(&format!("/record/{UNIT}/{path}")).clone();
        assert_eq!(page.status, 200, "{path} is served: {}", page.text());
        page.body
    }
}

impl TileReader for Site<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, tlog::Error> {
        Ok(tiles.iter().map(|tile| self.fetch(&format!("tile/{}", tile.path().strip_prefix("tile/8/").unwrap()))).collect())
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

/// A house whose village has more lines than one tile holds, served.
fn served(place: &Place) -> (Served, u64) {
    let header = "姓名,手机号,小组,区划代码\n";
    let rows: String = (0..260).map(|n| format!("居民{n},199{n:08},第一居民小组,{UNIT}\n")).collect();
    people::founded(place);
    place.write("多.csv", format!("{header}{rows}"));
    place.run(&["import", "people", "多.csv"]).well(&["登记260人"]);
    let served = place.serve();
    let size = served.sealed(UNIT);
    assert!(size > 256, "more than one tile: {size}");
    (served, size)
}

#[test]
fn a_stock_client_believes_the_checkpoint_and_every_line() {
    for on in On::each() {
        let place = Place::new(on);
        let (served, size) = served(&place);
        let site = Site(&served);
        let notice = std::fs::read_to_string(people::notice(&place, &served)).unwrap();
        let key = notice.split_whitespace().find(|word| word.starts_with("hm.example/")).unwrap();
        let key = signed_note::StandardVerifier::new(key).expect("the printed key is one");
        let note = signed_note::Note::from_bytes(&site.fetch("checkpoint")).expect("the checkpoint is a note");
        let signed = note.verify(&signed_note::VerifierList::new(vec![Box::new(key)])).expect("the signature is by the printed key");
        assert_eq!(signed.0.len(), 1, "one signature is the record's");
        let checkpoint = tlog_tiles::Checkpoint::from_bytes(note.text()).expect("the note is a checkpoint");
        assert_eq!(checkpoint.origin(), format!("hm.example/record/{UNIT}/0").as_str());
        assert!(checkpoint.size() >= size, "the clock may have written a line more since");
        let size = checkpoint.size();
        let hashes = TileHashReader::new(size, *checkpoint.hash(), &site);
        let entries = [site.fetch("tile/entries/000"), site.fetch(&format!("tile/entries/001.p/{}", size - 256))];
        let lines: Vec<&[u8]> = entries.iter().flat_map(|tile| record::tile::decode_entries(tile).expect("a bundle of entries")).collect();
        assert_eq!(lines.len() as u64, size, "no line is left out");
        for (index, line) in (0..).zip(lines) {
            let proof = tlog::prove_record(size, index, &hashes).expect("a proof from the tiles");
            tlog::check_record(&proof, size, *checkpoint.hash(), index, tlog::record_hash(line)).expect("the line is in the tree");
        }
        for old in [1, 100, 256, 257] {
            let before = tlog::tree_hash(old, &hashes).expect("an earlier root from the tiles");
            let proof = tlog::prove_tree(size, old, &hashes).expect("a proof from the tiles");
            tlog::check_tree(&proof, size, *checkpoint.hash(), old, before).expect("the tree only grew");
        }
        served.stop();
    }
}

/// RFC 6962 and C2SP tlog-tiles, from the standard library alone.
const CHECKER: &str = r#"
import base64, hashlib, sys, urllib.request

def fetch(path):
    with urllib.request.urlopen(sys.argv[1] + path) as answer:
        return answer.read()

origin, size, root = fetch("checkpoint").decode().split("\n")[:3]
size, root = int(size), base64.b64decode(root)

def name(n):
    parts = [n % 1000]
    while n >= 1000:
        n //= 1000
        parts.insert(0, n % 1000)
    return "/".join(("x" if i < len(parts) - 1 else "") + "%03d" % part for i, part in enumerate(parts))

lines = []
for n in range((size + 255) // 256):
    width = min(256, size - n * 256)
    data = fetch("tile/entries/" + name(n) + ("" if width == 256 else ".p/%d" % width))
    while data:
        length = int.from_bytes(data[:2], "big")
        lines.append(data[2:2 + length])
        data = data[2 + length:]

def tree(leaves):
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + tree(leaves[:half]) + tree(leaves[half:])).digest()

for number, line in enumerate(lines):
    words = line.decode().split(" ")
    assert words[0] == "cunwu1" and words[1] == sys.argv[2] and int(words[2]) == number, line
assert len(lines) == size, (len(lines), size)
assert tree([hashlib.sha256(b"\x00" + line).digest() for line in lines]) == root, "another root"
print(origin, size, "whole")
"#;

#[test]
fn a_script_that_knows_nothing_of_this_house_computes_the_same_root() {
    let place = Place::new(On::Sqlite);
    let (served, size) = served(&place);
    let script = place.write("check.py", CHECKER);
    let run = Command::new("python3").arg(script).arg(served.url(&format!("/record/{UNIT}/"))).arg(UNIT).stdin(Stdio::null()).output();
    match run {
        Ok(done) => {
            let said = String::from_utf8_lossy(&done.stdout).into_owned();
            let whole = said.strip_prefix(&format!("hm.example/record/{UNIT}/0 ")).and_then(|rest| rest.strip_suffix(" whole\n"));
            // The clock may have written a line more since.
            let found = whole.and_then(|lines| lines.parse::<u64>().ok()).is_some_and(|lines| lines >= size);
            assert!(found, "the script finds it whole: {said}{}", String::from_utf8_lossy(&done.stderr));
        }
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "python3 is there or it is not: {error}"),
    }
    served.stop();
}
