//! 名称 Names: the first line of a file says what it is; one concept has one name and one path on every floor.

use super::tree::{Breach, File, SIX, Tree};
use super::words::is_chinese;
use std::collections::BTreeMap;

/// Every file of a crate begins with `//! ` and what it is.
pub fn first_lines(tree: &Tree) -> Vec<Breach> {
    let silent = |file: &&File| file.floor().is_some() && file.path.ends_with(".rs") && !first_line(file).starts_with("//! ");
    tree.files.iter().filter(silent).map(|file| file.breach(1, "the first line does not begin with `//! `")).collect()
}

/// Files in the six folders begin with the Chinese term and its English name.
pub fn terms(tree: &Tree) -> Vec<Breach> {
    let nameless = |file: &&File| file.in_six().is_some() && !file.path.ends_with("tests.rs") && !has_term(first_line(file));
    let of_rust = tree.files.iter().filter(|file| file.rust.is_some());
    of_rust.filter(nameless).map(|file| file.breach(1, "the first line lacks `//! 建议 Suggestion: …`")).collect()
}

/// Files of the law in the six folders name their clause in the first line.
pub fn clauses(tree: &Tree) -> Vec<Breach> {
    let of_law = tree.files.iter().filter(|file| file.floor() == Some("law") && file.in_six().is_some());
    let groundless = |file: &&File| !file.path.ends_with("tests.rs") && !has_clause(first_line(file));
    of_law.filter(groundless).map(|file| file.breach(1, "the first line names no clause, like `; 东组通〔2015〕33号 二（四）`")).collect()
}

/// A matter of the law has the same path on every floor where it appears.
pub fn same_path_on_every_floor(tree: &Tree) -> Vec<Breach> {
    let of_law = tree.files.iter().filter(|file| file.floor() == Some("law"));
    let matters: BTreeMap<&str, &str> = of_law.filter_map(|file| file.in_six()).filter_map(|path| Some((matter(path)?, path))).collect();
    let elsewhere = |file: &File| {
        let (_, below) = file.path.split_once("src/").filter(|_| file.floor().is_some() && file.rust.is_some())?;
        let home = matters.get(matter(below)?)?;
        let (here, there) = (place(below), place(home));
        (here != there).then(|| file.breach(1, format!("`{here}` is `{there}` in the law")))
    };
    tree.files.iter().filter_map(elsewhere).collect()
}

fn first_line(file: &File) -> &str {
    file.text.lines().next().unwrap_or("")
}

/// `//! 建议 Suggestion: …`, `//! 建议 Rows of suggestions.`
fn has_term(line: &str) -> bool {
    let term = line.strip_prefix("//! ").filter(|rest| rest.starts_with(is_chinese));
    let english = term.and_then(|term| term.trim_start_matches(is_chinese).strip_prefix(' '));
    english.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
}

fn has_clause(line: &str) -> bool {
    let Some((_, clause)) = line.rsplit_once([';', '；']) else {
        return false;
    };
    ["〔", "《", "条"].iter().any(|mark| clause.contains(mark))
}

/// The matter a path below `src` belongs to: `open/suggestion.rs`, `open/suggestion/answer.rs` and `suggestion.rs`
/// are all of `suggestion`. Folders that are none of the six are no floor's business.
fn matter(below: &str) -> Option<&str> {
    let name = match below.split('/').collect::<Vec<_>>()[..] {
        [name] => name,
        [folder, name, ..] if SIX.contains(&folder) => name,
        _ => return None,
    };
    Some(name.trim_end_matches(".rs")).filter(|name| !["mod", "lib", "main", "tests"].contains(name) && !SIX.contains(name))
}

/// Where a matter stands: `open/suggestion`.
fn place(below: &str) -> String {
    below.split('/').take(2).collect::<Vec<_>>().join("/").trim_end_matches(".rs").to_owned()
}
