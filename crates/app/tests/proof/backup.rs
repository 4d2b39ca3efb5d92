//! 备份 Backups: across databases, without secrets, with the epoch rule.

use crate::bundle::{exported, read};
use crate::place::{Place, VILLAGE, Village};
use crate::wire::{Cut, NextDoor, Site};
use age::secrecy::ExposeSecret;
use app::backup::{BackupError, backup, forget, read_published, restore_over};
use app::bundle::For;
use app::verify::{Answer, Finding, Input, Item, Options, Since, Span, bundle, verify};
use app::{Failure, House, Keys, SeedFault};
use jiff::civil::date;
use record::{Note, Verifier};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

pub struct Kept {
    pub identity: String,
    pub recipient: String,
}

pub fn kept() -> Kept {
    let key = age::x25519::Identity::generate();
    Kept { identity: format!("# 交由镇里保管\n{}\n", key.to_string().expose_secret()), recipient: key.to_public().to_string() }
}

/// A village whose backup is older than its last published checkpoint: the backup, that checkpoint, and the size backed up.
struct Lost {
    village: Village,
    file: PathBuf,
    published: Note,
    backed_up: u64,
}

fn lost(place: &Place, kept: &Kept) -> Lost {
    let village = Village::at(place);
    let released = village.suggest("东坊巷的路灯不亮");
    village.release(released.matter);
    let backed_up = village.seal();
    let file = backup(&village.house, std::slice::from_ref(&kept.recipient), &place.folder).unwrap();
    village.suggest("备份以后的一条");
    village.suggest("备份以后的又一条");
    village.seal();
    let published = village.checkpoint();
    village.house.close();
    Lost { village, file, published, backed_up }
}

#[test]
fn a_backup_restores_on_either_database_and_a_shorter_record_says_so() {
    for place in Place::each() {
        let kept = kept();
        let Lost { village, file, published, backed_up } = lost(&place, &kept);
        let earlier = exported_before(&village);
        let targets = [Some(Place::new("cunwu.example/record", 1)), Place::on_postgres("cunwu.example/record", 1)];
        for target in targets.into_iter().flatten() {
            let parts = target.parts(Place::clock(date(2026, 10, 8)));
            let restored = restore_over(parts, &kept.identity, &file, std::slice::from_ref(&published), &Cut).unwrap();
            assert_eq!(restored.reopened.len(), 1, "{:?}", restored.reopened);
            let line = &restored.reopened[0];
            assert_eq!((line.unit, line.seq, line.published, line.epoch), (village.unit, backed_up as i64, backed_up + 2, 1));
            assert_eq!(restored.unknown, [village.unit.parent().unwrap()], "nobody says what the town had published");
            let back = Village { house: restored.house, ..like(&village) };
            assert!(app::audit::unit(&back.house, back.unit).unwrap().is_clean());
            back.suggest("恢复以后的一条");
            back.seal();
            verify_reopened(&village, &back, backed_up, &published, &earlier);
            assert_eq!(app::backup::reopen(&back.house, std::slice::from_ref(&published)).unwrap(), [], "once is enough");
        }
    }
}

fn exported_before(village: &Village) -> Vec<u8> {
    exported(village, For::Public)
}

fn like(village: &Village) -> Village {
    Village {
        house: village.house.clone(),
        unit: village.unit,
        committee: village.committee,
        resident: village.resident.clone(),
        clerk: village.clerk.clone(),
        officer: village.officer.clone(),
    }
}

/// What strangers see of a record that was reopened.
fn verify_reopened(before: &Village, back: &Village, kept: u64, published: &Note, earlier: &[u8]) {
    let origin = back.checkpoint().text.lines().next().unwrap().to_owned();
    assert_eq!(origin, "cunwu.example/record/441900121014/1");
    let bytes = exported(back, For::Public);
    assert!(read(&bytes).1[kept as usize].body.as_ref().unwrap().contains("restored"), "the first line of the new epoch says so");
    let old_key = Verifier::parse(&before.house.keys.signer(before.unit, &before.house.origin(before.unit, 0)).unwrap().vkey()).unwrap();
    let lost = Finding::Lost { at: Span { first: kept, last: kept + 1 }, by: kept };
    let mut options = Options::new(&Cut);
    options.keys = vec![old_key];
    let report = bundle(&*bytes, &options);
    assert_eq!(report.answer, Answer::Missing, "{report:?}");
    assert!(report.findings.contains(&lost), "{report:?}");
    let signed = Finding::Intact { item: Item::Signature, count: 1 };
    assert!(report.findings.contains(&signed), "the key on the old notice is still this unit's: {report:?}");
    for since in [published.to_text().as_bytes(), earlier] {
        options.since = Since::read(since).unwrap();
        let report = bundle(&*bytes, &options);
        assert_eq!(report.answer, Answer::Missing, "{report:?}");
        assert!(!report.findings.iter().any(|finding| matches!(finding, Finding::Changed { .. })), "{report:?}");
    }
    let mut site = Site::of(back);
    let url = Input::of("https://village.example/u/441900121014");
    for offered in [true, false] {
        site.middleman = Box::new(move |path, answer| answer.filter(|_| offered || !path.ends_with("/bundle")));
        let options = Options { keys: options.keys.clone(), since: Since::read(earlier).unwrap(), ..Options::new(&site) };
        let report = verify(&url, &options);
        assert_eq!(report.findings.contains(&lost), offered, "{report:?}");
        assert!(!report.findings.iter().any(|finding| matches!(finding, Finding::Changed { .. })), "no false alarm: {report:?}");
    }
}

