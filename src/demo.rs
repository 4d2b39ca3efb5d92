//! `cunwu demo`: fills a directory with a town's invented year and serves it, with identities to sign in as.

use crate::house as open;
use app::config::{Adapter, Witness};
use app::house::Parts;
use app::tend::Tender;
use app::witness::{WitnessState, signer};
use app::{Clock, Config, House, Keys, SystemClock, SystemDice};
use jiff::Span;
use law::unit::Units;
use law::{Policy, UnitCode};
use sim::town::{Identity, Town};
use sim::world::{Store, World};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use web::words::cli as say;

/// Towns that live in the demo: 虎门镇 with its communities, 洪梅镇 with its villages.
const TOWNS: [&str; 2] = ["441900121000", "441900125000"];
const IDENTITIES: &str = "identities.json";
const RECORD_NAME: &str = "demo.invalid/record";

/// What the demo takes.
#[derive(clap::Args)]
pub struct Args {
    #[arg(long, default_value = "demo-data", help = say::DEMO_DATA)]
    data: PathBuf,
    #[arg(long, default_value = "127.0.0.1:8440", help = say::DEMO_LISTEN)]
    listen: SocketAddr,
    #[arg(long, default_value_t = 7, help = say::DEMO_SEED)]
    seed: u64,
    #[arg(long, help = say::DEMO_FILL)]
    fill_only: bool,
}

/// Fills the directory if it is new, then serves it.
pub fn run(args: &Args) -> Result<ExitCode, String> {
    open::log("warn", false);
    if !args.listen.ip().is_loopback() {
        return Err(say::DEMO_LOOPBACK.to_owned());
    }
    if !args.data.join(IDENTITIES).exists() {
        fill(&args.data, args.seed)?;
    }
    if args.fill_only {
        return Ok(ExitCode::SUCCESS);
    }
    serve(args)
}

fn keys(data: &Path) -> Result<Keys, String> {
    Keys::read(&data.join("seed")).map_err(|failure| say::failed(&failure))
}

/// A year of life until yesterday; a function of the seed and the last day.
fn fill(data: &Path, seed: u64) -> Result<(), String> {
    std::fs::create_dir_all(data).map_err(|error| format!("{}: {error}", data.display()))?;
    let today = law::moment::civil_day(SystemClock.now());
    let last = today.yesterday().map_err(|error| error.to_string())?;
    let first = last.checked_sub(Span::new().years(1)).map_err(|error| error.to_string())?;
    println!("{}", say::filling(first, last));
    // The house is set up the day before its life begins.
    let eve = first.yesterday().map_err(|error| error.to_string())?;
    let world = World::new(data.to_owned(), &Store::Sqlite, seed, eve, true).map_err(|failure| say::failed(&failure))?;
    world.keys().write(&data.join("seed")).map_err(|failure| say::failed(&failure))?;
    let towns: Vec<UnitCode> = TOWNS.iter().filter_map(|code| UnitCode::parse(code).ok()).collect();
    let world = Arc::new(world);
    let mut town = Town::found(world.clone(), &towns, first, seed).map_err(|failure| say::failed(&failure))?;
    town.live(first, last, |month| println!("{}", say::lived(month))).map_err(|failure| say::failed(&failure))?;
    for (unit, outcome) in app::seal::all(&world.house) {
        outcome.map_err(|failure| format!("{unit}: {}", say::failed(&failure)))?;
    }
    let identities = serde_json::to_vec_pretty(&town.identities()).map_err(|error| error.to_string())?;
    std::fs::write(data.join(IDENTITIES), identities).map_err(|error| error.to_string())?;
    // So that audit, export and the like can be tried on the demo too.
    let folder = data.canonicalize().map_err(|error| error.to_string())?;
    let config = format!("data = {folder:?}\nrecord_name = \"{RECORD_NAME}\"\n");
    std::fs::write(data.join("cunwu.toml"), config).map_err(|error| error.to_string())?;
    println!("{}", say::filled(world.house.counts().0));
    Ok(())
}

fn serve(args: &Args) -> Result<ExitCode, String> {
    let data = &args.data;
    let text = std::fs::read_to_string(data.join(IDENTITIES)).map_err(|error| format!("{}: {error}", data.display()))?;
    let identities: Vec<Identity> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    // Bound once, so that a port given as 0 is known before addresses are printed.
    let listen =
        TcpListener::bind(args.listen).and_then(|listener| listener.local_addr()).map_err(|error| format!("{}: {error}", args.listen))?;
    let mut config = Config::in_directory(data, RECORD_NAME);
    config.web.listen = listen;
    config.web.public_url = format!("http://{listen}");
    config.codes.adapter = Adapter::File;
    let keys = keys(data)?;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    config.witness = vec![runtime.block_on(witness(data, &keys))?];
    let database = config.database_url()?;
    let parts = Parts {
        config,
        database: Arc::new(database),
        keys,
        clock: Arc::new(SystemClock),
        dice: Arc::new(SystemDice),
        policy: Policy::embedded(),
        units: Units::embedded(),
    };
    let house = House::open(parts).map_err(|failure| say::failed(&failure))?;
    if !house.demo {
        return Err(say::NOT_A_DEMO.to_owned());
    }
    let known = identities.into_iter().filter_map(|i| web::demo::identity(i.unit, i.person, i.phone, i.name, i.post)).collect();
    let site = web::Site::with_identities(house.clone(), known);
    let tender = Tender::start(house.clone());
    let served = runtime
        .block_on(web::serve::run(site, listen, None, |address| println!("{}\nlistening http://{address}", say::open_demo(address))));
    drop(tender);
    house.close();
    served.map(|()| ExitCode::SUCCESS).map_err(|error| error.to_string())
}

/// A witness of the demo's own, in this process but behind a port of its own, as a neighbour's would be.
async fn witness(data: &Path, keys: &Keys) -> Result<Witness, String> {
    let signer = signer(keys, "demo.invalid/witness").map_err(|failure| say::failed(&failure))?;
    let clock = Arc::new(SystemClock);
    let units = Units::embedded();
    let mut logs = Vec::new();
    for unit in units.all() {
        let origin = format!("{RECORD_NAME}/{}/0", unit.code);
        let log = keys.signer(unit.code, &origin).map_err(|failure| say::failed(&failure))?;
        logs.push(log.verifier(record::Kind::Plain));
    }
    let state = WitnessState::open(&data.join("witness"), signer, logs, clock).map_err(|error| error.to_string())?;
    let key = state.vkey();
    let address = web::serve::witness(Arc::new(Mutex::new(state)), ([127, 0, 0, 1], 0).into()).await.map_err(|error| error.to_string())?;
    Ok(Witness { title: say::DEMO_WITNESS.to_owned(), key, url: format!("http://{address}") })
}
