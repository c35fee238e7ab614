use super::boards;
use super::script::{play, play_empty, play_whole};
use crate::design::{Design, PartId};
use crate::editor::{Action, Editor, Effect, Item, Key, Mode, Press, Zoom, step, whole};

#[test]
fn a_part_is_added_by_search() {
    play(
        "focus app-a; key A; expect busy; expect said \"Account, into the ground, 1 of 11\"
         key \"fire\"; expect marked Firewall; expect said \"Firewall, into App a, 1 of 1\"
         key Enter; expect idle; expect parent Firewall app-a; expect focus Firewall
         expect proxy \"Firewall, in App a\"",
    );
}

#[test]
fn a_search_narrows_widens_and_finds_nothing() {
    play(
        "key A \"zz\"; expect said \"Nothing fits zz.\"; key Enter
         expect refused \"Nothing fits. Take a letter away, or cancel.\"
         key Backspace Backspace \"sub\"; expect marked Subnet; key Escape; expect idle; expect parts 7; expect no undo
         expect said \"Cancelled. Nothing has changed.\"",
    );
}

#[test]
fn tab_aims_at_another_container() {
    play_whole(
        "focus web-a; key A \"subnet\"; expect said \"Subnet, into Zone a, 1 of 1\"; key Tab
         expect said \"Subnet, into Zone b, 1 of 1\"; key Enter; expect parent Subnet web-b
         focus fw-a; key A \"subnet\" Tab Shift+Tab Enter; expect parent \"Subnet 2\" check-a",
    );
}

#[test]
fn a_kind_without_a_place_is_refused_in_the_search() {
    play_empty(
        "key A \"sub\" Enter; expect refused \"A subnet cannot stand alone. Put it in an availability zone.\"; expect busy
         key Backspace Backspace Backspace \"acc\" Enter; expect part Account; expect idle",
    );
}

#[test]
fn parts_are_carried_by_arrows() {
    let script = play_whole(
        "focus app-a; key M; expect said \"App a over Zone a. Arrows move, Tab changes the container, Enter puts down.\"
         key Right Shift+Right Down; expect no undo; key Enter; expect idle; expect said \"App a moved right.\"",
    );
    let at = |design: &Design| design.parts.get("app-a").unwrap().at;
    let (was, is) = (at(&boards::target()), at(script.editor.design()));
    assert_eq!((is.x - was.x, is.y - was.y), (9, 1));
    play_whole("focus app-a; key Space Tab; expect said \"App a over Zone b\"; key Space; expect parent app-a web-b");
    play_whole("focus app-a; key M Tab Right Escape; expect parent app-a web-a; expect no undo; expect idle");
    play_whole("focus hub; key M Tab; expect said \"Hub over eu-central-1\"; key Escape");
    play_whole("focus web~hub; key M; expect refused \"Choose a part first.\"");
}

#[test]
fn shift_and_an_arrow_nudge() {
    play_whole(
        "focus app-a; key Shift+Right; expect said \"App a moved right.\"; expect undo \"move App a\"
         choose app-a check-sub-a; key Shift+Down
         expect refused \"These parts lie in different containers. Press M to carry them into one.\"",
    );
}

#[test]
fn links_are_made_by_search() {
    play(
        "focus web; key C; expect marked \"Hub, Transit gateway, in eu-central-1\"; key \"hub\" Enter; expect link web hub
         expect said \"Web attached to Hub.\"; expect focus web~hub; undo
         focus web; key C \"office\"; expect marked \"Office, Site\"; key Enter
         expect refused \"A VPC cannot be linked to a site. A site is reached by a VPN connection.\"; expect busy
         key Escape; expect no link web site; focus web; key C Enter; expect link web hub
         key C; expect refused \"Go to a part first.\"",
    );
}

#[test]
fn arrows_go_to_what_lies_that_way() {
    play_whole(
        "key Right; expect focus prod; key Enter; key Home; key Backspace; expect focus prod; key Backspace
         expect said \"This is the top.\"; expect focus prod
         focus check-a; key Right; expect focus check-b; key Left; expect focus check-a
         focus fw-a; key Right; expect focus fw-b; key Left; expect focus fw-a",
    );
    play_empty(
        "key Down; expect said \"The board is empty. Press A to add a part.\"; key Enter ] Home \\ Delete; expect refused",
    );
}

