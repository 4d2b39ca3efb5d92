//! 登记表 The accepted tables: every act has its right, every fact can be read for ever, every consequence is listed.

use law::{AnyAct, Holder, Matter, PostKind};
use serde_json::Value;
use sim::accepted;
use std::collections::{BTreeMap, BTreeSet};

fn samples() -> Vec<AnyAct> {
    let path = accepted::folder().join("acts.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).expect("every sample is an act")
}

fn holder(holder: &Holder) -> String {
    match holder {
        Holder::Here(kind) => kind.word().to_owned(),
        Holder::Above(kind) => format!("above:{}", kind.word()),
        Holder::Roll => "roll".into(),
        Holder::Phone => "phone".into(),
        Holder::Voter => "voter".into(),
        Holder::Bearer => "bearer".into(),
        Holder::Anyone => "anyone".into(),
        Holder::Clock => "clock".into(),
        Holder::Law => "law".into(),
        Holder::Keeper => "keeper".into(),
    }
}

macro_rules! tables {
    ($($Kind:ident => $path:path,)*) => {
        fn right(act: &AnyAct) -> law::Right {
            match act { $(AnyAct::$Kind(act) => <$path as Matter>::right(act),)* }
        }

        /// The words of all acts of all kinds, from their schemas.
        fn words(of: &str) -> BTreeMap<&'static str, BTreeSet<String>> {
            let mut all = BTreeMap::new();
            $(
                let schema = if of == "act" { schemars::schema_for!(<$path as Matter>::Act) } else { schemars::schema_for!(<$path as Matter>::Fact) };
                all.insert(<$path as Matter>::KIND, variants(schema.as_value()));
            )*
            all
        }

        fn decodes(kind: &str, body: &str) -> bool {
            match kind { $(k if k == <$path as Matter>::KIND => serde_json::from_str::<law::Entry<<$path as Matter>::Fact>>(body).is_ok(),)* _ => false }
        }
    };
}
law::kinds!(tables);

/// The tags of an externally tagged enum, from its schema.
fn variants(schema: &Value) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for one in schema["oneOf"].as_array().into_iter().flatten() {
        all.extend(one["properties"].as_object().into_iter().flat_map(|properties| properties.keys().cloned()));
        all.extend(one["const"].as_str().map(str::to_owned));
        all.extend(one["enum"].as_array().into_iter().flatten().filter_map(|word| word.as_str().map(str::to_owned)));
    }
    all
}

fn tag(value: &Value) -> String {
    value.as_str().map(str::to_owned).or_else(|| Some(value.as_object()?.keys().next()?.clone())).unwrap_or_default()
}

#[test]
fn every_act_has_a_sample_and_its_row_of_rights() {
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut table = String::from("# act: who may ask. A bare post is one in the unit itself; above: one in a unit above it.\n");
    for act in samples() {
        let value = serde_json::to_value(&act).unwrap();
        let (kind, word) = (value["kind"].as_str().unwrap().to_owned(), tag(&value["act"]));
        let right = right(&act);
        assert_eq!(right.name, format!("{kind}.{word}"), "a right is called after its act");
        let holders: Vec<String> = right.holders.iter().map(holder).collect();
        table += &format!("{:<24}{}\n", right.name, holders.join(" "));
        seen.entry(kind).or_default().insert(word);
    }
    for (kind, words) in words("act") {
        assert_eq!(seen.get(kind), Some(&words), "every act of {kind} has a sample in accepted/acts.json");
    }
    accepted::check("rights.txt", &table);
}

#[test]
fn the_three_administrators_hold_no_right() {
    for act in samples() {
        assert!(!right(&act).held_without_post(&law::Who::Anyone) || right(&act).holders.contains(&Holder::Anyone));
        assert!(!right(&act).holders.contains(&Holder::Anyone), "{} is open to everybody", right(&act).name);
    }
    assert_eq!(PostKind::ALL.len(), 10, "a new kind of post: look at rights.txt");
}

#[test]
fn every_released_fact_is_readable_for_ever() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("facts");
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let body = std::fs::read_to_string(&path).unwrap();
        let value: Value = serde_json::from_str(&body).unwrap();
        let kind = value["kind"].as_str().unwrap().to_owned();
        assert!(decodes(&kind, &body), "{} can no longer be read", path.display());
        seen.entry(kind).or_default().insert(tag(&value["fact"]));
    }
    for (kind, words) in words("fact") {
        let missing: Vec<_> = words.difference(seen.get(kind).unwrap_or(&BTreeSet::new())).cloned().collect();
        assert!(missing.is_empty(), "no golden file in facts/ for {kind}: {missing:?}");
    }
}

#[test]
fn the_api_is_described_from_the_register() {
    accepted::check("api.txt", &format!("{}\n", serde_json::to_string_pretty(&web::api::description()).unwrap()));
}
