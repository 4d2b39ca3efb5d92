//! 登录之门 The sign-in door on both databases: enrolment, password and code, telephone codes, sessions, administrators.

use app::door::enrol::{self, By, Invite};
use app::door::{
    DoorError, Kind, Link, Role, Session, SignedIn, State, Visit, Weak, accounts, actor, csrf, events, forget, limits, official, session,
    twofold,
};
use app::{Asked, Clock, HandClock, House};
use jiff::civil::date;
use law::lead::{body, person, post, roll};
use law::{Actor, AnyAct, MatterId, Personal, PostKind, UnitCode, Who};
use std::sync::Arc;

mod common;
#[path = "door/resident.rs"]
mod residents;

const PASSWORD: &str = "Tian-ye7";
const PHONE: &str = "13800138000";

/// A house with one village, its secretary and a resident on the roll.
struct Door {
    house: Arc<House>,
    clock: Arc<HandClock>,
    unit: UnitCode,
    secretary: MatterId,
    resident: MatterId,
}

/// Somebody with password and code maker.
struct Staff {
    login: &'static str,
    maker: totp_rs::Totp,
    paper: Vec<String>,
    account: MatterId,
}

/// Runs a test in a fresh house on each database.
fn each(name: &str, test: impl Fn(&Door)) {
    for (label, house, clock) in common::houses(name) {
        println!("on {label}");
        test(&Door::new(house, clock));
    }
}

fn visit() -> Visit {
    Visit { ip: [203, 0, 113, 77].into(), device: "Mozilla/5.0\n (Linux; Android 14)".into(), browser: "b".repeat(43), session: None }
}

impl Door {
    fn new(house: Arc<House>, clock: Arc<HandClock>) -> Self {
        let unit = UnitCode::parse("441900121014").unwrap();
        let keep = |act: AnyAct| house.enact(unit, Asked::new(act, Actor::new(Who::Keeper))).unwrap().matter;
        let enter = |name: &str, phone: Option<&str>| {
            let act = person::Act::Enter {
                name: Personal(name.into()),
                id_number: None,
                phone: phone.map(|p| Personal(p.into())),
                group: Some("一组".into()),
            };
            keep(AnyAct::Person(act))
        };
        let party =
            keep(AnyAct::Body(body::Act::Found { kind: body::BodyKind::Party, name: "北栅党工委".into(), since: date(2021, 1, 1) }));
        let (secretary, resident) = (enter("林伟棠", Some("13900139000")), enter("王志强", Some(PHONE)));
        let (kind, from) = (PostKind::Secretary, date(2021, 3, 1));
        keep(AnyAct::Post(post::Act::Appoint {
            person: secretary,
            name: "林伟棠".into(),
            body: party,
            kind,
            from,
            to: None,
            basis: "期初".into(),
        }));
        keep(AnyAct::Roll(roll::Act::Change { group: "一组".into(), from, join: vec![resident], leave: vec![], basis: "期初".into() }));
        Self { house, clock, unit, secretary, resident }
    }

    fn later(&self, microseconds: i64) {
        self.clock.set(self.clock.now() + jiff::SignedDuration::from_micros(microseconds));
    }

    /// The code that the maker shows now, in a step not used before.
    fn code(&self, maker: &totp_rs::Totp) -> String {
        self.later(30 * limits::SECOND);
        maker.generate(self.clock.now().as_second().cast_unsigned()).to_string()
    }

    fn enrol(&self, login: &'static str, link: &Link, password: &str) -> Staff {
        let link = link.token.reveal();
        let looked = enrol::look(&self.house, link).unwrap();
        assert_eq!(looked.login, login);
        let setup = enrol::start(&self.house, link, password).unwrap();
        let maker = maker(setup.secret.reveal());
        assert!(setup.uri.reveal().contains(setup.secret.reveal()));
        let paper = enrol::confirm(&self.house, link, &self.code(&maker), &visit()).unwrap();
        assert_eq!(paper.len(), 10);
        Staff { login, maker, paper: paper.iter().map(|code| code.reveal().to_owned()).collect(), account: looked.account }
    }

