//! 迁移 Migrations: numbered scripts, each once, in order.

use crate::{Connection, Failure};

const SCRIPTS: &[(&str, &str)] =
    &[("0001_house", include_str!("../migrations/0001_house.sql")), ("0002_door", include_str!("../migrations/0002_door.sql"))];

/// Brings the database to the newest shape and says what was done.
pub fn run(connection: &mut dyn Connection) -> Result<Vec<&'static str>, Failure> {
    connection.script("CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY)")?;
    let mut done = Vec::new();
    for (name, sql) in SCRIPTS {
        let sql = sql.replace("BYTES", connection.bytes_type());
        let known = {
            let mut tx = connection.read()?;
            tx.row("SELECT name FROM migration WHERE name = $1", &[(*name).into()])?.is_some()
        };
        if known {
            continue;
        }
        connection.script(&format!("BEGIN; {sql}; INSERT INTO migration (name) VALUES ('{name}'); COMMIT;"))?;
        done.push(*name);
    }
    Ok(done)
}
