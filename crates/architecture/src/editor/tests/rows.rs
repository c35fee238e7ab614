use crate::sorted::BTreeMap;

use super::boards;
use super::script::{play, play_whole};
use crate::design::{Design, Kind};
use crate::editor::{Action, Column, Command, Editor, Effect, Filter, Item, Key, Limits, Outline, Press};

fn lines(outline: &Outline, design: &Design) -> Vec<String> {
    let rows = outline.rows(design, &BTreeMap::new());
    rows.iter()
        .map(|row| {
            let sign = match (row.has_children, row.is_open) {
                (true, true) => "v ",
                (true, false) => "> ",
                _ => "",
            };
            let rest: Vec<&str> = [row.kind.as_str(), &row.links, &row.state]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect();
            format!(
                "{}{sign}{} ({}) {}/{}",
                "  ".repeat(row.level - 1),
                row.name,
                rest.join(", "),
                row.posinset,
                row.setsize
            )
        })
        .collect()
}

#[test]
fn rows_are_parts_with_links_and_contents_under_them() {
    let script = play("connect web hub; fill web~hub appliance on");
    let mut outline = Outline::default();
    assert_eq!(
        lines(&outline, script.editor.design()),
        [
            "v Production (Account, given) 1/2",
            "  v eu-central-1 (Region, given) 1/1",
            "    v Web (VPC, 1 link) 1/2",
            "      attached to Hub, appliance mode (Link) 1/2",
            "      v Zone a (Availability zone) 2/2",
            "        App a (Subnet) 1/1",
            "    v Hub (Transit gateway, 1 link, given) 2/2",
            "      attaches Web, appliance mode (Link) 1/1",
            "Office (Site, given) 2/2",
        ]
    );
    outline.closed.insert("region".into());
    assert_eq!(lines(&outline, script.editor.design()).len(), 3);
}

#[test]
fn the_outline_is_filtered_with_what_holds_it_together() {
    let design = boards::target();
    let names = |filter: Filter, states: &BTreeMap<Item, String>| {
        let outline = Outline {
            filter,
            closed: design.parts.keys().cloned().collect(),
            ..Outline::default()
        };
        let rows = outline.rows(&design, states);
        rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    let text = Filter {
        text: " fireWALL a".to_owned(),
        ..Filter::default()
    };
    let none = BTreeMap::new();
    assert_eq!(
        names(text, &none),
        [
            "Production",
            "eu-central-1",
            "Inspection",
            "Zone a",
            "Inspection a",
            "Firewall a"
        ]
    );
    let kind = Filter {
        kind: Some(Kind::Igw),
        ..Filter::default()
    };
    assert_eq!(
        names(kind, &none),
        ["Production", "eu-central-1", "Inspection", "Way out"]
    );
    let failing = Filter {
        failing: true,
        ..Filter::default()
    };
    let states = BTreeMap::from([(Item::Link("to-site".into()), "down".to_owned())]);
    assert_eq!(
        names(failing.clone(), &states),
        [
            "Production",
            "eu-central-1",
            "Tunnel",
            "linked to Office",
            "Office",
            "linked to Tunnel"
        ]
    );
    assert_eq!(names(failing, &none), Vec::<String>::new());
}

#[test]
fn the_outline_is_walked_by_arrows() {
    play(
        "outline Down; expect row prod; expect focus prod; outline Down Down Down Down; expect row app-a
         outline Left; expect row web-a; outline Left; expect row web-a; outline Down; expect row hub
         outline Up Right Right; expect row web-a; outline Down; expect row app-a; outline Left; expect row app-a
         outline Left; expect row web-a; outline Ctrl+End; expect row site; outline Ctrl+Home; expect row prod
         outline End; expect row site; outline Home Left Down; expect row site; outline Left
         expect said \"This is the top.\"; outline Up Right Down; expect row region",
    );
}

#[test]
fn left_goes_up_where_a_filter_holds_rows_open() {
    let mut editor = Editor::open(boards::target(), boards::limits());
    let mut outline = Outline::default();
    outline.filter.text = "firewall a".to_owned();
    let none = BTreeMap::new();
    let mut press = |key| {
        outline.step(&mut editor, &none, Press::new(key));
        let item = outline.at.clone().map(|place| place.item);
        (item, outline.closed.len())
    };
    press(Key::Home);
    press(Key::End);
    let part = |id: &str| (Some(Item::Part(id.into())), 0);
    assert_eq!(press(Key::Left), part("check-sub-a"));
    assert_eq!(press(Key::Left), part("check-a"));
    assert_eq!(press(Key::Left), part("check"));
}

#[test]
fn a_focus_that_is_gone_is_told() {
    let mut editor = Editor::open(Design::default(), Limits::free());
    let at = crate::design::Cell::default();
    let effects = editor.attempt(Command::Place {
        kind: Kind::Site,
        parent: None,
        at,
    });
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Focus(_))));
    let mut outline = Outline::default();
    let none = BTreeMap::new();
    outline.step(&mut editor, &none, Press::new(Key::Home));
    let effects = outline.step(&mut editor, &none, Press::new(Key::Delete));
    assert!(effects.contains(&Effect::NoFocus), "{effects:?}");
    assert_eq!(outline.at, None);
}

