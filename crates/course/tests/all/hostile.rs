//! Files that nobody meant well with: whatever the bytes, there is an answer, and it lies inside the file.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use sandtable_course::{Checked, check_files, render_human};

use crate::builder::BUILDER;
use crate::{COURSE, QUIZ, QUIZ_PATH, SOURCES, rules, today};

/// The ids that a builder has in the quiz's place: without them it would not be proved.
const LOCK: &str = "week-20/transit-gateway\nweek-20/transit-gateway#blank\nweek-20/transit-gateway#half-built\n";

/// Checks bytes in the place of one file, and that what is said of it has a place in it.
fn throw(path: &str, bytes: &[u8]) -> Checked {
    let mut files = vec![
        ("course.yaml".to_owned(), COURSE.as_bytes().to_vec()),
        ("sources.yaml".to_owned(), SOURCES.as_bytes().to_vec()),
        (QUIZ_PATH.to_owned(), QUIZ.as_bytes().to_vec()),
        ("ids.lock".to_owned(), LOCK.as_bytes().to_vec()),
    ];
    files.retain(|(other, _)| other != path);
    files.push((path.to_owned(), bytes.to_vec()));
    let checked = check_files(files, today());
    let lines: Vec<&[u8]> = bytes.split(|b| *b == b'\n').collect();
    for problem in checked.problems.iter().filter(|problem| problem.file == path) {
        assert!((1..=lines.len()).contains(&problem.line), "{problem:?}");
        let line = lines[problem.line - 1];
        assert!((1..=line.len() + 1).contains(&problem.column), "{problem:?}");
        assert!(
            problem.span.start <= problem.span.end && problem.span.end <= bytes.len(),
            "{problem:?}"
        );
    }
    assert_eq!(
        render_human(&checked.problems, &checked.files, false).is_empty(),
        checked.problems.is_empty()
    );
    checked
}

#[track_caller]
fn quickly(bytes: &[u8], rule: &str) {
    let start = Instant::now();
    let checked = throw(QUIZ_PATH, bytes);
    let took = start.elapsed();
    assert!(
        rules(&checked).contains(&rule),
        "{rule}: {:?}",
        rules(&checked).iter().take(5).collect::<Vec<_>>()
    );
    // Unoptimised, on a machine that does other things; what is meant is that nothing grows with the square.
    assert!(took < Duration::from_secs(20), "{rule} took {took:?}");
}

#[test]
fn strange_files() {
    quickly(b"", "empty-file");
    quickly(b"# nothing\n", "empty-file");
    quickly(b"---\n...\n", "empty-file");
    quickly(b"\xef\xbb\xbf", "empty-file");
    quickly(b"just text", "wrong-type");
    quickly(b"- a\n- b\n", "wrong-type");
    quickly(b"kind: quiz\xff\n", "encoding");
    quickly(b"\xff\xfek\0i\0n\0d\0", "encoding");
    quickly(b"kind: quiz\0\n", "control-character");
    quickly(b"\0", "control-character");
    quickly(b"kind: quiz\n---\nkind: quiz\n", "several-documents");
    quickly(b"kind: quiz\nkind: quiz\n", "duplicate-key");
    quickly(b"%YAML 9.9\n---\nkind: quiz\n", "syntax");
    quickly(b"kind: \tquiz\n\t- x", "syntax");
    quickly(b"? kind\n: quiz\n", "missing-field");
    quickly(b"kind: quiz\ntitle: 'x", "syntax");
    quickly(b"a: &a [*a]\nkind: quiz\n", "anchor");
}

#[test]
fn large_and_deep_files() {
    let megabyte = 1 << 20;
    quickly(&vec![b'a'; megabyte + 1], "too-large");
    quickly(&vec![b'['; megabyte], "too-deep");
    quickly("- ".repeat(megabyte / 2).as_bytes(), "too-deep");
    quickly("? ".repeat(megabyte / 2).as_bytes(), "too-deep");
    quickly("{a: ".repeat(megabyte / 4).as_bytes(), "too-deep");
    quickly(
        &[b"kind: ".as_slice(), &vec![b'a'; megabyte - 6]].concat(),
        "unknown-kind",
    );
    quickly("- a\n".repeat(megabyte / 4).as_bytes(), "too-many-nodes");
    quickly("[],".repeat(megabyte / 3).as_bytes(), "syntax");
    quickly(format!("[{}]", "[],".repeat(60_000)).as_bytes(), "too-many-nodes");
    quickly("#\n".repeat(megabyte / 2).as_bytes(), "empty-file");
    quickly("\n".repeat(megabyte).as_bytes(), "empty-file");
    let bomb: String = (0..20)
        .map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{},", n - 1).repeat(9)))
        .collect::<String>();
    quickly(bomb.as_bytes(), "anchor");
    let fields: String = (0..24_000).map(|n| format!("field-{n}: x\n")).collect();
    quickly(format!("kind: quiz\n{fields}").as_bytes(), "unknown-field");
    let items: String = (0..9_000)
        .map(|n| format!("  - {{id: i{n}, kind: choice}}\n"))
        .collect();
    quickly(format!("kind: quiz\nitems:\n{items}").as_bytes(), "missing-field");
}

