//! 核验 Verification: whatever is done to a record behind its house's back, a stranger with a bundle names it.

use crate::bundle::{exported, lived, read};
use crate::place::{Place, Village};
use crate::wire::{Cut, Site, serve};
use app::bundle::For;
use app::verify::{Answer, Finding, Input, Item, Options, Report, Since, Span, Subject, Why, bundle, read_keys, verify};
use app::wire::Web;
use record::Verifier;
use std::fs;

fn pinned<'a>(village: &Village) -> Options<'a> {
    Options { keys: vec![Verifier::parse(&village.vkey()).unwrap()], ..Options::new(&Cut) }
}

fn check(village: &Village, audience: For) -> Report {
    bundle(&*exported(village, audience), &pinned(village))
}

fn changed(item: Item, seq: i64) -> Finding {
    Finding::Changed { item, at: Some(Span::one(seq as u64)) }
}

fn missing(item: Item, seq: i64) -> Finding {
    Finding::Missing { item, at: Span::one(seq as u64) }
}

fn intact(report: &Report, item: Item) -> bool {
    report.findings.iter().any(|finding| matches!(finding, Finding::Intact { item: of, .. } if *of == item))
}

#[test]
fn an_honest_bundle_is_intact_and_says_what_was_erased() {
    for place in Place::each() {
        let (village, [_, _, erased, by]) = lived(&place);
        for audience in [For::Public, For::Complete] {
            let report = check(&village, audience);
            assert_eq!(report.answer, Answer::Intact, "{report:?}");
            for item in [Item::Line, Item::Content, Item::Text, Item::Tree, Item::Signature] {
                assert!(intact(&report, item), "{item:?} in {report:?}");
            }
            assert!(report.findings.contains(&Finding::Erased { at: erased as u64, by: by as u64 }), "{report:?}");
            let closed = report.findings.iter().any(|finding| matches!(finding, Finding::CannotCheck { why: Why::NotPublic, .. }));
            assert_eq!(closed, audience == For::Public);
        }
    }
}

#[test]
fn without_a_pinned_key_the_signature_cannot_be_checked_and_contents_can() {
    let place = Place::new("cunwu.example/record", 1);
    let (village, _) = lived(&place);
    let bytes = exported(&village, For::Public);
    let report = bundle(&*bytes, &Options::new(&Cut));
    assert_eq!(report.answer, Answer::CannotCheck);
    assert!(report.findings.contains(&Finding::CannotCheck { item: Item::Signature, why: Why::NoPinnedKey, count: 0 }));
    assert!(intact(&report, Item::Content) && intact(&report, Item::Tree));

    let other = Place::new("cunwu.example/record", 7);
    let forger = Village::at(&other);
    forger.seal();
    let mut options = Options::new(&Cut);
    options.keys = read_keys(format!("公告栏上的公钥：\n{}\n", forger.vkey()).as_bytes()).unwrap();
    let report = bundle(&*bytes, &options);
    assert!(report.findings.contains(&Finding::Changed { item: Item::Signature, at: None }), "same origin, another key: {report:?}");
    options.keys = read_keys(village.vkey().replace("441900121014", "441900121015").as_bytes()).unwrap();
    assert!(options.keys.is_empty(), "a vkey with another name is no key");
    let twelve = Village::found(&village.house, "441900121012");
    options.keys = read_keys(twelve.vkey().as_bytes()).unwrap();
    let report = bundle(&*bytes, &options);
    assert!(report.findings.contains(&Finding::CannotCheck { item: Item::Signature, why: Why::OtherKey, count: 0 }), "{report:?}");
    options.keys = read_keys(&*bytes).unwrap();
    assert_eq!(options.keys.len(), 1, "an earlier bundle is a key too");
    assert_eq!(bundle(&*bytes, &options).answer, Answer::Intact);
}

