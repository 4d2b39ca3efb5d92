//! 村民登录 Residents at the door: telephone codes, their limits, couriers; and what no log may show.

use super::{Door, PASSWORD, PHONE, code_of, common, each, visit};
use app::config::Adapter;
use app::door::enrol::{self, By, Invite};
use app::door::{
    Courier, DoorError, Kind, Role, Session, Visit, accounts, actor, courier, forget, limits, new_browser, official, resident, session,
};
use app::{Asked, Clock};
use jiff::civil::date;
use law::lead::{person, roll};
use law::{Actor, AnyAct, Personal, UnitCode, Who};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::Mutex;

/// Keeps what it should send.
#[derive(Default)]
struct Pocket(Mutex<Vec<(String, String)>>);

impl Courier for Pocket {
    fn send(&self, phone: &str, code: &str) -> Result<(), DoorError> {
        self.0.lock().unwrap().push((phone.to_owned(), code.to_owned()));
        Ok(())
    }
}

impl Pocket {
    fn last(&self) -> String {
        self.0.lock().unwrap().last().unwrap().1.clone()
    }
}

/// Never arrives.
struct Lost;

impl Courier for Lost {
    fn send(&self, _: &str, _: &str) -> Result<(), DoorError> {
        Err(DoorError::NotSent)
    }
}

fn from(browser: char, host: u8) -> Visit {
    Visit { ip: [198, 51, 100, host].into(), browser: browser.to_string().repeat(43), ..visit() }
}

impl Door {
    fn ask(&self, pocket: &dyn Courier, phone: &str, visit: &Visit) -> Result<(), DoorError> {
        resident::ask_code(&self.house, pocket, self.unit, phone, visit)
    }

    fn by_phone(&self, phone: &str) -> Session {
        let pocket = Pocket::default();
        self.later(limits::HOUR);
        self.ask(&pocket, phone, &visit()).unwrap();
        resident::enter_code(&self.house, &pocket.last(), &visit()).unwrap()
    }

    fn keep(&self, act: AnyAct) {
        self.house.enact(self.unit, Asked::new(act, Actor::new(Who::Keeper))).unwrap();
    }
}

#[test]
fn a_resident_is_who_the_unit_knows_by_this_telephone() {
    each("resident", |door| {
        let session = door.by_phone("+86 138-0013-8000");
        let me = door.open(&session).unwrap();
        assert_eq!((me.kind, me.name.as_str(), me.unit, me.person), (Kind::Resident, "王志强", Some(door.unit), Some(door.resident)));
        let act_as = || actor(&door.house, &me, door.unit).unwrap().who;
        assert_eq!(act_as(), Who::Resident { person: door.resident, on_roll: true });
        let elsewhere = actor(&door.house, &me, UnitCode::parse("441900122015").unwrap()).unwrap().who;
        assert_eq!(elsewhere, Who::Resident { person: door.resident, on_roll: false });
        let from = date(2026, 9, 30);
        door.keep(AnyAct::Roll(roll::Act::Change {
            group: "一组".into(),
            from,
            join: vec![],
            leave: vec![door.resident],
            basis: "迁出".into(),
        }));
        assert_eq!(act_as(), Who::Resident { person: door.resident, on_roll: false }, "the roll of the day decides");

        let again = door.open(&door.by_phone(PHONE)).unwrap();
        assert_eq!(again.account, me.account, "one account per telephone and unit");
        let stranger = door.open(&door.by_phone("15900000000")).unwrap();
        assert_eq!((stranger.name.as_str(), stranger.person), ("159****0000", None));
        assert_eq!(actor(&door.house, &stranger, door.unit).unwrap().who, Who::Resident { person: stranger.account, on_roll: false });

        door.keep(AnyAct::Person(person::Act::Change { person: door.secretary, phone: Some(Personal(PHONE.into())), group: None }));
        let shared = door.open(&session).unwrap();
        assert_eq!((shared.name.as_str(), shared.person), ("138****8000", None), "two persons with one telephone are nobody in particular");
        door.later(limits::RESIDENT_IDLE);
        assert!(door.open(&session).is_none(), "seven days of rest are the end");

        resident::remove(&door.house, &stranger).unwrap();
        assert_ne!(door.open(&door.by_phone("15900000000")).unwrap().account, stranger.account, "removed is removed");
    });
}

