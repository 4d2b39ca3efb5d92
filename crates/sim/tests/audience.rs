//! 读者 Reader × route: what each kind of reader gets from each address, and what follows from what.

use jiff::civil::date;
use law::PostKind;
use sim::accepted;
use sim::browser::Browser;
use sim::scene::{TOWN, UNIT, on_each};
use std::fmt::Write;

const LAMP: &str = "东坊巷一到夜里就黑，老人接孩子怕摔。能不能装几盏灯？";

#[test]
fn every_route_answers_every_reader_as_accepted() {
    on_each("audience", date(2026, 9, 1), |scene| {
        let mut me = scene.resident();
        let id = scene.says(&mut me, LAMP, &scene.village.committee.to_string()).to_string();
        let _sealed = app::seal::all(&scene.world.house);
        let fill = |path: &str| {
            let path = path
                .replace("{id}", &id)
                .replace("{seq}", "3")
                .replace("{number}", "3")
                .replace("{paper}", "a4")
                .replace("{file}", "base.css");
            let unit = if path.starts_with("/t/") { TOWN } else { UNIT };
            path.replace("{*path}", "entries/000.p/1")
                .replace("{unit}", unit)
                .replace("{town}", TOWN)
                .replace("{code}", unit)
                .replace("{token}", "x")
        };
        let mut readers: Vec<(&str, Browser)> = vec![
            ("nobody", scene.stranger()),
            ("resident", me),
            ("other", scene.sign_in("何小梅", None)),
            ("clerk", scene.clerk()),
            ("head", scene.director()),
            ("town", scene.sign_in("谢浩然", Some(PostKind::TownOfficer))),
        ];
        let names: Vec<&str> = readers.iter().map(|(name, _)| *name).collect();
        let mut table = format!("# GET route: the status that {} get; ~ the way to sign in\n", names.join(", "));
        for route in web::ROUTES.iter().flat_map(|routes| routes.iter()).filter(|route| !route.post) {
            let mut row = Vec::new();
            for (_, browser) in &mut readers {
                browser.get(&fill(route.path));
                let to_sign_in = browser.page.path.starts_with("/signin") && !route.path.starts_with("/signin");
                row.push(if to_sign_in { "~".to_owned() } else { browser.page.status.to_string() });
                assert!(browser.page.status < 500, "{}: {}", route.path, browser.page.status);
            }
            let _always =
                writeln!(table, "{:<44}{}", route.path, row.iter().map(|status| format!("{status:<5}")).collect::<String>().trim_end());
        }
        accepted::check("audience.txt", &table);
    });
}

#[test]
fn nobody_but_the_sender_and_the_office_reads_what_no_person_has_looked_at() {
    on_each("leak", date(2026, 9, 1), |scene| {
        let mut me = scene.resident();
        let id = scene.says(&mut me, LAMP, &scene.village.committee.to_string()).to_string();
        let _sealed = app::seal::all(&scene.world.house);
        for (name, browser) in [("nobody", &mut scene.stranger()), ("other", &mut scene.sign_in("何小梅", None))] {
            for route in web::ROUTES.iter().flat_map(|routes| routes.iter()).filter(|route| !route.post) {
                let path = route.path.replace("{id}", &id).replace("{unit}", UNIT).replace("{town}", TOWN).replace("{code}", TOWN);
                for path in ["3", "40", "60"].map(|seq| path.replace("{seq}", seq).replace("{number}", seq).replace("{paper}", "a3")) {
                    browser.get(&path);
                    for secret in ["老人接孩子", "王志强", "19900000001"] {
                        let allowed = route.path == "/demo" && secret == "王志强" || route.path.starts_with("/signin/code");
                        assert!(allowed || !browser.page.shows(secret), "{name} reads {secret} at {path}");
                    }
                }
            }
        }
    });
}

#[test]
fn what_follows_from_what_is_listed() {
    on_each("follows", date(2026, 9, 1), |scene| {
        accepted::check("follows.txt", &accepted::follows(&scene.world.house, scene.village.code));
    });
}
