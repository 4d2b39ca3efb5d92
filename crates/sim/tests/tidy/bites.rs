//! 试牙 Bites: every rule is tried on a small wrong tree, and on a right one that looks almost the same.

use super::source::Source;
use super::tree::{Breach, Tree};
use super::{floors, hygiene, names, promises, pure, size, words};
use std::path::Path;

fn tree(files: &[(&str, &str)]) -> Tree {
    Tree::of(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())))
}

/// The breaches of one file, as `line what`.
fn found(breaches: Vec<Breach>) -> Vec<String> {
    breaches.into_iter().map(|breach| format!("{} {}", breach.line, breach.what)).collect()
}

fn judge(path: &str, text: &str, rule: fn(&Tree) -> Vec<Breach>) -> Vec<String> {
    found(rule(&tree(&[(path, text)])))
}

#[test]
fn a_source_is_taken_apart() {
    let text = r##"fn a<'x>(y: &'x str) -> char { let s = "a \"b\" // c"; /* { /* " */ } */ let q = '"'; '\'' } // }
const B: &str = r#"raw "quoted" {"#; const C: &[u8] = b"bytes\n\u{6751}"; let d = r#type; '村'"##;
    let source = Source::read(text);
    assert_eq!(source.code.len(), text.len());
    assert_eq!(source.literals.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["a \"b\" // c", "raw \"quoted\" {", "bytes 村"]);
    assert_eq!(source.close(source.code.find('{').unwrap()), text.find("} // }").unwrap());
    assert!(["//", "/*", "quoted", "村"].iter().all(|gone| !source.code.contains(gone)));
    assert_eq!(source.line(text.find("raw").unwrap()), 2);
}

#[test]
fn tests_are_told_from_code() {
    let text = "fn live() {}\n#[cfg(test)]\n#[expect(x)]\nmod tests { fn hidden() {} }\n#[cfg(not(test))] fn shown() {}\n#[test] fn case() {}\n#[cfg(test)] mod far;\nfn last() {}";
    let source = Source::read(text);
    let live: Vec<&str> = source.live_words().map(|word| word.text).filter(|word| !["fn", "mod"].contains(word)).collect();
    assert_eq!(live, ["live", "cfg", "not", "test", "shown", "last"]);
    let tree =
        tree(&[("crates/law/src/open/mod.rs", text), ("crates/law/src/open/far.rs", "fn x() {}"), ("crates/law/src/far.rs", "fn x() {}")]);
    let is_test = |path: &str| tree.file(path).unwrap().rust.as_ref().unwrap().is_test(0);
    assert!(is_test("crates/law/src/open/far.rs") && !is_test("crates/law/src/far.rs"));
}

#[test]
fn point_down_bites() {
    let manifest = "[package]\nname = \"law\"\n[dependencies]\nrecord.workspace = true\nstore.workspace = true\nsim = { path = \"x\" }\n[dev-dependencies]\nsim.workspace = true\n[dependencies.web]\npath = \"y\"\n";
    assert_eq!(
        judge("crates/law/Cargo.toml", manifest, floors::point_down),
        ["5 `law` may not depend on `store`", "6 `law` may not depend on `sim`", "9 `law` may not depend on `web`"]
    );
    assert!(judge("Cargo.toml", "[workspace.dependencies]\nsim = 1\n[dependencies]\nsim = 1\nweb = 1\n", floors::point_down).is_empty());
    assert!(judge("crates/sim/Cargo.toml", "[dependencies]\nweb = 1\n", floors::point_down).is_empty());
    assert_eq!(judge("crates/extra/Cargo.toml", "", floors::every_crate_has_a_floor).len(), 1);
}

#[test]
fn tools_stay_home_bites() {
    let manifest = "[dependencies]\nrusqlite = 1\n[dev-dependencies]\naxum = 1\n";
    assert_eq!(judge("crates/app/Cargo.toml", manifest, floors::tools_stay_home), ["2 `rusqlite` belongs to `store` alone, not to `app`"]);
    assert_eq!(
        judge("crates/law/Cargo.toml", "[dependencies]\ngetrandom.workspace = true\n", floors::pure_floors_have_pure_dependencies).len(),
        1
    );
}

