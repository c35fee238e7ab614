//! The linter's rules on wording: each fires once, and once nearly.

use crate::{case, cases};

const RIGHT: &str = "Add a return route to the hub's table.";
const OTHER: &str = "Restart the attachment of the gateway.";
const STEM: &str = "Which change brings them back?";

#[test]
fn longest_option() {
    let longer = |more: usize| format!("Add a return route to the hub's table {}.", "x".repeat(more));
    case(RIGHT, &longer(14), &[]);
    case(RIGHT, &longer(15), &["longest-option"]);
}

#[test]
fn of_the_above() {
    case(OTHER, "None of the above, they are lost.", &["all-of-the-above"]);
    case(OTHER, "Nothing above the hub's own table.", &[]);
}

#[test]
fn absolute_and_vague_words() {
    case(OTHER, "Never restart the attachment.", &["absolute-word"]);
    case(OTHER, "Restart the nevertheless box.", &[]);
    case(OTHER, "Restart what is usually lost.", &["vague-word"]);
    case(STEM, "What sometimes brings them back?", &["vague-word"]);
    case(STEM, "How often are they sent?", &[]);
}

#[test]
fn negative_stem() {
    case(STEM, "Which change does not help?", &["negative-stem"]);
    case(STEM, "Which change does **not** help?", &[]);
    case(STEM, "They do not arrive. Which change brings them back?", &[]);
    case(
        "Bring the steps into order.",
        "Order the steps, except the first.",
        &["negative-stem"],
    );
    case(
        "Bring the steps into order.",
        "Order the steps, *except* the first.",
        &[],
    );
}

#[test]
fn clang() {
    case(STEM, "Which return path brings them back?", &["clang"]);
    cases(
        &[
            (STEM, "Which return path brings them back?"),
            (OTHER, "Return the attachment at once."),
        ],
        &[],
    );
}

#[test]
fn article() {
    case(STEM, "What is missing is an", &["article"]);
    case(STEM, "What is missing is a(n)", &[]);
    let vowels = [
        (RIGHT, "Entry for the return route here."),
        (
            "Associate the spoke with the hub's table.",
            "Association with the hub's table.",
        ),
        (
            "Propagate the hub into the spoke's table.",
            "Announcement by the hub's peer.",
        ),
        (OTHER, "NLB in front of the gateway."),
    ];
    let mut all = vec![(STEM, "What is missing is an")];
    all.extend(vowels);
    cases(&all, &[]);
}

#[test]
fn unlike_form() {
    case(RIGHT, "Add a return route to the hub's table", &["unlike-form"]);
    case(OTHER, "Wait a bit.", &["unlike-form"]);
    case(OTHER, "Wait for hours.", &[]);
}

fn numbers(texts: [&str; 4], fixed: &str, expected: &[&str]) {
    let all = [
        (RIGHT, texts[0]),
        ("Associate the spoke with the hub's table.", texts[1]),
        ("Propagate the hub into the spoke's table.", texts[2]),
        (OTHER, texts[3]),
        ("pick: 1\n", fixed),
    ];
    cases(&all, expected);
}

#[test]
fn unsorted_numbers() {
    numbers(
        ["10 routes", "20 routes", "30 routes", "1,000 routes"],
        "pick: 1\n    fixed: true\n",
        &[],
    );
    numbers(["30 %", "20 %", "10 %", "5 %"], "pick: 1\n    fixed: true\n", &[]);
    numbers(
        ["10 routes", "20 routes", "30 routes", "1,000 routes"],
        "pick: 1\n",
        &["unsorted-numbers"],
    );
    numbers(
        ["$20", "$10", "$30", "$40"],
        "pick: 1\n    fixed: true\n",
        &["unsorted-numbers"],
    );
    numbers(
        [
            "\"`10.0.2.0/24`\"",
            "\"`10.0.1.0/24`\"",
            "\"`10.0.3.0/24`\"",
            "\"`10.0.4.0/24`\"",
        ],
        "pick: 1\n",
        &[],
    );
}

#[test]
fn duplicate_option() {
    case(
        OTHER,
        "propagate  the hub into the **spoke's** table.",
        &["duplicate-option"],
    );
    case(OTHER, "Propagate the hub into the spoke table.", &[]);
    case("Send a packet", "Propagate its prefixes.", &["duplicate-option"]);
    case("text: Nothing,", "text: the hub,", &["duplicate-option"]);
}

#[test]
fn long_stem() {
    let words = |count: usize| format!("{}Which change helps?", "word ".repeat(count - 3));
    case(STEM, &words(120 - 6), &[]);
    case(STEM, &words(121 - 6), &["long-stem"]);
    let table = format!(
        "Which change helps?\n\n      | a |\n      |---|\n      | {} |",
        "word ".repeat(200)
    );
    case(STEM, &table, &[]);
}

#[test]
fn key_position() {
    let item = |n: usize, right: usize| {
        let option = |at: usize| {
            let right = if at == right { ", right: true" } else { "" };
            format!("      - {{id: o{at}, text: \"{}\", why: Because{right}}}\n", 10 + at)
        };
        let options: String = (0..4).map(option).collect();
        format!(
            "  - id: n{n}\n    kind: choice\n    objective: w20-t1-o1\n    level: apply\n    stem: How many?\n    \
             fixed: true\n    options:\n{options}    explain: So.\n    sources: [tgw-how]\n"
        )
    };
    let all = |rights: [usize; 4]| {
        let items: String = rights.iter().enumerate().map(|(n, right)| item(n, *right)).collect();
        format!("items:\n{items}")
    };
    case("items:\n", &all([2, 2, 2, 1]), &["key-position"]);
    case("items:\n", &all([2, 2, 3, 1]), &[]);
    let allowed = all([2, 2, 2, 1]).replacen("    explain", "    allow: {key-position: Worked out.}\n    explain", 1);
    case("items:\n", &allowed, &[]);
}

#[test]
fn warnings_can_be_answered() {
    let never = (OTHER, "Never restart the attachment.");
    let at = "    explain: Both directions need a route.";
    let with = |list: &str| format!("    allow: {list}\n{at}");
    cases(&[never, (at, &with("{absolute-word: It is a quotation.}"))], &[]);
    cases(
        &[never, (at, &with("{absolute-word: ''}"))],
        &["absolute-word", "allow"],
    );
    cases(&[never, (at, &with("{clang: x}"))], &["absolute-word", "unused-allow"]);
    cases(&[(at, &with("{clang: x}"))], &["unused-allow"]);
    cases(&[(at, &with("{absolute-wrod: x}"))], &["allow"]);
    cases(&[(at, &with("{negative-stem: x}"))], &["allow"]);
}
