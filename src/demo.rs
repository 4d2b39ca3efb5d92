//! `cunwu demo`: fills a directory with a town's invented year and serves it, with identities to sign in as.

use crate::commands::served;
use crate::house::{self as open, tell};
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
use web::words::{cli as say, trouble};

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
    Keys::read(&data.join("seed")).map_err(|failure| trouble::failed(&failure))
}

/// Fills a directory beside the one that is meant and gives it its name at the end: what is there is whole.
fn fill(data: &Path, seed: u64) -> Result<(), String> {
    let of = |error: std::io::Error| trouble::file(data, &error);
    let taken = std::fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_some());
    if taken {
        return Err(say::demo_taken(data.display()));
    }
    let part = data.with_extension("part");
    if part.exists() {
        std::fs::remove_dir_all(&part).map_err(of)?;
    }
    std::fs::create_dir_all(&part).map_err(of)?;
    let acts = live(&part, seed)?;
    std::fs::rename(&part, data).map_err(of)?;
    // So that audit, export and the like can be tried on the demo too.
    let folder = data.canonicalize().map_err(of)?;
    let config = format!("data = {folder:?}\nrecord_name = \"{RECORD_NAME}\"\n");
    std::fs::write(data.join("cunwu.toml"), config).map_err(of)?;
    tell(say::filled(acts));
    Ok(())
}

/// A year of life until yesterday; a function of the seed and the last day. The number of acts.
fn live(data: &Path, seed: u64) -> Result<u64, String> {
    let failed = |failure| trouble::failed(&failure);
    let today = law::moment::civil_day(SystemClock.now());
    let last = today.yesterday().map_err(trouble::bug)?;
    let first = last.checked_sub(Span::new().years(1)).map_err(trouble::bug)?;
    tell(say::filling(first, last));
    // The house is set up the day before its life begins.
    let eve = first.yesterday().map_err(trouble::bug)?;
    let world = World::new(data.to_owned(), &Store::Sqlite, seed, eve, true).map_err(failed)?;
    world.keys().write(&data.join("seed")).map_err(failed)?;
    let towns: Vec<UnitCode> = TOWNS.iter().filter_map(|code| UnitCode::parse(code).ok()).collect();
    let world = Arc::new(world);
    let mut town = Town::found(world.clone(), &towns, first, seed).map_err(failed)?;
    town.live(first, last, |month| tell(say::lived(month))).map_err(failed)?;
    for (_, outcome) in app::seal::all(&world.house).map_err(failed)? {
        outcome.map_err(failed)?;
    }
    let identities = serde_json::to_vec_pretty(&town.identities()).map_err(trouble::bug)?;
    let path = data.join(IDENTITIES);
    std::fs::write(&path, identities).map_err(|error| trouble::file(&path, &error))?;
    Ok(world.house.counts().0)
}

fn serve(args: &Args) -> Result<ExitCode, String> {
    let data = &args.data;
    let path = data.join(IDENTITIES);
    let text = std::fs::read_to_string(&path).map_err(|error| trouble::file(&path, &error))?;
    let identities: Vec<Identity> = serde_json::from_str(&text).map_err(|_| say::NOT_A_DEMO.to_owned())?;
    // Bound once, so that a port given as 0 is known before addresses are printed.
    let listen = TcpListener::bind(args.listen).and_then(|listener| listener.local_addr());
    let listen = listen.map_err(|error| trouble::listen(args.listen, &error))?;
    let mut config = Config::in_directory(data, RECORD_NAME);
    config.web.listen = listen;
    config.web.public_url = format!("http://{listen}");
    config.codes.adapter = Adapter::File;
    let keys = keys(data)?;
    let runtime = tokio::runtime::Runtime::new().map_err(trouble::bug)?;
    config.witness = vec![runtime.block_on(witness(data, &keys))?];
    let database = config.database_url().map_err(|error| trouble::config(&error))?;
    let parts = Parts {
        config,
        database: Arc::new(database),
        keys,
        clock: Arc::new(SystemClock),
        dice: Arc::new(SystemDice),
        policy: Policy::embedded(),
        units: Units::embedded(),
    };
    let house = House::open(parts).map_err(|failure| trouble::failed(&failure))?;
    app::migrate::shapes(&house).map_err(|failure| trouble::failed(&failure))?;
    if !house.demo {
        return Err(say::NOT_A_DEMO.to_owned());
    }
    let known = identities.into_iter().filter_map(|i| web::demo::identity(i.unit, i.person, i.phone, i.name, i.post)).collect();
    let site = web::Site::with_identities(house.clone(), known);
    let tender = Tender::start(house.clone()).map_err(|failure| trouble::failed(&failure))?;
    let served = served(site, listen, None, |address| tell(format_args!("{}\nlistening http://{address}", say::open_demo(address))));
    drop(tender);
    house.close();
    served
}

/// A witness of the demo's own, in this process but behind a port of its own, as a neighbour's would be.
async fn witness(data: &Path, keys: &Keys) -> Result<Witness, String> {
    let signer = signer(keys, "demo.invalid/witness").map_err(|failure| trouble::failed(&failure))?;
    let clock = Arc::new(SystemClock);
    let units = Units::embedded();
    let mut logs = Vec::new();
    for unit in units.all() {
        let origin = format!("{RECORD_NAME}/{}/0", unit.code);
        let log = keys.signer(unit.code, &origin).map_err(|failure| trouble::failed(&failure))?;
        logs.push(log.verifier(record::Kind::Plain));
    }
    let folder = data.join("witness");
    let state = WitnessState::open(&folder, signer, logs, clock).map_err(|error| trouble::witness(&folder, &error))?;
    let key = state.vkey();
    let any: SocketAddr = ([127, 0, 0, 1], 0).into();
    let address = web::serve::witness(Arc::new(Mutex::new(state)), any).await.map_err(|error| trouble::listen(any, &error))?;
    Ok(Witness { title: say::DEMO_WITNESS.to_owned(), key, url: format!("http://{address}") })
}
