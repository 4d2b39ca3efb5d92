//! 见证 Witnesses: a round trip, conflicts, split views, and a witness that is down.

use crate::place::{Place, VILLAGE, Village};
use crate::wire::{Cut, NextDoor};
use app::house::Parts;
use app::verify::{Answer, Options, bundle};
use app::witness::{Cosigned, WitnessError, WitnessState, answer, cosign_over, latest, latest_path, read_logs, signer};
use app::{HandClock, House, Keys};
use jiff::civil::date;
use record::{Checkpoint, Note, Request, Verifier, note, tree};
use std::sync::{Arc, Mutex};
use store::record::Tiles;

const NAME: &str = "witness.example/humen";

fn keys() -> Keys {
    Keys::new([77; 32])
}

fn vkey() -> String {
    signer(&keys(), NAME).unwrap().witness_vkey()
}

/// A house that knows the witness.
fn watched(place: &Place) -> Arc<House> {
    let mut parts: Parts = place.parts(Place::clock(date(2026, 9, 30)));
    let line = format!("title = \"镇党建办\"\nkey = \"{}\"\nurl = \"https://witness.example/w/\"\n", vkey());
    let text = format!("data = \"{}\"\nrecord_name = \"{}\"\n[[witness]]\n{line}", place.folder.display(), place.record_name);
    let path = place.folder.join("cunwu.toml");
    std::fs::write(&path, text).unwrap();
    parts.config = app::Config::read(&path).unwrap();
    House::init(&parts, false).unwrap();
    House::open(parts).unwrap()
}

fn witness(place: &Place, logs: &str) -> WitnessState {
    let clock: Arc<HandClock> = Place::clock(date(2026, 9, 30));
    WitnessState::open(&place.folder.join("witness"), signer(&keys(), NAME).unwrap(), read_logs(logs).unwrap(), clock).unwrap()
}

fn outcome(village: &Village, wire: &dyn app::wire::Wire) -> Cosigned {
    let mut outcomes = cosign_over(&village.house, village.unit, wire).unwrap();
    assert_eq!(outcomes.len(), 1);
    outcomes.remove(0).1
}

#[test]
fn a_witness_cosigns_what_it_can_follow() {
    for place in Place::each() {
        let village = Village::found(&watched(&place), VILLAGE);
        let door = NextDoor(Mutex::new(witness(&place, &format!("# 镇里看的档案\n\n{}\n", village.vkey()))));
        assert!(cosign_over(&village.house, village.unit, &door).unwrap().is_empty(), "nothing is sealed yet");
        village.seal();
        assert!(matches!(outcome(&village, &Cut), Cosigned::Down(_)), "a witness that is down is no failure");
        assert!(matches!(outcome(&village, &door), Cosigned::Added(_)));
        assert_eq!(outcome(&village, &door), Cosigned::Already);
        let kept = village.checkpoint();
        assert_eq!(kept.signatures.len(), 2);
        let theirs = signed_note::Note::from_bytes(kept.to_text().as_bytes()).unwrap();
        assert_eq!(theirs.text(), kept.text.as_bytes(), "strangers' tools read the note with its cosignature");

        village.suggest("又一条");
        village.seal();
        assert!(matches!(outcome(&village, &door), Cosigned::Added(_)), "with a proof from the size it saw");
        let public = crate::bundle::exported(&village, app::bundle::For::Public);
        let mut options = Options::new(&Cut);
        options.keys = vec![Verifier::parse(&village.vkey()).unwrap()];
        options.witnesses = vec![Verifier::parse(&vkey()).unwrap()];
        let report = bundle(&*public, &options);
        assert_eq!((report.answer, report.witnesses[0].answer), (Answer::Intact, Answer::Intact), "{report:?}");
        assert!(report.witnesses[0].time.is_some());

        // The house forgets which size the witness saw, and learns it from the 409.
        place.tamper("DELETE FROM checkpoint WHERE unit = $1", &[village.unit.into()]);
        village.suggest("再一条");
        village.seal();
        assert!(matches!(outcome(&village, &door), Cosigned::Added(_)));
        assert_eq!(latest(&door.0.lock().unwrap(), latest_path("").trim_start_matches("latest/")).unwrap(), None);
    }
}

/// What a house would send, with this old size.
fn request(village: &Village, old: u64) -> Request {
    let checkpoint = village.checkpoint();
    let size = Checkpoint::parse(checkpoint.text.as_bytes()).unwrap().size;
    let unit = village.unit;
    let proof = village.house.read(|tx| Ok(tree::consistency(&mut Tiles { tx, unit }, old, size).unwrap())).unwrap();
    Request { old, proof, checkpoint }
}

fn resigned(village: &Village, root: record::Hash) -> Note {
    let mut checkpoint = Checkpoint::parse(village.checkpoint().text.as_bytes()).unwrap();
    checkpoint.root = root;
    let signer = village.house.keys.signer(village.unit, &checkpoint.origin).unwrap();
    note::sign(&checkpoint.to_text(), &[&signer]).unwrap()
}

