//! The sub-commands, one function each; a failure comes back as the sentence to print.

use crate::house::{self as open, house, tell};
use app::bundle::For;
use app::verify::{Answer, Input, Options, Since, read_keys};
use app::witness::WitnessState;
use app::{Asked, Failure, House, HouseFault, Keys, SystemClock, audit as audits};
use jiff::civil::Date;
use law::lead::mechanism;
use law::{Actor, AnyAct, Policy, UnitCode, Who};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use web::words::{cli as say, trouble};

type Outcome = Result<ExitCode, String>;

fn failed(failure: Failure) -> String {
    trouble::failed(&failure)
}

/// What is said of a file that cannot be read or written.
fn of(path: &Path) -> impl Fn(std::io::Error) -> String + '_ {
    |error| trouble::file(path, &error)
}

fn open_file(path: &Path) -> Result<BufReader<File>, String> {
    File::open(path).map(BufReader::new).map_err(of(path))
}

fn new_seed(path: &Path) -> Result<(), String> {
    let mut bytes = [0; 32];
    app::Dice::fill(&app::SystemDice, &mut bytes);
    Keys::new(bytes).write(path).map_err(failed)
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

/// Said again, it makes nothing anew and issues another link, as long as nobody has enrolled by the first.
pub fn init(config: &Path, args: &Init) -> Outcome {
    use app::door::DoorError;
    use app::door::enrol::{By, Invite, issue};
    let read = open::read(config)?;
    std::fs::create_dir_all(&read.data).map_err(of(&read.data))?;
    let seed = read.path(&read.seed_file);
    let parts = match seed.exists() {
        true => open::parts(read)?,
        false => new_seed(&seed).and_then(|()| open::parts(read))?,
    };
    match House::init(&parts, false) {
        Ok(()) | Err(Failure::House(HouseFault::Already)) => {}
        Err(failure) => return Err(failed(failure)),
    }
    let house = open::real(config)?;
    let invite = Invite::Admin {
        role: app::door::Role::System,
        login: args.login.clone(),
        name: law::Personal(args.name.clone()),
        phone: law::Personal(args.phone.clone()),
    };
    let link = issue(&house, By::Keeper, invite);
    house.close();
    let link = link.map_err(|error| match error {
        DoorError::RoleTaken => failed(Failure::House(HouseFault::Already)),
        error => trouble::door(&error),
    })?;
    tell(say::made(&web::site::url(&house.config, &format!("/enrol/{}", link.token.reveal()))));
    Ok(ExitCode::SUCCESS)
}

/// What `start` takes.
#[derive(clap::Args)]
pub struct Start {
    #[arg(help = say::ONE_UNIT)]
    unit: String,
    #[arg(long, help = say::START_DAY)]
    day: Option<Date>,
    #[arg(long, help = say::START_BASIS)]
    basis: String,
}

pub fn start(config: &Path, args: &Start) -> Outcome {
    let house = house(config)?;
    let unit = unit(&args.unit)?;
    if house.units.get(unit).is_none_or(|unit| unit.profile().is_none()) {
        return Err(trouble::no_unit(&args.unit));
    }
    let day = args.day.unwrap_or_else(|| app::read::today(&house));
    let act = AnyAct::Mechanism(mechanism::Act::Start { day, basis: args.basis.clone() });
    let done = house.enact(unit, Asked::new(act, Actor::new(Who::Keeper)));
    house.close();
    done.map_err(failed)?;
    tell(say::started(&args.unit, day));
    Ok(ExitCode::SUCCESS)
}

pub fn serve(config: &Path) -> Outcome {
    use app::door::DoorError;
    let house = open::real(config)?;
    match app::door::courier::of(&house) {
        Ok(_) | Err(DoorError::NoCodes) => {}
        Err(error) => return Err(trouble::door(&error)),
    }
    let (listen, metrics) = (house.config.web.listen, house.config.web.metrics);
    let tender = app::tend::Tender::start(house.clone()).map_err(failed)?;
    let served = served(web::Site::new(house.clone()), listen, Some(metrics), |address| tell(say::open_house(address)));
    drop(tender);
    house.close();
    served
}

/// Serves until it is asked to stop.
pub fn served(site: Arc<web::Site>, listen: SocketAddr, metrics: Option<SocketAddr>, ready: impl FnOnce(SocketAddr)) -> Outcome {
    let runtime = tokio::runtime::Runtime::new().map_err(trouble::bug)?;
    let served = runtime.block_on(web::serve::run(site, listen, metrics, ready));
    served.map(|()| ExitCode::SUCCESS).map_err(|unheard| trouble::listen(unheard.address, &unheard.error))
}

pub fn migrate(config: &Path) -> Outcome {
    house(config)?.close();
    tell(say::MIGRATED);
    Ok(ExitCode::SUCCESS)
}

/// One unit, or all.
#[derive(clap::Args)]
pub struct OneOrAll {
    #[arg(help = say::UNIT)]
    unit: Option<String>,
}

fn unit(word: &str) -> Result<UnitCode, String> {
    UnitCode::parse(word).map_err(|_| trouble::no_unit(word))
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
    let units = units(&house, args)?;
    if units.is_empty() {
        tell(say::NO_RECORDS);
    }
    for unit in units {
        let found = audits::unit(&house, unit).map_err(failed)?;
        say::audited(unit, &found).into_iter().for_each(tell);
        clean &= found.is_clean();
    }
    house.close();
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub fn rebuild(config: &Path, args: &OneOrAll) -> Outcome {
    let house = house(config)?;
    for unit in units(&house, args)? {
        let lines = audits::rebuild(&house, unit).map_err(failed)?;
        tell(say::rebuilt(&unit.to_string(), lines));
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
    tell(say::due(&due, &counted));
    Ok(ExitCode::SUCCESS)
}

/// `start,days` lines in, `due,provisional` lines out.
fn due_lines(calendar: &law::workday::Calendar) -> Outcome {
    let mut out = BufWriter::new(std::io::stdout().lock());
    for (number, line) in (1..).zip(std::io::stdin().lines()) {
        let line = line.map_err(|_| say::bad_line(number))?;
        let pair =
            line.split_once(',').and_then(|(from, days)| Some((from.trim().parse::<Date>().ok()?, days.trim().parse::<u32>().ok()?)));
        let (from, days) = pair.ok_or_else(|| say::bad_line(number))?;
        let due = calendar.due(from, days).map_err(|_| say::CALENDAR_ENDS.to_owned())?;
        if writeln!(out, "{},{}", due.due, due.provisional).is_err() {
            break;
        }
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
            Err(_) => {
                let path = Path::new(word);
                let found = read_keys(open_file(path)?).map_err(of(path))?;
                if found.is_empty() {
                    return Err(trouble::no_key(word));
                }
                keys.extend(found);
            }
        }
    }
    Ok(keys)
}

pub fn verify(args: &Verify) -> Outcome {
    let input = Input::of(&args.input);
    if let Input::File(path) = &input {
        open_file(path)?;
    }
    let wire = app::wire::Web::new();
    let mut options = Options::new(&wire);
    options.keys = keys(&args.key)?;
    options.witnesses = keys(&args.witness)?;
    if let Some(path) = &args.since {
        let since = Since::read(open_file(path)?).map_err(of(path))?;
        options.since = Some(since.ok_or_else(|| trouble::no_since(path))?);
    }
    options.body = args.body.as_ref().map(|path| std::fs::read(path).map_err(of(path))).transpose()?;
    let report = app::verify::verify(&input, &options);
    match args.json {
        true => tell(serde_json::to_string_pretty(&report).map_err(trouble::bug)?),
        false => web::words::verify::lines(&report).iter().for_each(tell),
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

/// The file has its name only once it is whole.
pub fn export(config: &Path, args: &Export) -> Outcome {
    let unit = unit(&args.unit)?;
    let house = house(config)?;
    let whom = if args.complete { For::Complete } else { For::Public };
    let done = app::bundle::export_to(&house, unit, whom, &args.out);
    house.close();
    let done = done.map_err(|error| trouble::bundle(&args.out, &error))?;
    tell(say::exported(done.lines, done.sealed));
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
    #[command(about = say::IMPORT_BODIES)]
    Bodies {
        #[arg(help = say::FILE)]
        file: PathBuf,
    },
    #[command(about = say::IMPORT_PEOPLE)]
    People {
        #[arg(long, help = say::DRY_RUN)]
        dry_run: bool,
        #[arg(long, help = say::PEOPLE_UNIT)]
        unit: Option<String>,
        #[arg(long, help = say::JSON)]
        json: bool,
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
        What::Bundle { file } => {
            app::bundle::import_bundle(&house, file).map(|done| say::imported(done.lines)).map_err(|error| trouble::bundle(file, &error))
        }
        What::Calendar { file } => calendar(&house, file),
        What::Bodies { file } => bodies(&house, file),
        What::People { dry_run, unit: word, json, file } => people(&house, word.as_deref(), file, *dry_run, *json),
    };
    house.close();
    tell(done?);
    Ok(ExitCode::SUCCESS)
}

fn calendar(house: &House, file: &Path) -> Result<String, String> {
    let csv = std::fs::read_to_string(file).map_err(of(file))?;
    let round = app::clock::import_notice(house, &csv).map_err(|error| trouble::calendar(file, &error))?;
    Ok(say::calendar(round.lines))
}

fn bodies(house: &House, file: &Path) -> Result<String, String> {
    let bytes = std::fs::read(file).map_err(of(file))?;
    let done = app::import::enter_bodies(house, &bytes).map_err(|error| trouble::bodies(file, &error))?;
    Ok(say::bodies(done.entered, done.same))
}

/// One village's people, or with no village those of every village that the rows name.
fn people(house: &House, word: Option<&str>, file: &Path, dry_run: bool, json: bool) -> Result<String, String> {
    use web::lead::import::{done_json, verdicts_json};
    use web::words::import as words;
    let scope = word.map(unit).transpose()?.map_or(app::import::Scope::Each, app::import::Scope::One);
    let bytes = std::fs::read(file).map_err(of(file))?;
    let stopped = |stopped| trouble::people(&stopped);
    let sheet = app::import::check(house, scope, &bytes, &|_| {}).map_err(stopped)?;
    let done = match dry_run {
        true => None,
        false => Some(web::lead::import::import(house, scope, &bytes).map_err(stopped)?),
    };
    if json {
        let mut answer = verdicts_json(&sheet);
        answer["done"] = done.as_ref().map(done_json).into();
        return serde_json::to_string_pretty(&answer).map_err(trouble::bug);
    }
    let lines = words::tried(&sheet).into_iter().chain(done.iter().flat_map(words::done));
    Ok(lines.collect::<Vec<_>>().join("\n"))
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
    let path = app::backup::backup(&house, &args.to, &args.out);
    house.close();
    let path = path.map_err(|error| trouble::backup(&args.out, &error))?;
    if args.out.is_dir() {
        app::backup::forget(&args.out, app::Clock::now(&SystemClock)).map_err(of(&args.out))?;
    }
    tell(say::backed_up(path.display()));
    Ok(ExitCode::SUCCESS)
}

/// What `restore` takes.
#[derive(clap::Args)]
pub struct Restore {
    #[arg(long, help = say::RESTORE_IDENTITY)]
    identity: PathBuf,
    #[arg(long, help = say::RESTORE_PUBLISHED)]
    published: Vec<PathBuf>,
    #[arg(help = say::FILE)]
    file: PathBuf,
}

pub fn restore(config: &Path, args: &Restore) -> Outcome {
    let read = open::read(config)?;
    open::log(&read.log.level, read.log.json);
    let parts = open::parts(read)?;
    let identity = std::fs::read_to_string(&args.identity).map_err(of(&args.identity))?;
    let mut published = Vec::new();
    for path in &args.published {
        published.extend(app::backup::read_published(path).map_err(of(path))?);
    }
    let restored = app::backup::restore(parts, &identity, &args.file, &published).map_err(|error| trouble::backup(&args.file, &error))?;
    say::restored(&restored).into_iter().for_each(tell);
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
    for (unit, outcome) in app::seal::all(&house).map_err(failed)? {
        outcome.map_err(|failure| format!("{unit}: {}", failed(failure)))?;
    }
    let now = app::signing::overview(&house).map_err(failed)?;
    let path = now.seeds.last().map(|seed| seed.path.display().to_string()).unwrap_or_default();
    tell(say::key_changed(path, written, now.both_until));
    house.close();
    Ok(ExitCode::SUCCESS)
}

fn show_keys(config: &Path) -> Outcome {
    let house = house(config)?;
    let now = app::signing::overview(&house).map_err(failed)?;
    let newest = now.seeds.len() - 1;
    for (number, seed) in now.seeds.iter().enumerate() {
        tell(say::seed_file(seed, number == 0, number == newest));
    }
    tell(say::key_standing(now.pending, now.both_until));
    now.keys.iter().for_each(tell);
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
        new_seed(&args.seed_file)?;
    }
    let signer = app::witness::signer(&Keys::read(&args.seed_file).map_err(failed)?, &args.name).map_err(failed)?;
    let text = std::fs::read_to_string(&args.logs).map_err(of(&args.logs))?;
    let logs = app::witness::read_logs(&text).map_err(|error| trouble::witness(&args.logs, &error))?;
    let state = WitnessState::open(&args.data, signer, logs, Arc::new(SystemClock));
    let state = state.map_err(|error| trouble::witness(&args.data, &error))?;
    let key = state.vkey();
    let runtime = tokio::runtime::Runtime::new().map_err(trouble::bug)?;
    runtime.block_on(async {
        let address = web::serve::witness(Arc::new(Mutex::new(state)), args.listen).await;
        let stop = web::serve::asked_to_stop();
        tell(say::witness(address.map_err(|error| trouble::listen(args.listen, &error))?, &key));
        stop.await;
        Ok(ExitCode::SUCCESS)
    })
}

pub fn conformance() -> Outcome {
    let duties = sim::conformance::duties();
    for duty in &duties {
        let stories = if duty.stories.is_empty() { say::UNPROVED.to_owned() } else { duty.stories.join(" ") };
        tell(format_args!("{}\t{}\t{stories}", duty.id, duty.phrase));
    }
    tell(say::conformance(duties.iter().filter(|duty| !duty.stories.is_empty()).count(), duties.len()));
    Ok(ExitCode::SUCCESS)
}