#[test]
fn every_number_gets_the_same_answer() {
    each("same", |door| {
        let pocket = Pocket::default();
        for (phone, browser) in [(PHONE, 'k'), ("13900139000", 'o'), ("15900000000", 'u')] {
            let visit = from(browser, 1);
            door.ask(&pocket, phone, &visit).unwrap();
            assert_eq!(code_of(resident::enter_code(&door.house, "000000x", &visit)), "CODE_WRONG");
            assert_eq!(code_of(door.ask(&pocket, phone, &visit)), "TOO_MANY_TRIES");
        }
        assert_eq!(pocket.0.lock().unwrap().len(), 3);
        assert_eq!(code_of(door.ask(&pocket, "0769-22222222", &visit())), "PHONE_BAD");
        assert_eq!(code_of(door.ask(&pocket, PHONE, &Visit { browser: String::new(), ..visit() })), "BROWSER_UNBOUND");
        let nowhere = resident::ask_code(&door.house, &pocket, UnitCode::parse("110101001001").unwrap(), PHONE, &visit());
        assert_eq!(code_of(nowhere), "NO_SUCH_UNIT");
        assert_eq!(code_of(door.ask(&Lost, "15900000001", &visit())), "NOT_SENT");
        assert_eq!(new_browser(&door.house).reveal().len(), 43);
    });
}

#[test]
fn a_code_belongs_to_its_browser_five_minutes_and_five_tries() {
    each("codes", |door| {
        let pocket = Pocket::default();
        let (mine, other) = (from('m', 1), from('o', 1));
        door.ask(&pocket, PHONE, &mine).unwrap();
        assert_eq!(code_of(resident::enter_code(&door.house, &pocket.last(), &other)), "CODE_EXPIRED", "another browser has none");
        let session = resident::enter_code(&door.house, &pocket.last(), &mine).unwrap();
        assert_eq!(code_of(resident::enter_code(&door.house, &pocket.last(), &mine)), "CODE_EXPIRED", "once");

        door.later(limits::MINUTE);
        door.ask(&pocket, PHONE, &mine).unwrap();
        door.later(limits::CODE);
        assert_eq!(code_of(resident::enter_code(&door.house, &pocket.last(), &mine)), "CODE_EXPIRED");

        door.ask(&pocket, PHONE, &mine).unwrap();
        let wrong = if pocket.last() == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            assert_eq!(code_of(resident::enter_code(&door.house, wrong, &mine)), "CODE_WRONG");
        }
        assert_eq!(code_of(resident::enter_code(&door.house, &pocket.last(), &mine)), "CODE_EXPIRED", "five tries are all");

        door.later(limits::MINUTE);
        door.ask(&pocket, PHONE, &mine).unwrap();
        let again = Visit { session: Some(session.token.reveal().to_owned()), ..mine };
        let rotated = resident::enter_code(&door.house, &format!(" {} ", pocket.last()), &again).unwrap();
        assert!(door.open(&session).is_none() && door.open(&rotated).is_some());
        assert_eq!(code_of(official::change_password(&door.house, &door.open(&rotated).unwrap(), "", PASSWORD)), "NOT_YOURS");
        assert_eq!(code_of(official::renew_paper(&door.house, &door.open(&rotated).unwrap(), "123456")), "NOT_YOURS");
    });
}

#[test]
fn codes_are_limited_by_telephone_and_by_address() {
    each("limits", |door| {
        let pocket = Pocket::default();
        let begun = door.clock.now();
        for n in 0..5 {
            door.ask(&pocket, PHONE, &from('p', n)).unwrap();
            let Err(DoorError::TooMany { wait_s: 60 }) = door.ask(&pocket, PHONE, &from('q', 9)) else { panic!("one a minute") };
            door.later(limits::MINUTE);
        }
        let Err(DoorError::TooMany { wait_s }) = door.ask(&pocket, PHONE, &from('q', 9)) else { panic!("five an hour") };
        assert_eq!(wait_s, 3600 - 5 * 60);
        door.clock.set(begun + jiff::SignedDuration::from_micros(limits::HOUR + limits::SECOND));
        door.ask(&pocket, PHONE, &from('q', 9)).unwrap();

        for n in 0..30 {
            door.ask(&pocket, &format!("159000000{n:02}"), &from('r', 10)).unwrap();
        }
        assert_eq!(code_of(door.ask(&pocket, "15900000099", &from('s', 10))), "TOO_MANY_TRIES");
        door.ask(&pocket, "15900000099", &from('s', 11)).unwrap();
        door.later(limits::CODES_KEPT);
        assert!(forget(&door.house).unwrap() >= 37, "codes do not stay longer than their limits look back");
    });
}

