//! 证明 Proof: what checking costs a stranger, beside bare SHA-256 and Ed25519 over the same bytes.

use crate::kit::{Ground, Place, Series, timed, world};
use app::bundle::{self, For};
use app::verify::{self, Options};
use app::wire::Web;
use ed25519_dalek::{Signer as _, SigningKey};
use record::{Kind, Receipt, check_inclusion, leaf, receipt};
use sha2::{Digest, Sha256};
use sim::world::Store;
use std::hint::black_box;
use std::sync::Arc;

const ROUNDS: usize = 7;
/// Proofs and receipts checked in one round.
const CHECKS: i64 = 2_000;

pub fn run(lines: i64) {
    let place = Place::new("proof");
    let ground = Arc::new(Ground::new(&world(place.path(), &Store::Sqlite), "441900121014"));
    ground.live(lines);
    app::seal::seal(ground.house(), ground.unit).expect("a seal");
    println!("{} lines", ground.lines());
    single(&ground);
    for (name, audience) in [("complete", For::Complete), ("public", For::Public)] {
        whole(&ground, name, audience);
    }
}

/// Receipts of lines spread over the record, each with its line.
fn receipts(ground: &Ground) -> Vec<(Receipt, Vec<u8>)> {
    let stride = (ground.lines() / CHECKS).max(1);
    let receipt = |n: i64| {
        let receipt = ground.house().read(|tx| app::seal::receipt(tx, ground.unit, n * stride)).expect("a read").expect("a sealed line");
        let line = receipt.extra.clone();
        (receipt, line)
    };
    (0..CHECKS.min(ground.lines())).map(receipt).collect()
}

/// Proofs and receipts of single lines.
fn single(ground: &Ground) {
    let (receipts, made) = timed(|| receipts(ground));
    let count = receipts.len() as f64;
    let origin = ground.house().origin(ground.unit, 0);
    let keys = [ground.house().keys.signer(ground.unit, &origin).expect("a key").verifier(Kind::Plain)];
    let checkpoint = record::checkpoint::open(&receipts[0].0.checkpoint, &keys).expect("a signed checkpoint");
    let texts: Vec<String> = receipts.iter().map(|(receipt, _)| receipt.to_text()).collect();
    let key = SigningKey::from_bytes(&[7; 32]);
    let message = receipts[0].0.checkpoint.text.clone().into_bytes();
    let signature = key.sign(&message);
    let mut figures: [Series; 4] = Default::default();
    for _ in 0..ROUNDS {
        let proofs = timed(|| {
            for (receipt, line) in &receipts {
                check_inclusion(receipt.index, checkpoint.size, &leaf(line), &receipt.proof, &checkpoint.root).expect("a proof");
            }
        });
        let bare = timed(|| receipts.iter().for_each(|(receipt, line)| bare(line, receipt.proof.len())));
        let checks = timed(|| {
            for (text, (_, line)) in texts.iter().zip(&receipts) {
                let read = Receipt::parse(text.as_bytes()).expect("a receipt");
                receipt::check(&read, line, &keys, &[]).expect("a proof");
            }
        });
        let signatures =
            timed(|| texts.iter().for_each(|_| key.verifying_key().verify_strict(black_box(&message), &signature).expect("a signature")));
        let times = [proofs.1, bare.1, checks.1, signatures.1];
        figures.iter_mut().zip(times).for_each(|(series, time)| series.push(time.as_secs_f64() * 1e6 / count));
    }
    println!("making a receipt from the database: {:.1} µs", made.as_secs_f64() * 1e6 / count);
    let ratio = |a: usize, b: usize| figures[a].median() / figures[b].median();
    println!(
        "inclusion proof: {} µs; bare SHA-256 of the same blocks {} µs; ratio {:.2}",
        figures[0].show(2),
        figures[1].show(2),
        ratio(0, 1)
    );
    println!("receipt, read and checked: {} µs; bare Ed25519 {} µs; ratio {:.2}", figures[2].show(1), figures[3].show(1), ratio(2, 3));
}

/// The hashes of one inclusion proof and nothing else.
fn bare(line: &[u8], proof: usize) {
    black_box(Sha256::digest(line));
    for _ in 0..proof {
        black_box(Sha256::digest(black_box([1_u8; 65])));
    }
}

/// A whole record from a bundle.
fn whole(ground: &Ground, name: &str, audience: For) {
    let mut bytes = Vec::new();
    let (exported, took) = timed(|| bundle::export(ground.house(), ground.unit, audience, &mut bytes).expect("a bundle"));
    let (lines, megabytes) = (exported.lines as f64, bytes.len() as f64 / 1e6);
    println!("{name} bundle: {megabytes:.1} MB, exported at {:.0} lines/s", lines / took.as_secs_f64());
    let wire = Web::new();
    let (mut checked, mut hashed) = (Series::default(), Series::default());
    for _ in 0..ROUNDS {
        let (report, took) = timed(|| verify::bundle(bytes.as_slice(), &Options::new(&wire)));
        assert_eq!(report.lines, exported.lines, "{report:?}");
        checked.push(took.as_secs_f64());
        hashed.push(timed(|| black_box(Sha256::digest(black_box(&bytes)))).1.as_secs_f64());
    }
    let rate = |series: &Series, of: f64| Series::of(series.values().map(|seconds| of / seconds));
    println!("  verified: {} lines/s, {} MB/s", rate(&checked, lines).show(0), rate(&checked, megabytes).show(0));
    println!(
        "  SHA-256 over the file: {} MB/s; verifying takes {:.1} times as long",
        rate(&hashed, megabytes).show(0),
        checked.median() / hashed.median()
    );
}