#[test]
fn one_changed_byte_in_the_database_is_named() {
    for place in Place::each() {
        let (village, [released, _, _, _]) = lived(&place);
        let (unit, seq) = (village.unit.into(), released.into());
        let row = [unit, seq];

        place.flip("entry", "body", 40, "unit = $1 AND seq = $2", &row);
        let report = check(&village, For::Public);
        assert_eq!(report.answer, Answer::Changed);
        assert!(report.findings.contains(&changed(Item::Content, released)), "{report:?}");
        assert!(intact(&report, Item::Tree), "only the content was touched");
        place.flip("entry", "body", 40, "unit = $1 AND seq = $2", &row);

        for at in [8, 20, 34, 55, 70, 90] {
            place.flip("entry", "line", at, "unit = $1 AND seq = $2", &row);
            let report = check(&village, For::Public);
            let named = report.findings.iter().any(|finding| match finding {
                Finding::Changed { at: Some(span), .. } | Finding::Missing { at: span, .. } => span.first == released as u64,
                _ => false,
            });
            assert_eq!(report.answer, Answer::Changed, "byte {at}: {report:?}");
            assert!(named, "byte {at}: {report:?}");
            place.flip("entry", "line", at, "unit = $1 AND seq = $2", &row);
        }

        let text = read(&exported(&village, For::Public)).1[released as usize].personal[0].at;
        place.flip("personal", "cipher", 3, "unit = $1 AND ref = $2", &[unit_of(&village), text.0.into()]);
        assert!(check(&village, For::Public).findings.contains(&missing(Item::Text, released)), "a text that does not open is missing");
        place.flip("personal", "cipher", 3, "unit = $1 AND ref = $2", &[unit_of(&village), text.0.into()]);
        place.flip("personal", "salt", 3, "unit = $1 AND ref = $2", &[unit_of(&village), text.0.into()]);
        assert!(check(&village, For::Public).findings.contains(&changed(Item::Text, released)), "another salt gives another reference");
        place.flip("personal", "salt", 3, "unit = $1 AND ref = $2", &[unit_of(&village), text.0.into()]);
        assert_eq!(check(&village, For::Public).answer, Answer::Intact, "all is as it was");
    }
}

fn unit_of(village: &Village) -> store::Value {
    village.unit.into()
}

#[test]
fn what_is_missing_is_named_by_its_numbers() {
    for place in Place::each() {
        let (village, [released, ..]) = lived(&place);
        let text = read(&exported(&village, For::Public)).1[released as usize].personal[0].at;
        place.tamper("DELETE FROM personal WHERE unit = $1 AND ref = $2", &[unit_of(&village), text.0.into()]);
        let report = check(&village, For::Public);
        assert!(report.findings.contains(&missing(Item::Text, released)), "no line deleted it: {report:?}");
        place.tamper("INSERT INTO erased (unit, ref, seq) VALUES ($1, $2, $3)", &[unit_of(&village), text.0.into(), 3_i64.into()]);
        let report = check(&village, For::Public);
        assert!(report.findings.contains(&missing(Item::Text, released)), "the house only says that a line did: {report:?}");

        place.tamper("DELETE FROM entry WHERE unit = $1 AND seq IN (4, 5)", &[unit_of(&village)]);
        let report = check(&village, For::Public);
        assert_eq!(report.answer, Answer::Missing);
        assert!(report.findings.contains(&Finding::Missing { item: Item::Line, at: Span { first: 4, last: 5 } }), "{report:?}");
        assert!(report.findings.contains(&Finding::CannotCheck { item: Item::Tree, why: Why::LinesMissing, count: 0 }));
    }
}

