//! 中断 What the house rests on goes away and comes back: its database, its clock, its newest lines. Acts say so and go on afterwards.

use crate::browser::{Browser, Page};
use crate::people::{self, PHONE, UNITS};
use crate::place::{On, Place, Served, TOWN, UNIT};
use age::secrecy::ExposeSecret;
use std::collections::BTreeSet;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};

/// A house with its people, served, and a resident signed in with the token of the forms.
fn lived_in(place: &Place, codes: &Receiver<String>) -> (Served, Browser, String) {
    people::founded(place);
    let served = place.serve();
    let me = people::resident(&served, codes, PHONE);
    let token = me.page.field("csrf").expect("a form");
    (served, me, token)
}

fn act(browser: &mut Browser, token: &str, key: &str) -> Page {
    browser.act(UNIT, token, key, &people::submit(key)).expect("the program answers").clone()
}

/// The answer says in Chinese that something broke, with this code and a number to say on the telephone.
fn broke(page: &Page, code: &str) {
    let said = page.json();
    assert_eq!((page.status, &said["code"]), (500, &code.into()), "{said}");
    assert!(said["message"].as_str().is_some_and(|words| words.contains("没有办成")), "it says so: {said}");
    assert!(said["reference"].as_str().is_some_and(|number| number.starts_with("E-")), "it has a number: {said}");
}

/// A road to the PostgreSQL of this run that can be cut and opened again.
struct Road {
    address: SocketAddr,
    open: Arc<AtomicBool>,
    travelling: Arc<Mutex<Vec<TcpStream>>>,
}

impl Road {
    fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let road = Self { address: listener.local_addr().unwrap(), open: Arc::new(AtomicBool::new(true)), travelling: Arc::default() };
        let (open, travelling) = (road.open.clone(), road.travelling.clone());
        std::thread::spawn(move || {
            for from in listener.incoming().map_while(Result::ok) {
                let mut all = travelling.lock().unwrap();
                let Some(to) = open.load(Ordering::SeqCst).then(|| TcpStream::connect(&server).ok()).flatten() else { continue };
                for (mut one, mut other) in
                    [(from.try_clone().unwrap(), to.try_clone().unwrap()), (to.try_clone().unwrap(), from.try_clone().unwrap())]
                {
                    std::thread::spawn(move || {
                        std::io::copy(&mut one, &mut other).ok();
                        other.shutdown(Shutdown::Both).ok();
                    });
                }
                all.extend([from, to]);
            }
        });
        road
    }

    /// Nobody gets through from now on, and who is under way does not arrive.
    fn cut(&self) {
        self.open.store(false, Ordering::SeqCst);
        self.travelling.lock().unwrap().drain(..).for_each(|stream| drop(stream.shutdown(Shutdown::Both)));
    }

    fn mend(&self) {
        self.open.store(true, Ordering::SeqCst);
    }
}

/// A place whose PostgreSQL is reached over a road of its own.
fn over_a_road(codes: &str) -> Option<(Place, Road)> {
    let url = std::env::var("CUNWU_TEST_POSTGRES").ok()?;
    let place = Place::new(On::Postgres).with(&format!("[codes]\nadapter = \"http\"\nurl = \"{codes}\"\n"));
    let server = url.split("://").nth(1)?.split('/').next()?.rsplit('@').next()?.to_owned();
    let road = Road::to(server.clone());
    let address = std::fs::read_to_string(place.path("postgres.url")).unwrap();
    place.write("road.url", address.replacen(&server, &road.address.to_string(), 1));
    let config = std::fs::read_to_string(place.path("cunwu.toml")).unwrap();
    place.write("cunwu.toml", config.replace("postgres.url", "road.url"));
    Some((place, road))
}

#[test]
fn a_database_that_goes_away_is_missed_clearly_and_found_again() {
    let (sms, codes) = people::sms();
    let Some((place, road)) = over_a_road(&sms) else { return };
    let (served, mut me, token) = lived_in(&place, &codes);
    assert_eq!(act(&mut me, &token, "before").status, 201);
    for round in 0..3 {
        road.cut();
        let key = format!("during-{round}");
        broke(&act(&mut me, &token, &key), "DATABASE");
        broke(&act(&mut me, &token, &key), "DATABASE");
        served.until("/readyz", |page| page.status == 503);
        let page = served.browser().get(&format!("/u/{UNIT}/suggestions")).clone();
        assert!(page.status == 500 && page.shows("系统出错，没有办成"), "pages say so too: {} {}", page.status, page.text());
        road.mend();
        served.until("/readyz", |page| page.status == 200);
        let done = act(&mut me, &token, &key);
        assert_eq!(done.status, 201, "the same key is taken up where it was left: {}", done.text());
        assert_eq!(act(&mut me, &token, &key).body, done.body, "and answered alike");
    }
    // Connections that only died unseen cost nobody an error.
    road.cut();
    road.mend();
    let done = act(&mut me, &token, "unseen");
    assert_eq!(done.status, 201, "a connection is opened again unseen: {}", done.text());
    served.sealed(UNIT);
    served.stop();
    road.cut();
    for command in ["audit", "serve"] {
        place.run(&[command]).badly(1, &["数据库连不上", "没有写下任何东西", "DATABASE"]);
    }
    road.mend();
    place.run(&["audit"]).well(&["完整：441900121014"]);
}

