use super::boards;
use super::script::play;
use crate::editor::{Item, proxy};

#[test]
fn the_proxy_says_what_it_is_where_and_how_it_is() {
    let design = boards::target();
    let says = |id: &str, state: &str| proxy(&design, &Item::Part(id.into()), state);
    assert_eq!(says("fw-a", "down"), "Firewall a, Firewall, in Inspection a, down");
    assert_eq!(
        says("hub", ""),
        "Hub, Transit gateway, in eu-central-1, holds 2 parts, 3 links, given"
    );
    assert_eq!(says("gone", ""), "");
    let link = proxy(&design, &Item::Link("at-check".into()), "");
    assert_eq!(link, "Inspection attached to Hub, table Firewalls, appliance mode");
}

#[test]
fn the_whole_is_read_with_what_is_wrong() {
    let mut script = play("key Tab");
    let states = [("app-a", "down"), ("gone", "down")];
    script.editor.set_states(
        states
            .iter()
            .map(|(id, state)| (Item::Part((*id).into()), (*state).to_owned()))
            .collect(),
    );
    let script = script.then("key Shift+S");
    assert!(
        script.said.ends_with("Zone a holds App a. App a: down."),
        "{}",
        script.said
    );
}
