//! 从头到尾 A new operator's way from an empty folder to a restored house, word for word as the README goes.

use crate::people::{self, OTHER, UNITS};
use crate::place::{On, Place, Served, TOWN, UNIT, cunwu, finish};
use age::secrecy::ExposeSecret;
use std::path::{Path, PathBuf};

#[test]
fn a_new_operator_s_first_days() {
    for on in On::each() {
        let (sms, codes) = people::sms();
        let place = Place::new(on).with(&format!("[codes]\nadapter = \"http\"\nurl = \"{sms}\"\n"));
        let link = place.init();
        let served = place.serve();
        set_up(&place, &served);
        people::live(&served, &link, &codes);
        let notice = check_as_a_stranger(&place, &served);
        served.stop();
        let keys = witnessed(&place, &notice);
        keep_the_books(&place);
        leave_and_come_back(&place, &keys);
    }
}

/// Bodies, people, rolls and posts come from tables, while the house is open already.
fn set_up(place: &Place, served: &Served) {
    served.until("/readyz", |page| page.status == 200);
    let bodies = place.write("组织.csv", people::BODIES);
    place.run(&["import", "bodies", bodies.to_str().unwrap()]).well(&["登记5个组织"]);
    place.run(&["import", "bodies", bodies.to_str().unwrap()]).well(&["登记0个组织，5个原来就有"]);
    let (gbk, _, lossy) = encoding_rs::GBK.encode(people::PEOPLE);
    assert!(!lossy, "the table can be written in GBK");
    let table = place.write("人员-GBK.csv", gbk);
    let table = table.to_str().unwrap();
    let wrong = "第9行 陈*错：没收。身份证号不对";
    place.run(&["import", "people", "--dry-run", table]).well(&["一共8行：新增7，更新0，不变0，没收1。", wrong]);
    place.run(&["import", "people", table]).well(&[wrong, "登记7人", "入册6人", "任职5个"]);
    let again = place.run(&["import", "people", "--json", table]).well(&[]);
    let again: serde_json::Value = serde_json::from_str(&again.out).expect("JSON");
    assert_eq!((&again["done"]["entered"], &again["counts"]["same"]), (&0.into(), &7.into()), "said again, it changes nothing");
    let utf8 = place.write("人员-UTF8.csv", people::PEOPLE.replace(OTHER, "19900000009"));
    place.run(&["import", "people", "--unit", UNIT, utf8.to_str().unwrap()]).well(&["新增1", "不变5", "没收2", "登记1人"]);
    place.run(&["start", UNIT, "--basis", "虎门镇党委通知"]).well(&[UNIT, "起实行"]);
    place.run(&["start", UNIT, "--basis", "再来一次"]).badly(1, &["ALREADY_EXISTS"]);
}

/// What a stranger finds: over the web, in a bundle, with a receipt. The printed notice with the record's key.
fn check_as_a_stranger(place: &Place, served: &Served) -> PathBuf {
    for unit in UNITS {
        served.sealed(unit);
    }
    let url = served.url(&format!("/u/{UNIT}"));
    place.run(&["verify", &url]).badly(3, &["此处无法核验", "没有给出公告栏上的公钥"]);
    let notice = people::notice(place, served);
    let pinned = notice.to_str().unwrap();
    place.run(&["verify", &url, "--key", pinned]).well(&["完整：", "签名是您手里那把公钥签的", "已依法删除：", "一条不少"]);
    for (unit, name) in [(UNIT, "village.bundle"), (TOWN, "town.bundle")] {
        place.run(&["export", unit, "--out", place.path(name).to_str().unwrap()]).well(&["写好了", "已封存"]);
    }
    let bundle = place.path("village.bundle");
    let bundle = bundle.to_str().unwrap();
    place.run(&["verify", bundle]).badly(3, &["没有给出公告栏上的公钥"]);
    place.run(&["verify", bundle, "--key", pinned]).well(&["完整：北栅社区居民委员会的公开记录和封存时一字不差。"]);
    let json = place.run(&["verify", bundle, "--key", pinned, "--json"]).well(&[]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&json.out).expect("JSON")["answer"], "intact", "{}", json.out);
    place.run(&["verify", bundle, "--key", place.path("town.bundle").to_str().unwrap()]).badly(3, &["公钥是别的单位的"]);
    let receipt = served.browser().get(&format!("/u/{UNIT}/r/0/proof")).body.clone();
    let receipt = place.write("0.tlog-proof", receipt);
    let row = std::fs::read_to_string(bundle).unwrap().lines().nth(1).unwrap().to_owned();
    let body = serde_json::from_str::<serde_json::Value>(&row).unwrap()["body"].as_str().unwrap().to_owned();
    let (receipt, body) = (receipt.to_str().unwrap().to_owned(), place.write("0.json", body));
    place.run(&["verify", &receipt, "--key", pinned, "--body", body.to_str().unwrap()]).well(&["完整：№0这一条"]);
    notice
}

