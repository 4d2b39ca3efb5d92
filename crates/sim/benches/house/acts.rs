//! 办事 Acts: lasting acts a second and processor time of each, beside the same rows written by plain statements.

use crate::kit::{Ground, Place, Series, cpu, world};
use crate::plain::{self, Parcel};
use crate::server::Server;
use sim::world::Store;
use std::time::{Duration, Instant};

/// Clients that ask at once.
const CLIENTS: usize = 64;
/// Clients of the stored function.
const CALLERS: usize = 32;
/// Rounds; subject and references take turns in each.
const ROUNDS: usize = 5;
/// Acts of one round on SQLite.
const ON_SQLITE: usize = 6_400;
/// Acts of one round on PostgreSQL.
const ON_POSTGRES: usize = 3_200;
/// Villages that act at once in the run over several units.
const VILLAGES: [&str; 4] = ["441900121014", "441900121015", "441900121016", "441900121017"];

/// Figures of one contestant over the rounds.
#[derive(Default)]
struct Figures {
    name: &'static str,
    acts_per_second: Series,
    own: Series,
    server: Series,
    per_commit: Series,
}

impl Figures {
    fn new(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    /// Measures one round of `acts` acts; `work` says how many acts shared a commit.
    fn round(&mut self, acts: usize, server: Option<&Server>, work: impl FnOnce() -> f64) {
        let total = || server.map_or(Duration::ZERO, Server::cpu);
        let (own, theirs, begun) = (cpu(), total(), Instant::now());
        let per_commit = work();
        let micros = |time: Duration| time.as_secs_f64() * 1e6 / acts as f64;
        self.acts_per_second.push(acts as f64 / begun.elapsed().as_secs_f64());
        self.own.push(micros(cpu() - own));
        self.server.push(micros(total().saturating_sub(theirs)));
        self.per_commit.push(per_commit);
    }

    fn print(&self, server: bool) {
        let theirs = if server { format!(" + server {}", self.server.show(0)) } else { String::new() };
        println!(
            "{:<46} {:>24} acts/s, CPU µs/act {}{theirs}, {:.1} acts/commit",
            self.name,
            self.acts_per_second.show(0),
            self.own.show(0),
            self.per_commit.median()
        );
    }
}

/// `acts` suggestions from all clients; how many shared a commit.
fn subject(grounds: &[Ground], round: usize, acts: usize) -> f64 {
    let house = grounds[0].house();
    let before = house.counts();
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            scope.spawn(move || {
                let ground = &grounds[client % grounds.len()];
                for n in (client..acts).step_by(CLIENTS) {
                    house.enact(ground.unit, ground.submit(round * acts + n)).expect("a suggestion is taken");
                }
            });
        }
    });
    let after = house.counts();
    (after.0 - before.0) as f64 / (after.1 - before.1) as f64
}

/// Statements that one suggestion sends within its transaction.
fn statements(ground: &Ground) -> u64 {
    let asked = ground.submit(usize::MAX);
    let counted = ground.house().act(ground.unit, move |hand| {
        let before = hand.pen.tx.statements();
        let (hall, now) = (hand.hall, hand.now);
        hand.pen.within(|pen| app::enact::enact(&mut app::Hand { pen, hall, now }, asked))?;
        Ok(hand.pen.tx.statements() - before)
    });
    counted.expect("an act")
}

/// The rows of this round's acts in the first village.
fn rows_of(ground: &Ground, from: i64) -> Vec<Parcel> {
    plain::parcels(ground, from)
}

