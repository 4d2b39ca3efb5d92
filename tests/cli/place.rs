//! 地方 A place with one house in it: a folder, its configuration, one database; and the program, run and served there.

use crate::browser::Browser;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// 北栅社区.
pub const UNIT: &str = "441900121014";
/// 虎门镇.
pub const TOWN: &str = "441900121000";
/// The name of all records of these stories.
pub const RECORD: &str = "hm.example/record";

/// How often something is asked for that is a moment away: sealing takes about a second.
const PATIENCE: usize = 200_000;

static PLACES: AtomicU32 = AtomicU32::new(0);

/// Which database a house stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

impl On {
    /// Every database of this run.
    pub fn each() -> Vec<Self> {
        let postgres = std::env::var("CUNWU_TEST_POSTGRES").is_ok();
        if postgres { vec![Self::Sqlite, Self::Postgres] } else { vec![Self::Sqlite] }
    }

    /// The other one, if this run has it.
    pub fn other(self) -> Self {
        match self {
            Self::Sqlite if std::env::var("CUNWU_TEST_POSTGRES").is_ok() => Self::Postgres,
            _ => Self::Sqlite,
        }
    }
}

/// What a command came to.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Said {
    /// It succeeded and said these words.
    #[track_caller]
    pub fn well(self, words: &[&str]) -> Self {
        assert_eq!(self.code, Some(0), "the command succeeds: {}{}", self.out, self.err);
        words.iter().for_each(|word| assert!(self.out.contains(word), "it says “{word}”: {}{}", self.out, self.err));
        self
    }

    /// It failed with this exit code and said these words, in Chinese and without a panic.
    #[track_caller]
    pub fn badly(self, code: i32, words: &[&str]) -> Self {
        let all = format!("{}{}", self.out, self.err);
        assert_eq!(self.code, Some(code), "the command fails: {all}");
        words.iter().for_each(|word| assert!(all.contains(word), "it says “{word}”: {all}"));
        assert!(!all.contains("panicked"), "no panic: {all}");
        self
    }
}

/// Waits for the end of a command.
pub fn finish(command: &mut Command) -> Said {
    let done = command.stdin(Stdio::null()).output().expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Said { code: done.status.code(), out: text(&done.stdout), err: text(&done.stderr) }
}

pub fn cunwu() -> Command {
    Command::new(env!("CARGO_BIN_EXE_cunwu"))
}

/// A folder with a configuration in it.
pub struct Place {
    pub folder: PathBuf,
    pub on: On,
    more: String,
}

impl Place {
    pub fn new(on: On) -> Self {
        let number = PLACES.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("cunwu-cli-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the place");
        let place = Self { folder, on, more: String::new() };
        if on == On::Postgres {
            std::fs::write(place.path("postgres.url"), format!("{}\n", postgres(&place.folder))).expect("the place can be written");
        }
        place.configure("");
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        std::fs::write(self.path(name), bytes).expect("the place can be written");
        self.path(name)
    }

    /// Writes the configuration with these lines at its end.
    pub fn configure(&self, more: &str) {
        let database = if self.on == On::Postgres { "[database]\npostgres_file = \"postgres.url\"\n" } else { "" };
        let text = format!(
            "data = {:?}\nrecord_name = \"{RECORD}\"\n{database}[web]\nlisten = \"127.0.0.1:0\"\nmetrics = \"127.0.0.1:0\"\n\
             public_url = \"https://hm.example\"\n[log]\nlevel = \"warn\"\n{}{more}",
            self.folder, self.more
        );
        self.write("cunwu.toml", text);
    }

    /// Lines that every further configuration holds.
    pub fn with(mut self, more: &str) -> Self {
        self.more = more.to_owned();
        self.configure("");
        self
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = cunwu();
        command.arg("--config").arg(self.path("cunwu.toml")).args(words).current_dir(&self.folder);
        command
    }

    /// Runs the program here.
    pub fn run(&self, words: &[&str]) -> Said {
        finish(&mut self.command(words))
    }