#[test]
fn a_backup_that_lost_nothing_goes_on_as_it_was() {
    let place = Place::new("cunwu.example/record", 1);
    let kept = kept();
    let village = Village::at(&place);
    village.seal();
    let out = place.folder.join("named.age");
    assert_eq!(backup(&village.house, std::slice::from_ref(&kept.recipient), &out).unwrap(), out);
    village.house.close();
    let target = Place::new("cunwu.example/record", 1);
    let notes = [village.checkpoint()];
    let restored = restore_over(target.parts(Place::clock(date(2026, 10, 8))), &kept.identity, &out, &notes, &Cut).unwrap();
    assert_eq!(restored.reopened, []);
    assert_eq!(restored.house.read(|tx| store::record::head(tx, village.unit)).unwrap().unwrap().frontier.root(), village.root());
    let back = Village { house: restored.house, ..like(&village) };
    back.suggest("接着来");
    back.seal();
    let mut options = Options::new(&Cut);
    options.since = Since::read(notes[0].to_text().as_bytes()).unwrap();
    options.keys = vec![Verifier::parse(&village.vkey()).unwrap()];
    assert_eq!(bundle(&*exported(&back, For::Public), &options).answer, Answer::Intact);
}

#[test]
fn witnesses_tell_a_restored_house_what_it_had_published() {
    let place = Place::new("cunwu.example/record", 1);
    let kept = kept();
    let Lost { village, file, published, backed_up } = lost(&place, &kept);
    let keys = Keys::new([77; 32]);
    let witness = app::witness::signer(&keys, "witness.example/humen").unwrap();
    let logs =
        app::witness::read_logs(&village.house.keys.signer(village.unit, &village.house.origin(village.unit, 0)).unwrap().vkey()).unwrap();
    let vkey = witness.witness_vkey();
    let mut state = app::witness::WitnessState::open(&place.folder.join("w"), witness, logs, Place::clock(date(2026, 9, 30))).unwrap();
    let request = record::Request { old: 0, proof: vec![], checkpoint: published };
    assert_eq!(app::witness::answer(&mut state, request.to_text().as_bytes()).0, 200);
    let target = Place::new("cunwu.example/record", 1);
    let mut parts = target.parts(Place::clock(date(2026, 10, 8)));
    parts.config.witness = vec![app::config::Witness { title: "镇党建办".into(), key: vkey, url: "https://witness.example/w".into() }];
    let restored = restore_over(parts, &kept.identity, &file, &[], &NextDoor(std::sync::Mutex::new(state))).unwrap();
    assert_eq!(restored.reopened.len(), 1);
    assert_eq!((restored.reopened[0].seq, restored.reopened[0].published), (backed_up as i64, backed_up + 2));
}

