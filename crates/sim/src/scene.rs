//! 场景 A scene for stories: one village in a demo world with everybody in it, told on every database there is.

use crate::browser::Browser;
use crate::world::{Store, Village, World};
use app::door::demo::As;
use jiff::civil::{Date, date};
use law::{MatterId, PostKind, UnitCode};
use std::path::PathBuf;
use std::sync::Arc;
use web::Site;
use web::demo::Identity;

/// A village with its people, a town officer above it, and the site they all use.
pub struct Scene {
    /// The world.
    pub world: World,
    /// The village.
    pub village: Village,
    /// The site.
    pub site: Arc<Site>,
    /// Which database this is.
    pub store: &'static str,
}

/// 北栅社区.
pub const UNIT: &str = "441900121014";
/// 虎门镇.
pub const TOWN: &str = "441900121000";
/// A resident's telephone, which no operator assigns.
pub const PHONE: &str = "19900000001";
/// Another resident's.
pub const OTHER: &str = "19900000002";

/// Every database that this run has: SQLite always, PostgreSQL when `CUNWU_TEST_POSTGRES` names one.
pub fn stores(name: &str) -> Vec<(&'static str, Store, PathBuf)> {
    let databases = ["sqlite", "postgres"].into_iter();
    databases.filter_map(|label| store(label, name).map(|(store, folder)| (label, store, folder))).collect()
}

/// An empty `sqlite` or `postgres` with a folder of its own, if this run has it.
pub fn store(label: &str, name: &str) -> Option<(Store, PathBuf)> {
    let store = match label {
        "postgres" => Store::Postgres(schema(&std::env::var("CUNWU_TEST_POSTGRES").ok()?, &format!("{name}_{}", std::process::id()))),
        _ => Store::Sqlite,
    };
    let folder = std::env::temp_dir().join(format!("cunwu-{name}-{label}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the world");
    Some((store, folder))
}

/// The address of an empty schema on the PostgreSQL of this run.
fn schema(url: &str, schema: &str) -> String {
    let vault = Arc::new(app::Keys::new([0; 32]).vault());
    let mut connection = store::connect(url, &vault).expect("the PostgreSQL of this run");
    connection.script(&format!("DROP SCHEMA IF EXISTS \"{schema}\" CASCADE; CREATE SCHEMA \"{schema}\"")).expect("a schema for the world");
    let join = if url.contains('?') { '&' } else { '?' };
    format!("{url}{join}options=-c%20search_path%3D{schema}")
}

/// Tells a story once on each database, beginning at nine in the morning of `day`.
pub fn on_each(name: &str, day: Date, story: impl Fn(&mut Scene)) {
    for (label, store, folder) in stores(name) {
        let mut scene = Scene::new(label, folder.clone(), &store, day);
        story(&mut scene);
        scene.end();
        drop(scene);
        std::fs::remove_dir_all(folder).expect("the world's folder");
    }
}

impl Scene {
    fn new(store: &'static str, folder: PathBuf, on: &Store, day: Date) -> Self {
        let world = World::new(folder, on, 1, day, true).expect("a world");
        let start = day.checked_sub(jiff::Span::new().days(60)).expect("a day");
        let village = world.village(UNIT, ["林伟棠", "黎满堂", "梁玉燕", "陈国强", "陈志恒"], start).expect("a village");
        let town = UnitCode::parse(TOWN).expect("a town");
        let office = world.body(town, law::lead::body::BodyKind::Town, "虎门镇党建工作办公室").expect("an office");
        let officer = world.person(town, "谢浩然", None, None).expect("a person");
        world.appoint(town, officer, "谢浩然", office, PostKind::TownOfficer).expect("a post");
        let mut known: Vec<Identity> = Vec::new();
        for (post, person, name) in &village.cadres {
            known.push(Identity { unit: village.code, who: As::Official(*person), name: name.clone(), post: Some(*post) });
        }
        known.push(Identity { unit: town, who: As::Official(officer), name: "谢浩然".into(), post: Some(PostKind::TownOfficer) });
        let mut residents = Vec::new();
        for (name, phone) in [("王志强", PHONE), ("何小梅", OTHER)] {
            residents.push(world.person(village.code, name, Some(phone), Some("第一村民小组")).expect("a person"));
            known.push(Identity { unit: village.code, who: As::Resident(phone.into()), name: name.into(), post: None });
        }
        world.enrol(village.code, "第一村民小组", residents, date(2021, 3, 1)).expect("a roll");
        let site = Site::with_identities(world.house.clone(), known);
        Self { world, village, site, store }
    }

    /// A browser in which nobody is signed in.
    pub fn stranger(&self) -> Browser {
        Browser::new(&self.site)
    }

    /// A browser signed in as the holder of a post, or as the resident of that name.
    pub fn sign_in(&self, name: &str, post: Option<PostKind>) -> Browser {
        let who = self.site.identities.iter().position(|known| known.name == name && known.post == post).expect("somebody of the scene");
        let mut browser = self.stranger();
        browser.get("/demo");
        browser.post("/demo", &[("who", &who.to_string())]);
        browser
    }

    /// The first resident.
    pub fn resident(&self) -> Browser {
        self.sign_in("王志强", None)
    }

    /// The director, who is the secretary too.
    pub fn director(&self) -> Browser {
        self.sign_in("林伟棠", Some(PostKind::Director))
    }

    /// The clerk.
    pub fn clerk(&self) -> Browser {
        self.sign_in("陈志恒", Some(PostKind::Clerk))
    }

    /// Turns the clock and lets it make its round, as the house does every minute.
    pub fn turn(&self, day: Date, hour: i8) {
        self.world.turn(day, hour, 0);
        let round = app::clock::round(&self.world.house).expect("a round");
        assert_eq!(round.failed, 0, "the clock recorded everything");
    }

    /// A suggestion made on the web, with the check before sending; its id.
    pub fn says(&self, browser: &mut Browser, text: &str, about: &str) -> MatterId {
        browser.get(&format!("/u/{UNIT}/say"));
        browser.post(&format!("/u/{UNIT}/say"), &[("text", text), ("about", about), ("show", "mask")]);
        assert!(browser.page.shows(text), "the check shows what was typed: {}", browser.page.text());
        browser.post(&format!("/u/{UNIT}/say/send"), &[("text", text), ("about", about), ("show", "mask")]);
        assert_eq!(browser.page.status, 200, "{}", browser.page.text());
        let text = browser.page.text();
        let id = text.split(&format!("/u/{UNIT}/m/")).nth(1).and_then(|rest| MatterId::parse(rest.get(..13)?));
        id.expect("the receipt leads to the matter")
    }

    /// Every story ends like this: sealed, audited, rebuilt, audited again.
    pub fn end(&self) {
        for (unit, outcome) in app::seal::all(&self.world.house).expect("what waits") {
            assert!(!matches!(outcome, Ok(app::seal::Outcome::Halted) | Err(_)), "{}: {unit} {outcome:?}", self.store);
        }
        for unit in app::read::record::units(&self.world.house).expect("units") {
            let found = app::audit::unit(&self.world.house, unit).expect("an audit");
            assert!(found.is_clean(), "{}: {unit} {found:?}", self.store);
            app::audit::rebuild(&self.world.house, unit).expect("a rebuild");
            assert!(app::audit::unit(&self.world.house, unit).expect("an audit").is_clean(), "{}: rebuilt {unit}", self.store);
        }
    }
}
