//! 篇幅 Size: a function fits a screen, a file a sitting.

use super::tree::{Breach, Tree};

/// Lines of a function, from `fn` to its closing brace.
const SCREEN: usize = 70;
/// Lines of a file.
const SITTING: usize = 600;

/// `path reason` for each that may be larger. Keep it empty, or nearly.
const EXCUSED: &str = include_str!("excused.txt");
const MOST_EXCUSES: usize = 3;

/// No function is longer than a screen.
pub fn functions_fit_a_screen(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (file, source) in tree.rust().filter(|(file, _)| !is_excused(&file.path)) {
        for word in source.words().filter(|word| word.text == "fn") {
            let name = word.after().split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("");
            let body = source.body_or_end(word.end()).filter(|at| !name.is_empty() && source.code.as_bytes()[*at] == b'{');
            let Some(body) = body else { continue };
            let (first, last) = (source.line(word.at), source.line(source.close(body)));
            if last - first + 1 > SCREEN {
                breaches.push(file.breach(first, format!("`{name}` has {} lines, more than {SCREEN}", last - first + 1)));
            }
        }
    }
    breaches
}

/// No Rust file is longer than a sitting.
pub fn files_fit_a_sitting(tree: &Tree) -> Vec<Breach> {
    let files = tree.rust().filter(|(file, _)| !is_excused(&file.path));
    let counted = files.map(|(file, _)| (file, file.text.lines().count())).filter(|(_, lines)| *lines > SITTING);
    counted.map(|(file, lines)| file.breach(SITTING + 1, format!("{lines} lines, more than {SITTING}"))).collect()
}

/// Excuses are few, give a reason and name a file that is there.
pub fn excuses_are_few(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let note = |line: usize, what: &str| Breach { path: "crates/sim/tests/tidy/excused.txt".to_owned(), line, what: what.to_owned() };
    for (count, (index, path, reason)) in excuses().enumerate() {
        if count >= MOST_EXCUSES {
            breaches.push(note(index + 1, "one excuse too many"));
        }
        if reason.split_whitespace().count() < 3 {
            breaches.push(note(index + 1, "an excuse without a reason"));
        }
        if tree.file(path).is_none() {
            breaches.push(note(index + 1, "an excuse for a file that is not there"));
        }
    }
    breaches
}

fn is_excused(path: &str) -> bool {
    excuses().any(|(_, excused, _)| excused == path)
}

fn excuses() -> impl Iterator<Item = (usize, &'static str, &'static str)> {
    let lines = EXCUSED.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines.map(|(index, line)| {
        let (path, reason) = line.split_once(' ').unwrap_or((line, ""));
        (index, path, reason)
    })
}