#[test]
fn a_backup_holds_no_secret_and_opens_for_its_keepers_only() {
    let place = Place::new("cunwu.example/record", 1);
    let kept = kept();
    let Lost { village, file, .. } = lost(&place, &kept);
    let sealed = fs::read(&file).unwrap();
    assert!(!contains(&sealed, "路灯".as_bytes()));
    let key: age::x25519::Identity = kept.identity.lines().last().unwrap().parse().unwrap();
    let open = age::decrypt(&key, &sealed).unwrap();
    assert!(!contains(&open, "路灯不亮".as_bytes()) && !contains(&open, "13800138000".as_bytes()), "personal texts stay encrypted inside");
    let seed = law::Digest([1; 32]).to_string();
    assert!(!contains(&open, seed.as_bytes()) && !contains(&open, &[1; 32]));
    assert!(!contains(&open, b"\"table\":\"session\""), "open sessions stay behind");
    village.house.close();

    let fresh = || Place::new("cunwu.example/record", 1);
    let attempt = |target: &Place, identity: &str, file: &std::path::Path| {
        restore_over(target.parts(Place::clock(date(2026, 10, 8))), identity, file, &[], &Cut).err()
    };
    assert!(matches!(attempt(&fresh(), "", &file), Some(BackupError::Identity(_))));
    assert!(matches!(attempt(&fresh(), &self::kept().identity, &file), Some(BackupError::Identity(_))));
    assert!(
        matches!(attempt(&Place::new("cunwu.example/record", 5), &kept.identity, &file), Some(BackupError::OtherHouse(_))),
        "another seed"
    );
    assert!(matches!(attempt(&Place::new("other.example/record", 1), &kept.identity, &file), Some(BackupError::OtherHouse(_))));
    assert!(matches!(attempt(&fresh(), &kept.identity, &file.with_extension("no")), Some(BackupError::Io(_))));
    let cut = place.folder.join("cut.age");
    fs::write(&cut, &sealed[..sealed.len() - 40]).unwrap();
    let target = fresh();
    assert!(attempt(&target, &kept.identity, &cut).is_some(), "a backup that was cut off");
    assert!(attempt(&target, &kept.identity, &file).is_none(), "and nothing of it stayed in the way");
    assert!(matches!(attempt(&target, &kept.identity, &file), Some(BackupError::NotEmpty)));
    let no = backup(&Place::new("x", 3).house(), &["age1nonsense".into()], &place.folder);
    assert!(matches!(no, Err(BackupError::Recipient(_))));
    assert!(matches!(backup(&Place::new("x", 3).house(), &[], &place.folder), Err(BackupError::Recipient(_))));
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_seed_file_that_is_missing_open_or_of_another_house_is_named() {
    let place = Place::new("cunwu.example/record", 1);
    let path = place.folder.join("seed");
    let wrong = |outcome: Result<(), Failure>| match outcome {
        Err(Failure::Seed { why, .. }) => why,
        other => panic!("the seed file is wrong: {other:?}"),
    };
    assert_eq!(wrong(Keys::read(&path).map(drop)), SeedFault::Missing);
    Keys::new([1; 32]).write(&path).unwrap();
    assert_eq!(wrong(Keys::new([2; 32]).write(&path)), SeedFault::Taken, "never over an existing one");
    assert!(Keys::read(&path).is_ok());
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    assert_eq!(wrong(Keys::read(&path).map(drop)), SeedFault::Open(0o644), "others may read it");
    place.house().close();
    let stranger = app::house::Parts { keys: Keys::new([9; 32]), ..place.parts(Place::clock(date(2026, 9, 30))) };
    assert_eq!(wrong(House::open(stranger).map(drop)), SeedFault::Other);
}

#[test]
fn backups_are_forgotten_after_thirty_five_days() {
    let place = Place::new("cunwu.example/record", 1);
    let names = [
        "cunwu-20260825T010000Z.age",
        "cunwu-20260826T010000Z.age",
        "cunwu-20260929T010000Z.age",
        "other-20200101T000000Z.age",
        "cunwu-1.age",
    ];
    names.iter().for_each(|name| fs::write(place.folder.join(name), "x").unwrap());
    let clock: Arc<dyn app::Clock> = Place::clock(date(2026, 9, 30));
    let gone = forget(&place.folder, clock.now()).unwrap();
    assert_eq!(gone, [place.folder.join(names[0])]);
    assert!(names[1..].iter().all(|name| place.folder.join(name).exists()));
}

#[test]
fn published_checkpoints_are_read_from_what_people_kept() {
    let place = Place::new("cunwu.example/record", 1);
    let village = Village::found(&place.house(), VILLAGE);
    village.seal();
    let folder = place.folder.join("published");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("checkpoint"), village.checkpoint().to_text()).unwrap();
    fs::write(folder.join("bundle.jsonl"), exported(&village, For::Public)).unwrap();
    let receipt = village.house.read(|tx| app::seal::receipt(tx, village.unit, 1)).unwrap().unwrap();
    fs::write(folder.join("one.tlog-proof"), receipt.to_text()).unwrap();
    fs::write(folder.join("readme"), "nothing of the kind").unwrap();
    assert_eq!(read_published(&folder).unwrap(), vec![village.checkpoint(); 3]);
}