#[test]
fn a_witness_answers_by_the_specification() {
    let place = Place::new("cunwu.example/record", 1);
    let village = Village::found(&watched(&place), VILLAGE);
    let first = village.seal();
    let mut state = witness(&place, &village.vkey());
    let says = |state: &mut WitnessState, body: &str| {
        let (status, kind, body) = answer(state, body.as_bytes());
        (status, kind, body)
    };
    assert_eq!(says(&mut state, "old 0\n").0, 400);
    let honest = request(&village, 0);
    assert_eq!(says(&mut state, &request(&village, 3).to_text()), (409, "text/x.tlog.size", "0\n".into()));
    assert_eq!(says(&mut state, &honest.to_text()).0, 200);
    assert_eq!(says(&mut state, &honest.to_text()), (409, "text/x.tlog.size", format!("{first}\n")));
    let again = Request { old: first, ..request(&village, first) };
    assert_eq!(says(&mut state, &again.to_text()).0, 200, "the same tree once more");

    let split = Request { old: first, proof: vec![], checkpoint: resigned(&village, [7; 32]) };
    let (status, kind, _) = says(&mut state, &split.to_text());
    assert_eq!((status, kind), (409, "text/plain; charset=utf-8"), "two trees of one size");
    let evidence = std::fs::read_dir(place.folder.join("witness/evidence")).unwrap().count();
    assert_eq!(evidence, 1, "signed by the log, and kept");

    village.suggest("又一条");
    let second = village.seal();
    let mut bent = request(&village, first);
    bent.proof[0][0] ^= 1;
    assert_eq!(says(&mut state, &bent.to_text()).0, 422);
    let mut unsigned = request(&village, first);
    unsigned.checkpoint.signatures[0].bytes[5] ^= 1;
    assert_eq!(says(&mut state, &unsigned.to_text()).0, 403);
    let mut wide = request(&village, first);
    wide.old = second + 1;
    assert_eq!(says(&mut state, &wide.to_text()).0, 400);
    let mut strange =
        WitnessState::open(&place.folder.join("strange"), signer(&keys(), NAME).unwrap(), vec![], Place::clock(date(2026, 9, 30))).unwrap();
    assert_eq!(says(&mut strange, &honest.to_text()).0, 404);

    // A witness that was started anew knows what it saw.
    let mut state = witness(&place, &village.vkey());
    assert_eq!(says(&mut state, &honest.to_text()), (409, "text/x.tlog.size", format!("{first}\n")));
    assert_eq!(says(&mut state, &request(&village, first).to_text()).0, 200);
    let path = place.folder.join("witness").join(latest_path(&village.house.origin(village.unit, 0)));
    std::fs::write(&path, "not a checkpoint").unwrap();
    assert_eq!(says(&mut state, &request(&village, second).to_text()).0, 500, "without its memory it cosigns nothing");
    assert!(matches!(read_logs("no key\n"), Err(WitnessError::Log(1, _))));
}

#[test]
fn a_house_does_not_take_false_cosignatures() {
    let place = Place::new("cunwu.example/record", 1);
    let village = Village::found(&watched(&place), VILLAGE);
    village.seal();
    let clock: Arc<HandClock> = Place::clock(date(2026, 9, 30));
    let impostor = Keys::new([78; 32]);
    let logs = read_logs(&village.vkey()).unwrap();
    let state = WitnessState::open(&place.folder.join("impostor"), signer(&impostor, NAME).unwrap(), logs, clock).unwrap();
    assert_eq!(outcome(&village, &NextDoor(Mutex::new(state))), Cosigned::False, "the name is right, the key is not");
    assert_eq!(village.checkpoint().signatures.len(), 1);
}

#[test]
fn a_split_view_is_refused() {
    // Two houses with one key: one tells the witness one story, the other another.
    let (here, there) = (Place::new("cunwu.example/record", 1), Place::new("cunwu.example/record", 1));
    let (one, two) = (Village::found(&watched(&here), VILLAGE), Village::found(&watched(&there), VILLAGE));
    let door = NextDoor(Mutex::new(witness(&here, &one.vkey())));
    one.suggest("对甲说的话");
    two.suggest("对乙说的话");
    assert_eq!(one.seal(), two.seal());
    assert!(matches!(outcome(&one, &door), Cosigned::Added(_)));
    assert_eq!(outcome(&two, &door), Cosigned::Refused(409));
    two.suggest("再圆一句");
    two.seal();
    assert_eq!(outcome(&two, &door), Cosigned::Refused(422));
    one.suggest("一");
    one.suggest("二");
    one.seal();
    assert!(matches!(outcome(&one, &door), Cosigned::Added(_)));
    assert!(matches!(outcome(&two, &door), Cosigned::Ahead(_)), "the witness has seen more than this house has");
}
