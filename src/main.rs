//! FLOOR 5: the command line. What it says stands in `web::words::cli`; what it does stands in `app` and `sim`.

mod commands;
mod demo;
mod house;
mod typed;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use web::words::cli as say;

/// The program.
#[derive(Parser)]
#[command(name = "cunwu", version, about = say::ABOUT, disable_help_subcommand = true)]
struct Cli {
    /// The configuration file.
    #[arg(long, global = true, default_value = "cunwu.toml", help = say::CONFIG)]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(about = say::DEMO)]
    Demo(demo::Args),
    #[command(about = say::INIT)]
    Init(commands::Init),
    #[command(about = say::START)]
    Start(commands::Start),
    #[command(about = say::SERVE)]
    Serve,
    #[command(about = say::MIGRATE)]
    Migrate,
    #[command(about = say::AUDIT)]
    Audit(commands::OneOrAll),
    #[command(about = say::REBUILD)]
    Rebuild(commands::OneOrAll),
    #[command(about = say::DUE)]
    Due(commands::Due),
    #[command(about = say::VERIFY, after_help = say::VERIFY_CODES)]
    Verify(commands::Verify),
    #[command(about = say::EXPORT)]
    Export(commands::Export),
    #[command(about = say::IMPORT)]
    Import(commands::Import),
    #[command(about = say::BACKUP)]
    Backup(commands::Backup),
    #[command(about = say::RESTORE)]
    Restore(commands::Restore),
    #[command(about = say::KEY)]
    Key(commands::Key),
    #[command(about = say::WITNESS)]
    Witness(commands::Witness),
    #[command(about = say::CONFORMANCE)]
    Conformance,
}

fn main() -> ExitCode {
    let matches = typed::in_chinese(Cli::command()).try_get_matches();
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return typed::answer(&error),
    };
    let outcome = match cli.command {
        Command::Demo(args) => demo::run(&args),
        Command::Init(args) => commands::init(&cli.config, &args),
        Command::Start(args) => commands::start(&cli.config, &args),
        Command::Serve => commands::serve(&cli.config),
        Command::Migrate => commands::migrate(&cli.config),
        Command::Audit(args) => commands::audit(&cli.config, &args),
        Command::Rebuild(args) => commands::rebuild(&cli.config, &args),
        Command::Due(args) => commands::due(&args),
        // 1 is an answer of `verify`: what was altered or is missing.
        Command::Verify(args) => commands::verify(&args).or_else(|said| {
            eprintln!("{said}");
            Ok(ExitCode::from(2))
        }),
        Command::Export(args) => commands::export(&cli.config, &args),
        Command::Import(args) => commands::import(&cli.config, &args),
        Command::Backup(args) => commands::backup(&cli.config, &args),
        Command::Restore(args) => commands::restore(&cli.config, &args),
        Command::Key(args) => commands::key(&cli.config, &args),
        Command::Witness(args) => commands::witness(&args),
        Command::Conformance => commands::conformance(),
    };
    outcome.unwrap_or_else(|said| {
        eprintln!("{said}");
        ExitCode::FAILURE
    })
}
