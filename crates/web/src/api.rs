//! 接口 The JSON API: every act of the register by one door, reading as the pages read, OpenAPI 3.1 from the acts themselves.

use crate::ask::{Ask, Reply};
use crate::open::board::{reader, unit};
use crate::problem::Problem;
use crate::router::{Route, show, take};
use crate::site::Site;
use app::Asked;
use app::read::matter::Page;
use law::{AnyAct, Matter, MatterId, Refusal};
use serde_json::{Map, Value, json};

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    show("/api/v1/openapi.json", openapi),
    show("/api/v1/units", units),
    show("/api/v1/u/{unit}/suggestions", suggestions),
    show("/api/v1/u/{unit}/m/{id}", matter),
    show("/api/v1/u/{unit}/duties", duties),
    take("/api/v1/u/{unit}/acts", enact),
    show("/u/{unit}/feed.atom", feed),
];

/// `POST …/acts`: `{"kind": "suggestion", "act": {"submit": {…}}, "seen": 3}`; the key in `Idempotency-Key`.
fn enact(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = site.unit(ask.param("unit")).ok_or_else(|| Problem::NoUnit(ask.param("unit").to_owned()))?;
    let mut body: Value = serde_json::from_slice(&ask.body).map_err(|_| Problem::Refused(Refusal::BadText { field: "act" }))?;
    let seen = body.get("seen").and_then(Value::as_u64);
    if let Some(fields) = body.as_object_mut() {
        fields.remove("seen");
    }
    let act: AnyAct = serde_json::from_value(body).map_err(|_| Problem::Refused(Refusal::BadText { field: "act" }))?;
    let asked = Asked { act, by: ask.visitor.actor(site, unit.code)?, key: ask.key(), seen };
    let done = site.house.enact(unit.code, asked)?;
    Ok(Reply::json(201, &json!({ "unit": unit.code, "seq": done.seq, "matter": done.matter })))
}

fn units(site: &Site, _: &Ask) -> Result<Reply, Problem> {
    let started = app::read::town::running(&site.house, site.today())?;
    let all: Vec<Value> = site
        .house
        .units
        .all()
        .iter()
        .map(|unit| {
            json!({ "code": unit.code, "name": unit.name, "level": unit.level, "kind": unit.kind,
                    "mechanism": unit.profile(), "started": started.contains(&unit.code) })
        })
        .collect();
    Ok(Reply::json(200, &all))
}

/// What a reader may see of a suggestion's words.
fn said(words: &app::read::matter::Words) -> Value {
    use app::read::matter::Text;
    match &words.text {
        Text::Whole(text) => json!({ "shown": "whole", "text": text }),
        Text::Edited(text) => json!({ "shown": "edited", "text": text }),
        Text::Waiting => json!({ "shown": "waiting" }),
        Text::Withheld(reason) => json!({ "shown": "withheld", "reason": reason }),
        Text::Erased(on) => json!({ "shown": "erased", "on": on }),
    }
}

fn suggestions(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let page =
        app::read::board::suggestions(&site.house, unit.code, Default::default(), (ask.page() - 1) * 100, 100, &reader(site, ask, unit)?)?;
    let rows: Vec<Value> = page
        .rows
        .iter()
        .map(|row| {
            let duty = row.state.answer_duty();
            json!({ "id": row.state.id, "received": row.state.received, "channel": row.state.channel, "stage": row.state.stage(),
                    "duty": duty, "words": said(&row.words), "name": row.words.name, "seq": row.seq })
        })
        .collect();
    Ok(Reply::json(200, &rows))
}

fn matter(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let id = MatterId::parse(ask.param("id")).ok_or(Problem::NotFound)?;
    let page = app::read::matter::page(&site.house, unit.code, id, &reader(site, ask, unit)?)?.ok_or(Problem::NotFound)?;
    let step = |seq: i64, at: jiff::Timestamp, by: &law::By, fact: Value| json!({ "seq": seq, "at": at, "by": by, "fact": fact });
    let value = |fact: &dyn erased::Fact| fact.value();
    Ok(Reply::json(
        200,
        &match page {
            Page::Suggestion(read) => json!({ "kind": "suggestion", "id": id, "stage": read.state.stage(), "words": said(&read.words),
                "name": read.words.name, "duties": read.state.duties(),
                "steps": read.steps.iter().map(|s| step(s.seq, s.at, &s.by, value(&s.fact))).collect::<Vec<_>>() }),
            Page::Notice(read) => {
                json!({ "kind": "notice", "id": id, "versions": read.0.versions, "until": read.0.until, "duties": read.0.duties(),
                "steps": read.1.iter().map(|s| step(s.seq, s.at, &s.by, value(&s.fact))).collect::<Vec<_>>() })
            }
            Page::Cadence(read) => {
                json!({ "kind": "cadence", "id": id, "first": read.0.first, "last": read.0.last, "duties": read.0.duties(),
                "steps": read.1.iter().map(|s| step(s.seq, s.at, &s.by, value(&s.fact))).collect::<Vec<_>>() })
            }
            Page::Sitting(read) => json!({ "kind": "sitting", "id": id, "day": read.state.day, "phase": read.state.phase,
                "duties": law::Matter::duties(&read.state),
                "steps": read.steps.iter().map(|s| step(s.seq, s.at, &s.by, value(&s.fact))).collect::<Vec<_>>() }),
            Page::Ballot(read) => json!({ "kind": "ballot", "id": id, "sitting": read.state.sitting, "item": read.state.item,
                "steps": read.steps.iter().map(|s| step(s.seq, s.at, &s.by, value(&s.fact))).collect::<Vec<_>>() }),
            Page::Motion(read) => {
                json!({ "kind": "motion", "id": id, "phase": read.state.phase(), "version": read.state.version(), "class": read.state.class,
                "duties": read.state.duties(), "resolutions": read.resolved.iter().map(|one| one.state.id).collect::<Vec<_>>(),
                "steps": read.steps.iter().map(|s| step(s.seq, s.at, &s.by, value(&s.fact))).collect::<Vec<_>>() })
            }
            Page::Resolution(read) => {
                let (state, steps) = (&read.resolved.state, &read.resolved.steps);
                json!({ "kind": "resolution", "id": id, "year": state.year, "number": state.number, "standing": state.standing(),
                "duties": state.duties(), "tasks": state.tasks,
                "steps": steps.iter().map(|s| step(s.seq, s.at, &s.by, value(&s.fact))).collect::<Vec<_>>() })
            }
            Page::Task(read) => {
                let (state, steps) = (&read.work.state, &read.work.steps);
                json!({ "kind": "task", "id": id, "resolution": state.resolution, "phase": state.phase().word(), "due": state.due,
                "spent": state.spent, "duties": state.duties(),
                "steps": steps.iter().map(|s| step(s.seq, s.at, &s.by, value(&s.fact))).collect::<Vec<_>>() })
            }
        },
    ))
}

