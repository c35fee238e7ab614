//! A single file, as `sandtable build --single` writes it.

use sandtable_cli::html;

use crate::{Place, QUIZ};

pub(crate) const GLUE: &str = "let wasm;function go(e,n){e.hash=n}function has(e){return e.hash==''}\
                    async function __wbg_init(e){}export{initSync,__wbg_init as default};\n";

/// With a script as wasm-bindgen writes it.
fn place() -> Place {
    let place = Place::new();
    place.write("dist/app.js", GLUE);
    place
}

fn build(place: &Place, more: &[&str]) -> crate::Said {
    place.run(&[&["build", "--app", "dist", "--single"], more].concat())
}

#[test]
fn a_page_loads_nothing_and_its_policy_knows_its_scripts() {
    let place = place();
    let said = build(&place, &["week-20/routes"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let page = place.read("routes.html");
    let tags = html::tags(&page);
    let loads = |tag: &&html::Tag<'_>| {
        ["src", "href"].iter().any(|name| {
            tag.get(name)
                .is_some_and(|to| !to.is_empty() && !to.starts_with("data:"))
        })
    };
    assert_eq!(tags.iter().find(loads), None);
    let policy = tags
        .iter()
        .find_map(|tag| tag.get("http-equiv").and_then(|_| tag.get("content")));
    let policy = policy.unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'sha256-"),
        "{policy}"
    );
    for loose in ["unsafe-inline", "'unsafe-eval'", "'self'", "*", "http"] {
        assert!(!policy.contains(loose), "{policy}");
    }
    // The loader, boot.js, the script of the app; and the style sheet.
    assert_eq!(policy.matches("'sha256-").count(), 3 + 1, "{policy}");
    let scripts: Vec<_> = tags.iter().filter(|tag| tag.name == "script").collect();
    assert_eq!(scripts.len(), 2);
    assert!(
        scripts[0].text.contains("const START = \"#/week-20/routes\""),
        "{}",
        scripts[0].text
    );
    assert_eq!(
        (scripts[1].get("type"), scripts[1].get("id")),
        (Some("text/plain"), Some("packed"))
    );
    assert!(page.contains("<title>Routes - Sandtable</title>"), "{page}");
}

#[test]
fn the_course_opens_at_its_map_and_twice_is_the_same() {
    let place = place();
    for out in ["one.html", "two.html"] {
        let said = build(&place, &["course", "--out", out]);
        assert_eq!(said.code, Some(0), "{}", said.err);
    }
    assert_eq!(place.read("one.html"), place.read("two.html"));
    assert!(place.read("one.html").contains("const START = \"\""));
    // And again in its own place.
    assert_eq!(build(&place, &["course", "--out", "one.html"]).code, Some(0));
}

#[test]
fn what_is_no_exercise_is_told_and_nothing_is_written() {
    let place = place();
    for (name, hint) in [
        ("week-20/rutes", "Did you mean week-20/routes?"),
        ("cake", "There are: course, week-20/routes."),
    ] {
        let said = build(&place, &[name, "--out", "out.html"]);
        assert_eq!(said.code, Some(1));
        assert!(said.err.contains(hint), "{}", said.err);
    }
    place.write(QUIZ, "kind: quiz\n");
    assert_eq!(build(&place, &["course", "--out", "out.html"]).code, Some(1));
    assert!(!place.path("out.html").exists());
    assert_eq!(
        place.run(&["build", "--single", "course"]).code,
        Some(2),
        "--app is needed"
    );
}

#[test]
fn a_file_of_somebody_else_is_left_alone() {
    let place = place();
    place.write("thesis.html", "<p>years</p>");
    let said = build(&place, &["course", "--out", "thesis.html"]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("--out"), "{}", said.err);
    assert_eq!(place.read("thesis.html"), "<p>years</p>");
}

#[test]
fn scripts_that_it_does_not_know_are_refused() {
    for (file, from, to, says) in [
        (
            "dist/boot.js",
            "import(\"./app.js\")",
            "import('./app.js')",
            "boot.js has to say",
        ),
        ("dist/app.js", " as default", " as other", "exports no default"),
    ] {
        let place = place();
        let text = place.read(file);
        assert!(text.contains(from));
        place.write(file, &text.replace(from, to));
        let said = build(&place, &["course"]);
        assert_eq!(said.code, Some(1), "{says}");
        assert!(said.err.contains(says), "{}", said.err);
    }
}
