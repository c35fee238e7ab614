use super::boards;
use super::script::{play, play_empty, play_whole};
use crate::design::{Attr, Cell, Design, Kind, PartId, Size};
use crate::editor::{Command, Control, Editor, FieldId, Item, Limits, fields};

#[test]
fn a_part_is_placed_named_and_taken_back_with_its_id() {
    let script = play(
        "place firewall in app-a; expect parent Firewall app-a; expect said \"Firewall added to App a.\"
         expect focus Firewall; expect undo \"add Firewall\"; expect part p0
         place firewall in app-a; expect part p1; expect part \"Firewall 2\"
         undo; expect no part p1; expect redo \"add Firewall 2\"; redo; expect part p1; undo
         place firewall in app-a; expect no part p1; expect part p2; expect no redo",
    );
    assert_eq!(script.editor.design().next, 3);
}

#[test]
fn a_wrong_place_is_refused_with_a_reason() {
    play(
        "place subnet in region; expect refused \"A subnet cannot sit inside a region. Put it in an availability zone.\"
         place firewall in ground; expect refused; place firewall in nowhere; expect refused; expect no undo",
    );
}

#[test]
fn a_kind_that_the_exercise_lacks_is_refused() {
    let limits = Limits {
        palette: vec![Kind::Subnet],
        ..Limits::default()
    };
    let mut editor = Editor::open(boards::given(), limits);
    let place = |kind, parent: &str| Command::Place {
        kind,
        parent: Some(parent.into()),
        at: Cell::default(),
    };
    let why = editor.run(place(Kind::Firewall, "app-a")).unwrap_err();
    assert_eq!(why.0, "Firewall is not among the parts of this exercise.");
    assert!(editor.run(place(Kind::Subnet, "web-a")).is_ok());
}

#[test]
fn a_new_subnet_gets_a_free_part_of_its_networks_prefix() {
    play(
        "place subnet in web-a; expect cidr Subnet 10.1.0.0/24
         expect said \"Subnet added to Zone a, prefix 10.1.0.0/24.\"
         place subnet in web-a; expect cidr \"Subnet 2\" 10.1.2.0/24
         place vnet in region; expect cidr VPC 10.0.0.0/16
         place vnet in region; expect cidr \"VPC 2\" 10.2.0.0/16",
    );
    play_empty(
        "place account in ground; place region in Account; place vnet in Region; fill VPC cidr
         place zone in VPC; place subnet in \"Zone a\"; expect cidr Subnet nothing
         fill VPC cidr 10.0.0.0/28; place subnet in \"Zone a\"; expect cidr \"Subnet 2\" nothing
         fill VPC cidr fd00::/56; place subnet in \"Zone a\"; expect cidr \"Subnet 3\" fd00::/64
         fill VPC cidr 10.0.0.0/24; place subnet in \"Zone a\"; expect cidr \"Subnet 4\" 10.0.0.0/28",
    );
}

#[test]
fn zones_are_called_alike_in_every_network_of_a_region() {
    play(
        "place zone in web; expect part \"Zone b\"; rename \"Zone b\" eu-central-1b
         place vnet in region; place zone in VPC; expect said \"Zone a added to VPC.\"
         place zone in VPC; expect said \"eu-central-1b added to VPC.\"",
    );
}

#[test]
fn containers_grow_around_what_they_hold() {
    let script = play(
        "place firewall in app-a; place firewall in app-a; place firewall in app-a; place subnet in web-a; place zone in web",
    );
    let before = boards::given();
    let width = |design: &Design, id: &str| design.parts.get(id).unwrap().extent();
    for id in ["app-a", "web-a", "web", "region", "prod"] {
        assert_ne!(width(script.editor.design(), id), width(&before, id), "{id}");
    }
}

#[test]
fn what_is_deleted_takes_links_and_references_with_it() {
    play_whole(
        "remove web-table; expect said \"Web routes deleted, 2 settings cleared.\"; expect table app-a nothing; undo
         expect table app-a web-table
         remove web; expect said \"Web deleted, with 5 parts inside, 1 link gone with it.\"; expect no link web hub; undo
         remove fw-a; expect said \"Firewall a deleted, 1 setting cleared.\"
         expect entries check-table-a 0.0.0.0/0>check-igw 10.0.0.0/8>hub; undo
         remove check~hub; expect entries spokes 10.66.0.0/16>drop; undo; expect entries spokes 0.0.0.0/0>check 10.66.0.0/16>drop
         remove app-b; expect subnets web~hub app-a; undo; expect subnets web~hub app-a app-b
         remove app-a app-b; expect subnets web~hub nothing; expect undo \"delete 2 things\"
         remove spokes; expect associate web~hub nothing; expect propagate vpn~hub firewalls",
    );
}

