use crate::{Place, QUIZ};

#[test]
fn two_builds_are_the_same() {
    let (one, two) = (Place::built(), Place::built());
    assert_eq!(one.files("site"), two.files("site"));
    // And again over what is there.
    assert_eq!(two.run(&["build", "--app", "dist", "--out", "site"]).code, Some(0));
    assert_eq!(one.files("site"), two.files("site"));
}

#[test]
fn a_site_holds_together() {
    let place = Place::built();
    let page = place.read("site/index.html");
    let boot = place.site_file("boot.", ".js");
    let (app, wasm) = (place.site_file("app.", ".js"), place.site_file("app_bg.", ".wasm"));
    let sheet = place.site_file("sandtable.", ".css");
    assert!(page.contains("<meta charset=utf-8><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'"), "{page}");
    assert!(
        page.contains(&format!("src=\"./{boot}\"")) && page.contains(&format!("href=\"./{sheet}\"")),
        "{page}"
    );
    let start = place.read(&format!("site/{boot}"));
    assert!(
        start.contains(&format!("\"./{app}\"")) && start.contains(&format!("\"./{wasm}\"")),
        "{start}"
    );
    assert_eq!(
        place.read(&format!("site/{sheet}")),
        ":root { --ink: #123; }\nbody { color: var(--ink); }\n"
    );
    let quiz = place.site_file("data/week-20/routes.", ".json");
    assert!(
        place
            .read("site/data/course.json")
            .contains(quiz.strip_prefix("data/").unwrap())
    );
    assert!(place.path("site/.nojekyll").is_file());
    // The compressed forms are named by nothing, and no name is made of them.
    assert!(place.size(&format!("site/{quiz}.br")) < place.size(&format!("site/{quiz}.gz")));
    for (path, bytes) in place.files("site") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains(".json.br") && !text.contains(".js.gz"), "{path}");
    }
}

#[test]
fn a_page_that_the_policy_would_break_is_refused_and_the_old_site_stays() {
    let place = Place::built();
    let before = place.files("site");
    place.write(
        "dist/index.html",
        &place
            .read("dist/index.html")
            .replace("</head>", "<script>run()</script></head>"),
    );
    let said = place.run(&["build", "--app", "dist", "--out", "site"]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.err.contains("line 1") && said.err.contains("inline script"),
        "{}",
        said.err
    );
    assert_eq!(place.files("site"), before);
}

#[test]
fn a_broken_course_builds_nothing() {
    let place = Place::new();
    place.write(QUIZ, "kind: quiz\n");
    for args in [&["build", "--app", "dist", "--out", "site"][..], &["build", "--data"]] {
        let said = place.run(args);
        assert_eq!(said.code, Some(1), "{args:?}");
        assert!(said.err.contains("routes.yaml"), "{}", said.err);
    }
    assert!(!place.path("site").exists() && !place.path("public").exists());
}

#[test]
fn what_is_not_a_site_is_not_replaced() {
    let place = Place::new();
    place.write("site/thesis.txt", "years");
    let said = place.run(&["build", "--app", "dist", "--out", "site"]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("--out"), "{}", said.err);
    for out in ["dist/site", ".", "dist"] {
        let said = place.run(&["build", "--app", "dist", "--out", out]);
        assert_eq!(said.code, Some(1), "{out}");
        assert!(said.err.contains("one inside the other"), "{}", said.err);
    }
    assert_eq!(place.read("site/thesis.txt"), "years");
}

#[test]
fn data_is_written_once() {
    let place = Place::new();
    let said = place.run(&["build", "exercises", "--data"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let names: Vec<String> = place.files("public/data").into_iter().map(|(path, _)| path).collect();
    assert!(
        names.iter().any(|name| name == "course.json") && names.iter().any(|name| name.starts_with("week-20/routes.")),
        "{names:?}"
    );
    let written = std::fs::metadata(place.path("public/data/course.json"))
        .unwrap()
        .modified()
        .unwrap();
    assert!(place.run(&["build", "exercises", "--data"]).err.contains("up to date"));
    assert_eq!(
        std::fs::metadata(place.path("public/data/course.json"))
            .unwrap()
            .modified()
            .unwrap(),
        written
    );
    // Other content, other name; the old file goes.
    place.write(
        QUIZ,
        &place.read(QUIZ).replace("whatever the order", "whichever the order"),
    );
    assert_eq!(place.run(&["build", "exercises", "--data"]).code, Some(0));
    assert_eq!(place.files("public/data").len(), names.len());
}