#[test]
fn a_courier_is_what_the_configuration_says() {
    for (_, house, _) in common::houses("no_courier") {
        assert_eq!(courier::of(&house).err().unwrap().code(), "NO_CODES");
    }
    for (_, house, _) in common::houses_with("file_real", false, |config| config.codes.adapter = Adapter::File) {
        assert_eq!(courier::of(&house).err().unwrap().code(), "FILE_OUTSIDE_DEMO");
    }
    for (_, house, clock) in common::houses_with("file_demo", true, |config| config.codes.adapter = Adapter::File) {
        let courier = courier::of(&house).unwrap();
        let door = Door::new(house, clock);
        door.ask(&*courier, PHONE, &visit()).unwrap();
        let written = std::fs::read_to_string(door.house.config.path("codes.txt".as_ref())).unwrap();
        let (phone, code) = written.lines().last().unwrap().split_once(' ').unwrap();
        assert_eq!(phone, PHONE);
        resident::enter_code(&door.house, code, &visit()).unwrap();
    }
    let clear =
        |config: &mut app::Config| (config.codes.adapter, config.codes.url) = (Adapter::Http, Some("http://sms.example/send".into()));
    for (_, house, _) in common::houses_with("http_clear", false, clear) {
        assert_eq!(courier::of(&house).err().unwrap().code(), "KEY", "telephones do not travel in the clear");
    }
}

/// Answers each request with a status line and gives back what was asked.
fn service(answers: &'static [&'static str]) -> (String, std::thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/send", listener.local_addr().unwrap());
    let answering = std::thread::spawn(move || {
        let mut asked = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let head: String =
                reader.by_ref().lines().map(Result::unwrap).take_while(|line| !line.is_empty()).map(|line| line + "\n").collect();
            let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned)).unwrap();
            let mut body = vec![0; length.parse().unwrap()];
            reader.read_exact(&mut body).unwrap();
            asked.push(head + &String::from_utf8(body).unwrap());
            write!(stream, "HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
        }
        asked
    });
    (url, answering)
}

#[test]
fn the_sending_service_gets_one_request_and_sends_nobody_elsewhere() {
    let (url, answering) = service(&["204 No Content", "302 Found\r\nlocation: /elsewhere", "500 No"]);
    let configure = |config: &mut app::Config| {
        std::fs::write(config.data.join("token"), "geheim\n").unwrap();
        (config.codes.adapter, config.codes.url, config.codes.token_file) = (Adapter::Http, Some(url.clone()), Some("token".into()));
    };
    let (_, house, _) = common::houses_with("http", false, configure).remove(0);
    let courier = courier::of(&house).unwrap();
    courier.send(PHONE, "123456").unwrap();
    assert_eq!(code_of(courier.send(PHONE, "123456")), "NOT_SENT", "a redirect is not followed");
    assert_eq!(code_of(courier.send(PHONE, "123456")), "NOT_SENT");
    let asked = answering.join().unwrap();
    assert!(asked[0].starts_with("POST /send HTTP/1.1\n") && asked[0].contains("authorization: Bearer geheim\n"), "{}", asked[0]);
    let body: serde_json::Value = serde_json::from_str(asked[0].lines().last().unwrap()).unwrap();
    assert_eq!(body, serde_json::json!({"phone": PHONE, "code": "123456"}));
}

#[test]
fn nothing_that_is_printed_for_a_log_shows_a_secret() {
    each("debug", |door| {
        let invite =
            Invite::Admin {
                role: Role::System, login: "sys".into(), name: Personal("赵一".into()), phone: Personal("13100000001".into())
            };
        let mut printed = format!("{invite:?}");
        let link = enrol::issue(&door.house, By::Keeper, invite).unwrap();
        let setup = enrol::start(&door.house, link.token.reveal(), PASSWORD).unwrap();
        let code = door.code(&super::maker(setup.secret.reveal()));
        let paper = enrol::confirm(&door.house, link.token.reveal(), &code, &visit()).unwrap();
        let half = official::begin(&door.house, "sys", PASSWORD, &visit()).unwrap();
        printed += &format!("{link:?} {setup:?} {paper:?} {half:?} {:?}", visit());
        let session = official::finish(&door.house, half.token.reveal(), paper[0].reveal(), &visit()).unwrap();
        let admin = door.open(&session).unwrap();
        printed += &format!("{session:?} {admin:?} {:?}", accounts::page(&door.house, &admin, None).unwrap());
        let phone = door.by_phone("15900000000");
        let resident = door.open(&phone).unwrap();
        printed += &format!("{phone:?} {resident:?} {:?}", session::mine(&door.house, &resident).unwrap());
        printed += &format!("{:?}", door.house.config);
        let tokens = [&link.token, &setup.secret, &setup.uri, &half.token, &session.token, &phone.token];
        let secrets = tokens.into_iter().chain(&paper).map(|secret| secret.reveal().to_owned());
        let personal = ["赵一", "13100000001", "15900000000", "159****0000", PASSWORD, &admin.csrf, &visit().browser].map(str::to_owned);
        for secret in secrets.chain(personal).chain([code]) {
            assert!(!printed.contains(&secret), "{secret} stands in {printed}");
        }
    });
}
