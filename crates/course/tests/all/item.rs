//! The linter's rules on keys, references and texts: each fires once, and once nearly.

use crate::{case, cases};

#[test]
fn right_options() {
    case("        right: true\n", "", &["pick-count"]);
    cases(
        &[
            ("        weight: 0.5\n", "        right: true\n"),
            ("    pick: 1\n", "    pick: 2\n"),
        ],
        &[],
    );
    case("        weight: 0.5\n", "        right: true\n", &["pick-count"]);
    case("    pick: 1\n", "    pick: 2\n", &["pick-count", "weight"]);
    cases(&[("    pick: 1\n", ""), ("        weight: 0.5\n", "")], &[]);
}

#[test]
fn select_all() {
    let any = ("    pick: 1\n", "    pick: any\n");
    let second = ("        weight: 0.5\n", "        right: true\n");
    let third = (
        "table.\n        why: Association",
        "table.\n        right: true\n        why: Association",
    );
    let fourth = (
        "gateway.\n        why: An",
        "attachment.\n        right: true\n        why: An",
    );
    cases(&[any, second], &[]);
    cases(&[any, second, third], &["select-all"]);
    cases(
        &[
            ("    pick: 1\n", "    pick: any\n    score: all-or-nothing\n"),
            second,
            third,
        ],
        &[],
    );
    cases(&[any, second, third, fourth], &["select-all"]);
    cases(
        &[("    pick: 1\n", "    pick: 4\n"), second, third, fourth],
        &["select-all"],
    );
}

#[test]
fn scores_and_weights() {
    case("    pick: 1\n", "    pick: 1\n    score: coverage\n", &["score"]);
    case("weight: 0.5", "weight: 1", &["weight"]);
    case("weight: 0.5", "weight: 0.99", &[]);
    case("weight: 0.5", "weight: 1.01", &["out-of-range"]);
    case("weight: 0.5", "weight: -0.1", &["out-of-range"]);
    case(
        "        right: true\n",
        "        right: true\n        weight: 0.5\n",
        &["weight"],
    );
}

#[test]
fn hints_cost_at_most_all() {
    case(
        "      - text: Follow the reply.",
        "      - {text: Follow the reply., price: 0.75}",
        &[],
    );
    case(
        "      - text: Follow the reply.",
        "      - {text: Follow the reply., price: 0.76}",
        &["hint-price"],
    );
    case("price: 0.25", "price: 1.5", &["out-of-range"]);
}

#[test]
fn references() {
    case("objective: w20-t1-o1", "objective: w20-t1-o9", &["unknown-objective"]);
    case("objective: w20-t1-o1", "objective: w20-t2-o1", &["unknown-objective"]);
    case(
        "topic: w20-t1-transit-gateway",
        "topic: w20-t2-peerin",
        &["unknown-topic"],
    );
    case(
        "topic: w20-t1-transit-gateway",
        "topic: w19-t1-strategies",
        &["unknown-topic"],
    );
    let sources = "route.\n    sources: [tgw-how]";
    case(sources, "route.\n    sources: [tgw-hwo]", &["unknown-source"]);
    case(
        sources,
        "route.\n    sources: [tgw-how, tgw-how]",
        &["duplicate-source"],
    );
    case(sources, "route.\n    sources: []", &["count"]);
    case("id: next-hops", "id: blackhole", &["duplicate-id"]);
}

#[test]
fn ids_within_an_item() {
    case("id: restart", "id: association", &["duplicate-id"]);
    case("id: restart", "id: Restart", &["bad-id"]);
    case("id: restart", "id: a--b", &["bad-id"]);
    case("id: restart", "id: re start", &["bad-id"]);
    case("id: restart", "id: \"10\"", &[]);
    case("id: restart", "id: 10", &["quote-it"]);
    case("{id: test,", "{id: attach,", &["duplicate-id", "unknown-id"]);
}

#[test]
fn pairs() {
    case("      to-web: spoke\n", "", &["pairs"]);
    case("      to-web: spoke\n", "      to-web: spok\n", &["unknown-id"]);
    case(
        "      to-web: spoke\n",
        "      to-wbe: spoke\n",
        &["pairs", "unknown-id"],
    );
    case("      to-web: spoke\n", "      to-web: hub\n", &["token-twice"]);
    cases(
        &[
            ("      to-web: spoke\n", "      to-web: hub\n"),
            ("    pairs:\n", "    reuse: true\n    pairs:\n"),
        ],
        &[],
    );
    case(
        "      to-web: spoke\n",
        "      to-web: spoke\n      to-web: hub\n",
        &["duplicate-key"],
    );
}

