//! Builders: their form, their designs, and each proof with a design for which it fails.

use sandtable_architecture::{design, rules as judge, task};
use sandtable_course::{Checked, CompiledBuilder};

use crate::{COURSE, QUIZ, QUIZ_PATH, SOURCES, check_locked, edit, expect, files, rules};

/// A small builder with nothing wrong.
pub(crate) const BUILDER: &str = include_str!("../fixtures/builder.yaml");
const PATH: &str = "week-20-networking/three-networks.yaml";

fn check(edits: &[(&str, &str)]) -> Checked {
    let text = edits
        .iter()
        .fold(BUILDER.to_owned(), |text, (from, to)| edit(&text, from, to));
    check_locked(files(&[
        ("course.yaml", COURSE),
        ("sources.yaml", SOURCES),
        (QUIZ_PATH, QUIZ),
        (PATH, &text),
    ]))
}

/// What is done to the fixture, which rules then have something to say, where the first of them points, and what it says.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str], &'a str, &'a str);

#[track_caller]
fn cases(cases: &[Case<'_>]) {
    let mut wrong = Vec::new();
    for (edits, expected, place, says) in cases {
        let checked = check(edits);
        let found = rules(&checked);
        let Some(first) = checked.problems.first().filter(|_| found == *expected) else {
            wrong.push(format!(
                "{edits:?}: {found:?} instead of {expected:?}: {:#?}",
                checked.problems
            ));
            continue;
        };
        let (_, bytes) = checked
            .files
            .iter()
            .find(|(path, _)| *path == first.file)
            .expect("a file");
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let at = text[first.span.start..].starts_with(place);
        let all = format!("{} {} {}", first.message, first.why, first.help);
        if !at || !all.contains(says) || checked.course.is_some() {
            wrong.push(format!(
                "{edits:?}: at `{}`: {all}",
                &text[first.span.start..first.span.end]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn compiled(edits: &[(&str, &str)]) -> CompiledBuilder {
    let checked = check(edits);
    let course = checked.course.unwrap_or_else(|| panic!("{:#?}", checked.problems));
    course.builders[0].clone()
}

#[test]
fn the_fixture_is_clean() {
    expect(&check(&[]), &[]);
}

#[test]
fn the_form() {
    cases(&[
        (
            &[("palette: [transit,", "palette: [tranist,")],
            &["unknown-value"],
            "tranist",
            "Did you mean `transit`?",
        ),
        (
            &[("flavour: aws", "flavour: azure")],
            &["unknown-value"],
            "azure",
            "`aws`",
        ),
        (
            &[("say: There is one hub.", "say: There is one hub.\n    mist: true")],
            &["unknown-field"],
            "mist",
            "`must`",
        ),
        (
            &[("[Count., One will do., Remove one.]", "[Count.]")],
            &["count"],
            "[Count.",
            "has to hold 3",
        ),
        (
            &[("  app: {label: App}", "  App: {label: App}")],
            &["bad-id"],
            "App",
            "words of a-z",
        ),
        (
            &[("account, name: eu-west-1}", "account, name: eu-west-1, at: [1, 2, 3]}")],
            &["count"],
            "[1,",
            "`at`",
        ),
        (
            &[("b: [vnet, \"#office\"]", "b: [[vnet]]")],
            &["wrong-type"],
            "[vnet",
            "is a list",
        ),
        (
            &[("to: {in: tools}", "to: {in: tools, colour: red}")],
            &["unknown-field"],
            "colour",
            "`kind`",
        ),
        (
            &[("kind: subnet}]", "kind: sub-net}]")],
            &["unknown-value"],
            "sub-net",
            "`subnet`",
        ),
        (
            &[("    fails: [apart]\n", "")],
            &["missing-field"],
            "",
            "exactly those rules that fail",
        ),
    ]);
}

#[test]
fn references_and_rules() {
    let (must, two) = ("    must: true\n    weight: 2\n", "    must: true\n    hints: [Follow");
    let count = "    count: {of: transit, min: 1, max: 1}\n";
    cases(&[
        (
            &[("objective: w20-t1-o2", "objective: w20-t1-o3")],
            &["unknown-objective"],
            "w20-t1-o3",
            "`w20-t1-o1`",
        ),
        (
            &[("topic: w20-t1-transit-gateway", "topic: w20-t1")],
            &["unknown-topic"],
            "w20-t1",
            "no topic",
        ),
        (
            &[("sources: [tgw-how]", "sources: [tgw-howl]")],
            &["unknown-source"],
            "tgw-howl",
            "`tgw-how`",
        ),
        (
            &[("title: Three networks", "title: |\n  Three\n  networks")],
            &["one-line"],
            "",
            "several lines",
        ),
        (&[("Join **Tools**", "Join <b>Tools")], &["raw-html"], "<b>", "HTML"),
        (
            &[("why: One address", "why: <i>One address")],
            &["raw-html"],
            "<i>",
            "HTML",
        ),
        (
            &[("[Look at the table.,", "[\"<i>Look\",")],
            &["raw-html"],
            "<i>",
            "HTML",
        ),
        (
            &[("text: One association.", "text: <i>One")],
            &["raw-html"],
            "<i>",
            "HTML",
        ),
        (
            &[("- id: prefixes", "- id: apart"), ("[prefixes, tools", "[apart, tools")],
            &["duplicate-id"],
            "apart",
            "rule 1 too",
        ),
        (
            &[("after: [one-hub]", "after: [one-hup]")],
            &["unknown-id"],
            "one-hup",
            "Did you mean `one-hub`?",
        ),
        (
            &[("after: [one-hub]", "after: [office]")],
            &["unknown-id"],
            "office",
            "no rule above",
        ),
        (
            &[(must, "    weight: 2\n"), (two, "    hints: [Follow")],
            &["no-must"],
            "rules",
            "must: true",
        ),
        (&[(count, "")], &["predicate"], "one-hub", "judges nothing"),
        (
            &[(count, "    count: {of: transit}\n    spread: {of: transit, min: 2}\n")],
            &["predicate"],
            "one-hub",
            "`count` and `spread`",
        ),
        (
            &[("min: 1, max: 1}", "min: 2, max: 1}")],
            &["out-of-range"],
            "1}",
            "less than `min`",
        ),
        (
            &[("to: \"@lab\"", "to: \"@labs\"")],
            &["unknown-id"],
            "\"@labs\"",
            "Did you mean `lab`?",
        ),
        (
            &[("to: \"#office\"", "to: \"#tunnel\"")],
            &["unknown-id"],
            "\"#tunnel\"",
            "given ones only",
        ),
        (
            &[("of: transit", "of: transits")],
            &["selector"],
            "transits",
            "Did you mean `transit`?",
        ),
        (&[("to: {in: tools}", "to: {}")], &["selector"], "{}", "every part"),
        (
            &[("dropped, both: true}", "dropped, under: zone}")],
            &["fault"],
            "zone",
            "`faults`",
        ),
        (
            &[("palette: [transit,", "palette: [transit, transit,")],
            &["duplicate-kind"],
            "transit",
            "twice",
        ),
        (
            &[("worked: learnt", "worked: learned")],
            &["unknown-id"],
            "learned",
            "Did you mean `learnt`?",
        ),
        (
            &[("{at: spokes,", "{at: spoke,")],
            &["unknown-id"],
            "spoke",
            "Did you mean `spokes`?",
        ),
        (
            &[("    fails: [apart]", "    fails: [aparte]")],
            &["unknown-id"],
            "aparte",
            "Did you mean `apart`?",
        ),
        (
            &[("    fails: [apart]", "    fails: []")],
            &["witness"],
            "fails",
            "fails nothing",
        ),
    ]);
}

#[test]
fn designs() {
    let spokes = "{kind: route-table, in: hub, name: Spokes}";
    let tunnel = "tunnel: {kind: vpn, in: region, name: Tunnel}";
    let tools = "      tools: {cidr: 10.3.0.0/16}";
    let like = "    like: learnt\n    set:\n      spokes:";
    cases(&[
        (
            &[(spokes, "{kind: route-table, in: hubb, name: Spokes}")],
            &["unknown-id"],
            "hubb",
            "Did you mean `hub`?",
        ),
        (
            &[(tunnel, "tunnel: {kind: vpn, in: hub, name: Tunnel}")],
            &["design"],
            "tunnel",
            "Put it in a region or a site",
        ),
        (
            &[("{from: tunnel, to: office}", "{from: app, to: office}")],
            &["design"],
            "tunnel-office",
            "reached by a VPN",
        ),
        (
            &[("associate: outer", "associate: app-main")],
            &["setting"],
            "app-main",
            "`inner`, `outer` or `spokes`",
        ),
        (
            &[("subnets: [lab-1]", "subnets: [app-1]")],
            &["setting"],
            "[app-1",
            "It can name `lab-1`",
        ),
        (
            &[("[{to: 10.0.0.0/8, via: hub}]", "[{to: 10.0.0.0/8, via: tunnel}]")],
            &["setting"],
            "{to: 10.0",
            "It can name `hub`",
        ),
        (
            &[(
                "[{to: 10.0.0.0/8, via: hub}]",
                "[{to: 10.0.0.0/8, via: hub}, {to: 10.9.0.0/16, drop: true}]",
            )],
            &["setting"],
            "[{to: 10.0",
            "Write the blackhole into a table of the hub",
        ),
        (
            &[(
                "[{to: 10.0.0.0/8, via: hub}]",
                "[{to: 10.0.0.0/8, via: hub}, {to: 10.0.0.0/8, via: hub}]",
            )],
            &["setting"],
            "[{to: 10.0",
            "There is a row for 10.0.0.0/8 already",
        ),
        (
            &[("[vnet, \"#office\"]}", "[vnet, \"#office\"], inside: 10.0.0.1/8}")],
            &["prefix"],
            "10.0.0.1/8",
            "Write `10.0.0.0/8`",
        ),
        (
            &[("[vnet, \"#office\"]}", "[vnet, \"#office\"], inside: ours}")],
            &["prefix"],
            "ours",
            "Write it like `10.0.0.0/8`",
        ),
        (
            &[("[{to: 10.0.0.0/8, via: hub}]", "[{to: 10.0.0.0/8}]")],
            &["row"],
            "{to: 10.0",
            "neither `via` nor `drop`",
        ),
        (
            &[("[{to: 10.0.0.0/8, via: hub}]", "[{to: 10.0.0.0/88, via: hub}]")],
            &["design"],
            "{to: 10.0",
            "no prefix",
        ),
        (
            &[("[{to: 10.0.0.0/8, via: hub}]", "[{to: 10.3.0.0/8, via: hub}]")],
            &["prefix"],
            "10.3.0.0/8",
            "`10.0.0.0/8`",
        ),
        (
            &[(tools, "      tools: {cidr: 10.3.0.0}")],
            &["design"],
            "10.3.0.0",
            "does not fit",
        ),
        (
            &[(tools, "      tools-1: {cidr: 10.3.0.0/16}")],
            &["locked"],
            "tools-1",
            "`locked: false`",
        ),
        (
            &[(tools, "      toolz: {cidr: 10.3.0.0/16}")],
            &["unknown-id"],
            "toolz",
            "Did you mean `tools`?",
        ),
        (
            &[(tools, "      tools: {cidr: 10.3.0.0/16, associate: spokes}")],
            &["design"],
            "spokes",
            "no such setting",
        ),
        (
            &[("    remove: [tunnel]", "    remove: [office]")],
            &["locked"],
            "office",
            "taken away",
        ),
        (
            &[("    remove: [tunnel]", "    remove: [tunel]")],
            &["unknown-id"],
            "tunel",
            "Did you mean `tunnel`?",
        ),
        (
            &[(
                "  clear:\n    tunnel-hub: [propagate]\n  set",
                "  clear:\n    tunnel-hub: [subnets]\n  set",
            )],
            &["clear"],
            "subnets",
            "no `subnets` to clear",
        ),
        (
            &[("hub-2: {kind: transit,", "hub-2: {kind: site,")],
            &["design", "palette"],
            "hub-2",
            "cannot sit inside a region",
        ),
        (
            &[("hub-2: {kind: transit, in: region", "inner: {kind: transit, in: region")],
            &["duplicate-id"],
            "inner",
            "already",
        ),
        (
            &[("tunnel-office: {", "tunnel: {")],
            &["duplicate-id"],
            "tunnel",
            "whichever they are",
        ),
        (
            &[(
                "in: region, name: Second hub}",
                "in: region, name: Second hub, locked: true}",
            )],
            &["locked"],
            "true",
            "not given",
        ),
        (
            &[(
                "in: region, name: Second hub}",
                "in: region, name: Second hub, role: seer}",
            )],
            &["unknown-id"],
            "seer",
            "Did you mean `seen`?",
        ),
        (
            &[(
                "in: region, name: Second hub}",
                "in: region, name: Second hub, role: app}",
            )],
            &["role"],
            "app",
            "kind `transit`",
        ),
        (
            &[("name: Office, cidr", "name: Office, at: [0, 0], cidr")],
            &["layout"; 14],
            "account",
            "Give every part its place, or none.",
        ),
        (
            &[(
                "    like: learnt\n    set:\n      spokes:",
                "    like: lernt\n    set:\n      spokes:",
            )],
            &["unknown-id"],
            "lernt",
            "Did you mean `learnt`?",
        ),
        (
            &[(like, "    like: written\n    set:\n      spokes:")],
            &["like-cycle"],
            "written",
            "made from itself",
        ),
        (
            &[("half:\n  like: learnt", "half:\n  like: learn")],
            &["unknown-id"],
            "learn\n",
            "Did you mean `learnt`?",
        ),
    ]);
}

#[test]
fn proofs() {
    let written = BUILDER
        .find("  written:")
        .zip(BUILDER.find("\nworked: ").map(|at| at + 1));
    let written = written
        .and_then(|(from, to)| BUILDER.get(from..to))
        .expect("the second model");
    cases(&[
        // A model that fails something, and one that does not reach something.
        (
            &[("      tools: {cidr: 10.3.0.0/16}", "      tools: {cidr: 10.3.0.0/12}")],
            &["prefix"],
            "10.3.0.0/12",
            "",
        ),
        (
            &[(
                "spokes: {entries: [{to: 10.3.0.0/16, via: tools}]}",
                "spokes: {entries: [{to: 10.4.0.0/16, via: tools}]}",
            )],
            &["model"],
            "written",
            "fails `tools-reached`",
        ),
        (
            &[("      app-main: {entries: [{to: 0.0.0.0/0, via: hub}]}\n", "")],
            &["model"; 4],
            "learnt",
            "does not reach `apart`",
        ),
        // Two models that are one, and one alone.
        (
            &[(written, "  written:\n    say: The same.\n    like: learnt\n")],
            &["same-model"],
            "written",
            "only in names",
        ),
        (&[(written, "")], &["count"], "models", "only one model"),
        // Something that is there for show, and a spare that is none.
        (
            &[(
                "      outer: {",
                "      extra: {kind: route-table, in: hub, name: Extra}\n      outer: {",
            )],
            &["needless", "needless"],
            "extra: {kind",
            "`learnt` passes every rule without `extra`",
        ),
        (
            &[(
                "    parts:\n      hub: {",
                "    spare: [tunnel]\n    parts:\n      hub: {",
            )],
            &["spare"],
            "tunnel",
            "no spare",
        ),
        (
            &[(
                "    parts:\n      hub: {",
                "    spare: [office]\n    parts:\n      hub: {",
            )],
            &["unknown-id"],
            "office",
            "adds",
        ),
        // A witness that does not do as it says.
        (
            &[(
                "    fails: [one-hub]\n    not_reached: [office]",
                "    fails: [one-hub, office]",
            )],
            &["witness", "witness"],
            "two-hubs",
            "lacks `office`",
        ),
        (
            &[("    fails: [tools-reached]", "    fails: [tools-reached, office]")],
            &["witness"],
            "[tools-reached, office",
            "`office`, which passes",
        ),
        (
            &[(
                "    fails: [prefixes, tools-reached, office]",
                "    fails: [prefixes, office]",
            )],
            &["witness"],
            "[prefixes",
            "lacks `tools-reached`",
        ),
        // The given board gives something away.
        (
            &[(
                "{kind: vnet, in: region, name: Tools, locked: false}",
                "{kind: vnet, in: region, name: Tools, cidr: 10.3.0.0/16, locked: false}",
            )],
            &["empty-passes"],
            "prefixes",
            "given board passes",
        ),
        // The half-built board is nearly done, or hopeless.
        (
            &[("  clear:\n    tunnel-hub: [propagate]\n  set", "  set")],
            &["half-built"],
            "half",
            "1 of 5 rules do not pass on the half-built board: `apart`",
        ),
        (
            &[(
                "  clear:\n    tunnel-hub: [propagate]\n  set:\n    lab-hub: {propagate: [inner, spokes]}",
                "  clear:\n    tools: [cidr]\n  remove: [lab-hub, tunnel]\n  parts:\n    hub-2: {kind: transit, in: region, name: Two}",
            )],
            &["half-built"],
            "half",
            "5 of 5",
        ),
        // A rule that nothing shows to work.
        (
            &[(
                "  two-hubs:\n    say: There is a second hub.\n    like: learnt\n    parts:\n      hub-2: {kind: transit, in: region, name: Second hub}\n    fails: [one-hub]\n    not_reached: [office]\n",
                "",
            )],
            &["untested-rule"],
            "one-hub",
            "no witness fails",
        ),
    ]);
}

#[test]
fn an_attachment_that_no_rule_needs() {
    // Nobody asks for the office any more: its tunnel is needless, and the attachment may be as it likes.
    let office = [
        (
            "    route: {from: \"@tools\", to: \"#office\", expect: delivered, both: true}",
            "    count: {of: vpn, min: 1}",
        ),
        (
            "    fails: [prefixes, tools-reached, office]",
            "    fails: [prefixes, tools-reached]",
        ),
    ];
    let checked = check(&office);
    let attachment: Vec<&str> = checked
        .problems
        .iter()
        .filter(|problem| problem.rule == "attachment")
        .map(|problem| problem.message.as_str())
        .collect();
    for what in ["associated with no table", "that leads to it"] {
        let says = format!("the model `learnt` passes every rule with `tunnel-hub` {what}");
        assert!(
            attachment
                .iter()
                .any(|message| message.contains(what) && message.contains("`tunnel-hub`")),
            "{says}: {attachment:#?}"
        );
    }
}

/// Another id, another name and another free prefix make no other design.
#[test]
fn models_that_differ_in_nothing_that_matters() {
    let from = BUILDER.find("  written:").expect("the second model");
    let to = BUILDER.find("\nworked: ").map(|at| at + 1).expect("what follows");
    let renamed = "  renamed:
    say: The table for the office is called otherwise.
    like: learnt
    remove: [outer]
    parts:
      other: {kind: route-table, in: hub, name: Quite another}
    set:
      tunnel-hub: {associate: other}
      tools-hub: {propagate: [spokes, other]}
      tools: {cidr: 10.3.0.0/17}
";
    let written = BUILDER.get(from..to).expect("its text");
    cases(&[(
        &[(written, renamed)],
        &["same-model"],
        "renamed",
        "differs from `learnt` only in names",
    )]);
}

#[test]
fn one_broken_design_hides_no_other() {
    let edits = [
        ("    fails: [tools-reached]\n", "    fails: [apart]\n"),
        ("    remove: [tunnel]", "    remove: [tunel]"),
        (
            "{from: app, to: hub, subnets: [app-1]",
            "{from: app, to: hub, subnets: [app-1]",
        ),
    ];
    let checked = check(&edits);
    expect(&checked, &["unknown-id", "witness"]);
}

#[test]
fn the_compiled_file_is_what_a_page_reads() {
    let builder = compiled(&[]);
    let read = task::builder(&builder.json.to_string()).expect("a builder");
    assert_eq!(
        (read.id.as_str(), read.title.as_str()),
        ("week-20/three-networks", "Three networks")
    );
    assert_eq!(read.brief, "<p>Join <strong>Tools</strong> to App and Lab.</p>");
    let asked = (read.asked.worked.as_str(), read.asked.half.as_str());
    assert_eq!(asked, ("All of it holds.", "Some of it is missing."));
    assert_eq!(read.asked.blank, "Nothing joins them <strong>yet</strong>.");
    let items: Vec<(String, String)> = read
        .items
        .iter()
        .map(|item| (item.id.clone(), item.version.clone()))
        .collect();
    assert_eq!(items, builder.items);
    let ids: Vec<&str> = items.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(
        ids,
        ["week-20/three-networks#half-built", "week-20/three-networks#blank"]
    );
    assert_eq!(read.task.rules.len(), 5);
    assert_eq!(read.task.rules[4].after, ["one-hub"]);
    assert_eq!(read.task.rules[0].hints.len(), 3);
    assert_eq!(
        (read.notes[0].at.as_str(), read.notes[0].html.as_str()),
        ("spokes", "It knows Tools only.")
    );
    let fraction = |design| judge::check(design, &read.task).fraction;
    assert!((fraction(&read.worked) - 1.0).abs() < 1e-9);
    assert!(fraction(&read.half) < 1.0 && fraction(&read.task.given) < 1e-9);
    for board in [&read.worked, &read.half, &read.task.given] {
        assert_eq!(design::violations(board), Vec::<String>::new());
    }
    let (office, hub) = (&read.task.given.parts["office"], &read.worked.parts["hub"]);
    assert!(office.locked && !hub.locked && !read.task.given.parts["tools"].locked);
    // What proves the exercise would give it away.
    let text = builder.json.to_string();
    for secret in ["meeting", "no-return", "written", "Every route is learnt"] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert!(text.contains("\"sources\":[{\"checked\":\"2026-11-25\""), "{text}");
}

#[test]
fn versions_follow_what_is_graded_and_where_one_begins() {
    let versions = |edits: &[(&str, &str)]| -> Vec<String> {
        compiled(edits).items.into_iter().map(|(_, version)| version).collect()
    };
    let first = versions(&[]);
    // Golden: a version that changes by itself would age every record.
    assert_eq!(first, GOLDEN);
    let prose = [
        ("say: App and Lab never meet.", "say: App and Lab stay apart."),
        ("why: They must not.", "why: They may not."),
        ("name: App, cidr", "name: Application, cidr"),
        ("name: Spokes}", "name: For spokes}"),
        ("{label: Tools}", "{label: Tooling}"),
        ("Which way?,", "Which?,"),
        ("{at: spokes, text: It knows Tools only.}", "{at: hub, text: One.}"),
    ];
    assert_eq!(versions(&prose), first);
    let changed = |edits: &[(&str, &str)], expected: [bool; 2]| {
        let other = versions(edits);
        let changed: Vec<bool> = first.iter().zip(&other).map(|(a, b)| a != b).collect();
        assert_eq!(changed, expected, "{edits:?}");
    };
    changed(&[("    weight: 2", "    weight: 3")], [true, true]);
    changed(&[("dropped, both: true}", "dropped}")], [true, true]);
    changed(&[("cidr: 10.64.0.0/12", "cidr: 10.80.0.0/12")], [true, true]);
    changed(
        &[("lab-main, in: lab, name", "lab-main, in: lab, name")][..0],
        [false, false],
    );
    changed(
        &[(
            "  clear:\n    tunnel-hub: [propagate]\n  set",
            "  clear:\n    tunnel-hub: [associate]\n  set",
        )],
        [true, false],
    );
}

const GOLDEN: [&str; 2] = ["74d9a745", "f4a23906"];

#[test]
fn the_index_names_it_after_the_quizzes_of_its_topic() {
    let course = check(&[]).course.expect("a course");
    let entries = &course.index.weeks[1].exercises;
    let kinds: Vec<(&str, &str)> = entries
        .iter()
        .map(|entry| (entry.id.as_str(), entry.kind.as_str()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("week-20/transit-gateway", "quiz"),
            ("week-20/three-networks", "builder")
        ]
    );
    assert_eq!((entries[1].minutes, entries[1].items.len()), (20, 2));
    let files = course.files();
    let (_, bytes) = files
        .iter()
        .find(|(name, _)| *name == entries[1].file)
        .expect("its file");
    assert!(task::builder(std::str::from_utf8(bytes).expect("UTF-8")).is_ok());
    let stats = serde_json::to_value(course.stats()).expect("JSON");
    assert_eq!(stats["exercises_by_kind"], serde_json::json!({"builder": 1, "quiz": 1}));
    assert_eq!(stats["items"], 3);
}

#[test]
fn ids_of_stages_are_locked_and_move_with_the_exercise() {
    let unlocked = sandtable_course::check_files(
        files(&[
            ("course.yaml", COURSE),
            ("sources.yaml", SOURCES),
            (PATH, BUILDER),
            ("ids.lock", "week-20/three-networks\n"),
        ]),
        crate::today(),
    );
    let new = unlocked
        .problems
        .iter()
        .find(|problem| problem.rule == "new-id")
        .expect("new ids");
    assert!(
        new.message.contains("#half-built` and `week-20/three-networks#blank"),
        "{}",
        new.message
    );
    let renamed = edit(BUILDER, "minutes: 20", "minutes: 20\naliases: [week-20/two-networks]");
    let lock = "week-20/three-networks\nweek-20/three-networks#blank\nweek-20/three-networks#half-built\n\
                week-20/two-networks\nweek-20/two-networks#blank\nweek-20/two-networks#half-built\n";
    let all = files(&[
        ("course.yaml", COURSE),
        ("sources.yaml", SOURCES),
        (PATH, &renamed),
        ("ids.lock", lock),
    ]);
    expect(&sandtable_course::check_files(all, crate::today()), &[]);
}
