//! 见证的检验 A witness: follows a growing log, and is not to be deceived

use crate::log::{self, Log};
use record::tree::consistency;
use record::witness::judge;
use record::*;

const ORIGIN: &str = "record.example/441900121014/1";

fn signer(name: &str, seed: u8) -> Signer {
    Signer::new(name, &[seed; 32]).unwrap()
}

fn signed(origin: &str, log: &Log, key: &Signer) -> Note {
    let (size, root) = (log.frontier.size(), log.frontier.root());
    let checkpoint = Checkpoint { origin: origin.to_owned(), size, root, extensions: Vec::new() };
    note::sign(&checkpoint.to_text(), &[key]).unwrap()
}

/// What the log would send after growing from `old`, as the witness reads it off the wire.
fn request(old: u64, log: &Log, key: &Signer) -> Request {
    let proof = consistency(&mut log.clone(), old, log.frontier.size()).unwrap();
    let request = Request { old, proof, checkpoint: signed(ORIGIN, log, key) };
    let read = Request::parse(request.to_text().as_bytes()).unwrap();
    assert_eq!(read, request);
    read
}

/// A log forked from `log` after `kept` entries, of the given size.
fn fork(log: &Log, kept: u64, size: u64) -> Log {
    let mut fork = Log::default();
    log.leaves(kept).iter().for_each(|leaf| fork.push(*leaf));
    (kept..size).for_each(|_| fork.push(leaf(b"another story")));
    fork
}

#[test]
fn a_growing_log_is_followed_and_its_replays_are_not() {
    let key = signer(ORIGIN, 1);
    let logs = [key.verifier(Kind::Plain)];
    let (mut known, mut log, mut past) = (None, Log::default(), Vec::new());
    for size in [0, 1, 2, 2, 3, 255, 256, 257, 600] {
        let old = known.map_or(0, |(size, _)| size);
        (log.frontier.size()..size).for_each(|seq| log.push(leaf(&seq.to_be_bytes())));
        let request = request(old, &log, &key);
        let checkpoint = judge(known, &request, &logs).unwrap();
        assert_eq!((checkpoint.size, checkpoint.root), (size, log.frontier.root()));
        known = Some((checkpoint.size, checkpoint.root));
        past.push(request);
    }
    for replay in past {
        let stale = Verdict::Stale(600);
        assert_eq!((judge(known, &replay, &logs), stale.status()), (Err(stale.clone()), 409));
    }
    // What the log says again without growing, the witness says again.
    assert!(judge(known, &request(600, &log, &key), &logs).is_ok());
}

#[test]
fn a_split_view_is_refused_whatever_proof_comes_with_it() {
    let key = signer(ORIGIN, 1);
    let logs = [key.verifier(Kind::Plain)];
    let log = log::of(300);
    let known = Some((300, log.frontier.root()));
    for kept in [0, 1, 128, 256, 299] {
        let same = request(300, &fork(&log, kept, 300), &key);
        assert_eq!(judge(known, &same, &logs), Err(Verdict::Split));
        let longer = request(300, &fork(&log, kept, 333), &key);
        assert_eq!(judge(known, &longer, &logs), Err(Verdict::Inconsistent));
    }
    let shorter = Request { proof: Vec::new(), ..request(200, &fork(&log, 200, 200), &key) };
    assert_eq!(judge(known, &shorter, &logs), Err(Verdict::Stale(300)));
    let honest = request(300, &fork(&log, 300, 333), &key);
    assert!(judge(known, &honest, &logs).is_ok());
    assert_eq!((Verdict::Split.status(), Verdict::Inconsistent.status()), (409, 422));
}

#[test]
fn each_no_of_the_specification() {
    let (key, other) = (signer(ORIGIN, 1), signer("record.example/441900121015/1", 2));
    let logs = [key.verifier(Kind::Plain), other.verifier(Kind::Plain)];
    let log = log::of(20);
    let known = Some((10, log::of(10).frontier.root()));
    let good = request(10, &log, &key);
    assert!(judge(known, &good, &logs).is_ok());
    let status = |known, request: &Request, logs: &[Verifier]| judge(known, request, logs).map_err(|no| no.status());

    let above = Request { old: 21, proof: Vec::new(), ..good.clone() };
    assert_eq!(status(known, &above, &logs).err(), Some(400));
    let not_a_checkpoint = Request { checkpoint: note::sign("text\n", &[&key]).unwrap(), ..good.clone() };
    assert_eq!(status(known, &not_a_checkpoint, &logs).err(), Some(400));

    // Signed by nobody we know, by the key of another log, falsely, or only as a witness would.
    for checkpoint in [
        signed(ORIGIN, &log, &signer(ORIGIN, 9)),
        signed(ORIGIN, &log, &other),
        Note { text: signed(ORIGIN, &log::of(21), &key).text, ..good.checkpoint.clone() },
        Note { signatures: vec![cosignature::cosign(&good.checkpoint.text, 1, &key)], ..good.checkpoint.clone() },
    ] {
        assert_eq!(status(known, &Request { checkpoint, ..good.clone() }, &logs).err(), Some(403));
    }
    assert_eq!(status(known, &good, &[]).err(), Some(404));
    assert_eq!(status(known, &good, &logs[1..]).err(), Some(404));

    assert_eq!(judge(None, &good, &logs), Err(Verdict::Stale(0)));
    assert_eq!(judge(Some((11, [0; 32])), &good, &logs), Err(Verdict::Stale(11)));

    let unproved = Request { proof: Vec::new(), ..good.clone() };
    assert_eq!(status(known, &unproved, &logs).err(), Some(422));
    let first = request(0, &log, &key);
    assert!(first.proof.is_empty() && judge(None, &first, &logs).is_ok());
    assert_eq!(status(None, &Request { proof: vec![[0; 32]], ..first }, &logs).err(), Some(422));
    let still = Request { old: 20, proof: vec![[0; 32]], ..good };
    assert_eq!(status(Some((20, log.frontier.root())), &still, &logs).err(), Some(422));
}

#[test]
fn only_requests_are_read_as_requests() {
    let key = signer(ORIGIN, 1);
    let good = request(10, &log::of(20), &key).to_text();
    let hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    for (from, to) in [
        ("old 10", "old 010"),
        ("old 10", "old  10"),
        ("old 10", "Old 10"),
        ("old 10", "10"),
        ("old 10\n", ""),
        ("old 10\n", "old 10\n\n"),
        ("old 10\n", "old 10\nAAAA\n"),
        ("old 10\n", "old 10\r\n"),
        ("\n\n", "\n"),
        ("\n\n", "\n\n\n"),
    ] {
        assert!(Request::parse(good.replacen(from, to, 1).as_bytes()).is_err(), "{from:?} {to:?}");
    }
    let checkpoint = signed(ORIGIN, &log::of(20), &key).to_text();
    let of = |lines| format!("old 10\n{}\n{checkpoint}", hash.repeat(lines));
    assert_eq!(Request::parse(of(63).as_bytes()).unwrap().proof.len(), 63);
    assert!(Request::parse(of(64).as_bytes()).is_err());
    assert_eq!(Verdict::from(Request::parse(b"").unwrap_err()).status(), 400);
}
