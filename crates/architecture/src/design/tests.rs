use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::{Design, canonical, export, import, import_text};
use crate::testing::{design, with};

fn small() -> Design {
    design(
        "account org
         region eu in org
         vnet prod in eu cidr=10.1.0.0/16 name=Production
         zone za in prod name=a
         route-table main in prod
         subnet prod-a in za cidr=10.1.0.0/24 table=main @production
         transit hub in eu
         route-table spokes in hub
         at-prod: prod - hub subnets=prod-a associate=spokes propagate=spokes appliance
         route main 0.0.0.0/0 hub
         drop spokes 10.2.0.0/16",
    )
}

/// What an import of a changed export names, as `at: says`.
fn problems(change: impl FnOnce(&mut Json)) -> Vec<String> {
    let mut json = export(&small());
    change(&mut json);
    let (_, problems) = import(&json);
    problems
        .into_iter()
        .map(|problem| format!("{}: {}", problem.at, problem.says))
        .collect()
}

#[test]
fn what_is_written_is_read_back() {
    let before = small();
    let (after, problems) = import(&export(&before));
    assert_eq!((after, problems), (before, Vec::new()));
}

#[test]
fn a_broken_import_keeps_what_it_can_and_names_the_rest() {
    assert_eq!(
        problems(|json| json["parts"]["hub"]["kind"] = json!("toaster")),
        [
            "parts.hub.kind: This kind of part is not known. It was left out.",
            "parts.spokes: It is in hub, which is not there. It was left out.",
            "links.at-prod: One of the ends is not there any more. It was left out.",
            "parts.main: It refers to a part that is not there. The reference was left out.",
        ]
    );
    assert_eq!(
        problems(|json| json["parts"]["prod-a"]["attrs"]["cidr"] = json!("10.1.0.0/99")),
        ["parts.prod-a.attrs.cidr: The value does not fit this setting. The setting was left out.",]
    );
    assert_eq!(
        problems(|json| json["parts"]["main"]["attrs"]["entries"][0]["drop"] = json!(true)),
        ["parts.main.attrs.entries.0: This row has no prefix, or leads nowhere. It was left out.",]
    );
    assert_eq!(
        problems(|json| json["parts"]["org"]["in"] = json!("eu")),
        [
            "parts.eu: It lies too deep, or in itself. It was left out.",
            "parts.hub: It lies too deep, or in itself. It was left out.",
            "parts.main: It lies too deep, or in itself. It was left out.",
            "parts.org: An account cannot sit inside a region. It stands outside all other parts. It was left out.",
            "parts.prod: It lies too deep, or in itself. It was left out.",
            "parts.prod-a: It lies too deep, or in itself. It was left out.",
            "parts.spokes: It lies too deep, or in itself. It was left out.",
            "parts.za: It lies too deep, or in itself. It was left out.",
            "links.at-prod: One of the ends is not there any more. It was left out.",
        ]
    );
    assert_eq!(
        problems(|json| json["v"] = json!(2)),
        ["v: A newer Sandtable wrote this. Nothing was read."]
    );
    let same = json!({"kind": "route", "from": "hub", "to": "prod"});
    assert_eq!(
        problems(|json| json["links"]["twin"] = same),
        ["links.twin: Hub and Production are linked already. It was left out.".replace("Hub", "hub"),]
    );
}

#[test]
fn ids_go_on_after_the_highest_that_was_read() {
    let mut json = export(&small());
    json["next"] = json!(1);
    json["parts"]["p41"] = json!({"kind": "site"});
    assert_eq!(import(&json).0.next, 42);
}

#[test]
fn a_number_at_the_end_of_all_numbers_leaves_ids_for_new_parts() {
    use crate::editor::{Command, Editor, Limits};
    let mut json = export(&small());
    json["parts"]["p4294967295"] = json!({"kind": "site"});
    json["parts"]["p0"] = json!({"kind": "site"});
    let mut editor = Editor::open(import(&json).0, Limits::free());
    let mut ids = Vec::new();
    for _ in 0..3 {
        let done = editor
            .run(Command::Place {
                kind: crate::design::Kind::Site,
                parent: None,
                at: crate::design::Cell::default(),
            })
            .unwrap();
        ids.extend(done.focus);
    }
    assert_eq!(ids, ["p1", "p2", "p3"].map(|id| crate::editor::Item::Part(id.into())));
}

#[test]
fn a_design_that_is_too_large_is_refused_whole() {
    let many = |what: &'static str, number: usize| {
        move |json: &mut Json| {
            for at in 0..number {
                json[what][format!("site-{at}")] = json!({"kind": "site"});
            }
        }
    };
    assert_eq!(
        problems(many("parts", 2001)),
        ["parts: There are 2009 parts, and at most 2000 can be read. Nothing was read."]
    );
    assert_eq!(
        problems(many("links", 4000)),
        ["links: There are 4001 links, and at most 4000 can be read. Nothing was read."]
    );
    let mut json = export(&small());
    many("parts", 1992)(&mut json);
    let (design, problems) = import(&json);
    assert_eq!((design.parts.len(), problems.len()), (2000, 0));
}

