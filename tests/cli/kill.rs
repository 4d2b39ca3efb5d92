//! 断电 The power is cut, many times, while people write: what was acknowledged is there, once, and the audit is true.

use jiff::civil::date;
use law::PostKind;
use law::open::suggestion::Suggestion;
use sim::scene::UNIT;
use sim::town::Identity;
use sim::world::{Store, World};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;

/// How often the power is cut.
const CUTS: usize = 8;
/// Acknowledged acts between two cuts, at least.
const ACTS: usize = 25;
const CLIENTS: usize = 4;
const PHONE: &str = "19900000001";

/// A demo's folder with one village in it.
fn prepare(folder: &Path) {
    let world = World::new(folder.to_owned(), &Store::Sqlite, 3, date(2026, 9, 1), true).unwrap();
    world.keys().write(&folder.join("seed")).unwrap();
    let village = world.village(UNIT, ["林伟棠", "黎满堂", "梁玉燕", "陈国强", "陈志恒"], date(2026, 8, 1)).unwrap();
    world.person(village.code, "王志强", Some(PHONE), None).unwrap();
    let me = Identity { unit: village.code, person: None, phone: Some(PHONE.into()), name: "王志强".into(), post: None::<PostKind> };
    std::fs::write(folder.join("identities.json"), serde_json::to_vec(&[me]).unwrap()).unwrap();
}

/// The program, and the address it listens at.
fn start(folder: &Path) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cunwu"))
        .args(["demo", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let address = lines.map_while(Result::ok).find_map(|line| line.strip_prefix("listening http://").map(str::to_owned));
    (child, address.expect("the program says where it listens"))
}

/// One request on one connection; status, headers and body.
fn ask(address: &str, request: &str) -> Option<(u16, String, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, head.to_owned(), body.to_owned()))
}

fn cookies(head: &str) -> String {
    let set = head.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
    set.filter_map(|cookie| cookie.split(';').next()).collect::<Vec<_>>().join("; ")
}

fn hidden(body: &str, name: &str) -> Option<String> {
    body.split(&format!("name=\"{name}\" value=\"")).nth(1)?.split('"').next().map(str::to_owned)
}

/// Signs in as the resident; the cookies and the form token.
fn sign_in(address: &str) -> Option<(String, String)> {
    let get = |path: &str, cookies: &str| {
        ask(address, &format!("GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookies}\r\nconnection: close\r\n\r\n"))
    };
    let (_, head, body) = get("/demo", "")?;
    let browser = cookies(&head);
    let form = format!("csrf={}&who=0", hidden(&body, "csrf")?);
    let post = format!(
        "POST /demo HTTP/1.1\r\nhost: {address}\r\ncookie: {browser}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{form}",
        form.len()
    );
    let (_, head, _) = ask(address, &post)?;
    let all = format!("{browser}; {}", cookies(&head));
    let (_, _, body) = get(&format!("/u/{UNIT}/say"), &all)?;
    Some((all, hidden(&body, "csrf")?))
}

/// Writes until the server dies; tells of every acknowledgement.
fn write(address: &str, client: usize, told: &mpsc::Sender<(String, String)>) {
    let Some((cookies, token)) = sign_in(address) else { return };
    for n in 0.. {
        let key = format!("{address}-{client}-{n}");
        let body = format!(
            r#"{{"kind":"suggestion","act":{{"submit":{{"text":"第{n}件：{key}","channel":"web","intake":null,"name":null,"contact":null,"body":null}}}}}}"#
        );
        let request = format!(
            "POST /api/v1/u/{UNIT}/acts HTTP/1.1\r\nhost: {address}\r\ncookie: {cookies}\r\nx-form-token: {token}\r\nidempotency-key: {key}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        match ask(address, &request) {
            Some((201, _, answer)) => {
                let done: serde_json::Value = serde_json::from_str(&answer).unwrap();
                if told.send((done["matter"].as_str().unwrap().to_owned(), format!("第{n}件：{key}"))).is_err() {
                    return;
                }
            }
            Some((status, _, answer)) => panic!("{status}: {answer}"),
            None => return,
        }
    }
}

#[test]
fn what_was_acknowledged_survives_the_kill() {
    let folder = std::env::temp_dir().join(format!("cunwu-kill-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    prepare(&folder);
    let mut acknowledged: BTreeMap<String, String> = BTreeMap::new();
    for cut in 0..CUTS {
        let (mut child, address) = start(&folder);
        let (tell, told) = mpsc::channel();
        std::thread::scope(|scope| {
            for client in 0..CLIENTS {
                let (address, tell) = (address.clone(), tell.clone());
                scope.spawn(move || write(&address, client, &tell));
            }
            drop(tell);
            // The cut comes in the midst of writing: after some acknowledgements, whatever the others do just then.
            for (heard, (matter, text)) in told.iter().enumerate() {
                acknowledged.insert(matter, text);
                if heard == ACTS + cut {
                    child.kill().unwrap();
                }
            }
        });
        child.wait().unwrap();
    }
    assert!(acknowledged.len() >= CUTS * ACTS, "{}", acknowledged.len());
    check(&folder, &acknowledged);
    std::fs::remove_dir_all(folder).unwrap();
}

/// Every acknowledged suggestion is there with its words, and record and tables agree.
fn check(folder: &Path, acknowledged: &BTreeMap<String, String>) {
    let world = World::reopen(folder.to_owned(), 3, date(2027, 1, 1)).unwrap();
    let unit = law::UnitCode::parse(UNIT).unwrap();
    for (matter, text) in acknowledged {
        let id = law::MatterId::parse(matter).unwrap();
        let kept = world.house.read(|tx| {
            let s: Suggestion = store::kept::get(tx, unit, id)?.expect("an acknowledged suggestion");
            store::personal::text(tx, unit, s.text)
        });
        assert_eq!(kept.unwrap().map(|kept| kept.text).as_ref(), Some(text));
    }
    let found = app::audit::unit(&world.house, unit).unwrap();
    assert!(found.is_clean(), "{found:?}");
}
