//! 已认可的样子 Accepted snapshots: tables of rights, audiences, consequences, the API and query plans. A change of any of them
//! shows in the diff; `CUNWU_ACCEPT=1` writes them anew.

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
