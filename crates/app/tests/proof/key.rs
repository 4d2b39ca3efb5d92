//! 换密钥 Changing the key: both keys sign for thirty days, strangers' tools with either key go on believing, and whoever pinned
//! the old key is led to the new one by the record itself.

use crate::backup::kept;
use crate::bundle::{exported, read};
use crate::place::{Place, VILLAGE, Village};
use crate::wire::{Cut, Site};
use app::backup::{backup, restore_over};
use app::bundle::{BundleError, For, import_bundle};
use app::house::Parts;
use app::signing::{Ring, begin, overview, spread};
use app::verify::{Answer, Finding, Input, Item, Options, Report, Since, Why, bundle, verify};
use app::{Asked, Clock, Failure, HandClock, House, Keys, SeedFault, SeededDice};
use jiff::civil::{Date, date};
use law::lead::mechanism;
use law::{Actor, AnyAct, Refusal, UnitCode, Who};
use record::{Checkpoint, Kind, Note, Signer, Verifier, note};
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

/// The day of the change; thirty days later is 2026-10-30.
const CHANGED: Date = date(2026, 9, 30);
const LAST: Date = date(2026, 10, 30);

struct Story {
    place: Place,
    clock: Arc<HandClock>,
    village: Village,
}

impl Story {
    /// A village with a sealed record under the first key.
    fn begin(place: Place) -> Self {
        let clock = Place::clock(CHANGED);
        let parts = place.parts(clock.clone());
        House::init(&parts, false).unwrap();
        let village = Village::found(&House::open(parts).unwrap(), VILLAGE);
        village.suggest("换钥匙以前的一条");
        seal_all(&village.house);
        Self { place, clock, village }
    }

    /// Changes the key as the command line does, from another process.
    fn change(&self) -> usize {
        let house = House::open(self.place.parts(self.clock.clone())).unwrap();
        begin(&house).unwrap();
        let written = spread(&house).unwrap();
        seal_all(&house);
        house.close();
        written
    }

    /// Turns the clock to the noon of a day.
    fn day(&self, day: Date) {
        self.clock.set(Place::clock(day).now() + jiff::SignedDuration::from_hours(3));
    }

    fn another(&self) -> Note {
        self.village.suggest("又一条");
        self.village.seal();
        self.village.checkpoint()
    }

    /// The village's key from a seed file; 0 is the first.
    fn signer(&self, number: usize) -> Signer {
        self.of(self.village.unit, number)
    }

    fn of(&self, unit: UnitCode, number: usize) -> Signer {
        let seed = match number {
            0 => [self.place.seed; 32],
            _ => {
                let text = std::fs::read_to_string(self.place.folder.join(format!("seed.{number}"))).unwrap();
                law::Digest::parse(text.lines().next().unwrap()).unwrap().0
            }
        };
        Keys::new(seed).signer(unit, &self.village.house.origin(unit, 0)).unwrap()
    }

    fn key(&self, number: usize) -> Verifier {
        self.signer(number).verifier(Kind::Plain)
    }

    /// What a stranger finds who pinned this key and brings nothing else.
    fn judge(&self, pinned: usize) -> Report {
        bundle(&*exported(&self.village, For::Public), &self.pinned(pinned))
    }

    fn pinned(&self, number: usize) -> Options<'static> {
        Options { keys: vec![self.key(number)], ..Options::new(&Cut) }
    }

    fn line(&self) -> u64 {
        let unit = self.village.unit;
        let ring = self.village.house.read(|tx| Ring::of(&self.village.house, tx, unit, 0)).unwrap();
        ring.lines().last().unwrap().seq.cast_unsigned()
    }
}

fn seal_all(house: &House) {
    for (unit, outcome) in app::seal::all(house).unwrap() {
        assert!(matches!(outcome, Ok(app::seal::Outcome::Signed(_) | app::seal::Outcome::Idle)), "{unit}: {outcome:?}");
    }
}

