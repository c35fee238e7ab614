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