#[test]
fn each_thing_that_is_dropped_is_named() {
    type Broken = (&'static str, &'static str, fn(&mut Json));
    let long = "x".repeat(81);
    let all: [Broken; 14] = [
        ("parts.hub.in", "an id", |json| json["parts"]["hub"]["in"] = json!(7)),
        ("parts.hub.name", "a text", |json| {
            json["parts"]["hub"]["name"] = json!(7)
        }),
        ("parts.hub.name", "80 letters", |json| {
            json["parts"]["hub"]["name"] = json!("x".repeat(81));
        }),
        ("parts.hub.role", "a text", |json| {
            json["parts"]["hub"]["role"] = json!([])
        }),
        ("parts.hub.at", "whole numbers", |json| {
            json["parts"]["hub"]["at"] = json!([0.5, 1]);
        }),
        ("parts.hub.size", "whole numbers", |json| {
            json["parts"]["hub"]["size"] = json!([1_000_000, 1]);
        }),
        ("parts.hub.locked", "true or false", |json| {
            json["parts"]["hub"]["locked"] = json!("yes");
        }),
        ("parts.hub.attrs", "by their names", |json| {
            json["parts"]["hub"]["attrs"] = json!([])
        }),
        ("parts.za.attrs.domain", "80 letters", |json| {
            json["parts"]["za"]["attrs"] = json!({"domain": "x".repeat(81)});
        }),
        ("parts.main.attrs.entries", "1000 rows", |json| {
            let row = json!({"to": "10.0.0.0/8", "drop": true});
            json["parts"]["main"]["attrs"]["entries"] = vec![row; 1001].into();
        }),
        ("links", "an object", |json| json["links"] = json!([])),
        ("links.at-prod.bends", "64 pairs", |json| {
            json["links"]["at-prod"]["bends"] = vec![json!([1, 2]); 65].into();
        }),
        ("links.at-prod.bends", "whole numbers", |json| {
            json["links"]["at-prod"]["bends"] = json!([[1, 2], [3]]);
        }),
        ("links.at-prod.attrs.propagate.1", "no id", |json| {
            json["links"]["at-prod"]["attrs"]["propagate"] = json!(["spokes", 7]);
        }),
    ];
    for (at, says, change) in all {
        let found = problems(change);
        let is_named = |problem: &String| problem.starts_with(&format!("{at}: ")) && problem.contains(says);
        assert!(found.iter().any(is_named), "{at} {says}: {found:?}");
    }
    let mut json = export(&small());
    json["parts"]["hub"]["name"] = json!(long);
    assert_eq!(import(&json).0.name(&"hub".into()), "x".repeat(80));
}

#[test]
fn a_domain_of_blanks_is_none() {
    let blank = with(&small(), "set za domain=\u{200B}");
    assert_eq!(blank.domain(&"za".into()), small().domain(&"za".into()));
}

#[test]
fn prefixes_lose_the_bits_behind_them() {
    let mut json = export(&small());
    json["parts"]["prod-a"]["attrs"]["cidr"] = json!(" 10.1.0.77/24 ");
    assert_eq!(import(&json).0, small());
}

#[test]
fn the_canonical_form_forgets_the_drawing_and_the_defaults() {
    let mut moved = small();
    for part in moved.parts.values_mut() {
        part.at.x += 7;
        part.locked = true;
        part.name = format!(" {} ", part.name);
    }
    moved.next = 99;
    let defaults = with(&moved, "set spokes\n set za domain=");
    assert_eq!(canonical(&defaults), canonical(&small()));
    assert_ne!(
        canonical(&with(&small(), "set at-prod appliance=off")),
        canonical(&small())
    );
}

#[test]
fn zones_of_one_name_in_one_region_are_one_domain() {
    let design = with(
        &small(),
        "account other
         region eu2 in other name=eu
         vnet twin in eu2
         zone zt in twin name=a
         zone own in twin name=b domain=lonely",
    );
    let domain = |id: &str| design.domain(&id.into());
    assert_eq!(domain("za"), Some("eu/a".to_owned()));
    assert_eq!(domain("zt"), Some("eu/a".to_owned()));
    assert_eq!(domain("own"), Some("lonely".to_owned()));
    assert_eq!(design.domain_of(&"prod-a".into()), Some("eu/a".to_owned()));
    assert_eq!(design.domain_of(&"hub".into()), None);
}

/// JSON that is close to a design, and then is not.
fn wild() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        "[a-z0-9-]{0,6}".prop_map(Json::from),
        Just(json!("10.0.0.0/8")),
        Just(json!("transit")),
        Just(json!("vnet")),
        Just(json!("route")),
    ];
    let name = prop_oneof![
        Just("parts"),
        Just("links"),
        Just("v"),
        Just("kind"),
        Just("in"),
        Just("at"),
        Just("attrs"),
        Just("cidr"),
        Just("entries"),
        Just("to"),
        Just("via"),
        Just("from"),
        Just("hub"),
        Just("prod"),
        Just("next")
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::vec((name.clone(), inner), 0..6).prop_map(|fields| fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect()),
        ]
    })
}

proptest! {
    #[test]
    fn no_text_panics(text in ".{0,200}") {
        let _ = import_text(&text);
    }

    #[test]
    fn what_any_json_leaves_is_sound_and_is_read_back(json in wild(), place in any::<prop::sample::Index>()) {
        let mut whole = export(&small());
        let names = ["hub", "prod", "main", "prod-a", "za"];
        whole["parts"][names[place.index(names.len())]] = json.clone();
        for json in [json, whole] {
            let (design, _) = import(&json);
            let unsound = super::violations(&design);
            let drawing = |says: &String| says.contains("overlap") || says.contains("sticks out");
            prop_assert!(unsound.iter().all(drawing), "{:?}", unsound);
            let (again, problems) = import(&export(&design));
            prop_assert_eq!((again, problems), (design, Vec::new()));
        }
    }
}
