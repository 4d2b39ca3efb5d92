//! 故障 What goes wrong around a house: each has one clear sentence with its code, and afterwards nothing is lost or half there.

use crate::people::{self, PHONE};
use crate::place::{On, Place, RECORD, UNIT, cunwu, finish};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

fn mode(path: &std::path::Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_seed_file_that_is_missing_open_or_another_s_opens_nothing() {
    for on in On::each() {
        let (place, other) = (Place::new(on), Place::new(On::Sqlite));
        people::founded(&place);
        other.init();
        let (seed, kept) = (place.path("seed"), std::fs::read(place.path("seed")).unwrap());
        let foreign = std::fs::read(other.path("seed")).unwrap();
        let put = |bytes: &[u8], bits: u32| {
            std::fs::write(&seed, bytes).unwrap();
            mode(&seed, bits);
        };
        let refused = |words: &[&str]| {
            for command in
                [["audit"].as_slice(), &["serve"], &["backup", "--to", "age1x", "--out", "b.age"], &["export", UNIT, "--out", "x"]]
            {
                place.run(command).badly(1, words);
            }
            assert!(!place.path("x").exists() && !place.path("b.age").exists(), "nothing was written");
        };
        put(&kept, 0o644);
        refused(&["别人也读得到（权限644）", "chmod 600", "SEED_OPEN"]);
        put(&foreign, 0o600);
        refused(&["不是这里用的那一个", "SEED_OTHER"]);
        place.run(&["init", "--login", "sys", "--name", "黄伟明", "--phone", "13900000091"]).badly(1, &["SEED_OTHER"]);
        put(b"0123", 0o600);
        refused(&["内容残缺", "SEED_MALFORMED"]);
        std::fs::remove_file(&seed).unwrap();
        refused(&["没有种子文件", "SEED_MISSING"]);
        put(&kept, 0o600);
        place.run(&["audit"]).well(&["完整：441900121014"]);
    }
}

#[test]
fn a_house_is_not_made_twice_and_a_lost_link_is_issued_again() {
    for on in On::each() {
        let place = Place::new(on);
        place.run(&["audit"]).badly(1, &["SEED_MISSING"]);
        place.run(&["init", "--login", "Sys Admin", "--name", "黄伟明", "--phone", "13900000091"]).badly(1, &["账号名不合适", "LOGIN_BAD"]);
        let (first, second) = (place.init(), place.init());
        assert_ne!(first, second, "each link is another");
        let served = place.serve();
        assert!(served.browser().get(&first).shows("LINK_SPENT"), "the later link takes the place of the earlier");
        people::official(&served, &second, "sys");
        served.stop();
        let again = ["init", "--login", "sys", "--name", "黄伟明", "--phone", "13900000091"];
        place.run(&again).badly(1, &["已经建过库，系统管理员也登记过了", "HOUSE_ALREADY"]);
    }
}

/// Old text, new text, what is said. The old text stands in the configuration; an empty one means the end.
const CONFIGS: &[(&str, &str, &[&str])] = &[
    ("listen = ", "lisen = ", &["第4行", "没有“lisen”这一项", "CONFIG_KEY"]),
    ("record_name = ", "# ", &["缺“record_name”这一项", "CONFIG_KEY"]),
    (
        "hm.example/record",
        "other.example/record",
        &["数据库里的记录叫 hm.example/record，配置里写的是 other.example/record", "HOUSE_OTHER"],
    ),
    ("hm.example/record", "虎门", &["“record_name”写得不对", "CONFIG_VALUE"]),
    ("listen = \"127.0.0.1:0\"", "listen = \"nowhere\"", &["第4行写得不对", "CONFIG_VALUE"]),
    ("metrics = \"127.0.0.1:0\"", "metrics = \"0.0.0.0:0\"", &["“web.metrics”写得不对：只能是本机地址", "CONFIG_VALUE"]),
    ("[web]", "[database]\nwriters = 0\n[web]", &["“database.writers”写得不对：至少是1", "CONFIG_VALUE"]),
    ("[web]", "[database]\npostgres_file = \"nowhere.url\"\n[web]", &["没有配置文件", "nowhere.url", "CONFIG_MISSING"]),
    ("[web]", "[web", &["第3行写得不对", "CONFIG_VALUE"]),
    ("", "[codes]\nadapter = \"http\"\n", &["“codes.url”写得不对", "CONFIG_VALUE"]),
    ("", "[codes]\nadapter = \"pigeon\"\n", &["写得不对", "CONFIG_VALUE"]),
    ("", "[codes]\nadapter = \"file\"\n", &["只在演示里允许", "FILE_OUTSIDE_DEMO"]),
    ("", "[codes]\nadapter = \"http\"\nurl = \"http://sms.example/\"\n", &["KEY", "https://"]),
    ("", "[codes]\nadapter = \"http\"\nurl = \"https://sms.example/\"\ntoken_file = \"no.token\"\n", &["KEY", "no.token"]),
    (
        "",
        "[[witness]]\ntitle = \"镇\"\nkey = \"hm.example/w+00+AA\"\nurl = \"http://127.0.0.1:1\"\n",
        &["“witness.key”写得不对", "CONFIG_VALUE"],
    ),
];

#[test]
fn a_wrong_configuration_is_refused_with_line_and_key() {
    let place = Place::new(On::Sqlite);
    people::founded(&place);
    let right = std::fs::read_to_string(place.path("cunwu.toml")).unwrap();
    for (old, new, words) in CONFIGS {
        let wrong = if old.is_empty() { format!("{right}{new}") } else { right.replacen(old, new, 1) };
        assert_ne!(wrong, right, "{old} stands in the configuration");
        place.write("cunwu.toml", wrong);
        place.run(&["serve"]).badly(1, words);
    }
    std::fs::remove_file(place.path("cunwu.toml")).unwrap();
    place.run(&["serve"]).badly(1, &["没有配置文件", "cunwu.example.toml", "CONFIG_MISSING"]);
    place.write("cunwu.toml", right);
    place.run(&["audit"]).well(&["完整：441900121014"]);
}

#[test]
fn a_port_in_use_is_named() {
    let place = Place::new(On::Sqlite);
    place.init();
    let right = std::fs::read_to_string(place.path("cunwu.toml")).unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for key in ["listen", "metrics"] {
        place.write("cunwu.toml", right.replacen(&format!("{key} = \"127.0.0.1:0\""), &format!("{key} = \"{address}\""), 1));
        place.run(&["serve"]).badly(1, &[&format!("地址 {address} 已经有别的程序占着"), "PORT_IN_USE"]);
    }
    place.write("logs.txt", "");
    let witness_at = |logs: &str| {
        let words = ["witness", "--data", "w", "--seed-file", "w.seed", "--name", "hm.example/w", "--logs", logs, "--listen", &address];
        finish(cunwu().args(words).current_dir(&place.folder))
    };
    witness_at("logs.txt").badly(1, &["PORT_IN_USE"]);
    witness_at("cunwu.toml").badly(1, &["第1行不是公钥", "WITNESS_LOG"]);
    place.run(&["demo", "--listen", "0.0.0.0:0"]).badly(1, &["演示只能在本机地址上打开", "DEMO_LOOPBACK"]);
    drop(taken);
    place.serve().stop();
}

#[test]
fn a_second_process_is_refused_until_the_first_is_gone() {
    for on in On::each() {
        let place = Place::new(on);
        people::founded(&place);
        let mut served = place.serve();
        place.run(&["serve"]).badly(1, &["已经有一个程序打开着这个目录", "HOUSE_SERVED"]);
        place.run(&["audit"]).well(&["完整：441900121014"]);
        served.cut();
        let served = place.serve();
        served.sealed(UNIT);
        served.stop();
        place.serve().stop();
    }
}

#[test]
fn a_demo_is_never_served_as_real_and_a_real_house_never_as_a_demo() {
    let (demo, real) = (Place::new(On::Sqlite), Place::new(On::Sqlite));
    let day = app::Clock::now(&app::SystemClock).to_zoned(jiff::tz::TimeZone::UTC).date();
    let world = sim::world::World::new(demo.folder.clone(), &sim::world::Store::Sqlite, 3, day, true).unwrap();
    world.keys().write(&demo.path("seed")).unwrap();
    drop(world);
    let config = std::fs::read_to_string(demo.path("cunwu.toml")).unwrap();
    demo.write("cunwu.toml", config.replace(RECORD, "demo.invalid/record"));
    demo.run(&["serve"]).badly(1, &["这个目录是演示数据，不能当真的打开", "IS_A_DEMO"]);
    demo.run(&["init", "--login", "sys", "--name", "黄伟明", "--phone", "13900000091"]).badly(1, &["IS_A_DEMO"]);
    real.init();
    let folder = real.folder.to_str().unwrap();
    let said = |place: &Place| place.run(&["demo", "--listen", "127.0.0.1:0", "--data", folder]);
    said(&real).badly(1, &["已经有别的东西，演示要一个空目录", "DEMO_TAKEN"]);
    real.write("identities.json", "[]");
    let config = std::fs::read_to_string(real.path("cunwu.toml")).unwrap();
    said(&real).badly(1, &["HOUSE_OTHER"]);
    std::fs::remove_file(real.path("identities.json")).unwrap();
    real.write("cunwu.toml", config);
    real.run(&["audit"]).well(&["还没有任何记录"]);
}

#[test]
fn a_broken_database_file_is_said_to_be_broken() {
    let place = Place::new(On::Sqlite);
    people::founded(&place);
    let file = place.path("cunwu.sqlite");
    let whole = std::fs::read(&file).unwrap();
    let noise: Vec<u8> = (0..whole.len()).map(|n| (n.wrapping_mul(2_654_435_761) >> 7) as u8).collect();
    let half = [&whole[..whole.len() / 2], &noise[whole.len() / 2..]].concat();
    for (what, bytes) in [("noise", noise.as_slice()), ("noise from the middle on", &half), ("cut off", &whole[..whole.len() / 2])] {
        std::fs::write(&file, bytes).unwrap();
        let said = place.run(&["audit"]).badly(1, &["数据库文件坏了", "从备份恢复", "DATABASE_DAMAGED"]);
        assert!(!said.out.contains("完整"), "{what}: nothing is called whole: {}", said.out);
        place
            .run(&["backup", "--to", &age::x25519::Identity::generate().to_public().to_string(), "--out", "b.age"])
            .badly(1, &["DATABASE_DAMAGED"]);
        assert!(!place.path("b.age").exists() && !place.path("b.part").exists(), "{what}: no half backup stays");
    }
    std::fs::write(&file, b"").unwrap();
    place.run(&["serve"]).badly(1, &["还没有建库", "NO_HOUSE"]);
    std::fs::write(&file, &whole).unwrap();
    place.run(&["audit"]).well(&["完整：441900121014"]);
}

/// The program with a limit on how large a file may grow, in kilobytes: what a full disk does, without being root.
fn limited(place: &Place, kilobytes: usize, words: &[&str]) -> Command {
    let mut command = Command::new("bash");
    let script = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\"");
    command.arg("-c").arg(script).arg(env!("CARGO_BIN_EXE_cunwu")).arg("--config").arg(place.path("cunwu.toml")).args(words);
    command.current_dir(&place.folder);
    command
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let (sms, codes) = people::sms();
    let place = Place::new(On::Sqlite).with(&format!("[codes]\nadapter = \"http\"\nurl = \"{sms}\"\n"));
    people::founded(&place);
    let served = place.serve();
    let me = people::resident(&served, &codes, PHONE);
    let token = me.page.field("csrf").expect("a form");
    served.stop();
    let served = crate::place::Served::wait(limited(&place, 600, &["serve"]), "服务已打开：", &place.path("full.log"));
    let mut browser = me.moved(&served.address);
    let mut kept = Vec::new();
    let full = (0..2_000).find_map(|n| {
        let page = browser.act(UNIT, &token, &format!("k{n}"), &people::submit(&format!("第{n}件"))).expect("an answer").clone();
        if page.status != 201 {
            return Some((n, page));
        }
        kept.push(page.json()["matter"].as_str().expect("a matter").to_owned());
        None
    });
    let (n, full) = full.expect("the limit is reached");
    let said = full.json();
    assert_eq!((full.status, &said["code"]), (500, &"DISK_FULL".into()), "{said}");
    assert!(said["reference"].as_str().is_some_and(|number| number.starts_with("E-")), "a number to say on the telephone: {said}");
    assert!(served.log().contains(said["reference"].as_str().unwrap()), "the log has the rest under it: {}", served.log());
    assert_eq!(browser.get(&format!("/u/{UNIT}")).status, 200, "the board is still read");
    drop(served);
    let out = finish(&mut limited(&place, 1, &["export", UNIT, "--complete", "--out", "all.bundle"])).badly(1, &["磁盘满了", "DISK_FULL"]);
    assert!(!place.path("all.bundle").exists() && !place.path("all.part").exists(), "no half file stays: {}", out.err);
    let served = place.serve();
    let mut browser = me.moved(&served.address);
    for matter in &kept {
        assert_eq!(browser.get(&format!("/api/v1/u/{UNIT}/m/{matter}")).status, 200, "{matter} was acknowledged");
    }
    let again = browser.act(UNIT, &token, &format!("k{n}"), &people::submit(&format!("第{n}件"))).expect("an answer").clone();
    assert_eq!(again.status, 201, "with room it goes on: {}", again.text());
    served.sealed(UNIT);
    served.stop();
    place.run(&["audit"]).well(&["完整：441900121014"]);
    place.run(&["export", UNIT, "--complete", "--out", "all.bundle"]).well(&["写好了"]);
}
