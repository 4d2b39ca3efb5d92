//! 改一个字节 One byte flipped behind the house's back: audit and verify name the very thing, and nothing else.

use crate::people;
use crate::place::{On, Place, Said, TOWN, UNIT};
use law::{MatterId, UnitCode};
use store::Value;

/// A house in which something was lived, closed, with its bundle and its printed notice; and the record number of the
/// released suggestion.
struct Ground {
    place: Place,
    lamp: String,
    seq: i64,
    size: i64,
}

fn ground(on: On) -> Ground {
    let (sms, codes) = people::sms();
    let place = Place::new(on).with(&format!("[codes]\nadapter = \"http\"\nurl = \"{sms}\"\n"));
    let link = people::founded(&place);
    let served = place.serve();
    let lamp = people::live(&served, &link, &codes);
    let size = served.sealed(UNIT) as i64;
    served.sealed(TOWN);
    people::notice(&place, &served);
    let steps = served.browser().get(&format!("/api/v1/u/{UNIT}/m/{}", lamp)).json();
    let seq = steps["steps"][0]["seq"].as_i64().expect("the first step has a number");
    served.stop();
    place.run(&["export", UNIT, "--out", "village.bundle"]).well(&["写好了"]);
    place.run(&["audit"]).well(&["完整：441900121000", "完整：441900121014"]);
    Ground { place, lamp, seq, size }
}

impl Ground {
    fn verify(&self, what: &str) -> Said {
        self.place.run(&["verify", what, "--key", "公钥告示.txt"])
    }

    /// Changes one byte of the only row that answers to `condition`, sees what the audit says, and changes it back.
    fn flip(&self, table: &str, column: &str, condition: &str, args: &[Value], place: usize, words: &[&str]) {
        let swap = || {
            let mut connection = self.place.database();
            let mut tx = connection.write().unwrap();
            let row = tx.row(&format!("SELECT {column} FROM {table} WHERE {condition}"), args).unwrap();
            let changed = match &row.unwrap_or_else(|| panic!("{table} has a row {condition} {args:?}")).0[0] {
                Value::Bytes(bytes) => Value::Bytes(swapped(bytes, place)),
                Value::Text(text) => Value::Text(String::from_utf8(swapped(text.as_bytes(), place)).unwrap()),
                other => panic!("{table}.{column} holds {other:?}"),
            };
            let sql = format!("UPDATE {table} SET {column} = ${} WHERE {condition}", args.len() + 1);
            assert_eq!(tx.run(&sql, &[args, &[changed]].concat()).unwrap(), 1);
            tx.commit().unwrap();
        };
        swap();
        self.named(words);
        swap();
        self.place.run(&["audit", UNIT]).well(&["完整："]);
    }

    /// The audit says these words, each on a line of its own, and no other fault.
    fn named(&self, words: &[&str]) {
        let said = self.place.run(&["audit", UNIT]).badly(1, words);
        assert_eq!(said.out.lines().count(), 1 + words.len(), "nothing else is named: {}", said.out);
    }
}

/// The same bytes with the lowest bit of one of them turned: digits stay digits.
fn swapped(bytes: &[u8], place: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[place] ^= 1;
    bytes
}

#[test]
fn one_byte_in_the_database_is_named() {
    for on in On::each() {
        let ground = ground(on);
        let (unit, seq): (Value, i64) = (UnitCode::parse(UNIT).unwrap().into(), ground.seq);
        let lamp = MatterId::parse(&ground.lamp).unwrap();
        let entry = [unit.clone(), seq.into()];
        let root = "被改动：全部记录合起来的总指纹，和登记的不一样。";
        ground.flip("entry", "line", "unit = $1 AND seq = $2", &entry, 20, &[&format!("被改动：№{seq}的公开行和登记的不一样。"), root]);
        ground.flip("entry", "body", "unit = $1 AND seq = $2", &entry, 40, &[&format!("被改动：№{seq}的内容和当初记下的不一样。")]);
        let row = [unit.clone(), lamp.into()];
        let state = format!("被改动：群众意见 {lamp} 的 state 和记录不一样。");
        ground.flip("suggestion", "state", "unit = $1 AND id = $2", &row, 9, &[&state]);
        let text = "unit = $1 AND matter = $2 AND label = 'text'";
        ground.flip("personal", "cipher", text, &row, 3, &[&format!("被改动：№{seq}里个人写的话和当初记下的不一样。")]);
        ground.flip("personal", "salt", text, &row, 3, &[&format!("被改动：№{seq}里个人写的话和当初记下的不一样。")]);
        let size = ground.size;
        let seal = format!("被改动：封存到第{size}条的检查点，签名或者总指纹对不上。");
        ground.flip("checkpoint", "note", "unit = $1 AND size = $2", &[unit.clone(), size.into()], 60, &[&seal]);
        ground.flip("head", "frontier", "unit = $1", std::slice::from_ref(&unit), 5, &[root]);
        ground.place.tamper("DELETE FROM personal WHERE unit = $1 AND matter = $2 AND label = 'text'", &row);
        ground.named(&[&format!("缺失：№{seq}里个人写的话找不到，也没有依法删除的记录。")]);
    }
}

