//! 迁移 Migrations: numbered scripts, each once, in order.

use crate::{Connection, Failure, Tx};

const SCRIPTS: &[(&str, &str)] = &[
    ("0001_house", include_str!("../migrations/0001_house.sql")),
    ("0002_door", include_str!("../migrations/0002_door.sql")),
    ("0003_report_seen", include_str!("../migrations/0003_report_seen.sql")),
    ("0004_gaps", include_str!("../migrations/0004_gaps.sql")),
    ("0005_motion", include_str!("../migrations/0005_motion.sql")),
];

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

/// Whether the rows of a kind are known to have this shape.
pub fn shape_is(tx: &mut dyn Tx, kind: &str, shape: i64) -> Result<bool, Failure> {
    let row = tx.row("SELECT shape FROM shape WHERE kind = $1", &[kind.into()])?;
    row.map_or(Ok(false), |row| Ok(row.int(0)? == shape))
}

/// Notes the shape that the rows of a kind have now.
pub fn note_shape(tx: &mut dyn Tx, kind: &str, shape: i64) -> Result<(), Failure> {
    tx.run(
        "INSERT INTO shape (kind, shape) VALUES ($1, $2) ON CONFLICT (kind) DO UPDATE SET shape = excluded.shape",
        &[kind.into(), shape.into()],
    )
    .map(|_| ())
}