#[test]
fn a_bundle_that_was_edited_says_where() {
    let place = Place::new("cunwu.example/record", 1);
    let (village, [released, ..]) = lived(&place);
    let bytes = exported(&village, For::Public);
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let judge = |lines: &[&str]| bundle(lines.join("\n").as_bytes(), &pinned(&village));
    let swapped = {
        let mut lines = lines.clone();
        lines.swap(3, 4);
        judge(&lines)
    };
    assert!(swapped.findings.contains(&missing(Item::Line, 2)) && swapped.findings.contains(&changed(Item::Line, 2)), "{swapped:?}");
    let cut = judge(&lines[..lines.len() - 2]);
    let size = lines.len() as u64 - 1;
    assert!(cut.findings.contains(&Finding::Missing { item: Item::Line, at: Span { first: size - 2, last: size - 1 } }), "{cut:?}");
    let half = &lines[6][..30];
    let broken = judge(&[&lines[..6], &[half], &lines[7..]].concat());
    assert!(broken.findings.contains(&changed(Item::Line, 5)), "{broken:?}");
    let withheld = text.replace("东坊巷的路灯不亮", "");
    assert!(bundle(withheld.as_bytes(), &pinned(&village)).findings.contains(&changed(Item::Text, released)));
    let garbage = bundle(&b"\xff\xfe"[..], &pinned(&village));
    assert_eq!((garbage.answer, garbage.findings.len()), (Answer::CannotCheck, 1));
}

/// A house that rewrites its own record, with its own key, and seals again.
fn rewritten(place: &Place, village: &Village, seq: i64) {
    let line = read(&exported(village, For::Complete)).1[seq as usize].clone();
    let body = line.body.unwrap().replace("\"received\":\"2026-09-30\"", "\"received\":\"2026-09-29\"");
    let digest = law::Digest::of(&[body.as_bytes()]).to_string();
    let start = line.line.len() - 64;
    let line = format!("{}{digest}", &line.line[..start]);
    place.tamper(
        "UPDATE entry SET line = $3, body = $4 WHERE unit = $1 AND seq = $2",
        &[village.unit.into(), seq.into(), line.as_bytes().into(), body.as_bytes().into()],
    );
    let leaves = read(&exported(village, For::Complete)).1.iter().map(|row| record::leaf(row.line.as_bytes())).collect::<Vec<_>>();
    let mut tree = record::Frontier::new();
    leaves.iter().for_each(|leaf| drop(tree.push(*leaf)));
    let origin = village.house.origin(village.unit, 0);
    let signer = village.house.keys.signer(village.unit, &origin).unwrap();
    let checkpoint = record::Checkpoint { origin, size: tree.size(), root: tree.root(), extensions: vec![] };
    let note = record::note::sign(&checkpoint.to_text(), &[&signer]).unwrap().to_text();
    place.tamper("DELETE FROM checkpoint WHERE unit = $1", &[village.unit.into()]);
    let (unit, size) = (village.unit, tree.size().cast_signed());
    village.house.beside(move |tx| store::record::keep_checkpoint(tx, unit, 0, size, &note, 0)).unwrap();
}

#[test]
fn a_house_that_rewrites_its_record_is_caught_by_an_earlier_state() {
    let place = Place::new("cunwu.example/record", 1);
    let (village, [released, ..]) = lived(&place);
    let earlier = exported(&village, For::Public);
    let note = village.checkpoint().to_text();
    village.suggest("后来的一条");
    village.seal();
    let with = |since: &[u8]| Options { since: Since::read(since).unwrap(), ..pinned(&village) };
    for since in [&*earlier, note.as_bytes()] {
        let report = bundle(&*exported(&village, For::Public), &with(since));
        assert_eq!(report.answer, Answer::Intact, "{report:?}");
        assert!(intact(&report, Item::History));
    }
    let mut unpinned = Options::new(&Cut);
    unpinned.since = Since::read(&*earlier).unwrap();
    assert_eq!(bundle(&*exported(&village, For::Public), &unpinned).answer, Answer::Intact, "an earlier bundle pins its key");
    let backwards = bundle(&*earlier, &with(village.checkpoint().to_text().as_bytes()));
    assert_eq!(backwards.answer, Answer::Missing, "the same log shows less than it signed: {backwards:?}");

    rewritten(&place, &village, released);
    let forged = exported(&village, For::Public);
    assert_eq!(bundle(&*forged, &pinned(&village)).answer, Answer::Intact, "in itself it is one whole record");
    let report = bundle(&*forged, &with(note.as_bytes()));
    assert!(matches!(report.findings[0], Finding::Changed { item: Item::History, at: Some(_) }), "{report:?}");
    let report = bundle(&*forged, &with(&earlier));
    assert!(report.findings.contains(&changed(Item::History, released)), "an earlier bundle names the number: {report:?}");
}

