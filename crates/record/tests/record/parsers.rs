//! 读法的检验 Parsers: no bytes make them panic, and what they accept they would have written

use crate::seeded;
use proptest::prelude::*;
use proptest::sample::Index;
use record::tile::{decode_entries, decode_hashes, encode_entries, encode_hashes};
use record::*;

/// Feeds bytes to every parser.
fn feed(bytes: &[u8]) {
    if let Ok(line) = Line::parse(bytes) {
        assert_eq!(line.to_bytes(), bytes);
    }
    if let Ok(note) = Note::parse(bytes) {
        assert_eq!(note.to_text().as_bytes(), bytes);
    }
    if let Ok(checkpoint) = Checkpoint::parse(bytes) {
        assert_eq!(checkpoint.to_text().as_bytes(), bytes);
    }
    if let Ok(request) = Request::parse(bytes) {
        assert_eq!(request.to_text().as_bytes(), bytes);
    }
    if let Ok(receipt) = Receipt::parse(bytes) {
        assert_eq!(receipt.to_text().as_bytes(), bytes);
    }
    if let Ok(hashes) = decode_hashes(bytes) {
        assert_eq!(encode_hashes(&hashes), bytes);
    }
    if let Ok(entries) = decode_entries(bytes) {
        assert_eq!(encode_entries(&entries).unwrap(), bytes);
    }
    for size in [0, 1, 3, 1 << 40, u64::MAX] {
        if let Ok(frontier) = Frontier::from_bytes(size, bytes) {
            assert_eq!(frontier.to_bytes(), bytes);
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Ok(path) = TilePath::parse(text) {
            assert_eq!(path.to_string(), text);
        }
        if let Ok(key) = Verifier::parse(text) {
            assert_eq!(key.vkey(), text);
        }
        if let Ok(signatures) = Signature::parse_lines(text) {
            assert_eq!(signatures.iter().map(Signature::to_line).collect::<String>(), text);
        }
    }
}

/// One good text of each kind.
fn samples() -> Vec<String> {
    let signer = Signer::new("a.example/b", &[5; 32]).unwrap();
    let checkpoint = Checkpoint { origin: "a.example/b".into(), size: 7, root: [9; 32], extensions: vec![] };
    let checkpoint = note::sign(&checkpoint.to_text(), &[&signer, &signer]).unwrap();
    let (proof, sealed) = (vec![[3; 32]; 2], Body::Sealed { digest: [4; 32] });
    let line = Line { unit: 441_900_121_014, seq: 5, body: sealed };
    vec![
        String::from_utf8(line.to_bytes()).unwrap(),
        checkpoint.text.clone(),
        checkpoint.to_text(),
        Request { old: 5, proof: proof.clone(), checkpoint: checkpoint.clone() }.to_text(),
        Receipt { extra: vec![1], index: 5, proof, checkpoint }.to_text(),
        "1/x001/x234/067.p/8".to_owned(),
        signer.vkey(),
    ]
}

/// Any byte, often one that means something to a parser.
fn telling_byte() -> impl Strategy<Value = u8> {
    prop_oneof![any::<u8>(), prop::sample::select(b"\n 0=".as_slice())]
}

proptest! {
    #![proptest_config(seeded(512))]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        feed(&bytes);
    }

    #[test]
    fn bent_texts(which: Index, from: Index, length in 0..4_usize, with in prop::collection::vec(telling_byte(), 0..4)) {
        let mut bytes = which.get(&samples()).clone().into_bytes();
        let from = from.index(bytes.len());
        let to = (from + length).min(bytes.len());
        bytes.splice(from..to, with);
        feed(&bytes);
    }
}

#[test]
fn good_texts_are_accepted() {
    let accepted = |text: &str| {
        let bytes = text.as_bytes();
        [Line::parse(bytes).is_ok(), Checkpoint::parse(bytes).is_ok(), Note::parse(bytes).is_ok()]
            .into_iter()
            .chain([Request::parse(bytes).is_ok(), Receipt::parse(bytes).is_ok(), TilePath::parse(text).is_ok()])
            .chain([Verifier::parse(text).is_ok()])
            .any(|ok| ok)
    };
    assert!(samples().iter().all(|text| accepted(text)));
    samples().iter().for_each(|text| feed(text.as_bytes()));
}
