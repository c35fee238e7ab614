//! The course as a whole: its own files, ids over time, and folders on the disk.

use sandtable_course::{Checked, check_files, read};

use crate::{COURSE, Files, QUIZ, QUIZ_PATH, SOURCES, check_locked, course_with, edit, expect, files, rules, today};

#[track_caller]
fn course(from: &str, to: &str, expected: &[&str]) {
    let course = edit(COURSE, from, to);
    expect(
        &check_locked(files(&[
            ("course.yaml", &course),
            ("sources.yaml", SOURCES),
            (QUIZ_PATH, QUIZ),
        ])),
        expected,
    );
}

#[track_caller]
fn sources(from: &str, to: &str, expected: &[&str]) {
    let sources = edit(SOURCES, from, to);
    expect(
        &check_locked(files(&[
            ("course.yaml", COURSE),
            ("sources.yaml", &sources),
            (QUIZ_PATH, QUIZ),
        ])),
        expected,
    );
}

#[test]
fn course_yaml() {
    course(
        "id: level-4\n",
        "id: level-4\nreport_url: https://forge.example/issues\n",
        &[],
    );
    course(
        "id: level-4\n",
        "id: level-4\nreport_url: forge.example/issues\n",
        &["not-https"],
    );
    course("number: 19", "number: 20", &["duplicate-id", "unknown-topic"]);
    course("number: 20", "number: 21", &["wrong-week"]);
    course(
        "w20-t1-o2, text",
        "w20-t1-o1, text",
        &["duplicate-id", "unknown-objective", "unknown-objective"],
    );
    course("w20-t2-o1, text", "w20-t1-o1, text", &["duplicate-id"]);
    course("id: w19-t1-strategies", "id: w20-t2-peering", &["duplicate-id"]);
    // What refers to a file that cannot be read is not judged.
    course("title: Multi-Cloud", "titel: Multi-Cloud", &["unknown-field"]);
}

#[test]
fn sources_yaml() {
    sources("2026-11-25", "2026-11-26", &["future-date"]);
    sources("2026-11-25", "2026-02-29", &["bad-date"]);
    sources("2026-11-25", "2025-05-25", &[]);
    sources("2026-11-25", "2025-05-24", &["old-source"]);
    sources("https://docs", "http://docs", &["not-https"]);
    sources("https://docs.aws.amazon.com/", "https:///", &["not-https"]);
    sources("via: live", "via: copy", &[]);
    sources("via: live", "via: lvie", &["unknown-value"]);
    let words = |count: usize| format!("says: {}", "word ".repeat(count).trim_end());
    let says = "says: A static route wins over a propagated one with the same destination.";
    sources(says, &words(25), &[]);
    sources(says, &words(26), &["long-says"]);
    sources("tgw-how:", "Tgw_how:", &["bad-id"]);
    let more = SOURCES
        .replace("tgw-how:", "tgw-more:")
        .lines()
        .skip(1)
        .collect::<Vec<_>>()
        .join("\n");
    sources("destination.\n", &format!("destination.\n{more}\n"), &["unused-source"]);
}

#[test]
fn files_that_are_missing_or_misplaced() {
    expect(&check_files(Vec::new(), today()), &["missing-file", "missing-file"]);
    expect(
        &check_files(files(&[("course.yaml", COURSE), (QUIZ_PATH, QUIZ)]), today()),
        &["missing-file", "missing-file"],
    );
    let with = |path: &str| {
        let mut files = course_with(QUIZ);
        files.push((path.to_owned(), b"x".to_vec()));
        files
    };
    for path in [
        "week-20-networking/x.yml",
        "week-20-networking/X.yaml",
        "week-xx/x.yaml",
        "week-2/x.yaml",
        "x.yaml",
    ] {
        expect(&check_locked(with(path)), &["file-name"]);
    }
    for path in [
        "README.md",
        "schema/x.yaml",
        "week-20-networking/notes.txt",
        "week-20-networking/a/b.yaml",
    ] {
        expect(&check_locked(with(path)), &[]);
    }
    let mut twice = course_with(QUIZ);
    twice.push((
        "week-20-other/transit-gateway.yaml".to_owned(),
        QUIZ.as_bytes().to_vec(),
    ));
    expect(&check_locked(twice), &["duplicate-id"]);
}

#[test]
fn one_broken_file_stops_no_other() {
    let mut files = course_with(&edit(QUIZ, "level: apply", "level: aply"));
    files.push(("week-20-networking/peering.yaml".to_owned(), b"a: [".to_vec()));
    files.push((
        "week-20-networking/other.yaml".to_owned(),
        QUIZ.replace("minutes: 12", "minutes: 0").into_bytes(),
    ));
    expect(&check_locked(files), &["out-of-range", "syntax", "unknown-value"]);
}

fn with_lock(quiz: &str, lock: &str) -> Checked {
    let mut files = course_with(quiz);
    files.push(("ids.lock".to_owned(), lock.as_bytes().to_vec()));
    check_files(files, today())
}

const LOCK: &str = "# ids\nweek-20/transit-gateway\nweek-20/transit-gateway#blackhole\n\
                    week-20/transit-gateway#migrate\nweek-20/transit-gateway#next-hops\n";