#[test]
fn earlier_checkpoints_in_a_bundle_narrow_a_change_down() {
    let place = Place::new("cunwu.example/record", 1);
    let village = Village::at(&place);
    let sizes: Vec<u64> = (0..4)
        .map(|n| {
            village.suggest(&format!("第{n}条"));
            village.seal()
        })
        .collect();
    let seq = sizes[1] as i64;
    let row = read(&exported(&village, For::Complete)).1[seq as usize].clone();
    let bytes = String::from_utf8(exported(&village, For::Complete)).unwrap();
    let body = row.body.unwrap().replace("\"v\":1", "\"v\":2");
    let line = format!("{}{}", &row.line[..row.line.len() - 64], law::Digest::of(&[body.as_bytes()]));
    let old = serde_json::to_string(&read(bytes.as_bytes()).1[seq as usize]).unwrap();
    let new =
        serde_json::to_string(&app::bundle::Row { line, body: Some(body), ..read(bytes.as_bytes()).1[seq as usize].clone() }).unwrap();
    let report = bundle(bytes.replace(&old, &new).as_bytes(), &pinned(&village));
    let span = Span { first: sizes[1], last: sizes[2] - 1 };
    assert!(report.findings.contains(&Finding::Changed { item: Item::Tree, at: Some(span) }), "{report:?}");
}

#[test]
fn a_site_is_verified_over_the_wire() {
    let place = Place::new("cunwu.example/record", 1);
    let (village, [released, ..]) = lived(&place);
    village.suggest_many(260);
    village.seal();
    let url = Input::of("https://village.example/u/441900121014");
    let key = vec![Verifier::parse(&village.vkey()).unwrap()];
    let mut site = Site::of(&village);
    let judge = |site: &Site| verify(&url, &Options { keys: key.clone(), ..Options::new(site) });
    let report = judge(&site);
    assert_eq!((report.answer, report.subject), (Answer::Intact, Subject::Site), "{report:?}");
    assert_eq!(report.lines.to_string(), village.checkpoint().text.lines().nth(1).unwrap());
    let record = verify(&Input::of("https://village.example/record/441900121014"), &Options { keys: key.clone(), ..Options::new(&site) });
    assert_eq!(record, report);

    site.middleman = Box::new(|path, answer| answer.filter(|_| !path.ends_with("/bundle")));
    assert_eq!(judge(&site).answer, Answer::CannotCheck, "no contents");
    site.middleman = Box::new(|path, answer| answer.filter(|_| !path.contains("entries/000")));
    let report = judge(&site);
    assert!(report.findings.contains(&Finding::Missing { item: Item::Line, at: Span { first: 0, last: 255 } }), "{report:?}");
    site.middleman = Box::new(|path, answer| answer.map(|bytes| if path.contains("entries/000") { spoilt(bytes) } else { bytes }));
    let report = judge(&site);
    assert!(report.findings.contains(&Finding::Changed { item: Item::Line, at: Some(Span { first: 0, last: 255 }) }), "{report:?}");
    site.middleman = Box::new(|path, answer| {
        let other = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace("东坊巷", "西坊巷").into_bytes();
        answer.map(|bytes| if path.ends_with("/bundle") { other(bytes) } else { bytes })
    });
    assert!(judge(&site).findings.contains(&changed(Item::Text, released)));

    let real = serve(Site::of(&village));
    let web = Web::new();
    let options = Options { keys: key, ..Options::new(&web) };
    assert_eq!(verify(&Input::of(&format!("{real}/u/441900121014/")), &options).answer, Answer::Intact);
    assert_eq!(verify(&Input::of(&format!("{real}/u/441900121015")), &options).answer, Answer::CannotCheck);
    let nobody = verify(&url, &Options::new(&Cut));
    assert_eq!(nobody.findings, [Finding::CannotCheck { item: Item::Source, why: Why::NoNetwork, count: 0 }]);
}

