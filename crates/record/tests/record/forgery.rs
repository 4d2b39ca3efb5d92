//! 伪造 Forgery: a receipt, its line and its checkpoint, changed byte by byte

use crate::log::Log;
use record::receipt::check;
use record::tree::inclusion;
use record::*;

const ORIGIN: &str = "record.example/441900121014/1";

struct Case {
    entry: Vec<u8>,
    receipt: Receipt,
    logs: Vec<Verifier>,
    witnesses: Vec<Verifier>,
}

/// A line at index 1203 of 2000, sealed by its log and seen by two witnesses.
fn case() -> Case {
    let line = |seq: u64| {
        let body = Body::Open {
            kind: "suggestion".into(),
            matter: "0k3x9m2p7q4rt".into(),
            step: seq % 3,
            day: "2026-09-30".into(),
            audience: "public".into(),
            digest: leaf(&seq.to_be_bytes()),
        };
        Line { unit: 441_900_121_014, seq, body }.to_bytes()
    };
    let mut log = Log::default();
    (0..2000).for_each(|seq| log.push(leaf(&line(seq))));
    let (size, root) = (2000, log.frontier.root());
    let checkpoint = Checkpoint { origin: ORIGIN.into(), size, root, extensions: Vec::new() };
    let signer = |name, seed| Signer::new(name, &[seed; 32]).unwrap();
    let (key, town, city) = (signer(ORIGIN, 1), signer("town.example/w", 2), signer("city.example/w", 3));
    let mut signed = note::sign(&checkpoint.to_text(), &[&key]).unwrap();
    for (time, witness) in [(1_790_000_100, &town), (1_790_000_200, &city), (1_790_000_300, &town)] {
        signed.signatures.push(cosignature::cosign(&signed.text, time, witness));
    }
    let proof = inclusion(&mut log, 1203, size).unwrap();
    Case {
        entry: line(1203),
        receipt: Receipt { extra: b"not signed".to_vec(), index: 1203, proof, checkpoint: signed },
        logs: vec![key.verifier(Kind::Plain)],
        witnesses: vec![town.verifier(Kind::Cosignature), city.verifier(Kind::Cosignature)],
    }
}

fn seen() -> Vec<(String, u64)> {
    vec![("city.example/w".into(), 1_790_000_200), ("town.example/w".into(), 1_790_000_100)]
}

#[test]
fn a_receipt_proves_its_line_and_tells_who_saw_it() {
    let Case { entry, receipt, logs, witnesses } = case();
    let proved = |witnesses| Ok(Proved { origin: ORIGIN.into(), size: 2000, witnesses });
    assert_eq!(check(&receipt, &entry, &logs, &witnesses), proved(seen()));
    assert_eq!(check(&receipt, &entry, &logs, &witnesses[1..]), proved(seen()[..1].to_vec()));
    assert_eq!(check(&receipt, &entry, &logs, &[]), proved(vec![]));
    assert_eq!(check(&receipt, &entry, &logs, &logs), proved(vec![]), "a log is no witness");
    assert_eq!(check(&receipt, &entry, &[], &witnesses), Err(Unproved::Checkpoint(Untrusted::UnknownOrigin)));
    assert_eq!(check(&receipt, &entry, &witnesses, &[]), Err(Unproved::Checkpoint(Untrusted::UnknownOrigin)));
    assert_eq!(check(&receipt, b"", &logs, &[]), Err(Unproved::Proof(Broken::Root)));
    let elsewhere = Receipt { index: 2000, ..receipt.clone() };
    assert_eq!(check(&elsewhere, &entry, &logs, &[]), Err(Unproved::Proof(Broken::Outside)));
    let read = Receipt::parse(receipt.to_text().as_bytes()).unwrap();
    assert_eq!(read, receipt);
    // A witness that changes its key and signs with both is still one witness.
    let new = Signer::new("city.example/w", &[4; 32]).unwrap();
    let mut twice = receipt.clone();
    twice.checkpoint.signatures.push(cosignature::cosign(&twice.checkpoint.text, 1_790_000_400, &new));
    let known = [witnesses, vec![new.verifier(Kind::Cosignature)]].concat();
    assert_eq!(check(&twice, &entry, &logs, &known), proved(seen()));
    let plain = Receipt { extra: Vec::new(), ..receipt };
    assert_eq!(Receipt::parse(plain.to_text().as_bytes()), Ok(plain));
}

#[test]
fn no_byte_of_the_line_can_be_changed() {
    let Case { entry, receipt, logs, .. } = case();
    for at in 0..entry.len() {
        let mut bent = entry.clone();
        bent[at] ^= 1;
        assert_eq!(check(&receipt, &bent, &logs, &[]), Err(Unproved::Proof(Broken::Root)));
        bent.remove(at);
        assert_eq!(check(&receipt, &bent, &logs, &[]), Err(Unproved::Proof(Broken::Root)));
    }
}

/// Nothing signs `extra`, and a witness whose name is bent is merely unknown; every other byte must stand.
#[test]
fn no_byte_of_the_receipt_can_be_changed() {
    let Case { entry, receipt, logs, witnesses } = case();
    let good = receipt.to_text().into_bytes();
    let text = String::from_utf8(good.clone()).unwrap();
    let index = text.find("index ").unwrap();
    let cosigned = text.find("— town").unwrap();
    for at in 0..good.len() {
        for bit in [1, 2, 0x20, 0x80] {
            let mut bent = good.clone();
            bent[at] ^= bit;
            let Ok(read) = Receipt::parse(&bent) else {
                continue;
            };
            match check(&read, &entry, &logs, &witnesses) {
                Err(_) => {}
                Ok(proved) if at < index => assert_eq!(proved.witnesses, seen()),
                Ok(proved) => {
                    let all = seen();
                    assert!(at >= cosigned, "byte {at} of {text}");
                    assert!(proved.witnesses.iter().all(|(name, _)| all.iter().any(|(known, _)| known == name)));
                }
            }
        }
    }
}

#[test]
fn only_receipts_are_read_as_receipts() {
    let good = case().receipt.to_text();
    for (from, to) in [
        ("@v1", "@v2"),
        ("c2sp.org", "\nc2sp.org"),
        ("extra ", "extra"),
        ("extra ", "Extra "),
        ("extra ", "extra  "),
        ("extra bm90IHNpZ25lZA==", "extra "),
        ("extra bm90IHNpZ25lZA==", "extra bm90IHNpZ25lZA"),
        ("extra bm90IHNpZ25lZA==", "extra bm90IHNpZ25lZA==\nextra bm90IHNpZ25lZA=="),
        ("index 1203", "index 01203"),
        ("index 1203", "index  1203"),
        ("index 1203\n", ""),
        ("index 1203\n", "index 1203\n\n"),
        ("\n\n", "\n"),
    ] {
        assert!(good.contains(from), "{from}");
        assert!(Receipt::parse(good.replacen(from, to, 1).as_bytes()).is_err(), "{from:?} {to:?}");
    }
    let (_, checkpoint) = good.split_once("\n\n").unwrap();
    let line = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    let of = |lines| format!("c2sp.org/tlog-proof@v1\nindex 0\n{}\n{checkpoint}", line.repeat(lines));
    assert_eq!(Receipt::parse(of(64).as_bytes()).unwrap().proof.len(), 64);
    assert!(Receipt::parse(of(65).as_bytes()).is_err());
}
