//! 审计 Audit: whatever differs in the tables, the house itself names it.

use crate::bundle::{lived, read};
use crate::place::Place;
use app::audit::{Fault, TextFault, unit as audit};
use app::bundle::For;

#[test]
fn one_changed_byte_is_named() {
    for place in Place::each() {
        let (village, [released, ..]) = lived(&place);
        let row = [village.unit.into(), released.into()];
        assert!(audit(&village.house, village.unit).unwrap().is_clean());

        place.flip("entry", "body", 40, "unit = $1 AND seq = $2", &row);
        assert_eq!(audit(&village.house, village.unit).unwrap().lines_changed, [(released, Fault::Content)]);
        place.flip("entry", "body", 40, "unit = $1 AND seq = $2", &row);

        let line = village.house.read(|tx| store::record::lines(tx, village.unit, released, 1)).unwrap().remove(0);
        for at in (0..line.len()).step_by(9) {
            place.flip("entry", "line", at, "unit = $1 AND seq = $2", &row);
            let found = audit(&village.house, village.unit).unwrap();
            assert!(found.lines_changed.iter().any(|(seq, _)| *seq == released), "byte {at}: {found:?}");
            assert_eq!(found.head, Some(Fault::Root));
            place.flip("entry", "line", at, "unit = $1 AND seq = $2", &row);
        }

        let text = read(&crate::bundle::exported(&village, For::Public)).1[released as usize].personal[0].at;
        let held = [village.unit.into(), text.0.into()];
        place.flip("personal", "cipher", 0, "unit = $1 AND ref = $2", &held);
        assert_eq!(audit(&village.house, village.unit).unwrap().texts, [(released, TextFault::Changed)]);
        place.flip("personal", "cipher", 0, "unit = $1 AND ref = $2", &held);
        place.tamper("DELETE FROM personal WHERE unit = $1 AND ref = $2", &held);
        assert_eq!(audit(&village.house, village.unit).unwrap().texts, [(released, TextFault::Missing)]);
    }
}

#[test]
fn a_changed_checkpoint_or_tile_hash_is_named() {
    for place in Place::each() {
        let (village, _) = lived(&place);
        village.suggest_many(300);
        let size = village.seal() as i64;
        assert!(audit(&village.house, village.unit).unwrap().is_clean());
        let signed = [village.unit.into(), size.into()];
        let root = village.checkpoint().text.lines().nth(2).unwrap().to_owned();
        let forged = root.replacen(|_: char| true, if root.starts_with('A') { "B" } else { "A" }, 1);
        for (was, is) in [(root.as_str(), forged.as_str()), ("cunwu.example/record", "cunwu.example/rekord")] {
            let swap = |a: &str, b: &str| {
                let sql = "UPDATE checkpoint SET note = REPLACE(note, $3, $4) WHERE unit = $1 AND size = $2";
                place.tamper(sql, &[signed.as_slice(), &[a.into(), b.into()]].concat());
            };
            swap(was, is);
            let found = audit(&village.house, village.unit).unwrap();
            assert_eq!(
                (found.seals.as_slice(), found.lines_changed.len(), found.head),
                ([(0, size)].as_slice(), 0, None),
                "{was}: {found:?}"
            );
            swap(is, was);
        }
        place.flip("node", "hash", 7, "unit = $1 AND at = 0", &[village.unit.into()]);
        let found = audit(&village.house, village.unit).unwrap();
        assert_eq!((found.lines_changed.as_slice(), found.seals.len()), ([(0, Fault::Tile)].as_slice(), 0), "{found:?}");
    }
}

#[test]
fn a_changed_row_is_named_and_stops_the_sealing() {
    for place in Place::each() {
        let (village, _) = lived(&place);
        let done = village.suggest("再提一条");
        let row = [village.unit.into(), done.matter.into()];
        let touched = place.tamper("UPDATE suggestion SET state = REPLACE(state, 'web', 'box') WHERE unit = $1 AND id = $2", &row);
        assert_eq!(touched, 1);
        let found = audit(&village.house, village.unit).unwrap();
        assert_eq!((found.rows.len(), found.rows[0].kind, found.rows[0].id), (1, "suggestion", done.matter), "{found:?}");
        assert_eq!(found.rows[0].columns, ["state"]);
        assert_eq!(app::seal::seal(&village.house, village.unit).unwrap(), app::seal::Outcome::Halted);
    }
}

#[test]
fn lines_that_are_gone_are_named_once() {
    for place in Place::each() {
        let (village, _) = lived(&place);
        let last = village.suggest("最后一条").seq;
        place.tamper("DELETE FROM entry WHERE unit = $1 AND seq IN (4, $2)", &[village.unit.into(), last.into()]);
        let found = audit(&village.house, village.unit).unwrap();
        let gaps: Vec<i64> = found.lines_changed.iter().filter(|(_, fault)| *fault == Fault::Gap).map(|(seq, _)| *seq).collect();
        assert_eq!(gaps, [4, last], "{found:?}");
        assert_eq!(found.head, Some(Fault::Root));
    }
}
