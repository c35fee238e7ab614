use crate::sorted::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::Index;

use super::boards;
use crate::design::{
    Attr, Cell, Design, Kind, LinkId, Part, PartId, RoleId, Route, Shape, Size, Value, Via, violations,
};
use crate::editor::{Change, Command, Editor, Hands, Item, Key, Limits, Mode, Outline, Press, apply, rehearse, step};

/// Numbers from which a command for whatever stands on the board is made.
type Dice = (u8, Index, Index, Index, i32, i32);

fn dice() -> impl Strategy<Value = Dice> {
    let cell = || prop_oneof![4 => -20..120i32, 1 => any::<i32>()];
    (0..24u8, any::<Index>(), any::<Index>(), any::<Index>(), cell(), cell())
}

/// A command, sensible or not.
fn command(design: &Design, (what, a, b, c, x, y): &Dice) -> Command {
    let mut parts: Vec<PartId> = design.parts.keys().cloned().collect();
    parts.push("nobody".into());
    let mut links: Vec<LinkId> = design.links.keys().cloned().collect();
    links.push("nothing".into());
    let part = |die: &Index| die.get(&parts).clone();
    let item = |die: &Index, is_link: bool| match is_link {
        true => Item::Link(die.get(&links).clone()),
        false => Item::Part(part(die)),
    };
    let parent = |die: &Index| Some(part(die)).filter(|_| die.index(12) > 0);
    let at = Cell::new(*x, *y);
    match what {
        0..=4 => Command::Place {
            kind: *a.get(&Kind::ALL),
            parent: parent(b),
            at,
        },
        5 => Command::Remove(vec![item(a, false)]),
        6 => Command::Remove(vec![item(a, true), item(b, false), item(c, false)]),
        7..=9 => Command::Move {
            parts: vec![part(a)],
            parent: parent(b),
            at,
        },
        10 => Command::Move {
            parts: vec![part(a), part(c)],
            parent: parent(b),
            at,
        },
        // Beside where it is.
        11 | 12 => Command::Move {
            parent: design.parts.get(&part(a)).and_then(|part| part.parent.clone()),
            parts: vec![part(a)],
            at,
        },
        13 => Command::Resize {
            part: part(a),
            at,
            size: Size { w: *y, h: *x },
        },
        14..=16 => Command::Connect {
            from: part(a),
            to: part(b),
        },
        17..=20 => {
            let of = item(a, what % 2 == 0);
            let attr = *c.get(&Attr::ALL);
            Command::SetAttr {
                value: (b.index(8) > 0).then(|| value(attr, b, &parts)),
                of,
                attr,
            }
        }
        21 => Command::Rename {
            part: part(a),
            name: format!("Name {x}\n"),
        },
        22 => Command::SetRole {
            part: part(a),
            role: (b.index(2) > 0).then(|| RoleId::from("inspector")),
        },
        _ => match a.index(4) {
            0 => Command::Load(Box::new(boards::given())),
            _ => Command::Tidy,
        },
    }
}

fn value(attr: Attr, die: &Index, parts: &[PartId]) -> Value {
    let some = |number: usize| {
        let from = die.index(parts.len());
        parts.iter().cycle().skip(from).step_by(2).take(number).cloned()
    };
    let net = || boards::cidr(["10.1.0.0/16", "10.1.7.9/24", "fd00::/56", "0.0.0.0/0"][die.index(4)]);
    match attr.shape() {
        Shape::Bool => Value::Bool(die.index(2) > 0),
        Shape::Text => Value::Text("  a domain\t".to_owned()),
        Shape::Cidr => net(),
        Shape::Part => Value::Part(die.get(parts).clone()),
        Shape::Parts => Value::Parts(some(die.index(3)).collect()),
        Shape::Routes => {
            let Value::Cidr(prefix) = net() else { unreachable!() };
            let via = some(die.index(3)).map(Via::Part).chain([Via::Drop]);
            Value::Routes(via.map(|via| Route { prefix, via }).collect())
        }
    }
}

/// The design without the number of the next id, which no undo takes back.
fn still(design: &Design) -> Design {
    Design {
        next: 0,
        ..design.clone()
    }
}

