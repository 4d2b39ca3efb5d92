//! 承诺 Promises: what ARCHITECTURE.md says holds is held by a test; every table is of the record or listed as off it.

use super::source::split_at_commas;
use super::tree::{Breach, File, Tree};

const ARCHITECTURE: &str = "ARCHITECTURE.md";
const OFF_RECORD: &str = "crates/store/src/off_record.txt";

/// Every invariant `| I1 | … | test_name |` names tests that are there.
pub fn invariants_name_their_tests(tree: &Tree) -> Vec<Breach> {
    let Some(file) = tree.file(ARCHITECTURE) else {
        return vec![Breach { path: ARCHITECTURE.to_owned(), line: 1, what: "the file is not there".to_owned() }];
    };
    let rows: Vec<(usize, &str)> = file.text.lines().enumerate().filter(|(_, line)| is_invariant(line)).collect();
    if rows.is_empty() {
        return vec![file.breach(1, "it has no invariant: no row `| I1 | … | test_name |`")];
    }
    rows.into_iter().flat_map(|(index, row)| unheld(tree, file, index + 1, row)).collect()
}

fn unheld(tree: &Tree, file: &File, line: usize, row: &str) -> Vec<Breach> {
    let last = row.trim().trim_end_matches('|').rsplit('|').next().unwrap_or("");
    let names: Vec<&str> = last.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|name| name.contains('_')).collect();
    if names.is_empty() {
        return vec![file.breach(line, "the last column names no test")];
    }
    let missing = names.into_iter().filter(|name| !is_test_function(tree, name));
    missing.map(|name| file.breach(line, format!("there is no test `{name}`"))).collect()
}

fn is_invariant(line: &str) -> bool {
    let first = line.trim().strip_prefix('|').and_then(|rest| rest.split('|').next()).unwrap_or("").trim();
    first.strip_prefix('I').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_test_function(tree: &Tree, name: &str) -> bool {
    tree.rust().any(|(_, source)| source.words().any(|word| word.text == name && source.is_test(word.at) && word.before().ends_with("fn")))
}

/// A table comes from lines of the record or is listed in off_record.txt. One that does has a `seq` and a key that
/// begins with `unit`, or holds the details of a matter and has a key that begins with `unit, matter`.
pub fn tables_are_of_the_record_or_listed(tree: &Tree) -> Vec<Breach> {
    let Some(list) = tree.file(OFF_RECORD) else {
        return Vec::new();
    };
    let tables: Vec<Table> = tree.files.iter().filter(|file| file.path.starts_with("crates/store/")).flat_map(tables_of).collect();
    let listed: Vec<(usize, &str, &str)> = entries(&list.text).collect();
    let mut breaches = Vec::new();
    for table in &tables {
        let is_listed = listed.iter().any(|(_, name, _)| *name == table.name);
        let has_seq = table.columns.iter().any(|column| column == "seq");
        let key: Vec<&str> = table.key.iter().map(String::as_str).collect();
        let what = match key[..] {
            _ if is_listed => continue,
            ["unit", "matter", ..] => continue,
            ["unit", ..] if has_seq => continue,
            _ if has_seq => "has a key that does not begin with `unit`",
            _ => "has no `seq` and is not in off_record.txt",
        };
        breaches.push(table.file.breach(table.line, format!("table `{}` {what}", table.name)));
    }
    for (line, name, reason) in listed {
        if !tables.iter().any(|table| table.name == name) {
            breaches.push(list.breach(line, format!("there is no table `{name}`")));
        } else if reason.is_empty() {
            breaches.push(list.breach(line, format!("`{name}` is listed without a reason")));
        }
    }
    breaches
}

/// `name reason` or `name: reason`, one a line.
fn entries(text: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).map(|(number, line)| {
        let end = line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(line.len());
        let reason = line[end..].trim_start_matches(|c: char| !c.is_alphanumeric());
        (number, &line[..end], reason)
    })
}

struct Table<'a> {
    file: &'a File,
    line: usize,
    name: String,
    columns: Vec<String>,
    key: Vec<String>,
}

/// The tables that a file creates, in SQL or in the texts of Rust.
fn tables_of(file: &File) -> Vec<Table<'_>> {
    let mut found = Vec::new();
    let mut note = |line: usize, sql: &str| {
        let bare: String = sql.lines().map(|line| line.split("--").next().unwrap_or("").to_owned() + "\n").collect();
        for (at, start) in bare.match_indices("CREATE TABLE") {
            let rest = bare[at + start.len()..].trim_start().trim_start_matches("IF NOT EXISTS").trim_start();
            let line = line + bare[..at].matches('\n').count();
            found.extend(table(file, line, rest));
        }
    };
    match &file.rust {
        Some(source) => source.live_literals().for_each(|literal| note(source.line(literal.at), &literal.text)),
        None if file.path.ends_with(".sql") => note(1, &file.text),
        None => {}
    }
    found
}

fn table<'a>(file: &'a File, line: usize, definition: &str) -> Option<Table<'a>> {
    let (name, rest) = definition.split_once('(')?;
    let parts = split_at_commas(&rest[..closing(rest)]);
    let first = |part: &str| part.split_whitespace().next().unwrap_or("").to_lowercase();
    let mut columns: Vec<String> = Vec::new();
    let mut key = Vec::new();
    for part in parts {
        if let Some(list) = part.strip_prefix("PRIMARY KEY") {
            key = split_at_commas(list.trim().trim_matches(['(', ')'])).into_iter().map(first).collect();
        } else if part.contains("PRIMARY KEY") {
            key = vec![first(part)];
        }
        columns.push(first(part));
    }
    Some(Table { file, line, name: name.trim().to_lowercase(), columns, key })
}

/// Where the bracket that was opened just before `text` closes.
fn closing(text: &str) -> usize {
    let mut depth = 1_i32;
    for (at, byte) in text.bytes().enumerate() {
        depth += i32::from(byte == b'(') - i32::from(byte == b')');
        if depth == 0 {
            return at;
        }
    }
    text.len()
}