/// On SQLite.
pub fn on_sqlite() {
    let place = Place::new("sqlite");
    let ground = [Ground::new(&world(place.path(), &Store::Sqlite), VILLAGES[0])];
    let mut one = plain::sqlite(&place.path().join("rows.sqlite"));
    let mut many = plain::sqlite(&place.path().join("groups.sqlite"));
    let mut figures = [
        Figures::new("SQLite: House::enact, 64 clients"),
        Figures::new("SQLite: same rows, a statement each"),
        Figures::new("SQLite: same rows, a statement a table and group"),
    ];
    println!("SQLite: {} statements for one suggestion, savepoint included", statements(&ground[0]));
    for round in 0..ROUNDS {
        let from = ground[0].lines();
        figures[0].round(ON_SQLITE, None, || subject(&ground, round, ON_SQLITE));
        let acts = rows_of(&ground[0], from);
        figures[1].round(acts.len(), None, || {
            plain::sqlite_rows(&mut one, &acts, CLIENTS);
            CLIENTS as f64
        });
        figures[2].round(acts.len(), None, || {
            plain::sqlite_groups(&mut many, &acts, CLIENTS);
            CLIENTS as f64
        });
    }
    figures.iter().for_each(|figures| figures.print(false));
    println!("CPU per act is {:.2} of a statement each; goal: at most 80 µs", figures[0].own.median() / figures[1].own.median());
}

/// On a PostgreSQL of the bench's own.
pub fn on_postgres() {
    let place = Place::new("postgres");
    let Some(server) = Server::start(place.path()) else { return println!("no PostgreSQL here") };
    against(&place, &server);
}

fn against(place: &Place, server: &Server) {
    let folder = |name: &str| {
        let folder = place.path().join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        folder
    };
    let one = [Ground::new(&world(&folder("one"), &Store::Postgres(server.database("one"))), VILLAGES[0])];
    let shared = world(&folder("four"), &Store::Postgres(server.database("four")));
    let four = VILLAGES.map(|code| Ground::new(&shared, code));
    println!("PostgreSQL: {} statements for one suggestion, savepoint included", statements(&one[0]));
    let names = [
        "PostgreSQL: House::enact, 64 clients, 1 unit",
        "PostgreSQL: House::enact, 64 clients, 4 units",
        "PostgreSQL: same rows, a statement each",
        "PostgreSQL: same rows, a statement a table",
        "PostgreSQL: stored function, 32 clients",
        "PostgreSQL: the same, numbered without gaps",
    ];
    let mut figures = names.map(Figures::new);
    let mut rivals = Rivals::new(server);
    for round in 0..ROUNDS {
        let from = one[0].lines();
        figures[0].round(ON_POSTGRES, Some(server), || subject(&one, round, ON_POSTGRES));
        figures[1].round(ON_POSTGRES, Some(server), || subject(&four, round, ON_POSTGRES));
        let acts = rows_of(&one[0], from);
        rivals.ready(&acts[0]);
        for (which, figures) in figures.iter_mut().skip(2).enumerate() {
            figures.round(acts.len(), Some(server), || rivals.take(which, &acts));
        }
    }
    figures.iter().for_each(|figures| figures.print(true));
    let all = |figures: &Figures| figures.own.median() + figures.server.median();
    println!("CPU of program and server per act is {:.2} of a statement each", all(&figures[0]) / all(&figures[2]));
}

/// The references on PostgreSQL, each with a database of its own and connections that stay open.
struct Rivals {
    clients: [postgres::Client; 2],
    callers: [Vec<postgres::Client>; 2],
    ready: bool,
}

impl Rivals {
    fn new(server: &Server) -> Self {
        let database = |name: &str| {
            let url = server.database(name);
            plain::tables_in(&url);
            url
        };
        let callers = |name: &str| {
            let url = database(name);
            (0..CALLERS).map(|_| plain::client(&url)).collect()
        };
        let clients = [plain::client(&database("rows")), plain::client(&database("groups"))];
        Self { clients, callers: [callers("calls"), callers("dense")], ready: false }
    }

    /// Makes the stored functions once it is known what rows an act has.
    fn ready(&mut self, like: &Parcel) {
        if !std::mem::replace(&mut self.ready, true) {
            self.callers.iter_mut().for_each(|callers| plain::stored_functions(&mut callers[0], like));
        }
    }

    fn take(&mut self, which: usize, acts: &[Parcel]) -> f64 {
        match which {
            0 => plain::postgres_rows(&mut self.clients[0], acts, CLIENTS),
            1 => plain::postgres_groups(&mut self.clients[1], acts, CLIENTS),
            2 => plain::calls(&mut self.callers[0], "act", acts),
            _ => plain::calls(&mut self.callers[1], "act_dense", acts),
        }
        if which < 2 { CLIENTS as f64 } else { 1.0 }
    }
}