#[test]
fn long_lists_in_a_valid_item() {
    let put = |from: &str, to: &str| crate::edit(QUIZ, from, to);
    let ids = "attach, ".repeat(20_000);
    quickly(
        put("order: [attach,", &format!("order: [{ids}attach,")).as_bytes(),
        "count",
    );
    let pairs: String = (0..10_000).map(|n| format!("      p{n}: t{n}\n")).collect();
    quickly(
        put("      to-web: spoke\n", &format!("{pairs}      to-web: spoke\n")).as_bytes(),
        "unknown-id",
    );
    let allow: String = (0..20_000).map(|n| format!("      r{n}: x\n")).collect();
    let explain = "    explain: Both";
    quickly(
        put(explain, &format!("    allow:\n{allow}{explain}")).as_bytes(),
        "allow",
    );
    let lock: String = (10_000..40_000).map(|n| format!("week-20/x{n}\n")).collect();
    let start = Instant::now();
    assert!(throw("ids.lock", lock.as_bytes()).problems.len() > 30_000);
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn markdown_that_is_large_and_deep() {
    let explain = |text: &str| {
        let indented: String = text.lines().map(|line| format!("      {line}\n")).collect();
        QUIZ.replace(
            "    explain: Both directions need a route.\n",
            &format!("    explain: |\n{indented}"),
        )
    };
    for (text, rule) in [
        ("> ".repeat(9_000), "markdown"),
        ("- ".repeat(9_000), "markdown"),
        ("<b>".repeat(6_000), "raw-html"),
        ("*a **b ".repeat(2_500), "new-id"),
        ("[".repeat(19_000), "new-id"),
        ("[a](".repeat(4_500), "new-id"),
        ("`".repeat(19_000), "new-id"),
        ("&#x1F980;".repeat(2_000), "new-id"),
        ("| a ".repeat(2_000) + "|\n" + &"|---".repeat(2_000) + "|", "new-id"),
        ("word ".repeat(5_000), "too-long"),
    ] {
        quickly(explain(&text).as_bytes(), rule);
    }
}

/// Pieces of YAML that a mutation puts in.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("\n".to_owned()),
        Just(": ".to_owned()),
        Just("- ".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\r\n".to_owned()),
        Just("é🦀".to_owned()),
        Just("\"".to_owned()),
        Just("{".to_owned()),
        Just("|".to_owned()),
        Just("&a *a".to_owned()),
        Just("  kind: order".to_owned()),
        Just("after: [attach, test]".to_owned()),
        Just("<b> ![x](y) **".to_owned()),
        Just("\0".to_owned()),
        any::<String>(),
        "[a-z0-9:, \\[\\]{}#|>*&!%@`'\"-]{0,12}",
    ]
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), path in 0..4usize) {
        throw([QUIZ_PATH, "course.yaml", "sources.yaml", "ids.lock"][path], &bytes);
    }

    #[test]
    fn any_text(text in "(?s).{0,200}", path in 0..4usize) {
        throw([QUIZ_PATH, "course.yaml", "sources.yaml", "ids.lock"][path], text.as_bytes());
    }

    /// A valid file with lines taken out, moved, doubled and written over.
    #[test]
    fn mutated_files(edits in prop::collection::vec((any::<prop::sample::Index>(), 0..40usize, piece()), 1..5), which in 0..4usize) {
        let (path, text) = [(QUIZ_PATH, QUIZ), ("course.yaml", COURSE), ("sources.yaml", SOURCES), (QUIZ_PATH, BUILDER)][which];
        let mut text = text.to_owned();
        for (at, cut, put) in edits {
            let chars: Vec<char> = text.chars().collect();
            let at = at.index(chars.len() + 1).min(chars.len());
            let rest = chars.get(at + cut..).unwrap_or_default();
            text = chars[..at].iter().collect::<String>() + &put + &rest.iter().collect::<String>();
        }
        throw(path, text.as_bytes());
    }

    /// The same with whole lines, which more often leaves a file that can be read.
    #[test]
    fn shuffled_lines(moves in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3u8), 1..6), which in 0..2usize) {
        let mut lines: Vec<&str> = [QUIZ, BUILDER][which].lines().collect();
        for (from, to, what) in moves {
            let from = from.index(lines.len());
            let line = lines[from];
            if what < 2 {
                lines.remove(from);
            }
            if what > 0 {
                lines.insert(to.index(lines.len() + 1), line);
            }
        }
        throw(QUIZ_PATH, lines.join("\n").as_bytes());
    }
}

/// Large boards are refused before anything is proved on them.
#[test]
fn large_boards() {
    let many = |count: usize, zone: &str| -> String {
        let subnet = |n: usize| {
            format!(
                "    extra-{n}: {{kind: subnet, in: {zone}, name: Extra {n}, role: app, cidr: 10.1.{}.{}/28, table: app-main}}\n",
                n / 16,
                n % 16 * 16
            )
        };
        (1..count).map(subnet).collect()
    };
    let with = |parts: &str| {
        crate::edit(
            BUILDER,
            "    lab: {kind: vnet",
            &format!("{parts}    lab: {{kind: vnet"),
        )
    };
    quickly(with(&many(2000, "app-zone")).as_bytes(), "too-large");
    let walks = with(&many(200, "app-zone")).replace("to: \"@lab\"", "to: \"@app\"");
    quickly(walks.as_bytes(), "too-large");
}