#[test]
fn what_is_deleted_leaves_the_focus_beside_it() {
    play_whole(
        "focus app-a; remove app-a; expect focus web-a; undo; expect focus app-a
         focus check-sub-a; remove check-a; expect focus check-b
         focus web~hub; remove web~hub; expect focus web
         focus fw-b; remove check-sub-b; expect focus check-b",
    );
    play_empty("place account in ground; remove Account; expect focus nothing; expect parts 0");
}

#[test]
fn what_is_given_stays() {
    play(
        "remove hub; expect refused \"Hub is given and stays.\"
         move hub to prod; expect refused \"Hub is given and stays where it is.\"
         rename hub Other; expect refused \"Hub is given; its name stays.\"
         fill site cidr 10.0.0.0/8; expect refused \"Office is given; its settings stay.\"
         fill hub role inspector; expect refused \"Hub is given; its role stays.\"; expect no undo
         move hub by 1 0; expect undo \"move Hub\"",
    );
}

#[test]
fn what_is_given_keeps_what_it_refers_to() {
    let mut design = boards::target();
    let lock = |design: &mut Design, id: &str| design.parts.get_mut(id).unwrap().locked = true;
    lock(&mut design, "check-table-a");
    lock(&mut design, "fw-b");
    let link = design.links.get_mut("at-web").unwrap();
    link.locked = true;
    let mut editor = Editor::open(design, Limits::free());
    let mut why = |items: &[Item]| editor.run(Command::Remove(items.to_vec())).unwrap_err().0;
    let part = |id: &str| Item::Part(id.into());
    assert_eq!(
        why(&[part("fw-a")]),
        "Inspection routes a is given and refers to Firewall a; that has to stay in its reach."
    );
    assert_eq!(why(&[part("check-b")]), "Firewall b is inside and is given; it stays.");
    assert_eq!(why(&[Item::Link("at-web".into())]), "This link is given and stays.");
    assert_eq!(why(&[part("web")]), "A link that is given ends there; it has to stay.");
    assert!(why(&[part("spokes")]).starts_with("The link of Web and Hub is given and refers to Spokes"));
    assert_eq!(why(&[part("gone")]), "There is nothing chosen that could be deleted.");
}

#[test]
fn a_part_moves_with_its_links_and_loses_what_is_out_of_reach() {
    play_whole(
        "move app-a to web-b; expect said \"App a moved to Zone b.\"; expect table app-a web-table; undo
         move app-a to check-a; expect said \"App a moved to Zone a, 2 settings cleared.\"
         expect table app-a nothing; expect subnets web~hub app-b; undo
         expect table app-a web-table; expect subnets web~hub app-a app-b
         move web to shared-region; expect said \"Web moved to eu-central-1, 1 link kept.\"; undo
         move vpn to site; expect said \"Tunnel moved to Office, 1 link kept, 1 link gone.\"",
    );
}

#[test]
fn several_parts_move_together() {
    let script =
        play_whole("move app-a+app-b to web-b; expect said \"2 parts moved to Zone b.\"; expect parent app-a web-b");
    let at = |id: &str| script.editor.design().parts.get(id).unwrap().at;
    assert_ne!(at("app-a"), at("app-b"));
    let script = play_whole("move web-a+app-a to check; expect parent app-a web-a; expect parent web-a check");
    assert_eq!(script.editor.undo_name(), Some("move 2 parts"));
}

#[test]
fn a_move_says_which_way_and_whether_there_was_room() {
    play_whole(
        "place firewall in app-a; place firewall in app-b; move app-b by 30 1; expect said \"App b moved right.\"
         move app-b by 0 40; expect said \"App b moved down.\"; move app-b by 0 -40; expect said \"App b moved up.\"
         move app-b by -90 0; expect said \"App b moved left.\"; move app-b by 0 0; expect said \"App b stays where it is.\"",
    );
}

#[test]
fn a_container_cannot_be_moved_into_itself() {
    play_whole(
        "move web to web; expect refused; move web to web-a; expect refused; move web+hub to hub; expect refused",
    );
}

#[test]
fn a_border_comes_no_nearer_than_what_is_inside_allows() {
    let script = play_whole("resize app-a 0 0 1 1");
    let part = script.editor.design().parts.get("app-a").unwrap();
    assert_eq!(part.size, Some(Size { w: 12, h: 7 }));
    let ground = |editor: &Editor, id: &str| crate::editor::apply::on_ground(editor.design(), &id.into());
    let before = Editor::open(boards::target(), Limits::free());
    let script = play_whole("resize web 2 4 1 1");
    for id in ["web-a", "web-table"] {
        assert_eq!(ground(&script.editor, id), ground(&before, id), "what it holds stays");
    }
    play_whole("resize web -500 -500 900 900; resize prod -40 -40 300 300; resize fw-a 0 0 50 50; expect refused");
}

#[test]
fn far_away_is_not_endless() {
    play(
        "move web by 2000000000 2000000000; resize web 2000000000 -2000000000 2000000000 2000000000
         resize prod -2000000000 -2000000000 2147483647 2147483647; undo; undo; redo; redo; expect no redo",
    );
}

