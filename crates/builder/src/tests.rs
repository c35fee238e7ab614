use std::path::Path;
use std::sync::OnceLock;

use sandtable_architecture::design::{Attr, Kind, PartId};
use sandtable_architecture::editor::{
    Action, DROP, FieldId, Gesture, Item, Key, Mode, Modifiers, Place, Pointer, PointerKind, Press,
};
use sandtable_architecture::geometry::Point;
use sandtable_architecture::panel::{Stage, State};
use sandtable_architecture::task;
use sandtable_course::Date;

use super::act::{Act, At, Down, Event, On, Part, Phase, Pull};
use super::desk::{Desk, Do, PROXY, Panels, STOP, View};
use super::draw;
use super::tree::{KEPT, Node};

/// The exercise as it ships.
fn file() -> &'static str {
    static FILE: OnceLock<String> = OnceLock::new();
    FILE.get_or_init(compile)
}

fn compile() -> String {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exercises");
    let today = Date::parse("2026-11-25").unwrap();
    let files = sandtable_course::read(&dir, today).course.unwrap().files();
    let (_, bytes) = files
        .into_iter()
        .find(|(path, _)| path.starts_with("week-20/segmented-hub"))
        .unwrap();
    String::from_utf8(bytes).unwrap()
}

fn open(stage: &str) -> Desk {
    let state = State::read(&format!(r##"{{"stage":"{stage}","up":"#/week-20","items":{{}}}}"##));
    let mut desk = Desk::open(task::builder(file()).unwrap(), state, 1_000_000);
    desk.resized((960, 600));
    desk.draw_anew();
    settled(&mut desk);
    desk
}

/// What the page would do after something has happened.
fn settled(desk: &mut Desk) -> (Node, Vec<Do>) {
    desk.settle();
    let tree = draw(desk);
    desk.dirty = Panels::NONE;
    desk.patches.clear();
    (*tree, std::mem::take(&mut desk.out))
}

/// The whole page, whatever is dirty.
fn whole(desk: &mut Desk) -> Node {
    desk.dirty = Panels::ALL;
    settled(desk).0
}

fn click(desk: &mut Desk, act: Act) {
    desk.act(act, Event::Click { is_pointer: true });
}

fn give(desk: &mut Desk, act: Act, value: &str) {
    let value = value.to_owned();
    desk.act(act, Event::Given { value, is_on: false });
}

fn press(desk: &mut Desk, key: Key) -> bool {
    let down = Down {
        press: Some(Press::new(key)),
        is_repeat: false,
        is_hosts: false,
        at: At::Other,
    };
    desk.act(Act::CanvasKey, Event::Key(down))
}

fn told(out: &[Do], what: &str) -> Vec<String> {
    let of = |one: &Do| match one {
        Do::Tell(of, _, text) if *of == what => Some(text.clone()),
        _ => None,
    };
    out.iter().filter_map(of).collect()
}

fn all<'a>(node: &'a Node, is: &dyn Fn(&Node) -> bool, found: &mut Vec<&'a Node>) {
    if is(node) {
        found.push(node);
    }
    for child in &node.children {
        all(child, is, found);
    }
}

fn find(node: &Node, is: impl Fn(&Node) -> bool) -> Vec<&Node> {
    let mut found = Vec::new();
    all(node, &is, &mut found);
    found
}

fn attribute<'a>(node: &'a Node, name: &str) -> Option<&'a str> {
    let found = node.attributes.iter().find(|(of, _)| *of == name);
    found.map(|(_, value)| value.as_ref())
}

fn has_class(node: &Node, class: &str) -> bool {
    attribute(node, "class").is_some_and(|classes| classes.split(' ').any(|of| of == class))
}

fn words(node: &Node) -> String {
    let inner: String = node.children.iter().map(|child| words(child)).collect();
    [node.text.as_ref(), &inner].concat()
}

fn pointer(x: i32, y: i32, buttons: u16) -> Pointer {
    Pointer {
        id: 7,
        stage: Point::new(x, y),
        kind: PointerKind::Mouse,
        buttons,
        keys: Modifiers::default(),
    }
}

