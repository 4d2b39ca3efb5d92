//! 个人信息的故事 Stories of personal data: what is public gives no guess away, and what is erased is gone; 个人信息保护法 第47条.

use app::Asked;
use jiff::civil::date;
use law::lead::person;
use law::open::suggestion::{Act, Fact, Suggestion};
use law::personal::salt_of;
use law::{AnyAct, Entry, MatterId, Personal, PersonalRef};
use sim::scene::{PHONE, Scene, TOWN, UNIT, on_each};

const LAMP: &str = "东坊巷一到夜里就黑，老人接孩子怕摔。能不能装几盏灯？";

fn officer(scene: &Scene) -> law::Actor {
    let town = law::UnitCode::parse(TOWN).unwrap();
    let held = scene.world.house.read(|tx| store::lead::post::held(tx, town, date(2026, 9, 1))).unwrap();
    scene.world.official(scene.village.code, held[0].person).unwrap()
}

#[test]
fn nobody_can_confirm_a_guess_from_what_is_public() {
    on_each("guess", date(2026, 9, 1), |scene| {
        let mut me = scene.resident();
        let id = scene.says(&mut me, LAMP, "");
        let stored = scene.world.house.read(|tx| store::record::of_matter(tx, scene.village.code, id)).unwrap();
        let entry: Entry<Fact> = serde_json::from_slice(&stored[0].body).unwrap();
        let Fact::Submitted { text, name: Some(name), author: Some(author), .. } = entry.fact else { panic!("a submission") };
        let guesses = [("text", LAMP, text), ("name", "王志强", name), ("by", &person_of(scene), author)];
        for (label, guess, reference) in guesses {
            let salts = [entry.salt.0, salt_of(&entry.salt.0, label), salt_of(&salt_of(&entry.salt.0, "entry"), label)];
            for salt in salts {
                assert_ne!(PersonalRef::of(&salt, guess), reference, "{label} can be guessed from the public entry");
            }
        }
    });
}

fn person_of(scene: &Scene) -> String {
    scene.world.house.read(|tx| store::lead::person::by_phone(tx, scene.village.code, PHONE)).unwrap()[0].to_string()
}

#[test]
fn what_a_sender_wrote_is_erased_for_good_and_every_proof_still_holds() {
    on_each("erase", date(2026, 9, 1), |scene| {
        let unit = scene.village.code;
        let mut me = scene.resident();
        let id = scene.says(&mut me, LAMP, &scene.village.committee.to_string());
        me.get(&format!("/u/{UNIT}/m/{id}/withdraw"));
        me.post(&format!("/u/{UNIT}/m/{id}/withdraw"), &[]);
        let erase = Act::Erase { suggestion: id, basis: "个人信息保护法第四十七条".into() };
        scene.world.house.enact(unit, Asked::new(AnyAct::Suggestion(erase), officer(scene))).unwrap();
        let s: Suggestion = scene.world.house.read(|tx| store::kept::get(tx, unit, id)).unwrap().unwrap();
        for reference in [Some(s.text), s.author, s.name] {
            let left = scene.world.house.read(|tx| store::personal::text(tx, unit, id, reference.unwrap())).unwrap();
            assert!(left.is_none(), "nothing of it is left");
        }
        let page = scene.stranger().get(&format!("/u/{UNIT}/m/{id}")).clone();
        assert!(page.shows("依法删除") && !page.shows("老人接孩子"), "{}", page.text());
    });
}

#[test]
fn an_old_telephone_goes_when_a_new_one_comes_and_a_person_can_be_erased() {
    on_each("person", date(2026, 9, 1), |scene| {
        let unit = scene.village.code;
        let me = MatterId::parse(&person_of(scene)).unwrap();
        let change = person::Act::Change { person: me, phone: Some(Personal("19900000009".into())), group: None };
        scene.world.keep(unit, AnyAct::Person(change)).unwrap();
        let with = |phone: &str| scene.world.house.read(|tx| store::lead::person::by_phone(tx, unit, phone)).unwrap();
        assert!(with(PHONE).is_empty() && with("19900000009") == vec![me]);
        let erase = person::Act::Erase { person: me, basis: "个人信息保护法第四十七条".into() };
        scene.world.house.enact(unit, Asked::new(AnyAct::Person(erase), officer(scene))).unwrap();
        assert!(with("19900000009").is_empty());
        assert_eq!(scene.world.house.read(|tx| store::lead::person::name(tx, unit, me)).unwrap(), None);
    });
}
