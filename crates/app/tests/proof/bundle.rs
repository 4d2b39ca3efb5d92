//! 村包 Bundles: what goes into which, and the way there and back.

use crate::place::{Place, VILLAGE, Village};
use app::bundle::{BundleError, For, Manifest, Reader, Row, export, import_bundle};
use app::{Failure, House};
use jiff::civil::date;
use law::UnitCode;
use std::fs;
use std::path::PathBuf;

pub fn exported(village: &Village, audience: For) -> Vec<u8> {
    let mut bytes = Vec::new();
    export(&village.house, village.unit, audience, &mut bytes).unwrap();
    bytes
}

pub fn read(bytes: &[u8]) -> (Manifest, Vec<Row>) {
    let (manifest, mut reader) = Reader::open(bytes).unwrap();
    (manifest, std::iter::from_fn(|| reader.next_row().unwrap()).collect())
}

/// A village with a released, an unreleased and an erased suggestion; their record numbers, and that of the deletion.
pub fn lived(place: &Place) -> (Village, [i64; 4]) {
    let village = Village::at(place);
    let released = village.suggest("东坊巷的路灯不亮");
    village.release(released.matter);
    let waiting = village.suggest("有一句不该公开的话");
    let erased = village.suggest("这一条后来依法删除");
    village.release(erased.matter);
    let by = village.erase(erased.matter);
    village.seal();
    (village, [released.seq, waiting.seq, erased.seq, by.seq])
}

fn file(place: &Place, bytes: &[u8]) -> PathBuf {
    let path = place.folder.join("bundle.jsonl");
    fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn a_public_bundle_has_what_everybody_may_read_and_no_more() {
    for place in Place::each() {
        let (village, [released, waiting, erased, by]) = lived(&place);
        village.suggest("还没有封存的一条");
        let bytes = exported(&village, For::Public);
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains("东坊巷的路灯不亮"));
        for secret in ["有一句不该公开的话", "这一条后来依法删除", "王志强", "13800138000", "还没有封存的一条"]
        {
            assert!(!text.contains(secret), "{secret}");
        }
        let (manifest, rows) = read(&bytes);
        assert_eq!((manifest.audience, manifest.unit), (For::Public, village.unit));
        assert!(!manifest.name.is_empty());
        assert_eq!(manifest.vkey, village.vkey());
        assert_eq!(rows.len() as u64, manifest.size, "as many lines as are signed");
        assert!(rows.iter().any(|row| row.body.is_none()), "persons are for officials");
        let row = |seq: i64| &rows[seq as usize];
        assert_eq!(row(released).personal.len(), 1);
        assert_eq!((row(waiting).personal.len(), row(waiting).erased.len()), (0, 0));
        assert!(row(erased).personal.is_empty() && row(erased).erased.iter().all(|gone| gone.seq == by as u64));
        assert!(!row(erased).erased.is_empty());
    }
}

#[test]
fn a_complete_bundle_comes_back_with_the_same_root() {
    for place in Place::each() {
        let (village, _) = lived(&place);
        village.suggest("还没有封存的一条");
        let bytes = exported(&village, For::Complete);
        let (root, unit) = (village.root(), village.unit);
        let elsewhere = [Some(Place::new("other.example/record", 2)), Place::on_postgres("other.example/record", 2)];
        for (other, same_log) in
            elsewhere.into_iter().flatten().map(|place| (place, false)).chain([(Place::new("cunwu.example/record", 1), true)])
        {
            let house = other.house_on(date(2026, 10, 8));
            let imported = import_bundle(&house, &file(&other, &bytes)).unwrap();
            assert_eq!((imported.root, imported.same_log, imported.unit), (root, same_log, unit));
            let findings = app::audit::unit(&house, unit).unwrap();
            assert!(findings.is_clean(), "{findings:?}");
            assert!(matches!(import_bundle(&house, &file(&other, &bytes)), Err(BundleError::NotEmpty)));
            let kept = house.read(|tx| app::seal::latest(tx, unit)).unwrap();
            assert_eq!(kept.is_some(), same_log, "checkpoints go along only with the log they are of");
            let back = Village { house: house.clone(), ..village_of(&village) };
            assert!(matches!(app::seal::seal(&house, unit).unwrap(), app::seal::Outcome::Signed(size) if size == imported.lines));
            let (ours, theirs) = (read(&bytes).1, read(&exported(&back, For::Complete)).1);
            assert_eq!(ours, theirs, "all contents and texts are there again");
            back.suggest("搬家以后第一条");
            back.seal();
            assert!(app::audit::unit(&house, unit).unwrap().is_clean());
        }
    }
}

fn village_of(village: &Village) -> Village {
    Village {
        house: village.house.clone(),
        unit: village.unit,
        committee: village.committee,
        resident: village.resident.clone(),
        clerk: village.clerk.clone(),
        officer: village.officer.clone(),
    }
}

#[test]
fn a_bundle_that_is_not_whole_or_not_true_is_not_taken_in() {
    let place = Place::new("cunwu.example/record", 1);
    let (village, [released, ..]) = lived(&place);
    let other = Place::new("other.example/record", 2);
    let house = other.house();
    let public = file(&other, &exported(&village, For::Public));
    assert!(matches!(import_bundle(&house, &public), Err(BundleError::NotComplete)));
    let bytes = exported(&village, For::Complete);
    let text = String::from_utf8(bytes.clone()).unwrap();
    let changed = file(&other, text.replace("东坊巷的路灯不亮", "东坊巷的路灯很亮").as_bytes());
    let Err(BundleError::Untrue(report)) = import_bundle(&house, &changed) else { panic!("a changed text was taken in") };
    assert!(serde_json::to_string(&report).unwrap().contains(&format!("\"first\":{released}")), "{report:?}");
    let cut: String = text.lines().take(6).map(|line| format!("{line}\n")).collect();
    assert!(matches!(import_bundle(&house, &file(&other, cut.as_bytes())), Err(BundleError::Untrue(_))));
    assert!(matches!(import_bundle(&house, &file(&other, b"{}\n")), Err(BundleError::Malformed { line: 1, .. })));
    assert_eq!(size(&house), 0, "nothing of all that stayed");
    let foreign = Place::new("cunwu.example/record", 9);
    let taken = import_bundle(&foreign.house(), &file(&foreign, &bytes));
    assert!(matches!(taken, Err(BundleError::Failure(Failure::Key { .. }))), "another seed under the same name: {taken:?}");
}

fn size(house: &House) -> u64 {
    let unit = UnitCode::parse(VILLAGE).unwrap();
    house.read(|tx| store::record::head(tx, unit)).unwrap().map_or(0, |head| head.frontier.size())
}

#[test]
fn nothing_signed_is_nothing_to_show() {
    let place = Place::new("cunwu.example/record", 1);
    let village = Village::at(&place);
    let outcome = export(&village.house, village.unit, For::Public, &mut Vec::new());
    assert!(matches!(outcome, Err(BundleError::NothingSealed)), "{outcome:?}");
    assert!(export(&village.house, village.unit, For::Complete, &mut Vec::new()).unwrap().lines > 0, "a unit may leave at any time");
}