#[test]
fn a_check_is_told_as_an_attempt_and_marks_the_rules() {
    let mut desk = open("half-built");
    click(&mut desk, Act::Primary);
    let (page, out) = settled(&mut desk);
    let attempts = told(&out, "check");
    assert_eq!(attempts.len(), 1);
    let attempt: serde_json::Value = serde_json::from_str(&attempts[0]).unwrap();
    assert!(attempt["answer"]["design"]["parts"]["hub"].is_object());
    assert!(attempts[0].contains(r#""f":0.000"#), "{attempts:?}");
    assert!(told(&out, "say")[0].contains("of 8 rules hold"));
    let fails = find(&page, |node| attribute(node, "data-outcome") == Some("fail"));
    assert!(!fails.is_empty());
    // A second press at once is the same press.
    click(&mut desk, Act::Primary);
    assert!(told(&settled(&mut desk).1, "check").is_empty());
    desk.now += 500;
    click(&mut desk, Act::Primary);
    assert_eq!(told(&settled(&mut desk).1, "check").len(), 1);
}

#[test]
fn keys_add_a_part_and_the_host_is_told_what_to_keep() {
    let mut desk = open("blank");
    assert!(press(&mut desk, Key::Char('a')));
    let (page, out) = settled(&mut desk);
    assert!(out.contains(&Do::Focus(".search input".into())));
    assert_eq!(find(&page, |node| has_class(node, "search")).len(), 1);
    give(&mut desk, Act::Search, "transit");
    give(&mut desk, Act::Search, "transi");
    let (page, _) = settled(&mut desk);
    let field = find(&page, |node| attribute(node, "role") == Some("combobox"));
    assert_eq!(field[0].value.as_deref(), Some("transi"));
    press(&mut desk, Key::Enter);
    let kept = told(&settled(&mut desk).1, "change");
    assert_eq!(kept.len(), 1);
    assert!(kept[0].contains("transit"));
    assert!(desk.design().parts.values().any(|part| part.kind == Kind::Transit));
}

#[test]
fn a_key_of_the_hosts_or_of_a_field_is_left_alone() {
    let mut desk = open("blank");
    let key = |key: Key, at: At, is_hosts: bool| {
        let press = Some(Press::new(key));
        Event::Key(Down {
            press,
            is_repeat: false,
            is_hosts,
            at,
        })
    };
    assert!(!desk.act(Act::CanvasKey, key(Key::Char('a'), At::Other, true)));
    press(&mut desk, Key::Char('a'));
    assert!(!desk.act(Act::CanvasKey, key(Key::Char('x'), At::Search, false)));
    assert!(desk.act(Act::CanvasKey, key(Key::Down, At::Search, false)));
    assert!(!desk.act(Act::CanvasKey, key(Key::Enter, At::Button, false)));
    assert!(!desk.act(Act::OutlineKey, key(Key::Enter, At::Button, false)));
}

#[test]
fn what_a_field_refuses_stands_beside_it_until_something_else_is_chosen() {
    let mut desk = open("half-built");
    let table = Item::Part(PartId::from("hub-production"));
    click(&mut desk, Act::Show(table));
    let (page, _) = settled(&mut desk);
    let add = find(&page, |node| {
        node.acts.iter().any(|(_, act)| matches!(act, Act::Field(_, Part::Add)))
    });
    let (_, act) = add[0].acts[0].clone();
    give(&mut desk, Act::NewPrefix, "10.0.0.0/99");
    click(&mut desk, act.clone());
    let (page, out) = settled(&mut desk);
    assert_eq!(told(&out, "warn").len(), 1);
    assert_eq!(find(&page, |node| has_class(node, "refusal")).len(), 1);
    assert_eq!(desk.typed().prefix, "10.0.0.0/99", "what was typed stays");

    give(&mut desk, Act::NewPrefix, "10.32.0.0/12");
    give(&mut desk, Act::NewTarget, DROP);
    click(&mut desk, act);
    let (page, _) = settled(&mut desk);
    assert!(find(&page, |node| has_class(node, "refusal")).is_empty());
    assert_eq!(desk.typed().prefix, "", "it is a route now");

    give(&mut desk, Act::NewPrefix, "10.9");
    click(&mut desk, Act::Show(Item::Part(PartId::from("hub-development"))));
    settled(&mut desk);
    assert_eq!(desk.typed().prefix, "", "another table, another route");
    click(&mut desk, Act::Show(Item::Part(PartId::from("hub-production"))));
    settled(&mut desk);
    assert_eq!(desk.typed().prefix, "10.9", "it waits at its own");
}

#[test]
fn a_key_that_is_held_is_one_step_to_undo() {
    let mut desk = open("half-built");
    click(&mut desk, Act::Show(Item::Part(PartId::from("dublin-vpn"))));
    settled(&mut desk);
    let before = desk.design().clone();
    let mut nudge = |is_repeat: bool| {
        let press = Some(Press {
            shift: true,
            ..Press::new(Key::Right)
        });
        let (is_hosts, at) = (false, At::Other);
        let down = Down {
            press,
            is_repeat,
            is_hosts,
            at,
        };
        assert!(desk.act(Act::CanvasKey, Event::Key(down)));
    };
    nudge(false);
    nudge(true);
    nudge(true);
    assert_ne!(*desk.design(), before);
    click(&mut desk, Act::Start(Action::Undo));
    assert_eq!(*desk.design(), before);
}

#[test]
fn all_that_is_read_says_what_fails() {
    let mut desk = open("half-built");
    click(&mut desk, Act::Primary);
    settled(&mut desk);
    let press = Some(Press {
        shift: true,
        ..Press::new(Key::Char('S'))
    });
    let down = Down {
        press,
        is_repeat: false,
        is_hosts: false,
        at: At::Other,
    };
    assert!(desk.act(Act::CanvasKey, Event::Key(down)));
    let said = told(&settled(&mut desk).1, "say").concat();
    assert!(said.contains("fails rule"), "{said}");
}

#[test]
fn a_kind_is_dragged_out_of_the_palette_only_after_a_few_pixels() {
    let mut desk = open("blank");
    let parts = desk.design().parts.len();
    let at = |x: i32, y: i32, buttons: u16| Pull {
        pointer: pointer(x, y, buttons),
        x,
        y,
        may_drag: true,
    };
    let mut pull = |phase: Phase, x: i32, y: i32, buttons: u16| {
        desk.act(Act::Pull(Kind::Transit), Event::Pointer(phase, at(x, y, buttons)));
        desk.is_busy()
    };
    assert!(!pull(Phase::Move, 40, 40, 0), "a pointer that is not down");
    assert!(!pull(Phase::Down, 40, 40, 1));
    assert!(!pull(Phase::Move, 42, 41, 1));
    assert!(pull(Phase::Move, 60, 60, 1));
    assert!(!pull(Phase::Lost, 60, 60, 0));
    assert_eq!(desk.design().parts.len(), parts);
}

#[test]
fn escape_ends_what_a_click_began() {
    let mut desk = open("blank");
    click(&mut desk, Act::Add(Kind::Transit));
    let (_, out) = settled(&mut desk);
    assert!(out.contains(&Do::Focus(".proxy:not([hidden])".into())));
    assert!(desk.status.is_some());
    assert!(press(&mut desk, Key::Escape));
    assert!(desk.status.is_none());
    let parts = desk.design().parts.len();
    desk.gesture(Gesture::Down(pointer(300, 300, 1)));
    desk.gesture(Gesture::Up(pointer(300, 300, 0)));
    assert_eq!(desk.design().parts.len(), parts, "nothing is carried any more");
}

#[test]
fn a_step_of_a_drag_draws_no_panel_but_what_it_says() {
    let mut desk = open("half-built");
    let site = Item::Part(PartId::from("dublin"));
    click(&mut desk, Act::Show(site));
    settled(&mut desk);
    let rect = desk.proxy_rect().unwrap();
    let (x, y) = (rect.x + 8, rect.y + 8);
    desk.gesture(Gesture::Down(pointer(x, y, 1)));
    desk.gesture(Gesture::Move(pointer(x + 20, y + 20, 1)));
    settled(&mut desk);
    assert!(desk.is_busy());
    desk.gesture(Gesture::Move(pointer(x + 60, y + 20, 1)));
    assert!(!desk.patches.is_empty());
    let (page, _) = settled(&mut desk);
    let drawn = find(&page, |node| node.tag == "button");
    assert!(
        drawn
            .iter()
            .all(|node| words(node) == "Cancel" || words(node) == "Close"),
        "only the words of the gesture are drawn"
    );
    assert!(!find(&page, |node| node.tag == KEPT).is_empty());
}

#[test]
fn breaking_a_zone_is_shown_said_and_mended() {
    let mut desk = open("worked");
    let (page, _) = settled(&mut desk);
    assert!(
        find(&page, |node| has_class(node, "parts")
            && words(node).starts_with("Parts"))
        .is_empty()
    );
    click(&mut desk, Act::Break);
    let (page, out) = settled(&mut desk);
    assert!(told(&out, "say")[0].contains("broken"));
    assert!(find(&page, |node| words(node) == "Mend it" && node.tag == "button").len() == 1);
    // A right design loses nothing that could be saved, and the table says what went with its own end.
    assert!(find(&page, |node| attribute(node, "data-flow") == Some("missing")).is_empty());
    let cells = find(&page, |node| has_class(node, "flow"));
    assert!(cells.iter().any(|cell| words(cell).contains("gone")));
    click(&mut desk, Act::Cell(0, 0));
    let (page, _) = settled(&mut desk);
    assert!(!find(&page, |node| has_class(node, "hops")).is_empty());
    click(&mut desk, Act::Mend);
    assert!(desk.outage.broken.is_none());
}

#[test]
fn every_row_and_line_of_the_page_says_what_it_does() {
    let mut desk = open("half-built");
    for view in View::ALL {
        click(&mut desk, Act::View(view));
        let (page, _) = settled(&mut desk);
        for button in find(&page, |node| node.tag == "button" && !has_class(node, "proxy")) {
            assert!(button.acts.iter().any(|(on, _)| *on == On::Click), "{button:?}");
            assert!(
                attribute(button, "aria-label").is_some() || !words(button).is_empty(),
                "{button:?}"
            );
        }
        for field in find(&page, |node| matches!(node.tag, "input" | "select")) {
            assert!(!field.acts.is_empty(), "{field:?}");
        }
    }
}

#[test]
fn a_stage_begins_with_what_was_kept() {
    let mut desk = open("blank");
    press(&mut desk, Key::Char('a'));
    give(&mut desk, Act::Search, "transit");
    press(&mut desk, Key::Enter);
    let parts = desk.design().parts.len();
    click(&mut desk, Act::Stage(Stage::Worked));
    let (_, out) = settled(&mut desk);
    assert!(out.contains(&Do::Tell("stage", "worked".to_owned(), String::new())));
    click(&mut desk, Act::Stage(Stage::Empty));
    assert_eq!(desk.design().parts.len(), parts);
    click(&mut desk, Act::Again);
    assert_eq!(desk.design().parts.len(), parts - 1);
    press(&mut desk, Key::Char('a'));
    assert!(press(&mut desk, Key::Escape));
}

/// The builder in somebody else's page.
fn embedded(stage: &str) -> Desk {
    let mut desk = Desk::embedded(task::builder(file()).unwrap(), stage, "", 1_000_000);
    desk.resized((960, 600));
    desk.draw_anew();
    settled(&mut desk);
    desk
}

#[test]
fn somebody_elses_page_chooses_the_stage_and_shows_the_given_board_by_itself() {
    for (asked, shown) in [
        ("", Stage::Empty),
        ("empty", Stage::Empty),
        ("half-built", Stage::Half),
        ("worked", Stage::Worked),
        ("nonsense", Stage::Empty),
    ] {
        assert_eq!(embedded(asked).stage, shown, "{asked}");
    }
}

#[test]
fn a_stage_that_there_is_not_is_said_in_the_bar_until_one_is_chosen() {
    let says = "There is no stage called nonsense.";
    let is_said = |desk: &Desk| desk.status.as_ref().is_some_and(|(status, _)| status.starts_with(says));
    for mut desk in [open("nonsense"), embedded("nonsense")] {
        assert!(is_said(&desk));
        let shown = desk.stage;
        click(&mut desk, Act::Stage(shown));
        assert!(!is_said(&desk));
        desk.ask("nonsense");
        assert!(is_said(&desk) && desk.stage == shown);
        desk.ask("");
        assert!(is_said(&desk) && desk.stage == shown);
        desk.ask("half-built");
        assert!(!is_said(&desk) && desk.stage == Stage::Half);
        desk.ask("empty");
        assert!(!is_said(&desk) && desk.stage == Stage::Empty);
    }
}

#[test]
fn somebody_elses_page_is_told_as_a_quiz_tells_it() {
    let mut desk = embedded("half-built");
    click(&mut desk, Act::Primary);
    let (_, out) = settled(&mut desk);
    assert_eq!(told(&out, "graded"), ["0"]);
    assert!(
        told(&out, "check").is_empty() && told(&out, "say").is_empty(),
        "{out:?}"
    );
    click(&mut desk, Act::Stage(Stage::Worked));
    let (_, out) = settled(&mut desk);
    let item = Do::Tell("item", "week-20/segmented-hub#worked".to_owned(), String::new());
    assert!(out.contains(&item), "{out:?}");
}

#[test]
fn without_a_voice_of_the_host_the_builder_speaks_by_itself() {
    let mut desk = embedded("half-built");
    desk.dirty = Panels::ALL;
    let (tree, _) = settled(&mut desk);
    let heard = |tree: &Node, role: &str| {
        let regions = find(tree, |node| {
            attribute(node, "role") == Some(role) && has_class(node, "said")
        });
        regions.iter().map(|region| words(region)).collect::<String>()
    };
    assert_eq!(
        heard(&tree, "status"),
        "",
        "the region is there before anything is said"
    );
    let mut says = Vec::new();
    for _ in 0..2 {
        desk.now += 1000;
        click(&mut desk, Act::Primary);
        says.push(heard(&settled(&mut desk).0, "status"));
    }
    assert!(says[0].contains("5 of 8 rules hold"), "{says:?}");
    assert_ne!(says[0], says[1], "said again, it is heard again");
    let tree = settled(&mut open("half-built")).0;
    assert!(
        find(&tree, |node| attribute(node, "role") == Some("status")).is_empty(),
        "the app has its own"
    );
}

#[test]
fn in_a_low_frame_the_outline_stands_under_the_drawing_and_a_link_leads_to_all_of_it() {
    let state = r#"{"up":"https://a.example/e/week-20/x/"}"#;
    let mut desk = Desk::embedded(task::builder(file()).unwrap(), "empty", state, 1_000_000);
    desk.resized((480, 120));
    let (tree, _) = settled(&mut desk);
    assert!(!find(&tree, |node| attribute(node, "role") == Some("treegrid")).is_empty());
    let links = find(&tree, |node| node.tag == "a");
    let link = links.first().expect("a way to all of it");
    assert_eq!(
        (attribute(link, "href"), words(link).as_str()),
        (Some("https://a.example/e/week-20/x/"), "Open full size")
    );
    click(&mut desk, Act::Primary);
    assert!(told(&settled(&mut desk).1, "leave").is_empty());
    desk.resized((480, 400));
    desk.dirty = Panels::ALL;
    let (tree, _) = settled(&mut desk);
    assert!(find(&tree, |node| attribute(node, "role") == Some("treegrid")).is_empty());
    let tree = settled(&mut open("blank")).0;
    assert!(
        find(&tree, |node| node.tag == "a").is_empty(),
        "the app is the full size"
    );
}

fn key_on(desk: &mut Desk, act: Act, press: Press, at: At) -> bool {
    let down = Down {
        press: Some(press),
        is_repeat: false,
        is_hosts: false,
        at,
    };
    desk.act(act, Event::Key(down))
}

fn control(key: Key) -> Press {
    Press {
        ctrl: true,
        ..Press::new(key)
    }
}

/// What a rule's [Show] does, by the rule's number.
fn shows(page: &Node, rule: usize) -> Act {
    let rules = find(page, |node| has_class(node, "rule"));
    let shows = find(rules[rule - 1], |node| node.tag == "button" && words(node) == "Show");
    shows[0].acts[0].1.clone()
}

#[test]
fn a_finding_leads_to_the_setting_where_the_reason_lies() {
    let mut desk = open("half-built");
    click(&mut desk, Act::Primary);
    let (page, _) = settled(&mut desk);
    let Act::ShowField(item, field, says) = shows(&page, 1) else {
        panic!("it leads to no setting")
    };
    assert_eq!(
        item,
        Item::Part("hub-development".into()),
        "what comes from development is looked up there"
    );
    assert_eq!(field, FieldId::Attr(Attr::Entries));
    click(&mut desk, Act::ShowField(item, field, says.clone()));
    let (page, out) = settled(&mut desk);
    let focus = out.iter().rev().find_map(|one| match one {
        Do::Focus(selector) => Some(selector.as_ref()),
        _ => None,
    });
    assert_eq!(focus, Some(".inspector [data-field='entries'] :is(input, select)"));
    let reasons = find(&page, |node| has_class(node, "reason"));
    assert_eq!(words(reasons[0]), says, "the reason stands beside the setting");
    let open = find(&page, |node| has_class(node, "inspector"));
    assert_eq!(attribute(open[0], "data-open"), Some("true"));
    click(&mut desk, Act::Show(Item::Part("hub-shared".into())));
    let (page, _) = settled(&mut desk);
    assert!(find(&page, |node| has_class(node, "reason")).is_empty());
}

#[test]
fn the_table_of_flows_says_what_must_not_arrive() {
    let mut desk = open("half-built");
    let page = whole(&mut desk);
    let cells = |page: &Node, is: &str| find(page, |node| attribute(node, "data-flow") == Some(is)).len();
    assert_eq!(cells(&page, "forbidden"), 2, "production and development, both ways");
    assert_eq!(cells(&page, "apart"), 0);
    let mut desk = open("worked");
    let page = whole(&mut desk);
    assert_eq!((cells(&page, "forbidden"), cells(&page, "apart")), (0, 2));
    let free = find(&page, |node| attribute(node, "data-flow") == Some("free"));
    assert!(free.iter().all(|cell| words(cell).contains("not asked for")));
    // Inside one segment the answer of some comes to the other zone's firewall: said hop by hop.
    click(&mut desk, Act::Cell(0, 0));
    let page = whole(&mut desk);
    let ways = find(&page, |node| has_class(node, "flow-ways"));
    let says = words(ways[0]);
    assert!(
        says.contains("did not see this flow begin, so it drops the answer"),
        "{says}"
    );
    assert!(says.contains("Without appliance mode"), "{says}");
}

#[test]
fn escape_leads_from_a_setting_back_to_where_one_came_from() {
    let mut desk = open("half-built");
    click(&mut desk, Act::Show(Item::Part("dublin-vpn".into())));
    settled(&mut desk);
    press(&mut desk, Key::Char('i'));
    settled(&mut desk);
    for (view, back) in [(View::Canvas, PROXY), (View::Outline, STOP)] {
        click(&mut desk, Act::View(view));
        settled(&mut desk);
        for at in [At::Text, At::List, At::Other] {
            assert!(key_on(&mut desk, Act::SettingsKey, Press::new(Key::Escape), at));
            let (_, out) = settled(&mut desk);
            assert!(out.contains(&Do::Focus(back.into())), "{out:?}");
        }
    }
}

#[test]
fn undo_works_in_lists_and_boxes_and_leaves_fields_of_text_alone() {
    let mut desk = open("half-built");
    click(&mut desk, Act::Show(Item::Link("inspection-hub".into())));
    settled(&mut desk);
    let before = desk.design().clone();
    let appliance = FieldId::Attr(Attr::Appliance);
    desk.act(
        Act::Field(appliance, Part::Toggle),
        Event::Given {
            value: String::new(),
            is_on: true,
        },
    );
    assert_ne!(*desk.design(), before);
    let undo = control(Key::Char('z'));
    assert!(
        !key_on(&mut desk, Act::SettingsKey, undo, At::Text),
        "the field has its own"
    );
    assert_ne!(*desk.design(), before);
    assert!(key_on(&mut desk, Act::SettingsKey, undo, At::Other));
    assert_eq!(*desk.design(), before);
    assert!(key_on(&mut desk, Act::DeskKey, control(Key::Char('y')), At::List));
    assert_ne!(*desk.design(), before);
    assert!(
        !key_on(&mut desk, Act::DeskKey, Press::new(Key::Char('a')), At::Button),
        "no other key does anything"
    );
}

#[test]
fn the_list_of_keys_is_one_key_away() {
    let mut desk = open("half-built");
    for (act, at) in [(Act::CanvasKey, At::Other), (Act::DeskKey, At::Button)] {
        assert!(key_on(&mut desk, act, Press::new(Key::Char('?')), at));
        assert!(settled(&mut desk).1.contains(&Do::Keys(true)));
    }
    for at in [At::Text, At::List] {
        assert!(!key_on(&mut desk, Act::DeskKey, Press::new(Key::Char('?')), at));
    }
    let page = whole(&mut desk);
    let list = find(&page, |node| node.tag == "dialog");
    for record in Action::ALL {
        assert!(!record.keys.is_empty(), "{} has no key", record.name);
        assert!(words(list[0]).contains(record.name));
    }
}

#[test]
fn without_a_hint_left_it_says_what_is_so() {
    let exercise = task::builder(file()).unwrap();
    let design = sandtable_architecture::design::export(&exercise.worked);
    let draft =
        serde_json::json!({"items": {"week-20/segmented-hub#blank": {"draft": {"design": design}}}, "stage": "blank"});
    let mut desk = Desk::open(exercise, State::read(&draft.to_string()), 1_000_000);
    click(&mut desk, Act::Hint);
    let (page, out) = settled(&mut desk);
    let says = "No hint is needed: all 8 rules hold on this board.";
    assert_eq!(told(&out, "say"), [says]);
    assert_eq!(words(find(&page, |node| has_class(node, "bar-note"))[0]), says);
    click(&mut desk, Act::Again);
    let (page, _) = settled(&mut desk);
    assert!(
        find(&page, |node| has_class(node, "bar-note")).is_empty(),
        "it is about another board now"
    );
}

#[test]
fn each_stage_says_what_is_so_on_its_board() {
    let mut desk = open("worked");
    let page = whole(&mut desk);
    let asked = |page: &Node| find(page, |node| has_class(node, "asked"))[0].html.clone();
    assert!(!asked(&page).contains("yours"), "{}", asked(&page));
    let briefs = find(&page, |node| has_class(node, "brief"));
    assert_eq!(attribute(briefs[0], "open"), None, "the board is what one comes for");
    assert!(
        !desk.exercise.brief.contains("yours"),
        "the case is true on every board"
    );
    click(&mut desk, Act::Stage(Stage::Empty));
    let page = whole(&mut desk);
    assert!(asked(&page).contains("empty and yours"));
}

#[test]
fn a_part_that_was_placed_has_the_focus_wherever_the_gesture_began() {
    let mut desk = open("blank");
    click(&mut desk, Act::Show(Item::Part("network-region".into())));
    settled(&mut desk);
    let region = desk.proxy_rect().unwrap();
    let (x, y) = (region.x + region.w / 2, region.y + 12);
    let parts = desk.design().parts.len();
    let at = |x: i32, y: i32, buttons: u16| Pull {
        pointer: pointer(x, y, buttons),
        x,
        y,
        may_drag: true,
    };
    for (phase, x, y, buttons) in [
        (Phase::Down, x - 60, y, 1),
        (Phase::Move, x - 20, y, 1),
        (Phase::Move, x, y, 1),
        (Phase::Up, x, y, 0),
    ] {
        desk.act(Act::Pull(Kind::Transit), Event::Pointer(phase, at(x, y, buttons)));
    }
    assert_eq!(desk.design().parts.len(), parts + 1);
    let (_, out) = settled(&mut desk);
    assert_eq!(
        out.iter().rev().find(|one| matches!(one, Do::Focus(_))),
        Some(&Do::Focus(PROXY.into()))
    );
}

#[test]
fn what_is_given_is_not_offered_to_be_moved() {
    let mut desk = open("blank");
    click(&mut desk, Act::Show(Item::Part("records".into())));
    let (page, _) = settled(&mut desk);
    let buttons = |page: &Node| {
        let panel = find(page, |node| has_class(node, "inspector-buttons"));
        panel.iter().map(|panel| words(panel)).collect::<String>()
    };
    assert_eq!(buttons(&page), "");
    click(&mut desk, Act::Show(Item::Part("records-main".into())));
    let (page, _) = settled(&mut desk);
    assert_eq!(buttons(&page), "Move intoDelete");
}

#[test]
fn a_design_is_saved_as_a_file_and_opened_again_and_undo_takes_it_back() {
    let mut desk = open("half-built");
    let before = desk.design().clone();
    click(&mut desk, Act::SaveFile);
    let (_, out) = settled(&mut desk);
    let saved = out.iter().find_map(|one| match one {
        Do::Save(name, text) => Some((name.clone(), text.clone())),
        _ => None,
    });
    let (name, text) = saved.unwrap();
    assert_eq!(name, "segmented-hub.half-built.design.json");
    desk.saved(&name, true);
    assert_eq!(
        told(&settled(&mut desk).1, "say"),
        ["segmented-hub.half-built.design.json is saved."]
    );
    desk.saved(&name, false);
    assert!(told(&settled(&mut desk).1, "warn")[0].starts_with("No file can be saved from here."));
    let mut other = open("blank");
    let given = other.design().clone();
    other.open_file(Some(&text));
    assert_eq!(*other.design(), before);
    assert_eq!(told(&settled(&mut other).1, "change").len(), 1, "it is kept");
    click(&mut other, Act::Start(Action::Undo));
    assert_eq!(other.design().parts, given.parts);
    for bad in [None, Some("no design"), Some("{}")] {
        other.open_file(bad);
        let page = whole(&mut other);
        assert_eq!(other.design().parts, given.parts, "nothing is lost");
        assert!(!words(find(&page, |node| has_class(node, "bar-note"))[0]).is_empty());
    }
}

/// Where the focus goes: what is asked last counts.
fn leads(out: &[Do]) -> Option<String> {
    out.iter().rev().find_map(|one| match one {
        Do::Focus(selector) => Some(selector.to_string()),
        _ => None,
    })
}

fn row_of(id: &str) -> Place {
    let under = match id {
        "dublin-vpn" => "network-region",
        _ => "hub",
    };
    Place {
        item: Item::Part(id.into()),
        under: Some(under.into()),
    }
}

#[test]
fn the_actions_of_a_row_are_read_before_one_is_done() {
    let mut desk = open("half-built");
    click(&mut desk, Act::View(View::Outline));
    click(&mut desk, Act::Row(row_of("dublin-vpn")));
    let (page, _) = settled(&mut desk);
    let stops = |page: &Node| {
        let outline = find(page, |node| attribute(node, "role") == Some("treegrid"));
        let stops = find(outline[0], |node| attribute(node, "tabindex") == Some("0"));
        stops.iter().map(|node| words(node)).collect::<Vec<_>>()
    };
    assert_eq!(stops(&page).len(), 2, "the row, and the button of its menu");
    // Tab comes to the button and goes on: the row stays the stop.
    assert!(!key_on(&mut desk, Act::OutlineKey, Press::new(Key::Tab), At::Button));
    assert_eq!(stops(&whole(&mut desk)).len(), 2);
    let buttons = find(&page, |node| attribute(node, "aria-haspopup") == Some("menu"));
    assert!(
        buttons
            .iter()
            .all(|node| attribute(node, "aria-expanded") == Some("false"))
    );
    assert!(find(&page, |node| node.tag == "select" && has_class(node, "row-menu")).is_empty());

    let before = desk.design().clone();
    click(&mut desk, Act::Menu(row_of("dublin-vpn")));
    let (page, out) = settled(&mut desk);
    assert_eq!(leads(&out).as_deref(), Some(STOP));
    assert_eq!(stops(&page), ["Settings"], "the first line of the menu");
    let lines = find(&page, |node| attribute(node, "role") == Some("menuitem"));
    let names: Vec<String> = lines.iter().map(|line| words(line)).collect();
    assert_eq!(
        names,
        ["Settings", "Rename", "Move into", "Link to", "Add a part", "Delete"]
    );
    for name in ["Rename", "Move into", "Link to", "Add a part", "Delete", "Settings"] {
        assert!(key_on(&mut desk, Act::OutlineKey, Press::new(Key::Down), At::Button));
        assert_eq!(stops(&settled(&mut desk).0), [name]);
    }
    assert_eq!(*desk.design(), before, "nothing is done by reading");
    assert_eq!(*desk.editor.mode(), Mode::Idle);
    assert!(key_on(&mut desk, Act::OutlineKey, Press::new(Key::Escape), At::Button));
    let (page, out) = settled(&mut desk);
    assert_eq!(stops(&page), ["Actions"], "back at the button");
    assert_eq!(leads(&out).as_deref(), Some(STOP));
    // Left of the button is the last cell.
    assert!(key_on(&mut desk, Act::OutlineKey, Press::new(Key::Left), At::Button));
    settled(&mut desk);

    click(&mut desk, Act::Menu(row_of("dublin-vpn")));
    desk.act(Act::LeaveMenu, Event::Left);
    let (page, _) = settled(&mut desk);
    assert!(find(&page, |node| attribute(node, "role") == Some("menu")).is_empty());

    click(&mut desk, Act::Menu(row_of("dublin-vpn")));
    click(&mut desk, Act::MenuLine(5));
    assert!(!desk.design().parts.contains_key("dublin-vpn"));
    let (_, out) = settled(&mut desk);
    assert_eq!(leads(&out).as_deref(), Some(STOP), "the row after it");
}

#[test]
fn what_is_added_from_the_outline_has_its_row_there() {
    let mut desk = open("half-built");
    click(&mut desk, Act::View(View::Outline));
    click(&mut desk, Act::Row(row_of("hub-production")));
    settled(&mut desk);
    let add = |desk: &mut Desk| {
        let (page, out) = settled(desk);
        assert_eq!(leads(&out).as_deref(), Some(".search input"));
        assert_eq!(attribute(&page, "data-board"), Some("outline"), "the rows stay");
        let parts: Vec<PartId> = desk.design().parts.keys().cloned().collect();
        press(desk, Key::Enter);
        let new = desk.design().parts.keys().find(|id| !parts.contains(id)).cloned();
        let new = new.expect("a new part");
        let (page, out) = settled(desk);
        assert_eq!(leads(&out).as_deref(), Some(STOP));
        assert_eq!(attribute(&page, "data-view"), Some("outline"));
        let name = desk.name(&Item::Part(new));
        let current = find(&page, |node| {
            node.tag == "tr" && attribute(node, "tabindex") == Some("0")
        });
        assert!(words(current[0]).contains(&name), "{name}: {}", words(current[0]));
    };
    let press_add = |desk: &mut Desk| {
        let key = Press::new(Key::Char('a'));
        assert!(key_on(desk, Act::OutlineKey, key, At::Other));
    };
    // By its menu, by the key, and by the palette beside it, with a key and with a pointer.
    click(&mut desk, Act::Menu(row_of("hub-production")));
    click(&mut desk, Act::MenuLine(4));
    give(&mut desk, Act::Search, "route table");
    add(&mut desk);
    press_add(&mut desk);
    give(&mut desk, Act::Search, "subnet");
    add(&mut desk);
    for is_pointer in [false, true] {
        desk.act(Act::Add(Kind::Subnet), Event::Click { is_pointer });
        add(&mut desk);
    }
    // What is not placed leads back to where one was.
    press_add(&mut desk);
    settled(&mut desk);
    press(&mut desk, Key::Escape);
    assert_eq!(leads(&settled(&mut desk).1).as_deref(), Some(STOP));
}

#[test]
fn show_leads_to_the_row_whatever_hides_it() {
    let mut desk = open("half-built");
    click(&mut desk, Act::View(View::Outline));
    desk.outline.closed.insert("network".into());
    give(&mut desk, Act::FindRow, "Records dev");
    settled(&mut desk);
    click(&mut desk, Act::Show(Item::Part("hub-production".into())));
    let (page, out) = settled(&mut desk);
    let current = find(&page, |node| {
        node.tag == "tr" && attribute(node, "tabindex") == Some("0")
    });
    assert!(words(current[0]).contains("To production"), "{}", words(current[0]));
    assert_eq!(attribute(current[0], "aria-selected"), Some("true"));
    let field = find(&page, |node| {
        attribute(node, "aria-label") == Some("Find in the outline")
    });
    assert_eq!(field[0].value.as_deref(), Some(""), "the filter that hid it is gone");
    assert_eq!(leads(&out).as_deref(), Some(STOP));
    // A setting has the focus, and the row is looked at all the same.
    click(&mut desk, Act::Primary);
    let (page, _) = settled(&mut desk);
    click(&mut desk, shows(&page, 1));
    let (page, out) = settled(&mut desk);
    assert!(
        out.contains(&Do::Reveal(".outline [aria-selected]".into(), false)),
        "{out:?}"
    );
    let current = find(&page, |node| {
        node.tag == "tr" && attribute(node, "tabindex") == Some("0")
    });
    assert!(words(current[0]).contains("To development"), "{}", words(current[0]));
}

#[test]
fn starting_again_says_so_and_takes_the_findings_with_it() {
    let mut desk = open("half-built");
    click(&mut desk, Act::Primary);
    click(&mut desk, Act::Show(Item::Part("hub-production".into())));
    give(&mut desk, Act::NewPrefix, "10.32.0.0/12");
    settled(&mut desk);
    click(&mut desk, Act::Again);
    let (page, out) = settled(&mut desk);
    assert_eq!(told(&out, "say"), ["Started again: the board is as it was at first."]);
    assert!(find(&page, |node| has_class(node, "findings")).is_empty());
    let status = words(find(&page, |node| has_class(node, "status"))[0]);
    assert_eq!(status.trim(), "8 rules, not checked yet.");
    assert_eq!(desk.editor.undo_name(), None, "there was nothing to take back");
    assert_eq!(desk.typed().prefix, "");
    press(&mut desk, Key::Delete);
    settled(&mut desk);
    click(&mut desk, Act::Again);
    assert_eq!(desk.editor.undo_name(), Some("start again"));
}

#[test]
fn a_route_that_was_typed_is_added_by_enter() {
    let mut desk = open("half-built");
    click(&mut desk, Act::Show(Item::Part("hub-production".into())));
    let (page, _) = settled(&mut desk);
    let targets = find(&page, |node| {
        attribute(node, "aria-label") == Some("Target of a new route")
    });
    assert_eq!(
        targets[0].value.as_deref(),
        Some(""),
        "nothing is chosen before it is chosen"
    );
    assert_eq!(words(&targets[0].children[0]), "Choose a target");
    let routes = FieldId::Attr(Attr::Entries);
    let enter = |desk: &mut Desk| key_on(desk, Act::NewRouteKey(routes), Press::new(Key::Enter), At::Text);
    give(&mut desk, Act::NewPrefix, "10.32.0.0/12");
    assert!(enter(&mut desk));
    let (page, out) = settled(&mut desk);
    assert_eq!(told(&out, "warn"), ["Choose a target: where the route leads."]);
    assert_eq!(find(&page, |node| has_class(node, "refusal")).len(), 1);
    assert_eq!(leads(&out).as_deref(), Some(".inspector .add-route select"));
    give(&mut desk, Act::NewTarget, DROP);
    assert!(enter(&mut desk));
    let (_, out) = settled(&mut desk);
    assert_eq!(told(&out, "change").len(), 1);
    assert_eq!(leads(&out).as_deref(), Some(".inspector .add-route input"));
    assert_eq!((desk.typed().prefix, desk.typed().target), Default::default());
    assert!(
        key_on(&mut desk, Act::NewRouteKey(routes), Press::new(Key::Escape), At::Text),
        "Escape leads back, as from every field"
    );
}

#[test]
fn a_check_adds_what_was_typed_and_says_what_it_could_not() {
    let mut desk = open("half-built");
    for (table, prefix, target) in [
        ("hub-production", "10.32.0.0/12", DROP),
        ("hub-development", "10.16.0.0/12", ""),
    ] {
        click(&mut desk, Act::Show(Item::Part(table.into())));
        settled(&mut desk);
        give(&mut desk, Act::NewPrefix, prefix);
        give(&mut desk, Act::NewTarget, target);
    }
    settled(&mut desk);
    click(&mut desk, Act::Primary);
    let (page, out) = settled(&mut desk);
    let tells = |what: &str| {
        out.iter()
            .position(|one| matches!(one, Do::Tell(of, ..) if *of == what))
    };
    assert!(
        tells("change") < tells("check"),
        "what was typed is checked with the rest"
    );
    let note = "The route 10.16.0.0/12 that was typed at To development is not added. \
                Choose a target: where the route leads.";
    assert_eq!(words(find(&page, |node| has_class(node, "bar-note"))[0]), note);
    let says = told(&out, "say").pop().unwrap_or_default();
    assert!(says.contains("of 8 rules hold") && says.ends_with(note), "{says}");
    assert_eq!(desk.typed().prefix, "10.16.0.0/12", "it stays where it was typed");
    give(&mut desk, Act::NewTarget, DROP);
    desk.now += 1000;
    click(&mut desk, Act::Primary);
    let (page, _) = settled(&mut desk);
    assert!(find(&page, |node| has_class(node, "bar-note")).is_empty());
    assert!(words(find(&page, |node| has_class(node, "status"))[0]).contains("6 of 8 rules hold"));
}

#[test]
fn a_table_whose_routes_can_lead_nowhere_yet_says_so() {
    let mut desk = open("blank");
    click(&mut desk, Act::Show(Item::Part("booking-main".into())));
    let (page, _) = settled(&mut desk);
    let form = words(find(&page, |node| has_class(node, "add-route"))[0]);
    assert!(
        form.contains("There is nothing yet that a route could lead to"),
        "{form}"
    );
}

#[test]
fn a_check_has_a_way_to_what_it_found() {
    let mut desk = open("half-built");
    let link = |page: &Node| find(page, |node| has_class(node, "findings-link")).len();
    assert_eq!(link(&whole(&mut desk)), 0);
    click(&mut desk, Act::View(View::Outline));
    click(&mut desk, Act::Primary);
    let (page, out) = settled(&mut desk);
    assert_eq!((link(&page), leads(&out)), (1, None), "nobody is moved who did not ask");
    click(&mut desk, Act::Findings);
    let (page, out) = settled(&mut desk);
    let rule = ".rules > :nth-child(1) > .rule-say";
    assert_eq!(leads(&out).as_deref(), Some(rule));
    assert!(out.contains(&Do::Reveal(rule.into(), true)), "to the top: {out:?}");
    assert_eq!(
        attribute(&page, "data-view"),
        Some("rules"),
        "on a phone it is a panel of its own"
    );
    assert_eq!(
        attribute(&page, "data-board"),
        Some("outline"),
        "beside it the board stays"
    );
    let rules = find(&page, |node| has_class(node, "rule-say"));
    assert!(rules.iter().all(|rule| attribute(rule, "tabindex") == Some("-1")));
    let mut desk = open("worked");
    assert_eq!(link(&whole(&mut desk)), 0);
}

#[test]
fn the_first_check_of_an_empty_board_begins_with_what_can_be_mended() {
    let mut desk = open("blank");
    click(&mut desk, Act::Primary);
    let (page, _) = settled(&mut desk);
    let rules = find(&page, |node| has_class(node, "rule"));
    assert_eq!(attribute(rules[0], "data-outcome"), Some("not-reached"));
    let named = find(rules[0], |node| node.tag == "button" && words(node) == "Show");
    assert!(named.is_empty(), "no table in which the wrong row would be written");
    let status = words(find(&page, |node| has_class(node, "status"))[0]);
    assert!(status.ends_with("Score is 0 until rule 2 holds."), "{status}");
    click(&mut desk, Act::Findings);
    assert_eq!(
        leads(&settled(&mut desk).1).as_deref(),
        Some(".rules > :nth-child(2) > .rule-say")
    );
}

#[test]
fn a_refusal_is_not_said_any_more_once_something_else_is() {
    let mut desk = embedded("half-built");
    let heard = |desk: &mut Desk, role: &str| {
        let tree = whole(desk);
        let regions = find(&tree, |node| {
            attribute(node, "role") == Some(role) && has_class(node, "said")
        });
        regions.iter().map(|region| words(region)).collect::<String>()
    };
    desk.open_file(Some("no design"));
    let why = heard(&mut desk, "alert");
    assert!(why.starts_with("This file is not JSON"), "{why}");
    desk.open_file(Some("no design"));
    assert_ne!(heard(&mut desk, "alert"), why, "said again, it is heard again");
    click(&mut desk, Act::Break);
    assert_eq!(heard(&mut desk, "alert"), "");
    assert!(heard(&mut desk, "status").contains("broken"));
}

#[test]
fn the_way_of_a_flow_is_brought_into_view_when_it_is_opened() {
    let mut desk = open("half-built");
    click(&mut desk, Act::Cell(0, 1));
    let (_, out) = settled(&mut desk);
    assert!(out.iter().any(|one| matches!(one, Do::Reveal(..))), "{out:?}");
    click(&mut desk, Act::Cell(0, 1));
    let (_, out) = settled(&mut desk);
    assert!(!out.iter().any(|one| matches!(one, Do::Reveal(..))), "{out:?}");
}

#[test]
fn what_a_gesture_says_is_true_for_a_finger_too() {
    let mut desk = open("half-built");
    for act in [Act::Add(Kind::Subnet), Act::Begin(Gesture::Connect)] {
        click(&mut desk, act);
        let (says, _) = desk.status.clone().unwrap_or_default();
        assert!(says.to_lowercase().contains("choose"), "{says}");
        assert!(!says.contains("lick") && !says.contains("Escape"), "{says}");
        click(&mut desk, Act::Cancel);
    }
}
