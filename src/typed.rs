//! The command line as it is typed: help and refusals in the words of `web::words`, whatever the parser says by itself.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Command};
use std::process::ExitCode;
use web::words::cli as say;
use web::words::trouble::{self, Typed};

/// The command and all below it with their help in Chinese.
pub fn in_chinese(command: Command) -> Command {
    let command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(clap::Arg::new("help").short('h').long("help").action(ArgAction::Help).global(true).help(say::HELP));
    let mut command = command.arg(clap::Arg::new("version").short('V').long("version").action(ArgAction::Version).help(say::VERSION));
    command.build();
    laid_out(command)
}

fn laid_out(command: Command) -> Command {
    let command = command.subcommand_value_name(say::COMMANDS).subcommand_help_heading(say::COMMANDS).help_template(say::HELP_LAYOUT);
    let command = command.disable_help_subcommand(true).mut_args(|arg| {
        let heading = if arg.is_positional() { say::ARGUMENTS } else { say::OPTIONS };
        let arg = arg.help_heading(heading).hide_default_value(true);
        let takes = arg.get_num_args().is_none_or(|number| number.takes_values());
        let name = say::value(arg.get_id().as_str());
        if takes && !matches!(arg.get_action(), ArgAction::SetTrue | ArgAction::Help | ArgAction::Version) {
            arg.value_name(name)
        } else {
            arg
        }
    });
    let mut command = command.mut_subcommands(laid_out);
    let usage = command.render_usage().to_string();
    let usage = say::USAGE.iter().fold(usage, |usage, (theirs, ours)| usage.replace(theirs, ours));
    command.override_usage(usage)
}

/// What is said when the line cannot be followed, or help was asked for.
pub fn answer(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            crate::house::tell(error.render().to_string().trim_end());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprintln!("{}\n{}", error.render().to_string().trim_end(), trouble::typed(&Typed::NoCommand));
            ExitCode::from(2)
        }
        kind => {
            eprintln!("{}", trouble::typed(&wrong(kind, error)));
            ExitCode::from(2)
        }
    }
}

fn wrong(kind: ErrorKind, error: &clap::Error) -> Typed<'_> {
    let word = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.as_str()),
        Some(ContextValue::Strings(words)) => words.first().map(String::as_str),
        _ => None,
    };
    let words = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::Strings(words)) => words.iter().map(String::as_str).collect(),
        Some(ContextValue::String(word)) => vec![word.as_str()],
        _ => Vec::new(),
    };
    let about = word(ContextKind::InvalidSubcommand).or_else(|| word(ContextKind::InvalidArg));
    match (kind, about) {
        (ErrorKind::InvalidSubcommand, Some(about)) => Typed::NoSuch(about, word(ContextKind::SuggestedSubcommand)),
        (ErrorKind::UnknownArgument, Some(about)) => Typed::NoSuch(about, word(ContextKind::SuggestedArg)),
        (ErrorKind::MissingRequiredArgument, _) => Typed::Missing(words(ContextKind::InvalidArg)),
        (ErrorKind::MissingSubcommand, _) => Typed::NoCommand,
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Some(about)) => {
            Typed::Value(about, word(ContextKind::InvalidValue).unwrap_or_default())
        }
        (ErrorKind::ArgumentConflict | ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues, Some(about)) => Typed::Conflict(about),
        _ => Typed::Other,
    }
}
