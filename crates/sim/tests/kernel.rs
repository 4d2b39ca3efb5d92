//! 内核 The kernel on both databases: one suggestion's life through `enact`, then audit, seal and rebuild.

use app::{Asked, Failure, clock, enact, seal};
use jiff::civil::date;
use law::lead::post;
use law::open::suggestion::{Act, AnswerKind, Channel, Suggestion};
use law::{Actor, AnyAct, MatterId, Personal, PostKind, Refusal, Who};
use sim::scene::{UNIT, stores};
use sim::world::{Store, Village, World};
use std::path::PathBuf;
use std::sync::Arc;

/// A village in a world of its own, with a resident; its folder goes with it.
struct Ground {
    world: World,
    village: Village,
    resident: Actor,
}

impl Ground {
    fn new(folder: PathBuf, store: &Store) -> Self {
        let world = World::new(folder, store, 1, date(2026, 9, 30), false).unwrap();
        let village = world.village(UNIT, ["林伟棠", "黎满堂", "梁玉燕", "陈国强", "陈志恒"], date(2026, 9, 1)).unwrap();
        let person = world.person(village.code, "王志强", Some("13800138000"), Some("一组")).unwrap();
        world.enrol(village.code, "一组", vec![person], date(2026, 9, 1)).unwrap();
        Self { world, village, resident: Actor::new(Who::Resident { person, on_roll: true }) }
    }

    /// One on each database.
    fn each(name: &str) -> impl Iterator<Item = Self> {
        stores(name).into_iter().map(|(_, store, folder)| Self::new(folder, &store))
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.world.directory).ok();
    }
}

fn submit(body: MatterId) -> AnyAct {
    AnyAct::Suggestion(Act::Submit {
        text: Personal("东坊巷一到夜里就黑，老人接孩子怕摔".into()),
        channel: Channel::Web,
        intake: None,
        name: Some(Personal("王志强".into())),
        contact: None,
        body: Some(body),
        about_work: false,
    })
}

fn lines(world: &World) -> i64 {
    let sizes = world.house.read(|tx| store::record::sizes(tx)).unwrap();
    sizes[0].1
}

#[test]
fn lines_of_before_are_sealed_after_the_house_opens_again() {
    for mut ground in Ground::each("kernel_again") {
        let submit = Asked::new(submit(ground.village.committee), ground.resident.clone());
        let world = &mut ground.world;
        world.house.enact(ground.village.code, submit).unwrap();
        world.open_again().unwrap();
        let size = lines(world).cast_unsigned();
        assert_eq!(seal::all(&world.house).unwrap().pop().unwrap().1.unwrap(), seal::Outcome::Signed(size));
        world.open_again().unwrap();
        assert!(seal::all(&world.house).unwrap().is_empty(), "what is sealed is sealed once");
    }
}

#[test]
fn a_request_key_is_remembered_for_thirty_days() {
    for ground in Ground::each("kernel_key") {
        let (world, village, resident) = (&ground.world, &ground.village, ground.resident.clone());
        let ask = || {
            let asked = Asked { key: Some("k".into()), ..Asked::new(submit(village.committee), resident.clone()) };
            app::tend::forget(&world.house).unwrap();
            world.house.enact(village.code, asked).unwrap()
        };
        let done = ask();
        world.turn(date(2026, 10, 30), 8, 59);
        assert_eq!(ask(), done);
        world.turn(date(2026, 10, 30), 9, 1);
        assert_eq!(ask().seq, done.seq + 1);
    }
}

#[test]
fn who_left_since_the_page_was_made_has_no_right_any_more() {
    for ground in Ground::each("kernel_left") {
        let (world, village, resident) = (&ground.world, &ground.village, ground.resident.clone());
        let unit = village.code;
        let clerk = world.official(unit, village.person(PostKind::Clerk)).unwrap();
        let Who::Official { offices, .. } = &clerk.who else { unreachable!() };
        let end = post::Act::End { post: offices[0].post, on: date(2026, 9, 30), basis: "调任".into() };
        world.keep(unit, AnyAct::Post(end)).unwrap();
        let Who::Resident { person, .. } = resident.who else { unreachable!() };
        let leave = law::lead::roll::Act::Change {
            group: "一组".into(),
            from: date(2026, 9, 30),
            join: Vec::new(),
            leave: vec![person],
            basis: "迁出".into(),
        };
        world.keep(unit, AnyAct::Roll(leave)).unwrap();
        let done = world.house.enact(unit, Asked::new(submit(village.committee), resident)).unwrap();
        let entry = world.house.read(|tx| store::record::entries(tx, unit, done.seq, 1)).unwrap().remove(0);
        let entry: law::Entry<serde_json::Value> = serde_json::from_slice(&entry.body).unwrap();
        assert!(matches!(entry.by, law::By::Resident { on_roll: false, .. }), "{:?}", entry.by);
        let route = || AnyAct::Suggestion(Act::Route { suggestion: done.matter, body: village.committee });
        world.house.enact(unit, Asked::new(route(), clerk.clone())).unwrap();
        // The last day in office ends at midnight, whenever the page was made.
        world.turn(date(2026, 10, 1), 0, 0);
        let refused = world.house.enact(unit, Asked::new(route(), clerk)).unwrap_err();
        assert!(matches!(refused, Failure::Refused(Refusal::NoRight { .. })), "{refused}");
    }
}