#[test]
fn names_bite() {
    let good = "//! 建议 Suggestion: a resident asks; 东组通〔2015〕33号 二（四）.\n";
    for (path, text, silent, nameless, groundless) in [
        ("crates/law/src/open/suggestion.rs", good, 0, 0, 0),
        ("crates/law/src/open/suggestion.rs", "//! 建议 Suggestion: a resident asks; soon\n", 0, 0, 1),
        ("crates/store/src/open/suggestion.rs", "//! 建议 Suggestion: its rows\n", 0, 0, 0),
        ("crates/store/src/open/suggestion.rs", "//! Suggestion: its rows\n", 0, 1, 0),
        ("crates/app/src/clock.rs", "use std;\n", 1, 0, 0),
        ("crates/app/src/clock.rs", "//! The clock.\n", 0, 0, 0),
        ("crates/sim/tests/x.rs", "use std;\n", 0, 0, 0),
    ] {
        let one = tree(&[(path, text)]);
        assert_eq!(
            (names::first_lines(&one).len(), names::terms(&one).len(), names::clauses(&one).len()),
            (silent, nameless, groundless),
            "{path} {text}"
        );
    }
    let law = ("crates/law/src/open/suggestion.rs", "");
    let fine = tree(&[law, ("crates/web/src/open/suggestion/page.rs", ""), ("crates/web/src/words/suggestion.rs", "")]);
    assert!(names::same_path_on_every_floor(&fine).is_empty());
    let astray = tree(&[law, ("crates/store/src/watch/suggestion.rs", ""), ("crates/web/src/suggestion.rs", "")]);
    assert_eq!(
        found(names::same_path_on_every_floor(&astray)),
        ["1 `watch/suggestion` is `open/suggestion` in the law", "1 `suggestion` is `open/suggestion` in the law"]
    );
}

#[test]
fn pure_floors_bite() {
    let text = "use std::{fmt, fs::File};\nuse std::time::Duration;\nfn a() -> f64 { 1.5 }\nlet t = Timestamp::now();\nprintln!();\nlet r = 0..5; pair.0.1; 1.max(2); std::fmt::Error;\n// async std::fs f32\n#[cfg(test)]\nmod tests { use std::time::Instant; }\n";
    let expected = [
        "1 `std::fs` reaches outside",
        "2 `std::time` reaches outside",
        "3 `f64` is a float",
        "3 `1…` is a float",
        "4 `::now()` asks a clock",
        "5 `println!` writes to a terminal",
    ];
    assert_eq!(judge("crates/record/src/tree.rs", text, pure::pure_floors_are_pure), expected);
    assert!(judge("crates/app/src/tree.rs", text, pure::pure_floors_are_pure).is_empty());
}

#[test]
fn numbers_of_law_bite() {
    let text = "let a = at.calendar.due(start, 5)?;\nlet b = calendar.due(start, rule.days);\nlet c = day + 15.days();\nlet d = day + 1.day() + Span::new().days(6);\nlet e = calendar.add_working_days(f(1, 2), 3u32);\nfn due(start: Date) {}\nlet f = calendar.due(start, 0);\n";
    let expected = ["1 `due` is given the number 5", "3 `days` is given the number 15", "5 `add_working_days` is given the number 3u32"];
    assert_eq!(judge("crates/law/src/open/suggestion.rs", text, pure::law_has_no_numbers), expected);
}

#[test]
fn words_bite() {
    let sql = "// SELECT a FROM b\nlet a = \"SELECT a\\nFROM b\";\nlet b = \"INSERT a matter INTO\";\nlet c = r#\"insert\nDELETE FROM x\"#;\nlet d = \"UPDATE x SET y\"; let e = \"please select from\";\n#[test] fn t() { \"DROP TABLE x\" }\n";
    let expected =
        ["2 SQL in a text: \"SELECT a FROM b\"", "4 SQL in a text: \"insert DELETE FROM x\"", "6 SQL in a text: \"UPDATE x SET y\""];
    assert_eq!(judge("crates/app/src/a.rs", sql, words::sql_stands_in_store), expected);
    assert!(judge("crates/store/src/a.rs", sql, words::sql_stands_in_store).is_empty());
    let html = "let a = \"<p>hello\"; let b = \"cunwu due --unit <code>\";\nlet c = \"<a href='x'>\"; let d = \"x </x-y>\"; let e = \"a < b\"; let f = \"Vec<T>\";\nlet g = \"say </code>\";";
    assert_eq!(judge("src/main.rs", html, words::html_stands_in_web).len(), 3);
    let chinese =
        "/// 建议\nlet a = \"建议\";\nlet b = \"\\u{6751}\";\nlet c = \"ok\";\n#[cfg(test)]\nmod tests { const X: &str = \"村\"; }\n";
    assert_eq!(
        judge("src/main.rs", chinese, words::chinese_stands_in_web),
        ["2 Chinese in a text: \"建议\"", "3 Chinese in a text: \"村\""]
    );
    assert!(judge("crates/web/src/words.rs", chinese, words::chinese_stands_in_web).is_empty());
    assert!(judge("crates/sim/src/town/mod.rs", chinese, words::chinese_stands_in_web).is_empty());
}

