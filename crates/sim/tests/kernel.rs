//! 内核 The kernel on both databases: one suggestion's life through `enact`, then audit, seal and rebuild.

use jiff::civil::date;
use law::open::suggestion::{Act, AnswerKind, Channel, Suggestion};
use law::{Actor, AnyAct, Personal, PostKind, Refusal, Who};
use sim::world::{Store, World};

fn stores(name: &str) -> Vec<(Store, std::path::PathBuf)> {
    let base = std::env::temp_dir().join(format!("cunwu-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&base).unwrap();
    let mut all = vec![(Store::Sqlite, base.clone())];
    if let Ok(url) = std::env::var("CUNWU_TEST_POSTGRES") {
        let schema = format!("{name}_{}", std::process::id());
        let mut connection = store::connect(&url, &std::sync::Arc::new(app::Keys::new([0; 32]).vault())).unwrap();
        connection.script(&format!("CREATE SCHEMA {schema}")).unwrap();
        let join = if url.contains('?') { '&' } else { '?' };
        all.push((Store::Postgres(format!("{url}{join}options=-c%20search_path%3D{schema}")), base));
    }
    all
}

#[test]
fn a_suggestion_lives_is_sealed_audited_and_rebuilt() {
    for (store, directory) in stores("kernel") {
        let world = World::new(directory, &store, 1, date(2026, 9, 30), false).unwrap();
        let village = world.village("441900121014", ["林伟棠", "黎满堂", "梁玉燕", "陈国强", "陈志恒"], date(2026, 9, 1)).unwrap();
        let unit = village.code;
        let me = world.person(unit, "王志强", Some("13800138000"), Some("一组")).unwrap();
        let resident = Actor::new(Who::Resident { person: me, on_roll: true });
        let submit = Act::Submit {
            text: Personal("东坊巷一到夜里就黑，老人接孩子怕摔".into()),
            channel: Channel::Web,
            intake: None,
            name: Some(Personal("王志强".into())),
            contact: None,
            body: Some(village.committee),
            about_work: false,
        };
        let mut asked = app::Asked::new(AnyAct::Suggestion(submit), resident.clone());
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
        let stranger = world.house.enact(unit, app::Asked::new(AnyAct::Suggestion(answer.clone()), resident));
        assert!(matches!(stranger, Err(app::Failure::Refused(Refusal::NoRight { .. }))));
        world.turn(date(2026, 10, 16), 10, 0);
        world.house.enact(unit, app::Asked::new(AnyAct::Suggestion(answer), director)).unwrap();
        let round = app::clock::round(&world.house).unwrap();
        assert_eq!(round.failed, 0);
        let s: Suggestion = world.house.read(|tx| store::kept::get(tx, unit, done.matter)).unwrap().unwrap();
        assert_eq!(s.answers.len(), 1);
        let outcomes = app::seal::all(&world.house).unwrap();
        assert!(outcomes.iter().all(|(_, outcome)| matches!(outcome, Ok(app::seal::Outcome::Signed(_)))), "{outcomes:?}");
        let findings = app::audit::unit(&world.house, unit).unwrap();
        assert!(findings.is_clean(), "{findings:?}");
        app::audit::rebuild(&world.house, unit).unwrap();
        assert!(app::audit::unit(&world.house, unit).unwrap().is_clean());
        let receipt = world.house.read(|tx| app::seal::receipt(tx, unit, done.seq)).unwrap().unwrap();
        assert_eq!(receipt.index, done.seq as u64);
    }
}
