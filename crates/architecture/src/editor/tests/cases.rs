use std::collections::BTreeMap;

use super::boards;
use super::script::{play, play_empty, play_whole};
use crate::design::{Attr, Cell, Design, Kind, Size, Value};
use crate::editor::{
    Action, Command, Control, Editor, Effect, FieldId, Filter, Item, Key, Limits, Mode, Outline, Press, Zoom, fields,
    proxy, whole,
};

// Commands

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
         remove check~hub; expect entries spokes nothing; undo; expect entries spokes 0.0.0.0/0>check
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

// Undo

#[test]
fn like_commands_of_a_burst_are_one_step() {
    play_whole(
        "burst; move app-a by 1 0; move app-a by 1 0; move app-a by 1 0; burst end; expect undo \"move App a\"
         undo; expect no undo; redo; expect no redo
         move app-a by 1 0; move app-a by 1 0; undo; undo; undo; expect no undo",
    );
    play_whole(
        "burst; rename web A; rename web AB; rename app-a X; rename web ABC; burst end
         expect undo \"rename ABC\"; undo; expect part AB; undo; expect part \"App a\"; undo; expect part Web; expect no undo",
    );
    play_whole(
        "burst; rename web A; rename web Web; expect no undo; undo; expect no undo; rename web B; expect undo \"rename B\"",
    );
}

#[test]
fn a_step_that_was_taken_back_is_not_merged_into() {
    play_whole(
        "burst; rename web A; rename web AB; undo; rename web B; undo; expect part Web; redo; expect part B
         rename web C; undo; expect part B",
    );
}

#[test]
fn a_hundred_steps_can_be_taken_back() {
    let mut editor = Editor::open(boards::given(), boards::limits());
    for number in 0..130 {
        let name = format!("Web {number}");
        editor
            .run(Command::Rename {
                part: "web".into(),
                name,
            })
            .unwrap();
    }
    let steps = std::iter::from_fn(|| editor.undo()).count();
    assert_eq!(steps, 100);
    assert_eq!(editor.design().name(&"web".into()), "Web 29");
}

#[test]
fn what_changes_nothing_is_no_step() {
    play_whole("rename web Web; move app-a by 0 0; fill web cidr 10.1.0.0/16; expect no undo");
}

// Inspector

#[test]
fn prefixes_are_read_and_mistakes_explained() {
    play(
        "fill web cidr 10.2.3.4/16; expect cidr web 10.2.0.0/16; expect said \"Web: Prefix (CIDR) 10.2.0.0/16.\"
         fill web cidr 10.2.0.0; expect refused \"10.2.0.0 is an address. Add its length, like 10.2.0.0/32.\"
         fill web cidr fd00::1; expect refused \"fd00::1 is an address. Add its length, like fd00::1/128.\"
         fill web cidr 10.2.0.0/33; expect refused \"/33 is no length. It is a number from 0 to 32.\"
         fill web cidr ten; expect refused \"ten is not a prefix. Write it like 10.0.0.0/16.\"
         fill web cidr; expect cidr web nothing; expect said \"Web: Prefix (CIDR) cleared.\"
         fill hub cidr 10.0.0.0/8; expect refused",
    );
}

#[test]
fn routes_are_added_changed_and_taken_out() {
    play_whole(
        "fill check-table-b entries + row 192.168.0.0/16 hub
         expect said \"192.168.0.0/16 to Hub added to Inspection routes b.\"
         fill check-table-b entries row 3 to drop; expect said \"Inspection routes b: now 192.168.0.0/16 dropped.\"
         fill check-table-b entries row 3 prefix 192.168.1.9/24
         expect entries check-table-b 0.0.0.0/0>check-igw 10.0.0.0/8>hub 10.7.0.0/16>fw-b 192.168.1.0/24>drop
         fill check-table-b entries - row 1; expect said \"10.0.0.0/8 to Hub taken out of Inspection routes b.\"
         fill check-table-b entries - row 7; expect refused \"That row is not there any more.\"
         fill check-table-b entries row 7 to hub; expect refused
         fill check-table-b entries + row 10.9.0.0/16 web
         expect refused \"Routes cannot be Web: a route leads to what its network holds or is linked to, or to what is attached to its hub.\"
         fill check-table-b entries + row 0.0.0.0/0 drop; expect refused \"There is a row for 0.0.0.0/0 already. Change that one.\"
         fill check-table-b entries row 1 prefix 0.0.0.0/0; expect refused
         fill check-table-b entries + row \"\" drop; expect refused \"Type a prefix, like 10.0.0.0/16.\"
         fill check-table-b entries + row 10.9.0.0/16 \"\"; expect refused \"Choose where the route leads.\"
         fill check-table-b entries Text; expect refused",
    );
}

#[test]
fn attachments_are_set_by_ticks_and_choices() {
    play_whole(
        "fill web~hub subnets - app-b; expect subnets web~hub app-a; fill web~hub subnets - app-a; expect subnets web~hub nothing
         fill web~hub subnets + check-sub-a
         expect refused \"Subnets cannot be Inspection a: an attachment has its feet in subnets of its own network.\"
         fill web~hub associate firewalls; expect said \"Link Web to Hub: Associated table Firewalls.\"
         fill web~hub associate; expect associate web~hub nothing
         fill web~hub associate web-table; expect refused
         fill web~hub propagate + spokes; expect propagate web~hub firewalls spokes
         fill web~hub appliance on; expect said \"Link Web to Hub: appliance mode on.\"
         fill web~hub appliance off; expect appliance web~hub nothing
         fill vpn~hub appliance on; expect refused \"This link has no setting called Appliance mode.\"
         fill app-a table check-table-a
         expect refused \"Route table cannot be Inspection routes a: a subnet uses a route table of its own network.\"",
    );
}

