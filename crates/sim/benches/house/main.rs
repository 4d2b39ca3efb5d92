//! 量尺 Benches: what the house costs, each figure beside its reference in the same run.
//!
//! `cargo bench -p sim --bench house -- sqlite|postgres|audit|flat|proof|meet [--lines N]`; without a word all. See
//! bench/README.md.

mod acts;
mod audit;
mod flat;
mod kit;
mod meet;
mod plain;
mod proof;
mod server;

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let lines = words.iter().skip_while(|word| *word != "--lines").nth(1).and_then(|word| word.parse().ok());
    let asked: Vec<&str> = words.iter().map(String::as_str).filter(|word| word.starts_with(char::is_alphabetic)).collect();
    let known = ["sqlite", "postgres", "audit", "flat", "proof", "meet"];
    if asked.iter().any(|word| !known.contains(word)) {
        eprintln!("{}", known.join(", "));
        return ExitCode::FAILURE;
    }
    for which in known.into_iter().filter(|which| asked.is_empty() || asked.contains(which)) {
        println!("\n== {which}");
        match which {
            "sqlite" => acts::on_sqlite(),
            "postgres" => acts::on_postgres(),
            "audit" => audit::run(lines.unwrap_or(100_000)),
            "flat" => flat::run(lines.unwrap_or(1_000_000)),
            "meet" => meet::run(),
            _ => proof::run(lines.unwrap_or(100_000)),
        }
    }
    ExitCode::SUCCESS
}