#[test]
fn right_goes_through_the_cells_and_left_back_to_the_row() {
    let column = |keys: &str| play(&format!("outline End; outline {keys}")).outline.column;
    assert_eq!(column("Right"), Some(Column::Name));
    assert_eq!(column("Right Right Right Right"), Some(Column::State));
    assert_eq!(column("Right Right Right Right Right Right"), Some(Column::Actions));
    assert_eq!(column("Right Right Left"), Some(Column::Name));
    assert_eq!(column("Right Left"), None);
    assert_eq!(column("Right End"), Some(Column::Actions));
    assert_eq!(column("Right End Home"), Some(Column::Name));
    assert_eq!(column("Right Right Escape"), None);
    assert_eq!(
        column("Right Up Down"),
        Some(Column::Name),
        "another row, the same cell"
    );
}

#[test]
fn the_outline_edits_with_the_same_keys() {
    play(
        "outline Down Down Down; expect row web; outline C \"hub\" Enter; expect link web hub; expect row web~hub
         outline ]; expect row hub; outline ]; expect row web~hub; outline [; expect row hub
         outline A \"route\" Enter; expect parent \"Route table\" hub; expect row \"Route table\"
         outline Delete; expect row hub; outline Ctrl+z; expect row \"Route table\"; outline Ctrl+z Ctrl+z
         expect no link web hub",
    );
    play_whole("focus app-a; outline Home; outline m; expect refused \"Production is given and stays where it is.\"; expect idle; focus app-a; outline M; expect busy; outline Escape")
        .then("focus app-a; outline m \"zone b, availability zone, in web\" Enter; expect parent app-a web-b; expect row app-a");
    let script = play("focus app-a; outline Down; outline Enter");
    assert!(script.effects.iter().any(|effect| matches!(effect, Effect::Inspect(_))));
}

#[test]
fn a_menu_is_read_without_anything_being_done() {
    let mut editor = Editor::open(boards::target(), boards::limits());
    let mut outline = Outline::default();
    let none = BTreeMap::new();
    let web = Item::Part("web".into());
    let rows = outline.rows(editor.design(), &none);
    let place = rows.iter().find(|row| row.place.item == web).unwrap().place.clone();
    editor.set_focus(Some(place.item.clone()));
    outline.turn_menu(place.clone());
    let before = editor.design().clone();
    let offers = editor.offers(&place.item);
    let mut at = Vec::new();
    for key in [Key::Down, Key::Up, Key::Up, Key::Down, Key::End, Key::Home] {
        assert_eq!(outline.step(&mut editor, &none, Press::new(key)), [Effect::Rows]);
        at.push(outline.menu);
    }
    let last = Some(offers.len() - 1);
    assert_eq!(at, [Some(1), Some(0), last, Some(0), last, Some(0)], "round the ends");
    // A letter goes to the next line that begins with it.
    outline.step(&mut editor, &none, Press::new(Key::Char('a')));
    let line = outline.menu.and_then(|line| offers.get(line).copied());
    assert_eq!(line, Some(Action::Add));
    outline.step(&mut editor, &none, Press::new(Key::Char('q')));
    assert_eq!(outline.menu.and_then(|line| offers.get(line).copied()), line);
    // Enter and Space press the button of the line; Tab leaves; a step is not taken back from inside.
    for key in [Key::Enter, Key::Char(' '), Key::Tab, Key::Delete] {
        assert_eq!(outline.step(&mut editor, &none, Press::new(key)), []);
    }
    assert_eq!(*editor.design(), before);
    outline.step(&mut editor, &none, Press::new(Key::Escape));
    assert_eq!((outline.menu, outline.column), (None, Some(Column::Actions)));
    // Opened again it begins at the top, and what is chosen is done.
    outline.turn_menu(place.clone());
    assert_eq!(outline.menu, Some(0));
    outline.turn_menu(place.clone());
    assert_eq!(outline.menu, None, "the button closes it too");
    outline.turn_menu(place.clone());
    let add = offers.iter().position(|action| *action == Action::Add);
    let effects = outline.take(&mut editor, add.unwrap_or_default());
    assert!(effects.contains(&Effect::Mode), "{effects:?}");
    assert_eq!((outline.menu, outline.column), (None, None));
    assert_eq!(outline.at, Some(place));
}

#[test]
fn what_is_added_shows_even_under_a_closed_row() {
    let script = play(
        "outline Down Left; focus app-a; outline A \"fire\" Enter; expect parent Firewall app-a; expect row Firewall",
    );
    assert!(
        lines(&script.outline, script.editor.design())
            .iter()
            .any(|line| line.contains("Firewall"))
    );
}