    fn half(&self, login: &str, password: &str) -> Result<String, DoorError> {
        official::begin(&self.house, login, password, &visit()).map(|half| half.token.reveal().to_owned())
    }

    fn sign_in(&self, staff: &Staff) -> SignedIn {
        let half = self.half(staff.login, PASSWORD).unwrap();
        let session = official::finish(&self.house, &half, &self.code(&staff.maker), &visit()).unwrap();
        self.open(&session).unwrap()
    }

    fn open(&self, session: &Session) -> Option<SignedIn> {
        session::open(&self.house, session.token.reveal(), self.clock.now()).unwrap()
    }

    fn admin(&self, by: By<'_>, role: Role, login: &'static str, phone: &str) -> Staff {
        let invite = Invite::Admin { role, login: login.into(), name: Personal("某管理员".into()), phone: Personal(phone.into()) };
        self.enrol(login, &enrol::issue(&self.house, by, invite).unwrap(), PASSWORD)
    }

    /// The three administrators, signed in.
    fn three(&self) -> [SignedIn; 3] {
        let system = self.sign_in(&self.admin(By::Keeper, Role::System, "sys", "13100000001"));
        let security = self.admin(By::Admin(&system), Role::Security, "sec", "13100000002");
        let auditor = self.admin(By::Admin(&system), Role::Auditor, "aud", "13100000003");
        [system, self.sign_in(&security), self.sign_in(&auditor)]
    }

    fn invite(&self, by: &SignedIn) -> Result<Link, DoorError> {
        let invite = Invite::Official { unit: self.unit, person: self.secretary, login: " Lin.WT ".into() };
        enrol::issue(&self.house, By::Admin(by), invite)
    }

    fn secretary(&self, system: &SignedIn) -> Staff {
        self.enrol("lin.wt", &self.invite(system).unwrap(), PASSWORD)
    }

    fn events(&self, auditor: &SignedIn) -> Vec<events::What> {
        events::page(&self.house, auditor, None).unwrap().into_iter().filter_map(|event| event.what).collect()
    }
}

fn maker(base32: &str) -> totp_rs::Totp {
    let bits = base32.bytes().fold((Vec::new(), 0_u32, 0), |(mut out, bits, n), c| {
        let digit = u32::from(if c.is_ascii_digit() { c - b'2' + 26 } else { c - b'A' });
        let (bits, n) = (bits << 5 | digit, n + 5);
        if n < 8 {
            return (out, bits, n);
        }
        out.push((bits >> (n - 8)) as u8);
        (out, bits & ((1 << (n - 8)) - 1), n - 8)
    });
    let seed: [u8; 20] = bits.0.try_into().unwrap();
    totp_rs::Builder::new().with_secret(totp_rs::Secret::new_stack(seed)).build().unwrap()
}

fn code_of<T: std::fmt::Debug>(outcome: Result<T, DoorError>) -> String {
    outcome.expect_err("the door should stay shut").code()
}

