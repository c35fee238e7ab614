use super::*;
use crate::policy::POLICY;

const PAGE: &str = "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>t</title>\
    <link rel=\"icon\" href=\"./icon.svg\">\
    <link rel=\"stylesheet\" href=\"./tokens.css\" integrity=\"sha384-x\">\
    <link rel=\"stylesheet\" href=\"./print.css\" media=\"print\">\
    <script type=\"module\" src=\"./boot.js\" integrity=\"sha384-y\"></script></head><body><a href=\"#/x\">x</a></body></html>";

fn dist() -> Files {
    let files = [
        ("index.html", PAGE),
        (
            "boot.js",
            "// Starts it.\n  const app = await import(\"./app.js\"); // now\n\n  app.default(new URL(\"./app_bg.wasm\", import.meta.url));",
        ),
        ("app.js", "module = new URL('app_bg.wasm', import.meta.url);"),
        ("app_bg.wasm", "\0asm"),
        ("tokens.css", "@charset \"utf-8\";:root { --ink: #000 }"),
        ("print.css", "nav { display: none }"),
        ("icon.svg", "<svg/>"),
        ("data/course.json", "{}"),
        (".trunk-lock", ""),
    ];
    files
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
        .collect()
}

fn text<'a>(app: &'a App, stem: &str) -> (&'a str, &'a str) {
    let of = |path: &str| path == stem || crate::names::unhashed(path).as_deref() == Some(stem);
    let (path, bytes) = app.files.iter().find(|(path, _)| of(path)).unwrap();
    (path, std::str::from_utf8(bytes).unwrap())
}

/// The message that a changed output meets.
fn refused(change: impl FnOnce(&mut Files)) -> String {
    let mut files = dist();
    change(&mut files);
    app(files).unwrap_err().to_string()
}

fn page(from: &str, to: &str) -> impl FnOnce(&mut Files) {
    assert!(PAGE.contains(from), "{from}");
    let page = PAGE.replace(from, to).into_bytes();
    move |files| drop(files.insert("index.html".to_owned(), page))
}

#[test]
fn references_follow_the_names() {
    let app = app(dist()).unwrap();
    let (wasm, _) = text(&app, "app_bg.wasm");
    let (script, glue) = text(&app, "app.js");
    let (boot, start) = text(&app, "boot.js");
    let (sheet, css) = text(&app, "sandtable.css");
    let (_, html) = text(&app, "index.html");
    assert!(glue.contains(&format!("'{wasm}'")), "{glue}");
    assert!(
        start.contains(&format!("\"./{script}\"")) && start.contains(&format!("\"./{wasm}\"")),
        "{start}"
    );
    assert!(
        html.contains(&format!("<script type=\"module\" src=\"./{boot}\"></script>")),
        "{html}"
    );
    assert!(
        html.contains(&format!("<link rel=\"stylesheet\" href=\"./{sheet}\">")),
        "{html}"
    );
    assert!(
        start.starts_with("const app") && start.contains("// now\napp.default("),
        "{start}"
    );
    assert_eq!(css, ":root { --ink: #000 }\n@media print {\nnav { display: none }\n}\n");
    assert_eq!(html.matches("stylesheet").count(), 1);
    assert!(!html.contains("integrity"));
    let hashed = app.files.keys().filter(|path| crate::names::is_hashed(path)).count();
    assert_eq!(hashed, 4);
    let rest: Vec<&String> = app.files.keys().filter(|path| !crate::names::is_hashed(path)).collect();
    assert_eq!(rest, [".nojekyll", "icon.svg", "index.html"]);
}

#[test]
fn hidden_files_of_trunk_stay_behind() {
    let mut files = dist();
    files.insert(".trunk-lock".to_owned(), Vec::new());
    files.insert(".cache/app.js".to_owned(), b"old".to_vec());
    assert_eq!(
        app(files).unwrap().files.keys().collect::<Vec<_>>(),
        app(dist()).unwrap().files.keys().collect::<Vec<_>>()
    );
}

#[test]
fn a_hash_is_of_what_the_file_ends_as() {
    let app = app(dist()).unwrap();
    for (path, bytes) in app.files.iter().filter(|(path, _)| crate::names::is_hashed(path)) {
        let name = crate::names::unhashed(path).unwrap();
        assert_eq!(*path, hashed(&name, bytes));
    }
    let mut other = dist();
    other.insert("app_bg.wasm".to_owned(), b"\0asm2".to_vec());
    let other = super::app(other).unwrap();
    // A new module is a new script, a new start and a new page: nothing old is mixed with it.
    assert_ne!(text(&app, "boot.js").0, text(&other, "boot.js").0);
    assert_eq!(text(&app, "sandtable.css").0, text(&other, "sandtable.css").0);
}