    /// Runs the program here with something on its standard input.
    pub fn fed(&self, words: &[&str], input: &str) -> Said {
        let mut child = self.command(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        child.stdin.take().expect("it is piped").write_all(input.as_bytes()).expect("it reads");
        let done = child.wait_with_output().expect("it ends");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Said { code: done.status.code(), out: text(&done.stdout), err: text(&done.stderr) }
    }

    /// A new house with a system administrator's link; its path on the site.
    pub fn init(&self) -> String {
        let said = self.run(&["init", "--login", "sys", "--name", "黄伟明", "--phone", "13900000091"]).well(&["建好了", "一小时内"]);
        let token = said.out.split("https://hm.example/enrol/").nth(1).and_then(|rest| rest.lines().next());
        format!("/enrol/{}", token.expect("the link stands on a line of its own"))
    }

    pub fn serve(&self) -> Served {
        Served::wait(self.command(&["serve"]), "服务已打开：", &self.path("serve.log"))
    }

    /// A connection to its database, as somebody has who goes behind the house's back.
    pub fn database(&self) -> Box<dyn store::Connection> {
        let url = match self.on {
            On::Sqlite => self.path("cunwu.sqlite").display().to_string(),
            On::Postgres => std::fs::read_to_string(self.path("postgres.url")).expect("the address").trim().to_owned(),
        };
        store::connect(&url, &Arc::new(app::Keys::new([0; 32]).vault())).expect("the database opens")
    }

    /// Does something to the tables behind the house's back; the rows it touched.
    pub fn tamper(&self, sql: &str, args: &[store::Value]) -> u64 {
        let mut connection = self.database();
        let mut tx = connection.write().expect("a transaction");
        let touched = tx.run(sql, args).expect("it can be done");
        tx.commit().expect("it is done");
        touched
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return eprintln!("left behind: {}", self.folder.display());
        }
        if self.on == On::Postgres {
            self.database().script(&format!("DROP SCHEMA {} CASCADE", schema(&self.folder))).expect("the schema goes");
        }
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn schema(folder: &Path) -> String {
    folder.file_name().and_then(|name| name.to_str()).expect("a plain name").replace('-', "_")
}

/// The address of a fresh schema on the test server.
fn postgres(folder: &Path) -> String {
    let url = std::env::var("CUNWU_TEST_POSTGRES").expect("a PostgreSQL for this run");
    let schema = schema(folder);
    let mut connection = store::connect(&url, &Arc::new(app::Keys::new([0; 32]).vault())).expect("the test server answers");
    connection.script(&format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")).expect("a schema");
    let join = if url.contains('?') { '&' } else { '?' };
    format!("{url}{join}options=-c%20search_path%3D{schema}")
}

/// The program while it serves.
pub struct Served {
    child: Child,
    pub address: String,
    /// Its lines until it was ready.
    pub said: Vec<String>,
    log: PathBuf,
}

impl Served {
    /// Starts it and waits until it says on a line where it listens.
    pub fn wait(mut command: Command, word: &str, log: &Path) -> Self {
        let errors = std::fs::File::create(log).expect("a log");
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors).spawn().expect("the program starts");
        let (mut said, mut ready) = (Vec::new(), false);
        for line in BufReader::new(child.stdout.take().expect("it is piped")).lines().map_while(Result::ok) {
            ready = line.contains(word);
            said.push(line);
            if ready {
                break;
            }
        }
        let address =
            said.iter().find_map(|line| Some(line.split_once("127.0.0.1:")?.1.split(|c: char| !c.is_ascii_digit()).next()?.to_owned()));
        match address.filter(|_| ready) {
            Some(port) => Self { child, address: format!("127.0.0.1:{port}"), said, log: log.to_owned() },
            None => {
                child.wait().expect("it ended");
                panic!("it says “{word}”: {said:?} {}", std::fs::read_to_string(log).unwrap_or_default())
            }
        }
    }

    pub fn browser(&self) -> Browser {
        Browser::at(&self.address)
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What it wrote to its log so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Asks until the answer is as awaited.
    #[track_caller]
    pub fn until(&self, path: &str, awaited: impl Fn(&crate::browser::Page) -> bool) -> crate::browser::Page {
        let mut browser = self.browser();
        for _ in 0..PATIENCE {
            if browser.try_get(path).is_some_and(&awaited) {
                return browser.page;
            }
            std::thread::yield_now();
        }
        panic!("{path} never was as awaited: {} {}\n{}", browser.page.status, browser.page.text(), self.log())
    }

    /// Waits until the unit's checkpoint covers all its lines; how many.
    #[track_caller]
    pub fn sealed(&self, unit: &str) -> u64 {
        let (mut browser, mut last) = (self.browser(), None);
        for _ in 0..PATIENCE {
            let page = browser.get(&format!("/record/{unit}/checkpoint"));
            let size: Option<u64> = page.text().lines().nth(1).filter(|_| page.status == 200).and_then(|size| size.parse().ok());
            if size != last {
                last = size;
                // Numbers begin at 0: of so many lines there is none with this number.
                if let Some(size) = size.filter(|size| browser.get(&format!("/u/{unit}/r/{size}")).status == 404) {
                    return size;
                }
            }
            std::thread::yield_now();
        }
        panic!("{unit} never was sealed: {}", self.log())
    }

    /// Asks it to stop, as an operator does; it finishes what it began.
    pub fn stop(mut self) {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status().expect("kill runs");
        assert!(asked.success(), "the program takes the signal");
        let ended = self.child.wait().expect("it ends");
        assert!(ended.success(), "it ends well: {}", self.log());
    }

    /// Cuts its power.
    pub fn cut(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