#[test]
fn a_savepoint_that_fails_takes_the_whole_group_along() {
    for ground in Ground::each("kernel_savepoint") {
        let (world, village, resident) = (&ground.world, &ground.village, ground.resident.clone());
        let (before, body) = (lines(world), village.committee);
        let outcome = world.house.act(village.code, move |hand| {
            let done = enact::enact(hand, Asked::new(submit(body), resident))?;
            // Gone already when `within` gives it back. Whoever asked does not mind.
            let _failed = hand.pen.within(|pen| pen.tx.run("RELEASE SAVEPOINT act", &[]));
            Ok(done)
        });
        assert!(outcome.is_err(), "{outcome:?}");
        assert_eq!(lines(world), before);
        assert!(app::audit::unit(&world.house, village.code).unwrap().is_clean());
    }
}

#[test]
fn what_follows_a_transaction_that_sqlite_took_back_does_not_stand_alone() {
    let (_, store, folder) = stores("kernel_back").remove(0);
    let ground = Ground::new(folder, &store);
    let (world, body, resident) = (&ground.world, ground.village.committee, ground.resident.clone());
    let before = lines(world);
    let outcome = world.house.act(ground.village.code, move |hand| {
        // As SQLite does by itself when the disk is full.
        hand.pen.tx.run("ROLLBACK", &[])?;
        enact::enact(hand, Asked::new(submit(body), resident))
    });
    assert!(outcome.is_err(), "{outcome:?}");
    assert_eq!(lines(world), before);
    assert!(app::audit::unit(&world.house, ground.village.code).unwrap().is_clean());
}

#[test]
fn the_server_cuts_all_connections_and_the_house_goes_on() {
    let Some((_, Store::Postgres(url), folder)) = stores("kernel_cut").into_iter().nth(1) else { return };
    let ground = Ground::new(folder, &Store::Postgres(format!("{url}&application_name=kernel_cut")));
    let (world, village, resident) = (&ground.world, &ground.village, ground.resident.clone());
    let asked = || Asked { key: Some("k".into()), ..Asked::new(submit(village.committee), resident.clone()) };
    let mut server = store::connect(&url, &Arc::new(world.keys().vault())).unwrap();
    let mut cut = || {
        let mut tx = server.write().unwrap();
        let cut = "SELECT COUNT(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE application_name = 'kernel_cut'";
        let connections = tx.row(cut, &[]).unwrap().unwrap().int(0).unwrap();
        assert!(connections > 0);
    };
    cut();
    // No transaction was begun on what is cut, so nobody sees it.
    let done = world.house.enact(village.code, asked()).unwrap();
    assert_eq!(world.house.enact(village.code, asked()).unwrap(), done);
    assert_eq!(lines(world), done.seq + 1);
    cut();
    assert_eq!(lines(world), done.seq + 1);
    // Cut while somebody reads. Whatever the reader makes of it, that connection is not used again.
    let read = world.house.read(|tx| {
        cut();
        store::record::sizes(tx).map_err(Failure::unreadable)
    });
    assert!(read.is_err());
    assert_eq!(lines(world), done.seq + 1);
}

#[test]
fn a_suggestion_lives_is_sealed_audited_and_rebuilt() {
    for ground in Ground::each("kernel") {
        let (world, village, resident) = (&ground.world, &ground.village, ground.resident.clone());
        let unit = village.code;
        let mut asked = Asked::new(submit(village.committee), resident.clone());
        asked.key = Some("k1".into());
        let done = world.house.enact(unit, asked.clone()).unwrap();
        assert_eq!(world.house.enact(unit, asked).unwrap(), done, "the same key gets the same answer");
        let answer = Act::Answer {
            suggestion: done.matter,
            kind: AnswerKind::Explain,
            text: "供电所已排查，是埋地电缆老化，本周五前换好".into(),
            reason: None,
            plan: None,
        };
        let director = world.official(unit, village.person(PostKind::Director)).unwrap();
        let stranger = world.house.enact(unit, Asked::new(AnyAct::Suggestion(answer.clone()), resident));
        assert!(matches!(stranger, Err(Failure::Refused(Refusal::NoRight { .. }))));
        world.turn(date(2026, 10, 16), 10, 0);
        world.house.enact(unit, Asked::new(AnyAct::Suggestion(answer), director)).unwrap();
        let round = clock::round(&world.house).unwrap();
        assert_eq!(round.failed, 0);
        let s: Suggestion = world.house.read(|tx| store::kept::get(tx, unit, done.matter)).unwrap().unwrap();
        assert_eq!(s.answers.len(), 1);
        let outcomes = seal::all(&world.house).unwrap();
        assert!(outcomes.iter().all(|(_, outcome)| matches!(outcome, Ok(seal::Outcome::Signed(_)))), "{outcomes:?}");
        let findings = app::audit::unit(&world.house, unit).unwrap();
        assert!(findings.is_clean(), "{findings:?}");
        app::audit::rebuild(&world.house, unit).unwrap();
        assert!(app::audit::unit(&world.house, unit).unwrap().is_clean());
        let receipt = world.house.read(|tx| seal::receipt(tx, unit, done.seq)).unwrap().unwrap();
        assert_eq!(receipt.index, done.seq as u64);
    }
}