#[test]
fn the_form_moves_and_links_too() {
    play_whole(
        "fill app-a inside web-b; expect parent app-a web-b; fill app-a inside hub; expect refused
         fill dns link hub; expect link dns hub; fill site link hub; expect refused",
    );
}

fn control(design: &Design, item: &Item, id: FieldId) -> (Control, Option<String>) {
    let fields = fields(design, &boards::limits(), item);
    let field = fields.into_iter().find(|field| field.id == id).unwrap();
    (field.control, field.fixed)
}

#[test]
fn fields_offer_what_can_be_chosen() {
    let design = boards::target();
    let part = |id: &str| Item::Part(id.into());
    let Control::Select { value, options } = control(&design, &part("app-a"), FieldId::Attr(Attr::Table)).0 else {
        panic!()
    };
    let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
    assert_eq!((value.as_str(), ids), ("web-table", vec!["", "web-table"]));
    let Control::Select { options, .. } = control(&design, &part("app-a"), FieldId::Inside).0 else {
        panic!()
    };
    let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
    assert_eq!(ids, ["check-a", "check-b", "web-a", "web-b"]);
    let Control::Checks(checks) = control(&design, &Item::Link("at-web".into()), FieldId::Attr(Attr::Subnets)).0 else {
        panic!()
    };
    assert_eq!(checks.len(), 2);
    assert!(checks.iter().all(|check| check.is_on));
    assert_eq!(checks.first().unwrap().label, "App a, in Zone a, 10.1.1.0/24");
    let Control::Select { options, .. } = control(&design, &part("dns"), FieldId::LinkTo).0 else {
        panic!()
    };
    let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
    assert_eq!(ids, ["hub", "vpn"]);
    let (Control::Text { .. }, Some(why)) = control(&design, &part("hub"), FieldId::Name) else {
        panic!()
    };
    assert_eq!(why, "Hub is given; its name stays.");
    assert_eq!(fields(&design, &boards::limits(), &part("gone")), []);
}

#[test]
fn a_table_shows_where_its_rows_come_from() {
    let design = boards::target();
    let rows = |id: &str| match control(&design, &Item::Part(id.into()), FieldId::Attr(Attr::Entries)).0 {
        Control::Routes { rows, targets } => (
            rows.into_iter()
                .map(|row| format!("{} {} {}", row.prefix, row.leads, row.source))
                .collect::<Vec<_>>(),
            targets.into_iter().map(|target| target.label).collect::<Vec<_>>(),
        ),
        other => panic!("{other:?}"),
    };
    let (web, targets) = rows("web-table");
    assert_eq!(
        web,
        [
            "10.1.0.0/16 local local",
            "0.0.0.0/0 Hub static",
            "10.66.0.0/16 Drop (blackhole) static"
        ]
    );
    assert_eq!(targets, ["Hub, in eu-central-1", "Drop (blackhole)"]);
    let (hub, targets) = rows("firewalls");
    assert_eq!(hub, ["192.168.0.0/16 Tunnel propagated", "10.1.0.0/16 Web propagated"]);
    assert_eq!(targets.len(), 4);
}

#[test]
fn what_is_set_is_shown_even_where_it_could_not_be_chosen() {
    let mut design = boards::target();
    boards::set(&mut design, "app-a", Attr::Table, Value::Part("check-table-a".into()));
    let mut editor = Editor::open(design.clone(), boards::limits());
    let Control::Select { value, options } =
        control(&design, &Item::Part("app-a".into()), FieldId::Attr(Attr::Table)).0
    else {
        panic!()
    };
    assert_eq!(value, "check-table-a");
    assert!(options.iter().any(|option| option.id == value));
    // What never made sense is not cleared behind the learner's back.
    editor.run(Command::Remove(vec![Item::Part("app-b".into())])).unwrap();
    assert!(editor.design().parts.get("app-a").unwrap().table().is_some());
}

// Keys of the canvas

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
         expect refused \"Nothing fits. Take a letter away, or press Escape.\"
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
fn arrows_go_to_what_lies_that_way_and_outwards() {
    play_whole(
        "key Right; expect focus prod; key Enter; key Home; key Backspace; expect focus prod; key Backspace
         expect said \"This is the top.\"; expect focus prod
         focus check-a; key Right; expect focus check-b; key Left; expect focus check-a
         focus fw-a; key Right; expect focus check-b; key Enter; expect focus check-sub-b",
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

// Outline

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
fn right_goes_through_the_cells_and_left_back_to_the_row() {
    use crate::editor::Column;
    let column = |keys: &str| play(&format!("outline End; outline {keys}")).outline.column;
    assert_eq!(column("Right"), Some(Column::Name));
    assert_eq!(column("Right Right Right Right Right"), Some(Column::State));
    assert_eq!(column("Right Right Left"), Some(Column::Name));
    assert_eq!(column("Right Left"), None);
    assert_eq!(column("Right End"), Some(Column::State));
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
    play_whole("focus app-a; outline Home; outline m Enter; expect refused \"Production is given and stays where it is.\"; outline Escape; focus app-a; outline Ctrl+Home M; expect busy; outline Escape")
        .then("focus app-a; outline m \"zone b, availability zone, in web\" Enter; expect parent app-a web-b; expect row app-a");
    let script = play("focus app-a; outline Down; outline Enter");
    assert!(script.effects.iter().any(|effect| matches!(effect, Effect::Inspect(_))));
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

// Words

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