/// What is given, as it has to stay.
fn given(design: &Design) -> BTreeMap<PartId, Part> {
    let mut locked = design.parts.clone();
    locked.retain(|_, part| part.locked);
    for part in locked.values_mut() {
        (part.at, part.size) = (Cell::default(), None);
    }
    locked
}

fn board() -> impl Strategy<Value = Design> {
    prop_oneof![Just(Design::default()), Just(boards::given()), Just(boards::target())]
}

fn key() -> impl Strategy<Value = Press> {
    let keys = [
        Key::Left,
        Key::Right,
        Key::Up,
        Key::Down,
        Key::Home,
        Key::End,
        Key::Enter,
        Key::Enter,
        Key::Escape,
        Key::Tab,
        Key::Backspace,
        Key::Delete,
        Key::F2,
    ];
    let letters = "aaaammmccczy][\\s 2xio?+-0fv".chars().map(Key::Char);
    let all: Vec<Key> = keys.into_iter().chain(letters).collect();
    (
        prop::sample::select(all),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(key, shift, ctrl)| Press { key, shift, ctrl })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, max_shrink_iters: 4000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_done_can_be_undone_and_done_again(start in board(), dice in prop::collection::vec(dice(), 1..40)) {
        let limits = boards::limits();
        let mut design = start.clone();
        let mut ever: BTreeSet<String> = names(&start);
        for dice in &dice {
            let command = command(&design, dice);
            let before = design.clone();
            match apply(&mut design, &command, &limits) {
                Err(reason) => {
                    prop_assert_eq!(&before, &design, "a refusal changes nothing");
                    prop_assert!(reason.0.ends_with('.') && !reason.0.contains("  "), "{}", reason);
                }
                Ok(change) => {
                    prop_assert_eq!(violations(&design), Vec::<String>::new(), "{:?}", command);
                    let kept = given(&design);
                    prop_assert!(given(&before).iter().all(|(id, part)| kept.get(id) == Some(part)), "{:?}", command);
                    prop_assert!(design.next >= before.next);
                    let (mut back, mut forth) = (design.clone(), before.clone());
                    change.undo(&mut back);
                    prop_assert_eq!(still(&back), still(&before), "{:?}", command);
                    change.redo(&mut forth);
                    prop_assert_eq!(still(&forth), still(&design), "{:?}", command);
                    if !matches!(command, Command::Load(_)) {
                        for new in names(&design).difference(&names(&before)) {
                            prop_assert!(ever.insert(new.clone()), "{} was an id before", new);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn an_editor_goes_all_the_way_back_and_forth(start in board(), dice in prop::collection::vec(dice(), 1..50),
        bursts in prop::collection::vec(0..4u8, 50)) {
        let mut editor = Editor::open(start, boards::limits());
        let begun = still(editor.design());
        let mut ever = names(&begun);
        for (dice, burst) in dice.iter().zip(bursts) {
            match burst {
                0 => editor.begin_burst(),
                1 => editor.end_burst(),
                _ => {}
            }
            let command = command(editor.design(), dice);
            let is_load = matches!(command, Command::Load(_));
            let before = names(editor.design());
            if let Ok(done) = editor.run(command) {
                prop_assert!(done.said.ends_with('.'), "{}", done.said);
                for new in names(editor.design()).difference(&before).filter(|_| !is_load) {
                    prop_assert!(ever.insert(new.clone()), "{} was an id before", new);
                }
            }
            if burst == 3 && dice.4 % 3 == 0 {
                let before = still(editor.design());
                if editor.undo().is_some() {
                    editor.redo();
                    prop_assert_eq!(still(editor.design()), before);
                    editor.undo();
                }
            }
            prop_assert_eq!(violations(editor.design()), Vec::<String>::new());
        }
        let end = still(editor.design());
        while editor.undo().is_some() {
            prop_assert_eq!(violations(editor.design()), Vec::<String>::new());
        }
        prop_assert_eq!(still(editor.design()), begun);
        // What was taken back on the way is done again as well, so one may end further on than one stood.
        let mut was_there = still(editor.design()) == end;
        while editor.redo().is_some() {
            was_there |= still(editor.design()) == end;
        }
        prop_assert!(was_there);
    }

    #[test]
    fn two_changes_in_a_row_are_one(start in board(), first in dice(), second in dice()) {
        let limits = boards::limits();
        let mut design = start.clone();
        let one = apply(&mut design, &command(&start, &first), &limits).unwrap_or_default();
        let next = command(&design, &second);
        let other = apply(&mut design, &next, &limits).unwrap_or_default();
        let mut begun = design.clone();
        other.undo(&mut begun);
        one.undo(&mut begun);
        let both = Change::between(&begun, &design);
        let mut back = design.clone();
        both.undo(&mut back);
        prop_assert_eq!(still(&back), still(&start));
        prop_assert_eq!(both.is_empty(), still(&start) == still(&design));
        both.redo(&mut back);
        prop_assert_eq!(still(&back), still(&design));
    }

    #[test]
    fn no_keys_break_a_design(start in board(), keys in prop::collection::vec((key(), any::<bool>()), 1..120)) {
        let mut editor = Editor::open(start, boards::limits());
        let kept = given(editor.design());
        let mut outline = Outline::default();
        let none = BTreeMap::new();
        for (press, in_outline) in keys {
            let before = (editor.mode().clone(), editor.design().clone());
            let effects = match in_outline {
                true => outline.step(&mut editor, &none, press),
                false => step(&mut editor, press),
            };
            prop_assert_eq!(violations(editor.design()), Vec::<String>::new(), "{:?}", press);
            prop_assert_eq!(&kept, &given(editor.design()));
            if before.0 != Mode::Idle {
                prop_assert!(!effects.is_empty(), "{:?} is taken while something goes on", press);
                if press.key == Key::Escape {
                    prop_assert_eq!(editor.mode(), &Mode::Idle);
                    prop_assert_eq!(&before.1, editor.design());
                }
            }
            if let Some(focus) = editor.focus() {
                prop_assert!(!crate::editor::proxy(editor.design(), focus, "").is_empty());
            }
            let rows = outline.rows(editor.design(), &none);
            prop_assert!(rows.iter().all(|row| row.posinset <= row.setsize && !row.name.is_empty()));
        }
    }

    #[test]
    fn every_part_can_be_reached_by_arrows(dice in prop::collection::vec(dice(), 0..30)) {
        let mut design = boards::given();
        for dice in &dice {
            let command = command(&design, dice);
            let _ = apply(&mut design, &command, &Limits::free());
        }
        let mut probe = Editor::open(design.clone(), Limits::free());
        step(&mut probe, Press::new(Key::Right));
        let mut reached: BTreeSet<Item> = probe.focus().cloned().into_iter().collect();
        let mut open: Vec<Item> = reached.iter().cloned().collect();
        while let Some(here) = open.pop() {
            for key in [Key::Left, Key::Right, Key::Up, Key::Down, Key::Home, Key::End, Key::Enter, Key::Backspace] {
                probe.set_focus(Some(here.clone()));
                step(&mut probe, Press::new(key));
                open.extend(probe.focus().filter(|next| reached.insert((*next).clone())).cloned());
            }
        }
        for id in design.parts.keys() {
            prop_assert!(reached.contains(&Item::Part(id.clone())), "{} is out of reach", id);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_commands_make_keys_make_too(dice in prop::collection::vec(dice(), 1..60)) {
        let mut target = boards::given();
        for dice in &dice {
            let command = command(&target, dice);
            let _ = apply(&mut target, &command, &boards::limits());
        }
        for hands in [Hands::Canvas, Hands::Outline] {
            let built = rehearse(&boards::given(), &target, &boards::limits(), hands);
            prop_assert!(built.is_ok(), "{:?}: {}", hands, built.unwrap_err());
        }
    }
}

fn names(design: &Design) -> BTreeSet<String> {
    let parts = design.parts.keys().map(PartId::to_string);
    parts.chain(design.links.keys().map(LinkId::to_string)).collect()
}
