use super::*;

#[test]
fn one_right_option() {
    let item = choice(&["a", "b", "c"], &["a"]);
    check(&item, &chosen(&["a"]), 1.0);
    check(&item, &chosen(&["b"]), 0.0);
    assert_eq!(verdict(&item, &chosen(&[])), Verdict::NotAnswered);
    check_invalid(&item, &chosen(&["a", "b"]), "2 are chosen and 1 wanted. Take 1 away.");
    check_invalid(
        &item,
        &chosen(&["x"]),
        "There is nothing called \u{201c}x\u{201d} in this question.",
    );
}

#[test]
fn an_option_may_have_its_own_weight() {
    let mut item = choice(&["a", "b", "c"], &["a"]);
    if let KeyBody::Choice { options, .. } = &mut item.key.body {
        options[1].weight = 0.5;
    }
    check(&item, &chosen(&["b"]), 0.5);
    check(&item, &chosen(&["c"]), 0.0);
    check_sum(&item, &chosen(&["b"]), "Partly right: worth 50\u{a0}%.");
}

#[test]
fn net_correct() {
    let item = choice(&["a", "b", "c", "d", "e", "f", "g", "h"], &["a", "b", "c", "d"]);
    check(&item, &chosen(&["a", "b", "c", "d"]), 1.0);
    check(&item, &chosen(&["a", "b", "c", "e"]), 0.5);
    check_sum(&item, &chosen(&["a", "b", "c", "e"]), "3 right, 1 wrong: (3-1)/4.");
    check(&item, &chosen(&["a", "b", "c", "d", "e", "f", "g", "h"]), 0.0);
    check(&item, &chosen(&["e"]), 0.0);
    check_invalid(
        &item,
        &chosen(&["a", "a"]),
        "\u{201c}a\u{201d} stands twice in this answer.",
    );
    check_states(
        &choice(&["a", "b", "c", "d"], &["a", "b"]),
        &chosen(&["a", "c"]),
        "a Right, b Missed, c Wrong, d Left",
    );
}

#[test]
fn the_other_rules_of_a_choice() {
    let options = ["a", "b", "c", "d", "e"];
    let answer = chosen(&["a", "c"]);
    check(
        &choice_by(ChoiceRule::EachDecision, &options, &["a", "b"]),
        &answer,
        3.0 / 5.0,
    );
    check(&choice_by(ChoiceRule::Coverage, &options, &["a", "b"]), &answer, 0.25);
    check(
        &choice_by(ChoiceRule::AllOrNothing, &options, &["a", "b"]),
        &answer,
        0.0,
    );
    check(
        &choice_by(ChoiceRule::AllOrNothing, &options, &["a", "b"]),
        &chosen(&["b", "a"]),
        1.0,
    );
    assert_eq!(
        verdict(
            &choice_by(ChoiceRule::EachDecision, &options, &["a", "b"]),
            &chosen(&[])
        ),
        Verdict::NotAnswered
    );
}
