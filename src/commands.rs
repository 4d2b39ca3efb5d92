//! The sub-commands, one function each; a failure comes back as the sentence to print.

use crate::house::{self as open, house};
use app::bundle::For;
use app::verify::{Answer, Input, Options, Since, read_keys};
use app::witness::WitnessState;
use app::{Config, Failure, House, Keys, SystemClock, audit as audits};
use jiff::civil::Date;
use law::{Policy, UnitCode};
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use web::words::cli as say;

type Outcome = Result<ExitCode, String>;

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn failed(failure: Failure) -> String {
    say::failed(&failure)
}

/// What `init` takes.
#[derive(clap::Args)]
pub struct Init {
    #[arg(long, help = say::INIT_LOGIN)]
    login: String,
    #[arg(long, help = say::INIT_NAME)]
    name: String,
    #[arg(long, help = say::INIT_PHONE)]
    phone: String,
}

pub fn init(config: &Path, args: &Init) -> Outcome {
    use app::door::enrol::{By, Invite, issue};
    let read = Config::read(config)?;
    std::fs::create_dir_all(&read.data).map_err(said)?;
    let seed = read.path(&read.seed_file);
    if !seed.exists() {
        let mut bytes = [0; 32];
        app::Dice::fill(&app::SystemDice, &mut bytes);
        Keys::new(bytes).write(&seed).map_err(failed)?;
    }
    let public = read.web.public_url.trim_end_matches('/').to_owned();
    House::init(&open::parts(read)?, false).map_err(failed)?;
    let house = house(config)?;
    let invite = Invite::Admin {
        role: app::door::Role::System,
        login: args.login.clone(),
        name: law::Personal(args.name.clone()),
        phone: law::Personal(args.phone.clone()),
    };
    let link = issue(&house, By::Keeper, invite).map_err(|error| web::words::door::refused(&error).what)?;
    println!("{}", say::made(&format!("{public}/enrol/{}", link.token.reveal())));
    house.close();
    Ok(ExitCode::SUCCESS)
}

pub fn serve(config: &Path) -> Outcome {
    let house = open::real(config)?;
    let (listen, metrics) = (house.config.web.listen, house.config.web.metrics);
    let site = web::Site::new(house.clone());
    let tender = app::tend::Tender::start(house.clone());
    let runtime = tokio::runtime::Runtime::new().map_err(said)?;
    let served = runtime.block_on(web::serve::run(site, listen, Some(metrics), |address| println!("{}", say::open_house(address))));
    drop(tender);
    house.close();
    served.map(|()| ExitCode::SUCCESS).map_err(said)
}

pub fn migrate(config: &Path) -> Outcome {
    let house = house(config)?;
    app::migrate::shapes(&house).map_err(failed)?;
    house.close();
    Ok(ExitCode::SUCCESS)
}

/// One unit, or all.
#[derive(clap::Args)]
pub struct OneOrAll {
    #[arg(help = say::UNIT)]
    unit: Option<String>,
}

fn unit(word: &str) -> Result<UnitCode, String> {
    UnitCode::parse(word).map_err(|_| say::NO_UNIT.to_owned())
}

fn units(house: &House, args: &OneOrAll) -> Result<Vec<UnitCode>, String> {
    match &args.unit {
        Some(word) => Ok(vec![unit(word)?]),
        None => app::read::record::units(house).map_err(failed),
    }
}