#[test]
fn links_are_made_once_and_between_what_allows_them() {
    play(
        "connect hub web; expect said \"Web attached to Hub.\"; expect link web hub; expect focus web~hub
         expect undo \"link Hub to Web\"
         connect web hub; expect refused \"Web and Hub are linked already.\"
         connect app-a hub
         expect refused \"A subnet cannot be linked to a transit gateway. Attach its VPC, and choose the subnets in the attachment.\"
         undo; expect no link web hub; expect focus nothing; redo; expect link web hub",
    );
}

#[test]
fn names_are_on_one_line_and_never_empty() {
    let long = "x".repeat(200);
    let script = play("rename web \"  Front\tdoor \"; expect said \"Web is now called Front door.\"; rename web \" \"; expect refused")
        .then(&format!("rename web {long}"));
    assert_eq!(script.editor.design().parts.get("web").unwrap().name.len(), 80);
}

#[test]
fn roles_fit_their_kinds() {
    play_whole(
        "fill fw-b role inspector; expect said \"Firewall b has the role Inspects traffic.\"; fill fw-b role
         expect said \"Firewall b has no role any more.\"
         fill web role inspector; expect refused \"The role Inspects traffic is for: Firewall.\"
         fill web role boss; expect refused \"This exercise has no such role.\"",
    );
}

#[test]
fn another_design_has_to_hold_what_is_given() {
    let mut editor = Editor::open(boards::given(), boards::limits());
    let mut load = |design: Design| editor.run(Command::Load(Box::new(design))).map(|done| done.said);
    let why = load(Design::default()).unwrap_err().0;
    assert_eq!(why, "Hub is given here, and is missing or different there.");
    let mut other = boards::target();
    other
        .parts
        .get_mut("hub")
        .unwrap()
        .attrs
        .insert(Attr::Cidr, boards::cidr("10.0.0.0/8"));
    assert!(load(other).is_err());
    let mut broken = boards::target();
    broken.parts.get_mut("web").unwrap().parent = None;
    assert!(load(broken).unwrap_err().0.starts_with("This design cannot be opened"));
    let mut heap = boards::target();
    for part in heap.parts.values_mut() {
        part.at = Cell::default();
    }
    assert_eq!(load(heap).unwrap(), "Another design opened, 26 parts.");
    assert_eq!(crate::design::violations(editor.design()), Vec::<String>::new());
    editor.undo();
    assert_eq!(editor.design().parts, boards::given().parts);
}

#[test]
fn starting_again_has_words_of_its_own() {
    let mut editor = play("connect web hub").editor;
    let done = editor
        .run(Command::Reset(Box::new(boards::given())))
        .map(|done| done.said);
    assert_eq!(done.unwrap(), "Started again: the board is as it was at first.");
    assert_eq!(editor.undo_name(), Some("start again"));
    assert_eq!(editor.design().links.len(), boards::given().links.len());
    editor.undo();
    assert_eq!(editor.design().links.len(), boards::given().links.len() + 1);
}

#[test]
fn a_new_part_disturbs_nobody() {
    let script = play("place firewall in app-a; place firewall in app-a");
    let at = |id: &str| script.editor.design().parts.get(id).unwrap().at;
    assert_eq!(at("p0"), Cell::new(2, 4), "what was there stays");
    assert_ne!(at("p1"), at("p0"));
}

#[test]
fn what_holds_something_given_stays_in_its_container() {
    let mut design = boards::target();
    let zone = design.parts.get_mut("check-a").unwrap();
    zone.locked = true;
    let mut editor = Editor::open(design, boards::limits());
    let other: PartId = "shared-region".into();
    let shift = |parent: &str, x: i32| Command::Move {
        parts: vec!["check".into()],
        parent: Some(parent.into()),
        at: Cell::new(x, 4),
    };
    assert_eq!(
        editor.run(shift(other.as_str(), 2)).unwrap_err().0,
        "Zone a is inside and is given; it stays where it is."
    );
    assert!(
        editor.run(shift("region", 200)).is_ok(),
        "within its container it may stand elsewhere"
    );
    let item = Item::Part("check".into());
    for field in fields(editor.design(), &boards::limits(), &item) {
        if let Control::Select { options, .. } = field.control
            && field.id == FieldId::Inside
        {
            assert!(
                options.iter().all(|home| home.id != other.as_str()),
                "it is not offered"
            );
        }
    }
}

#[test]
fn a_letter_of_several_signs_is_not_cut() {
    let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}";
    let mut editor = Editor::open(boards::given(), boards::limits());
    let part: PartId = "web".into();
    let name = family.repeat(81);
    editor
        .run(Command::Rename {
            part: part.clone(),
            name,
        })
        .unwrap();
    assert_eq!(editor.design().name(&part), family.repeat(80));
}
