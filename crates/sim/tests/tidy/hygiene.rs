//! 整洁 Hygiene: no silenced lints, no paths of a machine, no hosts of a package registry.

use super::source::Word;
use super::tree::{Breach, File, Tree};
use std::path::Path;

/// Homes of users, wherever the tree lies.
const HOMES: [&str; 3] = ["/root/", "/home/", "/Users/"];

/// Words in the host of a package registry; packages are named, never where they come from.
const REGISTRY_WORDS: [&str; 7] = ["registry", "pypi", "pythonhosted", "npm", "crates", "deb.", "mirror"];

/// A lint is silenced with `expect` and a reason, so that it speaks up when it is no longer needed.
pub fn no_silenced_lints(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (file, source) in tree.rust() {
        for word in source.words().filter(|word| is_lint_attribute(word)) {
            let reasoned = word.arguments().is_some_and(|list| list.iter().any(|part| part.starts_with("reason")));
            let what = match word.text {
                "allow" => "`allow` silences a lint for ever",
                "expect" if !reasoned => "`expect` without a reason",
                _ => continue,
            };
            breaches.push(file.breach(source.line(word.at), what));
        }
    }
    breaches
}

fn is_lint_attribute(word: &Word) -> bool {
    let names_a_lint = matches!(word.text, "allow" | "expect") && word.after().starts_with('(');
    let alone = word.before().ends_with("#[") || word.before().ends_with("#![");
    let conditional = || word.before().rfind("cfg_attr(").is_some_and(|at| !word.before()[at..].contains(']'));
    names_a_lint && (alone || (word.before().ends_with(',') && conditional()))
}

/// Nothing names the place where somebody's tree or home lies.
pub fn no_paths_of_machines(tree: &Tree, root: &Path) -> Vec<Breach> {
    let mut places: Vec<String> = HOMES.map(str::to_owned).to_vec();
    let shared = ["tmp", "src", "opt", "srv", "var", "usr", "app", "mnt", "home"];
    places.extend(root.to_str().filter(|path| path.len() > 1).map(str::to_owned));
    if let Some(parent) = root.parent().filter(|parent| parent.file_name().is_some_and(|name| !shared.iter().any(|s| name == *s))) {
        places.push(format!("{}/", parent.display()));
    }
    each_line(tree, |line| {
        let place = places.iter().find(|place| begins_a_path(line, place))?;
        Some(format!("names `{place}`"))
    })
}

/// Whether the place stands in the line as the beginning of a path and is followed by a name.
fn begins_a_path(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + place.len()..].chars().next();
        !before.is_some_and(|c| c.is_alphanumeric() || "_.-})]".contains(c))
            && after.is_none_or(|c| c.is_alphanumeric() || ".\"'`/ ".contains(c))
    })
}

/// Packages are asked for by name; no file says from which host they come.
pub fn no_registry_hosts(tree: &Tree) -> Vec<Breach> {
    each_line(tree, |line| {
        let hosts = line
            .split("://")
            .skip(1)
            .map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && !".-".contains(c)).next().unwrap_or(""));
        let registry = hosts.into_iter().find(|host| REGISTRY_WORDS.iter().any(|word| host.contains(word)))?;
        Some(format!("names the host `{registry}`"))
    })
}

fn each_line(tree: &Tree, judge: impl Fn(&str) -> Option<String>) -> Vec<Breach> {
    let lines = |file: &File| {
        let judged = file.text.lines().enumerate().filter_map(|(index, line)| Some(file.breach(index + 1, judge(line)?)));
        judged.collect::<Vec<_>>()
    };
    tree.files.iter().filter(|file| !is_a_sample(file)).flat_map(lines).collect()
}

/// The samples on which these rules are tried out.
fn is_a_sample(file: &File) -> bool {
    file.path.starts_with("crates/sim/tests/tidy/")
}