#[test]
fn a_database_that_goes_away_in_the_midst_of_writing_leaves_nothing_half_done() {
    let (sms, codes) = people::sms();
    let Some((place, road)) = over_a_road(&sms) else { return };
    let (served, me, token) = lived_in(&place, &codes);
    let done = AtomicU64::new(0);
    let acknowledged: BTreeSet<String> = std::thread::scope(|scope| {
        let done = &done;
        let writers: Vec<_> = (0..4)
            .map(|client| {
                let (mut me, token) = (me.moved(&served.address), token.as_str());
                scope.spawn(move || {
                    let mut taken = BTreeSet::new();
                    for n in 0..40 {
                        let key = format!("{client}-{n}");
                        // Whoever gets no clear yes asks again with the same key.
                        let page = (0..100_000).map(|_| act(&mut me, token, &key)).find(|page| page.status == 201);
                        let page = page.expect("the database comes back");
                        assert!(taken.insert(page.json()["matter"].as_str().expect("a matter").to_owned()), "no matter twice");
                        done.fetch_add(1, Ordering::SeqCst);
                    }
                    taken
                })
            })
            .collect();
        for cut in 1..=10 {
            served.until("/healthz", |_| done.load(Ordering::SeqCst) >= 12 * cut);
            road.cut();
            road.mend();
        }
        writers.into_iter().flat_map(|writer| writer.join().expect("a writer")).collect()
    });
    assert_eq!(acknowledged.len(), 160, "every act got its yes");
    let listed = (1..4).flat_map(|page| {
        let rows = served.browser().get(&format!("/api/v1/u/{UNIT}/suggestions?page={page}")).json();
        rows.as_array().expect("a list").iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
    });
    assert_eq!(listed.collect::<Vec<_>>().len(), 160, "none is there twice");
    let found = |matter: &String| served.browser().get(&format!("/api/v1/u/{UNIT}/m/{matter}")).status == 200;
    assert!(acknowledged.iter().all(found), "each is there");
    served.sealed(UNIT);
    served.stop();
    place.run(&["audit"]).well(&["完整：441900121014"]);
}

#[test]
fn a_clock_set_back_records_nothing_until_it_is_right() {
    for on in On::each() {
        let (sms, codes) = people::sms();
        let place = Place::new(on).with(&format!("[codes]\nadapter = \"http\"\nurl = \"{sms}\"\n"));
        let (served, mut me, token) = lived_in(&place, &codes);
        // The machine's clock cannot be set here; to the record it is the same when its last line lies ahead.
        let ahead = "UPDATE head SET last_at = last_at + $1";
        place.tamper(ahead, &[86_400_000_000_i64.into()]);
        broke(&act(&mut me, &token, "k"), "CLOCK_BEHIND");
        me.get(&format!("/u/{UNIT}/say"));
        me.post(&format!("/u/{UNIT}/say/send"), &[("text", "路灯"), ("about", ""), ("show", "mask")]);
        assert!(me.page.status == 500 && me.page.shows("没有记下任何东西"), "the page says so: {}", me.page.text());
        let more = place.write("更多.csv", format!("姓名,手机号,小组,区划代码\n陈新来,19900000077,第一居民小组,{UNIT}\n"));
        let import = ["import", "people", more.to_str().unwrap()];
        place.run(&import).badly(1, &["时钟比记录里最后一条还早", "先把时钟校准", "CLOCK_BEHIND"]);
        place.tamper(ahead, &[(-86_400_000_000_i64).into()]);
        let asked = served.browser().get(&format!("/api/v1/u/{UNIT}/suggestions")).json();
        assert_eq!(asked, serde_json::json!([]), "nothing was recorded");
        assert_eq!(act(&mut me, &token, "k").status, 201, "with the right time it goes on");
        place.run(&import).well(&["登记1人"]);
        served.sealed(UNIT);
        served.stop();
        place.run(&["audit"]).well(&["完整：441900121014"]);
    }
}