#[test]
fn ids_over_time() {
    expect(&with_lock(QUIZ, LOCK), &[]);
    expect(&with_lock(QUIZ, &LOCK.replace('\n', "\r\n")), &[]);
    expect(&with_lock(QUIZ, ""), &["new-id"]);
    expect(
        &with_lock(QUIZ, &edit(LOCK, "week-20/transit-gateway#migrate\n", "")),
        &["new-id"],
    );
    expect(&with_lock(QUIZ, &format!("{LOCK}week-20/zzz\n")), &["vanished-id"]);
    expect(
        &with_lock(QUIZ, &format!("{LOCK}week-20/a\n")),
        &["ids-lock", "vanished-id"],
    );
    expect(&with_lock(QUIZ, &format!("{LOCK}not an id\n")), &["ids-lock"]);
    expect(
        &with_lock(QUIZ, &format!("{LOCK}week-20/transit-gateway#next-hops\n")),
        &["ids-lock"],
    );

    let renamed = edit(QUIZ, "id: migrate", "id: move");
    let lock = edit(LOCK, "#migrate\n", "#migrate\nweek-20/transit-gateway#move\n");
    expect(&with_lock(&renamed, &lock), &["vanished-id"]);
    let aliased = edit(&renamed, "id: move", "id: move\n    aliases: [migrate]");
    expect(&with_lock(&aliased, &lock), &[]);
    let live = edit(QUIZ, "id: migrate", "id: migrate\n    aliases: [blackhole]");
    expect(&with_lock(&live, LOCK), &["live-alias"]);
    let twice = edit(
        &edit(QUIZ, "id: migrate", "id: migrate\n    aliases: [old]"),
        "id: next-hops",
        "id: next-hops\n    aliases: [old]",
    );
    expect(&with_lock(&twice, LOCK), &["live-alias", "live-alias"]);

    // A renamed file takes its items with it, those under their former names too.
    let moved = edit(&aliased, "tries: 3", "tries: 3\naliases: [week-20/old]");
    let old = "week-20/old\nweek-20/old#blackhole\nweek-20/old#migrate\nweek-20/old#next-hops\n";
    expect(
        &with_lock(&moved, &edit(&lock, "# ids\n", &format!("# ids\n{old}"))),
        &[],
    );
    // An item that came from another file.
    let other = edit(QUIZ, "id: migrate", "id: migrate\n    aliases: [week-19/old#move]");
    expect(
        &with_lock(&other, &edit(LOCK, "# ids\n", "# ids\nweek-19/old#move\n")),
        &[],
    );
    // Where not all can be read, nothing has vanished.
    expect(&with_lock("kind: [", &format!("{LOCK}week-20/zzz\n")), &["syntax"]);
}

#[test]
fn the_lock_only_grows() {
    let checked = with_lock(QUIZ, "# by hand\n\nweek-19/gone\nnonsense\nweek-20/transit-gateway\n");
    let lock = checked.updated_lock.expect("a lock");
    let rest = LOCK.trim_start_matches("# ids\n");
    assert_eq!(lock, format!("# by hand\nweek-19/gone\n{rest}"));
    let again = with_lock(QUIZ, &lock).updated_lock.expect("a lock");
    assert_eq!(again, lock);
    let bad: Files = vec![("ids.lock".to_owned(), vec![0xff])];
    assert_eq!(check_files(bad, today()).updated_lock, None);
}

#[test]
fn on_the_disk() {
    let root = tempfile::tempdir().expect("a folder");
    let dir = root.path();
    assert_eq!(
        rules(&read(&dir.join("nowhere"), today())),
        ["missing-file", "missing-file", "unreadable"]
    );

    let lock = check_files(course_with(QUIZ), today()).updated_lock.expect("a lock");
    for (path, bytes) in course_with(QUIZ)
        .iter()
        .chain(&[("ids.lock".to_owned(), lock.into_bytes())])
    {
        let path = dir.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    std::fs::write(dir.join(".hidden.yaml"), "[").expect("a file");
    expect(&read(dir, today()), &[]);

    let week = dir.join("week-20-networking");
    std::fs::create_dir(week.join("x.yaml")).expect("a folder");
    std::fs::write(week.join("big.yaml"), vec![b'a'; (1 << 20) + 10]).expect("a file");
    expect(&read(dir, today()), &["not-a-file", "too-large"]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let root = tempfile::tempdir().expect("a folder");
    let dir = root.path();
    std::os::unix::fs::symlink("/etc/passwd", dir.join("course.yaml")).expect("a link");
    std::os::unix::fs::symlink("/nowhere", dir.join("sources.yaml")).expect("a link");
    std::os::unix::fs::symlink(dir, dir.join("week-20-loop")).expect("a link");
    std::os::unix::fs::symlink("/dev/zero", dir.join("ids.lock")).expect("a link");
    let checked = read(dir, today());
    assert_eq!(rules(&checked), ["symlink"; 4]);
    assert_eq!(
        checked.updated_lock, None,
        "a lock that is there and cannot be read is no reason for a new one"
    );
}