#[test]
fn wrong_pairs() {
    case(
        "prompt: to-web, token: egress",
        "prompt: to-web, token: spoke",
        &["wrong-pair"],
    );
    case(
        "prompt: to-web, token: egress",
        "prompt: to-wob, token: egres",
        &["unknown-id", "unknown-id"],
    );
    let twice = "prompt: to-web, token: egress, why: A longer prefix wins.}\n      - {prompt: to-web, token: egress";
    case("prompt: to-web, token: egress", twice, &["wrong-pair"]);
    case("prompt: to-web, token: egress", "prompt: to-web, token: local", &[]);
}

const ORDER: &str = "    order: [attach, associate, propagate, test]\n";

#[test]
fn one_order() {
    case(ORDER, "    order: [attach, associate, propagate]\n", &["order"]);
    case(
        ORDER,
        "    order: [attach, associate, propagate, test, test]\n",
        &["order"],
    );
    case(
        ORDER,
        "    order: [attach, associate, propagate, tset]\n",
        &["order", "unknown-id"],
    );
    case(ORDER, "", &["order"]);
    cases(
        &[
            (ORDER, "    order: [attach, associate, propagate]\n"),
            ("Last of all.", "Last., decoy: true"),
        ],
        &[],
    );
    case("Last of all.", "Last., decoy: true", &["decoy"]);
    case("Last of all.", "Last., after: [propagate]", &["order"]);
}

#[test]
fn several_orders() {
    let none = (ORDER, "");
    cases(&[none, ("Last of all.", "Last., after: [propagate, associate]")], &[]);
    cases(&[none, ("Last of all.", "Last., after: [propagat]")], &["unknown-id"]);
    cases(&[none, ("Last of all.", "Last., after: [test]")], &["after-cycle"]);
    let circle = ("It has to be attached.", "It has to be attached., after: [test]");
    cases(
        &[none, ("Last of all.", "Last., after: [associate]"), circle],
        &["after-cycle"],
    );
    let decoy = ("It has to be attached.", "It has to be attached., decoy: true");
    cases(
        &[none, ("Last of all.", "Last., after: [associate]"), decoy],
        &["decoy"],
    );
    cases(&[none, ("Last of all.", "Last., after: [attach]"), decoy], &[]);
    cases(
        &[
            none,
            ("Last of all.", "Last., after: [attach]"),
            ("It has to be attached.", "No., decoy: true, after: [attach]"),
        ],
        &["decoy"],
    );
}

#[test]
fn scores_of_an_order() {
    case(ORDER, &format!("{ORDER}    score: longest-run\n"), &[]);
    case(ORDER, &format!("{ORDER}    score: longest-rnu\n"), &["unknown-value"]);
    let free = [
        (ORDER, "    score: longest-run\n"),
        ("Last of all.", "Last., after: [propagate]"),
    ];
    cases(&free, &["score"]);
}

#[test]
fn how_many_blocks() {
    let more = |count: usize| {
        let blocks: String = (0..count)
            .map(|n| format!("\n      - {{id: more-{n}, text: Step {n}, why: So it is.}}"))
            .collect();
        let order: String = (0..count).map(|n| format!(", more-{n}")).collect();
        (format!("Last of all.}}{blocks}"), format!("propagate, test{order}]"))
    };
    for (count, expected) in [
        (4, &[][..]),
        (5, &["block-count"]),
        (11, &["block-count"]),
        (12, &["count", "count"]),
    ] {
        let (blocks, order) = more(count);
        cases(&[("Last of all.}", &blocks), ("propagate, test]", &order)], expected);
    }
    let one = "decoy: true, why: No.";
    cases(
        &[
            ("why: Nothing can be associated before.", one),
            ("why: It has to be attached.", one),
            ("why: The table has to be there.", one),
            (ORDER, "    order: [test]\n"),
        ],
        &["order"],
    );
}

#[test]
fn markdown() {
    let at = "Both directions need a route.";
    case(at, "Both <b>directions</b>.", &["raw-html", "raw-html"]);
    case(at, "Both `<b>` **directions**.", &[]);
    case(at, "\"![x](https://a.example/x.png)\"", &["image"]);
    case(at, "\"[x](http://a.example/)\"", &["not-https"]);
    case(at, "\"[x](https://a.example/)\"", &[]);
    case(at, "\"# Both\"", &["markdown"]);
    case(
        "Restart the attachment of the gateway.",
        "\"Restart [the](https://a.example/) attachment.\"",
        &["link-in-label"],
    );
    case("title: Transit Gateway", "title: \"Transit\\nGateway\"", &["one-line"]);
    case("title: Transit Gateway", "title: Transit <b> Gateway", &["raw-html"]);
}