#[test]
fn an_official_enrols_signs_in_and_acts_by_posts() {
    each("official", |door| {
        let [system, ..] = door.three();
        let staff = door.secretary(&system);
        let half = door.half("  LIN.wt", PASSWORD).unwrap();
        let first = official::finish(&door.house, &half, &door.code(&staff.maker), &visit()).unwrap();
        let me = door.open(&first).unwrap();
        assert_eq!((me.kind, me.name.as_str(), me.unit, me.person), (Kind::Official, "林伟棠", Some(door.unit), Some(door.secretary)));
        let Who::Official { person, offices } = actor(&door.house, &me, door.unit).unwrap().who else { panic!("an official") };
        assert_eq!((person, offices.len(), offices[0].kind), (door.secretary, 1, PostKind::Secretary));
        let elsewhere = UnitCode::parse("441900122015").unwrap();
        let Who::Official { offices, .. } = actor(&door.house, &me, elsewhere).unwrap().who else { panic!("an official") };
        assert!(offices.is_empty(), "no post, no right");
        assert_eq!(code_of(official::finish(&door.house, &half, &door.code(&staff.maker), &visit())), "START_AGAIN", "a half serves once");

        let half = door.half("lin.wt", PASSWORD).unwrap();
        let again = Visit { session: Some(first.token.reveal().to_owned()), ..visit() };
        let second = official::finish(&door.house, &half, &door.code(&staff.maker), &again).unwrap();
        assert_ne!(first.token.reveal(), second.token.reveal(), "the id rotates");
        assert!(door.open(&first).is_none(), "what the browser had before is over");
        assert!(csrf::check(&door.open(&second).unwrap(), &me.csrf).is_err(), "so are its forms");
        csrf::check(&me, &me.csrf).unwrap();
        assert_eq!(code_of(csrf::check(&me, "")), "FORM_STALE");
        let token = csrf::of_browser(&door.house, "one");
        csrf::check_browser(&door.house, "one", &token).unwrap();
        assert_eq!(code_of(csrf::check_browser(&door.house, "other", &token)), "FORM_STALE");
    });
}

#[test]
fn a_code_serves_once_and_a_half_sign_in_five_minutes() {
    each("once", |door| {
        let staff = door.admin(By::Keeper, Role::System, "sys", "13100000001");
        let code = door.code(&staff.maker);
        let half = door.half("sys", PASSWORD).unwrap();
        official::finish(&door.house, &half, &code, &visit()).unwrap();
        let half = door.half("sys", PASSWORD).unwrap();
        assert_eq!(code_of(official::finish(&door.house, &half, &code, &visit())), "CODE_WRONG", "replayed");
        assert_eq!(code_of(official::finish(&door.house, &half, "12345", &visit())), "CODE_WRONG");
        official::finish(&door.house, &half, &door.code(&staff.maker), &visit()).unwrap();
        let half = door.half("sys", PASSWORD).unwrap();
        door.later(limits::HALF);
        assert_eq!(code_of(official::finish(&door.house, &half, &door.code(&staff.maker), &visit())), "START_AGAIN");
        assert_eq!(code_of(official::finish(&door.house, "none", "123456", &visit())), "START_AGAIN");
    });
}

#[test]
fn five_wrong_tries_lock_a_name_whether_it_exists_or_not() {
    each("locks", |door| {
        let [system, security, auditor] = door.three();
        let staff = door.secretary(&system);
        for login in ["lin.wt", "nobody"] {
            for _ in 0..4 {
                assert_eq!(code_of(door.half(login, "Wrong-pass1")), "WRONG_CREDENTIALS", "{login}");
            }
            let before = door.clock.now();
            assert_eq!(code_of(door.half(login, "x")), "WRONG_CREDENTIALS", "{login}");
            let Err(DoorError::Locked { until }) = door.half(login, PASSWORD) else { panic!("{login} is not locked") };
            assert!((until.as_microsecond() - before.as_microsecond() - limits::LOCK).abs() < limits::SECOND);
        }
        let locked = accounts::page(&door.house, &security, None).unwrap().into_iter().find(|listed| listed.id == staff.account).unwrap();
        assert!(locked.locked.is_some() && locked.name == "林伟棠" && locked.state == State::Open);
        assert_eq!(code_of(accounts::unlock(&door.house, &system, staff.account)), "NOT_YOURS");
        accounts::unlock(&door.house, &security, staff.account).unwrap();
        let half = door.half("lin.wt", PASSWORD).unwrap();
        for _ in 0..5 {
            assert_eq!(code_of(official::finish(&door.house, &half, "000000", &visit())), "CODE_WRONG");
        }
        let code = door.code(&staff.maker);
        assert_eq!(code_of(official::finish(&door.house, &half, &code, &visit())), "LOCKED", "wrong codes count as well");
        door.later(limits::LOCK);
        door.sign_in(&staff);
        let seen = door.events(&auditor);
        let count = |what| seen.iter().filter(|event| **event == what).count();
        assert_eq!((count(events::What::Locked), count(events::What::Unlocked)), (3, 1));
        assert_eq!((count(events::What::WrongPassword), count(events::What::WrongCode)), (10, 5));
        assert_eq!(code_of(events::page(&door.house, &system, None)), "NOT_YOURS");
        assert_eq!(code_of(events::page(&door.house, &security, None)), "NOT_YOURS");
        let page = events::page(&door.house, &auditor, None).unwrap();
        assert_eq!(page[0].source.as_deref(), Some("203.0.113.0/24"), "the network, not the host");
        let rest = events::page(&door.house, &auditor, page.get(1)).unwrap();
        assert_eq!(rest.len(), page.len() - 2, "pages continue where the last one ended");
    });
}

