use super::boards;
use super::script::{play, play_whole};
use crate::design::{Attr, Design, Value};
use crate::editor::{Command, Control, Editor, FieldId, Input, Item, fields, input};

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
         fill check-table-b entries row 3 to drop
         expect refused \"Inspection routes b is no table of a hub, so it cannot drop 192.168.0.0/16. Write the blackhole into a table of the hub.\"
         fill spokes entries row 0 to drop; expect said \"Spokes: now 0.0.0.0/0 dropped.\"
         expect entries spokes 0.0.0.0/0>drop 10.66.0.0/16>drop
         fill check-table-b entries row 3 prefix 192.168.1.9/24
         expect entries check-table-b 0.0.0.0/0>check-igw 10.0.0.0/8>hub 10.7.0.0/16>fw-b 192.168.1.0/24>hub
         fill check-table-b entries - row 1; expect said \"10.0.0.0/8 to Hub taken out of Inspection routes b.\"
         fill check-table-b entries - row 7; expect refused \"That row is not there any more.\"
         fill check-table-b entries row 7 to hub; expect refused
         fill check-table-b entries + row 10.9.0.0/16 web
         expect refused \"Routes cannot be Web: a route leads to what its network holds or is linked to, or to what is attached to its hub.\"
         fill check-table-b entries + row 0.0.0.0/0 hub; expect refused \"There is a row for 0.0.0.0/0 already. Change that one.\"
         fill check-table-b entries row 1 prefix 0.0.0.0/0; expect refused
         fill check-table-b entries + row \"\" drop; expect refused \"Type a prefix, like 10.0.0.0/16.\"
         fill check-table-b entries + row 10.9.0.0/16 \"\"; expect refused \"Choose a target: where the route leads.\"
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
            "10.66.0.0/16 Hub static"
        ]
    );
    assert_eq!(
        targets,
        ["Hub, in eu-central-1"],
        "the table of a network has no blackhole"
    );
    let (hub, targets) = rows("firewalls");
    assert_eq!(hub, ["192.168.0.0/16 Tunnel propagated", "10.1.0.0/16 Web propagated"]);
    assert_eq!(targets.len(), 4);
    assert_eq!(targets.last().map(String::as_str), Some("Drop (blackhole)"));
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

#[test]
fn a_domain_of_blanks_is_refused() {
    let design = boards::given();
    let item = Item::Part("web-a".into());
    let fill = |text: &str| {
        let given = Input::Text(text.to_owned());
        input(&design, &item, FieldId::Attr(Attr::Domain), given)
    };
    for blank in [" ", "\t", "\u{200b}", "\u{a0}"] {
        assert!(fill(blank).is_err(), "{blank:?}");
    }
    assert!(matches!(fill(""), Ok(Command::SetAttr { value: None, .. })));
    assert!(matches!(fill(" a "), Ok(Command::SetAttr { value: Some(_), .. })));
}

#[test]
fn a_table_names_what_refers_to_it() {
    let design = boards::target();
    let uses = |id: &str, attr: Attr| match control(&design, &Item::Part(id.into()), FieldId::Used(attr)).0 {
        Control::Uses(uses) => uses,
        other => panic!("{other:?}"),
    };
    let names = |id: &str, attr: Attr| uses(id, attr).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
    assert_eq!(names("firewalls", Attr::Propagate), ["Tunnel", "Web"]);
    assert!(names("spokes", Attr::Associate).contains(&"Web".to_owned()));
    let (item, name) = uses("web-table", Attr::Table).remove(0);
    assert_eq!(
        (item, name.as_str()),
        (Item::Part("app-a".into()), "App a, in Zone a, 10.1.1.0/24")
    );
}