/// Flips a digit of the first line's digest.
fn spoilt(mut bytes: Vec<u8>) -> Vec<u8> {
    let length = usize::from(u16::from_be_bytes([bytes[0], bytes[1]]));
    bytes[1 + length] = if bytes[1 + length] == b'0' { b'1' } else { b'0' };
    bytes
}

#[test]
fn a_receipt_is_verified_with_nothing_else() {
    let place = Place::new("cunwu.example/record", 1);
    let (village, [released, ..]) = lived(&place);
    let receipt = village.house.read(|tx| app::seal::receipt(tx, village.unit, released)).unwrap().unwrap();
    let body = read(&exported(&village, For::Public)).1[released as usize].body.clone().unwrap();
    let path = place.folder.join("receipt.tlog-proof");
    fs::write(&path, receipt.to_text()).unwrap();
    let input = Input::File(path.clone());
    let mut options = pinned(&village);
    let report = verify(&input, &options);
    assert_eq!((report.answer, report.seq, report.subject), (Answer::CannotCheck, Some(released as u64), Subject::Receipt));
    options.body = Some(format!("{body}\n").into_bytes());
    let report = verify(&input, &options);
    assert_eq!(report.answer, Answer::Intact, "{report:?}");
    options.body = Some(body.replace("web", "box").into_bytes());
    assert!(verify(&input, &options).findings.contains(&changed(Item::Content, released)));
    options.body = None;
    options.since = Since::read(village.checkpoint().to_text().as_bytes()).unwrap();
    assert!(intact(&verify(&input, &options), Item::History));

    let other =
        record::Receipt { extra: receipt.extra.iter().map(|byte| if *byte == b'9' { b'8' } else { *byte }).collect(), ..receipt.clone() };
    fs::write(&path, other.to_text()).unwrap();
    assert_eq!(verify(&input, &pinned(&village)).answer, Answer::Changed);
    fs::write(&path, record::Receipt { extra: vec![], ..receipt }.to_text()).unwrap();
    assert!(verify(&input, &pinned(&village)).findings.contains(&Finding::CannotCheck { item: Item::Line, why: Why::NoEntry, count: 1 }));
    fs::write(&path, "no receipt").unwrap();
    assert_eq!(verify(&input, &pinned(&village)).subject, Subject::Unknown);
    assert_eq!(verify(&Input::of("no/such/file"), &pinned(&village)).answer, Answer::CannotCheck);
}

/// Whatever byte of a row is changed, the whole is never called intact, and nothing panics.
#[test]
fn no_changed_byte_goes_unseen() {
    let place = Place::new("cunwu.example/record", 1);
    let (village, _) = lived(&place);
    for audience in [For::Public, For::Complete] {
        let honest = exported(&village, audience);
        let manifest = honest.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        let labels = label_places(&honest);
        let dice = app::SeededDice::new(7);
        for _ in 0..600 {
            let bits = app::Dice::bits(&dice);
            let at = manifest + (bits >> 16) as usize % (honest.len() - manifest);
            if labels.iter().any(|range| range.contains(&at)) {
                continue; // a label only tells import where a text belongs; the entry itself is believed
            }
            let mut bytes = honest.clone();
            bytes[at] ^= 1 << (bits % 8);
            if at == bytes.len() - 1 && bytes[at].is_ascii_whitespace() {
                continue;
            }
            let report = bundle(&*bytes, &pinned(&village));
            let seen = matches!(report.answer, Answer::Changed | Answer::Missing | Answer::CannotCheck);
            assert!(seen, "byte {at} of {}: {report:?}", String::from_utf8_lossy(&bytes[at.saturating_sub(60)..at + 1]));
        }
        for length in (0..honest.len()).step_by(honest.len() / 60) {
            let report = bundle(&honest[..length], &pinned(&village));
            assert_ne!(report.answer, Answer::Intact, "cut at {length}");
        }
    }
}

fn label_places(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mark = b"\"label\":\"";
    let starts = bytes.windows(mark.len()).enumerate().filter(|(_, window)| *window == mark).map(|(at, _)| at + mark.len());
    starts.map(|start| start..start + bytes[start..].iter().position(|byte| *byte == b'"').unwrap()).collect()
}