/// How many of these keys strangers' tools find under a checkpoint.
fn strangers(note: &Note, keys: &[&Signer]) -> usize {
    let text = note.to_text();
    let theirs = signed_note::Note::from_bytes(text.as_bytes()).unwrap();
    assert!(tlog_tiles::Checkpoint::from_bytes(theirs.text()).is_ok());
    let one = |key: &&Signer| -> Box<dyn signed_note::Verifier> { Box::new(signed_note::StandardVerifier::new(&key.vkey()).unwrap()) };
    let list = signed_note::VerifierList::new(keys.iter().map(one).collect());
    theirs.verify(&list).map_or(0, |(verified, _)| verified.len())
}

fn cannot(why: Why) -> Finding {
    Finding::CannotCheck { item: Item::Signature, why, count: 0 }
}

const SIGNED: Finding = Finding::Intact { item: Item::Signature, count: 1 };
const FORGED: Finding = Finding::Changed { item: Item::Signature, at: None };

#[test]
fn both_keys_sign_for_thirty_days_and_strangers_are_led_from_the_old_to_the_new() {
    for place in Place::each() {
        let story = Story::begin(place);
        let before = exported(&story.village, For::Public);
        assert_eq!(story.change(), 2, "the village and its town");
        let mode = std::fs::metadata(story.place.folder.join("seed.1")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let (old, new) = (story.signer(0), story.signer(1));

        // The house that was open all the while signs on, with both.
        for day in [CHANGED, LAST] {
            story.day(day);
            let note = story.another();
            assert_eq!((note.signatures.len(), strangers(&note, &[&old]), strangers(&note, &[&new])), (2, 1, 1), "{day}");
            assert_eq!(strangers(&note, &[&old, &new]), 2);
            assert_eq!(story.judge(1).answer, Answer::Intact);
            assert!(story.judge(1).findings.contains(&SIGNED));
            let report = story.judge(0);
            assert_eq!(report.answer, Answer::Intact, "{report:?}");
            assert!(report.findings.contains(&Finding::Followed { by: story.line() }), "{report:?}");
        }
        story.day(LAST.tomorrow().unwrap());
        let note = story.another();
        assert_eq!((note.signatures.len(), strangers(&note, &[&old]), strangers(&note, &[&new])), (1, 0, 1));

        let followed = Finding::Followed { by: story.line() };
        let report = story.judge(0);
        assert_eq!((report.answer, report.findings.contains(&followed)), (Answer::Intact, true), "{report:?}");
        let site = Site::of(&story.village);
        let url = Input::of("https://village.example/u/441900121014");
        let report = verify(&url, &Options { keys: vec![story.key(0)], ..Options::new(&site) });
        assert_eq!((report.answer, report.findings.contains(&followed)), (Answer::Intact, true), "{report:?}");
        let since = Options { since: Since::read(&*before).unwrap(), ..Options::new(&Cut) };
        let report = bundle(&*exported(&story.village, For::Public), &since);
        assert_eq!((report.answer, report.findings.contains(&followed)), (Answer::Intact, true), "an earlier bundle pins: {report:?}");

        assert!(app::audit::unit(&story.village.house, story.village.unit).unwrap().is_clean());
        app::audit::rebuild(&story.village.house, story.village.unit).unwrap();
        let seq = story.line().cast_signed();
        let line = app::read::record::line(&story.village.house, story.village.unit, seq, &app::read::Reader::public()).unwrap().unwrap();
        assert_eq!(line.checks.signed, Some(true));
    }
}

#[test]
fn without_a_tree_that_the_old_key_signed_the_new_one_is_not_believed() {
    let story = Story::begin(Place::new("cunwu.example/record", 1));
    story.change();
    let both = story.village.checkpoint();
    story.day(LAST.tomorrow().unwrap());
    story.another();
    let honest = exported(&story.village, For::Public);
    let (mut manifest, _) = read(&honest);
    manifest.earlier.clear();
    let rows = &honest[honest.iter().position(|byte| *byte == b'\n').unwrap()..];
    let bare = [serde_json::to_vec(&manifest).unwrap(), rows.to_vec()].concat();
    let report = bundle(&*bare, &story.pinned(0));
    assert_eq!((report.answer, report.findings.contains(&cannot(Why::KeyUnproved))), (Answer::CannotCheck, true), "{report:?}");
    assert!(bundle(&*bare, &story.pinned(1)).findings.contains(&SIGNED), "who pinned the new key needs no proof");
    let kept = Options { since: Since::read(both.to_text().as_bytes()).unwrap(), ..story.pinned(0) };
    let report = bundle(&*bare, &kept);
    assert!(
        report.findings.contains(&Finding::Followed { by: story.line() }),
        "a checkpoint that the reader kept proves it too: {report:?}"
    );

    let site = {
        let mut site = Site::of(&story.village);
        site.middleman = Box::new(|path, answer| answer.filter(|_| !path.ends_with("/bundle")));
        site
    };
    let url = Input::of("https://village.example/u/441900121014");
    let report = verify(&url, &Options { keys: vec![story.key(0)], ..Options::new(&site) });
    assert!(report.findings.contains(&cannot(Why::OtherSigner)), "without contents nobody can tell: {report:?}");
    let receipt = story.village.house.read(|tx| app::seal::receipt(tx, story.village.unit, 3)).unwrap().unwrap();
    let path = story.place.folder.join("receipt.tlog-proof");
    std::fs::write(&path, receipt.to_text()).unwrap();
    let report = verify(&Input::File(path), &story.pinned(0));
    assert!(report.findings.contains(&cannot(Why::OtherSigner)), "nor from a receipt: {report:?}");
}

/// Signs the record as it stands with these keys only, as a thief of them would.
fn resealed(story: &Story, signers: &[&Signer]) {
    let (unit, head) = (story.village.unit, story.village.house.read(|tx| store::record::head(tx, story.village.unit)).unwrap().unwrap());
    let size = head.frontier.size();
    let checkpoint = Checkpoint { origin: story.village.house.origin(unit, 0), size, root: head.frontier.root(), extensions: vec![] };
    let note = note::sign(&checkpoint.to_text(), signers).unwrap().to_text();
    story.village.house.beside(move |tx| store::record::keep_checkpoint(tx, unit, 0, size.cast_signed(), &note, 0)).unwrap();
}

#[test]
fn a_key_that_was_replaced_can_neither_sign_alone_nor_hand_on() {
    let story = Story::begin(Place::new("cunwu.example/record", 1));
    story.change();
    story.day(LAST.tomorrow().unwrap());
    story.village.suggest("旧钥匙落到别人手里");
    resealed(&story, &[&story.signer(0)]);
    let report = story.judge(0);
    assert!(report.findings.contains(&FORGED), "the record says that another key signs: {report:?}");

    let thief = Keys::new([99; 32]).signer(story.village.unit, &story.village.house.origin(story.village.unit, 0)).unwrap();
    let hand_on = mechanism::Act::ChangeKey { was: None, key: thief.vkey() };
    let asked = Asked::new(AnyAct::Mechanism(hand_on), Actor::new(Who::Keeper));
    story.village.house.enact(story.village.unit, asked).unwrap();
    resealed(&story, &[&story.signer(0), &thief]);
    let report = story.judge(0);
    assert_eq!((report.answer, report.findings.contains(&cannot(Why::KeyUnproved))), (Answer::CannotCheck, true), "{report:?}");
    resealed(&story, &[&story.signer(1), &thief]);
    assert!(story.judge(0).findings.contains(&Finding::Followed { by: story.line() }), "from the first to the second to the third");
}

#[test]
fn a_change_that_was_stopped_half_way_is_finished_and_nothing_happens_twice() {
    for place in Place::each() {
        let story = Story::begin(place);
        let house = &story.village.house;
        let path = story.place.folder.join("seed.1");
        // A process died after it wrote the file.
        std::fs::write(&path, format!("{}\n2026-09-30T01:00:00Z\n", law::Digest([5; 32]))).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
        assert_eq!(story.another().signatures.len(), 1, "nobody signs with a seed that was not taken into use");
        assert_eq!(begin(house).unwrap(), 1);
        // It died again before any record knew. A record that begins now begins with the new key; the others keep theirs.
        let younger = Village::found(house, "441900121012");
        younger.seal();
        assert_eq!(strangers(&younger.checkpoint(), &[&story.of(younger.unit, 1)]), 1);
        let note = story.another();
        assert_eq!((note.signatures.len(), strangers(&note, &[&story.signer(0)])), (1, 1));
        assert_eq!(overview(house).unwrap().pending, 2);
        // It died a third time after the first record.
        let act = mechanism::Act::ChangeKey { was: Some(story.signer(0).vkey()), key: story.signer(1).vkey() };
        let asked = Asked::new(AnyAct::Mechanism(act), Actor::new(Who::Keeper));
        house.enact(story.village.unit, asked.clone()).unwrap();
        assert!(matches!(house.enact(story.village.unit, asked), Err(Failure::Refused(Refusal::AlreadyExists))));
        assert_eq!((begin(house).unwrap(), spread(house).unwrap()), (1, 1), "only the town was left");
        assert_eq!((overview(house).unwrap().pending, spread(house).unwrap()), (0, 0));
        assert_eq!(story.another().signatures.len(), 2);
        younger.suggest("新档案只用新钥匙");
        younger.seal();
        assert_eq!(younger.checkpoint().signatures.len(), 1);

        assert_eq!((begin(house).unwrap(), spread(house).unwrap()), (2, 3), "said once more, it is another change");
        let note = story.another();
        assert_eq!(strangers(&note, &[&story.signer(0), &story.signer(1), &story.signer(2)]), 3, "all whose days are not over");
        let seeds = overview(house).unwrap();
        assert_eq!(seeds.both_until, Some(LAST));
        assert!(seeds.seeds.iter().all(|seed| seed.needed_by > 0), "{seeds:?}");
        seal_all(house);
        story.day(LAST.tomorrow().unwrap());
        story.another();
        let needed: Vec<usize> = overview(house).unwrap().seeds.iter().map(|seed| seed.needed_by).collect();
        assert_eq!(needed, [0, 0, 3], "the first is kept for the personal columns, the second may go");
        std::fs::remove_file(&path).unwrap();
        House::open(story.place.parts(story.clock.clone())).unwrap().close();
        assert_eq!(story.judge(0).answer, Answer::Intact, "two steps, each borne out by the key before");
    }
}

#[test]
fn a_seed_that_is_missing_wrong_or_lost_is_named_and_a_lost_one_can_be_replaced() {
    let story = Story::begin(Place::new("cunwu.example/record", 1));
    story.change();
    let open = || House::open(story.place.parts(story.clock.clone()));
    let path = story.place.folder.join("seed.1");
    let whole = std::fs::read(&path).unwrap();
    let says = |fault: SeedFault| {
        let Err(Failure::Seed { path: said, why: found }) = open() else { panic!("opened") };
        assert_eq!((said, found), (path.clone(), fault));
    };
    std::fs::write(&path, format!("{}\n2026-09-30T01:00:00Z\n", law::Digest([6; 32]))).unwrap();
    says(SeedFault::Other);
    std::fs::write(&path, "not a seed\n").unwrap();
    says(SeedFault::Malformed);
    std::fs::write(&path, [&whole[..65], b"yesterday\n"].concat()).unwrap();
    says(SeedFault::Malformed);
    std::fs::write(&path, &whole).unwrap();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
    says(SeedFault::Open(0o644));
    let lost = story.key(1);
    std::fs::remove_file(&path).unwrap();
    says(SeedFault::Missing);

    let other_dice = Arc::new(SeededDice::new(77));
    let house = House::open_without_newest_seed(Parts { dice: other_dice, ..story.place.parts(story.clock.clone()) }).unwrap();
    assert!(matches!(app::seal::seal(&house, story.village.unit), Ok(app::seal::Outcome::Idle)));
    assert_eq!((begin(&house).unwrap(), spread(&house).unwrap()), (2, 2));
    seal_all(&house);
    house.close();
    let village = Village { house: open().unwrap(), ..story.village };
    let bytes = exported(&village, For::Public);
    let report = bundle(&*bytes, &Options { keys: vec![lost], ..Options::new(&Cut) });
    assert!(report.findings.contains(&cannot(Why::KeyUnproved)), "the lost key could not bear it out: a new notice is needed: {report:?}");
    let new = Verifier::parse(&read(&bytes).0.vkey).unwrap();
    assert_eq!(bundle(&*bytes, &Options { keys: vec![new], ..Options::new(&Cut) }).answer, Answer::Intact);
}

#[test]
fn a_record_moves_with_its_keys_or_not_at_all() {
    let story = Story::begin(Place::new("cunwu.example/record", 1));
    story.change();
    let bytes = exported(&story.village, For::Complete);
    let moved = |with_seed: bool| {
        let place = Place::new("cunwu.example/record", 1);
        if with_seed {
            std::fs::copy(story.place.folder.join("seed.1"), place.folder.join("seed.1")).unwrap();
        }
        let file = place.folder.join("bundle.jsonl");
        std::fs::write(&file, &bytes).unwrap();
        let house = place.house_on(CHANGED.tomorrow().unwrap());
        let imported = import_bundle(&house, &file);
        (place, house, imported)
    };
    let (_place, _house, refused) = moved(false);
    assert!(matches!(refused, Err(BundleError::Failure(Failure::Key { .. }))), "{refused:?}");
    let (_place, house, imported) = moved(true);
    assert!(imported.unwrap().same_log);
    let back = Village { house, ..story.village };
    back.suggest("搬家以后第一条");
    back.seal();
    assert_eq!(back.checkpoint().signatures.len(), 2, "the days go on");
}

#[test]
fn a_change_that_was_lost_with_the_lines_after_a_backup_is_said_again() {
    for place in Place::each() {
        let story = Story::begin(place);
        let kept = kept();
        let file = backup(&story.village.house, std::slice::from_ref(&kept.recipient), &story.place.folder).unwrap();
        story.change();
        story.another();
        let (old, new) = (story.key(0), story.key(1));
        let (published, both) = (story.village.checkpoint(), exported(&story.village, For::Public));
        story.village.house.close();
        let target = Place::new("cunwu.example/record", 1);
        std::fs::copy(story.place.folder.join("seed.1"), target.folder.join("seed.1")).unwrap();
        let parts = target.parts(Place::clock(date(2026, 10, 8)));
        let restored = restore_over(parts, &kept.identity, &file, std::slice::from_ref(&published), &Cut).unwrap();
        assert_eq!(restored.reopened.len(), 1, "{:?}", restored.reopened);
        let village = Village { house: restored.house, ..story.village };
        village.seal();
        assert_eq!(village.checkpoint().signatures.len(), 2, "the old key leads to the new in the new epoch too");
        let seen = |key: &Verifier, since: Option<Since>| {
            let options = Options { keys: vec![key.clone()], since, ..Options::new(&Cut) };
            bundle(&*exported(&village, For::Public), &options)
        };
        let by = restored.reopened[0].seq.cast_unsigned() + 1;
        for (key, signed) in [(old, Finding::Followed { by }), (new, SIGNED)] {
            let report = seen(&key, None);
            assert!(report.findings.contains(&signed), "{report:?}");
            let report = seen(&key, Since::read(&*both).unwrap());
            assert_eq!(report.answer, Answer::Missing, "lines are lost, and it says so: {report:?}");
            assert!(!report.findings.contains(&FORGED), "{report:?}");
        }
    }
}