#[test]
fn links_are_followed_there_and_back() {
    play_whole(
        "focus web; key ]; expect focus web~hub
         expect proxy \"Web attached to Hub, table Spokes\"; key ]; expect focus hub
         key ]; expect busy; key 2; expect idle; expect focus vpn~hub; key ]; expect focus vpn; key [ ; expect busy; key Escape
         key \\; expect focus vpn~hub; key \\; expect focus hub; key \\ \\; expect focus web; key \\
         expect said \"There is no way back: no link was followed.\"
         focus hub; key ] 9; expect refused \"There is no link number 9.\"; key Escape
         focus web~hub; key [; expect focus web; focus app-a; key ]; expect said \"It has no links.\"",
    );
}

#[test]
fn several_are_chosen_and_deleted_at_once() {
    play_whole(
        "focus app-a; key Shift+Space; focus app-b; key Shift+Space; expect said \"App b chosen, 2 in all.\"
         key Shift+Space; expect said \"App b no longer chosen, 1 in all.\"; key Shift+Space Delete
         expect said \"App a, App b deleted, 1 setting cleared.\"; undo
         key Ctrl+a; expect said \"26 parts chosen.\"; key Delete; expect refused \"Hub is given and stays.\"
         key Escape; expect said \"Nothing chosen.\"; focus app-a; key Delete; expect no part app-a; expect part app-b",
    );
}

#[test]
fn undo_and_redo_have_keys() {
    play_whole(
        "focus app-a; key Delete; expect focus web-a; key Ctrl+z; expect said \"Undone: delete App a.\"; expect focus app-a
         key Ctrl+Shift+Z; expect no part app-a; key Ctrl+z Ctrl+y; expect no part app-a; key Ctrl+y
         expect refused \"There is nothing to do again.\"; key Ctrl+z Ctrl+z; expect refused \"There is nothing to undo.\"",
    );
}

#[test]
fn some_keys_ask_the_shell() {
    let asks = |keys: &str| play_whole(&format!("focus app-a; key {keys}")).effects;
    let app = || Item::Part("app-a".into());
    assert_eq!(asks("F2"), [Effect::Rename(app())]);
    assert_eq!(asks("I"), [Effect::Inspect(app())]);
    assert_eq!(asks("Enter"), [Effect::Inspect(app())]);
    assert_eq!(asks("O"), [Effect::Outline]);
    assert_eq!(asks("X"), [Effect::BreakIt(Some(app()))]);
    assert_eq!(asks("?"), [Effect::Keys]);
    assert_eq!(asks("+"), [Effect::Zoom(Zoom::In)]);
    assert_eq!(asks("-"), [Effect::Zoom(Zoom::Out)]);
    assert_eq!(asks("0"), [Effect::Zoom(Zoom::Fit)]);
    assert_eq!(asks("Ctrl+Left"), [Effect::Pan(-8, 0)]);
    for browsers in ["Tab", "Escape", "q", "Ctrl+c", "1"] {
        assert_eq!(asks(browsers), [], "{browsers} is the browser's");
    }
}

#[test]
fn what_was_said_is_said_again_and_the_whole_is_read() {
    let script = play("connect web hub; focus app-a; key Tab S; expect said \"Web attached to Hub.\"; key Shift+S");
    assert!(
        script
            .said
            .starts_with("7 parts, 1 link. At the top: Production, Office."),
        "{}",
        script.said
    );
    assert!(script.said.contains("eu-central-1 holds Web, Hub."), "{}", script.said);
    assert!(script.said.ends_with("Web is attached to Hub."), "{}", script.said);
    assert_eq!(whole(&Design::default()), "The board is empty.");
}

#[test]
fn keys_of_a_browser_are_read() {
    assert_eq!(
        Press::read("ArrowUp", true, false),
        Some(Press {
            key: Key::Up,
            shift: true,
            ctrl: false
        })
    );
    assert_eq!(Press::read(" ", false, false), Some(Press::new(Key::Char(' '))));
    assert_eq!(Press::read("F5", false, false), None);
    assert_eq!(Press::read("", false, false), None);
}

