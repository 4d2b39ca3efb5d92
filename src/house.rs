//! Opening a house from its configuration, and logging.

use app::house::Parts;
use app::{Config, House, Keys, SystemClock, SystemDice};
use law::Policy;
use law::unit::Units;
use std::path::Path;
use std::sync::Arc;
use tracing_subscriber::EnvFilter;
use web::words::cli as say;

/// What a house is opened with, as the configuration says.
pub fn parts(config: Config) -> Result<Parts, String> {
    let keys = Keys::read(&config.path(&config.seed_file)).map_err(|failure| say::failed(&failure))?;
    let database = config.database_url()?;
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
    let config = Config::read(config)?;
    log(&config.log.level, config.log.json);
    House::open(parts(config)?).map_err(|failure| say::failed(&failure))
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
