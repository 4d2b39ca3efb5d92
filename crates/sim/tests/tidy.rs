//! 守门 Tidy: the house rules of AGENTS.md, read off the source tree. Each rule is a small function over the loaded files.

use std::path::Path;
use tidy::tree::{Breach, Tree};
use tidy::{floors, hygiene, names, promises, pure, size, words};

mod tidy {
    pub mod bites;
    pub mod floors;
    pub mod hygiene;
    pub mod names;
    pub mod promises;
    pub mod pure;
    pub mod size;
    pub mod source;
    pub mod tree;
    pub mod words;
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Fails with every place that breaks the rule, and says what to do.
fn hold(rule: &str, remedy: &str, judge: impl Fn(&Tree) -> Vec<Breach>) {
    let breaches = judge(&Tree::load(root()));
    let list: String = breaches.iter().map(|breach| format!("  {breach}\n")).collect();
    assert!(breaches.is_empty(), "\nthe rule: {rule}\n{list}what to do: {remedy}\n");
}

#[test]
fn dependencies_point_down() {
    let remedy = "move the code to the floor that may have it, or hand the value in from above";
    hold("dependencies point down only; `sim` is for the root package and for tests", remedy, floors::point_down);
}

#[test]
fn tools_stay_on_their_floor() {
    hold("database drivers stand in `store`, page makers in `web`", "go through the floor that has it", floors::tools_stay_home);
}

#[test]
fn pure_floors_have_pure_dependencies() {
    let remedy = "do it in `app` and hand the value in";
    hold("`record` and `law` bring in no clock, dice, threads or network", remedy, floors::pure_floors_have_pure_dependencies);
}

#[test]
fn every_crate_has_a_floor() {
    let remedy = "give the crate a row in AGENTS.md and a place in tidy/floors.rs";
    hold("every crate stands on a floor", remedy, floors::every_crate_has_a_floor);
}

#[test]
fn first_lines_say_what_a_file_is() {
    hold("a file begins with `//! ` and says what it is", "write that line", names::first_lines);
}

#[test]
fn files_of_the_six_folders_name_their_term() {
    hold("a file in the six folders begins `//! 建议 Suggestion: …`", "write the Chinese term and its English name", names::terms);
}

#[test]
fn files_of_the_law_name_their_clause() {
    hold("a file of the law in the six folders ends its first line with its clause", "add it after a semicolon", names::clauses);
}

#[test]
fn matters_have_one_path_on_every_floor() {
    hold("one concept, one name, the same path on every floor", "move the file", names::same_path_on_every_floor);
}

#[test]
fn pure_floors_are_pure() {
    let remedy = "let `app` do it and hand the value in with the `Moment`; count in whole units instead of floats";
    hold("no clock, dice, async, IO or floats in `record` and `law`", remedy, pure::pure_floors_are_pure);
}

#[test]
fn law_has_no_numbers() {
    let remedy = "put the number into `policy/` with its clause and source, and read it through the `Moment`";
    hold("no number of law in code", remedy, pure::law_has_no_numbers);
}

#[test]
fn named_rules_are_claimed() {
    let remedy = "add the rule to the `RULES` of the matter whose law asks for it";
    hold("a rule that the law names is claimed by a matter", remedy, |tree| pure::named_rules_are_claimed(tree, law::applied));
}

#[test]
fn sql_stands_in_store() {
    hold("only `store` writes SQL", "give `store` a function that says what is wanted", words::sql_stands_in_store);
}

#[test]
fn html_stands_in_web() {
    hold("only `web` writes HTML", "return the data and let a template of `web` show it", words::html_stands_in_web);
}

#[test]
fn chinese_stands_in_web() {
    let remedy = "return a code or a type and give it its sentence in `web::words` (the command line too), or its name in `policy/`";
    hold("what a person reads stands in `web` or `policy`", remedy, words::chinese_stands_in_web);
}

#[test]
fn functions_fit_a_screen() {
    hold("a function fits a screen", "find the two things it does and give each its name", size::functions_fit_a_screen);
}

#[test]
fn files_fit_a_sitting() {
    hold("a file fits a sitting", "find the two things it holds and give each its file", size::files_fit_a_sitting);
}

#[test]
fn excuses_are_few() {
    hold("excuses for size are few and reasoned", "take the excuse back", size::excuses_are_few);
}

#[test]
fn invariants_name_their_tests() {
    let remedy = "write the test, or correct its name in the table";
    hold("every invariant in ARCHITECTURE.md names its test", remedy, promises::invariants_name_their_tests);
}

#[test]
fn tables_are_of_the_record_or_listed() {
    let remedy = "save the row with its `Recorded`, or list the table with a reason in crates/store/src/off_record.txt";
    hold("no row without a line of the record, off-record tables are listed", remedy, promises::tables_are_of_the_record_or_listed);
}

#[test]
fn lints_are_not_silenced() {
    hold("no `#[allow(…)]`", "mend it, or write `#[expect(…, reason = \"…\")]`", hygiene::no_silenced_lints);
}

#[test]
fn no_paths_of_machines() {
    let remedy = "name the file from the root of the repository, or let it be handed in";
    let root = root().canonicalize().expect("the tree lies somewhere");
    hold("no path of somebody's machine in the tree", remedy, |tree| hygiene::no_paths_of_machines(tree, &root));
}

#[test]
fn no_registry_hosts() {
    hold("no host of a package registry in the tree", "name the package and its version only", hygiene::no_registry_hosts);
}
