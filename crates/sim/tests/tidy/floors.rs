//! 楼层 Floors: who may depend on whom, read off the manifests.

use super::tree::{Breach, File, Tree};

/// From the ground up. Each may use what stands to its left, and nothing else of ours.
const FLOORS: [&str; 6] = ["record", "law", "store", "app", "web", "cunwu"];

/// Plays the town: may use every floor, and be used only by the root package and in tests.
const SIM: &str = "sim";

/// What one floor alone may depend on outside tests.
const OWN_TOOLS: [(&str, &[&str]); 2] =
    [("store", &["rusqlite", "postgres", "tokio-postgres", "r2d2", "sqlx"]), ("web", &["askama", "axum", "tower-http", "htmx", "maud"])];

/// What would bring a clock, dice, threads or the network into `record` and `law`.
const IMPURE: [&str; 12] =
    ["tokio", "futures", "rand", "rand_core", "rand_chacha", "getrandom", "chrono", "time", "ureq", "reqwest", "tracing", "log"];

#[derive(PartialEq, Clone, Copy)]
enum Kind {
    Live,
    Test,
}

struct Dependency<'a> {
    line: usize,
    kind: Kind,
    name: &'a str,
}

/// Dependencies between our own crates point down only.
pub fn point_down(tree: &Tree) -> Vec<Breach> {
    each_dependency(tree, |package, dependency| {
        let level = |name: &str| FLOORS.iter().position(|floor| *floor == name);
        let fine = match (level(package), level(dependency.name)) {
            (_, None) if dependency.name != SIM => true,
            (_, None) => package == "cunwu" || package == SIM || dependency.kind == Kind::Test,
            (None, Some(_)) => package == SIM && dependency.name != "cunwu",
            (Some(mine), Some(theirs)) => theirs < mine,
        };
        (!fine).then(|| format!("`{package}` may not depend on `{}`", dependency.name))
    })
}

/// Database drivers stand in `store`, page makers in `web`.
pub fn tools_stay_home(tree: &Tree) -> Vec<Breach> {
    each_dependency(tree, |package, dependency| {
        let (home, _) = OWN_TOOLS.iter().find(|(_, tools)| tools.contains(&dependency.name))?;
        // The town plays browsers, so it speaks to the router.
        let plays = package == SIM && dependency.name == "axum";
        (package != *home && !plays && dependency.kind == Kind::Live)
            .then(|| format!("`{}` belongs to `{home}` alone, not to `{package}`", dependency.name))
    })
}

/// `record` and `law` depend on nothing that has a clock, dice, threads or a network.
pub fn pure_floors_have_pure_dependencies(tree: &Tree) -> Vec<Breach> {
    each_dependency(tree, |package, dependency| {
        let impure = matches!(package, "record" | "law") && dependency.kind == Kind::Live && IMPURE.contains(&dependency.name);
        impure.then(|| format!("`{package}` is pure and may not depend on `{}`", dependency.name))
    })
}

/// Every crate stands on a floor that the rules know.
pub fn every_crate_has_a_floor(tree: &Tree) -> Vec<Breach> {
    let homeless = |(file, package): (&File, &str)| {
        let known = FLOORS.contains(&package) || package == SIM;
        (!known).then(|| file.breach(1, format!("`{package}` stands on no floor")))
    };
    manifests(tree).filter_map(homeless).collect()
}

fn each_dependency(tree: &Tree, judge: impl Fn(&str, &Dependency) -> Option<String>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (file, package) in manifests(tree) {
        for dependency in dependencies(&file.text) {
            breaches.extend(judge(package, &dependency).map(|what| file.breach(dependency.line, what)));
        }
    }
    breaches
}

fn manifests(tree: &Tree) -> impl Iterator<Item = (&File, &str)> {
    tree.files.iter().filter_map(|file| match file.path.split('/').collect::<Vec<_>>()[..] {
        ["Cargo.toml"] => Some((file, "cunwu")),
        ["crates", name, "Cargo.toml"] => Some((file, name)),
        _ => None,
    })
}

/// The dependencies of a manifest as we write them: a section and one line for each, or a section of its own.
fn dependencies(text: &str) -> Vec<Dependency<'_>> {
    let (mut found, mut section) = (Vec::new(), None);
    for (index, line) in text.lines().enumerate() {
        let line_number = index + 1;
        if let Some(header) = line.trim().strip_prefix('[') {
            let header = header.trim_end_matches(']');
            section = section_kind(header);
            if let Some((before, name)) = header.rsplit_once('.')
                && let Some(kind) = section_kind(before)
            {
                found.push(Dependency { line: line_number, kind, name: name.trim_matches('"') });
                section = None;
            }
        } else if let (Some(kind), Some((key, _))) = (section, line.split_once('=')) {
            let name = key.split('.').next().unwrap_or(key).trim().trim_matches('"');
            if !name.is_empty() && !name.starts_with('#') {
                found.push(Dependency { line: line_number, kind, name });
            }
        }
    }
    found
}

/// `[workspace.dependencies]` only names versions and belongs to nobody.
fn section_kind(header: &str) -> Option<Kind> {
    match header.rsplit('.').next()? {
        _ if header.starts_with("workspace") => None,
        "dependencies" | "build-dependencies" => Some(Kind::Live),
        "dev-dependencies" => Some(Kind::Test),
        _ => None,
    }
}
