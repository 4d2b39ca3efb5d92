//! Opening a house from its configuration, and logging.

use app::house::Parts;
use app::{Config, House, Keys, SystemClock, SystemDice};
use law::Policy;
use law::unit::Units;
use std::path::Path;
use std::sync::Arc;
use tracing_subscriber::EnvFilter;
use web::words::{cli as say, trouble};

/// What a house is opened with, as the configuration says.
pub fn parts(config: Config) -> Result<Parts, String> {
    let keys = Keys::read(&config.path(&config.seed_file)).map_err(|failure| trouble::failed(&failure))?;
    let database = config.database_url().map_err(|error| trouble::config(&error))?;
    Ok(Parts {
        config,
        database: Arc::new(database),
        keys,
        clock: Arc::new(SystemClock),
        dice: Arc::new(SystemDice),
        policy: Policy::embedded(),
        units: Units::embedded(),
    })
}

/// Opens the house of a configuration file.
pub fn house(config: &Path) -> Result<Arc<House>, String> {
    let config = read(config)?;
    log(&config.log.level, config.log.json);
    let house = House::open(parts(config)?).map_err(|failure| trouble::failed(&failure))?;
    // Rows of an older shape would look altered to the first audit.
    app::migrate::shapes(&house).map_err(|failure| trouble::failed(&failure))?;
    Ok(house)
}

/// The configuration.
pub fn read(config: &Path) -> Result<Config, String> {
    Config::read(config).map_err(|error| trouble::config(&error))
}

/// Says something on standard output. Whoever closed it early, as `head` does, has read enough.
pub fn tell(line: impl std::fmt::Display) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _read_enough = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// As [`house`], although the newest of the later seeds is lost: only to change the key.
pub fn without_newest_seed(config: &Path) -> Result<Arc<House>, String> {
    let config = read(config)?;
    log(&config.log.level, config.log.json);
    House::open_without_newest_seed(parts(config)?).map_err(|failure| trouble::failed(&failure))
}

/// As [`house`], to be served or set up as real: never a demo's directory.
pub fn real(config: &Path) -> Result<Arc<House>, String> {
    let house = house(config)?;
    match house.demo {
        true => Err(say::IS_A_DEMO.to_owned()),
        false => Ok(house),
    }
}

/// Logs to standard error; never a name, number or text of a person.
pub fn log(level: &str, json: bool) {
    let filter = EnvFilter::try_new(level).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second call, as in tests, changes nothing.
    let _set = if json { builder.json().try_init().is_ok() } else { builder.compact().try_init().is_ok() };
}