pub fn audit(config: &Path, args: &OneOrAll) -> Outcome {
    let house = house(config)?;
    let mut clean = true;
    for unit in units(&house, args)? {
        let found = audits::unit(&house, unit).map_err(failed)?;
        let lines = found.lines_changed.iter().map(|(seq, fault)| say::line_fault(*seq, *fault));
        let rows = found.rows.iter().map(|row| say::row_fault(row.kind, &row.id.to_string(), &row.columns));
        let head = found.head.map(|fault| say::line_fault(found.lines.cast_signed(), fault));
        let faults: Vec<String> = lines.chain(rows).chain(head).collect();
        println!("{}", say::audited(&unit.to_string(), found.lines, found.is_clean(), &faults));
        clean &= found.is_clean();
    }
    house.close();
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub fn rebuild(config: &Path, args: &OneOrAll) -> Outcome {
    let house = house(config)?;
    for unit in units(&house, args)? {
        let lines = audits::rebuild(&house, unit).map_err(failed)?;
        println!("{}", say::rebuilt(&unit.to_string(), lines));
    }
    house.close();
    Ok(ExitCode::SUCCESS)
}

/// What `due` takes.
#[derive(clap::Args)]
pub struct Due {
    #[arg(long, help = say::DUE_FROM, required_unless_present = "csv")]
    from: Option<Date>,
    #[arg(long, help = say::DUE_DAYS, required_unless_present = "csv")]
    working_days: Option<u32>,
    #[arg(long, help = say::DUE_CSV)]
    csv: bool,
}

pub fn due(args: &Due) -> Outcome {
    let policy = Policy::embedded();
    let calendar = policy.calendar();
    if args.csv {
        return due_lines(calendar);
    }
    let (Some(from), Some(days)) = (args.from, args.working_days) else { unreachable!("clap asks for both") };
    let due = calendar.due(from, days).map_err(|_| say::CALENDAR_ENDS.to_owned())?;
    let counted = calendar.derivation(from, days).map_err(|_| say::CALENDAR_ENDS.to_owned())?;
    println!("{}", say::due(&due, &counted));
    Ok(ExitCode::SUCCESS)
}

/// `start,days` lines in, `due,provisional` lines out.
fn due_lines(calendar: &law::workday::Calendar) -> Outcome {
    let mut out = std::io::stdout().lock();
    for (number, line) in (1..).zip(std::io::stdin().lines()) {
        let line = line.map_err(said)?;
        let pair =
            line.split_once(',').and_then(|(from, days)| Some((from.trim().parse::<Date>().ok()?, days.trim().parse::<u32>().ok()?)));
        let (from, days) = pair.ok_or_else(|| say::bad_line(number))?;
        let due = calendar.due(from, days).map_err(|_| say::CALENDAR_ENDS.to_owned())?;
        writeln!(out, "{},{}", due.due, due.provisional).map_err(said)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What `verify` takes.
#[derive(clap::Args)]
pub struct Verify {
    #[arg(help = say::VERIFY_INPUT)]
    input: String,
    #[arg(long, help = say::VERIFY_KEY)]
    key: Vec<String>,
    #[arg(long, help = say::VERIFY_WITNESS)]
    witness: Vec<String>,
    #[arg(long, help = say::VERIFY_SINCE)]
    since: Option<PathBuf>,
    #[arg(long, help = say::VERIFY_BODY)]
    body: Option<PathBuf>,
    #[arg(long, help = say::JSON)]
    json: bool,
}

/// Keys given as such, or in files.
fn keys(words: &[String]) -> Result<Vec<record::Verifier>, String> {
    let mut keys = Vec::new();
    for word in words {
        match record::Verifier::parse(word) {
            Ok(key) => keys.push(key),
            Err(_) => keys.extend(read_keys(BufReader::new(File::open(word).map_err(|error| format!("{word}: {error}"))?)).map_err(said)?),
        }
    }
    Ok(keys)
}

pub fn verify(args: &Verify) -> Outcome {
    let wire = app::wire::Web::new();
    let mut options = Options::new(&wire);
    options.keys = keys(&args.key)?;
    options.witnesses = keys(&args.witness)?;
    if let Some(since) = &args.since {
        options.since = Since::read(BufReader::new(File::open(since).map_err(said)?)).map_err(said)?;
    }
    options.body = args.body.as_ref().map(std::fs::read).transpose().map_err(said)?;
    let report = app::verify::verify(&Input::of(&args.input), &options);
    match args.json {
        true => println!("{}", serde_json::to_string_pretty(&report).map_err(said)?),
        false => web::words::verify::lines(&report).iter().for_each(|line| println!("{line}")),
    }
    Ok(match report.answer {
        Answer::Intact | Answer::Erased => ExitCode::SUCCESS,
        Answer::CannotCheck => ExitCode::from(3),
        Answer::Changed | Answer::Missing => ExitCode::FAILURE,
    })
}

/// What `export` takes.
#[derive(clap::Args)]
pub struct Export {
    #[arg(help = say::UNIT)]
    unit: String,
    #[arg(long, help = say::OUT)]
    out: PathBuf,
    #[arg(long, help = say::EXPORT_ALL)]
    complete: bool,
}

pub fn export(config: &Path, args: &Export) -> Outcome {
    let house = house(config)?;
    let whom = if args.complete { For::Complete } else { For::Public };
    let mut out = std::io::BufWriter::new(File::create(&args.out).map_err(said)?);
    let done = app::bundle::export(&house, unit(&args.unit)?, whom, &mut out).map_err(said)?;
    out.flush().map_err(said)?;
    println!("{}", say::exported(done.lines, done.sealed));
    house.close();
    Ok(ExitCode::SUCCESS)
}

/// What `import` takes.
#[derive(clap::Args)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    #[command(about = say::IMPORT_BUNDLE)]
    Bundle {
        #[arg(help = say::FILE)]
        file: PathBuf,
    },
    #[command(about = say::IMPORT_PEOPLE)]
    People {
        #[arg(long, help = say::DRY_RUN)]
        dry_run: bool,
        #[arg(long, help = say::UNIT)]
        unit: Option<String>,
        #[arg(help = say::FILE)]
        file: PathBuf,
    },
    #[command(about = say::IMPORT_CALENDAR)]
    Calendar {
        #[arg(help = say::FILE)]
        file: PathBuf,
    },
}

pub fn import(config: &Path, args: &Import) -> Outcome {
    let house = house(config)?;
    let done = match &args.what {
        What::Bundle { file } => app::bundle::import_bundle(&house, file).map(|done| say::imported(done.lines)).map_err(said),
        What::Calendar { file } => {
            let csv = std::fs::read_to_string(file).map_err(said)?;
            app::clock::import_notice(&house, &csv).map(|round| say::calendar(round.lines)).map_err(failed)
        }
        What::People { dry_run, unit: word, file } => people(&house, word.as_deref(), file, *dry_run),
    };
    house.close();
    println!("{}", done?);
    Ok(ExitCode::SUCCESS)
}

/// One village's people, or with no village those of every village that the rows name.
fn people(house: &House, word: Option<&str>, file: &Path, dry_run: bool) -> Result<String, String> {
    let scope = word.map(unit).transpose()?.map_or(app::import::Scope::Each, app::import::Scope::One);
    let bytes = std::fs::read(file).map_err(said)?;
    let work = if dry_run { web::lead::import::dry_run } else { web::lead::import::import };
    serde_json::to_string_pretty(&work(house, scope, &bytes)?).map_err(said)
}

/// What `backup` takes.
#[derive(clap::Args)]
pub struct Backup {
    #[arg(long, required = true, help = say::BACKUP_TO)]
    to: Vec<String>,
    #[arg(long, help = say::OUT)]
    out: PathBuf,
}

pub fn backup(config: &Path, args: &Backup) -> Outcome {
    let house = house(config)?;
    let path = app::backup::backup(&house, &args.to, &args.out).map_err(said)?;
    if args.out.is_dir() {
        app::backup::forget(&args.out, app::Clock::now(&SystemClock)).map_err(said)?;
    }
    println!("{}", say::backed_up(path.display()));
    house.close();
    Ok(ExitCode::SUCCESS)
}

/// What `restore` takes.
#[derive(clap::Args)]
pub struct Restore {
    #[arg(long, help = say::RESTORE_IDENTITY)]
    identity: PathBuf,
    #[arg(long, help = say::RESTORE_PUBLISHED)]
    published: Option<PathBuf>,
    #[arg(help = say::FILE)]
    file: PathBuf,
}

pub fn restore(config: &Path, args: &Restore) -> Outcome {
    let parts = open::parts(Config::read(config)?)?;
    let identity = std::fs::read_to_string(&args.identity).map_err(said)?;
    let published = args.published.as_deref().map(app::backup::read_published).transpose().map_err(said)?.unwrap_or_default();
    let restored = app::backup::restore(parts, &identity, &args.file, &published).map_err(said)?;
    println!("{}", say::restored(restored.rows, restored.reopened.len()));
    restored.house.close();
    Ok(ExitCode::SUCCESS)
}

/// What `key` takes.
#[derive(clap::Args)]
pub struct Key {
    #[command(subcommand)]
    what: KeyWhat,
}

#[derive(clap::Subcommand)]
enum KeyWhat {
    #[command(about = say::KEY_CHANGE)]
    Change {
        #[arg(long, help = say::KEY_LOST)]
        lost: bool,
    },
    #[command(about = say::KEY_SHOW)]
    Show,
}

pub fn key(config: &Path, args: &Key) -> Outcome {
    match args.what {
        KeyWhat::Change { lost } => change_key(config, lost),
        KeyWhat::Show => show_keys(config),
    }
}

fn change_key(config: &Path, lost: bool) -> Outcome {
    let house = if lost { open::without_newest_seed(config)? } else { house(config)? };
    app::signing::begin(&house).map_err(failed)?;
    let written = app::signing::spread(&house).map_err(failed)?;
    // At once, for the first checkpoint with the change in it leads strangers from the old key to the new.
    for (unit, outcome) in app::seal::all(&house) {
        outcome.map_err(|failure| format!("{unit}: {}", failed(failure)))?;
    }
    let now = app::signing::overview(&house).map_err(failed)?;
    let path = now.seeds.last().map(|seed| seed.path.display().to_string()).unwrap_or_default();
    println!("{}", say::key_changed(path, written, now.both_until));
    house.close();
    Ok(ExitCode::SUCCESS)
}

fn show_keys(config: &Path) -> Outcome {
    let house = house(config)?;
    let now = app::signing::overview(&house).map_err(failed)?;
    let newest = now.seeds.len() - 1;
    for (number, seed) in now.seeds.iter().enumerate() {
        println!("{}", say::seed_file(seed, number == 0, number == newest));
    }
    println!("{}", say::key_standing(now.pending, now.both_until));
    now.keys.iter().for_each(|key| println!("{key}"));
    house.close();
    Ok(ExitCode::SUCCESS)
}

/// What `witness` takes.
#[derive(clap::Args)]
pub struct Witness {
    #[arg(long, help = say::WITNESS_DATA)]
    data: PathBuf,
    #[arg(long, help = say::WITNESS_SEED)]
    seed_file: PathBuf,
    #[arg(long, help = say::WITNESS_NAME)]
    name: String,
    #[arg(long, help = say::WITNESS_LOGS)]
    logs: PathBuf,
    #[arg(long, default_value = "127.0.0.1:8450", help = say::WITNESS_LISTEN)]
    listen: SocketAddr,
}

pub fn witness(args: &Witness) -> Outcome {
    open::log("info", false);
    if !args.seed_file.exists() {
        let mut bytes = [0; 32];
        app::Dice::fill(&app::SystemDice, &mut bytes);
        Keys::new(bytes).write(&args.seed_file).map_err(failed)?;
    }
    let signer = app::witness::signer(&Keys::read(&args.seed_file).map_err(failed)?, &args.name).map_err(failed)?;
    let mut text = String::new();
    File::open(&args.logs)
        .and_then(|mut file| file.read_to_string(&mut text))
        .map_err(|error| format!("{}: {error}", args.logs.display()))?;
    let logs = app::witness::read_logs(&text).map_err(said)?;
    let state = WitnessState::open(&args.data, signer, logs, Arc::new(SystemClock)).map_err(said)?;
    let key = state.vkey();
    let runtime = tokio::runtime::Runtime::new().map_err(said)?;
    runtime.block_on(async {
        let address = web::serve::witness(Arc::new(Mutex::new(state)), args.listen).await.map_err(said)?;
        println!("{}", say::witness(address, &key));
        web::serve::asked_to_stop().await;
        Ok(ExitCode::SUCCESS)
    })
}

pub fn conformance() -> Outcome {
    let duties = sim::conformance::duties();
    for duty in &duties {
        let stories = if duty.stories.is_empty() { say::UNPROVED.to_owned() } else { duty.stories.join(" ") };
        println!("{}\t{}\t{stories}", duty.id, duty.phrase);
    }
    println!("{}", say::conformance(duties.iter().filter(|duty| !duty.stories.is_empty()).count(), duties.len()));
    Ok(ExitCode::SUCCESS)
}
