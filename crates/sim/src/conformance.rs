//! 对照 Conformance: which story proves which of the document's duties. Read off the stories' own names.

use include_dir::{Dir, include_dir};

const DUTIES: &str = include_str!("../../../data/duties.tsv");
static STORIES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests");

/// One duty of the document with the stories that prove it.
pub struct Duty {
    /// S1 to S109.
    pub id: String,
    /// The document's words.
    pub phrase: String,
    /// Names of stories.
    pub stories: Vec<String>,
}

/// All duties, in order.
pub fn duties() -> Vec<Duty> {
    let stories = stories();
    let duty = |line: &str| {
        let mut parts = line.split('\t');
        let id = parts.next()?.to_owned();
        let phrase = parts.nth(1)?.to_owned();
        let number: u32 = id.strip_prefix('S')?.parse().ok()?;
        let prefix = format!("s{number:03}_");
        Some(Duty { id, phrase, stories: stories.iter().filter(|story| story.starts_with(&prefix)).cloned().collect() })
    };
    DUTIES.lines().skip(1).filter_map(duty).collect()
}

/// Names of all stories, as they stand in the files.
fn stories() -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![&STORIES];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let text = file.contents_utf8().unwrap_or_default();
            let named = text.lines().filter_map(|line| line.trim().strip_prefix("fn ")).filter_map(|rest| rest.split('(').next());
            names.extend(
                named.filter(|name| name.starts_with('s') && name[1..].starts_with(|c: char| c.is_ascii_digit())).map(str::to_owned),
            );
        }
    }
    names.sort();
    names
}