#[test]
fn the_policy_comes_right_after_the_charset() {
    let app = app(dist()).unwrap();
    let (_, html) = text(&app, "index.html");
    let start = format!(
        "<head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"><link rel=\"manifest\" href=\"./manifest.json\"><title>"
    );
    assert!(html.contains(&start), "{html}");
}

#[test]
fn a_minified_page_is_understood() {
    let mut files = dist();
    let page = "<!doctypehtml><html lang=en><meta charset=utf-8><title>t</title><link href=./tokens.css rel=stylesheet>\
                <link href=./print.css rel=stylesheet><script src=./boot.js type=module></script><div id=app></div>";
    files.insert("index.html".to_owned(), page.as_bytes().to_vec());
    let app = app(files).unwrap();
    let (boot, _) = text(&app, "boot.js");
    let (_, html) = text(&app, "index.html");
    assert!(
        html.contains(&format!("<script src=\"./{boot}\" type=module></script>")),
        "{html}"
    );
    assert!(
        html.starts_with("<!doctypehtml><html lang=en><meta charset=utf-8><meta http-equiv"),
        "{html}"
    );
}

#[test]
fn a_module_that_the_app_loads_later_is_named_in_the_index() {
    let mut files = dist();
    files.insert(
        "builder.js".to_owned(),
        b"new URL('builder_bg.wasm', import.meta.url)".to_vec(),
    );
    files.insert("builder_bg.wasm".to_owned(), b"\0asm".to_vec());
    let app = app(files).unwrap();
    let (script, _) = text(&app, "builder.js");
    assert_eq!(app.modules, BTreeMap::from([("builder".to_owned(), script.to_owned())]));
}

#[test]
fn what_is_missing_is_named() {
    for missing in [
        "index.html",
        "boot.js",
        "app.js",
        "app_bg.wasm",
        "tokens.css",
        "icon.svg",
    ] {
        let message = refused(|files| drop(files.remove(missing)));
        assert!(message.contains(missing), "{missing}: {message}");
    }
}

#[test]
fn what_breaks_the_policy_is_refused() {
    for (from, to, says) in [
        ("</head>", "<script>run()</script></head>", "inline script"),
        ("<body>", "<body style=\"color:red\">", "style attribute"),
        ("<body>", "<body onload=run()>", "onload"),
        ("</head>", "<style>p{}</style></head>", "<style>"),
        (
            "<title>",
            "<meta http-equiv=content-security-policy content=x><title>",
            "policy of its own",
        ),
        ("./boot.js", "/boot.js", "public_url"),
        ("./icon.svg", "https://elsewhere.example/icon.svg", "relative"),
        ("./icon.svg", "//elsewhere.example/icon.svg", "relative"),
    ] {
        let message = refused(page(from, to));
        assert!(message.contains(says) && message.contains("line 2"), "{to}: {message}");
    }
    for late in ["", "<title>t</title><meta charset=\"utf-8\">"] {
        let message = refused(page("<meta charset=\"utf-8\"><title>t</title>", late));
        assert!(message.contains("charset"), "{message}");
    }
}

#[test]
fn what_cannot_be_hashed_is_refused() {
    let put = |path: &'static str, text: &'static str| {
        move |files: &mut Files| drop(files.insert(path.to_owned(), text.into()))
    };
    for (path, text, says) in [
        ("snippets/x/inline0.js", "", "snippet"),
        ("vendor/a.js", "", "is in a folder"),
        ("stray.js", "", "Nothing loads stray.js"),
        ("stray.css", "", "links no stray.css"),
        ("app.js", "import('./boot.js'); new URL('app_bg.wasm')", "in a circle"),
        ("boot.js", "", "\"./app.js\""),
        ("tokens.css", "@import 'x.css';", "@import"),
    ] {
        let message = refused(put(path, text));
        assert!(message.contains(says), "{path}: {message}");
    }
}

/// Trunk's output with what embeds need.
fn with_embeds() -> Files {
    let mut files = dist();
    for (path, text) in [
        (
            "embed.js",
            "// For others.\nawait import(\"./quiz.js\"); get(\"./embed.css\"); get(\"./element.css\"); import(\"./present.js\");",
        ),
        ("present.js", "// For a class.\nget(\"./present.css\");"),
        ("present.css", ".sign { font-weight: 700 }"),
        ("quiz.js", "module = new URL('quiz_bg.wasm', import.meta.url);"),
        ("quiz_bg.wasm", "\0asm quiz"),
        ("embed.css", ":host { display: block }"),
        ("base.css", "a { color: var(--ink) }"),
        ("widgets.css", ".option { margin: 0 }"),
        ("living.css", ".token { margin: 0 }"),
        ("element.css", ".bar { margin: 0 }"),
    ] {
        files.insert(path.to_owned(), text.as_bytes().to_vec());
    }
    let page = PAGE.replace(
        "<link rel=\"icon\"",
        "<link rel=\"stylesheet\" href=\"./base.css\"><link rel=\"stylesheet\" href=\"./widgets.css\"><link rel=\"stylesheet\" href=\"./living.css\"><link rel=\"icon\"",
    );
    files.insert("index.html".to_owned(), page.into_bytes());
    files
}