#[test]
fn a_right_password_gives_its_try_back_and_a_sign_in_all_of_them() {
    each("tries", |door| {
        let staff = door.admin(By::Keeper, Role::System, "sys", "13100000001");
        for round in 0..2 {
            for _ in 0..3 {
                assert_eq!(code_of(door.half("sys", "Wrong-pass1")), "WRONG_CREDENTIALS", "round {round}");
            }
            door.half("sys", PASSWORD).unwrap();
            door.sign_in(&staff);
        }
        let crowd = Visit { ip: "2001:db8:1:2:3::4".parse().unwrap(), ..visit() };
        assert_eq!(crowd.source(), "2001:db8:1::/48");
        assert_eq!(code_of(official::begin(&door.house, &"x".repeat(500), &"y".repeat(5_000), &crowd)), "WRONG_CREDENTIALS");
        let knock = || code_of(official::begin(&door.house, "nobody", "Wrong-pass1", &crowd));
        let tries = (0..200).map(|_| knock()).take_while(|code| code != "TOO_MANY_TRIES").count();
        assert_eq!(tries, 99, "one address has a hundred tries over all names");
        door.later(limits::LOCK);
        assert_eq!(knock(), "WRONG_CREDENTIALS");
    });
}

#[test]
fn events_stay_for_six_months_and_go() {
    each("events", |door| {
        let [_, _, auditor] = door.three();
        let count = || door.events(&auditor).len();
        let before = count();
        door.later(184 * limits::DAY);
        forget(&door.house).unwrap();
        assert_eq!(count(), before);
        door.later(limits::EVENTS_KEPT - 184 * limits::DAY);
        forget(&door.house).unwrap();
        assert_eq!(count(), 0);
    });
}