#[test]
fn a_changed_row_stops_the_sealing_and_a_changed_content_is_seen_by_strangers() {
    for on in On::each() {
        let ground = ground(on);
        let (unit, seq): (Value, i64) = (UnitCode::parse(UNIT).unwrap().into(), ground.seq);
        let lamp = MatterId::parse(&ground.lamp).unwrap();
        let touched = "UPDATE suggestion SET stage = 'open' WHERE unit = $1 AND id = $2";
        assert_eq!(ground.place.tamper(touched, &[unit.clone(), lamp.into()]), 1);
        let served = ground.place.serve();
        served.until(&format!("/u/{UNIT}/verify"), |page| page.shows("被改动"));
        served.stop();
        ground.place.run(&["audit", UNIT]).badly(1, &[&format!("群众意见 {lamp} 的 stage")]);
        ground.place.run(&["rebuild", UNIT]).well(&["重建好了"]);
        ground.place.run(&["audit", UNIT]).well(&["完整："]);
        let words = "UPDATE entry SET body = $3 WHERE unit = $1 AND seq = $2";
        let mut connection = ground.place.database();
        let body = connection.read().unwrap().rows("SELECT body FROM entry WHERE unit = $1 AND seq = $2", &[unit.clone(), seq.into()]);
        let body = swapped(body.unwrap()[0].bytes(0).unwrap(), 40);
        ground.place.tamper(words, &[unit, seq.into(), Value::Bytes(body)]);
        let served = ground.place.serve();
        let changed = format!("被改动：№{seq}的内容和当初记下的不一样。");
        ground.verify(&served.url(&format!("/u/{UNIT}"))).badly(1, &["被改动：", &changed, "请把这个结果拍下来"]);
    }
}

#[test]
fn one_byte_in_a_bundle_is_named() {
    let ground = ground(On::Sqlite);
    let whole = std::fs::read_to_string(ground.place.path("village.bundle")).unwrap();
    ground.verify("village.bundle").well(&["完整：", "已依法删除："]);
    let seq = ground.seq;
    let rows: Vec<&str> = whole.lines().collect();
    // The manifest stands before the rows.
    let row = usize::try_from(seq).unwrap() + 1;
    let edited = |marker: &str| {
        let at = rows[row].find(marker).unwrap_or_else(|| panic!("the row has {marker}: {}", rows[row])) + marker.len();
        let digit = at + rows[row][at..].find(|c: char| c.is_ascii_digit()).expect("a digit follows");
        let row_then = String::from_utf8(swapped(rows[row].as_bytes(), digit)).unwrap();
        let file: Vec<&str> = rows.iter().enumerate().map(|(n, old)| if n == row { row_then.as_str() } else { *old }).collect();
        file.join("\n") + "\n"
    };
    let name = format!("№{seq}");
    for (marker, words) in [
        (" public ", ["被改动：", &name]),
        ("\"body\":\"", ["被改动：", &name]),
        ("\"salt\":\"", ["被改动：", &format!("{name}里个人写的话和当初记下的不一样。")]),
    ] {
        ground.place.write("edited.bundle", edited(marker));
        ground.verify("edited.bundle").badly(1, &words);
    }
    let without = rows.iter().enumerate().filter(|(n, _)| *n != row).map(|(_, row)| *row).collect::<Vec<_>>().join("\n");
    ground.place.write("edited.bundle", without);
    ground.verify("edited.bundle").badly(1, &[&format!("缺失：{name}")]);
    ground.place.write("edited.bundle", rows[..row].join("\n"));
    ground.verify("edited.bundle").badly(1, &["缺失：", &name]);
    ground.place.write("edited.bundle", whole.replacen("hm.example/record/441900121014/0\\n", "hm.example/record/441900121014/1\\n", 1));
    ground.verify("edited.bundle").badly(1, &["封存的签名不是这个单位的公钥签的"]);
}
