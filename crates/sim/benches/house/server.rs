//! PostgreSQL for the benches: a server of their own in a folder, `fsync=on`, stopped with its holder by its own pid file.

use crate::kit::cpu_of;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";

/// A server that runs until it is dropped.
pub struct Server {
    data: PathBuf,
    port: u16,
}

impl Server {
    /// Starts one in `folder`; none when there is no PostgreSQL here.
    pub fn start(folder: &Path) -> Option<Self> {
        let home = folder.join("postgres");
        fs::create_dir_all(&home).ok()?;
        let data = home.join("data");
        if is_root() {
            let owned = Command::new("chown").arg("postgres").arg(&home).status().ok()?;
            owned.success().then_some(())?;
        }
        let port = std::net::TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
        program("initdb", &data).args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]).quiet()?;
        let options = format!("-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c fsync=on", home.display());
        program("pg_ctl", &data).args(["-w", "-l"]).arg(home.join("log")).arg("-o").arg(options).arg("start").quiet()?;
        Some(Self { data, port })
    }

    /// The address of a new database.
    pub fn database(&self, name: &str) -> String {
        let url = |name: &str| format!("postgresql://postgres@127.0.0.1:{}/{name}", self.port);
        let mut client = postgres::Client::connect(&url("postgres"), postgres::NoTls).expect("the server of this run");
        client.batch_execute(&format!("CREATE DATABASE \"{name}\"")).expect("a database");
        url(name)
    }

    /// Processor time of all its processes so far. Sessions that ended are not in it.
    pub fn cpu(&self) -> Duration {
        let pid = fs::read_to_string(self.data.join("postmaster.pid")).unwrap_or_default();
        let pid = pid.lines().next().unwrap_or_default().trim().to_owned();
        let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
        std::iter::once(pid.as_str()).chain(children.split_whitespace()).map(cpu_of).sum()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if program("pg_ctl", &self.data).args(["-w", "-m", "fast", "stop"]).quiet().is_none() {
            eprintln!("PostgreSQL in {} did not stop", self.data.display());
        }
    }
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0)
}

/// A program of PostgreSQL on this folder; never as root.
fn program(name: &str, data: &Path) -> Command {
    let path = Path::new(PROGRAMS).join(name);
    let mut command = match is_root() {
        true => Command::new("runuser"),
        false => Command::new(&path),
    };
    if is_root() {
        command.args(["-u", "postgres", "--"]).arg(path);
    }
    command.arg("-D").arg(data);
    command
}

trait Quiet {
    /// Runs it without a word; none when it failed.
    fn quiet(&mut self) -> Option<()>;
}

impl Quiet for Command {
    fn quiet(&mut self) -> Option<()> {
        let status = self.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
        status.success().then_some(())
    }
}