#[test]
fn a_link_serves_once_and_for_an_hour() {
    each("links", |door| {
        let invite = |role, login: &str| Invite::Admin {
            role,
            login: login.into(),
            name: Personal("甲".into()),
            phone: Personal("131 0000 0001".into()),
        };
        assert_eq!(code_of(enrol::issue(&door.house, By::Keeper, invite(Role::Security, "sec"))), "NOT_YOURS");
        for login in ["ab", "Ünder", "a b", PHONE, &"a".repeat(33)] {
            assert_eq!(code_of(enrol::issue(&door.house, By::Keeper, invite(Role::System, login))), "LOGIN_BAD", "{login}");
        }
        let late = enrol::issue(&door.house, By::Keeper, invite(Role::System, "sys")).unwrap();
        door.later(limits::LINK);
        assert_eq!(code_of(enrol::look(&door.house, late.token.reveal())), "LINK_SPENT");
        assert_eq!(code_of(enrol::start(&door.house, late.token.reveal(), PASSWORD)), "LINK_SPENT");
        let replaced = enrol::issue(&door.house, By::Keeper, invite(Role::System, "sys")).unwrap();
        let link = enrol::issue(&door.house, By::Keeper, invite(Role::System, "sys")).unwrap();
        assert_eq!(code_of(enrol::look(&door.house, replaced.token.reveal())), "LINK_SPENT");
        let token = link.token.reveal();
        assert_eq!(code_of(enrol::confirm(&door.house, token, "123456", &visit())), "CODE_WRONG", "no code maker yet");
        for (password, weak) in
            [("short1A", Weak::Short), ("nodigitsAtall", Weak::Classes), ("My-sys-99", Weak::HoldsLogin), ("P@ssw0rd", Weak::Common)]
        {
            let Err(DoorError::PasswordWeak { why }) = enrol::start(&door.house, token, password) else { panic!("{password} was taken") };
            assert_eq!(why, weak, "{password}");
        }
        let abandoned = enrol::start(&door.house, token, "Other-pass1").unwrap();
        let code = door.code(&maker(abandoned.secret.reveal()));
        let setup = enrol::start(&door.house, token, PASSWORD).unwrap();
        assert_eq!(code_of(enrol::confirm(&door.house, token, &code, &visit())), "CODE_WRONG", "only the last secret counts");
        assert_eq!(code_of(door.half("sys", PASSWORD)), "WRONG_CREDENTIALS", "not open before it is confirmed");
        let code = door.code(&maker(setup.secret.reveal()));
        enrol::confirm(&door.house, token, &code, &visit()).unwrap();
        for spent in [enrol::look(&door.house, token).map(drop), enrol::start(&door.house, token, PASSWORD).map(drop)] {
            assert_eq!(code_of(spent), "LINK_SPENT");
        }
        assert_eq!(code_of(enrol::confirm(&door.house, token, &code, &visit())), "LINK_SPENT");
        assert_eq!(
            code_of(enrol::issue(&door.house, By::Keeper, invite(Role::System, "sys2"))),
            "ROLE_TAKEN",
            "the keeper makes the first one only"
        );
        let half = door.half("sys", PASSWORD).unwrap();
        assert_eq!(code_of(official::finish(&door.house, &half, &code, &visit())), "CODE_WRONG", "the first code is used up too");
    });
}

#[test]
fn paper_codes_serve_once() {
    each("paper", |door| {
        let staff = door.admin(By::Keeper, Role::System, "sys", "13100000001");
        let finish = |code: &str| official::finish(&door.house, &door.half("sys", PASSWORD).unwrap(), code, &visit());
        let me = door.open(&finish(&staff.paper[0]).unwrap()).unwrap();
        assert_eq!(code_of(finish(&staff.paper[0])), "CODE_WRONG");
        finish(&staff.paper[1].to_uppercase().replace('-', " ")).unwrap();
        assert_eq!(official::paper_left(&door.house, &me).unwrap(), 8);
        assert_eq!(code_of(official::renew_paper(&door.house, &me, "000000")), "CODE_WRONG");
        let fresh = official::renew_paper(&door.house, &me, &door.code(&staff.maker)).unwrap();
        assert_eq!(code_of(finish(&staff.paper[2])), "CODE_WRONG", "the old ones are void");
        finish(fresh[9].reveal()).unwrap();
    });
}

#[test]
fn sessions_rest_end_and_are_listed() {
    each("sessions", |door| {
        let staff = door.admin(By::Keeper, Role::System, "sys", "13100000001");
        let begin = || official::finish(&door.house, &door.half("sys", PASSWORD).unwrap(), &door.code(&staff.maker), &visit()).unwrap();
        let session = begin();
        let signed_in = door.clock.now();
        for _ in 0..11 * 60 / 25 {
            door.later(25 * limits::MINUTE);
            assert!(door.open(&session).is_some(), "being seen keeps it open");
        }
        while door.clock.now().as_microsecond() < signed_in.as_microsecond() + limits::OFFICIAL_SESSION {
            door.later(20 * limits::MINUTE);
            door.open(&session);
        }
        assert!(door.open(&session).is_none(), "twelve hours are the end");
        let session = begin();
        door.later(limits::OFFICIAL_IDLE);
        assert!(door.open(&session).is_none(), "half an hour of rest is the end");

        let [one, two, three] = [begin(), begin(), begin()];
        let me = door.open(&three).unwrap();
        let mine = session::mine(&door.house, &me).unwrap();
        assert_eq!((mine.len(), mine.iter().filter(|session| session.this).count()), (3, 1));
        assert_eq!((mine[0].device.as_str(), mine[0].source.as_str()), ("Mozilla/5.0 (Linux; Android 14)", "203.0.113.0/24"));
        let other = door.open(&one).unwrap();
        session::end(&door.house, &me, other.session).unwrap();
        assert_eq!(code_of(session::end(&door.house, &me, other.session)), "NOT_YOURS");
        assert!(door.open(&one).is_none() && door.open(&two).is_some());
        session::end_others(&door.house, &me).unwrap();
        assert!(door.open(&two).is_none() && door.open(&three).is_some());
        session::sign_out(&door.house, &me).unwrap();
        assert!(door.open(&three).is_none());
        let longest = (0..=limits::SESSIONS).map(|_| begin()).collect::<Vec<_>>();
        assert!(door.open(&longest[0]).is_none() && door.open(&longest[1]).is_some(), "the oldest gives way");
        assert!(session::open(&door.house, "no token", door.clock.now()).unwrap().is_none());
    });
}

