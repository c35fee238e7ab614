use super::boards::{given, limits, target};
use crate::design::{Design, Kind, violations};
use crate::editor::{Hands, rehearse};

fn whole(given: &Design, target: &Design) {
    assert_eq!(violations(given), Vec::<String>::new());
    assert_eq!(violations(target), Vec::<String>::new());
    for hands in [Hands::Canvas, Hands::Outline] {
        match rehearse(given, target, &limits(), hands) {
            Ok(built) => assert_eq!(violations(&built), Vec::<String>::new()),
            Err(why) => panic!("{hands:?}: {why}"),
        }
    }
}

#[test]
fn a_whole_board_is_built_by_keys_of_the_canvas_and_of_the_outline() {
    whole(&given(), &target());
}

#[test]
fn an_empty_board_is_enough_to_begin_with() {
    let mut target = target();
    for part in target.parts.values_mut() {
        part.locked = false;
    }
    whole(&Design::default(), &target);
}

#[test]
fn what_is_too_much_is_deleted_and_what_is_elsewhere_is_moved() {
    let mut from = target();
    for (id, parent) in [("fw-a", "check-sub-b"), ("check-sub-b", "check-a")] {
        from.parts.get_mut(id).unwrap().parent = Some(parent.into());
    }
    from.links.remove("at-vpn");
    crate::geometry::arrange(&mut from);
    assert_eq!(violations(&from), Vec::<String>::new());
    let mut less = target();
    less.links.remove("at-web");
    less.parts.remove("web-table");
    for id in ["app-a", "app-b"] {
        less.parts.get_mut(id).unwrap().attrs.clear();
    }
    whole(&from, &less);
}

#[test]
fn what_may_not_be_placed_cannot_be_built() {
    let mut limits = limits();
    limits.palette.retain(|kind| *kind != Kind::Firewall);
    for hands in [Hands::Canvas, Hands::Outline] {
        let why = rehearse(&given(), &target(), &limits, hands).unwrap_err();
        assert!(why.contains("Firewall"), "{why}");
    }
}

#[test]
fn what_is_given_cannot_be_built_otherwise() {
    let mut other = target();
    other.parts.get_mut("hub").unwrap().name = "Another".to_owned();
    for hands in [Hands::Canvas, Hands::Outline] {
        let why = rehearse(&given(), &other, &limits(), hands).unwrap_err();
        assert!(why.contains("F2 does not ask"), "{why}");
    }
}
