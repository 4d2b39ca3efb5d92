//! 已认可的样子 Accepted snapshots: tables of rights, audiences, consequences, the API and query plans. A change of any of them
//! shows in the diff; `CUNWU_ACCEPT=1` writes them anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The folder of accepted snapshots.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("accepted")
}

/// Compares a text with the accepted one.
///
/// # Panics
/// When they differ, with the first line that does.
pub fn check(name: &str, text: &str) {
    let path = folder().join(name);
    if std::env::var_os("CUNWU_ACCEPT").is_some() {
        std::fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return;
    }
    let accepted = std::fs::read_to_string(&path).unwrap_or_default();
    if accepted != text {
        let differ = accepted
            .lines()
            .zip(text.lines())
            .position(|(a, b)| a != b)
            .unwrap_or_else(|| accepted.lines().count().min(text.lines().count()));
        let at = |text: &str| text.lines().nth(differ).unwrap_or("(nothing)").to_owned();
        panic!("{name} changed at line {}:\n- {}\n+ {}\nCUNWU_ACCEPT=1 accepts it", differ + 1, at(&accepted), at(text));
    }
}

/// What followed from what in the life of a unit: `fact → what the law carried out at once because of it`, each once.
///
/// # Panics
/// When the record cannot be read.
pub fn follows(house: &app::House, unit: law::UnitCode) -> String {
    let entries = house.read(|tx| store::record::entries(tx, unit, 0, 1000)).expect("the record");
    let mut tags: BTreeMap<u64, String> = BTreeMap::new();
    let mut follows: BTreeSet<String> = BTreeSet::new();
    for stored in entries {
        let entry: law::Entry<serde_json::Value> = serde_json::from_slice(&stored.body).expect("an entry");
        let tagged = || Some(entry.fact.as_object()?.keys().next()?.clone());
        let tag = entry.fact.as_str().map(str::to_owned).or_else(tagged).expect("a fact has a tag");
        let name = format!("{}.{tag}", stored.kind);
        if let Some(cause) = entry.cause {
            follows.insert(format!("{} → {name}\n", tags[&cause]));
        }
        tags.insert(stored.seq.cast_unsigned(), name);
    }
    format!("# fact → what the law carries out at once because of it\n{}", follows.into_iter().collect::<String>())
}