#[test]
fn the_script_of_embeds_keeps_its_name_and_names_what_it_loads() {
    let app = app(with_embeds()).unwrap();
    assert!(app.modules.is_empty(), "it loads the module itself: {:?}", app.modules);
    let (name, script) = text(&app, "embed.js");
    assert_eq!(name, "embed.js");
    let ((glue, _), (sheet, css)) = (text(&app, "quiz.js"), text(&app, "embed.css"));
    assert!(
        glue != "quiz.js" && script.contains(&format!("\"./{glue}\"")),
        "{script}"
    );
    assert!(
        sheet != "embed.css" && script.contains(&format!("\"./{sheet}\"")),
        "{script}"
    );
    assert!(!script.contains("For others"), "{script}");
    let order = ["--ink: #000", "var(--ink)", ".option", ":host"].map(|part| css.find(part));
    assert!(order.is_sorted() && order[0].is_some(), "{css}");
    let (living, css) = text(&app, "element.css");
    assert!(script.contains(&format!("\"./{living}\"")), "{script}");
    let order = [".token", ".bar"].map(|part| css.find(part));
    assert!(
        order.is_sorted() && order[0].is_some() && !css.contains("--ink"),
        "{css}"
    );
    for name in ["embed.css", "element.css"] {
        assert!(!app.files.contains_key(name), "under the name of its content alone");
    }
    let ((shown, script), (large, _)) = (text(&app, "present.js"), text(&app, "present.css"));
    assert!(
        shown != "present.js"
            && embed_names(&app, shown)
            && large != "present.css"
            && script.contains(&format!("\"./{large}\"")),
        "what is loaded only when asked for: {script}"
    );
    assert!(!script.contains("For a class"), "{script}");
}

#[test]
fn no_sheet_is_shipped_with_its_comments() {
    let sheet = "/* Why. */\n@layer a {\n  /* Over\n     two lines. */\n  .b { margin: 0 }\n}\n/* --- Here it ends. --- */\n.c {}\n";
    assert_eq!(
        lean_sheet(sheet),
        "@layer a {\n.b { margin: 0 }\n}\n/* --- Here it ends. --- */\n.c {}\n"
    );
    // What stands behind a comment is no part of it.
    for (sheet, shipped) in [
        ("/*! By others. */.a{margin:0}", ".a{margin:0}\n"),
        ("/* One. */ /* Two\n and a half. */ .a {}\n.b {}", ".a {}\n.b {}\n"),
        ("/*/ .a {} */\n.b {} /* after */", ".b {} /* after */\n"),
    ] {
        assert_eq!(lean_sheet(sheet), shipped, "{sheet}");
    }
    let styles = concat!(env!("CARGO_MANIFEST_DIR"), "/../../styles");
    for (name, text) in crate::files::read_folder(styles.as_ref()).unwrap() {
        let lean = lean_sheet(str::from_utf8(&text).unwrap());
        let left = lean.matches("/*").count() - lean.matches("/* ---").count();
        assert_eq!(left, 0, "{name}: give the comment a line of its own");
        let rules = |text: &str| text.matches('{').count();
        assert_eq!(rules(&lean), rules(str::from_utf8(&text).unwrap()), "{name}");
    }
}

fn embed_names(app: &App, file: &str) -> bool {
    text(app, "embed.js").1.contains(&format!("\"./{file}\""))
}

#[test]
fn embeds_without_their_sheets_are_refused() {
    for sheet in ["widgets.css", "living.css", "element.css"] {
        let mut files = with_embeds();
        files.remove(sheet);
        assert!(app(files).unwrap_err().to_string().contains(sheet));
    }
}

/// In a template, what looks like a comment or an indent may be part of a text: one that holds any is shipped as it is
/// written, comments and all.
#[test]
fn no_script_of_ours_is_shipped_with_its_comments() {
    let public = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public");
    let mut scripts = 0;
    for (name, text) in crate::files::read_folder(public.as_ref()).unwrap() {
        if name.ends_with(".js") && !name.contains('/') {
            let lean = lean(&String::from_utf8(text).unwrap());
            assert!(
                !lean.contains("\n//") && !lean.contains("\n  "),
                "{name} holds a template"
            );
            scripts += 1;
        }
    }
    assert_eq!(scripts, embed::SCRIPTS.len() + 1, "those, and boot.js");
}