#[test]
fn a_backup_older_than_what_was_published_says_what_is_lost() {
    for on in On::each() {
        let place = Place::new(on);
        people::founded(&place);
        let served = place.serve();
        for unit in UNITS {
            served.sealed(unit);
        }
        let identity = age::x25519::Identity::generate();
        let (secret, to) = (identity.to_string().expose_secret().to_owned(), identity.to_public().to_string());
        place.run(&["backup", "--to", &to, "--out", "old.age"]).well(&["备份写好了"]);
        let more = format!("姓名,手机号,小组,区划代码\n陈新来,19900000077,第一居民小组,{UNIT}\n");
        place.write("更多.csv", more);
        let kept = served.sealed(UNIT);
        place.run(&["import", "people", "更多.csv"]).well(&["登记1人"]);
        let published = served.sealed(UNIT);
        people::notice(&place, &served);
        place.run(&["export", UNIT, "--out", "village.bundle"]).well(&["写好了"]);
        place.run(&["export", TOWN, "--out", "town.bundle"]).well(&["写好了"]);
        served.stop();
        let restored = |published: &[&str]| {
            let to = Place::new(on.other());
            std::fs::copy(place.path("seed"), to.path("seed")).unwrap();
            to.write("age.key", format!("# 镇里保管\n{secret}\n"));
            let (file, paths) = (place.path("old.age"), published.iter().map(|name| place.path(name).display().to_string()));
            let paths: Vec<String> = paths.flat_map(|path| ["--published".to_owned(), path]).collect();
            let words: Vec<&str> = paths.iter().map(String::as_str).collect();
            let said = to.run(&[["restore", "--identity", "age.key", file.to_str().unwrap()].as_slice(), &words].concat());
            (to, said)
        };
        let (unknowing, said) = restored(&[]);
        said.well(&["恢复好了", "注意：没有人说得出441900121000、441900121014公布到第几条", "--published"]);
        unknowing.run(&["audit"]).well(&["完整：441900121014"]);
        let (knowing, said) = restored(&["village.bundle", "town.bundle"]);
        let lost = format!("缺失：441900121014公布过{published}条，备份里没有那么多。№{kept}写明了这件事，记录从第1段接着来。");
        assert!(!said.well(&[&lost]).out.contains("注意"), "nothing is unknown");
        let served = knowing.serve();
        served.sealed(UNIT);
        let (since, notice) = (place.path("village.bundle"), place.path("公钥告示.txt"));
        let url = served.url(&format!("/u/{UNIT}"));
        let verify = ["verify", &url, "--since", since.to_str().unwrap(), "--key", notice.to_str().unwrap()];
        knowing.run(&verify).badly(1, &["缺失：", "公布过，后来从备份恢复时丢了", &format!("№{kept}写明了这件事")]);
        served.stop();
    }
}

#[test]
fn what_cannot_be_restored_is_refused_whole() {
    let place = Place::new(On::Sqlite);
    people::founded(&place);
    let identity = age::x25519::Identity::generate();
    place.run(&["backup", "--to", &identity.to_public().to_string(), "--out", "whole.age"]).well(&["备份写好了"]);
    place.run(&["backup", "--to", "age1nobody", "--out", "b.age"]).badly(1, &["age1 开头", "BACKUP_RECIPIENT"]);
    let key = |identity: &age::x25519::Identity| format!("{}\n", identity.to_string().expose_secret());
    let to = Place::new(On::Sqlite);
    to.init();
    let (own, foreign) = (std::fs::read(to.path("seed")).unwrap(), std::fs::read(place.path("seed")).unwrap());
    std::fs::remove_file(to.path("cunwu.sqlite")).unwrap();
    to.write("right.key", key(&identity));
    to.write("other.key", key(&age::x25519::Identity::generate()));
    let whole = std::fs::read(place.path("whole.age")).unwrap();
    to.write("whole.age", &whole);
    to.write("cut.age", &whole[..whole.len() - 40]);
    to.write("none.age", "no backup at all");
    to.write("seed", &foreign);
    for (identity, file, words) in [
        ("none.key", "whole.age", ["none.key", "FILE_MISSING"]),
        ("right.key", "nowhere.age", ["nowhere.age", "FILE_MISSING"]),
        ("other.key", "whole.age", ["没有它的私钥", "BACKUP_IDENTITY"]),
        ("right.key", "none.age", ["不是完整的备份", "BACKUP_MALFORMED"]),
        ("right.key", "cut.age", ["不是完整的备份", "BACKUP_MALFORMED"]),
    ] {
        to.run(&["restore", "--identity", identity, file]).badly(1, &words);
    }
    to.write("seed", &own);
    to.run(&["restore", "--identity", "right.key", "whole.age"]).badly(1, &["别家的备份", "BACKUP_OTHER_HOUSE"]);
    to.write("seed", &foreign);
    to.run(&["restore", "--identity", "right.key", "whole.age"]).well(&["恢复好了"]);
    to.run(&["audit"]).well(&["完整：441900121014"]);
}