/// A neighbour cosigns: its key goes into the configuration, its signature onto the checkpoint. The words that pin both keys.
fn witnessed(place: &Place, notice: &Path) -> Vec<String> {
    let logs = std::fs::read_to_string(notice).unwrap();
    let key = logs.split_whitespace().find(|word| word.starts_with("hm.example/record/")).unwrap();
    place.write("logs.txt", format!("# 北栅社区\n{key}\n"));
    let mut command = cunwu();
    command.args(["witness", "--data", "w", "--seed-file", "w.seed", "--name", "hm.example/jianzheng", "--logs", "logs.txt"]);
    command.args(["--listen", "127.0.0.1:0"]).current_dir(&place.folder);
    let witness = Served::wait(command, "公钥：", &place.path("witness.log"));
    let vkey = witness.said.last().and_then(|line| line.strip_prefix("公钥：")).expect("it says its key").to_owned();
    let url = witness.url("");
    place.configure(&format!("[[witness]]\ntitle = \"镇党建办\"\nkey = \"{vkey}\"\nurl = \"{url}\"\n"));
    let served = place.serve();
    served.until(&format!("/record/{UNIT}/checkpoint"), |page| page.text().matches("\n— ").count() == 2);
    let keys = vec!["--key".to_owned(), notice.display().to_string(), "--witness".to_owned(), vkey];
    let words: Vec<&str> = keys.iter().map(String::as_str).collect();
    let url = served.url(&format!("/u/{UNIT}"));
    let since = place.path("village.bundle");
    let verify = [&["verify", &url, "--since", since.to_str().unwrap()], words.as_slice()].concat();
    place.run(&verify).well(&["完整：见证方hm.example/jianzheng在", "和您以前见到的前后连得上"]);
    assert!(served.browser().get(&format!("/u/{UNIT}/verify")).shows("镇党建办"), "the page names the witness");
    served.stop();
    witness.stop();
    keys
}

/// What an operator does from time to time.
fn keep_the_books(place: &Place) {
    place.run(&["due", "--from", "2026-09-30", "--working-days", "5"]).well(&["到2026年10月13日", "放假（国庆节", "第5个工作日"]);
    let table = place.fed(&["due", "--csv"], "2026-09-30,5\n2026-02-13,1\n").well(&[]);
    assert_eq!(table.out, "2026-10-13,false\n2026-02-14,false\n", "a row for a row");
    place.fed(&["due", "--csv"], "2026-09-30;5\n").badly(1, &["第1行不是“日期,天数”"]);
    let all = place.run(&["audit"]).well(&["完整：441900121000", "完整：441900121014"]);
    assert_eq!(all.out.lines().count(), 2, "one line for each unit: {}", all.out);
    place.run(&["rebuild", UNIT]).well(&["441900121014：按", "条记录重建好了"]);
    place.run(&["migrate"]).well(&["数据库是最新的样子"]);
    place.run(&["audit", UNIT]).well(&["完整：441900121014"]);
    finish(cunwu().arg("conformance")).well(&["109项里有", "S62"]);
    let notice = place.write("放假.csv", "date,is_workday,name,source\n2027-12-31,0,元旦,国务院办公厅通知\n");
    place.run(&["import", "calendar", notice.to_str().unwrap()]).well(&["导入好了"]);
    let all = place.path("all.bundle");
    let all = all.to_str().unwrap();
    place.run(&["export", UNIT, "--complete", "--out", all]).well(&["写好了"]);
    place.run(&["import", "bundle", all]).badly(1, &["已经有记录", "BUNDLE_NOT_EMPTY"]);
}

/// The backup comes back on the other database, and from there on the first; a whole bundle comes back into an empty house.
fn leave_and_come_back(place: &Place, keys: &[String]) {
    let identity = age::x25519::Identity::generate();
    let (secret, recipient) = (identity.to_string().expose_secret().to_owned(), identity.to_public().to_string());
    let backed_up = |place: &Place| {
        std::fs::create_dir_all(place.path("备份")).unwrap();
        let said = place.run(&["backup", "--to", &recipient, "--out", place.path("备份").to_str().unwrap()]).well(&["备份写好了"]);
        said.out.trim().strip_prefix("备份写好了：").expect("it says where").to_owned()
    };
    let published: Vec<String> = ["village.bundle", "town.bundle"].iter().map(|name| place.path(name).display().to_string()).collect();
    let [first, second] = [place.on.other(), place.on].map(Place::new);
    for (from, to) in [(place, &first), (&first, &second)] {
        std::fs::copy(from.path("seed"), to.path("seed")).unwrap();
        let (file, identity) = (backed_up(from), to.write("age.key", format!("{secret}\n")));
        let restore = ["restore", "--identity", identity.to_str().unwrap(), &file];
        let known = ["--published", published[0].as_str(), "--published", published[1].as_str()];
        let said = to.run(&[restore.as_slice(), &known].concat()).well(&["恢复好了"]);
        assert!(!said.out.contains("注意"), "nothing is unknown: {}", said.out);
        to.run(&restore).badly(1, &["这个库里已经有东西", "BACKUP_NOT_EMPTY"]);
        to.run(&["audit"]).well(&["完整：441900121014"]);
        let served = to.serve();
        let url = served.url(&format!("/u/{UNIT}"));
        let verify = ["verify", &url, "--since", published[0].as_str(), "--key", &keys[1]];
        to.run(&verify).well(&["完整：", "和您以前见到的前后连得上"]);
        served.stop();
    }
    let empty = Place::new(place.on);
    std::fs::copy(place.path("seed"), empty.path("seed")).unwrap();
    empty.init();
    empty.run(&["import", "bundle", place.path("all.bundle").to_str().unwrap()]).well(&["根和原来一样"]);
    empty.run(&["audit", UNIT]).well(&["完整：441900121014"]);
}
