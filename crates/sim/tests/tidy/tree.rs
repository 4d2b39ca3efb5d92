//! 全树 Tree: every text file of the repository, loaded once; rules look at it and name the places that break them.

use super::source::Source;
use std::collections::BTreeSet;
use std::fmt::{Display, Formatter};
use std::path::Path;

/// What nobody wrote by hand or nobody keeps.
const SKIPPED: [&str; 5] = [".git", "target", "node_modules", "vendor", "demo-data"];

/// The six folders that carry the mechanism's own words.
pub const SIX: [&str; 6] = ["lead", "meet", "steer", "open", "watch", "own"];

/// Every text file of the repository.
pub struct Tree {
    pub files: Vec<File>,
}

/// One text file.
pub struct File {
    /// From the root of the repository, with `/`.
    pub path: String,
    pub text: String,
    /// Taken apart, when it is Rust.
    pub rust: Option<Source>,
}

/// A place that breaks a rule.
#[derive(Debug, PartialEq)]
pub struct Breach {
    pub path: String,
    pub line: usize,
    pub what: String,
}

impl Display for Breach {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.line, self.what)
    }
}

impl Tree {
    /// Loads the repository below `root`.
    pub fn load(root: &Path) -> Self {
        let mut found = Vec::new();
        collect(root, root, &mut found);
        found.sort();
        Self::of(found)
    }

    /// A tree of these paths and texts.
    pub fn of(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let take_apart = |(path, text): (String, String)| {
            let rust = path.ends_with(".rs").then(|| Source::read(&text));
            File { path, text, rust }
        };
        let mut tree = Self { files: files.into_iter().map(take_apart).collect() };
        tree.mark_tests();
        tree
    }

    /// The file at a path.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// All Rust files.
    pub fn rust(&self) -> impl Iterator<Item = (&File, &Source)> {
        self.files.iter().filter_map(|file| Some((file, file.rust.as_ref()?)))
    }

    /// The Rust files that are compiled into one of these crates; `cunwu` is the root package.
    pub fn sources(&self, crates: &[&str]) -> impl Iterator<Item = (&File, &Source)> {
        self.rust().filter(|(file, _)| file.floor().is_some_and(|floor| crates.contains(&floor)))
    }

    /// Files in `tests/` and those that a `#[cfg(test)] mod name;` brings in are tests from end to end.
    fn mark_tests(&mut self) {
        let brought_in: BTreeSet<String> =
            self.rust().flat_map(|(file, source)| source.test_modules.iter().flat_map(|name| file.module(name))).collect();
        for file in &mut self.files {
            let whole = file.path.split('/').any(|part| part == "tests" || part == "benches") || brought_in.contains(&file.path);
            if let (true, Some(source)) = (whole, &mut file.rust) {
                source.mark_as_test();
            }
        }
    }
}

impl File {
    /// The crate into which this file is compiled; none for what lies outside every `src`.
    pub fn floor(&self) -> Option<&str> {
        match self.path.split('/').collect::<Vec<_>>()[..] {
            ["crates", name, "src", ..] => Some(name),
            ["src", ..] => Some("cunwu"),
            _ => None,
        }
    }

    /// Its path below `src`, when it lies in one of the six folders or is one of them.
    pub fn in_six(&self) -> Option<&str> {
        let (_, below) = self.floor().and(self.path.split_once("src/"))?;
        let first = below.split('/').next()?;
        SIX.contains(&first.trim_end_matches(".rs")).then_some(below)
    }

    /// A breach in this file.
    pub fn breach(&self, line: usize, what: impl Into<String>) -> Breach {
        Breach { path: self.path.clone(), line, what: what.into() }
    }

    /// Where the file of a module declared here may lie.
    fn module(&self, name: &str) -> [String; 2] {
        let (folder, file) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let folder = match file {
            "mod.rs" | "lib.rs" | "main.rs" => folder.to_owned(),
            other => format!("{folder}/{}", other.trim_end_matches(".rs")),
        };
        [format!("{folder}/{name}.rs"), format!("{folder}/{name}/mod.rs")]
    }
}

/// Reads what is UTF-8 text below `folder`.
fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("cannot list {}: {e}", folder.display()));
    for entry in entries {
        let entry = entry.expect("a folder can be listed to its end");
        let kind = entry.file_type().expect("an entry has a kind");
        if SKIPPED.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        if kind.is_dir() {
            collect(root, &entry.path(), found);
        } else if kind.is_file()
            && let Ok(text) = std::fs::read_to_string(entry.path())
        {
            let path = entry.path().strip_prefix(root).expect("lies below the root").to_string_lossy().replace('\\', "/");
            found.push((path, text));
        }
    }
}
