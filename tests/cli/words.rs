//! 说的话 What the program says of itself: help in Chinese for every command, and documents that name what is there.

use crate::place::{cunwu, finish};
use std::collections::BTreeSet;
use std::path::Path;

fn document(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("a document of this repository")
}

/// The commands that a page of help lists.
fn listed(help: &str) -> Vec<String> {
    let after = help.split_once("\n命令:\n").map_or("", |(_, after)| after);
    after.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// Every command with the page of its help, sub-commands of sub-commands too.
fn commands() -> Vec<(Vec<String>, String)> {
    let help = |path: &[String]| finish(cunwu().args(path).arg("--help")).well(&["用法：cunwu", "选项:", "--help", "看怎么用"]).out;
    let mut pages = vec![(Vec::new(), help(&[]))];
    let mut at = 0;
    while at < pages.len() {
        let (path, page) = pages[at].clone();
        for name in listed(&page) {
            let path = [path.as_slice(), &[name]].concat();
            let page = help(&path);
            pages.push((path, page));
        }
        at += 1;
    }
    pages
}

/// Names that are the same in every language: formats, files, addresses, options.
const NAMES: &[&str] = &[
    "cunwu",
    "toml",
    "demo",
    "data",
    "example",
    "CSV",
    "UTF",
    "GBK",
    "JSON",
    "age",
    "C2SP",
    "tlog",
    "witness",
    "proof",
    "date",
    "is_workday",
    "name",
    "source",
    "hm",
    "jianzheng",
];

#[test]
fn help_is_plain_chinese_for_every_command() {
    let pages = commands();
    assert!(pages.len() > 16, "all commands are listed: {}", pages.len());
    let own: BTreeSet<String> = pages.iter().flat_map(|(path, _)| path.clone()).collect();
    for (path, page) in &pages {
        assert!(page.lines().next().is_some_and(|line| line.chars().any(|c| c > '\u{3000}')), "{path:?} says what it is for: {page}");
        let words = page.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).filter(|word| !word.starts_with('-'));
        let words = words.flat_map(|word| word.split('-')).filter(|word| word.len() > 1 && word.bytes().any(|b| b.is_ascii_alphabetic()));
        let foreign: Vec<&str> = words.filter(|word| !NAMES.contains(word) && !own.contains(*word)).collect();
        assert_eq!(foreign, Vec::<&str>::new(), "{path:?} speaks Chinese: {page}");
    }
}

#[test]
fn what_is_typed_wrong_is_answered_in_chinese() {
    for (words, said) in [
        (["frob"].as_slice(), "没有“frob”。"),
        (&["serv"], "没有“serv”，是不是“serve”？"),
        (&["due", "--form", "2026-09-30"], "没有“--form”，是不是“--from”？"),
        (&["due"], "还要写：--from <日期>、--working-days <天数>。"),
        (&["due", "--from", "30.9.2026", "--working-days", "5"], "--from <日期> 写的“30.9.2026”不对。"),
        (&["due", "--from", "2026-09-30", "--working-days", "-5"], "没有“-5”"),
        (&["verify"], "还要写：<网址或文件>。"),
        (&["import"], "要写一个命令。"),
        (&[], "要写一个命令。"),
        (&["verify", "nowhere.bundle"], "nowhere.bundle：没有这个文件或者目录。（FILE_MISSING）"),
        (&["verify", "Cargo.toml", "--key", "nobody"], "nobody：没有这个文件或者目录。（FILE_MISSING）"),
        (&["verify", "Cargo.toml", "--key", "Cargo.toml"], "Cargo.toml 里没有公钥。"),
        (&["verify", "Cargo.toml", "--since", "Cargo.toml"], "看不出以前的样子。（NO_SINCE）"),
    ] {
        finish(cunwu().args(words).current_dir(env!("CARGO_MANIFEST_DIR"))).badly(2, &[said]);
    }
    finish(cunwu().args(["verify", "Cargo.toml"]).current_dir(env!("CARGO_MANIFEST_DIR")))
        .badly(3, &["此处无法核验", "不是核验包，也不是收据"]);
    finish(cunwu().args(["due", "--from", "2027-12-30", "--working-days", "500"])).badly(1, &["工作日历排不到那么远", "CALENDAR_ENDS"]);
    finish(cunwu().args(["--config", "nowhere.toml", "audit", "1"])).badly(1, &["CONFIG_MISSING"]);
}

/// The commands that a document shows: in blocks of shell, and in the text between backticks.
fn shown(text: &str) -> Vec<Vec<String>> {
    let spans = text.split('`').skip(1).step_by(2).filter(|span| !span.contains('\n'));
    let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()).flat_map(str::lines);
    let lines = spans.chain(blocks).map(|line| line.split(" #").next().unwrap_or(line).trim());
    let ours = lines.filter_map(|line| {
        let after = line.strip_prefix("cargo run").and_then(|rest| rest.split_once("-- ")).map(|(_, rest)| rest);
        after.or_else(|| line.strip_prefix("cunwu "))
    });
    ours.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
}

#[test]
fn documents_show_commands_that_are_there() {
    for name in ["README.md", "README.zh-CN.md", "SECURITY.md", "CONTRIBUTING.md", "AGENTS.md", "ARCHITECTURE.md"] {
        for command in shown(&document(name)) {
            let said = finish(cunwu().args(&command).arg("--help"));
            assert_eq!(said.code, Some(0), "{name} shows `{}`: {}", command.join(" "), said.err);
        }
    }
    let all: BTreeSet<String> = commands().into_iter().filter(|(path, _)| path.len() == 1).map(|(path, _)| path[0].clone()).collect();
    for name in ["README.md", "README.zh-CN.md"] {
        let text = document(name);
        let missing: Vec<&String> =
            all.iter().filter(|command| !text.contains(&format!("`{command}")) && !text.contains(&format!("cunwu {command}"))).collect();
        assert!(missing.is_empty(), "{name} says nothing of {missing:?}");
        let first: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("cargo") || line.starts_with("./"))
            .map(|line| line.split("  ").next().unwrap())
            .take(2)
            .collect();
        assert_eq!(first, ["cargo run --release -- demo", "./test"], "{name} begins with what runs the main job and what tests it");
    }
}

#[test]
fn the_example_of_a_configuration_holds_with_everything_in_it() {
    let example = document("cunwu.example.toml");
    let key = record::Signer::new("hm.example/jianzheng", &[7; 32]).expect("a witness").witness_vkey();
    let is_key = |line: &str| line.split_once(" = ").is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
    let line = |line: &str| match line.strip_prefix("# ").filter(|rest| is_key(rest) || rest.starts_with("[[")) {
        Some(rest) => format!("{rest}\n"),
        None => format!("{line}\n"),
    };
    let everything: String = example.lines().map(line).collect::<String>().replace("hm.example/jianzheng+…", &key);
    let folder = std::env::temp_dir().join(format!("cunwu-example-{}", std::process::id()));
    for (name, text) in [("as it is", &example), ("with everything in it", &everything)] {
        std::fs::write(&folder, text).expect("a file");
        let config = app::Config::read(&folder).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(config.witness.len(), usize::from(text == &everything), "{name}");
        assert_eq!(config.database.postgres_file.is_some(), text == &everything, "{name}");
    }
    std::fs::remove_file(folder).expect("the file goes");
}
