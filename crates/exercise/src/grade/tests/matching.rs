use super::*;

#[test]
fn matching_is_right_over_total() {
    let item = matching(4, 0);
    check(
        &item,
        &placed(&[("p1", "t1"), ("p2", "t2"), ("p3", "t4"), ("p4", "t3")]),
        0.5,
    );
    check(&item, &placed(&[("p1", "t1")]), 0.25);
    check_sum(&item, &placed(&[("p1", "t1")]), "1 of 4 right.");
    check_states(
        &item,
        &placed(&[("p1", "t1"), ("p2", "t3")]),
        "p1 Right, p2 Wrong, p3 Missed, p4 Missed",
    );
    assert_eq!(verdict(&item, &placed(&[])), Verdict::NotAnswered);
    check_invalid(
        &item,
        &placed(&[("p1", "t1"), ("p2", "t1")]),
        "\u{201c}t1\u{201d} is placed twice.",
    );
    check_invalid(
        &item,
        &placed(&[("p9", "t1")]),
        "There is nothing called \u{201c}p9\u{201d} in this question.",
    );
}

#[test]
fn a_decoy_costs_what_leaving_it_out_earns() {
    let item = matching(4, 2);
    check(
        &item,
        &placed(&[("p1", "t1"), ("p2", "t2"), ("p3", "t3"), ("p4", "t4")]),
        1.0,
    );
    // raw (3 right + 1 decoy left out) / 6, f0 2/6: (4/6 - 2/6) / (4/6)
    check(
        &item,
        &placed(&[("p1", "t1"), ("p2", "t2"), ("p3", "t3"), ("p4", "d1")]),
        0.5,
    );
    check(&item, &placed(&[("p1", "d1"), ("p2", "d2")]), 0.0);
    check_sum(
        &item,
        &placed(&[("p1", "t1"), ("p2", "d2")]),
        "1 right, 1 that belongs nowhere: (1-1)/4.",
    );
}

#[test]
fn a_particular_pair_has_its_own_reason() {
    let item = matching(3, 0);
    let Verdict::Scored { feedback, .. } = verdict(&item, &placed(&[("p1", "t2"), ("p2", "t1")])) else {
        panic!("not scored")
    };
    assert_eq!(feedback[1].text, "not t2 at p1");
    assert_eq!(feedback[2].text, "why t1");
}