#[test]
fn a_password_changes_and_the_last_ones_are_not_taken_again() {
    each("change", |door| {
        let staff = door.admin(By::Keeper, Role::System, "sys", "13100000001");
        let other = official::finish(&door.house, &door.half("sys", PASSWORD).unwrap(), &door.code(&staff.maker), &visit()).unwrap();
        let me = door.sign_in(&staff);
        assert!(!me.password_due);
        assert_eq!(code_of(official::change_password(&door.house, &me, "Wrong-pass1", "Shui-niu8")), "WRONG_CREDENTIALS");
        let Err(DoorError::PasswordWeak { why: Weak::Used }) = official::change_password(&door.house, &me, PASSWORD, PASSWORD) else {
            panic!()
        };
        official::change_password(&door.house, &me, PASSWORD, "Shui-niu8").unwrap();
        assert!(door.open(&other).is_none(), "other sessions end");
        assert_eq!(code_of(door.half("sys", PASSWORD)), "WRONG_CREDENTIALS");
        door.later(limits::PASSWORD_AGE);
        let half = door.half("sys", "Shui-niu8").unwrap();
        let session = official::finish(&door.house, &half, &door.code(&staff.maker), &visit()).unwrap();
        assert!(door.open(&session).unwrap().password_due);
    });
}

#[test]
fn administrators_are_three_persons_and_cannot_act() {
    each("three", |door| {
        let all @ [system, security, auditor] = &door.three();
        for admin in all {
            assert_eq!(actor(&door.house, admin, door.unit).unwrap(), Actor::new(Who::Anyone));
        }
        let invite =
            |role, phone: &str| Invite::Admin {
                role, login: "another".into(), name: Personal("乙".into()), phone: Personal(phone.into())
            };
        let issue = |by, invite| enrol::issue(&door.house, By::Admin(by), invite);
        assert_eq!(code_of(issue(system, invite(Role::Security, "13100000009"))), "ROLE_TAKEN");
        assert_eq!(code_of(issue(security, invite(Role::Auditor, "13100000009"))), "NOT_YOURS");
        assert_eq!(code_of(accounts::close(&door.house, system, auditor.account)), "SECOND_PERSON");
        twofold::ask(&door.house, system, auditor.account, twofold::What::Close).unwrap();
        assert_eq!(code_of(twofold::confirm(&door.house, auditor, auditor.account)), "SECOND_PERSON");
        assert!(twofold::confirm(&door.house, security, auditor.account).unwrap().is_none());
        assert_eq!(code_of(issue(system, invite(Role::Auditor, "13100000001"))), "SAME_PERSON", "two roles");
        door.secretary(system);
        assert_eq!(code_of(issue(system, invite(Role::Auditor, "13900139000"))), "SAME_PERSON", "an official");
        issue(system, invite(Role::Auditor, "13100000009")).unwrap();
        let person = door.house.enact(
            door.unit,
            Asked::new(
                AnyAct::Person(person::Act::Enter {
                    name: Personal("某".into()),
                    id_number: None,
                    phone: Some(Personal("13100000002".into())),
                    group: None,
                }),
                Actor::new(Who::Keeper),
            ),
        );
        let invite = |person, login: &str| Invite::Official { unit: door.unit, person, login: login.into() };
        assert_eq!(code_of(issue(system, invite(person.unwrap().matter, "sec.wu"))), "SAME_PERSON", "an administrator as official");
        assert_eq!(code_of(issue(system, invite(MatterId::from_bits(1), "nobody"))), "NO_SUCH_PERSON");
        assert_eq!(code_of(issue(system, invite(door.resident, "lin.wt"))), "LOGIN_TAKEN");
        assert_eq!(code_of(door.invite(system)), "ACCOUNT_EXISTS");
    });
}