mod erased {
    /// A fact as JSON, whatever its kind.
    pub trait Fact {
        /// Its value.
        fn value(&self) -> serde_json::Value;
    }

    impl<F: serde::Serialize> Fact for F {
        fn value(&self) -> serde_json::Value {
            serde_json::to_value(self).unwrap_or_default()
        }
    }
}

fn duties(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let owed: Vec<Value> = app::read::town::pending(&site.house, unit.code)?
        .into_iter()
        .map(|owed| {
            json!({ "matter": owed.matter, "kind": owed.kind, "rule": owed.rule, "body": owed.body, "post": owed.post,
                    "opened": owed.opened, "due": owed.due, "provisional": owed.provisional, "state": owed.state })
        })
        .collect();
    Ok(Reply::json(200, &owed))
}

/// Acts of one kind as a JSON Schema.
fn schema_of(kind: &str, act: schemars::Schema) -> Value {
    json!({ "type": "object", "title": kind, "required": ["kind", "act"], "additionalProperties": false,
            "properties": { "kind": { "const": kind }, "act": act.to_value(), "seen": { "type": "integer", "minimum": 0 } } })
}

macro_rules! schemas {
    ($($Kind:ident => $path:path,)*) => {
        fn act_schemas(generator: &mut schemars::SchemaGenerator) -> Vec<Value> {
            vec![$({
                let act = generator.subschema_for::<<$path as Matter>::Act>();
                schema_of(<$path as Matter>::KIND, act)
            },)*]
        }
    };
}
law::kinds!(schemas);

/// The OpenAPI 3.1 description, made from the register of acts and the table of routes.
pub fn description() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into());
    let mut generator = settings.into_generator();
    let acts = act_schemas(&mut generator);
    let schemas: Map<String, Value> = generator.take_definitions(true).into_iter().collect();
    let parameter = |name: &str| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
    let mut paths = Map::new();
    for route in crate::ROUTES.iter().flat_map(|routes| routes.iter()).filter(|route| route.path.starts_with("/api/")) {
        let names = route.path.split('{').skip(1).filter_map(|part| part.split('}').next());
        let mut operation = json!({
            "operationId": route.path.trim_start_matches("/api/v1/").replace(['/', '{', '}', '.'], "_"),
            "parameters": names.map(parameter).collect::<Vec<_>>(),
            "responses": { "200": { "description": "as asked", "content": { "application/json": {} } },
                           "default": { "description": "a refusal or a failure", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Problem" } } } } }
        });
        if route.path.ends_with("/acts") {
            operation["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": { "oneOf": acts } } } });
            operation["responses"]["201"] = json!({ "description": "recorded", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Done" } } } });
        }
        if route.path.contains("/import/") {
            operation["responses"]["202"] = json!({ "description": "under way; ask again at `at`", "content": { "application/json": {} } });
        }
        let entry = paths.entry(route.path).or_insert_with(|| json!({}));
        entry[if route.post { "post" } else { "get" }] = operation;
    }
    let mut components = schemas;
    components.insert(
        "Done".into(),
        json!({ "type": "object", "required": ["unit", "seq", "matter"],
        "properties": { "unit": { "type": "string" }, "seq": { "type": "integer" }, "matter": { "type": "string" } } }),
    );
    components.insert(
        "Problem".into(),
        json!({ "type": "object", "required": ["code"],
        "properties": { "code": { "type": "string" }, "message": { "type": "string" }, "clause": { "type": ["string", "null"] },
                        "field": { "type": ["string", "null"] }, "reference": { "type": "string" }, "wait": { "type": "integer" } } }),
    );
    json!({ "openapi": "3.1.0", "info": { "title": "cunwu", "version": env!("CARGO_PKG_VERSION"), "license": { "name": "Apache-2.0" } },
            "paths": paths, "components": { "schemas": components } })
}

fn openapi(_: &Site, _: &Ask) -> Result<Reply, Problem> {
    Ok(Reply::json(200, &description()).cached(60))
}

/// `/u/{unit}/feed.atom`: what is new on a board, for readers of feeds.
fn feed(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let reader = app::read::Reader::public();
    let board = app::read::board::read(&site.house, unit.code, site.today(), &reader)?;
    Ok(Reply::of(200, "application/atom+xml; charset=utf-8", crate::open::feed::atom(site, unit, &board)?).cached(60))
}