#[test]
fn sizes_bite() {
    let long = format!("fn short() {{}}\nfn long(f: fn(u8) -> u8)\nwhere u8: Copy {{\n{}}}\n", "x();\n".repeat(68));
    assert_eq!(judge("crates/app/src/a.rs", &long, size::functions_fit_a_screen), ["2 `long` has 71 lines, more than 70"]);
    assert_eq!(judge("crates/app/tests/a.rs", &"\n".repeat(601), size::files_fit_a_sitting), ["601 601 lines, more than 600"]);
    assert!(judge("crates/app/src/a.rs", &"\n".repeat(600), size::files_fit_a_sitting).is_empty());
}

#[test]
fn promises_bite() {
    let table =
        "| # | What | Test |\n|---|---|---|\n| I1 | a | `one_holds` |\n| I2 | b | `two_holds`, stories::three_holds |\n| I3 | c | none |\n";
    let tests = ("crates/sim/tests/stories.rs", "fn one_holds() {} fn two_holds() {}");
    let live = ("crates/sim/src/lib.rs", "fn three_holds() {}");
    let breaches = promises::invariants_name_their_tests(&tree(&[("ARCHITECTURE.md", table), tests, live]));
    assert_eq!(found(breaches), ["4 there is no test `three_holds`", "5 the last column names no test"]);
    assert_eq!(promises::invariants_name_their_tests(&tree(&[])).len(), 1);
    assert_eq!(promises::invariants_name_their_tests(&tree(&[("ARCHITECTURE.md", "")])).len(), 1);
}

#[test]
fn tables_bite() {
    let schema = "-- CREATE TABLE not_this (a TEXT);\nCREATE TABLE good (unit BIGINT, id BIGINT, seq BIGINT, PRIMARY KEY (unit, id));\nCREATE TABLE IF NOT EXISTS loose (a TEXT, CHECK (a IN ('x', 'y')));\nCREATE TABLE astray (id BIGINT PRIMARY KEY, seq BIGINT);\nCREATE TABLE duty (unit BIGINT, matter BIGINT, n BIGINT, PRIMARY KEY (unit, matter, n)); CREATE TABLE session (token TEXT PRIMARY KEY);\n";
    let list = "# off the record\nsession: a sign-in is nobody's act\nghost no such table\n";
    let breaches = promises::tables_are_of_the_record_or_listed(&tree(&[
        ("crates/store/migrations/1.sql", schema),
        ("crates/store/src/off_record.txt", list),
    ]));
    let expected = [
        "3 table `loose` has no `seq` and is not in off_record.txt",
        "4 table `astray` has a key that does not begin with `unit`",
        "3 there is no table `ghost`",
    ];
    assert_eq!(found(breaches), expected);
    let in_rust = tree(&[
        ("crates/store/src/a.rs", "const A: &str = \"CREATE TABLE a (x {BYTES} NOT NULL)\";"),
        ("crates/store/src/off_record.txt", ""),
    ]);
    assert_eq!(promises::tables_are_of_the_record_or_listed(&in_rust).len(), 1);
    assert!(promises::tables_are_of_the_record_or_listed(&tree(&[("crates/store/migrations/1.sql", schema)])).is_empty());
}

#[test]
fn silenced_lints_bite() {
    let text = "#![allow(dead_code)]\n#[expect(unused)]\n#[expect(unused, reason = \"why\")]\n#[cfg_attr(test, allow(unused))]\nfn allow(x: u8) { allow(1); option.expect(\"x\"); f(a, expect(b)); }\n";
    let expected = ["1 `allow` silences a lint for ever", "2 `expect` without a reason", "4 `allow` silences a lint for ever"];
    assert_eq!(judge("crates/app/src/a.rs", text, hygiene::no_silenced_lints), expected);
}

#[test]
fn places_bite() {
    let text = "see /somewhere/else/tree/crates\nsee /home/anna/x and `/root/y`\nsize/root/1, ./home/x, a {unit}/home/1\nsee /somewhere/else/other\nGET /root\n";
    let breaches = hygiene::no_paths_of_machines(&tree(&[("README.md", text)]), Path::new("/somewhere/else/tree"));
    let lines: Vec<usize> = breaches.iter().map(|breach| breach.line).collect();
    assert_eq!(lines, [1, 2, 4]);
    let hosts = "[docs](https://docs.rs/serde)\n\"resolved\": \"https://registry.example.org/x.tgz\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
    assert_eq!(judge("package-lock.json", hosts, hygiene::no_registry_hosts), ["2 names the host `registry.example.org`"]);
}

#[test]
fn named_rules_are_claimed_bites() {
    let rule = |tree: &Tree| pure::named_rules_are_claimed(tree, |rule| rule == "open.tea.pour");
    let law = "const A: &str = \"open.tea.drink\";\nconst B: &str = \"open.tea.pour\";\nconst C: &str = \"tea.open\";";
    assert_eq!(judge("crates/law/src/open/tea.rs", law, rule), ["1 no matter claims `open.tea.drink`"]);
    assert!(judge("crates/law/src/policy.rs", law, rule).is_empty(), "the packs name them all");
}