#[test]
fn a_reset_takes_two_persons_and_never_one() {
    each("reset", |door| {
        let [system, security, auditor] = door.three();
        let staff = door.secretary(&system);
        let session = official::finish(&door.house, &door.half("lin.wt", PASSWORD).unwrap(), &door.code(&staff.maker), &visit()).unwrap();
        let confirm = |who| twofold::confirm(&door.house, who, staff.account);
        assert_eq!(code_of(confirm(&security)), "NOTHING_ASKED");
        assert_eq!(code_of(twofold::ask(&door.house, &security, staff.account, twofold::What::Totp)), "NOT_YOURS");
        twofold::ask(&door.house, &system, staff.account, twofold::What::Totp).unwrap();
        assert_eq!(twofold::waiting(&door.house, &security).unwrap()[0].asked_by, system.account);
        for who in [&system, &auditor] {
            assert_eq!(code_of(confirm(who)), "NOT_YOURS");
        }
        door.later(limits::CHANGE);
        let [_, security, _] = [&system, &security, &auditor];
        assert_eq!(code_of(confirm(security)), "NOTHING_ASKED", "a day is the time to confirm");
        twofold::ask(&door.house, &system, staff.account, twofold::What::Totp).unwrap();
        let link = confirm(security).unwrap().unwrap();
        assert!(door.open(&session).is_none() && door.half("lin.wt", PASSWORD).is_err());
        assert!(enrol::look(&door.house, link.token.reveal()).unwrap().keeps_password);
        assert_eq!(
            code_of(enrol::start(&door.house, link.token.reveal(), "Shui-niu8")),
            "WRONG_CREDENTIALS",
            "the link alone opens nothing"
        );
        let renewed = door.enrol("lin.wt", &link, PASSWORD);
        let half = door.half("lin.wt", PASSWORD).unwrap();
        assert_eq!(
            code_of(official::finish(&door.house, &half, &door.code(&staff.maker), &visit())),
            "CODE_WRONG",
            "the old maker is void"
        );
        door.sign_in(&renewed);

        accounts::close(&door.house, &system, staff.account).unwrap();
        assert_eq!(code_of(door.half("lin.wt", PASSWORD)), "WRONG_CREDENTIALS");
        assert_eq!(code_of(door.invite(&system)), "SECOND_PERSON", "closing and inviting anew would be a reset by one");
        twofold::ask(&door.house, &system, staff.account, twofold::What::Everything).unwrap();
        let link = confirm(security).unwrap().unwrap();
        let again = enrol::start(&door.house, link.token.reveal(), PASSWORD);
        assert!(matches!(again, Err(DoorError::PasswordWeak { why: Weak::Used })), "{again:?}");
        door.enrol("lin.wt", &link, "Shui-niu8");

        twofold::ask(&door.house, security, system.account, twofold::What::Everything).unwrap();
        let own = twofold::confirm(&door.house, security, system.account);
        assert_eq!(code_of(own), "SECOND_PERSON", "who asked does not confirm");
        let link = twofold::confirm(&door.house, &auditor, system.account).unwrap().unwrap();
        door.enrol("sys", &link, "Shui-niu8");
        assert!(door.events(&auditor).contains(&events::What::TotpResetAsked));
    });
}