#[test]
fn every_action_has_a_name_and_says_why_it_cannot_be_started() {
    let mut editor = Editor::default();
    for record in Action::ALL {
        assert_eq!(record.action.record(), record);
        assert!(!record.name.is_empty());
        let effects = editor.start(record.action);
        let refused = matches!(effects.as_slice(), [Effect::Said(_, crate::editor::Urgency::Assertive)]);
        assert_eq!(
            editor.enabled(record.action).is_err(),
            refused,
            "{record:?}: {effects:?}"
        );
        assert_eq!(editor.mode(), &Mode::Idle);
    }
    let mut editor = Editor::open(boards::given(), boards::limits());
    let effects = editor.start_on(Action::Rename, Item::Part("hub".into()));
    assert!(matches!(effects.as_slice(), [Effect::Said(why, _)] if why == "Hub is given; its name stays."));
}

#[test]
fn what_is_new_is_what_the_next_key_is_about() {
    play_whole(
        "focus app-a; key Shift+Space; focus app-b; key Shift+Space A \"fire\" Enter; expect focus Firewall
         key Delete; expect part app-a; expect part app-b; expect no part Firewall",
    );
}

#[test]
fn what_is_given_is_not_moved_into_anything() {
    play("focus hub; key Shift+M; expect refused \"Hub is given and stays where it is.\"; expect idle");
    let editor = Editor::open(boards::given(), boards::limits());
    let offers = |id: &str| editor.offers(&Item::Part(id.into()));
    assert_eq!(offers("hub"), [Action::Inspect, Action::Connect, Action::Add]);
    assert!(offers("web").contains(&Action::MoveInto) && offers("web").contains(&Action::Remove));
}

#[test]
fn tidying_has_a_key() {
    play("focus web; key Shift+Right T; expect undo \"tidy\"");
}

/// From box to box an arrow goes to what is drawn that way, and passes none that lies on the way.
#[test]
fn arrows_follow_the_picture() {
    for design in [boards::given(), boards::target()] {
        let layout = crate::geometry::Layout::new(&design);
        let holds = |id: &PartId| design.children(Some(id)).next().is_some();
        let boxes: Vec<&PartId> = design.parts.keys().filter(|id| !holds(id)).collect();
        let rect = |id: &PartId| layout.rects.get(id).copied().unwrap();
        for id in &boxes {
            for key in [Key::Left, Key::Right, Key::Up, Key::Down] {
                let mut editor = Editor::open(design.clone(), boards::limits());
                editor.set_focus(Some(Item::Part((*id).clone())));
                step(&mut editor, Press::new(key));
                let Some(Item::Part(to)) = editor.focus().cloned() else {
                    panic!()
                };
                // As far as it is ahead, and whether it is in the beam.
                let ahead = |other: &PartId| {
                    let (from, to) = (rect(id), rect(other));
                    let (ahead, beam) = match key {
                        Key::Left => (from.x - to.right(), (from.y, from.bottom(), to.y, to.bottom())),
                        Key::Right => (to.x - from.right(), (from.y, from.bottom(), to.y, to.bottom())),
                        Key::Up => (from.y - to.bottom(), (from.x, from.right(), to.x, to.right())),
                        _ => (to.y - from.bottom(), (from.x, from.right(), to.x, to.right())),
                    };
                    let is_in_beam = beam.0 < beam.3 && beam.2 < beam.1;
                    (ahead >= 0).then_some((ahead, is_in_beam))
                };
                let beam: Vec<i32> = boxes
                    .iter()
                    .filter_map(|other| ahead(other).filter(|(_, is_in_beam)| *is_in_beam))
                    .map(|(ahead, _)| ahead)
                    .collect();
                if to == **id {
                    assert!(beam.is_empty(), "{key:?} from {id} stays, and something is there");
                    continue;
                }
                let (far, _) =
                    ahead(&to).unwrap_or_else(|| panic!("{key:?} from {id} goes to {to}, which is not there"));
                assert!(
                    beam.iter().all(|near| *near >= far),
                    "{key:?} from {id} passes something on the way to {to}"
                );
            }
        }
    }
}
